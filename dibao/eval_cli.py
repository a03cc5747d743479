"""``dibao eval facts`` and ``dibao facts``: what is read from documents, measured and shown."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from dibao.store import NAMED, Body, DibaoError, Fact, Item, Source, Store, Term

from . import facts_quality as quality
from .app import App, with_app


@click.group("eval")
def evaluate() -> None:
    """Measure what the program understands against what persons labelled."""


@evaluate.command("facts")
@click.option("-v", "--verbose", is_flag=True, help="Every difference: missed != wrongly read.")
@click.option(
    "--held-misses", is_flag=True, help="Differences of the held and check parts too: they measure no more."
)
@with_app
def facts_quality(app: App, verbose: bool, held_misses: bool) -> None:
    """Precision and recall of each kind of fact; exit code 1 below a target.

    The documents that were written without sight of the rules stand apart. Rules may be bettered by what
    the `learn` parts show; of `held` and `check` only totals are shown.
    """
    sources = _catalogue()
    documents = list(quality.labelled())
    tallies = quality.measure(documents, sources)
    shared = quality.shared_tallies(sources)
    short = [kind for kind, target in quality.TARGETS.items() if _short(tallies.get(kind), target)]
    blind = {half: list(quality.labelled(half)) for half in quality.HALVES}
    seen = {half: quality.measure(found, sources) for half, found in blind.items()}
    if app.json:
        halves = {half: {"documents": len(blind[half]), "kinds": _plain(seen[half])} for half in blind}
        app.say(
            "",
            documents=len(documents),
            kinds=_plain(tallies),
            shared=_plain(shared),
            below=short,
            blind=halves,
        )
    else:
        click.echo(f"{len(documents)} labelled documents")
        _table({**dict(sorted(tallies.items())), **shared}, verbose=verbose)
        for half, found in seen.items():
            click.echo(f"\n{len(blind[half])} documents written blind, half {half}")
            _table(dict(sorted(found.items())), verbose=held_misses if half in quality.HIDDEN else verbose)
    if short:
        click.get_current_context().exit(1)


def _table(tallies: Mapping[str, quality.Tally], *, verbose: bool) -> None:
    for kind, tally in tallies.items():
        mark = "!" if kind in quality.TARGETS and _short(tally, quality.TARGETS[kind]) else " "
        click.echo(
            f"{mark} {kind:<34} precision {tally.precision:.3f}  recall {tally.recall:.3f}"
            f"  right {tally.right:>4}  wrong {tally.wrong:>3}  missed {tally.missed:>3}"
        )
        for example in tally.examples if verbose else ():
            click.echo(f"      {example}")


@evaluate.command("grouping")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path(__file__).resolve().parents[2] / "shared" / "data",
    help="Folder of the labelled sets (their texts are not part of this repository).",
)
@with_app
def grouping_quality(app: App, data: Path) -> None:
    """Grouping on labelled news, beside char-TF-IDF, HDBSCAN and community detection; some minutes."""
    from dibao import eval_grouping, eval_news
    from dibao.summarizer.embed import load_embedder

    if why := eval_news.missing(data):
        raise DibaoError(_("{why}; give their folder with --data").format(why=why))
    chosen = app.config.embedding
    embedder = load_embedder(chosen.model, device=chosen.device, prompt=chosen.prompt)
    for line in eval_grouping.measure(data, embedder):
        app.say(str(line), set=line.set, size=line.size, method=line.method, **_rounded(line.figures))


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name.replace(" ", "_").lower(): round(value, 4) for name, value in figures.items()}


def _short(tally: quality.Tally | None, target: tuple[float, float]) -> bool:
    return tally is None or tally.precision < target[0] or tally.recall < target[1]


def _plain(tallies: Mapping[str, quality.Tally]) -> dict[str, Any]:
    return {
        kind: {
            "precision": round(tally.precision, 4), "recall": round(tally.recall, 4),
            "right": tally.right, "wrong": tally.wrong, "missed": tally.missed,
        }
        for kind, tally in tallies.items()
    }  # fmt: skip


def _catalogue() -> dict[str, Source]:
    from dibao.crawler.source import load

    return {id: spec.source for id, spec in load().items()}


@click.command("facts")
@click.argument("item_id", metavar="ITEM")
@with_app
def facts(app: App, item_id: str) -> None:
    """Show what was read from an item, with the words it was read from underlined.

    ITEM is the item's id or its address.
    """
    from dibao.summarizer.facts import read_facts
    from dibao.summarizer.glossary import load_glossary

    settings = app.config
    with Store(settings.path(settings.database), writable=False) as store:
        item = store.find_item(item_id)
        if item is None:
            raise DibaoError(
                _("{id}: no such item; `dibao search` and a story's page show ids and addresses").format(
                    id=item_id
                )
            )
        source = store.sources()[item.source_id]
    glossary = load_glossary()
    found = read_facts(item, source=source, glossary=glossary)
    if app.json:
        for fact in found:
            place = fact.evidence
            app.say(
                "", kind=fact.kind, value=fact.value, shown=fact.shown, method=fact.method,
                confidence=fact.confidence, names=_names(fact, glossary.bodies),
                field=place.field, start=place.start, end=place.end,
                quote=_masked(item.field_text(place.field))[place.start : place.end],
            )  # fmt: skip
        return
    click.secho(item.title, bold=True)
    click.echo(f"{source.name('en')} · {item.url}\n")
    for fact in found:
        names = "".join(f" · {name}" for name in _names(fact, glossary.bodies))
        click.echo(f"{fact.kind:<16} {_value(fact)}{names}  ({fact.method}, {fact.confidence:g})")
        if fact.kind != "person_private":
            click.echo(f"{'':16} {_in_place(item, fact)}")


def _value(fact: Fact) -> str:
    return quality.penalty_line(fact) if fact.kind == "penalty" else fact.value


def _names(fact: Fact, bodies: Mapping[str, Body]) -> tuple[str, ...]:
    """Return the names of a value that is an id, English and Chinese; none of what is named by its words."""
    named: Body | Term | None = bodies.get(fact.value) if fact.kind in _OF_BODIES else None
    named = named or NAMED.get(fact.kind, {}).get(fact.value)
    return (named.name("en"), named.name("zh")) if named else ()


_OF_BODIES = ("issuer", "addressee", "mention")
_AROUND = 24


def _in_place(item: Item, fact: Fact) -> str:
    """Return the words a fact was read from, underlined, with a little of what stands around them."""
    place = fact.evidence
    if place.start == place.end:
        return click.style("from the source, not from the text", dim=True)
    text = _masked(item.field_text(place.field))
    pieces = (
        text[max(0, place.start - _AROUND) : place.start],
        click.style(_line(text[place.start : place.end]), underline=True),
        text[place.end : place.end + _AROUND],
    )
    return _line(f"{place.field}: …{pieces[0]}{pieces[1]}{pieces[2]}…")


def _masked(text: str) -> str:
    """Return a text with private contact data blacked out, every other character where it was."""
    from dibao.summarizer.facts import private_spans

    for start, end in private_spans(text):
        text = f"{text[:start]}{'█' * (end - start)}{text[end:]}"
    return text


def _line(text: str) -> str:
    short = text if len(text) < 400 else f"{text[:200]} … {text[-100:]}"
    return " ".join(short.split())
