"""Pictures of a run's books for the documentation: ``python -m tests.builders.book_pictures RUN docs/img``.

RUN is the folder of a finished run of the demo city (``make demo`` leaves one), so that the pictures are the books.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

PICTURES: Mapping[str, tuple[str, str]] = {
    "sampul": ("dosir.pdf", "i"),
    "ringkasan": ("dosir.pdf", "R-1"),
    "bab": ("dosir.pdf", "4-3"),
    "bukti": ("dosir.pdf", "III/12.1-01 hlm. 1"),
    "pengganti": ("dosir.pdf", "KL/2.1-02"),
    "kendali": ("internal/kendali.pdf", "i"),
}
"""Name of the picture → the book, and the label of its page as readers of PDF show it."""
_WIDTH, _COLOURS = 662, 32


def draw(run: Path, folder: Path) -> None:
    """Write every picture of ``run`` into ``folder``."""
    import pypdfium2

    for name, (book, label) in PICTURES.items():
        with pypdfium2.PdfDocument(run / book) as pdf:
            labels = [pdf.get_page_label(number) for number in range(len(pdf))]
            page = pdf[labels.index(label)]
            picture = page.render(scale=_WIDTH / page.get_width()).to_pil()
        picture.convert("P", colors=_COLOURS).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
