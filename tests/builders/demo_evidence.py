"""What agencies of the invented city say of their documents in their lists of evidence: numbers, dates, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from flows.forms.raw import RawValue
from tests.builders.demo_catalogue import catalogue
from tests.builders.demo_legal import law_number
from tests.builders.demo_model import Doc
from tests.builders.demo_people import framework
from tests.builders.demo_signed import SIGNED
from tests.builders.filled_forms import Row

_LAWS = frozenset({"perda", "perwali", "instruksi"})
_KINDS = {
    "perda": "perda",
    "perwali": "perkada",
    "instruksi": "instruksi",
    "sk": "sk",
    "apbd": "anggaran",
    "sertifikat": "sertifikat",
    "rad": "rencana",
    "mou": "kerja-sama",
    "profil": "profil",
}
_DECLARED: Mapping[str, tuple[str, ...]] = {
    "Bappeda": ("apbd", "sk"),
    "DP3A": ("sk", "rad", "profil", "sertifikat"),
    "Bagian Hukum": ("perda", "perwali", "instruksi"),
    "Disdukcapil": ("mou",),
    "Dispusip": ("mou", "sertifikat"),
    "Disdikbud": ("sk", "mou"),
    "Dinkes": ("sk",),
    "Dinsos": ("sertifikat",),
}
"""Agency folder → forms of documents it lists."""
_SILENT = frozenset(
    {
        "Bappeda/1.3/1.3p, 1.3q, 1.3r, 1.3s, 1.3t, 1.3u Kutipan APBD kesehatan.pdf",
        "Bagian Hukum/1.2/1.2r scan0012.pdf",
        "Disdikbud/9/9.1 SK Gugus Tugas PAUD-HI (scan).pdf",
    }
)
"""Documents nobody says anything about: what is planted with them must stay."""
RANGE = "Dinsos/10/10.4 Pelatihan SDM LKSA.pdf"
"""A document of three pages, the last two of which its agency names."""
_PAGES: Mapping[str, Row] = {
    RANGE: {"dari": "hlm. 2-3"},
    "Bagian Hukum/1.2/1.2c Perwali Informasi Layak Anak.pdf": {"dari": 1, "sampai": 2},
    "Bagian Hukum/1.2/1.2q, 17.2 Perda KTR.pdf": {"dari": "2"},
}
"""Document → the pages of it that prove something, as agencies write them."""
_UNSIGNED = "Bappeda/1.3/1.3v, 1.3w, 1.3x Kutipan APBD pendidikan.pdf"


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation of the city's own."""

    kind: str
    number: str
    day: date
    about: str
    link: str
    path: str


@cache
def law_of(question_id: str) -> Law | None:
    """The regulation handed in for a question; None where there is none."""
    for doc in catalogue():
        if doc.form in _LAWS and question_id in doc.questions:
            number, day = _number(doc), doc.chance.day(doc.years[0])
            link = f"https://jdih.contoh.example/{doc.form}/{day.year}/{number}"
            return Law(doc.form, number, day, doc.topic, link, doc.path)
    return None


def rows(folder: str) -> list[Row]:
    """The list of evidence of an agency, in the order of the catalogue; empty where it lists nothing."""
    forms = _DECLARED.get(folder, ())
    docs = (doc for doc in catalogue() if doc.agency_folder == folder and doc.form in forms and doc.path not in _SILENT)
    return [dict(_row(doc)) for doc in docs]


def area_rows(folder: str) -> list[Row]:
    """The same of a kecamatan or kelurahan, whose documents lie in ``folder``."""
    docs = (doc for doc in catalogue() if doc.path.startswith(f"{folder}/") and doc.form in _KINDS)
    return [dict(_row(doc)) for doc in docs if doc.questions]


def _row(doc: Doc) -> Iterator[tuple[str, RawValue | int]]:
    name = doc.path.rpartition("/")[2]
    yield "berkas", name
    yield "pertanyaan", ", ".join(doc.questions)
    yield "jenis", framework().kinds[_KINDS[doc.form]].label
    if doc.form == "apbd":
        yield "dari", 1
        yield "sampai", 1
        yield "tanggal", doc.chance.day(doc.years[-1])
    yield from _PAGES.get(doc.path, {}).items()
    number = _number(doc)
    if number:
        yield "nomor", number
        yield "tanggal", doc.chance.day(doc.years[0])
    is_signed = doc.path != _UNSIGNED
    yield "penanda_tangan", "NAMA CONTOH SATU" if doc.form in _LAWS else "NAMA CONTOH"
    yield "tanda_tangan", "TTE" if doc.path in SIGNED else "basah" if is_signed else "belum"
    yield "stempel", "ya" if is_signed else "tidak"
    yield "keterangan", f"{doc.topic[:1].upper()}{doc.topic[1:]}"[:80]
    if doc.form in _LAWS:
        yield "tautan", f"https://jdih.contoh.example/{doc.form}/{doc.years[0]}/{number}"


def _number(doc: Doc) -> str:
    """The number as it stands in the document; empty for documents without one."""
    chance = doc.chance
    if doc.form == "perda":
        return str(law_number(doc))
    if doc.form == "perwali":
        return str(chance.number(11, 79))
    if doc.form == "instruksi":
        return str(chance.number(2, 9))
    if doc.form == "sk":
        return f"188.45/{chance.number(11, 460)}/{doc.years[0]}"
    return ""
