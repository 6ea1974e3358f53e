"""PDF pages on which every piece of text is drawn where a test wants it, as programs draw tables."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest

LEFT, TOP = 50, 1150
_ROW, _LETTER, _GAP = 15, 7.2, 14
_PAGE = (2400, 1200)
"""Points; so large that no table has to be broken."""

Piece = tuple[float, float, str]
"""From the left, from the bottom, what is written there."""


def drawn(pieces: Sequence[Piece], *, turned: int = 0) -> bytes:
    """A PDF of one page with ``pieces`` in that order; ``turned`` as landscape pages are, by so many degrees."""
    import pikepdf

    document = pikepdf.Pdf.new()
    document.add_blank_page(page_size=_PAGE)
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if turned:
        document.pages[0].Rotate = turned
    shown = (f"BT /F1 10 Tf {_matrix(x, y, turned)} Tm ({_escaped(text)}) Tj ET" for x, y, text in pieces)
    document.pages[0].Contents = document.make_stream("\n".join(shown).encode("latin-1", "replace"))
    target = BytesIO()
    document.save(target, deterministic_id=True)
    return target.getvalue()


def _matrix(x: float, y: float, turned: int) -> str:
    """Where a piece is drawn that shall be seen upright at this place."""
    width, height = _PAGE
    if turned == 90:
        return f"0 1 -1 0 {width - y:.1f} {x:.1f}"
    if turned == 270:
        return f"0 -1 1 0 {y:.1f} {height - x:.1f}"
    return f"1 0 0 1 {x:.1f} {y:.1f}"


def table(rows: Sequence[Sequence[str]], title: str = "", *, by_column: bool = False, turned: int = 0) -> bytes:
    """A PDF with a table below its title, drawn row by row or column by column."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    starts = [LEFT + sum(width * _LETTER + _GAP for width in widths[:at]) for at in range(len(widths))]
    cells = [
        (starts[at], TOP - _ROW * (number + 2), text)
        for number, row in enumerate(rows)
        for at, text in enumerate(row)
        if text
    ]
    if by_column:
        cells.sort(key=lambda cell: (cell[0], -cell[1]))
    return drawn([*([(LEFT, TOP, title)] if title else []), *cells], turned=turned)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").replace("\n", " ")
