"""Volumes of real typeset parts and invented evidence, and what a reader of the bound file finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf

from flows.render.pdf import typeset
from flows.render.values import Numbering, Part, Sheets, Volume

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
        return Sheets(part, typeset(html, self.folder / f"{key}.pdf", as_of=DAY, title=title))


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
