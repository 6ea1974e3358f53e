"""What the operator carries into the ministry's application: answers and documents as edition *kirim* shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import permutations

from flows.model.states import Condition, Media

_ORDERED = 6
"""Most documents of a question whose orders are all tried on a sheet of an earlier version: 720."""


@dataclass(frozen=True, slots=True)
class UploadItem:
    """A document of one question, exactly as the book shows it there."""

    label: str
    """Annex label; a dash where the register has none."""
    title: str
    """As the book names it; of a withheld document only its kind."""
    sha256: str = ""
    """Of the bytes that may leave: a redacted copy's own. Empty for a withheld document."""
    bytes: int = 0
    media: Media = Media.OTHER
    suffix: str = ""
    """Of the file's name, lower case with its point; of its content where its name is wrong and the content tells."""
    file_name: str = ""
    """Name of the agency's file where the book may print it."""
    condition: Condition = Condition.GOOD
    is_withheld: bool = False
    """Whether it is shown only at the verification: no byte of it leaves."""
    is_redacted: bool = False
    """Whether it is the agency's redacted copy."""
    is_signed: bool = False
    """Whether it carries an electronic signature, which saving it again would break."""
    is_scan: bool = False
    """Whether its pages are pictures without text."""
    active: tuple[str, ...] = ()
    """What it would do or carry besides showing itself, as gathered."""
    says_where: bool = False
    """Whether pictures in it tell where they were taken."""


@dataclass(frozen=True, slots=True)
class UnusedFile:
    """A file that a form or its name says proves the question, and that nobody can open: no page stands for it."""

    name: str
    """Empty where the book may not print it."""
    condition: Condition


@dataclass(frozen=True, slots=True)
class Upload:
    """One question with its answer and documents, as the book prints them."""

    block_id: str
    indicator_id: str
    question_id: str
    text: str
    answer: str = ""
    note: str = ""
    items: tuple[UploadItem, ...] = ()
    """In the order of the book's table of proof."""
    links: tuple[str, ...] = ()
    """Addresses named as evidence, each with its caption."""
    hidden_links: int = 0
    """Addresses that only the verification shows."""
    unused: tuple[UnusedFile, ...] = ()
    """Nothing of them is uploaded: they are not in the fingerprint, so that no tick falls when one only goes away."""

    @property
    def is_answered(self) -> bool:
        """Whether its agency, or the secretariat, has answered it."""
        return bool(self.answer or self.note)

    @property
    def fingerprint(self) -> str:
        """Twelve characters that change when the answer, the note, the links or the bytes of a document do.

        The order of its documents is not in them: how many there are does not decide whether a tick outlives a new one.
        """
        return self._fingerprint(sorted(self._documents))

    def is_that_of(self, fingerprint: str) -> bool:
        """Whether ``fingerprint`` tells the same; sheets of earlier versions tell the order of documents too."""
        if fingerprint in (self.fingerprint, self._fingerprint(self._documents)):
            return True
        is_short = 1 < len(self.items) <= _ORDERED
        return is_short and any(self._fingerprint(each) == fingerprint for each in permutations(self._documents))

    @property
    def _documents(self) -> tuple[str, ...]:
        return tuple(item.sha256 or item.label for item in self.items)

    def _fingerprint(self, documents: Iterable[str]) -> str:
        said = (self.answer, self.note, *self.links, str(self.hidden_links), str(len(self.items)), *documents)
        text = "".join(f"{len(part)}:{part}" for part in said)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Tick:
    """What the operator has noted beside one question."""

    mark: str = ""
    """As typed; only marks that mean *done* count."""
    is_done: bool = False
    date: str = ""
    remark: str = ""
    shown: str = ""
    """Fingerprint of what the sheet showed when this was noted."""
    uploaded: str = ""
    """Fingerprint of what was uploaded before, where the sheet already said that it has changed since."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was read back from the operator's copy of ``jawaban.xlsx``."""

    by_question: Mapping[str, Tick] = field(default_factory=dict)
    sha256: str = ""
    """Of the copy as it was read; empty where there was none."""
    trouble: str = ""
    """Why the copy could not be read, a key of ``gangguan`` in ``templates/unggah/jawaban.yaml``; the ticks are then
    those of the newest run."""


@dataclass(frozen=True, slots=True)
class UploadState:
    """How far the operator has come with the ministry's application."""

    questions: int
    uploaded: tuple[str, ...] = ()
    """Questions ticked and unchanged since."""
    changed: tuple[str, ...] = ()
    """Questions whose answer or documents have changed since they were uploaded."""
    files: int = 0
    """Files ready for upload, in the folder of every question that they prove."""
    withheld: int = 0
    """Distinct documents shown only at the verification."""
    left_out: int = 0
    """Distinct documents that could not be made ready; ``jawaban.xlsx`` says why."""
    sheet: str = ""
    """Absolute path of the operator's copy, the one to tick in."""
    trouble: str = ""
    """A sentence on what happened to that copy, with the repair; empty where all went well."""
