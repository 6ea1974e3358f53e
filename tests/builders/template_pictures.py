"""The pictures of the page on templates: ``python -m tests.builders.template_pictures docs/img`` draws them anew."""

from __future__ import annotations

import base64
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flows.framework.city import parse_city
from flows.model import Dress
from flows.render.book import Book
from flows.render.evidence import Evidence
from flows.render.pdf import typeset
from tests.builders.demo_city import YEAR, papers
from tests.builders.demo_emblem import emblem
from tests.builders.values import AS_OF, PROVENANCE, full_case

ROOT = Path(__file__).resolve().parents[2]
PICTURES: Mapping[str, tuple[str, bool]] = {
    "templat-sampul": ("sampul", False),
    "templat-pengesahan": ("pengesahan", False),
    "templat-pengantar": ("pengantar", False),
    "templat-pengantar-kota": ("pengantar", True),
}
"""Name of the picture → the anchor of its page, and whether the example of the page on templates is worn."""
_SCALE, _COLOURS = 0.62, 32


def example() -> tuple[str, str]:
    """Name and text of the template that the page on templates shows."""
    text = (ROOT / "docs" / "templat.md").read_text(encoding="utf-8")
    found = re.search(r"`naskah/templat/(dossier/pengantar\.html)`:\n\n```jinja\n(.*?)```", text, re.DOTALL)
    if found is None:
        raise AssertionError("docs/templat.md")
    return found[1], found[2]


def demo_book(templates: tuple[tuple[str, str], ...] = ()) -> Book:
    """The front of the demo city's book around a small invented case."""
    address = f"data:image/svg+xml;base64,{base64.b64encode(emblem()).decode('ascii')}"
    city = parse_city(dict(papers())["kota.yaml"].decode(), "kota-contoh", YEAR, (YEAR,))
    value = full_case(20)
    assessment = replace(value.assessment, privacy_checked=True)
    dressed = replace(city, dress=Dress(address, templates))
    return Book(
        Evidence(assessment, dressed, value.framework, value.manifest, value.register), AS_OF, PROVENANCE
    )  # fmt: skip


def draw(folder: Path) -> None:
    """Write every picture into ``folder``."""
    import pypdfium2

    for name, (anchor, is_worn) in PICTURES.items():
        html = demo_book((example(),) if is_worn else ()).front(_AnyPage()).html
        with tempfile.TemporaryDirectory() as room:
            path = Path(room) / "depan.pdf"
            made = typeset(html, path, as_of=AS_OF, title=name)
            with pypdfium2.PdfDocument(path) as pdf:
                picture = pdf[made.anchors[anchor].page].render(scale=_SCALE * 1.4).to_pil()
        picture.convert("P", colors=_COLOURS).save(folder / f"{name}.png", optimize=True)


class _AnyPage(dict[str, str]):
    """Some page number for every anchor outside the front."""

    _HERE = frozenset({"pengesahan", "pengantar", "daftar-isi", "daftar-tabel", "daftar-gambar", "daftar-singkatan"})

    def __contains__(self, key: object) -> bool:
        return key not in self._HERE

    def __missing__(self, key: str) -> str:
        return "3-1"


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
