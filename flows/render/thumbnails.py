"""Photos as a chapter shows them: small, upright, without any of the notes a camera leaves. Runs in a bounded child."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from flows import bounds
from flows.render.annex.pictures import plain

if TYPE_CHECKING:
    from PIL import Image

QUALITY = 78
"""Of the JPEG that is printed a few centimetres wide."""


def thumbnail(path: Path) -> bytes | None:
    """The picture at ``path`` as a small JPEG; None where it cannot be shown so.

    A picture is made of its pixels alone: no place, time, name or preview of the original is left in it.
    """
    import pillow_heif
    from PIL import Image, ImageFile, ImageOps

    Image.MAX_IMAGE_PIXELS = bounds.PICTURE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    pillow_heif.register_heif_opener(thumbnails=False)
    side = bounds.PHOTO_SIDE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with path.open("rb") as stream, Image.open(stream) as opened:
                if opened.format == "JPEG":
                    opened.draft("RGB", (side, side))
                if opened.width * opened.height > bounds.PICTURE_DECODED_PIXELS:
                    return None
                picture = plain(ImageOps.exif_transpose(opened))
        except Exception:  # noqa: BLE001 - whatever a damaged picture does to a decoder, its annex page shows it
            return None
    return _as_jpeg(picture, side)


def _as_jpeg(picture: Image.Image, side: int) -> bytes:
    from PIL import Image

    small = picture.convert("RGB")
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    bare = Image.frombytes("RGB", small.size, small.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=False, progressive=False)
    return out.getvalue()
