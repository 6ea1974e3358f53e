"""Take in what people filled in: which workbooks are forms or tables of their own, whose they are, and what is in them.

Opening them is :mod:`flows.gather.filled`'s, in child processes; what was read is remembered by content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.bounded import BoundedPool
from flows.forms.separated import SUFFIXES
from flows.gather.batches import CRASH, run_batches
from flows.gather.cite import can_be_cited
from flows.gather.expect import Expecter
from flows.gather.filled import Filled, Job, Task, packed, read_job, unread, untold, with_path
from flows.gather.hashing import Hashed, is_unchanged
from flows.gather.intake import Source
from flows.gather.names import suffix_of
from flows.gather.remember import recall_filled, remember_filled
from flows.model import Agency, City, Condition, EvidenceFile, Framework, Media
from flows.store import Store

CODE_VERSION = 9
"""Raised by one whenever the code that reads workbooks changes what it makes of them."""
_PASSING = "still-changing"


@dataclass(frozen=True)
class FormTaker:
    """Reads the workbooks of one source.

    Args:
        source: One of :func:`flows.gather.plan`.
        city: Whose agencies and areas fill the forms.
        framework: What is asked.
        pool: Of child processes.
        store: Holds what was read, by content; None to remember nothing.
        fresh: Read everything again.
    """

    source: Source
    city: City
    framework: Framework
    pool: BoundedPool
    store: Store | None
    fresh: bool

    def take_forms(self, hashed: Sequence[Hashed], files: Sequence[EvidenceFile]) -> tuple[Filled, ...]:
        """What is in each form among ``files`` (``hashed`` are the same ones), in their order."""
        forms = [(one, file) for one, file in zip(hashed, files, strict=True) if file.media is Media.FORM]
        expecter = Expecter(self.source, self.city) if forms else None
        tasks: dict[str, Task] = {}
        for one, file in forms:
            if file.condition.is_readable and expecter:
                tasks[file.path] = Task(one.entry.real_path, self.source.agency_id, expecter.expected(file.path))
        read = self._read([one for one, file in forms if file.path in tasks], tasks)
        return tuple(self._form(file, read.get(file.path)) for _, file in forms)

    def take_exports(
        self,
        hashed: Sequence[Hashed],
        files: Sequence[EvidenceFile],
        questions_by_path: Callable[[], Mapping[str, Iterable[str]]],
    ) -> tuple[Filled, ...]:
        """Tables of the agencies' own among ``files``, in their order.

        A workbook may be each table that its agency is asked for, and each that one of its questions asks for
        (``questions_by_path``, asked only where there is a workbook).
        """
        if not self.framework.tables or not any(_may_be_table(file) for file in files):
            return ()
        questions_of = questions_by_path()
        tasks: dict[str, Task] = {}
        for one, file in zip(hashed, files, strict=True):
            schemas = self._schemas(questions_of.get(file.path, ())) if _may_be_table(file) else ()
            if schemas:
                tasks[file.path] = Task(
                    one.entry.real_path, self.source.agency_id, path=file.path, schemas=schemas
                )  # fmt: skip
        read = self._read([one for one in hashed if one.entry.path in tasks], tasks)
        found = []
        for path in tasks:
            filled, detail = read[path]
            found.append(with_path(filled or untold(detail, self.source.agency_id), path))
        return tuple(filled for filled in found if filled.tables or filled.notes)

    def _form(self, file: EvidenceFile, read: tuple[Filled | None, str] | None) -> Filled:
        filled, detail = read or (None, file.detail)
        if filled is not None:
            return with_path(filled, file.path)
        if file.condition is Condition.WRONG_EXTENSION and detail == "cannot-open":
            detail = file.detail
        return unread(file.path, file.agency_id, detail)

    def _schemas(self, questions: Iterable[str]) -> tuple[str, ...]:
        roles = set(self._agency.roles) if self._agency else set()
        wanted = set(questions)
        return tuple(
            schema.id
            for schema in self.framework.tables.values()
            if roles & set(schema.suppliers) or wanted & set(schema.questions)
        )

    @cached_property
    def _agency(self) -> Agency | None:
        return next((agency for agency in self.city.agencies if agency.id == self.source.agency_id), None)

    def _read(self, files: Sequence[Hashed], tasks: Mapping[str, Task]) -> dict[str, tuple[Filled | None, str]]:
        """Path → what was read, or None and the reason. Equal bytes at places where the same is expected: once."""
        groups: dict[str, list[Hashed]] = {}
        for file in files:
            groups.setdefault(self._key(file, tasks[file.entry.path]), []).append(file)
        known = {} if self.store is None or self.fresh else recall_filled(self.store, sorted(groups))
        found: dict[str, tuple[Filled | None, str]] = {key: (filled, "") for key, filled in known.items()}
        keys = {twins[0].entry.path: key for key, twins in groups.items() if key not in known}
        for path, filled, reason in self._open([groups[key][0] for key in keys.values()], tasks):
            found[keys[path]] = (filled, reason)
        if self.store is not None:
            new = {key: filled for key, (filled, _) in found.items() if filled is not None and key not in known}
            remember_filled(self.store, new)
        return {file.entry.path: found[key] for key, twins in groups.items() for file in twins}

    def _open(self, files: Sequence[Hashed], tasks: Mapping[str, Task]) -> Iterator[tuple[str, Filled | None, str]]:
        def job_of(batch: Sequence[Hashed]) -> Job:
            return Job(tuple(tasks[file.entry.path] for file in batch), packed(self.city, self.framework))

        for file, result, reason in run_batches(files, job_of, read_job, self.pool):
            filled, detail = result or (None, reason or CRASH)
            if not is_unchanged(file.entry):
                filled, detail = None, _PASSING
            yield file.entry.path, filled, detail

    def _key(self, file: Hashed, task: Task) -> str:
        """Of what was read: the bytes, what was expected of them, and everything that reading depends on."""
        about: tuple[object, ...] = (self._version, task.agency_id)
        if task.expected is None:
            return f"{file.sha256}/{_digest((*about, task.path, task.schemas))}"
        expected = task.expected
        whose = (expected.fillers or expected.place, expected.kinds)
        return f"{file.sha256}/{_digest((*about, *whose))}"

    @cached_property
    def _version(self) -> str:
        """Of the program, of what is asked and in which words, and of who answers: what forms are read by."""
        from flows.forms.layout import FORMAT
        from flows.forms.words import load_words

        city = self.city
        agencies = [(agency.id, agency.name, agency.roles) for agency in city.agencies]
        asked = (city.id, city.name, city.evaluation_year, city.data_years, city.districts, sorted(city.leads.items()))
        return _digest((CODE_VERSION, FORMAT, load_words().digest, self.framework.sha256, agencies, asked))


def _may_be_table(file: EvidenceFile) -> bool:
    """A workbook, or separated values that are called so."""
    is_text = file.media is Media.PLAIN_TEXT and suffix_of(file.path) in SUFFIXES
    return (file.media is Media.SPREADSHEET or is_text) and file.condition.is_readable and can_be_cited(file)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:32]
