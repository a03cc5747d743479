"""Stories of several sources' texts, read by the project's own rules: for what sources state and change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dibao.store import LANGS, Item, Member, Moment, Rank, Source, Story
from dibao.summarizer.facts import read_facts
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.writers.headline import headline
from dibao.summarizer.writers.known import StoryInput

from .making import KR36, NFRA, PBC, SFC, WIRE

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
SOURCES = {source.id: source for source in (NFRA, PBC, SFC, KR36, WIRE)}
GLOSSARY = load_glossary()


def said(source: Source, title: str, text: str, *, id: str = "", lang: str = "zh-Hans") -> Item:
    """An item by a source; the first of a source is named after it."""
    return Item(
        id=id or source.id, source_id=source.id, key=id or source.id, url=f"https://{source.id}.example/",
        title=title, text=text, lang=lang, column="news" if source.tier > 2 else "rule",
        published=Moment(day=DAY), fetched_at=NOW,
    )  # fmt: skip


def changed(item: Item, text: str) -> Item:
    """The item in its next version."""
    return replace(item, text=text, version=item.version + 1)


def story(*items: Item, copies: tuple[str, ...] = ()) -> StoryInput:
    """The story of these items, the first being its head; ``copies``: ids of those that repeat the head."""
    facts = {i.id: read_facts(i, source=SOURCES[i.source_id], glossary=GLOSSARY) for i in items}
    head = items[0].id
    return StoryInput(
        story=Story(
            id=1, head=head, day=DAY,
            members=tuple(
                Member(item_id=i.id, score=1.0, reason=f"same-text:{head}" if i.id in copies else "first")
                for i in items
            ),
        ),
        items=items, sources=SOURCES, facts=facts, bodies=GLOSSARY.bodies, glossary=GLOSSARY,
        headlines={
            i.id: {
                lang: headline(i, facts[i.id], lang, glossary=GLOSSARY, source=SOURCES[i.source_id])
                for lang in LANGS
            }
            for i in items
        },
        rank=Rank(story_id=1, level="notable", score=50.0, components=(), reason_en="r", reason_zh="r"),
    )  # fmt: skip
