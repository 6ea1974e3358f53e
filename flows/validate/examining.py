"""Suites of rules are run in a child of their own (:mod:`flows.suites`), which imports while its parent gathers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TypeAlias

import pandas as pd

from flows.bounded import BoundedPool
from flows.recent import Recent
from flows.suites import suites_pool
from flows.validate.expectations import Checked, Rule, Suite, by_rows, run_suite, select

_FOUND: Recent[tuple[Checked, ...]] = Recent(256, __name__)
"""What rules found in some runs; a run asks for a few dozen."""
Examine: TypeAlias = Callable[[pd.DataFrame, Suite], tuple[Checked, ...]]
"""Runs a suite over a table, as :func:`flows.validate.expectations.run_suite` does, wherever that is."""


@dataclass(frozen=True, slots=True)
class _Case:
    table: pd.DataFrame
    suite: Suite


@contextmanager
def examiner(begun: BoundedPool | None = None) -> Iterator[Examine]:
    """A child that imports Great Expectations from now on, and runs suites while the body runs.

    A suite that the child cannot run (it died, it took too long, the suite has mistakes) is run here, where the error
    comes out as it is.

    Args:
        begun: that child, where somebody has begun it already; it is theirs to end.
    """
    with nullcontext(begun) if begun else suites_pool() as pool:

        def examine(table: pd.DataFrame, suite: Suite) -> tuple[Checked, ...]:
            if table.empty:
                return run_suite(table, suite)
            (result,) = pool.run(_run, [_Case(table, suite)])
            return result.value if result.value is not None else run_suite(table, suite)

        yield examine


def remembering(examine: Examine) -> Examine:
    """``examine``, which is not asked twice for the same rules over the same cells in this process."""

    def remembered(table: pd.DataFrame, suite: Suite) -> tuple[Checked, ...]:
        if table.empty:
            return examine(table, suite)
        return tuple(each for where, rules in by_rows(suite).items() for each in answers(table, suite, where, rules))

    def answers(table: pd.DataFrame, suite: Suite, where: str, rules: Sequence[Rule]) -> Iterator[Checked]:
        rows = select(table, where, suite.name)
        seen, part = _seen(rows, rules), Suite(suite.name, tuple(replace(rule, where="") for rule in rules))
        # As plain values, of which each type looks different; whole columns would be shortened.
        found = _FOUND.value(seen.to_dict("split"), part, make=lambda: examine(seen, part))
        return (Checked(rule, rows.index.tolist(), each.failed) for rule, each in zip(rules, found, strict=True))

    return remembered


def _seen(rows: pd.DataFrame, rules: Sequence[Rule]) -> pd.DataFrame:
    """What ``rules`` look at: the columns they are about, all where one is not about a single column that is there."""
    about = {str(rule.kwargs.get("column", "")) for rule in rules}
    is_all = about <= set(rows.columns) and all(rule.type.startswith("expect_column_values_") for rule in rules)
    return rows[sorted(about)] if is_all else rows


def _run(case: _Case) -> tuple[Checked, ...]:
    """Runs in the child."""
    return run_suite(case.table, case.suite)
