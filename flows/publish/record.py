"""``run.json``: what a run was made from, with what, and what came out, for machines and for later years."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from importlib.metadata import version

from flows import __version__
from flows.model import (
    Assessment,
    City,
    Dossier,
    Framework,
    GroupResult,
    Manifest,
    Outcome,
    Override,
    Points,
    Severity,
    UploadState,
)

FORMAT = 1
LIBRARIES = ("prefect", "pandas", "great-expectations", "jinja2", "weasyprint", "pikepdf", "pypdfium2")
SEVERITY_KEYS: Mapping[Severity, str] = {
    Severity.BLOCKING: "menghalangi",
    Severity.REQUIRED: "wajib",
    Severity.ADVICE: "saran",
}


def library_versions() -> dict[str, str]:
    """Versions of Python and of the libraries a result depends on."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def outcome_counts(group: GroupResult) -> dict[str, int]:
    """How many questions have which outcome, by the words of the contract."""
    return {outcome.value: group.counts[outcome] for outcome in Outcome}


def points_record(points: Points) -> dict[str, float | None]:
    """Points as numbers; None where nothing is claimed."""
    return {
        "maksimum": points.maximum,
        "diklaim": points.claimed,
        "didukung_bukti": points.proven,
        "maksimum_pertanyaan_dengan_bukti_lengkap": points.maximum_with_proof,
    }


def finding_counts(assessment: Assessment) -> dict[str, int]:
    """How many findings there are per severity; lifted ones are counted apart."""
    counts = Counter(finding.severity for finding in assessment.findings if finding.lifted is None)
    lifted = sum(finding.lifted is not None for finding in assessment.findings)
    return {**{key: counts[severity] for severity, key in SEVERITY_KEYS.items()}, "dikecualikan": lifted}


def file_counts(manifest: Manifest) -> dict[str, int]:
    """How many files were found, how many of them are cited, and how many are in which state."""
    states = Counter(file.condition.value for file in manifest.files)
    return {"semua": len(manifest.files), "dirujuk": len(manifest.questions_of()), **dict(sorted(states.items()))}


def form_counts(manifest: Manifest) -> dict[str, int]:
    """How many forms came back, how many of them could be taken, and how many are of kecamatan and kelurahan."""
    taken = [form for form in manifest.forms if form.is_taken]
    areas = sum(bool(form.area) for form in taken)
    return {"semua": len(manifest.forms), "diterima": len(taken), "wilayah": areas}


def answer_counts(manifest: Manifest, assessment: Assessment) -> dict[str, int]:
    """How many answers were given, and how many questions have one that stands."""
    return {"semua": len(manifest.answers), "pertanyaan_terjawab": len(assessment.answers)}


def table_counts(framework: Framework, assessment: Assessment) -> dict[str, int]:
    """How many tables the instrument asks for, how many anybody began, and how many of those have which outcome."""
    outcomes = Counter(table.outcome for table in assessment.tables.values())
    return {
        "diminta": len(framework.tables),
        "terisi": len(assessment.tables),
        **{outcome.value: outcomes[outcome] for outcome in Outcome},
    }


def upload_counts(state: UploadState | None) -> dict[str, int]:
    """How much lies ready for upload, and how far the operator has come; nothing where nothing was packed."""
    if state is None:
        return {}
    return {
        "pertanyaan": state.questions,
        "sudah": len(state.uploaded),
        "berubah": len(state.changed),
        "berkas": state.files,
        "diperlihatkan": state.withheld,
        "tidak_siap": state.left_out,
    }


def privacy_record(assessment: Assessment) -> dict[str, object]:
    """How far files were looked through for personal data, what was found, and who has lifted what."""
    review = assessment.privacy
    lifted = [finding for finding in assessment.findings if finding.lifted is not None]
    return {
        "checked": assessment.privacy_checked,
        "files": {"whole": review.whole, "partly": review.partly, "unseen": review.unseen},
        "unassessable": dict(review.unassessable),
        "found": dict(review.counts),
        "withheld": len(assessment.withheld),
        "overrides": [_override_record(finding.lifted) for finding in lifted if finding.lifted],
        "lapsed": [_override_record(entry) for entry in assessment.lapsed],
    }


def _override_record(entry: Override) -> dict[str, object]:
    """Who lifted what. The file and the reason stay under ``internal/``: ``run.json`` is handed on with the run."""
    return {
        "id": entry.finding_id,
        "code": entry.code,
        "date": entry.date,
        "who": entry.who,
        "office": entry.office,
    }


def summary(city: City, framework: Framework, manifest: Manifest, assessment: Assessment) -> dict[str, object]:
    """The result in numbers: what ``--json`` prints and what ``run.json`` opens with."""
    return {
        "kota": city.id,
        "nama": city.name,
        "tahun": city.evaluation_year,
        "tahun_data": list(city.data_years),
        "instrumen": {
            "tahun": framework.year,
            "sha256": framework.sha256,
            "blok": len(framework.blocks),
            "indikator": len(framework.indicators),
            "pertanyaan": len(framework.questions),
            "poin": framework.points,
        },
        "berkas": file_counts(manifest),
        "formulir": form_counts(manifest),
        "jawaban": answer_counts(manifest, assessment),
        "tabel": table_counts(framework, assessment),
        "pertanyaan": outcome_counts(assessment.total),
        "poin": points_record(assessment.total.points),
        "blok": {
            key: {"pertanyaan": outcome_counts(group), "poin": points_record(group.points)}
            for key, group in assessment.blocks.items()
        },
        "temuan": finding_counts(assessment),
        "data_pribadi": privacy_record(assessment),
    }


def run_record(
    run_id: str,
    city: City,
    framework: Framework,
    manifest: Manifest,
    assessment: Assessment,
    dossier: Dossier,
    *,
    manifest_sha256: str,
    made_at: datetime,
    upload: UploadState | None = None,
) -> dict[str, object]:
    """Everything ``run.json`` holds; the details of findings stay under ``internal/``."""
    codes = Counter(finding.code for finding in assessment.findings)
    return {
        "format": FORMAT,
        "run": run_id,
        "made_at": made_at.isoformat(timespec="seconds"),
        "program": {"name": "kla-dosir", "version": __version__},
        "versions": library_versions(),
        "settings": {
            "city": city.id,
            "year": city.evaluation_year,
            "data_years": list(city.data_years),
            "framework_year": city.framework_year,
            "as_of": _iso(dossier.as_of),
            "paper": city.paper,
            "privacy_checked": assessment.privacy_checked,
        },
        "instrument": {
            "year": framework.year,
            "title": framework.title,
            "sha256": framework.sha256,
            "blocks": len(framework.blocks),
            "indicators": len(framework.indicators),
            "questions": len(framework.questions),
            "points": framework.points,
        },
        "counts": {
            "files": file_counts(manifest),
            "questions": outcome_counts(assessment.total),
            "forms": form_counts(manifest),
            "answers": answer_counts(manifest, assessment),
            "tables": table_counts(framework, assessment),
            "upload": upload_counts(upload),
        },
        "points": points_record(assessment.total.points),
        "privacy": privacy_record(assessment),
        "findings": {**finding_counts(assessment), "codes": dict(sorted(codes.items()))},
        "hashes": {
            "manifest": manifest_sha256,
            "documents": {document.name: document.sha256 for document in dossier.documents},
        },
        "documents": [{"name": document.name, "pages": document.pages} for document in dossier.documents],
    }


def findings_record(assessment: Assessment) -> list[dict[str, object]]:
    """Every finding as values, for programs (``internal/temuan.json``)."""
    return [
        {
            "id": finding.id,
            "code": finding.code,
            "severity": SEVERITY_KEYS[finding.severity],
            "agency": finding.agency_id,
            "question": finding.question_id,
            "path": finding.path,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "points": finding.points,
            "values": dict(finding.values),
            "lifted": {**_override_record(finding.lifted), "reason": finding.lifted.reason} if finding.lifted else None,
        }
        for finding in assessment.findings
    ]


def _iso(day: date) -> str:
    return day.isoformat()
