"""What Prefect's pages show of a run, in Indonesian: a table, a summary, names of tasks. Knows nothing of Prefect."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows import wording
from flows.errors import RulesError
from flows.model import Assessment, City, Framework, Manifest, Outcome, Severity
from flows.privacy import mask_numbers
from flows.settings import templates_root
from flows.yaml_files import Problems, read_mapping

GAPS_SHOWN = 10
_FOLDER = "prefect"


@dataclass(frozen=True, slots=True)
class Words:
    """Names of tasks, stages and columns (``templates/prefect/words.yaml``)."""

    tasks: Mapping[str, str]
    stages: Mapping[str, str]
    columns: Mapping[str, str]
    completeness: str


@cache
def words() -> Words:
    """The words, read once a process.

    Raises:
        RulesError: the file has mistakes.
    """
    problems = Problems()
    top = read_mapping(templates_root() / _FOLDER / "words.yaml", f"templates/{_FOLDER}/words.yaml", problems)
    if top is None:
        raise RulesError(problems.items)
    sections: dict[str, dict[str, str]] = {}
    for name in ("tasks", "stages", "columns"):
        section = top.mapping(name, required=True)
        sections[name] = {key: section.text(key) for key in section.keys()} if section else {}  # noqa: SIM118
    found = Words(completeness=top.text("completeness"), **sections)
    top.close()
    if problems.items:
        raise RulesError(problems.items)
    return found


def completeness_table(assessment: Assessment, framework: Framework) -> list[dict[str, str]]:
    """One row per block: how many questions have which outcome, and the points."""
    names = words().columns
    rows = []
    for block in framework.blocks:
        group = assessment.blocks[block.id]
        share = group.counts[Outcome.COMPLETE] / group.questions if group.questions else 0.0
        rows.append(
            {
                names["block"]: f"{block.label} – {block.title}",
                names["questions"]: wording.number(group.questions),
                **{wording.outcome_label(outcome): wording.number(group.counts[outcome]) for outcome in Outcome},
                names["share"]: wording.number(share * 100, 1),
                names["maximum"]: wording.points(group.points.maximum),
                names["with_proof"]: wording.points(group.points.maximum_with_proof),
            }
        )
    return rows


def summary(assessment: Assessment, city: City, framework: Framework, manifest: Manifest, as_of: date) -> str:
    """The result on one page of Markdown: counts, points, the dearest gaps. No file name, no finding in full."""
    values = {
        "assessment": assessment,
        "city": city,
        "framework": framework,
        "as_of": as_of,
        "files": len(manifest.files),
        "cited": len(manifest.questions_of()),
        "findings": Counter(finding.severity for finding in assessment.findings),
        "severities": sorted(Severity, reverse=True),
        "outcomes": Outcome,
        "gaps": assessment.gaps[:GAPS_SHOWN],
        "titles": {question.id: question.title for question in framework.questions},
        "agencies": {agency.id: agency.name for agency in city.agencies},
        "none": wording.NO_VALUE,
    }
    return _engine().get_template("summary.md.j2").render(values)


@cache
def _engine() -> Environment:
    engine = Environment(
        loader=FileSystemLoader(templates_root() / _FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    engine.filters |= {
        "number": wording.number,
        "points": wording.points,
        "long_date": wording.long_date,
        "outcome": wording.outcome_label,
        "severity": wording.severity_label,
    }
    return engine


def _plain(value: object) -> object:
    """Text of a city's file must not become a link, a picture or another column of the table, nor name a person."""
    if not isinstance(value, str):
        return value
    return re.sub(r"([\\`*_\[\]|#])", r"\\\1", " ".join(mask_numbers(value).split()))
