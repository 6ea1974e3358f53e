"""All objects of a PDF, whatever they are for: strings, long names and the words of streams that no page shows.

Titles of form fields, layers, bookmarks of links, replacement texts of tagged pages, scripts, addresses, data of forms
and of the programs that made the file: a walk over everything finds them all, those too that nothing points to.
Measured: 3 microseconds an object, and 2 to 4 of them make up a page.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from flows import bounds
from flows.gather.digits import may_hold_number
from flows.gather.pdf_pictures import PicturesOf
from flows.gather.pdf_strings import strings_of, words_of_drawing, words_of_stream
from flows.gather.scanner import Scanner
from flows.jpeg import is_wrapped
from flows.pdf_photos import filters_of
from flows.words import holds_any

_FLUSHED_BYTES = 1_000_000
_ASKED = 64
"""Objects between two questions whether time is up."""
_REFERENCE, _LENGTH = b" R", b"/Length "
_PICTURE, _DRAWING = b"/Subtype /Image", b"/Subtype /Form"
_FILE = b"/EF "
_FILE_STREAM = b"/Type /EmbeddedFile"
_SIDE = re.compile(rb"/(?:Width|Height) (\d{1,6})\b")
_LARGE_DOTS = 500 * 500
"""Half a page at 60 dots an inch: in fewer no writing can be read."""
_SHOWS_TEXT = re.compile(rb"[)>\]]\s{0,4}T[jJ]\b")
_WORDLESS = re.compile(
    rb"/(?:Type /(?:XRef|ObjStm|EmbeddedFile)|Subtype /(?:Type1C|CIDFontType0C|OpenType)"
    rb"|Length1|FunctionType|ShadingType|Alternate|CMapName) "
)
"""Signs of streams that are read elsewhere, fonts, functions, shadings, profiles of colours, tables of characters."""
_MOST_PACKED = 1_100
"""Times that the filters below can make something shorter; where they follow each other nobody knows."""
_MOST_FILTERS = 9
"""Of one stream; a spoilt file may name a million."""
_PACKED, _WRITTEN = frozenset({"/FlateDecode", "/LZWDecode"}), frozenset({"/ASCII85Decode", "/ASCIIHexDecode"})

Part = tuple[Any, bytes]
"""An object and how it is written."""


class Objects:
    """All objects of an opened PDF with their sources, taken once.

    Args:
        pdf: As pikepdf opened it.
        path: Of its file.
        scanner: Is told where not all of them could be had.
    """

    def __init__(self, pdf: Any, path: Path, scanner: Scanner) -> None:  # noqa: ANN401  # pikepdf is imported where it is used
        self._pdf, self._pictures = pdf, PicturesOf(pdf, None if pdf.is_encrypted else path)
        self.parts: list[Part] = []
        self._text: bytes | None = None
        with scanner.trying():
            self.parts = list(islice(sources_of(pdf.objects), bounds.SCAN_OBJECTS + 1))
            if len(self.parts) <= bounds.SCAN_OBJECTS:
                self._text = b"\n".join(source for _, source in self.parts)

    def speak_of(self, signs: Iterable[bytes]) -> bool:
        """Whether any of ``signs`` may stand in a source: what nothing speaks of need not be searched for."""
        return self._text is None or holds_any(self._text, signs)

    def pages_with_pictures(self) -> frozenset[int]:
        """Pages, from 1, whose pictures together have as many dots as half a page of writing needs."""
        dots = {each.objgen: _dots(source) for each, source in self.parts if _PICTURE in source or _DRAWING in source}
        if sum(dots.values()) < _LARGE_DOTS:
            return frozenset()
        pages = enumerate(islice(self._pdf.pages, bounds.SCAN_PAGES), start=1)
        return frozenset(number for number, page in pages if _dots_of_page(page.obj, dots) >= _LARGE_DOTS)

    def look_at(self, scanner: Scanner) -> None:
        """Look at all of them, when the pages and the known places have been looked at."""
        look = ObjectLook(scanner, "elsewhere", self._pictures)
        look.at(self.parts, {stream.objgen for page in self._pdf.pages for stream in streams_of_page(page.obj)})

    def files(self) -> int:
        """How many files lie within, those too that no known place leads to."""
        return 0 if self._text is None else self._text.count(_FILE)

    def has_file(self) -> bool:
        """Whether a file lies within, as a specification names it or as a stream says of itself."""
        return self.speak_of((_FILE, _FILE_STREAM)) and self._text is not None


def sources_of(objects: Iterable[Any]) -> Iterator[Part]:
    """Each object but numbers and the like, and how it is written; of a stream, its dictionary."""
    import pikepdf

    for each in objects:
        if isinstance(each, pikepdf.Object):
            source = each.unparse(resolved=True)
            # Only a stream is not written out.
            yield each, each.stream_dict.unparse() if source.endswith(_REFERENCE) else source


def _dots(about: bytes) -> int:
    """Dots of a picture; of a drawing that may hold one, as many as matter."""
    if _PICTURE in about:
        return math.prod(map(int, _SIDE.findall(about)))
    return _LARGE_DOTS if b"/XObject " in about else 0


def _dots_of_page(page: Any, dots: Mapping[tuple[int, int], int]) -> int:  # noqa: ANN401  # same
    """Dots of the pictures that a page names; of one that inherits what it names, as many as matter."""
    import pikepdf

    resources = page.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return _LARGE_DOTS
    drawn = resources.get("/XObject")
    values = list(drawn.values())[: bounds.PDF_OBJECTS] if isinstance(drawn, pikepdf.Dictionary) else []
    return sum(dots.get(each.objgen, 0) for each in values if isinstance(each, pikepdf.Stream))


def streams_of_page(page: Any) -> list[Any]:  # noqa: ANN401  # same
    """The contents of a page, one stream or several."""
    import pikepdf

    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Array):
        return [each for each in list(contents)[: bounds.PDF_OBJECTS] if isinstance(each, pikepdf.Stream)]
    return [contents] if isinstance(contents, pikepdf.Stream) else []


class ObjectLook:
    """Looks at the strings and streams of many objects.

    Args:
        scanner: Gets the words.
        hidden: Where they are hidden, but for words of a picture or of data planted in the file.
        pictures: Of the same PDF.
    """

    def __init__(self, scanner: Scanner, hidden: str, pictures: PicturesOf) -> None:
        self._scanner, self._hidden, self._notes = scanner, hidden, pictures
        self._sources: list[bytes] = []
        self._bytes = 0
        self._pictures = bounds.PICTURES_WITHIN
        self._unpacked = bounds.PDF_STREAM_BYTES

    def at(self, parts: Iterable[Part], drawings: Container[tuple[int, ...]]) -> None:
        """Look at ``parts``; ``drawings`` are read as pages."""
        for number, (each, source) in enumerate(parts):
            if number >= bounds.SCAN_OBJECTS or (not number % _ASKED and self._scanner.is_spent):
                self._scanner.cut()
                break
            if _LENGTH in source and _may_hold_words(source) and each.objgen not in drawings:
                with self._scanner.trying():
                    self._look_at_stream(each, source)
            if may_hold_number(source):
                self._add(source)
        self._flush()

    def _add(self, source: bytes) -> None:
        self._sources.append(source)
        self._bytes += len(source)
        if self._bytes > _FLUSHED_BYTES:
            self._flush()

    def _flush(self) -> None:
        texts = strings_of(b"\n".join(self._sources))
        self._sources, self._bytes = [], 0
        if texts:
            self._scanner.look("\n".join(texts), hidden=self._hidden, only_new=True)

    def _look_at_stream(self, stream: Any, about: bytes) -> None:  # noqa: ANN401  # same
        """One stream, whose dictionary reads ``about``; what only looks like one is none."""
        import pikepdf

        if not isinstance(stream, pikepdf.Stream):
            return
        if _PICTURE in about:
            self._look_at_picture(stream, about)
            return
        is_drawing = _DRAWING in about
        source = self._unpack(stream, is_drawing=is_drawing)
        is_drawing = is_drawing or (b"BT" in source and _SHOWS_TEXT.search(source) is not None)
        if source and (is_drawing or b"/Type /Metadata" in about):
            self._look_at_new(source, is_drawing=is_drawing)
        elif source:
            self._look_at_data(source)

    def _look_at_new(self, source: bytes, *, is_drawing: bool) -> None:
        """Words of a drawing or of properties, of which only numbers are told that were not met before."""
        if may_hold_number(source):
            text = words_of_drawing(source) if is_drawing else words_of_stream(source)[0]
            self._scanner.look(text, hidden=self._hidden if is_drawing else "properties", only_new=True)

    def _look_at_data(self, source: bytes) -> None:
        """Data of a form may hold lists too; what is no markup is a script or of some program's own make."""
        text, is_markup = words_of_stream(source)
        if is_markup:
            self._scanner.look(text, hidden="xml")
        elif text:
            self._scanner.look(text, hidden=self._hidden, only_new=True)

    def _look_at_picture(self, stream: Any, about: bytes) -> None:  # noqa: ANN401  # same
        filters = filters_of(stream, _MOST_FILTERS)
        if filters != ["/DCTDecode"] and not is_wrapped(filters):
            return
        self._pictures -= 1
        if self._pictures >= 0:
            self._notes.look_at(stream, about, self._scanner, filters)
        else:
            self._scanner.cut()

    def _unpack(self, stream: Any, *, is_drawing: bool) -> bytes:  # noqa: ANN401  # same
        """Content of a stream; what is too much is left, of drawings without a word: pages show most of them."""
        source = _content(stream, self._unpacked)
        if source is None:
            if not is_drawing:
                self._scanner.cut()
            return b""
        self._unpacked -= len(source)
        return source


def _may_hold_words(about: bytes) -> bool:
    """Whether a stream with this dictionary is no picture without notes, no font and none that is read elsewhere."""
    if _PICTURE in about:
        return b"/DCTDecode" in about
    return _DRAWING in about or not _WORDLESS.search(about)


def _content(stream: Any, most: int) -> bytes | None:  # noqa: ANN401  # same
    """Content of a stream; None where it unpacks to more than ``most`` bytes, or nobody knows to how many."""
    filters, raw = filters_of(stream, _MOST_FILTERS), stream.read_raw_bytes()
    if filters == ["/FlateDecode"] and stream.get("/DecodeParms") is None:
        unpacker = zlib.decompressobj()
        source = unpacker.decompress(raw, max(most, 1))
        return None if unpacker.unconsumed_tail else source
    is_known = set(filters) <= _PACKED | _WRITTEN and sum(each in _PACKED for each in filters) <= 1
    if not is_known or len(raw) * (_MOST_PACKED if filters else 1) > most:
        return None
    content: bytes = stream.read_bytes()
    return content
