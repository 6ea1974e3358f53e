"""What the words above a list say of the people in it: children, or those who look after them."""

from __future__ import annotations

import re
from functools import lru_cache

ROLL_OF_A_CLASS = r"(?:absen\w*|presensi|hadir|nama|nilai|leger) (?:kelas|rombel) (?:[ivx]{1,4}|\d{1,2})[ -]?[a-h]?\b"
"""``ABSENSI KELAS VII A``: who is in a class needs no other word; of a prison *Kelas IIB* nobody keeps such a list."""
ROLL_OF_THE_SMALLEST = (
    r"(?:absen\w*|presensi|daftar hadir) (?:harian |bulanan |anak )?(?:tp[qa]|tka|madin|paud|tk|kb|ra)"
)
"""``ABSENSI PAUD``: whoever is ticked off there is a child."""
CLUB_OF_A_SCHOOL = (
    r"(?:drum ?band|marching ?band|paduan suara|ekstrakurikuler|ekskul|"
    r"tim (?:futsal|basket|voli|bola|sepak ?bola|tari|karate|silat|robotik))\b[^\n]{0,40}\b"
    r"(?:sdn?|sdit|smpn?|smpit|sman?|smkn?|min?|mtsn?|man|slbn?|madrasah|pesantren|tk|paud)"
)
"""What pupils do together, and the kind of their school."""
_AGE_OF_A_TEAM = r"\b(?:u|ku)[- ]?(?:[6-9]|1[0-8])(?!\d)"
YOUNG_PLAYERS = (
    r"(?:pemain|skuad|squad|line ?up|starting|roster|atlet)\b[^\n]{0,50}"
    rf"(?:{_AGE_OF_A_TEAM}|\b(?:ssb|popda|popnas|soeratin|kelompok umur)\b)|"
    rf"(?:tim|ssb|sekolah sepak ?bola)\b[^\n]{{0,40}}{_AGE_OF_A_TEAM}"
)
"""Those who play in a team, and the age below which they are."""
_ABOUT_CHILDREN = re.compile(
    r"\b(?:siswa|siswi|murid|santri|peserta didik|balita|baduta|bayi|anak asuh|anak jalanan|pekerja anak|"
    r"anak tidak sekolah|anak sakit|ats|abh|"
    r"anak berhadapan|anak yang|andikpas|forum anak|anak penyandang|anak disabilitas|anak dengan|"
    r"anak berkebutuhan|stunting|gizi|"
    r"terhadap anak|dispensasi|korban|anak terdampak|anak pengungsi|data anak|daftar anak|nama anak|"
    r"nama-nama anak|perwakilan anak|"
    r"pasien anak|klien anak|rehabilitasi anak|anak putus|duta anak|pengunjung anak|anak panti|"
    r"(?:penerima|pencairan|usulan|rekap\w*|daftar|data) (?:nominasi |bantuan |dana |manfaat )?"
    r"(?:pip|kip\b(?! kuliah))|"
    r"penerima kia|kia|ppdb|spmb|lpka|adha|abk|pdbk|anjal|"
    r"anak (?:terlantar|telantar|yatim|piatu|inklusi|difabel|autis|pemulung|dampingan|binaan|penderita|pengidap)|"
    r"anak (?:kanker|hiv|tal?has+emi?a|thal+as+emia|down)|yatim(?: piatu)?|"
    r"pasien \w+ anak|putus sekolah|usia anak|anak usia \d|penghuni (?:lksa|panti asuhan)|"
    r"(?:posyandu|mtbs|bias|paud|daycare|tpq|madin|pik-?r|kohort (?:bayi|balita))\b.{0,40}\b(?:anak|bayi|balita|"
    r"sasaran|"
    r"pasien|peserta)|usia sekolah|tempat penitipan anak|status anak|"
    r"(?:khitan|sunat)(?:an)? mas+al|peserta (?:khitan|sunat)(?:an)?|pelajar|rapor|raport|leger|tka|anbk|"
    r"(?:asesmen|ujian|penilaian) (?:sumatif|formatif|sekolah|madrasah|akhir|tengah)|pramuka|pik-?r|osis|"
    r"lomba (?:mewarnai|menggambar|bercerita)|bus sekolah|fad|kohort|penimbangan|vaksin(?:asi)? hpv|bias campak|"
    r"tempat duduk|denah duduk|jurnalis\w* anak|reporter cilik|anak berprestasi|"
    r"(?:pelatihan|lomba|kongres|kemah|jambore) (?!hak |layak |ramah |peduli |perlindungan |pemenuhan )\w+ anak|"
    rf"piket kelas|anggota regu|caa|calon anak angkat|{YOUNG_PLAYERS})\b"
)
_COUNTED_LAST = re.compile(r"(?<!nama),? (?:siswa|siswi|murid|santri|balita|bayi)\Z")
"""The last heading: how many a school or a post has."""
_OF_SCHOOL_AGE = re.compile(
    r"\b(?:penerima|penyandang|disabilitas|difabel|berkebutuhan khusus|kursi roda|alat bantu|bantuan|santunan|"
    r"zakat)\b"
)
"""Who is given something, or needs it: children where the list tells their schools."""
_TELLS_SCHOOL = re.compile(r"(?<!nama )(?<!kepala )\b(?:sekolah|madrasah)\b")
_ABOUT_ADULTS = re.compile(
    r"\b(?:(?<!meja )guru|orang ?tua|parenting|donatur|pendonor|donor|tokoh|peduli anak|bimtek|bimbingan teknis|kapal|"
    r"(?<!laporan )kader|pendamping|fasilitator|pengajar|konselor(?! sebaya)|petugas|(?<!anak )kepala|"
    r"kepala(?! keluarga)|pegawai|tenaga|gugus tugas|rapat|"
    r"pelaku|narasumber|pengurus (?!forum anak|fad|osis|pik)|staf|panitia|sosialisasi|kontak|ketua rt|"
    r"patbm|satgas|relawan|"
    r"dokter|terapis|hakim|jaksa|penyidik|pic|perangkat|pelatih|wasit|off?icials?|ofisial|manajer|"
    r"(?<!keputusan )(?<!keputusan dewan )juri|"
    r"tim (?:penjangkau\w*|pelaksana|kerja|"
    r"teknis|penyusun|pendamping|reaksi|verifikasi|pembina))\b"
)
_CLASS = re.compile(rf"\b{ROLL_OF_A_CLASS}")
_WORK_OF_A_CLASS = re.compile(
    r"\b(?:denah|duduk|piket|kelompok|regu|nilai|rapor|raport|leger|absen\w*|presensi|hadir|nama|tabungan|peringkat|"
    r"ranking|rangking|pembagian|vaksin\w*|imunisasi|asesmen|ujian|pas|pts|sas|sts|uts|uas)\b[^\n]{0,30}"
    r"\b(?:kelas|kls|rombel) (?:[ivx]{1,4}|\d{1,2})[ -]?[a-h]?\b",
    re.IGNORECASE,
)
"""What a class does together, in which all are pupils: ``DENAH DUDUK KELAS IV B``, ``Rekap nilai PAS kelas 6``."""
_NOT_OF_PUPILS = re.compile(
    r"\b(?:(?<!meja )guru|wali|orang ?tua|ortu|pelajaran|mengajar|pengajar|petugas|pegawai|rapat|lapas|rutan|ibu|"
    r"komite|pembina|"
    r"pelatih|pendamping|fasilitator|kepala|pelatihan|diklat|jumlah|rata-rata|rekapitulasi|per kelas)\b",
    re.IGNORECASE,
)
_OF_TRAINING = re.compile(
    r"\b(?:pelatihan|diklat|workshop|lokakarya|webinar|seminar|kursus|tot|kelas ibu|"
    r"ibu hamil)\b"
)
"""Adults are taught in classes too."""
_OF_PUPILS = re.compile(
    r"\b(?:o2sn|fls[23]n|osn|ksn|paskibra\w*|osis)\b|"
    r"\b(?:juara|pemenang|peringkat|lomba|beasiswa|finalis|kejuaraan|olimpiade|nomor dada)\b"
    r".*\basal (?:sekolah|madrasah)\b|"
    rf"\b{ROLL_OF_THE_SMALLEST}\b|\b{CLUB_OF_A_SCHOOL}\b|"
    r"\b(?:juara|pemenang|lomba|olimpiade|kejuaraan|turnamen|duta)\b.{0,60}\b(?:pelajar|tingkat (?:tk|paud|sd|"
    r"smp|sma))\b",
    re.DOTALL,
)
"""Contests, clubs and offices that only pupils have a part in."""
_OF_TEACHERS = re.compile(
    r"\b(?:pembagian|daftar|data|jadwal|sk|tugas|nama|susunan|pengurus|rapat|hadir)\b"
    r"(?:(?!siswa|siswi|murid|anak|santri|peserta|pelajar)[^\n]){0,25}"
    r"\b(?:wali kelas|wali murid|guru|pengajar|pendidik|komite|paguyuban|mengajar|pegawai|kelas jabatan)\b|"
    r"^\W*(?:kelas jabatan|bimtek|tarif|hotel|tim (?:verifikasi|penilai|monitoring|pengajar)|pembina|pelatih)\b",
    re.MULTILINE,
)
"""Whose classes are those that they teach, or that their children are in, or of posts and beds."""


@lru_cache(maxsize=512)
def is_about_children(caption: str, headings: str = "") -> bool:
    """Whether what stands above a list says that the people in it are children, and not those who look after them.

    Args:
        caption: Title and words above the list.
        headings: Its headings, among which parents and teachers may have a column of their own.
    """
    above, below = caption.lower(), _COUNTED_LAST.sub("", headings.lower())
    text = f"{above} {below}"
    if _ABOUT_ADULTS.search(above):
        return False
    if _OF_SCHOOL_AGE.search(above) and _TELLS_SCHOOL.search(below):
        return True
    if (_CLASS.search(above) or is_work_of_a_class(above)) and not _OF_TRAINING.search(above):
        return True
    return bool(_ABOUT_CHILDREN.search(text) or _OF_PUPILS.search(text))


def is_about_adults(caption: str) -> bool:
    """Whether what stands above a list says that the people in it look after children, or are taught about them."""
    return _ABOUT_ADULTS.search(caption.lower()) is not None


def is_about_teachers(caption: str) -> bool:
    """Whether a class in a list is one that somebody teaches, or in which a child of somebody is."""
    return _OF_TEACHERS.search(caption.lower()) is not None


def is_work_of_a_class(above: str) -> bool:
    """Whether what stands above a list is what a class does together, and not what is taught or counted in it."""
    return bool(_WORK_OF_A_CLASS.search(above)) and not _NOT_OF_PUPILS.search(above)
