"""Findings on photos: the same one again, here or in another evaluation; of a wrong year; too small for print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows import wording
from flows.model import EarlierPicture, EvidenceFile, Finding, Period
from flows.validate.docket import Docket
from flows.validate.file_rules import is_evidence
from flows.validate.likeness import Group, alike

FEWEST_PIXELS = 300_000
"""Half a page of A4 is 17 by 12 cm; at 100 dots per inch, the least at which print still shows what a photo shows, that
is 670 by 470 pixels."""
_NAMED = 4


def photo_findings(docket: Docket) -> Iterator[Finding]:
    """One finding per group of pictures that are the same, and per picture of a wrong year or too few pixels."""
    photos = [file for file in docket.manifest.files if file.photo and is_evidence(file) and file.condition.is_readable]
    cited = docket.manifest.questions_of()
    for group in alike(photos, docket.manifest.earlier.pictures):
        if len(group.files) > 1:
            yield _reused(group.files, cited, docket)
        yield from _used_before(group, cited, docket)
    for history in docket.manifest.earlier.unread:
        yield Finding(
            code="earlier-history-unread",
            severity=docket.catalogue.severity("earlier-history-unread"),
            values={"history": f"{docket.city.id}/{history}", "year": history.partition("/")[0]},
        )
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


def _used_before(group: Group, cited: dict[str, tuple[str, ...]], docket: Docket) -> Iterator[Finding]:
    """A picture of this evaluation that proved something in one before, one finding per group.

    Data years of two evaluations overlap, so a photo that says it is of a year that both ask for is used rightly.
    """
    for file in group.files:
        before = [picture for picture in group.earlier if not _is_of_both(file, picture.year, docket)]
        if file.path in cited and before:
            break
    else:
        return
    shown = [_placed_before(picture) for picture in before[:_NAMED]]
    more = len(before) - len(shown)
    yield Finding(
        code="photo-used-before",
        severity=docket.catalogue.severity("photo-used-before"),
        agency_id=file.agency_id,
        question_id=cited[file.path][0],
        path=file.path,
        values={
            "others": "; ".join([*shown, *([f"+{more}"] if more else [])]),
            "evaluations": wording.listing(sorted({str(picture.year) for picture in before})),
            "data_years": wording.listing(list(map(str, docket.city.data_years))),
        },
    )


def _is_of_both(file: EvidenceFile, earlier: int, docket: Docket) -> bool:
    """Whether a photo is said, by its camera or else by its name, to be of a data year that was past back then too."""
    taken = file.photo.taken if file.photo else ""
    said = {int(taken[:4])} if taken else set(file.years)
    return any(year < earlier for year in said.intersection(docket.city.data_years))


def _placed_before(picture: EarlierPicture) -> str:
    questions = f", {', '.join(picture.questions)}" if picture.questions else ""
    return f"{picture.path} ({picture.year}{questions})"


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
