"""Running text in which tables have become lines: rows of words and figures again, as far as they can be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NO_LABEL = re.compile(
    r"\b(?:pasal|ayat|bab|lampiran|tabel|gambar|halaman|ketua|sekretaris|anggota|lantai|nomor|no|tingkat|kelompok|komisi|"
    r"siklus|kav(?:ling)?|blok|agenda|angkatan|gelombang|kelas|seri|edisi|tahap|senin|selasa|rabu|kamis|jumat|sabtu)\.?\Z",
    re.IGNORECASE,
)
"""What numbers of lines belong to that are no figures: floors, groups."""
_SCHOOL = re.compile(r"(?:sd|smp|sma|smk|mi|mts|ma|tk|paud)n?\b", re.IGNORECASE)
"""A label that a number belongs to, where no other stands behind it."""
_COUNTED = r"(?:kasus|anak|orang|org|korban|jiwa|perkara)"
_MOST_DIGITS = 6
"""Of a count that is written without points."""
_COUNT = re.compile(
    rf"(?:(\d{{1,3}}(?:\.\d{{3}})+|0?[1-9]|\d{{1,{_MOST_DIGITS}}})(?:,0)?|(satu|dua|tiga|empat))(?: ?{_COUNTED})?"
    r"(?: ?\([^()]{1,12}\))?\Z",
    re.IGNORECASE,
)
_WORDS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4}
WORD = re.compile(r"[^\W\d_]{2}")
_FIGURE = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d+,\d+ ?%?|\d{{1,6}}|[-–])(?: {_COUNTED}\b)?(?: ?\([^()]{{1,12}}\))?"
_BETWEEN = r"[\s|]+"
_SMALL_FIGURE = re.compile(r" 0?[1-4](?= +(?:[-–|(\d]|kasus|anak|org|orang|korban|jiwa)|[ |]*(?:[\r\n]|\Z))")
"""A page without any is passed over: an eighth of the time that looking for words takes."""
_NUMBERING = re.compile(r"(?:\d{1,3}[.)])?")
"""Of a row, by itself; or an empty line."""
_SMALL_ALONE = re.compile(r"\n[ \t]*0?[1-4][ \t]*(?=[\r\n]|\Z)")
"""A cell of a table of which every cell has become a line; and any number of a page."""
_SMALL_BEHIND_TAB = re.compile(r"\t0?[1-4](?=[\t\r\n]|\Z)")
_LINE = re.compile(
    r"[\s*•-]*(?:\d{1,3}[.)]?\s+)?(?P<label>[^\W\d_](?:[^:;?!\d|=\t\n]|\([^()\n]{1,40}\)|(?:19|20)\d\d){1,110}?|(?:19|20)\d\d)"
    rf"(?:\s*[:=|]\s*|\s*\.{{3,}}\s*|\s+)(?P<figures>{_FIGURE}(?:{_BETWEEN}{_FIGURE})*)[\s|]*\Z"
)
"""A row of a table in running text: words, then figures to its end."""
_ITEM = re.compile(
    r"[\s*•-]*(?:\d{1,3}[.)]\s+)?(?P<label>[^\W\d_][^:=\n]{1,80}?)\s*[:=–-]\s*(?:(?:ada|terdapat|sebanyak)\s+)?"
    r"(?P<figure>(?:0?[1-9]|\d{2,6}|satu|dua|tiga|empat)(?: ?\([^()]{1,12}\))?) "
    rf"(?P<counted>{_COUNTED}\b[^:;?!|=\n]{{0,80}})\Z",
    re.IGNORECASE,
)
"""An item of a list: an area or a kind, then how many of what."""
_LONGEST_ITEM = 300
AREA = re.compile(
    r"(?:kel(?:urahan)?|kec(?:amatan)?|desa|dusun|kampung|rw|rt|puskesmas|sekolah|sdn?|smpn?|sman?|smkn?|mi|mts)\b",
    re.IGNORECASE,
)
"""What one figure by itself may belong to."""
_EACH_FIGURE = re.compile(_FIGURE)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LEAST_LINES = 2


def may_hold_small(text: str) -> bool:
    """Whether a figure of 1 to 4 may stand in the table of a page."""
    is_beside = _SMALL_FIGURE.search(text) or _SMALL_ALONE.search(text)
    return bool(is_beside or ("\t" in text and _SMALL_BEHIND_TAB.search(text)))


def rows_of_lines(text: str) -> list[Sequence[str]]:
    """A row for each line: a label and its figures where it ends with such, else the line by itself."""
    return _with_cells_as_lines([_cells_of_line(line) for line in text.splitlines()])


def count_in(cell: str) -> int | None:
    """The count that a cell holds, in digits or in words; None for anything else."""
    if cell.isdecimal():  # asked of every cell of every table that may count cases: a quarter of the time
        return int(cell) if len(cell) <= _MOST_DIGITS else None
    match = _COUNT.match(cell.strip())
    if match is None:
        return None
    return _WORDS[match[2].lower()] if match[2] else int(match[1].replace(".", ""))


def is_year(cell: str) -> bool:
    """Whether a cell is a year and nothing else."""
    return cell.isascii() and cell.isdigit() and may_be_year(int(cell))


def may_be_year(count: int) -> bool:
    """Whether a number is that of a year this program can meet."""
    return _FIRST_YEAR <= count <= _LAST_YEAR


def _cells_of_line(line: str) -> Sequence[str]:
    match = _LINE.match(line)
    if match is None and len(line) <= _LONGEST_ITEM and (item := _ITEM.match(line.rstrip(" .,;"))):
        return (f"{item['label']} {item['counted']}", item["figure"])
    if match is None or _NO_LABEL.search(match["label"].strip()):
        return (line.strip(),)
    figures = _EACH_FIGURE.findall(match["figures"])
    if len(figures) == 1 and (is_year(figures[0]) or _SCHOOL.match(match["label"])):
        return (line.strip(),)
    return (match["label"], *figures)


def _with_cells_as_lines(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Rows in which a label and the lines of its figures stand together, where two or more of the same length do.

    A row of several lines leaves empty ones behind, so that the others keep their places.
    """
    found = [() if len(row) == 1 and _NUMBERING.fullmatch(row[0]) else row for row in rows]
    places = [place for place, row in enumerate(found) if row]
    filled = [found[place] for place in places]
    start = 0
    while start < len(filled):
        groups = list[tuple[int, int]]()
        while (size := _figures_below(filled, start)) and size == (groups[0][1] if groups else size):
            groups.append((start, size))
            start += size + 1
        if _are_numbered(filled, groups):
            for at, size in groups:
                found[places[at + size]] = ()
            groups = [(at, size - 1) for at, size in (*groups, (start, groups[0][1]))]
        for at, size in groups if len(groups) >= _LEAST_LINES else ():
            cells = filled[at : at + size + 1]
            for place in places[at : at + size + 1]:
                found[place] = ()
            found[places[at]] = [cell for row in cells for cell in row]
        start += not groups
    return found


def _are_numbered(rows: Sequence[Sequence[str]], groups: Sequence[tuple[int, int]]) -> bool:
    """Whether the last figure below each label is the number of the next row, and the next row is there.

    The number of the first row stands before all of them, or below the last heading as if it were a label.
    """
    if not groups:
        return False
    numbers = [count_in(rows[at + size][0]) for at, size in groups]
    (first, size), end = groups[0], sum(groups[-1]) + 1
    is_first = numbers[0] == 1 and size == 1
    is_second = numbers[0] == 2 and first > 0 and count_in(rows[first - 1][0]) == 1  # noqa: PLR2004 - counting on
    counts_on = all(after == before + 1 for before, after in pairwise(number or 0 for number in numbers))
    goes_on = end < len(rows) and bool(WORD.search(rows[end][0])) and _figures_below(rows, end) == size - 1
    return (is_first or is_second) and counts_on and goes_on


def _figures_below(rows: Sequence[Sequence[str]], start: int) -> int:
    """How many lines below a label hold nothing but a figure; none where it is no label by itself."""
    if start >= len(rows) or len(rows[start]) != 1 or not WORD.search(rows[start][0]):
        return 0
    end = start + 1
    while end < len(rows) and len(rows[end]) == 1 and count_in(rows[end][0]) is not None:
        end += 1
    return end - start - 1
