"""Forms in the control report: whose came back, and how many of the questions are answered in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flows.render.evidence import Evidence


class FormState(StrEnum):
    """What became of an agency's form."""

    TAKEN = "taken"
    REFUSED = "refused"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FormView:
    """The form of an agency, and how many of its questions are answered in it."""

    name: str
    state: FormState
    answered: int
    questions: int
    """Questions it owes."""
    claimed: float | None
    """Points it claims for them; None where it claims none."""


@dataclass(frozen=True, slots=True)
class AreaFormsView:
    """How many forms of kecamatan or of kelurahan came back."""

    has_villages: bool
    returned: int
    areas: int


def form_views(evidence: Evidence) -> tuple[FormView, ...]:
    """Forms of all agencies that owe questions, in the city's order; none where no form has come back at all."""
    if not _has_any(evidence):
        return ()
    owed: dict[str, list[str]] = {}
    for result in evidence.assessment.questions.values():
        owed.setdefault(result.lead_agency_id, []).append(result.question_id)
    answers: dict[str, dict[str, float | None]] = {}
    for answer in evidence.manifest.answers:
        answers.setdefault(answer.agency_id, {}).setdefault(answer.question_id, answer.points)
    return tuple(
        _form_view(agency, name, owed[agency], answers.get(agency, {}), evidence)
        for agency, name in evidence.agencies.items()
        if agency in owed
    )


def _form_view(
    agency: str, name: str, owed: Sequence[str], answers: Mapping[str, float | None], evidence: Evidence
) -> FormView:
    answered = [question for question in owed if question in answers]
    claims = [points for question in answered if (points := answers[question]) is not None]
    state = form_state(agency, evidence)
    return FormView(name, state, len(answered), len(owed), sum(claims) if claims else None)


def form_state(agency: str, evidence: Evidence) -> FormState:
    """What became of the form of one agency."""
    forms = [form for form in evidence.manifest.forms if form.agency_id == agency and not form.area]
    if any(form.is_back for form in forms):
        return FormState.TAKEN
    return FormState.REFUSED if any(not form.is_taken for form in forms) else FormState.MISSING


def area_forms(evidence: Evidence) -> tuple[AreaFormsView, ...]:
    """Forms of areas that came back, out of the city's kecamatan and kelurahan; none where the city has none."""
    back = {form.area for form in evidence.manifest.forms if form.is_back and form.area}
    districts = {district.code for district in evidence.city.districts}
    villages = {village.code for district in evidence.city.districts for village in district.villages}
    if not _has_any(evidence):
        return ()
    groups = ((False, districts), (True, villages))
    return tuple(AreaFormsView(has, len(back & codes), len(codes)) for has, codes in groups if codes)


def _has_any(evidence: Evidence) -> bool:
    """Whether the city works with forms at all: one that is filled in, or one that had to be refused."""
    return any(form.is_back or not form.is_taken for form in evidence.manifest.forms)
