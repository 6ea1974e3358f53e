"""A round of spoilt files, so that what runs for an hour by hand is known to work, and finds what it should."""

from __future__ import annotations

import random
import sys

import pytest

from flows.model import Manifest
from tests.builders.values import evidence_file
from tests.fuzz import readers
from tests.fuzz.mutations import mutate
from tests.gather.kit import packed, pdf, workbook

SEEDS = {
    ".pdf": pdf(["Laporan rekaan 2023"]),
    ".xlsx": workbook([["Kelurahan", "Jumlah"], ["Contoh", 3]]),
    ".zip": packed({"a.txt": b"isi"}),
}


@pytest.mark.parametrize("suffix", SEEDS)
def test_mistakes_are_repeatable_and_change_something(suffix: str) -> None:
    """A file that was kept can be made again from the number of its round."""
    spoilt, again = ([mutate(SEEDS[suffix], random.Random(number)) for number in range(30)] for _ in range(2))  # noqa: S311  # repeatable

    assert spoilt == again
    assert len(set(spoilt)) > 20


def test_a_round_accounts_for_every_file(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop ends well on files of every kind of the demo city."""
    monkeypatch.setattr(sys, "argv", ["readers", "--seconds", "0.01", "--seed", "7"])

    code = readers.main()

    said = capsys.readouterr().out
    assert code == 0, said
    assert said.startswith("1 rounds, ")
    assert said.endswith("0 faults\n")


def test_a_file_that_gets_lost_is_a_fault() -> None:
    """The loop would notice: a manifest without one of the files, or with one of them twice."""
    names = ["Dinas/12.1 a.pdf", "Dinas/12.1 b.pdf"]
    files = tuple(evidence_file(name) for name in names)

    assert not readers.unaccounted(Manifest(files, ()), names)
    assert names[1] in readers.unaccounted(Manifest(files[:1], ()), names)
    assert names[0] in readers.unaccounted(Manifest((files[0], *files), ()), names)
