"""Hand one finished mail to a mail server. In: the bytes of a message; out: a Receipt.

Nothing here changes the message, and no secret is ever part of a message, a Receipt or an error.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from gettext import gettext as _
from typing import Any, Literal

from dibao.store import ConfigError, PublishError

Tls = Literal["none", "starttls", "ssl"]

TIMEOUT = 30
"""Seconds to wait for the server at each step."""


_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a mail. ``refused``: address → the server's words, for those not taken."""

    message_id: str
    to: tuple[str, ...]
    size: int
    sent: bool
    refused: dict[str, str]


def send(
    mail: bytes,
    *,
    host: str,
    port: int,
    user: str,
    password: str,
    tls: Tls,
    to: tuple[str, ...],
    dry_run: bool,
) -> Receipt:
    """Send the message to the addresses, or with ``dry_run`` only check it and open no connection.

    An empty ``user`` means no log-in; a password never goes over a connection without TLS.
    Raises ConfigError before anything is opened, PublishError when no address was served.
    """
    message = message_from_bytes(mail, policy=policy.SMTP)
    addresses = tuple(address(each) for each in to)
    sender = address(str(message.get("From", "")))
    if not addresses:
        raise ConfigError(_("mail: no address to send to"))
    if user and tls == "none":
        raise ConfigError(_("mail: {host}: a log-in needs tls = starttls or ssl").format(host=host))
    message_id = str(message.get("Message-ID", ""))
    if dry_run:
        return Receipt(message_id=message_id, to=addresses, size=len(mail), sent=False, refused={})
    try:
        with _connected(host, port, tls) as server:
            if user:
                server.login(user, password)
            answers = server.sendmail(sender, addresses, mail)
    except smtplib.SMTPRecipientsRefused as error:
        raise PublishError(
            _("mail: {host}: every address refused: {why}").format(host=host, why=_words(error.recipients))
        ) from None
    except smtplib.SMTPResponseException as error:
        # The server's text may repeat what we sent; the code alone is told for a log-in.
        said = "" if isinstance(error, smtplib.SMTPAuthenticationError) else f" {_said(error.smtp_error)}"
        raise PublishError(
            _("mail: {host}:{port}: the server answered {code}{said}").format(
                host=host, port=port, code=error.smtp_code, said=said
            )
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        raise PublishError(
            _("mail: {host}:{port}: {error}; check host, port and tls").format(
                host=host, port=port, error=type(error).__name__
            )
        ) from None
    refused = {address: _said(text) for address, (_, text) in answers.items()}
    return Receipt(message_id=message_id, to=addresses, size=len(mail), sent=True, refused=refused)


def _connected(host: str, port: int, tls: Tls) -> smtplib.SMTP:
    """Open the connection; it is encrypted and the certificate checked before anything is said."""
    if tls == "ssl":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    if tls == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server


def address(text: str) -> str:
    """Return the one plain address of a text such as a From header. Raises ConfigError."""
    try:
        header: Any = policy.SMTP.header_factory("To", text)
        found = [] if header.defects else [each.addr_spec for each in header.addresses]
    except (ValueError, IndexError, MessageError):
        found = []
    if len(found) != 1 or not _ADDRESS.fullmatch(found[0]):
        raise ConfigError(_("mail: {text!r} is not one plain address").format(text=text[:200]))
    return str(found[0])


def _words(refused: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{address} ({code} {_said(text)})" for address, (code, text) in refused.items())


def _said(text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return "".join(c if c.isprintable() else " " for c in words)[:200]
