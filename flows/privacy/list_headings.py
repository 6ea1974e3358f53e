"""What the headings of a list say of the people in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from flows.privacy.english_headings import ENGLISH_WORDS, in_indonesian
from flows.privacy.people import is_titled
from flows.privacy.row_marks import COUNTED
from flows.words import Words


class Column(Enum):
    """What a column of a list of people holds."""

    CHILD = auto()
    """Names, said to be children's."""
    NAME = auto()
    ADULT = auto()
    """Names of parents, teachers, staff."""
    THING = auto()
    """Names of schools, activities, places."""
    BIRTH = auto()
    AGE = auto()
    CLASS = auto()
    SCHOOL = auto()
    PUPIL_NUMBER = auto()
    ADDRESS = auto()
    PARENT = auto()
    DIAGNOSIS = auto()
    STAFF = auto()
    """NIP, rank: what only adults have."""


_CHILDREN = (
    r"anak(?! perusahaan)|siswa|siswi|murid|santri|peserta ?didik|balita|baduta|batita|bayi|korban|pasien|abh|"
    r"anak asuh|klien|"
    r"pemohon anak|andikpas|remaja|pelajar|warga binaan|"
    # Cut off by the next cell.
    r"ana\Z|balit\b|sisw\b"
)
_ADULTS = (
    r"guru|kader|cota\b|orang ?tua|ortu|ayah|ibu|wali|petugas|pegawai|pendamping|fasilitator|kepala|pic|narasumber|"
    r"konselor|pengajar|pemilik|pelanggan|nasabah|suami|istri|"
    r"pengurus|dokter|bidan|kk|tenaga|pembina|penanggung|pengelola|pejabat|tutor|pendidik|instruktur|operator|pelatih"
)
_THINGS = (
    r"sekolah|puskesmas|kegiatan|lembaga|lksa|taman|program|kelurahan|kecamatan|desa|dokumen|perusahaan|media|"
    r"instansi|opd|"
    r"satuan|paud|tk\b|tempat|fasilitas|jalan|organisasi|inovasi|aplikasi|produk|buku|obat|barang|kota|"
    r"kabupaten|wilayah|dusun|"
    r"posyandu|forum|panti|rumah|ruang|lokasi|perangkat|unit|layanan|lomba|pelatihan|bank|yayasan|pondok|"
    r"komunitas|sub|jenis|ssb|klub|tim\b"
)
_PUPILS = "peserta didik|siswa|siswi|murid|santri|balita"
_PETITIONERS = (
    r"pemohon|konseli|penulis|pelukis|responden|tersangka|terlapor|"
    r"(?:catin|calon (?:istri|isteri|suami|mempelai|pengantin)|"
    r"pengantin|mempelai)"
    r"(?: (?:wanita|pria|perempuan|laki-laki|p|l))?"
)
"""Who asks for leave to marry, who is asked or accused: headings by themselves too; ages say who is a child."""
_OTHER_CHILDREN = "anak|klien|korban|bayi|baduta|pasien|anak asuh|abh|andikpas|caa"
"""Headings by themselves, though not the beginning of a line: sentences begin so."""
CHILD_HEADINGS = frozenset(_OTHER_CHILDREN.split("|"))
_COLUMNS = (
    (
        Column.CHILD,
        re.compile(
            rf"\A(?:{_PUPILS}|{_OTHER_CHILDREN})\Z|\bcalon anak\b|(?<!lahir )(?<!umur )(?<!usia )(?<!alamat )\bcaa\b"
        ),
    ),
    (Column.CHILD, re.compile(rf"\b(?:nama|inisial)(?: lengkap| inisial)? ?(?:calon )?(?:{_CHILDREN})\b")),
    (Column.THING, re.compile(rf"\bnama ?(?:{_THINGS})")),
    (Column.ADULT, re.compile(rf"\bnama ?(?:{_ADULTS})\b|\bpetugas\b|penanggung jawab")),
    (
        Column.NAME,
        re.compile(rf"\b(?:nama|inisial|nm)\b(?! ?(?:{_CHILDREN}|{_THINGS}|{_ADULTS}))|\A(?:{_PETITIONERS})\Z"),
    ),
    (
        Column.BIRTH,
        re.compile(
            r"(?<!\bbb )(?<!\bpb )(?<!\btb )(?<!berat )(?<!panjang )\blahir\b|\bttl\b|"
            r"\btgl ?lhr\b"
        ),
    ),
    (
        Column.AGE,
        re.compile(
            r"\b(?:umur|usia)\b"
            r"(?! ?(?:(?:ke)?(?:hamil|kandungan)|pembaca|sasaran|pengguna|usaha|bangunan|kendaraan|mesin))"
        ),
    ),
    (Column.CLASS, re.compile(r"\bkelas\b(?! ?(?:jabatan|tarif|jalan|pasar|kamar|rawat|aset))|\brombel\b|\bkls\b")),
    (Column.SCHOOL, re.compile(r"\bsekolah\b|\bmadrasah\b|(?<!dinas )\bpendidikan\b|\bjenjang\b(?! jabatan)")),
    (Column.PUPIL_NUMBER, re.compile(r"\bnisn?\b")),
    (
        Column.ADDRESS,
        re.compile(
            r"\balamat\b|\bdomisili\b|\brt\b|\bkelurahan\b|\bdesa\b|tempat tinggal|\bposko\b|\bdusun\b|"
            r"\bkampung\b|\brw\b|\balmt\b|"
            r"\basal\b(?! ?(?:instansi|opd|lembaga|dinas|unit|perangkat))"
        ),
    ),
    (
        Column.PARENT,
        re.compile(
            r"orang ?tua|\bortu\b|\bcota\b|kepala keluarga|\bpengasuh\b|\bbapak\b|\bayah\b|\bibu\b(?! hamil)|"
            r"nama ?(?:ibu|ayah|wali)\b|\bwali\b|\b(?:anak|putr[ai]) dari\b"
        ),
    ),
    (
        Column.DIAGNOSIS,
        re.compile(
            r"diagnos|status gizi|\bkasus\b|\bbb\b|\btb\b|disabilitas|kebutuhan khusus|kekerasan|perkara|"
            r"\balasan\b|\bsebab\b|"
            r"nilai|rapor|\bpai\b|\bpp?kn\b|\bmtk\b|matematika|\bipas?\b|\bips\b|"
            r"\bpjok\b|\bsbdp\b|\bb\.? ?(?:ind|ing)\b|"
            r"bahasa (?:indonesia|inggris)|literasi|numerasi|peringkat|ranking|"
            r"\bdx\b|terapi|tindak lanjut|rujuk|regimen|hambatan|kekhususan|jenis abk|golongan darah|transfusi|"
            r"\bpasal\b|\bputusan\b|pelaku|\bmasalah\b|keluhan|anamnes|alergi|imunisasi|\bbcg\b|\bpolio\b|"
            r"\bdosis\b|\bkms\b|"
            r"napza|modus|\bp[mp]ks\b|\bkategori\b|\btuntutan\b|\bvonis\b|tindakan|penyakit|\bzat\b|ketunaan|"
            r"kelainan|\bhaz\b|\bz-?score\b|\bpidana\b|status\b"
        ),
    ),
    (
        Column.STAFF,
        re.compile(
            r"\bnip\b|\bpangkat|\bgolongan\b(?! darah)|\bgol\b|instansi|unit kerja|\bnuptk\b|\btmt\b|\bstr\b|"
            r"\bopd\b|\bnrp\b"
        ),
    ),
)
_NAME_AND_NEXT = re.compile(r"\bnama (?:sekolah|tempat|kelurahan|kecamatan|desa|jenis|tk|dusun|posyandu|puskesmas)\b")
_NAMES = (Column.CHILD, Column.NAME, Column.ADULT, Column.THING)
TELLING = frozenset(set(Column) - set(_NAMES) - {Column.STAFF})
"""What a list may tell of people beside their names."""
_MONTHS = re.compile(r"(?:umur|usia)[^a-z]{0,3}(?:dalam )?(?:bulan|bln)")
_COUPLE = re.compile(
    r"\b(?:umur|usia) (?:p|l|pr|lk|istri|isteri|suami|perempuan|laki-laki|pria|wanita|catin|calon|mempelai)\b(?! ?/)"
)
"""Two ages, of which the younger is looked at: either of the two may be a child."""
_SAYS_NAME = re.compile(rf"\bnama|\bnm\b|\binisial|\bcalon anak\b|\A(?:no\.? ?)?(?:{_PUPILS})\b")
_PETITIONER = re.compile(rf"\b(?:{_PETITIONERS})\b")
_A_CHILD = re.compile(rf"{_OTHER_CHILDREN}|{_PETITIONERS}")
_CHILD_AMONG_HEADINGS = re.compile(
    r"(?<!\bjumlah )(?<!\btotal )(?<!\bdata )(?<!\busia )(?<!\bumur )"
    r"\b(?:siswa|siswi|murid|santri|balita|anak|klien|korban|bayi|baduta|pasien|abh|andikpas|pemohon|catin|"
    r"pengantin)\b "
    r"(?!(?:yang|dan|di|dengan|dari|pada|usia dini|jalanan|asuh|sekolah|korban|perempuan|laki-laki)\b)"
)
"""One of these words as a heading of its own, followed by the next heading."""
_ROW_OF_HEADINGS = re.compile(
    r"(?:no|nomor|tgl|tanggal|kode|nisn?|register|siswa|siswi|murid|santri|balita|anak|klien|korban|bayi|baduta|"
    r"pasien|abh|"
    r"andikpas|kelas|kelompok|kamar|umur|usia|inisial|l/p|jk)\b"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
"""Where a word begins within the names that programs give their fields: *TglLahir*, *namaSiswa*."""
_MOST_HEADING_WORDS = 12
_NUMBER_FIRST = re.compile(r"no(?:mor|\.)?(?: urut)?(?= [a-z])(?! (?:hp|wa|telp)\b)")
_ADVICE = re.compile(r"\A(?:\W|\d)*(?:jangan|hapus|hindari|samarkan|setorkan)\b|\btanpa nama\b")
"""A sentence on what lists must not hold, as in our own guides: it names the columns and heads no list."""
WORDS_OF_HEADINGS = Words(
    *("nama", "inisial", "calon", "didik", "siswa", "siswi", "murid", "santri", "balita", "anak", "klien", "korban"),
    *("bayi", "baduta", "pasien", "abh", "andikpas", "pemohon", "catin", "pengantin", "mempelai"),
    *("konseli", "responden", "tersangka", "terlapor", "nm", "penulis", "pelukis", "caa"),
    *ENGLISH_WORDS,
)
"""Without any of these, and without *No* at its beginning, a row heads nothing."""
_JOINS = frozenset({"dan", "atau", "yang", "oleh", "dalam", "dengan", "untuk", "bagi", "serta"})
"""Alone in a cell only where the words of a line have been torn apart."""
_ENDS_A_SENTENCE = re.compile(r"[a-z]{4,}\.\Z")
"""*Ket.* and *Kel.* are shorter."""
_PARTS_OF_A_DAY = (
    frozenset({"tgl", "tanggal", "hari", "tgl lahir", "tanggal lahir"}),
    frozenset({"bln", "bulan", "bl", "bln lahir", "bulan lahir"}),
    frozenset({"thn", "tahun", "th", "thn lahir", "tahun lahir"}),
)
_OF_A_BIRTH = frozenset(
    {"l/p", "p/l", "jk", "bb", "tb", "bb/tb", "jenis kelamin", "sex", "ibu", "ayah", "nama ibu", "nama ortu"}
)
"""Stand beside the day of a birth, and beside no other day."""
_OF_PLACES = re.compile(r"\b(?:strata|kader|akreditasi|npsn|kepala|pengelola|jumlah|kapasitas|status tanah)\b")
"""Told of schools and posts, so that the names are theirs."""
_LONGEST = 200
_SHORTEST_SENTENCE = 5
_MOST_DIGITS = 8


@dataclass(frozen=True)
class Heading:
    """The headings of one list."""

    columns: tuple[Column | None, ...]
    """What each column holds; of a line of text, what it speaks of, in order."""
    in_months: bool = False
    """Whether ages are months."""
    of_couples: bool = False
    """Whether there is an age of each of two."""
    words: str = ""
    is_line: bool = False
    """Whether it is one line of text, which heads no columns."""

    @cached_property
    def holds(self) -> frozenset[Column]:
        """What the list tells of people."""
        return frozenset(column for column in self.columns if column)

    @cached_property
    def is_of_adults(self) -> bool:
        """Whether these are no children's names whatever else stands there."""
        holds = self.holds
        if Column.CHILD in holds:
            return False
        return Column.STAFF in holds or Column.NAME not in holds

    @cached_property
    def is_of_counts(self) -> bool:
        """Whether nothing but an age is told beside a name, and how many there are: of toys and vaccines."""
        return self.holds - {Column.DIAGNOSIS} == {Column.NAME, Column.AGE} and COUNTED.search(self.words) is not None

    @cached_property
    def is_of_things(self) -> bool:
        """Whether it heads a table in which nobody is named at all."""
        return not self.holds.intersection({Column.NAME, Column.ADULT, Column.STAFF})

    def place(self, *wanted: Column) -> int | None:
        """Index of the first column that holds one of ``wanted``, the first of them first."""
        for column in wanted:
            if column in self.columns:
                return self.columns.index(column)
        return None


_OF_THINGS = Heading((Column.THING,))


def heading_of(cells: Sequence[str]) -> Heading | None:
    """The headings in a row of cells, None where it is no heading of a list of people or things with names."""
    if not _may_head(cells):
        return None
    texts = in_indonesian([_plain(cell) for cell in cells])
    whole = " ".join(texts)
    if not _SAYS_NAME.search(whole) and not _calls_children(texts):
        return _OF_THINGS if _heads_a_table(whole) else None
    if len(whole) > _LONGEST or sum(map(str.isdigit, whole)) > _MOST_DIGITS or is_titled(" ".join(cells)):
        return None
    if (len(texts) == 1 and _is_sentence(cells[0])) or _is_broken_prose(texts):
        return None
    if len(texts) == 1:
        columns: tuple[Column | None, ...] = _columns_of_line(whole)
    else:
        columns = _with_parted_day(texts, [column_of(text) for text in texts])
    holds = {column for column in columns if column}
    if _ADVICE.search(whole) or not holds.intersection(_NAMES) or len(holds) < 2 or ":" in whole:  # noqa: PLR2004 - a name and something about it
        return None
    return Heading(columns, bool(_MONTHS.search(whole)), any(map(_COUPLE.search, texts)), _clue(cells), len(texts) == 1)


def _is_broken_prose(texts: Sequence[str]) -> bool:
    """Whether a row is a line of running text, whose words have become cells or which ends as clauses of rules do."""
    return not _JOINS.isdisjoint(texts) or texts[-1].endswith(";") or _ENDS_A_SENTENCE.search(texts[-1]) is not None


def _with_parted_day(texts: Sequence[str], columns: list[Column | None]) -> tuple[Column | None, ...]:
    """The columns, day, month and year of birth too where each has one and something else says they are of a birth."""
    for at in range(len(texts) - 2):
        if all(text in words for text, words in zip(texts[at : at + 3], _PARTS_OF_A_DAY, strict=True)):
            if Column.CHILD in columns or not _OF_A_BIRTH.isdisjoint(texts):
                columns[at : at + 3] = [Column.BIRTH] * 3
            break
    return tuple(columns)


def _plain(cell: str) -> str:
    """A heading in small letters, its words apart."""
    spaced = cell.replace("_", " ")
    return " ".join((spaced if " " in cell else _CAMEL.sub(" ", spaced)).split()).lower()


def _may_head(cells: Sequence[str]) -> bool:
    """Whether a row has any of the words of headings; asked of every row, so it must be cheap."""
    lowered = " ".join(cells).lower()
    return WORDS_OF_HEADINGS.are_in(lowered) or lowered.replace("_", " ").lstrip().startswith("no")


def _calls_children(texts: Sequence[str]) -> bool:
    """Whether headings without *Nama* call a column *Korban*, *Klien*, *Anak*.

    In a line of text only among headings: short, without marks, and of several other things told of people.
    """
    if len(texts) > 1:
        return any(map(_A_CHILD.fullmatch, texts))
    if not _ROW_OF_HEADINGS.match(texts[0]) or len(texts[0].split()) > _MOST_HEADING_WORDS:
        return False
    if not set(texts[0]).isdisjoint(",:()0123456789") or not _CHILD_AMONG_HEADINGS.search(texts[0]):
        return False
    told = {kind for kind, pattern in _COLUMNS if kind in TELLING and pattern.search(texts[0])}
    return bool(told & {Column.AGE, Column.BIRTH, Column.CLASS, Column.SCHOOL})


def _is_sentence(line: str) -> bool:
    """Whether a line that speaks of names, addresses and the like is running text: commas, and mostly small letters."""
    words = line.split()
    small = sum(word[0].islower() for word in words)
    return len(words) > _SHORTEST_SENTENCE and small > len(words) // 2 and (", " in line or line.endswith("."))


def _heads_a_table(whole: str) -> bool:
    """Whether a row without a column of names is the heading of a table, of things then."""
    return (
        bool(_NUMBER_FIRST.match(whole))
        and not any(map(str.isdigit, whole))
        and len(whole.split()) > 1
        and ":" not in whole
    )


def _columns_of_line(whole: str) -> tuple[Column, ...]:
    """What a line of headings speaks of; where *Nama* ends and the next heading begins is not to be seen."""
    found = tuple(kind for kind, pattern in _COLUMNS if pattern.search(whole))
    if not set(found).intersection(_NAMES) and _calls_children([whole]):
        found = (Column.NAME if _PETITIONER.search(whole) else Column.CHILD, *found)
    if Column.NAME not in found and Column.CHILD not in found and re.match(rf"(?:no\.? )?(?:{_PUPILS})\b", whole):
        found = (Column.CHILD, *found)
    if _NAME_AND_NEXT.search(whole) and not _OF_PLACES.search(whole):
        found = (*(kind for kind in found if kind is not Column.THING), Column.NAME)
    return found


def column_of(text: str) -> Column | None:
    """What a column headed so holds, in small letters; None where it tells nothing of people."""
    if len(text) > 60:  # noqa: PLR2004 - a sentence, no heading
        return None
    return next((kind for kind, pattern in _COLUMNS if pattern.search(text)), None)


def _clue(cells: Sequence[str]) -> str:
    """The headings as they are told to people."""
    return ", ".join(" ".join(cell.split()) for cell in cells if cell.strip())[:120]
