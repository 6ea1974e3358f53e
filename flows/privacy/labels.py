"""What stands before a number and says what it is: NIK, No. KK, or one of the many numbers that are no person's."""

from __future__ import annotations

import re
import string
from enum import Enum, auto

from flows import bounds
from flows.privacy.things import is_number_of_a_thing


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
    r"n[. ]?i[. ]?k\.?(?:[ /]*(?:kk|kepala\s+keluarga|ayah|ibu|anak|ktp))?|no\.?\s?ktp|(?:e-?)?ktp(?:-?e?l)?|kia|"
    r"n[ou]m[oe]?r?\.?\s+(?:induk\s+)?kependudukan|no\.?\s*induk\s+kependudukan|identitas\s+anak|"
    r"(?:no\.?|nomor)\s+identitas"
)
_FAMILY = r"(?:no(?:mor|mer|\.)?[ .:]*)?kk|nkk|k\.k\.?|kartu\s+keluarga(?!\s+sejahtera)|kart\.?\s?kel(?:uarga)?"
_REGISTER = (
    r"(?:no\.?\s+|nomor\s+)?register(?!\s+(?:aset|barang))|"
    r"(?:no|nomor)\.?\s+(?:registrasi|pendaftaran|antrean|antrian|anggota)(?!\s+(?:akreditasi|kendaraan|merek|cipta\w*|"
    r"tanah|ormas|lembaga|yayasan|pramuka|koperasi|perpustakaan|profesi))|"
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
    r"resi|awb|barcode|imei(?:\s?sv)?|serial|s/n|sn|idpel|sku|gtin|ean|isbn|issn|doi|"
    # Telephones.
    r"tel(?:p|ep(?:on)?)?|fax|faks|faksimile|"
    # What is registered and is no person; memberships of grown people.
    r"(?:registrasi|pendaftaran|anggota)\s+(?:akreditasi|kendaraan|merek|cipta\w*|tanah|ormas|lembaga|yayasan|pramuka|"
    r"koperasi|perpustakaan|profesi)|nta|sertipikat(?:\s+tanah)?|nopd|kartu\s+keluarga\s+sejahtera|"
    # Business, insurance, programmes.
    r"nib|kbli|siup|tdp|id\s?(?:sub)?\s?sls|idbdt|id\s+(?:bdt|dtks|dtsen|semesta)|polis|"
    # Whatever is a code, or the number of a paper.
    r"kode(?!\s+(?:lama|baru|qr)\b)(?:\s+\w+)?|(?:no\.?\s+|nomor\s+)?(?:register\s+(?:aset|barang)|inventaris(?:\s+(?:aset|barang))?)|aset|(?:no|nomor)\.?\s+(?:ijazah|sertifikat|kontrak|polis|rekam|perkara|tiket|rangka|"
    r"mesin|izin|lisensi|agenda|bukti|akun|pokok|ob[jy]ek|surat)|sertifikat|pokok\s+wajib\s+pajak|booking|"
    # Machines and registers.
    r"timestamp|epoch|unix|hash|sha-?\d*|md5|uuid|guid|checksum|sidik|nomor\s+(?:peserta|ujian|seri|transaksi|referensi|order|pesanan|paket)|"
    r"no\.?\s+(?:peserta|ujian|seri|transaksi|referensi|order|pesanan|paket)|transaksi|referensi|reff?|order"
)
# Words of every day, which say what a number is only where it comes right after them: *penerima PIP Siti 9971…*.
_WEAK = (
    r"hp|handphone|wa|whatsapp|kontak|kip|pip|bpjs(?:\s+(?:kesehatan|ketenagakerjaan|tk))?|jkn|kis|kks|pkh|kpj|sep|"
    r"meter(?:\s+(?:pln|air))?|pelanggan(?:\s+p(?:ln|dam))?|token|agenda|build|versi|ver|rata-rata|"
    r"persentase|bobot|skor|koordinat|longitude|latitude|elevasi|"
    # Banks, and what is kept there.
    r"bank(?!\s+(?:data|sampah|soal|darah)\b)(?:\s+[a-z]{3,9})?(?:\s+(?:indonesia|timur|barat|tengah|selatan|utara|syariah|raya))?|bri|bni|bca|btn|bsi|bpd|bpr|mandiri|cif|nasabah|tabungan|giro|deposito|pinjaman|kartu(?:\s+(?:atm|kredit|debit))|card|"
    r"go-?pay|ovo|shopee\s?pay|link\s?aja|setor(?:an)?\s+ke|"
    r"(?:no\.?|nomor|tiket|id)\s+(?:aduan|pengaduan|(?:urut\s+)?berkas)|sp4n(?:-lapor!?)?|lapor!|form\s+id|rrn|jurnal|trace|voucher|kupon|undian|"
    # Parcels and shops.
    r"j&t|jne|sicepat|anteraja|tracking|kiriman|pengiriman|paket|pesanan|siplah|nota|struk|"
    # Health and goods.
    r"satu\s?sehat|rm|rujukan|sampel|lab|laboratorium|resep|batch|lot|bpom(?:\s+m[dl])?|p-?irt|halal|iccid|"
    # Papers, entries of books, memberships.
    r"blanko|shm|skp|kohir|stnk|bpkb|lp|laporan\s+polisi|spk|spp|spj|dpa|nsfp|nsm|nspp|nup|kib|nia|kta|npa\s+idi|niora|orcid|"
    r"paspor|passport|kitas|ahu|e-?meterai|meterai|blok\s+sensus|lisensi|license|key|"
    # Machines and meetings.
    r"(?:kode\s+)?qr(?:\s?code)?|fb\s+img|session|mid|tid|nmid(?:\s*:\s*id)?|qris|txid|trx(?:\s?id)?|msgid|cid|oss|sppb|nar|ehac|saldo(?:\s+(?:awal|akhir))?|total|jumlah|nilai\s+kontrak|"
    r"luas|populasi|jarak|berat|volume|approval\s+code|s\.n\.|mac(?:\s+address)?|noref|passcode|otp|pin|meeting|zoom|meet|hotline|channel"
)
# What the number of a thing is called, with a colon behind: *No. Panggil:*, *ID Rapat =*; never with a word of people.
_PEOPLE = (
    r"identitas|penduduk|kependudukan|warga|jiwa|pengenal|diri|induk|nik|kk|ktp|kia|keluarga|anak\w*|siswa|siswi|murid|"
    r"santri|didik|balita|bayi|bumil|klien|pasien|korban|pelaku|saksi|ananda|user|username|login|registrasi|reg|"
    r"pendaftaran|anggota|peserta|penerima|pemohon|pelapor|terlapor|pemegang|pemilik|ybs|yang|bersangkutan|ayah|ibu|wali|"
    r"orang|suami|istri|nama|an|a|n|sdri?|bapak|pak|bu|bpk|dan|atau|adalah|antrean|antrian|urut|yg|benar|baru|lama|dia|"
    r"beliau|ini|itu|nya|milik|data|tanda|kartu"
)
_SOMETHING = rf"(?!(?:{_PEOPLE})(?![^\W\d_]))(?-i:[A-Z])[^\W\d_]{{1,20}}"
_THING = (
    rf"(?:no|nomor|nomer|id)\b[. ]{{0,2}}{_SOMETHING}(?:[ /.-]{{1,2}}{_SOMETHING}){{0,2}}(?=\s*[:=])|"
    r"(?:account|card|tracking|meeting|zoom|job|process|trace|transaction|order|document|ticket|batch|device|customer|ihs|file|post|"
    r"request|message|thread)\s(?:id|number|no)|fbid|(?:credential|certificate|correlation|photo|webinar|reference|serial|po)\s(?:id|number|no)|"
    r"id\s+(?:rapat|gro?up|desa|kelurahan|wilayah|dokumen(?:\s+tte)?|art|rumah\s+tangga|pel|post|file|sekolah|lembaga|unit|"
    r"ruang|kegiatan)|"
    r"(?:no|nomor)\.?\s+(?:panggil|dada|kamar|penerbangan|uji(?:\s+kir)?|akta(?:\s+notaris)?|sk(?:\s+\w+)?|polisi|dokumen|"
    r"arsip|batch(?:\s+vaksin)?)|verifikasi\s+tte|"
    r"(?:no|nomor)\.?\s+induk\s+(?:berusaha|sekolah|buku|mahasiswa|pegawai|koleksi|madrasah|yayasan|lembaga)|"
    r"sertifikat\s+halal(?:\s+id)?"
)
_LABELS = re.compile(
    rf"(?<![^\W_\d])(?:(?P<resident>{_RESIDENT})|(?P<family>{_FAMILY})|(?P<register>{_REGISTER})|(?P<other>{_OTHER})|"
    rf"(?P<weak>{_THING}|{_WEAK}))(?![^\W_\d])",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:[/&,(-]|\batau\b|\bdan\b)\s*(?:\w{2,8}\s*/\s*)?(?:no(?:mor|\.)?\s*)?|"
    r"\s+(?:peserta|penerima|pemilik|pemegang|anggota|pada|di|dalam|menurut|sesuai|dari|untuk)\s+"
    r"(?:(?:kartu|no\.?|nomor|data)\s+)?",
    re.IGNORECASE,
)
"""Between NIK and what names no other number beside it: *NIK/NPWP*, *NIK penerima PIP*."""
_HUMP = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
"""Where a word begins within the name of a field: *noRekening*."""
_AFTER = re.compile(
    r"[\s'\"]{0,3}(?i:\(\s*(?:(?:no(?:mor|\.)?\s*)?(?:rek(?:ening|\.)?|norek|va|virtual account|barcode|nip|nuptk|npwp|"
    r"imei|resi|sp2d|faktur|invoice|token|kode (?!anak|klien|siswa|lama|baru)\w+)(?: \w+){0,2}\s*\))"
    r"|/[A-Z][\w.-]+(?:/[\w.-]{1,12}){0,4}/(?:19|20)\d\d(?!\d))",
)
"""What behind a number says that it is another kind: *(VA BNI)*, or the rest of the number of a letter."""
_CALLED_BEHIND = re.compile(r"\s{0,2}\(\s*(?:no(?:mor|\.)?\s*)?(?:nik|ktp|kia)\s*\)", re.IGNORECASE)
_AFTER_CHARACTERS = 60
_PAPER = re.compile(
    r"(?<![^\W_])[A-Z]{2,8}/(?:[\w.-]{1,12}/){0,2}(?:\d{6,8}|\d{4}/\d{1,2})/(?:[A-Za-z][\w.-]{0,11}/){0,2}\Z"
)
"""What the number of a bill begins with: *INV/20240312/MPL/*."""
_PAPER_CHARACTERS = 48
_SENDER, _OF_A_YEAR = re.compile(r"(?<![^\W_])[A-Z]{2,8}/\Z"), re.compile(r"/(?:19|20)\d\d(?!\d)")
"""Around the number in *BA/6301…/2024*."""
_TABLE_HEAD = re.compile(
    r"^[ \t|]{0,8}no(?:mor|\.)?[ \t|]+[^\n\d:]{0,100}\bnama\b[^\n\d:]{0,160}$", re.IGNORECASE | re.MULTILINE
)
_LONG_OTHER = re.compile(
    r"\b(?:nuptk|no\.? ?rek(?:ening)?|rekening|norek|virtual account|va|npwp|nitku|imei|no\.? ?kartu|barcode|nop)\b",
    re.IGNORECASE,
)
"""Columns of numbers as long as a NIK."""
_LONG_IN_NAMES = re.compile(
    rf"{_LONG_OTHER.pattern}|\b(?:sp2d|spm|invoice|faktur|resi|ntpn|billing|ref|transaksi)\b", re.IGNORECASE
)
_OF_A_FILE = re.compile(
    r"[\d .,_-]{16,24}(?:[^/\\\n]{0,40}[/\\]){0,6}[^/\\\n]{0,40}?"
    r"\.(?:pdf|jpe?g|png|heic|webp|tiff?|docx?|xlsx?|csv|pptx?|zip|rar|7z|txt|odt|ods|mp4)\b",
    re.IGNORECASE,
)
"""A number in the name of a file, or of a folder above it."""
_IN_A_PATH = re.compile(r"['\"](?:[A-Za-z]:)?[/\\][^'\"\n]*\Z")
"""Before a number in a path that an error quotes."""
_PERSONS = re.compile(rf"(?<![^\W\d_])(?:{_RESIDENT}|{_FAMILY})(?![^\W\d_])", re.IGNORECASE)
_TABLE_CHARACTERS = 6_000
"""How far below its headings a table in running text goes."""
_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){7,}|•\d*")
_QUOTES = " \t\r'’\"|"
_SPENT = re.compile(r"\d[\d.,\-]{3,}(?:\s|[^\W\d_])")
"""A number that stands between: the amount, the account that the label spoke of."""
_NEAR = re.compile(
    r"(?:[\s:=.,;()\[\]'\"’`|#*/–—-]|\b(?:no|nomor|nya|adalah|yaitu|anak|ybs|saya|an)\b|\d{1,2}[.)]\s)*", re.IGNORECASE
)


def label_before(text: str, start: int, heading: str = "", *, is_name: bool = False) -> tuple[Label, bool]:
    """What the number at ``start`` is said to be, and whether nothing but marks stands between.

    The nearest label on its line wins; for a number that begins its line, one that ends the line above. A label says
    nothing any more once another long number has followed it. Failing that, the heading of the column.

    In the name of a file the folders above say nothing, and words of every day do not either: *PKH/0630….pdf* is named
    by a NIK.

    Args:
        text: What the number stands in.
        start: Where it begins.
        heading: Of the column.
        is_name: Whether the text is the name of a file or folder; told by itself where a suffix ends it.
    """
    before = text[max(0, start - bounds.LABEL_CHARACTERS) : start]
    # Digits glued to these are part of what the label speaks of.
    before = before.rstrip(string.digits)
    before = before[_after_long_number(before) :].replace("_", " ")
    if not before.islower():
        before = _HUMP.sub(" ", before)
    if is_name or _OF_A_FILE.match(text, start) or _IN_A_PATH.search(before):
        return _label_in_name(before[max(map(before.rfind, "/\\\n")) + 1 :])
    line = before[before.rfind("\n") + 1 :]
    label, near = _label_in(line)
    if label is Label.NONE and is_number_of_a_thing(line):
        return Label.OTHER, True
    if label is Label.NONE and not line.strip(_QUOTES):
        above = before[: -len(line) - 1] if "\n" in before else ""
        label, near = _label_in(above[above.rfind("\n") + 1 :])
        label = label if near else Label.NONE
    if label is Label.NONE:
        said = heading[: bounds.LABEL_CHARACTERS]
        label, _, _ = _last_label(said)
        if label is Label.NONE and is_number_of_a_thing(said):
            label = Label.OTHER
        near = label is not Label.NONE
    return label, near


def other_tables(text: str) -> tuple[tuple[int, int], ...]:
    """Where tables in running text stand that have a column of other long numbers, and none of NIK or KK.

    Of such a table only the headings say what its numbers are.
    """
    heads = [(match.end(), _is_of_others(text, match)) for match in _TABLE_HEAD.finditer(text)]
    ends = [*(start for start, _ in heads[1:]), len(text)]
    return tuple(
        (start, min(end, start + _TABLE_CHARACTERS))
        for (start, is_other), end in zip(heads, ends, strict=False)
        if is_other
    )


def _is_of_others(text: str, head: re.Match[str]) -> bool:
    """Whether headings, which may go on in the lines above and below, name other long numbers only."""
    above = text.rfind("\n", 0, max(0, head.start() - 1)) + 1
    below = text.find("\n", head.end() + 1)
    around = text[above : below if below >= 0 else len(text)]
    return bool(_LONG_OTHER.search(head[0])) and not _PERSONS.search(around)


def is_part_of_a_paper(text: str, start: int, end: int) -> bool:
    """Whether what stands right before a number or right behind it says that it is that of a paper, or an account."""
    if _AFTER.match(text, end, end + _AFTER_CHARACTERS):
        return True
    if _OF_A_YEAR.match(text, end) and _SENDER.search(text, max(0, start - _PAPER_CHARACTERS), start):
        return True
    return text[start - 1 : start] == "/" and _PAPER.search(text[max(0, start - _PAPER_CHARACTERS) : start]) is not None


def is_called_behind(text: str, end: int) -> bool:
    """Whether what stands right behind a number calls it that of a person: *0630… (NIK)*."""
    return _CALLED_BEHIND.match(text, end, end + _AFTER_CHARACTERS) is not None


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


def _label_in_name(before: str) -> tuple[Label, bool]:
    """What the name of a file says of a number in it: that it is another kind only where such numbers are as long."""
    label, end, is_weak = _last_label(before)
    if label is Label.OTHER and (is_weak or not _LONG_IN_NAMES.search(before)):
        return Label.NONE, False
    return label, bool(_NEAR.fullmatch(before, end))


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
