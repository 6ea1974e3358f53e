"""A part is made ready to be bound while the typesetter still holds its objects: nothing is read or written twice.

Done here is what is the same in every volume: running heads become artifacts, cells and figures are described, text
needs no element of its own, and every page carries the structure of its part and its links under names of ours. What
joins files takes along what pages hold, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flows.render.way_back import name_all_letters

STRUCTURE, LINKS = "/KlaTags", "/KlaLinks"
"""Entries of every page of a ready part: the root of its structure, and its annotations. No bound file has them."""
_HOLDS_TEXT = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TH", "/TD", "/Span", "/Caption", "/LBody"))
"""Elements that may hold text themselves."""
_BARE = frozenset(("Type", "S", "K", "Pg", "P"))
"""Entries of an element that says nothing but where it is."""
_ARTIFACT = ("/Artifact", b"<</Type /Pagination>>")
_PIXEL = 0.75
"""Points in a pixel of CSS."""


def finisher(key: str) -> Callable[[Any, Any], None]:
    """What the typesetter calls before it writes a part.

    Args:
        key: of the part, which sets its cells apart from those of others.
    """

    def finish(_: object, pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
        desk = _Desk(pdf, key)
        desk.follow()
        for number, page in enumerate(desk.pages):
            desk.free_furniture(number, page)
        desk.hand_over()
        name_all_letters(pdf)

    return finish


@dataclass
class _Desk:
    """The objects of one part, and what was found in its structure."""

    pdf: Any
    key: str
    seen: set[bytes] = field(default_factory=set)
    """References of every element of the tree."""
    cells: list[tuple[bytes, bytes]] = field(default_factory=list)
    """Names of cells as they are written, with the reference of each."""

    def __post_init__(self) -> None:
        self.root_reference: bytes = self.pdf.catalog["StructTreeRoot"]
        self.root = self.at(self.root_reference)
        numbers = iter(self.at(self.root["ParentTree"])["Nums"])
        self.parents = dict(zip(numbers, numbers, strict=True))
        self.pages = [self.at(each) for each in self.pdf.page_references]
        self.number_of = {each: number for number, each in enumerate(self.pdf.page_references)}

    def at(self, reference: bytes) -> Any:  # noqa: ANN401 - pydyf has no types
        """The object of a reference."""
        return self.pdf.objects[int(reference.partition(b" ")[0])]

    def follow(self) -> None:
        """Walk down the structure, and finish every element on the way."""
        waiting: list[bytes] = [self.root["K"][0]]
        while waiting:
            reference = waiting.pop()
            self.seen.add(reference)
            element = self.at(reference)
            self._finish(element, reference)
            waiting += self._kids(element, reference)

    def _kids(self, element: Any, reference: bytes) -> Iterator[bytes]:  # noqa: ANN401 - pydyf has no types
        kids = element["K"]
        for place, kid in enumerate(kids):
            if isinstance(kid, int):
                continue
            below = self.at(kid)
            if below["Type"] != "/StructElem":
                continue
            if _is_bare_text(below) and element["S"] in _HOLDS_TEXT and below["Pg"] == element["Pg"]:
                kids[place] = mark = below["K"][0]
                self.parents[self.number_of[element["Pg"]]][mark] = reference
                self._drop(kid)
            else:
                yield kid

    def _drop(self, reference: bytes) -> None:
        """Its number becomes free, as the first one is."""
        self.pdf.objects[int(reference.partition(b" ")[0])] = self.pdf.objects[0]

    def _finish(self, element: Any, reference: bytes) -> None:  # noqa: ANN401 - pydyf has no types
        if name := element.get("ID"):
            name.string = f"{self.key}-{name.string}"  # the cells below this head hold the same object
            self.cells.append((name.data, reference))
        if element["S"] == "/TH":
            body = self.at(self.at(element["P"])["P"])
            element["A"]["Scope"] = "/Column" if body.get("S") == "/THead" else "/Row"
        elif element["S"] == "/Figure" and "A" in element:
            self._measure(element)

    def _measure(self, figure: Any) -> None:  # noqa: ANN401 - pydyf has no types
        """The typesetter writes the box of a figure in pixels from the top of the page."""
        left, top, right, bottom = (float(edge) * _PIXEL for edge in figure["A"]["BBox"])
        height = float(self.at(figure["Pg"])["MediaBox"][3])
        figure["A"]["BBox"][:] = [round(edge, 2) for edge in (left, height - bottom, right, height - top)]

    def free_furniture(self, number: int, page: Any) -> None:  # noqa: ANN401 - pydyf has no types
        """Running heads and the page number become artifacts: they come last, and the typesetter leaves them loose."""
        owners, stream = self.parents[number], self.at(page["Contents"]).stream
        first = len(owners)
        while first and owners[first - 1] not in self.seen:
            first -= 1
        left = len(owners) - first
        del owners[first:]
        for place in range(len(stream) - 1, 0, -1):
            if not left:
                break
            properties = stream[place]
            if isinstance(properties, dict) and properties.get("MCID", -1) >= first:
                stream[place - 1], stream[place] = _ARTIFACT
                left -= 1

    def hand_over(self) -> None:
        """Write numbers and names of the structure, and hang it and the links at the pages."""
        numbers = self.at(self.root["ParentTree"])["Nums"]
        numbers[:] = [each for pair in self.parents.items() for each in pair]
        pairs = b" ".join(b"%b %b" % pair for pair in sorted(self.cells))
        self.root["IDTree"] = b"<</Names [%b]>>" % pairs
        for page in self.pages:
            page[STRUCTURE[1:]] = self.root_reference
            if "Annots" in page:
                page[LINKS[1:]] = page.pop("Annots")


def _is_bare_text(element: Any) -> bool:  # noqa: ANN401 - pydyf has no types
    """Whether it holds one piece of text and says nothing of it."""
    kids = element["K"]
    return element["S"] == "/Span" and len(kids) == 1 and isinstance(kids[0], int) and element.keys() == _BARE
