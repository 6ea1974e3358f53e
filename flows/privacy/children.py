"""Lists of children: names beside dates of birth, ages, schools, addresses or diagnoses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from flows.privacy.birth import earliest_birth, first_date, years_in
from flows.privacy.captions import is_about_children
from flows.privacy.children_gate import LEAST_ROWS, may_list_children, may_tell_of_children, text_of_rows
from flows.privacy.columns_apart import children_in_columns
from flows.privacy.dumped import may_hold_records, rows_of_records
from flows.privacy.exported import may_hold_objects, messages_in, rows_of_objects
from flows.privacy.given_names import names_somebody
from flows.privacy.hasty_lines import entries_over_lines, fields_in_one_line, with_capitals
from flows.privacy.likelihood import likely_children
from flows.privacy.list_forms import cells_of
from flows.privacy.list_reader import ChildList, read_list
from flows.privacy.papers import is_about_a_case
from flows.privacy.people import is_name
from flows.privacy.tellings import tellings_in
from flows.privacy.weighing import weigh
from flows.privacy.written_ages import ages_in_digits

__all__ = ["ChildList", "child_list_in_lines", "child_list_in_rows"]

_TURNED_ROWS, _TURNED_COLUMNS = 40, 100
_NAME_ALONE = re.compile(r"(?:\A|\n)[ \t]*Nama[ \t]*\n", re.IGNORECASE)
"""The label of a name, whose value stands on the next line."""
_SAYS_BIRTH = re.compile(r"\b(?:lahir|ttl)\b", re.IGNORECASE)
"""Days that stand below names are of births only where something says so."""
_BEGINNING = 300
"""Characters in which a text says what it is about."""
_NAMES_FOLLOW = re.compile(r"(?:nama|inisial)\b", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w*])(\*{1,2})(\w[^*\n]{1,60})\1(?![\w*])")
"""Words between stars, as chats and notes have them; stars within a name cover it."""


def child_list_in_rows(rows: Sequence[Sequence[str]], title: str = "", *, unsure: bool = False) -> ChildList | None:
    """The list of children in the rows of a table, None where there is none.

    Args:
        rows: Cells as text, with their headings above them.
        title: Name of the sheet or document, and what else stands around the table.
        unsure: Whether to tell of an only child as well, and of what only may name children.
    """
    cells = [tuple([cell.strip() for cell in row]) for row in rows]
    text = text_of_rows(cells)
    if not may_tell_of_children(text, title):
        return None
    found = _unless_of_things(_in_rows(cells, text, title), text, title)
    if not unsure:
        return found if found and found.is_sure else None
    return found or _likely([" ".join(filter(None, row)) for row in cells], title)


def _in_rows(cells: Sequence[tuple[str, ...]], text: str, title: str) -> ChildList | None:
    found = read_list(cells, title)
    if found and found.alone and is_about_a_case(text, title):
        found = replace(found, alone="")
    if found and not found.alone:
        return found
    if (turned := _turned(cells)) and (several := read_list(turned, title)) and not several.alone:
        # Its rows were columns: told is the row of the names.
        return replace(several, row=next(at for at, row in enumerate(cells) if _heads_names(row)))
    return (_weighed(cells, title) if names_somebody(text) else None) or found


def child_list_in_lines(
    text: str, title: str = "", *, unsure: bool = False, is_laid_out: bool = False
) -> ChildList | None:
    """The list of children in running text whose tables have become lines, None where there is none.

    Args:
        text: Text of one page, lines as they are printed.
        title: Name of the document, and headings of earlier pages.
        unsure: Whether to tell of an only child as well, and of what only may name children.
        is_laid_out: Whether it is known which words stand beside each other, so that the same page can be read as rows:
            columns are then not looked for one below the other.
    """
    found = _in_programs_lines(text, title)
    if found:
        return found
    text = messages_in(text)
    if "*" in text:
        text = _BOLD.sub(r"\2", text)
    if not may_tell_of_children(text, title):
        return None
    text = ages_in_digits(text)
    found = _unless_of_things(_in_lines(text, title), text, title)
    if not (is_laid_out or (found and found.is_sure)):
        found = _in_columns(text, title) or found
    if not unsure:
        return found if found and found.is_sure else None
    return found or _likely([line.strip() for line in text.splitlines()], title)


def _in_programs_lines(text: str, title: str) -> ChildList | None:
    """The list of children in lines that a program has written."""
    if may_hold_objects(text) and (found := _child_list_in(rows_of_objects(text), title)) and not found.alone:
        return found
    if may_hold_records(text) and (found := _child_list_in(rows_of_records(text), title)) and not found.alone:
        return found
    return None


def _in_lines(text: str, title: str) -> ChildList | None:
    if len(_NAME_ALONE.findall(text)) >= LEAST_ROWS:
        text = fields_in_one_line(text)
    return _in_plain_lines(text, title) or _in_small_letters(text, title)


def _in_small_letters(text: str, title: str) -> ChildList | None:
    """The children whose names are written in small letters, as messages are."""
    capitals = with_capitals(text)
    if capitals is text:
        return None
    found = _in_plain_lines(capitals, title)
    # A day beside a name may be any; messages say seldom what it is of.
    is_of_children = not first_date(text) or is_about_children(f"{title}\n{text[:_BEGINNING]}")
    return found if found and (found.clue or is_of_children) else None


def _in_plain_lines(text: str, title: str) -> ChildList | None:
    """The children in lines that no program has written."""
    if may_list_children(text, title):
        found = read_list([cells_of(line.strip()) for line in text.splitlines()], title)
    else:
        found = _children_told_of(text, title)
    if found and found.alone and is_about_a_case(text, title):
        return replace(found, alone="")
    if found and not found.alone:
        return found
    return _in_other_lines(text, title) or found


def _in_columns(text: str, title: str) -> ChildList | None:
    """The children of a table whose columns stand one below the other."""
    below = children_in_columns([line.strip() for line in text.splitlines()], title) if names_somebody(text) else None
    return ChildList(*below) if below else None


def _in_other_lines(text: str, title: str) -> ChildList | None:
    """The children in lines that are no rows by themselves: weighed together, or an entry over several lines."""
    if not names_somebody(text):
        return None
    lines = [line.strip() for line in text.splitlines()]
    if (found := _weighed([(line,) for line in lines], title)) or not _SAYS_BIRTH.search(text):
        return found
    return _weighed([(line,) for line in entries_over_lines(lines)], title)


def _weighed(rows: Sequence[tuple[str, ...]], title: str) -> ChildList | None:
    """The children that all the rows of a text that names somebody tell of when they are weighed together."""
    weighed = weigh(rows, title)
    return ChildList(weighed.count, weighed.heading, weighed.row) if weighed else None


def _unless_of_things(found: ChildList | None, text: str, title: str) -> ChildList | None:
    """A list that was found; None where nothing says that its rows are people, and of children nobody speaks.

    Measured on 10,191 pages and tables of offices: without this 35 more are lists, such as of decrees with their days
    and of areas with their counts; of 984 labelled lists that are found it takes none.
    """
    if found is None or found.clue or names_somebody(text):
        return found
    return found if is_about_children(f"{title}\n{text[:_BEGINNING]}") else None


def _likely(lines: Sequence[str], title: str) -> ChildList | None:
    """What names children more likely than not, where no rule finds a list."""
    likely = likely_children(lines, title)
    return ChildList(likely.count, likely.clue, likely.row, is_likely=True) if likely else None


def _children_told_of(text: str, title: str) -> ChildList | None:
    """Children told of one by one in a text without any list."""
    told = tellings_in(text, title, earliest_birth(years_in(f"{title}\n{text}"), []))
    if not told:
        return None
    is_list = len(told) >= LEAST_ROWS or told[0].is_case
    row = text.count("\n", 0, told[0].start)
    return ChildList(len(told), told[0].clue, row, "" if is_list else told[0].name)


def _child_list_in(rows: Sequence[tuple[int, tuple[str, ...]]], title: str) -> ChildList | None:
    """The list of children in rows that a program has written, with the line in which it begins."""
    found = read_list([row for _, row in rows], title)
    return replace(found, row=rows[found.row][0]) if found else None


def _turned(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A small table whose headings stand in its first column, turned so that each person is a row; empty for others."""
    if not LEAST_ROWS <= len(rows) <= _TURNED_ROWS:
        return []
    names = next(filter(_heads_names, rows), ())
    if sum(map(is_name, names[1:])) < LEAST_ROWS or len(names) > _TURNED_COLUMNS:
        return []
    return list(zip_longest(*rows, fillvalue=""))


def _heads_names(row: Sequence[str]) -> bool:
    """Whether names follow the heading with which a row begins."""
    return bool(row and _NAMES_FOLLOW.match(row[0]))
