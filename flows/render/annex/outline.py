"""A document's own outline as bookmarks of the pages it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flows import bounds
from flows.page_wording import page_name
from flows.privacy import mask_numbers
from flows.render.annex.geometry import Frame, numbers
from flows.render.values import Bookmark, Spot

_KEEPS_PLACE = {"/XYZ": (2, 3), "/FitH": (None, 2), "/FitBH": (None, 2), "/FitR": (2, 5)}
"""Where a destination says how far across and up it points."""


def bookmarks_of(pdf: Any, frames: Sequence[Frame]) -> tuple[Bookmark, ...]:  # noqa: ANN401  # pikepdf is imported where it is used
    """The outline of an open PDF within bounds; entries that lead nowhere are left out, numbers of persons masked.

    Args:
        pdf: as it was opened.
        frames: of all its pages.
    """
    try:
        finder = _Finder(pdf, frames)
        found = [(level, finder.bookmark(node, level)) for node, level in _nodes(pdf)]
    except Exception:  # noqa: BLE001  # a damaged outline costs the outline, not the pages
        return ()
    return tuple(_without_gaps(found))


def _nodes(pdf: Any) -> Iterator[tuple[Any, int]]:  # noqa: ANN401  # same
    """Entries in reading order with their levels, each once."""
    import pikepdf

    root = pdf.Root.get("/Outlines")
    seen: set[tuple[int, int]] = set()
    waiting = [(root.get("/First"), 1)] if isinstance(root, pikepdf.Dictionary) else []
    while waiting and len(seen) < bounds.ANNEX_BOOKMARKS:
        node, level = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in seen or node.objgen == (0, 0):
            continue
        seen.add(node.objgen)
        yield node, level
        waiting.append((node.get("/Next"), level))
        if level < bounds.ANNEX_BOOKMARK_LEVELS:
            waiting.append((node.get("/First"), level + 1))


def _without_gaps(found: Sequence[tuple[int, Bookmark | None]]) -> Iterator[Bookmark]:
    """What lies below an entry that was left out takes its place."""
    kept_above: list[tuple[int, int]] = []
    for level, mark in found:
        while kept_above and kept_above[-1][0] >= level:
            kept_above.pop()
        depth = kept_above[-1][1] if kept_above else 0
        if mark is not None:
            depth += 1
            yield Bookmark(mark.title, depth, mark.spot)
        kept_above.append((level, depth))


class _Finder:
    """Finds the page an entry leads to."""

    def __init__(self, pdf: Any, frames: Sequence[Frame]) -> None:  # noqa: ANN401  # same
        import pikepdf

        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._frames = frames
        self._old_names = pdf.Root.get("/Dests")
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
        self._names = pikepdf.NameTree(tree) if isinstance(tree, pikepdf.Dictionary) else None

    def bookmark(self, node: Any, level: int) -> Bookmark | None:  # noqa: ANN401  # same
        """The entry, None where it leads nowhere."""
        spot = self._spot(_target(node))
        if spot is None:
            return None
        raw = node.get("/Title")
        words = "".join(letter if letter.isprintable() else " " for letter in str(raw if raw is not None else ""))
        title = mask_numbers(" ".join(words.split()))[: bounds.ANNEX_BOOKMARK_CHARS].strip()
        return Bookmark(title or page_name(spot.page + 1), level, spot)

    def _spot(self, target: Any) -> Spot | None:  # noqa: ANN401  # same
        import pikepdf

        array = self._array(target)
        if array is None or not len(array):
            return None
        page = array[0]
        number = int(page) if isinstance(page, int) else self._pages.get(getattr(page, "objgen", (0, 0)))
        if number is None or not 0 <= number < len(self._frames):
            return None
        frame = self._frames[number]
        kind = str(array[1]) if len(array) > 1 and isinstance(array[1], pikepdf.Name) else ""
        return Spot(number, *frame.place(*_place(array, kind, frame)))

    def _array(self, target: Any) -> Any:  # noqa: ANN401  # same
        """The destination itself, by its name where it has one."""
        import pikepdf

        if isinstance(target, pikepdf.String) and self._names is not None:
            target = self._names.get(str(target))
        elif isinstance(target, pikepdf.Name) and isinstance(self._old_names, pikepdf.Dictionary):
            target = self._old_names.get(str(target))
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        return target if isinstance(target, pikepdf.Array) else None


def _target(node: Any) -> Any:  # noqa: ANN401  # same
    import pikepdf

    action = node.get("/A")
    if "/Dest" not in node and isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo":
        return action.get("/D")
    return node.get("/Dest")


def _place(array: Any, kind: str, frame: Frame) -> tuple[float, float]:  # noqa: ANN401  # same
    """Across and up in the page's own space, the upper left corner of what is shown where nothing is said."""
    left, bottom, right, top = frame.box
    corners = ((left, top), (left, bottom), (right, bottom), (right, top))
    default = max(corners, key=lambda corner: frame.place(*corner)[1] - frame.place(*corner)[0])
    across, up = _KEEPS_PLACE.get(kind, (None, None))
    x = numbers([array[across]]) if across is not None and len(array) > across else ()
    y = numbers([array[up]]) if up is not None and len(array) > up else ()
    return (x[0] if x else default[0], y[0] if y else default[1])
