"""Rules on the manifest itself: one tidy row per file, checked by a suite, each failure turned into a finding."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from flows.findings import Catalogue
from flows.formats import suits, usual_suffix
from flows.forms.layout import FORM_NAME
from flows.model import Condition, EvidenceFile, Finding, Manifest, Media, Severity
from flows.validate.docket import Docket
from flows.validate.examining import Examine
from flows.validate.expectations import Failure, failures_of, load_suite
from flows.wording import media_label

NOT_EVIDENCE = frozenset({Media.FORM, Media.GUIDE, Media.SYSTEM, Media.OWN})
_NEAREST = 3
_TEXT = ".txt"
_UNNAMED = {Media.PLAIN_TEXT: "plain-text", Media.OTHER: "other-format"}
"""Families whose usual label says nothing of a file that is called otherwise → a phrase."""
_SAVED_AS = {
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".ods"), "workbook"),
    **dict.fromkeys((".doc", ".docx", ".docm", ".dotx", ".odt", ".rtf"), "document"),
}
"""What a text has to be saved as that is called like this: another name alone would not make it a table."""


def is_evidence(file: EvidenceFile) -> bool:
    """Whether a file was meant as evidence: not a form, a guide, a system file, an ignored one, an unpacked archive."""
    is_other = file.media in NOT_EVIDENCE or file.condition is Condition.IGNORED
    return not is_other and not file.is_unpacked


def manifest_table(manifest: Manifest) -> pd.DataFrame:
    """One row per file in the manifest's order, with the columns that suites may name."""
    questions = manifest.questions_of()
    rows = [
        {
            "path": file.path,
            "agency": file.agency_id,
            "bytes": file.bytes,
            "sha256": file.sha256,
            "kind": file.media.value,
            "pages": 0 if file.pages is None else file.pages,
            "pages_known": file.pages is not None,
            "status": file.condition.value,
            "detail": file.detail,
            "readable": file.condition.is_readable,
            "evidence": is_evidence(file),
            "duplicate_of": file.duplicate_of,
            "unknown_ids": ";".join(file.unknown_ids),
            "citations": len(questions.get(file.redacts or file.path, ())),
            "copy_of_cited": bool(questions.get(file.duplicate_of)),
        }
        for file in manifest.files
    ]
    return pd.DataFrame(rows)


def judge_files(docket: Docket, examine: Examine) -> tuple[Finding, ...]:
    """Findings on single files: the rules of ``validations/suites/manifest.yaml`` over the whole manifest."""
    failures = failures_of(examine(manifest_table(docket.manifest), load_suite("manifest")))
    points = {question.id: question.points for question in docket.framework.questions}
    questions = docket.manifest.questions_of()
    findings = []
    for failure in failures:
        file = docket.manifest.files[failure.row]
        severity = docket.catalogue.severity(failure.rule.finding)
        cited = questions.get(file.path, ())
        findings.append(
            Finding(
                code=failure.rule.finding,
                severity=severity,
                agency_id=file.agency_id,
                question_id=cited[0] if cited else "",
                path=file.path,
                values=_values(file, failure, docket.catalogue),
                points=sum(points[each] for each in cited) if severity is Severity.REQUIRED else 0.0,
            )
        )
    return tuple(findings)


def _values(file: EvidenceFile, failure: Failure, catalogue: Catalogue) -> dict[str, str]:
    fill = _FILLERS.get(failure.rule.finding)
    return {} if fill is None else fill(file, failure, catalogue)


def _detail(file: EvidenceFile, _: Failure, catalogue: Catalogue) -> dict[str, str]:
    remedy = catalogue.remedies.get(file.detail)
    said = {"detail": catalogue.details.get(file.detail, file.condition.value)}
    return {**said, "remedy": remedy} if remedy else said


def _suggestion(file: EvidenceFile, _: Failure, catalogue: Catalogue) -> dict[str, str]:
    if file.media is not Media.SPREADSHEET and file.name.casefold().startswith(FORM_NAME.casefold()):
        # A form saved as .csv or printed: a number before its name would only make evidence of it.
        said, remedy = catalogue.phrases["form-unread"], catalogue.phrases["form-unread-repair"]
        return {"suggestion": said, "unknown": ", ".join(file.unknown_ids), "remedy": remedy}
    nearest = ", ".join(file.suggestions[:_NEAREST])
    wording = catalogue.phrases["suggestion"].format(questions=nearest) if nearest else ""
    return {"suggestion": wording, "unknown": ", ".join(file.unknown_ids)}


def _format(file: EvidenceFile, _: Failure, catalogue: Catalogue) -> dict[str, str]:
    suffix = _suffix(file)
    found = _in_words(file, catalogue)
    if file.media is Media.PLAIN_TEXT:
        family = _SAVED_AS.get(suffix.lower(), "")
        is_table = family == "workbook" and not file.format
        found = catalogue.phrases["text-table"] if is_table else found
        remedy = catalogue.phrases.get("wrong-format-text" if is_table else f"wrong-format-{family}", "")
    else:
        remedy = ""
    right = usual_suffix(file.format) or (_TEXT if file.media is Media.PLAIN_TEXT else "")
    if not remedy and right:
        remedy = catalogue.phrases["wrong-format-repair"].format(suffix=suffix, right=right)
    said = {"suffix": suffix, "media": found}
    return {**said, "remedy": remedy} if remedy else said


def _archive(file: EvidenceFile, _: Failure, catalogue: Catalogue) -> dict[str, str]:
    """An archive is called what it is, whatever its name says."""
    own = _suffix(file)
    suffix = own if suits(file.format, own.lower()) else usual_suffix(file.format)
    return {"suffix": suffix, "media": _in_words(file, catalogue)}


def _suffix(file: EvidenceFile) -> str:
    return "." + file.name.rsplit(".", 1)[-1] if "." in file.name else file.name


def _in_words(file: EvidenceFile, catalogue: Catalogue) -> str:
    if file.format:
        return catalogue.formats[file.format]
    phrase = _UNNAMED.get(file.media)
    return catalogue.phrases[phrase] if phrase else media_label(file.media)


def _original(file: EvidenceFile, _: Failure, __: Catalogue) -> dict[str, str]:
    return {"original": file.duplicate_of}


def _rule(_: EvidenceFile, failure: Failure, __: Catalogue) -> dict[str, str]:
    return {"rule": failure.rule.type}


_FILLERS: dict[str, Callable[[EvidenceFile, Failure, Catalogue], dict[str, str]]] = {
    "unreadable-file": _detail,
    "refused-file": _detail,
    "arriving-file": _detail,
    "wrong-format": _format,
    "archive-not-opened": _archive,
    "duplicate-file": _original,
    "unknown-question": _suggestion,
    "uncited-file": _suggestion,
    "manifest-inconsistent": _rule,
}
