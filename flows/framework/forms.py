"""What ``kla siapkan`` does about forms: hands out new ones, and renews old ones with everything filled in kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from flows.errors import InputsError, os_reason
from flows.files import write_bytes
from flows.forms.grid import Grid, Workbook, WorkbookLockedError, WorkbookUnreadableError, open_workbook
from flows.forms.layout import DEFINITION, SIGNATURE, TABLE, FillerKind, FormPlan, sheet_mark
from flows.forms.locate import COLUMN_MISSING, SHEET_MISSING, identify, locate
from flows.forms.placing import place
from flows.forms.plan import all_plans, fingerprint
from flows.forms.raw import RawCell, RawForm, RawSheet
from flows.forms.slots import derived_keys, slot_sheets
from flows.forms.words import guide_sheet
from flows.forms.writer import write_form
from flows.framework.access import close_folders, share_as_folder
from flows.framework.form_search import DEEPEST, forms_by_content, forms_by_name, has_text
from flows.framework.preparation import FormState, IssuedForm
from flows.model import City, Framework

BACKUPS = ".formulir-lama"
"""Folder of the year that keeps each form as it was before it was renewed."""
STAGE = "forms"
_REWRITABLE, _OLD = ".xlsx", ".xls"
_HARMLESS = frozenset({SHEET_MISSING, COLUMN_MISSING, "form-sheet-hidden", "form-has-macros", "form-cells-merged"})
"""Codes of notes with which every filled cell can still be placed: with any other a form is not rewritten unasked."""

Report = Callable[[str, int, int], None]
"""Stage, pieces done, pieces in all."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The file that is a filler's form, and what is to be done about it."""

    path: Path
    state: FormState
    raw: RawForm | None = None
    extras: tuple[Grid, ...] = ()


def issue_forms(
    input_root: Path,
    city: City,
    framework: Framework,
    folders: Mapping[str, str],
    *,
    dry_run: bool = False,
    report: Report | None = None,
) -> tuple[IssuedForm, ...]:
    """Hand out every form of the year.

    A form that is there and up to date is not touched. An outdated one is written anew with everything that was filled
    in, and kept as it was in :data:`BACKUPS`. One that cannot be renewed without loss is left alone and said.

    Args:
        input_root: The year's input folder.
        city: Who is asked.
        framework: What is asked.
        folders: Key of a filler (``opd:dinkes``) → its folder relative to ``input_root``; the secretariat's is the
            year's folder itself. A filler without one gets no form.
        dry_run: Only say what would be done.
        report: Told how many forms are done.

    Raises:
        InputsError: a form cannot be written for another reason than being open.
    """
    kinds = {kind.id: kind.label for kind in framework.kinds.values()}
    plans = all_plans(city, framework)
    issued = []
    for done, plan in enumerate(plans, start=1):
        folder = "" if plan.filler.kind is FillerKind.SECRETARIAT else folders.get(plan.filler.key)
        if folder is None:
            issued.append(IssuedForm("", plan.filler.name, FormState.HOMELESS))
        else:
            issued.append(_issue(input_root, folder, plan, kinds, dry_run=dry_run))
        if report is not None:
            report(STAGE, done, len(plans))
    asked = {plan.filler.key for plan in plans}
    return (*issued, *_unasked(input_root, {key: place for key, place in folders.items() if key not in asked}))


def _unasked(input_root: Path, folders: Mapping[str, str]) -> Iterator[IssuedForm]:
    """Forms in the folders of those who get none: handed out before each area got its own, or under other roles."""
    for key, folder in folders.items():
        for path in sorted(forms_by_name(input_root / folder)):
            if has_text(path, key) and _filler_of(path) == key:
                yield IssuedForm(path.relative_to(input_root).as_posix(), folder, FormState.UNASKED)


def _filler_of(path: Path) -> str:
    try:
        return identify(open_workbook(path))
    except (WorkbookLockedError, WorkbookUnreadableError, OSError):
        return ""


def _issue(input_root: Path, folder: str, plan: FormPlan, kinds: Mapping[str, str], *, dry_run: bool) -> IssuedForm:
    found = _find(input_root / folder, plan)
    state, leftovers = found.state, 0
    if state in (FormState.CREATED, FormState.REISSUED):
        leftovers = len(place(slot_sheets(plan), found.raw).leftovers)
        if not dry_run:
            state = _write(input_root, found, write_form(plan, found.raw, kinds=kinds, extras=found.extras))
    return IssuedForm(found.path.relative_to(input_root).as_posix(), plan.filler.name, state, leftovers)


def _write(input_root: Path, found: _Found, content: bytes) -> FormState:
    try:
        if found.raw is not None and _is_filled(found):
            before = found.path.read_bytes()
            kept = input_root / BACKUPS / f"{found.path.stem} {sha256(before).hexdigest()[:8]}{found.path.suffix}"
            write_bytes(kept, before, private=True)
            close_folders(input_root, [BACKUPS])
            share_as_folder(kept)
        write_bytes(found.path, content)
        share_as_folder(found.path)
    except OSError as error:
        if isinstance(error, PermissionError) and found.state is FormState.REISSUED:
            return FormState.OPEN
        raise InputsError(
            f"{found.path} tidak dapat ditulis ({os_reason(error)}).",
            "Periksa hak tulis dan sisa ruang folder itu, lalu ulangi perintah ini; yang sudah jadi tidak diulang.",
        ) from error
    return found.state


def _is_filled(found: _Found) -> bool:
    sheets = found.raw.sheets if found.raw is not None else ()
    return bool(found.extras) or any(sheet.rows or sheet.definitions for sheet in sheets)


def _find(folder: Path, plan: FormPlan) -> _Found:
    """The form of ``plan`` in its folder, under whatever name, and what it needs."""
    canonical = folder / plan.file_name
    wanted = fingerprint(plan)
    named = sorted(forms_by_name(folder), key=lambda path: (path.name != canonical.name, path.name))
    found = _first(named, canonical, wanted, plan)
    if found is None:
        # Renamed altogether, or put into a folder below: gathering reads it there, so a blank one beside it would be
        # a second form. The secretariat's lies beside the folders of all others, which are none of its own.
        is_beside = plan.filler.kind is FillerKind.SECRETARIAT
        others = forms_by_content(folder, plan.filler.key, 0 if is_beside else DEEPEST)
        found = _first([path for path in others if path not in named], canonical, wanted, plan)
    return found or _Found(canonical, FormState.CREATED)


def _first(candidates: Sequence[Path], canonical: Path, wanted: str, plan: FormPlan) -> _Found | None:
    """The first of ``candidates`` that is the form of ``plan``, an up-to-date one before all others."""
    for path in candidates:
        if path.suffix.lower() != _OLD and has_text(path, wanted):
            return _restored(path, plan) or _Found(path, FormState.KEPT)
    for path in candidates:
        found = _look_into(path, plan, is_canonical=path.name == canonical.name)
        if found is not None:
            return found
    return None


def _restored(path: Path, plan: FormPlan) -> _Found | None:
    """An up-to-date form out of which sheets or columns were taken, to be written anew; None where it is whole."""
    try:
        found = _judge(path, open_workbook(path), plan)
    except (WorkbookLockedError, WorkbookUnreadableError, OSError):
        return None
    if found.state in (FormState.KEPT, FormState.REFUSED):
        return None
    return _Found(path, FormState.OPEN) if is_open(path) else found


def _look_into(path: Path, plan: FormPlan, *, is_canonical: bool) -> _Found | None:
    """What is to be done about the file at ``path``; None where it is not the form of ``plan``."""
    if is_open(path):
        return _Found(path, FormState.OPEN) if is_canonical else None
    try:
        workbook = open_workbook(path)
    except WorkbookLockedError:
        return _Found(path, FormState.LOCKED) if is_canonical else None
    except (WorkbookUnreadableError, OSError):
        return _Found(path, FormState.UNREADABLE) if is_canonical else None
    key = identify(workbook)
    if key != plan.filler.key and not (is_canonical and not key):
        return _Found(path, FormState.REFUSED) if is_canonical else None
    found = _judge(path, workbook, plan)
    # Last year's form, copied over with its folder, is in nobody's way: this year's is called otherwise.
    return None if found.state is FormState.REFUSED and not is_canonical else found


def _judge(path: Path, workbook: Workbook, plan: FormPlan) -> _Found:
    raw = locate(workbook, plan)
    if raw.is_refused:
        return _Found(path, FormState.REFUSED)
    if raw.fingerprint == fingerprint(plan) and not _can_be_restored(raw):
        return _Found(path, FormState.KEPT)
    if path.suffix.lower() != _REWRITABLE:
        return _Found(path, FormState.OTHER_FORMAT)
    if any(grid.is_cut for grid in workbook.sheets):
        return _Found(path, FormState.TOO_LONG)
    if has_uncalculated(raw, plan):
        return _Found(path, FormState.UNCALCULATED)
    return _Found(path, FormState.REISSUED, with_all_definitions(raw, workbook, plan), _extras(workbook, raw))


def _can_be_restored(raw: RawForm) -> bool:
    """Whether sheets or columns were taken out of a form in which every filled cell can still be placed."""
    codes = {note.code for note in raw.notes}
    return bool(codes & {SHEET_MISSING, COLUMN_MISSING}) and codes <= _HARMLESS


def is_open(path: Path) -> bool:
    """Whether an office program has left its lock file beside ``path``: Excel's ``~$`` or LibreOffice's ``.~lock``."""
    names = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any((path.parent / name).exists() for name in names)


def has_uncalculated(raw: RawForm, plan: FormPlan) -> bool:
    """Whether a person's own formula that still has its place has no saved result, so that a new form would lose it.

    Of sheets and columns that go, the form's own formulas cannot be told from a person's; the backup keeps both.
    """
    own = derived_keys(plan)
    inputs = {(slot.kind, slot.table_id, key) for slot in slot_sheets(plan) for key in slot.inputs}
    return any(
        cell.is_uncalculated and (sheet.kind, sheet.table_id, key) in inputs and (sheet.table_id, key) not in own
        for sheet in raw.sheets
        for row in sheet.rows
        for key, cell in row.cells.items()
    )


def with_all_definitions(raw: RawForm, workbook: Workbook, plan: FormPlan) -> RawForm:
    """``raw`` with the definitions that only an earlier plan had, or worded otherwise: found by their marks alone."""
    return replace(raw, sheets=tuple(_with_definitions(sheet, workbook, plan) for sheet in raw.sheets))


def _with_definitions(sheet: RawSheet, workbook: Workbook, plan: FormPlan) -> RawSheet:
    if sheet.kind != TABLE:
        return sheet
    grid = next(each for each in workbook.sheets if each.name == sheet.name)
    marked = {}
    for row in range(grid.height if _text(grid.at(0, 0)) == sheet_mark(TABLE, sheet.table_id, plan.filler) else 0):
        mark, value = _text(grid.at(row, 0)), grid.at(row, 2)
        if mark.startswith(DEFINITION) and value is not None and not value.is_empty:
            marked[mark.removeprefix(DEFINITION)] = value
    return replace(sheet, definitions=marked | dict(sheet.definitions))


def _extras(workbook: Workbook, raw: RawForm) -> tuple[Grid, ...]:
    """Sheets that are not the form's: a person's own, and differing copies of the form's."""
    ours = {guide_sheet(), *(sheet.name for sheet in raw.sheets)}
    return tuple(
        grid for grid in workbook.sheets if grid.name not in ours and _text(grid.at(0, 0)) != SIGNATURE and grid.height
    )


def _text(cell: RawCell | None) -> str:
    return cell.value if cell is not None and isinstance(cell.value, str) else ""
