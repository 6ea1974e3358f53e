"""Files other than text PDFs: workbooks, Word documents, archives and PDFs that cannot be opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.builders.demo_model import FOOTER, Doc, Matter, Office
from tests.builders.demo_parts import area_rows, case_rows, label_years, matrix_rows, supply_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook

CREATED = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ZIP_DATE = (2024, 1, 1, 0, 0, 0)
_MATRIX_HEADS = ("No.", "Perangkat daerah/mitra", "Peran")
_AREA_HEADS = ("No.", "Wilayah", "L", "P", "L+P", "Capaian", "Persen")
_CASE_HEADS = ("No.", "Wilayah", "Seluruhnya", "Jumlah kasus", "Persen")
_SUPPLY_HEADS = ("No.", "Wilayah", "Ketersediaan", "Jumlah unit")
_TRAINING_HEADS = ("No.", "Unit layanan", "Jumlah SDM", "Dilatih KHA", "Persen")
_BUDGET_HEADS = ("No.", "Kegiatan", "Pagu (Rp)", "Realisasi (Rp)")


def workbook(doc: Doc, matter: Matter) -> bytes:
    """A workbook with one sheet per year, or one for both; ``doc.parts`` names the layout of its tables."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": doc.topic, "author": "Kota Contoh (rekaan)", "created": CREATED})
    layout = doc.parts[0] if doc.parts else "kemitraan"
    if layout in ("kemitraan", "kegiatan"):
        years = (f"Tahun {year}" for year in doc.years)
        _sheet(book, "Matriks", doc, matter, (*_MATRIX_HEADS, *years), matrix_rows(doc, 8))
    else:
        for year in doc.years or (2023,):
            heads, rows = _table(Doc(f"{doc.path}{year}", doc.form, doc.topic), layout, matter)
            _sheet(book, f"Tahun {year}", doc, matter, heads, rows)
    book.close()
    return stream.getvalue()


def _table(doc: Doc, layout: str, matter: Matter) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
    name, _, area = layout.partition("-")
    if name in ("kecamatan", "kelurahan"):
        return _AREA_HEADS, area_rows(doc, villages=name == "kelurahan")
    if name == "kasus":
        return _CASE_HEADS, case_rows(doc, villages=area == "kelurahan")
    if name == "ada":
        return _SUPPLY_HEADS, supply_rows(doc, villages=area == "kelurahan")
    return (_BUDGET_HEADS, _budget_rows(doc, matter)) if name == "anggaran" else (_TRAINING_HEADS, _training_rows(doc))


def _budget_rows(doc: Doc, matter: Matter) -> list[tuple[object, ...]]:
    chance = doc.chance
    subjects = matter.subjects or tuple(f"Kegiatan responsif anak {letter}" for letter in "ABCDEF")
    ceilings = [chance.number(20, 600) * 500_000 for _ in subjects]
    return [
        (place, subject, ceiling, ceiling * 93 // 100)
        for place, (subject, ceiling) in enumerate(zip(subjects, ceilings, strict=True), 1)
    ]


def _training_rows(doc: Doc) -> list[tuple[object, ...]]:
    chance = doc.chance
    staff = [chance.number(15, 60) for _ in range(7)]
    trained = [whole * chance.number(55, 95) // 100 for whole in staff]
    return [
        (place, f"Unit Layanan Contoh {place}", whole, part, round(100 * part / whole, 1))
        for place, (whole, part) in enumerate(zip(staff, trained, strict=True), 1)
    ]


def _sheet(
    book: Workbook, name: str, doc: Doc, matter: Matter, heads: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "font_size": 12})
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    title = f"MATRIKS {doc.topic.upper()} {label_years(doc)}"
    sheet.write(0, 0, title, bold)
    sheet.write(1, 0, "Pokok: " + "; ".join(matter.subjects[:4]) if matter.subjects else "Pokok: " + doc.topic)
    sheet.write_row(3, 0, heads, head)
    for line, row in enumerate(rows, 4):
        sheet.write_row(line, 0, row, cell)
    sheet.write(len(rows) + 5, 0, "Sumber: data rekaan. " + FOOTER)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 2, 34)
    sheet.set_column(3, len(heads), 16)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_footer("&C" + FOOTER)


def word(doc: Doc, matter: Matter, office: Office) -> bytes:
    """A Word document of one of the simple forms: report, minutes or procedure."""
    import docx

    heading = {"notula": "NOTULA RAPAT", "sop": "STANDAR OPERASIONAL PROSEDUR", "narasi": "CATATAN UPAYA"}
    name = doc.parts[0] if doc.parts else "laporan"
    paper = docx.Document()
    paper.add_heading(f"{heading.get(name, 'LAPORAN PELAKSANAAN')} {doc.topic.upper()} {label_years(doc)}", level=1)
    paper.add_paragraph(f"{office.name}, Pemerintah Kota Contoh. Memuat pelaksanaan {doc.topic} menurut tahun.")
    for subject in matter.subjects or (doc.topic,):
        paper.add_paragraph(subject, style="List Number")
    rows = matrix_rows(doc, 5)
    heads = (*_MATRIX_HEADS, *(f"Tahun {year}" for year in doc.years))
    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    for place, text in enumerate(heads):
        table.rows[0].cells[place].text = text
    for row in rows:
        for place, value in enumerate(row):
            if place == 0:
                cells = table.add_row().cells
            cells[place].text = str(value)
    paper.add_paragraph(f"Contoh, {max(doc.years, default=2023)}. {office.head}, ttd. NAMA CONTOH")
    paper.sections[0].footer.paragraphs[0].text = FOOTER
    core = paper.core_properties
    core.author, core.last_modified_by, core.title = "Kota Contoh (rekaan)", "Kota Contoh (rekaan)", doc.topic
    core.created = core.modified = CREATED
    stream = io.BytesIO()
    paper.save(stream)
    with zipfile.ZipFile(stream) as packed:
        # The thumbnail of the library's blank document is not ours and half of the file.
        return archive({name: packed.read(name) for name in packed.namelist()})


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip archive with fixed dates."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            packed.writestr(info, content)
    return stream.getvalue()


def locked(pdf: bytes, password: str) -> bytes:
    """``pdf`` behind a password; with the old cipher, since newer ones bring chance into the file."""
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        key = pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False)
        opened.save(stream, static_id=True, encryption=key)
    return stream.getvalue()
