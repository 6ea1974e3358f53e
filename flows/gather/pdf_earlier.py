"""Earlier versions of a PDF: who saves by adding to the end, as every electronic signature does, removes nothing.

Each version ends with the address of its table; the file up to there is that version. Only what is no more, or is
otherwise now, is looked at: of a paper that was signed that is next to nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from flows import bounds
from flows.gather.digits import may_hold_number
from flows.gather.pdf_objects import ObjectLook, sources_of, streams_of_page
from flows.gather.pdf_pages import read_some_pages
from flows.gather.pdf_pictures import PicturesOf
from flows.gather.scan_old import words_of_bytes
from flows.gather.scanner import Scanner

_END, _ADDRESS = b"%%EOF", b"startxref"
_START = re.compile(rb"startxref\s{1,40}(\d{1,10})")
_TABLE = re.compile(rb"\s{0,4}(?:xref\b|\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj\b)")
_HEAD = 1024
_LINE = 120
_PLACE = "earlier"

Opener = Callable[[BytesIO], Any]
"""Opens a PDF as it is, without mending it."""
_Number = tuple[int, ...]


def look_at_earlier(path: Path, pdf: Any, scanner: Scanner, opened: Opener) -> None:  # noqa: ANN401  # pikepdf is imported where it is used
    """Look at what earlier versions of a PDF held, and at what stands before and behind all of them.

    Args:
        path: Of the file.
        pdf: Its last version, as pikepdf opened it.
        scanner: Gets the words.
        opened: Opens an earlier one.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        start = max(head.find(b"%PDF-"), 0)
        _look_around(stream, head[:start], scanner)
        if "/Prev" not in pdf.trailer and not pdf.get_warnings():
            return  # the table of objects is all there is
        # A file made for quick display has the first of its marks near the beginning, where no version ends.
        ends = _ends(stream, _marks(stream)[1 if b"/Linearized" in head else 0 : -1], start)
        if len(ends) > bounds.PDF_EARLIER:
            scanner.cut()
        left = bounds.PDF_EARLIER_BYTES
        for end in reversed(ends[-bounds.PDF_EARLIER :]):
            left -= end
            if left < 0 or scanner.is_spent:
                scanner.cut()
                return
            with scanner.trying():
                _look_at_version(_piece(stream, start, end - start), pdf, scanner, opened)


def _piece(stream: BinaryIO, start: int, size: int) -> bytes:
    stream.seek(start)
    return stream.read(size)


def _marks(stream: BinaryIO) -> list[int]:
    """Where addresses of tables stand; the mark of the end behind them may be missing."""
    found, start, carry = list[int](), 0, b""
    stream.seek(0)
    while (data := stream.read(bounds.SCAN_PIECE_BYTES)) and len(found) < bounds.PDF_OBJECTS:
        piece = carry + data
        at = piece.find(_ADDRESS)
        while at >= 0:
            found.append(start - len(carry) + at)
            at = piece.find(_ADDRESS, at + 1)
        start, carry = start + len(data), piece[1 - len(_ADDRESS) :]
    return found


def _ends(stream: BinaryIO, marks: Sequence[int], start: int) -> list[int]:
    """Where earlier versions end: behind the address of a table of objects that stands before it."""
    found = []
    for mark in marks:
        address = _START.match(_piece(stream, mark, _LINE))
        table = start + int(address[1]) if address else 0
        if address and start < table < mark and _TABLE.match(_piece(stream, table, _LINE)):
            found.append(mark + address.end())
    return found


def _look_around(stream: BinaryIO, before: bytes, scanner: Scanner) -> None:
    """Look at what stands before the beginning and behind the last end, where hardly ever anything stands."""
    size = stream.seek(0, os.SEEK_END)
    behind = b""
    for most in (_HEAD, bounds.PDF_METADATA_BYTES):
        tail = _piece(stream, max(0, size - most), most)
        mark = tail.rfind(_END)
        if mark >= 0:
            behind = tail[mark + len(_END) :]
            break
    else:
        scanner.cut()
    for part in (before, behind):
        if may_hold_number(part):
            for text in words_of_bytes(part):
                scanner.look(text, hidden="elsewhere", only_new=True)


def _look_at_version(source: bytes, pdf: Any, scanner: Scanner, opened: Opener) -> None:  # noqa: ANN401  # same
    with opened(BytesIO(source)) as earlier:
        changed = list[Any]()
        for number, each in enumerate(earlier.objects):
            if number >= bounds.SCAN_OBJECTS or scanner.is_spent:
                scanner.cut()
                break
            if not _is_same(each, pdf):
                changed.append(each)
        made_of = [(tuple(page.obj.objgen), _made_of(page.obj)) for page in earlier.pages]
        pages = _changed_pages(made_of, pdf, {tuple(each.objgen) for each in changed})
        ObjectLook(scanner, _PLACE, PicturesOf(earlier)).at(
            sources_of(changed), set().union(*(parts for _, parts in made_of))
        )
    if pages:
        read_some_pages(source, pages, scanner, hidden=_PLACE)


def _is_same(old: Any, pdf: Any) -> bool:  # noqa: ANN401  # same
    """Whether an object of an earlier version still is what it was."""
    import pikepdf

    if not isinstance(old, pikepdf.Object):
        return True
    new = pdf.get_object(old.objgen)
    if not isinstance(new, pikepdf.Object) or isinstance(old, pikepdf.Stream) is not isinstance(new, pikepdf.Stream):
        return False
    if not isinstance(old, pikepdf.Stream):
        return bool(old.unparse(resolved=True) == new.unparse(resolved=True))
    if old.stream_dict.unparse() != new.stream_dict.unparse():
        return False
    return bool(old.read_raw_bytes() == new.read_raw_bytes())


def _changed_pages(earlier: Sequence[tuple[_Number, set[_Number]]], pdf: Any, changed: set[_Number]) -> list[int]:  # noqa: ANN401  # same
    """Pages of an earlier version, from 0, that are gone or were made of something else."""
    standing = {tuple(page.obj.objgen): _made_of(page.obj) for page in pdf.pages}
    return [
        number
        for number, (page, parts) in enumerate(earlier)
        if parts & changed or not parts <= standing.get(page, set())
    ]


def _made_of(page: Any) -> set[_Number]:  # noqa: ANN401  # same
    """Numbers of the streams that draw a page, those of forms and pictures among them."""
    import pikepdf

    found = {tuple(each.objgen) for each in streams_of_page(page)}
    resources = page.get("/Resources")
    drawn = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if isinstance(drawn, pikepdf.Dictionary):
        found.update(tuple(each.objgen) for each in drawn.values() if isinstance(each, pikepdf.Stream))
    return found
