"""How streams of PDFs are packed; which are photos, what file each is, and how it loses the notes of its camera."""

from __future__ import annotations

from itertools import islice
from typing import Any

from flows import bounds
from flows.jpeg import is_wrapped, unwrapped, without_notes


def filters_of(stream: Any, most: int | None = None) -> list[str]:  # noqa: ANN401  # pikepdf is imported where it is used
    """Names of the filters of a stream, the outermost first; of an endless list at ``most`` so many."""
    import pikepdf

    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(each) for each in islice(found, most)] if isinstance(found, pikepdf.Array) else [str(found)]


def is_photo(stream: Any) -> bool:  # noqa: ANN401  # same
    """Whether a stream is a picture kept as a JPEG file."""
    return stream.get("/Subtype") == "/Image" and filters_of(stream)[-1:] == ["/DCTDecode"]


def file_of(photo: Any) -> bytes:  # noqa: ANN401  # same
    """The JPEG file of a photo; what nobody can unwrap comes as it lies there."""
    raw: bytes = photo.read_raw_bytes()
    filters = filters_of(photo)
    return unwrapped(raw, filters, bounds.PICTURE_WITHIN_BYTES) or raw if is_wrapped(filters) else raw


def strip_notes(photo: Any) -> None:  # noqa: ANN401  # same
    """Take out of a photo what the camera and programs wrote into it: where it was taken, names, comments.

    One without notes stays as it lies there, and so does what nobody can unwrap: that is told to be looked at in part.
    """
    import pikepdf

    jpeg = file_of(photo)
    bare = without_notes(jpeg)
    if bare == jpeg:
        return
    parameters = photo.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):  # one for each filter; only the last one stays
        parameters = parameters[-1] if len(parameters) else None
    elif is_wrapped(filters_of(photo)):
        parameters = None
    photo.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)
