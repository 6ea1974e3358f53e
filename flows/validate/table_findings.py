"""Failures of suites over tables as findings: where, whose, which question, and the values their words need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flows import wording
from flows.findings import Catalogue
from flows.forms.words import load_words
from flows.model import Finding, Outcome, Place, RowKind, Severity, TableSource
from flows.validate.expectations import Rule
from flows.validate.frames import Spot
from flows.validate.merging import Merged
from flows.validate.standing import FRACTION, question_of_row, questions_of_cell, questions_of_line

MOST = 25
"""Findings of one code on one table; the last one says how many more there are."""
FEW = {"cell-remark": 3}
"""The same for codes that come by the column: a percentage format makes every cell of it a share."""
_DIFFERS, _SOURCES_DIFFER = "table-differs", "table-sources-differ"
_ON_COLUMN = ("column", "column_A")
_QUOTED = ("value", "other_value")
"""What somebody has written into a cell."""
_ROW_CHARS = 60
"""Of the name of a row of a list; its number and its cell are told beside it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """One thing that does not satisfy one rule."""

    code: str
    spot: Spot
    outcome: Outcome | None
    """What it makes of the table for the questions it touches; None: nothing."""

    @property
    def questions(self) -> tuple[str, ...]:
        """Questions of the instrument it touches, in the table's order."""
        spot, schema = self.spot, self.spot.table.schema
        if spot.role is not None:
            named = {each for column in schema.columns if column.supplier == spot.role for each in column.questions}
            named |= set(questions_of_line(spot.row, schema)) if spot.row is not None else set()
            return tuple(each for each in schema.questions if each in named) or schema.questions
        return questions_of_cell(spot.cell, spot.row, schema)


def outcome_of(rule: Rule, catalogue: Catalogue) -> Outcome | None:
    """What a failure makes of its table: what the rule says, else a warning where the finding is more than advice."""
    if rule.outcome is not None:
        return rule.outcome
    return Outcome.WARNING if catalogue.severity(rule.finding) >= Severity.REQUIRED else None


def aimed(spot: Spot, rule: Rule) -> Spot:
    """What a rule over a wide frame found about a row, aimed at the cell the rule names, with its bounds."""
    key = next((str(rule.kwargs[name]) for name in _ON_COLUMN if name in rule.kwargs), "")
    cell = spot.row.cells.get(key) if spot.row is not None else None
    bounds = {"minimum": rule.kwargs.get("min_value"), "maximum": rule.kwargs.get("max_value")}
    facts = {name: bound for name, bound in bounds.items() if isinstance(bound, float | int)}
    if cell is None:
        return replace(spot, facts=facts)
    value = {} if cell.value is None else {"value": cell.value}
    return replace(spot, cell=cell, place=cell.place, agency_id=cell.agency_id, facts={**facts, **value})


def differences(table: Merged) -> Iterator[Failed]:
    """What another file says against values that stand: each value of a form, each file of an agency's own once.

    An agency's own files often speak of two dates of one year; a finding per figure would bury everything else.
    """
    own = {source.path for source in table.sources if source.source is TableSource.EXPORT}
    counts = Counter(other.place.path for row in table.rows for _, other in row.differing)
    told: set[str] = set()
    for row in table.rows:
        for standing, other in row.differing:
            path = other.place.path
            if path in own and path in told:
                continue
            told.add(path)
            facts = {
                "value": wording.cell_value(other.value),
                "other": _place_words(standing.place),
                "other_value": wording.cell_value(standing.value),
                "count": wording.cell_value(counts[path]),
            }
            code = _SOURCES_DIFFER if path in own else _DIFFERS
            yield Failed(code, Spot(table, other.place, other.agency_id, row, other, facts), Outcome.WARNING)


def describe(failures: Iterable[Failed], catalogue: Catalogue) -> tuple[Finding, ...]:
    """Findings in the order of the failures, bounded per table and code."""
    every = list(failures)
    counts = Counter((each.code, each.spot.table.schema.id) for each in every)
    told: Counter[tuple[str, str]] = Counter()
    findings = []
    for failed in every:
        key = (failed.code, failed.spot.table.schema.id)
        told[key] += 1
        most = FEW.get(failed.code, MOST)
        if told[key] > most:
            continue
        finding = _finding(failed, catalogue)
        if told[key] == most and counts[key] > most:
            finding = replace(finding, values={**finding.values, "more": str(counts[key] - most)})
        findings.append(finding)
    return tuple(findings)


def _finding(failed: Failed, catalogue: Catalogue) -> Finding:
    spot = failed.spot
    return Finding(
        code=failed.code,
        severity=catalogue.severity(failed.code),
        agency_id=spot.agency_id,
        question_id=next(iter(failed.questions), ""),
        path=spot.place.path,
        values=_values(failed, catalogue),
        sheet=spot.place.sheet,
        cell=spot.place.cell,
    )


def _values(failed: Failed, catalogue: Catalogue) -> dict[str, str]:
    spot = failed.spot
    values = {"table": spot.table.schema.title}
    if spot.cell is not None:
        part = "" if spot.is_whole else spot.cell.part
        values["column"] = wording.column(spot.cell.column.label, part)
    if spot.row is not None:
        values["row"] = _row_words(spot)
    for key, fact in spot.facts.items():
        shown = wording.cell_value(fact)
        values[key] = wording.quoted(shown) if key in _QUOTED else shown
    more = _MORE.get(failed.code)
    return values | (more(failed, catalogue) if more else {})


def _row_words(spot: Spot) -> str:
    row, schema = spot.row, spot.table.schema
    if row is None:
        return ""
    label = _label(spot)
    if schema.row_kind is RowKind.LIST:
        label = row.label or question_of_row(row, schema)
        line = wording.table_row("", None, row.number)
        return f"{line} ({wording.quoted(label, _ROW_CHARS)})" if label else line
    return wording.table_row(label, row.year)


def _label(spot: Spot) -> str:
    """The name of a row, with its kecamatan where another village bears it too."""
    row = spot.row
    if row is None:
        return ""
    return f"{row.label} ({row.group})" if row.group and row.label in spot.table.namesakes else row.label


def _place_words(place: Place) -> str:
    return " ".join(filter(None, (place.path, wording.place(place.sheet, place.cell))))


def _unreadable(failed: Failed, _: Catalogue) -> dict[str, str]:
    cell = failed.spot.cell
    return {"wanted": load_words().wanted(cell.column.type)} if cell else {}


def _unknown_choice(failed: Failed, _: Catalogue) -> dict[str, str]:
    cell = failed.spot.cell
    return {"options": ", ".join(cell.column.options)} if cell else {}


def _remark(failed: Failed, catalogue: Catalogue) -> dict[str, str]:
    """How a cell was read, and what is written in it: a share was taken times a hundred."""
    cell = failed.spot.cell
    if cell is None:
        return {}
    remark = {"remark": catalogue.remarks.get(cell.read.remark, cell.read.remark)}
    if cell.read.text:
        remark["value"] = cell.read.text
    elif cell.read.remark == FRACTION and cell.read.number is not None:
        remark["value"] = wording.number(cell.read.number / 100, 4)
    return remark


def _range(failed: Failed, _: Catalogue) -> dict[str, str]:
    """Bounds as words; an open end is told by a sign."""
    facts = failed.spot.facts
    return {} if {"minimum", "maximum"} <= set(facts) else {key: _OPEN[key] for key in _OPEN if key not in facts}


_OPEN: Mapping[str, str] = {"minimum": "-∞", "maximum": "∞"}


def _missing_row(failed: Failed, catalogue: Catalogue) -> dict[str, str]:
    """Whose form to fill in, where it is not among the files the table was made of."""
    spot = failed.spot
    if spot.place.path or spot.row is None:
        return {}
    filler = spot.facts.get("filler", _label(spot))
    return {"path": catalogue.phrases["area-form"].format(area=filler)}


def _name(failed: Failed, _: Catalogue) -> dict[str, str]:
    return {"row": _label(failed.spot)} if failed.spot.row is not None else {}


def _year(failed: Failed, _: Catalogue) -> dict[str, str]:
    row = failed.spot.row
    return {"value": str(row.year)} if row is not None else {}


_MORE: Mapping[str, Callable[[Failed, Catalogue], dict[str, str]]] = {
    "cell-unreadable": _unreadable,
    "choice-unknown": _unknown_choice,
    "cell-remark": _remark,
    "table-out-of-range": _range,
    "table-row-missing": _missing_row,
    "table-year-outside": _year,
    "area-unknown": _name,
}
