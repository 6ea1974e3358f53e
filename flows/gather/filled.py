"""Read one workbook that people filled in - a form, or a table of an agency's own - in a child process.

Nothing here raises because of a workbook: what keeps it from being read is a note, or the reason of a failure.
"""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flows.forms.separated import SUFFIXES
from flows.gather.masked import masked
from flows.gather.names import suffix_of
from flows.model import Answer, City, Declaration, FormNote, Framework, GatheredTable, Place, ReadForm
from flows.names import fold

if TYPE_CHECKING:
    from flows.forms.grid import Workbook
    from flows.forms.layout import FormPlan

T = TypeVar("T", Answer, Declaration, FormNote)

CRASH = "inspection-crash"


@dataclass(frozen=True, slots=True)
class Filled:
    """What was read from one workbook."""

    form: ReadForm | None = None
    """None for a table of an agency's own."""
    answers: tuple[Answer, ...] = ()
    tables: tuple[GatheredTable, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    notes: tuple[FormNote, ...] = ()
    filler: str = ""
    """Key of the filler whose form it is, ``opd:dinkes``; empty where it was not taken for anybody's."""
    file_name: str = ""
    """What that filler's form is called when it is handed out."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose form may lie at one place."""

    fillers: tuple[str, ...] = ()
    """Keys of fillers; the first is who it is taken for where the form does not say."""
    kinds: tuple[str, ...] = ()
    """Kinds of fillers (``kelurahan``) of which any may lie there."""
    place: str = ""
    """The folder, for people."""


@dataclass(frozen=True, slots=True)
class Task:
    """One workbook to read."""

    real_path: str
    agency_id: str
    """In whose folder it lies."""
    expected: Expected | None = None
    """None for a table of an agency's own."""
    path: str = ""
    """Of such a table, because a year may stand in its name."""
    schemas: tuple[str, ...] = ()
    """Ids of the tables it may be."""


@dataclass(frozen=True, slots=True)
class Job:
    """Some workbooks to read, in one go of a child process."""

    tasks: tuple[Task, ...]
    asked: bytes
    """Of whom and what, as :func:`packed` made it."""


@lru_cache(maxsize=2)
def packed(city: City, framework: Framework) -> bytes:
    """Both as bytes for :class:`Job`, put together once: for each job anew that takes longer than reading a table."""
    return pickle.dumps((city, framework), pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=2)
def _unpacked(asked: bytes) -> tuple[City, Framework]:
    found: tuple[City, Framework] = pickle.loads(asked)  # noqa: S301  # our own, from the parent of this process
    return found


def read_job(job: Job) -> tuple[tuple[Filled | None, str], ...]:
    """Read each workbook of ``job``, in order: what was read, or None and the reason (a key of ``details``)."""
    city, framework = _unpacked(job.asked)
    return tuple(_masked(*_read(task, city, framework)) for task in job.tasks)


def _masked(filled: Filled | None, reason: str) -> tuple[Filled | None, str]:
    """What was read, without numbers of persons: nothing else leaves the child process."""
    return (masked(filled) if filled else None), reason


def with_path(filled: Filled, path: str) -> Filled:
    """``filled`` as what was read from the file at ``path``: the same bytes may lie at two places."""
    return dataclasses.replace(
        filled,
        form=dataclasses.replace(filled.form, path=path) if filled.form else None,
        answers=_placed(filled.answers, path),
        tables=tuple(dataclasses.replace(table, path=path) for table in filled.tables),
        declarations=_placed(filled.declarations, path),
        notes=_placed(filled.notes, path),
    )


def unread(path: str, agency_id: str, detail: str) -> Filled:
    """A form that could not be read; ``detail`` is a key of ``details`` in the catalogue of findings."""
    note = FormNote("form-unreadable", Place(path), agency_id, values={"detail": detail})
    return Filled(ReadForm(path, agency_id, is_taken=False), notes=(note,))


def untold(detail: str, agency_id: str) -> Filled:
    """A workbook that stays a piece of evidence, though it could not be looked through for tables."""
    return Filled(notes=(FormNote("export-unreadable", Place(""), agency_id, values={"detail": detail}),))


def _placed(items: Iterable[T], path: str) -> tuple[T, ...]:
    return tuple(dataclasses.replace(item, place=dataclasses.replace(item.place, path=path)) for item in items)


def _read(task: Task, city: City, framework: Framework) -> tuple[Filled | None, str]:
    from flows.forms.grid import WorkbookLockedError, WorkbookTooLargeError, WorkbookUnreadableError, open_workbook
    from flows.forms.grid_separated import open_separated

    try:
        is_text = task.expected is None and suffix_of(task.path) in SUFFIXES
        path = Path(task.real_path)
        workbook = open_separated(path, Path(task.path).stem) if is_text else open_workbook(path)
        if task.expected is None:
            return _read_export(workbook, task, city, framework), ""
        return _read_form(workbook, task.expected, task.agency_id, city, framework), ""
    except WorkbookLockedError:
        return None, "password"
    except WorkbookUnreadableError as error:
        return None, "book-too-large" if isinstance(error, WorkbookTooLargeError) else "cannot-open"
    except MemoryError:
        return None, "too-large"
    except Exception:  # noqa: BLE001  # whatever a foreign workbook provokes costs this workbook only
        return None, CRASH


def _read_export(workbook: Workbook, task: Task, city: City, framework: Framework) -> Filled:
    from flows.gather.exports import read_exports

    schemas = [framework.tables[schema_id] for schema_id in task.schemas]
    tables, notes = read_exports(workbook, schemas, city, task.agency_id, task.path)
    return Filled(tables=tables, notes=notes)


def _read_form(workbook: Workbook, expected: Expected, agency_id: str, city: City, framework: Framework) -> Filled:
    from flows.forms.locate import identify, locate
    from flows.forms.understand import understand

    identity = identify(workbook)
    plan = _plan(identity, expected, city, framework)
    if plan is None:
        return _stranger(identity, expected, agency_id, city, framework)
    kinds = {fold(kind.label): kind.id for kind in framework.kinds.values()}
    reading = understand(locate(workbook, plan), plan, city, "", kinds=kinds)
    return Filled(
        reading.form,
        reading.answers,
        reading.tables,
        reading.declarations,
        reading.notes,
        plan.filler.key if reading.form.is_taken else "",
        plan.file_name,
    )


def _plan(identity: str, expected: Expected, city: City, framework: Framework) -> FormPlan | None:
    """What should be in the form: of the filler it names where that one is welcome here, else of the first expected."""
    from flows.forms.plan import plan_by_key

    if identity in expected.fillers or identity.partition(":")[0] in expected.kinds:
        plan = plan_by_key(identity, city, framework)
        if plan is not None:
            return plan
    return plan_by_key(expected.fillers[0], city, framework) if expected.fillers else None


def _stranger(identity: str, expected: Expected, agency_id: str, city: City, framework: Framework) -> Filled:
    """A form at a place where nobody's is expected, which does not say whose it is or names somebody unknown."""
    from flows.forms.plan import plan_by_key

    owner = plan_by_key(identity, city, framework)
    made_for = owner.filler.name if owner else identity.partition(":")[2]
    values = {"made_for": made_for, "expected": expected.place}
    note = FormNote("form-other-filler", Place(""), agency_id, values=values)
    return Filled(ReadForm("", agency_id, is_taken=False), notes=(note,))
