"""What the number of something is called in words that no list can hold: *No. BAST*, *Nomor Kunjungan*, *Trx ID*."""

from __future__ import annotations

import re

from flows.privacy.people import is_common_word

_WORD = r"[A-Za-z][A-Za-z-]*"
_NUMBER_OF = re.compile(
    rf"(?<![^\W_])(?P<kind>(?:no|nomor|nomer|id|kode|ref)\b)[. ]{{1,3}}(?P<words>{_WORD}(?:[ /.]{{1,2}}{_WORD}){{0,2}})"
    r"[\s:=.#'\"-]{0,5}\Z",
    re.IGNORECASE,
)
_ITS_NUMBER = re.compile(
    rf"(?<![^\W_])(?P<words>{_WORD}(?:[ /.]{{1,2}}{_WORD}){{0,1}})[ .]{{1,2}}(?P<kind>(?:no|nomor|id|number|code)\b)"
    r"[\s:=.#'\"-]{0,5}\Z",
    re.IGNORECASE,
)
_WORDS_OF_PEOPLE = """
    adik adminduk an anak anggota antrean antrian ayah balita bapak baru bayi benar bersangkutan bpk bu buruh
    calon capil catin dan data dengan dia diri disabilitas disdukcapil dukcapil guru ibu id identitas ini istri
    itu janda jiwa kader kakak kartu kelahiran keluarga kepala kependudukan ketua kia kk klien korban ktp laki
    laki-laki lama lansia mempelai milik murid nama nik nya orang pasien pekerja pelajar pelaku pelapor pemegang
    pemilik pemohon pemuda pendaftaran penduduk penerima pengantin pengenal penghuni pengungsi perempuan peserta
    petani pria reg register registrasi remaja saksi santri sdr sdri siswa siswi suami tanda terlapor tersangka
    urut user username wali wanita warga yang ybs yg
"""
_OF_PEOPLE = frozenset(_WORDS_OF_PEOPLE.split())
"""A number of these may be a NIK."""
_ABBREVIATION = re.compile(r"[A-Z]{2,6}")


def is_number_of_a_thing(before: str) -> bool:
    """Whether ``before`` ends in words that call what follows the number of a thing.

    Words of offices and abbreviations are things; any other word may be the name of somebody.
    """
    match = _NUMBER_OF.search(before) or _ITS_NUMBER.search(before)
    if match is None:
        return False
    words = re.split(r"[ /.]+", match["words"])
    if any(word.lower().removesuffix("nya") in _OF_PEOPLE for word in words):
        return False
    may_be_spoken = len(words) == 1 and not match["kind"].isupper()
    return all(is_common_word(word) or _is_abbreviation(word, may_be_spoken=may_be_spoken) for word in words)


def _is_abbreviation(word: str, *, may_be_spoken: bool) -> bool:
    """Whether capitals say that a word is no name: nobody could say it, or it stands alone where others are small."""
    return _ABBREVIATION.fullmatch(word) is not None and (may_be_spoken or set(word).isdisjoint("AEIOU"))
