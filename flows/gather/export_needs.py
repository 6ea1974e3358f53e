"""Which columns an agency's own file must have to be taken for a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flows.model import ColumnType, RowKind, TableColumn, TableSchema

_FEWEST = 2
"""Columns of one question that prove a table without the columns of its other questions."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Sets of columns of one table; a file that has all of one set holds the table, or one question's share of it."""

    choices: tuple[tuple[TableColumn, ...], ...]
    """The whole table first."""

    @classmethod
    def of(cls, schema: TableSchema, roles: Collection[str]) -> Needs:
        """What a file of an agency with ``roles`` needs: required columns but percentages, of those it supplies itself.

        Where columns answer different questions, agencies keep them in different files (births in facilities here,
        Buku KIA there): all columns of one question are enough, if they are two or more. Lines of lists are not split.
        """
        whole = tuple(_required(schema, roles))
        asked = () if schema.row_kind is RowKind.LIST else schema.questions
        shares = (
            tuple(each for each in whole if not each.questions or question in each.questions) for question in asked
        )
        return cls(tuple(dict.fromkeys((whole, *(share for share in shares if len(share) >= _FEWEST)))))

    def lacking(self, found: Collection[str]) -> tuple[TableColumn, ...]:
        """Columns of the whole table lacking beside ``found``."""
        return tuple(each for each in self.choices[0] if each.id not in found)

    def missing(self, found: Collection[str]) -> tuple[tuple[TableColumn, ...], int]:
        """Columns lacking beside ``found`` in the set that comes closest, and how many that set has."""
        lacking = [(tuple(each for each in choice if each.id not in found), len(choice)) for choice in self.choices]
        return min(lacking, key=lambda each: (len(each[0]) / max(each[1], 1), -each[1]))


def _required(schema: TableSchema, roles: Collection[str]) -> Iterator[TableColumn]:
    for column in schema.columns:
        is_own = not column.supplier or column.supplier in roles
        if column.is_required and is_own and column.type is not ColumnType.PERCENT:
            yield column
