"""What agencies tell of their innovations, for the chapter *Inovasi dan Praktik Baik*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.model import Block, Question, StandingRow, Story, TableSchema
from flows.names import fold
from flows.render.evidence import Evidence
from flows.render.figures import figure, lines_of
from flows.wording import NO_VALUE

MOST_PROOFS = 4
"""Documents named with one innovation; its questions list them all."""
_LINE_CHARS, _LINES_KEPT = 95, 12
"""About as many characters fill a line; an innovation of so many lines stays on one page."""


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
    problem_lines: tuple[str, ...]
    """As they were written, an enumeration perhaps; so are those below."""
    done_lines: tuple[str, ...]
    result_lines: tuple[str, ...]
    questions: tuple[str, ...]
    """Ids of the questions it answers."""
    proofs: tuple[Proof, ...]

    @property
    def problem(self) -> str:
        """Its lines as one text, for templates that do not want lines; so are those below."""
        return " ".join(self.problem_lines)

    @property
    def done(self) -> str:
        """What was done."""
        return " ".join(self.done_lines)

    @property
    def result(self) -> str:
        """What came of it."""
        return " ".join(self.result_lines)

    @property
    def is_long(self) -> bool:
        """Whether it may go over the page: kept whole it would leave much of the page before it empty."""
        told = (*self.problem_lines, *self.done_lines, *self.result_lines)
        return sum(len(line) // _LINE_CHARS + 1 for line in told) > _LINES_KEPT


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
    def lines(column_id: str, *, is_joined: bool = False) -> tuple[str, ...]:
        value = row.values.get(column_id, "") if column_id else ""
        if value == "":
            return ()
        kind = schema.column(column_id).type
        told = () if is_joined else lines_of(value, kind)
        return tuple(evidence.tables.guard.note(question, "\n".join(told) or figure(value, kind)).splitlines())

    def text(column_id: str) -> str:
        return " ".join(lines(column_id, is_joined=True))

    return InnovationView(
        number="",
        name=text(story.name) or NO_VALUE,
        agency=evidence.agencies.get(row.agency_id, NO_VALUE),
        year=text(story.year),
        problem_lines=lines(story.problem),
        done_lines=lines(story.done),
        result_lines=lines(story.result),
        questions=(question.id,),
        proofs=tuple(_proofs(question, row.agency_id, evidence)),
    )


def _proofs(question: Question, agency_id: str, evidence: Evidence) -> Sequence[Proof]:
    """Documents of the same agency for that question; a masked one is named by its label like any other."""
    own = (file for file in evidence.shown(question) if file.agency_id == agency_id)
    labels = (evidence.labels[file.path].label for file in own if file.path in evidence.labels)
    return [Proof(label, f"bukti-{label}") for label in dict.fromkeys(labels)][:MOST_PROOFS]
