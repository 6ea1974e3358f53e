"""How far the operator has come with the ministry's application, in words."""

from __future__ import annotations

from flows.console import print_result
from flows.model import UploadState
from flows.wording import number

SHOWN_CHANGED = 12
"""Questions changed since their upload that are named."""


def tell_upload(state: UploadState | None) -> None:
    """Say what lies ready, how much of it is uploaded, and where to tick; nothing where nothing was packed."""
    if state is None:
        return
    print_result(
        f"Siap diunggah: {number(state.files)} berkas; {number(state.withheld)} dokumen diperlihatkan saat verifikasi, "
        f"{number(state.left_out)} tidak dapat disiapkan (sebabnya di kolom Catatan berkas)."
    )
    changed = f"; {number(len(state.changed))} berubah sejak diunggah" if state.changed else ""
    print_result(f"Sudah diunggah: {number(len(state.uploaded))} dari {number(state.questions)}{changed}.")
    if state.changed:
        more = len(state.changed) - SHOWN_CHANGED
        shown = ", ".join(state.changed[:SHOWN_CHANGED]) + (f", dan {number(more)} lainnya" if more > 0 else "")
        print_result(f"  Unggah ulang: {shown}.")
    print_result(f"  Beri tanda ✓ di {state.sheet}")
    if state.trouble:
        print_result(f"  Perhatian: {state.trouble}")
