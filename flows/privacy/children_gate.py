"""Whether a text may tell of children at all: asked of every page, table and part before anything is read closely."""

from __future__ import annotations

import re

from flows.privacy.birth import tells_of_ages
from flows.privacy.list_headings import CHILD_HEADINGS
from flows.privacy.tellings import tells_otherwise
from flows.words import holds_any

LEAST_ROWS = 2
"""One child named is no list, unless it is told of as a case."""
_WORDS = (
    # Of headings.
    *("nama", "inisial", "didik", "siswa", "siswi", "murid", "santri", "balita", "juara", "pemohon", "pengantin"),
    *("catin", "calon", "mempelai"),
    # Of what stands above lists in which names alone tell enough.
    *("korban", "abh", "adha", "hiv", "pelaku", "saksi", "terlantar", "jalanan", "berhadapan", "berkonflik"),
)
"""Without any of these words a list must tell dates, ages, classes or sexes by itself."""
_HEADS = re.compile(
    r"(?:\A|\n)[ \t]*(?:no|nomor|tgl|tanggal|kode|register)\b[^\n:]{0,60}"
    r"\b(?:anak|klien|bayi|baduta|pasien|andikpas)\b",
    re.IGNORECASE,
)
"""Headings in one line, among them *Anak* or *Klien*: words that stand on most pages, but seldom so."""
_SAYS_AGES = re.compile(r"lahir|umur|usia|kelas|\bth\b|\bthn\b|\bbln\b|tahun|\d[-/.]\d|(?:19|20)\d\d", re.IGNORECASE)
_SEXES = frozenset({"l", "p", "lk", "pr", "laki-laki", "perempuan"})
"""In a cell, or a line, of their own."""
_LONGEST_SEX = 9


def may_tell_of_children(text: str, title: str = "") -> bool:
    """Whether ``text`` may name children: most pages and tables hold nothing that every such list has.

    Args:
        text: Of a page, or the cells of a table, each on a line of its own.
        title: What the document or the table is called.
    """
    if _has_words(text, title):
        return True
    return tells_of_ages(text, LEAST_ROWS) or tells_otherwise(text) or _has_telling_lines(text)


def may_list_children(text: str, title: str = "") -> bool:
    """Whether lines that may tell of children may be rows of a list, and not only call somebody a child.

    Three counts in a line, or schools above them, are no dates and classes where nothing else says so.
    """
    return _has_words(text, title) or (tells_of_ages(text, LEAST_ROWS) and _SAYS_AGES.search(text) is not None)


def _has_words(text: str, title: str) -> bool:
    return holds_any(f"{title}\n{text}".lower().replace("_", " "), _WORDS) or _HEADS.search(text) is not None


def _has_telling_lines(text: str) -> bool:
    """Whether lines, or cells, of their own call somebody a child, or say the sex of two."""
    short = [line.strip().lower() for line in text.split("\n") if len(line) <= 2 * _LONGEST_SEX]
    return not CHILD_HEADINGS.isdisjoint(short) or sum(line in _SEXES for line in short) >= LEAST_ROWS
