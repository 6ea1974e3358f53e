"""The control report: where the city stands, what is missing and who owes it. For the house only."""

from __future__ import annotations

from datetime import date

from flows.model import Outcome
from flows.render import control_views as views
from flows.render.book import region_words
from flows.render.chapters import Evidence
from flows.render.engine import fill
from flows.render.words import Catalogue

HEAVIEST_GAPS = 10
LATEST_AGENCIES = 6


def control_html(evidence: Evidence, catalogue: Catalogue, as_of: date) -> str:
    """The control report as one HTML document."""
    gaps = views.gap_views(evidence, catalogue)
    loose = views.uncited(evidence)
    values: dict[str, object] = {
        "city": evidence.city,
        "framework": evidence.framework,
        "as_of": as_of,
        "is_draft": not evidence.assessment.privacy_checked,
        "paper": evidence.city.paper,
        "parts": (),
        "total": evidence.assessment.total,
        "outcomes": tuple(Outcome),
        "gaps": gaps,
        "heaviest": gaps[:HEAVIEST_GAPS],
        "late": views.late_agencies(evidence)[:LATEST_AGENCIES],
        "severities": views.severity_counts(evidence.assessment.findings),
        "blocks": views.block_views(evidence),
        "outcome_chart": views.outcome_chart(evidence),
        "points_chart": views.points_chart(evidence),
        "desks": views.desks(evidence, catalogue),
        "uncited": loose,
        "ignored": views.ignored(evidence, catalogue),
        "folders": views.folder_notes(evidence),
        "unassigned": views.unassigned_roles(evidence),
        "files": len(evidence.manifest.files),
        "cited": len({citation.path for citation in evidence.manifest.citations}),
        "agencies": evidence.agencies,
    }
    return fill("control/kendali.html", values | region_words(evidence.city))
