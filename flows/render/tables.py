"""Which tables stand where: each once, at its first question in the book; the others point there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from flows import wording
from flows.agency_names import agency_names
from flows.model import (
    Block,
    City,
    Framework,
    GatheredTable,
    Manifest,
    Question,
    RowKind,
    StandingRow,
    StandingTable,
    TableSchema,
    TableSource,
)
from flows.privacy.veiling import is_small
from flows.render.case_guard import CaseGuard
from flows.render.checklists import counted, criteria_of, criteria_sheet, has_matrix, matrix_sheets
from flows.render.list_tables import is_shared, list_sheets, question_column, rows_of
from flows.render.measure_tables import measure_sheets, measures_of, years_of
from flows.render.plots import plot_of
from flows.render.table_views import (
    FIRST_BLOCK_CHAPTER,
    CoveredView,
    FigureView,
    SeeView,
    Sheet,
    SourceView,
    TableView,
    WithheldView,
    Word,
)

_NAMED_FORMS = 4
"""Forms of agencies a source line names one by one; more are counted: rows or criteria name them better."""
_AREAS = {RowKind.DISTRICT: Word.DISTRICT, RowKind.VILLAGE: Word.VILLAGE}


@dataclass(frozen=True, slots=True)
class Slot:
    """A table's place in the book."""

    table_id: str
    number: str
    anchor: str
    question_id: str = ""
    """The one question whose rows of a list it holds; else empty."""


@dataclass(frozen=True)
class TablePlan:
    """Places of all tables, by question; matrices of checklists by block."""

    at_questions: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)
    matrices: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)
    homes: Mapping[str, Slot] = field(default_factory=dict)
    """First place of each table that serves its questions as a whole."""
    figures: Mapping[str, FigureView] = field(default_factory=dict)
    """Pictures by id of their table."""


class Tables:
    """The standing tables of one run as the book shows them."""

    def __init__(
        self,
        standing: Mapping[str, StandingTable],
        framework: Framework,
        city: City,
        manifest: Manifest,
        masked_hashes: frozenset[str],
        *,
        names_children: bool = False,
    ) -> None:
        """Take the tables of an assessment, small figures hidden; files with ``masked_hashes`` are never named.

        Lists of children are hidden too, unless ``names_children``.
        """
        self._framework = framework
        self._city = city
        self.guard = CaseGuard.of(standing, framework, names_children=names_children)
        self._tables = {key: masked.table for key, masked in self.guard.tables.items()}
        self._agencies = agency_names(city)
        self._masked = {file.path for file in manifest.files if file.sha256 in masked_hashes}
        self._first = self._first_questions()
        self._plan = self._made()

    def at(self, question: Question) -> tuple[TableView, ...]:
        """Tables printed at a question."""
        return tuple(self._view(slot) for slot in self._plan.at_questions.get(question.id, ()))

    def see(self, question: Question) -> tuple[SeeView, ...]:
        """Tables that serve a question and stand elsewhere, with the criteria counted that belong to it."""
        views = []
        for table_id, slot in self._plan.homes.items():
            table, schema = self._tables[table_id], self._framework.tables[table_id]
            if question.id not in table.questions or question.id == self._first[table_id]:
                continue
            asked = {column.id for column in schema.columns if question.id in column.questions}
            criteria = tuple(view for view in counted(schema, table, self._city, self.guard) if view.column_id in asked)
            area = _AREAS.get(schema.row_kind, Word.NONE)
            views.append(SeeView(slot.number, slot.anchor, schema.title, area, criteria))
        return tuple(views)

    def matrices(self, block: Block) -> tuple[TableView, ...]:
        """Matrices at the end of a block's chapter."""
        return tuple(self._matrix(slot) for slot in self._plan.matrices.get(block.id, ()))

    def withheld(self, question: Question) -> tuple[WithheldView, ...]:
        """Lists of a question that only the verification shows."""
        return tuple(
            WithheldView(schema.title, 0 if is_small(len(rows)) else len(rows))
            for table_id, table in self._tables.items()
            if (schema := self._framework.tables[table_id]).row_kind is RowKind.LIST
            and schema.is_sensitive
            and question.id in table.questions
            and (rows := self._rows(table_id, question.id))
        )

    def titles(self, block: Block) -> tuple[TableView, ...]:
        """Tables of a block in order, without their sheets, for the list of tables."""
        slots = [slot for question in block.questions for slot in self._plan.at_questions.get(question.id, ())]
        matrices = [replace(self._frame(slot), is_matrix=True) for slot in self._plan.matrices.get(block.id, ())]
        return (*(self._frame(slot) for slot in slots), *matrices)

    def stories(self, question: Question) -> Iterator[tuple[TableSchema, Sequence[StandingRow]]]:
        """Lists that tell of innovations, with the rows that do so for a question; sensitive ones stay in the house."""
        for table_id, table in self._tables.items():
            schema = self._framework.tables[table_id]
            if schema.story is not None and not schema.is_sensitive and question.id in table.questions:
                yield schema, self._rows(table_id, question.id)

    def figures(self, block: Block) -> tuple[FigureView, ...]:
        """Pictures of a block in order, for the list of figures."""
        slots = [slot for question in block.questions for slot in self._plan.at_questions.get(question.id, ())]
        return tuple(self._plan.figures[slot.table_id] for slot in slots if slot.table_id in self._plan.figures)

    def _first_questions(self) -> dict[str, str]:
        order = {question.id: place for place, question in enumerate(self._framework.questions)}
        return {
            key: min(known, key=order.__getitem__)
            for key, table in self._tables.items()
            if (known := [question for question in table.questions if question in order])
        }

    def _made(self) -> TablePlan:
        at_questions: dict[str, tuple[Slot, ...]] = {}
        matrices: dict[str, tuple[Slot, ...]] = {}
        homes: dict[str, Slot] = {}
        figures: dict[str, FigureView] = {}
        for chapter, block in enumerate(self._framework.blocks, FIRST_BLOCK_CHAPTER):
            place = 1  # the table of the block itself
            pictures = 0
            for question in block.questions:
                slots = []
                for table_id, part in self._due(question):
                    place += 1
                    anchor = f"isian-{table_id}" + (f"-{part}" if part else "")
                    slots.append(Slot(table_id, f"{chapter}.{place}", anchor, part))
                    if not part:
                        homes[table_id] = slots[-1]
                        if (picture := self._picture(slots[-1], f"{chapter}.{pictures + 1}")) is not None:
                            pictures += 1
                            figures[table_id] = picture
                at_questions[question.id] = tuple(slots)
            ends = []
            for table_id in self._with_matrix(block):
                place += 1
                ends.append(Slot(table_id, f"{chapter}.{place}", f"rincian-{table_id}"))
            matrices[block.id] = tuple(ends)
        return TablePlan(at_questions, matrices, homes, figures)

    def _picture(self, slot: Slot, number: str) -> FigureView | None:
        """The picture of a table in its place, where one is worth it."""
        schema, table = self._framework.tables[slot.table_id], self._tables[slot.table_id]
        view = plot_of(schema, table, self._city.data_years, self._city.name, self._first[slot.table_id])
        if view is None:
            return None
        return replace(
            view,
            number=number,
            anchor=f"gambar-{number.replace('.', '-')}",
            table_number=slot.number,
            table_anchor=slot.anchor,
            table_title=schema.title,
            place=self._city.name,
            is_summed=_is_summed(schema, table),
        )

    def _due(self, question: Question) -> list[tuple[str, str]]:
        """Tables to print at a question: id, and the question where only its rows are printed."""
        found = []
        for table_id, table in self._tables.items():
            schema = self._framework.tables[table_id]
            if question.id not in table.questions:
                continue
            if schema.row_kind is RowKind.LIST and question_column(schema) is not None and not is_shared(schema):
                if not schema.is_sensitive and self._rows(table_id, question.id):
                    found.append((table_id, question.id))
            elif self._first[table_id] == question.id and self._is_printable(schema, table):
                found.append((table_id, ""))
        return found

    def _is_printable(self, schema: TableSchema, table: StandingTable) -> bool:
        if schema.row_kind is RowKind.LIST:
            return not schema.is_sensitive and any(row.values for row in table.rows)
        return bool(criteria_of(schema, table) or measures_of(schema, table, self._city.data_years))

    def _with_matrix(self, block: Block) -> list[str]:
        ids = {question.id for question in block.questions}
        return [
            table_id
            for table_id, table in self._tables.items()
            if self._first.get(table_id) in ids and has_matrix(self._framework.tables[table_id], table, self.guard)
        ]

    def _rows(self, table_id: str, question_id: str) -> Sequence[StandingRow]:
        schema, table = self._framework.tables[table_id], self._tables[table_id]
        return rows_of(schema, table, question_id, is_home=self._first[table_id] == question_id)

    def _view(self, slot: Slot) -> TableView:
        picture = None if slot.question_id else self._plan.figures.get(slot.table_id)
        view = replace(self._frame(slot), sheets=_lettered(self._sheets(slot)), figure=picture)
        ends = [each for block in self._plan.matrices.values() for each in block if each.table_id == slot.table_id]
        return replace(view, matrix_number=ends[0].number, matrix_anchor=ends[0].anchor) if ends else view

    def _matrix(self, slot: Slot) -> TableView:
        schema, table = self._framework.tables[slot.table_id], self._tables[slot.table_id]
        sheets = _lettered(matrix_sheets(schema, table, self._city, self.guard))
        numbered = enumerate(criteria_of(schema, table), 1)
        kept_back = tuple(str(number) for number, column in numbered if self.guard.is_case(column))
        return replace(self._frame(slot), sheets=sheets, is_matrix=True, has_village_detail=False, kept_back=kept_back)

    def _sheets(self, slot: Slot) -> tuple[Sheet, ...]:
        schema, table = self._framework.tables[slot.table_id], self._tables[slot.table_id]
        if schema.row_kind is not RowKind.LIST:
            years = self._city.data_years
            return (*criteria_sheet(schema, table, self._city, self.guard), *measure_sheets(schema, table, years))
        if not slot.question_id:
            return list_sheets(schema, self._in_order(schema, table), table.totals)
        is_home = self._first[slot.table_id] == slot.question_id
        return list_sheets(schema, rows_of(schema, table, slot.question_id, is_home=is_home))

    def _in_order(self, schema: TableSchema, table: StandingTable) -> list[StandingRow]:
        """Rows of a list that is printed whole, by their questions where they name one."""
        rows = [row for row in table.rows if row.values]
        asked = question_column(schema)
        if asked is None:
            return rows
        order = {question.id: place for place, question in enumerate(self._framework.questions)}
        return sorted(rows, key=lambda row: order.get(str(row.values.get(asked.id, "")), len(order)))

    def _frame(self, slot: Slot) -> TableView:
        schema, table = self._framework.tables[slot.table_id], self._tables[slot.table_id]
        years = [year for year in years_of(table, self._city.data_years) if year is not None]
        return TableView(
            anchor=slot.anchor,
            number=slot.number,
            title=schema.title,
            area=_AREAS.get(schema.row_kind, Word.NONE),
            question_id=slot.question_id,
            years=tuple(years),
            definitions=tuple(
                (definition.label, text)
                for definition in schema.definitions
                if (text := table.definitions.get(definition.id, ""))
            ),
            sheets=(),
            sources=self._sources(schema, self._sources_of(slot, table)),
            has_village_detail=schema.row_kind is RowKind.VILLAGE,
            is_summed=_is_summed(schema, table),
            is_sensitive=schema.is_sensitive,
            uncovered=tuple(self._uncovered(schema, table, years)),
            unfilled=_unfilled(schema, table),
        )

    def _uncovered(self, schema: TableSchema, table: StandingTable, years: Sequence[int]) -> Iterator[CoveredView]:
        """Years in which areas of the city have no row with anything in it."""
        villages = {village.code for district in self._city.districts for village in district.villages}
        areas = {RowKind.DISTRICT: {each.code for each in self._city.districts}, RowKind.VILLAGE: villages}
        asked = areas.get(schema.row_kind, set())
        for year in years or (None,):
            known = asked & {row.key for row in table.rows if row.values and row.year in (year, None)}
            if known and known != asked:
                yield CoveredView(year, len(known), len(asked))

    def _sources_of(self, slot: Slot, table: StandingTable) -> tuple[GatheredTable, ...]:
        """Where what is printed comes from: of a list cut by question only the files of that question's rows."""
        if not slot.question_id:
            return table.sources
        schema = self._framework.tables[slot.table_id]
        is_home = self._first[slot.table_id] == slot.question_id
        rows = rows_of(schema, table, slot.question_id, is_home=is_home)
        paths = {row.place.path for row in rows if row.place is not None}
        return tuple(source for source in table.sources if source.path in paths) or table.sources

    def _sources(self, schema: TableSchema, sources: Sequence[GatheredTable]) -> tuple[SourceView, ...]:
        named = [self._source(schema, source) for source in sources]
        alike = groupby(sorted(named, key=_rank))
        return _condensed([replace(view, count=len(list(members))) for view, members in alike])

    def _source(self, schema: TableSchema, source: GatheredTable) -> SourceView:
        is_nameless = source.source is not TableSource.EXPORT or schema.is_sensitive or source.path in self._masked
        return SourceView(
            agency=self._agencies.get(source.agency_id, ""),
            kind=source.source,
            name="" if is_nameless else source.path.rsplit("/", 1)[-1],
        )


def _unfilled(schema: TableSchema, table: StandingTable) -> tuple[str, ...]:
    """Rows every such table has, and which nobody filled in; told where a total would seem to hold them."""
    if schema.row_kind is not RowKind.FIXED or not table.totals:
        return ()
    known = {row.key for row in table.rows if row.values}
    return tuple(each.label for each in schema.rows if each.id not in known)


def _is_summed(schema: TableSchema, table: StandingTable) -> bool:
    """Whether kecamatan are printed of what kelurahan have filled in; of a checklist it is counted who meets what."""
    return schema.row_kind is RowKind.VILLAGE and not criteria_of(schema, table)


def _rank(view: SourceView) -> tuple[int, str, str]:
    return (list(TableSource).index(view.kind), view.agency, view.name)


def _condensed(views: Sequence[SourceView]) -> tuple[SourceView, ...]:
    """Sources with the forms of agencies as one counted view where they are too many to name."""
    forms = [view for view in views if view.kind is TableSource.FORM]
    if len(forms) <= _NAMED_FORMS:
        return tuple(views)
    rest = [view for view in views if view.kind is not TableSource.FORM]
    return (SourceView(agency="", kind=TableSource.FORM, count=len(forms)), *rest)


def _lettered(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Sheets with the letters they are told apart by; a single one has none."""
    if len(sheets) <= 1:
        return tuple(sheets)
    return tuple(replace(sheet, suffix=wording.letter(place).lower()) for place, sheet in enumerate(sheets))
