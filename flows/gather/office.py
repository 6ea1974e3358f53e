"""Word documents and presentations: how many slides, and the text of the first pages; persons are looked for in all."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path
from typing import Any

from flows import bounds
from flows.gather.beginnings import beginnings
from flows.gather.content import HEAD_CHARS, TAIL_CHARS, TEXT_CHARS, Content, LockedError, TooLargeError
from flows.gather.document_dates import first_enacted
from flows.gather.scan_office import FileWithin, look_at_parts
from flows.gather.scanner import Scanner
from flows.model import Media

_PARAGRAPHS = 2_000
_SLIDES = 5
_MAIN_PART = "word/document.xml"
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]{0,4096}>")
_LINE_END = re.compile(r"</(?:a:p|text:p|text:h)>|<(?:text:line-break|a:br)\b[^>]*>")
_GAP = re.compile(r"<text:(?:s|tab)\b[^>]*>")
"""Spaces and tabulators, which the open formats write as elements."""
_TARGET = re.compile(r"""\bTarget\s*=\s*["']([^"']*)""")


def check_container(path: Path) -> None:
    """Refuse a zip container that unpacks to more than may be read.

    Raises:
        TooLargeError: it is a bomb, or so large that nobody would call it a document.
    """
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    is_bomb = unpacked > bounds.CONTAINER_RATIO_MATTERS_BYTES and unpacked / packed > bounds.CONTAINER_RATIO
    if len(members) > bounds.CONTAINER_MEMBERS:
        raise TooLargeError("too-many-parts")
    if unpacked > bounds.CONTAINER_BYTES:
        raise TooLargeError("too-much-inside")
    if is_bomb:
        raise TooLargeError("packed-too-tightly")


def read_document(path: Path, media: Media, scanner: Scanner, file_within: FileWithin | None = None) -> Content:
    """The content of a text document or presentation in a zip container; all of it is looked at.

    Args:
        path: Of the file.
        media: Text document or presentation.
        scanner: Looks for personal data in all parts.
        file_within: Takes files and pictures within it.

    Raises:
        LockedError: it is protected by a password.
    """
    with zipfile.ZipFile(path) as archive:
        is_open_document = "content.xml" in archive.namelist()
        if is_open_document and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise LockedError
        with scanner.trying():
            look_at_parts(archive, scanner, file_within)
    if is_open_document:
        return _read_open_document(path)
    return _read_word(path) if media is Media.TEXT_DOCUMENT else _read_slides(path)


def _read_word(path: Path) -> Content:
    """The text of a .docx, .docm or .dotx, paragraphs and table cells in the order of the page."""
    from docx.oxml import parse_xml

    with zipfile.ZipFile(path) as archive, archive.open(_main_part(archive)) as member:
        document = parse_xml(member.read(bounds.CONTAINER_BYTES))
    lines: list[str] = []
    for number, paragraph in enumerate(document.iter("{*}p")):
        if number >= _PARAGRAPHS:
            break
        pieces = paragraph.iter("{*}t", "{*}br", "{*}tab", "{*}cr")
        lines.extend("".join(map(_word_of, pieces)).split("\n"))
    whole = "\n".join(line for line in lines if line.strip())
    return _written(whole)


def _written(whole: str) -> Content:
    """What a text without pages of its own yields."""
    text = whole[:TEXT_CHARS]
    enacted = first_enacted(whole[TEXT_CHARS:])
    return Content(
        text=text, head=text[:HEAD_CHARS], tail=whole[-TAIL_CHARS:], enacted=enacted, begun=beginnings(whole)
    )


def _word_of(part: Any) -> str:  # noqa: ANN401  # python-docx is imported where it is used
    """What a piece of a paragraph says; headings are often one paragraph, its lines broken by hand."""
    kind = part.tag.rpartition("}")[2]
    return (part.text or "") if kind == "t" else " " if kind == "tab" else "\n"


def _main_part(archive: zipfile.ZipFile) -> str:
    """The part that holds the text. Where it is said to lie elsewhere than usual, that place counts.

    The document is not opened as a whole: one with macros, a template, or one that lost a picture is readable too.
    """
    if _MAIN_PART in archive.namelist():
        return _MAIN_PART
    relations = archive.read("_rels/.rels").decode("utf-8", "replace")
    targets = [_TARGET.search(relation) for relation in _RELATION.findall(relations) if '/officeDocument"' in relation]
    return next((target[1].lstrip("/") for target in targets if target), _MAIN_PART)


def _read_slides(path: Path) -> Content:
    """How many slides a .pptx has, and the text of the first ones."""
    with zipfile.ZipFile(path) as archive:
        slides = [name for name in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
        slides.sort(key=lambda name: (len(name), name))
        text = "\n".join(_xml_text(archive, name) for name in slides[:_SLIDES])[:TEXT_CHARS]
    return Content(pages=len(slides) or None, text=text, head=text[:HEAD_CHARS])


def _read_open_document(path: Path) -> Content:
    """The text of an .odt or .odp."""
    with zipfile.ZipFile(path) as archive:
        whole = _xml_text(archive, "content.xml")
    return _written(whole)


def _xml_text(archive: zipfile.ZipFile, name: str) -> str:
    """The words of one XML member; its size was checked before."""
    with archive.open(name) as member:
        source = member.read(bounds.CONTAINER_BYTES // 8).decode("utf-8", "replace")
    lines = _LINE_END.split(_GAP.sub(" ", source))
    return "\n".join(html.unescape(re.sub(r"<[^>]*>", "", line)).strip() for line in lines)
