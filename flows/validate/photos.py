"""Findings on photos: the same one again, taken in another year, too small to be read in print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows import wording
from flows.model import EvidenceFile, Finding, Period
from flows.validate.docket import Docket
from flows.validate.file_rules import is_evidence
from flows.validate.likeness import alike

FEWEST_PIXELS = 300_000
"""Half a page of A4 is 17 by 12 cm; at 100 dots per inch, the least at which print still shows what a photo shows, that
is 670 by 470 pixels."""
_NAMED = 4


def photo_findings(docket: Docket) -> Iterator[Finding]:
    """One finding per group of pictures that are the same, and per picture of a wrong year or too few pixels."""
    photos = [file for file in docket.manifest.files if file.photo and is_evidence(file) and file.condition.is_readable]
    cited = docket.manifest.questions_of()
    for group in alike(photos):
        yield _reused(group, cited, docket)
    for file in photos:
        yield from _too_small(file, cited.get(file.path, ()), docket)
        yield from _other_year(file, cited.get(file.path, ()), docket)


def _reused(group: Sequence[EvidenceFile], cited: dict[str, tuple[str, ...]], docket: Docket) -> Finding:
    first, others = group[0], group[1:]
    shown = [_with_questions(file, cited) for file in others[:_NAMED]]
    more = len(others) - len(shown)
    return Finding(
        code="photo-reused",
        severity=docket.catalogue.severity("photo-reused"),
        agency_id=first.agency_id,
        question_id=next(iter(cited.get(first.path, ())), ""),
        path=first.path,
        values={"others": "; ".join([*shown, *([f"+{more}"] if more else [])]), "count": str(len(group))},
    )


def _with_questions(file: EvidenceFile, cited: dict[str, tuple[str, ...]]) -> str:
    questions = ", ".join(cited.get(file.path, ()))
    return f"{file.path} ({questions})" if questions else file.path


def _too_small(file: EvidenceFile, cited: Sequence[str], docket: Docket) -> Iterator[Finding]:
    photo = file.photo
    if photo and photo.width * photo.height < FEWEST_PIXELS:
        yield Finding(
            code="photo-too-small",
            severity=docket.catalogue.severity("photo-too-small"),
            agency_id=file.agency_id,
            question_id=cited[0] if cited else "",
            path=file.path,
            values={"width": str(photo.width), "height": str(photo.height)},
        )


def _other_year(file: EvidenceFile, cited: Sequence[str], docket: Docket) -> Iterator[Finding]:
    """A photo may show its year by itself. Where its name says the same wrong year, ``wrong-year`` has said it."""
    year = int(file.photo.taken[:4]) if file.photo and file.photo.taken else 0
    if not year or year in docket.city.data_years or year in file.years:
        return
    asked = [each for each in docket.framework.questions if each.id in cited and _is_dated(each.id, file, docket)]
    if asked:
        yield Finding(
            code="photo-date-outside",
            severity=docket.catalogue.severity("photo-date-outside"),
            agency_id=file.agency_id,
            question_id=asked[0].id,
            path=file.path,
            values={"year": str(year), "data_years": wording.listing(list(map(str, docket.city.data_years)))},
        )


def _is_dated(question_id: str, file: EvidenceFile, docket: Docket) -> bool:
    """Whether the question asks for evidence of the data years that this file may be."""
    kinds = {*file.kinds, *file.named_kinds, *file.declared_kinds}
    question = next(each for each in docket.framework.questions if each.id == question_id)
    return any(one.period is Period.DATA_YEARS and one.kind in kinds for one in question.requirements)
