"""One piece of work in a process of its own, so that its memory is its own: ``python -m tests.bench.alone WORK …``.

Prints one line of JSON: seconds, peak memory in megabytes, and how much was done. A child process imports this module
again, as it would the command, which imports next to nothing: so what only prepares a measurement is imported there.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING

from flows import bounds
from flows.model import City, Framework, GatheredTable, Manifest
from flows.settings import Settings, templates_root

if TYPE_CHECKING:
    from flows.render import Evidence

CITY_ID, YEAR = "kota-ukur", 2024
FORMS, FORM_VILLAGES, TABLE_VILLAGES = 300, 270, 200
LOOKED_THROUGH = 3_000
"""Pages."""
OPEN_FILES = 1024
"""Files a process may hold open where nobody has set anything."""
_BATCH = 12
_KILOBYTES = 1024


def write_forms(root: Path) -> tuple[float, int]:
    """Write the forms into ``root/forms``, numbered in the order of their plans."""
    from flows.forms.writer import write_form
    from tests.bench.filled import fill, plans

    city, framework = _city(root, FORM_VILLAGES)
    asked = plans(city, framework, FORMS)
    answered = [fill(plan) for plan in asked]
    folder = root / "forms"
    folder.mkdir()
    started = time.perf_counter()
    for number, (plan, raw) in enumerate(zip(asked, answered, strict=True)):
        (folder / f"{number:03}.xlsx").write_bytes(write_form(plan, raw))
    return time.perf_counter() - started, len(asked)


def read_forms(root: Path) -> tuple[float, int]:
    """Read them back and understand them; a form that is not taken is an error."""
    from flows.forms.grid import open_workbook
    from flows.forms.locate import locate
    from flows.forms.understand import understand
    from tests.bench.filled import plans

    city, framework = _city(root, FORM_VILLAGES)
    asked = plans(city, framework, FORMS)
    paths = sorted((root / "forms").iterdir())
    cells = 0
    started = time.perf_counter()
    for plan, path in zip(asked, paths, strict=True):
        reading = understand(locate(open_workbook(path), plan), plan, city, path.name)
        if not reading.form.is_taken or reading.notes:
            raise ValueError(f"{path.name}: {reading.notes[:3]}")
        cells += reading.form.filled_cells
    return time.perf_counter() - started, cells


def read_plainly(root: Path) -> tuple[float, int]:
    """The reference: every cell of the same files by openpyxl."""
    import openpyxl

    cells = 0
    started = time.perf_counter()
    for path in sorted((root / "forms").iterdir()):
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
            for row in sheet.iter_rows(values_only=True):
                cells += sum(value is not None for value in row)
    return time.perf_counter() - started, cells


def judge(root: Path) -> tuple[float, int]:
    """All suites over all tables of the city, imports apart."""
    from flows.validate import judge_tables, warm_up

    city, framework = _city(root, TABLE_VILLAGES)
    tables = _tables(city, framework)
    manifest = Manifest((), (), tables=tables)
    warm_up()
    started = time.perf_counter()
    verdict = judge_tables(city, framework, manifest)
    seconds = time.perf_counter() - started
    if missing := framework.tables.keys() - verdict.tables.keys():
        raise ValueError(f"not filled: {sorted(missing)}")
    return seconds, sum(len(row.cells) for table in tables for row in table.rows)


def count_pages(root: Path) -> tuple[float, int]:
    """Hash every file and count the pages of the PDFs, children's start included."""
    from flows.bounded import BoundedPool
    from flows.gather.hashing import hash_entries
    from flows.gather.intake import plan, walk

    city, _ = _city(root, 0)
    inputs = Settings(root / "inputs", root / "outputs").input_root(CITY_ID, YEAR)
    started = time.perf_counter()
    entries = [entry for source in plan(city, inputs) for entry in walk(source, inputs).entries]
    paths = [entry.real_path for entry in entries if entry.path.endswith(".pdf")]
    batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
    with BoundedPool() as pool, ThreadPoolExecutor(1) as beside:
        counting = beside.submit(lambda: [each.value for each in pool.run(pages_of, batches)])
        hashed = hash_entries(entries, None, fresh=True)
        pages = sum(sum(found or ()) for found in counting.result())
    if not all(one.sha256 for one in hashed if one.entry.bytes):
        raise ValueError("not all hashed")
    return time.perf_counter() - started, pages


def pages_of(paths: list[str]) -> list[int]:
    """Pages of each PDF."""
    import pikepdf

    counts = []
    for path in paths:
        with pikepdf.open(path) as pdf:
            counts.append(len(pdf.pages))
    return counts


def gather_cold(root: Path) -> tuple[float, int]:
    """Gather the city with nothing remembered."""
    return _gather(root, fresh=True)


def gather_again(root: Path) -> tuple[float, int]:
    """Gather it once more, unchanged."""
    return _gather(root, fresh=False)


def _gather(root: Path, *, fresh: bool) -> tuple[float, int]:
    from flows.gather import gather
    from flows.imports import collect_garbage_seldom

    collect_garbage_seldom()  # as a check does
    city, framework = _city(root, 0)
    settings = Settings(root / "inputs", root / "outputs")
    inputs = settings.input_root(CITY_ID, YEAR)
    started = time.perf_counter()
    manifest = gather(city, framework, inputs, state_root=settings.state, fresh=fresh)
    return time.perf_counter() - started, len(manifest.files)


def print_parts(root: Path) -> tuple[float, int]:
    """The book of a city, by parts and bound."""
    return _printed(root, "by_parts")


def print_whole(root: Path) -> tuple[float, int]:
    """The same HTML as one document."""
    return _printed(root, "as_one")


def _printed(root: Path, how: str) -> tuple[float, int]:
    from tests.bench import book

    proof = _proof(root)
    folder = root / how
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    started = time.perf_counter()
    pages = {"by_parts": book.by_parts, "as_one": book.as_one}[how](proof, folder)
    return time.perf_counter() - started, pages


def _proof(root: Path) -> Evidence:
    from flows.render.chapters import chapter_view
    from tests.bench import book

    documents = int((root / DOCUMENTS_FILE).read_text())
    city, framework = _city(root, BOOK_VILLAGES)
    proof = book.evidence(city, framework, Manifest((), (), tables=_tables(city, framework)), documents)
    for block in framework.blocks:
        chapter_view(proof, block)  # what every way of printing needs is worked out before
    return proof


def print_one_document(root: Path) -> tuple[float, int]:
    """Write the same HTML where a browser can print it; nothing is measured."""
    from tests.bench import book

    proof = _proof(root)
    html = book.one_document(proof).replace("<head>", f'<head><base href="{templates_root().as_uri()}/">', 1)
    (root / "buku.html").write_text(html, encoding="utf-8")
    return 0.0, len(html)


def look_through(_: Path) -> tuple[float, int]:
    """Look through pages of ordinary text for persons, in one process."""
    from flows.privacy import child_list_in_lines, find_numbers
    from tests.bench.city import ordinary_pages

    pages = ordinary_pages(LOOKED_THROUGH)
    started = time.perf_counter()
    found = [page for page in pages if find_numbers(page) or child_list_in_lines(page)]
    if found:
        raise ValueError("somebody was found where nobody is")
    return time.perf_counter() - started, len(pages)


def bind_volume(root: Path) -> tuple[float, int]:
    """Bind a city's whole dossier, with few files open."""
    from flows.render.binding import bind
    from tests.bench.volume import read_volume

    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    volume = read_volume(root)
    started = time.perf_counter()
    document = bind(volume, root / "dosir.pdf")
    return time.perf_counter() - started, document.pages


def prove_volume(root: Path) -> tuple[float, int]:
    """Read it back and prove it."""
    from flows.render.binding import prove
    from tests.bench.volume import read_volume

    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    volume = read_volume(root)
    started = time.perf_counter()
    prove(root / "dosir.pdf", volume)
    return time.perf_counter() - started, len(volume.leaves)


def _tables(city: City, framework: Framework) -> tuple[GatheredTable, ...]:
    from flows.forms.plan import all_plans
    from flows.forms.understand import understand
    from tests.bench.filled import fill

    readings = (understand(fill(plan), plan, city, plan.file_name) for plan in all_plans(city, framework))
    return tuple(table for reading in readings for table in reading.tables)


def _city(root: Path, villages: int) -> tuple[City, Framework]:
    from flows.request import load_year
    from tests.bench.filled import large

    city, framework = load_year(CITY_ID, YEAR, Settings(root / "inputs", root / "outputs"))
    return (large(city, villages) if villages else city), framework


DOCUMENTS_FILE = "dokumen.txt"
"""Says how many documents prove each question of the book."""
BOOK_VILLAGES = 30
WORK: dict[str, Callable[[Path], tuple[float, int]]] = {
    "write": write_forms,
    "read": read_forms,
    "openpyxl": read_plainly,
    "judge": judge,
    "count": count_pages,
    "gather": gather_cold,
    "again": gather_again,
    "scan": look_through,
    "parts": print_parts,
    "whole": print_whole,
    "html": print_one_document,
    "bind": bind_volume,
    "prove": prove_volume,
}

if __name__ == "__main__":
    seconds, count = WORK[sys.argv[1]](Path(sys.argv[2]))
    # A nursery that nobody waits for counts for nothing, nor do its children.
    forkserver._forkserver._stop()  # type: ignore[attr-defined]
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = (
        (own + bounds.INSPECTION_WORKERS * child) * _KILOBYTES / 1_000_000
    )  # the largest child, as often as there are
    largest = child * _KILOBYTES / 1_000_000
    print(json.dumps({"seconds": seconds, "megabytes": peak, "count": count, "largest": largest}))
