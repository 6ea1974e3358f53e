"""The dossier's book around its chapters: front matter, summary, general picture, closing and provenance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from markupsafe import Markup

from flows import wording
from flows.model import Agency, City, Signatory
from flows.names import fold
from flows.render.abbreviations import used_abbreviations
from flows.render.chapters import Evidence
from flows.render.charts import WIDE_LABEL_WIDTH, Chart, Row, overlaid, stacked
from flows.render.engine import environment, fill
from flows.render.table_views import FIRST_BLOCK_CHAPTER
from flows.render.views import ChapterView

AGENCIES_IN_CHART = 10
SIGNATORY_ROLES = ("kepala-pppa", "sekda", "kepala-daerah")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a book was made from and with. No run id, no clock time, no path: equal input gives equal bytes."""

    program: str
    """Version of kla-dosir."""
    framework_sha256: str
    """Hash of the instrument's files."""
    manifest_sha256: str
    """Hash of the manifest's content; the QR code carries it."""
    libraries: tuple[tuple[str, str], ...] = ()
    """Name and version of each library that shapes the result, in the order printed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the book whose pages are numbered on their own."""

    page: str
    """Name of its pages in the style sheet."""
    anchor: str
    """Anchor on its first page."""
    prefix: str
    """Set before the page number: ``3-``."""
    is_roman: bool = False


def parts_of(block_count: int) -> tuple[Part, ...]:
    """The parts of a book with so many blocks: front matter, Bab I … Penutup, provenance."""
    chapters = range(1, FIRST_BLOCK_CHAPTER + block_count + 1)
    return (
        Part("depan", "sampul", "", is_roman=True),
        *(Part(f"bab-{number}", f"bab-{number}", f"{number}-") for number in chapters),
        Part("asal", "asal-usul", "L-"),
    )


def book_html(evidence: Evidence, chapters: Sequence[str], as_of: date, provenance: Provenance) -> str:
    """The whole dossier as one HTML document.

    Args:
        evidence: the proof of the run.
        chapters: HTML of each block's chapter, in the instrument's order.
        as_of: the date the book speaks for.
        provenance: what the last page records.
    """
    city, framework = evidence.city, evidence.framework
    views = tuple(evidence.chapter(block) for block in framework.blocks)
    agencies = Counter(file.agency_id for file in evidence.documents)
    values: dict[str, object] = {
        "city": city,
        "framework": framework,
        "as_of": as_of,
        "is_draft": not evidence.assessment.privacy_checked,
        "paper": city.paper,
        "parts": parts_of(len(views)),
        "chapters": views,
        "bodies": [Markup(chapter) for chapter in chapters],  # noqa: S704 - made by render_block, escaped there
        "last_chapter": FIRST_BLOCK_CHAPTER + len(views),
        "signers": {role: signer(city, role) for role in SIGNATORY_ROLES},
        "legal_basis": (*framework.legal_basis, *(item.text for item in city.legal_basis if item.is_confirmed)),
        "villages": sum(len(district.villages) for district in city.districts),
        "documents": len(evidence.documents),
        "contributors": len(agencies),
        "claimed": evidence.assessment.total.points.claimed,
        "abbreviations": used_abbreviations(" ".join(chapters)),
        "provenance": provenance,
        "qr": qr_code(provenance.manifest_sha256),
    }
    return fill("dossier/buku.html", values | region_words(city) | _charts(evidence, views, agencies))


def region_words(city: City) -> dict[str, object]:
    """What the templates call the region, its head and its villages."""
    province = city.province.removeprefix("Provinsi ")
    return {
        "region": wording.region_word(city),
        "region_name": wording.region_name(city),
        "head": wording.head_of_region(city),
        "village": wording.village_word(city),
        "province": f"Provinsi {province}",
    }


def _charts(evidence: Evidence, views: Sequence[ChapterView], agencies: Mapping[str, int]) -> dict[str, Chart | None]:
    has_claims = evidence.assessment.total.points.claimed is not None
    most = sorted(
        ((evidence.agencies[agency], count) for agency, count in agencies.items() if agency in evidence.agencies),
        key=lambda pair: (-pair[1], pair[0]),
    )[:AGENCIES_IN_CHART]
    bars = [Row(name, (count,), wording.number(count)) for name, count in most]
    return {
        "points_chart": overlaid(
            [_points_row(view, has_claims=has_claims) for view in views],
            ("terang", "gelap") if has_claims else ("gelap",),
        ),
        "documents_chart": stacked(
            [Row(view.label, (view.documents,), wording.number(view.documents)) for view in views],
            ("gelap",),
            has_numbers=False,
        ),
        "agency_chart": stacked(bars, ("gelap",), has_numbers=False, label_width=WIDE_LABEL_WIDTH) if bars else None,
    }


def _points_row(view: ChapterView, *, has_claims: bool) -> Row:
    if not has_claims:
        return Row(view.label, (view.maximum,), wording.points(view.maximum))
    text = f"{wording.points(view.claimed)} / {wording.points(view.maximum)}"
    return Row(view.label, (view.maximum, view.claimed or 0.0), text)


def signer(city: City, role: str) -> Signatory:
    """Who signs as ``role``; the office is empty where the template's general wording must stand.

    An agency name the city has not confirmed is never printed on the approval sheet.
    """
    found = next((each for each in city.signatories if each.role == role), Signatory(role, ""))
    unconfirmed = [agency for agency in city.agencies if not agency.is_confirmed]
    is_safe = not any(_is_named(agency, found.office) for agency in unconfirmed)
    if role == "kepala-pppa":
        lead = city.agency_for("pppa")
        is_safe = is_safe and lead is not None and lead.is_confirmed
    return found if is_safe else Signatory(role, "", found.name, found.rank, found.nip)


def _is_named(agency: Agency, office: str) -> bool:
    words = f" {fold(office)} "
    return any(f" {fold(name)} " in words for name in (agency.name, *agency.aliases) if fold(name))


def qr_code(text: str) -> Markup:
    """``text`` as a QR code in SVG, with a title for those who cannot see it."""
    import segno

    stream = BytesIO()
    title = environment().get_template("dossier/kode-qr.txt").render(text=text)
    code = segno.make(text, error="m", micro=False)
    code.save(stream, kind="svg", xmldecl=False, svgclass=None, lineclass=None, title=title, omitsize=True, border=2)
    return Markup(stream.getvalue().decode("utf-8"))  # noqa: S704 - the library escapes the title
