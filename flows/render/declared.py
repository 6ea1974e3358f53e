"""What lists of evidence say of the documents that prove a question, as far as the book may print it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from flows import wording
from flows.model import City, Declaration, Framework, Signed
from flows.render.display import without_shapeless

LONG_DETAILS = 2000
"""Characters from which a row of proof may be broken across pages, because it could be taller than one."""
_FIXED_WORDS = 60
"""Characters of date, pages and signature."""
_NUMBER_WORD = re.compile(r"^(?:nomor|no)(?:\s*[.:]+\s*|\s+)", re.IGNORECASE)
"""What people write in front of a number although its column says it."""


@dataclass(frozen=True, slots=True)
class DeclaredView:
    """One line under a document's name. Signatories are personal data and have no place here."""

    kind: str = ""
    """Label of the kind of evidence."""
    number: str = ""
    day: date | None = None
    first_page: int | None = None
    last_page: int | None = None
    """None where one page is meant; alone, the page up to which."""
    caption: str = ""
    signed: Signed = Signed.UNSAID
    """``UNSAID`` too where it is declared unsigned."""
    is_stamped: bool = False

    def within(self, most: int) -> DeclaredView:
        """The same of a document that is bound with ``most`` pages; none of its pages lies behind them."""
        first, last = _within(self.first_page, self.last_page, most)
        return replace(self, first_page=first, last_page=None if last == first else last)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print."""
        return self == DeclaredView()

    @property
    def length(self) -> int:
        """About how many characters it takes in print; a short line takes a whole one too."""
        return _FIXED_WORDS + sum(len(text) for text in (self.kind, self.number, self.caption))


@dataclass(frozen=True)
class DeclaredIndex:
    """Declarations by question and document."""

    rows: Mapping[tuple[str, str], tuple[Declaration, ...]]

    @classmethod
    def of(cls, declarations: Iterable[Declaration], key: Callable[[str], str]) -> DeclaredIndex:
        """The index of ``declarations``; ``key`` turns a path into what its copies have in common."""
        found: dict[tuple[str, str], dict[int, Declaration]] = {}
        for place, row in enumerate(declarations):
            for question_id, path in _pairs(row):
                found.setdefault((question_id, key(path)), {})[place] = row
        return cls({pair: tuple(rows.values()) for pair, rows in found.items()})

    def at(self, question_id: str, document: str) -> tuple[Declaration, ...]:
        """What is declared of a document for one question, in the order of the forms."""
        return self.rows.get((question_id, document), ())


def declared_views(
    rows: Iterable[Declaration],
    framework: Framework,
    city: City,
    is_secret: Callable[[Declaration], bool],
    last_page: int | None = None,
) -> tuple[DeclaredView, ...]:
    """What to print of ``rows``, each line once; of secret ones the pages alone.

    Args:
        rows: about one document.
        framework: with the labels of kinds.
        city: whose they are.
        is_secret: whether the words of a row are nobody's business.
        last_page: of the document as it is bound, where it is known; a book names no page behind it.
    """
    paged = ((row, _pages(row, last_page)) for row in rows)
    views = (pages if is_secret(row) else _whole(row, framework, city, pages) for row, pages in paged)
    return tuple(dict.fromkeys(view for view in views if not view.is_empty))


def one_line(text: str) -> str:
    """What people wrote, with every stretch of white space as one space."""
    return " ".join(without_shapeless(text).split())


def _pairs(row: Declaration) -> Iterator[tuple[str, str]]:
    return ((question_id, path) for question_id in row.questions for path in row.paths)


def _pages(row: Declaration, most: int | None) -> DeclaredView:
    first, last = row.first_page, row.last_page
    if first is not None and last is not None:
        # Written the wrong way round, the same pages are meant.
        first, last = sorted((first, last))
    if most is not None:
        first, last = _within(first, last, most)
    return DeclaredView(first_page=first, last_page=None if last == first else last)


def _within(first: int | None, last: int | None, most: int) -> tuple[int | None, int | None]:
    """The pages that a document of ``most`` pages has; none where that is all of it, or nothing."""
    if (first or 1) > most:
        return None, None
    if last is None or last <= most:
        return first, last
    return first, most if first is not None else None


def _whole(row: Declaration, framework: Framework, city: City, pages: DeclaredView) -> DeclaredView:
    return DeclaredView(
        kind=wording.kind_named(row.kind, framework, city) if row.kind in framework.kinds else "",
        number=_NUMBER_WORD.sub("", one_line(row.number)),
        day=date.fromisoformat(row.date) if row.date else None,
        first_page=pages.first_page,
        last_page=pages.last_page,
        caption=one_line(row.caption),
        signed=Signed.UNSAID if row.signed is Signed.NO else row.signed,
        is_stamped=row.is_stamped is True,
    )
