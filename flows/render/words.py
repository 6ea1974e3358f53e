"""The words this stage needs for findings, without knowing where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from flows.model import Finding


class Described(Protocol):
    """A finding in words."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def sentence(self) -> str:
        """What was seen."""

    @property
    def repair(self) -> str:
        """What to do."""

    @property
    def severity_label(self) -> str:
        """How heavy it weighs."""


class Catalogue(Protocol):
    """The words the control report needs; :class:`flows.findings.Catalogue` offers them."""

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why a requirement is not complete, by reason code."""

    @property
    def details(self) -> Mapping[str, str]:
        """What is the matter with a file, by detail code."""

    def describe(self, finding: Finding) -> Described:
        """A finding in words."""

    def lifted(self, finding: Finding) -> str:
        """Who has lifted a finding, when and why; empty where nobody has."""
