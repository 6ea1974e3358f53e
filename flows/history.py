"""The history of paths: which contents a cited path has had, since when, and whether it was withdrawn.

Like the register of labels it is an input of the next run: ``riwayat.csv`` beside the runs, a copy in each of them. The
first run that sees a change writes it down, and every later one says the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from flows.errors import InputsError
from flows.files import KEEP_OUT_OF_EXCEL, csv_rows, csv_text, read_kept, write_text
from flows.model import EarlierPicture, PathHistory, Version

HISTORY = "riwayat.csv"
COLUMNS = ("sha256", "bytes", "path", "agency", "version", "since", "withdrawn", "questions", "fingerprint")
_LATER_COLUMNS = frozenset({"fingerprint"})
"""Not in histories that were written before there was something to say in them."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FINGERPRINT = re.compile(r"([0-9a-f]{64})?")

History = Mapping[str, PathHistory]
"""Path → its history."""


def read_history(path: Path, *, fallback: Path | None = None) -> dict[str, PathHistory]:
    """Read a history; a missing one is taken from ``fallback`` (the copy in the last run) or starts empty.

    Raises:
        InputsError: the file cannot be opened, or is not a history, or not a whole one; guessing would lose versions.
    """
    source = path if path.is_file() else fallback
    if source is None or not source.is_file():
        return {}
    try:
        # Bytes, because reading as text would turn a carriage return in a name into a line feed.
        header, *rows = csv_rows(read_kept(source).decode("utf-8-sig"))
        return _histories(header, rows)
    except (ValueError, KeyError, csv.Error) as error:
        raise InputsError(
            f"Riwayat berkas {source} rusak atau tidak dapat dibaca.",
            f"Pulihkan dari salinan di folder internal/ terbitan terakhir, atau hapus {path.name} supaya diambil dari "
            f"sana. Salinan bukti di brankas tidak berubah. {KEEP_OUT_OF_EXCEL}",
        ) from error


def _histories(header: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, PathHistory]:
    """One history per path; its rows stand together, numbered from 1, and agree on everything but the version."""
    if not set(COLUMNS) - _LATER_COLUMNS <= set(header):
        raise ValueError(header)
    found: dict[str, PathHistory] = {}
    for row in (dict(zip(header, cells, strict=True)) for cells in rows):
        known = found.get(row["path"])
        one = PathHistory(
            row["path"],
            row["agency"],
            (*(known.versions if known else ()), _version(row)),
            _iso(row["withdrawn"]) if row["withdrawn"] else "",
            tuple(filter(None, row["questions"].split(";"))),
        )
        agrees = known is None or (known.agency_id, known.withdrawn, known.questions) == (
            one.agency_id, one.withdrawn, one.questions,
        )  # fmt: skip
        if not one.path or int(row["version"]) != len(one.versions) or not agrees:
            raise ValueError(row["version"])
        found[one.path] = one
    return found


def _version(row: Mapping[str, str]) -> Version:
    fingerprint = row.get("fingerprint", "")
    if not _SHA256.fullmatch(row["sha256"]) or not row["bytes"].isdecimal() or not _FINGERPRINT.fullmatch(fingerprint):
        raise ValueError(row["bytes"])
    return Version(row["sha256"], int(row["bytes"]), _iso(row["since"]), fingerprint)


def _iso(day: str) -> str:
    """``day`` if it is a date."""
    return date.fromisoformat(day).isoformat()


def write_history(path: Path, history: History) -> None:
    """Write the history as CSV, for people and for the next run."""
    write_text(path, history_text(history), private=True)  # names of files tell of cases


def history_text(history: History) -> str:
    """The history as CSV text, by path, one row per version."""
    rows = (
        (
            each.sha256,
            each.bytes,
            one.path,
            one.agency_id,
            number,
            each.since,
            one.withdrawn,
            ";".join(one.questions),
            each.fingerprint,
        )
        for _, one in sorted(history.items())
        for number, each in enumerate(one.versions, start=1)
    )
    return csv_text([COLUMNS, *rows])


def pictures_of(history: History, year: int) -> list[EarlierPicture]:
    """The pictures that answered a question when they were last seen and were not withdrawn, by path.

    Args:
        history: Of the evaluation ``year``.
        year: Which is not this one's.
    """
    return [
        EarlierPicture(year, path, one.versions[-1].fingerprint, one.questions)
        for path, one in sorted(history.items())
        if one.questions and not one.withdrawn and one.versions[-1].fingerprint
    ]


def has_changed(one: PathHistory) -> bool:
    """Whether a path holds something else than at first; who puts the first content back has mended it."""
    return one.versions[-1].sha256 != one.versions[0].sha256


def contents(history: History) -> dict[str, str]:
    """Every content the history names → a path it lay at."""
    return {each.sha256: one.path for one in history.values() for each in one.versions}


def matching(history: History, wanted: str) -> list[PathHistory]:
    """The histories a person means by ``wanted``: that very path, else those that have it as part of the path."""
    if wanted in history:
        return [history[wanted]]
    return [one for path, one in sorted(history.items()) if wanted.casefold() in path.casefold()]
