"""What is bound when: the reading edition does not wait for what it does not hold, and nobody waits for it in vain."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import bounds
from flows.bounded import BoundedPool
from flows.cabinet import Cabinet
from flows.errors import RenderError
from flows.render import Evidence, Press, Printer, bindery
from flows.render.bindery import Bindery, Binding
from flows.render.dossier import ANNEXES, ARCHIVE, CONTROL, FIXED, ORIGINALS, REPORT, nothing_uploaded
from flows.render.edition import BOOK
from flows.render.values import Volume
from tests.builders.values import AS_OF, PROVENANCE, FakeCatalogue, case
from tests.render.printing import evidence_of, nowhere, pressing

FOREVER = 600.0
"""Seconds; no test waits so long."""


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    with pressing(tmp_path) as press:
        yield press


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of volumes whose binding was begun, in that order."""
    names: list[str] = []
    start = Bindery.start

    def noting(self: Bindery, binding: Binding) -> None:
        names.append(binding.volume.name)
        start(self, binding)

    monkeypatch.setattr(Bindery, "start", noting)
    return names


def bind_for_ever(job: bindery._Job) -> object:
    """Runs in a child."""
    (job.work / "mulai").touch()
    time.sleep(FOREVER)
    return bindery._make(job)


def printer_of(evidence: Evidence, work: Path, press: Press) -> Printer:
    return Printer(work, evidence, FakeCatalogue(), PROVENANCE, press, nowhere, nothing_uploaded)


@pytest.mark.parametrize("is_much", [False, True])
def test_a_large_volume_is_bound_when_its_own_pieces_are_printed_unless_much_was_typeset(
    press: Press, tmp_path: Path, started: list[str], monkeypatch: pytest.MonkeyPatch, *, is_much: bool
) -> None:
    """Children that have typeset much hold much memory: they end before anything is bound."""
    monkeypatch.setattr(bounds, "PAGES_BESIDE_BINDING", 10 if is_much else 100)
    evidence, work = evidence_of(case(shape={"KL": (1,), "I": (1,)})), tmp_path / "susun"
    with printer_of(evidence, work, press) as printer:
        for block in printer.blocks:
            printer.prepare(block)
        *reading, last = (piece for piece in printer.pieces if piece not in (ORIGINALS, REPORT))
        assert {ORIGINALS, REPORT} < set(printer.pieces)
        assert {ANNEXES, FIXED} < set(reading)
        for piece in reading:
            printer.print(piece)
        assert started == []
        printer.print(last)
        assert 10 < press.typeset_pages < 100
        assert started == ([] if is_much else [BOOK])
        printer.print(ORIGINALS)
        early = [] if is_much else [BOOK, ARCHIVE]
        assert started == early
        printer.print(REPORT)
        assert started == early
        told: list[tuple[int, int]] = []
        dossier = printer.bind(lambda done, total: told.append((done, total)))

    assert [each.name for each in dossier.documents] == started
    assert started[0] == BOOK
    assert {ARCHIVE, CONTROL} < set(started)
    assert len(started) == len(set(started))
    assert all((work / name).read_bytes().startswith(b"%PDF-") for name in started)
    assert told == [(number, len(started)) for number in range(1, len(started) + 1)]


def test_documents_stand_in_one_order_whichever_was_ready_first(
    press: Press, tmp_path: Path, started: list[str]
) -> None:
    """Two runs of the same evidence leave the same bytes; which of two threads is faster is no part of it."""
    with printer_of(evidence_of(case(shape={"KL": (1,)})), tmp_path / "susun", press) as printer:
        printer._largest = printer._largest[::-1]
        for block in printer.blocks:
            printer.prepare(block)
        for piece in (ORIGINALS, *(each for each in printer.pieces if each != ORIGINALS)):
            printer.print(piece)
        names = [each.name for each in printer.bind().documents]
    assert started[:2] == [ARCHIVE, BOOK]
    assert names == [BOOK, ARCHIVE, *started[2:]]


def fail_while_binding(folder: Path) -> None:
    """A piece that cannot be printed while the book, which does not hold it, is with a child."""
    work, volume = folder / "susun", Volume(BOOK, "Dosir Uji", "Kota Uji", AS_OF, is_draft=False, leaves=())
    with BoundedPool(1) as pool, Bindery(pool, Cabinet(folder / "lemari"), work) as binders:
        binders.start(Binding(volume))
        for _ in range(600):
            if (work / "mulai").exists():
                raise RenderError("Kendali tidak dapat dicetak.")
            time.sleep(0.05)
        raise AssertionError("no child has begun")


def test_who_is_stopped_waits_for_no_volume_that_is_being_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bindery, "_make", bind_for_ever)
    begun = time.monotonic()
    with pytest.raises(RenderError, match="Kendali"):
        fail_while_binding(tmp_path)
    assert time.monotonic() - begun < FOREVER
