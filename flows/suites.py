"""The child that runs suites of rules, which takes longest to be ready: it is begun before anything heavy is imported.

The import of Great Expectations takes three seconds and holds Python's lock all the time, so a thread beside other work
would take those seconds from it.
"""

from __future__ import annotations

from flows import bounds
from flows.bounded import BoundedPool

_READY = "flows.validate.expectations:warm_up"


def suites_pool() -> BoundedPool:
    """One child, which makes itself ready to run suites from now on."""
    pool = BoundedPool(1, bounds.SUITE_SECONDS, memory_bytes=0, first=_READY)
    pool.begin()
    return pool
