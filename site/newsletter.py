"""The newsletter: the StoryViews of one day in, one finished message (``.eml``) in one language out.

The text part and the HTML part are made from the same values and say the same. No clock, no chance: the same
stories give the same bytes, so a message that is sent again is the same message. Sending is send.py's work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache, partial
from gettext import gettext as _
from importlib.resources import files
from typing import Any

import css_inline
import jinja2

from dibao.store import HTML_LANG, LANGS, LEVEL_NAMES, LEVELS, Body, ConfigError, Lang, StoryView

from . import labels
from .clean import line
from .current import current
from .feeds.entry import READ, SOURCES, also_in, cited, details, host_of, marks, named, story_url, times
from .info import SiteInfo
from .send import address
from .story import StoryPage, story_page
from .words import count, long_day_text, word
from .wrap import wrap

HTML_LIMIT = 100_000
"""Bytes; some clients cut a longer mail and hide its end, the way out included."""
SUBJECT = 120
"""Characters of a subject line."""

_SAYS: dict[str, dict[Lang, str]] = {
    "subject": {"en": "{site}, {day}: {headline}", "zh": "{site} {day}：{headline}"},
    "also": {"en": "Also on this day", "zh": "当日其他事件"},
    "site": {"en": "Read this digest on the site", "zh": "在网站上阅读本期"},
    "why": {
        "en": "You get this mail because this address is on the list of the daily digest of {site}.",
        "zh": "您收到此邮件，是因为本地址在{site}每日监管动态的收件名单中。",
    },
    "leave": {"en": "Unsubscribe", "zh": "退订"},
    "language": {"en": "English edition", "zh": "中文版"},
    "privacy": {"en": "Privacy", "zh": "隐私说明"},
    "imprint": {"en": "Imprint", "zh": "运营者信息"},
    "quiet": {
        "en": "Nothing in this mail tracks you, and nothing is loaded from elsewhere.",
        "zh": "本邮件不含跟踪代码，也不加载任何外部内容。",
    },
}

# Fonts that readers have; the Chinese ones by name, or Windows draws Song in a sans text. Single quotes: the
# list ends up in a style attribute.
_SANS = "-apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
_SERIF = "Georgia, 'Songti SC', 'Noto Serif CJK SC', 'Source Han Serif SC', SimSun, serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One day in one language, as both parts of the mail print it."""

    info: SiteInfo
    lang: Lang
    day: date
    label: str
    views: tuple[StoryView, ...]
    pages: tuple[StoryPage, ...]
    leave: str
    """Where a reader gets off the list: an https page or a mailto link."""

    def url(self, number: int) -> str:
        return story_url(self.info, number, self.lang)

    @property
    def tally(self) -> str:
        """How many stories, and how many of each level."""
        levels = [view.rank.level for view in self.views]
        found = [
            f"{LEVEL_NAMES[level].name(self.lang)} {levels.count(level)}"
            for level in LEVELS
            if level in levels
        ]
        return " · ".join((count(self.lang, "stories", len(self.views)), *found))


def mail(
    views: Sequence[StoryView],
    *,
    day: date,
    lang: Lang,
    info: SiteInfo,
    bodies: Mapping[str, Body],
    to: str,
) -> bytes:
    """Return the digest of ``day`` as the bytes of a message to one address.

    Only views listed under that day are taken, in their order. Raises ConfigError for an address that is
    not one plain address, and for a day without stories: an empty digest is never sent.
    """
    todays = tuple(current(view, info.today) for view in views if view.story.day == day)
    if not todays:
        raise ConfigError(_("mail: {day}: no story is listed under this day").format(day=day))
    digest = Digest(
        info=info,
        lang=lang,
        day=day,
        label=labels.whole((view.briefs[lang] for view in todays), lang),
        views=todays,
        pages=tuple(story_page(view, lang, bodies=bodies) for view in todays),
        leave=_way_out(info, lang),
    )
    message = EmailMessage(policy=SMTP)
    for name, value in headers(digest, to=to):
        message[name] = value
    full = _fitting(digest)
    encoding = "base64" if lang == "zh" else "quoted-printable"
    message.set_content(text_part(digest, full=full), charset="utf-8", cte=encoding)
    message.add_alternative(html_part(digest, full=full), subtype="html", charset="utf-8", cte=encoding)
    for part in message.iter_parts():
        del part["MIME-Version"]
    # Set last: a message hands its Content-* headers down to its parts when it gets any.
    message["Content-Language"] = HTML_LANG[lang]
    message.set_boundary(f"=_dibao_{hashlib.sha256(message['Message-ID'].encode()).hexdigest()[:24]}")
    return message.as_bytes()


def headers(digest: Digest, *, to: str) -> tuple[tuple[str, Any], ...]:
    """Return the headers in order (standards 12), all but those that MIME itself adds.

    List-Unsubscribe-Post is left out while there is no address that takes it: it is a promise.
    """
    info, lang, day = digest.info, digest.lang, digest.day
    host, site = host_of(info), header_text(info.title(lang), 60)
    contact = _contact(info)
    hidden = labels.hidden_whole(
        (view.briefs[lang] for view in digest.views),
        name=f"{host}:mail:{day}:{HTML_LANG[lang]}",
        provider=info.provider,
    )
    updated = max(view.updated_at for view in digest.views).astimezone(UTC)
    found = (
        ("From", Address(site, username="news", domain=host)),
        ("To", Address(addr_spec=address(to))),
        ("Reply-To", Address(addr_spec=contact) if contact else None),
        ("Subject", subject(digest)),
        ("Date", format_datetime(updated)),
        ("Message-ID", f"<daily.{day}.{lang}@{host}>"),
        ("List-Id", f"<daily.{lang}.{host}>"),
        ("List-Unsubscribe", f"<{digest.leave}>"),
        ("List-Help", f"<{info.url(f'{lang}/about/newsletter/')}>"),
        ("List-Archive", f"<{info.url(f'{lang}/archive/')}>"),
        ("Precedence", "bulk"),
        ("Auto-Submitted", "auto-generated"),
        ("Feedback-ID", f"{day}:daily.{lang}:{host}"),
        ("X-AIGC", hidden and hidden.replace(",", ", ")),
    )
    return tuple((name, value) for name, value in found if value)


def subject(digest: Digest) -> str:
    """Return site, day and the first headline in one clean line of at most SUBJECT characters."""
    said = _SAYS["subject"][digest.lang].format(
        site=digest.info.title(digest.lang),
        day=_short_day(digest.day, digest.lang),
        headline=digest.pages[0].headline,
    )
    return header_text(said, SUBJECT)


def header_text(text: str, limit: int) -> str:
    """Return text that is safe in a header. The email package reads ``=?…?=`` in what it is given as an
    encoded word, and one that holds a line end begins a header of its own (seen with Python 3.11)."""
    return line(text.replace("=?", "= ?"), limit)


def text_part(digest: Digest, *, full: int) -> str:
    """Return the plain text: complete, and made to be read in a terminal of 72 columns and more."""
    text = _templates().get_template("mail.txt").render(_values(digest, full))
    return "\n".join(row.rstrip() for row in text.splitlines()) + "\n"


def html_part(digest: Digest, *, full: int) -> str:
    """Return the HTML with inline styles; only rules for small and dark screens stay in a style element."""
    page = _templates().get_template("mail.html").render(_values(digest, full))
    return _inliner().inline(page)


def _fitting(digest: Digest) -> int:
    """Return how many stories can be told in full; the others are listed by headline and link."""
    full = len(digest.pages)
    while full and len(html_part(digest, full=full).encode()) > HTML_LIMIT:
        full = min(full - 1, full * 9 // 10)
    return full


def _values(digest: Digest, full: int) -> dict[str, Any]:
    """What the two templates print; they hold no words of their own."""
    info, lang = digest.info, digest.lang
    site = line(info.title(lang), 60)
    own_first: tuple[Lang, ...] = tuple(sorted(LANGS, key=lambda each: each != lang))
    return {
        "digest": digest,
        "lang": lang,
        "tag": HTML_LANG[lang],
        "title": word(lang, "digest.title"),
        "site": site,
        "subject": subject(digest),
        "notice": line(info.notice(lang)),
        "day": long_day_text(digest.day, lang),
        "told": digest.pages[:full],
        "listed": digest.pages[full:],
        "home": info.url(f"{lang}/{digest.day}/"),
        "sources": SOURCES,
        "also": _SAYS["also"][lang],
        "on_site": _SAYS["site"][lang],
        "read": READ[lang],
        "words": partial(word, lang),
        "sans": _SANS,
        "serif": _SERIF,
        "colon": word(lang, "site.colon"),
        "footers": tuple(_footer(digest, each) for each in own_first),
    }


def _footer(digest: Digest, lang: Lang) -> dict[str, str]:
    info = digest.info
    site = line(info.title(lang), 60)
    says = {key: _SAYS[key][lang] for key in ("leave", "language", "privacy", "imprint", "quiet")}
    return says | {
        "lang": HTML_LANG[lang],
        "colon": word(lang, "site.colon"),
        "why": _SAYS["why"][lang].format(site=site),
        "leave_url": digest.leave,
        "language_url": info.url(f"{lang}/{digest.day}/"),
        "privacy_url": info.url(f"{lang}/about/privacy/"),
        "imprint_url": info.url(f"{lang}/about/imprint/"),
    }


def _short_day(day: date, lang: Lang) -> str:
    return f"{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {day:%b}"


def _contact(info: SiteInfo) -> str:
    """Return the operator's mail address; empty when the contact is a page or not set."""
    try:
        return address(info.contact.removeprefix("mailto:"))
    except ConfigError:
        return ""


def _way_out(info: SiteInfo, lang: Lang) -> str:
    contact = _contact(info)
    return f"mailto:{contact}?subject=unsubscribe" if contact else info.url(f"{lang}/about/newsletter/")


@cache
def _templates() -> jinja2.Environment:
    folder = str(files("dibao.site").joinpath("templates"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=jinja2.select_autoescape(("html",), default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"wrap": wrap, "cited": cited, "marks": marks}
    environment.filters |= {"named": named, "times": times, "also_in": also_in, "details": details}
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
