"""Who a run might expose: what was looked through, what keeps a run inside the house, and who has lifted what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CHILD_CODES = frozenset({"child-number", "family-card", "child-list"})
"""Findings after which a file is never shown in edition *kirim*, lifted or not."""
SMALL_COUNTS, ALONE, LIKELY = "small-counts", "child-alone", "child-likely"
HOLDING = frozenset({SMALL_COUNTS, ALONE, LIKELY})
"""Findings after which a file is not shown in edition *kirim* until somebody lifts them: it may speak of others, or
with consent."""
PRIVACY_BLOCKING = CHILD_CODES | {SMALL_COUNTS, "photo-place-sensitive"}
"""Findings that keep DRAF – INTERNAL on every page until they are repaired or lifted."""
UNASSESSABLE, PARTLY = "privacy-unassessable", "privacy-partly"
"""Findings on files that were not looked through, or in part."""
PRIVACY_CODES = PRIVACY_BLOCKING | HOLDING | {"likely-answer", "adult-number", "photo-place", UNASSESSABLE, PARTLY}
ARRIVING = "arriving"
"""Kind of a file that was not looked through because it was still being copied."""


@dataclass(frozen=True, slots=True)
class Override:
    """One line of the history of who lifted a finding, or took that back."""

    finding_id: str
    code: str
    path: str
    date: str
    """ISO date."""
    who: str
    office: str
    reason: str
    is_withdrawn: bool = False
    """Whether this line takes back what was lifted before."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """Everything that was ever lifted in a city and year, oldest first."""

    entries: tuple[Override, ...] = ()

    @property
    def standing(self) -> dict[str, Override]:
        """Finding id → the line that lifts it, where it was not taken back later."""
        last = {entry.finding_id: entry for entry in self.entries}
        return {finding_id: entry for finding_id, entry in last.items() if not entry.is_withdrawn}


@dataclass(frozen=True, slots=True)
class PrivacyReview:
    """How far the files of a run were looked through for personal data, and what was found."""

    whole: int = 0
    """Files looked through to the end."""
    partly: int = 0
    """Files that a bound cut short."""
    unassessable: Mapping[str, int] = field(default_factory=dict)
    """Files whose content no program could read, by kind: keys of ``unassessable`` in ``validations/findings.yaml``."""
    unseen: int = 0
    """Files with readable text that nobody has looked through yet."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Finding code → how many numbers, children or pictures."""

    @property
    def is_done(self) -> bool:
        """Whether every file was gone through, or is said to be one that cannot be."""
        return self.unseen == 0
