"""Every part of an office file that is a zip inside: what people see, and what hides beside it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from flows.gather.digits import Watched
from flows.gather.scan_queries import look_at_queries
from flows.gather.scan_xml import Follower, sweep
from flows.gather.scan_zip import look_at_comments, look_at_names
from flows.gather.scanner import Scanner

FileWithin = Callable[[str, IO[bytes]], None]
"""Takes the name and content of a file within the file."""

_WORDLESS = re.compile(
    r"(?:.*/)?(?:styles|stylesWithEffects|theme\d*|fontTable|webSettings|numbering|calcChain|metadata|viewProps|"
    r"presProps|tableStyles|printerSettings\d*)\.(?:xml|bin)|\[Content_Types\]\.xml|META-INF/.*|_rels/\.rels"
    r"|Thumbnails/.*",
    re.IGNORECASE,
)
"""Parts that are large, alike everywhere and hold no words; formats of numbers and names of styles may all the same."""
_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
"""Read elsewhere."""
_PICTURE = re.compile(r".*/media/[^/]+\.(?:jpe?g|jfif|png|tiff?|heic|webp|gif|bmp)|Pictures/[^/]+", re.IGNORECASE)
_EMBEDDED = re.compile(
    r".*/embeddings/[^/]+|.*/afchunk[^/]*|.*\.(?:pdf|docx|xlsx|pptx|mht)|Object [^/]*", re.IGNORECASE
)
_MARKUP = re.compile(r".*\.(?:xml|vml|rels|htm|html|xhtml|rdf|svg)", re.IGNORECASE)
_OF_ITS_MAKE = re.compile(
    r"mimetype|layout-cache|Configurations2/.*|.*/fonts?/[^/]+|Fonts/[^/]+|.*\.(?:odttf|fntdata|ttf|otf|wdp|jpe?g|png|gif|"
    r"tiff?|bmp|ico|mp4|mp3|wav|avi|mov|m4a|wmv|key|sig|psmdcp|db|tmp)|\.DS_Store|__MACOSX/.*",
    re.IGNORECASE,
)
"""Parts of other kinds that hold no words: fonts, pictures, films, marks of programs."""
_QUERIES = re.compile(r"customXml/item\d+\.xml", re.IGNORECASE)
_WORDS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\d*\.xml|ppt/slides/slide(\d+)\.xml"
    r"|styles\.xml|content\.xml",
    re.IGNORECASE,
)
_BODIES = ("word/document.xml", "content.xml")
"""Parts of documents whose tables people count."""
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
        is_workbook: Its ``content.xml`` was read as sheets.
    """
    look_at_comments(archive, scanner)
    look_at_names(archive, scanner)
    names = [info.filename for info in archive.infolist() if info.file_size and not info.is_dir()]
    if len(set(names)) < len(names):
        scanner.cut()  # of parts with the same name only the last is read
    for name in sorted(dict.fromkeys(names), key=lambda name: (_WORDS.fullmatch(name) is None, names.index(name))):
        if scanner.is_spent:
            scanner.cut()
            return
        if _SHEET.fullmatch(name):
            continue
        if is_workbook and name == "content.xml":
            _sweep(archive, name, scanner, "elsewhere")
        elif _WORDS.fullmatch(name):
            _follow(archive, name, scanner)
        elif _PICTURE.fullmatch(name) or _EMBEDDED.fullmatch(name):
            _look_within(archive, name, scanner, file_within)
        else:
            _look_at_part(archive, name, scanner, file_within)


def _look_at_part(archive: zipfile.ZipFile, name: str, scanner: Scanner, file_within: FileWithin | None) -> None:
    """Look at a part that is no page and no file of its own."""
    if _QUERIES.fullmatch(name):
        with archive.open(name) as stream:
            look_at_queries(stream, scanner)
    if _WORDLESS.fullmatch(name) and _MARKUP.fullmatch(name):
        _sweep(archive, name, scanner, "elsewhere")
    elif _MARKUP.fullmatch(name):
        hidden = hidden_in(name)
        with archive.open(name) as stream:
            sweep(stream, scanner, hidden=hidden, page=_page(name), only_new=hidden in _REPEATED)
    elif name.lower().endswith((".bin", ".emf", ".wmf")):
        _look_at_records(archive, name, scanner)
    elif not _OF_ITS_MAKE.fullmatch(name):
        # Earlier versions of LibreOffice, and whatever else a program or a person has put in.
        _look_within(archive, name, scanner, file_within, called="")


def _look_within(
    archive: zipfile.ZipFile, name: str, scanner: Scanner, file_within: FileWithin | None, called: str | None = None
) -> None:
    """Look into a file; names of parts have been looked at, ``called`` is how it is named besides."""
    if file_within:
        with archive.open(name) as stream:
            file_within(name if called is None else called, stream)
    elif not _PICTURE.fullmatch(name):
        scanner.cut()


def _sweep(archive: zipfile.ZipFile, name: str, scanner: Scanner, hidden: str) -> None:
    """Look for what was not met in this part before, or is not looked for because such parts hold no words."""
    with archive.open(name) as stream:
        if not Watched(stream).exhaust().may_hold_number:
            return
    with archive.open(name) as stream:
        sweep(stream, scanner, hidden=hidden, page=_page(name), only_new=True)


def hidden_in(name: str) -> str:
    """Where a part of a container is hidden, a key of ``hidden`` in the catalogue; empty for what is seen."""
    return next((hidden for pattern, hidden in _COMPILED if pattern.search(name)), "elsewhere")


def _follow(archive: zipfile.ZipFile, name: str, scanner: Scanner) -> None:
    """Follow the words of a part as they are read; then sweep what stands in it beside them.

    That is: names of bookmarks and content controls, codes of fields, titles of pictures, addresses of links.
    """
    is_open_document = "/" not in name
    follower = Follower(
        scanner,
        page=_page(name),
        hidden=_hidden_slide(archive, name),
        is_open_document=is_open_document,
        counts_tables=name in _BODIES,
    )
    try:
        with archive.open(name) as stream:
            watched = Watched(stream)
            follower.follow(watched)
    except expat.ExpatError:
        _sweep(archive, name, scanner, "")
    else:
        if watched.may_hold_number:
            _sweep(archive, name, scanner, "elsewhere")


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
    from flows.gather.scan_old import shows_own_digits, words_of_bytes

    with archive.open(name) as stream:
        source = stream.read()
    if shows_own_digits(source):
        scanner.cut()
    hidden = hidden_in(name)
    only_new = hidden in _REPEATED or name.lower().startswith("xl/worksheets/")
    for text in words_of_bytes(source):
        scanner.look(text, hidden=hidden, only_new=only_new)
