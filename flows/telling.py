"""Results in words on stdout: what a check found, what was prepared, what this machine lacks."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.console import print_result, print_table
from flows.doctor import Condition
from flows.findings import Catalogue, load_catalogue
from flows.model import Assessment, City, Finding, Framework, Manifest, Media, Severity
from flows.telling_privacy import tell_privacy
from flows.wording import condition_label, listing, number, outcome_label, points, severity_label

if TYPE_CHECKING:
    from flows.framework.preparation import Preparation

SHOWN_FINDINGS = 12
SHOWN_ALIKE = 2
"""Findings of one code that are shown in full."""
SHOWN_ITEMS = 40
MISSING = frozenset({"missing-evidence", "table-missing", "note-missing"})
"""What a question lacks altogether: told per question, not one by one."""
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


def tell_conditions(conditions: Sequence[Condition]) -> None:
    """Say what is there and what is missing on this machine, with the repair."""
    for condition in conditions:
        mark = "baik" if condition.is_good else ("KURANG" if condition.is_required else "–")
        print_result(f"  [{mark:^6}] {condition.label}: {condition.state}")
        if not condition.is_good:
            print_result(f"           {condition.repair}")


def tell_preparation(done: Preparation, input_root: Path) -> None:
    """Say what ``kla siapkan`` made, recognised, kept and could not use."""
    from flows.framework.preparation import FileState

    place = "akan disiapkan" if done.is_dry_run else "siap"
    print_result(f"{done.city.name}, tahun evaluasi {done.city.evaluation_year}: folder {input_root} {place}.")
    if done.profile_id:
        print_result(f"kota.yaml dibuat dari profil {done.profile_id}; periksa nama-namanya sebelum dipakai.")
    if done.earlier_year:
        print_result(
            f"kota.yaml dibuat dari isi tahun {done.earlier_year}, dengan tahun evaluasi dan tahun data yang baru."
        )
        print_result("Periksa yang mungkin berubah: penanda tangan, nama perangkat daerah, dan angka gambaran umum.")
    folders = [name for name in done.created if name.endswith("/")]
    print_result(f"{len(folders)} folder dan {len(done.created) - len(folders)} berkas dibuat.")
    _tell_forms(done)
    _tell_list("Diperbarui", done.updated)
    _tell_list("Dipertahankan karena sudah Anda ubah", done.kept)
    _tell_list("Folder yang dikenali", [f"{each.folder} → {each.agency_name}" for each in done.adopted])
    _tell_list(
        "Folder yang tidak dikenali (tetap ada dan tetap diperiksa; tambahkan sebagai alias di kota.yaml)",
        done.unmatched,
    )
    _tell_list("Tidak dapat dibuat karena ada berkas bernama sama", done.blocked)
    _tell_list(
        "Menyangkut pertanyaan sensitif tetapi dapat dibaca semua pengguna komputer ini; tutup dengan perintah",
        [f"chmod 2770 {shlex.quote(str(input_root / folder))}" for folder in done.open_folders],
    )
    _tell_list("Peran yang belum dipasangkan dengan perangkat daerah", done.uncovered_roles)
    _tell_list("Diambil dari profil-kota.xlsx", [f"{each.place}: {each.after}" for each in done.taken])
    _tell_list(
        "Berbeda antara profil-kota.xlsx dan kota.yaml; yang dipakai kota.yaml",
        [f"{each.place}: {each.before} (lembar kerja: {each.after})" for each in done.conflicts],
    )
    _tell_list("Tidak dapat diambil dari profil-kota.xlsx", [f"{each.place}: {each.reason}" for each in done.refused])
    if done.sheet_file is FileState.UNREADABLE:
        print_result("profil-kota.xlsx tidak dapat dibaca: rusak, terkunci, atau bukan lagi yang dibuat program ini.")
        print_result(
            "  Isinya tidak dipakai. Simpan ulang sebagai .xlsx tanpa kata sandi, atau pindahkan supaya dibuat baru,"
        )
        print_result("  lalu ulangi perintah ini.")


def preparation_record(done: Preparation, input_root: Path) -> dict[str, object]:
    """What ``kla siapkan`` did, for ``--json``."""
    return {
        "kota": done.city.id,
        "nama": done.city.name,
        "tahun": done.city.evaluation_year,
        "tahun_data": list(done.city.data_years),
        "instrumen": done.city.framework_year,
        "folder": str(input_root),
        "profil": done.profile_id,
        "dari_tahun": done.earlier_year or None,
        "percobaan": done.is_dry_run,
        "kota_yaml": done.city_file.value,
        "profil_kota_xlsx": done.sheet_file.value,
        "dibuat": list(done.created),
        "diperbarui": list(done.updated),
        "dipertahankan": list(done.kept),
        "dikenali": {each.folder: each.agency_id for each in done.adopted},
        "tidak_dikenali": list(done.unmatched),
        "terhalang": list(done.blocked),
        "terbuka_untuk_semua": list(done.open_folders),
        "peran_tanpa_perangkat_daerah": list(done.uncovered_roles),
        "diambil_dari_lembar": [each.place for each in done.taken],
        "bertentangan": [each.place for each in done.conflicts],
        "ditolak": [each.place for each in done.refused],
        "formulir": [
            {"berkas": form.path, "pengisi": form.filler, "keadaan": form.state.value, "isian_lama": form.leftovers}
            for form in done.forms
        ],
    }


def _tell_forms(done: Preparation) -> None:
    """How many forms were made, renewed and left alone, and each one that needs a hand."""
    from flows.forms.layout import LEFTOVERS
    from flows.forms.words import sheet_name
    from flows.framework.preparation import FormState

    reasons = {
        FormState.OPEN: "sedang dibuka; tutup dahulu, lalu ulangi perintah ini",
        FormState.UNREADABLE: "tidak dapat dibaca; ganti dengan salinan yang utuh, atau pindahkan supaya dibuat baru",
        FormState.LOCKED: "memakai kata sandi; simpan ulang tanpa kata sandi",
        FormState.REFUSED: "bukan formulir untuk tempat ini; pindahkan supaya formulir yang benar dapat dibuat",
        FormState.OTHER_FORMAT: "perlu diperbarui; simpan sebagai Buku Kerja Excel (.xlsx), lalu ulangi perintah ini",
        FormState.UNCALCULATED: "memuat rumus tanpa hasil; buka di Excel, simpan, lalu ulangi perintah ini",
        FormState.TOO_LONG: "terlalu panjang untuk diperbarui; hapus baris dan kolom kosongnya",
        FormState.HOMELESS: "foldernya tidak ada atau tidak dapat dibuat; periksa perangkat daerah di kota.yaml",
    }
    counts = [
        (FormState.CREATED, "dibuat"),
        (FormState.REISSUED, "diperbarui dengan isian tetap"),
        (FormState.KEPT, "sudah sesuai"),
    ]
    said = [f"{len(done.forms_in(state))} {words}" for state, words in counts if done.forms_in(state)]
    left = done.forms_in(*reasons)
    said += [f"{len(left)} belum dapat ditangani"] if left else []
    if said:
        print_result(f"Formulir: {', '.join(said)}.")
    _tell_list(
        f'Formulir dengan isian yang dipindahkan ke lembar "{sheet_name(LEFTOVERS)}"',
        [f"{form.path}: {form.leftovers} isian" for form in done.forms if form.leftovers],
    )
    _tell_list("Formulir yang dibiarkan", [f"{form.path or form.filler}: {reasons[form.state]}" for form in left])


def _tell_files(manifest: Manifest) -> None:
    """What was found, with guides and forms told apart from evidence."""
    # An archive that was opened is told by what lay in it, as in the control report.
    evidence = [file for file in manifest.files if file.media not in _NOT_EVIDENCE and not file.is_unpacked]
    forms = sum(file.media is Media.FORM for file in manifest.files)
    guides = sum(file.media is Media.GUIDE for file in manifest.files)
    if not evidence:
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
    _tell_list("Yang harus diperbaiki", _repair_lines(to_repair, catalogue), SHOWN_FINDINGS)
    missing = [each for each in heavy if each.code in MISSING]
    _tell_list("Bukti yang belum ada, dari poin terbesar", _missing_lines(missing, names), SHOWN_FINDINGS)
    advice = Counter(catalogue.describe(each).title for each in findings if each.severity is Severity.ADVICE)
    _tell_list("Saran", [f"{title}: {count}" for title, count in advice.most_common()], SHOWN_ITEMS)


def _repair_lines(findings: Sequence[Finding], catalogue: Catalogue) -> list[str]:
    """The first findings of each code with their repair, and how many more there are: one kind must not hide others."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    lines = []
    for alike in by_code.values():
        for finding in alike[:SHOWN_ALIKE]:
            said = catalogue.describe(finding)
            number_of_it = f" {finding.id}" if finding.blocks and finding.id else ""
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


def _tell_list(heading: str, items: Sequence[str], shown: int = SHOWN_ITEMS) -> None:
    """A heading with its items below; nothing where there are none."""
    if items:
        print_result(f"{heading}:")
    for item in items[:shown]:
        print_result(f"  - {item}")
    if len(items) > shown:
        print_result(f"  … dan {len(items) - shown} lainnya.")
