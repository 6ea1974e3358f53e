"""What a .doc or .ppt says is read like a .docx: its heading, its tables row by row, all its parts."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from flows.gather.family import family_of_suffix
from flows.gather.inspect import Inspection, inspect_file
from flows.gather.recognise import rules_of
from flows.model import Condition, ExposureKind, Reach
from tests.forms.grid_kit import compound
from tests.gather.kit import instrument, junk, word

RULES = rules_of(instrument())
NIK, MASKED = "9971014505120001", "9971••••••••0001"
HEAD = "DAFTAR ANAK PENERIMA BANTUAN REKAAN\r"
ROWS = (
    ("No", "Nama Anak", "Tanggal Lahir", "Sekolah"),
    ("1", "Rekaan Satu", "12-05-2012", ""),
    ("2", "Rekaan Dua", "03-07-2013", "SDN Contoh 2"),
    ("3", "Rekaan Tiga", "21-11-2011", "SDN Contoh 1"),
)


def doc(*pieces: tuple[str, bool], skipped: bytes = b"", places: int = 0) -> bytes:
    """A .doc whose text lies in these pieces, each in 8-bit characters or not."""
    source, ends, table = bytearray(0x0400), [0], b""
    for text, is_eight_bit in pieces:
        at = len(source)
        source += text.encode("cp1252" if is_eight_bit else "utf-16-le")
        table += struct.pack("<HIH", 0, (2 * at) | 0x40000000 if is_eight_bit else at, 0)
        ends.append(ends[-1] + (places or len(text)))
    plc = struct.pack(f"<{len(ends)}I", *ends) + table
    clx = skipped + b"\2" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<HH", source, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", source, 0x0A, 0x0200)
    struct.pack_into("<II", source, 0x01A2, 64, len(clx))
    return compound("WordDocument", bytes(source), more={"1Table": bytes(64) + clx})


def ppt(*texts: str) -> bytes:
    """A .ppt with these texts, the first in 8-bit characters, within two containers."""
    atoms = b""
    for number, text in enumerate(texts):
        content = text.encode("utf-16-le" if number else "latin-1")
        atoms += struct.pack("<HHI", 0, 0x0FA0 if number else 0x0FA8, len(content)) + content
    inner = struct.pack("<HHI", 0x0F, 0x0FF0, len(atoms)) + atoms
    return compound("PowerPoint Document", struct.pack("<HHI", 0x0F, 0x03E8, len(inner)) + inner)


def look(tmp_path: Path, name: str, content: bytes) -> Inspection:
    path = tmp_path / name
    path.write_bytes(content)
    found = inspect_file(path, family_of_suffix(path.suffix), RULES)
    assert found.condition is Condition.GOOD
    assert NIK not in repr(found)
    return found


def table_of(rows: tuple[tuple[str, ...], ...]) -> str:
    return "".join("".join(f"{cell}\7" for cell in row) + "\7" for row in rows)


def test_a_list_of_children_in_a_table_is_found_though_a_cell_is_empty(tmp_path: Path) -> None:
    found = look(tmp_path, "a.doc", doc((HEAD, False), (table_of(ROWS) + "Mengetahui\r", True)))

    [one] = found.exposures
    assert (one.kind, one.count, one.example) == (ExposureKind.CHILD_LIST, 3, ", ".join(ROWS[0]))
    assert (found.reach, found.recognised.title) == (Reach.WHOLE, HEAD.strip())


def test_two_tables_with_words_between_them_are_two(tmp_path: Path) -> None:
    other = table_of((("Kegiatan", "Jumlah"), ("Rapat", "2"), ("Pelatihan", "3")))
    between = "Kegiatan tahun 2023\rdilaksanakan dua kali\rsebagaimana tabel berikut\r"

    found = look(tmp_path, "a.doc", doc((HEAD + table_of(ROWS) + between + other + "Selesai\r", True)))

    assert [(one.kind, one.count) for one in found.exposures] == [(ExposureKind.CHILD_LIST, 3)]


def test_a_number_cut_in_two_pieces_is_whole_again_and_counted_once(tmp_path: Path) -> None:
    pieces = (f"Pernyataan\rNIK {NIK[:7]}", True), (NIK[7:] + "\r", False)

    found = look(tmp_path, "a.doc", doc(*pieces, skipped=b"\1\4\0abcd"))

    assert [(one.kind, one.count, one.example) for one in found.exposures] == [
        (ExposureKind.RESIDENT_NUMBER, 1, MASKED)
    ]
    assert found.reach is Reach.WHOLE


def test_what_a_field_is_told_is_not_what_it_says(tmp_path: Path) -> None:
    field = '\x13 HYPERLINK "http://contoh.invalid" \x14Laporan Kegiatan Rekaan\x15\r'

    assert look(tmp_path, "a.doc", doc((field, True))).recognised.title == "Laporan Kegiatan Rekaan"


def test_cells_of_a_table_on_a_slide_are_rows_though_some_are_alike(tmp_path: Path) -> None:
    """A .ppt keeps cells as loose texts, and other texts several times: those alone are told once."""
    cells = ("No", "Nama", "L/P", "Umur", "1", "Siti Rekaan", "P", "9", "2", "Wulan Andai", "P", "9")
    found = look(tmp_path, "a.ppt", ppt(*cells, f"NIK {NIK}", f"NIK {NIK}"))

    assert {(one.kind, one.count) for one in found.exposures} == {
        (ExposureKind.CHILD_LIST, 2),
        (ExposureKind.RESIDENT_NUMBER, 1),
    }


def test_the_title_above_a_table_of_an_rtf_is_a_line_by_itself(tmp_path: Path) -> None:
    """Names of fonts and styles stand before the first words, and would run into them."""
    rows = "".join(
        rf"{{\trowd {name}\cell Jl. Rekaan\cell 300.000\cell\row}}" for name in ("Nama", "Siti Umpama", "Budi")
    )
    rows = rows.replace("Jl. Rekaan", "Alamat", 1).replace("300.000", "Nominal", 1)
    fonts = "".join(rf"{{\f{number} Huruf Rekaan {number};}}" for number in range(30))
    source = rf"{{\rtf1{{\fonttbl{fonts}}}\sectd Daftar penerima santunan anak yatim\par {rows}}}"

    assert ExposureKind.CHILD_LIST in {one.kind for one in look(tmp_path, "a.rtf", source.encode()).exposures}


def test_texts_of_slides_are_read(tmp_path: Path) -> None:
    found = look(tmp_path, "a.ppt", ppt("Paparan Kegiatan Rekaan", f"NIK\r{NIK}", "___PPT10"))

    assert [(one.example, one.hidden) for one in found.exposures] == [(MASKED, "")]
    assert (found.recognised.title, found.reach) == ("Paparan Kegiatan Rekaan", Reach.WHOLE)


@pytest.mark.parametrize(
    "content",
    [
        doc((HEAD, True), places=2**31),
        doc(*[("a", True)] * 40, places=4_000_000_000 // 40),
        doc((HEAD, True), skipped=b"\1\xff\xff"),
        compound("WordDocument", b"\xec\xa5\xc1\0" + bytes(6) + b"\0\2" + b"\xff" * 2000, more={"1Table": junk(900)}),
        compound("PowerPoint Document", struct.pack("<HHI", 0, 0x0FA0, 2**32 - 1) + junk(900)),
    ],
)
def test_lying_tables_and_lengths_cost_nothing(tmp_path: Path, content: bytes) -> None:
    suffix = "ppt" if b"P\0o\0w\0e\0r" in content else "doc"

    assert look(tmp_path, f"a.{suffix}", content).exposures == ()


def test_an_rtf_is_recognised_as_the_same_paper_in_word(tmp_path: Path) -> None:
    """Fonts, styles, shapes and instructions of fields are no words of it; a letter is read once, not twice."""
    lines = [
        "KEPUTUSAN WALI KOTA CONTOH",
        "NOMOR 188.45/12/2023",
        "TENTANG",
        "LAYANAN CAF\u00c9",
        "pada tanggal 3 Maret 2023",
    ]
    body = r"\par ".join(line.replace("\u00c9", r"\u201\'c9") for line in lines)
    head = r"{\fonttbl{\f0 Laporan;}}{\stylesheet{\s1 Perda;}}{\*\generator x}{\info{\title Lain}}"
    aside = r"{\*\pnseclvl1{\pntxta .}}{\shp{\sp{\sn shapeType}{\sv 75}}}{\field{\*\fldinst DATE}}"
    found = look(tmp_path, "a.rtf", rf"{{\rtf1\ansi{head}\sectd{aside}\pard {body}\par}}".encode())
    same = look(tmp_path, "a.docx", word(*lines))
    assert (found.recognised, found.document) == (same.recognised, same.document)
    assert found.recognised.kinds == ("sk",)
    assert "LAYANAN CAF\u00c9" in found.recognised.title
    assert (found.detail, found.has_text) == ("", True)
