"""Earlier versions of a PDF: who saves by adding to the end, as every electronic signature does, removes nothing.

Each version ends with a mark of its own; the file up to there is that version. Only what is no more, or is otherwise
now, is looked at: of a paper that was signed that is next to nothing.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from flows import bounds
from flows.gather.digits import may_hold_number
from flows.gather.pdf_objects import ObjectLook, drawings_of_pages, streams_of_page
from flows.gather.pdf_pages import read_some_pages
from flows.gather.scan_old import words_of_bytes
from flows.gather.scanner import Scanner

_END = b"%%EOF"
_START = re.compile(rb"startxref\s{1,4}(\d{1,10})\s{0,4}\Z")
_TABLE = re.compile(rb"\s{0,4}(?:xref\b|\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj\b)")
_HEAD = 1024
_BEFORE_END = 48
_PLACE = "earlier"

Opener = Callable[[BytesIO], Any]
"""Opens a PDF as it is, without mending it."""
_Number = tuple[int, int]


def look_at_earlier(path: Path, pdf: Any, scanner: Scanner, opened: Opener) -> None:  # noqa: ANN401  # pikepdf is imported where it is used
    """Look at what earlier versions of a PDF held, and at what stands before and behind all of them.

    Args:
        path: Of the file.
        pdf: Its last version, as pikepdf opened it.
        scanner: Gets the words.
        opened: Opens an earlier one.
    """
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as source:
        start = max(source.find(b"%PDF-", 0, _HEAD), 0)
        ends = _ends(source, start)
        last = source.rfind(_END)
        _look_around(source[:start], source[last + len(_END) :] if last >= 0 else b"", scanner)
        left = bounds.PDF_EARLIER_BYTES
        if len(ends) > bounds.PDF_EARLIER:
            scanner.cut()
        for end in reversed(ends[-bounds.PDF_EARLIER :]):
            left -= end
            if left < 0 or scanner.is_spent:
                scanner.cut()
                return
            with scanner.trying():
                _look_at_version(source[start:end], pdf, scanner, opened)


def _ends(source: mmap.mmap, start: int) -> list[int]:
    """Where earlier versions end: a mark of the end behind the address of a table of objects that stands before it.

    A file made for quick display has such a mark near its beginning, with an address further down or none.
    """
    found = list[int]()
    is_linear = source.find(b"/Linearized", 0, start + _HEAD) >= 0
    at = source.find(_END)
    for _ in range(bounds.PDF_OBJECTS):
        following = source.find(_END, at + 1)
        if at < 0 or following < 0:
            return found
        address = _START.search(source[max(0, at - _BEFORE_END) : at])
        if address and not is_linear:
            table = start + int(address[1])
            if start < table < at and _TABLE.match(source[table : table + _BEFORE_END]):
                found.append(at + len(_END))
        at, is_linear = following, False
    return found


def _look_around(before: bytes, behind: bytes, scanner: Scanner) -> None:
    behind, rest = behind[: bounds.PDF_METADATA_BYTES], behind[bounds.PDF_METADATA_BYTES :]
    if rest:
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
        numbers = {tuple(each.objgen) for each in changed}
        pages = _changed_pages(earlier, pdf, numbers)
        ObjectLook(scanner, _PLACE).at(changed, drawings_of_pages(earlier))
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


def _changed_pages(earlier: Any, pdf: Any, changed: set[_Number]) -> list[int]:  # noqa: ANN401  # same
    """Pages of an earlier version, from 0, that are gone or were made of something else."""
    standing = {tuple(page.obj.objgen): _made_of(page.obj) for page in pdf.pages}
    found = []
    for number, page in enumerate(earlier.pages):
        parts = _made_of(page.obj)
        if parts & changed or not parts <= standing.get(tuple(page.obj.objgen), set()):
            found.append(number)
    return found


def _made_of(page: Any) -> set[_Number]:  # noqa: ANN401  # same
    """Numbers of the streams that draw a page, those of forms and pictures among them."""
    import pikepdf

    found = {tuple(each.objgen) for each in streams_of_page(page)}
    resources = page.get("/Resources")
    drawn = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if isinstance(drawn, pikepdf.Dictionary):
        found.update(tuple(each.objgen) for each in drawn.values() if isinstance(each, pikepdf.Stream))
    return found
