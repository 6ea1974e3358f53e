"""Puts into files of the invented city what must be found there: persons, programs, other files, a second format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.builders import demo_file_problems as planted
from tests.builders.demo_file_problems import BOY, GIRL, GROWN_UP, HOUSEHOLD, OTHER_HOUSEHOLD, THIRD
from tests.builders.demo_files import CREATED, archive
from tests.builders.demo_model import FOOTER
from tests.builders.demo_page import table
from tests.builders.demo_picture import scan
from tests.builders.demo_saved import resaved

CHILDREN = (
    ("Anak Contoh Satu", "05-05-2012", "SD Rekaan 1"),
    ("Anak Contoh Dua", "12-03-2010", "SMP Rekaan 2"),
    ("Anak Contoh Tiga", "17-11-2014", "SD Rekaan 1"),
    ("Anak Contoh Empat", "28-07-2011", "SMP Rekaan 3"),
)
_TODDLERS = (
    ("Anak Contoh Lima", "09-02-2022", "Jalan Rekaan 4, Melati Contoh", "Sangat pendek"),
    ("Anak Contoh Enam", "21-06-2021", "Jalan Rekaan 9, Mawar Contoh", "Pendek"),
    ("Anak Contoh Tujuh", "30-10-2022", "Jalan Rekaan 12, Durian Contoh", "Pendek"),
)
_RECAP = (
    ("Contoh Utara", 6, 9),
    ("Contoh Timur", 2, 5),
    ("Contoh Barat", 7, 3),
    ("Contoh Selatan", 0, 1),
)
_SIGNATURE = '<div class="sign">'
_DOCX = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCM = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_MACRO = b'Attribute VB_Name = "Rekaan"\r\nSub AutoOpen()\r\n  \' rekaan: tidak berbuat apa-apa\r\nEnd Sub\r\n'
_BATCH = f"@echo off\nrem {FOOTER}: hanya menulis satu baris\necho rekaan\n"
_RAR_HEAD = b"Rar!\x1a\x07\x01\x00"
SPOT = (1.0, 107.0)
"""Whole degrees in open sea: nobody lives there."""


_SENTENCES = {
    planted.ADULT: f"Asesor: NAMA CONTOH LIMA, NIK {GROWN_UP}, dari lembaga rekaan.",
    planted.ATTACHED: "Acara dibuka dengan pantun oleh Anak Contoh Lima, umur 12 tahun, siswa SD Rekaan 1.",
    planted.WINNERS: (
        "Juara melukis TK: 1 Sari Rekaan 2 Nadia Umpama<br>juara SD kls 3: 1 Bagas Khayalan 2 Putri Andaian<br>"
        "juara SD kls 4: 1 Dimas Umpama 2 Alya Rekaan"
    ),
}
"""What stands above the signature of a document in one paragraph."""


def added_text(path: str) -> str:
    """HTML that stands above the signature of a document; empty for most."""
    match path:
        case path if path in _SENTENCES:
            return f"<p>{_SENTENCES[path]}</p>"
        case planted.DECISION:
            rows = [(place, *child) for place, child in enumerate(CHILDREN, 1)]
            heads = ("No.", "Nama anak", "Tanggal lahir", "Sekolah")
            return f"<h2>LAMPIRAN: SUSUNAN PENGURUS FORUM ANAK</h2>{table(heads, rows)}"
        case planted.CASES:
            return _cases([(name, born, school) for name, born, school in CHILDREN[:3]])
        case planted.REDACTED:
            return _cases([("(disamarkan)", "(disamarkan)", "(disamarkan)")] * 3)
    return ""


def _cases(people: Sequence[Sequence[str]]) -> str:
    services = ("pendampingan psikologis", "bantuan hukum", "pemulangan dan reintegrasi")
    rows = [(place, *who, service) for place, (who, service) in enumerate(zip(people, services, strict=True), 1)]
    heads = ("No.", "Nama korban", "Tanggal lahir", "Sekolah", "Layanan")
    return f"<h2>Rincian penanganan</h2>{table(heads, rows)}"


def with_text(html: str, path: str) -> str:
    """The page of a document with what is planted in its text."""
    extra = added_text(path)
    return html.replace(_SIGNATURE, extra + _SIGNATURE, 1) if extra else html


def _changed_pdf(change: Callable[..., None]) -> Callable[[bytes], bytes]:
    def made(content: bytes) -> bytes:
        import pikepdf

        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            change(pdf)
            pdf.save(target, deterministic_id=True, fix_metadata_version=False)
        return target.getvalue()

    return made


def _add_script(pdf) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # pikepdf is imported where it is used
    from pikepdf import Dictionary, Name, String

    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('Rekaan: survei belum disimpan');"))


def _attach(pdf) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # same
    from pikepdf import AttachedFileSpec

    rows = f"{FOOTER}\nkelompok;peserta\npetugas penyeberangan;18\nguru;22\n"
    pdf.attachments["rekap peserta.csv"] = AttachedFileSpec(
        pdf, rows.encode(), filename="rekap peserta.csv", creation_date="", mod_date=""
    )


def _leave(_pdf) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # same
    """Saving alone changes the bytes."""


def _and_a_scan(content: bytes) -> bytes:
    """The first page as text, and once more as a scanner would return it."""
    import pikepdf

    target = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(content)) as pdf,
        pikepdf.open(io.BytesIO(scan(content, planted.HALF_SCANNED))) as more,
    ):
        pdf.pages.append(more.pages[0])
        pdf.save(target, deterministic_id=True, fix_metadata_version=False)
    return target.getvalue()


def _hide_sheet(content: bytes) -> bytes:
    """A sheet with numbers of children, hidden before it was sent."""

    def edit(book) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # openpyxl's
        sheet = book.create_sheet("Sumber data")
        sheet.append(("No.", "NIK anak", "Kecamatan"))
        for place, (number, area) in enumerate(
            ((GIRL, "Contoh Utara"), (BOY, "Contoh Timur"), (THIRD, "Contoh Barat")), 1
        ):
            sheet.append((place, number, area))
        sheet.sheet_state = "hidden"

    return resaved(content, edit)


def _list_families(content: bytes) -> bytes:
    def edit(book) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # same
        sheet = book.create_sheet("Keluarga")
        sheet.append(("No.", "Keluarga pengganti", "No. KK"))
        sheet.append((1, "Keluarga Contoh A", HOUSEHOLD))
        sheet.append((2, "Keluarga Contoh B", OTHER_HOUSEHOLD))

    return resaved(content, edit)


def _list_toddlers(content: bytes) -> bytes:
    def edit(book) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # same
        sheet = book.create_sheet("By name by address")
        sheet.append(("No.", "Nama balita", "Tanggal lahir", "Alamat", "Status gizi"))
        for place, toddler in enumerate(_TODDLERS, 1):
            sheet.append((place, *toddler))

    return resaved(content, edit)


def _count_cases(content: bytes) -> bytes:
    """What was asked for is how the cases are followed; somebody added how many there were."""

    def edit(book) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # same
        sheet = book.create_sheet("Rekap kasus")
        sheet.append(("Rekap kasus kekerasan terhadap anak 2023",))
        sheet.append(("No.", "Kecamatan", "Laki-laki", "Perempuan", "Jumlah"))
        for place, (area, boys, girls) in enumerate(_RECAP, 1):
            sheet.append((place, area, boys, girls, boys + girls))

    return resaved(content, edit)


def _comment_on(content: bytes) -> bytes:
    """A comment of a colleague that nobody took out again."""
    import docx

    paper = docx.Document(io.BytesIO(content))
    run = paper.paragraphs[1].runs[0]
    comment = paper.add_comment(run, text=f"Tolong cek lagi, NIK anak {BOY} belum terdaftar.", author="Rekaan")
    comment._comment_elm.date = CREATED  # otherwise the clock's
    stream = io.BytesIO()
    paper.save(stream)
    return archive(_members(stream.getvalue()))


def _macro(content: bytes) -> bytes:
    """A .docm whose macro does nothing; the part holds its source only, as no program but Word makes a whole one."""
    members = _members(content)
    types = members["[Content_Types].xml"].replace(_DOCX, _DOCM)
    types = types.replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    return archive(members | {"[Content_Types].xml": types, "word/vbaProject.bin": _MACRO})


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _and_a_zip(content: bytes) -> bytes:
    return content + archive({"catatan.txt": f"{FOOTER}: arsip di belakang foto.\n".encode()})


EDITS: Mapping[str, Callable[[bytes], bytes]] = {
    planted.HIDDEN_SHEET: _hide_sheet,
    planted.FAMILY: _list_families,
    planted.BY_NAME: _list_toddlers,
    planted.RECAP: _count_cases,
    planted.COMMENT: _comment_on,
    planted.MACRO: _macro,
    planted.HALF_SCANNED: _and_a_scan,
    planted.SCRIPT: _changed_pdf(_add_script),
    planted.ATTACHED: _changed_pdf(_attach),
    planted.TWO_FORMATS: _and_a_zip,
}
"""What is done to a file that was drawn up like all others."""


def smaller(picture: bytes) -> bytes:
    """A photo as it is sent on by telephone: smaller, without its date."""
    from PIL import Image

    stream = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        opened.resize((700, 525)).save(stream, "JPEG", quality=50, exif=opened.getexif())
    return stream.getvalue()


def made_of_others(content_of: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """Files that are made of others of the city, and those that are no documents.

    Args:
        content_of: The bytes of another file of the city, by its path.
    """
    yield planted.NOT_REDACTED, content_of(planted.MINUTES)
    yield planted.REUSED, smaller(content_of(planted.CAMPAIGN))
    yield planted.RESAVED, _changed_pdf(_leave)(content_of(planted.MARRIAGE))
    yield planted.PROGRAM, _BATCH.encode()
    yield planted.RAR, _RAR_HEAD + f"{FOOTER}: pengganti arsip .rar, tanpa isi.\n".encode()
