"""Bounds of looking for personal data and active content, on both sides: what lies in the last piece, and one more.

Where the real bound would cost seconds a small one stands for it. A file beyond is read, and said to be seen in part.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from docx.document import Document
from pikepdf import Array, Dictionary, Name
from PIL import Image

from flows import bounds
from flows.model import Condition, Reach
from tests.forms.grid_kit import record, xls, xls_number
from tests.gather.scan_kit import NIK, docx, look, ods, pdf_with

NUMBER = f"NIK {NIK}"


def texts(count: int) -> list[str]:
    """So many, of which the last is the number of a person."""
    return [*(f"catatan {number}" for number in range(count - 1)), NUMBER]


def notes(count: int) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        made = [
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=text) for text in texts(count)
        ]
        document.pages[0].Annots = Array([document.make_indirect(each) for each in made])

    return pdf_with(change)


def fields(count: int) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        made = [Dictionary(FT=Name.Tx, T=f"isian {at}", V=text) for at, text in enumerate(reversed(texts(count)))]
        document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(each) for each in made]))

    return pdf_with(change)


def titles(count: int) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        with document.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(text, 0) for text in texts(count))

    return pdf_with(change)


def letters(count: int) -> bytes:
    """A page of ``count`` letters."""

    def change(document: pikepdf.Pdf) -> None:
        words = ("kata " * count)[: count - len(NUMBER)] + NUMBER
        document.pages[0].Contents = document.make_stream(f"BT /F1 1 Tf 4 700 Td ({words}) Tj ET".encode())

    return pdf_with(change)


def photo(step: int, comment: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8 + step, 8)).save(target, "JPEG", comment=comment.encode())
    return target.getvalue()


def photos(count: int) -> list[bytes]:
    return [photo(step, text) for step, text in enumerate(texts(count))]


def photos_of_pdf(count: int) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        shape = {"Type": Name.XObject, "Subtype": Name.Image, "Filter": Name.DCTDecode, "ColorSpace": Name.DeviceRGB}
        document.pages[0].Resources.XObject = Dictionary(
            {
                f"/I{at}": document.make_stream(content, Width=8 + at, Height=8, BitsPerComponent=8, **shape)
                for at, content in enumerate(photos(count))
            }
        )

    return pdf_with(change)


def photos_of_docx(count: int) -> bytes:
    def fill(document: Document) -> None:
        for content in photos(count):
            document.add_picture(io.BytesIO(content))

    return docx(fill)


def photos_of_xls(count: int) -> bytes:
    """As Excel 97 holds them: one after the other in a record of drawings."""
    return xls({"Rekap": [xls_number(0, 0, 1.0)]}, globals_=record(0xEB, b"\x0f\0\0\xf0" + b"".join(photos(count))))


def rtf(size: int) -> bytes:
    begin, end = b"{\\rtf1 Laporan contoh ", NUMBER.encode() + b"}"
    return begin + b" " * (size - len(begin) - len(end)) + end


def column_of_ods(column: int) -> bytes:
    """A sheet whose cell ``column``, from 1, holds the number."""
    empty = f'<table:table-cell table:number-columns-repeated="{column - 1}"/>'
    filled = f'<table:table-cell office:value-type="string"><text:p>{NUMBER}</text:p></table:table-cell>'
    return ods(f'<table:table table:name="a"><table:table-row>{empty}{filled}</table:table-row></table:table>')


CUT: dict[str, tuple[str, str, Callable[[int], bytes], int | None, int]] = {
    "annotations": ("SCAN_ITEMS", "pdf", notes, 6, 5),
    "fields": ("SCAN_ITEMS", "pdf", fields, 6, 5),
    "titles of an outline": ("SCAN_ITEMS", "pdf", titles, 11, 5),
    "letters of a page": ("SCAN_PAGE_CHARS", "pdf", letters, 400, 400),
    "photos in a pdf": ("PICTURES_WITHIN", "pdf", photos_of_pdf, 3, 3),
    "photos in a docx": ("PICTURES_WITHIN", "docx", photos_of_docx, 3, 3),
    "photos in an xls": ("PICTURES_WITHIN", "xls", photos_of_xls, 3, 3),
    "bytes of an rtf": ("OLD_OFFICE_BYTES", "rtf", rtf, 600, 600),
    "columns of an ods": ("SCAN_COLUMNS", "ods", column_of_ods, None, bounds.SCAN_COLUMNS),
}
"""Bound, suffix, what makes a file of so much, a small bound instead of the real one, and how much it lets through.

A bound of items lets one less through than it says: whether one more follows is not asked when the last was taken.
"""


@pytest.mark.parametrize("case", CUT)
def test_the_last_piece_within_a_bound_is_looked_at_and_one_more_is_said_to_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    name, suffix, made, small, through = CUT[case]
    if small is not None:
        monkeypatch.setattr(bounds, name, small)
    below = look(tmp_path, f"tepat.{suffix}", made(through))
    assert (below.condition, below.reach, len(below.exposures)) == (Condition.GOOD, Reach.WHOLE, 1)
    above = look(tmp_path, f"lebih.{suffix}", made((small or through) + 1))
    assert (above.condition, above.reach) == (Condition.GOOD, Reach.PART)


def test_the_streams_of_an_old_office_file_are_looked_at_up_to_the_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = record(0x00FF, NUMBER.encode())  # no cell: only who looks at the stream as text comes upon it
    content = xls({"Rekap": [xls_number(0, 0, 1.0)]}, globals_=stray)
    size = 4_096  # of its only stream
    for allowed, reach, found in ((size, Reach.WHOLE, 1), (size - 1, Reach.PART, 0)):
        monkeypatch.setattr(bounds, "OLD_OFFICE_BYTES", allowed)
        seen = look(tmp_path, "a.xls", content)
        assert (seen.condition, seen.reach, len(seen.exposures)) == (Condition.GOOD, reach, found)


def _script(size: int) -> bytes:
    """A drawing whose script ends at this byte."""
    begin, script = b"<svg xmlns='http://www.w3.org/2000/svg'>", b"<script>x()"
    return begin + b" " * (size - len(begin) - len(script)) + script + b"</script></svg>"


def _object(size: int) -> bytes:
    """An RTF whose object ends at this byte."""
    begin, within = b"{\\rtf1 Laporan contoh ", b"{\\object\\objemb{\\*\\objdata "
    return begin + b" " * (size - len(begin) - len(within)) + within + b"0105}}}"


SEARCHED: dict[str, tuple[str, str, Callable[[int], bytes], str]] = {
    "script": ("ACTIVE_TEXT_BYTES", "svg", _script, "script"),
    "object": ("ACTIVE_XML_BYTES", "rtf", _object, "embedded-object"),
}
"""Bound, suffix, what makes a file that acts by its last byte, and what it does."""


@pytest.mark.parametrize("case", SEARCHED)
def test_active_content_is_found_up_to_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    name, suffix, made, told = SEARCHED[case]
    monkeypatch.setattr(bounds, name, 1_000)
    assert told in look(tmp_path, f"tepat.{suffix}", made(1_000)).active
    above = look(tmp_path, f"lebih.{suffix}", made(2_000))
    assert told not in above.active
    assert above.condition is Condition.GOOD


def test_files_within_are_named_up_to_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ACTIVE_NAMES", 2)
    for count in (2, 3):

        def change(document: pikepdf.Pdf, count: int = count) -> None:
            for number in range(count):
                document.attachments[f"{number}.txt"] = pikepdf.AttachedFileSpec(document, b"lampiran")

        active = look(tmp_path, "a.pdf", pdf_with(change)).active
        assert [each for each in active if each.startswith("embedded-file: ")] == [
            "embedded-file: 0.txt",
            "embedded-file: 1.txt",
        ]
