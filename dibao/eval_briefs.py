"""``dibao eval briefs``: what the grounding gate catches of errors planted into true briefs."""

from __future__ import annotations

import click

from dibao.store import Store

from .app import App, with_app


@click.command()
@click.option("--show", default=0, show_default=True, help="Print so many missed errors and refused truths.")
@with_app
def briefs(app: App, show: int) -> None:
    """Plant single errors into the true sentences of the database's stories and of the project's clauses, and
    count what the gate catches, and which true sentences it refuses."""
    from dibao.summarizer.evals.briefs import evaluate
    from dibao.summarizer.run import story_inputs

    with Store(app.config.path(app.config.database), writable=False) as store:
        report = evaluate(story_inputs(store))
    for kind, count in report.kinds.items():
        app.say(
            f"{kind:<16} {count.caught:>5} of {count.planted:<5} {count.share:7.1%}",
            kind=kind, planted=count.planted, caught=count.caught,
        )  # fmt: skip
    app.say(
        f"{'all':<16} {report.caught:>5} of {report.planted:<5} "
        f"{report.caught / max(1, report.planted):7.1%}\n"
        f"{'false alarms':<16} {report.false_alarms:>5} of {report.true:<5} "
        f"{report.false_alarm_share:7.1%}",
        planted=report.planted, caught=report.caught, true=report.true, false_alarms=report.false_alarms,
    )  # fmt: skip
    for kind, sentence in report.missed[:show]:
        app.say(f"missed [{kind}] {sentence}", missed=kind, sentence=sentence)
    for sentence, reasons in report.refused[:show]:
        app.say(f"refused [{'; '.join(reasons)}] {sentence}", refused=reasons, sentence=sentence)
