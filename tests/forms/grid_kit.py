"""Workbooks no office program would hand out on request: written by hand, in .xlsx, .xlsb, .xls and .ods."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """A zip container."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    """Members of a zip container."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """An .xlsx that ``fill`` writes into."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    fill(book)
    book.close()
    return target.getvalue()


def with_sheet(rows: str, *, after: str = "", prefix: str = "") -> bytes:
    """An .xlsx whose one sheet has these rows as they are, written by a program we do not know."""

    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Satu").write("A1", "dibagi")

    p = f"{prefix}:" if prefix else ""
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    sheet = f'<{p}worksheet {space}="{MAIN}"><{p}sheetData>{rows}</{p}sheetData>{after}</{p}worksheet>'
    return packed({**members_of(xlsx(fill)), "xl/worksheets/sheet1.xml": sheet})


def ods(tables: str, styles: str = "", *, shared: str = "") -> bytes:
    """An .ods with these tables as they are, its own styles, and those kept in a part beside."""
    names = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    spaces += ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    content = (
        f'<office:document-content {spaces} xmlns:calcext="{calc}"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    beside = f"<office:document-styles {spaces}><office:styles>{shared}</office:styles></office:document-styles>"
    members = {"mimetype": kind, "META-INF/manifest.xml": "<manifest/>", "content.xml": content}
    return packed({**members, "styles.xml": beside} if shared else members)


def record(kind: int, content: bytes) -> bytes:
    """One record of an .xls."""
    return struct.pack("<HH", kind, len(content)) + content


def xls_number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def xls_error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def xls_formula_error(row: int, column: int, code: int) -> bytes:
    result = struct.pack("<BBB3sH", 2, 0, code, b"\0" * 3, 0xFFFF)
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0))


def xls(sheets: Mapping[str, Iterable[bytes]], *, globals_: bytes = b"", more_names: bytes = b"") -> bytes:
    """An .xls of these sheets, each given as its records; ``more_names`` is put behind its last sector."""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    end = record(0x000A, b"")
    bodies = [
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + b"".join(body) + end
        for body in sheets.values()
    ]
    front = record(0x0809, begin) + globals_
    offset = len(front) + sum(4 + 8 + len(name) for name in sheets) + len(end)
    for name, body in zip(sheets, bodies, strict=True):
        front += record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name.encode("latin-1"))
        offset += len(body)
    return compound("Workbook", front + end + b"".join(bodies), more_names)


def compound(name: str, stream: bytes, more_names: bytes = b"", more: Mapping[str, bytes] | None = None) -> bytes:
    """A compound file with one stream of that name and ``more``, in sectors of 512 bytes from the second on."""
    streams = {title: content.ljust(4096, b"\0") for title, content in {name: stream, **(more or {})}.items()}
    table, content = [0xFFFFFFFD, 0xFFFFFFFE], b""
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    for number, (title, source) in enumerate(streams.items(), start=2):
        first, count = len(table), -(-len(source) // 512)
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        entries += _entry(title, 2, first, len(source), beside=number if number <= len(streams) else 0xFFFFFFFF)
        content += source.ljust(count * 512, b"\0")
    if len(table) > 127 or len(streams) > 3:
        raise ValueError("the allocation table and the directory of this kit have one sector each")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<109I", 0, *(0xFFFFFFFF,) * 108)
    )
    fat = struct.pack("<128I", *table, *(0xFFFFFFFF,) * (128 - len(table)))
    return header + fat + entries.ljust(512, b"\0") + content + more_names


def _entry(name: str, kind: int, first: int, size: int, *, child: int = 0xFFFFFFFF, beside: int = 0xFFFFFFFF) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, beside, child)
    return encoded.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<II4x", first, size)


def xlsb_record(kind: int, content: bytes = b"") -> bytes:
    """One record of an .xlsb with a content below 128 bytes."""
    numbers = (kind,) if kind < 128 else (kind & 0x7F | 0x80, kind >> 7)
    return bytes((*numbers, len(content))) + content


def xlsb(
    rows: Mapping[int, Iterable[tuple[int, int, bytes]]],
    *,
    looks: Mapping[int, int] | None = None,
    styles: bytes = b"",
    others: Sequence[str] = (),
) -> bytes:
    """An .xlsb with one sheet of cells.

    Args:
        rows: row → kind of record, column and value of each cell.
        looks: column → number of the style of its cells.
        styles: records of the part that holds them.
        others: kinds of further sheets, without cells: ``chartsheet``, ``dialogsheet``.
    """
    look = looks or {}

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    names = {"rId1": "Satu", **{f"rId{number}": kind for number, kind in enumerate(others, start=2)}}
    listed = (xlsb_record(156, bytes(8) + text(relation) + text(name)) for relation, name in names.items())
    book = xlsb_record(143) + b"".join(listed) + xlsb_record(144)
    far = max((column for cells in rows.values() for _, column, _ in cells), default=0)
    sheet = xlsb_record(148, struct.pack("<IIII", 0, max(rows), 0, far)) + xlsb_record(145)
    for row, cells in rows.items():
        sheet += xlsb_record(0, struct.pack("<I", row) + bytes(13))
        sheet += b"".join(
            xlsb_record(kind, struct.pack("<II", column, look.get(column, 0)) + value) for kind, column, value in cells
        )
    kinds = dict(zip(names, ("worksheet", *others), strict=True))
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = "".join(
        f'<Relationship Id="{each}" Type="{space}/{kind}" Target="{kind}s/sheet1.bin"/>' for each, kind in kinds.items()
    )
    return packed(
        {
            "xl/workbook.bin": xlsb_record(131) + book + xlsb_record(132),
            "xl/_rels/workbook.bin.rels": f"<Relationships>{relation}</Relationships>",
            **({"xl/styles.bin": styles} if styles else {}),
            **{f"xl/{kind}s/sheet1.bin": xlsb_record(129) + xlsb_record(130) for kind in others},
            "xl/worksheets/sheet1.bin": xlsb_record(129) + sheet + xlsb_record(146) + xlsb_record(130),
        }
    )


def write(folder: Path, content: bytes, name: str = "tabel.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
