"""The settings: one TOML file → one frozen value. Secrets come from the environment only, never from a file.

Read by the command line and handed on in parts; no stage reads settings by itself.
"""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date, datetime
from gettext import gettext as _
from pathlib import Path
from typing import Literal

import msgspec

from dibao.store import ENTITIES, JURISDICTIONS, TOPICS, ConfigError

DEFAULT_FILE = Path("dibao.toml")


class SiteConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the pages, feeds and mails say about the site itself."""

    base_url: str = "http://127.0.0.1:8000/"
    title_en: str = "Dibao"
    title_zh: str = "邸报"
    contact: str = ""
    provider: str = ""
    notice_en: str = ""
    notice_zh: str = ""
    imprint_en: str = ""
    imprint_zh: str = ""


class CrawlConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How sources are read."""

    contact: str = ""
    """Mail address or page of the operator; part of the User-Agent, as several regulators demand."""
    sources: str = ""
    """Folder of source files; empty: the built-in catalogue."""
    only: tuple[str, ...] = ()
    """Source ids to read; empty: all that are not off."""


class EmbeddingConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which model turns texts into vectors."""

    model: str = ""
    """A sentence-transformers name or folder; empty: the embedded one."""
    prompt: str = ""
    """What the model wants before a text, such as ``query: ``."""
    device: str = "cpu"
    download: bool = False
    """Allow fetching a model from its hub."""


class WriterConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who writes the briefs. The key of an endpoint is the environment's DIBAO_WRITER_KEY."""

    kind: Literal["embedded", "local", "endpoint"] = "embedded"
    """``embedded``: no model; ``local``: transformers; ``endpoint``: any OpenAI-compatible server."""
    model: str = ""
    base_url: str = ""
    """Of the endpoint, such as http://127.0.0.1:11434/v1."""
    device: str = "cpu"
    dtype: str = "auto"
    batch: int = 4
    download: bool = False
    """Allow fetching a model from its hub."""
    timeout: float = 60.0
    """Seconds of one try."""
    retries: int = 3
    concurrency: int = 4
    max_tokens: int = 900
    tokens_per_run: int = 0
    """0: no limit; beyond it the embedded writer goes on."""
    tokens_per_day: int = 0
    levels: tuple[Literal["critical", "significant", "notable", "routine"], ...] = (
        "critical",
        "significant",
        "notable",
    )
    """Stories of these ranks are written by the model, the others by the embedded writer."""
    price_in: float = 0.0
    price_out: float = 0.0
    """What a million tokens cost, in and out, for the audit of each brief; 0: no cost is kept."""
    currency: str = "CNY"
    provider: str = ""
    """Who offers the model, for the model register."""
    filing: str = ""
    """Number of its filing with the authority, for the model register; empty: none is shown."""
    admitted: str = ""
    """Day on which it was admitted to use here, such as 2026-11-20."""
    to_english: str = ""
    """A Marian-type model (name or folder) for headlines and quotations in Chinese; empty: none."""
    to_chinese: str = ""
    """The same for those in English."""
    entailment: str = ""
    """A model of language inference that drops sentences which contradict their source; empty: none."""


class MailConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the newsletter goes out. The password is the environment's DIBAO_MAIL_PASSWORD."""

    to: tuple[str, ...] = ()
    """Who gets it."""
    host: str = ""
    port: int = 587
    user: str = ""
    tls: Literal["starttls", "ssl", "none"] = "starttls"
    """``starttls``, ``ssl`` (from the first byte) or ``none`` (only to this machine)."""


class ProfileConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reader's lens: what it watches re-ranks the stories, on a page and in a feed of its own."""

    key: str
    """Its address, /en/for/KEY/: small letters, digits and hyphens."""
    title_en: str
    title_zh: str
    jurisdictions: tuple[str, ...] = ()
    """Such as CN, HK; empty: all."""
    topics: tuple[str, ...] = ()
    """Such as ai, aml; empty: all."""
    sectors: tuple[str, ...] = ()
    """Such as banks, insurers; empty: all."""


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings. Paths are relative to the folder of the settings file."""

    database: str = "data/dibao.db"
    archive: str = "data/warc"
    out: str = "out"
    replay: str = ""
    """Read this recording instead of the network."""
    now: str = ""
    """A fixed time with its offset, for recordings; empty: the clock."""
    first_poll_is_news: bool = False
    site: SiteConfig = SiteConfig()
    crawl: CrawlConfig = CrawlConfig()
    embedding: EmbeddingConfig = EmbeddingConfig()
    writer: WriterConfig = WriterConfig()
    mail: MailConfig = MailConfig()
    profiles: tuple[ProfileConfig, ...] = ()
    root: Path = Path()
    """Folder that the paths are relative to; not a setting."""

    def path(self, value: str) -> Path:
        return self.root / value

    @property
    def clock(self) -> datetime:
        """The fixed time, else this moment."""
        return datetime.fromisoformat(self.now) if self.now else datetime.now().astimezone()


def load(path: Path | None) -> Config:
    """Read the settings file; without one in the working folder, the defaults.

    Raises ConfigError in one line that names the file and the field.
    """
    file = path if path is not None else DEFAULT_FILE
    if path is None and not file.exists():
        return Config()
    try:
        config = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Config)
    except OSError as error:
        raise ConfigError(
            _("{file}: {error}; give an existing file with --config").format(
                file=file, error=error.strerror or error
            )
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("{file}: not readable as TOML: {error}").format(file=file, error=error)
        ) from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"{file}: {error}") from error
    _check(config, file)
    return msgspec.structs.replace(config, root=file.resolve().parent)


def _check(config: Config, file: Path) -> None:
    if not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", config.site.base_url):
        raise ConfigError(_no_address(file, "site.base_url", config.site.base_url))
    _check_writer(config.writer, file)
    _check_admitted(config.writer, file)
    _check_profiles(config.profiles, file)
    if config.now:
        try:
            fixed = datetime.fromisoformat(config.now)
        except ValueError:
            raise ConfigError(
                _("{file}: now: {value!r} is not a time such as 2026-11-20T18:00:00+08:00").format(
                    file=file, value=config.now
                )
            ) from None
        if fixed.tzinfo is None:
            raise ConfigError(
                _("{file}: now: {value!r} has no offset; write +08:00 or Z").format(
                    file=file, value=config.now
                )
            )


def _no_address(file: Path, setting: str, value: str) -> str:
    return _("{file}: {setting}: {value!r} is not an http(s) address").format(
        file=file, setting=setting, value=value
    )


def _check_admitted(writer: WriterConfig, file: Path) -> None:
    if writer.admitted and not re.fullmatch(r"\d{4}-\d\d-\d\d", writer.admitted):
        raise ConfigError(_no_day(file, "writer.admitted", writer.admitted))
    try:
        date.fromisoformat(writer.admitted or "2026-01-01")
    except ValueError:
        raise ConfigError(_no_day(file, "writer.admitted", writer.admitted)) from None


def _no_day(file: Path, field: str, value: str) -> str:
    said = _("{file}: {field}: {value!r} is not a day such as 2026-11-20")
    return said.format(file=file, field=field, value=value)


def _check_profiles(profiles: tuple[ProfileConfig, ...], file: Path) -> None:
    keys = [profile.key for profile in profiles]
    for profile in profiles:
        where = f"profiles.{profile.key}"
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", profile.key) or keys.count(profile.key) > 1:
            raise ConfigError(
                _("{file}: {field}: a key has small letters, digits and hyphens, and stands once").format(
                    file=file, field=where
                )
            )
        for name, values, known in (
            ("jurisdictions", profile.jurisdictions, JURISDICTIONS),
            ("topics", profile.topics, TOPICS),
            ("sectors", profile.sectors, ENTITIES),
        ):
            if strange := sorted(set(values) - set(known)):
                raise ConfigError(
                    _("{file}: {field}: {value!r} is not known; there are {known}").format(
                        file=file, field=f"{where}.{name}", value=strange[0], known=", ".join(known)
                    )
                )


def _check_writer(writer: WriterConfig, file: Path) -> None:
    if writer.kind != "embedded" and not writer.model:
        raise ConfigError(
            _("{file}: writer.model: name the model of the {kind} writer").format(file=file, kind=writer.kind)
        )
    if writer.kind == "endpoint" and not re.fullmatch(r"https?://[^\s?#]+", writer.base_url):
        raise ConfigError(_no_address(file, "writer.base_url", writer.base_url))


def mail_password() -> str:
    return os.environ.get("DIBAO_MAIL_PASSWORD", "")
