"""Measures speed beside a reference in the same run, and prints one table: ``make bench``.

Only ratios of one run can be compared; seconds depend on the machine and on what else it does. What cannot be measured
here (a program or the demo city is missing) is said in the table and stops nothing.

Gathering is measured on an invented city of 1,500 files and 2 GB, where its bars hold; a smaller one for a quick look:
``make bench BENCH_ARGS="--files 300 --megabytes 200 gather"``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.settings import Settings, demo_root
from tests.bench.alone import CITY_ID, DOCUMENTS_FILE, YEAR
from tests.bench.city import write_city
from tests.bench.pages import long_page
from tests.bench.volume import write_volume

KLA = Path(sys.executable).parent / "kla"
PROJECT = Path(__file__).resolve().parents[2]
TYPESET_ROWS = 2000
BOOK_SIZES = ((2, 1.9), (30, 2.5))
"""Documents a question, and how many times faster than one document the book must be: some 200 and 500 pages."""
MEMORY_BAR = 700.0
UP_SECONDS = 8.0
"""By then what a run leaves behind for the next one is ready: the server and the process that stays."""
AT_ONCE = {"KLA_TENANG": "0"}
"""Every file is believed at once."""
_WIDTHS = (44, 9, 34, 9, 8, 8)


@dataclass(frozen=True)
class Row:
    """One line of the table: some work, what it is measured against, and what it must not exceed."""

    work: str
    seconds: float
    reference: str
    reference_seconds: float
    bar: float
    """Highest ratio of the two."""

    @property
    def ratio(self) -> float:
        """Work per reference."""
        return self.seconds / self.reference_seconds


@dataclass(frozen=True)
class Place:
    """Where one measurement may write, and how much it should do."""

    root: Path
    files: int
    megabytes: int

    @property
    def settings(self) -> Settings:
        """Inputs and outputs below :attr:`root`."""
        return Settings(self.root / "inputs", self.root / "outputs")


class SkippedError(Exception):
    """This machine or this state of the project cannot do the measurement; the message says why."""


def main() -> None:
    """Run the measurements that are asked for, all of them by default."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wanted", nargs="*", metavar="WORK", help=f"one or more of {', '.join(MEASUREMENTS)}")
    parser.add_argument("--files", type=int, default=1500)
    parser.add_argument("--megabytes", type=int, default=2000)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}\n")
    print(_line(("work", "seconds", "beside", "seconds", "ratio", "bar")))
    for name in options.wanted or MEASUREMENTS:
        with tempfile.TemporaryDirectory(prefix="kla-bench-", ignore_cleanup_errors=True) as folder:
            try:
                for row in MEASUREMENTS[name](Place(Path(folder), options.files, options.megabytes)):
                    _tell(row)
            except SkippedError as reason:
                print(f"{name}: skipped, {reason}", flush=True)


def start_up(_: Place) -> Iterator[Row]:
    """The first word of the command."""
    done = min(_timed([str(KLA), "--help"]) for _ in range(5))
    yield Row("kla --help", done, "bar of the contract", 0.5, 1.0)
    bare = min(_timed([sys.executable, "-c", "pass"]) for _ in range(5))
    yield Row("kla --help", done, "python -c pass", bare, 20.0)


def gather_city(place: Place) -> Iterator[Row]:
    """Gather an invented city's evidence: once, and again unchanged; the same bytes by sha256sum beside it."""
    if not (sha256sum := shutil.which("sha256sum")):
        raise SkippedError("sha256sum is not here")
    _prepare(place)
    pages = _write_evidence(place)
    root = place.settings.input_root(CITY_ID, YEAR)
    time.sleep(2.5)  # the cache distrusts files written in the last two seconds
    os.sync()  # nor are its gigabytes still being written to the disk while anything is measured
    command = ["find", str(root), "-type", "f", "-exec", sha256sum, "{}", "+"]
    _run(command, place.root)  # what is read lies in memory for both
    # In turns and the best of three of each: what else the machine does hits both or counts for neither.
    turns = [(_timed(command), _alone("gather", place)) for _ in range(3)]
    reference = min(seconds for seconds, _ in turns)
    cold = min((each for _, each in turns), key=lambda each: each.seconds)
    size = f"{place.files} files, {place.megabytes} MB, {pages} pages"
    counted = _alone("count", place)
    yield Row(f"hash, count pages: {size}", counted.seconds, "sha256sum of the same tree", reference, 0.7)
    yield Row("the whole of gather", cold.seconds, "sha256sum of the same tree", reference, 1.5)
    again = _alone("again", place)
    yield Row("gather again, unchanged", again.seconds, "gather the first time", cold.seconds, 0.05)
    yield Row("peak memory, children included, MB", cold.megabytes, "bar of the contract, MB", 1000.0, 1.0)
    scan = _alone("scan", place)
    speed = scan.count / scan.seconds
    yield Row(
        f"look for persons ({speed:.0f} pages/s, one process)", scan.seconds, "300 pages/s", scan.count / 300, 1.0
    )


def demo_city(place: Place) -> Iterator[Row]:
    """The demo city by the command, as people run it."""
    if not (demo_root() / "kota-contoh" / "2024").is_dir():
        raise SkippedError("the demo city is not here")
    words = ["kota-contoh", "2024", "--inputs", str(demo_root()), "--outputs", str(place.settings.outputs)]
    first, whole = _first_word([str(KLA), "periksa", *words], place.root)
    yield Row("kla periksa kota-contoh, first word", first, "bar of the contract", 2.0, 1.0)
    yield Row("kla periksa kota-contoh", whole, "bar of the contract", 8.0, 1.0)
    again = _timed([str(KLA), "periksa", *words], place.root)
    yield Row("kla periksa again, unchanged", again, "the first time", whole, 1.0)
    try:
        cold = _timed([str(KLA), "susun", *words], place.root)
        yield Row("kla susun kota-contoh, cold", cold, "bar of the contract", 90.0, 1.0)
        warm, pages = _pages([str(KLA), "susun", *words, "--json"], place.root)
        yield Row(f"kla susun, server up ({pages / warm:.1f} pages/s)", warm, "bar of the contract", 45.0, 1.0)
        yield Row("kla susun, server up", warm, "cold", cold, 1.0)
    finally:
        _stop_server(place)


def changed_file(place: Place) -> Iterator[Row]:
    """The dossier of the demo city, and of a large one, again after one file of evidence was changed; server up."""
    if not (demo_root() / "kota-contoh" / "2024").is_dir():
        raise SkippedError("the demo city is not here")
    shutil.copytree(demo_root() / "kota-contoh", place.settings.inputs / "kota-contoh")
    try:
        yield from _changed(place, "kota-contoh", "demo city", rounds=2)
        _prepare(place)
        size = f"{place.files} files, {place.megabytes} MB"
        _write_evidence(place)
        yield from _changed(place, CITY_ID, size, rounds=1)
    finally:
        _stop_server(place)


def _changed(place: Place, city_id: str, size: str, rounds: int) -> Iterator[Row]:
    """Compose a dossier, change a file, compose it again, and that twice; the best of each in some rounds.

    What else the machine does hits the first run and those after it, or counts for neither.
    """
    turns = [tuple(_turn(place, city_id)) for _ in range(rounds)]  # each to its end before the next begins
    cold, once, twice = map(min, zip(*turns, strict=True))
    yield Row(f"susun, one file changed ({size})", once, "the first time", cold, 0.15)
    yield Row(f"susun, changed once more ({size})", twice, "the first time", cold, 0.15)


def _turn(place: Place, city_id: str) -> Iterator[float]:
    """Seconds of a first run, and of one after each of two changes of the largest report that questions are proven by.

    Right after the first run a virtual machine may still have to be given memory for what is written; later it has it.
    """
    _stop_server(place)
    shutil.rmtree(place.settings.outputs, ignore_errors=True)
    folders = ["--inputs", str(place.settings.inputs), "--outputs", str(place.settings.outputs)]
    command = [str(KLA), "susun", city_id, str(YEAR), *folders]
    # No run waits the two seconds in which a file must stay as it is before it is believed: that is no work, and a
    # file is changed some time before a run.
    yield _timed(command, place.root, AT_ONCE)
    reports = sorted(
        place.settings.input_root(city_id, YEAR).rglob("*.pdf"), key=lambda path: (path.stat().st_size, path)
    )
    for _ in range(2):
        with reports[-1].open("ab") as report:
            report.write(b"\n% diubah\n")
        os.sync()  # a file is changed some time after a run, not while its gigabytes are still being written,
        time.sleep(UP_SECONDS)  # nor while what serves the next run is still starting: the bar is meant with it up
        yield _timed(command, place.root, AT_ONCE)


def typesetting(place: Place) -> Iterator[Row]:
    """One long table: our typesetter beside a browser that prints the same page."""
    from flows.errors import RenderError
    from flows.render.pdf import require_engine, typeset

    chromium = _chromium()
    html, ours, theirs = long_page(TYPESET_ROWS), place.root / "ours.pdf", place.root / "theirs.pdf"
    (place.root / "page.html").write_text(html, encoding="utf-8")
    try:
        require_engine()
    except RenderError as error:
        raise SkippedError(error.message) from error
    done = _clock(lambda: typeset(html, ours, as_of=date(2025, 1, 2), title="Tabel"))
    speed = _page_count(ours) / done
    if not chromium:
        raise SkippedError(f"no browser to compare with (ours: {speed:.1f} pages/s)")
    command = _print_command(chromium, place, place.root / "page.html", theirs)
    _run(command, place.root)
    yield Row(f"typeset a long table ({speed:.1f} pages/s)", done, "headless browser", _timed(command, place.root), 5.0)


def bound_volume(place: Place) -> Iterator[Row]:
    """A city's whole dossier bound, stamped, outlined and linked, beside qpdf that only joins the same evidence."""
    documents = write_volume(place.root, place.megabytes * 1_000_000)
    joined = ["--empty", "--pages", *map(str, documents), "--", str(place.root / "joined.pdf")]
    qpdf = shutil.which("qpdf")
    # The library behind the program does the same work where the program is not installed.
    words = (
        [qpdf] if qpdf else [sys.executable, "-c", "import pikepdf, sys; pikepdf.Job(['qpdf', *sys.argv[1:]]).run()"]
    )
    name = "qpdf --empty --pages" if qpdf else "pikepdf.Job, no qpdf here"
    before = _timed([*words, *joined])
    bound = _alone("bind", place)
    reference = min(before, _timed([*words, *joined]))
    size = f"{bound.count} pages, {len(documents)} files, {place.megabytes} MB"
    yield Row(f"bind: {size}", bound.seconds, name, reference, 2.0)
    yield Row("peak memory of binding, MB", bound.megabytes, "bar of the contract, MB", 500.0, 1.0)
    proven = _alone("prove", place)
    yield Row("read back and prove", proven.seconds, "binding", bound.seconds, 1.0)
    yield Row("peak memory of that, MB", proven.megabytes, "bar of the contract, MB", 500.0, 1.0)


def whole_book(place: Place) -> Iterator[Row]:
    """Every chapter of a full city with all tables, by parts and bound, beside one document of the same HTML."""
    _prepare(place)
    paces = []
    for documents, bar in BOOK_SIZES:
        (place.root / DOCUMENTS_FILE).write_text(str(documents))
        turns = [(_alone("parts", place), _alone("whole", place)) for _ in range(2)]
        ours, one = (min(each, key=lambda done: done.seconds) for each in zip(*turns, strict=True))
        paces.append(ours.seconds / ours.count)
        speed = ours.count / ours.seconds
        yield Row(
            f"book of {ours.count} pages, bound ({speed:.1f} pages/s)",
            ours.seconds,
            "one document",
            one.seconds,
            1 / bar,
        )
        yield Row("largest child of that, MB", ours.largest, "bar of the contract, MB", MEMORY_BAR, 1.0)
        yield from _browser(place, ours)
    yield Row("seconds a page, large book", paces[-1], "small book", paces[0], 1.1)


def _browser(place: Place, ours: Alone) -> Iterator[Row]:
    """The same HTML printed by a browser, where one is installed: an outside reference without a bar of its own."""
    if chromium := _chromium():
        _alone("html", place)
        command = _print_command(chromium, place, place.root / "buku.html", place.root / "buku.pdf")
        seconds = _timed(command, place.root)
        pages = _page_count(place.root / "buku.pdf")
        yield Row(f"the same, beside a browser ({pages} pages)", ours.seconds, "headless browser", seconds, 5.0)


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _print_command(chromium: str, place: Place, page: Path, out: Path) -> list[str]:
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={place.root / 'profile'}"]
    files = "--allow-file-access-from-files"
    return [chromium, *options, files, f"--print-to-pdf={out}", page.as_uri()]


def filled_forms(place: Place) -> Iterator[Row]:
    """Three hundred filled forms, written and read back, beside openpyxl looking at every cell of the same files."""
    _prepare(place)
    written, read, plain = (_alone(work, place) for work in ("write", "read", "openpyxl"))
    forms = written.count
    size = f"{forms} forms, {read.count} cells filled in"
    yield Row(f"read {size}", read.seconds, "openpyxl, all their cells", plain.seconds, 2.0)
    yield Row(f"write {forms} forms", written.seconds, "openpyxl reading them", plain.seconds, 2.0)
    yield Row("write one form", written.seconds / forms, "read one form", read.seconds / forms, 10.0)
    peak = max(written.megabytes, read.megabytes)
    yield Row("peak memory of that, MB", peak, "bar of the contract, MB", MEMORY_BAR, 1.0)


def judged_tables(place: Place) -> Iterator[Row]:
    """All suites over every table of a large city, both years, imports apart."""
    _prepare(place)
    done = _alone("judge", place)
    yield Row(f"all suites, {done.count} cells of tables", done.seconds, "bar of the contract", 10.0, 1.0)
    yield Row("peak memory of that, MB", done.megabytes, "bar of the contract, MB", MEMORY_BAR, 1.0)


@dataclass(frozen=True)
class Alone:
    """What :mod:`tests.bench.alone` says of one piece of work."""

    seconds: float
    megabytes: float
    count: int
    largest: float = 0.0
    """Megabytes of the largest child."""


def _alone(work: str, place: Place) -> Alone:
    command = [sys.executable, "-m", "tests.bench.alone", work, str(place.root)]
    done = _run(command, PROJECT)
    if not done.stdout:
        raise SkippedError(f"{work}: {(done.stderr.strip().splitlines() or [''])[-1]}")
    return Alone(**json.loads(done.stdout))


def _write_evidence(place: Place) -> int:
    """Fill the input tree; the number of pages of its PDFs."""
    from flows.request import load_year

    city, framework = load_year(CITY_ID, YEAR, place.settings)
    root = place.settings.input_root(CITY_ID, YEAR)
    folders = [root / agency.folder for agency in city.agencies if (root / agency.folder).is_dir()]
    questions = [question.id for question in framework.questions]
    return write_city(folders, questions, files=place.files, total_bytes=place.megabytes * 1_000_000)


def _stop_server(place: Place) -> None:
    from flows.server import stop_server
    from flows.standby import end_standby

    end_standby(place.settings)
    stop_server(place.settings)


def _prepare(place: Place) -> None:
    """The input tree of an invented city, as ``kla siapkan`` makes it."""
    words = ["siapkan", "kota-ukur", "2024", "--nama", "Kota Ukur", "--inputs", str(place.settings.inputs)]
    _run([sys.executable, "-m", "flows", *words], PROJECT)


def _run(
    command: Sequence[str], cwd: Path | None = None, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command that ends well (0, or 1 where ``kla`` has findings), with ``more`` in its environment."""
    around = {**os.environ, **(more or {})}
    done = subprocess.run(
        command, cwd=cwd, env=around, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise SkippedError(f"{Path(command[0]).name} {' '.join(command[1:3])} ended with {done.returncode}: {last}")
    return done


def _clock(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _timed(command: Sequence[str], cwd: Path | None = None, more: Mapping[str, str] | None = None) -> float:
    return _clock(lambda: _run(command, cwd, more))


def _first_word(command: Sequence[str], cwd: Path) -> tuple[float, float]:
    """Seconds until a command says something, and until it ends."""
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        process.stderr.readline()
        first = time.perf_counter() - started
        process.stderr.read()
    if process.returncode not in (0, 1):
        raise SkippedError(f"{' '.join(command[1:3])} ended with {process.returncode}")
    return first, time.perf_counter() - started


def _pages(command: Sequence[str], cwd: Path) -> tuple[float, int]:
    """Seconds a command takes, and the pages it says it made."""
    started = time.perf_counter()
    done = _run(command, cwd)
    seconds = time.perf_counter() - started
    with contextlib.suppress(ValueError, KeyError):
        return seconds, sum(int(document["halaman"]) for document in json.loads(done.stdout)["dokumen"])
    return seconds, 0


def _page_count(path: Path) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def _tell(row: Row) -> None:
    over = "  over" if row.ratio > row.bar else ""
    values = (f"{row.seconds:.2f}", row.reference, f"{row.reference_seconds:.2f}", f"{row.ratio:.2f}", f"{row.bar:g}")
    print(_line((row.work, *values)) + over, flush=True)


def _line(cells: Sequence[str]) -> str:
    texts = (0, 2)
    return "  ".join(
        cell.ljust(width) if column in texts else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )


MEASUREMENTS = {
    "start": start_up,
    "gather": gather_city,
    "forms": filled_forms,
    "tables": judged_tables,
    "demo": demo_city,
    "changed": changed_file,
    "typeset": typesetting,
    "book": whole_book,
    "bind": bound_volume,
}

if __name__ == "__main__":
    main()
