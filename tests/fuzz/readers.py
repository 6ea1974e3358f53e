"""Spoilt files through the front door, as long as asked: ``python -m tests.fuzz.readers --seconds 3600 FOLDER …``.

Files below the folders (the demo city where none is named) are spoilt at random, laid into the folder of an agency, a
round at a time, and gathered. What must hold: the gathering ends, in bounded time; every file is accounted for exactly
once; nothing is raised; memory stays within its bounds. A child process that dies or takes too long costs its own file
a finding, which is what it is for; such files are counted and kept, so that they can be looked at.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import sys
from pathlib import Path

from flows import bounds
from flows.model import Manifest
from tests.fuzz import rounds
from tests.fuzz.rounds import Outcome, Seed
from tests.gather.kit import city, instrument

FILES = 160
"""In one round."""
_SUSPECT = ("inspection-crash", "inspection-timeout")


def main() -> int:
    """Run rounds until the time is over; 1 where anything did not hold."""
    return rounds.run(rounds.parser(__doc__).parse_args(), _chosen, _gather)


def _chosen(seeds: list[Seed], chance: random.Random) -> list[tuple[str, Seed]]:
    agency = city().agencies[0].folder
    chosen = rounds.in_turn(seeds, FILES, chance)
    return [(f"{agency}/12.1 rusak {number:03}{seed[0]}", seed) for number, seed in enumerate(chosen)]


def _gather(root: Path, names: list[str], options: argparse.Namespace) -> Outcome:
    """In the process of a round."""
    from flows.gather import gather

    os.environ["KLA_TENANG"] = "0"
    manifest = gather(city(), instrument(), root / "inputs", state_root=root / "state")
    said = unaccounted(manifest, names)
    if options.keep:
        _keep(manifest, root / "inputs", options.keep)
    peak = rounds.peak_megabytes()
    if peak * 1_000_000 > bounds.INSPECTION_MEMORY_BYTES * 1.1:
        said += f" peak of {peak} MB"
    return Outcome(_conditions(manifest), peak, said)


def _conditions(manifest: Manifest) -> collections.Counter[str]:
    return collections.Counter(
        f"{file.condition.value} ({file.detail})" if file.detail in _SUSPECT else file.condition.value
        for file in manifest.files
    )


def unaccounted(manifest: Manifest, names: list[str]) -> str:
    """What is to be said where not every file of ``names`` stands in the manifest exactly once; empty where it does."""
    found = collections.Counter(file.path for file in manifest.files if not file.container)
    wrong = [name for name in names if found[name] != 1]
    return f"not accounted for exactly once: {wrong[:5]}" if wrong else ""


def _keep(manifest: Manifest, inputs: Path, folder: Path) -> None:
    for file in manifest.files:
        if file.detail in _SUSPECT and not file.container:
            rounds.keep((inputs / file.path).read_bytes(), file.detail, Path(file.path).suffix, folder)


if __name__ == "__main__":
    sys.exit(main())
