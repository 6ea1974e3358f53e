"""Files that act, fetch or grow without a macro are named: fields, links, queries, entities, old formats and new."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import pytest

from flows import bounds
from flows.model import Condition, Reach
from tests.forms.grid_kit import record, xls, xls_number, xlsb
from tests.gather.kit import word
from tests.gather.scan_kit import NIK, look, with_members


def _rtf(content: bytes) -> bytes:
    return b"{\\rtf1\\ansi Laporan contoh " + content + b"}"


def _named(name: str) -> bytes:
    head = struct.pack("<HBBHHHBBBB", 0, 0, len(name), 0, 0, 0, 0, 0, 0, 0)
    return record(0x18, head + b"\1" + name.encode("utf-16-le"))


_CELLS = [xls_number(0, 0, 1.0)]
_CHUNK = (
    b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" '
    b'Target="https://contoh.invalid/a.html" TargetMode="External"/></Relationships>'
)
BOMB = "<!ENTITY a 'haha'>" + "".join(
    f"<!ENTITY {b} '{(chr(38) + a + chr(59)) * 10}'>" for a, b in pairwise("abcdefghij")
)
ACTING = {
    "bomb.xml": f"<?xml version='1.0'?><!DOCTYPE r [{BOMB}]><r>&j;</r>".encode(),
    "bomb.svg": f"<?xml version='1.0'?><!DOCTYPE svg [{BOMB}]><svg><text>&j;</text></svg>".encode(),
    "picture of the internet.rtf": _rtf(
        b'{\\field{\\*\\fldinst INCLUDEPICTURE "https://contoh.invalid/a.png" \\\\d}{\\fldrslt x}}'
    ),
    "text of a server.rtf": _rtf(b'{\\field{\\*\\fldinst INCLUDETEXT "\\\\\\\\contoh.invalid\\\\a.doc"}{\\fldrslt x}}'),
    "link to a book.rtf": _rtf(
        b'{\\field{\\*\\fldinst LINK Excel.Sheet.8 "\\\\\\\\contoh.invalid\\\\a.xls" R1C1}{\\fldrslt x}}'
    ),
    "object that is fetched.rtf": _rtf(b"{\\object\\objautlink\\objupdate{\\*\\objclass Word.Document.8}}"),
    "dde in pieces.rtf": _rtf(b"{\\field{\\*\\fldinst {DD}{E}{AUTO} c:\\\\\\\\x}}"),
    "connection.xls": xls({"A": _CELLS}, globals_=record(0x876, struct.pack("<HH", 0x876, 0) + bytes(40))),
    "query.xls": xls({"A": [record(0x1AD, struct.pack("<HH", 1, 0) + b"\x05\0\0Kueri"), *_CELLS]}),
    "webservice.xls": xls({"A": _CELLS}, globals_=_named("_xlfn.WEBSERVICE")),
    "webservice.xlsb": with_members(
        xlsb({0: [(5, 0, bytes(8))]}), {"xl/workbook.bin": lambda part: part + "_xlfn.WEBSERVICE".encode("utf-16-le")}
    ),
    "page of the internet.docx": with_members(
        word("Laporan contoh"),
        {"word/_rels/document.xml.rels": lambda part: part.replace(b"</Relationships>", _CHUNK)},
    ),
    "macro.xml": (
        b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><pkg:package "
        b"xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'><pkg:part pkg:name='/word/vbaProject.bin'>"
        b"<pkg:binaryData>AAAA</pkg:binaryData></pkg:part></pkg:package>"
    ),
    "file of the computer.xml": (
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><r>&a;</r>"
    ),
}


@pytest.mark.parametrize("name", ACTING)
def test_what_acts_or_is_fetched_from_outside_is_named(tmp_path: Path, name: str) -> None:
    assert look(tmp_path, name, ACTING[name]).active


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "link.rtf",
            _rtf(rb'{\field{\*\fldinst HYPERLINK "https://contoh.invalid/link " }{\fldrslt link pendaftaran}}'),
        ),
        ("halaman.rtf", _rtf(rb"{\field{\*\fldinst PAGE}{\fldrslt 1}} link LINK berikut ")),
        ("entitas.xml", b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY dp3a 'Dinas Contoh'>]><r>&dp3a;</r>"),
        ("angka.xls", xls({"A": _CELLS}, globals_=_named("DaftarAnak"))),
    ],
)
def test_what_only_shows_is_not(tmp_path: Path, name: str, content: bytes) -> None:
    assert not look(tmp_path, name, content).active


@pytest.mark.parametrize("name", ["a.xml", "a.svg", "a.html", "a.fods"])
def test_a_number_in_pieces_of_entities_is_found_or_the_file_is_not_said_to_be_seen(tmp_path: Path, name: str) -> None:
    """Every browser shows the whole number."""
    pieces = f"<!ENTITY a '{NIK[:8]}'><!ENTITY b '{NIK[8:]}'>"
    found = look(tmp_path, name, f"<?xml version='1.0'?><!DOCTYPE svg [{pieces}]><svg>NIK &a;&b;</svg>".encode())
    assert found.exposures or found.reach is not Reach.WHOLE


def test_an_rtf_beyond_the_bound_is_said_not_to_be_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ACTIVE_XML_BYTES", 1_000)
    assert "not-searched" in look(tmp_path, "a.rtf", _rtf(b"x " * 1_000)).active


def test_a_short_table_with_a_sign_of_direction_is_no_damage(tmp_path: Path) -> None:
    assert look(tmp_path, "a.csv", "Nama,\u202eJumlah\nA,1\n".encode()).condition is Condition.GOOD
