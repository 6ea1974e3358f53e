"""Findings on personal data: whose numbers and names a file exposes, where, and what nobody could look through.

Gather has found and masked; here it is decided who is a child and how heavy that weighs. A place of a file (a sheet,
the pages of a document, a hidden corner) has one finding per kind, however many children it lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flows import wording
from flows.findings import Catalogue
from flows.model import (
    ALONE,
    LIKELY,
    SMALL_COUNTS,
    City,
    Condition,
    EvidenceFile,
    Exposure,
    ExposureKind,
    Finding,
    Manifest,
    Media,
    PrivacyReview,
    Reach,
)
from flows.validate.docket import Docket
from flows.validate.exposing_beside import named_one_each, special_questions

ADULT_AGE = 18
_CENTURY = 100
_LATER_YEARS = 1
"""Work on a year of evaluation goes on into the next, in which children are born too."""
_PAGES_NAMED = 6
_TOLD_BY_PLACE = frozenset({"name", "swept"})
"""Places where nothing can be made visible: the name of a file, and what no program here opens."""
_COUNTS = {ExposureKind.SMALL_COUNT: "counts-in-difficulty", ExposureKind.SEX_COUNT: "counts-by-sex"}
_CODES = {
    ExposureKind.FAMILY_CARD: "family-card",
    ExposureKind.CHILD_LIST: "child-list",
    ExposureKind.SMALL_COUNT: SMALL_COUNTS,
    ExposureKind.SEX_COUNT: SMALL_COUNTS,
}
"""Findings of what exposes alike wherever it stands."""
_UNREADABLE = {Condition.LOCKED: "locked", Condition.ARRIVING: "arriving", Condition.EMPTY: ""}
_FAILURES = ("inspection-crash", "inspection-timeout")
_NOTHING_TO_SEE = (Condition.IGNORED, Condition.EMPTY)


@dataclass(frozen=True, slots=True)
class _Case:
    """A file with what is asked of it."""

    docket: Docket
    file: EvidenceFile
    questions: tuple[str, ...]
    """Questions it answers."""
    sensitive: tuple[str, ...]
    """Those of them whose proof is shown at the verification only."""
    is_special: bool = False
    """Whether one of them, or of those its original answers, is about children in difficulty."""
    is_one_of_many: bool = False
    """Whether it names one child, as other files beside it do."""

    def finding(self, code: str, values: dict[str, str] | None = None, where: Exposure | None = None) -> Finding:
        """A finding on the file, or on the place in it where an exposure was found."""
        return Finding(
            code=code,
            severity=self.docket.catalogue.severity(code),
            agency_id=self.file.agency_id,
            question_id=next(iter(self.sensitive or self.questions), ""),
            path=self.file.path,
            values=values or {},
            sheet=where.sheet if where else "",
            cell=where.cell if where else "",
            spot=where.hidden if where else "",
        )


def privacy_findings(docket: Docket) -> Iterator[Finding]:
    """Everything there is to say about personal data in the files of a manifest."""
    sensitive = {question.id for question in docket.framework.questions if question.is_sensitive}
    special = sensitive | special_questions(docket.framework)
    questions = docket.manifest.questions_of()
    many = named_one_each(docket.manifest)
    for file in docket.manifest.files:
        cited = questions.get(file.path, ())
        proves = cited or questions.get(file.redacts, ())
        case = _Case(
            docket,
            file,
            cited,
            tuple(each for each in cited if each in sensitive),
            is_special=not special.isdisjoint(proves),
            is_one_of_many=file.path in many,
        )
        yield from _exposure_findings(case)
        if file.reach is Reach.PART:
            yield case.finding("privacy-partly")
    yield from _unassessable_findings(docket)


def privacy_review(manifest: Manifest, findings: Sequence[Finding]) -> PrivacyReview:
    """How far the files of a manifest were looked through, and how much the findings on them count up to."""
    opened = _opened_archives(manifest)
    reaches = Counter(file.reach for file in manifest.files if is_looked_at(file))
    kinds = Counter(kind for file in manifest.files if (kind := unassessable_kind(file, opened)))
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.code] += int(finding.values.get("total", "0"))
    return PrivacyReview(
        whole=reaches[Reach.WHOLE],
        partly=reaches[Reach.PART],
        unassessable=dict(sorted(kinds.items())),
        unseen=sum(map(is_unseen, manifest.files)) or _failed_to_look(manifest),
        counts={code: count for code, count in sorted(counts.items()) if count},
    )


def _failed_to_look(manifest: Manifest) -> int:
    """How many files could not be looked through because the looking failed, where it failed for all.

    That is a fault of the machine, and nobody may conclude from it that there is nothing to see.
    """
    looked_at = [file for file in manifest.files if is_looked_at(file)]
    failed = sum(file.detail in _FAILURES for file in looked_at)
    return 0 if any(file.reach is not Reach.NONE for file in looked_at) else failed


def is_looked_at(file: EvidenceFile) -> bool:
    """Whether anybody must know what ``file`` holds: system files and ignored ones are never shown to anyone."""
    return file.media is not Media.SYSTEM and file.condition not in _NOTHING_TO_SEE


def is_unseen(file: EvidenceFile) -> bool:
    """Whether ``file`` has text that could be looked through and was not."""
    return is_looked_at(file) and file.reach is Reach.NONE and file.condition.is_readable and file.has_text


_OURS = frozenset({Media.GUIDE, Media.OWN})
"""The city's own papers and pictures: nobody has to look for children in an emblem."""


def unassessable_kind(file: EvidenceFile, opened: frozenset[str] = frozenset()) -> str:
    """Why nobody could look through ``file``: a key of ``unassessable`` in the catalogue; empty where somebody could.

    Args:
        file: One file of the manifest.
        opened: Paths of archives whose members stand in the manifest themselves.
    """
    if not is_looked_at(file) or file.reach is not Reach.NONE or is_unseen(file) or file.media in _OURS:
        return ""
    if file.media is Media.ARCHIVE and file.condition is not Condition.DAMAGED:
        return "" if file.path in opened else "archive"
    if not file.condition.is_readable:
        return _UNREADABLE.get(file.condition, "damaged")
    if file.media is Media.IMAGE:
        return "picture"
    return "scan" if file.media is Media.PDF else "other"


def is_minor(birth_year: int, city: City) -> bool:
    """Whether somebody born in the year with these last two digits is a child in the first data year or later."""
    newest = city.evaluation_year + _LATER_YEARS
    year = newest - (newest - birth_year) % _CENTURY
    return year >= min(city.data_years) - ADULT_AGE


def _exposure_findings(case: _Case) -> Iterator[Finding]:
    """One finding per kind and place of a file."""
    file, city = case.file, case.docket.city
    exposures = [each for each in file.exposures if _matters(each, case)]
    beside = {
        (each.sheet, each.page) for each in exposures if each.kind is ExposureKind.CHILD_LIST or _is_childs(each, city)
    }
    groups: dict[tuple[str, str, str], list[Exposure]] = {}
    for each in exposures:
        is_child = _is_childs(each, city) or (each.birth_year is None and (each.sheet, each.page) in beside)
        code = _code(each, case, is_child=is_child)
        groups.setdefault((code, each.sheet, each.hidden), []).append(each)
    for (code, _, _), alike in groups.items():
        yield case.finding(code, _values(case, alike), alike[0])


def _matters(exposure: Exposure, case: _Case) -> bool:
    """Whether an exposure endangers anybody in a file like this.

    What the program hands out (guides) lists offices and questions, not children; numbers written into it still count.
    Small counts are the business of the secretariat, and matter in what leaves it. Nobody is asked to decide about what
    is shown at the verification only.
    """
    leaves = case.file.is_redacted or bool(case.questions and not case.sensitive)
    match exposure.kind:
        case ExposureKind.CHILD_LIST:
            return case.file.media is not Media.GUIDE
        case ExposureKind.LONE_CHILD | ExposureKind.LIKELY_CHILDREN:
            is_shown_only = bool(case.sensitive) and not case.file.is_redacted
            return case.file.media is not Media.GUIDE and (case.is_one_of_many or not is_shown_only)
        case ExposureKind.SMALL_COUNT:
            return leaves
        case ExposureKind.SEX_COUNT:
            return leaves and case.is_special
        case _:
            return True


def _is_childs(exposure: Exposure, city: City) -> bool:
    year = exposure.birth_year
    return exposure.kind is ExposureKind.RESIDENT_NUMBER and year is not None and is_minor(year, city)


def _code(exposure: Exposure, case: _Case, *, is_child: bool) -> str:
    match exposure.kind:
        case ExposureKind.RESIDENT_NUMBER:
            return "child-number" if is_child else "adult-number"
        case ExposureKind.PLACE:
            return "photo-place-sensitive" if case.sensitive else "photo-place"
        case ExposureKind.LONE_CHILD | ExposureKind.LIKELY_CHILDREN:
            return _doubt(exposure, case)
        case _:
            return _CODES[exposure.kind]


def _doubt(exposure: Exposure, case: _Case) -> str:
    """What may be the name of a child, or the name of one only: a list, where it stands among others alike."""
    is_alone = exposure.kind is ExposureKind.LONE_CHILD
    if is_alone and (case.file.is_redacted or case.is_one_of_many):
        return "child-list"
    if case.file.media is Media.FORM:
        return "likely-answer"
    return ALONE if is_alone else LIKELY


def _values(case: _Case, exposures: Sequence[Exposure]) -> dict[str, str]:
    first, catalogue = exposures[0], case.docket.catalogue
    total = sum(each.count for each in exposures)
    values = {"count": wording.number(total), "total": str(total), "example": first.example or wording.NO_VALUE}
    values["place"] = _place(case.file, exposures, catalogue)
    if first.kind in _COUNTS:
        values["whom"] = catalogue.phrases[_COUNTS[first.kind]]
    if first.hidden and first.hidden not in _TOLD_BY_PLACE:
        values["hidden"] = catalogue.hidden.get(first.hidden, first.hidden)
    if first.hidden in catalogue.remedies:
        values["remedy"] = catalogue.remedies[first.hidden]
    if case.sensitive:
        values["questions"] = wording.listing(case.sensitive)
    return values


def _place(file: EvidenceFile, exposures: Sequence[Exposure], catalogue: Catalogue) -> str:
    """Where in ``file`` the exposures lie, in words: sheet and cell, pages, tables, a line, the hidden corner."""
    first = exposures[0]
    pages = sorted({each.page for each in exposures if each.page is not None})
    word = "salindia" if file.media is Media.SLIDES else "halaman"
    where = wording.place(first.sheet, first.cell) or (f"{word} {_pages(pages)}" if pages else "")
    where = where or _tables(exposures) or (f"baris {first.line}" if first.line else "")
    corner = catalogue.hidden.get(first.hidden, first.hidden)
    return f"{where} ({corner})" if where and corner else where or corner


def _tables(exposures: Sequence[Exposure]) -> str:
    """``tabel 2 dan 4``, and whether there is more beside them; empty where no table is known."""
    tables = sorted({each.table for each in exposures if each.table is not None})
    beside = " dan di luar tabel" if any(each.table is None for each in exposures) else ""
    return f"tabel {_pages(tables)}{beside}" if tables else ""


def _pages(pages: Sequence[int]) -> str:
    """``1–4, 7, dan 9``; what is beyond a few stretches is counted."""
    stretches = []
    for _, run in groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0]):
        numbers = [page for _, page in run]
        stretches.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    more = len(stretches) - _PAGES_NAMED
    return wording.listing([*stretches[:_PAGES_NAMED], *([f"{more} tempat lain"] if more > 0 else [])])


def _unassessable_findings(docket: Docket) -> Iterator[Finding]:
    """One finding per agency that handed in what no program can look through."""
    opened = _opened_archives(docket.manifest)
    found: dict[str, Counter[str]] = {}
    for file in docket.manifest.files:
        kind = unassessable_kind(file, opened)
        if kind:
            found.setdefault(file.agency_id, Counter())[kind] += 1
    for agency_id, kinds in found.items():
        words = [
            f"{wording.number(count)} {docket.catalogue.unassessable[kind]}" for kind, count in kinds.most_common()
        ]
        yield Finding(
            code="privacy-unassessable",
            severity=docket.catalogue.severity("privacy-unassessable"),
            agency_id=agency_id,
            values={
                "agency": docket.agency_name(agency_id) if agency_id else docket.catalogue.phrases["outside"],
                "count": wording.number(kinds.total()),
                "total": str(kinds.total()),
                "kinds": wording.listing(words),
            },
        )


def _opened_archives(manifest: Manifest) -> frozenset[str]:
    return frozenset(file.container for file in manifest.files if file.container)
