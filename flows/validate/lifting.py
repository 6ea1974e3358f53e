"""The last step of an assessment: every finding gets its id, what somebody has lifted is marked, privacy concludes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from flows import wording
from flows.findings import load_catalogue
from flows.model import (
    CHILD_CODES,
    PRIVACY_BLOCKING,
    Assessment,
    Finding,
    Framework,
    Manifest,
    Override,
    Overrides,
)
from flows.validate.assess import in_order
from flows.validate.privacy import privacy_review

ID_CHARS = 8
_SEPARATOR = "\x1f"


def settle(assessment: Assessment, framework: Framework, manifest: Manifest, overrides: Overrides) -> Assessment:
    """Conclude an assessment.

    Args:
        assessment: What the checks say.
        framework: The instrument, for the order of findings.
        manifest: What they were said of.
        overrides: Who has lifted what so far.

    Returns:
        The assessment with ids on all findings, lifted ones marked, and whether pages may lose DRAF – INTERNAL.
    """
    findings = with_ids(assessment.findings, {file.path: file.sha256 for file in manifest.files})
    marked = [_marked(finding, overrides.standing) for finding in findings]
    used = {finding.lifted.finding_id for finding in marked if finding.lifted}
    lapsed = tuple(entry for finding_id, entry in overrides.standing.items() if finding_id not in used)
    told = with_ids(tuple(_lapsed_findings(lapsed, marked)), {})
    review = privacy_review(manifest, marked)
    is_held = any(finding.code in PRIVACY_BLOCKING and finding.blocks for finding in marked)
    return replace(
        assessment,
        findings=in_order([*marked, *told], framework),
        privacy=review,
        privacy_checked=review.is_done and not is_held,
        withheld=_withheld(marked, manifest),
        overrides=overrides.entries,
        lapsed=lapsed,
    )


def with_ids(findings: Sequence[Finding], hashes: dict[str, str]) -> tuple[Finding, ...]:
    """``findings`` with an id each, made of where they stand and of the bytes they speak of; all ids are different.

    Findings that stand at one place are told apart by what they say, and then by their number. That may give them new
    ids when one of them goes away: whoever lifted one must look again, which is the safe side.
    """
    bases = [_digest(_key(finding, hashes)) for finding in findings]
    shared = {base for base, count in Counter(bases).items() if count > 1}
    used: set[str] = set()
    named = []
    for finding, base in zip(findings, bases, strict=True):
        found = base if base not in shared else ""
        number = 0
        while not found or found in used:
            said = [f"{name}={text}" for name, text in sorted(finding.values.items())]
            found = _digest([*_key(finding, hashes), *said, str(number)])
            number += 1
        used.add(found)
        named.append(replace(finding, id=f"T-{found}"))
    return tuple(named)


def _key(finding: Finding, hashes: dict[str, str]) -> list[str]:
    return [
        finding.code,
        finding.agency_id,
        finding.question_id,
        finding.path,
        hashes.get(finding.path, ""),
        finding.sheet,
        finding.cell,
        finding.spot,
    ]


def _digest(parts: Sequence[str]) -> str:
    return sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:ID_CHARS]


def _marked(finding: Finding, standing: dict[str, Override]) -> Finding:
    entry = standing.get(finding.id)
    fits = entry is not None and entry.code == finding.code and finding.may_be_lifted
    return replace(finding, lifted=entry) if fits else finding


def _lapsed_findings(lapsed: Sequence[Override], findings: Sequence[Finding]) -> Iterator[Finding]:
    """What was lifted for other bytes at the path of a finding that blocks or holds back now."""
    waiting = {(finding.code, finding.path): finding for finding in findings if finding.awaits_decision}
    for entry in lapsed:
        now = waiting.get((entry.code, entry.path))
        if now is not None:
            yield Finding(
                code="override-lapsed",
                severity=load_catalogue().severity("override-lapsed"),
                agency_id=now.agency_id,
                question_id=now.question_id,
                path=now.path,
                values={
                    "lapsed": entry.finding_id,
                    "who": entry.who,
                    "date": wording.long_iso_date(entry.date),
                    "current": now.id,
                },
            )


def _withheld(findings: Sequence[Finding], manifest: Manifest) -> frozenset[str]:
    """Hashes of files that expose a child or might, and of the archives they lie in."""
    files = manifest.by_path
    exposing = {finding.path for finding in findings if finding.code in CHILD_CODES or finding.holds}
    exposing |= {files[path].container for path in exposing if path in files}
    return frozenset(files[path].sha256 for path in exposing if path in files) - {""}
