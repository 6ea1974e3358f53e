"""What scans and photographed papers say, read by Tesseract; only where it was asked for (``--ocr`` or ``KLA_OCR``).

Runs in the child process that looks into the file. Its text goes the way of any other text: it says what a document is,
and it is searched for personal data, so that a scan is no longer one that nobody could look through.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from flows import bounds
from flows.errors import UsageError
from flows.gather.content import HEAD_CHARS, TAIL_CHARS, TEXT_CHARS, Content
from flows.gather.documents import mend
from flows.gather.pdf_pages import FIRST_PAGES
from flows.gather.scanner import Scanner
from flows.model import Media

if TYPE_CHECKING:
    from PIL.Image import Image

_PROGRAM, _LANGUAGE, _TURNS = "tesseract", "ind", "osd"
_POINTS_PER_INCH = 72
_ASK_SECONDS = 20
_INSTALL = "sudo apt-get update && sudo apt-get install -y tesseract-ocr tesseract-ocr-ind"


def reader_version() -> str:
    """Which program reads: its version and languages, part of the key of every answer it helped to find.

    Raises:
        UsageError: Tesseract or its Indonesian data are not on this computer.
    """
    version = installed_reader()
    if not version:
        raise UsageError(
            "OCR diminta, tetapi Tesseract dengan data bahasa Indonesia belum ada di komputer ini.",
            f"Pasang dengan: {_INSTALL}; atau jalankan tanpa --ocr (dan tanpa KLA_OCR).",
        )
    return version


def installed_reader() -> str:
    """As :func:`reader_version`, empty where there is none."""
    if shutil.which(_PROGRAM) is None:
        return ""
    languages = _languages()
    named = _output("--version").splitlines()
    return f"{named[0].strip()} {'+'.join(languages)}" if named and _LANGUAGE in languages else ""


def read_by_eye(path: Path, content: Content, media: Media, scanner: Scanner) -> Content:
    """``content`` with what the pages say that could only be seen; the scanner looks at each of them.

    Pages are read in the order of their use: the first and the last say what the document is, the others may only
    expose somebody. What the bounds leave unread stays unseen, and the file one looked at in part.
    """
    end = time.monotonic() + bounds.OCR_SECONDS
    if media is Media.IMAGE:
        texts = dict(_read(((None, image) for image in _picture(path)), end, scanner))
        return _with_text(content, [texts.get(None, "")])
    if media is not Media.PDF or not scanner.unseen:
        return content
    pages = content.pages or 0
    unseen = [page for page in sorted(scanner.unseen) if page <= pages]
    wanted = sorted(unseen, key=lambda page: (page > FIRST_PAGES and page != pages, page))[: bounds.OCR_PAGES]
    found = dict(_read(_pages(path, wanted), end, scanner))
    if not content.is_scan:
        return content
    first = [found.get(page, "") for page in range(1, min(FIRST_PAGES, pages) + 1)]
    return _with_text(content, first, found.get(pages, ""))


def _with_text(content: Content, first: list[str], last: str = "") -> Content:
    texts = [*filter(None, [content.text]), *map(mend, first)]
    text, tail = "\n".join(texts)[:TEXT_CHARS], mend(last or first[-1])[-TAIL_CHARS:]
    return replace(content, text=text, head=content.head + mend(first[0])[:HEAD_CHARS], tail=tail or content.tail)


def _read(images: Iterable[tuple[int | None, Image]], end: float, scanner: Scanner) -> Iterator[tuple[int | None, str]]:
    """Text per page, as long as there is time for one more."""
    for page, image in images:
        if time.monotonic() + bounds.OCR_PAGE_SECONDS > end:
            scanner.cut()
            return
        text = _text(image)
        if text is None:
            if page is None:
                scanner.cut()
            continue
        scanner.allow(bounds.SCAN_SECONDS)
        # Beside a picture that is read now, the page may have words that were looked at before.
        scanner.look(text, page=page, only_new=scanner.has_told(page), lists=not scanner.has_told(page))
        scanner.has_seen(page)
        yield page, text


def _pages(path: Path, numbers: list[int]) -> Iterator[tuple[int | None, Image]]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for number in numbers:
            with closing(document[number - 1]) as page:
                width, height = page.get_size()
                area = max(1.0, width * height)
                scale = min(bounds.OCR_DPI / _POINTS_PER_INCH, (bounds.OCR_PIXELS / area) ** 0.5)
                yield number, page.render(scale=scale, grayscale=True).to_pil()


def _picture(path: Path) -> Iterator[Image]:
    from PIL import Image, ImageOps

    with Image.open(path) as picture:
        if picture.width * picture.height > bounds.OCR_PIXELS:
            factor = (bounds.OCR_PIXELS / (picture.width * picture.height)) ** 0.5
            size = (max(1, int(picture.width * factor)), max(1, int(picture.height * factor)))
            picture.draft("L", size)
            picture.thumbnail(size)
        yield ImageOps.exif_transpose(picture).convert("L")


def _text(image: Image) -> str | None:
    """What a picture of a page says; None where it could not be read."""
    packed = BytesIO()
    image.save(packed, "PNG", compress_level=1)
    layout = "1" if _TURNS in _languages() else "3"
    command = [_PROGRAM, "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(bounds.OCR_DPI), "--psm", layout]
    try:
        done = subprocess.run(
            command,
            input=packed.getvalue(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=bounds.OCR_PAGE_SECONDS,
            # One thread: as many files are read at a time as there are children.
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = done.stdout.decode("utf-8", "replace").replace("\f", "")
    return text[: bounds.SCAN_PAGE_CHARS] if done.returncode == 0 else None


@cache
def _languages() -> tuple[str, ...]:
    found = [line.strip() for line in _output("--list-langs").splitlines()[1:]]
    return tuple(language for language in (_LANGUAGE, _TURNS) if language in found)


def _output(option: str) -> str:
    try:
        done = subprocess.run(
            [_PROGRAM, option], capture_output=True, text=True, timeout=_ASK_SECONDS, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout or done.stderr
