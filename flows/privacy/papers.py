"""What a paper is by the words above its names: a roll in which names tell enough, or one about a case."""

from __future__ import annotations

import re

from flows.privacy.captions import (
    CLUB_OF_A_SCHOOL,
    ROLL_OF_A_CLASS,
    ROLL_OF_THE_SMALLEST,
    YOUNG_PLAYERS,
    is_work_of_a_class,
)

_PUPILS = r"(?:siswa|siswi|murid|santri|peserta didik)"
_SCHOOLS = r"(?:sdn?|sdit|smpn?|sman?|smkn?|min?|mtsn?|man|tk|paud|slbn?|tp[qa]|madrasah|pesantren)"
_ROLL_OF_PUPILS = re.compile(
    rf"\b(?:daftar|nama|absen\w*|presensi|hadir|data)\b.*\b{_PUPILS}\b.{{0,60}}"
    rf"\b(?:kelas|rombel) (?:[ivx]{{1,4}}|\d{{1,2}})\b|\b{ROLL_OF_A_CLASS}|"
    rf"\b(?:absen\w*|presensi|daftar (?:hadir|nama|nilai))\b.{{0,20}}\b{_PUPILS}\b.{{0,40}}\b{_SCHOOLS}\b|"
    rf"\b{ROLL_OF_THE_SMALLEST}\b|\b{CLUB_OF_A_SCHOOL}\b",
    re.IGNORECASE,
)
_EXAM_OF_A_SCHOOL = re.compile(
    rf"\b(?:asesmen|ujian|tka|anbk|ppdb|spmb|kelulusan|lulusan|raport?|wisuda|ijazah)\b[^\n]{{0,60}}\b{_SCHOOLS}\b",
    re.IGNORECASE,
)
_MEMBERS = re.compile(
    r"\b(?:anggota|personil|regu)\b[^\n]{0,30}\b(?:pramuka|paskibra\w*|dokter kecil|polisi cilik)\b|"
    rf"\b{YOUNG_PLAYERS}|"
    r"\banak usia (?:0|5|6|7|10|12)\b[^\n]{0,20}\b(?:rt|rw|dusun|desa)\b",
    re.IGNORECASE,
)
"""Clubs that only children are members of."""
_ROLL_OF_VICTIMS = re.compile(
    r"\b(?:daftar|nama|data|identitas)\b.*\b"
    r"(?:anak (?:yang )?(?:korban|pelaku|saksi|berhadapan|berkonflik|terlantar|jalanan)|abh\b|adha\b|"
    r"anak (?:dengan|penderita|pengidap) hiv|korban (?:kekerasan|pencabulan|persetubuhan|tppo)\w* .{0,20}anak)",
    re.IGNORECASE,
)
"""Lists in which a name alone tells enough."""
_PUPIL_OF_A_CLASS = re.compile(
    r"\W{0,3}(?:siswa|siswi|murid|santri|pelajar) (?:kelas|kls) (?:[ivx]{1,4}|\d{1,2})\b", re.IGNORECASE
)
_CASE_PAPER = re.compile(
    r"\bvisum\b|\bas+es+men (?:psikolog|sosial|awal|lanjut|klien|anak)|\bpsikologis? klien\b|"
    r"\b(?:pemeriksaan|laporan|hasil|asuhan) psikolog|\blitmas\b|\bpenelitian kemasyarakatan\b|"
    r"\bkronologi\w*|\bberita acara (?:pemeriksaan|penyerahan|penitipan|pemulangan|penjemputan|"
    r"serah terima) (?:se\w+ )?"
    r"(?:anak|bayi|korban|saksi|klien)|\blaporan (?:sosial|kasus|polisi|pendampingan|perkembangan (?:anak|klien))\b|"
    r"\brujukan (?:kasus|korban|klien|anak)\b|\bkunjungan rumah\b|\bhome ?visit\b|\b(?:pembahasan|konferensi|"
    r"resume) kasus\b|"
    r"\bidentitas (?:klien|korban|pelaku)\b|\b(?:calon )?(?:orang tua|anak) angkat\b|\bpro justitia\b|\bperwalian\b",
    re.IGNORECASE,
)
_HARMED = re.compile(
    r"\b(?:dicabuli|disetubuhi|diperkosa|dilecehkan|dianiaya|dipukul\w*|dijewer|ditampar|dirundung|di-?bully|"
    r"ditelantarkan|kawin lari|(?:hamil|melahirkan) di luar nikah|bayi temuan)\b",
    re.IGNORECASE,
)
"""What has been done to somebody, wherever it is told."""
_CASE_CHARACTERS = 1_500
"""Letterheads, numbers and salutations stand before what a paper is about."""


def heads_a_roll(above: str) -> bool:
    """Whether words above a list say that a name alone tells enough."""
    return heads_a_class(above) or bool(_ROLL_OF_VICTIMS.search(above))


def heads_a_class(above: str) -> bool:
    """Whether words above a list say that all in it are pupils, or members of a club that only pupils have."""
    if _ROLL_OF_PUPILS.search(above) or is_work_of_a_class(above):
        return True
    return bool(_MEMBERS.search(above) or _EXAM_OF_A_SCHOOL.search(above))


def tells_of_a_pupil(line: str) -> bool:
    """Whether a line with words of headings is none: *siswa kelas 4 SDN Contoh 1* stands below a name."""
    return _PUPIL_OF_A_CLASS.match(line) is not None


def is_about_a_case(text: str, title: str = "") -> bool:
    """Whether a paper is about what happened to somebody, so that it shows even one child to everybody."""
    beginning = f"{title}\n{text[:_CASE_CHARACTERS]}"
    return _CASE_PAPER.search(beginning) is not None or _HARMED.search(beginning) is not None
