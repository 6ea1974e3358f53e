"""Where things lie: rules and templates (checkout or wheel), inputs, outputs, and the program's own state.

The program writes nowhere but below the outputs folder: finished runs under ``<outputs>/<kota>/<tahun>`` and its own
state (caches, Prefect's home, logs, scratch) under ``<outputs>/.kla``.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flows import bounds
from flows.errors import UsageError

FONTS_VARIABLE = "FONTCONFIG_FILE"
"""Tells the library that finds fonts where its configuration lies."""
_YES = frozenset({"1", "ya", "yes", "true"})
_NO = frozenset({"", "0", "tidak", "no", "false"})
_PACKAGE = Path(__file__).resolve().parent


def data_root() -> Path:
    """The folder of ``templates/`` and ``validations/``: inside the package in a wheel, above it in a checkout."""
    packed = _PACKAGE / "data"
    return packed if packed.is_dir() else _PACKAGE.parent


def templates_root() -> Path:
    """The folder of templates, styles and fonts."""
    return data_root() / "templates"


def fonts_file() -> Path:
    """The configuration that knows the shipped fonts only."""
    return templates_root() / "style" / "fonts.conf"


def validations_root() -> Path:
    """The folder of instruments, suites, city profiles and the catalogue of findings."""
    return data_root() / "validations"


def quiet_seconds() -> float:
    """How long nobody may have written to a file before it is believed: ``KLA_TENANG``, 0 for at once.

    Raises:
        UsageError: the variable holds no number.
    """
    written = os.environ.get("KLA_TENANG", "").strip()
    try:
        seconds = float(written) if written else bounds.QUIET_SECONDS
    except ValueError:
        seconds = math.nan
    if math.isnan(seconds):
        raise UsageError(
            f"Variabel lingkungan KLA_TENANG bernilai “{written}”, padahal harus angka detik.",
            "Tulis misalnya KLA_TENANG=2 (0 berarti tidak menunggu), atau hapus variabel itu.",
        )
    return min(max(seconds, 0.0), bounds.ARRIVAL_SECONDS)


def _asks_for_ocr() -> bool:
    written = os.environ.get("KLA_OCR", "").strip().lower()
    if written in _YES | _NO:
        return written in _YES
    raise UsageError(
        f"Variabel lingkungan KLA_OCR bernilai “{written}”, yang tidak dikenal.",
        "Tulis KLA_OCR=1 supaya hasil pindai dibaca, atau KLA_OCR=0.",
    )


def demo_root() -> Path:
    """The input folder that holds the invented demo city."""
    return data_root() / "inputs"


@dataclass(frozen=True)
class Settings:
    """Where this run reads and writes. Built once by the command line from options and environment."""

    inputs: Path
    """Folder with one folder per city (``--inputs`` or ``KLA_INPUTS``)."""
    outputs: Path
    """Folder for finished runs and state (``--outputs`` or ``KLA_OUTPUTS``)."""
    ocr: bool = False
    """Whether scans are read (``--ocr`` or ``KLA_OCR``)."""

    @classmethod
    def from_environment(
        cls, inputs: Path | None = None, outputs: Path | None = None, *, ocr: bool = False
    ) -> Settings:
        """Options win over ``KLA_INPUTS`` and ``KLA_OUTPUTS``, which win over ``./inputs`` and ``./outputs``.

        Raises:
            UsageError: a variable says what nobody understands; better told now than taken for what it is not.
        """
        quiet_seconds()
        return cls(
            inputs=(inputs or Path(os.environ.get("KLA_INPUTS") or "inputs")).absolute(),
            outputs=(outputs or Path(os.environ.get("KLA_OUTPUTS") or "outputs")).absolute(),
            ocr=ocr or _asks_for_ocr(),
        )

    @cached_property
    def state(self) -> Path:
        """Folder of the program's own state; may be deleted at any time between runs."""
        return self.outputs / ".kla"

    def press_root(self, city_id: str, year: int) -> Path:
        """Where the finished pieces of one city's and evaluation year's books are kept between runs."""
        return self.state / "cetak" / city_id / str(year)

    def upload_root(self, city_id: str, year: int) -> Path:
        """Where documents made ready for upload are kept between runs, of one city and evaluation year."""
        return self.state / "unggah" / city_id / str(year)

    def input_root(self, city_id: str, year: int) -> Path:
        """The input folder of one city and evaluation year."""
        return self.inputs / city_id / str(year)

    def output_root(self, city_id: str, year: int) -> Path:
        """The output folder of one city and evaluation year."""
        return self.outputs / city_id / str(year)


def year_folders(city_root: Path) -> list[str]:
    """Names of the years that a city has folders of, in order; none where its folder cannot be read."""
    try:
        return sorted(path.name for path in city_root.iterdir() if _is_year(path.name) and path.is_dir())
    except OSError:
        return []


def _is_year(name: str) -> bool:
    return name.isascii() and name.isdecimal() and str(int(name)) == name
