"""Where a file that nobody cites might belong: a suggestion for a person to take or leave, never a citation."""

from __future__ import annotations

from collections.abc import Sequence

from flows.gather.cite import Reading
from flows.model import Agency, EvidenceFile, Framework

MOST = 3
"""Suggestions that are guesses; a number in the name suggests all it stands for."""


class Adviser:
    """Suggests questions for the files of one agency.

    Args:
        framework: The instrument.
        agency: Whose files they are; None where nobody is known.
    """

    def __init__(self, framework: Framework, agency: Agency | None) -> None:
        self._kinds = framework.kinds
        self._questions = {question.id: question for question in framework.questions}
        roles = set(agency.roles) if agency else set()
        self._own = {question.id for question in framework.questions if roles & set(question.suppliers)}

    def suggest(self, file: EvidenceFile, reading: Reading) -> tuple[str, ...]:
        """Question ids, likeliest first: by number, else by indicator or block folder, else by topic and kind."""
        if reading.hinted:
            return self._preferred(reading.hinted)
        if reading.around:
            return self._ranked(file, self._preferred(reading.around))[:MOST]
        about = [
            question_id
            for question_id in self._questions
            if question_id in self._own and self._overlap(file, question_id)
        ]
        return self._ranked(file, about)[:MOST]

    def _preferred(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Those the agency supplies, where there are any."""
        return tuple(question_id for question_id in ids if question_id in self._own) or tuple(ids)

    def _ranked(self, file: EvidenceFile, ids: Sequence[str]) -> tuple[str, ...]:
        """Most topic words in common first, then those that ask for this kind, then in the instrument's order."""
        return tuple(
            sorted(
                ids, key=lambda question_id: (-self._overlap(file, question_id), not self._asks_for(file, question_id))
            )
        )

    def _overlap(self, file: EvidenceFile, question_id: str) -> int:
        return len(set(file.keywords) & set(self._questions[question_id].keywords))

    def _asks_for(self, file: EvidenceFile, question_id: str) -> bool:
        kinds = {*file.kinds, *file.named_kinds}
        return any(
            kinds & self._accepted(requirement.kind) for requirement in self._questions[question_id].requirements
        )

    def _accepted(self, kind: str) -> set[str]:
        return set(self._kinds[kind].accepts) if kind in self._kinds else {kind}
