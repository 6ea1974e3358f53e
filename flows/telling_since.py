"""What has changed since a run, in words: for the days in which a city completes its file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.console import print_list, print_result
from flows.findings import load_catalogue
from flows.model import Since
from flows.wording import number

_SHOWN_PATHS = 10
_SHOWN_FINDINGS = 6
_SHOWN_QUESTIONS = 40


def tell_since(run: Path | None, found: Since | None) -> None:
    """Say what differs between ``run`` and now; nothing where there is no run to compare with."""
    if run is None:
        return
    if found is None:
        print_result(
            f"Tidak dapat dibandingkan dengan terbitan {run.name}: catatan di folder internal/-nya tidak lengkap."
        )
        return
    if found.is_alike:
        print_result(f"Dibanding terbitan {found.run_id}: tidak ada yang berubah.")
        return
    files = [(found.added, "baru"), (found.replaced, "diganti"), (found.gone, "tidak ada lagi")]
    counts = ", ".join(f"{number(len(paths))} {words}" for paths, words in files)
    findings = f"{number(found.settled)} temuan selesai, {number(len(found.new))} temuan baru"
    print_result(f"Dibanding terbitan {found.run_id}: berkas {counts}; {findings}.")
    print_list("Berkas baru", found.added, _SHOWN_PATHS)
    print_list("Berkas diganti", found.replaced, _SHOWN_PATHS)
    print_list("Berkas yang tidak ada lagi", found.gone, _SHOWN_PATHS)
    _tell_questions("Pertanyaan yang kini tidak kurang apa pun", found.completed)
    _tell_questions("Pertanyaan yang tadinya tidak kurang, kini kurang", found.fallen)
    catalogue = load_catalogue()
    told = [catalogue.describe(finding) for finding in found.new]
    print_list(
        "Temuan baru", [f"{one.severity_label}: {one.sentence}\n    {one.repair}" for one in told], _SHOWN_FINDINGS
    )


def since_record(run: Path | None, found: Since | None) -> dict[str, object] | None:
    """The same for ``--json``; None where there is no run, or none that can be compared."""
    if run is None or found is None:
        return None
    catalogue = load_catalogue()
    return {
        "terbitan": found.run_id,
        "berkas_baru": list(found.added),
        "berkas_diganti": list(found.replaced),
        "berkas_tidak_ada_lagi": list(found.gone),
        "temuan_selesai": found.settled,
        "temuan_baru": [
            {"id": each.id, "code": each.code, "uraian": catalogue.describe(each).sentence} for each in found.new
        ],
        "pertanyaan_kini_tidak_kurang": list(found.completed),
        "pertanyaan_kini_kurang": list(found.fallen),
    }


def _tell_questions(heading: str, ids: Sequence[str]) -> None:
    if ids:
        more = f", dan {len(ids) - _SHOWN_QUESTIONS} lainnya" if len(ids) > _SHOWN_QUESTIONS else ""
        print_result(f"{heading}: {', '.join(ids[:_SHOWN_QUESTIONS])}{more}.")
