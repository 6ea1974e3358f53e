"""Whatever the limit: every file that comes of a document keeps it, or the document is named."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.model import Media
from flows.publish.upload.fit import Job, fit
from tests.gather import photo_kit
from tests.publish.upload_kit import scan

TROUBLES = {"", "gambar-besar", "terlalu-besar", "jenis"}


@cache
def content(media: Media, size: int) -> bytes:
    """A photo or a scan of some pages, larger with ``size``."""
    if media is Media.IMAGE:
        return photo_kit.jpeg(photo_kit.scene(size, (400 * size, 300 * size)))
    return scan(size, 240)


@settings(max_examples=30)
@given(
    media=st.sampled_from([Media.IMAGE, Media.PDF]),
    size=st.integers(1, 5),
    most=st.integers(3_000, 400_000),
    types=st.sets(st.sampled_from(["pdf", "jpg", "png"])),
    is_scan=st.booleans(),
)
def test_files_keep_the_limit_or_the_document_is_named(
    media: Media,
    size: int,
    most: int,
    types: set[str],
    is_scan: bool,  # noqa: FBT001  # drawn by name
) -> None:
    if media is Media.PDF:
        types = types | {"pdf"}  # others are refused before
    with tempfile.TemporaryDirectory() as name:
        source, folder = Path(name) / "asli", Path(name) / "jadi"
        folder.mkdir()
        source.write_bytes(content(media, size))
        done = fit(Job(str(source), media, most, tuple(sorted(types)), str(folder), is_scan=is_scan))
        assert done.trouble in TROUBLES
        assert bool(done.names) is not bool(done.trouble)
        pages = 0
        for path in (folder / each for each in done.names):
            assert path.stat().st_size <= most
            assert path.suffix.lstrip(".") in types
            if media is Media.PDF:
                with pikepdf.open(path) as pdf:
                    pages += len(pdf.pages)
        assert media is not Media.PDF or pages == (size if done.names else 0)
