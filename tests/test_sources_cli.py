"""``dibao sources``: a newcomer writes YAML, looks at what it gives, and has a source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dibao.cli import cli

HEAD = """  name_en: Bureau of Examples
  name_zh: 示例局
  tier: 1
  jurisdiction: CN
  kind: regulator
  languages: [zh-Hans]
  timezone: Asia/Shanghai
  homepage: https://www.bureau.example.org/
  endpoints:
"""
MINE = f"""
- id: xx-feed
{HEAD}
    - {{column: news, kind: feed, url: "https://www.bureau.example.org/rss"}}

- id: xx-list
{HEAD}
    - column: rule
      kind: html
      url: https://www.bureau.example.org/rules/
      items: ul.list li
      fields: {{title: a, date: span}}
      detail: {{kind: html, body: .text}}
"""
RSS = (
    '<rss version="2.0"><channel><title>x</title><item><title>关于某事的通知</title>'
    "<link>https://www.bureau.example.org/a</link><pubDate>{}</pubDate></item></channel></rss>"
)
LIST = '<ul class="list"><li><a href="/rules/1.html">某某办法</a><span>{}</span></li></ul>'
PAGE = "<h1>某某办法</h1><div class='text'><p>第一条 为规范示例活动，制定本办法。</p></div>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newcomer's folder: settings, one file of sources, and what their site answers."""
    put(tmp_path / "dibao.toml", '[crawl]\nsources = "mine"\n')
    put(tmp_path / "mine/xx.yaml", MINE)
    put(tmp_path / "web/www.bureau.example.org/rss", RSS.format("Thu, 19 Nov 2026 10:00:00 +0800"))
    put(tmp_path / "web/www.bureau.example.org/rules/index.html", LIST.format("2026-11-19"))
    put(tmp_path / "web/www.bureau.example.org/rules/1.html", PAGE)
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--config", str(folder / "dibao.toml"), *arguments])


def checked(folder: Path, name: str) -> tuple[int, dict[str, Any]]:
    result = run(folder, "--json", "sources", "check", name, "--replay", str(folder / "web"))
    found: dict[str, Any] = json.loads(result.stdout)
    return result.exit_code, found


def test_a_feed_of_yaml_alone_gives_what_it_should(folder: Path) -> None:
    code, found = checked(folder, "xx-feed")

    assert (code, found["listed"], found["problem"]) == (0, 1, "")
    assert found["fields"]["title"]["sample"] == "关于某事的通知"
    assert found["fields"]["date"]["sample"] == "2026-11-19"
    assert found["fields"]["text"]["missing"] == "no detail: only what the list itself says is kept"


def test_a_page_of_links_of_yaml_alone_gives_title_address_date_and_text(folder: Path) -> None:
    code, found = checked(folder, "xx-list")
    samples = {name: field["sample"] for name, field in found["fields"].items()}

    assert code == 0
    assert samples["url"] == "https://www.bureau.example.org/rules/1.html"
    assert (samples["title"], samples["date"]) == ("某某办法", "2026-11-19")
    assert "第一条 为规范示例活动" in samples["text"]
    assert (samples["column"], samples["language"]) == ("rule", "zh-Hans")


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        pytest.param("date: span", "date: em", "date", "nothing at fields.date = 'em'", id="selector"),
        pytest.param("title: a, date: span", "title: a", "date", "fields.date is not given", id="not-asked"),
        pytest.param("body: .text", "body: .nowhere", "text", "", id="body-falls-back"),
    ],
)
def test_what_is_missing_is_said_with_the_reason(
    folder: Path, old: str, new: str, field: str, words: str
) -> None:
    put(folder / "mine/xx.yaml", MINE.replace(old, new))
    code, found = checked(folder, "xx-list")

    assert found["fields"][field]["missing"] == words
    assert code == (1 if words else 0)


def test_a_date_that_cannot_be_read_is_shown_as_written(folder: Path) -> None:
    put(folder / "web/www.bureau.example.org/rules/index.html", LIST.format("03/04/2026"))
    code, found = checked(folder, "xx-list")

    assert code == 1
    assert found["fields"]["date"]["missing"].startswith("'03/04/2026' is not a date beyond doubt")


def test_a_selector_that_finds_no_rows_is_said_and_ends_with_1(folder: Path) -> None:
    put(folder / "mine/xx.yaml", MINE.replace("ul.list li", "ul.other li"))
    result = run(folder, "sources", "check", "xx-list", "--replay", str(folder / "web"))

    assert result.exit_code == 1
    assert "no rows (items=ul.other li)" in result.stdout


def test_the_check_needs_no_database(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    checked(folder, "xx-list")

    assert sorted(folder.rglob("*")) == before


def test_an_unknown_source_is_one_line(folder: Path) -> None:
    result = run(folder, "sources", "check", "xx-none")

    assert result.exit_code == 1
    assert result.stderr == (
        "dibao: xx-none: no such source in the catalogue; `dibao sources list --all` names them\n"
    )


def test_a_file_that_is_not_there_is_one_line(folder: Path) -> None:
    result = run(folder, "sources", "check", "xx-feed", "--file", "none.yaml")

    assert result.exit_code == 1
    assert result.stderr == "dibao: none.yaml: No such file or directory; give a YAML file of sources\n"


def test_a_source_of_a_file_of_its_own_is_looked_at(folder: Path) -> None:
    put(folder / "other.yaml", MINE.replace("xx-", "yy-"))
    result = run(
        folder,
        "sources",
        "check",
        "yy-feed",
        "--file",
        str(folder / "other.yaml"),
        "--replay",
        str(folder / "web"),
    )

    assert result.exit_code == 0
    assert "✓ title" in result.stdout


def test_the_list_tells_what_is_read_and_on_demand_what_is_not_and_why() -> None:
    listed = CliRunner().invoke(cli, ["sources", "list"]).stdout
    every = CliRunner().invoke(cli, ["sources", "list", "--all"]).stdout

    assert "cn-nfra " in listed
    assert "hk-hkex " not in listed
    assert "not read: Its terms limit reading by programs" in every


def test_health_tells_of_each_list_after_a_run(folder: Path) -> None:
    assert run(folder, "-q", "crawl", "--replay", str(folder / "web")).exit_code == 0
    put(folder / "web/www.bureau.example.org/rss", "<html>系统维护</html>")
    run(folder, "-q", "crawl", "--replay", str(folder / "web"))
    result = run(folder, "--json", "sources", "health")
    rows = {row["source_id"]: row for row in map(json.loads, result.stdout.splitlines())}

    assert result.exit_code == 3
    assert (rows["xx-feed"]["needs_a_look"], rows["xx-list"]["needs_a_look"]) == (True, False)
    assert "where a feed was due" in rows["xx-feed"]["error"]
    assert (rows["xx-list"]["error"], rows["xx-list"]["listed"], rows["xx-list"]["taken"]) == ("", 1, 1)


def test_a_list_that_was_never_read_is_named_and_no_alarm(folder: Path) -> None:
    put(folder / "mine/yy.yaml", MINE.replace("xx-", "yy-"))
    assert run(folder, "-q", "crawl", "--replay", str(folder / "web")).exit_code == 0
    put(folder / "mine/zz.yaml", MINE.replace("xx-", "zz-"))
    result = run(folder, "sources", "health", "zz-feed", "xx-feed")

    assert result.exit_code == 0
    assert "zz-feed" in result.stdout
    assert "never read yet" in result.stdout
    assert "yy-" not in result.stdout


def test_a_source_taken_out_of_the_catalogue_alarms_nobody_and_may_come_back(folder: Path) -> None:
    put(folder / "mine/yy.yaml", MINE.replace("xx-", "yy-").replace("/rss", "/gone"))
    web = str(folder / "web")
    assert run(folder, "-q", "crawl", "--replay", web).exit_code == 3
    assert run(folder, "status").exit_code == 3
    (folder / "mine/yy.yaml").rename(folder / "away")
    run(folder, "-q", "crawl", "--replay", web)
    assert run(folder, "status").exit_code == 0
    (folder / "away").rename(folder / "mine/yy.yaml")
    run(folder, "-q", "crawl", "--replay", web)

    assert run(folder, "status").exit_code == 3


def test_help_and_messages_speak_the_language_of_the_caller(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh")
    told = run(folder, "sources", "check", "xx-list", "--replay", str(folder / "web")).stdout
    unknown = run(folder, "sources", "check", "xx-lits").stderr
    put(folder / "mine/xx.yaml", MINE.replace("column: rule", "colum: rule"))
    wrong = run(folder, "sources", "list").stderr

    assert "规章及规范性文件 (rule)" in told
    assert "1 个列表中 1 个结果齐全" in told
    assert "目录中没有这个来源；是否指 xx-list" in unknown
    assert wrong == "dibao: xx.yaml: xx-list: endpoints[0].colum: 没有这个字段；是否想写 column？\n"


def test_opml_goes_out_and_comes_in_without_a_request(folder: Path) -> None:
    out, new = folder / "sources.opml", folder / "new.yaml"
    assert run(folder, "sources", "export", "--opml", str(out)).exit_code == 0
    put(out, out.read_text("utf-8").replace("bureau.example.org/rss", "bureau.example.org/other"))
    result = run(folder, "sources", "import", str(out), "--to", str(new))
    again = run(folder, "sources", "import", str(out), "--to", str(new))

    assert result.exit_code == 0
    assert "x-bureau-example-org" in new.read_text("utf-8")
    assert (again.exit_code, "exists already" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param("en", "xx-list: Something else came instead of the list · ", id="en"),
        pytest.param("zh", "xx-list: 返回的不是预期的列表 · ", id="zh"),
    ],
)
def test_a_run_says_why_a_list_failed_in_one_line_of_the_caller(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    put(folder / "web/www.bureau.example.org/rules/index.html", "<h1>Maintenance</h1>")
    monkeypatch.setenv("LANGUAGE", language)
    result = run(folder, "--quiet", "crawl", "--replay", str(folder / "web"))
    [line] = result.stderr.splitlines()

    assert result.exit_code == 3
    assert line.startswith(words)
    assert line.count("https://www.bureau.example.org/rules/") == 1


@pytest.mark.parametrize(
    ("language", "words"), [pytest.param("en", "not OPML", id="en"), pytest.param("zh", "不是 OPML", id="zh")]
)
def test_a_file_that_is_no_opml_is_named_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    result = run(
        folder, "sources", "import", str(folder / "web/www.bureau.example.org/rss"), "--to", "new.yaml"
    )

    assert result.exit_code == 1
    assert result.stderr.startswith(f"dibao: {folder}/web/www.bureau.example.org/rss: {words}")
    assert result.stderr.count("\n") == 1
