"""The vault: what was cited once can be had again bit for bit, whatever happens to the file, the run or the disk."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from io import FileIO
from pathlib import Path

import pytest

from flows import cloning
from flows.errors import InputsError
from flows.gather import VAULT_FOLDER, Keeping, Vault, VaultError, audit, keep_evidence, take_out
from flows.history import HISTORY, contents, read_history
from flows.model import Condition, EvidenceFile, Manifest, ReadForm
from tests.builders.manifests import evidence, manifest
from tests.gather.kit import write

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2024, 11, 1)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def found(inputs: Path, files: Mapping[str, bytes]) -> tuple[Manifest, dict[str, str]]:
    """What gathering ``files`` says, which are written; a file answers the question its name begins with, if any."""
    write(inputs, files)
    cited: dict[str, list[EvidenceFile]] = {}
    others = []
    for path, content in files.items():
        file = evidence(path, "sk", sha256=digest(content), bytes=len(content))
        number = file.name.split(" ")[0]
        cited.setdefault(number, []).append(file) if number[0].isdecimal() else others.append(file)
    return manifest({key: cited[key] for key in sorted(cited)}, others), {path: str(inputs / path) for path in files}


def keep(inputs: Path, output_root: Path, files: Mapping[str, bytes], as_of: date = DAY) -> Keeping:
    """One run over ``files``."""
    history = read_history(output_root / HISTORY)
    return keep_evidence(*found(inputs, files), history, output_root, as_of)


def vault_of(output_root: Path) -> Vault:
    return Vault(output_root / VAULT_FOLDER)


def read(vault: Vault, content: bytes) -> bytes:
    with vault.open(digest(content)) as stream:
        return stream.read()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return tmp_path / "inputs"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "outputs" / "kota-uji" / "2024"


A, B = "dinkes/1.1 a.pdf", "dinkes/1.1 b.pdf"


def test_an_overwritten_and_a_deleted_file_can_be_had_again(inputs: Path, out: Path) -> None:
    keep(inputs, out, {A: b"pertama", B: b"lain"})
    (inputs / A).write_bytes(b"KEDUA!!")
    (inputs / B).unlink()
    assert read(vault_of(out), b"pertama") == b"pertama"
    assert read(vault_of(out), b"lain") == b"lain"


def test_a_content_is_kept_once_and_only_new_ones_are_copied(inputs: Path, out: Path) -> None:
    first = keep(inputs, out, {A: b"sama", B: b"sama", "dinsos/2.1 c.pdf": b"sama"})
    assert (first.new, first.bytes) == (1, 4)
    copy = vault_of(out).path(digest(b"sama"))
    before = copy.stat()
    second = keep(inputs, out, {A: b"sama", B: b"baru", "dinsos/2.1 c.pdf": b"sama"})
    assert (second.new, second.bytes) == (1, 4)
    assert copy.stat() == before


def test_only_what_counts_is_kept(inputs: Path, out: Path) -> None:
    """Cited files and forms that came back; no guide, no file nobody cites, nothing a scanner warned of."""
    files = {
        A: b"bukti",
        B: b"virus",
        "dinkes/lain.pdf": b"lain",
        "dinkes/Formulir.xlsx": b"formulir",
        "dinkes/Kosong.xlsx": b"kosong",
        "dinkes/1.1 ~$a.docx": b"kunci",
    }
    gathered, real = found(inputs, files)
    forms = (
        ReadForm("dinkes/Formulir.xlsx", "dinkes", is_taken=True, filled_cells=3),
        ReadForm("dinkes/Kosong.xlsx", "dinkes", is_taken=True),
    )
    changes: dict[str, dict[str, object]] = {
        B: {"condition": Condition.REFUSED, "detail": "virus"},
        "dinkes/1.1 ~$a.docx": {"condition": Condition.IGNORED, "detail": "lock-file"},
    }
    gathered = manifest_with(gathered, changes, forms)
    keep_evidence(gathered, real, {}, out, DAY)
    assert vault_of(out).known() == {digest(b"bukti"), digest(b"formulir")}


def manifest_with(
    gathered: Manifest, changes: Mapping[str, Mapping[str, object]], forms: tuple[ReadForm, ...] = ()
) -> Manifest:
    from dataclasses import replace

    files = tuple(replace(file, **changes.get(file.path, {})) for file in gathered.files)  # type: ignore[arg-type]
    return replace(gathered, files=files, forms=forms)


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_a_redacted_copy_counts_although_nobody_cites_it(inputs: Path, out: Path) -> None:
    """It is what the book and the upload set show; its bytes have to be there."""
    write(inputs, {"d/21B.1 Laporan.txt": b"asli", "d/21B.1 Laporan (tersamar).txt": b"tersamar"})
    gathered = manifest_of_copies(b"asli", b"tersamar")
    real = {file.path: str(inputs / file.path) for file in gathered.files}
    keep_evidence(gathered, real, {}, out, DAY)
    assert vault_of(out).known() == {digest(b"asli"), digest(b"tersamar")}


def manifest_of_copies(original: bytes, copy: bytes) -> Manifest:
    first = evidence("d/21B.1 Laporan.txt", sha256=digest(original))
    second = evidence("d/21B.1 Laporan (tersamar).txt", sha256=digest(copy), is_redacted=True, redacts=first.path)
    return manifest({"21B.1": [first]}, [second])


def test_copies_are_private_and_read_only(inputs: Path, out: Path) -> None:
    old = os.umask(0)
    try:
        keep(inputs, out, {A: b"rahasia"})
    finally:
        os.umask(old)
    copy = vault_of(out).path(digest(b"rahasia"))
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (copy, copy.parent, copy.parent.parent)]
    assert modes == [0o400, 0o700, 0o700]
    assert copy.stat().st_nlink == 1


def test_a_vault_that_was_opened_to_others_is_closed_again(inputs: Path, out: Path) -> None:
    keep(inputs, out, {A: b"satu"})
    (out / VAULT_FOLDER).chmod(0o755)
    keep(inputs, out, {A: b"satu", B: b"dua"})
    assert stat.S_IMODE((out / VAULT_FOLDER).stat().st_mode) == 0o700


def test_a_vault_that_a_backup_brought_back_open_is_closed_though_nothing_is_new(inputs: Path, out: Path) -> None:
    keep(inputs, out, {A: b"satu"})
    (out / VAULT_FOLDER).chmod(0o755)
    keep(inputs, out, {A: b"satu"})
    assert stat.S_IMODE((out / VAULT_FOLDER).stat().st_mode) == 0o700


def test_bytes_that_changed_since_they_were_hashed_are_not_kept_under_the_old_name(inputs: Path, out: Path) -> None:
    gathered, real = found(inputs, {A: b"dibaca", B: b"tetap"})
    (inputs / A).write_bytes(b"masih disalin")
    told = keep_evidence(gathered, real, {}, out, DAY)
    assert vault_of(out).known() == {digest(b"tetap")}
    file = told.manifest.file(A)
    assert (file.condition, file.detail, file.sha256) == (Condition.ARRIVING, "still-changing", "")
    assert A not in told.history
    # The next run hashes it as it is now.
    assert keep(inputs, out, {A: b"masih disalin", B: b"tetap"}).manifest.file(A).condition is Condition.GOOD
    assert read(vault_of(out), b"masih disalin") == b"masih disalin"


def test_a_file_that_vanished_meanwhile_is_arriving_and_its_twin_is_kept(inputs: Path, out: Path) -> None:
    gathered, real = found(inputs, {A: b"sama", B: b"sama"})
    (inputs / A).unlink()
    told = keep_evidence(gathered, real, {}, out, DAY)
    assert told.manifest.file(A).detail == "vanished"
    assert told.manifest.file(B).condition is Condition.GOOD
    assert vault_of(out).known() == {digest(b"sama")}


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_that_took_the_place_of_a_file_is_not_followed(inputs: Path, out: Path, tmp_path: Path) -> None:
    gathered, real = found(inputs, {A: b"rahasia lain"})
    (tmp_path / "luar").write_bytes(b"rahasia lain")
    (inputs / A).unlink()
    (inputs / A).symlink_to(tmp_path / "luar")
    keep_evidence(gathered, real, {}, out, DAY)
    assert vault_of(out).known() == set()


@pytest.mark.skipif(os.name == "nt", reason="the limit does not exist there")
def test_a_full_disk_is_said_and_costs_nothing(inputs: Path, out: Path) -> None:
    """The system refuses in the middle of a file; what was kept before stays, and the next run has all."""
    keep(inputs, out, {A: b"lama"})
    before = (out / HISTORY).read_bytes()
    files = {A: b"baru", B: b"besar" * 100_000}
    gathered = found(inputs, files)
    with most_bytes(100_000), pytest.raises(InputsError, match="tidak dapat disimpan di brankas") as caught:
        keep_evidence(*gathered, read_history(out / HISTORY), out, DAY)
    assert "sisa ruang" in caught.value.repair
    assert (out / HISTORY).read_bytes() == before
    assert not list((out / VAULT_FOLDER).glob(".*"))
    assert read(vault_of(out), b"lama") == b"lama"
    keep(inputs, out, files)
    assert read(vault_of(out), files[B]) == files[B]


@pytest.mark.skipif(os.name == "nt", reason="the limit does not exist there")
def test_no_room_for_the_history_is_said_and_the_old_one_stays(inputs: Path, out: Path) -> None:
    keep(inputs, out, {A: b"lama"})
    before = (out / HISTORY).read_bytes()
    gathered = found(inputs, {A: b"baru"})
    with most_bytes(100), pytest.raises(InputsError, match=r"Riwayat berkas .* tidak dapat disimpan"):
        keep_evidence(*gathered, read_history(out / HISTORY), out, DAY)
    assert (out / HISTORY).read_bytes() == before
    told = keep(inputs, out, {A: b"baru"})
    assert [version.sha256 for version in told.history[A].versions] == [digest(b"lama"), digest(b"baru")]


@contextmanager
def most_bytes(size: int) -> Iterator[None]:
    """Files cannot become larger than ``size`` in this process."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


_KILLED = """
import itertools, os, signal, sys
from pathlib import Path
from tests.gather.test_vault import keep
from flows import files
from flows.gather import vault

place, number, root = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
count = itertools.count(1)

def dying(work, before):
    def call(*values):
        mine = next(count)
        if before and mine == number:
            os.kill(os.getpid(), signal.SIGKILL)
        result = work(*values)
        if mine == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call

if place == "copy":
    vault._restrict = dying(vault._restrict, False)
elif place == "rename":
    vault.rename = dying(vault.rename, False)
else:
    files.rename = dying(files.rename, True)
keep(root / "inputs", root / "out", {f"dinkes/1.1 {n}.pdf": bytes([n]) * 50_000 for n in range(12)})
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize(("place", "number"), [("copy", 1), ("copy", 7), ("rename", 5), ("history", 1)])
def test_a_run_killed_while_keeping_leaves_no_wrong_copy_and_the_next_succeeds(
    tmp_path: Path, place: str, number: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, place, str(number), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == -9, done.stderr
    out = tmp_path / "out"
    assert not (out / HISTORY).exists()
    assert audit(vault_of(out), ()).mismatched == ()
    files = {f"dinkes/1.1 {n}.pdf": bytes([n]) * 50_000 for n in range(12)}
    told = keep(tmp_path / "inputs", out, files)
    health = audit(vault_of(out), frozenset(contents(told.history)))
    assert (health.copies, health.bytes) == (12, 600_000)
    assert health.mismatched == health.missing == health.orphaned == health.leftovers == ()


def test_a_tampered_copy_is_never_handed_out_and_never_overwritten(inputs: Path, out: Path, tmp_path: Path) -> None:
    told = keep(inputs, out, {A: b"asli", B: b"lain"})
    copy = vault_of(out).path(digest(b"asli"))
    copy.chmod(0o600)
    copy.write_bytes(b"palsu")
    with pytest.raises(VaultError, match="rusak"):
        read(vault_of(out), b"asli")
    keep(inputs, out, {A: b"asli", B: b"lain"})
    assert copy.read_bytes() == b"palsu"
    health = audit(vault_of(out), frozenset(contents(told.history)))
    assert health.mismatched == (digest(b"asli"),)
    taken = take_out(vault_of(out), told.history.values(), tmp_path / "ambil")
    assert [bool(one.target) for one in taken] == [False, True]
    assert "rusak" in taken[0].problem
    assert not (tmp_path / "ambil" / A).exists()


def test_a_copy_that_is_away_is_put_back_while_its_file_is_there(inputs: Path, out: Path) -> None:
    """Also where nobody cites the file any more: the history still names its content."""
    files = {A: b"asli", B: b"lain"}
    keep(inputs, out, files)
    for content in files.values():
        vault_of(out).path(digest(content)).unlink()
    with pytest.raises(VaultError, match="tidak ada di brankas"):
        read(vault_of(out), b"asli")
    (inputs / B).unlink()
    keep(inputs, out, {A: b"asli", "dinkes/catatan.pdf": b"lain"})
    assert vault_of(out).known() == {digest(b"asli"), digest(b"lain")}


def test_an_audit_names_what_does_not_belong(inputs: Path, out: Path) -> None:
    told = keep(inputs, out, {A: b"asli"})
    root = out / VAULT_FOLDER
    orphan = digest(b"tak bernama")
    write(root, {f"{orphan[:2]}/{orphan}": b"tak bernama", "zz/catatan.txt": b"x", ".tulis-abc": b"setengah"})
    gone = digest(b"hilang")
    health = audit(vault_of(out), {*contents(told.history), gone})
    assert health.missing == (gone,)
    assert health.orphaned == tuple(sorted((f"{orphan[:2]}/{orphan}", "zz/catatan.txt")))
    assert health.leftovers == (".tulis-abc",)
    keep(inputs, out, {A: b"asli", B: b"baru"})
    assert not (root / ".tulis-abc").exists()
    assert (root / "zz" / "catatan.txt").exists()


def test_what_an_operating_system_leaves_in_the_vault_is_told_and_harms_nothing(inputs: Path, out: Path) -> None:
    told = keep(inputs, out, {A: b"asli"})
    left = [".DS_Store", "Thumbs.db", "ab/desktop.ini", "ab/._x", "@eaDir/ab@SynoEAStream"]
    write(out / VAULT_FOLDER, {**dict.fromkeys(left, b"x"), "ab/.catatan": b"x"})
    health = audit(vault_of(out), set(contents(told.history)))
    assert (health.systems, health.orphaned) == (tuple(sorted(left)), ("ab/.catatan",))


def test_an_audit_says_of_a_folder_in_the_place_of_a_copy_that_it_is_in_the_way(inputs: Path, out: Path) -> None:
    """No run puts the copy back while it is there, so it must be named as what is to be moved."""
    keep(inputs, out, {A: b"asli"})
    place = vault_of(out).path(digest(b"asli"))
    place.unlink()
    place.mkdir()
    health = audit(vault_of(out), {digest(b"asli")})
    assert (health.mismatched, health.missing) == ((digest(b"asli"),), ())
    place.rename(out / "disisihkan")
    keep(inputs, out, {A: b"asli"})
    assert audit(vault_of(out), {digest(b"asli")}).mismatched == ()
    assert read(vault_of(out), b"asli") == b"asli"


def test_copies_are_cloned_where_the_file_system_can(inputs: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clone is hashed like any copy; one that holds something else is no copy."""

    def clone(target: int, _request: int, source: int) -> int:
        content = os.pread(source, 100, 0)
        return os.pwrite(target, b"lain" if content == b"berubah" else content, 0)

    monkeypatch.setattr(cloning, "ioctl", clone)
    told = keep(inputs, out, {A: b"klon", B: b"berubah"})
    assert vault_of(out).known() == {digest(b"klon")}
    assert told.bytes == 4
    assert told.manifest.file(B).detail == "still-changing"


def test_a_file_system_that_cannot_clone_is_asked_once(
    inputs: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(*values: int) -> int:
        asked.append(values)
        raise OSError(errno.EOPNOTSUPP, "no")

    monkeypatch.setattr(cloning, "ioctl", refuse)
    monkeypatch.setattr("flows.gather.vault._THREADS", 1)
    keep(inputs, out, {A: b"satu", B: b"dua"})
    assert len(asked) == 1
    assert vault_of(out).known() == {digest(b"satu"), digest(b"dua")}


def test_no_room_for_a_clone_is_a_full_disk(inputs: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: int) -> int:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(cloning, "ioctl", full)
    with pytest.raises(InputsError, match="tempat penyimpanan penuh"):
        keep(inputs, out, {A: b"satu"})


def test_a_source_that_cannot_be_read_to_its_end_is_its_own_fault(
    inputs: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that breaks off costs this file; the vault is not to blame and the others are kept."""

    class Broken(FileIO):
        def readinto(self, *_: object) -> int:
            raise OSError(errno.EIO, "gone")

    from flows.gather import hashing, vault

    monkeypatch.setattr(
        vault, "open_ordinary", lambda path: Broken(path) if path.endswith("a.pdf") else hashing.open_ordinary(path)
    )
    monkeypatch.setattr(cloning.Cloner, "clone", lambda *_: "")
    told = keep(inputs, out, {A: b"satu", B: b"dua"})
    assert told.manifest.file(A).detail == "cannot-open"
    assert vault_of(out).known() == {digest(b"dua")}


NAMES = {
    "dinkes/1.1 a.pdf": "dinkes/1.1 a (isi 1 sejak 2024-11-01).pdf",
    "dinkes/con/1.1 <b>|*?.pdf": "dinkes/_con/1.1 _b____ (isi 1 sejak 2024-11-01).pdf",
    "dinkes/1.1 baris\nbaru\u202e.pdf": "dinkes/1.1 baris_baru_ (isi 1 sejak 2024-11-01).pdf",
    "dinkes/.../1.1 tanpa akhiran. ": "dinkes/_/1.1 tanpa akhiran (isi 1 sejak 2024-11-01)",
}


@pytest.mark.skipif(os.name == "nt", reason="such names cannot exist there")
@pytest.mark.parametrize("path", NAMES)
def test_copies_are_taken_out_under_names_that_every_system_accepts(
    inputs: Path, out: Path, tmp_path: Path, path: str
) -> None:
    told = keep(inputs, out, {path: b"isi"})
    (one,) = take_out(vault_of(out), told.history.values(), tmp_path / "ambil")
    assert Path(one.target).relative_to(tmp_path / "ambil").as_posix() == NAMES[path]
    assert Path(one.target).read_bytes() == b"isi"
    assert stat.S_IMODE(Path(one.target).stat().st_mode) == 0o600


def test_taking_out_overwrites_nothing_and_makes_no_second_copy(inputs: Path, out: Path, tmp_path: Path) -> None:
    told = keep(inputs, out, {A: b"isi"})

    def taken() -> Path:
        return Path(take_out(vault_of(out), told.history.values(), tmp_path / "ambil")[0].target)

    first = taken()
    assert taken() == first
    first.write_bytes(b"catatan orang")
    second = taken()
    assert (first.read_bytes(), second.read_bytes()) == (b"catatan orang", b"isi")
    assert set(first.parent.iterdir()) == {first, second}


def test_a_very_long_name_is_shortened_and_keeps_its_ending(inputs: Path, out: Path, tmp_path: Path) -> None:
    told = keep(inputs, out, {f"dinkes/1.1 {'é' * 118}.pdf": b"isi"})
    (one,) = take_out(vault_of(out), told.history.values(), tmp_path / "ambil")
    assert one.target.endswith(" (isi 1 sejak 2024-11-01).pdf")
    assert len(Path(one.target).name.encode()) <= 220
