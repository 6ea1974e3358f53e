"""Active content of a PDF: scripts, actions that happen by themselves or reach outside, files in the file, media.

The walk follows what a viewer follows: catalog, names, outline, fields, pages, annotations. A link that a reader clicks
on is nothing special; one that opens by itself is. Cycles, damaged and countless objects end it, and nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flows import bounds
from flows.privacy import mask_numbers

_NAME_CHARS = 60
_ACTIONS = {
    "/JavaScript": "pdf-javascript",
    "/Launch": "pdf-launch",
    "/SubmitForm": "pdf-submit",
    "/ImportData": "pdf-import",
    "/GoToR": "pdf-remote",
    "/Rendition": "pdf-media",
    "/RichMediaExecute": "pdf-media",
}
"""What an action does, whoever starts it."""
_SCRIPTED = re.compile(r"\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
"""An address that is a script, or a page of its own."""
_OF_A_COMPUTER = re.compile(r"\s*(?:file:|\\\\|//|[a-z]:\\|(?:ms|search)-[\w-]+:)", re.IGNORECASE)
"""An address on the reader's own computer or in its network, or one that starts a program there."""
_MEDIA = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound"})
"""Notes that play something. A note of kind Screen plays what its action says, or is a picture that somebody put on the
page with a reader of PDFs: a scanned signature."""
ACTIVE_SIGNS = (
    *(b"/A ", b"/AA ", b"/OpenAction ", b"/JavaScript ", b"/XFA ", b"/EF "),
    *(b"/RichMedia", b"/3D", b"/Movie", b"/Sound"),
)
"""One of them stands in the source of every PDF that has active content."""
_KIDS = ("/Kids", "/First", "/Next")
"""Where trees of names, fields and outlines go on."""


class _Walk:
    """A bounded walk: every indirect object once, and no more objects than the bound in all."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}
        self.names = 0
        self._seen: set[tuple[int, int]] = set()
        self._left = bounds.PDF_OBJECTS

    def enter(self, value: Any) -> bool:  # noqa: ANN401  # pikepdf is imported where it is used
        """Whether ``value`` is to be looked at: not seen yet, and the bound not reached."""
        if self._left <= 0:
            self.found["not-searched"] = None
            return False
        self._left -= 1
        number = tuple(value.objgen)
        if number == (0, 0):
            return True
        is_new = number not in self._seen
        self._seen.add(number)
        return is_new

    def tree(self, root: Any) -> Iterator[Any]:  # noqa: ANN401  # same
        """``root`` and the dictionaries below it, whichever way the tree goes on."""
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if not _is_dictionary(node) or not self.enter(node):
                continue
            yield node
            for key in _KIDS:
                waiting.extend(_items(_get(node, key)))


def active_in_pdf(pdf: Any) -> tuple[str, ...]:  # noqa: ANN401  # same
    """What an open PDF would do or carry besides showing its pages."""
    walk = _Walk()
    try:
        _look_at_document(walk, pdf)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # a damaged object ends the search, not the reading
        walk.found["not-searched"] = None
    return tuple(walk.found)


def _look_at_document(walk: _Walk, pdf: Any) -> None:  # noqa: ANN401  # same
    root = pdf.Root
    _look_at_actions(walk, root)
    _look_at_names(walk, root)
    form = _get(root, "/AcroForm")
    if _get(form, "/XFA") is not None:
        walk.found["pdf-xfa"] = None
    for start in (*_items(_get(form, "/Fields")), *_items(_get(root, "/Outlines"))):
        for node in walk.tree(start):
            _look_at_actions(walk, node)
    for page in pdf.pages:
        _look_at_page(walk, page.obj)
        if "not-searched" in walk.found:
            break


def _look_at_names(walk: _Walk, root: Any) -> None:  # noqa: ANN401  # same
    """Scripts and files that the catalog lists by name, and files it says belong to the document."""
    names = _get(root, "/Names")
    for node in walk.tree(_get(names, "/JavaScript")):
        if _get(node, "/Names") is not None:
            walk.found["pdf-javascript"] = None
    for node in walk.tree(_get(names, "/EmbeddedFiles")):
        for item in _items(_get(node, "/Names"))[1::2]:
            _note_file(walk, item)
    for item in _items(_get(root, "/AF")):
        _note_file(walk, item)


def _look_at_page(walk: _Walk, page: Any) -> None:  # noqa: ANN401  # same
    if not walk.enter(page):
        return
    _look_at_actions(walk, page)
    for item in _items(_get(page, "/AF")):
        _note_file(walk, item)
    for note in _items(_get(page, "/Annots")):
        if not _is_dictionary(note):
            continue
        kind = str(_get(note, "/Subtype"))
        if kind in _MEDIA:
            walk.found["pdf-media"] = None
        elif kind == "/FileAttachment":
            _note_file(walk, _get(note, "/FS"))
        _look_at_actions(walk, note)


def _look_at_actions(walk: _Walk, holder: Any) -> None:  # noqa: ANN401  # same
    """The actions of one dictionary: what a click does, and what happens by itself."""
    own = _get(holder, "/AA")
    automatic = [_get(holder, "/OpenAction"), *(_get(own, key) for key in _keys(own))]
    waiting = [*((action, True) for action in automatic), (_get(holder, "/A"), False)]
    while waiting:
        action, is_automatic = waiting.pop()
        if not _is_dictionary(action) or not walk.enter(action):
            continue
        kind = str(_get(action, "/S"))
        if kind in _ACTIONS:
            walk.found[_ACTIONS[kind]] = None
        elif kind == "/URI" and _SCRIPTED.match(str(_get(action, "/URI"))):
            walk.found["pdf-javascript"] = None
        elif kind == "/URI" and _OF_A_COMPUTER.match(str(_get(action, "/URI"))):
            walk.found["pdf-remote"] = None
        elif kind == "/URI" and is_automatic:
            walk.found["pdf-open-uri"] = None
        elif kind == "/GoToE":
            walk.found["pdf-remote"] = None
        waiting.extend((following, is_automatic) for following in _items(_get(action, "/Next")))


def _note_file(walk: _Walk, specification: Any) -> None:  # noqa: ANN401  # same
    """Name a file that lies in the PDF; one that is only mentioned does not lie in it."""
    if not _is_dictionary(specification) or _get(specification, "/EF") is None or not walk.enter(specification):
        return
    walk.names += 1
    if walk.names <= bounds.ACTIVE_NAMES:
        name = str(_get(specification, "/UF") or _get(specification, "/F") or "")
        shown = mask_numbers(" ".join(name.split()))[:_NAME_CHARS]
        walk.found[f"embedded-file: {shown}" if shown else "embedded-file"] = None


def _is_dictionary(value: Any) -> bool:  # noqa: ANN401  # same
    import pikepdf

    return isinstance(value, pikepdf.Dictionary)


def _get(holder: Any, key: str) -> Any:  # noqa: ANN401  # same
    """A value of a dictionary or of a stream's; None where it is neither, or damaged."""
    import pikepdf

    if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        return None
    try:
        return holder.get(key)
    except (pikepdf.PdfError, ValueError, TypeError):
        return None


def _keys(holder: Any) -> list[str]:  # noqa: ANN401  # same
    return list(holder.keys())[: bounds.ACTIVE_NAMES * 10] if _is_dictionary(holder) else []


def _items(value: Any) -> list[Any]:  # noqa: ANN401  # same
    """The items of an array, at most the bound; a value that is none stands for itself."""
    import pikepdf

    if isinstance(value, pikepdf.Array):
        return [value[number] for number in range(min(len(value), bounds.PDF_OBJECTS))]
    return [] if value is None else [value]
