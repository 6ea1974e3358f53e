"""Findings on the whole: names against folders, unknown folders, silent agencies, roles nobody carries."""

from __future__ import annotations

from collections.abc import Iterator

from flows import bounds
from flows.approval_sheet import SheetFlaw, sheet_flaw
from flows.model import APPROVAL_NAMES, Finding, Media, Question
from flows.validate.docket import Docket
from flows.validate.file_rules import is_evidence
from flows.wording import condition_label

_FOLDER_CODES = {"unmatched": "unknown-agency", "unreadable": "unreadable-folder", "antivirus-stopped": "virus-unseen"}

_APPROVAL_WORD = "pengesahan"
"""In the name of whatever an office lays down as the signed sheet."""
_DRAFTS = (".doc", ".docx", ".odt", ".rtf", ".txt", ".xls", ".xlsx")
"""Nobody signs on these: they are what the sheet was written in."""


def city_findings(docket: Docket) -> Iterator[Finding]:
    """Findings that hang on neither a single question nor a single file's condition."""
    yield from _conflicts(docket)
    yield from _folders(docket)
    yield from _archives(docket)
    yield from _unscanned(docket)
    yield from _open_files(docket)
    yield from _approval(docket)
    yield from _silent_agencies(docket)
    yield from _roles_without_agency(docket)


def _conflicts(docket: Docket) -> Iterator[Finding]:
    for conflict in docket.manifest.conflicts:
        yield Finding(
            code="name-conflict",
            severity=docket.catalogue.severity("name-conflict"),
            agency_id=docket.files[conflict.path].agency_id,
            question_id=conflict.taken[0],
            path=conflict.path,
            values={"taken": ", ".join(conflict.taken), "dropped": ", ".join(conflict.dropped)},
        )


def _folders(docket: Docket) -> Iterator[Finding]:
    for note in docket.manifest.folders:
        code = _FOLDER_CODES.get(note.reason)
        if code is not None:
            yield Finding(
                code=code,
                severity=docket.catalogue.severity(code),
                agency_id=note.agency_id,
                path=note.folder,
                values={"folder": note.folder},
            )


def _archives(docket: Docket) -> Iterator[Finding]:
    for note in docket.manifest.archives:
        yield Finding(
            code="archive-partly-listed",
            severity=docket.catalogue.severity("archive-partly-listed"),
            agency_id=note.agency_id,
            path=note.path,
            values={"count": str(note.taken), "left": str(note.left)},
        )


def _unscanned(docket: Docket) -> Iterator[Finding]:
    code = "virus-unseen-file"
    for path in docket.manifest.unscanned:
        agency_id = docket.files[path].agency_id
        yield Finding(code=code, severity=docket.catalogue.severity(code), agency_id=agency_id, path=path)


def _open_files(docket: Docket) -> Iterator[Finding]:
    for one in docket.manifest.open_files:
        yield Finding(
            code="file-open",
            severity=docket.catalogue.severity("file-open"),
            agency_id=docket.files[one.path].agency_id,
            path=one.path,
            values={"who": one.who or docket.catalogue.phrases["unknown-user"]},
        )


def _approval(docket: Docket) -> Iterator[Finding]:
    """The signed approval sheet, where the book will hold the blank one in its place."""
    code, file = "approval-unusable", docket.manifest.approval
    if file is None:
        yield from _misnamed(docket)
        return
    if (flaw := sheet_flaw(file)) is None:
        return
    words = docket.catalogue
    if flaw is SheetFlaw.CONDITION:
        detail = words.details.get(file.detail) or f"keadaannya {condition_label(file.condition)}"
    else:
        detail = words.phrases[flaw.value].format(most=bounds.APPROVAL_PAGES)
    yield Finding(code=code, severity=docket.catalogue.severity(code), path=file.path, values={"detail": detail})


def _misnamed(docket: Docket) -> Iterator[Finding]:
    """What is likely to be the signed sheet and is not taken for it: under another name, or in another folder."""
    code = "approval-misnamed"
    for file in docket.manifest.files:
        name, is_own = file.name.casefold(), file.media is Media.OWN and file.path.count("/") == 1
        is_draft = name.endswith(_DRAFTS)
        if (is_own and _APPROVAL_WORD in name and not is_draft) or (not is_own and name in APPROVAL_NAMES):
            yield Finding(code=code, severity=docket.catalogue.severity(code), path=file.path)


def _silent_agencies(docket: Docket) -> Iterator[Finding]:
    owed = _owed(docket)
    active = {file.agency_id for file in docket.manifest.files if is_evidence(file)}
    active |= {form.agency_id for form in docket.manifest.forms if form.is_taken and form.filled_cells}
    for agency in docket.city.agencies:
        carried = (role for role in agency.roles if docket.city.agency_for(role) is agency)
        questions = [question for role in carried for question in owed.get(role, ())]
        if questions and agency.id not in active and agency.id not in docket.closed:
            yield Finding(
                code="agency-silent",
                severity=docket.catalogue.severity("agency-silent"),
                agency_id=agency.id,
                values={"agency": agency.name, "count": str(len(questions))},
                points=sum(question.points for question in questions),
            )


def _roles_without_agency(docket: Docket) -> Iterator[Finding]:
    for role, questions in _owed(docket).items():
        if docket.city.agency_for(role) is None:
            yield Finding(
                code="role-without-agency",
                severity=docket.catalogue.severity("role-without-agency"),
                values={"role": docket.framework.roles[role].label, "count": str(len(questions))},
                points=sum(question.points for question in questions),
            )


def _owed(docket: Docket) -> dict[str, list[Question]]:
    """Role → questions it owes in this city, in the instrument's order."""
    owed: dict[str, list[Question]] = {}
    for question in docket.framework.questions:
        owed.setdefault(docket.city.lead_role(question), []).append(question)
    return owed
