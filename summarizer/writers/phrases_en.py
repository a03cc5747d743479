"""English wording of briefs. Each function takes what is known and returns one sentence.

Several wordings say the same; ``seed`` (the story's number) chooses, so the same story always reads the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dibao.store import DocumentType

from .figures import day, listed


def choose(seed: int, options: Sequence[str]) -> str:
    return options[seed % len(options)]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def named(name: str, short: str) -> str:
    """``the National Financial Regulatory Administration (NFRA)``."""
    article = "" if name.startswith(("The ", "the ", "HM ")) or name.endswith("'s Court") else "the "
    return f"{article}{name}" + (f" ({short})" if short and short != name else "")


def kind_name(kind: DocumentType | None) -> str:
    if kind is None:
        return "a publication"
    if kind.plural:
        return kind.en
    return f"{'an' if kind.en[0] in 'aeio' else 'a'} {kind.en}"


def act(who: str, deed: str, *, number: str, on: date | None, seed: int) -> str:
    mark = f" ({number})" if number else ""
    if on is None:
        return f"{capital(who)} {deed}{mark}."
    return choose(
        seed, (f"On {day(on, 'en')} {who} {deed}{mark}.", f"{capital(who)} {deed}{mark} on {day(on, 'en')}.")
    )


def reported_act(paper: str, who: str, deed: str, *, number: str, on: date | None, seed: int) -> str:
    mark = f" ({number})" if number else ""
    when = f" on {day(on, 'en')}" if on else ""
    return choose(
        seed,
        (
            f"{paper} reported{when} that {who} had {deed}{mark}.",
            f"According to a report by {paper}{when}, {who} {deed}{mark}.",
        ),
    )


def titled(who: str, kind: str, *, number: str, on: date | None, title: str, foreign: bool) -> str:
    mark = f" ({number})" if number else ""
    when = f" on {day(on, 'en')}" if on else ""
    label = "its Chinese title reads" if foreign else "its title reads"
    return f"{capital(who)} published {kind}{mark}{when}; {label} “{title}”."


def about(terms: Sequence[str]) -> str:
    return f"Its title names {listed(terms, 'en')}."


def reported_title(paper: str, *, on: date | None, title: str, foreign: bool) -> str:
    when = f" on {day(on, 'en')}" if on else ""
    return f"{paper} reported{when} under the {'Chinese ' if foreign else ''}headline “{title}”."


def provides(clauses: Sequence[str], *, seed: int) -> str:
    start = choose(seed, ("It provides that", "Under it,", "It says that"))
    joint = "; " if any(" and " in c or "," in c for c in clauses) else ", and "
    return f"{start} {joint.join(clauses)}."


def calls_for(aims: Sequence[str], *, seed: int) -> str:
    start = choose(seed, ("It calls for", "Its stated aims include", "The points made include"))
    return f"{start} {'; '.join(aims[:-1]) + '; and ' + aims[-1] if len(aims) > 1 else aims[0]}."


def dates(
    *, signed: date | None, effective: date | None, deadline: date | None, expiry: date | None, seen: date
) -> str:
    parts = []
    if signed:
        parts.append(f"was signed on {day(signed, 'en')}")
    if effective:
        parts.append(f"{'took' if effective < seen else 'takes'} effect on {day(effective, 'en')}")
    if expiry:
        parts.append(f"is valid until {day(expiry, 'en')}")
    text = f"It {listed(parts, 'en')}" if parts else ""
    if deadline:
        closing = f"comments {'were' if deadline < seen else 'are'} due by {day(deadline, 'en')}"
        text = f"{text}; {closing}" if text else capital(closing)
    return f"{text}."


def figures(amounts: Sequence[str]) -> str:
    return f"Amounts named: {listed(amounts, 'en')}."


def quote_intro(terms: Sequence[str]) -> str:
    on = f"On {listed(terms, 'en')}, the" if terms else "The"
    return f"{on} Chinese original says:"


def affects(actors: Sequence[str], *, where: str, force: str, kind: str) -> str:
    who = f"Affects {listed(actors, 'en')}{_in(where)}" if actors else ""
    nature = {
        "binding": f"{kind}: binding on those it addresses",
        "expected": f"{kind}: those addressed are expected to comply",
        "soft": f"{kind}: guidance rather than binding rule",
        "single": f"{kind}: addressed to the parties it names",
    }[force]
    return f"{who} ({nature})." if who else f"{capital(nature)}."


def _in(where: str) -> str:
    if where in ("", "International"):
        return ""
    if where == "Mainland China":
        return " in mainland China"
    return f" in the {where}" if where.startswith(("United", "European")) else f" in {where}"


def draft(actors: Sequence[str], *, deadline: date | None, seen: date) -> str:
    who = f" for {listed(actors, 'en')}" if actors else ""
    text = f"A draft{who}: it creates no duty until it is final"
    if deadline and deadline >= seen:
        return f"{text}; those concerned can comment until {day(deadline, 'en')}."
    return f"{text}."


def no_duty(kind: str, *, seed: int) -> str:
    return choose(
        seed,
        (
            f"No duty created: {kind} states or explains and does not bind.",
            f"This is {kind}; it creates no new duty.",
        ),
    )


def act_by(effective: date) -> str:
    return f"Those addressed have until {day(effective, 'en')}, when it takes effect."


def in_force(effective: date) -> str:
    return f"It has applied since {day(effective, 'en')}."


def media_only() -> str:
    return "Known from press reports only: the official text is not among the sources."
