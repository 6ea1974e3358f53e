"""Photos and scans made anew from their pixels: upright, no note of any camera or program left, as small as it must be.

Runs in child processes. A picture is never copied as it is: what hides behind its pixels cannot be told for sure.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows import bounds

if TYPE_CHECKING:
    from PIL.Image import Image

_MANY_PIXELS = 40_000_000
"""More than a telephone makes; three copies of them would not fit into the memory of a child."""
_SIDES = (5_000, 3_000, 2_400, 2_000, 1_600)
"""Longest side in pixels, step by step; below the last one a photographed letter can no longer be read."""
_QUALITIES = (90, 80, 70)
_PAGE_DOTS = 200
_DRAWN = frozenset({"PNG", "GIF", "BMP"})
"""Formats of screenshots and drawings, which stay sharp as PNG."""


class NotReadableError(Exception):
    """A picture does not fit even at the smallest size at which it can be read, or no type that fits it is taken."""


def fit_picture(source: Path, folder: Path, most: int, types: Sequence[str]) -> tuple[Path, str]:
    """Write a picture into ``folder``.

    Returns:
        The file, and what was done: ``ulang``, or ``bingkai`` where it is the first of many. A scan of several pages
        comes as a PDF of any size.

    Raises:
        NotReadableError: see there.
        OSError: it cannot be decoded.
    """
    from PIL import Image

    _prepare()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(source) as picture:
            frames = int(getattr(picture, "n_frames", 1)) if picture.format != "MPO" else 1
            if frames > 1 and picture.format == "TIFF" and "pdf" in types:
                return _as_pages(picture, folder / "halaman.pdf"), "ulang"
            picture.draft("RGB", (_SIDES[0], _SIDES[0]))
            if picture.width * picture.height > _MANY_PIXELS:
                picture.thumbnail((_SIDES[0], _SIDES[0]))  # before copies of it are made
            clean = _clean(picture)
            is_drawn = picture.format in _DRAWN
    return _first_that_fits(clean, folder, most, types, is_drawn=is_drawn), "bingkai" if frames > 1 else "ulang"


def _prepare() -> None:
    import pillow_heif
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS = bounds.PICTURE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    pillow_heif.register_heif_opener(thumbnails=False)


def _clean(picture: Image) -> Image:
    """Pixels only, upright, in the colours of screens; what is transparent is white."""
    from PIL import Image, ImageOps

    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("P", "PA", "LA", "RGBA", "RGBa", "La"):
        upright = upright.convert("RGBA")
        ground = Image.new("RGB", upright.size, "white")
        ground.paste(upright, mask=upright.getchannel("A"))
        return ground
    if upright.mode in ("1", "L"):
        plain = upright.convert("L")
    elif upright.mode.startswith("I;16"):
        plain = upright.point(lambda value: value / 256).convert("L")
    else:
        plain = _in_screen_colours(upright, profile)
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def _in_screen_colours(picture: Image, profile: bytes | None) -> Image:
    from PIL import ImageCms

    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            done = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB")
        return done if done is not None else picture.convert("RGB")
    return picture.convert("RGB")


def _first_that_fits(picture: Image, folder: Path, most: int, types: Sequence[str], *, is_drawn: bool) -> Path:
    for suffix, content in _tries(picture, types, is_drawn=is_drawn):
        if len(content) <= most:
            path = folder / f"gambar.{suffix}"
            path.write_bytes(content)
            return path
    raise NotReadableError


def _tries(picture: Image, types: Sequence[str], *, is_drawn: bool) -> Iterator[tuple[str, bytes]]:
    """Ever smaller files; the type that suits the picture best where it is taken."""
    if "png" in types and (is_drawn or not {"jpg", "pdf"} & set(types)):
        for small in _sizes(picture):
            yield "png", _packed(small, "PNG", optimize=True)
            if {"jpg", "pdf"} & set(types):
                break
    for small in _sizes(picture):
        for quality in _QUALITIES:
            if "jpg" in types:
                yield "jpg", _packed(small, "JPEG", quality=quality, optimize=True, progressive=True)
            elif "pdf" in types:
                yield "pdf", _page(small, quality)


def _sizes(picture: Image) -> Iterator[Image]:
    longest, last = max(picture.size), 0
    for side in _SIDES:
        if min(side, longest) != last:
            last = min(side, longest)
            small = picture if side >= longest else picture.copy()
            small.thumbnail((side, side))
            yield small


def _packed(picture: Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def _page(picture: Image, quality: int) -> bytes:
    return _packed(picture, "PDF", quality=quality, resolution=_PAGE_DOTS, creationDate=None, modDate=None)


def _as_pages(picture: Image, path: Path) -> Path:
    """A scan of several pages as a PDF, page by page, without a date of its making."""
    dots = picture.info.get("dpi", (_PAGE_DOTS,))[0]
    resolution = float(dots) if float(dots) > 1 else float(_PAGE_DOTS)
    # Black and white has a packing of its own, which knows no quality.
    quality = {} if picture.mode == "1" else {"quality": _QUALITIES[1]}
    picture.save(path, "PDF", save_all=True, resolution=resolution, creationDate=None, modDate=None, **quality)
    return path
