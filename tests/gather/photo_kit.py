"""Invented pictures: scenes of one room, letters of one office, screens of tables, and what people do with them."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

_GPS, _EXIF, _TAKEN, _ORIENTATION = 0x8825, 0x8769, 0x9003, 0x0112
Picture = Image.Image


def scene(number: int, size: tuple[int, int] = (900, 675)) -> Picture:
    """People in a room that is always the same: different numbers are different photos of it."""
    chance = random.Random(number)  # noqa: S311 - drawings, no secrets
    width, height = size
    picture = Image.new("RGB", size, (178, 170, 150))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 0.55, width, height), fill=(120, 90, 60))
    draw.rectangle((width * 0.2, height * 0.08, width * 0.6, height * 0.4), fill=(240, 240, 235))
    for _ in range(chance.randint(6, 12)):
        left, top, tall = chance.randint(0, width), chance.randint(height // 2, height), chance.randint(60, 170)
        shirt = tuple(chance.randint(20, 220) for _ in range(3))
        draw.rectangle((left, top - tall * 0.3, left + tall * 0.8, top + tall), fill=shirt)
        draw.ellipse((left + tall * 0.1, top - tall, left + tall * 0.7, top - tall * 0.3), fill=(190, 140, 110))
    return picture.filter(ImageFilter.GaussianBlur(2))


def letter(number: int) -> Picture:
    """A scanned letter of one office; different numbers are different letters."""
    chance = random.Random(number)  # noqa: S311 - same
    picture = Image.new("RGB", (1240, 1754), (250, 250, 247))
    draw = ImageDraw.Draw(picture)
    draw.text((400, 90), "PEMERINTAH KOTA CONTOH", fill=(20, 20, 20), font=ImageFont.load_default(30))
    draw.line((100, 200, 1140, 200), fill=(0, 0, 0), width=4)
    top = 260
    for _ in range(chance.randint(3, 6)):
        for line in range(chance.randint(2, 8)):
            words = ("".join(chance.choices("abcdefghiklmnoprstu", k=chance.randint(2, 10))) for _ in range(11))
            draw.text((100 if line else 180, top), " ".join(words), fill=(25, 25, 25), font=ImageFont.load_default(20))
            top += 32
        top += 30
    return picture.rotate(chance.uniform(-1, 1), fillcolor=(245, 245, 245))


def screen(number: int) -> Picture:
    """A screenshot of a table of figures."""
    chance = random.Random(number)  # noqa: S311 - same
    picture = Image.new("RGB", (1366, 768), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 1366, 110), fill=(33, 115, 70))
    columns = chance.randint(5, 9)
    for row in range(24):
        top = 130 + row * 26
        draw.line((0, top, 1366, top), fill=(200, 200, 200))
        for column in range(columns):
            draw.line((column * 1366 // columns, 130, column * 1366 // columns, 768), fill=(200, 200, 200))
            figure = "".join(chance.choices("0123456789", k=chance.randint(1, 7)))
            draw.text((column * 1366 // columns + 8, top + 4), figure, fill=(0, 0, 0))
    return picture


def copies(picture: Picture) -> Iterator[tuple[str, bytes]]:
    """What becomes of a picture on its way: name and bytes."""
    width, height = picture.size
    across, down = width // 100, height // 100
    yield "quality 40", jpeg(picture, quality=40)
    yield "half", jpeg(picture.resize((width // 2, height // 2)))
    yield "by telephone", jpeg(picture.resize((width * 6 // 10, height * 6 // 10)), quality=60)
    yield "brightened", jpeg(ImageEnhance.Brightness(picture).enhance(1.25))
    yield "trimmed", jpeg(picture.crop((across, down, width - across, height - down)))
    yield "as png", saved(picture, "PNG")
    yield "as webp", saved(picture, "WEBP")


def jpeg(picture: Picture, quality: int = 90, exif: Image.Exif | None = None) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, **({"exif": exif} if exif else {}))
    return target.getvalue()


def saved(picture: Picture, kind: str, exif: Image.Exif | None = None, **options: bool) -> bytes:
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    target = io.BytesIO()
    picture.save(target, kind, **({"exif": exif} if exif else {}), **options)
    return target.getvalue()


def notes(*, taken: str = "", place: tuple[float, float] | None = None, orientation: int = 1) -> Image.Exif:
    """The notes of a camera; ``place`` in whole degrees north and east of an invented spot."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    if taken:
        exif[_EXIF] = {_TAKEN: taken}
    if place is not None:
        north, east = place
        exif[_GPS] = {1: "N", 2: (north, 0.0, 0.0), 3: "E", 4: (east, 0.0, 0.0)}
    written = Image.Exif()
    written.load(exif.tobytes())
    return written


def with_chunk(png: bytes, kind: bytes, content: bytes) -> bytes:
    """A PNG with a chunk behind what is drawn."""
    end = len(png) - 12
    return (
        png[:end]
        + len(content).to_bytes(4, "big")
        + kind
        + content
        + zlib.crc32(kind + content).to_bytes(4, "big")
        + png[end:]
    )
