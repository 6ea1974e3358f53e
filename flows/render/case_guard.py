"""What forms say and may not leave: small figures in answers and notes, areas with cases, children, persons by number.

A lift lets a run go on; it never carries the names of children into edition KIRIM.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flows.model import ColumnType, Framework, Question, StandingRow, StandingTable, TableColumn, TableSchema
from flows.page_wording import CHILDREN_NAMED, PERSON_NUMBERED
from flows.privacy import child_list_in_lines, child_list_in_rows, holds_masked
from flows.privacy.small_cells import (
    COVER_SIGN,
    SMALL_SIGN,
    MaskedTable,
    masked_tables,
)
from flows.privacy.told_counts import masked_answer, masked_words
from flows.privacy.veiling import is_small
from flows.recent import Recent

_NUMBER_ANSWER = "angka"
_SAID: Recent[dict[int, str]] = Recent(256, __name__)
"""Looking for children in all tables of a city takes a tenth of a second, and tables mostly stay as they are."""


@dataclass(frozen=True)
class CaseGuard:
    """What is counted of children in difficulty, and how much of it is hidden."""

    tables: Mapping[str, MaskedTable]
    """Every table as it may leave the secretariat."""
    schemas: Mapping[str, TableSchema]
    names_children: bool = False
    """Whether lists of children are shown: in the edition of the house only."""

    @classmethod
    def of(
        cls, standing: Mapping[str, StandingTable], framework: Framework, *, names_children: bool = False
    ) -> CaseGuard:
        """The guard of one run; tables in the order of the instrument."""
        ordered = {key: standing[key] for key in framework.tables if key in standing}
        if not names_children:
            ordered = {key: _nameless(table, framework.tables[key]) for key, table in ordered.items()}
        return cls(masked_tables(ordered, framework.tables), framework.tables, names_children)

    def is_case(self, column: TableColumn) -> bool:
        """Whether a criterion says of an area that it has children whom a sensitive table counts."""
        return bool(column.questions) and all(self._counting(each) for each in column.questions)

    def hides_count(self, column: TableColumn, met: int, areas: int) -> bool:
        """Whether few areas with or without cases would tell the number of children, which is hidden for the city."""
        if not self.is_case(column) or not any(self._is_hidden(each) for each in column.questions):
            return False
        return is_small(met) or is_small(areas - met)

    def answer(self, question: Question, text: str) -> str:
        """A short answer without numbers that are hidden in the question's tables."""
        hidden = self._hidden_counts(question)
        is_number = question.is_sensitive and question.answer.kind == _NUMBER_ANSWER
        is_counted = bool(self._counting(question.id)) and not self._asks_areas(question.id)
        is_figure = is_number and is_counted and not self._instead_of(text)
        return masked_answer(text, hidden) if is_figure else self.note(question, text)

    def note(self, question: Question, text: str) -> str:
        """A text on a question without lists of children, and without numbers of them that are small or hidden.

        Nor does one leave in which a NIK was written: the digits are masked long since, the name beside them is not.
        """
        if instead := self._instead_of(text):
            return instead
        is_open = not (question.is_sensitive or self._counting(question.id))
        return text if is_open else masked_words(text, self._hidden_counts(question))

    def _instead_of(self, text: str) -> str:
        """What is printed instead of a text that shows who somebody is, in an edition that must not; else empty."""
        if self.names_children:
            return ""
        if child_list_in_lines(text) is not None:
            return CHILDREN_NAMED
        return PERSON_NUMBERED if holds_masked(text) else ""

    def _counting(self, question_id: str) -> tuple[str, ...]:
        """Sensitive tables that count something for a question."""
        return self._counting_by_question.get(question_id, ())

    @cached_property
    def _counting_by_question(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for key, schema in self.schemas.items():
            counts = (column for column in schema.columns if schema.is_sensitive and column.type is ColumnType.COUNT)
            for question_id in {each for column in counts for each in column.questions or schema.questions}:
                found[question_id] = (*found.get(question_id, ()), key)
        return found

    def _asks_areas(self, question_id: str) -> bool:
        """Whether areas answer a question with yes or no: its number is one of areas then."""
        columns = (column for schema in self.schemas.values() for column in schema.columns)
        return any(each.type is ColumnType.YES_NO and question_id in each.questions for each in columns)

    def _hidden_counts(self, question: Question) -> frozenset[int]:
        found = (self.tables[key].hidden for key in self._counting(question.id) if key in self.tables)
        return frozenset[int]().union(*found)

    def _is_hidden(self, question_id: str) -> bool:
        """Whether a count of the whole city for a question is a sign."""
        for key in self._counting(question_id):
            asked = {each.id for each in self.schemas[key].columns if _asks(self.schemas[key], each, question_id)}
            totals = self.tables[key].table.totals if key in self.tables else ()
            for values in (row.values for row in totals):
                if any(values[each] in (SMALL_SIGN, COVER_SIGN) for each in values if each.partition(".")[0] in asked):
                    return True
        return False


def _nameless(table: StandingTable, schema: TableSchema) -> StandingTable:
    """``table`` without the texts of rows that would show who the children are; of all rows where they are a list."""
    columns = [column for column in schema.columns if column.type is ColumnType.TEXT]
    if not columns:
        return table
    heads = [column.label for column in columns]
    texts = [[str(row.values.get(column.id, "")) for column in columns] for row in table.rows]
    said = _SAID.value(schema.title, heads, texts, make=lambda: _said_instead(schema.title, heads, texts))
    rows = (_unnamed(row, columns, said[place]) if place in said else row for place, row in enumerate(table.rows))
    return replace(table, rows=tuple(rows)) if said else table


def _said_instead(title: str, heads: list[str], texts: list[list[str]]) -> dict[int, str]:
    """What is printed instead of the texts of rows, by their place; of all rows where they are a list of children."""
    named = {place for place, row in enumerate(texts) if child_list_in_lines(" ".join(row))}
    numbered = {place for place, row in enumerate(texts) if any(map(holds_masked, row))} - named
    others = [row for place, row in enumerate(texts) if place not in named]
    if child_list_in_rows([heads, *others], title):
        named = set(range(len(texts)))
    return dict.fromkeys(numbered, PERSON_NUMBERED) | dict.fromkeys(named, CHILDREN_NAMED)


def _unnamed(row: StandingRow, columns: list[TableColumn], said: str) -> StandingRow:
    hidden = {column.id: said for column in columns if row.values.get(column.id)}
    return replace(row, values={**row.values, **hidden})


def _asks(schema: TableSchema, column: TableColumn, question_id: str) -> bool:
    return column.type is ColumnType.COUNT and question_id in (column.questions or schema.questions)
