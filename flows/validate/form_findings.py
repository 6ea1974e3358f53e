"""Findings on forms: what their reading noticed, who has none, what is unanswered, links without files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flows.model import Agency, Finding, FormNote, Question
from flows.validate.docket import Docket
from flows.validate.merging import AREA_ROLES

_NEAREST = "nearest"
_UNNAMED = "unnamed"
"""Said instead of a suggestion where a row of a list of evidence names no file."""
_FOUND_WORDS = "column-"
"""Start of the phrases that say what a misnamed column holds."""


def form_findings(docket: Docket) -> Iterator[Finding]:
    """Findings that forms give rise to as wholes, in the order of the manifest and then of the city."""
    seen: set[tuple[object, ...]] = set()
    for note in docket.manifest.form_notes:
        finding = note_finding(note, docket)
        key = (finding.code, finding.path, finding.sheet, finding.cell, *sorted(finding.values.items()))
        if key not in seen:
            seen.add(key)
            yield finding
    # A city that does not work with forms is not asked for them.
    if any(form.is_back or not form.is_taken for form in docket.manifest.forms):
        yield from _agencies(docket)
    yield from _links(docket)


def note_finding(note: FormNote, docket: Docket) -> Finding:
    """What reading a form noticed, with its words filled in."""
    remedy = docket.catalogue.remedies.get(note.values.get("detail", ""))
    return Finding(
        code=note.code,
        severity=docket.catalogue.severity(note.code),
        agency_id=note.agency_id,
        question_id=note.question_id,
        path=note.place.path,
        values={key: value for key, value in _worded(note.values, docket).items() if key != _NEAREST}
        | ({"remedy": remedy} if remedy else {}),
        sheet=note.place.sheet,
        cell=note.place.cell,
    )


def _worded(values: Mapping[str, str], docket: Docket) -> dict[str, str]:
    """Keys of words as the words themselves; what is no such key stays as it is."""
    catalogue = docket.catalogue
    worded = dict(values)
    if _NEAREST in values or "suggestion" in values:
        nearest = values.get(_NEAREST, "")
        found = catalogue.phrases["nearest"].format(nearest=nearest) if nearest else ""
        worded["suggestion"] = values.get("suggestion") or found
    if values.get("suggestion") == _UNNAMED:
        told = catalogue.phrases["unnamed-row"].format(value=values.get("value", ""))
        worded |= {"value": catalogue.phrases[_UNNAMED], "suggestion": told}
    for key, say in _SAYERS.items():
        if key in worded:
            worded[key] = say(worded[key], docket)
    return worded


def _detail(value: str, docket: Docket) -> str:
    return docket.catalogue.details.get(value, value)


def _remark(value: str, docket: Docket) -> str:
    return docket.catalogue.remarks.get(value, value)


def _found(value: str, docket: Docket) -> str:
    return docket.catalogue.phrases.get(_FOUND_WORDS + value, value)


def _table(value: str, docket: Docket) -> str:
    schema = docket.framework.tables.get(value)
    return schema.title if schema else value


def _filler(value: str, docket: Docket) -> str:
    """Name behind the key of a filler (``opd:dinkes``, ``kelurahan:63.71.01.1001``); an empty one is nobody known."""
    if not value:
        return docket.catalogue.phrases["unknown-filler"]
    kind, colon, filler_id = value.partition(":")
    if not colon:
        return value
    if not filler_id:
        return docket.catalogue.phrases["secretariat"] if kind == "sekretariat" else value
    names = {f"opd:{agency.id}": agency.name for agency in docket.city.agencies}
    for district in docket.city.districts:
        names[f"kecamatan:{district.code}"] = district.name
        names.update({f"kelurahan:{village.code}": village.name for village in district.villages})
    return names.get(value, value)


_SAYERS: Mapping[str, Callable[[str, Docket], str]] = {
    "detail": _detail,
    "remark": _remark,
    "found": _found,
    "table": _table,
    "made_for": _filler,
    "expected": _filler,
}


def _agencies(docket: Docket) -> Iterator[Finding]:
    owed: dict[str, list[Question]] = {}
    for question in docket.framework.questions:
        lead = docket.lead(question)
        if lead is not None:
            owed.setdefault(lead.id, []).append(question)
    for agency in docket.city.agencies:
        questions = owed.get(agency.id, [])
        if questions and agency.id not in docket.closed and not _stands_for_areas(agency, docket):
            yield from _agency(agency, questions, docket)


def _stands_for_areas(agency: Agency, docket: Docket) -> bool:
    """Whether kecamatan or kelurahan fill small forms of their own in its stead."""
    return bool(docket.city.districts and agency.roles) and set(agency.roles) <= AREA_ROLES


def _agency(agency: Agency, questions: list[Question], docket: Docket) -> Iterator[Finding]:
    if agency.id not in docket.forms or not docket.forms[agency.id].is_back:
        code, extra, path = "form-missing", {}, ""
    else:
        answered = sum(
            any(answer.agency_id == agency.id for answer in docket.answers.get(question.id, ()))
            for question in questions
        )
        if answered == len(questions):
            return
        code, extra, path = "form-incomplete", {"answered": str(answered)}, docket.forms[agency.id].path
    yield Finding(
        code=code,
        severity=docket.catalogue.severity(code),
        agency_id=agency.id,
        path=path,
        values={"agency": agency.name, "count": str(len(questions)), **extra},
    )


def _links(docket: Docket) -> Iterator[Finding]:
    """Questions for which there is a link and no file."""
    known = {question.id for question in docket.framework.questions}
    for question_id, links in docket.references.items():
        if question_id in known and question_id not in docket.cited:
            first = links[0]
            yield Finding(
                code="link-only",
                severity=docket.catalogue.severity("link-only"),
                agency_id=first.agency_id,
                question_id=question_id,
                path=first.place.path,
                values={"value": first.url, "agency": docket.agency_name(first.agency_id)},
                sheet=first.place.sheet,
                cell=first.place.cell,
            )
