"""Photos and scans as pictures: they open, they are complete, and how many frames they have."""

from __future__ import annotations

import warnings
from pathlib import Path

from flows import bounds
from flows.gather.content import Content, TooLargeError

_PREVIEW = (256, 256)


def read_picture(path: Path) -> Content:
    """Frames of a picture that is whole.

    Raises:
        TooLargeError: more pixels than anything that was scanned or photographed.
        OSError: it cannot be decoded, or its end is missing.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = bounds.PICTURE_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                frames = getattr(picture, "n_frames", 1)
                if picture.format == "JPEG":
                    # verify() does not look at JPEG data; a reduced decode does, and costs a sixth of a full one.
                    picture.draft("L", _PREVIEW)
                    picture.load()
                else:
                    picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLargeError from error
    return Content(pages=frames)
