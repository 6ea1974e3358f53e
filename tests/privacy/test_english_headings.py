"""Lists of children are found below English headings too; trainers, grown people, schools and files there are none."""

from __future__ import annotations

import pytest

from flows.privacy import child_list_in_lines, child_list_in_rows

_NAMES = ("Siti Contoh", "Budi Misal", "Ani Umpama")
_YOUNG = ("12/05/2014", "03/06/2015", "20/01/2013")
_GROWN = ("12/05/1984", "03/06/1979", "20/01/1990")
_SCHOOLS = ("SDN Contoh 1", "SDN Misal 3", "MI Umpama")


def _rows(head: str, *columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(head.split(", ")), *((str(at), *told) for at, told in enumerate(zip(*columns, strict=True), start=1))]


@pytest.mark.parametrize(
    "rows",
    [
        _rows("No, Name, Date of Birth, School", _NAMES, _YOUNG, _SCHOOLS),
        _rows("No, Student Name, Birth Date, Grade", _NAMES, _YOUNG, ("4", "3", "5")),
        _rows("No, Full Name, DOB, Address", _NAMES, _YOUNG, ("Jl. Contoh 1",) * 3),
        _rows("No, Name of Child, Age, Guardian", _NAMES, ("9", "8", "10"), _NAMES[::-1]),
    ],
)
def test_children_below_english_headings_are_found(rows: list[tuple[str, ...]]) -> None:
    """Forms and schools' programs from abroad export such lists."""
    assert child_list_in_rows(rows) is not None
    assert child_list_in_lines("\n".join(map(" ".join, rows))) is not None


@pytest.mark.parametrize(
    "rows",
    [
        _rows("No, Name, Date of Birth, Position", _NAMES, _GROWN, ("Head", "Staff", "Staff")),
        _rows("No, Name, Date of Birth, Address", _NAMES, _GROWN, ("Jl. Contoh 1",) * 3),
        _rows("No, School Name, Address, Students", _SCHOOLS, ("Jl. Contoh 1",) * 3, ("120", "90", "60")),
        _rows("No, File Name, Created, Size", ("a.pdf", "b.pdf", "c.pdf"), _YOUNG, ("12", "13", "14")),
        _rows("No, Name of Regulation, Date, Number", ("Child Protection",) * 3, _YOUNG, ("1", "2", "3")),
        _rows("No, Name, Institution, Position", _NAMES, ("Dinas Contoh",) * 3, ("Trainer",) * 3),
    ],
)
def test_grown_people_and_things_below_english_headings_are_no_children(rows: list[tuple[str, ...]]) -> None:
    """A false alarm stops a whole file."""
    assert child_list_in_rows(rows) is None
    assert child_list_in_lines("\n".join(map(" ".join, rows))) is None
