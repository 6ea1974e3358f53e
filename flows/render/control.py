"""The control report: where the city stands, what is missing and who owes it. For the house only."""

from __future__ import annotations

from datetime import date

from flows.model import Outcome
from flows.render import control_views as views
from flows.render.book import region_words
from flows.render.chapters import Evidence
from flows.render.control_delivery import Delivery
from flows.render.control_desks import desks
from flows.render.control_forms import area_forms, form_views
from flows.render.engine import fill
from flows.render.words import Catalogue

HEAVIEST_GAPS = 8
LATEST_AGENCIES = 6
BLOCKING_IN_FRONT = 3
"""Findings that stop a publication, as many as the first page has room for; they take that of some gaps."""
GAPS_BESIDE_BLOCKING, AGENCIES_BESIDE_BLOCKING = 5, 5


def control_html(evidence: Evidence, catalogue: Catalogue, as_of: date, *, delivered: Delivery | None = None) -> str:
    """The control report as one HTML document.

    Args:
        evidence: the proof of the run.
        catalogue: the words of findings, reasons and conditions.
        as_of: the date the report speaks for.
        delivered: how far the uploads are and what has no pages; without it there is no section on them.
    """
    gaps = views.gap_views(evidence, catalogue)
    blocking = views.blocking(evidence, catalogue)
    values: dict[str, object] = {
        "city": evidence.city,
        "framework": evidence.framework,
        "as_of": as_of,
        "is_draft": not evidence.assessment.privacy_checked,
        "paper": evidence.city.paper,
        "numbering": None,
        "is_labelled": False,
        "total": evidence.assessment.total,
        "outcomes": tuple(Outcome),
        "gaps": gaps,
        "blocking_in_front": BLOCKING_IN_FRONT,
        "heaviest": gaps[: GAPS_BESIDE_BLOCKING if blocking else HEAVIEST_GAPS],
        "late": views.late_agencies(evidence)[: AGENCIES_BESIDE_BLOCKING if blocking else LATEST_AGENCIES],
        "severities": views.severity_counts(evidence.assessment.findings),
        "blocks": views.block_views(evidence),
        "outcome_chart": views.outcome_chart(evidence),
        "points_chart": views.points_chart(evidence),
        "blocking": blocking,
        "privacy": views.privacy_view(evidence, catalogue),
        "forms": form_views(evidence),
        "area_forms": area_forms(evidence),
        "tables": len(evidence.assessment.tables),
        "desks": desks(evidence, catalogue),
        "uncited": len(views.uncited_files(evidence)),
        "ignored": views.ignored(evidence, catalogue),
        "folders": views.folder_notes(evidence),
        "unassigned": views.unassigned_roles(evidence),
        "files": len(views.handed_in(evidence)),
        "cited": len({citation.path for citation in evidence.manifest.citations}),
        "agencies": evidence.agencies,
        "delivery": delivered,
    }
    return fill("control/kendali.html", values | region_words(evidence.city), evidence.city.dress)
