"""Pictures of the city's own folder made anew: seen through, reduced, without notes and without anything active.

:func:`redraw` runs in a child process: a picture that kills its decoder costs only itself.
"""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import dataclass
from enum import StrEnum

from flows import bounds
from flows.framework.plain_svg import NotPlainError, SizelessError, TooManyPartsError, plain_svg

RASTERS = (".png", ".jpg", ".jpeg")
VECTOR = ".svg"
_QUALITY = 92


class Flaw(StrEnum):
    """Why a picture cannot be used."""

    UNREADABLE = "unreadable"
    PIXELS = "pixels"
    SHAPE = "shape"
    NOT_PLAIN = "not-plain"
    TOO_MANY = "too-many"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Raw:
    """A picture as it was laid there."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of it: an address, or a flaw."""

    address: str = ""
    """``data:`` address of the new picture."""
    flaw: Flaw | None = None
    detail: str = ""
    """What an SVG holds that is not plain."""


def redraw(raw: Raw) -> Drawn:
    """``raw`` made anew, or why it cannot be used."""
    if not raw.name.lower().endswith(VECTOR):
        return _raster(raw.content)
    try:
        return Drawn(_address("image/svg+xml", plain_svg(raw.content)))
    except NotPlainError as error:
        return Drawn(flaw=Flaw.NOT_PLAIN, detail=str(error))
    except TooManyPartsError:
        return Drawn(flaw=Flaw.TOO_MANY)
    except SizelessError:
        return Drawn(flaw=Flaw.SIZE)
    except ValueError:
        return Drawn(flaw=Flaw.UNREADABLE)


def _raster(content: bytes) -> Drawn:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # judged below, before anything is decoded
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                flaw = _flaw_of(*picture.size)
                if flaw:
                    return Drawn(flaw=flaw)
                kind = str(picture.format)
                upright = ImageOps.exif_transpose(picture)
                has_alpha = "A" in upright.getbands() or "transparency" in upright.info
                seen = upright.convert("RGBA" if has_alpha else "RGB")
    except Exception:  # noqa: BLE001  # foreign bytes: whatever the decoder stumbles over
        return Drawn(flaw=Flaw.UNREADABLE)
    seen.thumbnail((bounds.DRESS_SIDE, bounds.DRESS_SIDE), Image.Resampling.LANCZOS)
    seen.info.clear()
    stream = io.BytesIO()
    if kind == "JPEG":
        seen.convert("RGB").save(stream, "JPEG", quality=_QUALITY)
    else:
        seen.save(stream, "PNG", optimize=True)
    return Drawn(_address(f"image/{kind.lower()}", stream.getvalue()))


def _flaw_of(width: int, height: int) -> Flaw | None:
    if width * height > bounds.DRESS_PIXELS:
        return Flaw.PIXELS
    return Flaw.SHAPE if max(width, height) > bounds.DRESS_RATIO * min(width, height) else None


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
