"""PDFs with marks at known places, and what viewers show of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary
from PIL import Image

from flows.render.values import STRIP_HEIGHT

MARKS = b"""
1 0 0 rg -500 -500 2000 2000 re f
1 1 1 rg 40 30 320 240 re f
0 0 1 rg 60 50 60 40 re f
0 0.6 0 rg 250 200 90 30 re f
0 0 0 rg 60 150 20 90 re f
BT /H 20 Tf 150 120 Td (Contoh) Tj ET
"""
"""Red all over; a white field with a blue mark low on the left, a green one high on the right, a black one, a word."""
FIELD = (40, 30, 360, 270)
FORBIDDEN_KEYS = frozenset({
    "/OpenAction", "/AA", "/A", "/JS", "/JavaScript", "/AcroForm", "/XFA", "/EmbeddedFiles", "/AF", "/Names",
    "/Annots", "/Metadata", "/PieceInfo", "/Thumb", "/StructParents", "/StructParent", "/StructTreeRoot",
    "/OCProperties", "/OC", "/Outlines", "/URI", "/Dest", "/EF", "/MarkInfo", "/B",
})  # fmt: skip
"""What no prepared page may carry."""
GIVING_NAMES = frozenset({
    "/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs", "/Colorants",
})  # fmt: skip
"""Entries whose value is a table of names that whoever made the file has thought of."""


def marked(path: Path, attributes: Mapping[str, Any] | None = None, content: bytes = MARKS, pages: int = 1) -> Path:
    """A PDF of pages with :data:`MARKS` and these attributes."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            add_page(pdf, attributes, content)
        pdf.save(path)
    return path


def add_page(pdf: pikepdf.Pdf, attributes: Mapping[str, Any] | None = None, content: bytes = MARKS) -> Any:  # noqa: ANN401  # a dictionary of pikepdf
    """One more page; gives its dictionary."""
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica"))
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, 400, 300],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(H=font)),
        Contents=pdf.make_stream(content),
    )
    for key, value in (attributes or {}).items():
        page[key] = value
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1].obj


def shown(path: Path, page: int = 0, *, size: tuple[int, int] | None = None) -> Image.Image:
    """A page as a viewer shows it at one dot a point, or at ``size``."""
    with pypdfium2.PdfDocument(path) as pdf:
        pdf.init_forms()
        picture: Image.Image = pdf[page].render(scale=4, may_draw_forms=True).to_pil().convert("RGB")
        width, height = pdf[page].get_size()
    return picture.resize(size or (round(width), round(height)), Image.Resampling.BOX)


def shown_prepared(path: Path, page: int = 0, *, size: tuple[int, int]) -> tuple[Image.Image, Image.Image]:
    """A prepared page without its strip, at ``size``, and the strip by itself."""
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[page].render(scale=4).to_pil().convert("RGB")
        width, _ = pdf[page].get_size()
    strip = round(STRIP_HEIGHT * max(0.5, width / 595) * 4)
    above = picture.crop((0, 0, picture.width, picture.height - strip))
    return above.resize(size, Image.Resampling.BOX), picture.crop((0, picture.height - strip + 1, *picture.size))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures of one size, of 255."""
    assert one.size == other.size
    return float(np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)).mean())


def is_white(picture: Image.Image) -> bool:
    return picture.convert("L").getextrema() == (255, 255)


def darkest(picture: Image.Image) -> int:
    """Grey of the darkest dot, 0 for black."""
    return int(np.asarray(picture.convert("L")).min())


def everything(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream that is written, whatever refers to it."""
    for each in pdf.objects:
        waiting: list[Any] = [each]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Array):
                held = list(value)
            elif isinstance(value, Dictionary | pikepdf.Stream):
                yield value
                held = [item for _, item in value.items()]
            else:
                continue
            waiting.extend(item for item in held if not getattr(item, "is_indirect", False))


def carried(path: Path) -> set[str]:
    """Keys of the file that no prepared page may carry; names that somebody gave to fonts and drawings are none."""
    with pikepdf.open(path) as pdf:
        tables = {
            value.objgen
            for holder in everything(pdf)
            for key, value in holder.items()
            if key in GIVING_NAMES and isinstance(value, Dictionary) and value.is_indirect
        }
        found: set[str] = set()
        for each in pdf.objects:
            waiting: list[tuple[Any, bool]] = [(each, getattr(each, "objgen", None) in tables)]
            while waiting:
                value, is_table = waiting.pop()
                if isinstance(value, Dictionary | pikepdf.Stream):
                    held = list(value.items())
                    found.update(key for key, _ in held if not is_table)
                else:
                    held = [("", item) for item in value] if isinstance(value, Array) else []
                waiting += [
                    (item, key in GIVING_NAMES) for key, item in held if not getattr(item, "is_indirect", False)
                ]
    return found & FORBIDDEN_KEYS
