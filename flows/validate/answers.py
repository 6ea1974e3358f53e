"""Answers: which one stands where several agencies answer a question."""

from __future__ import annotations

from collections.abc import Mapping

from flows.model import Answer, City, Framework, Manifest, Question


def ranked_answers(manifest: Manifest, city: City, framework: Framework) -> dict[str, tuple[Answer, ...]]:
    """Question id → its answers, the one that stands first.

    The agency that owes the question comes first, then the others in the city's order (those that claim points before
    those that do not), then the secretariat. The first stands as a whole: where it claims nothing, nothing is claimed.
    Answers to unknown questions are left out.
    """
    places = {agency.id: number for number, agency in enumerate(city.agencies)}
    found: dict[str, list[Answer]] = {}
    for answer in manifest.answers:
        found.setdefault(answer.question_id, []).append(answer)
    return {
        question.id: tuple(sorted(found[question.id], key=lambda each: _rank(each, question, city, places)))
        for question in framework.questions
        if question.id in found
    }


def _rank(answer: Answer, question: Question, city: City, places: Mapping[str, int]) -> tuple[object, ...]:
    lead = city.agency_for(city.lead_role(question))
    is_lead = lead is not None and answer.agency_id == lead.id
    is_secretariat = not answer.agency_id
    standing = (not is_lead, is_secretariat, answer.points is None, places.get(answer.agency_id, len(places)))
    return (*standing, answer.place.path, answer.place.sheet, answer.place.cell)
