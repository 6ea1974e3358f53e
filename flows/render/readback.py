"""Reading a finished PDF back: page labels are set, and every page must print the number its label says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.errors import RenderError
from flows.model import Document

_ROMAN = "/r"
_DECIMAL = "/D"


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

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        numbers = pikepdf.Array()
        for stretch in sorted(stretches, key=lambda each: each.first_page):
            numbers.append(stretch.first_page)
            numbers.append(pikepdf.Dictionary(_label(stretch)))
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=numbers)
        labels = [page.label for page in pdf.pages]
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    _verify(path, name, labels)
    content = path.read_bytes()
    return Document(name=name, pages=len(labels), sha256=sha256(content).hexdigest())


def _label(stretch: Stretch) -> dict[str, object]:
    import pikepdf

    entry: dict[str, object] = {"/S": pikepdf.Name(_ROMAN if stretch.is_roman else _DECIMAL), "/St": 1}
    if stretch.prefix:
        entry["/P"] = pikepdf.String(stretch.prefix)
    return entry


def _verify(path: Path, name: str, labels: Sequence[str]) -> None:
    wrong = [label for label, printed in zip(labels, _printed_numbers(path), strict=True) if printed not in ("", label)]
    if wrong:
        raise RenderError(
            f"Nomor halaman pada {name} tidak sesuai dengan daftar isinya (halaman {', '.join(wrong[:5])}).",
            "Ini cacat templat; laporkan kepada pengelola aplikasi bersama pesan ini.",
        )


def _printed_numbers(path: Path) -> list[str]:
    """The first word in the middle of each page's foot; empty on a page without a number."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return [_foot(page) for page in pdf]


def _foot(page: object) -> str:
    width, _ = page.get_size()  # type: ignore[attr-defined]
    text = page.get_textpage()  # type: ignore[attr-defined]
    left, right = width * FOOT_FROM, width * FOOT_TO
    words = str(text.get_text_bounded(left=left, bottom=FOOT_BOTTOM, right=right, top=FOOT_TOP)).split()
    return words[0] if words else ""


FOOT_FROM, FOOT_TO = 0.46, 0.56
"""Where the page number stands across the page, as shares of its width."""
FOOT_BOTTOM, FOOT_TOP = 28.0, 64.0
"""Where it stands above the lower edge, in points."""
