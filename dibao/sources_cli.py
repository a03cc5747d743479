"""``dibao sources``: what is read, how it goes, and the tools for whoever adds a source."""

from __future__ import annotations

from difflib import get_close_matches
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dibao.store import COLUMNS, JURISDICTIONS, ConfigError, DocumentError, ListHealth, PublishError, Store

from . import health as report
from .app import App, with_app
from .language import spoken

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
        shown = ", ".join(COLUMNS[column].name(spoken()) for column in columns)
        line = f"{spec.id:<22} {spec.jurisdiction:<3} {spec.tier}  {spec.name_en} · {spec.name_zh}  {shown}"
        app.say(
            f"{line}\n{'':<22}     {_('not read:')} {_reason(spec)}" if spec.off else line,
            id=spec.id,
            jurisdiction=spec.jurisdiction,
            tier=spec.tier,
            columns=columns,
            name_en=spec.name_en,
            name_zh=spec.name_zh,
            off=spec.off,
        )


def _reason(spec: SourceSpec) -> str:
    return spec.off_zh or spec.off if spoken() == "zh" else spec.off


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
        near = get_close_matches(source_id, found, n=3)
        told = (
            _("{id}: no such source in {where}; did you mean {near}?")
            if near
            else _("{id}: no such source in {where}; `dibao sources list --all` names them")
        )
        where = file or _("the catalogue")
        raise ConfigError(told.format(id=source_id, where=where, near=", ".join(near)))
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
        state = _("declared, not read: {why}").format(why=_reason(spec)) if spec.off else _("read")
        click.echo(f"{spec.id}: {spec.name_en} · {spec.name_zh} ({state})")
        if not done.lists:
            click.echo("  " + _("it has no endpoints: there is nothing to look at"))
    for one in done.lists:
        app.say(_told(one), **_values(one))
    if not app.json and done.lists:
        good, every = sum(one.good for one in done.lists), len(done.lists)
        click.echo("\n" + _("{good} of {all} lists give what they should").format(good=good, all=every))


def _told(one: ListCheck) -> str:
    lines = [f"\n{COLUMNS[one.column].name(spoken())} ({one.column}) · {one.kind} · {one.url}"]
    if one.problem:
        return "\n".join([*lines, f"  ✗ {one.problem}"])
    looked = _("{listed} entries listed; looked at {n}").format(listed=one.listed, n=len(one.items))
    lines.append(f"  {looked}")
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
@click.argument("ids", metavar="[ID]...", nargs=-1)
@with_app
def health(app: App, ids: tuple[str, ...]) -> None:
    """How each list of the catalogue is doing, also those never read yet. Exit code 3: some need a look.

    The same as `dibao status`, source by source; ID limits it to some.
    """
    settings, specs = app.config, _catalogue(app)
    with Store(settings.path(settings.database), writable=False) as store:
        known = {(row.source_id, row.url): row for row in store.lists(now=settings.clock)}
    rows = [
        known.get((spec.id, endpoint.name)) or (spec, endpoint)
        for spec in specs.values()
        if not spec.off and (not ids or spec.id in ids)
        for endpoint in spec.endpoints
    ]
    for row in rows:
        if isinstance(row, ListHealth):
            app.say(report.told(row), **report.values(row))
        else:
            spec, endpoint = row
            column, lang = COLUMNS[endpoint.column].name(spoken()), endpoint.lang or spec.languages[0]
            values = {"source_id": spec.id, "column": endpoint.column, "lang": lang, "url": endpoint.name}
            line = f"  {spec.id:<20} {lang:<8} {column}: {_('never read yet')}"
            app.say(line, **values, state="never", needs_a_look=False)
    if any(isinstance(row, ListHealth) and row.needs_a_look for row in rows):
        click.get_current_context().exit(3)


@sources.command()
@click.option("--opml", type=click.Path(path_type=Path), required=True, help="File to write.")
@with_app
def export(app: App, opml: Path) -> None:
    """Write the sources that are read as OPML 2.0, for feed readers."""
    from dibao.crawler.opml import to_opml

    specs = [spec for spec in _catalogue(app).values() if not spec.off]
    _write(opml, to_opml(specs), replace=True)
    app.say(_("{n} sources written to {file}").format(n=len(specs), file=opml), sources=len(specs), file=opml)


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
    try:
        done = outlines.from_opml(
            opml.read_bytes(),
            known={endpoint.url for spec in specs.values() for endpoint in spec.endpoints},
            taken=set(specs),
            jurisdiction=jurisdiction,
            off="" if enabled else IMPORTED,
        )
    except DocumentError as error:
        raise DocumentError(f"{opml}: {error}") from error
    for refused in done.refused:
        click.echo(_("left out: {what}").format(what=refused), err=True)
    if not done.rows:
        raise ConfigError(_("{file}: no feed in it that is new and may be asked for").format(file=opml))
    _write(to, outlines.as_yaml(done.rows).encode(), replace=False)
    app.say(
        _("{n} sources written to {file}; {known} were known, {refused} left out").format(
            n=len(done.rows), file=to, known=done.known, refused=len(done.refused)
        ),
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
        raise PublishError(_("{file}: exists already; name a new file").format(file=file)) from None
    except OSError as error:
        why = error.strerror or error
        raise PublishError(_("{file}: cannot be written: {why}").format(file=file, why=why)) from error
