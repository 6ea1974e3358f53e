"""The words of ``jawaban.xlsx`` and of what is said about uploads: ``templates/unggah/jawaban.yaml``."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from functools import cache

from flows.errors import RulesError
from flows.settings import templates_root
from flows.yaml_files import Mapping, Problems, read_mapping

_PATH = "unggah/jawaban.yaml"
COLUMNS = (
    "nomor", "blok", "indikator", "pertanyaan", "teks", "jawaban", "catatan", "folder", "berkas", "tentang",
    "sudah", "tanggal", "pesan", "sidik",
)  # fmt: skip
"""Keys of the columns in their order."""


@dataclass(frozen=True, slots=True)
class Words:
    """All words, as they stand in the file."""

    sheet: str
    guide: str
    heads: MappingOf[str, str]
    done: str
    also_done: frozenset[str]
    not_done: frozenset[str]
    """Marks that people write beside a question that still has to be uploaded."""
    changed: str
    help: str
    other_mark: str
    """What a spreadsheet program says where another mark is typed."""
    forbidden: MappingOf[str, str]
    """What is said where nothing may be uploaded, by hindrance."""
    forbidden_file: str
    guide_lines: tuple[str, ...]
    progress_heads: tuple[str, ...]
    total: str
    limits: str
    sources: MappingOf[str, str]
    beyond: str
    remarks: MappingOf[str, str]
    troubles: MappingOf[str, str]

    def is_done(self, mark: str) -> bool:
        """Whether somebody has ticked a cell, in whatever way people do."""
        return mark == self.done or _bare(mark) in self.also_done

    def is_not_done(self, mark: str) -> bool:
        """Whether a mark is none, or says that the question still has to be uploaded."""
        return not mark or _bare(mark) in self.not_done


@cache
def load_words() -> Words:
    """Read the words.

    Raises:
        RulesError: the file has mistakes.
    """
    problems = Problems()
    top = read_mapping(templates_root() / _PATH, f"templates/{_PATH}", problems)
    if top is None:
        raise RulesError(problems.items)
    top.whole("format")
    words = Words(
        sheet=top.text("lembar"),
        guide=top.text("petunjuk"),
        heads=_texts(top, "kepala"),
        done=top.text("tanda"),
        also_done=frozenset(each.casefold() for each in top.texts("tanda_lain")),
        not_done=frozenset(each.casefold() for each in top.texts("tanda_belum")),
        changed=top.text("berubah"),
        help=top.text("bantuan"),
        other_mark=top.text("tanda_asing"),
        forbidden=_texts(top, "larangan"),
        forbidden_file=top.text("larangan_berkas"),
        guide_lines=top.texts("isi_petunjuk", required=True),
        progress_heads=top.texts("kepala_kemajuan", required=True),
        total=top.text("jumlah"),
        limits=top.text("batas"),
        sources=_texts(top, "sumber"),
        beyond=top.text("lebih"),
        remarks=_texts(top, "catatan"),
        troubles=_texts(top, "gangguan"),
    )
    top.close()
    if problems.items:
        raise RulesError(problems.in_order)
    return words


def _bare(mark: str) -> str:
    """A mark without what makes no difference: case, and the point or exclamation mark behind a word."""
    return mark.casefold().rstrip(" .!")


def _texts(top: Mapping, key: str) -> dict[str, str]:
    section = top.mapping(key, required=True)
    return {} if section is None else {name: section.text(name) for name in section.keys()}  # noqa: SIM118  # no dictionary
