"""Great Expectations in a child of its own: its import takes three seconds, in which its parent gathers.

The import holds Python's lock all the time, so a thread beside the gathering would take those seconds from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from flows import bounds
from flows.bounded import BoundedPool
from flows.validate.expectations import Checked, Suite, run_suite, warm_up

Examine: TypeAlias = Callable[[pd.DataFrame, Suite], tuple[Checked, ...]]
"""Runs a suite over a table, as :func:`flows.validate.expectations.run_suite` does, wherever that is."""


@dataclass(frozen=True, slots=True)
class _Case:
    table: pd.DataFrame
    suite: Suite


@contextmanager
def examiner() -> Iterator[Examine]:
    """A child that imports Great Expectations from now on, and runs suites while the body runs.

    A suite that the child cannot run (it died, it took too long, the suite has mistakes) is run here, where the error
    comes out as it is.
    """
    with BoundedPool(1, bounds.SUITE_SECONDS, memory_bytes=0, first=warm_up) as pool:
        pool.begin()

        def examine(table: pd.DataFrame, suite: Suite) -> tuple[Checked, ...]:
            if table.empty:
                return run_suite(table, suite)
            (result,) = pool.run(_run, [_Case(table, suite)])
            return result.value if result.value is not None else run_suite(table, suite)

        yield examine


def _run(case: _Case) -> tuple[Checked, ...]:
    """Runs in the child."""
    return run_suite(case.table, case.suite)
