"""The closed sets of words that values are made of: outcomes, conditions, families of files, periods."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Outcome(StrEnum):
    """How far a requirement, a question or a group of questions is proven."""

    COMPLETE = "lengkap"
    WARNING = "peringatan"
    LACKING = "kurang"
    UNASSESSABLE = "tidak-dapat-dinilai"


class Severity(IntEnum):
    """How heavy a finding weighs; higher is heavier. Only ``BLOCKING`` stops a publication."""

    ADVICE = 1
    REQUIRED = 2
    BLOCKING = 3


class Hindrance(StrEnum):
    """Why nothing of a run may be uploaded yet."""

    DRAFT = "draf"
    """The privacy check has not passed: every page says so."""
    BLOCKED = "menghalangi"
    """Another finding stops a publication."""


class Condition(StrEnum):
    """What state a file was found in: the ``status`` column of ``manifest.csv``."""

    GOOD = "baik"
    EMPTY = "kosong"
    DAMAGED = "rusak"
    LOCKED = "terkunci"
    WRONG_EXTENSION = "salah-ekstensi"
    ARRIVING = "masih-disalin"
    REFUSED = "ditolak"
    IGNORED = "diabaikan"

    @property
    def is_readable(self) -> bool:
        """Whether the content could be opened and may prove something."""
        return self in (Condition.GOOD, Condition.WRONG_EXTENSION)


class Media(StrEnum):
    """The family a file belongs to, by its content: the ``kind`` column of ``manifest.csv``."""

    PDF = "pdf"
    IMAGE = "gambar"
    SPREADSHEET = "lembar-kerja"
    TEXT_DOCUMENT = "dokumen-teks"
    SLIDES = "paparan"
    ARCHIVE = "arsip"
    PLAIN_TEXT = "teks"
    OTHER = "lain"
    FORM = "formulir"
    GUIDE = "petunjuk"
    SYSTEM = "sistem"
    OWN = "naskah"
    """Of the city's own folder: what its books are dressed with."""


class Period(StrEnum):
    """Which time a piece of evidence must speak of (``periode`` of a requirement)."""

    DATA_YEARS = "tahun_data"
    IN_FORCE = "berlaku"
    CUMULATIVE = "kumulatif"


class Years(StrEnum):
    """Whether one data year is enough or both must be seen (``years`` of a requirement)."""

    ANY = "salah-satu"
    BOTH = "keduanya"


class Origin(StrEnum):
    """Where a requirement comes from (``sumber``): the instrument's words, or inferred by us."""

    SOURCE = "instrumen"
    INFERRED = "disimpulkan"


class Scope(StrEnum):
    """At which level of government a question is answered."""

    CITY = "kota"
    DISTRICT = "kecamatan"
    VILLAGE = "kelurahan"


class Signed(StrEnum):
    """What an agency declares of the signature on a document. Never guessed from a scan."""

    UNSAID = ""
    NO = "tidak"
    BY_HAND = "basah"
    ELECTRONIC = "tte"


class Basis(StrEnum):
    """What says that a file answers a question; the earlier member beats the later one."""

    FORM = "formulir"
    NAME = "nama-berkas"
    FOLDER = "folder"
