"""What is wrong with the forms and tables of the invented city on purpose, and what the program should say of it.

How each is done is in ``demo_form_spoilers`` and ``demo_exports``.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.builders.demo_exports import CENTRES, DEEDS, MILK, SLUDGE, SMOKE
from tests.builders.demo_problems import Planted
from tests.builders.demo_returned import folder_of, path_of, plans


def _path(key: str, suffix: str = ".xlsx") -> str:
    return path_of(plans()[key]).removesuffix(".xlsx") + suffix


SECOND = _path("opd:dinsos", " (1).xlsx")
CUT = _path("opd:bnn", " (lama).xlsx")
LATER = f"{folder_of(plans()['opd:bapenda'])}/Formulir KLA 2025 - Badan Pendapatan Daerah.xlsx"
STRAY = f"Satpol PP/{plans()['opd:dishub'].file_name}"

_HEALTH, _WORK, _PLAN, _LAW = (_path(f"opd:{key}") for key in ("dinkes", "disnaker", "bappeda", "bagian-hukum"))
_NET, _SPORT, _RAIN = _path("opd:diskominfo"), _path("opd:disparpora", ".xlsm"), _path("opd:bpbd")
_COURT = _path("opd:polres")

FORM_PROBLEMS: tuple[Planted, ...] = (
    Planted("form-missing", "Kejaksaan tidak mengembalikan formulirnya.", "", agency="kejaksaan"),
    Planted("form-incomplete", "Tiga dari 33 pertanyaan Disdikbud belum dijawab.", _path("opd:disdikbud")),
    Planted("form-incomplete", "Baris 21C.3 tidak terbaca, jadi belum terjawab.", _WORK),
    Planted("form-unreadable", "Salinan lama formulir BNN terpotong: minta kirim ulang.", CUT),
    Planted("form-newer", "Formulir untuk instrumen tahun 2025: isinya tidak dibaca.", LATER),
    Planted("form-other-filler", "Formulir Dishub di folder Satpol PP: isinya tidak dibaca.", STRAY),
    Planted(
        "form-identity-lost",
        "Formulir disimpan ulang dari telepon; tetap dibaca menurut judul kolomnya.",
        _path("opd:apsai"),
    ),
    Planted("form-has-macros", "Formulir .xlsm: makronya diabaikan, isinya dibaca.", _SPORT),
    Planted("form-sheet-hidden", "Lembar PKA dan RIRA disembunyikan; tetap dibaca.", _SPORT),
    Planted("form-sheet-doubled", "Salinan lembar Ruang Bermain Anak berbeda satu sel.", _SPORT),
    Planted("form-sheet-missing", "Lembar Inovasi dihapus.", _RAIN),
    Planted("form-column-missing", "Kolom Keterangan pada lembar Sarana Perlindungan dihapus.", _RAIN),
    Planted("form-column-unknown", 'Kolom "Catatan kami" ditambahkan sendiri: isinya tidak dibaca.', _RAIN),
    Planted("form-sheet-foreign", "Lembar dari formulir DLH disalin ke formulir BPBD.", _RAIN),
    Planted("form-key-changed", "Penanda baris 21C.3 ditimpa: barisnya tidak dibaca.", _WORK),
    Planted("form-row-unknown", "Baris 21C.9 ditambahkan sendiri: tidak dibaca.", _WORK),
    Planted("form-row-doubled", "Baris 21C.2 tertulis dua kali dengan catatan berbeda.", _WORK),
    Planted("form-cells-merged", "Catatan 1.2v dan 1.3za digabung: hanya yang pertama dibaca.", _WORK),
    Planted("forms-disagree", "Formulir kedua Dinsos berbeda satu sel; yang dipakai yang pertama.", SECOND),
    Planted("cell-unreadable", '"sekitar sepuluh" bukan angka.', _WORK),
    Planted("cell-error", "Sel berisi #REF!.", _WORK),
    Planted("cell-uncalculated", "Rumus yang hasilnya tidak tersimpan.", _WORK),
    Planted("cell-remark", 'Angka dengan satuan "orang": dibaca, tetapi dikatakan.', _HEALTH),
    Planted("choice-unknown", 'Jenis mitra "CV" tidak ada pada pilihan.', _WORK),
    Planted(
        "claim-out-of-range",
        "Poin 9 diklaim untuk pertanyaan 16.7 yang bernilai 4.",
        _path("opd:pupr-perkim"),
        ("16.7",),
    ),
    Planted("listed-file-missing", "Berkas pada Daftar Bukti tidak ada di folder.", _NET),
    Planted("listed-question-unknown", "Pertanyaan 5.12 tidak ada pada instrumen.", _NET),
    Planted("listed-without-question", "Baris Daftar Bukti tanpa nomor pertanyaan.", _NET),
    Planted("listed-file-ambiguous", "Dua berkas bernama sama di dua kecamatan.", _path("sekretariat:")),
    Planted("pages-out-of-range", "Halaman 48 dari dokumen yang lebih pendek.", _PLAN),
    Planted("link-only", "Rancangan Perwali RASS baru berupa tautan.", _LAW, ("1.2k",)),
    Planted(
        "tte-not-found", "PKS dinyatakan ber-TTE, padahal pada berkasnya tidak ditemukan.", _path("opd:disdukcapil")
    ),
    Planted(
        "answers-disagree",
        "Dinsos menjawab Ya dan APSAI menjawab Tidak untuk 10.5: MENGHALANGI.",
        _path("opd:apsai"),
        ("10.5",),
    ),
    Planted("note-missing", "Catatan upaya pertanyaan 12.3 belum diisi.", "", ("12.3",)),
    Planted("note-too-short", 'Catatan 14.5 hanya "sudah ada".', _HEALTH, ("14.5",)),
    Planted(
        "kind-contradicted",
        "Notula dinyatakan sebagai laporan untuk 24B.2.",
        "Kesbangpol/V/24B/24B.1 Notula rapat pencegahan radikalisme 2023.pdf",
        ("24B.2",),
    ),
    Planted(
        "signature-absent",
        "Kutipan APBD pendidikan dinyatakan belum ditandatangani.",
        "Bappeda/1.3/1.3v, 1.3w, 1.3x Kutipan APBD pendidikan.pdf",
        ("1.3v", "1.3w", "1.3x"),
        times=3,
    ),
    Planted(
        "table-missing",
        "Lembaga kelolaan masyarakat (21A.4b) tidak ada pada lembarnya maupun sebagai berkas.",
        "",
        ("21A.4b",),
    ),
    Planted(
        "table-row-missing",
        "Tahap penuntutan tidak diisi siapa pun, karena Kejaksaan tidak mengembalikan formulir.",
        "",
        ("24A.2", "24A.4"),
        times=4,
        agency="kejaksaan",
    ),
    Planted(
        "table-incomplete",
        "Tabel baru terisi sebagian, berkasnya belum ada.",
        _COURT,
        ("24A.4",),
    ),
    Planted("table-incomplete", "Rekap lumpur tinja tidak dapat dinilai per tahun.", SLUDGE, ("16.6",)),
    Planted("table-findings", "Tabel pekerja anak berisi angka yang harus diperbaiki.", _WORK, ("21C.4",)),
    Planted("table-empty-cell", "Satu sel pada tabel kekerasan kosong.", _path("opd:uptd-ppa")),
    Planted("table-negative", "Jumlah anak tidak boleh negatif.", _WORK),
    Planted("table-not-whole", "10,5 anak bukan bilangan bulat.", _WORK),
    Planted("table-not-available", "Kematian ibu dinyatakan tidak tersedia.", _HEALTH),
    Planted("table-out-of-range", "Pagu Rp45.000 terlalu kecil: mungkin ditulis dalam ribuan.", _PLAN),
    Planted("sex-total-mismatch", "L + P tidak sama dengan L+P pada bayi lahir hidup.", _HEALTH),
    Planted("part-above-whole", "Puskesmas yang menilai mandiri lebih banyak daripada puskesmasnya.", _HEALTH),
    Planted("percent-mismatch", "Persentase Buku KIA tidak sesuai hitungan.", _HEALTH),
    Planted("coverage-above-100", "Persalinan di fasilitas melebihi sasaran: peringatan, bukan kesalahan.", _HEALTH),
    Planted("year-jump", "Gizi kurang naik hampir dua kali lipat.", _HEALTH),
    Planted("definition-differs", "Stunting memakai balita, padahal yang diminta anak di bawah dua tahun.", _HEALTH),
    Planted("definition-missing", "Sumber angka ASI eksklusif belum dinyatakan.", _HEALTH),
    Planted("table-differs", "Dinkes dan PUPR berbeda angka air minum; yang dipakai PUPR.", _HEALTH),
    Planted("table-sources-differ", "Rekap ASI berbeda satu angka dari formulir; yang dipakai formulir.", MILK),
    Planted("table-one-year", "Ekspor akta per kelurahan hanya tahun 2023.", DEEDS),
    Planted("table-no-sex-split", "Ekspor akta per kelurahan tanpa L dan P.", DEEDS),
    Planted("column-misnamed", "Kolom TAHUN berisi kode kelurahan.", DEEDS),
    Planted("area-missing", "Satu kelurahan tidak ada pada ekspor.", DEEDS),
    Planted("area-doubled", "Satu kelurahan tertulis dua kali pada ekspor.", DEEDS, times=2),
    Planted("area-unknown", "Kelurahan Kamboja Rekaan tidak ada di kota.yaml.", DEEDS),
    Planted("total-mismatch", "Jumlah satu kecamatan tidak sama dengan rinciannya.", DEEDS),
    Planted("table-year-outside", "Rekap KTR memuat tahun 2021.", SMOKE),
    Planted("table-year-unknown", "Rekap lumpur tinja tidak menyebut tahun.", SLUDGE),
    Planted("export-unmapped", "Rekap PRAP belum memuat semua kolom yang diminta.", CENTRES),
)
UNPLANTABLE: Mapping[str, str] = {
    "likely-answer": "the likely names of this city stand in a report; a form would print them",
    "form-too-long": "a sheet longer than what is read (20 000 rows) would be larger than all other files together",
    "areas-unassessable": "needs a kota.yaml without areas, and then no other check on areas could be shown",
    "export-unreadable": "needs a workbook that opens and then hangs or kills its reader",
}
"""Codes about forms and tables that the city does not show, with the reason."""
