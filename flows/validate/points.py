"""Points: claimed, supported by evidence, maximum. Three numbers, never a predicted award.

Claimed points come only from the agency's form or the secretariat's answer sheet. Proven points are the claimed ones of
questions whose evidence is complete. Where nothing is claimed, the maximum of the questions with complete evidence
stands under its own name. Indicator maxima cap everything (contract: product design, "Points").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.model import Outcome, Points, Question


def question_points(question: Question, outcome: Outcome, claimed: float | None) -> Points:
    """Points of one question; a claim above the question's maximum counts as the maximum."""
    is_complete = outcome is Outcome.COMPLETE
    capped = None if claimed is None else min(max(claimed, 0.0), question.points)
    proven = None if capped is None else (capped if is_complete else 0.0)
    return Points(question.points, capped, proven, question.points if is_complete else 0.0)


def capped_points(maximum: float, parts: Sequence[Points]) -> Points:
    """Points of an indicator: the sum of its questions' points, none above ``maximum``."""
    return _total(maximum, parts, cap=maximum)


def summed_points(parts: Sequence[Points]) -> Points:
    """Points of a block or the city: the sum of already capped parts."""
    return _total(sum(part.maximum for part in parts), parts, cap=None)


def _total(maximum: float, parts: Sequence[Points], cap: float | None) -> Points:
    claimed = _sum_known(part.claimed for part in parts)
    proven = _sum_known(part.proven for part in parts)
    with_proof = sum(part.maximum_with_proof for part in parts)
    return Points(
        maximum=maximum,
        claimed=_capped(claimed, cap),
        proven=_capped(proven, cap),
        maximum_with_proof=_capped(with_proof, cap) or 0.0,
    )


def _sum_known(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _capped(value: float | None, cap: float | None) -> float | None:
    return value if value is None or cap is None else min(value, cap)
