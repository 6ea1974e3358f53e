"""Findings on the past: cited files that were overwritten or taken away, folders that are out of sight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows.model import Finding, PathHistory
from flows.validate.docket import Docket
from flows.wording import listing, long_date

_VANISHED = "vanished"


def history_findings(docket: Docket) -> Iterator[Finding]:
    """What the history of paths has to tell; everything else about a gone file is said by its questions."""
    for one in docket.manifest.history:
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
    """What both say: the questions, and whose copies to ask for."""
    phrases = docket.catalogue.phrases
    use = phrases["for-questions"].format(questions=listing(one.questions)) if one.questions else phrases["as-form"]
    return {"use": use, "city": docket.city.id, "year": str(docket.city.evaluation_year)}


def _day(iso: str) -> str:
    return long_date(date.fromisoformat(iso))
