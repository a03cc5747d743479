"""``dibao sources``: what is read, how it goes, and the tools for whoever adds a source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dibao.store import COLUMNS, JURISDICTIONS, ConfigError, PublishError, Store

from .app import App, with_app

if TYPE_CHECKING:
    from dibao.crawler.check import ListCheck, SourceCheck
    from dibao.crawler.source import SourceSpec

IMPORTED = "Imported, not looked at yet: `dibao sources check` shows what it gives; then take this line away."


@click.group()
def sources() -> None:
    """The sources: which there are, how they do, and adding one."""


def _catalogue(app: App) -> dict[str, SourceSpec]:
    from dibao.crawler import source

    folder = app.config.crawl.sources
    return source.load(app.config.path(folder) if folder else None)


@sources.command("list")
@click.option("--jurisdiction", type=click.Choice(list(JURISDICTIONS)), help="Only this one.")
@click.option(
    "--all", "every", is_flag=True, help="Also those that are declared but not read, with the reason."
)
@with_app
def list_(app: App, jurisdiction: str | None, every: bool) -> None:
    """Every source that is read: id, tier, columns, names."""
    for spec in _catalogue(app).values():
        if (spec.off and not every) or (jurisdiction and spec.jurisdiction != jurisdiction):
            continue
        columns = list(dict.fromkeys(c for e in spec.endpoints for c in e.columns))
        names = f"{spec.name_en} · {spec.name_zh}"
        line = f"{spec.id:<22} {spec.jurisdiction:<3} {spec.tier}  {', '.join(columns):<44} {names}"
        app.say(
            f"{line}\n{'':<22}     off: {spec.off}" if spec.off else line,
            id=spec.id,
            jurisdiction=spec.jurisdiction,
            tier=spec.tier,
            columns=columns,
            name_en=spec.name_en,
            name_zh=spec.name_zh,
            off=spec.off,
        )


@sources.command()
@click.argument("source_id", metavar="ID")
@click.option("--replay", type=click.Path(path_type=Path), help="Read a recording instead of the network.")
@click.option("--file", type=click.Path(path_type=Path), help="Take the source from this YAML file.")
@with_app
def check(app: App, source_id: str, replay: Path | None, file: Path | None) -> None:
    """Show what a source gives, field by field, and what is missing. Stores nothing, needs no database.

    Exit code 1 when a list gives nothing, or nothing with title, address and date.
    """
    from dibao.crawler import check as checker
    from dibao.crawler import source

    found = {spec.id: spec for spec in source.read_file(file)} if file is not None else _catalogue(app)
    if source_id not in found:
        where = file or "the catalogue"
        raise ConfigError(f"{source_id}: no such source in {where}; `dibao sources list --all` names them")
    done = checker.check(
        found[source_id],
        now=app.config.clock,
        contact=app.config.crawl.contact,
        replay=replay.resolve() if replay is not None else None,
    )
    _show(app, done)
    if not done.good:
        click.get_current_context().exit(1)


def _show(app: App, done: SourceCheck) -> None:
    spec = done.spec
    if not app.json:
        state = f"declared, not read: {spec.off}" if spec.off else "read"
        click.echo(f"{spec.id}: {spec.name_en} · {spec.name_zh} ({state})")
        if not done.lists:
            click.echo("  it has no endpoints: there is nothing to look at")
    for one in done.lists:
        app.say(_told(one), **_values(one))


def _told(one: ListCheck) -> str:
    lines = [f"\n{one.column} · {one.kind} · {one.url}"]
    if one.problem:
        return "\n".join([*lines, f"  ✗ {one.problem}"])
    lines.append(f"  {one.listed} entries listed; looked at {len(one.items)}")
    for field in one.fields:
        mark = "✓" if field.found == field.of else "✗" if field.missing else "-"
        sample = " ".join(field.sample.split())[:80]
        why = f"  ({field.missing})" if field.missing else ""
        lines.append(f"  {mark} {field.name:<12} {field.found}/{field.of}  {sample}{why}")
    return "\n".join([*lines, *(f"  ! {warning}" for warning in one.warnings)])


def _values(one: ListCheck) -> dict[str, Any]:
    fields = {
        field.name: {"found": field.found, "of": field.of, "sample": field.sample, "missing": field.missing}
        for field in one.fields
    }
    return {
        "url": one.url,
        "column": one.column,
        "listed": one.listed,
        "problem": one.problem,
        "fields": fields,
        "warnings": one.warnings,
    }


@sources.command()
@with_app
def health(app: App) -> None:
    """How each list went when it was last read. Exit code 3 when one that is read has failed."""
    failed = False
    settings = app.config
    with Store(settings.path(settings.database), writable=False) as store:
        polls = {(poll.source_id, poll.url): poll for poll in store.polls()}
        newest = {entry.source_id: entry.newest for entry in store.health()}
    for spec in _catalogue(app).values():
        for endpoint in spec.endpoints if not spec.off else ():
            poll = polls.get((spec.id, endpoint.name))
            error = poll.error if poll else "never read"
            last = f"{poll.succeeded_at:%Y-%m-%d %H:%M}" if poll and poll.succeeded_at else "never"
            failed = failed or bool(poll and poll.error)
            listed, taken = (poll.listed, poll.taken) if poll else (0, 0)
            mark, column = "!" if error else " ", COLUMNS[endpoint.column].en
            app.say(
                f"{mark} {spec.id:<20} {column:<15} last read {last:<16} {taken:>3} of {listed:>3}  {error}",
                id=spec.id,
                column=endpoint.column,
                url=endpoint.list_url,
                last_success=poll.succeeded_at if poll else None,
                listed=listed,
                taken=taken,
                newest=newest.get(spec.id),
                error=error,
            )
    if failed:
        click.get_current_context().exit(3)


@sources.command()
@click.option("--opml", type=click.Path(path_type=Path), required=True, help="File to write.")
@with_app
def export(app: App, opml: Path) -> None:
    """Write the sources that are read as OPML 2.0, for feed readers."""
    from dibao.crawler.opml import to_opml

    specs = [spec for spec in _catalogue(app).values() if not spec.off]
    _write(opml, to_opml(specs), replace=True)
    app.say(f"{len(specs)} sources written to {opml}", sources=len(specs), file=opml)


@sources.command("import")
@click.argument("opml", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="YAML file to write; must be new.")
@click.option("--jurisdiction", type=click.Choice(list(JURISDICTIONS)), default="INT", show_default=True)
@click.option("--on", "enabled", is_flag=True, help="Have them read; without it they are declared as off.")
@with_app
def import_(app: App, opml: Path, to: Path, jurisdiction: str, enabled: bool) -> None:
    """Turn the feeds of an OPML file into entries for a catalogue. Nothing is fetched."""
    from dibao.crawler import opml as outlines

    specs = _catalogue(app)
    done = outlines.from_opml(
        opml.read_bytes(),
        known={endpoint.url for spec in specs.values() for endpoint in spec.endpoints},
        taken=set(specs),
        jurisdiction=jurisdiction,
        off="" if enabled else IMPORTED,
    )
    for refused in done.refused:
        click.echo(f"left out: {refused}", err=True)
    if not done.rows:
        raise ConfigError(f"{opml}: no feed in it that is new and may be asked for")
    _write(to, outlines.as_yaml(done.rows).encode(), replace=False)
    app.say(
        f"{len(done.rows)} sources written to {to}; {done.known} were known, {len(done.refused)} left out",
        sources=len(done.rows),
        known=done.known,
        refused=done.refused,
        file=to,
    )


def _write(file: Path, data: bytes, *, replace: bool) -> None:
    try:
        with file.open("wb" if replace else "xb") as out:
            out.write(data)
    except FileExistsError:
        raise PublishError(f"{file}: exists already; name a new file") from None
    except OSError as error:
        raise PublishError(f"{file}: cannot be written: {error.strerror or error}") from error
