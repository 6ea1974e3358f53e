"""Photos and scans become captioned pages that lie or stand by their shape: upright, small, no notes of the camera."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from flows import bounds, page_wording
from flows.render.annex.geometry import frame_of
from flows.render.annex.images import image_stream
from flows.render.annex.job import PAGES_FILE, Job, TroubleError
from flows.render.annex.lettering import Lettering
from flows.render.annex.wrapping import save_wrapped
from flows.render.values import Prepared

if TYPE_CHECKING:
    from PIL import Image

_MARGIN = 34.0
_CAPTION_SIZE, _LEADING, _LINES, _GAP = 9.0, 12.0, 3, 8.0
_LEAST_POINTS_A_DOT = 72 / 96
"""No picture is shown larger than screens show it: enlarging adds nothing."""
_REDUCED_COPY, _NEW_SUBFILE = 1, 254
_STILL = frozenset({"TIFF", "MPO"})
"""Formats whose further frames are pages or previews."""
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, struct.error)
"""What Pillow raises over damaged bytes."""
_EIGHT_BITS, _SIXTEEN_BITS = 255.0, 65_535.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things stand on a page, in points from its lower left corner."""

    width: float
    height: float
    box: tuple[float, float, float, float]
    """Left, bottom, width and height of the picture."""
    caption: tuple[str, ...]
    margin: float
    """Where the lines of the caption begin: below the left edge of the picture, if that leaves them room."""


def prepare_picture(job: Job) -> Prepared:
    """A captioned page per picture of the file.

    Raises:
        TroubleError: it is damaged, or larger or longer than any photo or scan.
    """
    import pikepdf

    with pikepdf.new() as pdf:
        for picture, remark in pictures(job.path):
            _add_page(pdf, picture, f"{job.caption} ({remark})" if remark else job.caption, job.sides)
        frames = [frame_of(page.obj) for page in pdf.pages]
        save_wrapped(pdf, frames, job.folder / PAGES_FILE)
    return Prepared(job.folder / PAGES_FILE, len(frames))


def pictures(path: Path) -> Iterator[tuple[Image.Image, str]]:
    """Every picture ready to be placed, with what is to be said of it where it is not all of the file.

    Raises:
        TroubleError: as :func:`prepare_picture`.
    """
    from PIL import Image

    with path.open("rb") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield from _frames(stream)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise TroubleError("too-large") from error
        except _DAMAGE as error:
            raise TroubleError("damaged") from error


def _frames(stream: BinaryIO) -> Iterator[tuple[Image.Image, str]]:
    import pillow_heif
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS = bounds.PICTURE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    pillow_heif.register_heif_opener(thumbnails=False)
    with Image.open(stream) as opened:
        places, moving = _places(opened), _moving(opened)
        for number, place in enumerate(places, start=1):
            opened.seek(place)
            yield _ready(opened), f"{number}/{len(places)}" if len(places) > 1 else moving


def _places(opened: Image.Image) -> list[int]:
    """Frames that are pages: all of a TIFF but its reduced copies. Those of other formats are movement or previews."""
    if opened.format != "TIFF":
        return [0]
    places = []
    for number in range(bounds.ANNEX_PAGES + 1):
        try:
            opened.seek(number)
        except EOFError:
            break
        if number == bounds.ANNEX_PAGES:
            raise TroubleError("too-long")
        if not number or not int(opened.tag_v2.get(_NEW_SUBFILE, 0)) & _REDUCED_COPY:  # type: ignore[attr-defined]
            places.append(number)
    return places


def _moving(opened: Image.Image) -> str:
    """What is said of a picture that moves, of which the first frame is printed; the previews of photos do not move."""
    frames = int(getattr(opened, "n_frames", 1)) if opened.format not in _STILL else 1
    return page_wording.first_of_frames(frames) if frames > 1 else ""


def _ready(opened: Image.Image) -> Image.Image:
    """The frame upright, on white, in black and white, grey or colour, no larger than is printed."""
    from PIL import Image, ImageOps

    is_bilevel = opened.mode == "1"
    side = bounds.ANNEX_BILEVEL_SIDE if is_bilevel else bounds.ANNEX_PICTURE_SIDE
    if opened.format == "JPEG":
        opened.draft(None, (side, side))
    if opened.width * opened.height > bounds.PICTURE_PIXELS:
        raise TroubleError("too-large")
    picture = _upright(opened)
    if is_bilevel and max(picture.size) <= side:
        return picture
    picture = plain(picture)
    if max(picture.size) > side:
        picture = ImageOps.contain(picture, (side, side), Image.Resampling.LANCZOS)
    return picture


def _upright(opened: Image.Image) -> Image.Image:
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(opened)
    except (TypeError, ValueError, KeyError, ZeroDivisionError, SyntaxError):  # damaged notes of a camera
        return opened.copy()


def plain(picture: Image.Image) -> Image.Image:
    """Grey or colour without transparency, which is white as on paper."""
    from PIL import Image

    if picture.mode.startswith("I") or picture.mode == "F":
        return _eight_bits(picture)
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return picture if picture.mode in ("L", "RGB") else picture.convert("L" if picture.mode == "1" else "RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scanners and measuring instruments give 16 or 32 bits a dot: made into what the eye can tell apart."""
    low, high = (float(value) for value in picture.getextrema())  # type: ignore[arg-type]
    if picture.mode != "F":
        low, high = 0.0, _SIXTEEN_BITS if high > _EIGHT_BITS else _EIGHT_BITS
    scale = _EIGHT_BITS / ((high - low) or 1.0)
    offset = -low * scale
    return picture.convert("F").point(lambda value: value * scale + offset).convert("L")


def _add_page(pdf: Any, picture: Image.Image, caption: str, sides: tuple[float, float]) -> None:  # noqa: ANN401  # pikepdf is imported where it is used
    import pikepdf

    lettering = Lettering()
    sheet = _laid_out(picture.size, caption, lettering, sides)
    left, bottom, width, height = sheet.box
    drawn = f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f} cm /Gambar Do Q\n".encode("ascii")
    for number, line in enumerate(sheet.caption):
        drawn += lettering.line(
            "Huruf", line, sheet.margin, bottom - _GAP - _LEADING * number - _CAPTION_SIZE, _CAPTION_SIZE
        )
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Gambar=image_stream(pdf, picture)))
    if sheet.caption:
        resources.Font = pikepdf.Dictionary(Huruf=lettering.embed(pdf, sheet.caption))
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, sheet.width, sheet.height],
        Resources=resources,
        Contents=pdf.make_stream(drawn),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _laid_out(size: tuple[int, int], caption: str, lettering: Lettering, sides: tuple[float, float]) -> _Sheet:
    """As large as fits above its caption, in the middle of the width, at the top of the page."""
    across, up = size
    width, height = reversed(sides) if across > up else sides
    lines = lettering.wrap(caption, _CAPTION_SIZE, width - 2 * _MARGIN, _LINES)
    room = height - 2 * _MARGIN - (_GAP + _LEADING * len(lines))
    scale = min((width - 2 * _MARGIN) / across, room / up, _LEAST_POINTS_A_DOT)
    shown = across * scale, up * scale
    left = (width - shown[0]) / 2
    longest = max((lettering.width(line, _CAPTION_SIZE) for line in lines), default=0.0)
    margin = max(_MARGIN, min(left, width - _MARGIN - longest))
    return _Sheet(width, height, (left, height - _MARGIN - shown[1], *shown), lines, margin)
