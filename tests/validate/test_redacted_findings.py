"""Redacted copies: nobody has to cite them, and one in which nothing was redacted is no copy."""

from __future__ import annotations

from dataclasses import replace

from flows.model import City, Finding, Framework, Manifest
from flows.validate import judge_manifest
from tests.builders.manifests import evidence, manifest

ORIGINAL = evidence("uptd-ppa/21B.1/21B.1 Laporan layanan.pdf", "laporan")
COPY = evidence(
    "uptd-ppa/21B.1/Versi tersamar/21B.1 Laporan layanan.pdf", "laporan", is_redacted=True, redacts=ORIGINAL.path
)


def said_of(path: str, city: City, framework: Framework, given: Manifest) -> list[str]:
    findings: list[Finding] = [one for one in judge_manifest(city, framework, given) if one.path == path]
    return [one.code for one in findings]


def test_a_copy_beside_its_original_is_neither_cited_nor_missed(city: City, framework: Framework) -> None:
    given = manifest({"21B.1": [ORIGINAL]}, [COPY])
    assert said_of(COPY.path, city, framework, given) == []


def test_a_copy_with_the_bytes_of_its_original_redacts_nothing(city: City, framework: Framework) -> None:
    given = manifest({"21B.1": [ORIGINAL]}, [replace(COPY, sha256=ORIGINAL.sha256)])
    assert said_of(COPY.path, city, framework, given) == ["redacted-same"]


def test_a_copy_without_its_original_is_evidence_and_is_said(city: City, framework: Framework) -> None:
    given = manifest({"21B.1": [replace(COPY, redacts="")]})
    assert "redacted-without-original" in said_of(COPY.path, city, framework, given)
