"""What ``kla siapkan`` made, kept and could not use, in words; and what of its sheet is not used yet."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from flows.commands import proposed
from flows.console import print_list, print_result, say
from flows.errors import KlaError
from flows.settings import Settings
from flows.wording import number

if TYPE_CHECKING:
    from flows.framework.preparation import Preparation
    from flows.model import City

_SHOWN_REFUSALS = 5
_SHOWN_AREAS = 10


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
    print_list("Diperbarui", done.updated)
    print_list("Dipertahankan karena sudah Anda ubah", done.kept)
    print_list("Folder yang dikenali", [f"{each.folder} → {each.agency_name}" for each in done.adopted])
    print_list(
        "Folder yang tidak dikenali (tetap ada dan tetap diperiksa; tambahkan sebagai alias di kota.yaml)",
        done.unmatched,
    )
    print_list("Tidak dapat dibuat karena ada berkas bernama sama", done.blocked)
    print_list(
        "Menyangkut pertanyaan sensitif tetapi dapat dibaca semua pengguna komputer ini; tutup dengan perintah",
        [f"chmod 2770 {shlex.quote(str(input_root / folder))}" for folder in done.open_folders],
        mark="",
    )
    print_list("Peran yang belum dipasangkan dengan perangkat daerah", done.uncovered_roles)
    print_list("Diambil dari profil-kota.xlsx", [f"{each.place}: {each.after}" for each in done.taken])
    print_list(
        "Berbeda antara profil-kota.xlsx dan kota.yaml; yang dipakai kota.yaml",
        [f"{each.place}: {each.before} (lembar kerja: {each.after})" for each in done.conflicts],
    )
    print_list("Tidak dapat diambil dari profil-kota.xlsx", [f"{each.place}: {each.reason}" for each in done.refused])
    _tell_areas(done)
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
        "wilayah": {
            "kecamatan": len(done.city.districts),
            "kelurahan": sum(len(district.villages) for district in done.city.districts),
            "dari": done.areas.file_name if done.areas and done.areas.is_taken else None,
        },
        "formulir": [
            {"berkas": form.path, "pengisi": form.filler, "keadaan": form.state.value, "isian_lama": form.leftovers}
            for form in done.forms
        ],
    }


def _tell_areas(done: Preparation) -> None:
    """Where the kecamatan and desa come from, or how they are listed where there are none yet."""
    news = done.areas
    if news is None and not done.city.districts:
        print_result("Kecamatan dan desa/kelurahan belum tercantum, sehingga formulirnya belum dibuat. Letakkan")
        print_result("  wilayah.xlsx (kolom Kode, Kecamatan, Desa/Kelurahan) di folder itu, lalu ulangi perintah ini.")
    if news is None or not news.is_news:
        return
    if news.is_taken:
        will = "akan diambil" if done.is_dry_run else "diambil"
        print_result(
            f"Wilayah {will} dari {news.file_name}: {number(news.districts)} kecamatan, "
            f"{number(news.villages)} desa atau kelurahan."
        )
    else:
        print_result(f"Wilayah di kota.yaml ditulis atau diubah tangan dan tetap dipakai; {news.file_name} berbeda.")
        print_result(
            f"  Untuk memakai {news.file_name}: di kota.yaml ganti isi wilayah menjadi wilayah: [], lalu ulangi."
        )
    if not news.is_taken or len(news.added) < news.districts + news.villages:
        print_list(f"Hanya ada di {news.file_name}", news.added, _SHOWN_AREAS)
        print_list("Berganti nama", news.renamed, _SHOWN_AREAS)
        print_list(f"Tidak ada di {news.file_name}", news.removed, _SHOWN_AREAS)


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
    print_list(
        f'Formulir dengan isian yang dipindahkan ke lembar "{sheet_name(LEFTOVERS)}"',
        [f"{form.path}: {form.leftovers} isian" for form in done.forms if form.leftovers],
    )
    print_list("Formulir yang dibiarkan", [f"{form.path or form.filler}: {reasons[form.state]}" for form in left])
    print_list(
        "Formulir yang tidak diminta lagi dari pemilik folder itu; hapus bila belum diisi",
        [form.path for form in done.forms_in(FormState.UNASKED)],
    )


def tell_pending(settings: Settings, city: City) -> None:
    """Say what of ``profil-kota.xlsx`` is not used yet, what cannot be used, and whether nobody can read it."""
    from flows.framework.profile_sheet import SHEET_FILE, SheetUnreadableError
    from flows.framework.waiting import waiting_changes

    try:
        waiting = waiting_changes(settings.input_root(city.id, city.evaluation_year), city)
    except SheetUnreadableError as error:
        say(f"Perhatian: {error.message} Yang dipakai kota.yaml.")
        say(error.repair)
        return
    command = proposed(f"kla siapkan {city.id} {city.evaluation_year}")
    _tell_waiting_areas(settings, city, command)
    if waiting.taken:
        say(f"Perhatian: {SHEET_FILE} berisi {len(waiting.taken)} perubahan yang belum dipakai.")
        say(f"Untuk memakainya: {command}")
    if waiting.conflicts:
        say(f"Perhatian: {len(waiting.conflicts)} isian {SHEET_FILE} berbeda dengan kota.yaml; yang dipakai kota.yaml.")
    if waiting.refused:
        say(f"Perhatian: {len(waiting.refused)} isian {SHEET_FILE} tidak dapat dipakai; yang berlaku kota.yaml.")
        for each in waiting.refused[:_SHOWN_REFUSALS]:
            say(f"  - {each.place}: {each.reason}")
        more = len(waiting.refused) - _SHOWN_REFUSALS
        if more > 0:
            say(f"  … dan {more} lainnya.")
        say(f"Perbaiki isian itu di {SHEET_FILE}, lalu: {command}")


def _tell_waiting_areas(settings: Settings, city: City, command: str) -> None:
    """Say that the list of areas is not what the city has, or cannot be read; the city's own areas are used."""
    from flows.framework.area_sheet import read_area_sheet
    from flows.framework.area_taking import with_areas

    try:
        sheet = read_area_sheet(settings.input_root(city.id, city.evaluation_year), city.code)
    except KlaError as error:
        say(f"Perhatian: {error.message}")
        say(f"Yang dipakai wilayah di kota.yaml. Rinciannya: {command}")
        return
    if sheet is None:
        return
    news = with_areas(city, sheet)[1]
    if news.is_news and news.is_taken:
        say(f"Perhatian: {sheet.file_name} berisi wilayah yang belum dipakai.")
        say(f"Untuk memakainya: {command}")
