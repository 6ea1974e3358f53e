"""Volumes of real typeset parts and invented evidence, and what a reader of the bound file finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from flows.model import Media
from flows.render.pdf import typeset
from flows.render.values import Exhibit, Numbering, Pages, Part, Prepared, Sheets, Volume
from tests.builders.prepared import A4, write_prepared

DAY = date(2025, 3, 31)
TABLE = (
    "<table><caption>Tabel contoh</caption><thead><tr><th>Uraian</th><th>Nilai</th></tr></thead>"
    "<tbody><tr><th scope='row'>Anak</th><td>1</td></tr><tr><th scope='row'>Remaja</th><td>2</td></tr></tbody></table>"
)
_PAGE = """<!DOCTYPE html><html lang="id"><head><title>{title}</title><style>
@page {{ size: 300pt 400pt; margin: 40pt 30pt 70pt; @top-left {{ content: "Kota Contoh" }}
  @bottom-center {{ content: "{prefix}" counter(page{style}); vertical-align: top; padding-top: 12pt }} }}
html {{ font-family: "Naskah"; font-size: 9pt }} a {{ color: inherit; text-decoration: none }}
h1 {{ bookmark-level: 1; bookmark-state: closed }} h2 {{ bookmark-level: 2 }}
.baru {{ break-before: page }} .isi a {{ display: block; position: relative }}
.isi span {{ position: absolute; right: 0 }} table {{ width: 100%; table-layout: fixed }}
</style></head><body>{body}</body></html>"""


@dataclass(frozen=True)
class Press:
    """Sets parts in a folder."""

    folder: Path

    def sheets(self, key: str, title: str, body: str, numbering: Numbering) -> Sheets:
        style = ", lower-roman" if numbering.is_roman else ""
        html = _PAGE.format(title=title, prefix=numbering.prefix, style=style, body=body)
        part = Part(key, title, html, numbering)
        return Sheets(part, typeset(html, self.folder / f"{key}.pdf", as_of=DAY, title=title, part=key))


def volume(leaves: Sequence[Any], *, elsewhere: Mapping[str, str] | None = None, is_draft: bool = False) -> Volume:
    """A volume with an invented title."""
    return Volume("dosir.pdf", "Dosir Uji", "Kota Contoh", DAY, is_draft, tuple(leaves), elsewhere or {})


def book(press: Press) -> tuple[Sheets, ...]:
    """Front matter, two chapters that point at each other, each with tables on several pages."""
    rows = "".join(
        f'<p class="isi"><a href="kla:{anchor}">{title}<span>{number}</span></a></p>'
        for anchor, title, number in (
            ("bab-3", "Bab 3 Pendidikan", "3-1"),
            ("q-1.1", "Pertanyaan 1.1", "3-2"),
            ("bab-4", "Bab 4 Kesehatan", "4-1"),
        )
    )
    again = f'<h2 id="q-{{0}}" class="baru">{{0}} Pertanyaan contoh</h2>{TABLE}'
    front = f'<h1 id="isi">Daftar Isi</h1>{rows}{TABLE}'
    three = (
        f'<h1 id="bab-3">Bab 3 Pendidikan</h1>{TABLE}<p><a href="#q-1.1">ke bawah</a>, '
        f'<a href="kla:q-2.1">lihat 2.1</a></p>{again.format("1.1")}'
    )
    four = (
        f'<h1 id="bab-4">Bab 4 Kesehatan</h1>{again.format("2.1")}'
        '<p><a href="kla:q-1.1">kembali ke <em>1.1</em></a> <a href="https://contoh.invalid/">luar</a></p>'
    )
    return (
        press.sheets("depan", "Bagian depan", front, Numbering(is_roman=True)),
        press.sheets("bab-3", "Bab 3", three, Numbering("3-")),
        press.sheets("bab-4", "Bab 4", four, Numbering("4-")),
    )


def volume_of_all(press: Press) -> Volume:
    """A volume with whatever there is: front matter, chapters, the list of an annex, evidence, a slip sheet."""
    first = evidence(press.folder, 1, 3, questions=("1.1", "2.1"))
    documents = first, slip(press, 2), evidence(press.folder, 3)
    return volume((*book(press), annex(press), *documents))


def links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """Every link annotation with the page (from 0) it lies on."""
    for number, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", ()):
            if annotation.Subtype == "/Link":
                yield number, annotation


def page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """Pages by the name of their object."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure from top to bottom."""
    waiting: list[Any] = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", ())
        below = [kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if not isinstance(kid, int)]
        waiting += [kid for kid in reversed(below) if "/S" in kid]


def parents(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The tree of parents."""
    return dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())


def marked(page: pikepdf.Page) -> Iterator[tuple[Any, Any]]:
    """Role and properties of every piece of marked content."""
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "BDC":
            role, properties = instruction.operands
            yield role, properties


def outline(pdf: pikepdf.Pdf) -> list[tuple[str, tuple[int, int], list[Any]]]:
    """Title, page and what is below, of every entry of the outline."""
    return _below(pdf.Root.Outlines)


def _below(parent: pikepdf.Object) -> list[tuple[str, tuple[int, int], list[Any]]]:
    found, item = [], parent.get("/First")
    while item is not None:
        found.append((str(item.Title), item.Dest[0].objgen, _below(item)))
        item = item.get("/Next")
    return found


def exhibit(number: int, *, questions: Sequence[str] = ("1.1",), slip: str = "") -> Exhibit:
    """An invented document."""
    digest = f"{number:08x}" * 8
    return Exhibit(
        f"III/12.1-{number:02}", f"Dokumen Contoh {number}", "Dinas Contoh", digest, Media.PDF, tuple(questions), slip
    )


def evidence(folder: Path, number: int, pages: int = 2, *, questions: Sequence[str] = ("1.1",)) -> Pages:
    """An invented document whose pages can be told from those of others."""
    path = folder / f"{number:04}.pdf"
    if not path.exists():
        write_prepared(path, [A4] * pages, words=f"Isi dokumen {number} halaman")
    return Pages(exhibit(number, questions=questions), Prepared(path, pages))


def annex(press: Press) -> Sheets:
    """The list of an annex, with links to exhibits 1 to 3 and to a page of one."""
    rows = "".join(
        f'<p><a href="kla:bukti-III/12.1-0{number}">III/12.1-0{number} Dokumen Contoh</a></p>' for number in (1, 2, 3)
    )
    body = f'<h1 id="lampiran-iii">Lampiran III</h1>{rows}<p><a href="kla:bukti-III/12.1-02@2">hlm. 2</a></p>{TABLE}'
    return press.sheets("lampiran-iii", "Lampiran III", body, Numbering("L-"))


def slip(press: Press, number: int) -> Sheets:
    """A slip sheet in place of a document."""
    body = f"<h1>Lembar pengganti III/12.1-0{number}</h1><p>Diperlihatkan saat verifikasi.</p>"
    sheet = press.sheets(f"ganti-{number}", "Lembar pengganti", body, Numbering())
    return replace(sheet, slip_of=exhibit(number, slip="too-long"))


def shown(path: Path) -> list[str]:
    """The text of every page, by another library than ours."""
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def loose_ends(pdf: pikepdf.Pdf) -> list[str]:
    """Marked content, links and parents that do not find their element in the one tree, and names used twice."""
    in_tree = {element.objgen for element in elements(pdf)}
    known, found = parents(pdf), []
    for number, page in enumerate(pdf.pages):
        owners = known[int(page.obj.StructParents)]
        marks = {int(properties.MCID) for _, properties in marked(page) if "/MCID" in properties}
        if any(mark >= len(owners) or owners[mark].objgen not in in_tree for mark in marks):
            found.append(f"mark on {number}")
        found += [f"parent on {number}" for mark in range(len(owners)) if mark not in marks]
    for number, link in links(pdf):
        element = known[int(link.StructParent)]
        kids = [kid for kid in element.K if not isinstance(kid, int) and "/Obj" in kid]
        if element.objgen not in in_tree or link.objgen not in {kid.Obj.objgen for kid in kids}:
            found.append(f"link on {number}")
    names = [str(element.ID) for element in elements(pdf) if "/ID" in element]
    return [*found, *(name for name in names if names.count(name) > 1)]
