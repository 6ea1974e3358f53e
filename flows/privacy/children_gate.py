"""Whether a text may tell of children at all: asked of every page, table and part before anything is read closely."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.privacy.birth import tells_of_ages
from flows.privacy.captions import is_about_children
from flows.privacy.list_headings import CHILD_HEADINGS
from flows.privacy.shapes import may_tell_of_persons
from flows.privacy.telling_marks import tells_otherwise, tells_shortly
from flows.words import Words

LEAST_ROWS = 2
"""One child named is no list, unless it is told of as a case."""
_WORDS = Words(
    # Of headings.
    *("nama", "inisial", "didik", "siswa", "siswi", "murid", "santri", "balita", "juara", "pemohon", "pengantin"),
    *("catin", "calon", "mempelai", "student", "pupil", "name of child", "child name"),
    # Of what stands above lists in which names alone tell enough.
    *(
        "absen",
        "presensi",
        "hadir kelas",
        "korban",
        "abh",
        "adha",
        "hiv",
        "pelaku",
        "saksi",
        "terlantar",
        "jalanan",
        "berhadapan",
        "berkonflik",
        "duduk kelas",
        "denah duduk",
        "piket kelas",
        "kelompok belajar",
        "kelompok kelas",
        "regu pramuka",
        "anak usia 0",
        "penimbangan",
        "penulis",
        "caa",
        "\nkls",
        " kls ",
        "anak yatim",
        "ranking",
        "rangking",
        "leger",
        "tabungan kelas",
        "drumband",
        "drum band",
        "marching band",
        "wisudawan",
        " osis",
        "beasiswa",
        "santunan",
        "hadiah",
        "uang saku",
        "tali asih",
        "pemain",
        "skuad",
        "squad",
        "ssb",
        "atlet",
        "kiper",
        "forum anak:",
    ),
)
"""Without any of these words a list must tell dates, ages, classes or sexes by itself."""
# These begin with a sign that is searched for as fast as any word; texts are given one more at their beginning.
_HEADS = re.compile(
    r"\n[ \t]*(?:no|nomor|tgl|tanggal|kode|register)\b[^\n:]{0,60}\b(?:anak|klien|bayi|baduta|pasien|andikpas)\b"
)
"""Headings in one line, among them *Anak* or *Klien*: words that stand on most pages, but seldom so."""
_CALLS = re.compile(rf"\n[ \t]*(?:{'|'.join(sorted(CHILD_HEADINGS))})[ \t]*(?=[\n\f]|\Z)")
"""A cell, or a line, with one of these and nothing else."""
_SEX_OR_CLASS = re.compile(r"\n[ \t]*(?:l|p|lk|pr|laki-laki|perempuan|(?:[1-9]|1[0-2])[ -]?[a-h])[ \t]*(?=[\n\f]|\Z)")
_SAYS_AGES = re.compile(r"lahir|umur|usia|kelas|\bth\b|\bthn\b|\bbln\b|tahun|\d[-/.]\d|(?:19|20)\d\d", re.IGNORECASE)
_SCHOOL = re.compile(r"\b(?:SDN?|SMPN?|SMAN?|SMKN?|MIN?|MTsN?|MAN?|TK|PAUD|SLBN?) [A-Z\d]")
_ROW = "\f"


def may_tell_of_children(text: str, title: str = "") -> bool:
    """Whether ``text`` may name children: most pages and tables hold nothing that every such list has.

    Args:
        text: Of a page, or of a table as :func:`text_of_rows` writes it.
        title: What the document or the table is called.
    """
    lowered = _lowered(text, title)
    if _has_words(lowered):
        return True
    has_signs = may_tell_of_persons(text)
    return (
        tells_of_ages(text, LEAST_ROWS, has_dates=has_signs)
        or tells_otherwise(text, lowered, has_signs=has_signs)
        or tells_shortly(text, lowered)
        or _has_telling_lines(lowered)
    )


def may_list_children(text: str, title: str = "") -> bool:
    """Whether lines that may tell of children may be rows of a list, and not only call somebody a child.

    Three counts in a line, or schools above them, are no dates and classes where nothing else says so.
    """
    return _has_words(_lowered(text, title)) or (
        tells_of_ages(text, LEAST_ROWS, has_dates=may_tell_of_persons(text))
        and (_SAYS_AGES.search(text) is not None or _is_of_schools(text, title))
    )


def _is_of_schools(text: str, title: str) -> bool:
    """Whether a title speaks of children and schools stand in the text, where counts would stand beside places."""
    return _SCHOOL.search(text) is not None and is_about_children(title)


def text_of_rows(rows: Iterable[Iterable[str]]) -> str:
    """The cells of a table, each on a line of its own, and where its rows end."""
    return f"{_ROW}\n".join(["\n".join(row) for row in rows])


def _lowered(text: str, title: str) -> str:
    return f"\n{title}\n{text}".lower().replace("_", " ")


def _has_words(lowered: str) -> bool:
    return _WORDS.are_in(lowered) or _HEADS.search(lowered) is not None


def _has_telling_lines(lowered: str) -> bool:
    """Whether lines, or cells, of their own call somebody a child, or say the sex or the class of two: in two rows."""
    if _CALLS.search(lowered):
        return True
    if not _SEX_OR_CLASS.search(lowered):
        return False
    if _ROW not in lowered:
        return len(_SEX_OR_CLASS.findall(lowered)) >= LEAST_ROWS
    return sum(_SEX_OR_CLASS.search(row) is not None for row in lowered.split(_ROW)) >= LEAST_ROWS
