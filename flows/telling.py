"""Results in words on stdout: what a check found, what was prepared, what this machine lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from flows.console import print_result, print_table
from flows.doctor import Condition
from flows.findings import load_catalogue
from flows.model import Assessment, City, Finding, Framework, Manifest, Severity
from flows.wording import condition_label, number, outcome_label, points, severity_label

SHOWN_FINDINGS = 10


def tell_result(
    city: City, framework: Framework, manifest: Manifest, assessment: Assessment, wanted: Collection[str] = ()
) -> None:
    """Say what was found and what it is worth: files, points, questions per block, the heaviest findings.

    Args:
        city: The city.
        framework: The instrument it was judged by.
        manifest: What was gathered.
        assessment: What the checks say.
        wanted: Ids of the agencies whose findings are shown; all where empty.
    """
    years = " dan ".join(str(year) for year in city.data_years)
    print_result(f"{city.name}, tahun evaluasi {city.evaluation_year} (tahun data {years})")
    if framework.year != city.evaluation_year:
        print_result(f"Memakai instrumen tahun {framework.year}, karena instrumen {city.evaluation_year} belum ada.")
    _tell_files(manifest)
    _tell_points(assessment)
    print_result()
    _tell_questions(framework, assessment)
    print_result()
    _tell_findings([each for each in assessment.findings if not wanted or each.agency_id in wanted], city)
    print_result()


def tell_conditions(conditions: Sequence[Condition]) -> None:
    """Say what is there and what is missing on this machine, with the repair."""
    for condition in conditions:
        mark = "baik" if condition.is_good else ("KURANG" if condition.is_required else "–")
        print_result(f"  [{mark:^6}] {condition.label}: {condition.state}")
        if not condition.is_good:
            print_result(f"           {condition.repair}")


def _tell_files(manifest: Manifest) -> None:
    states = Counter(condition_label(file.condition) for file in manifest.files)
    shown = ", ".join(f"{count} {state}" for state, count in states.most_common())
    print_result(f"Berkas: {len(manifest.files)} ditemukan ({shown or 'folder masih kosong'}).")


def _tell_points(assessment: Assessment) -> None:
    total = assessment.total.points
    claimed = f"diklaim {points(total.claimed)}, didukung bukti {points(total.proven)}"
    print_result(f"Poin: {claimed}, maksimum {number(total.maximum)}.")
    print_result(f"Maksimum pertanyaan dengan bukti lengkap: {number(total.maximum_with_proof)} poin.")


def _tell_questions(framework: Framework, assessment: Assessment) -> None:
    outcomes = list(assessment.total.counts)
    groups = [(block.label, assessment.blocks[block.id]) for block in framework.blocks]
    rows = [
        (label, *(str(group.counts[each]) for each in outcomes))
        for label, group in [*groups, ("Jumlah", assessment.total)]
    ]
    headings = ("Pertanyaan", *(outcome_label(each) for each in outcomes))
    print_table(headings, rows, right=range(1, len(headings)))


def _tell_findings(findings: Sequence[Finding], city: City) -> None:
    catalogue = load_catalogue()
    counts = Counter(finding.severity for finding in findings)
    labels = ", ".join(f"{counts[each]} {severity_label(each)}" for each in sorted(Severity, reverse=True))
    print_result(f"Temuan: {labels}.")
    names = {agency.id: agency.name for agency in city.agencies}
    for finding in findings[:SHOWN_FINDINGS]:
        said = catalogue.describe(finding)
        owner = f" [{names[finding.agency_id]}]" if finding.agency_id in names else ""
        print_result(f"  - {said.severity_label}: {said.sentence}{owner}")
        print_result(f"    {said.repair}")
    if len(findings) > SHOWN_FINDINGS:
        print_result(f"  … dan {len(findings) - SHOWN_FINDINGS} temuan lain, lihat temuan.xlsx.")
