"""Pages of evidence in the shape in which they are bound: upright, passive, one form each, a blank strip below."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from flows.render.values import STRIP_HEIGHT

A4 = (595.28, 841.89)
_LEAST_SCALE = 0.5


def strip_height(width: float) -> float:
    """Height of the strip below a page so wide."""
    return STRIP_HEIGHT * max(width / 595, _LEAST_SCALE)


def write_prepared(path: Path, sizes: list[tuple[float, float]], *, words: str, picture: bytes = b"") -> None:
    """Write pages of these sizes, each with ``words``, its number and, where given, a JPEG picture of its own."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number, (width, height) in enumerate(sizes, start=1):
            strip = strip_height(width)
            resources = Dictionary(Font=Dictionary(F=font))
            drawn = b""
            if picture:
                tail = f"{path.name} {number}".encode()  # behind the end of the picture, so that no two are the same
                resources.XObject = Dictionary(I=_picture(pdf, picture + tail))
                drawn = f"q {width - 80:.2f} 0 0 {height - 200:.2f} 40 100 cm /I Do Q ".encode()
            drawn += f"BT /F 12 Tf 40 {height - 60:.2f} Td ({words} {number}) Tj ET".encode()
            form = pdf.make_stream(
                drawn, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, width, height]), Resources=resources
            )
            page = pdf.make_indirect(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([0, 0, width, round(height + strip, 2)]),
                    Resources=Dictionary(XObject=Dictionary(Bukti=form)),
                    Contents=pdf.make_stream(
                        f"/Figure <</MCID 0>> BDC q 1 0 0 1 0 {strip:.2f} cm /Bukti Do Q EMC\n".encode()
                    ),
                )
            )
            pdf.pages.append(pikepdf.Page(page))
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _picture(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Object:
    return pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=1000, Height=1400, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, Filter=Name.DCTDecode,
    )  # fmt: skip
