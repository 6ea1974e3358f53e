"""The invented emblem of Kota Contoh: a shield that says it is an example, drawn as plain SVG."""

from __future__ import annotations

import math

_GOLD, _BLUE, _WHITE, _GREEN = "#c8a24a", "#1f3a5f", "#ffffff", "#4d7c57"
_STROKES = {
    "C": ((4, 1), (3, 0), (1, 0), (0, 1), (0, 5), (1, 6), (3, 6), (4, 5)),
    "O": ((1, 0), (3, 0), (4, 1), (4, 5), (3, 6), (1, 6), (0, 5), (0, 1), (1, 0)),
    "N": ((0, 6), (0, 0), (4, 6), (4, 0)),
    "T": ((0, 0), (4, 0), (2, 0), (2, 6)),
    "H": ((0, 0), (0, 6), (0, 3), (4, 3), (4, 0), (4, 6)),
}
"""Letters as strokes on a grid of four by six: an emblem carries no typeface."""


def emblem() -> bytes:
    """The drawing, the same bytes every time."""
    shield = "M20 24 L180 24 L180 130 C180 178 140 208 100 226 C60 208 20 178 20 130 Z"
    inner = "M29 33 L171 33 L171 130 C171 171 136 198 100 215 C64 198 29 171 29 130 Z"
    waves = "".join(
        f'<path d="M36 {top} q16 -9 32 0 t32 0 t32 0 t32 0" fill="none" stroke="{_WHITE}" stroke-width="4"/>'
        for top in (150, 164)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 250">'
        "<title>Lambang rekaan Kota Contoh</title>"
        f'<path d="{shield}" fill="{_GOLD}"/><path d="{inner}" fill="{_BLUE}"/>'
        f'<circle cx="100" cy="98" r="34" fill="{_WHITE}"/><polygon points="{_star()}" fill="{_GOLD}"/>'
        f"{waves}{_leaves()}"
        f'<path d="M12 196 L188 196 L176 212 L188 228 L12 228 L24 212 Z" fill="{_WHITE}" stroke="{_GOLD}"'
        f' stroke-width="3"/><path d="{_word("CONTOH")}" fill="none" stroke="{_BLUE}" stroke-width="3"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>\n'
    ).encode()


def _star() -> str:
    points = (
        (100 + radius * math.sin(math.pi * turn / 5), 98 - radius * math.cos(math.pi * turn / 5))
        for turn, radius in enumerate((28, 11.5) * 5)
    )
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _leaves() -> str:
    leaf = "M0 0 C6 -4 8 -12 4 -20 C-3 -15 -4 -7 0 0 Z"
    look = f'fill="{_GREEN}" stroke="{_WHITE}" stroke-width=".8"'
    return "".join(
        f'<path d="{leaf}" {look} transform="translate({x} {y}) rotate({turn})"/>'
        for step in range(6)
        for x, y, turn in (
            (100 - 46 - step * 1.2, 128 - step * 11, -38 + step * 9),
            (100 + 46 + step * 1.2, 128 - step * 11, 38 - step * 9),
        )
    )  # fmt: skip


def _word(word: str) -> str:
    left, size, gap = 100 - (len(word) * 4 + (len(word) - 1) * 2.2) * 2.5 / 2, 2.5, 6.2
    paths = []
    for place, letter in enumerate(word):
        start = left + place * gap * size
        lines = [f"{start + x * size:.1f} {204.5 + y * size:.1f}" for x, y in _STROKES[letter]]
        paths.append(f"M{lines[0]} L{' L'.join(lines[1:])}")
    return " ".join(paths)
