"""Which pictures are the same one, by fingerprints that differ in few bits: saved again, trimmed, turned, mirrored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from flows.model import EarlierPicture, EvidenceFile

ALIKE_BITS = 40
"""Most of 256 bits in which fingerprints of one picture differ: saved again, halved, sent by telephone, brightened.

Measured on invented pictures: such copies differ in up to 22 bits, trimmed by 2 % in 36 (from one side only, in 44),
different photos of one room in 74 and more, different letters of one office in 50.
"""
TURNED_BITS = 24
"""The same for one of two that was turned or mirrored and saved so: fewer, as each picture is compared in seven ways.

Measured: turned copies differ in up to 10 bits, different photos, each turned in every way, in 100 and more.
"""
_SIDE = 16
_BITS = _SIDE * _SIDE
_ODD_COLUMNS = int("01" * (_BITS // 2), 2)
_ODD_ROWS = int(("0" * _SIDE + "1" * _SIDE) * (_SIDE // 2), 2)
_FLIPS = (_ODD_COLUMNS, _ODD_ROWS, _ODD_COLUMNS ^ _ODD_ROWS)
"""Bits that turn over where a picture is mirrored left to right, top to bottom, and both."""

Buckets = Mapping[int, Sequence[int]]
_Picture = TypeVar("_Picture")


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that are the same one."""

    files: tuple[EvidenceFile, ...]
    """Of this evaluation, by path; of equal bytes only the first stands for all."""
    earlier: tuple[EarlierPicture, ...]
    """Of evaluations before it, by year and path."""


def alike(photos: Sequence[EvidenceFile], earlier: Sequence[EarlierPicture] = ()) -> Iterator[Group]:
    """Groups of several pictures that are the same though their bytes may differ, one of this evaluation among them.

    Args:
        photos: Of this evaluation.
        earlier: Of evaluations before it.
    """
    firsts = {file.sha256: file for file in reversed(photos)}
    files = sorted(firsts.values(), key=lambda file: file.path)
    same: dict[int, list[EvidenceFile | EarlierPicture]] = defaultdict(list)
    for file in files:
        if file.photo and file.photo.fingerprint:
            same[int(file.photo.fingerprint, 16)].append(file)
    for picture in earlier:
        same[int(picture.fingerprint, 16)].append(picture)
    for group in _grouped(same):
        own = tuple(one for one in group if isinstance(one, EvidenceFile))
        if own and len(group) > 1:
            past = tuple(one for one in group if isinstance(one, EarlierPicture))
            yield Group(
                tuple(sorted(own, key=lambda file: file.path)),
                tuple(sorted(past, key=lambda picture: (picture.year, picture.path))),
            )


def _grouped(same: Mapping[int, Sequence[_Picture]]) -> Iterable[list[_Picture]]:
    """What carries fingerprints of one picture, in the order of ``same``."""
    prints = list(same)
    group_of = list(range(len(prints)))

    def leader(number: int) -> int:
        while group_of[number] != number:
            number = group_of[number]
        return number

    for one, other in _pairs(prints):
        low, high = sorted((leader(one), leader(other)))
        group_of[high] = low
    groups: dict[int, list[_Picture]] = defaultdict(list)
    for number, found in enumerate(same.values()):
        groups[leader(number)].extend(found)
    return groups.values()


def _pairs(prints: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers of the fingerprints that are of one picture."""
    yield from _near(prints, enumerate(prints), ALIKE_BITS)
    yield from _near(prints, ((number, way) for number, one in enumerate(prints) for way in _turned(one)), TURNED_BITS)


def _turned(one: int) -> Iterator[int]:
    """What the fingerprint becomes where the picture is mirrored or turned by its pixels: lying, and upside down."""
    written = f"{one:0{_BITS}b}"
    lying = int("".join(written[column::_SIDE] for column in range(_SIDE)), 2)
    yield lying
    for flip in _FLIPS:
        yield one ^ flip
        yield lying ^ flip


def _near(prints: Sequence[int], asked: Iterable[tuple[int, int]], bits: int) -> Iterator[tuple[int, int]]:
    """Pairs of a number of ``asked`` and an earlier one of ``prints`` whose fingerprints differ in so few bits.

    Those agree wholly in at least one of more bands than there are bits, so only such are compared.
    """
    edges = [_BITS * band // (bits + 1) for band in range(bits + 2)]
    bands = [(low, (1 << high - low) - 1) for low, high in pairwise(edges)]
    buckets = [_buckets(prints, low, mask) for low, mask in bands]
    for number, one in asked:
        for (low, mask), bucket in zip(bands, buckets, strict=True):
            for other in bucket.get(one >> low & mask, ()):
                if other >= number:
                    break
                if (one ^ prints[other]).bit_count() <= bits:
                    yield other, number


def _buckets(prints: Sequence[int], low: int, mask: int) -> Buckets:
    """Value of one band → the numbers of the fingerprints that have it, ascending."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(prints):
        found[one >> low & mask].append(number)
    return found
