"""What looking into a file has shown beyond its kind: facts of documents, pictures and signatures, and who is exposed.

Nothing here is judged, and nothing here holds a full number of a person: numbers are masked where they are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ExposureKind(StrEnum):
    """What was found that may expose a person."""

    RESIDENT_NUMBER = "nik"
    """A NIK. Whether it is a child's follows from the year of birth within it."""
    FAMILY_CARD = "kk"
    """The number of a family card, said to be one by what stands beside it."""
    CHILD_LIST = "daftar-anak"
    """Names of children with dates of birth, ages, schools, addresses or diagnoses."""
    SMALL_COUNT = "angka-kecil"
    """A table that counts children in difficulty, with figures of 1 to 4; endangers nobody while it stays inside."""
    SEX_COUNT = "angka-kecil-jenis-kelamin"
    """A table that counts somebody by sex, with figures of 1 to 4; of whom, its question may say."""
    LONE_CHILD = "seorang-anak"
    """One child named with what tells who it is; many such papers are a list."""
    LIKELY_CHILDREN = "mungkin-anak"
    """People of whom more speaks for children than against it, so that somebody must look."""
    PLACE = "lokasi"
    """Coordinates of where a picture was taken."""


COUNTING = frozenset({ExposureKind.SMALL_COUNT, ExposureKind.SEX_COUNT})
"""What counts children and names nobody."""


class Reach(StrEnum):
    """How much of a file was looked through for personal data."""

    WHOLE = "seluruhnya"
    PART = "sebagian"
    """A bound of ``flows.bounds`` ended it."""
    NONE = "tidak"
    """Nothing could be read: a scan, a picture, a locked or damaged file, an unknown format."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """Personal data of one kind on one page, sheet or other part of a file."""

    kind: ExposureKind
    count: int
    """How many numbers, rows of a list, or figures of a table."""
    example: str = ""
    """The first one, masked: ``6371••••••••0001``; of a list or a table the words that gave it away, never a name."""
    birth_year: int | None = None
    """Last two digits of the year within a NIK, 0 to 99; which century it means depends on the year of evaluation."""
    page: int | None = None
    """Page of a PDF or slide of a presentation, from 1."""
    sheet: str = ""
    cell: str = ""
    """Address of the first one, ``D7``."""
    hidden: str = ""
    """Where nobody looks, a key of ``hidden`` in ``validations/findings.yaml``: ``sheet``, ``column``, ``row``,
    ``comment``, ``pivot``, ``name``, ``properties``, ``attachment``; empty for what everybody sees."""
    table: int | None = None
    """Number of the table in a document without pages of its own, from 1."""
    line: int | None = None
    """Line of a text file, from 1, of the first one."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document says of itself on its first pages; empty where it does not."""

    kind: str = ""
    """Id of the evidence kind its own heading names, legal products before others."""
    number: str = ""
    """As written: ``12``, ``463/0123/DP3A/2023``."""
    year: int | None = None
    """Year of its number."""
    about: str = ""
    """What follows *tentang*, on one line, at most 200 characters."""
    date: str = ""
    """ISO date of its signing or making."""
    in_force: tuple[int, int] | None = None
    """First and last year for which its title says it is in force: a plan of 2022-2026; None where it does not say."""


@dataclass(frozen=True, slots=True)
class ElectronicSignature:
    """One filled signature field of a PDF (*TTE*). Not validated against any authority."""

    signer: str = ""
    """Name in the certificate."""
    issuer: str = ""
    """Who issued the certificate."""
    date: str = ""
    """ISO date it claims."""
    is_intact: bool | None = None
    """Whether the signed bytes are unchanged; None where that could not be worked out."""
    covers_file: bool = False
    """Whether nothing was added after it."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that was taken or scanned."""

    width: int
    """Pixels, as displayed."""
    height: int
    taken: str = ""
    """ISO date it was taken according to itself."""
    fingerprint: str = ""
    """Perceptual hash in hexadecimal; pictures that look alike differ in few bits. Empty where it would say nothing."""


@dataclass(frozen=True, slots=True)
class Version:
    """One content that lay at a path."""

    sha256: str
    bytes: int
    since: str
    """ISO date of the first run that saw it."""
    fingerprint: str = ""
    """Of a picture, as :attr:`Photo.fingerprint`; empty for everything else."""


@dataclass(frozen=True, slots=True)
class PathHistory:
    """The contents that a cited path has had, as the vault remembers them."""

    path: str
    agency_id: str
    versions: tuple[Version, ...]
    """Oldest first."""
    withdrawn: str = ""
    """ISO date of the first run that found neither the path nor its last content elsewhere; empty while it is there."""
    questions: tuple[str, ...] = ()
    """Questions it answered when it was last seen."""


@dataclass(frozen=True, slots=True)
class EarlierPicture:
    """A picture that was evidence in an earlier evaluation of the same city."""

    year: int
    """Of that evaluation."""
    path: str
    """Relative to the input folder of that year."""
    fingerprint: str
    """As :attr:`Photo.fingerprint`; never empty."""
    questions: tuple[str, ...] = ()
    """Questions of that year's instrument it answered."""


@dataclass(frozen=True, slots=True)
class EarlierEvaluations:
    """What the evaluations of a city before this one can say about its evidence."""

    pictures: tuple[EarlierPicture, ...] = ()
    """Sorted by year and path."""
    unread: tuple[str, ...] = ()
    """Histories that are damaged or cannot be opened, relative to the city's output folder: ``2023/riwayat.csv``."""


NO_EARLIER = EarlierEvaluations()
"""Nothing is known from before."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that somebody has open in an office program, as its lock file says."""

    path: str
    """The file that is open."""
    who: str
    """Name the office program wrote down; may be empty."""
