"""Content streams are read by one expression, which gives what the library gives, or leaves the stream to it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from flows.render.binding.pdfa.plain import Objects
from flows.render.binding.pdfa.scan import Instruction, OddError, instructions, parsed
from tests.render.binding import archive_kit as kit


def _library(pdf: pikepdf.Pdf, stream: object) -> list[Instruction]:
    return [("TJ" if operator == "Tj" else operator, told) for operator, told in parsed(stream, {}, Objects(pdf))]


def test_pages_read_alike_either_way(tmp_path: Path) -> None:
    desk = kit.Desk(tmp_path)
    desk.archive(desk.originals(), tmp_path)
    with pikepdf.open(tmp_path / kit.NAME) as pdf:
        for page in pdf.pages:
            found = instructions(page.Contents.read_bytes())
            assert {"BDC", "EMC", "Tf", "TJ", "q", "Q"} <= {operator for operator, _ in found}
            assert found == _library(pdf, page)


@pytest.mark.parametrize(
    "content",
    [
        b"q 1 0 0 1 .5 -2. cm /Kla gs 0 0 1 rg 0 0 9 9 re W* n f* Q\n",
        b"  /P <</MCID 12>>BDC BT /F1 9.5 Tf [<00410042> -120.5<0043>]TJ <0041>Tj ET EMC",
        b"/Artifact <</Type /Pagination>> BDC [3 2.5] 0 d 0 0 m 9 9 l S EMC /Pola cs /P0 scn 1 0 0 SC f",
        b"-123456789.5 123456789 +5 0. m [-0.5 -.25 +7]0 d S /Kla gs",
        b"0 0 0 1 k /Bagus ri /Gambar Do /Bayang sh",
        b"",
    ],
)
def test_what_a_typesetter_writes_is_read_at_once(content: bytes) -> None:
    with pikepdf.new() as pdf:
        assert instructions(content) == _library(pdf, pdf.make_stream(content))


@pytest.mark.parametrize(
    "content",
    [
        b"BT (EMC f Q) Tj ET",
        b"q % Q\n f",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID f EI",
        b"1 2 ajaib",
        b"/a#20b gs",
        b"/P /Daftar BDC EMC",
        b"/P <</MCID 1 /Lang (id)>> BDC EMC",
        b"[<004>] TJ",
        b"0 0 9 9 re f 12",
        b"1 0 0 1 1234567890 0 cm",
        b"[1234567890] 0 d 0 0 m",
        b"BT [<0041> 1234567890] TJ ET",
        b"0." + b"0" * 31 + b" w",
        b"/" + b"x" * 128 + b" gs",
        b"/P <</Uji 1234567890>> BDC EMC",
        b"qQ",
        b"/a gs/b gs",
    ],
)
def test_everything_else_is_left_to_the_library(content: bytes) -> None:
    with pytest.raises(OddError):
        instructions(content)
