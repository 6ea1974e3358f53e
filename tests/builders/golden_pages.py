"""Pages of the small city as grey pictures, kept to see that the book looks as it did.

``python -m tests.builders.golden_pages`` draws them anew; look at each before it is committed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from flows.settings import Settings
from tests.builders.small_city import run_small, write_small_city
from tests.render.opened import opened

FOLDER = Path(__file__).parents[1] / "render" / "golden"
PAGES: Mapping[str, tuple[str, str]] = {
    "sampul": ("dosir.pdf", "i"),
    "pengesahan": ("dosir.pdf", "iii"),
    "daftar-isi": ("dosir.pdf", "v"),
    "ringkasan": ("dosir.pdf", "R-1"),
    "bab-tabel": ("dosir.pdf", "4-1"),
    "bab-grafik": ("dosir.pdf", "5-2"),
    "daftar-lampiran": ("dosir.pdf", "L5-1"),
    "pengganti": ("dosir.pdf", "III/16.3-01"),
    "bukti": ("dosir.pdf", "III/16.1-01 hlm. 1"),
    "kendali": ("internal/kendali.pdf", "i"),
}
"""Name of the picture → the PDF and the label of its page."""
_DPI, _GREYS = 40, 64
_STRONG = 56
"""Levels of grey, of 255, from which a point counts as another one."""
_MOST_STRONG, _MOST_MEAN = 0.0004, 0.6
"""Share of such points, and mean difference, that the same page may show on another computer."""


def picture(path: Path, number: int) -> Image.Image:
    """Page ``number`` (from 0) of a PDF in grey."""
    with pypdfium2.PdfDocument(path) as pdf:
        shown: Image.Image = pdf[number].render(scale=_DPI / 72, grayscale=True).to_pil()
    return shown


def kept(name: str) -> Image.Image:
    """The picture as it was kept."""
    with Image.open(FOLDER / f"{name}.png") as opened_picture:
        return opened_picture.convert("L")


def are_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same page."""
    if one.size != other.size:
        return False
    apart = np.abs(np.asarray(one, dtype=np.int16) - np.asarray(other, dtype=np.int16))
    return bool(apart.mean() <= _MOST_MEAN and (apart > _STRONG).mean() <= _MOST_STRONG)


def draw(folder: Path, run: Path) -> None:
    """Write every picture of the run in ``run`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    books = {name: opened(run / name) for name in {book for book, _ in PAGES.values()}}
    for name, (book, label) in PAGES.items():
        shown = picture(run / book, books[book].labels.index(label))
        shown.quantize(_GREYS, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        write_small_city(Path(place) / "masukan")
        draw(FOLDER, run_small(Settings(Path(place) / "masukan", Path(place) / "keluaran")).folder)
