"""Documents against what is claimed of them and against each other: lists, signatures, the same document twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flows.model import Declaration, DocumentFacts, ElectronicSignature, EvidenceFile, Finding, Signed
from flows.names import fold
from flows.validate.docket import Docket
from flows.validate.file_rules import is_evidence
from flows.wording import NO_VALUE, listing, long_iso_date

_WORD_OF_NUMBER = frozenset({"NOMOR", "NO", "TAHUN", "TH"})
_CONFUSED = str.maketrans("OIL", "011")
"""Letters that OCR and typists take for digits."""
_LIKENESS = 85
"""Of 100, from which two subjects mean the same document."""
_OFFICE = frozenset(
    {
        "kepala",
        "wali",
        "walikota",
        "bupati",
        "gubernur",
        "sekretaris",
        "sekda",
        "camat",
        "lurah",
        "dinas",
        "badan",
        "direktur",
        "ketua",
        "plt",
        "plh",
        "kota",
        "kabupaten",
        "pemerintah",
        "kecamatan",
        "kelurahan",
        "bagian",
        "asisten",
        "balai",
        "sertifikasi",
        "segel",
    }
)
"""Words of an office: an entry that names an office, not a person, contradicts no name."""
_TITLE_CHARS = 2
"""Parts of a name up to this length are initials and titles."""


def claim_findings(docket: Docket) -> Iterator[Finding]:
    """Findings on what lists of evidence say of documents, on signatures, and on documents that came twice."""
    for row in docket.manifest.declarations:
        for path in row.paths:
            if path in docket.files:
                yield from _differences(row, docket.files[path], docket)
    questions = docket.manifest.questions_of()
    for found in (*(one for file in docket.manifest.files for one in _signatures(file, docket)), *_twice(docket)):
        yield replace(found, question_id=next(iter(questions.get(found.path, ())), ""))


def _differences(row: Declaration, file: EvidenceFile, docket: Docket) -> Iterator[Finding]:
    """Where a list and the document itself disagree; a row about later pages speaks of another document."""
    document = file.document
    is_first = row.first_page is None or row.first_page <= 1
    if document is not None and is_first and not any(_may_mean(row, each) for each in file.further):
        if row.number and document.number and not _same_number(row.number, document.number, document.year):
            yield _claim("document-number-differs", row, file, docket, value=row.number, found=document.number)
        if row.date and document.date and row.date != document.date:
            written, own = long_iso_date(row.date), long_iso_date(document.date)
            yield _claim("document-date-differs", row, file, docket, value=written, found=own)
    names = [one.signer for one in file.signatures if one.signer]
    if row.signed is Signed.ELECTRONIC and row.signatory and names and not _is_among(row.signatory, names):
        yield _claim("signature-other-person", row, file, docket, value=row.signatory, found=listing(names))


def _may_mean(row: Declaration, document: DocumentFacts) -> bool:
    """Whether a row names another document that lies in the same file: by its number, or by nothing but a date."""
    if not row.number:
        return True
    return bool(document.number) and _same_number(row.number, document.number, document.year)


def _same_number(written: str, number: str, year: int | None) -> bool:
    """Whether two writings may mean the same number: one holds all parts of the other, whatever stands between them."""
    claimed, own = _parts(written), _parts(number)
    if year is not None:
        own.append(str(year))
    if not claimed or not own:
        return True
    shorter, longer = sorted((set(claimed), set(own)), key=len)
    return shorter <= longer


def _parts(number: str) -> list[str]:
    """Letters and digits of a number apart, without the zeros in front."""
    parts = re.findall(r"[^\W_]+", number.upper())
    return [part.translate(_CONFUSED).lstrip("0") or "0" for part in parts if part not in _WORD_OF_NUMBER]


def _is_among(written: str, names: Sequence[str]) -> bool:
    """Whether ``written`` may be one of ``names``: they share a part, or one of them is an office."""
    wanted = _name_parts(written)
    parts = [_name_parts(name) for name in names]
    if not wanted or _OFFICE.intersection(wanted) or any(not each or _OFFICE.intersection(each) for each in parts):
        return True
    return any(_share(wanted, each) for each in parts)


def _name_parts(name: str) -> set[str]:
    """The telling parts of a name, without degrees behind commas and titles with dots."""
    bare = re.sub(r"\b[A-Za-z]{1,4}\.(?:[A-Za-z]{1,4}\.?)*", " ", name.partition(",")[0])
    return {part for part in fold(bare).split() if len(part) > _TITLE_CHARS}


def _share(one: set[str], other: set[str]) -> bool:
    from rapidfuzz import fuzz

    return any(fuzz.ratio(left, right) >= _LIKENESS for left in one for right in other)


def _signatures(file: EvidenceFile, docket: Docket) -> Iterator[Finding]:
    """What is wrong with the signatures of one file: the worst of it."""
    signatures = file.signatures
    broken = [one for one in signatures if one.is_intact is False]
    unknown = [one for one in signatures if one.is_intact is None]
    if broken:
        yield _of_file("signature-broken", file, docket, found=_names(broken))
    elif unknown or (file.has_signature and not signatures):
        phrases, named = docket.catalogue.phrases, [one for one in unknown if one.signer]
        who = phrases["signed-as"].format(found=_names(named)) if named else phrases["signer-unread"]
        yield _of_file("signature-unknown", file, docket, found=who)
    elif signatures and not any(one.covers_file for one in signatures):
        yield _of_file("signature-not-whole", file, docket, found=_names(signatures))


def _names(signatures: Sequence[ElectronicSignature]) -> str:
    """Who signed, each once; a dash for a certificate without a name."""
    return listing(list(dict.fromkeys(one.signer or NO_VALUE for one in signatures)))


def _twice(docket: Docket) -> Iterator[Finding]:
    """Legal products and agreements whose kind, number, year and subject agree though their bytes differ."""
    groups: dict[tuple[str, tuple[str, ...], int], list[EvidenceFile]] = {}
    legal = {kind.id for kind in docket.framework.kinds.values() if kind.is_legal}
    for file in docket.manifest.files:
        document = file.document
        if document is None or not is_evidence(file) or file.duplicate_of or document.kind not in legal:
            continue
        if document.number and document.about and document.year is not None:
            groups.setdefault((document.kind, tuple(_parts(document.number)), document.year), []).append(file)
    for (kind, _, year), files in groups.items():
        for number, file in enumerate(files):
            original = next((other for other in files[:number] if _same_subject(other, file)), None)
            if original is not None:
                values = _document_values(file, kind, year, docket)
                yield _of_file("same-document-twice", file, docket, original=original.path, **values)


def _same_subject(one: EvidenceFile, other: EvidenceFile) -> bool:
    from rapidfuzz import fuzz

    if one.document is None or other.document is None or one.sha256 == other.sha256:
        return False
    return bool(fuzz.ratio(fold(one.document.about), fold(other.document.about)) >= _LIKENESS)


def _document_values(file: EvidenceFile, kind: str, year: int, docket: Docket) -> Mapping[str, str]:
    number = file.document.number if file.document else ""
    return {"kind": docket.kind_named(kind), "found": number, "year": str(year)}


def _claim(code: str, row: Declaration, file: EvidenceFile, docket: Docket, **values: str) -> Finding:
    return Finding(
        code=code,
        severity=docket.catalogue.severity(code),
        agency_id=row.agency_id or file.agency_id,
        question_id=row.questions[0] if row.questions else "",
        path=row.place.path,
        values={"document": file.path, **values},
        sheet=row.place.sheet,
        cell=row.place.cell,
    )


def _of_file(code: str, file: EvidenceFile, docket: Docket, **values: str) -> Finding:
    return Finding(
        code=code,
        severity=docket.catalogue.severity(code),
        agency_id=file.agency_id,
        path=file.path,
        values=values,
    )
