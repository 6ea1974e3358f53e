"""What a PDF holds beside the text of its pages: notes, filled fields, properties, bookmarks, files within it."""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby, islice
from operator import itemgetter
from typing import IO, Any

from flows import bounds
from flows.gather.scan_xml import words_of
from flows.gather.scanner import Scanner
from flows.pdf_photos import filters_of

_DIGITS = 16
"""Of the number of a person."""
_NO_PART = "–x"
_COUNTED = re.compile(r"[\W_]*\d{1,3}\W*\Z")
"""Which box of a number it is, behind the name of a field."""
_NOTE_TEXTS = ("/Contents", "/RC", "/T", "/Subj", "/TU", "/V")
_DEPTH = bounds.PDF_DEPTH
_METADATA_BYTES = bounds.PDF_METADATA_BYTES


def look_at_places(
    pdf: Any,  # noqa: ANN401  # pikepdf is imported where it is used
    scanner: Scanner,
    file_within: Callable[[str, IO[bytes]], None] | None,
    *,
    has_notes: bool = True,
    files: int = 0,
) -> None:
    """Look at everything of an opened PDF that is not text of a page.

    Args:
        pdf: As pikepdf opened it.
        scanner: Gets all words.
        file_within: Takes attached files; None where they are not to be looked into.
        has_notes: Whether any page may have annotations.
        files: How many files lie within; those that no known place leads to are not looked into.
    """
    for step in (*((_look_at_notes,) if has_notes else ()), _look_at_fields, _look_at_properties, _look_at_outline):
        with scanner.trying():
            step(pdf, scanner)
    with scanner.trying():
        for name, specification in _attachments(pdf, has_notes=has_notes):
            files -= 1
            if file_within:
                _open_attachment(name, specification, scanner, file_within)
            else:
                scanner.cut()
    if files > 0:
        scanner.cut()


def _look_at_notes(pdf: Any, scanner: Scanner) -> None:  # noqa: ANN401
    """Annotations: sticky notes, comments, text written onto pages."""
    left = bounds.SCAN_ITEMS
    for number, page in enumerate(islice(pdf.pages, bounds.SCAN_PAGES), start=1):
        notes = page.obj.get("/Annots")
        if notes is None:
            continue
        for note in islice(_items(notes), left):
            left -= 1
            if str(note.get("/Subtype", "")) not in ("/Link", "/Widget"):
                scanner.look("\n".join(_texts(note, _NOTE_TEXTS)), page=number, hidden="comment")
    if left <= 0:
        scanner.cut()


def _look_at_fields(pdf: Any, scanner: Scanner) -> None:  # noqa: ANN401
    """Values of form fields, which everybody sees and no text of a page contains; a digit a field may be a number."""
    form = pdf.Root.get("/AcroForm")
    waiting = [(field, _DEPTH, "") for field in _items(form.get("/Fields"))] if form is not None else []
    names, values = deque[str](), deque[str]()
    for _ in range(bounds.SCAN_ITEMS):
        if not waiting:
            break
        field, depth, above = waiting.pop()
        name = " ".join([above, *_texts(field, ("/T", "/TU"))]).strip()
        for text in _texts(field, ("/V", "/DV", "/Opt")):
            scanner.look(text, heading=name)
        if value := next(iter(_texts(field, ("/V",))), "").strip():
            # The last one comes first. What is no part of a number only tells that none goes on here.
            names.appendleft(_COUNTED.sub("", name))
            values.appendleft(value if value.isdigit() and len(value) < _DIGITS else _NO_PART)
        if depth:
            waiting.extend((kid, depth - 1, name) for kid in _items(field.get("/Kids")))
    else:
        scanner.cut()
    for name, boxes in groupby(zip(names, values, strict=True), key=itemgetter(0)):
        row = [value for _, value in boxes]
        if len(row) > 1:
            scanner.look_at_rows([[name, *row]])


def _look_at_properties(pdf: Any, scanner: Scanner) -> None:  # noqa: ANN401
    import pikepdf

    properties = pdf.trailer.get("/Info")
    values = dict(properties).values() if isinstance(properties, pikepdf.Dictionary) else ()
    scanner.look("\n".join(str(value) for value in islice(values, bounds.SCAN_ITEMS)), hidden="properties")
    metadata = pdf.Root.get("/Metadata")
    source = _unpacked(metadata, _METADATA_BYTES) if metadata is not None else None
    if source:
        scanner.look(words_of(source.decode("utf-8", "replace")), hidden="properties", only_new=True)


def _look_at_outline(pdf: Any, scanner: Scanner) -> None:  # noqa: ANN401
    outline = pdf.Root.get("/Outlines")
    waiting = [outline.get("/First")] if outline is not None else []
    for _ in range(bounds.SCAN_ITEMS):
        item = waiting.pop() if waiting else None
        if item is None:
            if not waiting:
                return
            continue
        scanner.look("\n".join(_texts(item, ("/Title",))), hidden="outline")
        waiting += [item.get("/Next"), item.get("/First")]
    scanner.cut()


def _attachments(pdf: Any, *, has_notes: bool) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Name and file specification of each file within: of the document, and pinned onto pages."""
    names = pdf.Root.get("/Names")
    waiting = [(names.get("/EmbeddedFiles"), _DEPTH)] if names is not None else []
    found: list[Any] = list(_items(pdf.Root.get("/AF")))
    for _ in range(bounds.SCAN_ITEMS):
        if not waiting:
            break
        node, depth = waiting.pop()
        if node is None or not depth:
            continue
        found += _items(node.get("/Names"))
        waiting.extend((kid, depth - 1) for kid in _items(node.get("/Kids")))
    for page in islice(pdf.pages, bounds.SCAN_PAGES if has_notes else 0):
        notes = page.obj.get("/Annots")
        if notes is not None:
            found += [note.get("/FS") for note in islice(_items(notes), bounds.SCAN_ITEMS)]
    done: set[tuple[int, int]] = set()
    for each in found:
        if each is None or not hasattr(each, "get") or each.get("/EF") is None:
            continue
        if each.objgen == (0, 0) or each.objgen not in done:
            done.add(each.objgen)
            yield next(iter(_texts(each, ("/UF", "/F"))), ""), each


def _open_attachment(
    name: str,
    specification: Any,  # noqa: ANN401
    scanner: Scanner,
    file_within: Callable[[str, IO[bytes]], None],
) -> None:
    files = specification.get("/EF")
    stream = files.get("/F") or files.get("/UF")
    source = _unpacked(stream, bounds.ATTACHMENT_BYTES) if stream is not None else None
    if source is None:
        scanner.cut()
    else:
        file_within(name, BytesIO(source))


def _unpacked(stream: Any, most: int) -> bytes | None:  # noqa: ANN401
    """Content of a stream; None where its packing cannot be bounded, or it unpacks to more than ``most``."""
    names = filters_of(stream, 2)
    if names not in ([], ["/FlateDecode"]) or stream.get("/DecodeParms") is not None:
        return None
    raw: bytes = stream.read_raw_bytes()
    if not names:
        return raw if len(raw) <= most else None
    unpacker = zlib.decompressobj()
    source = unpacker.decompress(raw, most)
    return None if unpacker.unconsumed_tail else source


def _texts(item: Any, keys: tuple[str, ...]) -> list[str]:  # noqa: ANN401
    """Texts among the values of ``keys``; markup in them loses its tags."""
    import pikepdf

    values = [item.get(key) for key in keys]
    found = []
    for value in values:
        several = list(value) if isinstance(value, pikepdf.Array) else [value]
        found += [str(one) for one in several if isinstance(one, pikepdf.String)]
    return [words_of(text) if "<" in text else text for text in found]


def _items(array: Any) -> list[Any]:  # noqa: ANN401
    """The dictionaries in an array; damaged files hold anything."""
    import pikepdf

    items = list(array) if isinstance(array, pikepdf.Array) else []
    return [item for item in items if isinstance(item, pikepdf.Dictionary)]
