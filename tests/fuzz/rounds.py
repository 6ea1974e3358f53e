"""Rounds of spoilt files until the time is over: seeds, processes of their own, totals; what a round does is given."""

from __future__ import annotations

import argparse
import collections
import hashlib
import multiprocessing
import random
import resource
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from flows.settings import demo_root
from tests.fuzz.mutations import mutate

ROUND_SECONDS = 600.0
"""A round that takes longer hangs."""
PARENT_BYTES = 4_000_000_000
"""Most address space of the process of a round, without its children."""
_SEED_BYTES = 3_000_000
_PER_SUFFIX = 80
_SAYS_MORE_EVERY = 20

Seed = tuple[str, bytes]
"""Suffix and bytes of a sound file."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a round."""

    counts: collections.Counter[str]
    """Files by what became of them."""
    megabytes: int
    """Largest process."""
    fault: str
    """What did not hold."""
    seconds: float = 0.0


Work = Callable[[Path, list[str], argparse.Namespace], Outcome]
"""What is done in the process of a round: with its folder, the names of spoilt files in its ``inputs``, the options."""


def parser(words: str | None) -> argparse.ArgumentParser:
    """Options that every fuzzer has."""
    made = argparse.ArgumentParser(description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    made.add_argument("--seconds", type=float, default=60.0)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--keep", type=Path, default=None, help="where suspicious files go")
    return made


def run(
    options: argparse.Namespace, names: Callable[[list[Seed], random.Random], list[tuple[str, Seed]]], work: Work
) -> int:
    """Run rounds until the time is over and say what came of them; 1 where anything did not hold.

    Args:
        options: of :func:`parser`, and more for ``work``.
        names: chooses for a round which seeds are spoilt, and under which names.
        work: importable by name.
    """
    seeds = seeds_of(options.folders or [demo_root() / "kota-contoh" / "2024"])
    ends, number, faults = time.monotonic() + options.seconds, 0, 0
    totals: collections.Counter[str] = collections.Counter()
    slowest, peak = 0.0, 0
    while time.monotonic() < ends:
        number += 1
        seed = options.seed * 1_000_000 + number
        chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
        outcome = _round(names(seeds, chance), chance, work, options)
        totals.update(outcome.counts)
        slowest, peak = max(slowest, outcome.seconds), max(peak, outcome.megabytes)
        faults += bool(outcome.fault)
        if outcome.fault:
            print(f"round {number}: {outcome.fault} (seed {seed})", flush=True)
        if number % _SAYS_MORE_EVERY == 0:
            print(f"{number} rounds, {dict(totals)}, slowest {slowest:.1f} s, peak {peak} MB", flush=True)
    print(
        f"{number} rounds, {sum(totals.values())} files, slowest round {slowest:.1f} s, peak {peak} MB of one process"
    )
    print("\n".join(f"  {count:7} {name}" for name, count in totals.most_common()))
    print(f"{faults} faults")
    return 1 if faults else 0


def seeds_of(folders: Sequence[Path]) -> list[Seed]:
    """Files of every kind below the folders, no more than a few dozen of each."""
    found: dict[str, list[bytes]] = {}
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= _SEED_BYTES:
            found.setdefault(path.suffix.lower(), []).append(path.read_bytes())
    # By what they hold: the same at every call wherever the folders lie, and of every folder some.
    mixed = {suffix: sorted(group, key=lambda each: hashlib.sha256(each).digest()) for suffix, group in found.items()}
    return [(suffix, content) for suffix in sorted(mixed) for content in mixed[suffix][:_PER_SUFFIX]]


def in_turn(seeds: Sequence[Seed], count: int, chance: random.Random) -> list[Seed]:
    """So many seeds, kinds in turn so that many PDFs do not drown rare ones; now and then under a wrong suffix."""
    suffixes = sorted({suffix for suffix, _ in seeds})
    chosen = []
    for number in range(count if suffixes else 0):
        suffix = suffixes[number % len(suffixes)]
        content = chance.choice([each for kind, each in seeds if kind == suffix])
        chosen.append((chance.choice(suffixes) if chance.random() < 0.05 else suffix, content))
    return chosen


def peak_megabytes() -> int:
    """Of the largest process so far, this one or a child of it that has ended."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024


def keep(content: bytes, why: str, suffix: str, folder: Path) -> None:
    """A copy of a suspicious file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{why}-{hashlib.sha256(content).hexdigest()[:12]}{suffix}").write_bytes(content)


def _round(files: list[tuple[str, Seed]], chance: random.Random, work: Work, options: argparse.Namespace) -> Outcome:
    """One round in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kla-fuzz-", ignore_cleanup_errors=True) as folder:
        for name, (_, content) in files:
            path = Path(folder) / "inputs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(mutate(content, chance))
        process = context.Process(target=_work, args=(work, folder, [name for name, _ in files], options, theirs))
        process.start()
        theirs.close()
        outcome = _said(ours)
        if outcome.fault:
            process.kill()
        process.join()
    return Outcome(outcome.counts, outcome.megabytes, outcome.fault, time.monotonic() - started)


def _said(pipe: Connection) -> Outcome:
    nothing: collections.Counter[str] = collections.Counter()
    if not pipe.poll(ROUND_SECONDS):
        return Outcome(nothing, 0, "it hangs")
    try:
        outcome: Outcome = pipe.recv()
    except EOFError:
        return Outcome(nothing, 0, "the process died")
    return outcome


def _work(work: Work, folder: str, names: list[str], options: argparse.Namespace, pipe: Connection) -> None:
    """In the process of a round: do it, and say what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (PARENT_BYTES, PARENT_BYTES))
    try:
        outcome = work(Path(folder), names, options)
    except BaseException:  # noqa: BLE001  # whatever it is, it is what is looked for
        outcome = Outcome(collections.Counter(), peak_megabytes(), traceback.format_exc())
    pipe.send(outcome)
