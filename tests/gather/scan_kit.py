"""Builders of files with an invented number planted in every place where one can hide."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from flows.gather.family import family_of_suffix
from flows.gather.inspect import Inspection, inspect_file
from flows.gather.recognise import rules_of
from tests.gather.kit import instrument, packed

NIK = "9971014505120001"
"""Invented: region 99 is nobody's. A girl born on 5 May 2012."""
MASKED = "9971••••••••0001"
OTHER = "9971021203850002"
"""Invented: a man born on 12 March 1985."""
RULES = rules_of(instrument())


def look(folder: Path, name: str, content: bytes) -> Inspection:
    """What looking into a file tells; never the number itself."""
    path = folder / name
    path.write_bytes(content)
    found = inspect_file(path, family_of_suffix(path.suffix), RULES)
    assert NIK not in repr(found)
    return found


def xlsx(fill: Callable[[Any], None]) -> bytes:
    """An .xlsx made with xlsxwriter."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    fill(book)
    book.close()
    return target.getvalue()


def with_members(source: bytes, members: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """A zip container with members added or changed."""
    kept: dict[str, bytes] = {}
    with zipfile.ZipFile(BytesIO(source)) as archive:
        for name in archive.namelist():
            kept[name] = archive.read(name)
    for name, content in members.items():
        kept[name] = content if isinstance(content, bytes) else content(kept[name])
    return packed(kept)


def docx(fill: Callable[[Any], None]) -> bytes:
    """A .docx made with python-docx."""
    from docx import Document

    document = Document()
    document.add_paragraph("Laporan kegiatan rekaan")
    fill(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def ods(body: str, styles: str = "") -> bytes:
    """An .ods with this content in its spreadsheet."""
    names = "office style table text calcext"
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names.split())
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": content.encode(),
        }
    )


def odt(content: str, meta: str = "", styles: str = "") -> bytes:
    """An .odt with these words."""
    names = "office style table text dc"
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names.split())
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": b"<manifest/>",
        "content.xml": f"<office:document {spaces}><office:body>{content}</office:body></office:document>".encode(),
        "meta.xml": f"<office:document-meta {spaces}>{meta}</office:document-meta>".encode(),
        "styles.xml": f"<office:document-styles {spaces}>{styles}</office:document-styles>".encode(),
    }
    return packed(members)


def pdf_with(change: Callable[[Any], None], *pages: list[str]) -> bytes:
    """A PDF with these lines per page, changed before it is saved."""
    import pikepdf

    from tests.gather.kit import pdf

    target = BytesIO()
    with pikepdf.open(BytesIO(pdf(*(pages or (["Laporan kegiatan rekaan tahun 2023"],))))) as document:
        change(document)
        document.save(target)
    return target.getvalue()
