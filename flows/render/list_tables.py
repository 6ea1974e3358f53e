"""Tables that are lists: as many rows as there are things, text that wraps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from math import ceil, sqrt

from flows import wording
from flows.forms.layout import value_key
from flows.model import ColumnType, RowKind, StandingRow, StandingTable, TableColumn, TableSchema
from flows.render.figures import cell_mm, figure, lines_of, longest_word_mm
from flows.render.table_views import Cell, Head, Row, RowGroup, Sheet, Style, Word
from flows.render.widths import PAGE_MM, packed, shares

_NUMBER_MM, _QUESTION_MM = 9.0, 11.5
"""Width of the first column: a number, or the id of a question."""
_LEAST_TEXT_MM, _LARGEST_WORD_MM = 22.0, 34.0
_DENSE = 7 / 8
"""Type of dense tables (``.rapat`` in ``buku.css``) against that of others: a table in small type beats two halves."""
_SHORT_MM = 26.0
"""Text that needs no more than this on one line is not wrapped."""
_UPRIGHT_COLUMNS, _UPRIGHT_LABEL_MM = 4, 48.0
_MOST_UPRIGHT, _TALL_LINES = 12, 24
"""Up to so many rows are turned where one of them would be taller than so many lines."""
_NAME_CHARS = 80
"""A turned row is named above it; a longer name would but say its first line twice."""
_PLAIN = (ColumnType.TEXT, ColumnType.CHOICE, ColumnType.YES_NO, ColumnType.QUESTION)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list with its cells as printed."""

    label: str
    word: Word
    style: Style
    texts: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    """Of each cell, where it has several."""
    total: str
    least: float
    """Millimetres below which it cannot be read."""
    wanted: float
    """Millimetres it would like to have; ``least`` where more does not help."""
    family: str = ""
    """The same for columns that are read together: boys, girls and all of them."""


def question_column(schema: TableSchema) -> TableColumn | None:
    """The column that says to which question a row belongs; None where the whole list serves all."""
    return next((column for column in schema.columns if column.type is ColumnType.QUESTION), None)


def rows_of(schema: TableSchema, table: StandingTable, question_id: str, *, is_home: bool) -> tuple[StandingRow, ...]:
    """Rows of a list that belong to a question; its first question takes those that name no question of the list."""
    column = question_column(schema)
    filled = tuple(row for row in table.rows if row.values)
    if column is None:
        return filled
    return tuple(
        row
        for row in filled
        if (named := row.values.get(column.id)) == question_id or (is_home and named not in table.questions)
    )


def is_shared(schema: TableSchema) -> bool:
    """Whether a list that serves many questions is printed whole: a line or two for each would be a table for each."""
    return schema.row_kind is RowKind.LIST and schema.one_row_per_question and not schema.is_sensitive


def list_sheets(
    schema: TableSchema, rows: Sequence[StandingRow], totals: Sequence[StandingRow] = ()
) -> tuple[Sheet, ...]:
    """``rows`` as sheets that fit the page, each with number and first column; none where there are no rows.

    A shared list names the question of each row in place of a number.
    """
    columns = _columns(schema, rows, totals[0] if len(totals) == 1 else None)
    if not columns:
        return ()
    asked = question_column(schema) if is_shared(schema) else None
    if asked is not None:
        return _shared_sheets(columns, [str(row.values.get(asked.id, "")) for row in rows])
    if len(rows) == 1 and len(columns) >= _UPRIGHT_COLUMNS:
        return (_upright(columns),)
    sheets = _across(columns, len(rows))
    if len(columns) >= _UPRIGHT_COLUMNS and len(rows) <= _MOST_UPRIGHT and not totals and _is_wordy(sheets):
        return tuple(_upright(columns, place) for place in range(len(rows)))
    return _told_below(columns, sheets, len(rows))


def _told_below(columns: Sequence[ListColumn], sheets: tuple[Sheet, ...], count: int) -> tuple[Sheet, ...]:
    """``sheets`` as they are, or with stories below their rows, across the page, where there are too many to turn.

    Side by side they would be columns of a few words a line, and every page mostly empty beside them.
    """
    first, *rest = columns
    stories = [column for column in rest if _is_story(column, sheets)]
    short = [column for column in rest if column not in stories]
    if not stories:
        return sheets
    lead, *others = _across([first, *short], count)
    return (_with_stories(lead, stories), *others)


def _is_story(column: ListColumn, sheets: Sequence[Sheet]) -> bool:
    """Whether some cell of a column is so tall that nobody would read it beside others."""
    width = max(
        width / 100 * PAGE_MM
        for sheet in sheets
        for head, width in zip(sheet.heads[0], sheet.widths, strict=True)
        if head == Head(column.label, column.word)
    )
    cells = (Cell(text, lines=lines) for text, lines in zip(column.texts, column.lines, strict=True))
    return any(_lines(cell, width) > _TALL_LINES for cell in cells)


def _with_stories(sheet: Sheet, stories: Sequence[ListColumn]) -> Sheet:
    """A sheet whose rows each go on below in what the stories say of them."""
    (group,) = sheet.groups
    rows: list[Row] = []
    for place, row in enumerate(group.rows):
        told = () if row.is_total else tuple(_stories_of(stories, place, sheet.columns))
        rows += [replace(row, is_told=bool(told)), *told]
    return replace(sheet, groups=(RowGroup(tuple(rows)),))


def _stories_of(stories: Sequence[ListColumn], place: int, columns: int) -> Iterator[Row]:
    told = [column for column in stories if column.texts[place] != wording.NO_VALUE]
    for number, column in enumerate(told, start=1):
        story = Cell(
            column.texts[place], Style.TEXT, lines=column.lines[place], columns=columns - 1, label=column.label
        )
        yield Row((Cell("", Style.MIDDLE), story), is_told=number < len(told), is_telling=True)


def _across(columns: Sequence[ListColumn], count: int) -> tuple[Sheet, ...]:
    """``count`` rows that go across the page, in as many sheets as their columns need."""
    first, *rest = columns
    room = PAGE_MM - _NUMBER_MM - first.least
    units = packed(tuple(_units(rest, room)), lambda unit: sum(each.least for each in unit), room) or (((),),)
    groups = [tuple(chain.from_iterable(group)) for group in units]
    has_total = any(column.total for column in columns)
    return tuple(_sheet([first, *group], count, has_total=has_total, aspect=_aspect(group)) for group in groups)


def _is_wordy(sheets: Sequence[Sheet]) -> bool:
    """Whether some row is so tall that nobody would read its narrow columns: stories side by side, a page long."""
    return any(
        _lines(cell, width / 100 * PAGE_MM) > _TALL_LINES
        for sheet in sheets
        for group in sheet.groups
        for row in group.rows
        for cell, width in zip(row.cells, sheet.widths, strict=True)
    )


def _lines(cell: Cell, width: float) -> int:
    """About how many lines a cell has in a column so many millimetres wide."""
    return sum(ceil(cell_mm(line) / width) for line in cell.lines or (cell.text,))


def _shared_sheets(columns: Sequence[ListColumn], questions: Sequence[str]) -> tuple[Sheet, ...]:
    """Sheets whose rows are named by their question."""
    room = PAGE_MM - _QUESTION_MM
    groups = packed(columns, lambda each: each.least, room)
    is_dense = len(groups) > 1 and sum(each.least for each in columns) * _DENSE <= room
    groups = (tuple(_in_small_type(column) for column in columns),) if is_dense else groups
    sheets = (
        _sheet(group, len(questions), has_total=False, aspect=_aspect(group), questions=questions) for group in groups
    )
    return tuple(replace(sheet, is_dense=is_dense) for sheet in sheets)


def _units(columns: Sequence[ListColumn], room: float) -> Iterator[tuple[ListColumn, ...]]:
    """Columns that must not be parted, each group of them narrow enough for a page."""
    for family, each in groupby(columns, lambda column: column.family or column.label):
        unit = tuple(each)
        if family and sum(column.least for column in unit) <= room:
            yield unit
        else:
            yield from ((column,) for column in unit)


def _in_small_type(column: ListColumn) -> ListColumn:
    return replace(column, least=column.least * _DENSE, wanted=column.wanted * _DENSE)


def _columns(schema: TableSchema, rows: Sequence[StandingRow], total: StandingRow | None) -> list[ListColumn]:
    found = [
        _column(
            wording.column(column.label, part),
            column.type,
            [row.values.get(key) for row in rows],
            _total(column, key, total),
            family=column.id if len(column.parts) > 1 else "",
        )
        for column in schema.columns
        for part in column.parts
        if column.type is not ColumnType.QUESTION
        and any(row.values.get(key := value_key(column.id, part), "") != "" for row in rows)
    ]
    has_years = any(row.year is not None for row in rows)
    if found and has_years and not any(column.type is ColumnType.YEAR for column in schema.columns):
        years = [None if row.year is None else float(row.year) for row in rows]
        found.insert(1, _column("", ColumnType.YEAR, years, "", word=Word.YEAR))
    return found


def _total(column: TableColumn, key: str, total: StandingRow | None) -> str:
    if total is None or not column.type.is_numeric or key not in total.values:
        return ""
    return figure(total.values[key], column.type, is_alone=True)


def _column(
    label: str,
    kind: ColumnType,
    values: Sequence[float | str | None],
    total: str,
    word: Word = Word.NONE,
    *,
    family: str = "",
) -> ListColumn:
    texts = tuple(figure(value, kind, is_alone=True) for value in values)
    lines = tuple(lines_of(value, kind) for value in values)
    head = longest_word_mm(label, is_bold=True)
    widest = max([cell_mm(total, is_bold=True), *map(cell_mm, texts)])
    if kind not in _PLAIN or widest <= _SHORT_MM:
        style = Style.FIGURE if kind.is_numeric else Style.TEXT if kind in _PLAIN else Style.MIDDLE
        width = max(head, min(widest, _LARGEST_WORD_MM), 12.0)
        return ListColumn(label, word, style, texts, lines, total, width, width, family)
    words = min(max(longest_word_mm(text) for text in texts), _LARGEST_WORD_MM)
    least = max(_LEAST_TEXT_MM, words, min(head, _LARGEST_WORD_MM))
    wanted = least + sqrt(sum(map(len, texts)) / len(texts)) * 4
    return ListColumn(label, word, Style.TEXT, texts, lines, total, least, wanted, family)


def _aspect(columns: Sequence[ListColumn]) -> str:
    """What a part of a list that does not fit across the page is about; columns read together are named once."""
    return "; ".join(_named_once(tuple(unit)) for _, unit in groupby(columns, lambda each: each.family or each.label))


def _named_once(columns: Sequence[ListColumn]) -> str:
    """``Petugas (L, P, L+P)``."""
    splits = [column.label.rpartition(" (") for column in columns]
    if not columns[0].family or len(columns) == 1 or len({name for name, *_ in splits}) > 1:
        return "; ".join(column.label for column in columns)
    return f"{splits[0][0]} ({', '.join(part.removesuffix(')') for *_, part in splits)})"


def _sheet(
    columns: Sequence[ListColumn], count: int, *, has_total: bool, aspect: str, questions: Sequence[str] = ()
) -> Sheet:
    """Rows are named by their question where there are ``questions``, else numbered and named by the first column."""
    if questions:
        lead, leads = Word.QUESTION, [Cell(question, Style.TEXT, is_head=True) for question in questions]
    else:
        lead, leads = Word.NUMBER, [Cell(str(place), Style.MIDDLE) for place in range(1, count + 1)]
    heads = (Head(word=lead), *(Head(column.label, column.word) for column in columns))
    rows = [Row((each, *_cells(columns, place, is_named=not questions))) for place, each in enumerate(leads)]
    if has_total and count > 1:
        first = Cell("", Style.TEXT, is_head=True, word=Word.TOTAL)
        rest = (Cell(column.total) for column in columns[1:])
        rows.append(Row((Cell("", Style.MIDDLE), first, *rest), is_total=True))
    widths = _widths(columns, _QUESTION_MM if questions else _NUMBER_MM)
    return Sheet((heads,), widths, (RowGroup(tuple(rows)),), aspect)


def _upright(columns: Sequence[ListColumn], place: int = 0) -> Sheet:
    """One row of a list, turned: its columns go down the page, where their words have room."""
    heads = (Head(word=Word.ITEM), Head(word=Word.ENTRY))
    rows = tuple(
        Row(
            (
                Cell(column.label, Style.TEXT, is_head=True, word=column.word),
                Cell(column.texts[place], Style.TEXT, lines=column.lines[place]),
            )
        )
        for column in columns
    )
    room = PAGE_MM - _UPRIGHT_LABEL_MM
    is_short = sum(_lines(row.cells[1], room) for row in rows) <= _TALL_LINES
    name = columns[0].texts[place]
    return Sheet(
        (heads,),
        shares([_UPRIGHT_LABEL_MM, room]),
        (RowGroup(rows),),
        aspect=name if len(name) <= _NAME_CHARS else "",
        is_whole=is_short,
    )


def _cells(columns: Sequence[ListColumn], place: int, *, is_named: bool) -> tuple[Cell, ...]:
    """Cells of one row; its first column names it or not."""
    first, *rest = columns
    return (
        Cell(first.texts[place], Style.TEXT, is_head=is_named, lines=first.lines[place]),
        *(Cell(column.texts[place], column.style, lines=column.lines[place]) for column in rest),
    )


def _widths(columns: Sequence[ListColumn], lead: float) -> tuple[float, ...]:
    """``lead`` and least widths, and what is left of the page in proportion to what the columns want."""
    least = [column.least for column in columns]
    wishes = [column.wanted - column.least for column in columns]
    left = max(PAGE_MM - lead - sum(least), 0.0)
    if not sum(wishes):
        wishes = least
    total = sum(wishes)
    return shares([lead, *(base + left * wish / total for base, wish in zip(least, wishes, strict=True))])
