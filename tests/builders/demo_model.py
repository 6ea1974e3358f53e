"""What the demo city is made of: a document to be drawn up, and chance that always falls the same way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

DATA_YEARS = (2022, 2023)
FOOTER = "DOKUMEN REKAAN – KOTA CONTOH"
DISTRICTS: dict[str, tuple[str, ...]] = {
    "Contoh Utara": ("Melati Contoh", "Mawar Contoh", "Kenanga Contoh", "Cempaka Contoh"),
    "Contoh Selatan": ("Anggrek Contoh", "Teratai Contoh", "Dahlia Contoh", "Flamboyan Contoh", "Seroja Contoh"),
    "Contoh Timur": ("Rambutan Contoh", "Durian Contoh", "Manggis Contoh", "Kelapa Contoh"),
    "Contoh Barat": ("Merpati Contoh", "Kutilang Contoh", "Kenari Contoh", "Cendrawasih Contoh", "Jalak Contoh"),
}
MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
)
_ID = r"\d{1,2}[A-C]?\.\d{1,2}[a-z]{0,2}"
_IDS = re.compile(rf"^({_ID}(?:\s*,\s*{_ID})*)(?=$|[\s_-])")


@dataclass(frozen=True, slots=True)
class Doc:
    """One evidence file to be made; its form follows from ``form`` and its content from the other fields."""

    path: str
    """Relative to the year's input folder, POSIX separators."""
    form: str
    """Name of a form in ``demo_forms`` or ``demo_files``: ``laporan``, ``foto``, ``xlsx`` …"""
    topic: str
    """What it is about, in Indonesian, as it follows "tentang"."""
    parts: tuple[str, ...] = ()
    """Further sections of a PDF, or the layout of a workbook."""
    years: tuple[int, ...] = DATA_YEARS
    """Years it speaks of; empty for none."""
    scanned: bool = False
    """Whether it is a picture of the paper instead of text."""
    words: tuple[str, ...] = ()
    """Words its text must contain, besides the topic."""

    @property
    def agency_folder(self) -> str:
        """First folder of the path."""
        return self.path.split("/", 1)[0]

    @property
    def suffix(self) -> str:
        """Lower-case ending of the name, with its dot."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def questions(self) -> tuple[str, ...]:
        """Question ids at the start of the name, or else of the deepest folder that has any."""
        for part in reversed(PurePosixPath(self.path).parts[1:]):
            if match := _IDS.match(part):
                return tuple(re.split(r"\s*,\s*", match[1]))
        return ()

    @property
    def chance(self) -> Chance:
        """Chance seeded by the path alone."""
        return Chance(self.path)


class Chance:
    """Numbers that look random and depend on nothing but the seed, on every platform and Python version."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._count = 0

    def number(self, low: int, high: int) -> int:
        """An integer from ``low`` to ``high``, both included."""
        self._count += 1
        digest = hashlib.sha256(f"{self._seed}#{self._count}".encode()).digest()
        return low + int.from_bytes(digest[:6], "big") % (high - low + 1)

    def choice(self, options: Sequence[str]) -> str:
        """One of ``options``."""
        return options[self.number(0, len(options) - 1)]

    def day(self, year: int) -> date:
        """A working day between February and November of ``year``."""
        day = date(year, 2, 1) + timedelta(days=self.number(0, 300))
        return day - timedelta(days=max(0, day.weekday() - 4))


def long_date(day: date) -> str:
    """``day`` as officials write it: 12 Mei 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def sentence(text: str) -> str:
    """``text`` with a capital at the start and no other change."""
    return text[:1].upper() + text[1:]


def thousands(value: int) -> str:
    """``value`` with points between thousands: 12.500."""
    return f"{value:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    """Share in per cent with a decimal comma: 87,5."""
    return f"{100 * part / whole:.1f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Matter:
    """What the instrument asks of a document: read from it, so that the document fits."""

    subjects: tuple[str, ...] = ()
    """Titles of the questions it serves, shortened."""
    words: tuple[str, ...] = ()
    """Words of which the text must hold at least one per question."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues the documents of an agency folder."""

    name: str
    """As on the letterhead."""
    head: str
    """Who signs: "Kepala Dinas Kesehatan"."""
