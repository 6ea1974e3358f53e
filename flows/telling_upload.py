"""Whether files may go into the ministry's application, and how far the operator has come with it, in words."""

from __future__ import annotations

from flows.console import print_result
from flows.model import Assessment, UploadState
from flows.wording import DRAFT, number

SHOWN_CHANGED = 12
"""Questions changed since their upload that are named."""


def tell_upload(state: UploadState | None, assessment: Assessment) -> None:
    """Say what was packed, whether it may go, how much is uploaded, where to tick; nothing where nothing was packed."""
    if state is None:
        return
    hindrance = _hindrance(assessment)
    print_result(
        f"{'Disiapkan' if hindrance else 'Siap diunggah'}: {number(state.files)} berkas; "
        f"{number(state.withheld)} dokumen diperlihatkan saat verifikasi, "
        f"{number(state.left_out)} tidak dapat disiapkan (sebabnya di kolom Catatan berkas)."
    )
    if hindrance:
        print_result(f"  Belum boleh diunggah: {hindrance}")
    changed = f"; {number(len(state.changed))} berubah sejak diunggah" if state.changed else ""
    print_result(f"Sudah diunggah: {number(len(state.uploaded))} dari {number(state.questions)}{changed}.")
    if state.changed:
        more = len(state.changed) - SHOWN_CHANGED
        shown = ", ".join(state.changed[:SHOWN_CHANGED]) + (f", dan {number(more)} lainnya" if more > 0 else "")
        print_result(f"  Unggah ulang: {shown}.")
    print_result(f"  Beri tanda ✓ di {state.sheet}")
    if state.trouble:
        print_result(f"  Perhatian: {state.trouble}")


def _hindrance(assessment: Assessment) -> str:
    """What still forbids to upload anything, with the repair; empty where nothing does."""
    if not assessment.privacy_checked:
        return f"dosir masih {DRAFT}. Bereskan dahulu data pribadi yang disebut di atas."
    blocking = sum(finding.blocks for finding in assessment.findings)
    return f"{number(blocking)} temuan menghalangi. Bereskan dahulu; lihat internal/kendali.pdf." if blocking else ""
