"""Parts of story views: items, facts, sentences and the view itself, for the tests of site/.

Every Evidence is cut from its item's own text, so the promise of ``Evidence.quote`` holds here too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from dibao.store import (
    Brief,
    Component,
    Coverage,
    Evidence,
    Fact,
    FactKind,
    Headline,
    Item,
    Lang,
    Level,
    Member,
    Moment,
    Rank,
    Sentence,
    Story,
    StoryView,
    item_id,
)
from tests.site.world import SOURCES


def make_item(source: str, key: str, title: str, text: str, lang: str, column: str, **more: Any) -> Item:
    values: dict[str, Any] = {
        "url": f"https://www.{source}.example/{key}",
        "fetched_at": datetime(2026, 11, 20, 6, 30, tzinfo=UTC),
        "published": None,
    } | more
    return Item(
        id=item_id(source, key),
        source_id=source,
        key=key,
        title=title,
        text=text,
        lang=lang,
        column=column,
        **values,
    )


def at(day: date, hour: int | None = None, minute: int = 0, zone: str = "Asia/Shanghai") -> Moment:
    at = None if hour is None else datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    return Moment(day=day, at=at, zone=zone)


def cite(item: Item, quote: str, field: str = "text") -> Evidence:
    start = item.field_text(field).index(quote)
    return Evidence(item_id=item.id, field=field, start=start, end=start + len(quote), quote=quote)


def make_fact(item: Item, kind: FactKind, value: str, shown: str, field: str = "text") -> Fact:
    return Fact(item_id=item.id, kind=kind, value=value, shown=shown, evidence=cite(item, shown, field))


def said(text: str, *cites: Evidence) -> Sentence:
    return Sentence(text=text, cites=cites)


def quoted(item: Item, quote: str) -> Sentence:
    return Sentence(text=quote, cites=(cite(item, quote),), quoted=True, tag=item.lang)


def headlines(item: Item, en: str, zh: str, method: str = "glossary") -> dict[Lang, Headline]:
    own: Lang = "zh" if item.lang.startswith("zh") else "en"
    texts: dict[Lang, str] = {"en": en, "zh": zh}
    return {
        lang: Headline(
            item_id=item.id, lang=lang, text=text, method="original" if lang == own else method
        )
        for lang, text in texts.items()
    }  # fmt: skip


def make_view(
    number: int,
    day: date,
    covered: tuple[tuple[Item, dict[Lang, Headline], tuple[Fact, ...]], ...],
    *,
    level: Level,
    components: tuple[Component, ...],
    reason: tuple[str, str],
    en: tuple[str, tuple[Sentence, ...], tuple[Sentence, ...]],
    zh: tuple[str, tuple[Sentence, ...], tuple[Sentence, ...]],
    writer: str = "embedded",
    version: int = 1,
) -> StoryView:
    written = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)
    reasons = ("first", *("similar:0.78" for _ in covered[1:]))
    members = tuple(
        Member(item_id=item.id, score=1.0 if n == 0 else 0.78, reason=reasons[n])
        for n, (item, _, _) in enumerate(covered)
    )
    coverage = tuple(
        Coverage(item=item, source=SOURCES[item.source_id], member=members[n], headlines=heads, facts=facts)
        for n, (item, heads, facts) in enumerate(covered)
    )
    seen: dict[tuple[str, str], Fact] = {}
    for _, _, facts in covered:
        for fact in facts:
            seen.setdefault((fact.kind, fact.value), fact)
    briefs: dict[Lang, Brief] = {}
    by_lang: tuple[tuple[Lang, Any], ...] = (("en", en), ("zh", zh))
    for lang, (headline, sentences, impact) in by_lang:
        briefs[lang] = Brief(
            story_id=number,
            lang=lang,
            headline=headline,
            sentences=sentences,
            impact=impact,
            writer=writer,
            written_at=written,
            inputs="0" * 64,
            version=version,
        )
    return StoryView(
        story=Story(id=number, members=members, head=covered[0][0].id, day=day, version=version),
        rank=Rank(
            story_id=number,
            level=level,
            score=sum(part.points for part in components),
            components=components,
            reason_en=reason[0],
            reason_zh=reason[1],
        ),
        briefs=briefs,
        coverage=coverage,
        updated_at=written,
        facts=tuple(seen.values()),
    )


def parts(*values: tuple[str, float, float, str]) -> tuple[Component, ...]:
    return tuple(Component(name=n, value=v, weight=w, note=note) for n, v, w, note in values)
