"""Whose form a workbook is, and whether the program may take it: newer, of another filler, city or year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.forms.grid import Grid, Workbook
from flows.forms.layout import FORMAT, IDENTITY_SHEET, SIGNATURE, FormPlan
from flows.forms.marks import SheetMark, sheet_marks, text_of
from flows.forms.plan import FINGERPRINT_KEY, identity_of
from flows.forms.raw import RawNote

_DEEPEST = 30
"""Rows in which an identity is looked for."""
_YEAR, _INSTRUMENT, _CITY, _FILLER, _NAME = "tahun_evaluasi", "instrumen", "kota", "pengisi", "nama"
"""Keys of the identity sheet, as :func:`flows.forms.plan.identity_of` writes them."""
_SHOWN = {SIGNATURE: "format"}
"""What a key is called in a sentence, where not by itself."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the identity sheet says."""

    sheet: str
    """Name of that sheet."""
    cell: str
    values: Mapping[str, str]

    @property
    def filler_key(self) -> str:
        """``opd:dinkes``; empty where the sheet does not say."""
        return self.values.get(_FILLER, "")

    @property
    def fingerprint(self) -> str:
        """Of the plan it was written from; empty where the sheet does not say."""
        return self.values.get(FINGERPRINT_KEY, "")


def read_identity(workbook: Workbook) -> Identity | None:
    """The identity sheet, whatever it is called by now; None where it is lost."""
    grids = sorted(workbook.sheets, key=lambda grid: (grid.name != IDENTITY_SHEET, not grid.is_hidden))
    found = (_read(grid) for grid in grids)
    return next((identity for identity in found if identity), None)


def claimed_filler(identity: Identity | None, marks: Mapping[str, SheetMark]) -> str:
    """For whom a workbook says it is: by its identity sheet, else by most of its sheets' marks; empty if by nothing."""
    if identity and identity.filler_key:
        return identity.filler_key
    keys = [mark.filler_key for mark in marks.values()]
    return max(keys, key=lambda key: (keys.count(key), -keys.index(key))) if keys else ""


def marks_by_sheet(workbook: Workbook) -> dict[str, SheetMark]:
    """Name of each sheet that has a mark → that mark."""
    found = {grid.name: sheet_marks(grid) for grid in workbook.sheets}
    return {name: marks[0] for name, marks in found.items() if marks}


def refusal(identity: Identity | None, filler_key: str, plan: FormPlan) -> RawNote | None:
    """Why a form cannot count at this place; None where it can, or where nothing says whose it is."""
    said = identity.values if identity else {}
    place = (identity.sheet, identity.cell) if identity else ("", "")
    for key, current in ((SIGNATURE, FORMAT), (_INSTRUMENT, plan.framework_year)):
        if key in said and _number(said[key]) > current:
            made_for, expected = (_SHOWN.get(key, key) + f" {value}" for value in (said[key], current))
            return RawNote("form-newer", *place, {"made_for": made_for, "expected": expected})
    wanted = dict(identity_of(plan))
    is_elsewhere = any(key in said and said[key] != wanted[key] for key in (_CITY, _YEAR))
    if is_elsewhere or (filler_key and filler_key != plan.filler.key):
        made_for = _whose({**said, _FILLER: filler_key}, has_more=is_elsewhere)
        expected = _whose(wanted, has_more=is_elsewhere)
        if made_for == expected:  # the name is right, only the key is not
            made_for = filler_key
        return RawNote("form-other-filler", *place, {"made_for": made_for, "expected": expected})
    return None


def of_elsewhere(filler_key: str, plan: FormPlan) -> RawNote:
    """The refusal of a form none of whose marks was made for this city and year."""
    values = {"made_for": filler_key, "expected": _whose(dict(identity_of(plan)), has_more=True)}
    return RawNote("form-other-filler", values=values)


def _read(grid: Grid) -> Identity | None:
    pairs: dict[str, str] = {}
    start = ""
    for row in range(min(grid.height, _DEEPEST)):
        cells = [cell for _, cell in grid.cells(row)]
        if cells and (start or text_of(cells[0]) == SIGNATURE):
            start = start or cells[0].cell
            pairs.setdefault(text_of(cells[0]), text_of(cells[1]) if len(cells) > 1 else "")
    return Identity(grid.name, start, pairs) if start else None


def _whose(values: Mapping[str, str], *, has_more: bool) -> str:
    name = values.get(_NAME) or values.get(_FILLER, "")
    place = values.get(_CITY, "").replace("-", " ").title()  # the form knows the id of its city, no name
    return f"{name} ({place} {values.get(_YEAR, '')})" if has_more else name


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
