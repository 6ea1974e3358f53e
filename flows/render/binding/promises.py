"""Links as the typeset parts promise them, against those of the bound file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pikepdf import Object

from flows.render.binding.boxes import Box, edges, is_within
from flows.render.binding.links import EXHIBIT, QUESTION, anchor_of
from flows.render.binding.order import Landing, Order
from flows.render.binding.reading import Link, Reading
from flows.render.binding.strip import Strip, strips
from flows.render.ready import LINKS
from flows.render.values import Exhibit, Sheets

_ROMAN = re.compile(r"[ivxlcdm]+")
_NEAR = 1.0
"""Points by which the ends of two boxes may differ and still be one."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A link as its part was typeset."""

    anchor: str
    """Empty for one that leaves the book."""
    box: Box
    landing: Landing | None
    is_at_end: bool
    """Whether it is a piece at the right end of another link to the same: where contents print the page number."""


Promises: TypeAlias = Mapping[Path, Sequence[Sequence[Promise]]]
"""The links of every page of every typeset file that a volume has something of."""


def broken_links(reading: Reading, order: Order, promised: Promises, marks: Sequence[str]) -> Iterator[str]:
    """Every link that is missing, unforeseen, or leads to a page that does not show what it names.

    Args:
        reading: the bound file.
        order: what it should be.
        promised: what :func:`promises_of` says of each typeset file.
        marks: warnings that every strip bears, see :func:`flows.render.binding.strip.strips`.
    """
    numbers = _page_numbers(order)
    for run, leaf in order.sheets:
        for number in run.pages:
            own = promised[leaf.typeset.path][number - run.first + leaf.first]
            yield from _page(reading, order, number, own, numbers)
    for run, evidence in order.exhibits:
        strip_of = strips(evidence.exhibit, evidence.prepared.pages, marks)
        for number in run.pages:
            yield from _strip(reading, order, number, evidence.exhibit, strip_of)


def _page(
    reading: Reading, order: Order, number: int, promises: Sequence[Promise], numbers: re.Pattern[str]
) -> Iterator[str]:
    here, links = order.labels[number], reading.leaves[number].links
    for promise in promises:
        if promise.landing is None and promise.anchor:
            continue  # plain text; that no link lies there is seen below
        target = promise.landing.page if promise.landing else None
        if not (kept := [link for link in links if link.target == target and is_within(promise.box, [link.box])]):
            yield f"tautan ke “{promise.anchor}” pada halaman {here} hilang atau menuju halaman yang salah"
        elif target is not None:
            yield from _shown(reading, order, promise, target, here)
            yield from _printed(kept[0], promise, order.labels[target], here, numbers)
    known = {promise.box for promise in promises if promise.landing or not promise.anchor}
    for link in links:
        if link.box not in known and not any(is_within(box, [link.box]) for box in known):
            yield f"tautan “{link.text}” pada halaman {here} tidak dikenal"


def _shown(reading: Reading, order: Order, promise: Promise, target: int, here: str) -> Iterator[str]:
    """Whether the page shows the question or exhibit that a link names."""
    if promise.anchor.startswith(QUESTION):
        question = promise.anchor.removeprefix(QUESTION)
        if not reading.leaves[target].asks(question):
            yield f"tautan pada halaman {here} ke {question} menuju halaman {order.labels[target]} yang tidak memuatnya"
    if promise.anchor.startswith(EXHIBIT):
        label = promise.anchor.removeprefix(EXHIBIT).partition("@")[0]
        if not reading.leaves[target].names(label):
            yield f"tautan pada halaman {here} ke {label} menuju halaman {order.labels[target]} yang tidak memuatnya"


def _printed(link: Link, promise: Promise, label: str, here: str, numbers: re.Pattern[str]) -> Iterator[str]:
    """A page number at the end of a link, as in contents and lists, is that of the page it leads to."""
    word = link.text.rpartition(" ")[2]
    if word != label and (numbers.fullmatch(word) or (promise.is_at_end and _is_plain_number(word, label))):
        yield f"tautan “{link.text}” pada halaman {here} menyebut {word}, tetapi menuju halaman {label}"


def _is_plain_number(word: str, label: str) -> bool:
    """Whether a word is a number of the kind of ``label``, where that has no prefix that would tell it from text."""
    return bool((label.isdecimal() and word.isdecimal()) or (_ROMAN.fullmatch(label) and _ROMAN.fullmatch(word)))


def _page_numbers(order: Order) -> re.Pattern[str]:
    """Page numbers that cannot be anything else: with the prefix of a part."""
    prefixes = {leaf.part.numbering.prefix for _, leaf in order.sheets} - {""}
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(prefixes)))})\d+" if prefixes else r"(?!)")


def _strip(
    reading: Reading, order: Order, number: int, exhibit: Exhibit, strip_of: Callable[[float], Strip]
) -> Iterator[str]:
    """Every question of the volume named below a page of evidence is linked, and every link leads back to it."""
    here, leaf = order.labels[number], reading.leaves[number]
    asked = {each: order.landing(f"{QUESTION}{each}") for each in exhibit.questions}
    links = leaf.links
    linked = {link.text.rstrip(",") for link in links}
    for question, _ in strip_of(leaf.width).questions:
        if asked[question] and question not in linked:
            yield f"halaman {here} tidak mempunyai tautan kembali ke {question}"
    for link in links:
        question = link.text.rstrip(",")
        landing = asked.get(question)
        if landing is None or link.target != landing.page or not reading.leaves[landing.page].asks(question):
            yield f"tautan “{link.text}” pada halaman {here} tidak menuju pertanyaan itu"


def promises_of(typeset: Sequence[Object], leaf: Sheets, order: Order) -> list[list[Promise]]:
    """The links of every page of the file that ``leaf`` is from."""
    return [_of_page(page, leaf, order) for page in typeset]


def _of_page(page: Object, leaf: Sheets, order: Order) -> list[Promise]:
    found: list[Promise] = []
    pieces: dict[str, list[Box]] = defaultdict(list)
    for annotation in page.get(LINKS, ()):
        anchor, is_own = anchor_of(annotation)
        box = edges(annotation.Rect)
        landing = order.landing(anchor, leaf.part.key if is_own else "") if anchor else None
        found.append(Promise(anchor, box, landing, any(_ends(box, each) for each in pieces[anchor])))
        pieces[anchor].append(box)
    return found


def _ends(box: Box, around: Box) -> bool:
    """Whether ``box`` lies at or beyond the right end of ``around``, in the same line."""
    return box[2] >= around[2] - _NEAR and box[1] < around[3] and box[3] > around[1]
