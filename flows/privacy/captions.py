"""What the words above a list say of the people in it: children, or those who look after them."""

from __future__ import annotations

import re

ROLL_OF_A_CLASS = r"(?:absen\w*|presensi|hadir|nama|nilai|leger) (?:kelas|rombel) (?:[ivx]{1,4}|\d{1,2})[ -]?[a-h]?\b"
"""``ABSENSI KELAS VII A``: who is in a class needs no other word; of a prison *Kelas IIB* nobody keeps such a list."""
_ABOUT_CHILDREN = re.compile(
    r"\b(?:siswa|siswi|murid|santri|peserta didik|balita|baduta|bayi|anak asuh|anak jalanan|pekerja anak|"
    r"anak tidak sekolah|ats|abh|"
    r"anak berhadapan|anak yang|andikpas|forum anak|anak penyandang|anak disabilitas|anak dengan|"
    r"anak berkebutuhan|stunting|gizi|"
    r"terhadap anak|dispensasi|korban|anak terdampak|anak pengungsi|data anak|daftar anak|nama anak|"
    r"nama-nama anak|perwakilan anak|"
    r"pasien anak|klien anak|rehabilitasi anak|anak putus|duta anak|pengunjung anak|anak panti|penerima pip|"
    r"penerima kia|kia|ppdb|spmb|lpka|adha|abk|pdbk|anjal|"
    r"anak (?:terlantar|telantar|yatim|piatu|inklusi|difabel|autis|pemulung|dampingan|binaan|penderita|pengidap)|"
    r"anak (?:kanker|hiv|tal?has+emi?a|thal+as+emia|down)|yatim(?: piatu)?|"
    r"pasien \w+ anak|putus sekolah|usia anak|penghuni (?:lksa|panti asuhan)|"
    r"(?:posyandu|mtbs|bias|paud|daycare|tpq|madin|pik-?r|kohort (?:bayi|balita))\b.{0,40}\b(?:anak|bayi|balita|"
    r"sasaran|"
    r"pasien|peserta)|usia sekolah|tempat penitipan anak|status anak|"
    r"(?:khitan|sunat)(?:an)? mas+al|peserta (?:khitan|sunat)(?:an)?)\b"
)
_OF_SCHOOL_AGE = re.compile(
    r"\b(?:penerima|penyandang|disabilitas|difabel|berkebutuhan khusus|kursi roda|alat bantu|bantuan|santunan|"
    r"zakat)\b"
)
"""Who is given something, or needs it: children where the list tells their schools."""
_TELLS_SCHOOL = re.compile(r"(?<!nama )(?<!kepala )\b(?:sekolah|madrasah)\b")
_ABOUT_ADULTS = re.compile(
    r"\b(?:guru|orang ?tua|parenting|donatur|pendonor|donor|tokoh|peduli anak|bimtek|bimbingan teknis|kapal|"
    r"kader|pendamping|fasilitator|pengajar|konselor|petugas|kepala|pegawai|"
    r"tenaga|gugus tugas|rapat|"
    r"pelaku|narasumber|pengurus (?!forum anak)|staf|panitia|sosialisasi|kontak|ketua rt|patbm|satgas|relawan|"
    r"dokter|terapis|hakim|jaksa|penyidik|pic|perangkat|pelatih|wasit|juri|tim (?:penjangkau\w*|pelaksana|kerja|"
    r"teknis|penyusun|pendamping|reaksi|verifikasi|pembina))\b"
)
_CLASS = re.compile(rf"\b{ROLL_OF_A_CLASS}")
_OF_TRAINING = re.compile(
    r"\b(?:pelatihan|diklat|workshop|lokakarya|webinar|seminar|kursus|tot|kelas ibu|"
    r"ibu hamil)\b"
)
"""Adults are taught in classes too."""
_OF_PUPILS = re.compile(
    r"\b(?:o2sn|fls[23]n|osn|ksn|paskibra\w*|osis)\b|"
    r"\b(?:juara|pemenang|peringkat|lomba|beasiswa|finalis|kejuaraan|olimpiade|nomor dada)\b"
    r".*\basal (?:sekolah|madrasah)\b|"
    r"\b(?:juara|pemenang|lomba|olimpiade|kejuaraan|turnamen|duta)\b.{0,60}\b(?:pelajar|tingkat (?:tk|paud|sd|"
    r"smp|sma))\b",
    re.DOTALL,
)
"""Contests and offices that only pupils have a part in."""


def is_about_children(caption: str, headings: str = "") -> bool:
    """Whether what stands above a list says that the people in it are children, and not those who look after them.

    Args:
        caption: Title and words above the list.
        headings: Its headings, among which parents and teachers may have a column of their own.
    """
    above, below = caption.lower(), headings.lower()
    text = f"{above} {below}"
    if _ABOUT_ADULTS.search(above):
        return False
    if _OF_SCHOOL_AGE.search(above) and _TELLS_SCHOOL.search(below):
        return True
    if _CLASS.search(above) and not _OF_TRAINING.search(above):
        return True
    return bool(_ABOUT_CHILDREN.search(text) or _OF_PUPILS.search(text))
