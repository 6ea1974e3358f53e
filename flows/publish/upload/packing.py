"""The upload set of one run: files, the sheet, and the operator's own copy of it, which no run ever loses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.bounded import BoundedPool
from flows.cabinet import Cabinet
from flows.errors import os_reason
from flows.files import write_bytes, write_text
from flows.model import Block, Hindrance, Ticks, Upload, UploadState
from flows.publish.run_folder import CHECKSUMS
from flows.publish.upload.doubts import doubts
from flows.publish.upload.fitting import Fitting, Source
from flows.publish.upload.limits import UploadLimits
from flows.publish.upload.placing import Placing
from flows.publish.upload.sheet import Row, sheet_bytes
from flows.publish.upload.ticks import FOLDER, SHEET, carry_over, open_mark, read_ticks
from flows.publish.upload.words import load_words

KEPT = "jawaban-lama"
"""Folder of the operator's copies as they were before a run replaced them, by the run's name; nobody removes them."""
_LEFT_ALONE = frozenset({"tertutup", "sandi"})
"""Troubles after which the operator's copy stays where it is."""


@dataclass(frozen=True, slots=True)
class UploadOrder:
    """What packing needs besides the values of the run."""

    limits: UploadLimits
    ticks: Ticks
    source: Source
    """Where the bytes of a content lie, by their hash."""
    state_root: Path
    """Folder of what is kept between runs, of this city and year."""
    fresh: bool = False
    """Make everything anew."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: enough to make the sheet once more with newer ticks."""

    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]
    limits: UploadLimits
    ticks: Ticks
    place: str
    hindrance: Hindrance | None
    before: str
    """Hash of the sheet of the newest run before this one; the operator's copy was that when they got it."""
    strayed: Path | None = None
    """That sheet, where somebody has written into it instead of into the operator's copy."""

    @property
    def content(self) -> bytes:
        """The sheet."""
        return sheet_bytes(self.rows, self.blocks, self.limits, load_words(), self.place, self.hindrance)

    @property
    def hashes(self) -> Mapping[str, str]:
        """SHA-256 of the files that are copies of the vault's, by their place in the run; compared before copying."""
        return {
            f"{FOLDER}/{row.placed.folder}/{name}": sha256
            for row in self.rows
            for name, sha256 in zip(row.placed.names, row.placed.hashes, strict=True)
            if sha256
        }

    @property
    def state(self) -> UploadState:
        """How far the operator has come."""
        state = upload_state([row.upload for row in self.rows], self.ticks)
        return replace(
            state,
            files=sum(len(row.placed.names) for row in self.rows),
            withheld=len({label for row in self.rows for label in row.placed.withheld}),
            left_out=len({label for row in self.rows for label in row.placed.left_out}),
        )

    def with_ticks(self, ticks: Ticks) -> Packed:
        """The same set with what the operator has ticked meanwhile."""
        rows = tuple(
            replace(row, carried=carry_over(row.upload, ticks.by_question.get(row.upload.question_id)))
            for row in self.rows
        )
        return replace(self, rows=rows, ticks=ticks)


def upload_state(uploads: Iterable[Upload], ticks: Ticks) -> UploadState:
    """How far the operator has come with ``uploads``; nothing is packed for it."""
    carried = {each.question_id: carry_over(each, ticks.by_question.get(each.question_id)) for each in uploads}
    return UploadState(
        questions=len(carried),
        uploaded=tuple(key for key, each in carried.items() if each.is_done),
        changed=tuple(key for key, each in carried.items() if each.is_changed),
    )


def pack(
    work: Path,
    uploads: Sequence[Upload],
    blocks: Sequence[Block],
    order: UploadOrder,
    pool: BoundedPool,
    *,
    last_run: Path | None,
    hindrance: Hindrance | None,
) -> Packed:
    """Put the files of every question and ``jawaban.xlsx`` below ``unggah`` in a work folder.

    A document that cannot be made ready is named in the sheet; no document stops the others.

    Args:
        work: Of the run being made.
        uploads: Every question, as the book prints it.
        blocks: Of the instrument, in order.
        order: Limits, ticks and where bytes lie.
        pool: Of the child processes that make documents fit; abandoned, it ends this too.
        last_run: The newest run before this one.
        hindrance: Why nothing may be uploaded yet, if so: then the sheet and a file say it.

    Raises:
        AbandonedError: whoever wanted the set was stopped.
        OSError: there is no room, or the folder cannot be written to.
        RenderError: the sheet cannot be made.
    """
    words, root = load_words(), work / FOLDER
    cabinet = Cabinet(order.state_root)
    fitting = Fitting(order.limits, order.source, cabinet, fresh=order.fresh)
    ready = fitting.ready((item for upload in uploads for item in upload.items), pool)
    placing = Placing(root, blocks, ready, order.limits, words)
    rows = tuple(
        Row(upload, placing.place(upload), carry_over(upload, order.ticks.by_question.get(upload.question_id)))
        for upload in uploads
    )
    cabinet.sweep()
    place = "/".join((*work.parent.parts[-2:], SHEET))
    before = _hash(last_run / FOLDER / SHEET) if last_run else ""
    is_changed = last_run is not None and before not in ("", _sealed(last_run) or before)
    strayed = last_run / FOLDER / SHEET if last_run and is_changed else None
    packed = Packed(rows, tuple(blocks), order.limits, order.ticks, place, hindrance, before, strayed)
    write_bytes(root / SHEET, packed.content)
    if hindrance:
        write_text(root / words.forbidden_file, words.forbidden[hindrance] + "\r\n")
    return packed


def hand_out(packed: Packed, run: Path) -> UploadState:
    """Give the operator the new sheet in place of their copy, once the run is there.

    What they had changed in the old one is kept aside. Where it cannot be replaced it stays, and nothing is lost: the
    next run reads it.

    Args:
        packed: What was packed into the run.
        run: Its folder.
    """
    copy, words = run.parent / SHEET, load_words()
    key, _, reason = packed.ticks.trouble.partition(" ")
    said = [words.troubles[key].format(berkas=copy, sebab=reason)] if key else []
    mark = open_mark(copy)
    if mark:
        said.append(words.troubles["terbuka"].format(berkas=copy, kunci=mark))
    elif key not in _LEFT_ALONE:
        try:
            packed, kept = _replace(packed, copy, run)
        except OSError as error:
            fresh = run / FOLDER / SHEET
            said.append(words.troubles["tulis"].format(berkas=copy, sebab=os_reason(error), baru=fresh))
        else:
            said += [words.troubles["disisihkan"].format(lama=kept)] if kept is not None and key else []
    if packed.strayed:
        said.append(words.troubles["tersasar"].format(salinan=packed.strayed, berkas=copy))
    said += doubts(packed.rows, copy)
    return replace(packed.state, sheet=str(copy), trouble=" ".join(said))


def _replace(packed: Packed, copy: Path, run: Path) -> tuple[Packed, Path | None]:
    """The copy anew, with ticks made while the run was made; where its old self was kept, if it was worth keeping."""
    kept = None
    if copy.is_file():
        raw = copy.read_bytes()
        now = hashlib.sha256(raw).hexdigest()
        if now != packed.ticks.sha256:
            packed = packed.with_ticks(read_ticks(run.parent, run))
        if now != packed.before:
            kept = run.parent / KEPT / f"{run.name}.xlsx"
            write_bytes(kept, raw)
    write_bytes(copy, packed.content)
    return packed, kept


def _sealed(run: Path) -> str:
    """The hash that a run has noted of its sheet; empty where it has noted none that can be read."""
    try:
        lines = (run / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return ""
    return next((line[:64] for line in lines if line[64:] == f"  {FOLDER}/{SHEET}"), "")


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
