"""Web pages and .xml files: what they show, and what stands in their comments, scripts and tags."""

from __future__ import annotations

import html
import re
from typing import IO

from flows.gather.markup_tables import tables_in
from flows.gather.scan_xml import pieces_of, words_of
from flows.gather.scanner import Scanner

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_SCRIPT = re.compile(r"(<(script|style)\b(?!:)[^<>]{0,2000}>)(.*?)(?:</\2\b|\Z)", re.DOTALL | re.IGNORECASE)
_PICTURE = ";base64,"
_WITHIN = re.compile(r"\bdata:(?:image|application)/[\w.+-]{1,80};base64,[A-Za-z0-9+/=\s]{20000}")
"""A picture or a document written into the page, and no mere sign: it can be seen only."""
_TAG = re.compile(r"<[^<>]*>")
_MAY_HOLD = re.compile(r"\d(?:\W{0,2}\d){9}")


def look_at_markup(stream: IO[bytes], scanner: Scanner) -> None:
    """Look at all of a page, piece by piece: a script is no markup, and a comment no tag without words."""
    for piece in pieces_of(stream):
        if scanner.is_spent:
            scanner.cut()
            return
        text, comments, scripts = piece, list[str](), list[str]()
        if "<!--" in text:
            comments = _COMMENT.findall(text)
            text = _COMMENT.sub("\n", text)
        if "</" in text and _SCRIPT.search(text):
            scripts = [body for _, _, body in _SCRIPT.findall(text)]
            text = _SCRIPT.sub(r"\1\n</", text)
        if "<!ENTITY" in piece:
            scanner.cut()  # words that it puts together when it is shown
        if _PICTURE in text and _WITHIN.search(text):
            scanner.cut()
        known = scanner.told
        tables = list(tables_in(text))
        for table in tables:
            scanner.look_at_rows(table.rows, title=table.title)
        # What was found in rows is not counted once more in the words of the whole page.
        scanner.look(words_of(text), only_new=bool(tables), lists=scanner.told == known)
        for bodies, hidden in ((map(words_of, comments), "comment"), (scripts, "elsewhere")):
            if body := "\n".join(bodies):
                scanner.look(body, hidden=hidden)
        left = "\n".join(tag for tag in _TAG.findall(text) if _MAY_HOLD.search(tag))
        scanner.look(html.unescape(left), hidden="elsewhere", only_new=True)
