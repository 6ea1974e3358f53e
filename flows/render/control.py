"""The control report: where the city stands, what is missing and who owes it. For the house only.

It is made of parts that are typeset by themselves, one for every agency: what changes about one leaves the others as
they are. So nothing stands in a part that others decide, no page number above all; only the front tells of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from string import ascii_uppercase

from flows import wording
from flows.model import Outcome
from flows.render import control_views as views
from flows.render.book import ROMAN, region_words
from flows.render.control_delivery import Delivery
from flows.render.control_desks import DeskView, desks
from flows.render.control_forms import area_forms, form_views
from flows.render.engine import fill
from flows.render.evidence import Evidence
from flows.render.values import Numbering, Part
from flows.render.words import Catalogue

HEAVIEST_GAPS = 8
LATEST_AGENCIES = 6
BLOCKING_IN_FRONT = 3
"""Findings that stop a publication, as many as the first page has room for; they take that of some gaps."""
GAPS_BESIDE_BLOCKING, AGENCIES_BESIDE_BLOCKING = 5, 5


class ControlReport:
    """The HTML of every part of the control report; the front comes last.

    Args:
        evidence: the proof of the run.
        catalogue: the words of findings, reasons and conditions.
        as_of: the date the report speaks for.
        delivered: how far the uploads are and what has no pages; without it there is no section on them.
    """

    def __init__(
        self, evidence: Evidence, catalogue: Catalogue, as_of: date, *, delivered: Delivery | None = None
    ) -> None:
        self._evidence = evidence
        self._catalogue = catalogue
        self._as_of = as_of
        self._delivered = delivered

    def parts(self) -> tuple[Part, ...]:
        """All but the front: sections on the whole city, lettered, then one for every agency with anything to do."""
        lettered = zip(ascii_uppercase, self._sections, strict=False)
        return (
            *(self._part(letter, _title(letter, names), names) for letter, names in lettered),
            *(self._desk(desk) for desk in self._desks),
        )

    def front(self, pages: Mapping[str, str]) -> Part:
        """The page for the Sekda and the contents; made when all other parts are.

        Args:
            pages: the printed page number of every anchor of every other part.
        """
        values = self._of_front() | {"halaman": pages}
        return self._made("kendali", wording.CONTROL_REPORT, ROMAN, ["ringkas", "isi"], values)

    @property
    def _sections(self) -> list[Sequence[str]]:
        """Names of templates by section; a city without forms has none on them, one without findings no agencies."""
        forms, delivered = self._shared["forms"], self._delivered
        asked = {"formulir": forms, "unggahan": delivered, "temuan": not self._desks}
        names = ("kesenjangan", "data-pribadi", "blok", "formulir", "unggahan", "temuan")
        return [*([name] for name in names if asked.get(name, True)), ["berkas", "folder"]]

    @cached_property
    def _desks(self) -> tuple[DeskView, ...]:
        return desks(self._evidence, self._catalogue)

    @cached_property
    def _gaps(self) -> tuple[views.GapView, ...]:
        return views.gap_views(self._evidence, self._catalogue)

    def _desk(self, desk: DeskView) -> Part:
        """All that concerns one agency; its number is its place in the city's file, so that it keeps its pages."""
        names = ["temuan"]
        title = f"{wording.CONTROL_REPORT} {desk.number} {desk.name}" if desk.name else _title(desk.number, names)
        return self._part(desk.number, title, names, {"desks": (desk,)})

    def _part(self, number: str, title: str, names: Sequence[str], values: Mapping[str, object] | None = None) -> Part:
        return self._made(f"kendali-{number}", title, Numbering(f"{number}-"), names, values or {})

    def _made(
        self, key: str, title: str, numbering: Numbering, names: Sequence[str], values: Mapping[str, object]
    ) -> Part:
        own = {"numbering": numbering, "bagian_naskah": [f"control/{name}.html" for name in names]}
        html = fill("control/kendali.html", {**self._shared, **own, **values}, self._evidence.city.dress)
        return Part(key, title, html, numbering)

    @cached_property
    def _shared(self) -> dict[str, object]:
        evidence, catalogue = self._evidence, self._catalogue
        return {
            "city": evidence.city,
            "framework": evidence.framework,
            "as_of": self._as_of,
            "is_draft": not evidence.assessment.privacy_checked,
            "paper": evidence.city.paper,
            "is_labelled": False,
            "total": evidence.assessment.total,
            "outcomes": tuple(Outcome),
            "gaps": self._gaps,
            "blocks": views.block_views(evidence),
            "outcome_chart": views.outcome_chart(evidence),
            "points_chart": views.points_chart(evidence),
            "privacy": views.privacy_view(evidence, catalogue),
            "forms": form_views(evidence),
            "area_forms": area_forms(evidence),
            "tables": len(evidence.assessment.tables),
            "desks": self._desks,
            "uncited": len(views.uncited_files(evidence)),
            "ignored": views.ignored(evidence, catalogue),
            "folders": views.folder_notes(evidence),
            "unassigned": views.unassigned_roles(evidence),
            "agencies": evidence.agencies,
            "delivery": self._delivered,
            "blocking": views.blocking(evidence, catalogue),
            **region_words(evidence.city),
        }

    def _of_front(self) -> dict[str, object]:
        evidence, blocking = self._evidence, self._shared["blocking"]
        return {
            "blocking_in_front": BLOCKING_IN_FRONT,
            "heaviest": self._gaps[: GAPS_BESIDE_BLOCKING if blocking else HEAVIEST_GAPS],
            "late": views.late_agencies(evidence)[: AGENCIES_BESIDE_BLOCKING if blocking else LATEST_AGENCIES],
            "severities": views.severity_counts(evidence.assessment.findings),
            "files": len(views.handed_in(evidence)),
        }


def _title(letter: str, names: Sequence[str]) -> str:
    """What a screen reader says of a section, and what an error calls it: a letter alone tells nobody anything."""
    return f"{wording.CONTROL_REPORT} {letter}: {names[0].replace('-', ' ')}"
