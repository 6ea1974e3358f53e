"""Spoilt files through the front door, as long as asked: ``python -m tests.fuzz.readers --seconds 3600 FOLDER …``.

Files below the folders (the demo city where none is named) are spoilt at random, laid into the folder of an agency, a
round at a time, and gathered. What must hold: the gathering ends, in bounded time; every file is accounted for exactly
once; nothing is raised; memory stays within its bounds. A child process that dies or takes too long costs its own file
a finding, which is what it is for; such files are counted and kept, so that they can be looked at.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path

from flows import bounds
from flows.model import Manifest
from flows.settings import demo_root
from tests.fuzz.mutations import mutate
from tests.gather.kit import city, instrument

FILES = 160
"""In one round."""
ROUND_SECONDS = 600.0
"""A round that takes longer hangs."""
PARENT_BYTES = 4_000_000_000
_SEED_BYTES = 3_000_000
_PER_SUFFIX = 80
_SUSPECT = ("inspection-crash", "inspection-timeout")


def main() -> int:
    """Run rounds until the time is over; 1 where anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None, help="where suspicious files go")
    options = parser.parse_args()
    seeds = _seeds(options.folders or [demo_root() / "kota-contoh" / "2024"])
    ends, number, faults = time.monotonic() + options.seconds, 0, 0
    totals: collections.Counter[str] = collections.Counter()
    slowest, peak = 0.0, 0
    while time.monotonic() < ends:
        number += 1
        seconds, counts, megabytes, fault = _round(seeds, options.seed * 1_000_000 + number, options.keep)
        totals.update(counts)
        slowest, peak, faults = max(slowest, seconds), max(peak, megabytes), faults + bool(fault)
        if fault:
            print(f"round {number}: {fault}", flush=True)
        if number % 20 == 0:
            print(f"{number} rounds, {dict(totals)}, slowest {slowest:.1f} s, peak {peak} MB", flush=True)
    print(
        f"{number} rounds, {sum(totals.values())} files, slowest round {slowest:.1f} s, peak {peak} MB of one process"
    )
    print("\n".join(f"  {count:7} {name}" for name, count in totals.most_common()))
    print(f"{faults} faults")
    return 1 if faults else 0


def _seeds(folders: list[Path]) -> list[tuple[str, bytes]]:
    """Suffix and bytes of files of every kind, no more than a few dozen of each."""
    found: dict[str, list[bytes]] = {}
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= _SEED_BYTES:
            found.setdefault(path.suffix.lower(), []).append(path.read_bytes())
    # By what they hold: the same at every call wherever the folders lie, and of every folder some.
    mixed = {suffix: sorted(group, key=lambda each: hashlib.sha256(each).digest()) for suffix, group in found.items()}
    return [(suffix, content) for suffix in sorted(mixed) for content in mixed[suffix][:_PER_SUFFIX]]


def _round(
    seeds: list[tuple[str, bytes]], seed: int, keep: Path | None
) -> tuple[float, collections.Counter[str], int, str]:
    """One gathering in a process of its own: seconds, conditions, peak megabytes, and what did not hold."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kla-fuzz-", ignore_cleanup_errors=True) as folder:
        names = _lay_out(Path(folder) / "inputs", seeds, random.Random(seed))  # noqa: S311  # repeatable, not secret
        process = context.Process(target=_gather, args=(folder, names, str(keep or ""), theirs))
        process.start()
        theirs.close()
        fault = "" if ours.poll(ROUND_SECONDS) else "it hangs"
        try:
            counts, megabytes, said = ours.recv() if not fault else ({}, 0, fault)
        except EOFError:
            counts, megabytes, said = {}, 0, "the process died"
        if fault:
            process.kill()
        process.join()
    return time.monotonic() - started, collections.Counter(counts), megabytes, f"{said} (seed {seed})" if said else ""


def _lay_out(root: Path, seeds: list[tuple[str, bytes]], chance: random.Random) -> list[str]:
    names = []
    suffixes = sorted({suffix for suffix, _ in seeds})
    agency = root / city().agencies[0].folder
    agency.mkdir(parents=True)
    for number in range(FILES):
        # Kinds in turn, so that rare ones are not drowned by many PDFs; now and then under a wrong name.
        suffix = suffixes[number % len(suffixes)]
        content = chance.choice([each for kind, each in seeds if kind == suffix])
        shown = chance.choice(suffixes) if chance.random() < 0.05 else suffix
        name = f"12.1 rusak {number:03}{shown}"
        (agency / name).write_bytes(mutate(content, chance))
        names.append(f"{agency.name}/{name}")
    return names


def _gather(folder: str, names: list[str], keep: str, pipe: object) -> None:
    """In the process of a round: gather, and say what came of it."""
    from flows.gather import gather

    resource.setrlimit(resource.RLIMIT_AS, (PARENT_BYTES, PARENT_BYTES))
    os.environ["KLA_TENANG"] = "0"
    root = Path(folder)
    counts: collections.Counter[str] = collections.Counter()
    try:
        manifest = gather(city(), instrument(), root / "inputs", state_root=root / "state")
        counts.update(_conditions(manifest))
        said = unaccounted(manifest, names)
        if keep:
            _keep(manifest, root / "inputs", Path(keep))
    except BaseException:  # noqa: BLE001  # whatever it is, it is what is looked for
        said = traceback.format_exc()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    if peak * 1_000_000 > bounds.INSPECTION_MEMORY_BYTES * 1.1:
        said += f" peak of {peak} MB"
    pipe.send((counts, peak, said))  # type: ignore[attr-defined]


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


def _keep(manifest: Manifest, inputs: Path, keep: Path) -> None:
    for file in manifest.files:
        if file.detail in _SUSPECT and not file.container:
            content = (inputs / file.path).read_bytes()
            keep.mkdir(parents=True, exist_ok=True)
            name = f"{file.detail}-{hashlib.sha256(content).hexdigest()[:12]}{Path(file.path).suffix}"
            (keep / name).write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
