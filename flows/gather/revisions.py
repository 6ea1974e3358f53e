"""Lines of a document whose changes are tracked: as they stand, and as they stood before they were changed.

Word writes what was deleted where it stood. OpenDocument keeps it at the beginning, and marks the place.
"""

from __future__ import annotations

from collections.abc import Mapping


class TrackedLine:
    """One line after the other, while a document is read."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._inserted: set[int] = set()
        """Places of parts that came with a change."""
        self._deleted: list[tuple[int, str]] = []
        """What a change took out, and before which place."""
        self._insertions = 0
        self._regions: dict[str, list[str]] = {}
        """Id of a deletion → its words, where these stand apart."""
        self._region: list[str] | None = None

    def add(self, text: str) -> None:
        """Take words that are seen."""
        if self._insertions:
            self._inserted.add(len(self._parts))
        self._parts.append(text)

    def delete(self, text: str) -> None:
        """Take words that were deleted: here, or wherever the mark of this deletion stands."""
        if self._region is None:
            self._deleted.append((len(self._parts), text))
        else:
            self._region.append(text)

    def start_insertion(self, attributes: Mapping[str, str]) -> None:
        """What follows came with a change."""
        del attributes
        self._insertions += 1

    def end_insertion(self, attributes: Mapping[str, str] | None = None) -> None:
        """What follows stood there before."""
        del attributes
        self._insertions = max(0, self._insertions - 1)

    def start_region(self, attributes: Mapping[str, str]) -> None:
        """The words of one deletion follow; its place is marked later."""
        number = attributes.get("text:id") or attributes.get("xml:id", "")
        self._region = self._regions.setdefault(number, [])

    def end_region(self) -> None:
        """The words of that deletion have been read."""
        self._region = None

    def mark(self, attributes: Mapping[str, str]) -> None:
        """Here stood what was deleted."""
        self.delete("".join(self._regions.get(attributes.get("text:change-id", ""), ())))

    def end(self) -> tuple[str, str]:
        """The line, and the line before its changes; empty where these left nothing of it, or there are none."""
        now, before = "".join(self._parts), self._before() if self._deleted else ""
        self._parts, self._inserted, self._deleted = [], set(), []
        return now, before

    def _before(self) -> str:
        parts = ["" if place in self._inserted else text for place, text in enumerate(self._parts)]
        if not any(parts):
            return ""  # it was deleted as a whole
        whole, done = list[str](), 0
        for place, text in self._deleted:
            whole += parts[done:place]
            whole.append(text)
            done = place
        return "".join([*whole, *parts[done:]])
