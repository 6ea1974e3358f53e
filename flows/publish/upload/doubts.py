"""What in the operator's column of ticks is understood by nobody: said, for it counts as not uploaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.privacy import mask_numbers
from flows.publish.upload.sheet import Row
from flows.publish.upload.words import load_words
from flows.wording import listing, number

_SHOWN, _MARK_CHARS = 6, 24
"""How many questions are named, and how much of a mark."""


def doubts(rows: Sequence[Row], copy: Path) -> Iterator[str]:
    """A sentence on marks that mean nothing, and one on days without a mark; none where all is understood.

    Args:
        rows: Every question with what was carried over.
        copy: The operator's own sheet, where it is put right.
    """
    words = load_words()
    left = [row for row in rows if row.carried.is_open]
    strange = [row for row in left if not words.is_not_done(row.carried.tick.mark)]
    dated = [row for row in left if row.carried.tick.date and not row.carried.tick.mark]
    if strange:
        yield words.troubles["tanda"].format(tanda=_named([_marked(row) for row in strange]), berkas=copy)
    if dated:
        yield words.troubles["tanggal"].format(tanda=_named([row.upload.question_id for row in dated]), berkas=copy)


def _marked(row: Row) -> str:
    mark = mask_numbers(" ".join(row.carried.tick.mark.split()))
    short = mark if len(mark) <= _MARK_CHARS else mark[:_MARK_CHARS].rstrip() + "…"
    return f"{row.upload.question_id} (“{short}”)"


def _named(texts: Sequence[str]) -> str:
    more = len(texts) - _SHOWN
    return listing([*texts[:_SHOWN], *([f"{number(more)} lainnya"] if more > 0 else [])])
