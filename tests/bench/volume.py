"""A volume as large as a city's whole dossier: a chapter and an annex per block, and 6,000 pages of scans."""

from __future__ import annotations

import io
import pickle
import random
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from PIL import Image

from flows.model import Media
from flows.render.pdf import typeset
from flows.render.values import Bookmark, Exhibit, Numbering, Pages, Part, Prepared, Sheets, Spot, Volume
from tests.builders.prepared import A4, write_prepared

BLOCKS = ("KL", "I", "II", "III", "IV", "V", "KD")
QUESTIONS = 40
"""Of every block; nearly those of the instrument."""
DOCUMENTS, PAGES = 1_500, 4
"""Documents, and pages of each."""
DAY = date(2025, 1, 2)
_SIZE = (1000, 1400)
_PAGE = """<!DOCTYPE html><html lang="id"><head><title>{title}</title><style>
@page {{ size: A4; margin: 27mm 25mm; @bottom-center {{ content: "{prefix}" counter(page); vertical-align: top;
  padding-top: 4mm; font-size: 10pt }} }} html {{ font-family: "Naskah"; font-size: 10pt }}
table {{ table-layout: fixed; width: 100% }}</style></head><body><h1 id="{key}">{title}</h1>{body}</body></html>"""


def write_volume(root: Path, total_bytes: int) -> Sequence[Path]:
    """Write the documents, the typeset parts and ``volume.pickle`` below ``root``; the documents."""
    documents = root / "documents"
    documents.mkdir()
    picture = _picture(total_bytes // (DOCUMENTS * PAGES))
    paths = [documents / f"{number:04}.pdf" for number in range(DOCUMENTS)]
    for path in paths:
        write_prepared(path, [A4] * PAGES, words=f"Dokumen {path.stem} halaman", picture=picture)
    leaves = tuple(leaf for block in range(len(BLOCKS)) for leaf in _block(root, block, paths))
    volume = Volume("dosir.pdf", "Dosir Kota Ukur", "Kota Ukur", DAY, is_draft=True, leaves=leaves)
    (root / "volume.pickle").write_bytes(pickle.dumps(volume))
    return paths


def read_volume(root: Path) -> Volume:
    """What :func:`write_volume` left."""
    volume = pickle.loads((root / "volume.pickle").read_bytes())  # noqa: S301 - written by this program just before
    if not isinstance(volume, Volume):
        raise TypeError(volume)
    return volume


def _picture(size: int) -> bytes:
    """A JPEG of about so many bytes, as a scanner leaves it."""
    noise = Image.frombytes("L", _SIZE, random.Random(2024).randbytes(_SIZE[0] * _SIZE[1]))  # noqa: S311 - no secret
    for quality in range(5, 100, 5):
        stream = io.BytesIO()
        noise.save(stream, "JPEG", quality=quality)
        if stream.tell() >= size:
            break
    return stream.getvalue()


def _block(root: Path, block: int, paths: Sequence[Path]) -> Iterator[Sheets | Pages]:
    name = BLOCKS[block]
    asked = [f"{block + 1}.{number}" for number in range(1, QUESTIONS + 1)]
    exhibits = [
        _exhibit(name, number, asked) for number in range(len(paths)) if number % len(BLOCKS) == block
    ]  # fmt: skip
    rows = "".join(
        _question(question, [each for each in exhibits if question in each[1].questions]) for question in asked
    )
    listed = "".join(f'<p><a href="kla:{each.anchor}">{each.label} {each.title}</a></p>' for _, each in exhibits)
    yield _sheets(root, f"bab-{block + 1}", f"Bab {block + 1}", rows, f"{block + 1}-")
    yield _sheets(root, f"lampiran-{block + 1}", f"Lampiran {name}", listed, f"L{block + 1}-")
    for number, exhibit in exhibits:
        marks = (Bookmark("Bagian satu", 1, Spot(0, 0, 800)), Bookmark("Bagian dua", 1, Spot(2, 0, 800)))
        yield Pages(exhibit, Prepared(paths[number], PAGES, marks if number % 3 == 0 else ()))


def _exhibit(block: str, number: int, asked: Sequence[str]) -> tuple[int, Exhibit]:
    served = tuple(asked[(number + step) % len(asked)] for step in range(1 + number % 3))
    title = f"Laporan Penyelenggaraan Kegiatan Contoh Nomor {number} Tahun 2024"
    digest = sha256(str(number).encode()).hexdigest()
    label = f"{block}/{served[0]}-{number:04}"
    return number, Exhibit(label, title, "Dinas Pendidikan dan Kebudayaan Kota Ukur", digest, Media.PDF, served)


def _question(question: str, exhibits: Sequence[tuple[int, Exhibit]]) -> str:
    rows = "".join(
        f'<tr><td><a href="kla:{each.anchor}">{each.label}</a></td><td>{each.title}</td></tr>' for _, each in exhibits
    )
    head = "<thead><tr><th>Bukti</th><th>Judul</th></tr></thead>"
    return f'<h2 id="q-{question}">{question} Pertanyaan contoh</h2><table>{head}<tbody>{rows}</tbody></table>'


def _sheets(root: Path, key: str, title: str, body: str, prefix: str) -> Sheets:
    html = _PAGE.format(title=title, key=key, prefix=prefix, body=body)
    part = Part(key, title, html, Numbering(prefix))
    return Sheets(part, typeset(html, root / f"{key}.pdf", as_of=DAY, title=title, part=key))
