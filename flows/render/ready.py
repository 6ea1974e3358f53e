"""A part is made ready to be bound while the typesetter still holds its objects: nothing is read or written twice.

Done here is what is the same in every volume: running heads become artifacts, cells and figures are described, text
needs no element of its own, and every page carries the structure of its part and its links under names of ours. What
joins files takes along what pages hold, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flows.render.way_back import name_all_letters

STRUCTURE, LINKS = "/KlaTags", "/KlaLinks"
"""Entries of every page of a ready part: the root of its structure, and its annotations. No bound file has them."""
_HEADINGS = frozenset(f"/H{level}" for level in range(1, 7))
_HOLDS_TEXT = _HEADINGS | {"/P", "/TH", "/TD", "/Span", "/Caption", "/Lbl", "/LBody", "/Link", "/NonStruct"}
"""Elements that may hold text themselves."""
_SAYS_NOTHING = frozenset(("/Span", "/NonStruct"))
"""Elements that mean what they hold (ISO 32000-1, 14.8.4); so does a division, but it tells where a line ends."""
_NEVER_WITHIN_ITSELF = _HEADINGS | {"/P", "/Caption"}
"""Of a heading with a line of its own the typesetter makes a heading within the heading."""
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
        """Walk down the structure and finish every element on the way, then fold what is below before what is above."""
        top = self.root["K"][0]
        waiting: list[bytes] = [top]
        met: list[bytes] = []
        while waiting:
            reference = waiting.pop()
            met.append(reference)
            element = self.at(reference)
            self._finish(element, reference)
            waiting += (kid for kid in element["K"] if not isinstance(kid, int) and _is_element(self.at(kid)))
        self.seen |= set(met)
        for reference in reversed(met):
            if reference != top:  # every page begins an element right below it
                self._fold(reference)

    def _fold(self, holder: bytes) -> None:
        """Have an element hold itself what stands in elements that say nothing: every object costs whoever binds."""
        element = self.at(holder)
        kids = []
        for kid in element["K"]:
            below = None if isinstance(kid, int) else self.at(kid)
            if below is None or (_is_element(below) and not _is_transparent(below, element)):
                kids.append(kid)
                continue
            self._drop(kid)
            if not _is_element(below):  # where a link lies
                kids.append(below)
                continue
            for each in below["K"]:
                self._hand_up(each, element, holder)
            kids += below["K"]
        element["K"][:] = kids

    def _hand_up(self, kid: Any, element: Any, holder: bytes) -> None:  # noqa: ANN401 - pydyf has no types
        """``kid`` hangs below ``element`` from now on."""
        if isinstance(kid, int):
            self.parents[self.number_of[element["Pg"]]][kid] = holder
        else:
            self.at(kid)["P"] = holder

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


def _is_element(found: Any) -> bool:  # noqa: ANN401 - pydyf has no types
    """Whether it is an element of structure; else it says where a link lies."""
    return bool(found["Type"] == "/StructElem")


def _is_transparent(below: Any, element: Any) -> bool:  # noqa: ANN401 - pydyf has no types
    """Whether what ``below`` holds may hang in ``element`` itself: it says nothing of it, and stands on the same page.

    Text may not where ``element`` only groups others, and in no case what is no element and no text.
    """
    is_twice = below["S"] == element["S"] and element["S"] in _NEVER_WITHIN_ITSELF
    if not (is_twice or below["S"] in _SAYS_NOTHING) or below.keys() != _BARE or below["Pg"] != element.get("Pg"):
        return False
    marks = [kid for kid in below["K"] if not isinstance(kid, bytes)]
    return not marks or (element["S"] in _HOLDS_TEXT and all(isinstance(mark, int) for mark in marks))
