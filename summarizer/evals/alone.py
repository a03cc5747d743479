"""One document → the story of it alone, with facts and headlines: for evaluations without a database."""

from __future__ import annotations

from dibao.store import LANGS, Item, Member, Rank, Source, Story

from ..facts import read_facts
from ..glossary import Glossary
from ..writers.headline import headline
from ..writers.known import StoryInput


def alone(item: Item, source: Source, glossary: Glossary, *, id: int = 1) -> StoryInput:
    """Return a story whose only item is this one; its rank says nothing."""
    facts = read_facts(item, source=source, glossary=glossary)
    day = (item.published.day if item.published else None) or item.fetched_at.date()
    return StoryInput(
        story=Story(
            id=id, members=(Member(item_id=item.id, score=1.0, reason="first"),), head=item.id, day=day
        ),
        items=(item,),
        sources={source.id: source, item.source_id: source},
        facts={item.id: facts},
        headlines={
            item.id: {lang: headline(item, facts, lang, glossary=glossary, source=source) for lang in LANGS}
        },
        bodies=glossary.bodies,
        glossary=glossary,
        rank=Rank(story_id=id, level="notable", score=0.0, components=(), reason_en="", reason_zh=""),
    )
