"""Drawn scenes that stand for photos, with a camera's date in them, and scans of pages; no person is shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from PIL import Image, ImageDraw, ImageFilter

from tests.builders.demo_model import FOOTER, Chance
from tests.builders.demo_scenes import STILLS, Draw, Size, font

Spot = tuple[float, float]
"""Whole degrees north and east."""
_DATE_TIME, _EXIF_FOLDER, _DATE_TAKEN, _PLACE_FOLDER = 0x0132, 0x8769, 0x9003, 0x8825
_SCAN_DPI = 82


def _box(
    draw: Draw, size: Size, share: tuple[float, float, float, float], fill: str, outline: str | None = None
) -> None:
    width, height = size
    left, top, right, bottom = share
    draw.rectangle((left * width, top * height, right * width, bottom * height), fill=fill, outline=outline)


def _park(draw: Draw, size: Size, chance: Chance) -> None:
    width, height = size
    _box(draw, size, (0, 0, 1, 0.55), "#a9d4ee")
    _box(draw, size, (0, 0.55, 1, 1), "#86b35a")
    draw.ellipse((width * 0.8, height * 0.06, width * 0.9, height * 0.2), fill="#ffd94a")
    for _ in range(4):
        left = chance.number(2, 85) / 100
        _box(draw, size, (left + 0.035, 0.4, left + 0.055, 0.6), "#7a5230")
        draw.ellipse((left * width, height * 0.2, (left + 0.1) * width, height * 0.46), fill="#3f7d3a")
    slide = chance.number(25, 55) / 100
    draw.line((slide * width, height * 0.45, slide * width, height * 0.85), fill="#444", width=6)
    draw.line((slide * width, height * 0.45, (slide + 0.25) * width, height * 0.85), fill="#d2432f", width=14)
    _box(draw, size, (0.05, 0.8, 0.2, 0.84), "#8a5a2b")


def _meeting(draw: Draw, size: Size, chance: Chance) -> None:
    width, height = size
    _box(draw, size, (0, 0, 1, 0.7), "#e9e2d0")
    _box(draw, size, (0, 0.7, 1, 1), "#9a7b57")
    _box(draw, size, (0.25, 0.1, 0.75, 0.42), "#ffffff", "#555")
    draw.text((width * 0.29, height * 0.16), "RAPAT KOORDINASI", fill="#1d5a8c", font=font(max(10, width // 30)))
    for bar in range(5):
        top = 0.38 - chance.number(3, 12) / 100
        _box(draw, size, (0.3 + bar * 0.08, top, 0.35 + bar * 0.08, 0.39), "#3b8ac4")
    _box(draw, size, (0.12, 0.62, 0.88, 0.72), "#6b4423")
    for chair in range(6):
        left = 0.12 + chair * 0.13
        _box(draw, size, (left, 0.76, left + 0.08, 0.93), chance.choice(("#34465c", "#3d4f3a", "#5c3434")))


def _building(draw: Draw, size: Size, chance: Chance) -> None:
    width, height = size
    _box(draw, size, (0, 0, 1, 0.75), "#bcdcf0")
    _box(draw, size, (0, 0.75, 1, 1), "#b5b0a5")
    _box(draw, size, (0.12, 0.32, 0.85, 0.8), chance.choice(("#f1ead7", "#dfeadf", "#ece0e6")), "#777")
    draw.polygon(
        (width * 0.08, height * 0.33, width * 0.485, height * 0.1, width * 0.89, height * 0.33), fill="#a4482f"
    )
    for column in range(5):
        left = 0.17 + column * 0.14
        _box(draw, size, (left, 0.42, left + 0.08, 0.58), "#6f9ab8", "#444")
    _box(draw, size, (0.44, 0.62, 0.54, 0.8), "#6b4423")
    draw.line((width * 0.93, height * 0.15, width * 0.93, height * 0.8), fill="#888", width=4)
    _box(draw, size, (0.935, 0.15, 0.99, 0.19), "#d21f2b")
    _box(draw, size, (0.935, 0.19, 0.99, 0.23), "#ffffff")


def _road(draw: Draw, size: Size, chance: Chance) -> None:
    width, height = size
    _box(draw, size, (0, 0, 1, 0.45), "#c4def0")
    _box(draw, size, (0, 0.45, 1, 1), "#6d6d6d")
    for stripe in range(8):
        left = 0.08 + stripe * 0.11
        _box(draw, size, (left, 0.6, left + 0.06, 0.85), "#f4f4f4")
    _box(draw, size, (0.08, 0.15, 0.095, 0.6), "#666")
    sign = (width * 0.04, height * 0.08, width * 0.14, height * 0.22)
    draw.polygon((sign[0], sign[3], (sign[0] + sign[2]) / 2, sign[1], sign[2], sign[3]), fill="#ffd200", outline="#222")
    _box(draw, size, (0.5, 0.2, 0.95, 0.45), chance.choice(("#d8c7a0", "#c9d6c3")), "#777")
    draw.text((width * 0.55, height * 0.26), "ZONA SEKOLAH", fill="#7a1f1f", font=font(max(10, width // 28)))


def _room(draw: Draw, size: Size, chance: Chance) -> None:
    width, height = size
    _box(draw, size, (0, 0, 1, 0.72), chance.choice(("#f6dfe3", "#e3eef6", "#e8f3e1")))
    _box(draw, size, (0, 0.72, 1, 1), "#c9b08c")
    _box(draw, size, (0.08, 0.18, 0.32, 0.72), "#ffffff", "#888")
    draw.text((width * 0.1, height * 0.24), "RUANG\nLAYANAN", fill="#1d5a8c", font=font(max(9, width // 34)))
    _box(draw, size, (0.42, 0.5, 0.78, 0.72), "#8b5e83")
    _box(draw, size, (0.42, 0.4, 0.78, 0.52), "#a87aa0")
    for shelf in range(3):
        _box(draw, size, (0.82, 0.2 + shelf * 0.14, 0.97, 0.22 + shelf * 0.14), "#7a5230")
        for book in range(6):
            left = 0.83 + book * 0.022
            top = 0.12 + shelf * 0.14
            _box(
                draw,
                size,
                (left, top, left + 0.015, 0.2 + shelf * 0.14),
                chance.choice(("#c0392b", "#2e86c1", "#d4ac0d")),
            )


SCENES: dict[str, Callable[[Draw, Size, Chance], None]] = {
    "gedung": _building,
    "jalan": _road,
    "rapat": _meeting,
    "ruang": _room,
    "taman": _park,
}


def scene(name: str, seed: str, size: Size, caption: str = "") -> Image.Image:
    """A drawn scene with the footer of all invented documents, and a caption where there is one."""
    chance = Chance(seed)
    picture = Image.new("RGB", size, "#ffffff")
    draw = ImageDraw.Draw(picture)
    (SCENES.get(name) or STILLS[name])(draw, size, chance)
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    draw = ImageDraw.Draw(picture)
    width, height = size
    _box(draw, size, (0, 0.93, 1, 1), "#202020")
    draw.text((width * 0.02, height * 0.94), f"{FOOTER}  {caption}", fill="#f2f2f2", font=font(max(8, width // 46)))
    return picture


def scene_jpeg(name: str, seed: str, size: Size, *, quality: int = 60) -> bytes:
    """A scene as JPEG without a date in it."""
    stream = io.BytesIO()
    scene(name, seed, size).save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def photo(name: str, seed: str, taken: date, *, png: bool = False, spot: Spot | None = None) -> bytes:
    """A scene as a camera would save it: with the date in its EXIF data and on the picture, and the place if given."""
    picture = scene(name, seed, (800, 600), f"{taken:%d-%m-%Y}")
    exif = Image.Exif()
    stamp = f"{taken:%Y:%m:%d} 09:{Chance(seed).number(10, 59)}:00"
    exif[_DATE_TIME] = stamp
    exif.get_ifd(_EXIF_FOLDER)[_DATE_TAKEN] = stamp
    if spot is not None:
        north, east = spot
        exif.get_ifd(_PLACE_FOLDER).update({1: "N", 2: (north, 0.0, 0.0), 3: "E", 4: (east, 0.0, 0.0)})
    stream = io.BytesIO()
    if png:
        picture.resize((480, 360)).quantize(64).save(stream, "PNG", optimize=True, exif=exif)
    else:
        picture.save(stream, "JPEG", quality=62, exif=exif)
    return stream.getvalue()


def scan(pdf: bytes, seed: str) -> bytes:
    """``pdf`` as a scanner would return it: grey pictures, a little crooked and dirty, without any text."""
    import pypdfium2

    chance = Chance(seed)
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(chance.number(-12, 12) / 10, fillcolor=246, resample=Image.Resampling.BICUBIC)
        pages.append(_dirty(picture, chance))
    return _as_pdf(pages)


def _dirty(picture: Image.Image, chance: Chance) -> Image.Image:
    draw = ImageDraw.Draw(picture)
    for _ in range(160):
        left, top = chance.number(0, picture.width - 1), chance.number(0, picture.height - 1)
        draw.point((left, top), fill=chance.number(110, 215))
    draw.line((0, chance.number(200, 600), 3, picture.height), fill=190)
    return picture


def _as_pdf(pictures: list[Image.Image]) -> bytes:
    import pikepdf

    pdf = pikepdf.new()
    for picture in pictures:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=34)
        image = pikepdf.Stream(pdf, stream.getvalue())
        image.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
                ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
            )
        )  # fmt: skip
        width, height = picture.width * 72 / _SCAN_DPI, picture.height * 72 / _SCAN_DPI
        page = pdf.add_blank_page(page_size=(width, height))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pdf.make_stream(f"{width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do".encode())
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, fix_metadata_version=False)
    return target.getvalue()
