"""The command line: one verb a stage, results on standard output, progress and errors on standard error.

Exit codes: 0 done · 1 nothing or not all could be done, one line says why and what to do · 2 wrong usage ·
3 done, but some sources could not be read; of `dibao status`: some list needs a look (cron can mail that).
"""

from __future__ import annotations

import errno
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from dibao import __version__, config, language, pipeline, progress
from dibao.store import LANGS, DibaoError, Lang, PublishError, Store

from .app import App, with_app
from .briefs_cli import briefs
from .eval_briefs import briefs as eval_briefs
from .eval_cli import evaluate, facts
from .sources_cli import sources
from .stories_cli import stories, tell

SOME_SOURCES_FAILED = 3

_DISK = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM))
"""Faults of the operator's disk, wherever they are met; any other OSError is a fault of ours."""


class _Verbs(click.Group):
    """Verbs in the order of the line; an error of ours is one line and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DibaoError as error:
            click.echo(f"dibao: {error}", err=True)
            ctx.exit(1)
        except OSError as error:
            if error.errno not in _DISK:
                raise
            where = error.filename or _("the disk")
            told = _("{where}: {error}; free some space or give the rights, then run again")
            click.echo(f"dibao: {told.format(where=where, error=error.strerror)}", err=True)
            ctx.exit(1)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]}, epilog=__doc__)
@click.option(
    "--config", "file", type=click.Path(path_type=Path), help="Settings file (default: dibao.toml)."
)
@click.option("--json", "as_json", is_flag=True, help="Results as one JSON object a line.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.version_option(__version__, prog_name="dibao")
@click.pass_context
def cli(ctx: click.Context, file: Path | None, as_json: bool, quiet: bool) -> None:
    """Regulatory news in English and Chinese: crawl, summarize, build, send."""
    ctx.obj = App(config.load(file), as_json, quiet)


_force = click.option("--force", is_flag=True, help="Read lists that are not due, and paused ones.")


@cli.command()
@_force
@with_app
def run(app: App, force: bool) -> None:
    """The whole line once: crawl, summarize, build. Lists are read when they are due."""
    _run(app, app.config, force=force)


def _run(app: App, settings: config.Config, *, force: bool = False) -> None:
    with progress.shown(quiet=app.quiet or app.json) as report:
        done = pipeline.run(settings, progress=report, force=force)
    crawled, summarized, built = done.crawled, done.summarized, done.built
    told = _("{new} new items, {changed} changed; {briefs} briefs written; the site is at {page}").format(
        new=crawled.new,
        changed=crawled.changed,
        briefs=summarized.briefs,
        page=built.path / "index.html",
    )
    app.say(
        told + _left_out(crawled),
        not_due=crawled.not_due,
        skipped=[f"{left.source_id}: {left.message}" for left in crawled.skipped],
        new=crawled.new,
        changed=crawled.changed,
        briefs=summarized.briefs,
        site=built.path,
        build_id=built.build_id,
        problems=[f"{problem.source_id}: {problem.message}" for problem in crawled.problems],
    )
    _end(app, crawled.problems)


def _left_out(crawled: Any) -> str:
    """Say which lists were not read on purpose."""
    waiting = _("{n} lists were not due (--force reads them)").format(n=crawled.not_due)
    parts = [waiting] if crawled.not_due else []
    not_read = _("{source}: not read, {why}")
    parts += [not_read.format(source=left.source_id, why=left.message) for left in crawled.skipped]
    return "".join(f"\n{part}" for part in parts)


def _end(app: App, problems: tuple[Any, ...]) -> None:
    """List what could not be read, one line each, and choose the exit code."""
    if not problems:
        return
    if not app.json:
        from dibao import health

        for problem in problems:
            click.echo(health.problem_told(problem), err=True)
    click.get_current_context().exit(SOME_SOURCES_FAILED)


@cli.command()
@click.option("--replay", type=click.Path(path_type=Path), help="Read a recording instead of the network.")
@_force
@with_app
def crawl(app: App, replay: Path | None, force: bool) -> None:
    """Read the sources that are due into the store.

    A recording is a WARC file, a folder of them, or a folder HOST/PATH.
    """
    import msgspec

    settings = app.config
    if replay is not None:
        settings = msgspec.structs.replace(settings, replay=str(replay.resolve()))
    with (
        Store(settings.path(settings.database)) as store,
        progress.shown(quiet=app.quiet or app.json) as report,
    ):
        done = pipeline.crawl(settings, store, now=settings.clock, progress=report, force=force)
    app.say(
        _("{new} new items, {changed} changed, {same} as before").format(
            new=done.new, changed=done.changed, same=done.same
        )
        + _left_out(done),
        not_due=done.not_due,
        skipped=[f"{left.source_id}: {left.message}" for left in done.skipped],
        new=done.new,
        changed=done.changed,
        same=done.same,
        problems=[f"{problem.source_id}: {problem.message}" for problem in done.problems],
    )
    _end(app, done.problems)


@cli.command()
@with_app
def summarize(app: App) -> None:
    """Facts, stories, ranks and briefs of everything new."""
    settings = app.config
    with (
        Store(settings.path(settings.database)) as store,
        progress.shown(quiet=app.quiet or app.json) as report,
    ):
        done = pipeline.summarize(settings, store, now=settings.clock, progress=report)
    app.say(
        _("{items} items understood, {stories} stories touched, {briefs} briefs written").format(
            items=done.items, stories=done.stories, briefs=done.briefs
        ),
        items=done.items,
        stories=done.stories,
        briefs=done.briefs,
    )


@cli.command()
@with_app
def build(app: App) -> None:
    """Build the site and feeds, and switch to them at once."""
    settings = app.config
    with Store(settings.path(settings.database), writable=False) as store:
        done = pipeline.build(settings, store, now=settings.clock)
    changed, same = _("switched to edition {id}: {page}"), _("nothing changed; still edition {id}: {page}")
    app.say(
        (changed if done.changed else same).format(id=done.build_id, page=done.path / "index.html"),
        site=done.path,
        build_id=done.build_id,
        changed=done.changed,
    )


@cli.command()
@click.option("--lang", type=click.Choice(LANGS), default="en", show_default=True)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Digest of this day (default: the newest).")
@click.option("--dry-run", is_flag=True, help="Write the .eml and say where; send nothing.")
@with_app
def mail(app: App, lang: Lang, day: datetime | None, dry_run: bool) -> None:
    """Send a day's newsletter, or with --dry-run only write it."""
    settings = app.config
    with Store(settings.path(settings.database), writable=False) as store:
        done = pipeline.mail(
            settings, store, now=settings.clock, lang=lang, day=day.date() if day else None, dry_run=dry_run
        )
    app.say(
        (_("written, not sent: {file}") if dry_run else _("sent: {file}")).format(file=done.file),
        file=done.file,
        sent=not dry_run,
        message_id=done.message_id,
    )


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON document, for status.json.")
@with_app
def status(app: App, as_json: bool) -> None:
    """How each list of each source is doing, and what the store holds.

    Ends with 0 when every list is in order, with 3 when one cannot be read, shows far less than usual,
    brings nothing new for three times its usual gap, or is paused.
    """
    from dibao import health

    settings = app.config
    with Store(settings.path(settings.database), writable=False) as store:
        counts, sources, lists = store.counts(), store.health(), store.lists(now=settings.clock)
    if app.json or as_json:
        click.echo(health.document(counts, sources, lists))
    else:
        click.echo(health.counts_told(counts))
        for row in lists:
            click.echo(health.told(row))
    if any(row.needs_a_look for row in lists):
        click.get_current_context().exit(SOME_SOURCES_FAILED)


cli.add_command(sources)
cli.add_command(stories)
cli.add_command(briefs)
cli.add_command(facts)
evaluate.add_command(eval_briefs)
cli.add_command(evaluate)


@cli.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@with_app
def serve(app: App, port: int) -> None:
    """Show the built site on 127.0.0.1, for looking at it."""
    _serve(app.config, port)


def _serve(settings: config.Config, port: int) -> None:
    from dibao.site.serve import serve as serve_folder

    folder = settings.path(settings.out) / "live"
    if not folder.exists():
        raise PublishError(_("{folder}: no edition there yet; `dibao run` makes it").format(folder=folder))
    click.echo(f"http://127.0.0.1:{port}/  " + _("(Ctrl-C ends it)"), err=True)
    serve_folder(folder, port=port)


@cli.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--profile", help="Key of a reader's lens of the settings: order and reason by it.")
@with_app
def search(app: App, words: tuple[str, ...], limit: int, profile: str | None) -> None:
    """Find stories, in either language: `dibao search 数据安全`, `dibao search "stablecoin issuers"`."""
    settings = app.config
    with Store(settings.path(settings.database), writable=False) as store:
        found = [store.view(number) for number in store.search(" ".join(words), limit=limit)]
        views = [view for view in found if view is not None]
        if profile:
            tell(app, views, store.bodies(), profile=profile, limit=limit)
        else:
            for view in views:
                titles = {lang: brief.headline for lang, brief in view.briefs.items()}
                said = f"{view.rank.level:<11}  {titles['en']}  {titles['zh']}"
                line = f"{view.story.id:>6}  {view.story.day}  {said}"
                app.say(
                    line, story=view.story.id, day=view.story.day, level=view.rank.level, headlines=titles
                )


@cli.command()
@click.option("--serve", "then_serve", is_flag=True, help="Serve the site on 127.0.0.1 afterwards.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@with_app
def demo(app: App, then_serve: bool, port: int) -> None:
    """The whole line on the recorded, fictional sample of the web; no network."""
    file = Path(__file__).resolve().parents[1] / "demo" / "dibao.toml"
    if not file.exists():
        raise DibaoError(_("the demo's recording comes with the source checkout only; clone the repository"))
    settings = config.load(file)
    try:
        _run(app, settings)
    except click.exceptions.Exit as ended:
        # One source of the recording is down on purpose: that is part of the show.
        if ended.exit_code != SOME_SOURCES_FAILED:
            raise
    if then_serve:
        _serve(settings, port)


language.speak(cli)
