"""A zip is the folder it stands for: every file in it is accounted for, whatever the archive is, and none leads out."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import bounds
from flows.gather.labels import member_labels
from flows.gather.unzip import Unzip, unzip
from flows.model import ArchiveNote, Condition, EvidenceFile, Manifest, Media
from flows.validate import judge_manifest
from tests.gather.archive_cases import CASES, TEXT, UNPACKED, nested, zipped
from tests.gather.kit import city, instrument, packed, pdf, take, word, write

ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(os.name != "posix", reason="needs modes as on POSIX")


def told(file: EvidenceFile) -> tuple[Condition, str]:
    return file.condition, file.detail


def unpacked_files(state: Path) -> list[Path]:
    return sorted(path for path in (state / "arsip").rglob("*") if path.is_file())


# --------------------------------------------------------------------------------------------------------------------
# Hostile and damaged archives


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    """All cases at once, each in a folder of its own, gathered once."""
    root = tmp_path_factory.mktemp("corpus")
    write(root / "in", {f"Dinkes/{name}/berkas.zip": case.content for name, case in CASES.items()})
    return root, take(root / "in", root / "state")


@pytest.mark.parametrize("name", CASES)
def test_every_file_of_a_hostile_archive_is_accounted_for(name: str, corpus: tuple[Path, Manifest]) -> None:
    _, manifest = corpus
    path = f"Dinkes/{name}/berkas.zip"
    inside = {
        file.path.removeprefix(f"{path}/"): told(file) for file in manifest.files if file.path.startswith(f"{path}/")
    }
    assert told(manifest.file(path)) == CASES[name].archive
    assert inside == CASES[name].members


def test_the_corpus_is_large_and_leads_nowhere(corpus: tuple[Path, Manifest]) -> None:
    root, manifest = corpus
    assert len(CASES) >= 40
    assert sorted(path.name for path in root.iterdir()) == ["in", "state"]
    names = {path.name for path in unpacked_files(root / "state")}
    assert {name for name in names if not name.isdecimal()} == {"isi.json"}
    assert all(file.sha256 for file in manifest.files if file.condition.is_readable)
    assert not any(file.container and not file.path.startswith(f"{file.container}/") for file in manifest.files)


@posix_only
def test_nobody_else_may_look_into_what_was_unpacked(corpus: tuple[Path, Manifest]) -> None:
    root, _ = corpus
    for path in (root / "state" / "arsip").rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077 or path.name == "isi.json"
    assert stat.S_IMODE((root / "state" / "arsip").stat().st_mode) == 0o700


NAME = st.text(max_size=12) | st.text(alphabet="aAbB./\\: ~\u0301é•\x00\x1f\u202e", max_size=20)


@given(st.lists(NAME, max_size=12))
def test_labels_are_different_and_look_like_paths_of_a_folder(names: list[str]) -> None:
    labels = member_labels(names)
    assert len(labels) == len({label.casefold() for label in labels}) == len(names)
    for label in labels:
        parts = label.split("/")
        assert not {"", ".", ".."} & set(parts)
        assert "\\" not in label
        assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & {unicodedata.category(char) for char in label}
        assert not any(other.casefold().startswith(f"{label.casefold()}/") for other in labels)
        label.encode()


def test_thousands_of_equal_names_cost_no_more_than_thousands_of_looks() -> None:
    assert len(set(member_labels(["a.txt"] * 20_000))) == 20_000


# --------------------------------------------------------------------------------------------------------------------
# What an archive proves


def test_members_cite_questions_as_files_of_folders_do(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "Dinkes/12.1 berkas.zip": packed(
                {"laporan.pdf": pdf(["LAPORAN"]), "14.1/foto.txt": TEXT * 2, "12.2 lain.pdf": pdf(["x"])}
            ),
            "Dinkes/klaster 3.zip": packed({"14/a.txt": TEXT}),
            "1.4 tercecer.zip": packed({"b.txt": b"Isi rekaan yang lain sama sekali"}),
        },
    )
    manifest = take(root)
    assert manifest.questions_of() == {
        "1.4 tercecer.zip/b.txt": ("1.4",),
        "Dinkes/12.1 berkas.zip/12.2 lain.pdf": ("12.2",),
        "Dinkes/12.1 berkas.zip/14.1/foto.txt": ("14.1",),
        "Dinkes/12.1 berkas.zip/laporan.pdf": ("12.1",),
    }
    assert manifest.file("Dinkes/klaster 3.zip/14/a.txt").suggestions == ("14.1", "14.2", "14.10")
    assert manifest.file("Dinkes/12.1 berkas.zip/laporan.pdf").kinds == ("laporan",)
    archive = manifest.file("Dinkes/12.1 berkas.zip")
    assert (told(archive), archive.media, archive.suggestions, archive.agency_id) == (
        UNPACKED, Media.ARCHIVE, (), "dinkes",
    )  # fmt: skip
    said = {(finding.code, finding.path) for finding in judge_manifest(city(), instrument(), manifest)}
    assert not [path for _, path in said if path.endswith(".zip")]
    assert ("uncited-file", "Dinkes/klaster 3.zip/14/a.txt") in said


def test_other_archives_are_named_with_their_repair(tmp_path: Path) -> None:
    write(
        tmp_path, {"Dinkes/12.1 data.rar": b"Rar!\x1a\x07\x01\0" + b"\0" * 90, "Dinkes/x.tar.gz": b"\x1f\x8b\x08" * 9}
    )
    manifest = take(tmp_path)
    found = [finding for finding in judge_manifest(city(), instrument(), manifest) if finding.path]
    assert [(finding.code, finding.path, finding.question_id) for finding in found] == [
        ("archive-not-opened", "Dinkes/12.1 data.rar", "12.1"),
        ("archive-not-opened", "Dinkes/x.tar.gz", ""),
    ]
    assert not any(file.condition.is_readable for file in manifest.files)


def test_a_document_that_is_a_zip_inside_stays_a_document(tmp_path: Path) -> None:
    files = {"Dinkes/surat.zip": word("KEPUTUSAN"), "Dinkes/buku.epub": packed({"mimetype": b"application/epub+zip"})}
    manifest = take(write(tmp_path, files))
    assert {file.name: (file.condition, file.media) for file in manifest.files} == {
        "surat.zip": (Condition.WRONG_EXTENSION, Media.TEXT_DOCUMENT),
        "buku.epub": (Condition.GOOD, Media.ARCHIVE),
    }


# --------------------------------------------------------------------------------------------------------------------
# Bounds


def test_what_goes_beyond_a_bound_is_listed_or_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ARCHIVE_MEMBERS", 3)
    write(tmp_path / "in", {"Dinkes/a.zip": zipped(*((f"{n}.txt", TEXT) for n in range(5)))})
    manifest = take(tmp_path / "in", tmp_path / "state")
    assert [file.name for file in manifest.files] == ["a.zip", "0.txt", "1.txt", "2.txt"]
    assert manifest.archives == (ArchiveNote("Dinkes/a.zip", "dinkes", 3, 2),)
    [finding] = [
        each for each in judge_manifest(city(), instrument(), manifest) if each.code == "archive-partly-listed"
    ]
    assert (finding.values["count"], finding.values["left"]) == ("3", "2")
    assert take(tmp_path / "in", tmp_path / "state") == manifest
    monkeypatch.setattr(bounds, "ARCHIVE_MEMBERS", 9)
    assert len(take(tmp_path / "in", tmp_path / "state").files) == 6, "an older and stricter answer was used again"


def test_bytes_are_counted_over_archives_within_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped(("dalam.txt", TEXT * 40))
    monkeypatch.setattr(bounds, "ARCHIVE_BYTES", len(inner) + len(TEXT) * 20)
    write(tmp_path, {"Dinkes/a.zip": zipped(("b.zip", inner), ("c.txt", TEXT * 10))})
    assert {file.name: told(file) for file in take(tmp_path).files} == {
        "a.zip": UNPACKED,
        "b.zip": UNPACKED,
        "c.txt": (Condition.GOOD, ""),
        "dalam.txt": (Condition.REFUSED, "archive-full"),
    }


@pytest.mark.parametrize(
    ("bound", "value", "detail"),
    [("ARCHIVE_MEMBER_BYTES", 100, "archive-member-too-large"), ("ARCHIVE_SECONDS", -1.0, "archive-slow")],
)
def test_one_member_and_the_time_are_bounded(
    bound: str, value: float, detail: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, bound, value)
    (tmp_path / "a.zip").write_bytes(zipped(("a.txt", TEXT * 9)))
    (tmp_path / "to").mkdir()
    unpacked = unzip(Unzip(str(tmp_path / "a.zip"), str(tmp_path / "to"), 10**9, 10, 10**9))
    assert [(one.condition, one.detail) for one in unpacked.members] == [(Condition.REFUSED, detail)]
    assert unpacked.is_passing is (detail == "archive-slow")
    assert list((tmp_path / "to").iterdir()) == []


def test_a_full_disk_costs_the_archive_its_files_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "ARCHIVE_FREE_BYTES", 10**18)
    write(tmp_path / "in", {"Dinkes/a.zip": zipped(("a.txt", TEXT))})
    first = take(tmp_path / "in", tmp_path / "state").file("Dinkes/a.zip/a.txt")
    assert told(first) == (Condition.REFUSED, "archive-no-space")
    monkeypatch.undo()
    assert told(take(tmp_path / "in", tmp_path / "state").file("Dinkes/a.zip/a.txt")) == (Condition.GOOD, "")


# --------------------------------------------------------------------------------------------------------------------
# Kept, renewed, removed


def test_unchanged_archives_are_not_unpacked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, state = write(tmp_path / "in", {"Dinkes/a.zip": nested(2)}), tmp_path / "state"
    first = take(root, state)
    before = {path: path.stat().st_mtime_ns for path in unpacked_files(state)}
    monkeypatch.setattr("flows.gather.archives.ArchiveRoom._make", None)
    assert take(root, state) == first
    assert {path: path.stat().st_mtime_ns for path in unpacked_files(state)} == before


def test_what_was_deleted_or_changed_behind_our_back_is_unpacked_again(tmp_path: Path) -> None:
    root, state = (
        write(tmp_path / "in", {"Dinkes/a.zip": zipped(("a.txt", TEXT), ("b.txt", TEXT * 2))}),
        tmp_path / "st",
    )
    first = take(root, state)
    folder = next((state / "arsip").rglob("1")).parent
    (folder / "1").unlink()
    assert take(root, state) == first
    (folder / "1").write_bytes(b"x" * len(TEXT))
    assert take(root, state) == first
    assert (folder / "1").read_bytes() == TEXT
    (folder / "isi.json").write_text("{")
    assert take(root, state) == first
    shutil.rmtree(state)
    assert take(root, state) == first
    assert take(root, state, fresh=True) == first


def test_what_is_left_of_archives_that_are_gone_is_removed(tmp_path: Path) -> None:
    root, state = write(tmp_path / "in", {"Dinkes/a.zip": nested(1), "Dinkes/b.zip": nested(2)}), tmp_path / "state"
    take(root, state)
    home = next((state / "arsip").rglob("isi.json")).parent.parent
    assert len(list(home.iterdir())) == 2, "the inner archive of b.zip has the content of a.zip"
    (home / "baru-setengah").mkdir()
    (root / "Dinkes/b.zip").unlink()
    take(root, state, only=["dinkes"])
    assert len(list(home.iterdir())) == 3, "a run over some agencies knows nothing of the others"
    take(root, state)
    assert len(list(home.iterdir())) == 1


KILLED = """
import sys
from pathlib import Path
from flows.gather import archives
from tests.gather.kit import take
def stop(*_):
    print("half", flush=True)
    sys.stdin.read()
archives.unpacked_as_text = stop
if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_run_killed_while_unpacking_leaves_nothing_that_is_believed(tmp_path: Path) -> None:
    root, state = write(tmp_path / "in", {"Dinkes/a.zip": zipped(("a.txt", TEXT))}), tmp_path / "state"
    (tmp_path / "killed.py").write_text(KILLED)
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "killed.py"), str(root), str(state)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.kill()
    assert [path.name for path in unpacked_files(state)] == ["1"]
    assert told(take(root, state).file("Dinkes/a.zip/a.txt")) == (Condition.GOOD, "")
    assert [path.name for path in unpacked_files(state)] == ["1", "isi.json"]


def test_large_archives_are_unpacked_within_bounds_of_memory(tmp_path: Path) -> None:
    """A member of many megabytes goes through in pieces; what it says of its size is not asked."""
    (tmp_path / "to").mkdir()
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.bin", b"\0" * 30_000_000)
    started = time.perf_counter()
    [member] = unzip(Unzip(str(tmp_path / "a.zip"), str(tmp_path / "to"), 10**9, 10, 10**9)).members
    assert (member.bytes, member.number) == (30_000_000, 1)
    assert time.perf_counter() - started < 30
