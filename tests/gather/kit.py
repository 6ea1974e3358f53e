"""Builders for the tests of gather: a small invented instrument with all odd ids, a city, and files of every family."""

from __future__ import annotations

import dataclasses
import os
import zipfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from flows.gather import gather
from flows.model import (
    Agency,
    AnswerFormat,
    Block,
    City,
    ColumnType,
    District,
    EvidenceKind,
    Framework,
    Indicator,
    Manifest,
    Media,
    Origin,
    Period,
    Question,
    Requirement,
    RowKind,
    TableColumn,
    TableSchema,
    Village,
    Years,
)

SHAPE: Mapping[str, Mapping[str, str]] = {
    "KL": {"1": "1.1 1.2a 1.2b 1.2c 1.2z 1.2za 1.2zb 1.3a 1.3b 1.4", "2": "2.1 2.2"},
    "III": {"12": "12.1 12.2 12.7", "14": "14.1 14.2 14.10"},
    "V": {"21A": "21A.1 21A.4a 21A.4b", "21B": "21B.1"},
    "KD": {"26": "26.2 26.15"},
}
LABELS = {"KL": "Kelembagaan", "III": "Klaster III", "V": "Klaster V", "KD": "Kelana dan Dekela"}
KINDS = (
    EvidenceKind("perda", "Perda", ("perda",), (r"\bPERATURAN DAERAH (KOTA|KABUPATEN) [A-Z ]{3,40}\s+NOMOR\s+\d+",)),
    EvidenceKind(
        "sk", "SK", ("sk",), (r"\bKEPUTUSAN (WALI KOTA|KEPALA)\b[A-Z ]{0,80}\s+NOMOR\b",), (), ("sk", "keputusan")
    ),
    EvidenceKind(
        "data", "Data", ("data", "matriks"), (r"\bTABEL\s+\d+", r"^\s*DATA\b"), (Media.SPREADSHEET,), ("data",)
    ),
    EvidenceKind("foto", "Foto", ("foto",), (), (Media.IMAGE,), ("foto",)),
    EvidenceKind("laporan", "Laporan", ("laporan",), (r"^\s*LAPORAN\b",), (), ("laporan",)),
    EvidenceKind("edaran", "Surat Edaran", ("edaran",), (), (), ("surat edaran",)),
)
KEYWORDS = {"12.1": ("persalinan",), "1.2a": ("akta kelahiran",), "14.1": ("asi",)}


def instrument() -> Framework:
    """An invented instrument whose ids have every shape a real one has."""
    blocks = []
    for block_id, indicators in SHAPE.items():
        rows = tuple(
            Indicator(number, f"Indikator contoh {number}", 3.0, tuple(_question(one) for one in ids.split()))
            for number, ids in indicators.items()
        )
        blocks.append(Block(block_id, LABELS[block_id], f"Judul contoh {block_id}", 6.0, rows))
    return Framework(2024, "Contoh", (), "", (), tuple(blocks), {}, {kind.id: kind for kind in KINDS}, "0" * 64)


def _question(question_id: str) -> Question:
    role = "hukum" if question_id.startswith("1.") else "dinkes"
    requirement = Requirement(
        f"{question_id}#1", "data", Period.IN_FORCE, Years.ANY, count=1, signed=False, origin=Origin.INFERRED
    )
    return Question(
        question_id, f"Pertanyaan contoh {question_id}", 1.0, role, (role,), (requirement,), AnswerFormat("uraian"),
        keywords=KEYWORDS.get(question_id, ()),
    )  # fmt: skip


def asking() -> Framework:
    """The same instrument, asking for a table per kecamatan, a list, and a criterion of every kelurahan."""
    children = TableColumn("anak", "Jumlah anak", ColumnType.COUNT, by_sex=True, headings=("^jumlah anak$",))
    tables = (
        TableSchema("anak", "Anak contoh", "Anak Contoh", RowKind.DISTRICT, True, (children,), ("12.1",), ("dinkes",)),  # noqa: FBT003
        TableSchema(
            "mitra", "Mitra contoh", "Mitra Contoh", RowKind.LIST, False,  # noqa: FBT003
            (TableColumn("nama", "Nama mitra", ColumnType.TEXT),), ("12.2",), ("dinkes",),
        ),
        TableSchema(
            "dekela", "Dekela contoh", "Dekela Contoh", RowKind.VILLAGE, False,  # noqa: FBT003
            (TableColumn("forum", "Ada forum anak", ColumnType.YES_NO, supplier="kelurahan"),), ("26.2",), ("dinkes",),
        ),
    )  # fmt: skip
    return dataclasses.replace(instrument(), tables={schema.id: schema for schema in tables})


def city_with_areas() -> City:
    """The invented city with two kecamatan, three kelurahan, and the agencies that stand for them."""
    districts = (
        District("99.99.01", "Contoh Utara", (Village("99.99.01.1001", "Melati"), Village("99.99.01.1002", "Mawar"))),
        District("99.99.02", "Contoh Selatan", (Village("99.99.02.1001", "Anggrek"),)),
    )
    areas = (
        Agency("kecamatan", "Kecamatan se-Kota Contoh", "Kecamatan", ("kecamatan",), group="wilayah"),
        Agency("kelurahan", "Kelurahan se-Kota Contoh", "Kelurahan", ("kelurahan",), group="wilayah"),
    )
    plain = city("Dinsos")
    return dataclasses.replace(plain, districts=districts, agencies=(*plain.agencies, *areas))


def city(*names: str, evaluation_year: int = 2024) -> City:
    """An invented city with Dinas Kesehatan, Bagian Hukum and agencies called ``names``."""
    agencies = (
        Agency("dinkes", "Dinas Kesehatan", "Dinkes", ("dinkes",), ("Dinas Kesehatan Kota",)),
        Agency("hukum", "Bagian Hukum", "Bagian Hukum", ("hukum",)),
        *(Agency(name.lower(), name, name, (name.lower(),)) for name in names),
    )
    years = (evaluation_year - 2, evaluation_year - 1)
    return City(
        "kota-contoh", "Kota Contoh", "", "Contoh", "Asia/Makassar", evaluation_year, years, 2024, agencies,
        (), (), (), (), {},
    )  # fmt: skip


def take(root: Path, state: Path | None = None, *, fresh: bool = False, only: Sequence[str] = ()) -> Manifest:
    """Gather ``root`` for the invented city."""
    return gather(city(), instrument(), root, state_root=state, fresh=fresh, only=only)


def write(root: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write files by relative path below ``root`` and return it."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    root.mkdir(parents=True, exist_ok=True)
    return root


def age(root: Path, seconds: int = 3600) -> None:
    """Make every file look ``seconds`` old (its change time cannot be set and stays)."""
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, ns=(path.stat().st_mtime_ns - seconds * 10**9,) * 2)


def pdf(*pages: Sequence[str], password: str = "", owner: str = "", signed: bool = False) -> bytes:
    """A PDF with one page of text lines per argument."""
    import pikepdf

    document = pikepdf.Pdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for lines in pages or ((),):
        document.add_blank_page()
        page = document.pages[-1]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        shown = (f"BT /F1 10 Tf 40 {750 - 14 * row} Td ({text}) Tj ET" for row, text in enumerate(lines))
        page.Contents = document.make_stream(" ".join(shown).encode("latin-1"))
    if signed:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=pikepdf.String(b"tanda"))
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Tanda", V=value)
        parent = document.make_indirect(
            pikepdf.Dictionary(T="Induk", Kids=pikepdf.Array([document.make_indirect(field)]))
        )
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([parent]))
    target = BytesIO()
    encryption = pikepdf.Encryption(user=password, owner=owner or password) if password or owner else False
    # Equal pages give equal bytes, whatever the second; an encrypted file cannot have such an id.
    document.save(target, encryption=encryption, deterministic_id=not encryption)
    return target.getvalue()


def junk(size: int) -> bytes:
    """Bytes of no format, the same every time."""
    return b"".join(sha256(number.to_bytes(4, "big")).digest() for number in range(size // 32 + 1))[:size]


def picture(kind: str = "PNG", size: tuple[int, int] = (1, 1)) -> bytes:
    """A picture of one grey."""
    from PIL import Image

    target = BytesIO()
    Image.new("L", size, 128).save(target, kind)
    return target.getvalue()


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx with these rows per sheet."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def word(*paragraphs: str, cell: str = "") -> bytes:
    """A .docx with these paragraphs and, if given, a table of one cell."""
    from docx import Document

    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cell:
        document.add_table(1, 1).cell(0, 0).text = cell
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip with these members."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()
