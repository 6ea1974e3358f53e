"""Suites of rules are run in a child of their own (:mod:`flows.suites`), which imports while its parent gathers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from flows.bounded import BoundedPool
from flows.recent import Recent
from flows.suites import suites_pool
from flows.validate.expectations import Checked, Suite, run_suite

_FOUND: Recent[tuple[Checked, ...]] = Recent(64, __name__)
"""What suites found in some runs; a run asks for about a dozen."""
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
    """``examine``, which is not asked twice for the same in this process."""

    def remembered(table: pd.DataFrame, suite: Suite) -> tuple[Checked, ...]:
        # As plain values, of which each type looks different; whole columns would be shortened.
        return _FOUND.value(table.to_dict("split"), suite, make=lambda: examine(table, suite))

    return remembered


def _run(case: _Case) -> tuple[Checked, ...]:
    """Runs in the child."""
    return run_suite(case.table, case.suite)
