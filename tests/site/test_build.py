"""An edition is complete, checked, switched in one step, the same for the same store, never half there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from lxml import etree

from dibao.site import build as build_module
from dibao.site import write
from dibao.site.build import Material, build, edition, read
from dibao.site.check import mail_problems, problems
from dibao.site.headers import headers_file
from dibao.site.machine import news_sitemap, opml, security
from dibao.store import PublishError, Store
from tests.site.filled import INFO, corrected, fill, filled
from tests.site.views import NOW, SOURCES, all_views, nfra_story

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def store() -> Iterator[Store]:
    with filled() as opened:
        yield opened


@pytest.fixture(scope="module")
def material() -> Material:
    with filled() as opened:
        return read(opened, now=NOW)


@pytest.fixture(scope="module")
def files(material: Material) -> dict[str, bytes]:
    return edition(material, info=INFO, now=NOW, source_feeds={})[1]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def correct(store: Store) -> None:
    """Change one headline of the store."""
    view = corrected(nfra_story(), "NFRA corrects its guiding opinions")
    store.put_briefs(view.briefs.values())


# --- the whole build ---------------------------------------------------------------------------------


def test_a_build_makes_pages_feeds_and_mails_in_both_languages(store: Store, tmp_path: Path) -> None:
    built = build(store, tmp_path, info=INFO, now=NOW)
    live = set(contents(built.path))

    assert built.changed and built.path == tmp_path / "live"
    for lang in ("en", "zh"):
        assert {
            f"{lang}/feed.atom",
            f"{lang}/feed.rss",
            f"{lang}/feed.json",
            f"{lang}/e/1042/index.html",
        } <= live
        assert tmp_path / "mail" / lang / "2026-11-20.eml" in built.mails
    assert {
        "sitemap.xml",
        "sitemap-news.xml",
        "robots.txt",
        "health.json",
        "opml/sources.opml",
        "_headers",
    } <= live
    assert ".well-known/security.txt" in live
    assert not any(path.endswith(".eml") for path in live)


def test_an_unchanged_store_writes_nothing(store: Store, tmp_path: Path) -> None:
    first = build(store, tmp_path, info=INFO, now=NOW)
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    again = build(store, tmp_path, info=INFO, now=NOW)

    assert not again.changed and again.build_id == first.build_id
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".lock"} == {
        path: time for path, time in before.items() if path.name != ".lock"
    }


def test_two_builds_of_one_store_are_the_same_byte_for_byte(store: Store, tmp_path: Path) -> None:
    one, two = (build(store, tmp_path / name, info=INFO, now=NOW) for name in ("a", "b"))

    assert one.build_id == two.build_id
    assert contents(one.path) == contents(two.path)
    assert contents(tmp_path / "a" / "mail") == contents(tmp_path / "b" / "mail")


def test_the_build_id_is_in_the_pages_and_names_their_content(store: Store, tmp_path: Path) -> None:
    first = build(store, tmp_path, info=INFO, now=NOW)
    correct(store)
    second = build(store, tmp_path, info=INFO, now=NOW)

    assert first.build_id != second.build_id
    assert json.loads((second.path / "health.json").read_bytes())["build_id"] == second.build_id
    assert not any(b"edition0unbuilt0" in data for data in contents(second.path).values())


def test_a_change_switches_the_live_edition_and_keeps_the_times_of_what_stayed(
    store: Store, tmp_path: Path
) -> None:
    live = build(store, tmp_path, info=INFO, now=NOW).path
    same, changed = "en/feed.atom", "robots.txt"
    before = (live / same).stat().st_ino, (live / changed).stat().st_ino
    correct(store)
    build(store, tmp_path, info=INFO, now=NOW)

    assert b"NFRA corrects" in (live / same).read_bytes()
    assert (live / same).stat().st_ino != before[0]
    assert (live / changed).stat().st_ino == before[1]


def test_an_edition_that_fails_a_check_never_replaces_the_live_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = build(store, tmp_path, info=INFO, now=NOW).path
    before = contents(live)
    correct(store)
    monkeypatch.setattr(build_module, "problems", lambda *_, **__: iter(["en/index.html: no label"]))

    with pytest.raises(PublishError, match=r"not fit to go live: en/index\.html: no label"):
        build(store, tmp_path, info=INFO, now=NOW)
    assert contents(live) == before
    assert len(list((tmp_path / "editions").iterdir())) == 1


def test_an_empty_store_is_a_site_without_mails(tmp_path: Path) -> None:
    with Store(":memory:") as empty:
        built = build(empty, tmp_path, info=INFO, now=NOW)

    assert built.mails == () and (built.path / "en" / "index.html").is_file()


def test_a_merged_story_leads_on_and_is_no_address_to_index(store: Store, tmp_path: Path) -> None:
    kept = nfra_story().story
    store.put_stories([kept], merged={1039: kept.id})
    live = build(store, tmp_path, info=INFO, now=NOW).path

    assert f"/en/e/{kept.id}/".encode() in (live / "en/e/1039/index.html").read_bytes()
    assert b"/e/1039/" not in (live / "sitemap.xml").read_bytes()


def test_a_site_below_a_path_is_checked_the_same_way(store: Store, tmp_path: Path) -> None:
    built = build(store, tmp_path, info=replace(INFO, base_url="https://example.org/news/"), now=NOW)

    assert b'href="https://example.org/news/en/feed.atom"' in (built.path / "en/feed.atom").read_bytes()


def test_what_is_not_set_is_a_warning_and_not_made_up(store: Store, tmp_path: Path) -> None:
    built = build(store, tmp_path, info=replace(INFO, provider="", contact=""), now=NOW)

    assert [warning.partition(" ")[0] for warning in built.warnings] == ["site.provider", "site.contact"]
    assert not (built.path / ".well-known").exists()


# --- the checks --------------------------------------------------------------------------------------

PAGE = "en/e/1043/index.html"


def test_a_good_edition_has_no_problems(files: dict[str, bytes], material: Material) -> None:
    assert list(problems(files, material.views, info=INFO)) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        pytest.param(PAGE, b"</body>", b'<a href="../9/"></a></body>', "not part of", id="dead-link"),
        pytest.param(PAGE, b"</body>", b'<a href="#no-such">x</a></body>', "no such id", id="dead-anchor"),
        pytest.param(PAGE, b"</body>", b'<a href="javascript:x">x</a></body>', "not allowed", id="scheme"),
        pytest.param(PAGE, b"</body>", b'<p id="z"></p><p id="z"></p></body>', "stands 2 times", id="ids"),
        pytest.param(PAGE, b'hreflang="zh-Hans"', b'hreflang="fr"', "one language is missing", id="hreflang"),
        pytest.param(
            PAGE, b'href="https://example.org/zh/e/1043/"', b'href="https://example.org/zh/e/1042/"',
            "one-sided", id="one-sided",
        ),
        pytest.param(PAGE, b"This summary is AI-generated", b"This is", "visible label", id="visible-label"),
        pytest.param(PAGE, b'name="AIGC"', b'name="other"', "hidden label", id="hidden-label"),
        pytest.param("en/feed.rss", b"</channel>", b"", "not well-formed", id="broken-xml"),
        pytest.param("zh/feed.atom", b"event/1042/", b"event/9/", "entries differ", id="feed-ids"),
        pytest.param(
            "en/feed.rss", b"<description>Sentences", b"<description>Words", "begin with its", id="feed-label"
        ),
    ],
)  # fmt: skip
def test_a_fault_is_found(
    files: dict[str, bytes], material: Material, path: str, old: bytes, new: bytes, problem: str
) -> None:
    assert old in files[path]
    spoiled = files | {path: files[path].replace(old, new)}

    assert any(problem in found for found in problems(spoiled, material.views, info=INFO))


def test_a_missing_page_is_found(files: dict[str, bytes], material: Material) -> None:
    fewer = {path: data for path, data in files.items() if path != PAGE}

    assert f"{PAGE}: the page of a story is missing" in set(problems(fewer, material.views, info=INFO))


def test_a_mail_without_its_label_is_found() -> None:
    bare = b"From: a@b.c\r\nContent-Type: text/plain\r\n\r\nHello\r\n"

    assert list(mail_problems("x.eml", bare)) == ["x.eml: a text part, then an HTML part are expected"]


# --- writing -----------------------------------------------------------------------------------------


def test_a_file_is_written_only_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b"

    assert [write.write_if_changed(path, data) for data in (b"1", b"1", b"2")] == [True, False, True]
    assert path.read_bytes() == b"2" and [p.name for p in path.parent.iterdir()] == ["b"]


def test_only_the_last_three_editions_are_kept(tmp_path: Path) -> None:
    for n in range(6):
        assert write.publish(tmp_path, f"b{n}", {"x": str(n).encode()})

    assert sorted(p.name for p in (tmp_path / "editions").iterdir()) == ["b3", "b4", "b5"]
    assert (tmp_path / "live" / "x").read_bytes() == b"5"


def test_going_back_to_a_kept_edition_is_a_switch(tmp_path: Path) -> None:
    write.publish(tmp_path, "one", {"x": b"1"})
    write.publish(tmp_path, "two", {"x": b"2"})

    assert write.publish(tmp_path, "one", {"x": b"1"})
    assert (tmp_path / "live" / "x").read_bytes() == b"1"


def test_what_a_killed_build_left_behind_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "editions" / ".draft-dead" / "x"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    write.publish(tmp_path, "dead", {"x": b"whole"})

    assert not left.exists() and (tmp_path / "live" / "x").read_bytes() == b"whole"


def test_a_write_that_fails_leaves_the_live_edition(tmp_path: Path) -> None:
    write.publish(tmp_path, "one", {"x": b"1"})
    with pytest.raises(OSError):
        write.publish(tmp_path, "two", {"x": b"2", "y" * 300: b"name too long"})

    assert (tmp_path / "live" / "x").read_bytes() == b"1"


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "", "a\\b", "a\0b"])
def test_a_file_stays_inside_its_edition(tmp_path: Path, path: str) -> None:
    with pytest.raises(PublishError, match="not a path below"):
        write.publish(tmp_path, "one", {path: b""})


def test_a_folder_in_the_place_of_the_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()

    with pytest.raises(PublishError, match="in the way"):
        write.publish(tmp_path, "one", {"x": b"1"})


def test_two_builds_do_not_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "PATIENCE", 0)
    with FileLock(tmp_path / ".lock"), pytest.raises(PublishError, match="another build"):
        write.publish(tmp_path, "one", {"x": b"1"})


# --- files for machines ------------------------------------------------------------------------------


def test_the_sitemap_names_both_languages_and_the_real_change(files: dict[str, bytes]) -> None:
    urls = etree.fromstring(files["sitemap.xml"])
    by_loc = {url.findtext(f"{MAP}loc"): url for url in urls}
    story = by_loc["https://example.org/zh/e/1043/"]

    assert story.findtext(f"{MAP}lastmod") == "2026-11-20T07:05:00Z"
    assert [link.get("href") for link in story.iterfind("{*}link")] == [
        "https://example.org/en/e/1043/",
        "https://example.org/zh/e/1043/",
    ]
    assert by_loc["https://example.org/en/about/labels/"].find(f"{MAP}lastmod") is None


def test_the_news_sitemap_holds_the_last_two_days() -> None:
    stories = {view.story.id for view in all_views()}
    soon = news_sitemap(INFO, all_views(), now=NOW).decode()
    late = news_sitemap(INFO, all_views(), now=NOW + timedelta(days=3)).decode()

    assert [n for n in sorted(stories) if f"/en/e/{n}/" in soon] == [1039, 1042, 1043, 1044]
    assert "<url>" not in late and "zh-cn" in soon


def test_security_txt_expires_within_a_year_and_changes_once_a_month() -> None:
    text = security(INFO, now=NOW).decode()

    assert "Contact: mailto:editors@example.org\n" in text and "Expires: 2027-10-01T00:00:00Z\n" in text
    assert security(INFO, now=NOW + timedelta(days=3)).decode() == text


def test_the_source_list_tells_feeds_from_links() -> None:
    root = etree.fromstring(opml(INFO, SOURCES, {"uk-fca": "https://www.uk-fca.example/rss"}))
    found = {o.get("type"): o for o in root.iter("outline")}

    assert found["rss"].get("xmlUrl") == "https://www.uk-fca.example/rss"
    assert found["link"].get("url", "").startswith("https://") and len(root.findall(".//outline")) == len(
        SOURCES
    )


def test_the_header_file_gives_no_header_twice_to_one_path() -> None:
    text = headers_file().decode()
    blocks = [block.splitlines() for block in text.split("\n\n")]
    everywhere = {row.partition(":")[0] for row in blocks[0][1:]}

    assert blocks[0][0] == "/*" and "default-src 'none'" in text and "unsafe" not in text
    assert not everywhere & {row.partition(":")[0] for block in blocks[1:] for row in block[1:]}


def test_a_file_store_builds_as_one_in_memory(tmp_path: Path) -> None:
    with Store(tmp_path / "dibao.db") as kept, filled() as memory:
        fill(kept, all_views())
        built = [build(s, tmp_path / name, info=INFO, now=NOW) for s, name in ((kept, "a"), (memory, "b"))]

    assert built[0].build_id == built[1].build_id
