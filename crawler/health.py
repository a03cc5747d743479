"""Signs that an answer is not what it claims to be: 200 is not success. Pure; gives plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tldextract import TLDExtract

if TYPE_CHECKING:
    from .parse.entry import Entry

# An error page is short; a report *about* an outage is not.
_SHORT = 600
_GONE = (
    "页面不存在",
    "页面未找到",
    "找不到您要",
    "无法找到该页",
    "404 not found",
    "page not found",
    "page cannot be found",
    "page you requested",
)
_SIGNS = (
    *_GONE,
    "系统维护",
    "网站维护",
    "访问被拒绝",
    "访问过于频繁",
    "请完成安全验证",
    "请输入验证码",
    "access denied",
    "verify you are human",
    "verifying you are human",
    "enable javascript and cookies",
    "checking your browser",
    "unusual traffic",
    "captcha",
    "under maintenance",
    "temporarily unavailable",
    "sign in to continue",
    "log in to continue",
)
_ROOT = re.compile(r"<([A-Za-z_][\w:.-]{0,100})")
_TAIL = 5_000  # characters in which the root ends; comments and counters may follow it
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script")

# The list of public suffixes that ships with the library: nothing is fetched, nothing is cached on disk.
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)


def wrong_kind(body: bytes, *, kind: str) -> str:
    """Say that a page came where a feed or JSON was due; empty when the body may be what was asked for."""
    start = body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not body.strip():
        return "the answer is empty"
    if kind != "html" and start.startswith(_MARKUP):
        due = "a feed" if kind == "feed" else "JSON"
        return f"answered with a web page where {due} was due (maintenance, a login or a challenge page?)"
    return ""


def soft_failure(title: str, text: str) -> str:
    """Say that a page with status 200 is an error, login or challenge page; empty when it is not."""
    if len(text) > _SHORT:
        return ""
    shown = f"{title}\n{text}".lower()
    sign = next((sign for sign in _SIGNS if sign in shown), "")
    return f"looks like an error or challenge page (“{sign}”)" if sign else ""


def gone_page(title: str, text: str) -> bool:
    """Does a page with status 200 say that what was asked for is not there?"""
    shown = f"{title}\n{text}".lower()
    return len(text) <= _SHORT and any(sign in shown for sign in _GONE)


def cut_off(text: str) -> bool:
    """Did an XML feed break off before its end? Its whole items are read; it is asked for again."""
    root = _ROOT.search(text[:10_000])
    return root is not None and f"</{root[1]}" not in text[-_TAIL:]


def warnings(entries: Sequence[Entry], *, now: datetime) -> tuple[str, ...]:
    """Return what is odd about a list as a whole."""
    days = [entry.published.day for entry in entries if entry.published is not None]
    if not days:
        return ("no entry of the list has a readable date",)
    # Two days: a regulator east of us may already date tomorrow.
    if min(days) > (now + timedelta(days=2)).date():
        return ("every entry of the list is dated in the future",)
    return ()


def site(url: str) -> str:
    """Return the registrable domain of a URL (``nfra.gov.cn``); of hosts without one, the host."""
    host = urlsplit(url).hostname or ""
    return _suffixes(host).top_domain_under_public_suffix or host
