"""A finished PDF as a reader finds it: labels, text, links, outline. Nothing of the program reads it here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2

ACTIVE = {
    "/OpenAction", "/AA", "/JavaScript", "/JS", "/Launch", "/AcroForm", "/XFA", "/RichMedia", "/SubmitForm",
    "/ImportData", "/GoToR", "/GoToE", "/Rendition",
}  # fmt: skip
"""Names by which a file acts without being asked."""


@dataclass(frozen=True)
class Opened:
    """Read whole, closed again."""

    path: Path
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    """Label of the page, label of the target, what is said of it; those that stay in the file."""
    outline: tuple[tuple[str, ...], ...]
    """Titles from the top down to an entry, then the label of its page."""

    @cached_property
    def text(self) -> str:
        """All of it, spaces folded."""
        return " ".join(" ".join(self.texts).split())

    def to(self, label: str) -> set[str]:
        """Labels of pages with a link to the page with ``label``."""
        return {here for here, there, _ in self.links if there == label}

    def below(self, *titles: str) -> list[str]:
        """What stands directly below an entry of the outline."""
        return [way[-2] for way in self.outline if way[: len(titles)] == titles and len(way) == len(titles) + 2]


def opened(path: Path) -> Opened:
    """Read the PDF at ``path``."""
    with pikepdf.open(path) as pdf:
        labels = tuple(str(page.label) for page in pdf.pages)
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        links = tuple(
            (labels[number], labels[numbers[link.Dest[0].objgen]], str(link.get("/Contents", "")))
            for number, page in enumerate(pdf.pages)
            for link in page.obj.get("/Annots", [])
            if "/Dest" in link
        )
        with pdf.open_outline() as tree:
            ways = tuple((*titles, labels[numbers[page]]) for titles, page in _ways(tree.root, ()))
    with pypdfium2.PdfDocument(path) as shown:
        texts = tuple(page.get_textpage().get_text_bounded() for page in shown)
    return Opened(path, labels, texts, links, ways)


def _ways(
    items: list[pikepdf.OutlineItem], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    for item in items:
        assert item.destination is not None
        yield (*above, str(item.title)), item.destination[0].objgen  # type: ignore[index]
        yield from _ways(item.children, (*above, str(item.title)))


def acting(path: Path) -> set[str]:
    """Names in the file by which it would act, carry files, or be filled in; and placeholders that were forgotten."""
    with pikepdf.open(path) as pdf:
        found = {name for each in pdf.objects for name in _names(each)}
    return found & ACTIVE | {name for name in found if name.startswith("kla:")}


def _names(value: pikepdf.Object) -> Iterator[str]:
    """Keys, names and addresses of one object, not of those it refers to."""
    if isinstance(value, pikepdf.Stream):
        yield from _names(value.stream_dict)
    elif isinstance(value, pikepdf.Dictionary):
        for key, inner in value.items():
            yield key
            if not inner.is_indirect if isinstance(inner, pikepdf.Object) else False:
                yield from _names(inner)
    elif isinstance(value, pikepdf.Array):
        for inner in value:
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                yield from _names(inner)
    elif isinstance(value, pikepdf.Name):
        yield value.unparse().decode("latin-1")  # a foreign name may hold any bytes
    elif isinstance(value, pikepdf.String):
        yield str(value)


def empty_pages(path: Path) -> list[int]:
    """Numbers (from 1) of pages on which there is nothing to be seen."""
    empty = []
    with pypdfium2.PdfDocument(path) as shown:
        for number, page in enumerate(shown, start=1):
            grey = page.render(scale=0.15, grayscale=True).to_numpy()
            if (grey < 200).sum() < 12:  # a page number and a rule leave more
                empty.append(number)
    return empty


def bare_fonts(path: Path) -> set[str]:
    """Fonts without their file on pages that are not evidence."""
    with pikepdf.open(path) as pdf:
        fonts = [
            font
            for page in pdf.pages
            if "hlm." not in str(page.label)
            for font in page.resources.get("/Font", {}).values()
        ]
        return {str(font.BaseFont) for font in fonts if not _has_file(font)} | (set() if fonts else {"none at all"})


def _has_file(font: pikepdf.Object) -> bool:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get("/FontDescriptor", {}).keys()))
