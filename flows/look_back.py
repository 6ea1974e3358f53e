"""The work behind ``kla riwayat``: which histories are meant, and copies taken out of the vault into a folder."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from flows.commands import proposed
from flows.errors import InputsError, UsageError, os_reason
from flows.framework import check_city_id
from flows.gather import VAULT_FOLDER, Taken, Vault, take_out
from flows.history import has_changed, matching
from flows.model import PathHistory
from flows.privacy import mask_path
from flows.publish import known_history
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """The histories to tell of."""

    told: tuple[PathHistory, ...]
    total: int
    """How many paths the history knows."""


def chosen(settings: Settings, city_id: str, year: int, wanted: str | None) -> Chosen:
    """The paths that ``wanted`` means, or without it all that changed or were withdrawn. Works without the inputs.

    Raises:
        InputsError: nothing was ever written down for this city and year, or the history is damaged.
        UsageError: ``wanted`` means no path that was ever cited.
    """
    check_city_id(city_id, settings.inputs)
    history = known_history(settings.output_root(city_id, year))
    if not history:
        raise InputsError(
            f"Belum ada riwayat berkas untuk {city_id} tahun {year}.",
            "Riwayat dimulai pada pemeriksaan pertama yang menemukan bukti. Letakkan bukti di folder perangkat daerah, "
            f"lalu jalankan: {proposed(f'kla periksa {city_id} {year}')}",
        )
    if wanted is None:
        told = [one for _, one in sorted(history.items()) if one.withdrawn or has_changed(one)]
        return Chosen(tuple(told), len(history))
    text = mask_path(wanted)
    found = matching(history, text)
    if not found:
        names = {path.rsplit("/", 1)[-1]: path for path in history}
        nearest = get_close_matches(text, [*names, *history], n=1, cutoff=0.4)
        hint = f"Mungkin maksudnya: {names.get(nearest[0], nearest[0])}. " if nearest else ""
        raise UsageError(
            f'Tidak ada berkas bukti yang pernah tercatat dengan nama "{text}".',
            f"{hint}Tanpa BERKAS, perintah ini menampilkan semua yang berubah atau ditarik.",
        )
    return Chosen(tuple(found), len(history))


def take(
    settings: Settings, city_id: str, year: int, told: tuple[PathHistory, ...], folder: Path, *, anywhere: bool
) -> list[Taken]:
    """Take every version of ``told`` out of the vault into ``folder``.

    Raises:
        UsageError: ``folder`` lies where the program reads or writes, and that was not asked for.
        InputsError: ``folder`` cannot be written to.
    """
    vault = Vault(settings.output_root(city_id, year) / VAULT_FOLDER)
    _check_place(settings, vault, folder, anywhere=anywhere)
    try:
        return take_out(vault, told, folder)
    except OSError as error:
        raise InputsError(
            f"Salinan tidak dapat ditulis ke {folder} ({os_reason(error)}).",
            "Periksa sisa ruang dan hak tulis folder itu, atau pilih folder lain. Salinan di brankas tidak berubah.",
        ) from error


def _check_place(settings: Settings, vault: Vault, folder: Path, *, anywhere: bool) -> None:
    place = folder.resolve()
    if _is_within(place, vault.root):
        raise UsageError(f"Folder {folder} berada di dalam brankas.", "Pilih folder lain dengan --ambil.")
    inside = [each for each in (settings.inputs, settings.outputs) if _is_within(place, each)]
    if inside and not anywhere:
        raise UsageError(
            f"Folder {folder} berada di dalam {inside[0]}, sehingga salinannya dapat ikut terbaca sebagai bukti baru.",
            "Pilih folder di luar itu, atau tambahkan --tetap bila memang dikehendaki.",
        )


def _is_within(place: Path, folder: Path) -> bool:
    root = folder.resolve()
    return place == root or root in place.parents
