"""Two states of a story's sources → what a reader of the last brief would want to know. Pure.

Only what the sources did counts: a fact that a better program reads from the same text is no news.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from dibao.store import Changed, Fact, Given, content_hash

from .writers.known import StoryInput

DATED = ("date_deadline", "date_effective", "date_compliance", "date_hearing", "date_expiry")
TOLD = (*DATED, "stage", "document_number")
"""Kinds of facts whose change is told; of amounts, one that took the place of another in the same text."""


def given(inputs: StoryInput) -> tuple[Given, ...]:
    """Return the items that a brief is made from, in their order, with what is told when it changes."""
    copied = {member.item_id for member in inputs.story.members if member.copied}
    return tuple(
        Given(
            item_id=item.id,
            version=item.version,
            sha256=content_hash(item),
            facts=facts_hash(inputs.facts.get(item.id, ())),
            official=inputs.sources[item.source_id].official,
            copied=item.id in copied,
            withdrawn=item.withdrawn_at is not None,
            said=tuple(_said(inputs.facts.get(item.id, ()))),
        )
        for item in inputs.items
    )


def facts_hash(facts: Iterable[Fact]) -> str:
    """Return SHA-256 over the facts of an item, in their order."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(f"{fact.kind}\x1f{fact.value}\x1f{fact.shown}\x1f{fact.evidence}\x1e".encode())
    return digest.hexdigest()


def _said(facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    told = ((fact.kind, fact.value) for fact in facts if fact.kind in (*TOLD, "amount"))
    return (pair for pair in dict.fromkeys(told) if pair != ("stage", "none"))


def changes(before: Sequence[Given], after: Sequence[Given]) -> tuple[Changed, ...]:
    """Return what changed, official items first; () when there is nothing that a reader cares about."""
    now = {one.item_id: one for one in after}
    # What the same text says is read alike on both sides.
    old = {one.item_id: _read_alike(one, now.get(one.item_id)) for one in before}
    return (
        *_items(old, now),
        *(change for kind in TOLD for change in _value(kind, list(old.values()), list(now.values()))),
        *_amounts(old, now),
    )


def _read_alike(was: Given, now: Given | None) -> Given:
    return now if now and now.sha256 == was.sha256 and now.withdrawn == was.withdrawn else was


def _items(old: dict[str, Given], now: dict[str, Given]) -> Iterator[Changed]:
    for one in sorted(now.values(), key=lambda g: not g.official):
        was = old.get(one.item_id)
        if was is None and not one.copied:
            yield Changed(kind="joined", item_id=one.item_id)
        elif was and one.official and one.sha256 != was.sha256:
            yield Changed(kind="text", item_id=one.item_id)
        if was and one.withdrawn and not was.withdrawn:
            yield Changed(kind="withdrawn", item_id=one.item_id)
    for one in old.values():
        if one.item_id not in now and not one.copied:
            yield Changed(kind="left", item_id=one.item_id)


def _value(kind: str, old: Iterable[Given], now: Iterable[Given]) -> Iterator[Changed]:
    before, after = _standing(kind, old), _standing(kind, now)
    # That an official text has a status and a number goes without saying; that they changed does not.
    told = set(before) != set(after) if kind in DATED else before and after and set(before).isdisjoint(after)
    if told:
        yield Changed(kind="value", fact=kind, before=before, after=after)


def _standing(kind: str, items: Iterable[Given]) -> tuple[str, ...]:
    """The values that stand: the official ones; without any, the others'. Of stages, the first one."""
    known = list(items)
    for official in (True, False):
        said = [v for one in known if one.official == official for k, v in one.said if k == kind]
        if said:
            return tuple(said[:1]) if kind == "stage" else tuple(sorted(set(said)))
    return ()


def _amounts(old: dict[str, Given], now: dict[str, Given]) -> Iterator[Changed]:
    for id, was in old.items():
        if id in now and was.official:
            before, after = ({v for k, v in one.said if k == "amount"} for one in (was, now[id]))
            gone, come = before - after, after - before
            if len(gone) == len(come) == 1:
                yield Changed(kind="value", item_id=id, fact="amount", before=tuple(gone), after=tuple(come))
