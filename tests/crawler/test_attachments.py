"""Attached files give their text, or the reason why not."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.parse.attachments import read_attachment
from dibao.crawler.parse.pdf import pdf_text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: list[str]) -> bytes:
    """A PDF with one line of text below the other, in a font that maps its codes to any character."""
    letters = sorted({c for page in pages for line in page for c in line})
    codes = {c: n for n, c in enumerate(letters, 1)}
    mapping = "\n".join(f"<{n:04X}> <{ord(c):04X}>" for c, n in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
        "endcodespacerange "
        f"{len(codes)} beginbfchar\n{mapping}\nendbfchar endcmap end"
    )
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R]"
        " /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe)"
        " /Ordering (Identity) /Supplement 0 >> /DW 500"
        " /FontDescriptor << /Type /FontDescriptor /FontName /F /Flags 4"
        " /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"<{''.join(f'{codes[c]:04X}' for c in line)}> Tj 0 -20 Td\n" for line in page)
        content = f"BT /F 12 Tf 50 750 Td\n{shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {7 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    end += f"startxref\n{len(body)}\n%%EOF"
    return body + end.encode()


def packed(members: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return stream.getvalue()


def docx(body: str, *, prolog: str = "") -> bytes:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Override'
            ' PartName="/word/document.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relations}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{prolog}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(body: bytes, name: str = "a.bin", media_type: str = "application/octet-stream") -> tuple[str, str]:
    return read_attachment(body, media_type=media_type, name=name)


def test_a_pdf_gives_its_text() -> None:
    text, unread = read(
        pdf(["第一条 为规范数据安全，制定本办法。", "Article 2 applies."]), "x.pdf", "application/pdf"
    )

    assert (text, unread) == ("第一条 为规范数据安全，制定本办法。\nArticle 2 applies.", "")


def test_a_pdf_is_known_by_its_bytes() -> None:
    assert read(pdf(["Served as octets."]), "downloadfile.jsp")[0] == "Served as octets."


def test_a_scan_is_said_to_be_one() -> None:
    assert read(pdf([""]), "x.pdf") == ("", "the PDF has no text layer (a scan?)")


def test_lines_broken_by_the_page_are_joined() -> None:
    page = (
        "关于规范金融机构数据安全管理工作有关事项的\n通知\n"
        "各银行保险机构应当建立健全数据安全管理制度，\r\n"
        "明确数据安全责任部门和责任人，并于每年年底前\r\n报告。\n"
        "第二条 本通知自印发之日起施行。\n"
        "Every institution must report without undue de-\n"
        "lay to the authority that supervises it on a daily\nbasis.\n"
    )

    assert pdf_text([page]).split("\n")[1:] == [
        "各银行保险机构应当建立健全数据安全管理制度，明确数据安全责任部门和责任人，并于每年年底前报告。",
        "第二条 本通知自印发之日起施行。",
        "Every institution must report without undue delay to the authority that supervises it on a "
        "daily basis.",
    ]


def test_page_furniture_is_dropped() -> None:
    said = ["总则。", "职责分工。", "数据分类分级。", "风险监测。", "监督管理。", "附则。"]
    pages = [f"国务院公报 2026年第{n}号\n{text}\n— {n} —" for n, text in enumerate(said, 1)]

    assert pdf_text(pages).split("\n") == said


def test_radicals_become_characters_and_nothing_else_changes() -> None:
    assert pdf_text(["⽹络⼀⾏ ①２５０㎡"]) == "网络一行 ①２５０㎡"


def test_a_word_file_gives_paragraphs_and_tables() -> None:
    row = f"<w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('乙')}</w:tc></w:tr>"
    body = paragraph("第一章　总则") + paragraph("第一条") + f"<w:tbl>{row}</w:tbl>"

    assert read(docx(body), "附件.docx") == ("第一章 总则\n第一条\n甲 | 乙", "")


UNREAD = {
    "empty": (b"", "x.pdf", "the file is empty"),
    "broken-pdf": (b"%PDF-1.7\nnothing", "x.pdf", "the PDF is damaged"),
    "page-instead": (
        b"<!DOCTYPE html><html><body>login",
        "x.pdf",
        "a web page was served instead of the file",
    ),
    "broken-zip": (b"PK\x03\x04rubbish", "x.docx", "files of this kind (damaged docx) are not read"),
    "picture": (b"\x89PNG\r\n\x1a\n", "x.png", "files of this kind (png) are not read"),
    "empty-word": (docx(""), "x.docx", "the Word file holds no text"),
    "broken-word": (packed({"word/document.xml": "<w:"}), "x.docx", "the Word file is damaged"),
}


@pytest.mark.parametrize(("body", "name", "reason"), UNREAD.values(), ids=UNREAD)
def test_what_is_not_read_says_why(body: bytes, name: str, reason: str) -> None:
    text, unread = read(body, name)

    assert text == ""
    assert unread.startswith(reason)


def test_a_word_file_with_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">]>'

    assert read(docx(paragraph("&a;"), prolog=bomb), "x.docx") == (
        "",
        "the Word file declares XML entities; not read",
    )


def test_a_word_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dibao.crawler.parse.packed.MAX_UNPACKED", 10_000)

    assert read(docx(paragraph("x" * 20_000)), "x.docx") == ("", "the Word file unpacks to more than is read")


def test_a_text_file_is_decoded() -> None:
    assert read("第一条　办法。".encode("gb18030"), "说明.txt") == ("第一条 办法。", "")


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.docx", "a.txt", "a", "a.doc"]))
def test_any_bytes_give_a_text_or_a_reason(noise: bytes, name: str) -> None:
    for head in (b"", b"%PDF-1.4\n", b"PK\x03\x04"):
        text, unread = read(head + noise, name)

        assert bool(text) != bool(unread)
