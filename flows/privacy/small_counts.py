"""Tables in evidence that count few children in difficulty: one or two cases in one village are somebody.

Figures of our own forms are veiled one by one (:mod:`flows.privacy.small_cells`); a table that an agency made can only
be found. It is one where its title and headings speak of such children, a column counts them and shows a 1, 2, 3 or 4.
What is counted besides (participants, facilities, activities, money) tells of nobody. A table that counts by sex and
says not of whom (*Kelurahan, L, P*) is found too, and said to be so: what it answers may tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from flows.privacy.count_lines import AREA, WORD, count_in, is_year, may_be_year, may_hold_small, rows_of_lines
from flows.privacy.count_words import (
    CASES,
    DIFFICULTY,
    GATE,
    GROWN,
    NOT_ABOUT,
    OF_A_SEX,
    PERSONS,
    THINGS,
    counts_by_sex,
)
from flows.privacy.veiling import is_small

_CONTENTS = re.compile(r"\bdaftar (?:isi|tabel|gambar|lampiran)\b|\bhalaman\b|\bhal\.")
_CHAPTER = re.compile(r"\b(?:bab|kata pengantar|pendahuluan|penutup|kesimpulan|lampiran|daftar)\b")
_NOTHING = re.compile(r"[-–—]?\Z|nihil\Z", re.IGNORECASE)
_AGES = re.compile(r"\d{1,2} ?(?:[-–]|s/d|sd) ?\d{1,2}|[<>≤≥] ?\d{1,2}")
_FIRST_HEADING = re.compile(r"\A(?:(?:no\.?|nomor)\s+)?(?:(?:nama|jenis)\s+)?\w+\s+(?=\w)")
"""Of a line of headings, what stands over the labels: of places or kinds, none of which is counted."""
_HEADING_ROWS, _CAPTION_ROWS = 3, 6
_HEAD_ROWS = 20
"""Rows among which the headings of a table by sex stand."""
_LONGEST_LABEL = 120
_CLUE_CHARS = 120
_LEAST_LINES = 2


@dataclass(frozen=True, slots=True)
class SmallCounts:
    """A table that counts few children."""

    count: int
    """How many of its figures are 1 to 4."""
    clue: str
    """The line above the table and the heading of the first of them, as they are written."""
    row: int
    """Index of the row or line of the first one among those that were given."""
    column: int
    """Index of its cell; 0 in running text."""
    says_of_whom: bool = True
    """Whether the table speaks of children in difficulty; one that does not counts somebody by sex."""


@dataclass(slots=True)
class _Part:
    """Rows with figures below the same headings."""

    caption: list[str]
    headings: list[Sequence[str]]
    rows: list[tuple[int, Sequence[str]]] = field(default_factory=list)


def small_counts_in_rows(rows: Sequence[Sequence[str]], title: str = "") -> SmallCounts | None:
    """The small counts of children in difficulty in a table, None where there are none.

    Args:
        rows: Cells as text, with their headings above them.
        title: Name of the sheet or document, and what else stands around the table.
    """
    says = may_count([title, *(cell for row in rows for cell in row)])
    if not says and not any(counts_by_sex(" ".join(row)) for row in rows[:_HEAD_ROWS]):
        return None
    return _summed((_counts_of(part, title, says=says) for part in _parts(rows)), says=says)


def small_counts_in_lines(text: str, title: str = "") -> SmallCounts | None:
    """The small counts of children in difficulty in running text whose tables have become lines.

    Args:
        text: Text of one page, lines as they are printed.
        title: Name of the document, and headings of earlier pages.
    """
    if not may_hold_small(text):
        return None
    says = may_count([title, text])
    if not says and not counts_by_sex(text):
        return None
    parts = (part for part in _parts(rows_of_lines(text)) if _is_table(part) and not _is_contents(part))
    found = _summed((_counts_of(part, title, says=says) for part in parts), says=says)
    return None if found is None else replace(found, column=0)


def may_count(texts: Sequence[str]) -> bool:
    """Whether ``texts`` speak of children in difficulty at all: where they do not, none are counted."""
    lowered = " ".join(texts).lower()
    return GATE.are_in(lowered) and DIFFICULTY.search(lowered) is not None


def _summed(found: Iterator[SmallCounts | None], *, says: bool) -> SmallCounts | None:
    parts = [part for part in found if part]
    if not parts:
        return None
    return replace(parts[0], count=sum(part.count for part in parts), says_of_whom=says)


def _is_table(part: _Part) -> bool:
    """Whether lines that end with figures are more than one sentence that does.

    That is: two of them, or several figures, or one figure of an area that says what it counts.
    """
    _, row = part.rows[0]
    says_what = len(row) == _LEAST_LINES and bool(AREA.match(row[0])) and bool(CASES.search(" ".join(row).lower()))
    return len(part.rows) >= _LEAST_LINES or len(row) > _LEAST_LINES or says_what


def _is_contents(part: _Part) -> bool:
    """Whether figures behind words are the pages of a list of contents."""
    figures = _counts_in(cell for _, row in part.rows for cell in row[1:])
    is_single = all(len(row) == 2 for _, row in part.rows)  # noqa: PLR2004 - a label and its page
    labels = " ".join(row[0] for _, row in part.rows).lower()
    has_chapters = _CONTENTS.search(" ".join(part.caption).lower()) or _CHAPTER.search(labels)
    return is_single and figures == sorted(figures) and bool(has_chapters)


def _parts(rows: Sequence[Sequence[str]]) -> Iterator[_Part]:
    """The stretches of rows with figures, each with the headings and the caption above it.

    A single line between rows, such as the name of a district, does not end a table.
    """
    above: list[Sequence[str]] = []
    part = _Part([], [])
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if not _has_figures(filled):
            if filled:
                above.append(row)
            continue
        if above or not part.rows:
            headings = [each for each in above if sum(map(bool, each)) > 1][-_HEADING_ROWS:]
            singles = [" ".join(filter(None, each)) for each in above if sum(map(bool, each)) == 1][-_CAPTION_ROWS:]
            if part.rows:
                yield part
            goes_on = bool(part.rows) and not headings and len(singles) <= 1
            part = _Part([*part.caption, *singles], part.headings) if goes_on else _Part(singles, headings)
            above = []
        part.rows.append((index, row))
    if part.rows:
        yield part


def _has_figures(filled: Sequence[str]) -> bool:
    """Whether a row is one of figures with a label, and not one of headings, years or numbers of columns."""
    return any(map(_is_label, filled)) and any(map(_is_figure, filled))


def _is_figure(cell: str) -> bool:
    return (count := count_in(cell)) is not None and not may_be_year(count)


def _counts_of(part: _Part, title: str, *, says: bool) -> SmallCounts | None:
    # What a document is called says of which children a table may speak; what it counts is said by its own caption.
    caption = " ".join(part.caption if len(part.caption) > 1 else [title, *part.caption]).lower()
    written = _heads(part)
    heads = [head.lower() for head in written]
    is_loose = not any(heads)
    if is_loose and part.caption:
        # In running text the headings of all columns are one line.
        heads = [_line_of_headings(part.caption)] * len(heads)
    about = " ".join([title.lower(), caption, *heads])
    if not says and (GROWN.search(about) or NOT_ABOUT.search(about)):
        return None
    found: list[tuple[int, int]] = []
    for column, head in enumerate(heads):
        cells = [row[column] if column < len(row) else "" for _, row in part.rows]
        counts = list(map(count_in, cells))
        if not any(map(_is_few, counts)) or not _may_be_counts(cells, counts):
            continue
        for (index, row), count in zip(part.rows, counts, strict=True):
            if not _is_few(count) or not any(map(_is_label, row[:column])):
                continue  # what stands left of the label is the number of the row
            label = _label(row)
            # An item of a list says itself what it counts, whatever the sentence above it does.
            says_itself = is_loose and AREA.match(label) and CASES.search(label) and DIFFICULTY.search(label)
            if (
                _counts_persons("" if says_itself else head, label, caption, about)
                if says
                else _counts_a_sex(head, label)
            ):
                found.append((index, column))
    if not found:
        return None
    first, column = min(found)
    clue = " ".join(", ".join(filter(None, [_name(part, title), written[column]])).split())
    return SmallCounts(len(found), clue[:_CLUE_CHARS], first, column)


def _name(part: _Part, title: str) -> str:
    """What the table is called: the nearest line, or an area's own, that speaks of such children; else the nearest."""
    above = part.caption or title.splitlines()
    areas = [row[0] for _, row in part.rows if AREA.match(row[0])]
    nearest = [*above[-1:], *areas, ""][0]
    return next((line for line in (*reversed(above), *areas) if DIFFICULTY.search(line.lower())), nearest)


def _line_of_headings(caption: Sequence[str]) -> str:
    """The last line that says what is counted: the name of a district may stand below it."""
    lines = [_FIRST_HEADING.sub("", line.lower()) for line in reversed(caption)]
    return next((line for line in lines if any(each.search(line) for each in (CASES, THINGS, PERSONS))), "")


def _heads(part: _Part) -> list[str]:
    """The headings of each column; one over several columns stands in the first of them only."""
    width = max(len(row) for _, row in part.rows)
    heads = [""] * width
    for number, row in enumerate(part.headings):
        is_last = number == len(part.headings) - 1
        held = ""
        for column in range(width):
            text = row[column] if column < len(row) else ""
            held = text or ("" if is_last else held)
            heads[column] = f"{heads[column]} {held}".strip()
    return heads


def _is_few(count: int | None) -> bool:
    return count is not None and is_small(count)


def _may_be_counts(cells: Sequence[str], found: Sequence[int | None]) -> bool:
    """Whether the cells of a column are counts, and not years or words.

    Args:
        cells: Of the column.
        found: The count that each of them holds.
    """
    filled = [cell for cell in cells if cell]
    counts = [count for count in found if count is not None]
    empty = sum(bool(_NOTHING.match(cell)) for cell in filled)
    if not counts or (len(counts) + empty) * 2 < len(filled):
        return False
    return not all(map(may_be_year, counts))


def _counts_persons(head: str, label: str, caption: str, about: str) -> bool:
    """Whether a figure below ``head`` and beside ``label`` counts children in difficulty."""
    if not DIFFICULTY.search(f"{about} {label}"):
        return False
    said = f"{head} {label}"
    if CASES.search(head):
        return True
    if THINGS.search(head) or THINGS.search(label):
        return False
    if NOT_ABOUT.search(caption):
        return False
    if CASES.search(label):
        return True
    return bool(CASES.search(caption) or PERSONS.search(said if head else caption))


def _counts_a_sex(head: str, label: str) -> bool:
    """Whether a figure below ``head`` and beside ``label`` counts boys or girls, whoever they are."""
    return bool(OF_A_SEX.search(head)) and not any(
        each.search(text) for each in (THINGS, GROWN) for text in (head, label)
    )


def _label(row: Sequence[str]) -> str:
    """The words of a row."""
    return " ".join(cell for cell in row if WORD.search(cell) and len(cell) <= _LONGEST_LABEL).lower()


def _is_label(cell: str) -> bool:
    """Whether a cell says what the figures of its row are about: words, a year, or ages."""
    if cell.isdecimal():
        return is_year(cell)
    return bool(WORD.search(cell) or is_year(cell) or _AGES.fullmatch(cell)) and len(cell) <= _LONGEST_LABEL


def _counts_in(cells: Iterable[str]) -> list[int]:
    return [count for cell in cells if (count := count_in(cell)) is not None]
