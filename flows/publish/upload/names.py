"""Names of folders and files that every system, and hopefully the ministry's application, takes."""

from __future__ import annotations

import re
import unicodedata

from flows.model import Block, UploadItem
from flows.privacy import mask_numbers
from flows.publish.upload.limits import UploadLimits
from flows.wording import without_loose_end

_MASK = "\u2022"
"""What stands for hidden digits; written as ``x`` where only plain letters may."""
_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "/": "-", _MASK: "x"})
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()\-,&+']+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_OTHER_QUESTIONS = re.compile(r"^(?:[ ,_]+\d{1,2}[A-Z]?\.\d{1,2}[a-z]{0,2}\d?(?=[ ,_.-]))+")
"""Ids behind the first in the name of a document that answers several."""
_FOLDER_CHARS = 34
"""Windows takes 260 characters of a whole path, and names of cities and documents are long."""
_SHORTEST_TITLE = 8


def plain(text: str, forbidden: str = "") -> str:
    """``text`` in letters of ASCII without numbers of persons, signs that systems dislike, and doubled spaces."""
    decomposed = unicodedata.normalize("NFKD", mask_numbers(text).translate(_DASHES))
    ascii_text = "".join(char for char in decomposed if not unicodedata.combining(char))
    kept = _NOT_PLAIN.sub(" ", ascii_text)
    kept = "".join(" " if char in forbidden else char for char in kept)
    return re.sub(r"\.{2,}", ".", " ".join(kept.split())).strip(" .-_,")


def block_folder(block: Block, place: int) -> str:
    """``01-KL-Kelembagaan``; ``place`` counts from 1."""
    title = plain((block.title or block.label).replace("/", " ")).replace(",", "")
    words = without_loose_end(_cut(title, _FOLDER_CHARS)).replace(" ", "-")
    return f"{place:02}-{plain(block.id)}-{words}" if words else f"{place:02}-{plain(block.id)}"


def question_folder(question_id: str) -> str:
    """The folder of a question: its id."""
    return plain(question_id).replace(" ", "-") or "-"


def part_word(part: int, parts: int) -> str:
    """``(bagian 02 dari 12)``, so that parts sort as they follow each other; empty for a whole document."""
    return f" (bagian {part:0{len(str(parts))}} dari {parts})" if parts > 1 else ""


def file_name(number: int, item: UploadItem, suffix: str, limits: UploadLimits, part: int = 1, parts: int = 1) -> str:
    """``01 III-12.1-02 SK Gugus Tugas.pdf``: what tells it apart in front, its title as far as there is room.

    Args:
        number: Of the document within its question, from 1.
        item: The document.
        suffix: What the piece is, ``pdf``.
        limits: Longest name and characters that may not occur.
        part: Of so many ``parts``.
        parts: 1 for a whole document.
    """
    label = plain(item.label, limits.forbidden)
    head = f"{number:02} {label} ".replace("  ", " ") if label else f"{number:02} "
    tail = f"{part_word(part, parts)}.{suffix}"
    title = plain(_without_number(_SUFFIX.sub("", item.title.strip()), item.label), limits.forbidden)
    room = limits.name_chars - len(head) - len(tail)
    if room < _SHORTEST_TITLE:
        head, room = f"{number:02} ", limits.name_chars - 3 - len(tail)
    return head.rstrip() + (f" {short}" if (short := _cut(title, room)) else "") + tail


def _cut(title: str, room: int) -> str:
    """No more of a title than there is room for, at the end of a word where one is near."""
    if len(title) <= room:
        return title
    cut = title[:room]
    at_word = cut.rpartition(" ")[0]
    return (without_loose_end(at_word) if len(at_word) * 2 > room else cut).strip(" .-_,(")


def _without_number(title: str, label: str) -> str:
    """A title that is but the file's name begins with its question, which the label says already, and maybe others."""
    question = label.rpartition("/")[2].rpartition("-")[0]
    rest = title.removeprefix(question)
    if not (question and rest[:1] and rest[0] in " _-.,"):
        return title
    rest = _OTHER_QUESTIONS.sub("", rest)
    return rest if plain(rest) else title
