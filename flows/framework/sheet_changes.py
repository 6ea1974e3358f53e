"""Taking the changes people made in ``profil-kota.xlsx`` over into the text of ``kota.yaml``, comments untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.errors import CityFileError
from flows.framework.city_agencies import is_id
from flows.framework.profile_sheet import SheetReading
from flows.framework.sheet_cells import CellPath, Layout, as_yaml, cells_of, load_layout, normalised
from flows.framework.yaml_splice import append_item, remove_item, set_value
from flows.model import City
from flows.names import fold, slug

_GONE = "hilang"


@dataclass(frozen=True, slots=True)
class SheetChange:
    """One change a person made in the workbook."""

    place: str
    """Where, in words: "Perangkat Daerah, dinkes, Nama folder"."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SheetRefusal:
    """A cell that could not be taken over, and why."""

    place: str
    value: str
    reason: str
    """An Indonesian sentence."""
    is_lost_if_rewritten: bool
    """Whether what the person typed stands nowhere but in the workbook."""


@dataclass(frozen=True, slots=True)
class TakeOver:
    """What became of the changes in the workbook."""

    text: str
    """``kota.yaml`` with the changes."""
    city: City
    taken: tuple[SheetChange, ...] = ()
    conflicts: tuple[SheetChange, ...] = ()
    """``before`` is what ``kota.yaml`` says and keeps, ``after`` what the workbook says."""
    refused: tuple[SheetRefusal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    change: SheetChange
    apply: Callable[[str], str]


def take_over(text: str, city: City, reading: SheetReading, parse: Callable[[str], City]) -> TakeOver:
    """Apply what changed in the workbook to ``kota.yaml``.

    Args:
        text: The text of ``kota.yaml``.
        city: The city it reads as.
        reading: The workbook.
        parse: Reads a text like ``text``; a change that makes it raise CityFileError is refused.
    """
    comparison = _Comparison(load_layout(), cells_of(city), city, reading)
    edits = [*comparison.value_edits(), *comparison.removal_edits(), *comparison.addition_edits()]
    refused = comparison.refusals()
    done, text_after, city_after, failed = _apply(edits, text, city, parse)
    return TakeOver(
        text=text_after,
        city=city_after,
        taken=tuple(edit.change for edit in done),
        conflicts=tuple(comparison.conflicts()),
        refused=(*refused, *failed),
    )


def _apply(
    edits: Sequence[_Edit], text: str, city: City, parse: Callable[[str], City]
) -> tuple[Sequence[_Edit], str, City, list[SheetRefusal]]:
    """All edits at once, or one by one where together they do not make a good file."""
    together = text
    for edit in edits:
        together = edit.apply(together)
    try:
        return edits, together, parse(together) if edits else city, []
    except CityFileError:
        pass
    done: list[_Edit] = []
    failed: list[SheetRefusal] = []
    for edit in edits:
        attempt = edit.apply(text)
        try:
            city = parse(attempt)
        except CityFileError as error:
            change = edit.change
            failed.append(
                SheetRefusal(change.place, change.after, error.problems[0].message, is_lost_if_rewritten=True)
            )
        else:
            text = attempt
            done.append(edit)
    return done, text, city, failed


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The workbook beside its hidden copy and beside ``kota.yaml`` as it is now."""

    layout: Layout
    current: Mapping[CellPath, str]
    city: City
    reading: SheetReading

    def value_edits(self) -> Iterator[_Edit]:
        """Changed cells whose place in ``kota.yaml`` still says what the workbook was written with."""
        for path in self.reading.changed:
            now, is_same = self.reading.cells[path], self.current.get(path) == self.reading.copied[path]
            if is_same:
                change = SheetChange(self.layout.place(path), self.current[path], now)
                yield _Edit(change, _setter(self._keys(path), as_yaml(_field(path), now)))

    def conflicts(self) -> Iterator[SheetChange]:
        """Changed cells and removed rows whose place in ``kota.yaml`` has changed differently since."""
        for path in self.reading.changed:
            here, now = self.current.get(path, ""), self.reading.cells[path]
            if here != self.reading.copied[path] and normalised(_field(path), here) != now:
                yield SheetChange(self.layout.place(path), here, now)
        for section, key in self.reading.removed:
            row = self._row(section, key)
            if row and row != self._copied_row(section, key) and section != "perangkat_daerah":
                yield SheetChange(self.layout.place((section, key)), "; ".join(row.values()), "")

    def removal_edits(self) -> Iterator[_Edit]:
        """Removed rows of the lists that may shrink, last one first so that positions stay true."""
        for section, key in sorted(self.reading.removed, key=lambda pair: (pair[0], -_number(pair[1]))):
            row = self._row(section, key)
            if section != "perangkat_daerah" and row and row == self._copied_row(section, key):
                change = SheetChange(self.layout.place((section, key)), next(iter(row.values())), "")
                yield _Edit(change, _remover(section, _number(key) - 1))

    def addition_edits(self) -> Iterator[_Edit]:
        """New rows that ``kota.yaml`` does not have yet."""
        taken_ids = {agency.id for agency in self.city.agencies}
        for section, row in self.reading.new_rows:
            values = {name: text for name, text in row.items() if name}
            if section == "perangkat_daerah":
                values = _agency_row(row[""], values, taken_ids)
                taken_ids.add(values["id"])
            if not self._is_known(section, values):
                first = values.get("nama") or next(iter(values.values()))
                change = SheetChange(self.layout.place((section, values.get("id", "+"))), "", first)
                yield _Edit(change, _adder(section, {name: as_yaml(name, text) for name, text in values.items()}))

    def refusals(self) -> list[SheetRefusal]:
        """Cells that cannot be read, and agencies whose row was removed."""
        found = [
            SheetRefusal(self.layout.place(path), text, self.layout.reasons[reason], is_lost_if_rewritten=True)
            for path, text, reason in self.reading.refused
        ]
        for section, key in self.reading.removed:
            if section == "perangkat_daerah" and self._row(section, key):
                place = self.layout.place((section, key))
                found.append(SheetRefusal(place, key, self.layout.reasons[_GONE], is_lost_if_rewritten=False))
        return found

    def _row(self, section: str, key: str) -> dict[CellPath, str]:
        return {path: value for path, value in self.current.items() if path[:2] == (section, key)}

    def _copied_row(self, section: str, key: str) -> dict[CellPath, str]:
        return {path: value for path, value in self.reading.copied.items() if path[:2] == (section, key)}

    def _keys(self, path: CellPath) -> list[str | int]:
        """Where ``path`` stands in ``kota.yaml``: agencies by position of their id, numbered rows from 0."""
        if path[0] == "perangkat_daerah":
            position = [agency.id for agency in self.city.agencies].index(path[1])
            return [path[0], position, path[2]]
        if path[0] in ("dasar_hukum", "gambaran_umum"):
            return [path[0], _number(path[1]) - 1, path[2]]
        return list(path)

    def _is_known(self, section: str, values: Mapping[str, str]) -> bool:
        """Whether an equal row is there already, as after a run that could not rewrite an open workbook."""
        if section == "perangkat_daerah":
            return any(fold(agency.name) == fold(values["nama"]) for agency in self.city.agencies)
        rows: dict[str, dict[str, str]] = {}
        for path, value in self.current.items():
            if path[0] == section:
                rows.setdefault(path[1], {})[path[2]] = normalised(path[2], value)
        return any(values.items() <= row.items() for row in rows.values())


def _agency_row(key: str, values: Mapping[str, str], taken_ids: set[str]) -> dict[str, str]:
    """A complete new agency: an id of its own, the name as folder and ``opd`` as group where nothing else is said."""
    name, folder = values.get("nama", ""), values.get("folder", "")
    wanted = key if is_id(key) else slug(folder or name) or "perangkat-daerah"
    agency_id, number = wanted, 1
    while agency_id in taken_ids:
        number += 1
        agency_id = f"{wanted}-{number}"
    defaults = {"nama": name, "folder": folder or name, "kelompok": values.get("kelompok") or "opd"}
    return {"id": agency_id, **values, **defaults}


def _field(path: CellPath) -> str:
    return path[-1]


def _number(key: str) -> int:
    return int(key) if key.isdecimal() else 0


def _setter(keys: list[str | int], value: str) -> Callable[[str], str]:
    return lambda text: set_value(text, keys, value)


def _remover(section: str, position: int) -> Callable[[str], str]:
    return lambda text: remove_item(text, section, position)


def _adder(section: str, fields: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: append_item(text, section, fields)
