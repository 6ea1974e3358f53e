"""Which documents go as they are, which are made to fit, and what was made before: one answer per content.

Whatever goes lies in a cabinet, the agency's own file as a copy: from there it is linked into a run, and the next run
neither reads nor copies it again. The vault is never linked to.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from io import FileIO
from pathlib import Path

from flows import bounds
from flows.bounded import BoundedPool
from flows.cabinet import HALF_MADE, Cabinet, key_of
from flows.cloning import Cloner
from flows.libreoffice import office_to_pdf, office_version
from flows.model import Condition, Media, UploadItem
from flows.publish.upload.films import FILMS, fit_film, is_film
from flows.publish.upload.fit import CODE_VERSION, Fitted, Job, fit
from flows.publish.upload.kinds import OFFICE, is_told, told_suffix
from flows.publish.upload.limits import UploadLimits
from flows.publish.upload.workbooks import as_xlsx

Source = Callable[[str], Path]
"""Where the bytes of a content lie, by their hash; what lies there is never written to."""
_RESULT, _ORIGINAL = "hasil.json", "asli"
_CHUNK = 1 << 20
_THREADS = 2
_MARKERS = {"signed": b"/ByteRange", "exif": b"Exif\x00\x00", "locked": b"/Encrypt"}
"""What cannot be told of a PDF without looking for it: a signature, notes of a camera, a lock on what may be done."""
_OVERLAP = max(map(len, _MARKERS.values())) - 1
_CONDITIONS = {each: "terkunci" if each is Condition.LOCKED else "rusak" for each in Condition if not each.is_readable}
_PASSIVE = frozenset({"external-link"})
"""Active content of Office files that neither runs nor carries anything."""
_LEFT_BEHIND = frozenset({"macro", "macro-auto", "script"})
"""Active content that no .xlsx can hold: saved as one, only its cells are left."""
_ALIASES = {"jpeg": "jpg", "tiff": "tif"}


@dataclass(frozen=True, slots=True)
class Ready:
    """A document as it may be uploaded."""

    paths: tuple[Path, ...] = ()
    """Its files in order; none where it does not go."""
    suffix: str = ""
    remarks: tuple[str, ...] = ()
    trouble: str = ""
    is_original: bool = False
    """Whether the one file is the agency's own, untouched."""


class Fitting:
    """Makes the documents of one run fit; what goes is kept in a cabinet.

    Args:
        limits: What a file may be.
        source: Where contents lie.
        cabinet: Of this city and year.
        fresh: Make everything anew.
    """

    def __init__(self, limits: UploadLimits, source: Source, cabinet: Cabinet, *, fresh: bool = False) -> None:
        self._limits = limits
        self._source = source
        self._cabinet = cabinet
        self._fresh = fresh
        self._cloner = Cloner()

    def ready(self, items: Iterable[UploadItem], pool: BoundedPool) -> dict[UploadItem, Ready]:
        """Every distinct document of ``items`` that may leave, ready or with its trouble.

        Raises:
            AbandonedError: the pool was abandoned; nothing of what its children did not do is kept.
        """
        wanted = dict.fromkeys(essence(item) for item in items if item.sha256 and not item.is_withheld)
        done = {item: found for item in wanted if (found := self._refused(item) or self._kept(item))}
        left = [item for item in wanted if item not in done]
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="upload") as threads:
            whole = dict(zip(left, threads.map(self._is_whole, left), strict=True))
        jobs: dict[UploadItem, Job] = {}
        with tempfile.TemporaryDirectory(dir=self._cabinet.root, prefix=HALF_MADE) as scratch:
            for item in left:
                if not whole[item]:
                    done[item] = Ready(trouble="hilang")
                    continue
                if is_film(item, self._limits.types):
                    fitted = fit_film(item, self._source(item.sha256), self._limits.bytes)
                    done[item] = self._keep(item, fitted, Path(tempfile.mkdtemp(dir=scratch)))
                    continue
                markers = self._markers(item)
                folder = Path(tempfile.mkdtemp(dir=scratch))
                if suffix := self._plain_suffix(item, markers):
                    done[item] = self._keep(item, Fitted(remark=suffix), folder)
                else:
                    jobs[item] = self._job(item, markers, folder)
            done |= self._made(jobs, pool)
        return done

    def _is_whole(self, item: UploadItem) -> bool:
        """Whether a content is still what its name says."""
        try:
            with self._source(item.sha256).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == item.sha256
        except OSError:
            return False

    def _markers(self, item: UploadItem) -> frozenset[str]:
        """What a PDF holds that cannot be told without looking for it, in one pass over its bytes."""
        if item.media is not Media.PDF:
            return frozenset()
        found, tail = set[str](), b""
        with self._source(item.sha256).open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                piece = tail + chunk
                found |= {key for key, marker in _MARKERS.items() if marker in piece}
                tail = chunk[-_OVERLAP:]
        return frozenset(found)

    def _refused(self, item: UploadItem) -> Ready | None:
        """Why a document does not go whatever is done to it; None for all that may."""
        is_known = item.media in (Media.PDF, Media.IMAGE) or item.media in OFFICE
        if item.condition in _CONDITIONS:
            trouble = _CONDITIONS[item.condition]
        elif item.media is Media.ARCHIVE:
            trouble = "arsip"
        elif is_film(item, self._limits.types):
            return None
        elif not is_known or (item.media is Media.PDF and "pdf" not in self._limits.types):
            trouble = "jenis-rekaman" if item.media is Media.OTHER and item.suffix.lstrip(".") in FILMS else "jenis"
        else:
            return None
        return Ready(trouble=trouble)

    def _plain_suffix(self, item: UploadItem, markers: frozenset[str]) -> str:
        """What a document is that may go untouched; empty for one that has to be looked into."""
        if item.bytes > self._limits.bytes or item.says_where or not _PASSIVE.issuperset(item.active):
            return ""
        suffix = item.suffix.lstrip(".")
        if item.media is Media.PDF:
            suffix = "pdf" if not markers - {"signed"} and not item.active else ""
        elif item.condition is Condition.WRONG_EXTENSION or suffix not in OFFICE.get(item.media, ()):
            suffix = ""
        return suffix if suffix in self._limits.types else ""

    def _job(self, item: UploadItem, markers: frozenset[str], folder: Path) -> Job:
        return Job(
            source=str(self._source(item.sha256)),
            media=item.media,
            most=self._limits.bytes,
            types=self._limits.types,
            folder=str(folder),
            is_signed=item.is_signed or "signed" in markers,
            is_active=item.says_where or not _PASSIVE.issuperset(item.active),
            is_scan=item.is_scan,
        )

    def _made(self, jobs: Mapping[UploadItem, Job], pool: BoundedPool) -> dict[UploadItem, Ready]:
        """Run the jobs; documents of Office that cannot go as they are come back as PDFs and run once more."""
        first = dict(self._run(jobs, pool))
        pool.require()
        refused = [item for item, found in first.items() if found is not None and found.trouble == "jenis"]
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="office") as threads:
            saved = dict(
                zip(refused, threads.map(lambda item: self._resaved(item, jobs[item], pool), refused), strict=True)
            )
            first |= {item: found for item, found in saved.items() if found is not None}
            left = [item for item, found in saved.items() if found is None]
            printed = threads.map(lambda item: self._printed(item, jobs[item], pool), left)
            again = {item: job for item, job in zip(left, printed, strict=True) if job is not None}
        second = dict(self._run(again, pool))
        pool.require()
        done = {}
        for item, found in first.items():
            result = second.get(item, found)
            if result is None:  # twice, and not kept: that may still have been the machine's fault
                done[item] = Ready(trouble="berhenti")
                continue
            if item in second and not result.trouble:
                result = replace(result, remark="pdf" if result.remark == "bersih" else f"pdf {result.remark}")
            elif result.trouble == "jenis" and jobs[item].is_active:
                result = Fitted(trouble="makro")
            elif result.trouble == "jenis" and self._could_be_printed(item):
                result = Fitted(trouble="jenis-kantor")
            done[item] = self._keep(item, result, Path(again.get(item, jobs[item]).folder))
        return done

    def _run(self, jobs: Mapping[UploadItem, Job], pool: BoundedPool) -> Iterator[tuple[UploadItem, Fitted | None]]:
        """What became of each job; one whose child died, took too long or lacked memory is done once more."""
        failed = []
        results = pool.run(fit, jobs.values(), seconds=bounds.UPLOAD_SECONDS)
        for item, result in zip(jobs, results, strict=True):
            if result.value is None:
                failed.append(item)
            else:
                yield item, result.value
        for item in failed:
            shutil.rmtree(jobs[item].folder)  # with what its child has left half done
            Path(jobs[item].folder).mkdir()
        again = pool.run(fit, [jobs[item] for item in failed], seconds=bounds.UPLOAD_SECONDS)
        for item, result in zip(failed, again, strict=True):
            yield item, result.value

    def _resaved(self, item: UploadItem, job: Job, pool: BoundedPool) -> Fitted | None:
        """A workbook as one of today; None for all else, and where it holds more than cells and macros.

        Photos within would go along as they are: where they say their place, the pages are printed instead.
        """
        if item.media is not Media.SPREADSHEET or "xlsx" not in self._limits.types or item.says_where:
            return None
        if not _LEFT_BEHIND.issuperset(item.active):
            return None
        if (suffix := told_suffix(item)) == "xlsx":
            return None
        pool.require()
        name = as_xlsx(Path(job.source), suffix, Path(job.folder), job.most)
        return Fitted((name,), "xlsx makro-hilang" if item.active else "xlsx") if name else None

    def _printed(self, item: UploadItem, job: Job, pool: BoundedPool) -> Job | None:
        """The job of the PDF that LibreOffice makes of a document; None where it makes none."""
        if item.media not in OFFICE or "pdf" not in self._limits.types:
            return None
        if item.media is Media.PLAIN_TEXT and (item.active or not is_told(item)):
            return None  # a text may be a page of the web, or commands that a spreadsheet would carry out
        pool.require()
        office = Path(job.folder) / "kantor"
        office.mkdir()
        made = office_to_pdf(Path(job.source), told_suffix(item), office)
        if made is None:
            return None
        pieces = Path(job.folder) / "potong"
        pieces.mkdir()
        return replace(job, source=str(made), media=Media.PDF, folder=str(pieces), is_signed=False, is_active=False)

    def _could_be_printed(self, item: UploadItem) -> bool:
        """Whether only LibreOffice is wanting for a document to go as a PDF."""
        return item.media in OFFICE and "pdf" in self._limits.types and not office_version()

    def _key(self, item: UploadItem) -> str:
        limits = (str(self._limits.bytes), ",".join(self._limits.types))
        office = office_version() if item.media in OFFICE else ""
        said = (item.suffix, item.media.value, item.condition.value, ",".join(item.active))
        flags = "".join(str(int(flag)) for flag in (item.is_signed, item.is_scan, item.says_where))
        return key_of("unggah", item.sha256, *said, flags, *limits, *_tools(), office)

    def _kept(self, item: UploadItem) -> Ready | None:
        entry = None if self._fresh else self._cabinet.get(self._key(item))
        if entry is None:
            return None
        try:
            said = json.loads((entry / _RESULT).read_text(encoding="utf-8"))
            fitted = Fitted(tuple(said["names"]), str(said["remark"]), str(said["trouble"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return self._ready(item, fitted, entry)

    def _keep(self, item: UploadItem, fitted: Fitted, folder: Path) -> Ready:
        """Into the cabinet with it."""
        if self._fresh:
            self._cabinet.forget(self._key(item))
        said = {"names": fitted.names, "remark": fitted.remark, "trouble": fitted.trouble}
        files: dict[str, Path | bytes] = {name: folder / name for name in fitted.names}
        hashes = {}
        if not fitted.names and not fitted.trouble:
            files[_ORIGINAL] = self._copied(self._source(item.sha256), folder / _ORIGINAL)
            hashes[_ORIGINAL] = item.sha256
        files[_RESULT] = json.dumps(said, sort_keys=True).encode()
        return self._ready(item, fitted, self._cabinet.put(self._key(item), files, hashes))

    def _copied(self, source: Path, target: Path) -> Path:
        """A file of the vault at another place, cloned where that can be."""
        if self._cloner.can:
            with FileIO(source) as given, FileIO(target, "x+") as taken:
                if self._cloner.clone(given, taken):
                    return target
        shutil.copyfile(source, target)
        return target

    def _ready(self, item: UploadItem, fitted: Fitted, entry: Path) -> Ready:
        if fitted.trouble:
            return Ready(trouble=fitted.trouble)
        if not fitted.names:
            suffix = "pdf" if item.media is Media.PDF else fitted.remark
            unseen = ("rekaman",) if item.media is Media.OTHER else ()
            return Ready((entry / _ORIGINAL,), suffix, unseen, is_original=True)
        suffix = Path(fitted.names[0]).suffix.lstrip(".")
        paths = tuple(entry / name for name in fitted.names)
        return Ready(paths, _ALIASES.get(suffix, suffix), tuple(fitted.remark.split()))


@cache
def _tools() -> tuple[str, ...]:
    """What makes documents fit; asking Python for a version costs 0.3 milliseconds."""
    return (str(CODE_VERSION), *map(version, ("pikepdf", "pillow", "pillow-heif")))


def essence(item: UploadItem) -> UploadItem:
    """A document without what its question makes of it: the same content is made ready once."""
    return replace(item, label="", title="", file_name="", is_redacted=False)
