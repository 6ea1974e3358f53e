"""Where the words of a PDF page stand: as rows of cells, whatever order and lines the library has put them in.

Tables of spreadsheets and lists made by programs are drawn cell by cell. As running text their cells run into each
other, some come as one endless line, and those drawn column by column name nobody beside anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from flows import bounds

_LONGEST_LINE = 130
"""Characters; a line of print has fewer, and looking at where it stands costs a millisecond."""
_BESIDE = 4
"""Pieces more than lines: fewer are words in bold."""
_SHORT = 30
"""Characters of a piece; lines of prose have more, cells that are drawn column by column fewer."""
_FEWEST_CELLS = 3
"""In a row that tells where columns are; a heading or a sentence may lie across them."""
_HALF = 2.0
_OVERLAP = 2.0
"""Points: a cell whose text is cut off reaches so far into the next one, since half a letter is drawn too."""
_LEADING = 2.0
"""Times the height of the letters from one line of a cell to the next, at most."""
_AS_HIGH = 1.8
"""Times: small letters without strokes are lower than others of the same size."""
_BEARING = 1.0
"""Points."""
_A_WORD = 3
"""Characters; shorter pieces do not tell which way they are read."""
_DOWNWARD = 270
"""Degrees by which a page is turned whose lines run from the top of the sheet down; of 90, from the bottom up."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words in one go, and the box around them, in points."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    is_turned: bool = False
    """Whether it was turned to be read along its line."""

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / _HALF

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def turned(self, *, is_downward: bool) -> _Piece:
        """Where it stands for who reads along its line, from the bottom of the sheet up or from the top down."""
        if is_downward:
            return _Piece(-self.top, self.left, -self.bottom, self.right, self.text, is_turned=True)
        return _Piece(self.bottom, -self.right, self.top, -self.left, self.text, is_turned=True)


def has_columns(text: str, words: Any) -> bool:  # noqa: ANN401  # untyped library
    """Whether pieces stand beside each other on a page with this ``text``: asked of every page, so it must be cheap."""
    pieces: int = words.count_rects()
    return pieces - text.count("\n") > _BESIDE or len(text) < pieces * _SHORT


def rows_on(words: Any) -> tuple[list[list[str]], list[list[str]]]:  # noqa: ANN401  # untyped library
    """The words of a page as rows of cells, from the top, the same columns below each other.

    Args:
        words: Text page of pypdfium2.

    Returns:
        Rows of lines; and rows of cells whose lines were drawn one after the other, none where each has one line.
    """
    pieces = _pieces(words)
    blocks = _blocks(pieces)
    whole = _in_columns(_rows_of_blocks(blocks)) if len(blocks) < len(pieces) else []
    return _in_columns([_apart(row, words) for row in _rows(pieces)]), whole


def _in_columns(rows: Sequence[Sequence[_Piece]]) -> list[list[str]]:
    columns = _columns(rows)
    return [_cells(row, columns) for row in rows]


def _blocks(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Pieces drawn one right below the other as one, with the words of all."""
    blocks: list[_Piece] = []
    line: _Piece | None = None
    for piece in pieces:
        above, line = line, piece
        if above and _goes_on(above, piece):
            last = blocks[-1]
            left, right = min(last.left, piece.left), max(last.right, piece.right)
            blocks[-1] = _Piece(left, piece.bottom, right, last.top, _joined(last.text, piece.text))
        else:
            blocks.append(piece)
    return blocks


def _goes_on(above: _Piece, below: _Piece) -> bool:
    """Whether a piece is the next line of the cell that ends with the one ``above``: as high, and in line with it."""
    is_below = 0 < above.bottom - below.bottom < _LEADING * below.height
    is_as_high = max(above.height, below.height) < _AS_HIGH * min(above.height, below.height)
    left, right = abs(above.left - below.left), abs(above.right - below.right)
    is_in_line = min(left, right, abs(above.left + above.right - below.left - below.right) / _HALF) < _OVERLAP
    return is_below and is_as_high and is_in_line


def _rows_of_blocks(blocks: Iterable[_Piece]) -> list[list[_Piece]]:
    """Cells that stand beside each other, however high each of them is and wherever its words stand in it."""
    rows: list[list[_Piece]] = []
    bottom = math.inf
    for block in sorted(blocks, key=lambda block: -block.top):
        if rows and block.top > bottom:
            rows[-1].append(block)
            bottom = min(bottom, block.bottom)
        else:
            rows.append([block])
            bottom = block.bottom
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def whole_rows(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows with cells of several lines put together; empty where there are none.

    What has nothing in the first column goes on with the row above: the numbers of a list stand there.
    """
    whole: list[list[str]] = []
    for row in rows:
        above = whole[-1] if whole else []
        if len(row) > 1 and not row[0] and len(above) == len(row) and above[0]:
            whole[-1] = [_joined(one, other) for one, other in zip(above, row, strict=True)]
        else:
            whole.append(list(row))
    return whole if len(whole) < len(rows) else []


def _joined(above: str, below: str) -> str:
    """A cell and its next line: numbers and the end of a word go on without a blank."""
    is_word = below.islower() and len(below) <= _A_WORD and above[-1:].isalpha()
    is_number = below[:1].isdigit() and (above[-1:].isdigit() or above.endswith(("-", "/")))
    is_number = is_number or (below.startswith("-") and above[-1:].isdigit())
    return f"{above}{'' if is_word or is_number else ' '}{below}".strip()


def in_lines(text: str, words: Any) -> str:  # noqa: ANN401  # same
    """``text`` of a page, with the ends of its lines where the library saw hardly any."""
    if len(text) <= _LONGEST_LINE or max(map(len, text.splitlines()), default=0) <= _LONGEST_LINE:
        return text
    lines = "\n".join(" ".join(piece.text for piece in row) for row in _rows(_pieces(words)))
    return lines if len(lines.split()) >= len(text.split()) else text


def _pieces(words: Any) -> list[_Piece]:  # noqa: ANN401  # same
    found = []
    for number in range(min(words.count_rects(), bounds.SCAN_PAGE_PIECES)):
        left, bottom, right, top = words.get_rect(number)
        if text := words.get_text_bounded(left, bottom, right, top).strip():
            found.append(_Piece(left, bottom, right, top, text))
    of_words = [piece for piece in found if len(piece.text) >= _A_WORD]
    if sum(piece.height > piece.right - piece.left for piece in of_words) * _HALF <= len(of_words):
        return found
    is_downward = words.page.get_rotation() == _DOWNWARD
    return [piece.turned(is_downward=is_downward) for piece in found]


def _rows(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Pieces at one height, from the top; in each row from the left."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        last = rows[-1][0] if rows else None
        if last and last.middle - piece.middle < min(last.height, piece.height) / _HALF:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _apart(row: list[_Piece], words: Any) -> list[_Piece]:  # noqa: ANN401  # same
    """A row whose cells do not reach into each other.

    Text that is cut off ends within a letter, which the box of the next cell then touches, and the other way round.
    """
    if not any(left.right > right.left for left, right in pairwise(row)) or row[0].is_turned:
        return row
    begins = [row[0].left, *(max(before.right, each.left) for before, each in pairwise(row))]
    ends = [*(min(each.right, after.left) for each, after in pairwise(row)), row[-1].right]
    return [
        replace(
            piece, right=end, text=words.get_text_bounded(begin, piece.bottom, end, piece.top).strip() or piece.text
        )
        if begin < end and (begin, end) != (piece.left, piece.right)
        else piece
        for piece, begin, end in zip(row, begins, ends, strict=True)
    ]


def _columns(rows: Sequence[Sequence[_Piece]]) -> list[float]:
    """Where columns begin, from the second on: gaps that no cell of a row of several lies across."""
    spans = sorted((piece.left, piece.right) for row in rows if len(row) >= _FEWEST_CELLS for piece in row)
    begins, end = list[float](), -math.inf
    begin = spans[0][0] if spans else 0.0
    for (_, before), (left, _) in pairwise(spans):
        end = max(end, before)
        if left > end or left > max(end - _OVERLAP, begin + 2 * _OVERLAP):
            begins.append(left)
            begin, end = left, -math.inf
    return begins


def _cells(row: Sequence[_Piece], columns: Sequence[float]) -> list[str]:
    """The cells of a row, an empty one where it has nothing in a column; as they come where there are no columns."""
    if len(columns) < _FEWEST_CELLS - 1 or (len(row) == 1 and not _is_in_a_column(row[0], columns)):
        return [piece.text for piece in row]
    cells = [""] * (len(columns) + 1)
    for piece in row:
        at = _column_of(piece, columns)
        cells[at] = f"{cells[at]} {piece.text}".strip()
    return cells


def _column_of(piece: _Piece, columns: Sequence[float]) -> int:
    """The column it begins in; some letters are drawn a little left of where others are."""
    return sum(piece.left >= begin - _BEARING for begin in columns)


def _is_in_a_column(piece: _Piece, columns: Sequence[float]) -> bool:
    """Whether words by themselves stand below those of a column that is not the first one."""
    at = _column_of(piece, columns)
    return at > 0 and (at == len(columns) or piece.right <= columns[at])
