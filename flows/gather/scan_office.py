"""Every part of an office file that is a zip inside: what people see, and what hides beside it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from flows.gather.scan_xml import Follower, sweep
from flows.gather.scanner import Scanner

FileWithin = Callable[[str, IO[bytes]], None]
"""Takes the name and content of a file within the file."""

_SKIPPED = re.compile(
    r"(?:.*/)?(?:styles|stylesWithEffects|theme\d*|fontTable|webSettings|numbering|calcChain|metadata|viewProps|"
    r"presProps|tableStyles|printerSettings\d*)\.(?:xml|bin)|\[Content_Types\]\.xml|META-INF/.*|_rels/\.rels"
    r"|xl/worksheets/[^/]*\.(?:xml|bin)|Thumbnails/.*",
    re.IGNORECASE,
)
"""Parts without words, and parts that are read elsewhere."""
_PICTURE = re.compile(r".*/media/[^/]+\.(?:jpe?g|jfif|png|tiff?|heic|webp)|Pictures/[^/]+", re.IGNORECASE)
_EMBEDDED = re.compile(
    r".*/embeddings/[^/]+|.*/afchunk[^/]*|.*\.(?:pdf|docx|xlsx|pptx|mht)|Object [^/]*", re.IGNORECASE
)
_MARKUP = re.compile(r".*\.(?:xml|vml|rels|htm|html|xhtml|rdf)", re.IGNORECASE)
_WORDS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\d*\.xml|ppt/slides/slide(\d+)\.xml"
    r"|styles\.xml|content\.xml",
    re.IGNORECASE,
)
_PLACES = (
    (
        r"xl/(?:threaded)?comments?\d*|xl/comments|xl/persons|word/comments|word/people|ppt/comment|vmldrawing",
        "comment",
    ),
    (r"pivotcache|pivottables", "pivot"),
    (r"externallinks|connections|querytables|_rels/", "link"),
    (r"/charts/|chartsheets|object \d", "chart"),
    (r"sharedstrings", "leftover"),
    (r"docprops|^meta\.xml|settings\.xml", "properties"),
    (r"customxml", "xml"),
    (r"notesslides|notesmasters", "notes"),
    (r"xl/workbook\.", "formula"),
    (r"xl/drawings/drawing|xl/tables|slidemasters|slidelayouts|diagrams", ""),
)
"""Where in a container what is hidden how; the first that fits counts, the rest lies elsewhere."""
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), hidden) for pattern, hidden in _PLACES)
_REPEATED = frozenset({"leftover", "chart", "link"})
"""Places that repeat what stands in cells; only what stands nowhere else is told of them."""


def look_at_parts(
    archive: zipfile.ZipFile, scanner: Scanner, file_within: FileWithin | None, *, is_workbook: bool = False
) -> None:
    """Look at every part of the container but the sheets of a workbook, which are looked at as tables.

    Args:
        archive: Of a document, workbook or presentation, its size checked before.
        scanner: Gets all words.
        file_within: Takes embedded files and pictures; None where they are not to be looked into.
        is_workbook: Its ``content.xml`` is read as sheets, not as paragraphs.
    """
    names = [info.filename for info in archive.infolist() if info.file_size and not info.is_dir()]
    for name in sorted(dict.fromkeys(names), key=lambda name: (_WORDS.fullmatch(name) is None, names.index(name))):
        if scanner.is_spent:
            scanner.cut()
            return
        if is_workbook and name == "content.xml":
            continue
        if _WORDS.fullmatch(name):
            _follow(archive, name, scanner)
        elif _PICTURE.fullmatch(name) or _EMBEDDED.fullmatch(name):
            _look_within(archive, name, scanner, file_within)
        elif not _SKIPPED.fullmatch(name) and _MARKUP.fullmatch(name):
            hidden = hidden_in(name)
            with archive.open(name) as stream:
                sweep(stream, scanner, hidden=hidden, page=_page(name), only_new=hidden in _REPEATED)
        elif name.lower().endswith(".bin") and not _SKIPPED.fullmatch(name):
            _look_at_records(archive, name, scanner)


def _look_within(archive: zipfile.ZipFile, name: str, scanner: Scanner, file_within: FileWithin | None) -> None:
    if file_within:
        with archive.open(name) as stream:
            file_within(name, stream)
    elif not _PICTURE.fullmatch(name):
        scanner.cut()


def hidden_in(name: str) -> str:
    """Where a part of a container is hidden, a key of ``hidden`` in the catalogue; empty for what is seen."""
    return next((hidden for pattern, hidden in _COMPILED if pattern.search(name)), "elsewhere")


def _follow(archive: zipfile.ZipFile, name: str, scanner: Scanner) -> None:
    is_open_document = "/" not in name
    follower = Follower(
        scanner, page=_page(name), hidden=_hidden_slide(archive, name), is_open_document=is_open_document
    )
    try:
        with archive.open(name) as stream:
            follower.follow(stream)
    except expat.ExpatError:
        with archive.open(name) as stream:
            sweep(stream, scanner, hidden="", page=_page(name), only_new=True)


def _hidden_slide(archive: zipfile.ZipFile, name: str) -> str:
    if not name.startswith("ppt/slides/"):
        return ""
    with archive.open(name) as stream:
        return "slide" if re.search(rb"""<p:sld\s[^>]*\bshow=["'](?:0|false)""", stream.read(4096)) else ""


def _page(name: str) -> int | None:
    found = re.search(r"ppt/(?:slides|notesSlides)/(?:slide|notesSlide)(\d{1,6})\.xml", name, re.IGNORECASE)
    return int(found[1]) if found else None


def _look_at_records(archive: zipfile.ZipFile, name: str, scanner: Scanner) -> None:
    """Parts of an .xlsb: texts stand in them as UTF-16."""
    from flows.gather.scan_old import words_of_bytes

    with archive.open(name) as stream:
        source = stream.read()
    hidden = hidden_in(name)
    for text in words_of_bytes(source):
        scanner.look(text, hidden=hidden, only_new=hidden in _REPEATED)
