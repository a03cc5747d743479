"""``dibao stories``: why items are one story, what to merge or split, and an editor's word on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from dibao.store import Body, DibaoError, Member, Store, Story, StoryEdit, StoryView

from .app import App, with_app
from .language import spoken

if TYPE_CHECKING:
    from dibao.site.lens import Profile
    from dibao.summarizer.consolidate import Explained
    from dibao.summarizer.embed import Embedder

RECENT = timedelta(days=45)


@click.group()
def stories() -> None:
    """The stories: why items are together, and merging, splitting and pinning by hand."""


def _embedder(app: App) -> Embedder:
    from dibao.summarizer.embed import load_embedder

    chosen = app.config.embedding
    return load_embedder(chosen.model, device=chosen.device, prompt=chosen.prompt)


def _story(store: Store, number: int) -> Story:
    """Return a story by its number or a number that it once had."""
    found = store.stories_by_id([store.redirects().get(number, number)])
    if not found:
        why = _("story {id}: there is none of that number; `dibao search` finds stories")
        raise DibaoError(why.format(id=number))
    return found[0]


@stories.command()
@click.argument("number", metavar="ID", type=int)
@with_app
def explain(app: App, number: int) -> None:
    """For each item of a story: why it joined, and what speaks for it, comparison by comparison."""
    from dibao.summarizer.glossary import load_glossary
    from dibao.summarizer.grouping import explain_story

    with Store(app.config.path(app.config.database), writable=False) as store:
        story = _story(store, number)
        titles = {item.id: item.title for item in store.items(story.item_ids).values()}
        found = explain_story(store, _embedder(app), story, glossary=load_glossary())
        edits = [edit for edit in store.edits() if story.id in (edit.story_id, edit.other_id)]
    for one in found:
        app.say(
            _explained(one, titles, head=one.item_id == story.head),
            item=one.item_id,
            title=titles[one.item_id],
            head=one.item_id == story.head,
            reason=one.reason,
            nearest=one.nearest,
            likeness=one.score,
            comparisons={name: {"value": value, "adds": adds} for name, (value, adds) in one.parts.items()},
        )
    for edit in edits:
        numbers = f"{edit.story_id} {edit.other_id or ''}".rstrip()
        line = _("edited {at} by {by}: {action} {stories}").format(
            at=f"{edit.at:%Y-%m-%d %H:%M}", by=edit.by, action=edit.action, stories=numbers
        )
        app.say(
            f"{line}  {edit.note}".rstrip(),
            action=edit.action,
            by=edit.by,
            at=edit.at,
            note=edit.note,
        )


def _explained(one: Explained, titles: dict[str, str], *, head: bool) -> str:
    joined = _("  joined by {reason}  (head)") if head else _("  joined by {reason}")
    lines = [f"{one.item_id}  {titles[one.item_id]}", joined.format(reason=one.reason)]
    if one.nearest:
        near = _("  most like {id}  {title}: {score}")
        lines.append(near.format(id=one.nearest, title=titles[one.nearest], score=f"{one.score:.2f}"))
        told = sorted(one.parts.items(), key=lambda part: (-abs(part[1][1]), part[0]))
        row = _("    {name} {value}  adds {adds}")
        lines += [
            row.format(name=f"{name:<16}", value=f"{value:>7.3f}", adds=f"{adds:+.2f}")
            for name, (value, adds) in told
            if adds
        ]
    return "\n".join(lines)


@stories.command()
@click.option("--days", default=RECENT.days, show_default=True, type=click.IntRange(1, 3660))
@with_app
def propose(app: App, days: int) -> None:
    """Which stories look like one event, and which like two; changes nothing."""
    from dibao.summarizer.glossary import load_glossary
    from dibao.summarizer.grouping import propose_changes

    since = app.config.clock.date() - timedelta(days=days)
    with Store(app.config.path(app.config.database), writable=False) as store:
        found = propose_changes(store, _embedder(app), since=since, glossary=load_glossary())
    for one in found:
        numbers = " ".join(map(str, one.story_ids))
        items = " ".join(one.item_ids)
        app.say(
            f"{one.score:.2f}  dibao stories {one.kind} {numbers} {items}".rstrip() + f"   ({one.reason})",
            kind=one.kind,
            stories=one.story_ids,
            items=one.item_ids,
            score=one.score,
            reason=one.reason,
        )


@stories.command(name="list")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 3660))
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--profile", help="Key of a reader's lens of the settings: order and reason by it.")
@with_app
def list_(app: App, days: int, limit: int, profile: str | None) -> None:
    """The stories of the last days, the highest rank first, or through a reader's lens."""
    since = app.config.clock.date() - timedelta(days=days - 1)
    with Store(app.config.path(app.config.database), writable=False) as store:
        views, bodies = store.views(since=since), store.bodies()
    tell(app, views, bodies, profile=profile, limit=limit)


def tell(
    app: App, views: Sequence[StoryView], bodies: Mapping[str, Body], *, profile: str | None, limit: int
) -> None:
    """Print stories, the highest rank first; through a lens in its order, with what it changed."""
    from dibao.site.lens import reason, through

    lens = _lens(app, profile) if profile else None
    seen = through(views, lens, bodies=bodies) if lens else ()
    rows = [(one.view, one.score, reason(one, spoken())) for one in seen]
    rows = rows or [(view, view.rank.score, "") for view in sorted(views, key=lambda v: -v.rank.score)]
    for view, score, why in rows[:limit]:
        titles = {lang: brief.headline for lang, brief in view.briefs.items()}
        app.say(
            f"{view.story.id:>6}  {view.story.day}  {view.rank.level:<11} {score:5.1f}  {titles[spoken()]}"
            + (f"\n        {why}" if why else ""),
            story=view.story.id,
            day=view.story.day,
            level=view.rank.level,
            score=view.rank.score,
            lens=score if lens else None,
            reason=view.rank.reason(spoken()),
            code=view.rank.code,
            why=why,
            headlines=titles,
        )


def _lens(app: App, key: str) -> Profile:
    from dibao.pipeline import profiles

    found = {profile.key: profile for profile in profiles(app.config)}
    if key not in found:
        known = ", ".join(found) or "–"
        raise DibaoError(_("{key}: no such profile; the settings have {known}").format(key=key, known=known))
    return found[key]


_by = click.option("--by", default="editor", show_default=True, help="Who says so, for the log.")
_note = click.option("--note", default="", help="Why, for the log.")


@stories.command()
@click.argument("kept", metavar="ID", type=int)
@click.argument("others", metavar="OTHER...", type=int, nargs=-1, required=True)
@_by
@_note
@with_app
def merge(app: App, kept: int, others: tuple[int, ...], by: str, note: str) -> None:
    """Make OTHER part of story ID. Their numbers lead to it from then on."""
    with Store(app.config.path(app.config.database)) as store:
        for number in others:
            one, two = _story(store, kept), _story(store, number)
            if one.id == two.id:
                raise DibaoError(_("story {old} is story {id} already").format(old=number, id=one.id))
            edit = StoryEdit(
                action="merge", story_id=one.id, other_id=two.id, item_ids=two.item_ids,
                other_ids=one.item_ids, at=app.config.clock, by=by, note=note,
            )  # fmt: skip
            store.put_edit(edit, [merged(one, two)], merged={two.id: one.id})
            told = _("story {old} is now part of story {id}").format(old=two.id, id=one.id)
            app.say(told, kept=one.id, merged=two.id)


def merged(one: Story, two: Story) -> Story:
    """Return the first story with the items of both."""
    members = (*one.members, *(replace(member, reason=f"editor:merge:{two.id}") for member in two.members))
    return replace(one, members=members, day=min(one.day, two.day))


@stories.command()
@click.argument("number", metavar="ID", type=int)
@click.argument("items", metavar="ITEM...", nargs=-1, required=True)
@_by
@_note
@with_app
def split(app: App, number: int, items: tuple[str, ...], by: str, note: str) -> None:
    """Take items out of story ID into a story of their own. The larger part keeps the number."""
    with Store(app.config.path(app.config.database)) as store:
        story = _story(store, number)
        published = {item.id: item.published for item in store.items(story.item_ids).values()}
        days = {key: moment.day for key, moment in published.items() if moment}
        kept, new = parted(story, items)
        new = replace(new, day=min((days.get(i, story.day) for i in new.item_ids), default=story.day))
        edit = StoryEdit(
            action="split", story_id=story.id, item_ids=new.item_ids, other_ids=kept.item_ids,
            at=app.config.clock, by=by, note=note,
        )  # fmt: skip
        made = [s for s in store.put_edit(edit, [kept, new]) if s.id != story.id]
        told = _("items: story {id} keeps {kept}, story {new} has {moved}").format(
            id=story.id, kept=len(kept.members), new=made[0].id, moved=len(new.members)
        )
        app.say(told, kept=story.id, new=made[0].id)


def parted(story: Story, item_ids: Iterable[str]) -> tuple[Story, Story]:
    """Return (kept, new): the larger part keeps the number, of two equal ones that with the head.

    Raises DibaoError when an item is not in the story, or nothing would stay.
    """
    wanted = set(item_ids)
    if strange := sorted(wanted - set(story.item_ids)):
        why = _("story {id}: item {item} is not in it; `dibao stories explain` lists them")
        raise DibaoError(why.format(id=story.id, item=strange[0]))
    out = tuple(member for member in story.members if member.item_id in wanted)
    stay = tuple(member for member in story.members if member.item_id not in wanted)
    if not stay:
        why = _("story {id}: all its items were named; name those that are another event")
        raise DibaoError(why.format(id=story.id))
    if (len(out), story.head in wanted) > (len(stay), story.head not in wanted):
        out, stay = stay, out
    return _part(story, stay, story.id), _part(story, out, 0)


def _part(story: Story, members: tuple[Member, ...], number: int) -> Story:
    ids = {member.item_id for member in members}
    head = story.head if story.head in ids else members[0].item_id
    told = members if number else tuple(replace(m, reason=f"editor:split:{story.id}") for m in members)
    return replace(story, id=number, members=told, head=head, version=story.version if number else 1)


@stories.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--undo", is_flag=True, help="Let the program add to it again.")
@_by
@_note
@with_app
def pin(app: App, number: int, undo: bool, by: str, note: str) -> None:
    """Keep a story as it is: nothing is added to it, and it is merged with nothing."""
    with Store(app.config.path(app.config.database)) as store:
        story = _story(store, number)
        action = StoryEdit(
            action="unpin" if undo else "pin", story_id=story.id, at=app.config.clock, by=by, note=note
        )
        store.put_edit(action)
    told = _("story {id} is open again") if undo else _("story {id} is pinned")
    app.say(told.format(id=story.id), story=story.id, pinned=not undo)
