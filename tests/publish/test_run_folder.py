"""A run appears whole or not at all: kills, full disks, broken pointers, two writers, two runs in one second."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import BusyError, ExitCode, InputsError
from flows.files import write_text
from flows.publish import latest_run, run_folder, work_folder
from flows.publish.run_folder import CHECKSUMS, LATEST, check_pointer, checksums, finish, point_to, replace_folder

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2025, 3, 31, 9, 15, 0, tzinfo=UTC)
WORKER = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from flows.publish import work_folder
from flows.files import write_text
with work_folder(Path(sys.argv[1]), datetime(2025, 3, 31, 9, 15, 0, tzinfo=UTC)) as work:
    write_text(work / "dosir.pdf", "half")
    (work.parent / ".tulis-abc").write_text("half")
    (work.parent / ".terbaru-baru").write_text("half")
    print(work.name, flush=True)
    time.sleep(60)
"""


def make_run(output_root: Path, content: str = "x", now: datetime = NOW) -> Path:
    with work_folder(output_root, now) as work:
        write_text(work / "dosir.pdf", content)
        write_text(work / "internal" / "kendali.pdf", content)
        return finish(work, {})


def visible(output_root: Path) -> list[str]:
    return sorted(path.name for path in output_root.iterdir() if not path.name.startswith("."))


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file system that knows no symbolic links, such as most network shares."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", refuse)
        yield


# --------------------------------------------------------------------------------------------------------------------
# Appearing


def test_a_power_cut_between_the_run_and_its_pointer_is_made_good_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_run(tmp_path)
    with monkeypatch.context() as patch:

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(run_folder, "point_to", stop)
        with pytest.raises(KeyboardInterrupt):
            make_run(tmp_path, "later", NOW + timedelta(hours=1))
    assert (tmp_path / LATEST).readlink().name == "20250331T091500"

    with work_folder(tmp_path, NOW + timedelta(hours=2)):
        pass

    assert (tmp_path / LATEST).readlink().name == "20250331T101500"
    assert not list(tmp_path.glob(".terbaru*"))


def test_a_pointer_laid_for_a_run_that_never_came_is_nothing(tmp_path: Path) -> None:
    make_run(tmp_path)
    (tmp_path / ".terbaru-baru").symlink_to("20250331T111500")

    with work_folder(tmp_path, NOW + timedelta(hours=2)):
        pass

    assert (tmp_path / LATEST).readlink().name == "20250331T091500"
    assert not list(tmp_path.glob(".terbaru*"))


def test_a_run_appears_under_its_time_and_terbaru_means_it(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    assert run == tmp_path / "20250331T091500"
    assert latest_run(tmp_path) == run
    assert visible(tmp_path) == ["20250331T091500", LATEST]
    assert (tmp_path / LATEST).readlink() == Path("20250331T091500")


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_nobody_else_reads_a_run_that_is_being_made_and_everybody_the_finished_one(tmp_path: Path) -> None:
    """Volumes without masks lie in it before their own folder is closed."""
    with work_folder(tmp_path, NOW) as work:
        assert stat.S_IMODE(work.stat().st_mode) == 0o700
        run = finish(work, {})
    assert stat.S_IMODE(run.stat().st_mode) == stat.S_IMODE(tmp_path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_what_a_backup_brought_back_open_is_closed_again(tmp_path: Path) -> None:
    """An archive knows no owners: what was the house's own would be everybody's on the next computer."""
    old = [
        tmp_path / "20240331T091500" / "internal",
        tmp_path / "20250101T000000" / "internal",
        tmp_path / "pemeriksaan",
    ]
    for folder in old:
        folder.mkdir(parents=True, mode=0o755)
    with work_folder(tmp_path, NOW):
        pass
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in old] == [0o700] * 3
    assert stat.S_IMODE(old[0].parent.stat().st_mode) & 0o055


def test_what_is_listed_of_a_bound_book_is_the_hash_it_was_proven_with(tmp_path: Path) -> None:
    """A disk that spoils a book after it was proven is noticed by whoever checks the list."""
    with work_folder(tmp_path / "kota", NOW) as work:
        (work / "dosir.pdf").write_bytes(b"rusak sesudah dibuktikan")
        run = finish(work, {"dosir.pdf": "0" * 64})

    assert (run / CHECKSUMS).read_text(encoding="utf-8") == f"{'0' * 64}  dosir.pdf\n"


def test_sha256sum_agrees_with_the_checksums(tmp_path: Path) -> None:
    with work_folder(tmp_path, NOW) as work:
        for name in (
            "dosir.pdf",
            "internal/manifest-sha256.txt",
            "unggah/Blok \u96ea/1.1 berkas  ganda.pdf",
            "a/\\balik.pdf",
        ):
            write_text(work / name, name)
        write_text(work / "a" / "baris\nbaru\r.pdf", "x")
        run = finish(work, {})
    listed = (run / CHECKSUMS).read_text(encoding="utf-8")
    assert len(listed.splitlines()) == 5
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", CHECKSUMS], cwd=run, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": OK") == 5
    (run / "dosir.pdf").write_text("changed", encoding="utf-8")
    assert subprocess.run(["sha256sum", "--status", "-c", CHECKSUMS], cwd=run, check=False).returncode == 1


def test_the_checksums_are_sorted_and_do_not_list_themselves(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    names = [line.split("  ")[1] for line in (run / CHECKSUMS).read_text(encoding="utf-8").splitlines()]
    assert names == ["dosir.pdf", "internal/kendali.pdf"]
    assert checksums(run, {}) == (run / CHECKSUMS).read_text(encoding="utf-8")


def test_runs_within_one_second_get_names_of_their_own(tmp_path: Path) -> None:
    runs = [make_run(tmp_path) for _ in range(3)]
    assert [run.name for run in runs] == ["20250331T091500", "20250331T091500-2", "20250331T091500-3"]
    assert latest_run(tmp_path) == runs[-1]


def test_a_later_run_leaves_the_earlier_one_as_it_was(tmp_path: Path) -> None:
    first = make_run(tmp_path, "lama")
    before = checksums(first, {})
    second = make_run(tmp_path, "baru", NOW + timedelta(seconds=5))
    assert checksums(first, {}) == before
    assert latest_run(tmp_path) == second


def test_without_finish_nothing_stays(tmp_path: Path) -> None:
    with contextlib.suppress(ZeroDivisionError), work_folder(tmp_path, NOW) as work:
        write_text(work / "dosir.pdf", "half")
        raise ZeroDivisionError
    assert visible(tmp_path) == []
    assert not list(tmp_path.glob(".kerja-*"))


def test_long_and_unicode_paths_are_published(tmp_path: Path) -> None:
    name = "/".join(["unggah", *(f"{n} " + "\u00e9\u96ea" * 20 for n in range(8))]) + "/x.pdf"
    with work_folder(tmp_path / "kota-\u96ea" / "2024", NOW) as work:
        write_text(work / name, "x")
        run = finish(work, {})
    assert (run / name).is_file()
    assert name in (run / CHECKSUMS).read_text(encoding="utf-8")


# --------------------------------------------------------------------------------------------------------------------
# Two writers, and one that dies


def test_a_killed_run_leaves_nothing_visible_and_the_next_cleans_up(tmp_path: Path) -> None:
    first = make_run(tmp_path, "lama")
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        hidden = worker.stdout.readline().strip()
        assert (tmp_path / hidden / "dosir.pdf").is_file()
        with pytest.raises(BusyError, match=f"proses {worker.pid} "), work_folder(tmp_path, NOW):
            pytest.fail("two writers")
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert visible(tmp_path) == [first.name, LATEST]
    assert latest_run(tmp_path) == first
    assert (tmp_path / hidden).exists()
    second = make_run(tmp_path, "baru", NOW + timedelta(seconds=1))
    assert latest_run(tmp_path) == second
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {first.name, second.name, LATEST, ".kunci"}


def test_a_kill_between_the_two_renames_of_pemeriksaan_loses_nothing(tmp_path: Path) -> None:
    write_text(tmp_path / ".lama-pemeriksaan" / "temuan.xlsx", "lama")
    with work_folder(tmp_path, NOW):
        assert (tmp_path / "pemeriksaan" / "temuan.xlsx").read_text(encoding="utf-8") == "lama"
    assert not (tmp_path / ".lama-pemeriksaan").exists()


def test_a_kill_after_both_renames_of_pemeriksaan_keeps_the_new(tmp_path: Path) -> None:
    write_text(tmp_path / ".lama-pemeriksaan" / "temuan.xlsx", "lama")
    write_text(tmp_path / "pemeriksaan" / "temuan.xlsx", "baru")
    with work_folder(tmp_path, NOW):
        assert (tmp_path / "pemeriksaan" / "temuan.xlsx").read_text(encoding="utf-8") == "baru"
    assert not (tmp_path / ".lama-pemeriksaan").exists()


# --------------------------------------------------------------------------------------------------------------------
# Full disks


@pytest.mark.parametrize("broken", ["write_text", "rename", "sync_tree"])
def test_a_disk_that_fills_up_at_the_end_keeps_the_previous_run(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_run(tmp_path, "lama")
    with work_folder(tmp_path, NOW + timedelta(seconds=1)) as work:
        write_text(work / "dosir.pdf", "baru")
        with monkeypatch.context() as patch:
            patch.setattr(run_folder, broken, full_disk)
            with pytest.raises(InputsError, match="tempat penyimpanan penuh") as caught:
                finish(work, {})
    assert caught.value.exit_code is ExitCode.INPUTS
    assert "No space" not in str(caught.value)
    assert latest_run(tmp_path) == first
    assert visible(tmp_path) == [first.name, LATEST]
    assert make_run(tmp_path, "lagi", NOW + timedelta(seconds=2)).is_dir()


def test_a_disk_that_fills_up_while_working_is_passed_on(tmp_path: Path) -> None:
    first = make_run(tmp_path)
    with pytest.raises(OSError, match="No space"), work_folder(tmp_path, NOW):
        full_disk()
    assert latest_run(tmp_path) == first


def test_a_disk_that_is_full_from_the_start_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", full_disk)
    with pytest.raises(InputsError, match="tempat penyimpanan penuh"), work_folder(tmp_path, NOW):
        pytest.fail("there is no folder")


def test_a_disk_too_full_for_the_pointer_keeps_the_old_pointer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_run(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", full_disk)
        patch.setattr("flows.files.os.fsync", full_disk)
        with pytest.raises(OSError, match="No space"):
            point_to(tmp_path, "20250331T091501")
    assert latest_run(tmp_path) == first


# --------------------------------------------------------------------------------------------------------------------
# The pointer


@pytest.mark.usefixtures("no_links")
def test_where_links_fail_terbaru_is_a_text(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    assert (tmp_path / LATEST).read_text(encoding="utf-8") == run.name + "\n"
    assert not (tmp_path / LATEST).is_symlink()
    assert latest_run(tmp_path) == run
    assert not (tmp_path / f".{LATEST}-baru").exists()


def test_link_and_text_may_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same folder is written from a Windows machine one day and from the server the next."""
    for second, links in enumerate((True, False, False, True, True, False)):
        with monkeypatch.context() as patch:
            if not links:
                patch.setattr(Path, "symlink_to", full_disk)
            run = make_run(tmp_path, str(second), NOW + timedelta(seconds=second))
        assert (tmp_path / LATEST).is_symlink() == links
        assert latest_run(tmp_path) == run
    assert len(visible(tmp_path)) == 7


EVIL = [
    "../../x",
    "..",
    ".",
    "",
    "/",
    "/etc",
    "luar",
    "../luar",
    "20250331T091500/..",
    ".kerja-20250331T091500",
    "\x00",
    "a\nb",
]


@pytest.mark.parametrize("name", EVIL)
def test_terbaru_never_leads_out(name: str, tmp_path: Path) -> None:
    output_root = tmp_path / "kota" / "2024"
    for folder in (
        "x",
        "luar",
        "kota/luar",
        "kota/2024/luar",
        "kota/2024/20250331T091500",
        "kota/2024/.kerja-20250331T091500",
    ):
        (tmp_path / folder).mkdir(parents=True)
    pointer = output_root / LATEST
    pointer.write_text(name, encoding="utf-8")
    assert latest_run(output_root) is None
    if name and "\x00" not in name:
        pointer.unlink()
        pointer.symlink_to(name)
        assert latest_run(output_root) is None


@settings(max_examples=100)
@given(st.text(alphabet=st.sampled_from("./\\T0123456789-x\n ~"), max_size=24))
def test_whatever_terbaru_says_it_means_a_run_or_nothing(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    output_root = tmp_path_factory.mktemp("luaran") / "kota" / "2024"
    (output_root / "20250331T091500").mkdir(parents=True)
    (output_root / LATEST).write_text(name, encoding="utf-8")
    found = latest_run(output_root)
    assert found is None or found == output_root / "20250331T091500"
    shutil.rmtree(output_root)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"20250331T091500", b"20250331T091500\r\n", b"  20250331T091500-2\n"])
def test_a_pointer_written_by_hand(content: bytes, tmp_path: Path) -> None:
    for name in ("20250331T091500", "20250331T091500-2"):
        (tmp_path / name).mkdir()
    (tmp_path / LATEST).write_bytes(content)
    named = content.decode("latin-1").strip()
    expected = tmp_path / named if re.match(r"2025", named) else None
    assert latest_run(tmp_path) == expected


def test_a_pointer_to_a_run_that_is_gone_means_nothing(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    shutil.rmtree(run)
    assert latest_run(tmp_path) is None
    assert latest_run(tmp_path / "tiada") is None


@pytest.mark.parametrize(
    ("there", "newest"),
    [
        (["20250331T091500"], "20250331T091500"),
        (["20250331T091500", "20260101T000000", "20250401T000000-2"], "20260101T000000"),
        (["20250331T091500-10", "20250331T091500-2", "20250331T091500"], "20250331T091500-10"),
        (["20250331T091500", "20260101T000000 (salinan)", "2026", ".kerja-20260101T000000"], "20250331T091500"),
    ],
)
def test_where_copying_lost_the_link_the_newest_run_is_meant(there: list[str], newest: str, tmp_path: Path) -> None:
    """Many programs that copy leave links out; labels and ticks are looked up in the last run all the same."""
    for name in there:
        (tmp_path / name).mkdir()
    assert latest_run(tmp_path) == tmp_path / newest


def test_a_folder_in_the_pointers_place_is_refused_before_a_run_is_made(tmp_path: Path) -> None:
    check_pointer(tmp_path)
    make_run(tmp_path)
    check_pointer(tmp_path)
    (tmp_path / LATEST).unlink()
    write_text(tmp_path / LATEST, "20250331T091500\n")
    check_pointer(tmp_path)
    (tmp_path / LATEST).unlink()
    write_text(tmp_path / LATEST / "dosir.pdf", "salinan")
    with pytest.raises(InputsError, match="folder biasa") as caught:
        check_pointer(tmp_path)
    assert "Ganti namanya" in caught.value.repair


def test_a_folder_called_terbaru_is_not_touched_and_the_run_is_kept(tmp_path: Path) -> None:
    """Copying a tree over a share turns the link into a folder."""
    write_text(tmp_path / LATEST / "dosir.pdf", "salinan")
    with pytest.raises(InputsError, match="20250331T091500 sudah jadi") as caught:
        make_run(tmp_path)
    assert LATEST in caught.value.repair
    assert (tmp_path / LATEST / "dosir.pdf").read_text(encoding="utf-8") == "salinan"
    assert (tmp_path / "20250331T091500" / CHECKSUMS).is_file()


# --------------------------------------------------------------------------------------------------------------------
# Replacing a folder


def replacement(tmp_path: Path) -> tuple[Path, Path]:
    work, target = tmp_path / ".kerja-x", tmp_path / "pemeriksaan"
    write_text(work / "temuan.xlsx", "baru")
    write_text(target / "temuan.xlsx", "lama")
    write_text(target / "lain.txt", "lama")
    return work, target


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    work, target = replacement(tmp_path)
    replace_folder(work, target)
    assert {path.name for path in target.iterdir()} == {"temuan.xlsx"}
    assert (target / "temuan.xlsx").read_text(encoding="utf-8") == "baru"
    assert visible(tmp_path) == ["pemeriksaan"]
    assert not list(tmp_path.glob(".lama-*"))


@pytest.mark.parametrize("failing", [1, 2])
def test_the_old_folder_comes_back_when_the_new_cannot_take_its_place(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, target = replacement(tmp_path)
    calls = 0

    def sometimes(source: Path, aim: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise PermissionError(errno.EACCES, "in use")
        source.replace(aim)

    monkeypatch.setattr(run_folder, "rename", sometimes)
    with pytest.raises(InputsError, match="akses ditolak"):
        replace_folder(work, target)
    assert (target / "temuan.xlsx").read_text(encoding="utf-8") == "lama"
    assert (target / "lain.txt").is_file()


def test_when_even_the_way_back_fails_the_next_run_finds_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, target = replacement(tmp_path)
    calls = 0

    def once(source: Path, aim: Path) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            full_disk()
        source.replace(aim)

    with monkeypatch.context() as patch:
        patch.setattr(run_folder, "rename", once)
        with pytest.raises(InputsError):
            replace_folder(work, target)
    with work_folder(tmp_path, NOW):
        assert (target / "temuan.xlsx").read_text(encoding="utf-8") == "lama"


def test_a_first_folder_needs_nothing_to_replace(tmp_path: Path) -> None:
    write_text(tmp_path / ".kerja-x" / "a", "x")
    replace_folder(tmp_path / ".kerja-x", tmp_path / "pemeriksaan")
    assert (tmp_path / "pemeriksaan" / "a").is_file()
