"""The catalogue of findings: every code with its Indonesian words (``validations/findings.yaml``) and its severity."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flows import bounds, wording
from flows.errors import RulesError
from flows.model import Finding, Override, Severity
from flows.privacy import mask_numbers
from flows.settings import validations_root
from flows.yaml_files import Mapping, Problems, read_mapping

_SEVERITIES = {"menghalangi": Severity.BLOCKING, "wajib": Severity.REQUIRED, "saran": Severity.ADVICE}
_PARSER = string.Formatter()
_BOUND = re.compile(r"\{([A-Z][A-Z_]+)\}")
"""How a text names a bound of ``flows.bounds``; values of findings have small letters."""
_PLACE = ", {place}"
"""Left out of a sentence where nothing but the file is known."""
_PHRASES = (
    "suggestion",
    "outside",
    "secretariat",
    "nearest",
    "unnamed",
    "unnamed-row",
    "more",
    "area-form",
    "unknown-filler",
    "ended",
    "later",
    "unknown-user",
    "hidden",
    "lifted",
    "for-questions",
    "as-form",
    "as-approval",
    "approval-kind",
    "approval-pages",
    "approval-signature",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one finding code."""

    code: str
    severity: Severity
    title: str
    sentence: str
    """Template with ``{names}`` that the finding's values fill."""
    repair: str

    @property
    def names(self) -> frozenset[str]:
        """Names of the values the sentence and the repair need."""
        parsed = [*_PARSER.parse(self.sentence), *_PARSER.parse(self.repair)]
        return frozenset(name for _, name, _, _ in parsed if name)


@dataclass(frozen=True, slots=True)
class Described:
    """A finding in words."""

    title: str
    sentence: str
    repair: str
    severity_label: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All words about findings, read from one file."""

    entries: MappingOf[str, Entry]
    reasons: MappingOf[str, str]
    details: MappingOf[str, str]
    remedies: MappingOf[str, str]
    """Repairs other than a finding's usual one, by detail of a file or corner of it: what a finding brings along."""
    phrases: MappingOf[str, str]
    hidden: MappingOf[str, str]
    """Where nobody looks for personal data: :attr:`flows.model.Exposure.hidden` in words."""
    remarks: MappingOf[str, str]
    """How a cell had to be read where it was not written as asked."""
    unassessable: MappingOf[str, str]
    """Kinds of files that no program can look through for personal data."""
    active: MappingOf[str, str]
    """What a file would do or carry besides showing itself."""
    formats: MappingOf[str, str]
    """What a file is called whose name promises another format, by :attr:`flows.model.EvidenceFile.format`."""

    def describe(self, finding: Finding) -> Described:
        """``finding`` in Indonesian: title, sentence, repair and the label of its severity, masked once more."""
        entry = self.entries[finding.code]
        place = finding.values.get("place") or wording.place(finding.sheet, finding.cell)
        values = _Values({"question": finding.question_id, "path": finding.path, "place": place, **finding.values})
        told = entry.sentence if place else entry.sentence.replace(_PLACE, "")
        if "more" in finding.values:
            told += " " + self.phrases["more"]
        if "hidden" in finding.values:
            told += " " + self.phrases["hidden"]
        return Described(
            title=entry.title,
            sentence=mask_numbers(" ".join(told.format_map(values).split())),
            repair=mask_numbers(finding.values.get("remedy") or entry.repair.format_map(values)),
            severity_label=wording.severity_label(finding.severity),
        )

    def lifted(self, finding: Finding) -> str:
        """Who has lifted ``finding``, when and why; empty where nobody has."""
        return self.who_lifted(finding.lifted) if finding.lifted else ""

    def who_lifted(self, entry: Override) -> str:
        """Who has lifted something, when and why, as a sentence."""
        said = {
            "who": entry.who,
            "office": entry.office,
            "date": wording.long_iso_date(entry.date),
            "reason": entry.reason,
        }
        return mask_numbers(self.phrases["lifted"].format_map(_Values(said)))

    def severity(self, code: str) -> Severity:
        """How heavy findings of ``code`` weigh."""
        return self.entries[code].severity


class _Values(dict[str, str]):
    """Fills what a finding does not carry with a dash, so that a sentence is printed whatever happens."""

    def __missing__(self, key: str) -> str:
        return "–"


@lru_cache(maxsize=4)
def load_catalogue(root: Path | None = None) -> Catalogue:
    """Read the catalogue; ``root`` is a validations folder other than the program's own.

    Raises:
        RulesError: the file has mistakes, all listed.
    """
    problems = Problems()
    path = (root or validations_root()) / "findings.yaml"
    top = read_mapping(path, "validations/findings.yaml", problems)
    if top is None:
        raise RulesError(problems.items)
    top.whole("format")
    catalogue = Catalogue(
        entries=_read_entries(top),
        reasons=_words(top, "reasons"),
        details={key: _with_bounds(text) for key, text in _words(top, "details").items()},
        remedies=_words(top, "remedies"),
        hidden=_words(top, "hidden"),
        phrases=_words(top, "phrases", _PHRASES),
        remarks=_words(top, "remarks"),
        unassessable=_words(top, "unassessable"),
        active=_words(top, "active"),
        formats=_words(top, "formats"),
    )
    top.close()
    if problems.items:
        raise RulesError(problems.items)
    return catalogue


def _read_entries(top: Mapping) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for found in top.mappings("findings", required=True):
        entry = Entry(
            code=found.text("code"),
            severity=_SEVERITIES[found.choice("severity", _SEVERITIES)],
            title=found.text("title"),
            sentence=_with_bounds(found.text("sentence")),
            repair=_with_bounds(found.text("repair")),
        )
        for key, template in (("sentence", entry.sentence), ("repair", entry.repair)):
            _check_template(found, key, template)
        if entry.code and entry.code in entries:
            found.problem_at("code", f'kode "{entry.code}" tertulis dua kali')
        found.close()
        entries[entry.code] = entry
    return entries


def _check_template(section: Mapping, key: str, template: str) -> None:
    """Note a template that could not be filled: loose braces, or more between them than a name."""
    try:
        fields = [field[1:] for field in _PARSER.parse(template) if field[1] is not None]
    except ValueError:
        section.problem_at(key, f'kurung kurawal pada "{key}" tidak berpasangan')
        return
    for name, form, conversion in fields:
        if not str(name).isidentifier() or form or conversion:
            section.problem_at(key, f'"{{{name}}}" pada "{key}" bukan nama nilai')


def _with_bounds(text: str) -> str:
    """``text`` with the values of the bounds it names, as they are written here; other values are filled in later."""
    return _BOUND.sub(lambda name: f"{int(getattr(bounds, name[1])):,}".replace(",", "."), text)


def _words(top: Mapping, key: str, wanted: tuple[str, ...] = ()) -> dict[str, str]:
    section = top.mapping(key, required=True)
    if section is None:
        return {}
    words = {name: section.text(name) for name in section.keys()}  # noqa: SIM118 - keys() marks them as known
    for name in wanted:
        if name not in words:
            section.problem(f'kunci "{name}" belum ada di "{key}"')
    return words
