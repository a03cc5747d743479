"""How far a document reaches: its issuer's jurisdiction, or the province or state of a local office.

The evidence is the text's own words on its reach where there are such, else the issuer's. Joint issuers of
one jurisdiction give one fact; a pilot in a few places is no jurisdiction, and what no issuer is known of has
none unless its source is official.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dibao.store import JURISDICTIONS, REGIONS, Fact

from .places import region_of
from .reading import Reading

# Words of a scope clause, and what they must stand beside: 在中华人民共和国境内…适用本办法.
_REACH = {
    "CN": (
        "境内",
        re.compile(r"中华人民共和国境内(?![外])(?=[^。；\n]{0,120}?(?:适用本|遵守本|应当执行本))"),
    ),
    "EU": (
        "all Member States",
        re.compile(r"\bdirectly applicable in all Member States\b"),
    ),
}
_LOCAL_REACH = re.compile(r"本(?:省|市|自治区)行政区域内?(?=[^。；\n]{0,120}?(?:适用本|遵守本))")
_LOCAL_ACT = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,8}?(?:省|市|(?:壮族|回族|维吾尔)?自治区|经济特区))(?!.{0,40}公司).{1,60}(?:条例|办法|规定|细则)(?:（[^（）]{1,12}）)?\Z"
)
_LOCAL_OFFICE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,28}?(?:监管分?局|证监局|银保监分?局|分局))(?!公司)")
_PARENTS = ("NFRA", "CBIRC", "CBRC", "CSRC", "SAFE")
_STATES = {term.en: key for key, term in REGIONS.items() if key.startswith("US-")}


def read_jurisdiction(reading: Reading, issuers: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield one fact for each jurisdiction, which is one fact but for issuers of several together."""
    found: dict[str, Fact] = dict(_of_title(reading))
    for key, fact in () if found else _of_issuers(reading, issuers):
        found.setdefault(key, fact)
    for key, fact in (found or dict(_of_source(reading))).items():
        if key in REGIONS and key.partition("-")[0] in found:
            continue  # beside the whole country its part says nothing
        yield _said(reading, key) or fact


def _of_title(reading: Reading) -> Iterator[tuple[str, Fact]]:
    """The place of a local office, or of an act in a national collection, that opens an official title."""
    title = reading.title
    if not reading.official or reading.source.jurisdiction != "CN":
        return
    names = tuple(entry.zh for id in _PARENTS for entry in reading.glossary.entries_of(id))
    for pattern in (_LOCAL_ACT, _LOCAL_OFFICE):
        match = pattern.match(title.text)
        key = region_of(match["place"], names) if match else ""
        if match and key:
            yield key, reading.fact("jurisdiction", key, title, match.span("place"), confidence=0.9)
            return


def _of_issuers(reading: Reading, issuers: tuple[Fact, ...]) -> Iterator[tuple[str, Fact]]:
    for issuer in issuers:
        body = reading.glossary.bodies.get(issuer.value)
        key = body and (_state(body.name_en) or _province(reading, issuer) or body.jurisdiction)
        if key and (key in JURISDICTIONS or key in REGIONS):
            yield key, replace(issuer, kind="jurisdiction", value=key)


def _province(reading: Reading, issuer: Fact) -> str:
    parent, branch, _ = issuer.value.partition("-branch")
    if not branch:
        return ""
    names = {entry.zh for entry in reading.glossary.entries_of(parent)}
    return region_of(issuer.shown, tuple(names))


def _state(name: str) -> str:
    return next((key for state, key in _STATES.items() if name.startswith(f"{state} ")), "")


def _of_source(reading: Reading) -> Iterator[tuple[str, Fact]]:
    """An official source's own jurisdiction, when nothing tells of the issuer."""
    key, name = reading.source.jurisdiction, reading.source.name(reading.lang)
    if reading.official and key in JURISDICTIONS:
        yield (
            key,
            reading.fact(
                "jurisdiction", key, reading.title, (0, 0), shown=name, method="source", confidence=0.9
            ),
        )


def _said(reading: Reading, key: str) -> Fact | None:
    """Return the fact with the text's own words on the reach that the issuer has; None without them."""
    local = key in REGIONS and reading.lang == "zh"
    sign, pattern = ("行政区域", _LOCAL_REACH) if local else _REACH.get(key, ("", None))
    if pattern is None or not reading.official:
        return None
    for part in reading.body:
        match = pattern.search(part.text) if sign in part.text else None
        if match:
            return reading.fact("jurisdiction", key, part, match.span())
    return None
