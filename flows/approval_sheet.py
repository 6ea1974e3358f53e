"""Whether the approval sheet that a city has laid down can stand in its book, by what gathering has seen of it."""

from __future__ import annotations

from enum import StrEnum

from flows import bounds
from flows.model import EvidenceFile


class SheetFlaw(StrEnum):
    """Why it cannot; the book then holds the blank sheet, and a finding says why."""

    CONDITION = "approval-condition"
    """It could not be opened: damaged, locked, empty, refused, still being copied."""
    KIND = "approval-kind"
    """It has no pages: neither a PDF nor a picture, whatever its name says."""
    PAGES = "approval-pages"
    SIGNATURE = "approval-signature"
    """It is signed electronically, and a signature is broken or unknown, or something was added after the last."""


def sheet_flaw(file: EvidenceFile) -> SheetFlaw | None:
    """What is wrong with the sheet; None for one that can be used.

    Judged by validation, which tells it, and by rendering, which prints the blank one: both must say the same.
    """
    if not file.condition.is_readable:
        return SheetFlaw.CONDITION
    if not file.pages:
        return SheetFlaw.KIND
    if file.has_signature:
        return None if _is_whole(file) else SheetFlaw.SIGNATURE
    return SheetFlaw.PAGES if file.pages > bounds.APPROVAL_PAGES else None


def _is_whole(file: EvidenceFile) -> bool:
    signatures = file.signatures
    return bool(signatures) and all(each.is_intact for each in signatures) and signatures[-1].covers_file
