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
    if kind.plural or kind.key == "guidance":
        return kind.en
    return f"{'an' if kind.en[0] in 'aeio' else 'a'} {kind.en}"


def act(who: str, deed: str, *, number: str, on: date | None, seed: int) -> str:
    mark = f" ({number})" if number else ""
    deed, colon, rest = deed.partition(": ")
    if colon:  # a list follows: day and number go before it
        start = f"On {day(on, 'en')} {who}" if on else capital(who)
        return f"{start} {deed}{mark}: {rest}."
    if on is None:
        return f"{capital(who)} {deed}{mark}."
    return choose(
        seed, (f"On {day(on, 'en')} {who} {deed}{mark}.", f"{capital(who)} {deed}{mark} on {day(on, 'en')}.")
    )


def reported_act(paper: str, who: str, deed: str, *, number: str, on: date | None, seed: int) -> str:
    deed, colon, rest = deed.partition(": ")
    done = f"{deed}{f' ({number})' if number else ''}{colon}{rest}"
    when = f" on {day(on, 'en')}" if on else ""
    return choose(
        seed,
        (
            f"{paper} reported{when} that {who} had {done}.",
            f"According to a report by {paper}{when}, {who} {done}.",
        ),
    )


def titled(
    who: str, kind: DocumentType | None, *, number: str, on: date | None, title: str, foreign: bool, seed: int
) -> str:
    mark = f" ({number})" if number else ""
    what = kind_name(kind) if kind else "this" if not title else "a text"
    when = f" on {day(on, 'en')}" if on else ""
    if title:
        label = "Chinese title" if foreign else "title"
        start = f"On {day(on, 'en')} {who}" if on else capital(who)
        return choose(
            seed,
            (
                f"{capital(who)} published {what}{mark}{when} under the {label} “{title}”.",
                f"{start} published {what}{mark}, with the {label} “{title}”.",
            ),
        )
    if on is None:
        return f"{capital(who)} published {what}{mark}."
    return choose(
        seed,
        (
            f"{capital(who)} published {what}{mark}{when}.",
            f"On {day(on, 'en')} {who} published {what}{mark}.",
        ),
    )


def reported_title(paper: str, *, on: date | None, title: str, foreign: bool, seed: int) -> str:
    when = f" on {day(on, 'en')}" if on else ""
    if not title:
        return choose(seed, (f"{paper} reported this{when}.", f"This is a report by {paper}{_of(on)}."))
    return f"{paper} reported{when} under the {'Chinese ' if foreign else ''}headline “{title}”."


def _of(on: date | None) -> str:
    return f" of {day(on, 'en')}" if on else ""


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


_SUMS = {
    "fine": "a fine of {}", "confiscated": "confiscation of {}", "total": "{} in total",
    "disgorgement": "disgorgement of {}", "interest": "prejudgment interest of {}",
    "capital": "registered capital of {}", "": "{}",
}  # fmt: skip


def figures(sums: Sequence[tuple[str, str]], *, seed: int) -> str:
    """``sums``: (key of ``_SUMS``, amount)."""
    words = listed([_SUMS[key].format(text) for key, text in sums], "en")
    return choose(seed, (f"The decision names {words}.", f"It names {words}."))


def fines(ranges: Sequence[str]) -> str:
    return f"Fines for breaches: {'; '.join(ranges)}."


def quote_intro(
    terms: Sequence[str], modals: Sequence[str], figures: Sequence[str], *, seed: int, place: int
) -> str:
    """``modals`` and ``figures`` tell a reader of English what the quotation demands and names."""
    on = f" on {listed(terms, 'en')}" if terms else ""
    said = (*(f"“{word}”" for word in modals), *figures)
    inside = f" ({'; '.join(said)})" if said else ""
    if place:
        start = "It goes on" if place == 1 else "And further"
        return f"{start}{',' if on else ''}{on}{inside}:"
    return choose(
        seed,
        (
            f"The Chinese text{on}{inside} reads:",
            f"In the original Chinese{',' if on else ''}{on}{inside}:",
            f"Key passage{on}{inside}, in Chinese:",
        ),
    )


def affects(
    actors: Sequence[str],
    *,
    where: str,
    force: str,
    kind: DocumentType,
    relation: str,
    others: Sequence[str],
) -> str:
    """``relation`` is what the document does to the ``others`` named: a key of ``_BUILDS``."""
    who = f"{listed(actors, 'en')}{_in(where)}" if actors else ""
    what = kind_name(kind)
    they, s = ("they", "") if kind.plural else ("it", "es")
    if force == "binding":
        text = f"{what}, binding on {who or f'those {they} address{s}{_in(where)}'}"
    elif force == "expected":
        text = f"{what} that {who or f'those addressed{_in(where)}'} are expected to follow"
    elif force == "plan":
        text = f"{what}: goals rather than binding duties" + (f", for {who}" if who else "")
    else:
        text = f"{what}: guidance rather than a binding rule" + (f", for {who}" if who else "")
        text = text.replace("guidance: guidance rather", "guidance rather")
    if relation:
        text += f"; {they} {_BUILDS[relation][kind.plural]} {listed(others, 'en')}"
    return f"{capital(text)}."


_BUILDS = {
    "replaces": ("replaces", "replace"), "repeals": ("repeals", "repeal"), "amends": ("amends", "amend"),
    "finalizes": ("follows the consultation", "follow the consultation"),
    "implements": ("implements", "implement"),
}  # fmt: skip


def parties(kind: DocumentType, *, firms: Sequence[str]) -> str:
    what = capital(kind_name(kind))
    on = f" on {listed(firms, 'en')}" if firms else ""
    return f"{what}{on}: it concerns the parties that it names."


def tells(kind: DocumentType) -> str:
    return f"{capital(kind_name(kind))}: it makes a fact or decision known."


def _in(where: str) -> str:
    if where in ("", "International"):
        return ""
    if where == "Mainland China":
        return " in mainland China"
    return f" in the {where}" if where.startswith(("United", "European")) else f" in {where}"


def draft(actors: Sequence[str], *, where: str, deadline: date | None, seen: date) -> str:
    who = f" for {listed(actors, 'en')}{_in(where)}" if actors else ""
    text = f"A draft{who}: it creates no duty until it is final"
    if deadline and deadline >= seen:
        return f"{text}; those concerned can comment until {day(deadline, 'en')}."
    return f"{text}."


def no_duty(kind: DocumentType, *, seed: int) -> str:
    name = kind_name(kind)
    verb = "states facts" if kind.key in ("statistics", "report") else "explains or states views"
    verb = "warns" if kind.key == "risk_alert" else verb
    return choose(
        seed,
        (
            f"No duty created: {name} {verb} and does not bind.",
            f"This is {name}; it creates no new duty.",
            f"{capital(name)}: no new duty comes of it.",
        ),
    )


def apart(kind: DocumentType, *, which: str) -> str:
    return {
        "memorandum": "A memorandum between authorities: it commits those who sign it.",
        "correction": f"It corrects {which or 'an earlier document'}, which keeps its own force.",
        "conclusions": "It tells the outcome of a consultation; the rule itself is a document of its own.",
    }[kind.key]


def information(*, seed: int) -> str:
    return choose(seed, ("Published for information.", "For information: a notice of fact."))


def press_only() -> str:
    return "Press report; no regulatory document behind it is among the sources."


def untyped(actors: Sequence[str]) -> str:
    who = listed(actors, "en") if actors else "those it addresses"
    return f"It sets out what is expected of {who}; how binding it is, the page leaves open."


def timing(*, effective: date | None, due: date | None, seen: date, asks: str, quoted: bool) -> str:
    """When it takes effect, the first day that a duty of it names, and one of its duties."""
    parts = []
    if effective and effective > seen:
        parts.append(f"those addressed have until {day(effective, 'en')}, when it takes effect")
    elif effective:
        parts.append(f"it has applied since {day(effective, 'en')}")
    if due:
        parts.append(f"one of its duties falls due on {day(due, 'en')}")
    if asks:
        parts.append(f"among its duties: “{asks}”" if quoted else f"among its duties: {asks}")
    return f"{capital('; '.join(parts))}."


def duty_on(terms: Sequence[str], modals: Sequence[str], figures: Sequence[str]) -> str:
    return f"one on {listed(terms, 'en')} ({'; '.join((*modals, *figures))})"


def media_only() -> str:
    return "Known from press reports only: the official text is not among the sources."
