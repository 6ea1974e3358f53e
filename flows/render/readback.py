"""A book of one part: page labels are set, and every page must print the number its label says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.errors import RenderError
from flows.model import Document


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages that are numbered together, from ``first_page`` (from 0) to the next stretch."""

    first_page: int
    prefix: str
    """Set before the number: ``3-``."""
    is_roman: bool = False


def finish(path: Path, name: str, stretches: Sequence[Stretch]) -> Document:
    """Set the page labels of the PDF at ``path``, save it with reproducible bytes and describe it as ``name``.

    Raises:
        RenderError: a page prints another number than its label.
    """
    import pikepdf

    from flows.render.binding.front import numbered
    from flows.render.binding.reading import labels_of

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        numbers = pikepdf.Array()
        for stretch in sorted(stretches, key=lambda each: each.first_page):
            numbers.append(stretch.first_page)
            numbers.append(numbered(stretch.prefix, is_roman=stretch.is_roman))
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=numbers)
        labels = list(labels_of(pdf, len(pdf.pages)))
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    _verify(path, name, labels)
    content = path.read_bytes()
    return Document(name=name, pages=len(labels), sha256=sha256(content).hexdigest())


def _verify(path: Path, name: str, labels: Sequence[str]) -> None:
    wrong = [label for label, printed in zip(labels, _feet(path), strict=True) if printed not in ("", label)]
    if wrong:
        raise RenderError(
            f"Nomor halaman pada {name} tidak sesuai dengan daftar isinya (halaman {', '.join(wrong[:5])}).",
            "Ini cacat templat; laporkan kepada pengelola aplikasi bersama pesan ini.",
        )


def _feet(path: Path) -> Iterator[str]:
    import pypdfium2

    from flows.render.binding.reading import foot

    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            yield foot(page.get_textpage(), page.get_width())
