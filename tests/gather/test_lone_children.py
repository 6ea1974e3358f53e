"""Children named one a page, a sheet, a slide or a card are a list together; one child all over a file is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import bounds
from flows.gather.lone_children import LoneChildren
from flows.gather.scan_found import Place
from flows.model import ExposureKind
from flows.privacy import ChildList
from tests.gather.kit import packed, pdf
from tests.gather.scan_kit import docx, look, xlsx

Paper = Any
"""A document, workbook or presentation of a library without types."""
CHILDREN = (("Sari Rekaan", "6 Mei 2014"), ("Budi Umpama", "1 April 2013"), ("Nia Khayal", "9 Juli 2012"))


def _report(name: str, born: str) -> list[str]:
    return ["LAPORAN HASIL BELAJAR", f"Nama Peserta Didik : {name}", f"Tanggal lahir : {born}", "Nilai rata-rata 85"]


def _certificate(name: str, _: str) -> list[str]:
    return ["PIAGAM PENGHARGAAN", "diberikan kepada", name.upper(), "siswa kelas 4 SDN Rekaan 1", "Juara Harapan"]


def _consent(name: str, _: str) -> list[str]:
    return ["SURAT IZIN ORANG TUA", f"Nama anak : {name}", "Kelas : 5", "Asal sekolah : SDN Rekaan 2"]


def _sheets(book: Paper) -> None:
    for name, born in CHILDREN:
        sheet = book.add_worksheet(name[:4])
        for at, row in enumerate((["BIODATA"], ["Nama", name], ["TTL", f"Rekaan, {born}"], ["Kelas", "4"])):
            sheet.write_row(at, 0, row)


def _cards(document: Paper) -> None:
    for name, born in CHILDREN:
        table = document.add_table(3, 2)
        for at, row in enumerate((("Nama", name), ("Tanggal lahir", born), ("Sekolah", "SDN Rekaan 3"))):
            table.cell(at, 0).text, table.cell(at, 1).text = row
        document.add_paragraph("Foto kegiatan")


def slides() -> bytes:
    members = {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    for number, (name, _) in enumerate(CHILDREN, start=1):
        lines = (f"Duta Anak: {name}", "Umur 11 tahun", "Sekolah SDN Rekaan 4")
        words = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
        members[f"ppt/slides/slide{number}.xml"] = f"<p:sld xmlns:p='p' {space}>{words}</p:sld>".encode()
    return packed(members)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapor.pdf", pdf(*(_report(*child) for child in CHILDREN))),
        ("piagam.pdf", pdf(*(_certificate(*child) for child in CHILDREN))),
        ("izin.pdf", pdf(*(_consent(*child) for child in CHILDREN))),
        ("biodata.xlsx", xlsx(_sheets)),
        ("kartu.docx", docx(_cards)),
        ("duta.pptx", slides()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_child_a_page_is_a_list_of_all(tmp_path: Path, name: str, content: bytes) -> None:
    """Bound like that, the children of a whole school went into the book as if nobody were named."""
    found = [each for each in look(tmp_path, name, content).exposures if each.kind is ExposureKind.CHILD_LIST]

    assert sum(each.count for each in found) == len(CHILDREN)
    assert not any(child in repr(found) for child, _ in CHILDREN)


@pytest.mark.parametrize("pages", [1, 3])
def test_one_child_however_often_it_is_named_is_no_list(tmp_path: Path, pages: int) -> None:
    """As within one page, where a letter about a pupil who won something blocks nothing; other files may."""
    content = pdf(*[_report(*CHILDREN[0])] * pages, ["Sari Rekaan, siswa kelas 4 SDN Rekaan 1, hadir."])

    (alone,) = look(tmp_path, "a.pdf", content).exposures
    assert (alone.kind, alone.count, alone.page) == (ExposureKind.LONE_CHILD, 1, 1)
    assert CHILDREN[0][0] not in repr(alone)


def test_pages_about_grown_people_are_no_list(tmp_path: Path) -> None:
    pages = [["BIODATA", f"Nama : {name}", "Tanggal lahir : 4 Mei 1980", "Jabatan : Kader"] for name, _ in CHILDREN]

    assert look(tmp_path, "a.pdf", pdf(*pages)).exposures == ()


def test_children_are_told_where_each_is_named(tmp_path: Path) -> None:
    content = pdf(_report(*CHILDREN[0]), ["Daftar isi"], _report(*CHILDREN[1]))

    assert [each.page for each in look(tmp_path, "a.pdf", content).exposures] == [1, 3]


def test_beyond_the_bound_no_more_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LONE_CHILDREN", 2)
    lone = LoneChildren()
    told = [
        lone.meet(ChildList(1, "Nama", 0, name), Place(page=page)) for page, name in enumerate(["A B", "C D", "E F"])
    ]

    assert [len(each) for each in told] == [0, 2, 0]


@given(st.lists(st.sampled_from(["Sari Rekaan", "sari  rekaan", "Budi Umpama", "Budi", "Nia Khayal"])))
def test_each_child_is_told_once_and_none_while_there_is_one(names: list[str]) -> None:
    lone = LoneChildren()
    told = [each for name in names for each in lone.meet(ChildList(1, "Nama", 0, name), Place())]
    children = {name.split()[0].lower() for name in names}

    assert len(told) == (len(children) if len(children) > 1 else 0)
