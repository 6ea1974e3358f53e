"""A sheet too large to be laid out, made slim: its filled cells within bounds, taken from it bit by bit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows import bounds
from flows.forms.grid_sheet import MAX_CELLS, Box, WorkbookUnreadableError, column_name, is_within
from flows.forms.xlsx_cells import ADDRESS, MAX_MERGED, Patterns, first_cell, merged_in, patterns_of, prefix_of, spot_of

_MAX_CARRY_BYTES = bounds.SHEET_CARRY_BYTES
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")


def slimmed(chunks: Iterable[bytes]) -> tuple[bytes, list[Box], bool]:
    """A sheet with its filled cells only, its merged ranges, and whether cells beyond the bounds were left out.

    Args:
        chunks: The sheet as it is stored, in pieces of any size.

    Raises:
        WorkbookUnreadableError: one of its cells is larger than any text.
    """
    carry, patterns, slimmer = b"", patterns_of(b""), _Slimmer()
    merged: list[Box] = []
    for chunk in chunks:
        data = carry + chunk
        if slimmer.is_fresh:
            patterns = patterns_of(prefix_of(data))
        merged.extend(merged_in(patterns, data)[: max(0, MAX_MERGED - len(merged))])
        carry = data[slimmer.take(data, patterns) :]
        if len(carry) > _MAX_CARRY_BYTES:
            raise WorkbookUnreadableError("a single cell is larger than any text")
        if slimmer.is_full:
            break
    return slimmer.text(), list(dict.fromkeys(merged)), slimmer.is_cut


class _Slimmer:
    """Collects the filled cells of a sheet, row by row, from pieces of its text."""

    def __init__(self) -> None:
        self.is_fresh = True
        self.is_cut = False
        self._is_implicit = False
        self._row, self._column = -1, -1
        self._count = 0
        self._lines: dict[int, list[bytes]] = {}

    @property
    def is_full(self) -> bool:
        """Whether no more cells are taken."""
        return self._count >= MAX_CELLS

    def take(self, data: bytes, patterns: Patterns) -> int:
        """Take what is complete in ``data``; give back where the incomplete rest begins."""
        if self.is_fresh:
            first = first_cell(data, patterns)
            if first is None:
                return max(0, data.rfind(b"<"))
            self._is_implicit, self.is_fresh = ADDRESS.search(first[2]) is None, False
        done = 0
        for opening in (patterns.opening if self._is_implicit else patterns.filled).finditer(data):
            kind, attributes = (opening[1], opening[2]) if self._is_implicit else (b"c", opening[1])
            end = opening.end()
            if kind == b"c" and not attributes.endswith(b"/"):
                close = data.find(patterns.cell_end, opening.end())
                if close < 0:
                    return opening.start()
                end = close + len(patterns.cell_end)
            self._step(kind, attributes, data[opening.end() : end])
            done = end
            if self.is_full:
                self.is_cut = True
                break
        return max(done, data.rfind(b"<"))

    def _step(self, kind: bytes, attributes: bytes, rest: bytes) -> None:
        """One row that begins, or one cell with what follows its opening tag."""
        if kind == b"row":
            number = _ROW_NUMBER.search(attributes)
            self._row, self._column = (int(number[1]) - 1 if number else self._row + 1), -1
            return
        row, column = spot_of(attributes) or ((self._row, self._column + 1) if self._is_implicit else (-1, -1))
        self._column = column
        if not rest or rest.startswith(b"</"):
            return
        if not is_within((row, column)):  # beyond the bounds, or nobody can tell where
            self.is_cut = True
            return
        self._count += 1
        name = f'r="{column_name(column)}{row + 1}"'.encode()
        kept = ADDRESS.sub(b"", attributes)
        self._lines.setdefault(row, []).append(b"<c " + name + kept + b">" + _without_prefix(rest))

    def text(self) -> bytes:
        """The slim sheet, in order of rows."""
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        rows = (b'<row r="%d">%s</row>' % (row + 1, b"".join(self._lines[row])) for row in sorted(self._lines))
        return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, b"".join(rows))


def _without_prefix(rest: bytes) -> bytes:
    """Content of a cell without namespace prefixes on its elements."""
    return re.sub(rb"<(/?)\w+:", rb"<\1", rest)
