"""Words that repeat the figures of a sensitive table: answers and notes say no number that the table hides.

A note speaks of leaflets and articles too, so that a number counts children only where the words around it say so: the
word behind it (*3 korban*), the one before it (*perempuan: 3*), or another such number it is joined to (*3 dari 8
korban*). Numbers in words are numbers, and what repeats one in brackets goes with it. A percentage tells a count to
whoever knows the other one, so that none is said where the table hides anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from flows.privacy.small_cells import COVER_SIGN, SMALL_SIGN
from flows.privacy.veiling import is_small
from flows.spelled_numbers import UNITS, spelled_number

_ONE = f"(?:{'|'.join(UNITS)})"
_BELOW_100 = rf"(?:sepuluh|sebelas|{_ONE}\s*belas|{_ONE}\s*puluh(?:\s*{_ONE}\b)?|{_ONE})"
_SPELLED = rf"(?:seorang|(?:seratus|{_ONE}\s*ratus)(?:\s*{_BELOW_100})?|{_BELOW_100})"
_NUMBER = re.compile(
    rf"(?<![\w.,/<-])(?<!salah )(?P<number>\d{{1,3}}(?:\.\d{{3}})+|\d+|{_SPELLED})(?![\w/-]|[.,]\d)", re.IGNORECASE
)
_PEOPLE = (
    r"(?:anak|korban|orang|org|kasus|perkara|abh|ampk|klien|penyintas|pelaku|saksi|siswa|siswi|laki|perempuan|bayi|"
    r"balita|remaja|pelajar|santri|santriwati|murid|pekerja|penyandang|jiwa|pasien|andikpas|kejadian|peristiwa|"
    r"pengaduan|aduan|laporan (?:kekerasan|kasus|korban|masyarakat)|diversi|dispensasi|pernikahan|perkawinan|"
    r"(?:di ?antaranya|yang) (?:anak|korban|laki|perempuan))"
)
_SPEAKS_OF_PEOPLE = re.compile(rf"\b{_PEOPLE}\b", re.IGNORECASE)
_PEOPLE_AFTER = re.compile(rf"\s*\)?\s*(?:\([^)]{{0,40}}\)\s*)?(?:di ?antaranya\s+)?{_PEOPLE}\b", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:dari|menjadi|dan|atau|ke|hingga|sampai(?: dengan)?|s\.?/?d\.?|\+|,|;|=)\s*"
    r"(?:total|seluruh|sejumlah|jumlah)?\s*",
    re.IGNORECASE,
)
_BESIDE, _CLOSED = re.compile(r"\s*\(\s*"), re.compile(r"\s*\)")
_ENDS = re.compile(r"\s*(?:[.;,)]|\Z|(?:dan|atau|menjadi|dari)\b)", re.IGNORECASE)
"""What stands behind a number that goes on with what the one before it counts."""
_BEFORE = re.compile(r"\b(?P<word>[^\W\d]+|(?:19|20)\d\d)(?P<set_off>\s*[:=]\s*|\s+)\(?\Z")
_PLACED = re.compile(r"\s+di\s+(?:(?:[Kk]elurahan|[Kk]ecamatan|[Dd]esa|[Kk]e[cl]\.)\s+)?[A-Z]")
"""Behind a number: how many there are in one place."""
_MEASURED = re.compile(
    r"\s*(?:\([^)]{0,40}\)\s*)?(?:%|(?:persen|tahun|thn|bulan|hari|jam|kali|buah|unit|lembar|januari|februari|maret|april|"
    r"mei|juni|juli|agustus|september|oktober|november|desember|kecamatan|kelurahan|desa|sekolah|puskesmas|lembaga|"
    r"kegiatan|angkatan|brosur|dokumen|perda|sop|sk|psikolog|petugas|mitra)\b)",
    re.IGNORECASE,
)
"""Behind a number: it counts no persons."""
_WORD_CHARS = 40
"""How far back a word before a number is looked for."""
_MEASURES = frozenset(
    {"sebanyak", "sejumlah", "berjumlah", "jumlah", "total", "menjadi", "hanya", "tercatat", "ada", "terdapat"}
    | {"l", "p", "lk", "pr", "ditangani", "dirujuk", "dilayani", "didampingi", "diselesaikan", "dipulangkan"}
    | {"ditemukan", "dilaporkan", "dikabulkan", "diajukan"}
)
"""Words right before a count, in a text that speaks of people."""
_NO_COUNTS = frozenset(
    {"nomor", "no", "pasal", "ayat", "huruf", "angka", "tanggal", "tgl", "lampiran", "halaman", "hal", "bab", "kelas"}
    | {"usia", "umur", "tahun", "klaster", "indikator", "tabel", "gambar", "poin", "tipe", "tingkat", "semester"}
)
_SPAN = re.compile(rf"(?<![\w.,/-])[1-4]\s*[-–/]\s*\d{{1,2}}(?=\s*{_PEOPLE}\b)", re.IGNORECASE)
"""*2-3 korban*, *3/4 korban*."""
_CROWDED = re.compile(
    rf"(?<![\w.,/-])\d{{1,2}}(?:,\d{{1,2}})+(?=\s*(?:dan|&)\s*\d{{1,2}}\s+{_PEOPLE}\b)", re.IGNORECASE
)
"""*2,3 dan 4 korban*: counts, and no decimals."""
_SPELLED_SHARE = re.compile(
    r"\b(?:separuh|setengah|sepertiga|seperempat|seperlima|(?:dua|tiga|empat) ?per ?(?:tiga|empat|lima))"
    rf"(?:nya\b|\b(?=\s+(?:dari\s+)?(?:[\w-]+\s+){{0,2}}?{_PEOPLE}\b))",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)?(?=\s*(?:%|persen\b))", re.IGNORECASE)


@dataclass(slots=True)
class _Said:
    """One number in a text."""

    start: int
    end: int
    value: int
    is_counted: bool = False
    """Whether it counts persons."""


def masked_answer(text: str, hidden: Iterable[int]) -> str:
    """A short answer that counts children, with every number that is small or hidden in a table as its sign."""
    known = frozenset(hidden)
    shown = _without_shares(text, known)
    numbers = _numbers(shown)
    for each in numbers:
        each.is_counted = True
    return _signed(shown, numbers, known)


def masked_words(text: str, hidden: Iterable[int]) -> str:
    """A text in which numbers of children, cases and the like that are small or hidden in a table are signs.

    Numbers of other things are left: a note may speak of three leaflets.
    """
    if not _SPEAKS_OF_PEOPLE.search(text):
        return text
    known = frozenset(hidden)
    apart = _CROWDED.sub(lambda crowded: crowded[0].replace(",", ", "), text)
    shown = _SPAN.sub(SMALL_SIGN, _without_shares(apart, known))
    numbers = _numbers(shown)
    for each in numbers:
        each.is_counted = _counts_persons(shown, each)
    for each, following in reversed(list(pairwise(numbers))):
        joint = _JOINED.fullmatch(shown, each.end, following.start)
        each.is_counted |= following.is_counted and joint is not None and not _is_named(shown, each)
    for before, each in pairwise(numbers):
        joint = _JOINED.fullmatch(shown, before.end, each.start)
        each.is_counted |= before.is_counted and joint is not None and _ENDS.match(shown, each.end) is not None
    return _signed(shown, numbers, known)


def _without_shares(text: str, hidden: frozenset[int]) -> str:
    return _SPELLED_SHARE.sub(COVER_SIGN, _SHARE.sub(COVER_SIGN, text)) if hidden else text


def _numbers(text: str) -> list[_Said]:
    return [_Said(*match.span(), _value(match["number"])) for match in _NUMBER.finditer(text)]


def _value(number: str) -> int:
    """What a number in digits or words says."""
    return int(number.replace(".", "")) if number[0].isdigit() else spelled_number(number)


def _counts_persons(text: str, said: _Said) -> bool:
    """Whether the words around a number say that it counts persons."""
    if _PEOPLE_AFTER.match(text, said.end) or _PLACED.match(text, said.end):
        return True
    before = _word_before(text, said)
    if before is None or _MEASURED.match(text, said.end):
        return False
    word, is_set_off = before["word"].casefold(), bool(before["set_off"].strip())
    if word in _NO_COUNTS or (word.isdecimal() and not is_set_off):
        return False
    return is_set_off or word in _MEASURES or _SPEAKS_OF_PEOPLE.fullmatch(word) is not None


def _word_before(text: str, said: _Said) -> re.Match[str] | None:
    return _BEFORE.search(text, max(said.start - _WORD_CHARS, 0), said.start)


def _is_named(text: str, said: _Said) -> bool:
    """Whether a number is one of an article, a day or an age."""
    before = _word_before(text, said)
    return before is not None and before["word"].casefold() in _NO_COUNTS


def _signed(text: str, numbers: list[_Said], hidden: frozenset[int]) -> str:
    """``text`` with signs; a number that says once more in brackets what is hidden is left out."""
    pieces, done = list[str](), 0
    for place, each in enumerate(numbers):
        if each.start < done:
            continue
        again = numbers[place + 1] if place + 1 < len(numbers) else None
        is_again = again is not None and again.value == each.value and _BESIDE.fullmatch(text, each.end, again.start)
        closed = _CLOSED.match(text, again.end) if again is not None and is_again else None
        if not (each.is_counted or (closed and again is not None and again.is_counted)):
            continue
        sign = SMALL_SIGN if is_small(each.value) else COVER_SIGN if each.value in hidden else ""
        if sign:
            pieces += [text[done : each.start], sign]
            done = closed.end() if closed else each.end
    return "".join([*pieces, text[done:]])
