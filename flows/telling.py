"""Results in words on stdout: what a check or a run came to, what an instrument asks for, what this machine lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.console import print_list, print_result, print_table
from flows.doctor import Condition
from flows.findings import Catalogue, load_catalogue
from flows.model import Assessment, City, Finding, Framework, Manifest, Media, Severity
from flows.telling_privacy import tell_privacy
from flows.telling_upload import tell_upload
from flows.wording import condition_label, listing, number, outcome_label, points, severity_label

if TYPE_CHECKING:
    from flows.request import AnnualResult

SHOWN_FINDINGS = 12
SHOWN_ALIKE = 2
"""Findings of one code that are shown in full."""
MISSING = frozenset({"missing-evidence", "table-missing", "note-missing"})
"""What a question lacks altogether: told per question, not one by one."""
_OF_THE_BOOK = frozenset({"approval-unusable", "approval-misnamed"})
"""Of the book itself: worth no points, and still not to be hidden behind those of single files."""
_NOT_EVIDENCE = frozenset({Media.FORM, Media.GUIDE, Media.OWN})


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
    findings = [each for each in assessment.findings if not wanted or each.agency_id in wanted]
    if wanted:
        names = listing([agency.name for agency in city.agencies if agency.id in wanted])
        of_all = f"{len(findings)} dari {len(assessment.findings)} temuan"
        print_result(f"Angka di atas untuk seluruh kota. Berikut ini hanya {names}: {of_all}.")
    _tell_findings(findings, city)
    if wanted:
        print_result("Untuk seluruh kota:")
    tell_privacy(assessment, city)
    print_result()


def findings_in_words(assessment: Assessment) -> list[dict[str, str]]:
    """Every finding as it is read everywhere else: title, sentence and repair."""
    catalogue = load_catalogue()
    said = [catalogue.describe(finding) for finding in assessment.findings]
    return [{"judul": one.title, "uraian": one.sentence, "perbaikan": one.repair} for one in said]


def tell_annual(result: AnnualResult) -> None:
    """Say what came of a whole run: what was found, which documents were made and where, and what may be uploaded."""
    publication, folder = result.publication, Path(result.publication.path)
    tell_result(result.city, result.framework, result.manifest, result.assessment)
    print_result(f"Terbitan {publication.run_id}:")
    for document in publication.documents:
        print_result(f"  {folder / document.name}  ({document.pages} halaman)")
    print_result(f"  {folder / 'internal' / 'temuan.xlsx'}")
    tell_upload(publication.upload, result.assessment)


def annual_record(result: AnnualResult) -> dict[str, object]:
    """The same for ``--json``."""
    from flows.publish import summary, upload_counts

    publication = result.publication
    return {
        **summary(result.city, result.framework, result.manifest, result.assessment),
        "terbitan": publication.run_id,
        "folder": publication.path,
        "dokumen": [{"nama": document.name, "halaman": document.pages} for document in publication.documents],
        "unggah": upload_counts(publication.upload),
    }


def tell_framework(framework: Framework) -> None:
    """Say what an instrument asks for, block by block, and what is known to be wrong in its source."""
    print_result(framework.title)
    rows = [
        (block.label, block.title, str(len(block.indicators)), str(len(block.questions)), points(block.points))
        for block in framework.blocks
    ]
    total = ("Jumlah", "", str(len(framework.indicators)), str(len(framework.questions)), points(framework.points))
    print_table(("Blok", "Nama", "Indikator", "Pertanyaan", "Poin"), [*rows, total], right=(2, 3, 4))
    print_result("Cacat sumber yang dinyatakan:")
    for fault in framework.faults:
        print_result(f"  - {fault}")


def framework_record(framework: Framework) -> dict[str, object]:
    """The same for ``--json``; whole numbers of points without a decimal."""
    points_asked = float(framework.points)
    return {
        "year": framework.year,
        "blocks": len(framework.blocks),
        "indicators": len(framework.indicators),
        "questions": len(framework.questions),
        "points": int(points_asked) if points_asked.is_integer() else points_asked,
        "requirements": sum(len(question.requirements) for question in framework.questions),
        "sensitive": sum(question.is_sensitive for question in framework.questions),
        "sha256": framework.sha256,
        "faults": list(framework.faults),
    }


def tell_conditions(conditions: Sequence[Condition]) -> None:
    """Say what is there and what is missing on this machine, with the repair."""
    for condition in conditions:
        mark = "baik" if condition.is_good else ("KURANG" if condition.is_required else "–")
        print_result(f"  [{mark:^6}] {condition.label}: {condition.state}")
        if not condition.is_good:
            print_result(f"           {condition.repair}")


def _tell_files(manifest: Manifest) -> None:
    """What was found, with guides and forms told apart from evidence."""
    # An archive that was opened is told by what lay in it, as in the control report.
    evidence = [file for file in manifest.files if file.media not in _NOT_EVIDENCE and not file.is_unpacked]
    forms = sum(file.media is Media.FORM for file in manifest.files)
    guides = sum(file.media is Media.GUIDE for file in manifest.files)
    if all(file.media is Media.SYSTEM for file in evidence):  # what a Mac or Windows leaves is nothing handed in
        print_result(f"Belum ada satu berkas bukti pun (baru {forms} formulir dan {guides} petunjuk).")
        print_result("Letakkan berkas di folder-folder perangkat daerah.")
    else:
        states = Counter(condition_label(file.condition) for file in evidence)
        shown = ", ".join(f"{count} {state}" for state, count in states.most_common())
        print_result(f"Berkas bukti: {len(evidence)} ({shown}), di samping {guides} petunjuk.")
    if forms:
        filled = sum(form.is_back for form in manifest.forms)
        answered = len({answer.question_id for answer in manifest.answers})
        tables = len({table.schema_id for table in manifest.tables})
        print_result(
            f"Formulir: {forms}, terisi {filled}; menjawab {answered} pertanyaan, memuat {tables} jenis tabel."
        )


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
    """Counts first, then what concerns single files, then what is missing per question, then advice by kind."""
    catalogue = load_catalogue()
    counts = Counter(finding.severity for finding in findings if finding.lifted is None)
    lifted = [each for each in findings if each.lifted is not None]
    labels = ", ".join(f"{counts[each]} {severity_label(each)}" for each in sorted(Severity, reverse=True))
    print_result(f"Temuan: {labels}." + (f" Dikecualikan: {len(lifted)}." if lifted else ""))
    names = {agency.id: agency.name for agency in city.agencies}
    heavy = [each for each in findings if each.severity > Severity.ADVICE and each.lifted is None]
    to_repair = [each for each in heavy if each.code not in MISSING]
    to_repair.sort(key=lambda each: (-each.severity, each.code not in _OF_THE_BOOK))
    print_list("Yang harus diperbaiki", _repair_lines(to_repair, catalogue), SHOWN_FINDINGS)
    missing = [each for each in heavy if each.code in MISSING]
    print_list("Bukti yang belum ada, dari poin terbesar", _missing_lines(missing, names), SHOWN_FINDINGS)
    advice = Counter(catalogue.describe(each).title for each in findings if each.severity is Severity.ADVICE)
    print_list("Saran", [f"{title}: {count}" for title, count in advice.most_common()])


def _repair_lines(findings: Sequence[Finding], catalogue: Catalogue) -> list[str]:
    """The first findings of each code with their repair, and how many more there are: one kind must not hide others."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    lines = []
    for alike in by_code.values():
        for finding in alike[:SHOWN_ALIKE]:
            said = catalogue.describe(finding)
            number_of_it = f" {finding.id}" if finding.awaits_decision and finding.id else ""
            lines.append(f"{said.severity_label}{number_of_it}: {said.sentence}\n    {said.repair}")
        if len(alike) > SHOWN_ALIKE:
            lines[-1] += f"\n    (dan {len(alike) - SHOWN_ALIKE} temuan serupa)"
    return lines


def _missing_lines(findings: Sequence[Finding], names: Mapping[str, str]) -> list[str]:
    """One line per question with every kind of proof it still lacks."""
    kinds: dict[tuple[str, str, float], list[str]] = {}
    for finding in findings:
        kinds.setdefault((finding.question_id, finding.agency_id, finding.points), []).append(finding.values["kind"])
    return [
        f"{question_id} ({number(worth)} poin), {names.get(agency_id, '–')}: {listing(missing)}"
        for (question_id, agency_id, worth), missing in kinds.items()
    ]
