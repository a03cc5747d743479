"""The pages of lines of law: one a line, the list of them, and the addresses a line had before it grew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dibao.store import HTML_LANG, Lang, StoryView

from . import labels, words
from .frame import Edition, Head, hidden_label, make_head, render_page
from .thread import ThreadPage

MOST = 300
"""Lines that the list shows, the newest; older ones are reached from their stories."""


def thread_pages(
    edition: Edition,
    lang: Lang,
    pages: Sequence[ThreadPage],
    *,
    views: Mapping[int, StoryView],
    moved: Mapping[int, int],
) -> Iterator[tuple[str, bytes]]:
    """Render every line in one language, the list of them, and the addresses that lead on to one."""
    yield _list(edition, lang, pages[:MOST], len(pages), views)
    for page in pages:
        yield _thread(edition, lang, page, views)
    for number, line in moved.items():
        yield _moved(edition, lang, number, line)


def _list(
    edition: Edition, lang: Lang, pages: Sequence[ThreadPage], all_: int, views: Mapping[int, StoryView]
) -> tuple[str, bytes]:
    briefs = [views[page.named.story_id].briefs[lang] for page in pages]
    label = labels.whole(briefs, lang)
    head = make_head(
        edition.site,
        lang,
        "threads/",
        title=words.word(lang, "thread.title"),
        description=f"{label} {words.word(lang, 'thread.lead')}",
        nav="threads",
        aigc=hidden_label(briefs, f"threads:{HTML_LANG[lang]}", edition.site),
    )
    cut = words.word(lang, "thread.cut", shown=len(pages), all=all_) if all_ > len(pages) else ""
    return render_page(
        edition, "threads.html", f"{lang}/threads/", lang, head, lines=pages, label=label, cut=cut
    )


def _thread(
    edition: Edition, lang: Lang, page: ThreadPage, views: Mapping[int, StoryView]
) -> tuple[str, bytes]:
    briefs = [views[step.story_id].briefs[lang] for step in page.steps]
    label = labels.whole(briefs, lang)
    head = make_head(
        edition.site,
        lang,
        f"t/{page.id}/",
        title=words.word(lang, "thread.of", title=page.title),
        description=f"{label} {words.word(lang, 'thread.lead')}",
        nav="threads",
        aigc=hidden_label(briefs, f"thread:{page.id}:{HTML_LANG[lang]}", edition.site),
    )
    return render_page(edition, "thread.html", f"{lang}/t/{page.id}/", lang, head, line=page, label=label)


def _moved(edition: Edition, lang: Lang, number: int, line: int) -> tuple[str, bytes]:
    target = f"t/{line}/"
    head = Head(title="", description="", tag=HTML_LANG[lang], canonical=edition.site.url(f"{lang}/{target}"))
    return render_page(
        edition,
        "merged.html",
        f"{lang}/t/{number}/",
        lang,
        head,
        target=target,
        heading=words.word(lang, "thread.moved"),
        link=words.word(lang, "thread.moved_link"),
    )
