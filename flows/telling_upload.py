"""Whether files may go into the ministry's application, and how far the operator has come with it, in words."""

from __future__ import annotations

from flows.console import print_result
from flows.model import Assessment, Hindrance, UploadState
from flows.page_wording import DRAFT
from flows.wording import number

SHOWN_CHANGED = 12
"""Questions changed since their upload that are named."""


def tell_upload(state: UploadState | None, assessment: Assessment) -> None:
    """Say what was packed, whether it may go, how much is uploaded, where to tick; nothing where nothing was packed."""
    if state is None:
        return
    print_result(
        f"{'Disiapkan' if assessment.hindrance else 'Siap diunggah'}: {number(state.files)} berkas; "
        f"{number(state.withheld)} dokumen diperlihatkan saat verifikasi, "
        f"{number(state.left_out)} tidak dapat disiapkan (sebabnya di kolom Catatan berkas)."
    )
    if assessment.hindrance:
        print_result(f"  Belum boleh diunggah: {_reason(assessment)}")
    changed = f"; {number(len(state.changed))} berubah sejak diunggah" if state.changed else ""
    print_result(f"Sudah diunggah: {number(len(state.uploaded))} dari {number(state.questions)}{changed}.")
    if state.changed:
        more = len(state.changed) - SHOWN_CHANGED
        shown = ", ".join(state.changed[:SHOWN_CHANGED]) + (f", dan {number(more)} lainnya" if more > 0 else "")
        print_result(f"  Unggah ulang: {shown}.")
    print_result(f"  Beri tanda ✓ di {state.sheet}")
    if state.trouble:
        print_result(f"  Perhatian: {state.trouble}")


def _reason(assessment: Assessment) -> str:
    """What forbids to upload anything, with the repair."""
    if assessment.hindrance is Hindrance.DRAFT:
        return f"dosir masih {DRAFT}. Bereskan dahulu data pribadi yang disebut di atas."
    return f"{number(assessment.blocking)} temuan menghalangi. Bereskan dahulu; lihat internal/kendali.pdf."
