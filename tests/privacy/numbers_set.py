"""The labelled snippets of ``numbers_set.txt`` (and of the second set), with invented numbers put into them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.model import ExposureKind
from flows.privacy import find_numbers

_HERE = Path(__file__).parent
_HEADING = re.compile(r"\[([^\]{}]*)\] ")
_PLACE = re.compile(r"\{(nik|kk|like|ocr|full|arab|round|typo|float)(?:\|([^}]*))?\}")
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|n|t)")
# Codes of today and retired ones; the district 99 shows that the number is invented, as the province 99 does.
_REGIONS = ("9971", "6371", "9902", "3515", "9101", "6473", "5403", "7320", "9204", "1171", "7271", "9303", "3174")
_CONFUSIONS = {"0": "Oo", "1": "lI", "5": "S", "8": "B", "2": "Z"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text with the persons' numbers in it that must be found."""

    line: int
    text: str
    heading: str
    expected: tuple[tuple[ExposureKind, int, int], ...]
    """Kind, start and end of each."""

    def found(self) -> tuple[tuple[ExposureKind, int, int], ...]:
        return tuple(
            (number.kind, number.start, number.end) for number in find_numbers(self.text, heading=self.heading)
        )


def invented(rng: random.Random, *, girl: bool | None = None) -> str:
    """A possible number of nobody."""
    region = rng.choice(_REGIONS)
    district = "99" if region[:2] != "99" else f"{rng.randint(1, 30):02}"
    girl = rng.random() < 0.5 if girl is None else girl
    day = rng.randint(1, 28) + (40 if girl else 0)
    year = rng.choice((*range(6, 25), *range(60, 100)))
    return f"{region}{district}{day:02}{rng.randint(1, 12):02}{year:02}{rng.randint(1, 60):04}"


def snippets(name: str, rounds: int = 2, seed: int = 20240) -> Iterator[Snippet]:
    """The snippets of one file, each with different numbers in each round."""
    for turn in range(rounds):
        for place, line in enumerate((_HERE / name).read_text(encoding="utf-8").splitlines(), start=1):
            if line and not line.startswith("# "):
                yield _snippet(place, line, random.Random(seed + 1000 * turn + place))  # noqa: S311 - invented numbers


def _snippet(place: int, line: str, rng: random.Random) -> Snippet:
    heading = ""
    if match := _HEADING.match(line):
        heading, line = match[1], line[match.end() :]
    line = _ESCAPE.sub(lambda match: {"n": "\n", "t": "\t"}.get(match[1]) or chr(int(match[1][1:], 16)), line)
    text, expected, last = "", [], 0
    for match in _PLACE.finditer(line):
        text += line[last : match.start()]
        written = _written(match[1], match[2], rng)
        if match[1] != "like":
            kind = ExposureKind.FAMILY_CARD if match[1] == "kk" else ExposureKind.RESIDENT_NUMBER
            expected.append((kind, len(text), len(text) + len(written)))
        text += written
        last = match.end()
    return Snippet(place, text + line[last:], heading, tuple(expected))


def _written(what: str, writing: str | None, rng: random.Random) -> str:
    digits = invented(rng, girl=False if what == "kk" else None)
    if what == "round":
        digits = digits[:12] + "0000"
    if what == "typo":
        digits = digits[:8] + "13" + digits[10:]
    if what == "float":
        return f"{digits[0]}.{digits[1:]}E+15"
    if what == "full":
        digits = "".join(chr(0xFF10 + int(digit)) for digit in digits)
    if what == "arab":
        digits = "".join(chr(0x0660 + int(digit)) for digit in digits)
    if what == "ocr":
        places = [place for place, digit in enumerate(digits) if digit in _CONFUSIONS]
        for place in rng.sample(places, min(len(places), rng.randint(1, 4))):
            digits = digits[:place] + rng.choice(_CONFUSIONS[digits[place]]) + digits[place + 1 :]
    return _grouped(digits, writing) if writing else digits


def _grouped(digits: str, writing: str) -> str:
    rest = iter(digits)
    return re.sub(r"\d+", lambda size: "".join(next(rest) for _ in range(int(size[0]))), writing)
