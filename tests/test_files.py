"""Files appear whole or not at all, and one process at a time writes to a city and year."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import files
from flows.errors import BusyError, ExitCode, InputsError, os_reason
from flows.files import csv_rows, csv_text, one_writer, put_away, rename, sync_tree, write_bytes, write_json, write_text
from flows.history import read_history
from flows.overrides import read_overrides
from flows.register import read_register

ROOT = Path(__file__).resolve().parents[1]
HOLDER = """
import sys, time
from pathlib import Path
from flows.files import one_writer
with one_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@contextlib.contextmanager
def another_process(output_root: Path) -> Iterator[subprocess.Popen[str]]:
    """A real process that holds the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(output_root)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


# --------------------------------------------------------------------------------------------------------------------
# Writing


def test_text_is_written_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "berkas \u96ea.txt"
    write_text(path, "satu\r\ndua\rtiga\n\u96ea")
    assert path.read_bytes() == "satu\r\ndua\rtiga\n\u96ea".encode()
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name]


def test_what_was_there_stays_when_the_new_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_json(path, {"lama": True})
    for broken in ("fsync", "fdopen"):
        with monkeypatch.context() as patch:
            patch.setattr(f"flows.files.os.{broken}", full_disk)
            with pytest.raises(OSError, match="No space"):
                write_text(path, "baru")
        assert json.loads(path.read_text(encoding="utf-8")) == {"lama": True}
        assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_an_interrupted_write_leaves_no_crumbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.files.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "a", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_rename_waits_out_who_holds_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "RENAME_PAUSE_SECONDS", 0.001)
    tries = 0
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise PermissionError(errno.EACCES, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    (tmp_path / "a").write_text("x", encoding="utf-8")
    rename(tmp_path / "a", tmp_path / "b")
    assert tries == 4
    assert (tmp_path / "b").read_text(encoding="utf-8") == "x"

    tries = -1000
    (tmp_path / "a").write_text("y", encoding="utf-8")
    with pytest.raises(PermissionError):
        rename(tmp_path / "a", tmp_path / "b")
    assert tries == -1000 + files.RENAME_TRIES
    assert (tmp_path / "b").read_text(encoding="utf-8") == "x"


def test_syncing_a_tree_asks_for_every_file_and_minds_nothing_odd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b/c", "b/d/e"):
        write_text(tmp_path / name, "x")
    (tmp_path / "putus").symlink_to("tiada")
    synced = 0

    def count(_: int) -> None:
        nonlocal synced
        synced += 1

    monkeypatch.setattr("flows.files.os.fsync", count)
    sync_tree(tmp_path)
    assert synced >= 3


def test_what_is_put_away_was_asked_to_the_disk_before_and_is_read_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory is given back only of what lies on the disk; where a system cannot do that, nothing is lost."""
    asked = []
    monkeypatch.setattr("flows.files.os.fsync", lambda _: asked.append("disk"))
    monkeypatch.setattr("flows.files.os.posix_fadvise", lambda *_: asked.append("memory"), raising=False)
    monkeypatch.setattr("flows.files.os.POSIX_FADV_DONTNEED", 4, raising=False)
    book = tmp_path / "dosir.pdf"
    book.write_bytes(bytes(range(256)) * 5_000)
    put_away(book)
    assert asked == ["disk", "memory"]
    monkeypatch.delattr("flows.files.os.posix_fadvise")
    put_away(book)
    put_away(tmp_path / "tidak-ada.pdf")
    monkeypatch.undo()
    put_away(book)
    assert book.read_bytes() == bytes(range(256)) * 5_000


def test_every_reason_of_the_system_is_said_in_indonesian() -> None:
    for code in errno.errorcode:
        error = OSError(code, os.strerror(code))
        assert os.strerror(code) not in os_reason(error)
    assert os_reason(OSError("oddity")) == "sebab tidak diketahui"
    assert os_reason(OSError(errno.ENOSPC, "x")) == "tempat penyimpanan penuh"


ODD = st.text(alphabet=st.sampled_from("=+-@\t\r\n;,'\"\uff1d\uff20 a1|!"), max_size=10)
ROWS = st.lists(st.lists(st.text(max_size=12) | ODD, min_size=2, max_size=3), max_size=6)


@given(ROWS)
def test_any_text_survives_a_csv(rows: list[list[str]]) -> None:
    text = csv_text(rows)
    assert csv_rows(text) == rows
    if not any("\r" in cell for row in rows for cell in row):
        assert "\r" not in text


@given(ROWS)
def test_no_spreadsheet_finds_a_formula_in_a_csv(rows: list[list[str]]) -> None:
    """Whichever sign sets cells apart: where the comma is the decimal sign, Excel takes the semicolon."""
    text = csv_text(rows)
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not any(cell.lstrip('"').startswith(tuple("=+-@\t\r\uff1d\uff20")) for cell in row), (text, row)


def test_numbers_and_harmless_text_stand_in_a_csv_as_they_are() -> None:
    assert csv_text([[-5, "a-b", "'kutip'", "12.1; 12.2", "a = b"]]) == "-5,a-b,'kutip',12.1; 12.2,a = b\n"
    assert csv_text([["=HYPERLINK(1)", "+cmd|' /C calc'!A0"]]) == "'=HYPERLINK(1),'+cmd|' /C calc'!A0\n"


# --------------------------------------------------------------------------------------------------------------------
# The lock


def test_a_second_process_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    output_root = tmp_path / "kota-uji" / "2024"
    with another_process(output_root) as process:
        with pytest.raises(BusyError) as caught, one_writer(output_root):
            pytest.fail("two writers")
        assert f"proses {process.pid} " in caught.value.message
        assert str(output_root) in caught.value.message
        assert "sejak pukul" in caught.value.message
        assert caught.value.repair
        assert caught.value.exit_code is ExitCode.INPUTS
    with one_writer(output_root):
        assert json.loads((output_root / ".kunci.json").read_text(encoding="utf-8"))["pid"] == os.getpid()
    assert not (output_root / ".kunci.json").exists()


def test_another_city_or_year_is_free(tmp_path: Path) -> None:
    with one_writer(tmp_path / "a" / "2024"), one_writer(tmp_path / "a" / "2025"), one_writer(tmp_path / "b" / "2024"):
        pass


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
        for _ in range(50):
            try:
                with one_writer(tmp_path):
                    return
            except BusyError:
                time.sleep(0.02)
    pytest.fail("the lock of a dead process is still held")


@pytest.mark.parametrize("holder", ["", "{", "[]", "{}", '"x"', '{"pid": 1}', "\udcff"])
def test_who_holds_it_may_be_unknown(holder: str, tmp_path: Path) -> None:
    with one_writer(tmp_path):
        (tmp_path / ".kunci.json").write_bytes(holder.encode("utf-8", "surrogateescape"))
        with pytest.raises(BusyError, match="proses lain"), one_writer(tmp_path):
            pass


def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), one_writer(tmp_path):
        raise ValueError("x")
    with one_writer(tmp_path):
        pass


def test_a_full_disk_is_a_sentence_and_gives_the_lock_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("flows.files.os.fsync", full_disk)
        with pytest.raises(InputsError, match="tempat penyimpanan penuh"), one_writer(tmp_path):
            pytest.fail("no holder could be written")
    with one_writer(tmp_path):
        pass


def test_a_file_in_the_way_of_the_outputs_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "kota").write_text("x", encoding="utf-8")
    with pytest.raises(InputsError) as caught, one_writer(tmp_path / "kota" / "2024"):
        pass
    assert "--outputs" in caught.value.repair
    assert "Errno" not in str(caught.value)
    assert "directory" not in str(caught.value)


@pytest.mark.parametrize("read", [read_history, read_register, read_overrides])
@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_list_that_may_not_be_opened_is_never_said_to_be_damaged(
    read: Callable[[Path], object], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New staff under another account would follow the advice for a damaged one, and remove what is whole."""
    path = tmp_path / "catatan.csv"
    path.write_text("utuh", encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise OSError(code, "no")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputsError, match="tidak dapat dibuka") as refused:
        read(path)

    assert "jangan dihapus" in refused.value.repair
    assert "rusak" not in refused.value.message
