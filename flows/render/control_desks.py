"""The part of the control report for each agency: all that concerns it, so that it can be handed over alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flows.model import EvidenceFile, Finding, GroupResult
from flows.render.control_forms import FormView, form_views
from flows.render.control_views import FindingView, GapView, finding_view, gap_views, handed_in, uncited_files
from flows.render.evidence import Evidence
from flows.render.words import Catalogue

T = TypeVar("T")
HOMELESS = "T"
"""What stands for a number where there is no agency."""


@dataclass(frozen=True, slots=True)
class DeskView:
    """One agency, or what belongs to none."""

    name: str
    """Empty for what belongs to no agency."""
    number: str
    """Its place in the city's file from 1, whoever else has anything to do; :data:`HOMELESS` where it has none."""
    result: GroupResult | None
    """Its questions with their outcomes and points; None where it owes none."""
    form: FormView | None
    """None where it owes no question, or the city works without forms."""
    files: int
    """Files of evidence it handed in."""
    gaps: tuple[GapView, ...]
    """Its questions that are not complete, heaviest first."""
    findings: tuple[FindingView, ...]
    uncited: tuple[EvidenceFile, ...]
    """Its files that nobody cites."""

    @property
    def anchor(self) -> str:
        """Where its part begins."""
        return f"pd-{self.number}"


def desks(evidence: Evidence, catalogue: Catalogue) -> tuple[DeskView, ...]:
    """Agencies with anything to do, in the city's order; what belongs to none comes last."""
    findings = _by_agency(evidence.assessment.findings, _agency_of_finding, evidence)
    gaps = _by_agency(gap_views(evidence, catalogue), lambda gap: gap.agency_id, evidence)
    loose = _by_agency(uncited_files(evidence), lambda file: file.agency_id, evidence)
    files = _by_agency(handed_in(evidence), lambda file: file.agency_id, evidence)
    forms = {form.name: form for form in form_views(evidence)}
    numbers = {agency: str(place) for place, agency in enumerate(evidence.agencies, 1)} | {"": HOMELESS}
    busy = [agency for agency in numbers if findings[agency] or gaps[agency] or loose[agency]]
    return tuple(
        DeskView(
            name=(name := evidence.agencies.get(agency, "")),
            number=numbers[agency],
            result=evidence.assessment.agencies.get(agency) if agency else None,
            form=forms.get(name),
            files=len(files[agency]),
            gaps=tuple(gaps[agency]),
            findings=tuple(finding_view(each, catalogue) for each in findings[agency]),
            uncited=tuple(loose[agency]),
        )
        for agency in busy
    )


def _agency_of_finding(finding: Finding) -> str:
    return finding.agency_id


def _by_agency(items: Iterable[T], agency_of: Callable[[T], str], evidence: Evidence) -> Mapping[str, list[T]]:
    """Items by id of their agency, in order; those of an agency the city does not have below an empty id."""
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        agency = agency_of(item)
        found[agency if agency in evidence.agencies else ""].append(item)
    return found
