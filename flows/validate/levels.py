"""Ranks of legal products: Perda above Perwali/Perbup above instructions and decisions above circulars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.model import EvidenceFile, EvidenceKind
from flows.names import fold

Kinds = Mapping[str, EvidenceKind]


def highest_first(files: Sequence[EvidenceFile], kinds: Kinds) -> tuple[EvidenceFile, ...]:
    """``files`` by the rank of their legal products, otherwise as they were."""
    return tuple(sorted(files, key=lambda file: -level_of(file, kinds)))


def level_of(file: EvidenceFile, kinds: Kinds) -> int:
    """The highest rank among the recognised kinds of ``file``, 0 where it has none."""
    ranked = ranked_kinds(file, kinds)
    return ranked[0].level if ranked else 0


def ranked_kinds(file: EvidenceFile, kinds: Kinds) -> list[EvidenceKind]:
    """Recognised kinds of ``file`` that have a rank, the highest first."""
    return sorted(
        (kinds[kind] for kind in file.kinds if kind in kinds and kinds[kind].level), key=lambda kind: -kind.level
    )


def is_named(kind: EvidenceKind, text: str) -> bool:
    """Whether ``text`` names ``kind`` by its label or one of the words people use for it."""
    words = f" {fold(text)} "
    return any(f" {fold(word)} " in words for word in (kind.label, *kind.name_words))
