"""What is made of it: labels, documents, publications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flows.model.uploads import Upload, UploadState


@dataclass(frozen=True, slots=True)
class Label:
    """An annex label, given at a document's first registration and never moved."""

    label: str
    """``III/12.1-02``."""
    question_id: str
    agency_id: str
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class Register:
    """Annex labels of a city and year: the book's memory, an input of rendering."""

    labels: tuple[Label, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Further paths with the same bytes → label, for copies of one document in one agency's folders."""

    @property
    def by_path(self) -> dict[str, Label]:
        """The label of each cited file's current path, copies included."""
        by_label = {label.label: label for label in self.labels}
        found = {label.path: label for label in self.labels if label.path}
        return found | {path: by_label[label] for path, label in self.aliases.items()}


@dataclass(frozen=True, slots=True)
class Document:
    """One rendered PDF in the work folder."""

    name: str
    """Path relative to the run folder: ``dosir.pdf``, ``internal/kendali.pdf``."""
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The PDFs of one run, in a work folder."""

    documents: tuple[Document, ...]
    as_of: date
    uploads: tuple[Upload, ...] = ()
    """What the operator copies into the ministry's application, every question in the instrument's order."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A finished run folder."""

    run_id: str
    path: str
    """Absolute path of the run folder."""
    documents: tuple[Document, ...]
    upload: UploadState | None = None
    """How far the operator has come with it; None where nothing was prepared for upload."""
