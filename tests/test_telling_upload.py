"""What the end of ``kla susun`` says of the ministry's application."""

from __future__ import annotations

import pytest

from flows.model import Finding, Severity, UploadState
from flows.telling_upload import tell_upload
from tests.builders.values import case


def test_progress_changes_and_troubles_are_told_with_the_place_to_tick(capsys: pytest.CaptureFixture[str]) -> None:
    ids = tuple(f"12.{number}" for number in range(1, 15))
    state = UploadState(
        274, uploaded=tuple(f"1.{n}" for n in range(120)), changed=ids, files=1234, sheet="/hasil/jawaban.xlsx",
        trouble="jawaban.xlsx sedang dibuka.",
    )  # fmt: skip
    tell_upload(state, case(privacy_checked=True).assessment)
    said = capsys.readouterr().out
    assert "Siap diunggah: 1.234 berkas" in said
    assert "Sudah diunggah: 120 dari 274; 14 berubah sejak diunggah." in said
    assert "12.12, dan 2 lainnya." in said
    assert "/hasil/jawaban.xlsx" in said
    assert "Perhatian: jawaban.xlsx sedang dibuka." in said


@pytest.mark.parametrize(
    ("is_checked", "said"), [(False, "dosir masih DRAF – INTERNAL."), (True, "1 temuan menghalangi.")]
)
def test_what_may_not_leave_the_house_is_not_called_ready(
    is_checked: bool,  # noqa: FBT001
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It said "Siap diunggah" under a dossier whose every page says DRAF – INTERNAL."""
    finding = Finding("contradicting-answers", Severity.BLOCKING, "dinkes", "1.1")
    tell_upload(UploadState(274, files=7), case(findings=[finding], privacy_checked=is_checked).assessment)
    out = capsys.readouterr().out
    assert "Siap diunggah" not in out
    assert "Disiapkan: 7 berkas" in out
    assert f"Belum boleh diunggah: {said}" in out


def test_nothing_is_said_where_nothing_was_packed(capsys: pytest.CaptureFixture[str]) -> None:
    tell_upload(None, case().assessment)
    assert capsys.readouterr().out == ""
