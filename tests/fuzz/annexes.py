"""Spoilt files on their way to be pages of a dossier: ``python -m tests.fuzz.annexes --seconds 3600 FOLDER …``.

Files below the folders (the demo city where none is named) are spoilt at random, a round at a time, prepared as a run
prepares them, and what became pages is bound into a volume. What must hold: it ends, in bounded time; every file has
pages, or a reason for which there is a slip sheet; nothing is raised; memory stays within its bounds; what was prepared
does nothing but show itself, can be bound, and the volume stands its proof. A child process that dies or takes too long
costs its own file its pages, which is what it is for; such files are counted and kept, so that they can be looked at.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import random
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pikepdf

from flows import bounds
from flows.cabinet import Cabinet
from flows.errors import RenderError
from flows.gather.family import family_of_suffix
from flows.model import Media
from flows.render.annex import Job, prepare_all
from flows.render.binding import bind, prove
from flows.render.press import annex_pool
from flows.render.slips import slip_words
from flows.render.values import Pages, Prepared, Sheets
from tests.fuzz import rounds
from tests.fuzz.rounds import Outcome, Seed
from tests.render.annex.page_kit import carried
from tests.render.binding.kit import Press, book, exhibit, volume
from tests.render.opened import acting

FILES = 60
"""In one round."""
OFFICE = 2
"""Of them for LibreOffice, which takes seconds for each."""
_SUSPECT = ("crash", "timeout")
_OFFICE = (Media.TEXT_DOCUMENT, Media.SLIDES)
_KINDS = (Media.PDF, Media.IMAGE, Media.SPREADSHEET, Media.PLAIN_TEXT)


def main() -> int:
    """Run rounds until the time is over; 1 where anything did not hold."""
    parser = rounds.parser(__doc__)
    parser.add_argument("--office", type=int, default=OFFICE, help="files a round for LibreOffice")
    options = parser.parse_args()
    return rounds.run(options, partial(_chosen, office=options.office), _prepare)


def _chosen(seeds: list[Seed], chance: random.Random, *, office: int) -> list[tuple[str, Seed]]:
    """What is spoilt in a round: as much of each family, then some for LibreOffice."""
    chosen: list[Seed] = []
    for family in _KINDS:
        group = [seed for seed in seeds if family_of_suffix(seed[0]) is family]
        chosen += rounds.in_turn(group, FILES // len(_KINDS), chance)
    chosen += rounds.in_turn([seed for seed in seeds if family_of_suffix(seed[0]) in _OFFICE], office, chance)
    return [(f"{number:03}{seed[0]}", seed) for number, seed in enumerate(chosen)]


def _prepare(root: Path, names: list[str], options: argparse.Namespace) -> Outcome:
    """In the process of a round."""
    jobs = [_job(root / "inputs" / name, root) for name in names]
    with annex_pool() as pool:
        found = prepare_all(jobs, Cabinet(root / "lemari"), pool)
    said = [unanswered(found, jobs)]
    said += [_told(active_in(prepared.path), key) for key, prepared in found.items() if prepared.pages]
    said.append(unbound([prepared for prepared in found.values() if prepared.pages], root))
    for job in jobs:
        trouble = found[job.key].trouble if job.key in found else "lost"
        if options.keep and (trouble in (*_SUSPECT, "lost") or any(job.key in each for each in said)):
            rounds.keep(job.path.read_bytes(), trouble or "fault", job.path.suffix, options.keep)
    peak = rounds.peak_megabytes()
    if peak * 1_000_000 > bounds.ANNEX_MEMORY_BYTES * 1.1:
        said.append(f"peak of {peak} MB")
    counts = collections.Counter(
        f"{job.media.value}: {found[job.key].trouble or 'pages'}" for job in jobs if job.key in found
    )
    return Outcome(counts, peak, "; ".join(filter(None, said)))


def _job(path: Path, root: Path) -> Job:
    media = family_of_suffix(path.suffix) or Media.OTHER
    return Job(path, hashlib.sha256(path.read_bytes()).hexdigest(), media, f"III/12.1-01 Contoh {path.stem}", root)


def unanswered(found: Mapping[str, Prepared], jobs: Sequence[Job]) -> str:
    """What is to be said where a file has neither pages nor a reason for a slip sheet; empty where all have."""
    words = slip_words()
    wrong = [
        job.path.name
        for job in jobs
        if (answer := found.get(job.key)) is None
        or bool(answer.pages) is bool(answer.trouble)
        or (answer.trouble and answer.trouble not in words)
    ]
    return f"without pages and reason: {wrong[:5]}" if wrong else ""


def active_in(path: Path) -> str:
    """What a prepared file carries beside its pages; empty where it is nothing."""
    try:
        return ", ".join(sorted(acting(path) | carried(path)))
    except pikepdf.PdfError as error:
        return str(error)


def _told(what: str, key: str) -> str:
    return f"{key} carries {what}" if what else ""


def unbound(prepared: Sequence[Prepared], root: Path) -> str:
    """What is to be said where a volume of these pages cannot be bound or fails its proof; empty where it holds."""
    press = root / "cetak"
    press.mkdir()
    front = book(Press(press))
    leaves = [Pages(exhibit(number), each) for number, each in enumerate(prepared, start=1)]
    if not (said := _broken(front, leaves, root)):
        return ""
    alone = {each.prepared.path.parent.name: _broken(front, [each], root) for each in leaves}
    return "; ".join(f"{key}: {why}" for key, why in alone.items() if why) or said


def _broken(front: Sequence[Sheets], leaves: Sequence[Pages], root: Path) -> str:
    """Why it cannot be bound."""
    whole = volume([*front, *leaves])
    try:
        bind(whole, root / "dosir.pdf")
        prove(root / "dosir.pdf", whole)
    except (RenderError, pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
