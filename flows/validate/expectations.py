"""Great Expectations, walled off: a suite from ``validations/suites`` over one tidy table, its failures as row numbers.

The only module that imports Great Expectations. A context is ephemeral and silent; one table with many expectations is
validated in one go, because every validation has a fixed cost.
"""

from __future__ import annotations

import logging
import os
import re
import threading
import warnings
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from flows.errors import Problem, RulesError
from flows.findings import load_catalogue
from flows.imports import import_at_use, without_collecting_garbage
from flows.model import Outcome
from flows.settings import validations_root
from flows.yaml_files import Mapping, Problems, read_mapping

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.core.batch_definition import BatchDefinition

_TYPE = re.compile(r"expect_[a-z_]+")
_OUTCOMES = {each.value: each for each in (Outcome.LACKING, Outcome.WARNING)}


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation of a suite with the finding its failures become."""

    type: str
    """Name in Great Expectations: ``expect_column_values_to_be_unique``."""
    kwargs: MappingOf[str, object]
    where: str
    """Pandas expression that limits the rows; empty for all."""
    finding: str
    """Code in the catalogue of findings."""
    outcome: Outcome | None = None
    """What a failure makes of the table it is about; None: what the severity of the finding says."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A set of rules over one table."""

    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule and one row that does not satisfy it."""

    rule: Rule
    row: int
    """Index label in the table that was checked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One rule that was run: the rows it looked at and those that do not satisfy it, as index labels."""

    rule: Rule
    looked: Sequence[int]
    failed: tuple[int, ...]


def load_suite(name: str, root: Path | None = None) -> Suite:
    """Read ``validations/suites/<name>.yaml``.

    Raises:
        RulesError: the file, or the catalogue whose codes it names, has mistakes; all listed.
    """
    problems = Problems()
    shown = f"validations/suites/{name}.yaml"
    top = read_mapping((root or validations_root()) / "suites" / f"{name}.yaml", shown, problems)
    if top is None:
        raise RulesError(problems.items)
    top.whole("format")
    suite_name = top.text("name")
    top.text("table")
    codes = load_catalogue(root).entries
    rules = tuple(_read_rule(entry, codes) for entry in top.mappings("expectations", required=True))
    top.close()
    if problems.items:
        raise RulesError(problems.items)
    return Suite(suite_name, rules)


def warm_up() -> None:
    """Import Great Expectations (a second or two, once per process), silently and without telemetry."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with warnings.catch_warnings(), without_collecting_garbage():
        warnings.simplefilter("ignore")
        from tqdm import tqdm  # type: ignore[import-untyped]

        # Its own lock is one between processes: a child that is killed would leave it behind, and Python would say so.
        tqdm.set_lock(threading.RLock())
        # For tests of distributions and pictures of them, which no suite asks for: a third of the time of the import.
        import_at_use("scipy.stats", "altair")
        import great_expectations as gx

    logging.getLogger(gx.__name__).setLevel(logging.ERROR)


def failures_of(checked: Iterable[Checked]) -> tuple[Failure, ...]:
    """Every row that breaks a rule, from what :func:`run_suite` found."""
    return tuple(Failure(each.rule, row) for each in checked for row in each.failed)


def run_suite(table: pd.DataFrame, suite: Suite) -> tuple[Checked, ...]:
    """Run every rule of ``suite`` over ``table``.

    Args:
        table: One row per thing checked, with a unique integer index.
        suite: The rules; a rule whose ``where`` matches no row holds and looked at nothing.

    Returns:
        One result per rule, rules of equal ``where`` together.

    Raises:
        RulesError: a rule cannot be evaluated on this table (unknown column, expectation or argument).
    """
    if table.empty:
        return tuple(Checked(rule, (), ()) for rule in suite.rules)
    warm_up()
    checked: list[Checked] = []
    for where, rules in by_rows(suite).items():
        rows = select(table, where, suite.name)
        looked = rows.index.tolist()
        failed = _check_rows(rows, rules, suite.name) if looked else {}
        checked.extend(Checked(rule, looked, tuple(failed.get(number, ()))) for number, rule in enumerate(rules))
    return tuple(checked)


def _check_rows(rows: pd.DataFrame, rules: Sequence[Rule], suite_name: str) -> dict[int, list[int]]:
    """Validate one frame against several rules in a single run: number of the rule → rows that break it."""
    batch = _whole_frame().get_batch(batch_parameters={"dataframe": rows})
    # COMPLETE cuts the list of values at 200 but not the list of row numbers, so only the latter is read.
    result_format = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
    outcome = batch.validate(_expectations(rules, suite_name), result_format=result_format)
    return dict(_failures(result, rules, suite_name) for result in outcome.results)


@cache
def _whole_frame() -> BatchDefinition[Any]:
    """The one door through which every frame is validated; making a context of its own costs as much as a suite."""
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("whole")


def _expectations(rules: Sequence[Rule], suite_name: str) -> ExpectationSuite:
    import great_expectations as gx
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    suite = gx.ExpectationSuite(name=suite_name)
    for number, rule in enumerate(rules):
        try:
            found = ExpectationConfiguration(type=rule.type, kwargs=dict(rule.kwargs), meta={"rule": number})
            suite.add_expectation(found.to_domain_obj())
        except Exception as error:
            raise _broken(suite_name, rule.type) from error
    return suite


def _failures(result: ExpectationValidationResult, rules: Sequence[Rule], suite_name: str) -> tuple[int, list[int]]:
    configuration = result.expectation_config
    number = int(configuration.meta["rule"]) if configuration is not None else 0
    if result.exception_info.get("raised_exception"):
        raise _broken(suite_name, rules[number].type)
    if result.success:
        return number, []
    rows = result.result.get("unexpected_index_list")
    if rows is None:
        raise _broken(suite_name, rules[number].type)
    return number, [int(row) for row in rows]


def by_rows(suite: Suite) -> dict[str, list[Rule]]:
    """The rules of ``suite`` by the rows they look at, in the order in which :func:`run_suite` answers."""
    groups: dict[str, list[Rule]] = {}
    for rule in suite.rules:
        groups.setdefault(rule.where, []).append(rule)
    return groups


def select(table: pd.DataFrame, where: str, suite_name: str) -> pd.DataFrame:
    """The rows of ``table`` that rules of a suite with this ``where`` look at.

    Raises:
        RulesError: the expression cannot be evaluated on this table.
    """
    if not where:
        return table
    try:
        return table.query(where, engine="python")
    except Exception as error:
        raise _broken(suite_name, where) from error


def _broken(suite_name: str, what: str) -> RulesError:
    problem = Problem(f"validations/suites ({suite_name})", None, f"aturan tidak dapat dijalankan: {what}")
    return RulesError([problem], "Periksa nama kolom, jenis aturan, dan argumennya.")


def _read_rule(entry: Mapping, codes: Collection[str]) -> Rule:
    kind = entry.text("type")
    if kind and not _TYPE.fullmatch(kind):
        entry.problem_at("type", f'"{kind}" bukan nama aturan Great Expectations')
    outcome = _OUTCOMES[entry.choice("outcome", _OUTCOMES)] if entry.has("outcome") else None
    rule = Rule(kind, entry.values("kwargs"), entry.text("where", ""), entry.text("finding"), outcome)
    if rule.finding and rule.finding not in codes:
        entry.problem_at("finding", f'kode temuan "{rule.finding}" tidak ada di validations/findings.yaml')
    entry.close()
    return rule
