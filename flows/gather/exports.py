"""Tables that come as an agency's own file: found by their headings, read as they stand, with the mapping shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from flows.forms.areas import AreaIndex
from flows.forms.grid import Grid, Workbook
from flows.gather.export_lines import Layout, data_rows, said
from flows.gather.export_needs import Needs
from flows.gather.export_rows import TOTAL, read_rows
from flows.gather.export_years import year_of_sheet
from flows.gather.headings import CODE, DISTRICT, SERIAL, VILLAGE, YEAR, Heading, Lexicon
from flows.gather.sheet_heads import Head, area_heads, other_heads
from flows.model import (
    City,
    ColumnMapping,
    FormNote,
    GatheredTable,
    Place,
    RowKind,
    TableColumn,
    TableRow,
    TableSchema,
    TableSource,
)

_AREAS = frozenset({RowKind.DISTRICT, RowKind.VILLAGE})
_ROW_ROLES = (DISTRICT, VILLAGE, CODE, YEAR)
_CODES = (range(1001, 1100), range(2001, 2200))
"""Village codes within a kecamatan: kelurahan from 1001, desa from 2001."""
_FEWEST_CODES = 3
_HEADS = 600
"""Most heads tried in one file, of tables of areas and of others each."""
_FEWEST_WORDS = 2
"""Columns that must be recognised where no kecamatan or desa says that figures stand below."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """One way to read one sheet as one table."""

    sheet: int
    schema: int
    layout: Layout
    missing: tuple[TableColumn, ...]
    """Columns that the table needs and the sheet lacks, of the question it comes closest to."""
    needed: int
    lacking: tuple[TableColumn, ...]
    """Columns that the whole table needs and the sheet lacks."""

    @property
    def rank(self) -> tuple[float, ...]:
        """The smallest is the best: nothing missing, visible, most columns, most cells of a row; then the first."""
        matches = self.layout.matches
        columns = {match.column.id for match in matches}
        head = self.layout.head
        return (
            len(self.missing),
            self.layout.grid.is_hidden,
            -len(columns),
            -len(matches),
            head.bottom - head.top,
            self.sheet,
            head.top,
            self.schema,
        )


def read_exports(
    workbook: Workbook, schemas: Sequence[TableSchema], city: City, agency_id: str, path: str
) -> tuple[tuple[GatheredTable, ...], tuple[FormNote, ...]]:
    """The tables of ``schemas`` that ``workbook``, the own file of an agency at ``path``, holds; and what was noticed.

    A sheet is taken for a table when it names the table's rows (a kecamatan, a kelurahan or desa) and has every column
    the table needs, percentages aside, of either sex or of both; those of one question are enough
    (:class:`flows.gather.export_needs.Needs`). A sheet per kelurahan is no table per kecamatan: its sums are for
    whoever checks. Each column of a table is read once per file, from the sheet that fits best, and further from
    places about other areas or years only; no cell of a sheet serves two tables.

    The year of a line is that of its own cell, else of the heading, else
    :func:`flows.gather.export_years.year_of_sheet`.

    Notes: ``export-unmapped`` for a sheet that has at least half of what a table needs (values ``table`` and
    ``missing``), ``column-misnamed`` for a column headed as a year that holds village codes (values ``value`` and
    ``found``, which is ``kode``). Rows, their keys and totals are those of :func:`flows.gather.export_rows.read_rows`.
    """
    search = _Search(schemas, city, agency_id, path)
    offers = [offer for place, grid in enumerate(workbook.sheets) for offer in search.offers(grid, place)]
    source = _Source(schemas, city, agency_id, path)
    for offer in sorted(offers, key=lambda offer: offer.rank):
        if not offer.missing:
            source.take(offer)
    source.notes.extend(_unmapped(offers, source, schemas))
    tables = sorted(source.tables, key=lambda table: table[:2])
    notes = sorted(source.notes, key=lambda note: (note[0], note[1].place.cell, note[1].code))
    return tuple(table for *_, table in tables), tuple(note for _, note in notes)


class _Source:
    """One file while its tables are taken out of it."""

    def __init__(self, schemas: Sequence[TableSchema], city: City, agency_id: str, path: str) -> None:
        self.tables: list[tuple[int, int, GatheredTable]] = []
        """Schema, sheet and table."""
        self.notes: list[tuple[int, FormNote]] = []
        """Sheet and note."""
        self.sheets: dict[int, list[tuple[int, int, set[int]]]] = {}
        """Sheet → first row, last row and columns of each table in it."""
        self.known: dict[int, dict[tuple[str, str], set[int | None]]] = {}
        """Schema → key of a row and column → years it is there for."""
        self._agency_id, self._path = agency_id, path
        self._schemas, self._city, self._index = schemas, city, AreaIndex(city)

    def take(self, offer: _Offer) -> None:
        """Read the table of ``offer`` unless its columns or its years are there already, or it has no rows."""
        used = {match.heading.index for match in offer.layout.matches}
        top = offer.layout.head.top
        bottom = max(data_rows(offer.layout), default=top)
        taken = self.sheets.get(offer.sheet, [])
        if any(top <= last and first <= bottom and used & columns for first, last, columns in taken):
            return
        schema = self._schemas[offer.schema]
        layout, misnamed = _corrected(offer.layout)
        layout = replace(layout, year=year_of_sheet(layout.grid, top, self._city, self._path))
        rows = read_rows(layout, schema, self._city, self._index)
        known = self.known.get(offer.schema, {})
        if not _is_table(rows, schema) or any(_is_again(row, known) for row in rows):
            return
        self.sheets.setdefault(offer.sheet, []).append((top, bottom, used))
        for row in rows:
            for cell in row.cells:
                self.known.setdefault(offer.schema, {}).setdefault((row.key, cell.column), set()).add(row.year)
        self.tables.append((offer.schema, offer.sheet, self._table(layout, schema, rows)))
        if misnamed is not None:
            self.notes.append(self.note(offer, misnamed.cell, "column-misnamed", value=misnamed.text, found=CODE))

    def note(self, offer: _Offer, cell: str, code: str, **values: str) -> tuple[int, FormNote]:
        """Something noticed at ``cell`` of the sheet of ``offer``."""
        place = Place(self._path, offer.layout.grid.name, cell)
        return offer.sheet, FormNote(code, place, agency_id=self._agency_id, values=values)

    def _table(self, layout: Layout, schema: TableSchema, rows: tuple[TableRow, ...]) -> GatheredTable:
        ids = {match.column.id for match in layout.matches}
        return GatheredTable(
            schema.id,
            self._agency_id,
            self._path,
            layout.grid.name,
            TableSource.EXPORT,
            rows,
            columns=tuple(column.id for column in schema.columns if column.id in ids),
            mapping=_mapping(layout),
        )


class _Search:
    """Looks for tables in the sheets of one file."""

    def __init__(self, schemas: Sequence[TableSchema], city: City, agency_id: str, path: str) -> None:
        self._schemas, self._city, self._path = schemas, city, path
        self._lexicon = Lexicon(schemas, city.evaluation_year)
        roles = {role for agency in city.agencies if agency.id == agency_id for role in agency.roles}
        self._left = {True: _HEADS, False: _HEADS}
        self._needs = [Needs.of(schema, roles) for schema in schemas]

    def offers(self, grid: Grid, place: int) -> Iterator[_Offer]:
        """Every way to read one sheet, the ``place``-th, that finds a column."""
        for is_area, heads in ((True, area_heads(grid)), (False, other_heads(grid))):
            wanted = {number for number, schema in enumerate(self._schemas) if (schema.row_kind in _AREAS) is is_area}
            fewest = 1 if is_area else _FEWEST_WORDS
            for head in islice(heads, self._left[is_area]) if wanted else ():
                self._left[is_area] -= 1
                near = wanted & self._lexicon.tables(head.headings)
                roles = head.roles() if near else {}
                for number in sorted(near):
                    if _fits(self._schemas[number], roles):
                        offer = self._offer(grid, place, head, roles, number)
                        if len(offer.layout.matches) >= fewest:
                            yield offer

    def _offer(self, grid: Grid, place: int, head: Head, roles: dict[str, int], number: int) -> _Offer:
        naming = () if self._schemas[number].row_kind is RowKind.LIST else (SERIAL, *_ROW_ROLES)
        named = {at for role, at in roles.items() if role in naming}
        free = [heading for heading in head.headings if heading.index not in named]
        matches = self._lexicon.match(free, number)
        taken = {match.heading.index for match in matches}
        kept = {role: at for role, at in roles.items() if at not in taken}
        found = {match.column.id for match in matches}
        layout = Layout(grid, head, kept, matches, data_years=self._city.data_years)
        return _Offer(place, number, layout, *self._needs[number].missing(found), self._needs[number].lacking(found))


def _fits(schema: TableSchema, roles: dict[str, int]) -> bool:
    """Whether the names of rows a head has are those of the table."""
    if schema.row_kind is RowKind.VILLAGE:
        return VILLAGE in roles
    if schema.row_kind is RowKind.DISTRICT:
        return DISTRICT in roles and VILLAGE not in roles
    return schema.row_kind is RowKind.LIST or not {DISTRICT, VILLAGE} & set(roles)


def _corrected(layout: Layout) -> tuple[Layout, Heading | None]:
    """``layout`` with a year column that holds village codes taken for what it is, and the heading of that column."""
    column = layout.roles.get(YEAR)
    if column is None or VILLAGE not in layout.roles or not _holds_codes(layout):
        return layout, None
    roles = {CODE: column} | {role: at for role, at in layout.roles.items() if role != YEAR}
    heading = next(each for each in layout.head.headings if each.index == column)
    return replace(layout, roles=roles), heading


def _holds_codes(layout: Layout) -> bool:
    """Whether the year column counts the villages: within one kecamatan no number twice, and few left out.

    A year stands again and again in a column, a code once in a kecamatan; a few data years are never codes.
    """
    groups: dict[str, list[int]] = {}
    district = ""
    for row in data_rows(layout):
        district = said(layout, row, DISTRICT) or district
        text = said(layout, row, YEAR)
        if said(layout, row, VILLAGE) and text.isdecimal():
            groups.setdefault(district, []).append(int(text))
    codes = {code for group in groups.values() for code in group}
    may_be_years = len(codes) < _FEWEST_CODES and codes & set(layout.data_years)
    if may_be_years or all(len(group) == 1 for group in groups.values()):
        return False
    are_codes = all(any(code in span for span in _CODES) for code in codes)
    return are_codes and all(_counts(group) for group in groups.values())


def _counts(codes: Sequence[int]) -> bool:
    """Whether the codes of one kecamatan are different and lie close together, kelurahan and desa apart."""
    spans = [[code for code in codes if code in span] for span in _CODES]
    is_dense = all(max(span) - min(span) < 2 * len(span) + _FEWEST_CODES for span in spans if span)
    return is_dense and len(set(codes)) == len(codes)


def _mapping(layout: Layout) -> tuple[ColumnMapping, ...]:
    """Which heading was taken for what, from left to right."""
    by_index = {heading.index: heading for heading in layout.head.headings}
    roles = [(at, role, "") for role, at in layout.roles.items() if role in _ROW_ROLES]
    columns = [(match.heading.index, match.column.id, match.part) for match in layout.matches]
    found = sorted((*roles, *columns))
    return tuple(ColumnMapping(by_index[at].text, by_index[at].cell, column, part) for at, column, part in found)


def _is_again(row: TableRow, known: Mapping[tuple[str, str], set[int | None]]) -> bool:
    """Whether another place may already say the same column of the same; totals are each sheet's own."""
    years: set[int | None] = set().union(*(known.get((row.key, cell.column), set()) for cell in row.cells))
    return not row.key.startswith(TOTAL) and bool(years) and (row.year is None or bool(years & {row.year, None}))


def _is_table(rows: Sequence[TableRow], schema: TableSchema) -> bool:
    """Whether the lines are rows of the table: some; of a fixed table some of its own; of a city one per year."""
    if schema.row_kind is RowKind.FIXED:
        return any(row.is_known for row in rows)
    if schema.row_kind is RowKind.CITY:
        return 0 < len(rows) == len({row.year for row in rows})
    return bool(rows)


def _unmapped(
    offers: Sequence[_Offer], source: _Source, schemas: Sequence[TableSchema]
) -> Iterator[tuple[int, FormNote]]:
    """A note per sheet that nearly is a table of areas, about the table it comes closest to."""
    done = set(source.sheets)
    for offer in sorted(offers, key=lambda offer: (len(offer.missing) / max(offer.needed, 1), offer.rank)):
        schema = schemas[offer.schema]
        if not offer.missing or offer.sheet in done or offer.schema in source.known:
            continue
        if schema.row_kind not in _AREAS or 2 * len(offer.missing) > offer.needed:
            continue
        done.add(offer.sheet)
        anchor = offer.layout.roles.get(VILLAGE, offer.layout.roles.get(DISTRICT))
        cell = next(each.cell for each in offer.layout.head.headings if each.index == anchor)
        missing = ", ".join(column.label for column in offer.lacking)
        yield source.note(offer, cell, "export-unmapped", table=schema.title, missing=missing)
