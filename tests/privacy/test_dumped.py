"""Copies of databases and address books are lists of children where they name children, and cost no time where not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows.privacy import child_list_in_lines, is_exported

_NAMES = ("Siti Contoh", "Budi Misal", "Ani Umpama")
_YOUNG = ("2014-05-12", "2015-06-03", "2013-01-20")
_GROWN = ("1984-05-12", "1979-06-03", "1990-01-20")


def _insert(days: tuple[str, ...], table: str = "siswa") -> str:
    rows = ",\n".join(f"('{name}', '{day}', 'Jl. Contoh; No. 1')" for name, day in zip(_NAMES, days, strict=True))
    return f"-- salinan\nINSERT INTO `{table}` (`nama`, `tgl_lahir`, `alamat`) VALUES\n{rows};\n"


def _defined(days: tuple[str, ...], table: str = "siswa") -> str:
    columns = "`id` int NOT NULL,\n  `nama` varchar(90),\n  `tgl_lahir` date,\n  PRIMARY KEY (`id`)"
    rows = "\n".join(
        f"INSERT INTO `{table}` VALUES ({at},'{name}','{day}');"  # noqa: S608 - read as a file, run nowhere
        for at, (name, day) in enumerate(zip(_NAMES, days, strict=True))
    )
    return f"CREATE TABLE `{table}` (\n  {columns}\n) ENGINE=InnoDB;\n{rows}\n"


def _copied(days: tuple[str, ...], table: str = "siswa") -> str:
    rows = "\n".join(f"{name}\t{day}\t\\N" for name, day in zip(_NAMES, days, strict=True))
    return f"COPY public.{table} (nama, tgl_lahir, alamat) FROM stdin;\n{rows}\n\\.\n"


def _cards(days: tuple[str, ...], key: str = "BDAY") -> str:
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{key}:{day}\r\nTEL:0812\r\nEND:VCARD\r\n"
        for name, day in zip(_NAMES, days, strict=True)
    )


@pytest.mark.parametrize("write", [_insert, _defined, _copied, _cards])
def test_children_in_copies_of_databases_and_in_cards_are_found(write: Callable[[tuple[str, ...]], str]) -> None:
    found = child_list_in_lines(write(_YOUNG))
    assert found is not None
    assert found.rows == len(_NAMES)


def test_days_of_cards_may_be_written_without_signs_and_say_their_kind() -> None:
    assert child_list_in_lines(_cards(tuple(day.replace("-", "") for day in _YOUNG), "BDAY;VALUE=date")) is not None


@pytest.mark.parametrize(
    "text",
    [
        _insert(_GROWN, "pegawai"),
        _defined(_GROWN, "pegawai"),
        _copied(_GROWN, "pegawai"),
        _cards(_GROWN),
        _cards(_YOUNG, "REV"),
        "INSERT INTO kegiatan (nama, tanggal) VALUES\n('Sosialisasi KLA', '2024-05-12'), ('Rapat', '2024-06-03');\n",
    ],
)
def test_grown_people_and_activities_are_none(text: str) -> None:
    """A false alarm stops a whole file."""
    assert child_list_in_lines(text) is None


def test_a_text_with_quotes_and_parentheses_stays_one_cell() -> None:
    text = _insert(_YOUNG).replace("Siti Contoh", "Siti ''Iti'' Contoh").replace("Jl. Contoh; No. 1", "Jl. (Lama), 1")
    assert child_list_in_lines(text) is not None


def test_commas_of_commands_part_no_cells_of_a_table() -> None:
    assert is_exported(_defined(_YOUNG).splitlines()[6:])
    assert is_exported(_defined(_YOUNG).splitlines()[:5])
    assert is_exported(_cards(_YOUNG).splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO a VALUES " + "(" * 100_000,
        "INSERT INTO a VALUES ('" + "\\" * 100_001,
        "INSERT INTO a VALUES (" + "''" * 100_000,
        "INSERT INTO a VALUES ('x','y" * 10_000,
        "INSERT INTO " + "create table a (\n" * 20_000,
        "BEGIN:VCARD\nFN:x\n" * 20_000,
        "COPY a (b) FROM stdin;\n" + "a\tb\n" * 50_000,
    ],
    ids=["open", "escapes", "quotes", "unended", "tables", "cards", "rows"],
)
def test_what_never_ends_is_gone_through_once(text: str) -> None:
    """Hostile files: a second look at each sign would take hours, and the test would not end."""
    assert child_list_in_lines(text) is None
