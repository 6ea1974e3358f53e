"""Findings on the past: cited files that were overwritten or taken away, folders that are out of sight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows.history import has_changed
from flows.model import Finding, Manifest, PathHistory, is_own_folder
from flows.validate.docket import Docket
from flows.wording import listing, long_date

_VANISHED = "vanished"


def history_findings(docket: Docket) -> Iterator[Finding]:
    """What the history of paths has to tell; everything else about a gone file is said by its questions."""
    for one in _to_tell(docket.manifest):
        yield _withdrawn(one, docket) if one.withdrawn else _changed(one, docket)
    for note in docket.manifest.folders:
        if note.reason == _VANISHED:
            yield Finding(
                code="vanished-folder",
                severity=docket.catalogue.severity("vanished-folder"),
                agency_id=note.agency_id,
                path=note.folder,
                values={"folder": note.folder},
            )


def _to_tell(manifest: Manifest) -> Iterator[PathHistory]:
    """The histories that are a finding. A form is there to be filled in: that it changes is no news."""
    files, forms = manifest.by_path, {form.path for form in manifest.forms}
    for one in manifest.history:
        if one.withdrawn or (has_changed(one) and one.path in files and one.path not in forms):
            yield one


def _withdrawn(one: PathHistory, docket: Docket) -> Finding:
    return Finding(
        code="file-withdrawn",
        severity=docket.catalogue.severity("file-withdrawn"),
        agency_id=one.agency_id,
        question_id=next(iter(one.questions), ""),
        path=one.path,
        values={**_values(one, docket), "since": _day(one.withdrawn)},
    )


def _changed(one: PathHistory, docket: Docket) -> Finding:
    return Finding(
        code="file-changed",
        severity=docket.catalogue.severity("file-changed"),
        agency_id=one.agency_id,
        question_id=next(iter(one.questions), ""),
        path=one.path,
        values={
            **_values(one, docket),
            "since": _day(one.versions[-1].since),
            "first": _day(one.versions[0].since),
            "count": str(len({each.sha256 for each in one.versions})),
        },
    )


def _values(one: PathHistory, docket: Docket) -> dict[str, str]:
    """What both say: what the file was kept for, and whose copies to ask for."""
    return {"use": _use(one, docket), "city": docket.city.id, "year": str(docket.city.evaluation_year)}


def _use(one: PathHistory, docket: Docket) -> str:
    """What the file was kept for: its questions, or what a file without any can be."""
    phrases = docket.catalogue.phrases
    if one.questions:
        return phrases["for-questions"].format(questions=listing(one.questions))
    return phrases["as-approval" if is_own_folder(one.path.partition("/")[0]) else "as-form"]


def _day(iso: str) -> str:
    return long_date(date.fromisoformat(iso))
