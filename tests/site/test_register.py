# ruff: noqa: E501  # one case, one line: a table reads better whole
"""The model register, and what the methods page says the grounding check withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dibao import config, register
from dibao.site import labels
from dibao.site.info import RegisteredModel
from dibao.site.register import gate_figures, model_rows
from dibao.store import LANGS, LEGAL_LEVELS, Lang, StoryView
from tests.site.rendering import SITE, parsed, rendered, text
from tests.site.views import mixed_story, nfra_story, with_brief_writer

EMBEDDED = RegisteredModel(
    name_en="Embedded writer", name_zh="内置撰写程序", writer="embedded", version="embedded-2", provider_en="Dibao", provider_zh="邸报",
    purpose="writer", admitted=date(2026, 11, 20), measured=date(2026, 11, 22),
    figures=(("planted errors caught", "植入错误检出率", "99.9%"),),
)  # fmt: skip
MODEL = RegisteredModel(
    name_en="demo-7b", name_zh="demo-7b", writer="model:demo-7b", version="demo-7b, prompt 1", provider_en="A provider", provider_zh="某公司",
    purpose="writer", generative=True, filing="Beijing-20260101-0001",
)  # fmt: skip


def by_model(view: StoryView, *dropped: str) -> StoryView:
    return with_brief_writer(view, "model:demo-7b") if not dropped else refusing(view, *dropped)


def refusing(view: StoryView, *dropped: str) -> StoryView:
    return replace(
        view, briefs={lang: replace(brief, dropped=dropped) for lang, brief in view.briefs.items()}
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        pytest.param("en", ["embedded-2", "Dibao", "no generative model", "none entered", "20 November 2026", "99.9%"], id="en"),
        pytest.param("zh", ["embedded-2", "邸报", "非生成式模型", "未填写", "2026年11月20日", "99.9%", "内置撰写程序", "植入错误检出率"], id="zh"),
    ],
)  # fmt: skip
def test_the_register_names_version_provider_purpose_admission_and_figures(
    lang: Lang, said: list[str]
) -> None:
    pages = rendered(nfra_story(), site=replace(SITE, models=(EMBEDDED,)))
    page = text(parsed(pages[f"{lang}/about/models/index.html"]).find(".//main"))

    for words in said:
        assert words in page


def test_a_filing_number_is_shown_where_the_operator_set_one() -> None:
    [row] = model_rows(replace(SITE, models=(MODEL,)), [], "zh")

    assert ("备案号", "Beijing-20260101-0001") in row.fields
    assert ("类别", "生成式模型") in row.fields
    assert ("启用日期", "未设定") in row.fields


def test_a_writer_that_is_not_registered_is_called_so() -> None:
    rows = model_rows(replace(SITE, models=(EMBEDDED,)), [by_model(nfra_story())], "en")

    assert [(row.name, row.registered) for row in rows] == [("Embedded writer", True), ("demo-7b", False)]


def test_each_writer_is_counted_by_the_briefs_of_the_edition() -> None:
    views = [
        by_model(nfra_story()),
        refusing(mixed_story(), "A. [cites nothing]", "model: B. [cites nothing]"),
    ]
    views[1] = replace(
        views[1], briefs={lang: replace(b, writer="embedded") for lang, b in views[1].briefs.items()}
    )
    ours, model = model_rows(replace(SITE, models=(EMBEDDED, MODEL)), views, "en")

    assert dict(ours.fields)["Briefs in this edition"] == "2"
    assert dict(ours.fields)["Sentences withheld by the grounding check"] == "2"
    assert dict(model.fields)["Sentences withheld by the grounding check"] == "2"


@pytest.mark.parametrize(
    ("lang", "reason"), [("en", "date not in the cited text"), ("zh", "日期不见于所引原文")]
)
def test_the_methods_page_counts_what_was_withheld_by_reason(lang: Lang, reason: str) -> None:
    view = refusing(
        nfra_story(), "Due on 3 May 2026. [date not in the cited text: 3 May 2026; cites nothing]"
    )
    figures = gate_figures([view], lang)
    page = parsed(rendered(view)[f"{lang}/about/methods/index.html"])
    [table] = page.xpath("//h2[@id='gate']/following::table[1]")

    assert (figures.withheld, figures.reasons) == (2, ((reason, 2),))
    assert [text(cell) for cell in table.xpath(".//tbody//*[self::th or self::td]")] == [reason, "2"]


def test_without_a_withheld_sentence_there_is_no_table() -> None:
    page = parsed(rendered(nfra_story())["en/about/methods/index.html"])

    assert not page.xpath("//h2[@id='gate']/following-sibling::*[1]/following-sibling::*[1][self::table]")


@pytest.mark.parametrize("lang", LANGS)
def test_the_methods_page_gives_the_force_of_every_legal_level(lang: Lang) -> None:
    page = parsed(rendered(nfra_story())[f"{lang}/about/methods/index.html"])
    rows = {text(row[0]).lower(): text(row[1]) for row in page.xpath("//table//tbody/tr")}

    assert rows == {level.name(lang).lower(): f"{level.force:g}" for level in LEGAL_LEVELS.values()}


@pytest.mark.parametrize("kind", ["local", "endpoint"])
def test_the_configured_model_is_registered_under_the_name_that_its_briefs_carry(kind: str) -> None:
    settings = config.Config(
        writer=config.WriterConfig(
            kind="local" if kind == "local" else "endpoint", model="some/model", base_url="http://127.0.0.1:1/v1",
            provider="Someone", filing="F-1", admitted="2026-11-20",
        )
    )  # fmt: skip
    embedded, model, vectors = register.models(settings)

    name = "some/model-auto" if kind == "local" else "some/model@127.0.0.1:1/v1"
    assert (embedded.writer, model.writer, vectors.writer) == ("embedded", f"model:{name}", "")
    assert (model.provider_en, model.filing, model.admitted) == ("Someone", "F-1", date(2026, 11, 20))
    assert model.generative and not embedded.generative and not vectors.generative


@pytest.mark.parametrize("day", ["20 November", "2026-13-01"])
def test_a_day_of_admission_that_is_none_is_refused(tmp_path: Path, day: str) -> None:
    file = tmp_path / "dibao.toml"
    file.write_text(f'[writer]\nadmitted = "{day}"\n', "utf-8")

    with pytest.raises(config.ConfigError, match="admitted"):
        config.load(file)


@pytest.mark.parametrize("lang", LANGS)
def test_labels_have_the_exact_words_of_the_publishing_standards(shared: Path, lang: Lang) -> None:
    standards = (shared / "publishing-standards.md").read_text("utf-8")

    for words in labels.WORDS.values():
        assert f"`{words[lang]}`" in standards
