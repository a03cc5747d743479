"""A mail arrives byte for byte, secrets stay where they are, and trouble is told in one line."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from dibao.site.newsletter import mail
from dibao.site.send import Receipt, address, send
from dibao.store import ConfigError, PublishError
from tests.site.filled import INFO
from tests.site.views import BODIES, all_views

MAIL = mail(all_views(), day=date(2026, 11, 20), lang="zh", info=INFO, bodies=BODIES, to="reader@example.net")
SECRET = "s3cret-word"


@dataclass
class Inbox:
    """Keeps what arrives; refuses addresses that begin with ``no``."""

    mails: list[tuple[str, list[str], bytes]] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, options: Any) -> str:
        if to.startswith("no"):
            return "550 5.1.1 no such\tmailbox"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    box = Inbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sent(port: int, **more: Any) -> Receipt:
    values: dict[str, Any] = {
        "user": "", "password": "", "tls": "none", "to": ("reader@example.net",), "dry_run": False,
    }  # fmt: skip
    return send(MAIL, host="127.0.0.1", port=port, **(values | more))


def test_a_mail_arrives_as_it_was_made(inbox: tuple[Inbox, int]) -> None:
    box, port = inbox
    receipt = sent(port)

    assert box.mails == [("news@example.org", ["reader@example.net"], MAIL)]
    assert receipt == Receipt(
        message_id="<daily.2026-11-20.zh@example.org>",
        to=("reader@example.net",),
        size=len(MAIL),
        sent=True,
        refused={},
    )


def test_a_dry_run_opens_no_connection(inbox: tuple[Inbox, int]) -> None:
    box, port = inbox

    assert not sent(port, dry_run=True).sent and box.mails == []
    assert not sent(free_port(), dry_run=True).sent


def test_an_address_that_is_refused_is_reported_and_the_others_are_served(inbox: tuple[Inbox, int]) -> None:
    box, port = inbox
    receipt = sent(port, to=("reader@example.net", "nobody@example.net"))

    assert box.mails[0][1] == ["reader@example.net"]
    assert receipt.refused == {"nobody@example.net": "5.1.1 no such mailbox"}


def test_a_mail_that_nobody_takes_is_an_error(inbox: tuple[Inbox, int]) -> None:
    with pytest.raises(PublishError, match=r"every address refused: nobody@example\.net"):
        sent(inbox[1], to=("nobody@example.net",))


def test_a_server_that_is_not_there_is_one_line() -> None:
    port = free_port()
    with pytest.raises(
        PublishError, match=rf"^mail: 127\.0\.0\.1:{port}: ConnectionRefusedError; check host"
    ):
        sent(port)


def test_a_log_in_without_tls_is_refused_before_anything_is_opened(inbox: tuple[Inbox, int]) -> None:
    with pytest.raises(ConfigError, match="starttls") as caught:
        sent(inbox[1], user="news", password=SECRET)

    assert SECRET not in str(caught.value)


def test_a_server_without_starttls_gets_neither_mail_nor_password(inbox: tuple[Inbox, int]) -> None:
    box, port = inbox
    with pytest.raises(PublishError) as caught:
        sent(port, user="news", password=SECRET, tls="starttls")

    assert box.mails == [] and SECRET not in str(caught.value)


def test_an_unverified_certificate_is_not_trusted(inbox: tuple[Inbox, int]) -> None:
    box, port = inbox
    with pytest.raises(PublishError, match="check host, port and tls"):
        sent(port, tls="ssl")

    assert box.mails == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("a@example.org", "a@example.org", id="plain"),
        pytest.param("邸报 <news@example.org>", "news@example.org", id="with-name"),
        pytest.param("a@localhost", "a@localhost", id="local"),
    ],
)
def test_one_address(text: str, plain: str) -> None:
    assert address(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b.c, d@e.f",
        "a@b.c\r\nBcc: x@y.z",
        "a b@c.d",
        "a@b@c",
        "a@b.c\x00",
        "g: a@b.c, d@e.f;",
        "é@x.y",
    ],
)
def test_not_one_address(text: str) -> None:
    with pytest.raises(ConfigError, match="not one plain address"):
        address(text)


def test_no_address_at_all_is_an_error() -> None:
    with pytest.raises(ConfigError, match="no address"):
        sent(1, to=())
