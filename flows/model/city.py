"""Who answers: the city of one evaluation year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.model.dress import Contact, Dress
from flows.model.instrument import Question


@dataclass(frozen=True, slots=True)
class Agency:
    """A supplier of evidence as the city calls it."""

    id: str
    """Lower-case ASCII with hyphens, unique in the city."""
    name: str
    folder: str
    """Name of its folder in the year's input folder, as it is on disk."""
    roles: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    group: str = "opd"
    """``opd``, ``vertikal``, ``mitra``, ``wilayah`` or ``tidak-dikenal`` (a folder nobody is known for)."""
    source: str = ""
    """Where the name comes from."""
    is_confirmed: bool = False
    """Whether the city has said that the name is right (``terkonfirmasi``)."""


@dataclass(frozen=True, slots=True)
class Village:
    """A kelurahan or desa."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan with its kelurahan or desa."""

    code: str
    name: str
    villages: tuple[Village, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """An official who signs; empty texts until the city fills them. Personal data."""

    role: str
    """``kepala-daerah``, ``sekda`` or ``kepala-pppa``."""
    office: str
    """As printed: "Sekretaris Daerah selaku Ketua Gugus Tugas KLA"."""
    name: str = ""
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class LegalItem:
    """A regulation of the city's legal basis; printed only when confirmed."""

    text: str
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the general picture of the region (Bab II), filled in by the city."""

    label: str
    value: str
    unit: str
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class City:
    """The submitting government in one evaluation year (``kota.yaml``)."""

    id: str
    """Folder name below ``inputs``, such as ``kota-contoh``."""
    name: str
    """As printed: "Kota Banjarmasin"."""
    code: str
    """Kemendagri code, ``63.71``; empty when unknown."""
    province: str
    time_zone: str
    """IANA name, ``Asia/Makassar``."""
    evaluation_year: int
    data_years: tuple[int, int]
    """Year n-1 and year n."""
    framework_year: int
    agencies: tuple[Agency, ...]
    districts: tuple[District, ...]
    signatories: tuple[Signatory, ...]
    legal_basis: tuple[LegalItem, ...]
    facts: tuple[Fact, ...]
    leads: Mapping[str, str]
    """Question id → role that owes it here, where the city changed the instrument's choice."""
    paper: str = "A4"
    """``A4`` or ``F4`` (215 x 330 mm)."""
    seat: str = ""
    """Place printed beside dates: the capital of the region."""
    contact: Contact = field(default_factory=Contact)
    """Of the unit that issues the report."""
    areas_mark: str = ""
    """What its areas were when they were taken from a list (``sidik_wilayah``); empty where a person wrote them."""
    dress: Dress = field(default_factory=Dress)
    """How its books look; as shipped until somebody has read its folder ``naskah/``."""

    def __hash__(self) -> int:
        """By what names it, so that what follows from a city can be kept by it."""
        return hash((self.id, self.evaluation_year))

    @property
    def is_city(self) -> bool:
        """Whether it is a kota and not a kabupaten."""
        return self.name.casefold().startswith("kota ")

    def agency_for(self, role: str) -> Agency | None:
        """The first agency that carries ``role``, or None where the city has none."""
        return next((agency for agency in self.agencies if role in agency.roles), None)

    def lead_role(self, question: Question) -> str:
        """The role that owes ``question`` in this city."""
        return self.leads.get(question.id, question.lead)
