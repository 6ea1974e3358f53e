"""Whether a finished PDF keeps the rules of PDF/A-3, level A (ISO 19005-3): looked at before it may say that it does.

The rules are the standard's where a report can break it, and stricter where following it in full would need more than
a report uses (other kinds of fonts, forms, layers, signatures): what was not checked is not claimed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import RenderError
from flows.render.binding.order import DEFECT
from flows.render.binding.pdfa import of_attachments, of_colour, of_file, of_fonts, of_metadata, of_pages, of_structure
from flows.render.binding.pdfa.rules import Book, Breach
from flows.render.binding.recall import Recall

if TYPE_CHECKING:
    from pikepdf import Pdf

RULES = (
    *of_file.RULES,
    *of_colour.RULES,
    *of_fonts.RULES,
    *of_pages.RULES,
    *of_metadata.RULES,
    *of_structure.RULES,
    *of_attachments.RULES,
)
_PAGE = re.compile(r"^page (\d+)")
SHOWN = 3
"""Breaches that a message names."""


def breaches(path: Path, recall: Recall | None = None) -> tuple[Breach, ...]:
    """Every breach of the PDF at ``path``, in the order of the rules.

    Args:
        path: where it lies.
        recall: what was worked out from the same bytes before; nothing where None.
    """
    import pikepdf

    with pikepdf.open(path) as pdf:
        return _breaches(Book(path, pdf, recall))


def _breaches(book: Book) -> tuple[Breach, ...]:
    return tuple(breach for rule in RULES for breach in rule.breaches(book))


def require_conformance(path: Path, pdf: Pdf, name: str, recall: Recall | None = None) -> None:
    """Refuse the PDF at ``path``, called ``name``, if it breaks a rule; see :func:`breaches`.

    Args:
        path: where it lies.
        pdf: the same, open; it stays as it is.
        name: what it is called in a message.
        recall: see :func:`breaches`.

    Raises:
        RenderError: it does; rules, clauses and places are named.
    """
    found = _breaches(Book(path, pdf, recall))
    if not found:
        return
    shown = "; ".join(f"butir {each.clause} ({each.key}) pada {_place(each)}" for each in found[:SHOWN])
    more = f" dan {len(found) - SHOWN} hal lain" if len(found) > SHOWN else ""
    raise RenderError(
        f"{name} belum memenuhi PDF/A-3a (ISO 19005-3): {shown}{more}.",
        DEFECT,
    )


def _place(breach: Breach) -> str:
    """Where it is, with the page in the reader's language: the one thing of it that can be looked up by anybody."""
    return _PAGE.sub(r"halaman \1", breach.where)
