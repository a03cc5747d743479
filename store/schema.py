"""The tables, as migrations that are only ever appended. A database of a newer program is refused."""

from __future__ import annotations

from gettext import gettext as _

from sqlite_utils import Database, Migrations

from .errors import StoreError

migrations = Migrations("dibao")

_FIRST = """
CREATE TABLE sources (
  id TEXT PRIMARY KEY, name_en TEXT NOT NULL, name_zh TEXT NOT NULL, acronym TEXT NOT NULL,
  family TEXT NOT NULL, tier INTEGER NOT NULL, jurisdiction TEXT NOT NULL, kind TEXT NOT NULL,
  timezone TEXT NOT NULL, homepage TEXT NOT NULL) STRICT;
CREATE TABLE polls (
  source_id TEXT NOT NULL REFERENCES sources(id), url TEXT NOT NULL, tried_at TEXT NOT NULL,
  succeeded_at TEXT, etag TEXT NOT NULL, last_modified TEXT NOT NULL, body_hash TEXT NOT NULL,
  listed INTEGER NOT NULL, taken INTEGER NOT NULL, error TEXT NOT NULL,
  PRIMARY KEY (source_id, url)) STRICT;
CREATE TABLE snapshots (
  sha256 TEXT NOT NULL, url TEXT NOT NULL, fetched_at TEXT NOT NULL, media_type TEXT NOT NULL,
  size INTEGER NOT NULL, warc TEXT NOT NULL, offset INTEGER NOT NULL,
  PRIMARY KEY (sha256, url)) STRICT;
CREATE TABLE items (
  id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id), key TEXT NOT NULL,
  url TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, lang TEXT NOT NULL,
  column_key TEXT NOT NULL, day TEXT, at TEXT, zone TEXT, fetched_at TEXT NOT NULL,
  summary TEXT NOT NULL, author TEXT NOT NULL, labels TEXT NOT NULL, snapshot TEXT NOT NULL,
  listing TEXT NOT NULL, version INTEGER NOT NULL, baseline INTEGER NOT NULL,
  content_hash TEXT NOT NULL, seen_at TEXT NOT NULL) STRICT;
CREATE INDEX items_by_source ON items(source_id);
CREATE TABLE attachments (
  item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, position INTEGER NOT NULL,
  url TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL, text TEXT NOT NULL,
  unread TEXT NOT NULL, snapshot TEXT NOT NULL, PRIMARY KEY (item_id, position)) STRICT;
CREATE TABLE item_versions (
  item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, version INTEGER NOT NULL,
  title TEXT NOT NULL, text TEXT NOT NULL, summary TEXT NOT NULL, fetched_at TEXT NOT NULL,
  snapshot TEXT NOT NULL, PRIMARY KEY (item_id, version)) STRICT;
CREATE TABLE work (
  stage TEXT NOT NULL, item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE,
  version INTEGER NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (stage, item_id)) STRICT;
CREATE TABLE facts (
  item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, position INTEGER NOT NULL,
  kind TEXT NOT NULL, value TEXT NOT NULL, shown TEXT NOT NULL, field TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, method TEXT NOT NULL,
  confidence REAL NOT NULL, PRIMARY KEY (item_id, position)) STRICT;
CREATE INDEX facts_by_value ON facts(kind, value);
CREATE TABLE vectors (
  model TEXT NOT NULL, item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE,
  vector BLOB NOT NULL, PRIMARY KEY (model, item_id)) STRICT;
CREATE TABLE bodies (
  id TEXT PRIMARY KEY, name_en TEXT NOT NULL, name_zh TEXT NOT NULL, short_en TEXT NOT NULL,
  short_zh TEXT NOT NULL, jurisdiction TEXT NOT NULL, level REAL NOT NULL) STRICT;
CREATE TABLE stories (
  id INTEGER PRIMARY KEY AUTOINCREMENT, head TEXT NOT NULL REFERENCES items(id),
  day TEXT NOT NULL, version INTEGER NOT NULL) STRICT;
CREATE INDEX stories_by_day ON stories(day);
CREATE TABLE members (
  item_id TEXT PRIMARY KEY REFERENCES items(id), story_id INTEGER NOT NULL REFERENCES stories(id),
  score REAL NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX members_by_story ON members(story_id);
CREATE TABLE redirects (old INTEGER PRIMARY KEY, new INTEGER NOT NULL) STRICT;
CREATE TABLE headlines (
  item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, lang TEXT NOT NULL,
  text TEXT NOT NULL, method TEXT NOT NULL, PRIMARY KEY (item_id, lang)) STRICT;
CREATE TABLE briefs (
  story_id INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE, lang TEXT NOT NULL,
  version INTEGER NOT NULL, headline TEXT NOT NULL, sentences TEXT NOT NULL,
  impact TEXT NOT NULL, writer TEXT NOT NULL, written_at TEXT NOT NULL, inputs TEXT NOT NULL,
  dropped TEXT NOT NULL, PRIMARY KEY (story_id, lang, version)) STRICT;
CREATE TABLE ranks (
  story_id INTEGER PRIMARY KEY REFERENCES stories(id) ON DELETE CASCADE, level TEXT NOT NULL,
  score REAL NOT NULL, components TEXT NOT NULL, reason_en TEXT NOT NULL,
  reason_zh TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE item_search USING fts5(
  item_id UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')
"""


@migrations(name="001_first_line")
def _first(db: Database) -> None:
    for statement in _FIRST.split(";"):
        db.execute(statement)


_GENERATIONS = """
CREATE TABLE generations (
  key TEXT PRIMARY KEY, model TEXT NOT NULL, prompt TEXT NOT NULL, answer TEXT NOT NULL,
  tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL, seconds REAL NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX generations_by_time ON generations(at)
"""


@migrations(name="002_generations")
def _generations(db: Database) -> None:
    for statement in _GENERATIONS.split(";"):
        db.execute(statement)


_MEMORY = """
ALTER TABLE polls ADD COLUMN column_key TEXT NOT NULL DEFAULT '';
ALTER TABLE polls ADD COLUMN lang TEXT NOT NULL DEFAULT '';
ALTER TABLE polls ADD COLUMN interval INTEGER NOT NULL DEFAULT 0;
ALTER TABLE polls ADD COLUMN not_before TEXT;
ALTER TABLE polls ADD COLUMN paused TEXT NOT NULL DEFAULT '';
ALTER TABLE polls ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
ALTER TABLE polls ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN withdrawn_at TEXT;
CREATE TABLE visits (
  source_id TEXT NOT NULL REFERENCES sources(id), url TEXT NOT NULL, at TEXT NOT NULL,
  listed INTEGER NOT NULL, taken INTEGER NOT NULL, new INTEGER NOT NULL, changed INTEGER NOT NULL,
  trouble TEXT NOT NULL, PRIMARY KEY (source_id, url, at)) STRICT;
CREATE TABLE checks (
  item_id TEXT PRIMARY KEY REFERENCES items(id) ON DELETE CASCADE, list_url TEXT NOT NULL,
  address TEXT NOT NULL, checked_at TEXT NOT NULL, missing INTEGER NOT NULL) STRICT
"""


@migrations(name="003_crawl_memory")
def _memory(db: Database) -> None:
    for statement in _MEMORY.split(";"):
        db.execute(statement)


@migrations(name="004_glossary_terms")
def _terms(db: Database) -> None:
    db.execute(
        """CREATE TABLE terms (
             id TEXT NOT NULL, kind TEXT NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL,
             abbrev TEXT NOT NULL, jurisdiction TEXT NOT NULL, PRIMARY KEY (id, kind)) STRICT"""
    )


@migrations(name="005_version_masks")
def _masks(db: Database) -> None:
    db.execute(
        """CREATE TABLE version_masks (
             item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, version INTEGER NOT NULL,
             masks TEXT NOT NULL, PRIMARY KEY (item_id, version)) STRICT"""
    )


@migrations(name="006_story_edits")
def _story_edits(db: Database) -> None:
    db.execute(
        """CREATE TABLE story_edits (
          id INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL, story_id INTEGER NOT NULL,
          other_id INTEGER NOT NULL, item_ids TEXT NOT NULL, other_ids TEXT NOT NULL, at TEXT NOT NULL,
          by TEXT NOT NULL, note TEXT NOT NULL) STRICT"""
    )


_AUDIT = """
ALTER TABLE ranks ADD COLUMN official INTEGER NOT NULL DEFAULT 0;
CREATE TABLE rank_history (
  story_id INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE, at TEXT NOT NULL,
  level TEXT NOT NULL, score REAL NOT NULL, components TEXT NOT NULL, reason_en TEXT NOT NULL,
  reason_zh TEXT NOT NULL, official INTEGER NOT NULL, PRIMARY KEY (story_id, at)) STRICT;
CREATE TABLE brief_audits (
  story_id INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE, lang TEXT NOT NULL,
  version INTEGER NOT NULL, inputs TEXT NOT NULL, at TEXT NOT NULL, writer TEXT NOT NULL,
  program TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL, request TEXT NOT NULL,
  tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL, paid INTEGER NOT NULL, cost TEXT NOT NULL,
  seconds REAL NOT NULL, head TEXT NOT NULL, day TEXT NOT NULL, rank TEXT NOT NULL,
  given TEXT NOT NULL, dropped TEXT NOT NULL, PRIMARY KEY (story_id, lang, version, inputs)) STRICT;
CREATE TABLE story_notes (
  story_id INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE, at TEXT NOT NULL,
  since TEXT NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (story_id, at)) STRICT;
CREATE TABLE disagreements (
  story_id INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE, position INTEGER NOT NULL,
  kind TEXT NOT NULL, stated TEXT NOT NULL, PRIMARY KEY (story_id, position)) STRICT
"""


@migrations(name="007_brief_audit")
def _audit(db: Database) -> None:
    for statement in _AUDIT.split(";"):
        db.execute(statement)


def migrate(db: Database) -> None:
    """Bring a database up to date. Raises StoreError when it was written by a newer program."""
    known = {migration.name for migration in migrations.pending(db)} | {
        applied.name for applied in migrations.applied(db)
    }
    ours = {name for name in known if name in _names()}
    if unknown := sorted(known - ours):
        raise StoreError(
            _(
                "the database was written by a newer version of Dibao (migration {name}); upgrade Dibao"
            ).format(name=unknown[0])
        )
    migrations.apply(db)


def _names() -> set[str]:
    fresh = Database(memory=True)
    try:
        return {migration.name for migration in migrations.pending(fresh)}
    finally:
        fresh.close()
