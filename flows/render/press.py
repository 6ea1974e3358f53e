"""Typesetting in child processes: several parts at the same time, each made once for the same content."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

from flows import bounds, page_wording
from flows.bounded import BoundedPool
from flows.cabinet import HALF_MADE, Cabinet, key_of
from flows.errors import RenderError, os_reason
from flows.nursery import are_copies
from flows.recent import Recent
from flows.render.children import run_in_children
from flows.render.pdf import engine_version, typeset
from flows.render.values import Bookmark, Part, Sheets, Spot, Typeset
from flows.settings import fonts_file, templates_root

_PAGES, _REPORT = "halaman.pdf", "laporan.json"
_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "pyphen", "tinycss2", "cssselect2", "tinyhtml5", "pillow")
"""Whatever shapes a page; what they draw with (Pango) is asked for its version too."""
_FORMAT = "6"
"""Changes when a part is kept in another way."""
_LOADED: Recent[str] = Recent(1, __name__)
"""Versions of what shapes a page."""


@dataclass(frozen=True, slots=True)
class _Job:
    part: Part
    as_of: date
    out: Path


def annex_pool() -> BoundedPool:
    """The child processes that open evidence, bounded for it."""
    return BoundedPool(bounds.ANNEX_WORKERS, bounds.ANNEX_SECONDS, bounds.ANNEX_MEMORY_BYTES)


@contextlib.contextmanager
def storing() -> Iterator[None]:
    """Turn a failure to keep or write what was printed into a sentence.

    Raises:
        RenderError: the disk is full or the folder cannot be written to.
    """
    try:
        yield
    except OSError as error:
        where = f": {Path(os.fsdecode(error.filename)).name}" if error.filename else " di folder keluaran"
        raise RenderError(
            f"Naskah yang sudah dicetak tidak dapat disimpan{where} ({os_reason(error)}).",
            "Periksa sisa ruang dan hak tulis folder keluaran, lalu ulangi. Terbitan sebelumnya tidak berubah.",
        ) from error


@contextlib.contextmanager
def press_room(root: Path, as_of: date, *, fresh: bool = False) -> Iterator[Press]:
    """A press with its cabinet at ``root``; what this run did not ask for leaves the cabinet when all went well.

    Raises:
        RenderError: the cabinet cannot be made.
    """
    with storing():
        cabinet = Cabinet(root, is_fresh=fresh)
    with Press(cabinet, as_of) as press:
        yield press
    cabinet.sweep()


class Press:
    """Child processes that typeset, and the cabinet of what they have made. For any number of threads.

    Args:
        cabinet: where finished parts are kept between runs.
        as_of: the date the book speaks for.
        pool: children to work in; of its own where None.
    """

    def __init__(self, cabinet: Cabinet, as_of: date, *, pool: BoundedPool | None = None) -> None:
        self.cabinet = cabinet
        self.as_of = as_of
        self.pool = pool or BoundedPool(
            bounds.PRESS_WORKERS,
            bounds.PART_SECONDS,
            bounds.PART_MEMORY_BYTES,
            imports=("flows.render.press", "weasyprint", "flows.render.warm"),
        )
        self.annex_pool = annex_pool()
        """Children that open evidence."""
        self.binding_pool = BoundedPool(
            bounds.PRESS_WORKERS,
            bounds.BINDING_SECONDS,
            bounds.PART_MEMORY_BYTES,
            imports=("flows.render.binding.volume", "flows.render.binding.archive"),
        )
        """Children that bind: of their own, for those that have typeset hold on to their memory."""
        self.pen = threading.Lock()
        """Held by whoever writes HTML for it: one after the other, the first part reaches the children sooner."""
        self._asking = threading.Lock()
        self._tools = ""
        self.typeset_parts = 0
        """How many parts were set in this run, the kept ones not counted."""
        self.typeset_pages = 0
        """How many pages these have."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self.pool, self.annex_pool, self.binding_pool):
            pool.__exit__(kind, error, trace)

    def begin(self, *, only_copies: bool = False) -> None:
        """Start the children before they are needed, those that bind only where it costs next to nothing.

        Args:
            only_copies: start none that would import what others wait for.
        """
        if only_copies and not are_copies():
            return
        self.pool.begin()
        self.annex_pool.begin()
        if are_copies():
            self.binding_pool.begin()

    def rest(self) -> None:
        """End the children that typeset and prepare, and give back their memory; asked again, they start anew."""
        self.pool.close()
        self.annex_pool.close()

    def typeset(self, part: Part) -> Typeset:
        """``part`` as a PDF, made now or before."""
        return self.typeset_all([part])[0]

    def sheets(self, parts: Sequence[Part]) -> tuple[Sheets, ...]:
        """Every part with its pages; see :meth:`typeset_all`."""
        return tuple(map(Sheets, parts, self.typeset_all(parts)))

    def typeset_all(self, parts: Sequence[Part]) -> list[Typeset]:
        """Every part as a PDF, in the same order; what is not kept is made, as many at a time as there are children.

        Raises:
            RenderError: a part cannot be set, or its child died or took too long twice.
        """
        keys = [self._key(part) for part in parts]
        done = {key: found for key in dict.fromkeys(keys) if (found := self._kept(key))}
        missing = {key: part for key, part in zip(keys, parts, strict=True) if key not in done}
        if missing:
            done |= self._make(missing)
        return [done[key] for key in keys]

    def _make(self, missing: dict[str, Part]) -> dict[str, Typeset]:
        made: dict[str, Typeset] = {}
        with storing(), tempfile.TemporaryDirectory(dir=self.cabinet.root, prefix=HALF_MADE) as folder:
            jobs = [_Job(part, self.as_of, Path(folder) / f"{key}.pdf") for key, part in missing.items()]
            reports = run_in_children(self.pool, _set, jobs, _given_up, objects=_objects)
            for key, report in zip(missing, reports, strict=True):
                made[key] = self._keep(key, report)
        return made

    def _keep(self, key: str, made: Typeset) -> Typeset:
        report = asdict(made) | {"path": ""}
        folder = self.cabinet.put(key, {_PAGES: made.path, _REPORT: json.dumps(report, sort_keys=True).encode()})
        self.typeset_parts += 1
        self.typeset_pages += made.pages
        return Typeset(folder / _PAGES, made.pages, made.anchors, made.bookmarks)

    def _kept(self, key: str) -> Typeset | None:
        folder = self.cabinet.get(key)
        return _read(folder) if folder else None

    def _key(self, part: Part) -> str:
        with self._asking:
            self._tools = self._tools or _tools(self.pool)
        return key_of(_FORMAT, self._tools, self.as_of.isoformat(), part.key, part.html)


def _set(job: _Job) -> Typeset:
    """Runs in a child."""
    # The typesetter copies fonts, 1 MB a part, to a folder that a child which is ended leaves: it goes with this one.
    tempfile.tempdir = str(job.out.parent)
    return typeset(job.part.html, job.out, as_of=job.as_of, title=job.part.title, part=job.part.key)


def _objects(job: _Job) -> int:
    """Measured: typesetting makes 2.6 to 2.9 objects of Python for a letter of HTML."""
    return 3 * len(job.part.html)


def _read(folder: Path) -> Typeset:
    kept = json.loads((folder / _REPORT).read_text(encoding="utf-8"))
    return Typeset(
        path=folder / _PAGES,
        pages=kept["pages"],
        anchors={name: Spot(**spot) for name, spot in kept["anchors"].items()},
        bookmarks=tuple(Bookmark(**mark | {"spot": Spot(**mark["spot"])}) for mark in kept["bookmarks"]),
    )


def _tools(pool: BoundedPool) -> str:
    """What shapes a page besides its HTML: libraries, and the files that HTML only names (fonts above all)."""
    digest = sha256()
    for path in sorted((templates_root() / "fonts").glob("*")):
        digest.update(path.name.encode() + sha256(path.read_bytes()).digest())
    digest.update(fonts_file().read_bytes())
    # Libraries are those that a process has loaded, and its children with it: they are asked for once.
    libraries = _LOADED.value(make=lambda: _libraries(pool))
    return f"{libraries} {digest.hexdigest()}"


def _libraries(pool: BoundedPool) -> str:
    # A child is asked: it has the engine at hand, whose import costs a second.
    (engine,) = run_in_children(pool, _engine_version, [None], _no_engine)
    return " ".join([*(version(name) for name in _LIBRARIES), engine])


def _engine_version(_: None) -> str:
    """Runs in a child."""
    return engine_version()


def _no_engine(_: None, reason: str) -> RenderError:
    return RenderError(
        f"Mesin penyusun PDF (WeasyPrint) tidak dapat dimulai: {reason}, dua kali.",
        "Tutup aplikasi lain supaya memori komputer cukup, lalu ulangi. Bila tetap, jalankan kla dokter.",
    )


def _given_up(job: _Job, reason: str) -> RenderError:
    return RenderError(
        f"{page_wording.part_named(job.part.title)} tidak dapat dicetak: {reason}, dua kali.",
        "Tutup aplikasi lain supaya memori dan prosesor komputer cukup, lalu ulangi; terbitan sebelumnya tetap utuh. "
        "Bila tetap, mulai ulang komputer; bila masih juga, laporkan kepada pengembang bersama pesan ini.",
    )
