"""The history of paths in words, for ``kla riwayat``: what changed, what was withdrawn, which copies there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from flows.commands import proposed
from flows.console import print_result
from flows.gather import Taken
from flows.history import has_changed
from flows.model import PathHistory
from flows.wording import file_size, listing, long_date, number

_LINE_END = re.compile(r"\s*[\r\n]\s*")


def tell_history(told: Sequence[PathHistory], total: int, city_id: str, year: int, *, hint: bool) -> None:
    """Say what became of each path.

    Args:
        told: The paths to tell of.
        total: How many paths the history knows.
        city_id: Folder of the city.
        year: Evaluation year.
        hint: Whether to say how copies are taken.
    """
    changed = sum(has_changed(one) and not one.withdrawn for one in told)
    withdrawn = sum(bool(one.withdrawn) for one in told)
    print_result(
        f"Riwayat bukti {city_id} {year}: {number(total)} berkas tercatat; pada daftar ini "
        f"{number(changed)} berubah dan {number(withdrawn)} ditarik."
    )
    for one in told:
        print_result()
        _tell_one(one)
    if told and hint:
        print_result()
        print_result("Untuk mengambil salinannya, sebut nama berkas (atau sebagian) dan folder tujuannya:")
        print_result(f"  {proposed(f'kla riwayat {city_id} {year} BERKAS --ambil FOLDER')}")


def _tell_one(one: PathHistory) -> None:
    state = "isinya masih ada dan tidak berubah"  # here, or under another name that nobody cites
    if one.withdrawn:
        state = f"DITARIK, tidak ada lagi sejak {_day(one.withdrawn)}"
    elif has_changed(one):
        state = f"BERUBAH, isi yang sekarang sejak {_day(one.versions[-1].since)}"
    use = f"untuk pertanyaan {listing(one.questions)}" if one.questions else "formulir atau tabel"
    print_result(_LINE_END.sub(" ", one.path))  # a name of two lines could tell of another file
    print_result(f"  {state} ({use})")
    for count, version in enumerate(one.versions, start=1):
        last = " – yang sekarang" if count == len(one.versions) and not one.withdrawn else ""
        print_result(
            f"  isi {count}: sejak {_day(version.since)}, {file_size(version.bytes)}, {version.sha256[:8]}{last}"
        )


def tell_taken(taken: Sequence[Taken]) -> None:
    """Say which copies were written where, and which could not be had."""
    for one in taken:
        if one.target:
            print_result(f"  {one.target}")
        else:
            print_result(f"  TIDAK DAPAT DIAMBIL: {_LINE_END.sub(' ', one.path)}, isi {one.number}. {one.problem}")
    done = sum(bool(one.target) for one in taken)
    print_result(f"{number(done)} salinan diambil dan sudah dicocokkan dengan catatannya.")


def history_record(told: Sequence[PathHistory], taken: Sequence[Taken]) -> dict[str, object]:
    """The same as values, for ``--json``."""
    return {
        "berkas": [
            {
                "path": one.path,
                "perangkat_daerah": one.agency_id,
                "pertanyaan": list(one.questions),
                "berubah": has_changed(one),
                "ditarik": one.withdrawn,
                "isi": [{"sha256": each.sha256, "bytes": each.bytes, "sejak": each.since} for each in one.versions],
            }
            for one in told
        ],
        "diambil": [
            {"path": one.path, "isi": one.number, "sha256": one.sha256, "ke": one.target, "masalah": one.problem}
            for one in taken
        ],
    }


def _day(iso: str) -> str:
    return long_date(date.fromisoformat(iso))
