"""The copies of a city's evidence, examined: the part of ``kla dokter KOTA TAHUN`` beyond the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flows.commands import proposed
from flows.doctor import Condition
from flows.errors import InputsError
from flows.files import one_writer
from flows.framework import check_city_id
from flows.gather import VAULT_FOLDER, Health, Vault, audit
from flows.history import contents
from flows.publish import known_history, known_register
from flows.request import Report
from flows.settings import Settings
from flows.wording import file_size, number

_SHOWN = 10


def examine_vault(settings: Settings, city_id: str, year: int, report: Report) -> tuple[Condition, ...]:
    """Look into every copy of a city and year; nothing is changed.

    Raises:
        BusyError: a run is writing there.
        InputsError: history or register are damaged, or there is no such city and year.
    """
    check_city_id(city_id, settings.inputs)
    output_root = settings.output_root(city_id, year)
    if not output_root.is_dir() and not settings.input_root(city_id, year).is_dir():
        raise InputsError(
            f"Tidak ada folder masukan maupun keluaran untuk {city_id} tahun {year}.",
            f"Periksa nama kota dan tahunnya, atau mulai dengan: {proposed(f'kla siapkan {city_id} {year}')}",
        )
    if not output_root.is_dir():
        return (_empty(output_root),)
    with one_writer(output_root):
        register = {label.sha256: label.path for label in known_register(output_root).labels}
        named = {**register, **contents(known_history(output_root))}
        vault = Vault(output_root / VAULT_FOLDER)
        health = audit(vault, frozenset(named), lambda done, total: report("audit", done, total))
    found = (
        _condition(
            "rusak", "Salinan yang isinya tidak sama dengan namanya", health.mismatched, named, is_required=True
        ),
        _condition("hilang", "Salinan yang tercatat tetapi tidak ada", health.missing, named, is_required=True),
        _condition("asing", "Berkas di brankas yang tidak tercatat", health.orphaned, {}, is_required=True),
        _condition("sisa", "Salinan setengah jadi", health.leftovers, {}, is_required=False),
        _condition("sistem", "Berkas sistem operasi di brankas", health.systems, {}, is_required=False),
    )
    return (_summary(vault, health, named), *(each for each in found if not each.is_good))


def _empty(output_root: Path) -> Condition:
    return Condition(
        id="brankas",
        label="Brankas salinan bukti",
        is_good=True,
        is_required=False,
        state=f"belum ada di {output_root}; dibuat oleh kla periksa atau kla susun",
        repair="",
    )


def _summary(vault: Vault, health: Health, named: Mapping[str, str]) -> Condition:
    if not health.copies and not named:
        return _empty(vault.root.parent)
    return Condition(
        id="brankas",
        label="Brankas salinan bukti",
        is_good=True,
        is_required=False,
        state=f"{number(health.copies)} salinan utuh, {file_size(health.bytes)}, di {vault.root}",
        repair="",
    )


_REPAIRS: Mapping[str, str] = {
    "rusak": "Jangan dipakai. Ambil dari cadangan, atau pindahkan berkas itu ke luar brankas; bila berkasnya "
    "masih ada di folder masukan, kla periksa berikutnya menyimpannya lagi. Program tidak pernah menimpanya sendiri.",
    "hilang": "Bila berkasnya masih ada di folder masukan, kla periksa berikutnya menyimpannya lagi. Bila tidak, "
    "ambil folder brankas dari cadangan.",
    "asing": "Ulangi kla periksa; bila tetap disebut, pindahkan berkas itu ke luar brankas. Simpan dulu bila "
    "riwayat.csv pernah hilang: mungkin itu satu-satunya salinan.",
    "sisa": "Tidak berbahaya; dibersihkan oleh kla periksa atau kla susun berikutnya.",
    "sistem": "Tidak berbahaya, dibuat oleh Windows, macOS, atau penyimpanan jaringan ketika folder itu dilihat; boleh "
    "dihapus. Brankas sebaiknya tidak dibuka dengan penjelajah berkas.",
}


def _condition(
    what: str, label: str, found: Sequence[str], named: Mapping[str, str], *, is_required: bool
) -> Condition:
    show: Callable[[str], str] = lambda each: f"{each[:8]} ({named[each]})" if named.get(each) else each  # noqa: E731
    more = f", dan {len(found) - _SHOWN} lainnya" if len(found) > _SHOWN else ""
    return Condition(
        id=f"brankas-{what}",
        label=label,
        is_good=not found,
        is_required=is_required,
        state=f"{number(len(found))}: " + ", ".join(map(show, found[:_SHOWN])) + more,
        repair=_REPAIRS[what],
        items=tuple(found),
    )
