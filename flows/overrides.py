"""``pengecualian.csv``: who has lifted which finding, when and why. A history that only grows.

It is an input of the next run, like the register. Unlike the register it is not rebuilt from an old run when it is
lost: a finding may block once too often, but nothing may come to be lifted by accident.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from flows.errors import InputsError
from flows.files import KEEP_OUT_OF_EXCEL, csv_rows, csv_text, read_kept, write_text
from flows.model import Override, Overrides
from flows.privacy import mask_numbers, mask_path

OVERRIDES = "pengecualian.csv"
COLUMNS = ("id", "code", "path", "date", "who", "office", "reason", "withdrawn")
FINDING_ID = re.compile(r"T-[0-9a-f]{8}")
_WITHDRAWN = {"": False, "ya": True}


def read_overrides(path: Path) -> Overrides:
    """Read the history of what was lifted; where there is none, nothing is.

    Raises:
        InputsError: the file cannot be opened, or is not a whole history; guessing would lift what nobody has.
    """
    if not path.exists():
        return Overrides()
    repair = (
        f"Pulihkan {path.name} dari salinan di folder internal/ terbitan terakhir, atau hapus; "
        f"bila dihapus, semua pengecualian harus dicatat ulang. {KEEP_OUT_OF_EXCEL}"
    )
    try:
        return Overrides(tuple(_entries(read_kept(path).decode("utf-8-sig"))))
    except (ValueError, csv.Error) as error:
        raise InputsError(f"Daftar pengecualian {path} rusak atau tidak dapat dibaca.", repair) from error


def append_overrides(path: Path, overrides: Sequence[Override]) -> None:
    """Add a line each to the history, all or none; the lines before them stay as they are.

    Raises:
        InputsError: the history is damaged.
        OSError: it cannot be written.
    """
    write_text(path, overrides_text((*read_overrides(path).entries, *overrides)), private=True)


def overrides_text(entries: tuple[Override, ...]) -> str:
    """The history as CSV text."""
    rows = (
        (
            each.finding_id,
            each.code,
            mask_path(each.path),
            *(mask_numbers(text) for text in (each.date, each.who, each.office, each.reason)),
            "ya" if each.is_withdrawn else "",
        )
        for each in entries
    )
    return csv_text([COLUMNS, *rows])


def _entries(text: str) -> Iterator[Override]:
    """The lines of a history.

    Raises:
        ValueError, csv.Error: it is none, or not a whole one.
    """
    rows = iter(csv_rows(text))
    if tuple(next(rows, ())) != COLUMNS:
        raise ValueError("header")
    yield from map(_entry, rows)


def _entry(row: list[str]) -> Override:
    """One line of the history.

    Raises:
        ValueError: it is not a whole one.
    """
    finding_id, code, path, day, who, office, reason, withdrawn = row
    date.fromisoformat(day)
    if not (FINDING_ID.fullmatch(finding_id) and code and who.strip()):
        raise ValueError("entry")
    is_withdrawn = _WITHDRAWN.get(withdrawn)
    if is_withdrawn is None or not (is_withdrawn or (office.strip() and reason.strip())):
        raise ValueError("entry")
    return Override(finding_id, code, path, day, who, office, reason, is_withdrawn)
