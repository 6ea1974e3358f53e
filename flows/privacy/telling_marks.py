"""What stands beside the names of children in running text: ages, classes, schools, parents; and what is like them."""

from __future__ import annotations

import re

from flows.privacy.told_together import WORDS_TOGETHER
from flows.words import Words

_SCHOOL_KINDS = (
    *("SD", "SDN", "SDIT", "SDS", "MI", "MIN", "MIS", "SMP", "SMPN", "SMPIT", "MTs", "MTsN", "MTS", "MTSN", "SMA"),
    *("SMAN", "SMK", "SMKN", "MA", "MAN", "TK", "PAUD", "KB", "RA", "SLB", "SLBN"),
)
_SCHOOLS = rf"(?:{'|'.join(_SCHOOL_KINDS)})"
PUPIL_WORDS = ("siswa", "siswi", "pelajar", "murid", "santri", "peserta didik")
_PUPILS = r"(?:siswa|siswi|pelajar|murid|santri|santriwan|santriwati|peserta didik)"
DIAGNOSES = (
    *("yatim", "piatu", "bgm", "stunting", "gizi buruk", "gizi kurang", "terlantar", "putus sekolah", "tunanetra"),
    *("tuna netra", "tuna rungu", "tuna daksa", "tuna grahita", "tunarungu", "tunadaksa", "tunagrahita", "tunawicara"),
    *("tunalaras", "tunaganda", "autis", "autisme", "adhd", "down syndrome", "cerebral palsy", "disleksia"),
)
NEEDS_AGE = ("th", "bl", "bulan", "tahun")
AGE = re.compile(
    r"(?P<age>\d(?<![\d.,/–-]\d)\d?)(?:[.,]\d)? ?(?:(?P<years>th|thn|tahun)|(?:bln|bl|bulan))\b"
    r"(?!\.? ?(?:pelajaran|\d{4}|kerja|penjara|terakhir|sekali|lalu|ke|pertama|anggaran|berturut|berjalan|masa|"
    r"kurungan|pengalaman|sejak|jadi|menjadi|menjabat|sebagai|mengabdi|bekerja|yang lalu|dan seterusnya))",
    re.IGNORECASE,
)
# Of the lower forms only with the word: III A is a rank of staff as well.
CLASS = re.compile(r"\b[Kk](?i:elas|ls\.?) ?(?:[IVXivx]{1,4}|\d{1,2})(?:[ -]?[A-Ha-h])?\b")
CLASS_ALONE = re.compile(r"[(,;|/-]\s?(?:V|VI|VII|VIII|IX|X|XI|XII)[ .-]?(?:[A-H]|\d|IPA|IPS|MIPA)\b(?![/.]\w)")
BARE_AGE = re.compile(rf"[/|;,(–-]\s?(?:\d|1[0-7])(?:[ -]?[A-H])?\s?[/|;,–-]\s?(?:{_SCHOOLS}\b|[Kk]elas\b|[Kk]ls\b)")
AGE_IN_BRACKETS = re.compile(rf"\((?:\d|1[0-7])\)(?=,? {_PUPILS}\b)", re.IGNORECASE)
SEX_AND_AGE = re.compile(r"[LP](?<!\w[LP]) ?[/,|] ?(?:\d|1[0-7])\b(?![.,/-]\d)(?=\s?(?:[),;|/]|\Z|\n))")
AGE_ALONE = re.compile(r"\((?:[2-9]|1[0-7])\)")
CLASS_IN_BRACKETS = re.compile(r"\((?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|(?:[1-9]|1[0-2])[ -]?[A-H])\)")
_SHORT_IN_BRACKETS = re.compile(r"\((?:[2-9]|1[0-7]|(?:[1-9]|1[0-2])[ -]?[A-H])\)")
SHORT_CLASS = re.compile(r" [1-9](?<=[a-z] .)[0-2]? ?[A-H](?=\s*(?:[,;.)\n]|\Z))")
OF_A_PLACE = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|blok|no|nomor|rt|rw|komp\w*|perum\w*|ruang|kamar|lantai|lt|gedung|kec|kecamatan|desa|"
    r"kel|kelurahan|kab|kabupaten|kota|puskesmas|posyandu|jumlah|kasus|unit|paket|pasal|ayat|lampiran|angka|huruf|gol|"
    r"golongan|bidang|seksi)\b[^\n]{0,60}\Z",
    re.IGNORECASE,
)
"""What is counted, or lies somewhere, is no age and no class of somebody."""
FEWEST_CLASSES = 3
"""So many names beside bare classes, most of them known, are pupils though nothing says so."""
SERVICE = re.compile(r"\b(?:masa|lama|pengalaman|vonis|pidana|penjara|kontrak|garansi)\b", re.IGNORECASE)
OF_PARENTS = re.compile(r"\banak (?:dari )?(?:bu|pak|ibu|bapak|bpk|bp)\b\.? (?=(?-i:[A-Z]))", re.IGNORECASE)
SAYS_PARENTS = ("anak bu ", "anak pak ", "anak ibu ", "anak ba", "anak bp", "anak dari ")
BABY_OF = re.compile(r"\b(?:By|Bayi)\b\.? ?Ny\b\.? ?(?P<mother>[A-Z][\w'’.-]+)")
SAYS_BABY_OF = ("by. ny", "by ny", "by.ny", "bayi ny")
OF_OTHERS = re.compile(
    r"\b(?:bidan|dokter|perawat|kelas (?:ibu|parenting|bapak)|ibu (?:balita|hamil|bayi|nifas|menyusui)|bunda|hakim|"
    r"jaksa|panitera|pendiri|pengurus yayasan|alumni|mantan|(?:bapak|ibu|orang tua|kakak) asuh|tutor|"
    r"editor|penjangkau|pelaksana|teacher|donatur|sopir|satpam|"
    r"penilai|pemateri|moderator|penyuluh|relawan|ustadz\w*|wali|ortu)\b|"
    r"\b(?:posyandu|sekolah|puskesmas|desa|kelurahan|kecamatan|paud|tk|ruang|kelompok|nama kelas|taman|jalan)\s*\Z",
    re.IGNORECASE,
)
"""Before a colon: those around children, and places called by names."""
CLASS_FIRST = re.compile(r"(?<![\w.])(?:kelas |kls )?(?:VI{1,3}|IX|XI{0,2}|[1-9]|1[0-2]|TK)[ -]?[A-H]\Z")
"""Ends what stands before a colon."""
LISTED = re.compile(r":[ \t]*(?P<names>[A-Z\d][\w .'’()-]{1,40},[^:;.\n]{2,200})")
"""What a line goes on with behind a colon."""
_SAYS_OTHERWISE = Words(*DIAGNOSES, *SAYS_PARENTS, *SAYS_BABY_OF, *WORDS_TOGETHER, "diberi nama")
SAYS_CLASS = re.compile(r"\b(?:kelas|kls|siswa|siswi|murid)\b", re.IGNORECASE)
NEAR_CHILD = re.compile(r"\b(?:anak(?:nya|2)?|ananda|adik|kakak|cucu(?:nya)?|kia|korban)\b", re.IGNORECASE)
DIAGNOSIS = re.compile(rf"\b(?:{'|'.join(DIAGNOSES)})\b", re.IGNORECASE)
NO_SCHOOL_CLASS = re.compile(
    r"\b(?:lapas|lpka|rutan|bapas|pengadilan|rumah sakit|rsud?|imigrasi|guru|wali|tipe)\b[^\n,;:]{0,30}\Z",
    re.IGNORECASE,
)
PUPIL = re.compile(rf"\b{_PUPILS} (?=(?-i:{_SCHOOLS})\b|kelas\b|kls\b)", re.IGNORECASE)
# The first letter is looked for and the rest behind it: a quarter of the time.
SCHOOL = re.compile(
    r"[KMPRST](?<!\w.)(?:" + "|".join(f"(?<={kind[0]}){kind[1:]}" for kind in _SCHOOL_KINDS) + r")\b"
    r"(?=\.? ?(?:[A-Z\d]|Negeri))"
)
BORN = re.compile(r"\b(?:lahir|kelahiran|ttl)\b(?=(?P<when>[^\n]{2,60}))", re.IGNORECASE)
# Its first digits are the year of birth: 009 for 2009. Telephones begin otherwise.
PUPIL_NUMBER = re.compile(r"0(?<![\d.+-]0)(?:0[5-9]|1\d)\d{7}(?!\d)")
CALLED = re.compile(
    r"\b(?:(?P<child>anak|balita|bayi|siswa|siswi|santri|santriwati|pelajar|murid|abh)|korban|klien|pasien)\b"
    r"(?:,? (?-i:[a-z-]+2?|\d{1,2})){0,6},? "
    r"(?:an\.|a\.n\.?|atas nama|bernama|berinisial|inisial|diberi nama(?: sementara)?)(?=\s)",
    re.IGNORECASE,
)
# Who is first below an age; behind it the name, maybe with a place before it.
OF_AN_AGE = re.compile(
    r"\bK?U[- ]?(?:[6-9]|1[0-8])\b(?: (?:putra|putri|pa|pi|l|p))? ?:(?: ?\d{1,2}[.)])?", re.IGNORECASE
)
SAYS_OF_AN_AGE = (" ku ", "\nku ", " ku-", "\nku-", "u-1", "u-9", "u-8", "u-7", "u-6")
GROWN = re.compile(r"(\d\d)(?<![\d.,/–-]\d\d) ?(?:th|thn|tahun)\b(?! ?(?:\d{4}|pelajaran|penjara))", re.IGNORECASE)
IN_CONTEST = re.compile(
    r"\b(?:juara|pemenang|lomba|penampil\w*|pentas|tari|puisi|menyanyi|paduan suara|pantomim|"
    r"o2sn|fls[23]n|osn|ksn|olimpiade|popda|paskibra\w*|osis|mpk|pramuka|beasiswa|siswa|siswi|"
    r"pelajar|santri|forum anak|duta anak|anak berprestasi)\b",
    re.IGNORECASE,
)
OF_ADULTS = re.compile(
    r"\b(?:guru|kepala sekolah|pembina|pelatih|(?<!keputusan )(?<!keputusan dewan )juri|komite|orang ?tua|"
    r"wali murid|panitia|tendik|tenaga|pengawas|kader|"
    r"narasumber|fasilitator|operator|pendamping|rapat|nip)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"[0LP](?:(?<=0)[01]\d{8}|(?<=[LP]) ?[/,|] ?\d)")
_IN_THE_NAME_OF = re.compile(r"[Aa]\.?n\. ?[A-Z]")
CASE_BEFORE, NAME = 90, "\0"
CASE = re.compile(
    r"\b(?:korban|pelaku|tersangka|terlapor|abh|saksi)\b[ :]{1,3}"
    rf"(?:an\.? |a\.n\.? |atas nama |bernama |berinisial )?(?:anak |ananda )?{NAME}[^\n.]{{0,20}}\Z",
    re.IGNORECASE,
)
"""What is called so right before its name."""
_NAME_BEFORE = 20


def tells_otherwise(text: str, lowered: str, *, has_signs: bool) -> bool:
    """Whether ``text`` may tell of children without dates, ages, classes and schools.

    By numbers of pupils, by sex and a bare age, by *a.n.* or by what ails them.

    Args:
        text: Of a page.
        lowered: The same in small letters.
        has_signs: Whether such numbers may be there, as :func:`flows.privacy.shapes.may_tell_of_persons` says.
    """
    return (
        _SAYS_OTHERWISE.are_in(lowered)
        or (has_signs and _OTHERWISE.search(text) is not None)
        or ("n." in text and _IN_THE_NAME_OF.search(text) is not None)
    )


def tells_shortly(text: str, lowered: str) -> bool:
    """Whether bare ages in brackets, or bare classes, stand behind names: *Rafi (12), Mila (9)*; *Reza 5A*."""
    found = 0
    if "(" in text:
        for match in _SHORT_IN_BRACKETS.finditer(text):
            before = text[max(0, match.start() - _NAME_BEFORE) : match.start()].split()
            found += bool(before) and before[-1][0].isupper()
            if found > 1:
                return True
    classes = len(SHORT_CLASS.findall(text))
    return classes >= FEWEST_CLASSES or (classes > 0 and "kelas" in lowered)
