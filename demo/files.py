"""Makes the attached files of the demo: a PDF with text, a PDF that is only a picture, a DOCX.

The same text gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from pieces import unmarked

_LINE = 34  # full-width characters of a line
_LINES = 44  # lines of a page


def pdf(text: str) -> bytes:
    """Return a PDF that holds ``text``, one paragraph a line.

    The font is one of the CJK fonts that every reader substitutes (STSong-Light, Adobe-GB1), so that
    nothing has to be embedded and the text can still be taken out as Unicode.
    """
    lines = [line for paragraph in text.splitlines() for line in _wrapped(unmarked(paragraph))]
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"<{line.encode('utf-16-be').hex().upper()}> Tj T*\n" for line in page)
        content = f"BT /F1 12 Tf 72 780 Td 16 TL\n{shown}ET".encode("ascii")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (7 + 2 * number)
        )
        objects.append(_stream(b"", content))
    return _assembled(objects)


def scan() -> bytes:
    """Return a PDF of one page that is nothing but a picture of grey lines: no text to take out."""
    width, height = 160, 224
    rows = []
    for y in range(height):
        inked = 20 <= y < 204 and y % 8 in (2, 3, 4)
        strokes = (0x92 ^ (7 * x * (y // 8 + 3) & 0xFF) for x in range(width // 8))
        rows.append(bytes(stroke if inked else 0xFF for stroke in strokes))
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1"
    return _assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im0 4 0 R >> >>"
            b" /Contents 5 0 R >>",
            _stream(head % (width, height), b"".join(rows)),
            _stream(b"", b"q 595 0 0 842 0 0 cm /Im0 Do Q"),
        ]
    )


def docx(text: str) -> bytes:
    """Return a DOCX that holds ``text``, one paragraph a line."""
    lines = [escape(unmarked(line)) for line in text.splitlines()]
    paragraphs = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body></w:document>',
    }
    file = io.BytesIO()
    # Stored, not deflated: another zlib would give other bytes.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(2026, 11, 18, 9, 0, 0))
            entry.create_system = 3
            archive.writestr(entry, content.encode())
    return file.getvalue()


def _wrapped(line: str) -> list[str]:
    """Cut a paragraph into lines; an ASCII character takes half the room of a Chinese one."""
    lines, current, room = [], "", 2 * _LINE
    for word in _words(line):
        need = sum(1 if c.isascii() else 2 for c in word)
        if need > room and current:
            lines.append(current.rstrip())
            current, room = "", 2 * _LINE
        current += word
        room -= need
    return [*lines, current]


def _words(line: str) -> list[str]:
    """Split where a line may break: after every space and around every Chinese character."""
    words = [""]
    for char in line:
        if char == " " or not char.isascii():
            words[-1] += char
            words.append("")
        else:
            words[-1] += char
    return [word for word in words if word]


def _stream(head: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def _assembled(objects: list[bytes]) -> bytes:
    """Number the objects, write the table of their places and the trailer."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
