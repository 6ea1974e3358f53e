"""What tells one form from another: its identity and the fingerprint of everything it shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from flows.forms.layout import FORMAT, SIGNATURE, FormPlan
from flows.forms.words import load_words
from flows.model import Question, TableColumn

FINGERPRINT_KEY = "sidik"
"""Key of the last row of the identity sheet."""


def fingerprint(plan: FormPlan) -> str:
    """SHA-256 of everything ``plan`` shows, its layout and its words included: another one means another form.

    Kinds of evidence, which the list of evidence offers, are not part of a plan: a new one alone renews no form.
    """
    words = load_words().digest
    shown = json.dumps([FORMAT, words, identity_of(plan), list(_shown(plan))], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(shown.encode()).hexdigest()


def identity_of(plan: FormPlan) -> tuple[tuple[str, str], ...]:
    """Key and value of each row of the identity sheet, except the last one, the ``sidik`` (fingerprint).

    The first row is :data:`~flows.forms.layout.SIGNATURE` and the ``FORMAT``.
    """
    return (
        (SIGNATURE, str(FORMAT)),
        ("tahun_evaluasi", str(plan.evaluation_year)),
        ("instrumen", str(plan.framework_year)),
        ("kota", plan.city_id),
        ("pengisi", plan.filler.key),
        ("nama", plan.filler.name),
    )


def _shown(plan: FormPlan) -> Iterator[object]:
    """Everything of ``plan`` that a person sees or chooses from."""
    yield [plan.city_name, plan.data_years]
    for asked in plan.questions:
        answer = asked.question.answer
        yield [asked.question.id, title_of(asked.question), asked.question.points, answer.kind, answer.options]
        yield [asked.is_lead, asked.block.label, asked.block.title]
    for table in plan.tables:
        schema = table.schema
        yield [schema.id, schema.title, schema.sheet, schema.note, table.free_rows, table.questions]
        yield [[each.id, each.label, each.options] for each in schema.definitions]
        yield [[each.key, *_shown_column(each.column)] for each in table.columns]
        yield [[row.mark_key, row.label, row.group] for row in table.rows]
    for item in plan.checklist:
        yield [item.schema.id, *_shown_column(item.column)]


def _shown_column(column: TableColumn) -> list[object]:
    bounds = [column.minimum, column.maximum]
    return [column.id, column.label, column.type, column.ratio_of, column.options, column.questions, *bounds]


def title_of(question: Question) -> str:
    """A question as the form words it: the official text where the city has imported it."""
    return question.official_text or question.title
