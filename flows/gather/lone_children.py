"""Children of whom a file names one a page, a sheet, a slide or a card: together they are a list.

Reports of pupils, certificates and forms of consent are bound like that, or handed in as a file for each child: who
was named alone is told too.
"""

from __future__ import annotations

from flows import bounds
from flows.gather.scan_found import Place
from flows.privacy import ChildList

Named = tuple[ChildList, Place]
"""An only child, and where it is named."""


class LoneChildren:
    """Remembers who was named alone, by name; names never leave it."""

    def __init__(self) -> None:
        self._known: list[str] = []
        self._first: Named | None = None

    @property
    def only(self) -> Named | None:
        """The one child that was named alone; None where there was none, or more."""
        return self._first

    def meet(self, found: ChildList, place: Place) -> tuple[Named, ...]:
        """What has to be told now that one more child is named alone: nothing while there is only one."""
        name = " ".join(found.alone.lower().split())
        if len(self._known) < bounds.LONE_CHILDREN and not any(name in known or known in name for known in self._known):
            self._known.append(name)
        else:
            return ()
        if len(self._known) == 1:
            self._first = found, place
            return ()
        told = ((found, place),) if self._first is None else (self._first, (found, place))
        self._first = None
        return told
