"""Precision and recall of what the privacy scan finds in a labelled set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What was rightly found, wrongly found and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def __str__(self) -> str:
        shares = f"precision {self.precision:.4f}  recall {self.recall:.4f}"
        return f"{shares}  (found {self.right}, false {self.wrong}, missed {self.missed})"
