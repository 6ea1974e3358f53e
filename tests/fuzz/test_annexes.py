"""A small round of spoilt files that become pages, and that the loop would notice what must not happen."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import pytest

from flows.model import Media
from flows.render.annex import Job
from flows.render.values import Prepared
from tests.builders.prepared import A4, write_prepared
from tests.fuzz import annexes
from tests.render.annex.page_kit import marked


def test_a_round_gives_every_file_pages_or_a_reason(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loop ends well on files of every family of the demo city."""
    monkeypatch.setattr(sys, "argv", ["annexes", "--seconds", "0.01", "--seed", "7", "--office", "0"])
    monkeypatch.setattr(annexes, "FILES", 16)

    code = annexes.main()

    said = capsys.readouterr().out
    assert code == 0, said
    assert said.startswith("1 rounds, 16 files")
    assert ": pages" in said
    assert said.endswith("0 faults\n")


def job(folder: Path, name: str) -> Job:
    path = folder / name
    path.write_bytes(name.encode())
    return Job(path, sha256(name.encode()).hexdigest(), Media.PDF, "Contoh", folder)


@pytest.mark.parametrize(
    "answer",
    [None, Prepared(Path(), 0), Prepared(Path("a"), 1, trouble="damaged"), Prepared(Path(), 0, trouble="entah")],
    ids=["lost", "neither", "both", "a reason without words"],
)
def test_a_file_without_an_answer_is_a_fault(tmp_path: Path, answer: Prepared | None) -> None:
    good, bad = job(tmp_path, "baik.pdf"), job(tmp_path, "buruk.pdf")
    found = {good.key: Prepared(tmp_path / "halaman.pdf", 1)}

    assert not annexes.unanswered(found, [good])
    assert "buruk.pdf" in annexes.unanswered(found | ({bad.key: answer} if answer else {}), [good, bad])


def test_pages_that_cannot_be_bound_or_do_something_are_a_fault(tmp_path: Path) -> None:
    """One of them is named, by the folder in which it lies."""
    prepared = []
    for name, promised in (("baik", 2), ("kurang", 3)):
        path = tmp_path / name / "halaman.pdf"
        path.parent.mkdir()
        write_prepared(path, [A4] * 2, words=f"Isi {name}")
        prepared.append(Prepared(path, promised))
    said = annexes.unbound(prepared, tmp_path)
    assert "kurang: " in said
    assert "baik: " not in said
    assert annexes.active_in(prepared[0].path) == ""
    assert "/AA" in annexes.active_in(marked(tmp_path / "a.pdf", {"/AA": {}}))
