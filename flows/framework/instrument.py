"""The loader of an instrument: YAML files of one year in, one frozen :class:`Framework` out, all mistakes at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from flows.errors import RulesError, UsageError
from flows.framework.instrument_questions import is_same, read_block
from flows.framework.instrument_reading import Reading, check_format, read_kinds, read_roles
from flows.framework.tables import load_tables
from flows.model import (
    Framework,
)
from flows.settings import validations_root
from flows.yaml_files import Mapping

BLOCK_FILE = re.compile(r"[A-Za-z0-9_-]+\.yaml")


def available_years(root: Path | None = None) -> tuple[int, ...]:
    """Years that have an instrument, ascending; ``root`` is a validations folder other than the program's own."""
    folder = (root or validations_root()) / "frameworks"
    return tuple(sorted(int(path.parent.name) for path in folder.glob("[12][0-9][0-9][0-9]/index.yaml")))


def load_framework(year: int, root: Path | None = None) -> Framework:
    """Read the instrument of ``year``.

    Args:
        year: Year of the instrument, not of the evaluation.
        root: A validations folder other than the program's own, for tests and for a city's own rules.

    Raises:
        UsageError: there is no instrument of that year; the message names those there are.
        RulesError: a file has mistakes; all of them are listed with file and line.
    """
    validations = root or validations_root()
    folder = validations / "frameworks" / str(year)
    if not (folder / "index.yaml").is_file():
        known = ", ".join(str(known) for known in available_years(validations)) or "belum ada"
        raise UsageError(
            f"Instrumen tahun {year} belum ada. Yang tersedia: {known}.",
            "Pakai tahun yang tersedia, atau tambahkan instrumen baru di validations/frameworks/.",
        )
    reading = Reading(validations)
    framework = _read(reading, folder, year)
    if reading.problems.items or framework is None:
        raise RulesError(
            reading.problems.in_order, "Perbaiki baris yang disebut, lalu jalankan: kla instrumen periksa."
        )
    return framework


def _read(reading: Reading, folder: Path, year: int) -> Framework | None:
    reading.roles = read_roles(reading)
    reading.kinds = read_kinds(reading)
    index = reading.open(folder / "index.yaml")
    if index is None:
        return None
    check_format(index)
    if index.whole("year") != year:
        index.problem_at("year", f'"year" harus {year}, sama dengan nama foldernya')
    title, source = index.text("title"), index.text("source")
    legal_basis, faults = index.texts("legal_basis", required=True), index.texts("faults")
    points = index.number("points")
    blocks = tuple(read_block(reading, folder / name) for name in _block_files(index))
    index.close()
    found = tuple(block for block in blocks if block is not None)
    asked = () if reading.problems.items else tuple(question for block in found for question in block.questions)
    tables = load_tables(folder / "tables", reading.open, asked, reading.roles)
    total = sum(block.points for block in found)
    if len(found) == len(blocks) and not is_same(total, points):
        index.problem_at("points", f"jumlah maksimum blok {total:g}, padahal tertulis {points:g}")
    if reading.problems.items:
        return None
    return Framework(
        year=year,
        title=title,
        legal_basis=legal_basis,
        source=source,
        faults=faults,
        blocks=found,
        roles=reading.roles,
        kinds=reading.kinds,
        sha256=reading.sha256(),
        tables=tables,
    )


def _block_files(index: Mapping) -> Sequence[str]:
    """Names of the blocks' files, which lie beside the index and nowhere else."""
    names = index.texts("blocks", required=True)
    for name in names:
        if not BLOCK_FILE.fullmatch(name):
            index.problem_at("blocks", f'"{name}" bukan nama berkas blok seperti "III.yaml"')
    return [name for name in names if BLOCK_FILE.fullmatch(name)]
