"""All objects of a PDF, whatever they are for: strings, long names and the words of streams that no page shows.

Titles of form fields, layers, bookmarks of links, replacement texts of tagged pages, scripts, addresses, data of forms
and of the programs that made the file: a walk over everything finds them all, those too that nothing points to.
Measured: 3 microseconds an object, and 2 to 4 of them make up a page.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from typing import Any

from flows import bounds
from flows.gather.digits import may_hold_number
from flows.gather.pdf_strings import strings_of, words_of_drawing, words_of_stream
from flows.gather.picture_notes import look_at_notes
from flows.gather.scanner import Scanner

_FLUSHED_BYTES = 1_000_000
_READ_ELSEWHERE = frozenset({"/XRef", "/ObjStm", "/EmbeddedFile"})
_FONTS = frozenset({"/Type1C", "/CIDFontType0C", "/OpenType"})
_WORDLESS_KEYS = frozenset({"/Length1", "/FunctionType", "/ShadingType", "/Alternate", "/CMapName"})
"""Of fonts, functions, shadings, profiles of colours and tables of characters."""
_MOST_PACKED = 1_100
"""Times that the filters below can make something shorter; where they follow each other nobody knows."""
_PACKED, _WRITTEN = frozenset({"/FlateDecode", "/LZWDecode"}), frozenset({"/ASCII85Decode", "/ASCIIHexDecode"})


def look_at_objects(pdf: Any, scanner: Scanner) -> None:  # noqa: ANN401  # pikepdf is imported where it is used
    """Look at all objects of an opened PDF, when its pages and known places have been looked at.

    Args:
        pdf: As pikepdf opened it.
        scanner: Is told what it has not met.
    """
    look = ObjectLook(scanner, "elsewhere")
    look.at(pdf.objects, drawings_of_pages(pdf))


def drawings_of_pages(pdf: Any) -> set[tuple[int, int]]:  # noqa: ANN401  # same
    """The streams of which pages are made, whose words are read as text of the page."""
    found: set[tuple[int, int]] = set()
    for page in islice(pdf.pages, bounds.SCAN_OBJECTS):
        found.update(each.objgen for each in streams_of_page(page.obj))
    return found


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
    """

    def __init__(self, scanner: Scanner, hidden: str) -> None:
        self._scanner, self._hidden = scanner, hidden
        self._sources: list[bytes] = []
        self._bytes = 0
        self._pictures = bounds.PICTURES_WITHIN
        self._unpacked = bounds.PDF_STREAM_BYTES

    def at(self, objects: Iterable[Any], drawings: set[tuple[int, int]]) -> None:
        """Look at ``objects``; ``drawings`` are read as pages."""
        import pikepdf

        for number, each in enumerate(objects):
            if number >= bounds.SCAN_OBJECTS or (self._bytes == 0 and self._scanner.is_spent):
                self._scanner.cut()
                break
            if isinstance(each, pikepdf.Stream):
                self._add(each.stream_dict.unparse())
                if each.objgen not in drawings:
                    with self._scanner.trying():
                        self._look_at_stream(each)
            elif isinstance(each, pikepdf.Object):  # numbers and the like come as those of Python
                self._add(each.unparse(resolved=True))
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

    def _look_at_stream(self, stream: Any) -> None:  # noqa: ANN401  # same
        keys, kinds = stream.keys(), {str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))}
        if "/Image" in kinds:
            self._look_at_picture(stream)
        elif not (kinds & _READ_ELSEWHERE or kinds & _FONTS or keys & _WORDLESS_KEYS):
            is_drawing = "/Form" in kinds or "/PatternType" in keys
            source = self._unpack(stream, is_drawing=is_drawing)
            if not source:
                return
            if "/Metadata" in kinds or is_drawing:
                self._look_at_new(source, is_drawing=is_drawing)
            else:
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

    def _look_at_picture(self, stream: Any) -> None:  # noqa: ANN401  # same
        if filters_of(stream) != ["/DCTDecode"]:
            return
        self._pictures -= 1
        if self._pictures >= 0:
            look_at_notes(BytesIO(stream.read_raw_bytes()), self._scanner)
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


def filters_of(stream: Any) -> list[str]:  # noqa: ANN401  # same
    """Names of the filters of a stream, the outermost first."""
    import pikepdf

    filters = stream.get("/Filter")
    if filters is None:
        return []
    return [str(each) for each in list(filters)[:9]] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _content(stream: Any, most: int) -> bytes | None:  # noqa: ANN401  # same
    """Content of a stream; None where it unpacks to more than ``most`` bytes, or nobody knows to how many."""
    filters, raw = filters_of(stream), stream.read_raw_bytes()
    if filters == ["/FlateDecode"] and stream.get("/DecodeParms") is None:
        unpacker = zlib.decompressobj()
        source = unpacker.decompress(raw, max(most, 1))
        return None if unpacker.unconsumed_tail else source
    is_known = set(filters) <= _PACKED | _WRITTEN and sum(each in _PACKED for each in filters) <= 1
    if not is_known or len(raw) * (_MOST_PACKED if filters else 1) > most:
        return None
    content: bytes = stream.read_bytes()
    return content
