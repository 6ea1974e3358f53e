"""How files of tests are shared among the workers of pytest-xdist, so that all of them end at about the same time.

A file stays with one worker, since its tests share what is expensive to make. Those that ask for Prefect's server stay
together: it is started once for the whole run. The long ones begin; the many short ones fill what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from xdist.scheduler import LoadFileScheduling

SERVED = ("test_annual.py", "test_second_net.py", "test_service.py", "test_standby.py")
"""Files whose tests ask for the fixture ``served``."""
LONG = (
    *SERVED,
    "test_editions.py",
    "test_cli.py",
    "test_dossier.py",
    "test_demo_city.py",
    "test_real_tree.py",
    "test_forms_hostile.py",
    "test_spoilt.py",
    "test_round_trip.py",
    "test_tables.py",
    "test_table_pages.py",
    "test_instrument.py",
    "test_lists.py",
    "test_standing_tables.py",
)
"""Names of the files that take longest, roughly in order; a wrong order costs time and nothing else."""


class FilesTogether(LoadFileScheduling):  # type: ignore[misc]  # its class has no types
    """A worker takes a file after the other; the files that share the server count as one."""

    def __init__(self, config: Any, log: Any = None) -> None:  # noqa: ANN401 - values of pytest that only pass through
        config.option.loadscopereorder = False  # else the files with the most tests begin, however short these are
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        return "served" if PurePosixPath(scope).name in SERVED else scope


def longest_first(items: Iterable[Any]) -> Sequence[Any]:
    """Collected tests, those of long files first; within a file the order stays."""
    places = {name: place for place, name in enumerate(LONG)}
    return sorted(items, key=lambda item: places.get(PurePosixPath(item.nodeid.split("::", 1)[0]).name, len(places)))
