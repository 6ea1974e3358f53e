"""Progress where no terminal is: few lines, and the last count of a stage is the whole."""

from __future__ import annotations

import pytest

from flows.progress import Progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that progress sees; a test moves it on."""
    now = [0.0]
    monkeypatch.setattr("flows.progress.time.monotonic", lambda: now[0])
    return now


def test_a_stage_never_ends_with_nine_of_ten(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        for done in range(1, 11):
            clock[0] += 1.0
            progress.report("keep", done, 10)
        progress.report("assess", 0, 0)
        progress.report("gather", 0, 0)
        for done in range(1, 9):
            clock[0] += 1.0
            progress.report("gather", done, 0)

    assert capsys.readouterr().err.splitlines() == [
        "Menyimpan salinan bukti …",
        "  6 dari 10",
        "  10 dari 10",
        "Menilai kelengkapan …",
        "Mengumpulkan dan memeriksa berkas …",
        "  5 berkas",
        "  8 berkas",
    ]


def test_a_short_stage_is_not_counted(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        progress.report("keep", 3, 3)
        progress.report("assess", 0, 0)

    assert capsys.readouterr().err.splitlines() == ["Menyimpan salinan bukti …", "Menilai kelengkapan …"]


def test_what_broke_off_is_not_said_to_be_whole(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress.report("keep", 1, 10)
    clock[0] += 6.0
    progress.report("keep", 5, 10)
    progress.report("keep", 6, 10)
    progress.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert capsys.readouterr().err.splitlines() == ["Menyimpan salinan bukti …", "  5 dari 10"]
