"""What differs between a run and now."""

from __future__ import annotations

from dataclasses import dataclass

from flows.model.assessment import Finding


@dataclass(frozen=True, slots=True)
class Since:
    """What differs between a run and now; paths are those of the year's input folder, in their order."""

    run_id: str
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    gone: tuple[str, ...]
    settled: int
    """Findings that block or must be completed and that are no more."""
    new: tuple[Finding, ...]
    """Findings of that weight that were not there."""
    completed: tuple[str, ...]
    """Questions to which such findings belonged then, and none does now."""
    fallen: tuple[str, ...]
    """Questions the other way round."""

    @property
    def is_alike(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.replaced or self.gone or self.settled or self.new)
