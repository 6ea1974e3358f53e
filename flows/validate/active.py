"""Findings on what files would do or carry besides showing themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.model import TWO_FORMATS, EvidenceFile, Finding, Media, Severity
from flows.validate.docket import Docket
from flows.validate.file_rules import is_evidence

_IN_FILES = "embedded-"
_VIRUS = "virus"
_MACRO, _BY_ITSELF = "macro", "macro-auto"
_TOLD_OF_FORMS = frozenset({_MACRO, _BY_ITSELF, "xlm-macro"})
"""``form-has-macros`` says it where the form is read."""


def active_findings(docket: Docket) -> Iterator[Finding]:
    """One finding per file and concern: active content, files in the file, two formats in one."""
    questions = docket.manifest.questions_of()
    for file in docket.manifest.files:
        if file.active and (is_evidence(file) or file.media is Media.FORM):
            yield from _of_file(file, questions.get(file.path, ()), docket)


def _of_file(file: EvidenceFile, cited: Sequence[str], docket: Docket) -> Iterator[Finding]:
    silent = _TOLD_OF_FORMS if file.media is Media.FORM else frozenset()
    if _BY_ITSELF in file.active:
        silent |= {_MACRO}  # said by the other already
    facts = [fact for fact in file.active if fact not in silent]
    inner = [fact for fact in facts if fact.startswith(_IN_FILES)]
    double = [fact for fact in facts if fact.startswith(TWO_FORMATS)]
    viruses = [fact for fact in facts if fact.startswith(_VIRUS)]
    others = [fact for fact in facts if fact not in (*inner, *double, *viruses)]
    groups = (
        ("infected-file", viruses),
        ("active-content", others),
        ("embedded-files", inner),
        ("polyglot-file", double),
    )
    for code, found in groups:
        if found:
            yield _finding(code, file, found, cited, docket)


def _finding(code: str, file: EvidenceFile, facts: Sequence[str], cited: Sequence[str], docket: Docket) -> Finding:
    severity = docket.catalogue.severity(code)
    points = {question.id: question.points for question in docket.framework.questions}
    return Finding(
        code=code,
        severity=severity,
        agency_id=file.agency_id,
        question_id=cited[0] if cited else "",
        path=file.path,
        values={"what": _in_words(facts, docket)},
        points=sum(points[each] for each in cited) if severity is Severity.REQUIRED else 0.0,
    )


def _in_words(facts: Sequence[str], docket: Docket) -> str:
    """What was found, in words, the name of a part in quotation marks behind it."""
    said = []
    for fact in facts:
        key, _, name = fact.partition(": ")
        words = docket.catalogue.active.get(key, key)
        said.append(f'{words} "{name}"' if name else words)
    return ", ".join(said)
