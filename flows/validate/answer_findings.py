"""Findings on answers: where two agencies contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from flows import wording
from flows.forms.numerals import parse_number
from flows.model import Answer, ColumnType, Finding, Question
from flows.names import fold
from flows.validate.docket import Docket

_PROSE = "uraian"
"""Kind of answer in which everyone tells a share of his own, so that different words contradict nothing."""


def answer_findings(question: Question, docket: Docket) -> Iterator[Finding]:
    """A finding for every answer to ``question`` that contradicts the one that stands."""
    answers = docket.answers.get(question.id, ())
    for other in answers[1:]:
        shown = _contradiction(question, answers[0], other)
        if shown is None:
            continue
        standing = docket.agency_name(answers[0].agency_id)
        yield Finding(
            code="answers-disagree",
            severity=docket.catalogue.severity("answers-disagree"),
            agency_id=answers[0].agency_id,
            question_id=question.id,
            path=other.place.path,
            sheet=other.place.sheet,
            cell=other.place.cell,
            values={
                "value": wording.quoted(shown[0]),
                "other_value": wording.quoted(shown[1]),
                "agency": standing,
                "other": docket.agency_name(other.agency_id),
                "standing": standing,
            },
            points=question.points,
            # Who lifts a contradiction lifts this one: other answers are another.
            spot=" / ".join(shown),
        )


def _contradiction(question: Question, first: Answer, second: Answer) -> tuple[str, str] | None:
    """What the two say where they exclude each other, in words."""
    if question.answer.kind != _PROSE and _differ(first.choice, second.choice):
        return first.choice, second.choice
    if first.points is not None and second.points is not None and first.points != second.points:
        return wording.in_points(first.points), wording.in_points(second.points)
    return None


def _differ(first: str, second: str) -> bool:
    """Whether both say something and not the same; "98,5" and "98.5 %" are one figure."""
    if not (first.strip() and second.strip()) or fold(first) == fold(second):
        return False
    figures = [parse_number(text, ColumnType.PERCENT) for text in (first, second)]
    return None in figures or len({figure.number for figure in figures if figure}) > 1
