"""The dossier's book around its chapters: front matter, summary, general picture, closing and provenance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from types import MappingProxyType

from markupsafe import Markup

from flows import wording
from flows.agency_names import agency_name
from flows.model import Agency, Block, City, Signatory
from flows.names import fold
from flows.recent import Recent
from flows.render.abbreviations import once_each, used_abbreviations
from flows.render.approval import BLANK, Approval
from flows.render.chapters import chapter_views
from flows.render.engine import environment, fill
from flows.render.evidence import Evidence
from flows.render.innovations import InnovationGroup, innovation_groups
from flows.render.legal_order import in_legal_order
from flows.render.slips import Slip
from flows.render.summary import Summary, summarise
from flows.render.table_views import FIRST_BLOCK_CHAPTER
from flows.render.values import Exhibit, Numbering, Part
from flows.render.views import ChapterView

ROMAN = Numbering(is_roman=True)
NO_PICTURES: Mapping[str, str] = MappingProxyType({})
SIGNATORY_ROLES = ("kepala-pppa", "sekda", "kepala-daerah")
_FILLED: Recent[tuple[Part, tuple[tuple[str, str], ...]]] = Recent(32, __name__)
"""Chapters of both editions and the abbreviations they use: in most runs they are what they were in the run before."""


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


class Book:
    """The HTML of every part of one edition. Chapters may be asked for by several threads; the front comes last.

    Args:
        evidence: the proof of the run.
        as_of: the date the book speaks for.
        provenance: what the last page records.
        sent: the book that is sent, where this is the one of the house: it holds only what differs there, every page
            says so, and slip sheets name the repair.
        approval: what stands on the approval sheet.
        chapters: every block as a chapter, where somebody has worked that out already.
        pictures: small copies of photos as finished markup, by hash of the photo; others are not shown in chapters.
    """

    def __init__(
        self,
        evidence: Evidence,
        as_of: date,
        provenance: Provenance,
        *,
        sent: Book | None = None,
        approval: Approval = BLANK,
        chapters: Sequence[ChapterView] = (),
        pictures: Mapping[str, str] = NO_PICTURES,
    ) -> None:
        self.evidence = evidence
        self.as_of = as_of
        self.is_internal = sent is not None
        self._sent = sent
        self._provenance = provenance
        self._approval = approval
        self._chapters = chapters
        self._pictures = pictures
        self._abbreviations: set[tuple[str, str]] = set()

    @cached_property
    def views(self) -> tuple[ChapterView, ...]:
        """Every block as a chapter, in the instrument's order."""
        chapters = self._chapters or chapter_views(self.evidence)
        views = tuple(each.illustrated(self._pictures) for each in chapters)
        if self._sent is None:
            return views
        return tuple(view.beside(sent) for view, sent in zip(views, self._sent.views, strict=True))

    @property
    def is_draft(self) -> bool:
        """Whether every page says DRAF – INTERNAL."""
        return self.is_internal or not self.evidence.assessment.privacy_checked

    @cached_property
    def author(self) -> str:
        """Who issues it."""
        region = wording.region_word(self.evidence.city)
        return f"Gugus Tugas {region} Layak Anak {self.evidence.city.name}"

    @cached_property
    def title(self) -> str:
        """What it is called."""
        region, city = wording.region_word(self.evidence.city), self.evidence.city
        return f"Laporan Evaluasi Mandiri {region} Layak Anak Tahun {city.evaluation_year}: {city.name}"

    @cached_property
    def innovations(self) -> tuple[InnovationGroup, ...]:
        """What agencies tell of their innovations; they fill a chapter of their own where there are any."""
        return innovation_groups(self.evidence, FIRST_BLOCK_CHAPTER + len(self.views))

    @property
    def last_chapter(self) -> int:
        """Number of the closing chapter."""
        return FIRST_BLOCK_CHAPTER + len(self.views) + bool(self.innovations)

    @property
    def control_title(self) -> str:
        """What the control report of the same run is called."""
        region, city = wording.region_word(self.evidence.city), self.evidence.city
        return f"{wording.CONTROL_REPORT} {region} Layak Anak Tahun {city.evaluation_year}: {city.name}"

    def chapter(self, block: Block, pages: Mapping[str, int | None] | None = None) -> Part:
        """The chapter of one block, independent of every other chapter.

        Args:
            block: of the instrument.
            pages: how many pages of a document its annex has, by label; None where a slip sheet stands for them.
        """
        bound = dict(sorted((pages or {}).items()))
        part, used = _FILLED.value(self._seen, block.id, bound, make=lambda: self._filled(block, bound))
        self._abbreviations.update(used)
        return part

    def _filled(self, block: Block, pages: Mapping[str, int | None]) -> tuple[Part, tuple[tuple[str, str], ...]]:
        view = self.view(block).bound(pages)
        numbering = Numbering(f"{view.number}-")
        part = self._part(f"bab-{view.number}", _chapter_title(view), numbering, ["blok"], {"chapter": view})
        return part, used_abbreviations(part.html)

    def annex(self, block: Block, own: Sequence[Listed], guests: Sequence[Listed]) -> Part:
        """The list of the documents that stand in a block's annex, and of those that stand in another."""
        view = self.view(block)
        title = f"Lampiran Bab {wording.roman(view.number)}"
        values = {"chapter": view, "own": own, "guests": guests}
        return self._part(f"lampiran-{view.number}", title, Numbering(f"L{view.number}-"), ["lampiran"], values)

    def slips(self, block: Block, slips: Sequence[Slip]) -> Part:
        """The slip sheets of a block's annex, one page each, in order."""
        number = self.view(block).number
        title = f"Lembar pengganti Bab {wording.roman(number)}"
        return self._part(f"pengganti-{number}", title, None, ["pengganti"], {"slips": slips})

    def fixed(self) -> tuple[Part, ...]:
        """The summary, Bab I and Bab II, and what follows the chapters: innovations, the closing and the provenance."""
        last = self.last_chapter
        return (
            self._part("ringkasan", "Ringkasan", Numbering("R-"), ["ringkasan"], {"summary": self._summary}),
            self._part("bab-1", "Bab I", Numbering("1-"), ["pendahuluan"], {}),
            self._part("bab-2", "Bab II", Numbering("2-"), ["gambaran"], {}),
            *self._innovations_part(),
            self._part(f"bab-{last}", "Penutup", Numbering(f"{last}-"), ["penutup"], {}),
            self._part("asal-usul", "Lembar Asal-Usul", Numbering("A-"), ["asal-usul"], self._origin()),
        )

    def _innovations_part(self) -> tuple[Part, ...]:
        if not self.innovations:
            return ()
        number = self.last_chapter - 1
        return (self._part(f"bab-{number}", "Inovasi dan Praktik Baik", Numbering(f"{number}-"), ["inovasi"], {}),)

    def front(self, pages: Mapping[str, str], originals: str = "") -> Part:
        """Cover, approval, foreword, contents and lists; made when all chapters are.

        Args:
            pages: the printed page number of every anchor of every other part.
            originals: anchor of the list of originals, of the archive edition; empty where there is none.
        """
        city = self.evidence.city
        values: dict[str, object] = {
            "halaman": pages,
            "berkas_asli": originals,
            "approval": self._approval,
            "signers": {role: signer(city, role) for role in SIGNATORY_ROLES},
            "abbreviations": once_each(self._abbreviations),
            "summary": self._summary,
        }
        names = ["sampul", "penerbit", "pengesahan", "pengantar", "daftar", "singkatan"]
        return self._part("depan", "Bagian depan", ROMAN, names, values)

    def block_front(self, block: Block, pages: Mapping[str, str]) -> Part:
        """Cover and contents of a block's own volume."""
        view = self.view(block)
        values = {"chapter": view, "halaman": pages}
        return self._part(f"depan-{view.number}", view.heading, ROMAN, ["sampul-blok"], values)

    def rehearse(self) -> None:
        """Fill the pages that are typeset last once beforehand, without their page numbers.

        A city's template that asks for a value that is not there would be found when everything else is printed.

        Raises:
            DressError: one does.
        """
        self.front({})
        self.fixed()
        for block in self.evidence.framework.blocks:
            self.block_front(block, {})

    def _part(
        self, key: str, title: str, numbering: Numbering | None, names: Sequence[str], values: Mapping[str, object]
    ) -> Part:
        """A whole document made of the templates called ``names``; without ``numbering`` its pages bear labels."""
        own = {
            "numbering": numbering,
            "is_labelled": numbering is None,
            "isi": [f"dossier/{name}.html" for name in names],
        }
        html = fill("dossier/bagian.html", {**self._shared, **own, **values}, self.evidence.city.dress)
        return Part(key, title, html, numbering or Numbering())

    @cached_property
    def _shared(self) -> dict[str, object]:
        evidence, city = self.evidence, self.evidence.city
        return {
            "city": city,
            "framework": evidence.framework,
            "as_of": self.as_of,
            "is_draft": self.is_draft,
            "is_internal": self.is_internal,
            "paper": city.paper,
            "chapters": self.views,
            "last_chapter": self.last_chapter,
            "inovasi": self.innovations,
            "inovasi_bab": self.last_chapter - 1,
            "claimed": evidence.assessment.total.points.claimed,
            "legal_basis": self._legal_basis(),
            "villages": sum(len(district.villages) for district in city.districts),
            "documents": len(evidence.documents),
            "contributors": len(self._agencies),
            "unit": issuing_unit(city),
            **region_words(city),
        }

    @cached_property
    def _seen(self) -> str:
        """The hash of all that every part is given."""
        return sha256(repr(self._shared).encode("utf-8", "surrogatepass")).hexdigest()

    def view(self, block: Block) -> ChapterView:
        """One block as a chapter."""
        return self.views[[each.id for each in self.evidence.framework.blocks].index(block.id)]

    def _legal_basis(self) -> tuple[str, ...]:
        confirmed = (item.text for item in self.evidence.city.legal_basis if item.is_confirmed)
        return in_legal_order((*self.evidence.framework.legal_basis, *confirmed))

    @cached_property
    def _agencies(self) -> Counter[str]:
        return Counter(file.agency_id for file in self.evidence.documents)

    @cached_property
    def _summary(self) -> Summary:
        return summarise(self.evidence, self.views, self._agencies)

    def _origin(self) -> dict[str, object]:
        return {"provenance": self._provenance, "qr": qr_code(self._provenance.manifest_sha256)}


def render_block(block: Block, evidence: Evidence, as_of: date) -> str:
    """HTML of one block's chapter as a whole document, independent of every other chapter.

    Edition KIRIM: outcomes and findings never enter, and files that cannot be shown are left to the control report.

    Args:
        block: Of the instrument.
        evidence: The proof of the run, one for all its chapters: what it works out (the hiding of small figures above
            all) is worked out once.
        as_of: The date the book speaks for.
    """
    return Book(evidence, as_of, Provenance("", "", "")).chapter(block).html


@dataclass(frozen=True, slots=True)
class Listed:
    """A row in the list of an annex."""

    exhibit: Exhibit
    pages: int
    """Pages bound; 0 where a slip sheet stands for them."""
    reason: str = ""
    """Why a slip sheet does."""


def _chapter_title(view: ChapterView) -> str:
    return f"Bab {wording.roman(view.number)} {view.label}"


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


def issuing_unit(city: City) -> str:
    """Name of the agency whose letterhead the report bears; empty while the city has not confirmed it."""
    lead = city.agency_for("pppa")
    return agency_name(lead, city) if lead and lead.is_confirmed else ""


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
