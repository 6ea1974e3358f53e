"""The text of all pages of a PDF, each taken once: the first say what it is, all are searched for personal data."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import bounds
from flows.gather.beginnings import BEGINNING_CHARS, BEGINNINGS, GROUNDS
from flows.gather.content import DESCRIPTORS
from flows.gather.document_dates import first_enacted
from flows.gather.pdf_notes import NO_NOTES, DrawnNotes
from flows.gather.pdf_rows import has_columns, in_lines, rows_on
from flows.gather.scanner import Scanner
from flows.privacy import may_be_stacked, may_count, may_tell_of_children
from flows.words import holds_any

FIRST_PAGES = 3
Rows = Sequence[Sequence[str]]
"""Cells of a page."""
_TITLE_CHARS = 400
_LITTLE_TEXT = 250
"""Characters besides blanks: stamps, page numbers and the footer of an electronic signature on a scan have fewer."""
_MUCH_TEXT = re.compile(rf"(?:\s*\S){{{_LITTLE_TEXT}}}")
_PICTURE_SHARE = 0.5
"""Of the area of a page; a scan may lie on it in strips, or with a margin."""
_SMALL_SHARE = 0.1
"""Smaller pictures may be the strips of one."""
_SCAN_SHARE = 0.8
"""Covered by strips of which some have text upon them: a scan that was read, with the blank end of its page."""
_OBJECTS = 2_000
_HALF = 2
_UNMAPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd-\uffff\ue000-\uf8ff]")
"""What is left of letters whose font does not say which they are: seen by people, read by no program."""
_LOOKED_AT = 2_000
_UNREADABLE_SHARE = 10
"""One of so many characters."""


@dataclass(frozen=True, slots=True)
class PageTexts:
    """What the pages say."""

    first: tuple[str, ...]
    """Text of the first pages."""
    last: str
    """Text of the last page."""
    enacted: str | None
    """As :attr:`flows.gather.content.Content.enacted`."""
    is_scan: bool
    """Whether more than half of the pages are pictures with hardly any text."""
    begun: tuple[str, ...] = ()
    """As :attr:`flows.gather.content.Content.begun`."""


def read_pages(
    path: Path, scanner: Scanner, *, notes: DrawnNotes = NO_NOTES, with_pictures: Container[int] = ()
) -> PageTexts:
    """Take the text of every page within bounds and look at it.

    A page counts as a picture where it has hardly any text and pictures cover half of it; such pages can be seen but
    not read, so that a document with one of them is looked at in part. So is one with such pictures beside its text.

    Args:
        path: Of the PDF.
        scanner: Gets the words.
        notes: What is drawn on top of the pages.
        with_pictures: Pages, from 1, with pictures that may be large enough to be read.
    """
    import pypdfium2

    # The library looks up where a path leads; a file within a file has none that leads anywhere.
    source = path.read_bytes() if path.is_relative_to(DESCRIPTORS) else path
    with pypdfium2.PdfDocument(source) as document:
        count = len(document)
        reading = _Reading(document, scanner, notes, with_pictures)
        for number in range(min(count, bounds.SCAN_PAGES)):
            if number >= FIRST_PAGES and scanner.is_spent:
                break
            reading.take(number)
        if reading.next < count:
            scanner.cut()
            reading.take(count - 1)
        is_scan = reading.pictures * _HALF > reading.taken
        return PageTexts(tuple(reading.first), reading.last, reading.enacted, is_scan, tuple(reading.begun))


def read_some_pages(source: bytes, numbers: Sequence[int], scanner: Scanner, *, hidden: str) -> None:
    """Look at the text of some pages of a PDF that nobody sees any more.

    Args:
        source: Its bytes.
        numbers: Of the pages, from 0.
        scanner: Gets the words; is told where a page can be seen only.
        hidden: Where they are hidden.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(source) as document:
        for number in numbers[: bounds.SCAN_PAGES]:
            if scanner.is_spent:
                break
            page = _Reading(document, scanner).read(number)
            scanner.look(page.text, page=number + 1, hidden=hidden, rows=page.rows, whole=page.whole)
            if page.is_unseen:
                scanner.cut()
        else:
            return
    scanner.cut()


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page says."""

    text: str
    is_picture: bool
    """Whether it is a picture with hardly any text."""
    is_unseen: bool
    """Whether pictures without text upon them cover half of it."""
    rows: Rows = ()
    """Its words as rows of cells, where it may tell of children."""
    whole: Rows = ()
    """The same with cells of several lines put together."""


class _Reading:
    """Reads one document page by page."""

    def __init__(
        self,
        document: Any,  # noqa: ANN401 - untyped library
        scanner: Scanner,
        notes: DrawnNotes = NO_NOTES,
        with_pictures: Container[int] = (),
    ) -> None:
        from pypdfium2 import PdfiumError

        self._document, self._scanner, self._complaint = document, scanner, PdfiumError
        self._notes, self._with_pictures = notes, with_pictures
        self.first: list[str] = []
        self.last = ""
        self.begun: list[str] = []
        self.enacted: str | None = None
        self.pictures, self.taken, self.next = 0, 0, 0
        self._title = ""

    def take(self, number: int) -> None:
        """Take the text of one page; one of the first must open, a later one may be damaged."""
        self.next, self.taken = number + 1, self.taken + 1
        try:
            page = self.read(number)
        except self._complaint:
            if number < FIRST_PAGES:
                raise
            self._scanner.cut()
            return
        self.last = page.text
        if number < FIRST_PAGES:
            self.first.append(page.text)
        elif self.enacted is None:
            self.enacted = first_enacted(page.text)
        if number and len(self.begun) < BEGINNINGS and holds_any(page.text, GROUNDS):
            self.begun.append(page.text[:BEGINNING_CHARS])
        self._title = self._title or page.text[:_TITLE_CHARS]
        self.pictures += page.is_picture
        if page.is_unseen or number + 1 in self._notes.pictures or _is_unreadable(page.text):
            self._scanner.leave(number + 1)
        if page.text.strip() or not page.is_picture:
            self._scanner.look(
                page.text, page=number + 1, title=self._title if number else "", rows=page.rows, whole=page.whole
            )
        if number + 1 in self._notes.letters:
            self._scanner.look(self._with_notes(number), page=number + 1, only_new=True)

    def read(self, number: int) -> _Page:
        """The text of one page, and whether pictures hold more of it."""
        page = self._document[number]
        words = page.get_textpage()
        try:
            text = self._text(words)
            is_little = _MUCH_TEXT.match(text, 0, 4 * _LITTLE_TEXT) is None
            may_be_covered = is_little or number + 1 in self._with_pictures
            is_unseen = may_be_covered and _is_covered(page, None if is_little else words)
            return _Page(text, is_little and is_unseen, is_unseen, *self._rows(text, words))
        finally:
            words.close()
            page.close()

    def _with_notes(self, number: int) -> str:
        """The text of one page together with that of the notes on it."""
        import pypdfium2.raw as pdfium

        page = self._document[number]
        try:
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        finally:
            page.close()
        page = self._document[number]
        words = page.get_textpage()
        try:
            return self._text(words)
        finally:
            words.close()
            page.close()

    def _text(self, words: Any) -> str:  # noqa: ANN401 - untyped library
        count = words.count_chars()
        if count > bounds.SCAN_PAGE_CHARS:
            self._scanner.cut()
        text: str = words.get_text_range(0, min(count, bounds.SCAN_PAGE_CHARS)).replace("\r\n", "\n")
        return in_lines(text, words)

    def _rows(self, text: str, words: Any) -> tuple[Rows, Rows]:  # noqa: ANN401 - untyped library
        may_be_told = has_columns(text, words) and (
            may_count([text]) or may_tell_of_children(text) or may_be_stacked(text)
        )
        return rows_on(words) if may_be_told else ((), ())


def _is_unreadable(text: str) -> bool:
    """Whether much of a page is letters that nobody told the program."""
    head = text[:_LOOKED_AT].replace("\n", "")
    return not head.isprintable() and len(_UNMAPPED.findall(head)) * _UNREADABLE_SHARE > len(head)


def _is_covered(page: Any, words: Any | None) -> bool:  # noqa: ANN401 - untyped library
    """Whether pictures cover half of a page.

    Args:
        page: Opened.
        words: Its text, where only pictures are meant that it does not stand upon: text upon a picture is what a scan
            says, read before, or what is written on a background.
    """
    import ctypes

    import pypdfium2.raw as pdfium

    near, low, far, high = page.get_bbox()
    area = (far - near) * (high - low)
    large = small = small_read = 0.0
    for item in _pictures_of(page, pdfium) if area > 0 else ():
        sides = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(item, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        width, height = min(right, far) - max(left, near), min(top, high) - max(bottom, low)
        share = max(0.0, width) * max(0.0, height) / area
        letters = 0 if words is None else pdfium.FPDFText_GetBoundedText(words, left, top, right, bottom, None, 0)
        is_read = words is not None and letters >= _LITTLE_TEXT * share
        if share >= _SMALL_SHARE:
            large += 0.0 if is_read else share
        elif is_read:
            small_read += share
        else:
            small += share
        if large >= _PICTURE_SHARE:
            return True
    is_read_scan = small_read > 0 and small + small_read >= _SCAN_SHARE
    return large + (0.0 if is_read_scan else small) >= _PICTURE_SHARE


def _pictures_of(page: Any, pdfium: Any) -> Iterator[Any]:  # noqa: ANN401 - untyped library
    """The objects of a page that are pictures or hold one; it has hundreds of others, so each is asked only once."""
    handle, take, kind_of = page.raw, pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    picture, form = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
    for place in range(min(pdfium.FPDFPage_CountObjects(handle), _OBJECTS)):
        kind = kind_of(item := take(handle, place))
        if kind == picture or (kind == form and _holds_picture(item, pdfium, depth=2)):
            yield item


def _holds_picture(item: Any, pdfium: Any, depth: int) -> bool:  # noqa: ANN401 - untyped library
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
        count = min(pdfium.FPDFFormObj_CountObjects(item), _OBJECTS)
        return any(
            _holds_picture(pdfium.FPDFFormObj_GetObject(item, place), pdfium, depth - 1) for place in range(count)
        )
    return bool(kind == pdfium.FPDF_PAGEOBJ_IMAGE)
