"""What the end of ``kla susun`` says of the ministry's application."""

from __future__ import annotations

import pytest

from flows.model import UploadState
from flows.telling_upload import tell_upload


def test_progress_changes_and_troubles_are_told_with_the_place_to_tick(capsys: pytest.CaptureFixture[str]) -> None:
    ids = tuple(f"12.{number}" for number in range(1, 15))
    state = UploadState(
        274, uploaded=tuple(f"1.{n}" for n in range(120)), changed=ids, files=1234, sheet="/hasil/jawaban.xlsx",
        trouble="jawaban.xlsx sedang dibuka.",
    )  # fmt: skip
    tell_upload(state)
    said = capsys.readouterr().out
    assert "Siap diunggah: 1.234 berkas" in said
    assert "Sudah diunggah: 120 dari 274; 14 berubah sejak diunggah." in said
    assert "12.12, dan 2 lainnya." in said
    assert "/hasil/jawaban.xlsx" in said
    assert "Perhatian: jawaban.xlsx sedang dibuka." in said


def test_nothing_is_said_where_nothing_was_packed(capsys: pytest.CaptureFixture[str]) -> None:
    tell_upload(None)
    assert capsys.readouterr().out == ""
