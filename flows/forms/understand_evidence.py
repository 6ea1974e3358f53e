"""The list of evidence, understood: which document proves which question, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from flows.forms.cells import is_not_available, read_cell
from flows.forms.marks import text_of
from flows.forms.raw import RawCell, RawRow, RawSheet
from flows.forms.reading import CellsOf, NotingReader, shown_text
from flows.forms.words import load_words
from flows.model import CellState, ColumnType, Declaration, Place, Signed
from flows.names import fold

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BETWEEN_IDS = re.compile(r"[,;/&+|\s()]+")
_ID_RANGE = re.compile(
    r"(?P<stem>[0-9]{1,2}[a-z]?\.(?:[0-9]{1,2}(?=[a-z]))?)(?P<first>[0-9]{1,2}|[a-z])"
    r"\s*(?:[-–—]|s\s?[./]\s?d\.?|sd|sampai(?: dengan)?)\s*(?P=stem)(?P<last>[0-9]{1,2}|[a-z])(?![\w.])",
    re.IGNORECASE,
)
"""From one question to another of the same indicator, or from one part of a question to another."""
_NO_IDS = frozenset({"dan", "serta", "pertanyaan", "no", "nomor"})
"""Words people put around question ids."""
_PAGE = re.compile(r"(?:h(?:al(?:aman)?|lm)\.?\s*)?(\d{1,5})(?:\s*(?:[-–—]|s\.?\s?d\.?)\s*(\d{1,5}))?", re.IGNORECASE)
_SIGNED_WORDS: Mapping[Signed, frozenset[str]] = {
    Signed.BY_HAND: frozenset({"basah", "ttd basah", "tanda tangan basah", "manual"}),
    Signed.ELECTRONIC: frozenset({"tte", "elektronik", "tanda tangan elektronik", "digital", "bsre"}),
    Signed.NO: frozenset({"belum", "tidak", "belum ada", "tidak ada", "belum ditandatangani"}),
}


def read_evidence(
    raw: RawSheet, reader: NotingReader, questions: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[Declaration, ...]:
    """The rows of a list of evidence, paths still empty.

    Args:
        raw: The sheet.
        reader: Takes the notes.
        questions: Ids of the filler's questions in lower case → as the instrument writes them. Other ids are kept as
            written: whether they exist is not decided here.
        kinds: Folded label of a kind of evidence → its id.
    """
    cells = reader.on(raw.name)
    return tuple(_declaration(row, cells, questions, kinds) for row in raw.rows if not row.is_disowned and row.cells)


def _declaration(row: RawRow, cells: CellsOf, questions: Mapping[str, str], kinds: Mapping[str, str]) -> Declaration:
    at = row.cells.get
    file_name, url = _file_and_url(cells.text(at("berkas")), cells.text(at("tautan")))
    first, last = _pages(row, cells)
    stamped = cells.read(at("stempel"), ColumnType.YES_NO, "stempel")
    is_stamped = stamped.text == "ya" if stamped.state is CellState.VALUE else None
    # Not the first on the sheet: the same row is told alike wherever its columns have been moved to.
    start = at("berkas") or at("pertanyaan") or row.cells[min(row.cells)]
    found = Declaration(
        agency_id=cells.reader.agency_id,
        file_name=file_name,
        paths=(),
        questions=tuple(dict.fromkeys(_questions(at("pertanyaan"), cells, questions))),
        place=Place(cells.reader.path, cells.sheet, start.cell),
        first_page=first,
        last_page=last,
        kind=_kind(at("jenis"), cells, kinds),
        number=cells.text(at("nomor")),
        date=_date(at("tanggal"), cells),
        signatory=cells.text(at("penanda_tangan")),
        caption=cells.text(at("keterangan")),
        signed=_signed(at("tanda_tangan"), cells),
        is_stamped=is_stamped,
        url=url,
        questions_cell=asked.cell if (asked := at("pertanyaan")) else "",
    )
    is_noted = start.is_error or start.is_uncalculated
    if not file_name and not url and not is_noted and not _is_none(at("berkas")):
        cells.note("listed-file-missing", start, value=shown_text(start), nearest="", suggestion="unnamed")
    return found


def _file_and_url(file_name: str, url: str) -> tuple[str, str]:
    """Name of the file and the link; a link in the place of the name is one, and a dash says that there is none."""
    if is_not_available(file_name):
        return "", url
    if not url and _URL.fullmatch(file_name):
        return "", file_name
    return file_name, url


def _is_none(cell: RawCell | None) -> bool:
    """Whether somebody said that there is no file, which is no mistake."""
    return cell is not None and read_cell(cell, ColumnType.TEXT).state is CellState.NOT_AVAILABLE


def _questions(cell: RawCell | None, cells: CellsOf, known: Mapping[str, str]) -> Iterator[str]:
    if cell is None:
        return
    if cell.is_error or cell.is_uncalculated:
        cells.text(cell)
        return
    if isinstance(cell.value, date):  # "1.2" that a spreadsheet took for a day
        likely = {f"{cell.value.day}.{cell.value.month}", f"{cell.value.month}.{cell.value.day}"} & set(known)
        yield likely.pop() if len(likely) == 1 else text_of(cell)
        return
    text = text_of(cell)
    if isinstance(cell.value, float) and text not in known and f"{text}0" in known:
        text = f"{text}0"
    for token in _BETWEEN_IDS.split(_ID_RANGE.sub(_spelled_out, text)):
        written = token.strip(".:'\"")
        if written and written.casefold() not in _NO_IDS and not is_not_available(written):
            yield known.get(written.casefold(), written)


def _spelled_out(found: re.Match[str]) -> str:
    """All ids of "12.1 s/d 12.4"; whether each of them exists is not decided here."""
    stem, first, last = found["stem"], found["first"], found["last"]
    if first.isdecimal() and last.isdecimal():
        return ", ".join(f"{stem}{number}" for number in range(int(first), int(last) + 1)) or found[0]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return ", ".join(f"{stem}{chr(code)}" for code in range(ord(first.lower()), ord(last.lower()) + 1)) or found[0]
    return found[0]


def _pages(row: RawRow, cells: CellsOf) -> tuple[int | None, int | None]:
    """First and last page; both may stand in the first cell: "3-5"."""
    first, last = _page(row.cells.get("dari"), cells), _page(row.cells.get("sampai"), cells)
    return (first or (None, None))[0], (last[0] if last else (first or (None, None))[1])


def _page(cell: RawCell | None, cells: CellsOf) -> tuple[int, int | None] | None:
    if cell is None or read_cell(cell, ColumnType.TEXT).state is CellState.NOT_AVAILABLE:
        return None
    found = None if cell.is_error or isinstance(cell.value, date | bool) else _PAGE.fullmatch(text_of(cell))
    if found and int(found[1]) > 0:
        return int(found[1]), int(found[2]) if found[2] else None
    if cells.read(cell, ColumnType.TEXT, "halaman").state is CellState.VALUE:
        cells.unreadable(cell, shown_text(cell), "halaman")
    return None


def _kind(cell: RawCell | None, cells: CellsOf, kinds: Mapping[str, str]) -> str:
    """Id of the kind of evidence, by its label, its id, or a part of one label only ("SK")."""
    text = cells.text(cell)
    folded = fold(text)
    if cell is None or not folded:
        return ""
    if folded in kinds or folded in {fold(kind) for kind in kinds.values()}:
        return kinds.get(folded) or next(kind for kind in kinds.values() if fold(kind) == folded)
    within = {kind for label, kind in kinds.items() if f" {folded} " in f" {label} "}
    if len(within) == 1:
        return within.pop()
    reading = read_cell(cell, ColumnType.CHOICE, tuple(kinds)) if kinds else None
    if reading and reading.state is CellState.VALUE:
        cells.note("cell-remark", cell, value=text, remark=reading.remark)
        return kinds[reading.text]
    cells.unreadable(cell, text, "jenis")
    return ""


def _date(cell: RawCell | None, cells: CellsOf) -> str:
    reading = cells.read(cell, ColumnType.DATE, ColumnType.DATE)
    return reading.text if reading.state is CellState.VALUE else ""


def _signed(cell: RawCell | None, cells: CellsOf) -> Signed:
    folded = fold(cells.text(cell))
    if cell is None or not folded:
        return Signed.UNSAID
    labels = {Signed(key): fold(label) for key, label in load_words().signed.items()}
    for signed, words in _SIGNED_WORDS.items():
        if folded in words or folded == labels.get(signed):
            return signed
    cells.unreadable(cell, shown_text(cell), "tanda_tangan")
    return Signed.UNSAID
