"""A page as a picture of what a viewer shows, where its drawing cannot be taken over as it is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flows import bounds
from flows.render.annex.geometry import Frame
from flows.render.annex.images import image_stream
from flows.render.annex.job import TroubleError

_POINTS_AN_INCH = 72.0


def replace_by_pictures(pdf: Any, path: Path, frames: Iterable[Frame], numbers: Iterable[int]) -> list[Frame]:  # noqa: ANN401  # pikepdf is imported where it is used
    """Let pages of an open PDF show pictures of themselves; gives the frames of all pages as they are then.

    Args:
        pdf: The open PDF.
        path: Of the same PDF, which is drawn by pdfium.
        frames: Of all its pages.
        numbers: Of the pages to replace, from 0.

    Raises:
        TroubleError: pdfium cannot draw them either.
    """
    import pypdfium2

    new = list(frames)
    try:
        with pypdfium2.PdfDocument(path) as drawn:
            drawn.init_forms()
            for number in sorted(numbers):
                new[number] = _replace(pdf, drawn[number], number, new[number])
    except pypdfium2.PdfiumError as error:
        raise TroubleError("damaged") from error
    return new


def _replace(pdf: Any, drawn: Any, number: int, frame: Frame) -> Frame:  # noqa: ANN401  # same
    import pikepdf

    most = math.sqrt(bounds.ANNEX_RASTER_PIXELS / (drawn.get_width() * drawn.get_height()))
    picture = drawn.render(scale=min(bounds.ANNEX_RASTER_DPI / _POINTS_AN_INCH, most), may_draw_forms=True).to_pil()
    page = pdf.pages[number].obj
    for key in list(page.keys()):
        if key not in ("/Type", "/Parent"):
            del page[key]
    width, height = frame.width, frame.height
    page.MediaBox, page.Rotate = [0, 0, width, height], 0
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Gambar=image_stream(pdf, picture)))
    across = width - 2 * frame.margin
    drawing = f"q {across:.4f} 0 0 {height:.4f} {frame.margin:.4f} 0 cm /Gambar Do Q"
    page.Contents = pdf.make_stream(drawing.encode("ascii"))
    return Frame((0, 0, width, height), (1, 0, 0, 1, 0, 0), width, height)
