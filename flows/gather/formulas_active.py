"""Formulas that fetch, send or start something instead of reckoning: in workbooks, and in texts opened as one."""

from __future__ import annotations

import re

from flows.words import holds_any

_REMOTE_WORDS = (b"WEBSERVICE", b"IMPORT", b"IMAGE", b"RTD", b"REGISTER", b"CALL(", b"HYPERLINK")
_REMOTE = re.compile(
    rb"\b(?:WEBSERVICE|IMPORT(?:XML|DATA|HTML|FEED|RANGE)|IMAGE|RTD|REGISTER(?:\.ID)?|CALL)\s{0,4}\(", re.IGNORECASE
)
_DDE = re.compile(rb"\w\|[^\n!|]{1,256}!")
_BEGINS = re.compile(
    rb"""(?:^|[\n,;\t"'])\s{0,8}[=+@-][^\n,;]{0,40}?"""
    rb"\b(?:WEBSERVICE|IMPORT(?:XML|DATA|HTML|FEED|RANGE)|IMAGE|RTD|REGISTER(?:\.ID)?|CALL|HYPERLINK)\s{0,4}\(",
    re.IGNORECASE,
)
"""In a text the cell has to begin as a formula; there a link is one as well, that shows one thing and opens another."""


def active_in_formulas(formulas: bytes) -> tuple[str, ...]:
    """What the formulas of a sheet do, one a line, as :attr:`flows.model.EvidenceFile.active`."""
    is_remote = holds_any(formulas, _REMOTE_WORDS) and _REMOTE.search(formulas)
    is_dde = b"|" in formulas and _DDE.search(formulas)
    return (*(["remote-formula"] if is_remote else []), *(["dde"] if is_dde else []))


def has_remote_formula(text: bytes) -> bool:
    """Whether a cell of a text of separated values would reach outside when a spreadsheet program opens it."""
    if b"(" not in text or not holds_any(text, (b"=", b"+", b"@")):
        return False
    is_near = holds_any(text, _REMOTE_WORDS) or holds_any(text.upper(), _REMOTE_WORDS)
    return is_near and _BEGINS.search(text) is not None
