"""Pages that are drawn by hand from the top down: fields, rules and lines of text, then saved ready to be bound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from flows import bounds
from flows.render.annex.arabic import ArabicFace, has_shapes, runs
from flows.render.annex.geometry import frame_of
from flows.render.annex.job import TroubleError
from flows.render.annex.typeface import Typeface
from flows.render.annex.wrapping import save_wrapped
from flows.render.values import Bookmark, Prepared, Spot

SIDE, _TOP, _BOTTOM = 36.85, 39.69, 34.02
"""Margins; the strip follows below the last."""
LEADING = 1.25
"""From line to line, in sizes of the letters."""
_BASELINE = 0.97
"""From the top of a line to its baseline, in sizes of the letters."""
INK = "0.106 0.122 0.141"
SOFT_INK = "0.353 0.384 0.424"
SHADE = "0.933 0.945 0.961"
RULE = "0.725 0.753 0.788"


@dataclass(slots=True)
class _Sheet:
    """What is drawn on one page, in this order."""

    is_wide: bool
    fields: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    texts: list[tuple[str, list[str]]] = field(default_factory=list)
    """Lines by how they are set, one after the other."""


class Paper:
    """Pages under the pen, the last of them open; ``y`` is where it goes on.

    Args:
        sides: the shorter and the longer side of a page.
    """

    def __init__(self, sides: tuple[float, float]) -> None:
        self._short, self._long = sides
        self.regular, self.bold = Typeface(), Typeface(is_bold=True)
        self._arabic = ArabicFace()
        self.y = 0.0
        self._sheets: list[_Sheet] = []
        self._marks: list[tuple[str, int, float]] = []

    @property
    def width(self) -> float:
        """Points between the margins."""
        return self.width_of(is_wide=self._sheets[-1].is_wide)

    def width_of(self, *, is_wide: bool) -> float:
        """The same of a page that lies across, or stands."""
        return self._size(is_wide=is_wide)[0] - 2 * SIDE

    @property
    def room(self) -> float:
        """Points from ``y`` down to the margin."""
        return self.y - _BOTTOM

    @property
    def depth(self) -> float:
        """Points between the margins of the whole page."""
        return self.depth_of(is_wide=self._sheets[-1].is_wide)

    def depth_of(self, *, is_wide: bool) -> float:
        """The same of a page that lies across, or stands."""
        return self._size(is_wide=is_wide)[1] - _TOP - _BOTTOM

    def _size(self, *, is_wide: bool) -> tuple[float, float]:
        return (self._long, self._short) if is_wide else (self._short, self._long)

    def has_page(self, *, is_wide: bool) -> bool:
        """Whether the open page is one of this shape."""
        return bool(self._sheets) and self._sheets[-1].is_wide is is_wide

    def begin(self, *, is_wide: bool) -> None:
        """Open a new page.

        Raises:
            TroubleError: there are more than any document has.
        """
        if len(self._sheets) >= bounds.ANNEX_PAGES:
            raise TroubleError("too-long")
        self._sheets.append(_Sheet(is_wide))
        self.y = self._size(is_wide=is_wide)[1] - _TOP

    def turn(self) -> None:
        """Open another page of the same shape."""
        self.begin(is_wide=self._sheets[-1].is_wide)

    def mark(self, title: str) -> None:
        """A bookmark to where the pen is."""
        self._marks.append((title, len(self._sheets) - 1, self.y))

    def shade(self, x: float, top: float, width: float, height: float) -> None:
        """A light field, ``x`` from the left margin."""
        self._sheets[-1].fields.append(f"{SIDE + x:.2f} {top - height:.2f} {width:.2f} {height:.2f} re")

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A thin line."""
        self._sheets[-1].rules.append(f"{SIDE + x:.2f} {y:.2f} m {SIDE + to_x:.2f} {to_y:.2f} l")

    def line(self, face: Typeface, size: float, x: float, top: float, text: str, ink: str = INK) -> None:
        """One line of text whose upper edge is at ``top``."""
        if not text or text.isspace():
            return
        font = "/T" if face is self.bold else "/B"
        style = f"{ink} rg {font} {size:g} Tf"
        texts = self._sheets[-1].texts
        if not texts or texts[-1][0] != style:
            texts.append((style, []))
        texts[-1][1].append(
            f"1 0 0 1 {SIDE + x:.2f} {top - _BASELINE * size:.2f} Tm {self._drawn(face, font, size, text)}"
        )

    def _drawn(self, face: Typeface, font: str, size: float, text: str) -> str:
        """The operators that draw ``text``; Arabic runs in their own font, which gives way again behind them."""
        if not has_shapes(text):
            return f"{face.shown(text)} Tj"
        return " ".join(
            f"/A {size:g} Tf {self._arabic.shown(piece)} Tj {font} {size:g} Tf"
            if is_arabic
            else f"{face.shown(piece)} Tj"
            for is_arabic, piece in runs(text)
        )

    def write(self, face: Typeface, size: float, lines: Iterable[str], ink: str = INK) -> None:
        """Lines of text from ``y`` on, over as many pages as they need."""
        for text in lines:
            if self.room < LEADING * size:
                self.turn()
            self.line(face, size, 0, self.y, text, ink)
            self.y -= LEADING * size

    def save(self, out: Path) -> Prepared:
        """All pages as a PDF at ``out`` that can be bound."""
        import pikepdf

        with pikepdf.new() as pdf:
            fonts = {"/B": self.regular.embed(pdf), "/T": self.bold.embed(pdf), "/A": self._arabic.embed(pdf)}
            resources = pdf.make_indirect(
                pikepdf.Dictionary(
                    Font=pikepdf.Dictionary({name: font for name, font in fonts.items() if font is not None})
                )
            )
            for sheet in self._sheets:
                page = pikepdf.Dictionary(
                    Type=pikepdf.Name.Page,
                    MediaBox=[0, 0, *self._size(is_wide=sheet.is_wide)],
                    Resources=resources,
                    Contents=pdf.make_stream(_drawing(sheet)),
                )
                pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
            frames = [frame_of(page.obj) for page in pdf.pages]
            save_wrapped(pdf, frames, out)
        marks = tuple(Bookmark(title, 1, Spot(page, *frames[page].place(SIDE, y))) for title, page, y in self._marks)
        return Prepared(out, len(frames), marks)


def _drawing(sheet: _Sheet) -> bytes:
    parts = []
    if sheet.fields:
        parts += [f"{SHADE} rg", *sheet.fields, "f"]
    if sheet.rules:
        parts += [f"{RULE} RG 0.4 w", *sheet.rules, "S"]
    for style, lines in sheet.texts:
        parts += ["BT", style, *lines, "ET"]
    return "\n".join(parts).encode("ascii")
