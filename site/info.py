"""What a build knows about the site itself: its address, names, contacts and the day it is built for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dibao.store import Lang

from .lens import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredModel:
    """One entry of the model register: a model or program that has a part in what is published."""

    name_en: str
    name_zh: str
    writer: str = ""
    """The writer of briefs that this is, as briefs name it; empty for what writes none."""
    version: str
    provider_en: str
    provider_zh: str
    purpose: Literal["writer", "vectors"]
    generative: bool = False
    filing: str = ""
    """Number of its filing with the authority, if the operator sets one."""
    admitted: date | None = None
    figures: tuple[tuple[str, str, str], ...] = ()
    """What was measured: (English name, Chinese name, figure)."""
    measured: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteInfo:
    """The operator's settings that pages, feeds and mails print. Nothing here is read from a source."""

    base_url: str
    """Absolute, ends with a slash: ``https://example.org/``."""
    title_en: str = "Dibao"
    title_zh: str = "邸报"
    contact: str = ""
    """Mail address or https link for corrections; empty: the pages say that none was set."""
    provider: str = ""
    """Provider code or name of the hidden AI label; empty: not set. Never made up."""
    notice_en: str = ""
    """One line above every page, such as "Demonstration data"; empty: none."""
    notice_zh: str = ""
    imprint_en: str = ""
    """Who answers for the site, one line a paragraph; empty: the page says that it was not set."""
    imprint_zh: str = ""
    today: date
    """The day the edition is for, in Beijing; decides what counts as upcoming."""
    version: str = ""
    """Of the program."""
    models: tuple[RegisteredModel, ...] = ()
    """The model register."""
    profiles: tuple[Profile, ...] = ()
    """Readers' lenses, each with a page and a feed."""

    def title(self, lang: Lang) -> str:
        return self.title_zh if lang == "zh" else self.title_en

    def notice(self, lang: Lang) -> str:
        return self.notice_zh if lang == "zh" else self.notice_en

    def imprint(self, lang: Lang) -> str:
        return self.imprint_zh if lang == "zh" else self.imprint_en

    def url(self, path: str) -> str:
        """Return the absolute address of a path below the site's root."""
        return self.base_url.rstrip("/") + "/" + path.lstrip("/")
