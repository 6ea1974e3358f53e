"""A child that dies or lacks memory while it typesets or binds: tried again, then named; nothing half made is left."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.bounded import BoundedPool
from flows.cabinet import HALF_MADE
from flows.errors import RenderError
from flows.model import Document
from flows.render import Press, bindery, children, press
from flows.render.bindery import Bindery, Binding
from flows.render.press import press_room
from flows.render.values import UNFINISHED, Numbering, Part, Sheets, Volume
from flows.settings import templates_root
from tests.builders.values import AS_OF

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
PART = Part(
    "bab-3", "Bab III Contoh", '<html lang="id"><title>Uji</title><h1 id="bab-3">Bab III</h1></html>', Numbering()
)
FULL = Path("/dev/full")
_typeset, _bind = press._set, bindery._make


@pytest.mark.parametrize(
    ("left", "expected", "is_looked"),
    [(2_400_000, 200_000, False), (2_600_000, 200_000, True), (2_000_000, 600_000, True), (1_000_000, 600_000, False)],
)
def test_a_child_clears_what_parts_left_before_memory_runs_short_and_not_for_a_few_pages(
    monkeypatch: pytest.MonkeyPatch, *, left: int, expected: int, is_looked: bool
) -> None:
    """Everybody waits for the contents, which come last and are short."""
    looked: list[bool] = []
    monkeypatch.setattr(children, "gc", SimpleNamespace(
        get_count=lambda: (left, 0, 0), collect=lambda: looked.append(True), disable=lambda: None,
    ))  # fmt: skip
    answer = children._attempt(children._Call(str.upper, "bab", expected))
    assert (answer.value, bool(looked)) == ("BAB", is_looked)


def _die_once(marks: Path) -> None:
    """Kill this process the first time, half of the work done."""
    if not (marks / "mati").exists():
        (marks / "mati").touch()
        os.kill(os.getpid(), signal.SIGKILL)


def typeset_at_last(job: press._Job) -> object:
    """Runs in a child."""
    job.out.write_bytes(b"%PDF-setengah")
    _die_once(Path(os.environ["KLA_UJI_TANDA"]))
    return _typeset(job)


def never_typeset(job: press._Job) -> object:
    """Runs in a child."""
    job.out.write_bytes(b"%PDF-setengah")
    os.kill(os.getpid(), signal.SIGKILL)
    return _typeset(job)


def typeset_and_tidy_nothing(job: press._Job) -> object:
    """Runs in a child: one that is ended while it holds on to what it has typeset."""
    from weasyprint.text.fonts import FontConfiguration

    FontConfiguration.__del__ = lambda _: None
    return _typeset(job)


def typeset_with_more_memory(job: press._Job) -> object:
    """Runs in a child."""
    mark = Path(os.environ["KLA_UJI_TANDA"]) / "mati"
    if not mark.exists():
        mark.touch()
        raise MemoryError
    return _typeset(job)


def never_enough_memory(job: press._Job) -> object:
    """Runs in a child."""
    mark = Path(os.environ["KLA_UJI_TANDA"]) / "mati"
    with mark.open("a") as tries:
        tries.write("sekali lagi\n")
    raise MemoryError(job.part.title)


def bind_at_last(job: bindery._Job) -> object:
    """Runs in a child."""
    _leave_half(job.work)
    _die_once(Path(os.environ["KLA_UJI_TANDA"]))
    return _bind(job)


def never_bind(job: bindery._Job) -> object:
    """Runs in a child."""
    _leave_half(job.work)
    os.kill(os.getpid(), signal.SIGKILL)
    return _bind(job)


def bind_without_room(job: bindery._Job) -> object:
    """Runs in a child; the system itself says that the disk is full."""
    _leave_half(job.work)
    return FULL.write_bytes(b"%PDF-setengah")


def _leave_half(work: Path) -> None:
    half = work / f"{UNFINISHED}abc"
    half.mkdir(exist_ok=True)
    (half / "dosir.pdf").write_bytes(b"%PDF-setengah")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """One press for all; its children take the place of their marks from the environment they began with."""
    root = tmp_path_factory.mktemp("mati")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KLA_UJI_TANDA", str(root))
        with press_room(root / "simpanan", AS_OF) as opened:
            yield opened


@pytest.fixture
def marks(room: Press) -> Iterator[Path]:
    """Where a child notes that one has died before it."""
    root = room.cabinet.root.parent
    yield root
    (root / "mati").unlink(missing_ok=True)
    shutil.rmtree(root / "susun", ignore_errors=True)


@pytest.fixture(scope="module")
def volume(room: Press) -> Volume:
    leaves = (Sheets(PART, room.typeset(PART)),)
    return Volume("dosir.pdf", "Dosir Uji", "Kota Uji", AS_OF, is_draft=False, leaves=leaves)


def part(title: str) -> Part:
    """One that was never set before."""
    return replace(PART, title=title, html=PART.html.replace("Bab III", title))


def left(folder: Path, prefix: str) -> list[Path]:
    return list(folder.rglob(f"{prefix}*"))


def test_a_part_whose_child_is_killed_is_set_by_another(
    room: Press, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_set", typeset_at_last)
    before = room.typeset_parts
    made = room.typeset(part("Bab IV Contoh"))
    assert (marks / "mati").exists()
    assert (made.pages, room.typeset_parts) == (1, before + 1)
    assert b"%%EOF" in made.path.read_bytes()
    assert left(room.cabinet.root, HALF_MADE) == []


def test_a_part_that_kills_its_child_twice_is_named_and_leaves_nothing(
    room: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_set", never_typeset)
    files = {path for path in room.cabinet.root.rglob("*") if path.is_file()}
    with pytest.raises(RenderError, match=r"Bab V Contoh tidak dapat dicetak: .*berhenti mendadak, dua kali") as told:
        room.typeset(part("Bab V Contoh"))
    assert int(told.value.exit_code) == 5
    assert told.value.repair.startswith("Tutup aplikasi lain")
    assert "Bila tetap, mulai ulang komputer" in told.value.repair
    assert "tidak dicetak ulang" not in told.value.repair  # of parts set together, those behind it are not kept
    assert {path for path in room.cabinet.root.rglob("*") if path.is_file()} == files
    assert left(room.cabinet.root, HALF_MADE) == []


def test_a_part_that_lacked_memory_once_is_set_at_the_second_try(
    room: Press, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory that one part leaves behind may be what the next one lacks."""
    monkeypatch.setattr(press, "_set", typeset_with_more_memory)
    assert room.typeset(part("Bab VI Contoh")).pages == 1
    assert (marks / "mati").exists()


def test_a_part_that_needs_too_much_memory_is_tried_twice_and_named(
    room: Press, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It must never come out as a defect of the program, which names no part and no repair."""
    monkeypatch.setattr(press, "_set", never_enough_memory)
    with pytest.raises(
        RenderError, match=r"Bab VII Contoh tidak dapat dicetak: memori .* tidak cukup, dua kali"
    ) as told:
        room.typeset(part("Bab VII Contoh"))
    assert int(told.value.exit_code) == 5
    assert told.value.repair.startswith("Tutup aplikasi lain")
    assert (marks / "mati").read_text().count("sekali lagi") == 2
    assert left(room.cabinet.root, HALF_MADE) == []


def bound(room: Press, volume: Volume, work: Path) -> list[Document]:
    with BoundedPool(1) as pool, Bindery(pool, room.cabinet, work) as binders:
        binders.start(Binding(volume))
        return binders.finish()


def test_a_volume_whose_child_is_killed_is_bound_by_another(
    room: Press, volume: Volume, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bindery, "_make", bind_at_last)
    (document,) = bound(room, volume, marks / "susun")
    assert (marks / "mati").exists()
    assert isinstance(document, Document)
    assert [path.name for path in (marks / "susun").rglob("*")] == ["dosir.pdf"]


def test_a_volume_that_kills_its_child_twice_is_named_and_leaves_nothing(
    room: Press, volume: Volume, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bindery, "_make", never_bind)
    with pytest.raises(RenderError, match=r"dosir\.pdf tidak dapat dijilid: .*berhenti mendadak, dua kali") as told:
        bound(room, volume, marks / "susun")
    assert int(told.value.exit_code) == 5
    assert "Bila tetap, mulai ulang komputer" in told.value.repair
    assert [path for path in (marks / "susun").rglob("*") if path.is_file()] == []


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_is_said_in_words_and_leaves_nothing(
    room: Press, volume: Volume, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bindery, "_make", bind_without_room)
    with pytest.raises(RenderError, match="tidak dapat disimpan") as told:
        bound(room, volume, marks / "susun")
    assert "sisa ruang" in told.value.repair
    assert [path for path in (marks / "susun").rglob("*") if path.is_file()] == []


def test_children_leave_no_copies_of_fonts_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passing = tmp_path / "sementara"
    passing.mkdir()
    monkeypatch.setenv("TMPDIR", str(passing))
    face = next((templates_root() / "fonts").glob("*.[ot]tf")).name
    monkeypatch.setattr(press, "_set", typeset_and_tidy_nothing)
    style = f"<style>@font-face {{ font-family: Uji; src: url(fonts/{face}) }} h1 {{ font-family: Uji }}</style>"
    with press_room(tmp_path / "simpanan", AS_OF) as room:
        room.typeset(replace(PART, html=PART.html.replace("<h1", f"{style}<h1")))

    assert [path.name for path in passing.iterdir()] == []
    assert not list((tmp_path / "simpanan").glob(f"{HALF_MADE}*"))
