"""What agencies tell of their innovations, for the chapter *Inovasi dan Praktik Baik*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.model import Block, Question, StandingRow, Story, TableSchema
from flows.names import fold
from flows.render.evidence import Evidence
from flows.render.figures import figure
from flows.wording import NO_VALUE

MOST_PROOFS = 4
"""Documents named with one innovation; its questions list them all."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A document that proves an innovation."""

    label: str
    target: str


@dataclass(frozen=True, slots=True)
class InnovationView:
    """One innovation as its agency tells it; what it does not tell is empty."""

    number: str
    """Number of its section: ``10.1.2``; empty until it has its place."""
    name: str
    agency: str
    year: str
    problem: str
    done: str
    result: str
    questions: tuple[str, ...]
    """Ids of the questions it answers."""
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class InnovationGroup:
    """The innovations of one block."""

    number: str
    block: Block
    innovations: tuple[InnovationView, ...]


def innovation_groups(evidence: Evidence, chapter: int) -> tuple[InnovationGroup, ...]:
    """Innovations by block of their first question, in the instrument's order; none where nobody tells of any.

    Args:
        evidence: the proof of the run.
        chapter: number of the chapter they fill.
    """
    by_block = [(block, _of_block(block, evidence)) for block in evidence.framework.blocks]
    told = [(block, views) for block, views in by_block if views]
    return tuple(
        InnovationGroup(
            f"{chapter}.{place}",
            block,
            tuple(replace(view, number=f"{chapter}.{place}.{at}") for at, view in enumerate(views, 1)),
        )
        for place, (block, views) in enumerate(told, 1)
    )


def _of_block(block: Block, evidence: Evidence) -> list[InnovationView]:
    """Innovations of a block; one that an agency tells at several questions stands once."""
    found: dict[tuple[str, str], InnovationView] = {}
    for question in block.questions:
        for view in _told(question, evidence):
            key = (view.agency, fold(view.name))
            found[key] = _joined(found[key], view) if key in found else view
    return list(found.values())


def _joined(first: InnovationView, second: InnovationView) -> InnovationView:
    proofs = tuple(dict.fromkeys((*first.proofs, *second.proofs)))[:MOST_PROOFS]
    return replace(first, questions=(*first.questions, *second.questions), proofs=proofs)


def _told(question: Question, evidence: Evidence) -> Iterator[InnovationView]:
    for schema, rows in evidence.tables.stories(question):
        if schema.story is not None:
            yield from (_view(row, question, schema, schema.story, evidence) for row in rows)


def _view(
    row: StandingRow, question: Question, schema: TableSchema, story: Story, evidence: Evidence
) -> InnovationView:
    def text(column_id: str) -> str:
        value = row.values.get(column_id, "") if column_id else ""
        said = "" if value == "" else figure(value, schema.column(column_id).type)
        return evidence.tables.guard.note(question, said)

    return InnovationView(
        number="",
        name=text(story.name) or NO_VALUE,
        agency=evidence.agencies.get(row.agency_id, NO_VALUE),
        year=text(story.year),
        problem=text(story.problem),
        done=text(story.done),
        result=text(story.result),
        questions=(question.id,),
        proofs=tuple(_proofs(question, row.agency_id, evidence)),
    )


def _proofs(question: Question, agency_id: str, evidence: Evidence) -> Sequence[Proof]:
    """Documents of the same agency for that question; a masked one is named by its label like any other."""
    own = (file for file in evidence.shown(question) if file.agency_id == agency_id)
    labels = (evidence.labels[file.path].label for file in own if file.path in evidence.labels)
    return [Proof(label, f"bukti-{label}") for label in dict.fromkeys(labels)][:MOST_PROOFS]
