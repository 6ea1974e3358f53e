"""Office pages as PDF: letterhead, footer, signature, tables; the same HTML always gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from html import escape
from typing import Any
from unittest import mock

from flows.settings import templates_root
from tests.builders.demo_model import FOOTER, long_date

# 1 January 2024: later than every date in the documents, and the only "now" there is.
EPOCH = "1704067200"
FONTS = templates_root() / "fonts"

_CSS = """
@font-face { font-family: Kantor; src: url("LiberationSans-Regular.ttf") }
@font-face { font-family: Kantor; src: url("LiberationSans-Bold.ttf"); font-weight: bold }
@page { size: 210mm 297mm; margin: 18mm 20mm 20mm 22mm;
  @bottom-center { content: "FOOTER"; font: 7pt Kantor; color: #777 } }
@page wide { size: 297mm 210mm }
html { font: 10.5pt/1.35 Kantor; color: #111 }
body.law { font-size: 11pt } th.no { width: 8mm } th.wide { width: 36% }
body.wide { page: wide }
p { margin: 0 0 2.2mm; text-align: justify }
.kop { border-bottom: 1.6pt solid #111; padding-bottom: 2mm; margin-bottom: 5mm; text-align: center }
.kop { position: relative; padding: 0 18mm 2mm }
.kop svg { position: absolute; left: 0; top: 0; width: 16mm; height: 16mm }
.kop b { display: block } .kop .big { font-size: 13.5pt } .kop small { font-size: 8pt }
.centre, h1 { text-align: center }
h1 { font-size: 12.5pt; margin: 2mm 0 4mm; line-height: 1.3 }
table { break-inside: avoid }
h2 { break-after: avoid; font-size: 11pt; margin: 4mm 0 1.5mm }
.law h2 { text-align: center; font-weight: normal }
table { border-collapse: collapse; width: 100%; margin: 1mm 0 3mm; table-layout: fixed; font-size: 9pt }
td, th { border: 0.5pt solid #444; padding: 0.8mm 1.3mm; vertical-align: top; overflow-wrap: break-word }
th { background: #e6eaf0 } td.n { text-align: right } .col { text-align: center; font-size: 7.5pt }
ol { margin: 0 0 2mm; padding-left: 7mm } li { margin-bottom: 1mm }
.source { font-size: 8pt; color: #333 } .sign { margin: 6mm 0 0 55%; break-inside: avoid }
.sign p { margin: 0; text-align: left }
.frame { border: 2.5mm double #7a5c12; padding: 12mm 10mm; text-align: center } .frame p { text-align: center }
.photo { width: 78mm; margin: 1mm 2mm 2mm 0 } figure { margin: 0 0 3mm } figcaption { font-size: 8.5pt }
""".replace("FOOTER", FOOTER)

_HEADING = re.compile(r"<h([12])>.*?</h\1>", re.DOTALL)
_WIDTHS = {"No.": "no", "Uraian": "wide", "Kegiatan": "wide", "Pokok bahasan": "wide", "Langkah": "wide"}
_EMBLEM = (
    '<svg viewBox="0 0 40 40"><path d="M20 1 38 8v14c0 9-8 14-18 17C10 36 2 31 2 22V8z" fill="#1d5a8c"/>'
    '<circle cx="20" cy="17" r="8" fill="#f2c230"/><path d="M8 29q12-8 24 0" stroke="#fff" stroke-width="3"'
    ' fill="none"/></svg>'
)


def letterhead(office: str) -> str:
    """The kop of an office, with an invented emblem and address."""
    return (
        f'<div class="kop">{_EMBLEM}<b>PEMERINTAH KOTA CONTOH</b><b class="big">{escape(office.upper())}</b>'
        "<small>Jalan Rekaan Nomor 1, Contoh – Kota Contoh (alamat rekaan)</small></div>"
    )


def signature(office: str, day: date, name: str = "NAMA CONTOH") -> str:
    """Place, date, office and an invented name; no NIP."""
    return (
        f'<div class="sign"><p>Contoh, {long_date(day)}</p><p>{escape(office)},</p><p>&nbsp;</p>'
        f"<p>ttd.</p><p>&nbsp;</p><p><b>{escape(name)}</b></p></div>"
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, numbered: bool = True) -> str:
    """A table with heads, column numbers (1) (2) (3) and cells; whole numbers stand right."""
    head = "".join(f'<th class="{_WIDTHS.get(text, "")}">{escape(text)}</th>' for text in heads)
    numbers = "".join(f'<td class="col">({place})</td>' for place in range(1, len(heads) + 1)) if numbered else ""
    body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tr>{numbers}</tr>{body}</table>"


def _cell(value: object) -> str:
    text = escape(str(value))
    return f'<td class="n">{text}</td>' if re.fullmatch(r"[\d.,]+", text) else f"<td>{text}</td>"


def items(texts: Iterable[str]) -> str:
    """A numbered list."""
    return "<ol>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ol>"


def page(title: str, body: str, look: str = "") -> str:
    """A whole HTML document; ``look`` is ``law``, ``wide`` or nothing."""
    return (
        f'<!DOCTYPE html><html lang="id"><head><title>{escape(title)}</title></head>'
        f'<body class="{look}">{body}</body></html>'
    )


@cache
def _engine() -> tuple[Any, Any, Any]:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return HTML, CSS(string=_CSS, font_config=fonts, base_url=f"{FONTS.as_uri()}/"), fonts


def as_pdf(html: str) -> bytes:
    """``html`` as a small PDF without clock or chance in it, whatever libraries the machine has.

    Where a library of the system for cutting fonts is found, WeasyPrint uses it, and the bytes are others.
    """
    html_class, style, fonts = _engine()
    # The typesetter keeps nothing of a line break in the outline, where its words would be one.
    html = _HEADING.sub(lambda heading: heading[0].replace("<br>", "<br> "), html)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    by_itself = mock.patch("weasyprint.pdf.fonts.harfbuzz_subset", None)
    with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=EPOCH), by_itself:
        return bytes(
            html_class(string=html).write_pdf(stylesheets=[style], font_config=fonts, pdf_identifier=identifier)
        )
