"""Findings on redacted copies: one without its original, and one in which nothing was redacted."""

from __future__ import annotations

from collections.abc import Iterator

from flows.model import Finding
from flows.validate.docket import Docket


def redacted_findings(docket: Docket) -> Iterator[Finding]:
    """What is to be said of the redacted copies of agencies."""
    for file in docket.manifest.files:
        if not file.is_redacted:
            continue
        original = docket.files.get(file.redacts)
        if original is None:
            code, values = "redacted-without-original", {}
        elif file.sha256 and file.sha256 == original.sha256:
            code, values = "redacted-same", {"original": original.path}
        else:
            continue
        severity = docket.catalogue.severity(code)
        yield Finding(code=code, severity=severity, agency_id=file.agency_id, path=file.path, values=values)
