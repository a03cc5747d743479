"""Story views for the tests of site/: realistic, in our own words, bilingual, with hostile strings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from dibao.store import (
    Attachment,
    Brief,
    Changed,
    Disagreement,
    Lang,
    RankedAt,
    Sentence,
    Stated,
    StoryNote,
    StoryView,
)
from tests.site.making import at, cite, headlines, make_fact, make_item, make_view, parts, said
from tests.site.rules import mixed_story, nfra_story
from tests.site.world import BODIES, NOW, SOURCES, TERMS, TODAY, health

__all__ = [
    "BODIES",
    "HOSTILE_TITLE",
    "NOW",
    "SOURCES",
    "TERMS",
    "TODAY",
    "all_views",
    "draft_story",
    "health",
    "mixed_story",
    "nfra_story",
    "penalty_story",
    "revised",
    "undated_story",
    "with_brief_writer",
]

HOSTILE_TITLE = (
    '<script>alert("1")</script> "]}; </title><img src=x onerror=alert(2)> \u202egnp.exe\u202c & '
    "{{ 7*7 }} ''' " + "Incomprehensibilities" * 20
)


def penalty_story() -> StoryView:
    """One English decision on one firm; Chinese comes from facts alone."""
    day = date(2026, 11, 19)
    e1 = (
        "The Financial Conduct Authority has fined Example Brokers Ltd £4.2m for failings in its "
        "market abuse controls."
    )
    e2 = "The firm failed to report 112 suspicious orders between March 2024 and June 2025."
    item = make_item(
        "uk-fca",
        "news/press-releases/example-brokers",
        "FCA fines Example Brokers Ltd £4.2m for market abuse control failings",
        e1 + "\n" + e2,
        "en",
        "penalty",
        published=at(day, 10, 0, "Europe/London"),
    )
    facts = (
        make_fact(item, "issuer", "FCA", "Financial Conduct Authority"),
        make_fact(item, "document_type", "enforcement", "fines", "title"),
        make_fact(item, "stage", "enforced", "fined"),
        make_fact(item, "entity_bound", "Example Brokers Ltd", "Example Brokers Ltd"),
        make_fact(item, "amount", "GBP 4200000", "£4.2m"),
        make_fact(item, "topic", "securities", "market abuse"),
    )
    opened = cite(item, e1)
    return make_view(
        1039,
        day,
        (
            (
                item,
                headlines(item, item.title, "英国金融行为监管局对Example Brokers Ltd采取执法行动"),
                facts,
            ),
        ),
        level="notable",
        components=parts(
            ("force", 0.5, 30, "enforcement:39000000"),
            ("issuer", 0.9, 25, "FCA"),
            ("reach", 0.1, 15, "firm"),
            ("stage", 0.4, 10, "enforced"),
            ("urgency", 0.0, 10, "none"),
            ("corroboration", 0.2, 5, "publishers:1"),
            ("topic", 0.0, 5, ""),
        ),
        reason=("An enforcement action against one firm.", "针对单一机构的执法行动。"),
        en=(
            "FCA fines Example Brokers Ltd £4.2m",
            (
                Sentence(text=e1, cites=(opened,), quoted=True, tag="en"),
                Sentence(text=e2, cites=(cite(item, e2),), quoted=True, tag="en"),
            ),
            (),
        ),
        zh=(
            "英国金融行为监管局对Example Brokers Ltd罚款420万英镑",
            (
                said("英国金融行为监管局对Example Brokers Ltd处以420万英镑罚款。", opened),
                Sentence(text=e2, cites=(cite(item, e2),), quoted=True, tag="en"),
            ),
            (),
        ),
    )


def draft_story() -> StoryView:
    """A consultation with a deadline soon."""
    day = date(2026, 11, 20)
    e1 = (
        "The Securities and Futures Commission today launched a consultation on liquidity requirements "
        "for tokenised funds."
    )
    e2 = "Comments are invited until 12 December 2026."
    item = make_item(
        "hk-sfc",
        "consultations/26CP9",
        "Consultation Paper on Liquidity Requirements for Tokenised Funds",
        e1 + "\n" + e2,
        "en",
        "consultation",
        published=at(day, 3, 0, "Asia/Hong_Kong"),
    )
    facts = (
        make_fact(item, "issuer", "SFC", "Securities and Futures Commission"),
        make_fact(item, "document_type", "consultation", "Consultation Paper", "title"),
        make_fact(item, "stage", "draft", "consultation"),
        make_fact(item, "date_deadline", "2026-12-12", "12 December 2026"),
        make_fact(item, "topic", "crypto", "tokenised funds"),
        make_fact(item, "topic", "capital", "liquidity requirements"),
    )
    opened, until = cite(item, e1), cite(item, e2)
    return make_view(
        1044,
        day,
        (
            (
                item,
                headlines(item, item.title, "香港证监会就代币化基金流动性要求展开咨询"),
                facts,
            ),
        ),
        level="notable",
        components=parts(
            ("force", 0.0, 30, "draft:consultation"),
            ("issuer", 0.8, 25, "SFC"),
            ("reach", 0.6, 15, "national"),
            ("stage", 0.3, 10, "draft"),
            ("urgency", 0.8, 10, "2026-12-12"),
            ("corroboration", 0.2, 5, "publishers:1"),
            ("topic", 0.5, 5, "crypto"),
        ),
        reason=(
            "A draft for comment: no duty yet, but comments close in 21 days.",
            "征求意见稿，尚无义务；意见反馈将于21日后截止。",
        ),
        en=(
            "SFC consults on liquidity requirements for tokenised funds; comments by 12 December 2026",
            (
                Sentence(text=e1, cites=(opened,), quoted=True, tag="en"),
                said("Comments close on 12 December 2026.", until),
            ),
            (said("Managers of tokenised funds may comment until 12 December 2026.", until),),
        ),
        zh=(
            "香港证监会就代币化基金流动性要求征求意见，12月12日截止",
            (
                said("证券及期货事务监察委员会就代币化基金的流动性要求展开咨询。", opened),
                said("意见反馈截止日期为2026年12月12日。", until),
            ),
            (),
        ),
    )


def undated_story() -> StoryView:
    """No publication date, hostile text everywhere that text from outside can reach a page."""
    day = date(2026, 11, 18)
    item = make_item(
        "us-sec",
        "litigation/x?a=1&b=\"2\"",
        HOSTILE_TITLE,
        'Notice ]]> <script>alert("3")</script> of nothing. "quoted" \u2028 & more.',
        "en",
        "news",
        fetched_at=datetime(2026, 11, 18, 22, 10, tzinfo=UTC),
        summary="<b>bold</b> summary",
        author='<a href="javascript:alert(4)">x</a>',
        attachments=(
            Attachment(
                url="javascript:alert(5)", name='"><svg onload=alert(6)>.pdf', unread="too large: 80 MB"
            ),
        ),
    )  # fmt: skip
    opened = cite(item, '<script>alert("3")</script> of nothing.')
    hostile = Sentence(text='"]}; <b>x</b> </script><script>alert(7)</script>', cites=(opened,))
    return make_view(
        1031,
        day,
        ((item, headlines(item, item.title, "美国证券交易委员会：" + HOSTILE_TITLE, "partial"), ()),),
        level="routine",
        components=parts(
            ("force", 0.0, 30, ""), ("issuer", 0.3, 25, "<b>"), ("corroboration", 0.2, 5, "publishers:1")
        ),
        reason=("Nothing binding was read <b>here</b>.", "未读到有约束力的内容 <b>。</b>"),
        en=(HOSTILE_TITLE, (hostile,), ()),
        zh=("美国证券交易委员会：" + HOSTILE_TITLE, (hostile,), ()),
    )


def revised(view: StoryView) -> StoryView:
    """The story after a day: another first version, a rank that moved, a date that did, and a dispute."""
    day = timedelta(days=1)
    one, two = (c.item.id for c in view.coverage[:2])
    first = view.rank.components[0]
    lower = replace(
        view.rank, level="notable", score=view.rank.score - 5,
        components=(replace(first, value=first.value - 5 / first.weight), *view.rank.components[1:]),
    )  # fmt: skip
    moved = Changed(kind="value", fact="date_effective", before=("2026-12-01",), after=("2026-12-15",))
    stated = tuple(
        Stated(item_id=id, value=f"2026-12-{15 + n}", shown=f"12月{15 + n}日", official=n == 0)
        for n, id in enumerate((one, two))
    )
    return replace(
        view,
        briefs={lang: replace(b, version=2) for lang, b in view.briefs.items()},
        earlier={
            lang: (replace(b, version=1, headline=f"{b.headline} (1)", written_at=b.written_at - day),)
            for lang, b in view.briefs.items()
        },
        ranks=(RankedAt(at=NOW - day, rank=lower), RankedAt(at=NOW, rank=view.rank)),
        notes=(
            StoryNote(at=NOW - day / 2, since=NOW - day, changes=(Changed(kind="joined", item_id=two),)),
            StoryNote(at=NOW, since=NOW - day, changes=(moved, Changed(kind="text", item_id=one))),
        ),
        disagreements=(Disagreement(kind="date_effective", stated=stated),),
    )


def all_views() -> tuple[StoryView, ...]:
    """Newest day first, then by rank score, as the store gives them."""
    views = (nfra_story(), mixed_story(), penalty_story(), draft_story(), undated_story())
    return tuple(sorted(views, key=lambda v: (-v.story.day.toordinal(), -v.rank.score)))


def with_brief_writer(view: StoryView, writer: str) -> StoryView:
    """The same story as if another writer had written it."""
    briefs: dict[Lang, Brief] = {lang: replace(b, writer=writer) for lang, b in view.briefs.items()}
    return replace(view, briefs=briefs)
