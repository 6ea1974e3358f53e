"""Each bound on both sides, at its real value: a file just below is read whole, one just above says which bound it met.

What a bound cuts off holds the number of a person in its last piece, so that "read whole" is seen and not believed.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Dictionary, Name
from PIL import Image

from flows import bounds, wording
from flows.bounded import BoundedPool
from flows.findings import load_catalogue
from flows.gather.family import family_of_suffix
from flows.gather.inspect import Inspection, inspect_file
from flows.gather.recognise import rules_of
from flows.gather.workshop import Workshop
from flows.model import Condition, Reach
from flows.validate import judge_manifest
from tests.gather.kit import city, instrument, pdf, take, word, workbook, write

NUMBER = "NIK 9971014505120001"


def look(tmp_path: Path, name: str, content: bytes) -> Inspection:
    path = tmp_path / name
    path.write_bytes(content)
    return inspect_file(path, family_of_suffix(path.suffix), rules_of(instrument()))


def members(count: int) -> bytes:
    target = io.BytesIO(word("Laporan contoh"))
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(count - len(archive.namelist())):
            archive.writestr(f"docProps/{number}.xml", b"")
    return target.getvalue()


def unpacked(size: int) -> bytes:
    """A document of ``size`` bytes, half of which hardly pack."""
    target = io.BytesIO(word("Laporan contoh"))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        left = size - sum(info.file_size for info in archive.infolist())
        with archive.open("docProps/a.bin", "w") as part:
            for _ in range(left // 1_000_000):
                part.write(b"kata ke kata" * 50_000 + b"\0" * 400_000)
            part.write(b"\0" * (left % 1_000_000))
    return target.getvalue()


def packed_blanks(size: int) -> bytes:
    target = io.BytesIO(word("Laporan contoh"))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/a.xml", b" " * (size - sum(info.file_size for info in archive.infolist())))
    return target.getvalue()


def dots(count: int) -> bytes:
    target = io.BytesIO()
    Image.new("1", (10_000, count // 10_000)).save(target, "PNG")
    return target.getvalue()


def frames(count: int) -> bytes:
    target = io.BytesIO()
    first, *others = [Image.new("1", (8, 8)) for _ in range(count)]
    first.save(target, "TIFF", save_all=True, append_images=others)
    return target.getvalue()


REFUSED: dict[str, tuple[str, Callable[[int], bytes], int, int, str]] = {
    "parts": ("docx", members, bounds.CONTAINER_MEMBERS, 1, wording.number(bounds.CONTAINER_MEMBERS)),
    "bytes within": ("docx", unpacked, bounds.CONTAINER_BYTES, 1, wording.number(bounds.CONTAINER_BYTES)),
    "packing": (
        "docx",
        packed_blanks,
        bounds.CONTAINER_RATIO_MATTERS_BYTES,
        40_000_000,
        wording.number(bounds.CONTAINER_RATIO),
    ),
    "dots": ("png", dots, bounds.PICTURE_PIXELS, 10_000, wording.number(bounds.PICTURE_PIXELS)),
    "frames": ("tif", frames, bounds.PICTURE_FRAMES, 1, wording.number(bounds.PICTURE_FRAMES)),
}
"""Suffix, what makes a file of so much, the bound, what is more, and what the finding says."""


@pytest.mark.parametrize("case", REFUSED)
def test_what_goes_beyond_a_bound_is_refused_with_its_value_and_a_repair(tmp_path: Path, case: str) -> None:
    suffix, made, bound, more, said = REFUSED[case]
    below = look(tmp_path, f"bawah.{suffix}", made(bound))
    assert below.condition is Condition.GOOD
    above = look(tmp_path, f"atas.{suffix}", made(bound + more))
    assert above.condition is Condition.REFUSED
    assert f"{said}" in load_catalogue().details[above.detail]
    assert load_catalogue().remedies[above.detail]


def pages(count: int) -> bytes:
    document = pikepdf.Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    used = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
    for number in range(count):
        document.add_blank_page()
        text = NUMBER if number == count - 1 else f"halaman {number}"
        document.pages[-1].Resources = used
        document.pages[-1].Contents = document.make_stream(f"BT /F1 10 Tf 40 700 Td ({text}) Tj ET".encode())
    return _saved(document)


def attachments(count: int) -> bytes:
    document = pikepdf.open(io.BytesIO(pdf(["Laporan contoh"])))
    for number in range(count):
        text = NUMBER if number == count - 1 else "lampiran"
        document.attachments[f"{number:03}.txt"] = AttachedFileSpec(document, text.encode())
    return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def cells(count: int) -> bytes:
    return b"a;b;c;d\n" * (count // 4 - 1) + f"{NUMBER};b;c\n".encode()


CUT: dict[str, tuple[str, Callable[[int], bytes], int, int]] = {
    "pages": ("pdf", pages, bounds.SCAN_PAGES, 1),
    "attachments": ("pdf", attachments, bounds.ATTACHMENTS, 1),
    "cells": ("csv", cells, bounds.SCAN_CELLS, 8),
    "characters": ("txt", lambda count: b"kata\n" * (count // 5 - 4) + NUMBER.encode(), bounds.SCAN_CHARS, 10_000),
}
"""Suffix, what makes a file of so much, the bound, and what is more."""


@pytest.mark.parametrize("case", CUT)
def test_what_goes_beyond_a_bound_of_looking_is_said_to_be_seen_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    # Counts are tried here; on a slow machine that counts covered lines too, a million cells take longer than allowed.
    monkeypatch.setattr(bounds, "SCAN_SECONDS", 600.0)
    monkeypatch.setattr(bounds, "SCAN_WAITING_SECONDS", 600.0)
    suffix, made, bound, more = CUT[case]
    below = look(tmp_path, f"bawah.{suffix}", made(bound))
    assert (below.condition, below.reach, len(below.exposures)) == (Condition.GOOD, Reach.WHOLE, 1)
    above = look(tmp_path, f"atas.{suffix}", made(bound + more))
    assert (above.condition, above.reach) == (Condition.GOOD, Reach.PART)


@pytest.mark.parametrize(("count", "reach"), [(bounds.SHEETS, Reach.WHOLE), (bounds.SHEETS + 1, Reach.PART)])
def test_every_sheet_up_to_the_bound_is_looked_at(tmp_path: Path, count: int, reach: Reach) -> None:
    found = look(tmp_path, "a.xlsx", workbook(*[[["a", 1]]] * (count - 1), [["x", NUMBER]]))
    assert (found.reach, found.pages, len(found.exposures)) == (reach, count, 1)


def large_picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (6_000, 6_500)).save(target, "PNG")
    return target.getvalue()


COSTLY: dict[str, tuple[str, Callable[[], bytes], dict[str, Any], str, str]] = {
    "time": ("csv", lambda: cells(bounds.SCAN_CELLS), {"seconds": 0.6}, "inspection-timeout", "30 detik"),
    "memory": ("png", large_picture, {"memory_bytes": 300_000_000}, "too-large", "1.500.000.000 bita"),
}
"""Suffix, a file that really takes long or much, what its child may take instead of that, and what is said."""


@pytest.mark.parametrize("case", COSTLY)
def test_a_child_that_takes_too_long_or_too_much_costs_its_file_one_finding(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suffix, made, given, detail, said = COSTLY[case]
    path = f"Dinkes/12.2 besar.{suffix}"
    root = write(tmp_path, {path: made(), "Dinkes/12.1 kecil.txt": "Laporan contoh", "Dinkes/12.7 kecil.csv": "a;b\n"})
    assert {file.condition for file in take(root).files} == {Condition.GOOD}, "within the bounds it is read"
    monkeypatch.setattr(sys.modules[Workshop.__module__], "BoundedPool", partial(BoundedPool, **given))
    manifest = take(root)
    conditions = {file.path: (file.condition, file.detail) for file in manifest.files}
    assert conditions.pop(path) == (Condition.REFUSED, detail)
    assert set(conditions.values()) == {(Condition.GOOD, "")}
    found = [each for each in judge_manifest(city(), instrument(), manifest) if each.path == path]
    assert [each.code for each in found] == ["refused-file"]
    assert said in load_catalogue().describe(found[0]).sentence


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("archive-partly-listed", [bounds.ARCHIVE_MEMBERS]),
        ("form-too-long", [bounds.SHEET_ROWS, bounds.SHEET_COLUMNS, bounds.SHEET_CELLS]),
        ("privacy-partly", [bounds.SCAN_PAGES, bounds.SCAN_CELLS, bounds.SCAN_CHARS, bounds.ATTACHMENTS]),
    ],
)
def test_a_bound_that_cuts_is_told_with_its_value(code: str, said: list[int]) -> None:
    assert all(wording.number(each) in load_catalogue().entries[code].sentence for each in said)
