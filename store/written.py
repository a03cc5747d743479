"""Tables of what is written on stories: headlines, briefs, ranks, answers of models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from . import auditing, rows, writing
from .audits import BriefAudit
from .notes import Disagreement, StoryNote
from .records import Lang
from .tables import chunks
from .tellings import Brief, Generation, Headline, Rank
from .understood import Understood


class Written(Understood):
    """Headlines, briefs with how they came about, ranks."""

    def put_headlines(self, headlines: Iterable[Headline]) -> None:
        kept = [asdict(headline) for headline in headlines]
        with self._db.atomic():
            self._upsert("headlines", kept, pk=("item_id", "lang"))
            for ids in chunks(list(dict.fromkeys(headline["item_id"] for headline in kept))):
                found = list(self.items(ids).values())
                writing.index(self._db, found, stale=found)

    def headlines(self, item_ids: Iterable[str]) -> dict[tuple[str, Lang], Headline]:
        found = self._in("SELECT * FROM headlines WHERE item_id IN ({})", item_ids)
        return {(row["item_id"], row["lang"]): Headline(**dict(row)) for row in found}

    def put_briefs(
        self,
        briefs: Iterable[Brief],
        *,
        audits: Mapping[tuple[int, Lang], BriefAudit] | None = None,
        notes: Mapping[int, StoryNote] | None = None,
        disagreements: Mapping[int, Sequence[Disagreement]] | None = None,
    ) -> tuple[Brief, ...]:
        """Keep briefs and return them as kept, each as the next version of its story and language.

        Earlier ones stay, and one that says the same word for word is no new version.

        With them, in the same transaction: how each came about, what changed since the last one, and where
        the story's sources disagree.
        """
        kept = []
        with self._db.atomic():
            for brief in briefs:
                kept.append(auditing.put_brief(self._db, brief))
                if audit := (audits or {}).get((brief.story_id, brief.lang)):
                    auditing.put_audit(self._db, replace(audit, version=kept[-1].version))
            for story_id, note in (notes or {}).items():
                auditing.put_note(self._db, story_id, note)
            for story_id, found in (disagreements or {}).items():
                auditing.put_disagreements(self._db, story_id, found)
        return tuple(kept)

    def audits(self, story_id: int) -> tuple[BriefAudit, ...]:
        """Return how each version of a story's briefs came about, the oldest first."""
        return auditing.audits(self._db, story_id)

    def last_audits(self, story_ids: Iterable[int]) -> dict[int, BriefAudit]:
        """Return story → how its newest briefs came about."""
        return auditing.last_audits(self._in, story_ids)

    def briefs(self, story_ids: Iterable[int]) -> dict[tuple[int, Lang], Brief]:
        """Return (story, language) → the newest brief."""
        found = self._in("SELECT * FROM briefs WHERE story_id IN ({}) ORDER BY version", story_ids)
        return {(row["story_id"], row["lang"]): rows.to_brief(row) for row in found}

    def versions_of_brief(self, story_id: int, lang: Lang) -> tuple[Brief, ...]:
        """Return every version of a story's brief in one language, the oldest first."""
        found = self._db.query(
            "SELECT * FROM briefs WHERE story_id = ? AND lang = ? ORDER BY version", [story_id, lang]
        )
        return tuple(map(rows.to_brief, found))

    def put_generations(self, made: Iterable[Generation]) -> None:
        """Keep what models answered; an answer is never replaced."""
        with self._db.atomic():
            self._db.table("generations").insert_all(map(rows.generation_row, made), ignore=True)

    def generations(self, keys: Iterable[str]) -> dict[str, Generation]:
        """Return key → what a model answered before, for the keys that are known."""
        found = self._in("SELECT * FROM generations WHERE key IN ({})", keys)
        return {row["key"]: rows.to_generation(row) for row in found}

    def tokens_on(self, day: date) -> int:
        """Return the tokens that models took on a day (UTC), in and out together."""
        row = self._one(
            "SELECT coalesce(sum(tokens_in + tokens_out), 0) AS n FROM generations"
            " WHERE substr(at, 1, 10) = ?",
            day.isoformat(),
        )
        return int(row["n"]) if row else 0

    def put_ranks(self, ranks: Iterable[Rank], *, at: datetime) -> None:
        """Keep ranks; each stays in the history of its story under the time from which it holds."""
        wanted = list(ranks)
        with self._db.atomic():
            self._upsert("ranks", map(rows.rank_row, wanted), pk="story_id")
            auditing.put_ranked(self._db, wanted, at)

    def ranks(self, story_ids: Iterable[int]) -> dict[int, Rank]:
        found = self._in("SELECT * FROM ranks WHERE story_id IN ({})", story_ids)
        return {row["story_id"]: rows.to_rank(row) for row in found}
