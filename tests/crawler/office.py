"""Small office files made by hand: OLE containers with a Word text or a BIFF sheet inside, XLSX, OFD, ZIP."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file. Streams are padded to 4,096 bytes, so that none goes to the mini stream."""
    padded = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    sectors: list[bytes] = []
    chain: list[int] = []
    starts: dict[str, int] = {}

    def add(body: bytes) -> int:
        start = len(sectors) + 1  # sector 0 is the FAT
        pieces = [body[n : n + 512].ljust(512, b"\0") for n in range(0, len(body), 512)]
        sectors.extend(pieces)
        chain.extend([*range(start + 1, start + len(pieces)), END])
        return start

    for name, body in padded.items():
        starts[name] = add(body)
    entries = [_entry("Root Entry", 5, child=1, start=END, size=0)]
    names = sorted(padded, key=lambda n: (len(n), n.upper()))
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else FREE
        entries.append(_entry(name, 2, right=right, start=starts[name], size=len(padded[name])))
    directory = add(b"".join(entries))
    table = [FAT, *chain]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    assert len(fat) == 512, "more than one FAT sector is needed"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    return header + fat + b"".join(sectors)


def _entry(name: str, kind: int, *, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return head + struct.pack("<III", FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)


def doc(*pieces: str, flags: int = 0, version: int = 0x00C1, beyond: str = "") -> bytes:
    """A Word 97 file; a piece of plain ASCII is kept in one byte a character, others in two.

    ``beyond``: text after the main part, such as footnotes and heads.
    """
    start = 0x400
    text, table, place = b"", b"", start
    positions, places = [0], []
    for piece in [*pieces, *([beyond] if beyond else [])]:
        raw = piece.encode("cp1252") if piece.isascii() else piece.encode("utf-16-le")
        places.append((place * 2) | 0x40000000 if piece.isascii() else place)
        place += len(raw)
        text += raw
        positions.append(positions[-1] + len(piece))
    plc = struct.pack(f"<{len(positions)}I", *positions)
    plc += b"".join(struct.pack("<HIH", 0, where, 0) for where in places)
    table = b"\x01\x02\x00\xaa\xbb" + b"\x02" + struct.pack("<I", len(plc)) + plc
    fib = bytearray(start)
    struct.pack_into("<HH", fib, 0, 0xA5EC, version)
    struct.pack_into("<H", fib, 0x0A, flags | 0x0200)
    struct.pack_into("<i", fib, 0x4C, sum(map(len, pieces)))
    struct.pack_into("<II", fib, 0x01A2, 0, len(table))
    return ole({"WordDocument": bytes(fib) + text, "1Table": table})


def xls(rows: Sequence[Sequence[str | float]], *, far: tuple[int, int] | None = None) -> bytes:
    """A BIFF8 workbook of one sheet; ``far`` puts one more number at that row and column."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def bof(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1996, 0, 6))

    cells = b""
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                cells += record(0x0204, struct.pack("<HHH", y, x, 0) + text)
            else:
                cells += record(0x0203, struct.pack("<HHHd", y, x, 0, value))
    if far:
        cells += record(0x0203, struct.pack("<HHHd", *far, 0, 1.0))
    height, width = len(rows), max(map(len, rows), default=0)
    sheet = (
        bof(0x10) + record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0)) + cells + record(0x0A, b"")
    )
    name = struct.pack("<BB", 6, 0) + b"Sheet1"
    start = len(bof(5)) + 4 + 6 + len(name) + 4
    book = bof(5) + record(0x0085, struct.pack("<IBB", start, 0, 0) + name) + record(0x0A, b"")
    return ole({"Workbook": book + sheet})


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[str]]],
    *,
    hidden: Sequence[str] = (),
    extra: str = "",
    merged: Sequence[str] = (),
) -> bytes:
    """A workbook; ``extra`` is put into the data of each sheet, ``merged`` are ranges such as A1:A2."""
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"' + (' state="hidden"/>' if name in hidden else "/>")
        for n, name in enumerate(sheets, 1)
    )
    rels = "".join(
        f'<Relationship Id="r{n}" Type="{rel}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n, _ in enumerate(sheets, 1)
    )
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>{listed}</sheets></workbook>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{rels}</Relationships>',
    }
    for n, rows in enumerate(sheets.values(), 1):
        data = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
        members[f"xl/worksheets/s{n}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{data}{extra}</sheetData>'
            f"<mergeCells>{ranges}</mergeCells></worksheet>"
        )
    return packed(members)


def _cell(text: str) -> str:
    try:
        return f"<c><v>{float(text)}</v></c>"
    except ValueError:
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def ofd(*pages: Sequence[tuple[float, float, str]]) -> bytes:
    """An OFD file; a page is a list of (x, y, text)."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}/Content.xml"/>' for n, _ in enumerate(pages))
    members = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for n, page in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject Boundary="{x} {y} 100 5">'
            f'<ofd:TextCode X="0" Y="4">{escape(text)}</ofd:TextCode></ofd:TextObject>'
            for x, y, text in page
        )
        members[f"Doc_0/Pages/P{n}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return packed(members)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return stream.getvalue()
