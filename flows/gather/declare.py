"""Apply what forms say in their lists of evidence: which file answers which question, and what kind of document it is.

The list beats the name of a file, which beats its folders.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flows.gather.cite import can_be_cited, path_reader
from flows.gather.finder import FileFinder
from flows.model import (
    Basis,
    Citation,
    Conflict,
    Declaration,
    EvidenceFile,
    FormNote,
    Framework,
    Media,
    Signed,
)

_SEVERAL = re.compile(r"[;\n]+")
_PAGES_BEHIND = re.compile(
    r"(?P<name>.*\S)[\s,;(\[]+h(?:al(?:aman)?|lm)\b\.?:?\s*"
    r"(?P<pages>\d{1,5}(?:\s*(?:[-–—,&]|dan|s\s?[./]?\s?d\.?|sampai(?: dengan)?)\s*\d{1,5})*)\s*[)\].]*",
    re.IGNORECASE,
)
"""A name with pages behind it; the first to the last of them are meant."""
_LONGEST_NAME = 400
_MOST_FOUND = 5
"""Paths named where a name fits several."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is known of the evidence once its lists are applied."""

    files: tuple[EvidenceFile, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...]
    declarations: tuple[Declaration, ...]
    notes: tuple[FormNote, ...]


def declare(
    declarations: Sequence[Declaration],
    files: Sequence[EvidenceFile],
    citations: Sequence[Citation],
    conflicts: Sequence[Conflict],
    framework: Framework,
    areas: Iterable[str] = (),
) -> Declared:
    """Resolve and apply lists of evidence.

    Args:
        declarations: As the forms have them: file names as written, ids of questions as written, no paths.
        files: All files, the forms among them.
        citations: By names and folders.
        conflicts: Between names and folders.
        framework: Whose questions count.
        areas: Paths of the forms of kecamatan and kelurahan.
    """
    if not declarations:
        return Declared(tuple(files), tuple(citations), tuple(conflicts), (), ())
    reader = _ListReader(files, citations, framework, frozenset(areas))
    resolved = tuple(reader.resolve(one) for one in declarations)
    said = _by_path(resolved)
    form = {path: _questions(rows) for path, rows in said.items() if _questions(rows)}
    return Declared(
        files=tuple(_with_declared(file, said.get(file.path, ()), is_cited=file.path in form) for file in files),
        citations=(*(one for one in citations if one.path not in form), *_citations(form)),
        conflicts=tuple(_conflicts(form, citations, conflicts)),
        declarations=resolved,
        notes=tuple(reader.notes),
    )


def declared_questions(
    declarations: Sequence[Declaration], files: Sequence[EvidenceFile], framework: Framework, areas: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Path → questions that lists of evidence name for it; a preview without notes."""
    reader = _ListReader(files, (), framework, frozenset(areas))
    said = _by_path(tuple(reader.resolve(one) for one in declarations))
    return {path: _questions(rows) for path, rows in said.items()}


@dataclass
class _ListReader:
    """Reads the rows of lists of evidence, and notes what is wrong with them."""

    files: Sequence[EvidenceFile]
    citations: Sequence[Citation]
    framework: Framework
    areas: frozenset[str]
    notes: list[FormNote] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._paths = path_reader(self.framework)
        self._ids = {question.id.casefold(): question.id for question in self.framework.questions}
        self._finder = FileFinder(self.files, self.areas)
        self._cited: dict[str, set[str]] = {}
        for one in self.citations:
            self._cited.setdefault(one.path, set()).add(one.question_id)

    def resolve(self, row: Declaration) -> Declaration:
        """``row`` with the questions of the instrument and the files it means."""
        questions = tuple(dict.fromkeys(self._known(row)))
        if not row.questions and (row.file_name or row.url):
            self._note("listed-without-question", row, value=row.file_name or row.url)
        row = self._with_pages(row)
        found = tuple(dict.fromkeys(self._found(row, questions))) if row.file_name.strip() else ()
        for file in found:
            self._check(file, row)
        return dataclasses.replace(row, questions=questions, paths=tuple(file.path for file in found))

    def _with_pages(self, row: Declaration) -> Declaration:
        """``row`` with the pages written behind the name, "Laporan.pdf hal. 3-5", where no file is called so."""
        behind = _PAGES_BEHIND.fullmatch(row.file_name) if len(row.file_name) <= _LONGEST_NAME else None
        if behind is None or self._finder.find(row.file_name, row.place.path).files:
            return row
        pages = [int(number) for number in re.findall(r"\d+", behind["pages"])]
        said = row.first_page or row.last_page
        first, last = (row.first_page, row.last_page) if said else (min(pages), max(pages))
        return dataclasses.replace(row, file_name=behind["name"].rstrip(" ,;"), first_page=first, last_page=last)

    def _known(self, row: Declaration) -> Iterator[str]:
        place = dataclasses.replace(row.place, cell=row.questions_cell or row.place.cell)
        for written in self._rejoined(row.questions):
            known = self._ids.get(written.strip().casefold())
            if known:
                yield known
            else:
                meant = self._ids.get(written.replace(",", ".").casefold())
                near = meant or ", ".join(self._paths.read((), written).hinted)
                at = dataclasses.replace(row, place=place)
                self._note("listed-question-unknown", at, value=written, nearest=near, suggestion="")

    def _rejoined(self, questions: Sequence[str]) -> Iterator[str]:
        """``questions`` as written where a decimal comma parted one: 11 and 5 are "11,5", which means 11.5."""
        left = [written.strip() for written in questions]
        while left:
            first, second = left[0], left[1] if len(left) > 1 else ""
            is_parted = not {first.casefold(), second.casefold()} & set(self._ids)
            if is_parted and f"{first}.{second}".casefold() in self._ids:
                yield f"{first},{second}"
                del left[:2]
            else:
                yield left.pop(0)

    def _found(self, row: Declaration, questions: Sequence[str]) -> Iterator[EvidenceFile]:
        """The file that the name means; failing that, one for each of several names in the cell."""
        whole = self._finder.find(row.file_name, row.place.path)
        parts = [part.strip() for part in _SEVERAL.split(row.file_name) if part.strip()]
        is_one = bool(whole.files) or len(parts) < 2  # noqa: PLR2004 - two are several
        for name in [row.file_name] if is_one else parts:
            match = whole if is_one else self._finder.find(name, row.place.path)
            chosen = self._chosen(match.files, questions)
            if len(chosen) == 1:
                yield from self._meant(chosen[0])
            elif chosen:
                found = "; ".join(file.path for file in chosen[:_MOST_FOUND])
                self._note("listed-file-ambiguous", row, value=name, found=found)
            else:
                self._note("listed-file-missing", row, value=name, nearest=match.nearest, suggestion="")

    def _meant(self, file: EvidenceFile) -> Iterator[EvidenceFile]:
        """The file itself, or what lies in it if it is an archive."""
        if not file.is_unpacked:
            yield file
            return
        inside = f"{file.path}/"
        yield from (each for each in self.files if each.path.startswith(inside) and can_be_cited(each))

    def _chosen(self, files: Sequence[EvidenceFile], questions: Sequence[str]) -> Sequence[EvidenceFile]:
        """Of several files with that name the one whose own name or folder says the same questions."""
        if len(files) < 2:  # noqa: PLR2004 - nothing to choose from
            return files
        agreeing = [file for file in files if self._cited.get(file.path, set()) & set(questions)]
        return agreeing if len(agreeing) == 1 else files

    def _check(self, file: EvidenceFile, row: Declaration) -> None:
        """Compare what the row says of the file with what was seen of it."""
        if file.media is not Media.PDF or not file.condition.is_readable:
            return
        pages = [page for page in (row.first_page, row.last_page) if page is not None]
        if file.pages and (pages != sorted(pages) or not all(1 <= page <= file.pages for page in pages)):
            self._note("pages-out-of-range", row, value="-".join(map(str, dict.fromkeys(pages))), pages=str(file.pages))
        if row.signed is Signed.ELECTRONIC and not file.has_signature:
            self._note("tte-not-found", row, value=file.name)

    def _note(self, code: str, row: Declaration, **values: str) -> None:
        self.notes.append(FormNote(code, row.place, row.agency_id, values=values))


def _by_path(declarations: Sequence[Declaration]) -> dict[str, list[Declaration]]:
    said: dict[str, list[Declaration]] = {}
    for row in declarations:
        for path in row.paths:
            said.setdefault(path, []).append(row)
    return said


def _questions(rows: Sequence[Declaration]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question for row in rows for question in row.questions))


def _citations(form: Mapping[str, Sequence[str]]) -> list[Citation]:
    return [Citation(question_id, path, Basis.FORM) for path, questions in form.items() for question_id in questions]


def _conflicts(
    form: Mapping[str, Sequence[str]], citations: Sequence[Citation], conflicts: Sequence[Conflict]
) -> Iterator[Conflict]:
    """Those of files that no list names, and what names or folders say otherwise than the list."""
    older = {conflict.path: conflict for conflict in conflicts}
    yield from (conflict for conflict in conflicts if conflict.path not in form)
    named: dict[str, list[str]] = {}
    for one in citations:
        named.setdefault(one.path, []).append(one.question_id)
    for path, questions in form.items():
        groups = [named.get(path, []), list(older[path].dropped) if path in older else []]
        dropped = [one for group in groups if not set(group) & _and_parents(questions) for one in group]
        if dropped:
            yield Conflict(path, tuple(questions), tuple(dict.fromkeys(dropped)))


def _and_parents(questions: Sequence[str]) -> set[str]:
    """A file in folder 1.2 that the list gives to 1.2a is where it belongs."""
    return {*questions, *(re.sub(r"[a-z]+$", "", question) for question in questions)}


def _with_declared(file: EvidenceFile, rows: Sequence[Declaration], *, is_cited: bool) -> EvidenceFile:
    if not rows:
        return file
    years = tuple(sorted({int(row.date[:4]) for row in rows if row.date[:4].isdecimal()}))
    return dataclasses.replace(
        file,
        declared_kinds=tuple(dict.fromkeys(row.kind for row in rows if row.kind)),
        signed=next((row.signed for row in rows if row.signed is not Signed.UNSAID), Signed.UNSAID),
        years=file.years or years,
        suggestions=() if is_cited and not file.unknown_ids else file.suggestions,
    )
