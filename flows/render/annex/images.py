"""A picture in memory as a picture of a PDF: small, without notes of any camera, the same bytes every time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_QUALITY = 82
_GREY_LOOK = (256, 256)
_GREY_TOLERANCE = 10
"""Largest difference between the colours of a dot in a picture that is grey but for its compression."""
_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_BYTES = 278, 273, 279


def image_stream(pdf: Any, picture: Image.Image) -> Any:  # noqa: ANN401  # pikepdf is imported where it is used
    """An image object of ``pdf``: CCITT for black and white, JPEG in grey or colour for all others.

    Args:
        pdf: The PDF it becomes part of.
        picture: Of mode ``1``, ``L`` or ``RGB``.
    """
    if picture.mode == "1":
        return _fax(pdf, picture)
    return _jpeg(pdf, picture.convert("L") if picture.mode != "L" and _is_grey(picture) else picture)


def _is_grey(picture: Image.Image) -> bool:
    from PIL import Image, ImageChops

    small = picture.resize(_GREY_LOOK, Image.Resampling.BOX) if max(picture.size) > max(_GREY_LOOK) else picture
    red, green, blue = small.convert("RGB").split()
    pairs = ((red, green), (green, blue), (red, blue))
    return all(_largest(ImageChops.difference(*pair)) <= _GREY_TOLERANCE for pair in pairs)


def _largest(channel: Image.Image) -> int:
    return max(value for value, count in enumerate(channel.histogram()) if count)


def _jpeg(pdf: Any, picture: Image.Image) -> Any:  # noqa: ANN401  # same
    import pikepdf

    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    space = pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB
    image = _image(pdf, out.getvalue(), picture.size, space, bits=8)
    image.Filter = pikepdf.Name.DCTDecode
    return image


def _fax(pdf: Any, picture: Image.Image) -> Any:  # noqa: ANN401  # same
    """The compression of fax machines, which Pillow knows as a kind of TIFF: its only strip is taken out."""
    import pikepdf
    from PIL import Image

    out = io.BytesIO()
    picture.save(out, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: picture.height})
    with Image.open(out) as tiff:
        start, length = (int(tiff.tag_v2[tag][0]) for tag in (_STRIP_OFFSETS, _STRIP_BYTES))  # type: ignore[attr-defined]
        is_white_zero = tiff.tag_v2[262] == 0  # type: ignore[attr-defined]
    image = _image(pdf, out.getvalue()[start : start + length], picture.size, pikepdf.Name.DeviceGray, bits=1)
    image.Filter = pikepdf.Name.CCITTFaxDecode
    image.DecodeParms = pikepdf.Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=not is_white_zero)
    return image


def _image(pdf: Any, raw: bytes, size: tuple[int, int], space: Any, *, bits: int) -> Any:  # noqa: ANN401  # same
    import pikepdf

    image = pdf.make_stream(raw)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = size
    image.ColorSpace, image.BitsPerComponent = space, bits
    return image
