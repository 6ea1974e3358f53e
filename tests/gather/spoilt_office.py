"""Damaged and hostile Office files, old and new, each with the state it must be found in."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from flows.model import Condition
from tests.forms.grid_kit import compound, record, xls, xls_number, xlsb
from tests.gather.kit import junk, packed, word, workbook

Case = tuple[str, bytes, Condition]
_GOOD, _BAD, _OTHER, _REFUSED = Condition.GOOD, Condition.DAMAGED, Condition.WRONG_EXTENSION, Condition.REFUSED
_LOCKED = Condition.LOCKED
_XLSX, _DOCX = workbook([["Kecamatan", "Jumlah"], ["Contoh Utara", 5]]), word("LAPORAN CONTOH", cell="isi")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XLS = xls({"Satu": [xls_number(0, 0, 1.0)]})
_SHEET, _TEXT, _STRINGS = "xl/worksheets/sheet1.xml", "word/document.xml", "xl/sharedStrings.xml"
_NAMESPACE = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LOST_PICTURE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/no.png"/>'
    b"</Relationships>"
)
_ODT = "application/vnd.oasis.opendocument.text"


@cache
def _parts(content: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def with_named(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """``content`` with parts replaced, added or, where None, left out."""
    parts: dict[str, bytes | None] = {**dict(_parts(content)), **changes}
    return packed({name: part for name, part in parts.items() if part is not None})


def entities(root: bytes) -> bytes:
    """XML that unfolds to a milliard letters."""
    lines = b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij")
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + lines + b"]>" + root


def outside(root: bytes) -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>' + root


def sheet(cells: bytes) -> bytes:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return b'<worksheet %s><sheetData><row r="1">%s</row></sheetData></worksheet>' % (space, cells)


def promising(count: bytes) -> bytes:
    """Shared texts of a workbook that say how many they are."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<sst xmlns="%s" count="3" uniqueCount="%s"><si><t>Kecamatan</t></si></sst>' % (main, count)


def document(body: bytes) -> bytes:
    return b"<w:document %s><w:body>%s</w:body></w:document>" % (_NAMESPACE, body)


def odt(content: bytes, manifest: bytes = b"<manifest/>") -> bytes:
    return packed({"mimetype": _ODT.encode(), "META-INF/manifest.xml": manifest, "content.xml": content})


def as_kind(kind: str) -> bytes:
    """A document that says it is of another kind: one with macros, a template."""
    types = dict(_parts(_DOCX))["[Content_Types].xml"]
    return with_named(
        _DOCX, {"[Content_Types].xml": types.replace(f"{_WORD}.document.main+xml".encode(), kind.encode())}
    )


def _with_macro_sheet() -> bytes:
    """A workbook whose sheet is one of Excel 4.0 macros."""
    parts = dict(_parts(_XLSX))
    name = "xl/_rels/workbook.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relations = parts[name].replace(b"worksheets/", b"macrosheets/")
    relations = relations.replace(kind + b'"', b'http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"')
    return with_named(
        _XLSX, {name: relations, _SHEET: None, _SHEET.replace("worksheets", "macrosheets"): parts[_SHEET]}
    )


@cache
def _zeros(megabytes: int) -> bytes:
    return b" " * 1_000_000 * megabytes


def _lying(content: bytes) -> bytes:
    """A container whose directory says that its largest part unpacks to nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        largest = max(archive.infolist(), key=lambda info: info.file_size)
        size = largest.file_size.to_bytes(4, "little")
    at = content.rfind(size)
    return content[:at] + b"\1\0\0\0" + content[at + 4 :]


_CELL = b'<c r="A1" t="inlineStr"><is><t>%s</t></is></c>'
_P = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
CASES: dict[str, Case] = {
    "sound xlsx": ("xlsx", _XLSX, _GOOD),
    "sound docx": ("docx", _DOCX, _GOOD),
    "sound xls": ("xls", _XLS, _GOOD),
    "sound xlsb": ("xlsb", xlsb({0: [(5, 0, bytes(8))]}), _GOOD),
    "xlsb whose sheet is nowhere": (  # the library gives up with an exception that is none of Python's
        "xlsb",
        with_named(xlsb({0: [(5, 0, bytes(8))]}), {"xl/_rels/workbook.bin.rels": b"<Relationships></Relationships>"}),
        _BAD,
    ),
    "sound odt": ("odt", odt(b"<office:text>Laporan contoh</office:text>"), _GOOD),
    "half xlsx": ("xlsx", _XLSX[: len(_XLSX) // 2], _BAD),
    "half docx": ("docx", _DOCX[: len(_DOCX) // 2], _BAD),
    "half xls": ("xls", _XLS[: len(_XLS) // 2], _BAD),
    "without its directory": ("xlsx", _XLSX[:-30], _BAD),
    "junk called xlsx": ("xlsx", junk(4000), _BAD),
    "junk called docx": ("docx", junk(4000), _BAD),
    "junk behind a zip's head": ("xlsx", b"PK\x03\x04" + junk(4000), _BAD),
    "junk behind the old head": ("xls", _OLE + junk(4000), _BAD),
    "head of the old kind alone": ("doc", _OLE, _BAD),
    "an empty zip": ("xlsx", b"PK\x05\x06" + bytes(18), _BAD),
    "docx called xlsx": ("xlsx", _DOCX, _OTHER),
    "xlsx called docx": ("docx", _XLSX, _OTHER),
    "xlsx called xls": ("xls", _XLSX, _OTHER),
    "web page called xls": ("xls", b"<html><table><tr><td>Kecamatan</td></tr></table></html>", _OTHER),
    "text called docx": ("docx", b"Laporan contoh tahun 2023", _OTHER),
    "rtf called doc": ("doc", b"{\\rtf1 Laporan contoh}", _OTHER),
    "rtf of 50,000 brackets": ("rtf", b"{\\rtf1" + b"{" * 50_000 + b"}" * 50_000, _GOOD),
    "behind a password": ("xlsx", _OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500), _LOCKED),
    "old one behind a password": (
        "xls",
        xls({"A": [xls_number(0, 0, 1.0)]}, globals_=record(0x2F, bytes(52))),
        _LOCKED,
    ),
    "doc behind a password": (
        "doc",
        compound("WordDocument", b"\xec\xa5" + bytes(8) + b"\x00\x01" + junk(4000)),
        _LOCKED,
    ),
    "doc without one": ("doc", compound("WordDocument", b"\xec\xa5" + bytes(8) + b"\x00\x02" + junk(4000)), _GOOD),
    "doc of a program that writes in capitals": ("doc", compound("WORDDOCUMENT", bytes(4000)), _GOOD),
    "ppt behind a password": (
        "ppt",
        compound("Current User", bytes(12) + b"\xdf\xc4\xd1\xf3", "PowerPoint Document\0".encode("utf-16-le")),
        _LOCKED,
    ),
    "xls with a document within": (
        "xls",
        xls({"A": [xls_number(0, 0, 1.0)]}, more_names="WordDocument\0".encode("utf-16-le")),
        _GOOD,
    ),
    "odt behind a password": ("odt", odt(junk(300), b"<manifest:encryption-data/>"), _LOCKED),
    "with macros": ("docm", as_kind("application/vnd.ms-word.document.macroEnabled.main+xml"), _GOOD),
    "template": ("dotx", as_kind(f"{_WORD}.template.main+xml"), _GOOD),
    "picture that is not there": ("docx", with_named(_DOCX, {"word/_rels/document.xml.rels": _LOST_PICTURE}), _GOOD),
    "no sheet": ("xlsx", with_named(_XLSX, {_SHEET: None}), _GOOD),
    "no book": ("xlsx", with_named(_XLSX, {"xl/workbook.xml": None}), _BAD),
    "no text": ("docx", with_named(_DOCX, {_TEXT: None}), _BAD),
    "sheet of junk": ("xlsx", with_named(_XLSX, {_SHEET: junk(3000)}), _GOOD),
    "text of junk": ("docx", with_named(_DOCX, {_TEXT: junk(3000)}), _BAD),
    "sheet of 40 MB of blanks": ("xlsx", with_named(_XLSX, {_SHEET: _zeros(40)}), _REFUSED),
    "text of 40 MB of blanks": ("docx", with_named(_DOCX, {_TEXT: _zeros(40)}), _REFUSED),
    "texts of 40 MB of blanks": ("xlsx", with_named(_XLSX, {_STRINGS: _zeros(40)}), _REFUSED),
    "drawing of 40 MB of blanks": ("docx", with_named(_DOCX, {"word/media/image1.png": _zeros(40)}), _REFUSED),
    "30,000 members": (
        "docx",
        with_named(_DOCX, {f"word/media/{number}.txt": b"" for number in range(30_000)}),
        _REFUSED,
    ),
    "milliard of letters in a sheet": ("xlsx", with_named(_XLSX, {_SHEET: entities(sheet(_CELL % b"&j;"))}), _GOOD),
    "milliard of letters in a text": ("docx", with_named(_DOCX, {_TEXT: entities(document(_P % b"&j;"))}), _BAD),
    "milliard of letters in an odt": ("odt", odt(entities(b"<a>&j;</a>")), _GOOD),
    "file of the computer in a sheet": ("xlsx", with_named(_XLSX, {_SHEET: outside(sheet(_CELL % b"&j;"))}), _GOOD),
    "file of the computer in a text": ("docx", with_named(_DOCX, {_TEXT: outside(document(_P % b"&j;"))}), _GOOD),
    "100,000 storeys in a text": (
        "docx",
        with_named(_DOCX, {_TEXT: document(b"<w:p>" * 100_000 + b"</w:p>" * 100_000)}),
        _BAD,
    ),
    "100,000 storeys in an odt": ("odt", odt(b"<a>" * 100_000 + b"</a>" * 100_000), _GOOD),
    "100,000 storeys in a sheet": (
        "xlsx",
        with_named(_XLSX, {_SHEET: sheet(b"<a>" * 100_000 + b"</a>" * 100_000)}),
        _GOOD,
    ),
    "cell at the end of the world": (
        "xlsx",
        with_named(_XLSX, {_SHEET: sheet(b'<c r="XFD1048576"><v>1</v></c>')}),
        _GOOD,
    ),
    "cell at the end of the world in single quotes": (
        "xlsx",
        with_named(_XLSX, {_SHEET: sheet(b"<c r = 'XFD1048576'><v>1</v></c>")}),
        _GOOD,
    ),
    "cells without addresses as far as they go": (
        "xlsx",
        with_named(
            _XLSX,
            {_SHEET: sheet(b"<c><v>1</v></c>" * 16_000 + b'</row><row r="9999"><c><v>1</v></c>')},
        ),
        _GOOD,
    ),
    "cells and rows without addresses": (
        "xlsx",
        with_named(
            _XLSX,
            {_SHEET: sheet(b"<c><v>1</v></c>" * 16_000 + b"</row><row><c><v>1</v></c>" * 9_000)},
        ),
        _GOOD,
    ),
    "xlsb with a cell at the end of the world": (
        "xlsb",
        xlsb({0: [(5, 0, bytes(8))], 1_048_575: [(5, 16_383, bytes(8))]}),
        _GOOD,
    ),
    "more texts promised than there is memory": (  # the library would ask for 51 GB, and abort
        "xlsx",
        with_named(_XLSX, {"xl/sharedStrings.xml": promising(b"2147483647")}),
        _BAD,
    ),
    "texts promised by a number without end": (
        "xlsx",
        with_named(_XLSX, {"xl/sharedStrings.xml": promising(b"9" * 10_000)}),
        _BAD,
    ),
    "cell in a row beyond all numbers": (  # laid out densely it would ask for a terabyte, and the library would abort
        "xlsx",
        with_named(_XLSX, {_SHEET: sheet(b'<c r="A9223372036854775807"><v>1</v></c>')}),
        _BAD,
    ),
    "cell beyond the end": ("xlsx", with_named(_XLSX, {_SHEET: sheet(b'<c r="ZZZZZ99999999999"><v>1</v></c>')}), _BAD),
    "text of 5 MB in a cell": ("xlsx", with_named(_XLSX, {_SHEET: sheet(_CELL % (b"a" * 5_000_000))}), _GOOD),
    "number without end": (
        "xlsx",
        with_named(_XLSX, {_SHEET: sheet(b'<c r="A1"><v>%s</v></c>' % (b"9" * 100_000))}),
        _GOOD,
    ),
    "text that is not there": (
        "xlsx",
        with_named(_XLSX, {_SHEET: sheet(b'<c r="A1" t="s"><v>999999999</v></c>')}),
        _GOOD,
    ),
    "sheet of macros": ("xlsm", _with_macro_sheet(), _OTHER),
    "directory lies": ("xlsx", _lying(_XLSX), _GOOD),
    "directory says four milliards": ("docx", _DOCX.replace(b"PK\x01\x02", b"PK\x01\x02", 1)[:-8] + b"\xff" * 8, _BAD),
    "macros": ("xlsm", with_named(_XLSX, {"xl/vbaProject.bin": junk(5000)}), _OTHER),
    "macros of an old container": ("docm", with_named(_DOCX, {"word/vbaProject.bin": _OLE + junk(5000)}), _OTHER),
    "object within": ("docx", with_named(_DOCX, {"word/embeddings/oleObject1.bin": _OLE + junk(900)}), _GOOD),
    "workbook within that is a bomb": (
        "docx",
        with_named(_DOCX, {"word/embeddings/a.xlsx": with_named(_XLSX, {_SHEET: _zeros(40)})}),
        _GOOD,
    ),
    "picture within that is a bomb": (
        "docx",
        with_named(_DOCX, {"word/media/a.png": b"\x89PNG\r\n\x1a\n" + junk(99)}),
        _GOOD,
    ),
    "parts outside": ("docx", with_named(_DOCX, {"../../../naik.xml": b"<a/>", "/akar.xml": b"<a/>"}), _GOOD),
    "xlsb of junk": ("xlsb", packed({"xl/workbook.bin": junk(900), "xl/worksheets/sheet1.bin": junk(900)}), _BAD),
    "kind of another world": ("odt", packed({"mimetype": b"application/vnd.oasis.opendocument.rekaan"}), _OTHER),
}
