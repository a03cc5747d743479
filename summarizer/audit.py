"""What is kept of the writing of briefs: inputs, program, model, what the gate refused, cost and time; and
what changed since the last ones. Pure but for the clock that measures how long the writing took.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from dibao.store import Brief, BriefAudit, Generation, Given, Lang, StoryNote

from .since import changes, given
from .writers.known import StoryInput
from .writers.making import Writing
from .writers.writer import Pair, Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The two briefs of a story, with the seconds they took and the keys of what a model was asked."""

    inputs: StoryInput
    pair: Pair
    seconds: float
    requests: Mapping[Lang, str]
    given: tuple[Given, ...]


def timed(writer: Writer, stories: Sequence[StoryInput], *, now: datetime) -> Iterator[Made]:
    """Write the briefs of stories, and measure. What a model does for a batch counts alike for each of it."""
    taken: list[tuple[Pair, float]] = []
    start = perf_counter()
    for pair in writer.write(stories, now=now):
        end = perf_counter()
        taken.append((pair, end - start))
        start = end
    asked = [writer.requests(inputs) for inputs in stories]
    average = sum(seconds for _, seconds in taken) / len(taken) if taken else 0.0
    shared = any(asked)
    for inputs, requests, (pair, seconds) in zip(stories, asked, taken, strict=True):
        yield Made(
            inputs=inputs,
            pair=pair,
            seconds=average if shared else seconds,
            requests=requests,
            given=given(inputs),
        )


def audit(
    made: Made,
    brief: Brief,
    program: str,
    answers: Mapping[str, Generation],
    *,
    writing: Writing,
    now: datetime,
) -> BriefAudit:
    """Return how one brief came about. ``answers``: what models gave, by the key of the request."""
    inputs = made.inputs
    request = made.requests.get(brief.lang, "")
    answer = answers.get(request)
    return BriefAudit(
        story_id=brief.story_id,
        lang=brief.lang,
        inputs=brief.inputs,
        at=now,
        writer=brief.writer,
        program=program,
        model=answer.model if answer else "",
        prompt=answer.prompt if answer else "",
        request=request if answer else "",
        tokens_in=answer.tokens_in if answer else 0,
        tokens_out=answer.tokens_out if answer else 0,
        paid=answer is not None and answer.at == now,
        cost=_cost(answer, writing) if answer and answer.at == now else "",
        seconds=round(made.seconds, 6),
        head=inputs.story.head,
        day=inputs.story.day,
        rank=inputs.rank.code,
        given=made.given,
        dropped=brief.dropped,
    )


def _cost(answer: Generation, writing: Writing) -> str:
    """Return what an answer cost at the prices of the settings; empty when none is set."""
    if not (writing.price_in or writing.price_out):
        return ""
    cost = (answer.tokens_in * writing.price_in + answer.tokens_out * writing.price_out) / 1_000_000
    return f"{writing.currency} {cost:.6f}"


def note(last: BriefAudit | None, made: Made, *, now: datetime) -> StoryNote | None:
    """Return what changed since the last briefs; None for the first ones, or when no reader would care."""
    found = changes(last.given, made.given) if last else ()
    return StoryNote(at=now, since=last.at, changes=found) if last and found else None
