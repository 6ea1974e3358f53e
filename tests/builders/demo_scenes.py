"""Further drawn scenes, each for one photo, so that no two photos of the invented city show the same by accident."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PIL import ImageDraw, ImageFont

from tests.builders.demo_model import Chance
from tests.builders.demo_page import FONTS

Draw = ImageDraw.ImageDraw
Size = tuple[int, int]
Share = tuple[float, float, float, float]


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The one face of all drawn pictures."""
    return ImageFont.truetype(str(FONTS / "LiberationSans-Bold.ttf"), size, layout_engine=ImageFont.Layout.BASIC)


class _Canvas:
    """Draws in shares of the picture, from 0 to 1."""

    def __init__(self, draw: Draw, size: Size) -> None:
        self._draw = draw
        self._width, self._height = size

    def _pixels(self, share: Share) -> Share:
        left, top, right, bottom = share
        return left * self._width, top * self._height, right * self._width, bottom * self._height

    def box(self, share: Share, fill: str, outline: str | None = None) -> None:
        self._draw.rectangle(self._pixels(share), fill=fill, outline=outline)

    def round(self, share: Share, fill: str | None, outline: str | None = None, width: int = 1) -> None:
        self._draw.ellipse(self._pixels(share), fill=fill, outline=outline, width=width)

    def line(self, share: Share, fill: str, width: int) -> None:
        self._draw.line(self._pixels(share), fill=fill, width=width)

    def shape(self, points: tuple[tuple[float, float], ...], fill: str) -> None:
        self._draw.polygon([(left * self._width, top * self._height) for left, top in points], fill=fill)

    def text(self, left: float, top: float, words: str, fill: str, part: int = 24) -> None:
        place = (left * self._width, top * self._height)
        self._draw.text(place, words, fill=fill, font=font(max(9, self._width // part)))


def _car(draw: Draw, size: Size, _chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.4), "#d9e4ea")
    at.box((0, 0.4, 1, 0.62), "#8fa37c")
    at.box((0, 0.62, 1, 1), "#55585c")
    at.box((0.14, 0.34, 0.82, 0.7), "#f4f4f2", "#777")
    at.shape(((0.82, 0.7), (0.82, 0.44), (0.9, 0.52), (0.95, 0.7)), "#e3e3e0")
    at.box((0.2, 0.4, 0.36, 0.52), "#5b7f99")
    at.box((0.4, 0.4, 0.56, 0.52), "#5b7f99")
    at.box((0.14, 0.57, 0.93, 0.61), "#d2432f")
    at.text(0.38, 0.625, "PERLINDUNGAN ANAK", "#1d5a8c", 32)
    at.round((0.22, 0.62, 0.36, 0.82), "#222")
    at.round((0.68, 0.62, 0.82, 0.82), "#222")


def _newspaper(draw: Draw, size: Size, chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 1), "#6b5844")
    at.box((0.12, 0.04, 0.86, 0.92), "#f3efe2", "#999")
    at.text(0.2, 0.07, "KORAN REKAAN", "#111", 14)
    at.line((0.15, 0.2, 0.83, 0.2), "#111", 4)
    at.text(0.16, 0.23, "Taman baca anak dibuka", "#222", 20)
    at.box((0.16, 0.33, 0.46, 0.62), "#9aa7b0")
    for column in (0.5, 0.67):
        for line in range(17):
            right = column + chance.number(11, 14) / 100
            at.line((column, 0.34 + line * 0.033, right, 0.34 + line * 0.033), "#555", 3)
    for line in range(7):
        at.line((0.16, 0.67 + line * 0.033, 0.16 + chance.number(24, 30) / 100, 0.67 + line * 0.033), "#555", 3)


def _smoke_free(draw: Draw, size: Size, _chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 1), "#dfe6e1")
    at.box((0, 0.8, 1, 1), "#a7a398")
    at.box((0.3, 0.06, 0.7, 0.76), "#ffffff", "#b00")
    at.round((0.35, 0.12, 0.65, 0.52), None, "#c01818", 22)
    at.box((0.4, 0.3, 0.58, 0.34), "#f0f0f0", "#333")
    at.box((0.58, 0.3, 0.61, 0.34), "#d9822b")
    at.line((0.4, 0.18, 0.6, 0.47), "#c01818", 20)
    at.text(0.335, 0.57, "KAWASAN\nTANPA ROKOK", "#111", 24)
    at.box((0.48, 0.76, 0.52, 0.93), "#666")


def _ramp(draw: Draw, size: Size, _chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.7), "#cfdde6")
    at.box((0, 0.7, 1, 1), "#9d9a90")
    at.box((0.45, 0.1, 1, 0.72), "#e9e0cc", "#666")
    at.box((0.62, 0.34, 0.8, 0.72), "#7a5b3d")
    at.shape(((0.02, 0.86), (0.62, 0.72), (0.8, 0.72), (0.8, 0.9), (0.02, 0.92)), "#c3bfb4")
    at.line((0.04, 0.72, 0.62, 0.56), "#b33", 8)
    for post in range(5):
        left = 0.06 + post * 0.13
        at.line((left, 0.71 - post * 0.035, left, 0.86 - post * 0.03), "#b33", 5)
    at.text(0.5, 0.16, "LAYANAN DISABILITAS", "#1d5a8c", 28)


def _office(draw: Draw, size: Size, chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.62), "#b7d3e6")
    at.box((0, 0.62, 1, 1), "#7fa35d")
    at.shape(((0.0, 0.3), (0.3, 0.12), (0.6, 0.3)), "#6e3b2a")
    at.box((0.03, 0.3, 0.57, 0.66), "#f0e4c9", "#777")
    for window in range(3):
        at.box((0.07 + window * 0.17, 0.4, 0.18 + window * 0.17, 0.54), "#5d7d92")
    at.round((0.66, 0.16, 0.96, 0.56), "#3d7a3a")
    at.box((0.79, 0.5, 0.83, 0.74), "#6b4a2c")
    at.shape(((0.35, 1), (0.26, 0.66), (0.34, 0.66), (0.62, 1)), "#c9c2b2")
    for _ in range(9):
        left = 0.62 + chance.number(0, 34) / 100
        at.round((left, 0.8, left + 0.025, 0.83), "#d3455b")


def _evacuation(draw: Draw, size: Size, _chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 1), "#e8e3d6")
    at.shape(((0, 1), (0.3, 0.55), (0.7, 0.55), (1, 1)), "#b9b3a4")
    at.box((0.3, 0.1, 0.7, 0.55), "#d6cfbd")
    at.box((0.02, 0.16, 0.26, 0.36), "#14853d")
    at.text(0.04, 0.2, "JALUR\nEVAKUASI", "#ffffff", 28)
    for step in range(3):
        low = 0.94 - step * 0.14
        at.shape(((0.5, low - 0.12), (0.42, low - 0.05), (0.58, low - 0.05)), "#14853d")
        at.box((0.48, low - 0.05, 0.52, low), "#14853d")
    at.box((0.78, 0.12, 0.97, 0.7), "#8b6a45")


def _pavement(draw: Draw, size: Size, _chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.3), "#9fb38c")
    at.box((0, 0.3, 1, 1), "#b8b2a6")
    at.shape(((0.7, 1), (0.56, 0.3), (1, 0.3), (1, 1)), "#5c5f63")
    at.shape(((0.22, 1), (0.4, 0.3), (0.46, 0.3), (0.42, 1)), "#e0b422")
    for tile in range(8):
        low = 0.34 + tile * 0.08
        at.line((0.2, low, 0.5, low), "#a18a2a", 3)
    for post in range(4):
        left, top = 0.54 + post * 0.045, 0.34 + post * 0.15
        at.box((left, top, left + 0.03, top + 0.16), "#333")


def _banner(draw: Draw, size: Size, chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.55), "#a5cde8")
    at.box((0, 0.55, 1, 1), "#c7a97a")
    at.line((0.06, 0.1, 0.06, 0.9), "#555", 8)
    at.line((0.94, 0.1, 0.94, 0.9), "#555", 8)
    at.box((0.07, 0.16, 0.93, 0.5), "#1c6e5a")
    at.text(0.13, 0.22, "SEKOLAH KITA", "#ffe27a", 12)
    at.text(0.13, 0.35, "BEBAS ASAP ROKOK", "#ffffff", 14)
    for flag in range(10):
        left = 0.05 + flag * 0.09
        at.shape(
            ((left, 0.02), (left + 0.07, 0.02), (left + 0.035, 0.1)), chance.choice(("#d2432f", "#f0c330", "#2e86c1"))
        )


def _kitchen(draw: Draw, size: Size, chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.5), "#f3ead6")
    at.box((0, 0.5, 1, 1), "#d8b98c")
    at.box((0.06, 0.06, 0.36, 0.42), "#ffffff", "#888")
    at.text(0.08, 0.1, "MENU\nPENDAMPING\nASI", "#1d5a8c", 30)
    for bowl in range(4):
        left = 0.06 + bowl * 0.23
        at.round((left, 0.6, left + 0.19, 0.84), "#fdfdfb", "#888")
        at.round((left + 0.03, 0.64, left + 0.16, 0.8), chance.choice(("#e0913a", "#7aa845", "#d9c08a")))
    at.round((0.62, 0.1, 0.86, 0.44), "#a8adb2", "#666")
    at.box((0.86, 0.24, 0.97, 0.28), "#555")


def _idea_board(draw: Draw, size: Size, chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 1), "#c8d4c0")
    at.box((0.06, 0.08, 0.94, 0.86), "#a87c4f", "#6b4a2c")
    at.text(0.3, 0.1, "INOVASI PUSPAGA", "#ffffff", 20)
    for row in range(2):
        for column in range(4):
            left, top = 0.1 + column * 0.21, 0.22 + row * 0.31
            at.box((left, top, left + 0.17, top + 0.25), chance.choice(("#fff6b0", "#ffd6dc", "#d6ecff", "#e2ffd6")))
            for line in range(4):
                at.line((left + 0.02, top + 0.05 + line * 0.045, left + 0.15, top + 0.05 + line * 0.045), "#777", 3)


def _bus_stop(draw: Draw, size: Size, _chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.5), "#e3c9a8")
    at.box((0, 0.5, 1, 0.72), "#a7a29a")
    at.box((0, 0.72, 1, 1), "#4f5256")
    at.box((0.2, 0.16, 0.72, 0.24), "#2b6a8f")
    at.box((0.23, 0.24, 0.26, 0.66), "#333")
    at.box((0.66, 0.24, 0.69, 0.66), "#333")
    at.box((0.3, 0.5, 0.62, 0.56), "#7a5230")
    at.text(0.3, 0.165, "HALTE SEKOLAH", "#ffffff", 26)
    at.line((0, 0.86, 1, 0.86), "#f2f2f2", 8)


def _playground(draw: Draw, size: Size, _chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.4), "#bfe0f2")
    at.box((0, 0.4, 1, 1), "#d9c48f")
    at.line((0.1, 0.8, 0.25, 0.2), "#c0392b", 12)
    at.line((0.4, 0.8, 0.25, 0.2), "#c0392b", 12)
    at.line((0.25, 0.2, 0.7, 0.2), "#c0392b", 12)
    at.line((0.55, 0.8, 0.7, 0.2), "#c0392b", 12)
    at.line((0.85, 0.8, 0.7, 0.2), "#c0392b", 12)
    for rope in (0.36, 0.52):
        at.line((rope, 0.2, rope, 0.62), "#444", 4)
        at.line((rope + 0.09, 0.2, rope + 0.09, 0.62), "#444", 4)
        at.box((rope - 0.01, 0.62, rope + 0.1, 0.66), "#2e86c1")
    at.round((0.02, 0.82, 0.2, 0.92), "#8c7a4f")


def _desk(draw: Draw, size: Size, _chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.6), "#d7dfe8")
    at.box((0, 0.6, 1, 1), "#8d7355")
    at.box((0.55, 0.05, 0.95, 0.4), "#88a9bf", "#555")
    at.box((0.05, 0.52, 0.6, 0.62), "#5a3d28")
    at.box((0.1, 0.62, 0.14, 0.92), "#5a3d28")
    at.box((0.5, 0.62, 0.54, 0.92), "#5a3d28")
    at.box((0.18, 0.4, 0.3, 0.52), "#f7f7f4", "#777")
    at.round((0.68, 0.55, 0.9, 0.75), "#34465c")
    at.box((0.77, 0.72, 0.81, 0.93), "#222")
    at.text(0.06, 0.08, "POS BANTUAN\nHUKUM", "#1d5a8c", 22)


def _books(draw: Draw, size: Size, chance: Chance) -> None:
    at = _Canvas(draw, size)
    at.box((0, 0, 1, 0.66), "#cfe5cf")
    at.box((0, 0.66, 1, 1), "#b79b6f")
    at.box((0.2, 0.22, 0.86, 0.8), "#c9562f", "#7a2f18")
    for shelf in range(3):
        top = 0.28 + shelf * 0.16
        at.box((0.24, top, 0.82, top + 0.13), "#4b2a1a")
        for book in range(13):
            left = 0.25 + book * 0.043
            at.box(
                (left, top + 0.02, left + 0.033, top + 0.13),
                chance.choice(("#2e86c1", "#d4ac0d", "#58a55c", "#f3efe2")),
            )
    at.round((0.24, 0.76, 0.38, 0.92), "#222")
    at.round((0.68, 0.76, 0.82, 0.92), "#222")


STILLS: dict[str, Callable[[Draw, Size, Chance], None]] = {
    "buku": _books,
    "evakuasi": _evacuation,
    "halte": _bus_stop,
    "inovasi": _idea_board,
    "kantor": _office,
    "kliping": _newspaper,
    "meja": _desk,
    "mobil": _car,
    "pmba": _kitchen,
    "rampa": _ramp,
    "rokok": _smoke_free,
    "spanduk": _banner,
    "trotoar": _pavement,
    "ayunan": _playground,
}
"""Scene by name; those that several pictures share are ``demo_picture.SCENES``."""
