"""Separated values as a sheet: in every spelling in which portals and office programs write them, within bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import bounds
from flows.forms.grid_separated import open_separated

ROWS = [["Kecamatan", "Anak", "Kode"], ["Contoh Utara", 1230.0, "007"], ["Contoh Selatan", "2.001", "1,5"]]


def values(tmp_path: Path, content: bytes) -> list[list[object]]:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    (sheet,) = open_separated(path, "a").sheets
    return [list(row) for row in sheet.rows]


@pytest.mark.parametrize(
    "content",
    [
        b"Kecamatan;Anak;Kode\r\nContoh Utara;1230;007\r\nContoh Selatan;2.001;1,5\r\n",
        '\ufeffKecamatan,Anak,Kode\nContoh Utara,1230,007\nContoh Selatan,2.001,"1,5"\n'.encode(),
        "Kecamatan\tAnak\tKode\nContoh Utara\t 1230 \t007\nContoh Selatan\t2.001\t1,5\n".encode("utf-16"),
    ],
    ids=["semicolons", "commas and a mark", "tabs in UTF-16"],
)
def test_values_are_what_a_spreadsheet_program_shows(tmp_path: Path, content: bytes) -> None:
    """Whole numbers are numbers, codes with a zero in front stay texts, all else is read where its column is known."""
    assert values(tmp_path, content) == ROWS


def test_letters_of_windows_are_read(tmp_path: Path) -> None:
    assert values(tmp_path, "Kafé;1\nDesa;2\n".encode("cp1252"))[0] == ["Kafé", 1.0]


@pytest.mark.parametrize("content", [b"", b"Laporan kegiatan\nsatu baris\n", b"<html><body>a;b\nc;d</body></html>"])
def test_what_is_no_table_has_no_sheet(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert open_separated(path, "a").sheets == ()


def test_a_long_file_is_cut_at_the_bounds_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Kecamatan;Anak\n" * 50)
    monkeypatch.setattr(bounds, "SHEET_ROWS", 20)
    (sheet,) = open_separated(path, "a").sheets
    assert (sheet.height, sheet.is_cut) == (20, True)
    monkeypatch.setattr(bounds, "SHEET_CELLS", 10)
    (sheet,) = open_separated(path, "a").sheets
    assert (sheet.height, sheet.is_cut) == (5, True)
    monkeypatch.setattr(bounds, "SHEET_TEXT_BYTES", 40)
    (sheet,) = open_separated(path, "a").sheets
    assert sheet.is_cut
