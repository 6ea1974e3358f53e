"""What stands before a number and says what it is: NIK, No. KK, or one of the many numbers that are no person's."""

from __future__ import annotations

import re
import string
from enum import Enum, auto

from flows import bounds


class Label(Enum):
    """What a number is said to be."""

    RESIDENT = auto()
    """NIK, KTP, KIA."""
    FAMILY = auto()
    """No. KK, Kartu Keluarga."""
    REGISTER = auto()
    """No. registrasi, kode anak: an entry of a register, and some registers take the NIK for it."""
    OTHER = auto()
    """NIP, NPWP, rekening …: a number that must not be taken for a NIK."""
    NONE = auto()
    """Nothing is said."""


_RESIDENT = (
    r"n\.?i\.?k\.?(?:[ /]*(?:kk|kepala\s+keluarga|ayah|ibu|anak|ktp))?|no\.?\s?ktp|(?:e-?)?ktp(?:-?e?l)?|kia|"
    r"n[ou]m[oe]?r?\.?\s+(?:induk\s+)?kependudukan|no\.?\s*induk\s+kependudukan|identitas\s+anak"
)
_FAMILY = r"(?:no(?:mor|mer|\.)?[ .:]*)?kk|nkk|k\.k\.?|kartu\s+keluarga|kart\.?\s?kel(?:uarga)?"
_REGISTER = (
    r"(?:no\.?\s+|nomor\s+)?register(?!\s+(?:aset|barang))|"
    r"(?:no|nomor)\.?\s+(?:registrasi|pendaftaran|antrean|antrian|anggota)|"
    r"kode\s+(?:anak|klien|korban|kasus|pasien|siswa|balita|keluarga)"
)
_OTHER = (
    # Staff, teachers, pupils, schools, health workers, soldiers and police.
    r"nip(?:ppk|tt|\.?\s*baru|\.?\s*lama)?|n\.i\.p\.?|nuptk|nisn|nis|npsn|nss|npk|nrg|nrp|nim|nidn|nigk|nira|str|sip|pegid|"
    # Taxes, budget, payments.
    r"npwpd?|n\.p\.w\.p\.?|nitku|nop|sppt|pbb|token\s+(?:listrik|pln)|ntpn|ntb|stan|billing|kode\s+bayar|sp2d|spm|spd|faktur|invoice|kuitansi|kwitansi|"
    r"rkud|rkun|rup|sirup|id\s+(?:sipd|paket|rup|tender|transaksi|pelanggan|billing)|"
    r"rp|idr|rupiah|pagu|anggaran|realisasi|"
    # Banks and cards.
    r"no\.?\s?rek|rek(?:ening|\.)?|norek|virtual\s+account|va|briva|acc|a/c|transfer|e-?money|e-?wallet|flazz|brizzi|tapcash|kartu\s+(?:debit|kredit|atm|kks)|debit|kredit|atm|visa|mastercard|"
    # Parcels, goods, devices, subscribers.
    r"resi|awb|barcode|imei(?:\s?sv)?|serial|s/n|sn|idpel|qr|sku|gtin|ean|isbn|issn|doi|"
    # Telephones.
    r"tel(?:p|ep(?:on)?)?|fax|faks|faksimile|"
    # Business, insurance, programmes.
    r"nib|kbli|siup|tdp|idbdt|id\s+(?:bdt|dtks|dtsen|semesta)|polis|"
    # Whatever is a code, or the number of a paper.
    r"kode(?:\s+\w+)?|(?:no\.?\s+|nomor\s+)?(?:register\s+(?:aset|barang)|inventaris(?:\s+(?:aset|barang))?)|aset|(?:no|nomor)\.?\s+(?:ijazah|sertifikat|kontrak|polis|rekam|perkara|tiket|rangka|"
    r"mesin|izin|lisensi|agenda|bukti|akun|pokok|ob[jy]ek|surat)|sertifikat|pokok\s+wajib\s+pajak|booking|"
    # Machines and registers.
    r"timestamp|epoch|unix|hash|sha-?\d*|md5|uuid|guid|checksum|sidik|nomor\s+(?:peserta|ujian|seri|transaksi|referensi|order|pesanan|paket)|"
    r"no\.?\s+(?:peserta|ujian|seri|transaksi|referensi|order|pesanan|paket)|transaksi|referensi|reff?|order"
)
# Words of every day, which say what a number is only where it comes right after them: *penerima PIP Siti 9971…*.
_WEAK = (
    r"hp|handphone|wa|whatsapp|kontak|kip|pip|bpjs|jkn|kis|kks|meter|pelanggan|token|agenda|build|versi|ver|rata-rata|"
    r"persentase|bobot|skor"
)
_LABELS = re.compile(
    rf"(?<![^\W_\d])(?:(?P<resident>{_RESIDENT})|(?P<family>{_FAMILY})|(?P<register>{_REGISTER})|(?P<other>{_OTHER})|(?P<weak>{_WEAK}))(?![^\W_\d])",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:[/&,(-]|\batau\b|\bdan\b)\s*(?:no(?:mor|\.)?\s*)?", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){7,}|•\d*")
_QUOTES = " \t\r'’\"|"
_SPENT = re.compile(r"\d[\d.,\-]{3,}(?:\s|[^\W\d_])")
"""A number that stands between: the amount, the account that the label spoke of."""
_NEAR = re.compile(
    r"(?:[\s:=.,;()\[\]'\"’`|#*/–—-]|\b(?:no|nomor|nya|adalah|yaitu|anak|ybs|saya|an)\b|\d{1,2}[.)]\s)*", re.IGNORECASE
)


def label_before(text: str, start: int, heading: str = "") -> tuple[Label, bool]:
    """What the number at ``start`` is said to be, and whether nothing but marks stands between.

    The nearest label on its line wins; for a number that begins its line, one that ends the line above. A label says
    nothing any more once another long number has followed it. Failing that, the heading of the column.
    """
    before = text[max(0, start - bounds.LABEL_CHARACTERS) : start]
    # Digits glued to these are part of what the label speaks of.
    before = before.rstrip(string.digits)
    before = before[_after_long_number(before) :]
    line = before[before.rfind("\n") + 1 :]
    label, near = _label_in(line)
    if label is Label.NONE and not line.strip(_QUOTES):
        above = before[: -len(line) - 1] if "\n" in before else ""
        label, near = _label_in(above[above.rfind("\n") + 1 :])
        label = label if near else Label.NONE
    if label is Label.NONE:
        label, _, _ = _last_label(heading[: bounds.LABEL_CHARACTERS])
        near = label is not Label.NONE
    return label, near


def _after_long_number(before: str) -> int:
    """Where the last long number in ``before`` ends: a label before it spoke of that one."""
    return max((match.end() for match in _LONG_NUMBER.finditer(before)), default=0)


def _label_in(line: str) -> tuple[Label, bool]:
    """The last label of ``line`` that still speaks at its end, and whether it stands right there."""
    label, end, is_weak = _last_label(line)
    if label is Label.NONE or (label in {Label.OTHER, Label.REGISTER} and _SPENT.search(line, end)):
        return Label.NONE, False
    near = bool(_NEAR.fullmatch(line, end))
    return (Label.NONE, False) if is_weak and not near else (label, near)


def _last_label(before: str) -> tuple[Label, int, bool]:
    """The last label in ``before``, where it ends, whether it is weak; of two joined by a stroke, NIK counts."""
    label, end, is_weak = Label.NONE, 0, False
    for match in _LABELS.finditer(before):
        joined = _JOINED.fullmatch(before, end, match.start())
        if not (joined and label is Label.RESIDENT):
            is_weak = match.lastgroup == "weak"
            label = Label.OTHER if is_weak else Label[(match.lastgroup or "none").upper()]
        end = match.end()
    return label, end, is_weak
