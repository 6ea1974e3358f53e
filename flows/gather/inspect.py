"""Look into one file: what it is, whether it opens, how many pages it has, what its first pages say.

Runs in a child process (:mod:`flows.bounded`), because the libraries for foreign formats may hang, crash or eat memory.
Nothing here raises: whatever happens is the file's condition.
"""

from __future__ import annotations

import contextlib
import dataclasses
import zipfile
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from flows.forms.separated import is_markup, separated_rows
from flows.gather.active import active_content, first_book, is_disc, is_program
from flows.gather.beginnings import beginnings
from flows.gather.content import (
    DESCRIPTORS,
    HEAD_CHARS,
    TAIL_CHARS,
    TEXT_CHARS,
    Content,
    LockedError,
    TooLargeError,
    is_complaint,
)
from flows.gather.documents import document_facts, further_documents
from flows.gather.family import HEAD_BYTES, content_of, is_packed_folder, wide_encoding
from flows.gather.masked import masked
from flows.gather.messages import is_message, look_at_message
from flows.gather.names import suffix_of
from flows.gather.ocr import read_by_eye
from flows.gather.office import check_container, read_document
from flows.gather.old_files import look_at_old_file, look_at_rtf
from flows.gather.old_words import read_old_words
from flows.gather.pdfs import read_pdf
from flows.gather.pictures import read_picture
from flows.gather.recognise import NOTHING, Recognised, Rules, recognise_content, with_further
from flows.gather.scan_old import is_encrypted, look_at_old_words
from flows.gather.scan_plain import look_at_text
from flows.gather.scan_unknown import sweep_unknown
from flows.gather.scan_zip import look_at_comments
from flows.gather.scanner import Scanner
from flows.gather.within import FilesWithin
from flows.gather.workbooks import read_workbook
from flows.model import Condition, DocumentFacts, ElectronicSignature, Exposure, Media, Photo, Reach

_ZIP_MAGIC = b"PK"
_RTF_MAGIC = b"{\\rtf"
_NOT_OPENED = "not-opened"
_NOT_OURS = "archive-not-opened"
"""Said of .rar, .7z, .tar and the like: they are named and never opened."""
_WRITTEN = frozenset({Media.PDF, Media.TEXT_DOCUMENT, Media.PLAIN_TEXT, Media.IMAGE})
"""Families whose files may be documents with a number and a date."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What looking into a file has shown. Depends on its bytes, the family its suffix promises and the rules only."""

    condition: Condition
    media: Media
    detail: str = ""
    pages: int | None = None
    has_text: bool = False
    has_signature: bool = False
    recognised: Recognised = NOTHING
    is_scan: bool = False
    document: DocumentFacts | None = None
    signatures: tuple[ElectronicSignature, ...] = ()
    photo: Photo | None = None
    active: tuple[str, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    reach: Reach = Reach.NONE
    format: str = ""
    """As :attr:`flows.model.EvidenceFile.format`."""
    further: tuple[DocumentFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """Some files to look into, in one go of a child process."""

    files: tuple[tuple[str, Media | None], ...]
    """Path to open of each, and the family its suffix promises."""
    rules: Rules


def inspect_job(job: Job) -> tuple[Inspection, ...]:
    """Look into each file of ``job``, in order."""
    return tuple(inspect_file(Path(path), promised, job.rules) for path, promised in job.files)


def inspect_with_eyes(job: Job) -> tuple[Inspection, ...]:
    """As :func:`inspect_job`, and what can only be seen is read by OCR: slow."""
    return tuple(inspect_file(Path(path), promised, job.rules, by_eye=True) for path, promised in job.files)


def inspect_file(path: Path, promised: Media | None, rules: Rules, *, by_eye: bool = False) -> Inspection:
    """Look into the file at ``path``, whose suffix promises a family (None: promises none).

    Args:
        path: To open.
        promised: The family.
        rules: Of recognition.
        by_eye: Read scans and photographed papers by OCR.
    """
    media = promised or Media.OTHER
    scanner = Scanner()
    head = b""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            readable = _path_for_libraries(path, stream)
            if is_program(readable, head):
                return Inspection(Condition.REFUSED, Media.OTHER, "executable")
            found, form = _as_promised(readable, content_of(readable, head), promised)
            if found is None:
                return _of_no_family(readable, head, promised, scanner)
            media = found
            content, detail = _read(readable, head, found, scanner)
            if detail == _NOT_OPENED and _is_strange(path, found):
                with scanner.trying():
                    sweep_unknown(readable, scanner)
            if by_eye:
                content = read_by_eye(readable, content, found, scanner)
            active = (*content.active, *active_content(readable, head, found))
    except LockedError:
        return Inspection(Condition.LOCKED, media, "password")
    except (TooLargeError, MemoryError) as error:
        detail = error.detail if isinstance(error, TooLargeError) else "too-large"
        return _looked_at(Inspection(Condition.REFUSED, media, detail), scanner)
    except BaseException as error:  # any complaint of any library about foreign bytes means one thing
        if not is_complaint(error):
            raise
        with scanner.trying():
            sweep_unknown(path, scanner, only_new=True)
        active = _active_of_unread(path, head, media)
        return _looked_at(Inspection(Condition.DAMAGED, media, "cannot-open"), scanner, active)
    return _looked_at(_inspection(content, found, promised, detail, rules, form), scanner, active)


def _looked_at(inspection: Inspection, scanner: Scanner, active: tuple[str, ...] = ()) -> Inspection:
    """``inspection`` with what was found of persons, even where reading broke off, and without their numbers."""
    if not inspection.condition.is_readable:
        scanner.cut()
    found = dataclasses.replace(inspection, exposures=scanner.exposures, reach=scanner.reach, active=active)
    return masked(found)


def _active_of_unread(path: Path, head: bytes, media: Media) -> tuple[str, ...]:
    """What a damaged file would do: our readers gave it up, the program of whoever opens it may not."""
    with contextlib.suppress(Exception, MemoryError):
        return tuple(fact for fact in active_content(path, head, media) if fact != "not-searched")
    return ()


def _as_promised(path: Path, found: tuple[Media | None, str], promised: Media | None) -> tuple[Media | None, str]:
    """A zip may have anything in front, a program that unpacks it for one; then only its name and its end tell."""
    is_unsure = found[0] in (None, Media.OTHER, Media.PLAIN_TEXT)
    return (promised, "zip") if is_unsure and promised is Media.ARCHIVE and zipfile.is_zipfile(path) else found


def _is_strange(path: Path, media: Media) -> bool:
    """Whether a file that is not opened is of some other program; an archive of a folder is unpacked by others."""
    return media is Media.OTHER or (media is Media.ARCHIVE and not is_packed_folder(suffix_of(path.name)))


def _path_for_libraries(path: Path, stream: BufferedReader) -> Path:
    """A path every library takes; names that are no text (possible on POSIX) are reached through the open file."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return DESCRIPTORS / str(stream.fileno())
    return path


def _of_no_family(path: Path, head: bytes, promised: Media | None, scanner: Scanner) -> Inspection:
    if is_disc(path):
        return Inspection(Condition.REFUSED, Media.OTHER, "executable")
    with scanner.trying():
        sweep_unknown(path, scanner)
    active = first_book(head)
    if active is not None:
        return _looked_at(Inspection(Condition.REFUSED, Media.SPREADSHEET, "too-old"), scanner, active)
    return _looked_at(_unknown(promised), scanner)


def _unknown(promised: Media | None) -> Inspection:
    """Bytes of no known format: junk where the name promises a format, else just something we do not open."""
    if promised is None:
        return Inspection(Condition.GOOD, Media.OTHER, _NOT_OPENED)
    return Inspection(Condition.DAMAGED, promised, "cannot-open")


def _inspection(
    content: Content, found: Media, promised: Media | None, detail: str, rules: Rules, form: str
) -> Inspection:
    if detail == _NOT_OURS:
        return Inspection(Condition.REFUSED, found, detail, format=form)
    is_other = promised is not None and promised is not found
    document = document_facts(content.text, content.tail, rules, content.enacted) if found in _WRITTEN else None
    further = further_documents(content.begun, document, rules) if content.begun else ()
    return Inspection(
        condition=Condition.WRONG_EXTENSION if is_other else Condition.GOOD,
        media=Media.FORM if content.is_form else found,
        detail="extension-mismatch" if is_other else detail,
        pages=content.pages,
        has_text=content.has_text,
        has_signature=content.has_signature,
        signatures=content.signatures,
        is_scan=content.is_scan,
        recognised=with_further(recognise_content(content, found, rules), content.begun, further, rules),
        document=document,
        further=further,
        photo=content.photo,
        format=form,
    )


def _read(
    path: Path, head: bytes, media: Media, scanner: Scanner, within: FilesWithin | None = None
) -> tuple[Content, str]:
    """The content, and a remark where the file was recognised but not opened; ``within`` of the file around it."""
    within = within or FilesWithin(scanner, _read)
    if media is Media.PDF:
        return read_pdf(path, scanner, within), ""
    if media is Media.PLAIN_TEXT:
        return _read_text(path, head, scanner, within), ""
    if media is Media.IMAGE:
        return read_picture(path, scanner), ""
    is_zip = head.startswith(_ZIP_MAGIC)
    if is_zip and media is not Media.ARCHIVE:
        check_container(path)
    if media is Media.SPREADSHEET or (is_zip and media in (Media.TEXT_DOCUMENT, Media.SLIDES)):
        is_book = media is Media.SPREADSHEET
        content = read_workbook(path, scanner, within) if is_book else read_document(path, media, scanner, within)
        if within and media is not Media.SLIDES and within.outweighs(content.text):
            scanner.cut()
        return content, ""
    is_foreign = media is Media.ARCHIVE and not zipfile.is_zipfile(path)
    if media is Media.ARCHIVE and not is_foreign:
        with scanner.trying(), zipfile.ZipFile(path) as archive:
            look_at_comments(archive, scanner)
    is_old = media in (Media.TEXT_DOCUMENT, Media.SLIDES)
    content = _look_at_old(path, head, scanner) if is_old else Content()
    return content, _NOT_OURS if is_foreign else "" if content.text else _NOT_OPENED


def _look_at_old(path: Path, head: bytes, scanner: Scanner) -> Content:
    """The words of a .rtf, .doc or .ppt, as far as they can be told; what cannot is swept for numbers.

    Raises:
        LockedError: a password hides them.
    """
    if head.startswith(_RTF_MAGIC):
        text = ""
        with scanner.trying():
            text = look_at_rtf(path, scanner)
        return Content(text=text, head=text[:HEAD_CHARS], tail=text[-TAIL_CHARS:], begun=beginnings(text))
    is_locked, words = False, None
    with scanner.trying():
        is_locked = is_encrypted(path)
        words = None if is_locked else read_old_words(path)
    if is_locked:
        raise LockedError
    with scanner.trying():
        if words:
            look_at_old_words(words, scanner)
        look_at_old_file(path, scanner, only_new=words is not None)
    if words is None:
        scanner.cut()  # it was swept, not understood
        return Content()
    text = words.text
    return Content(text=text[:TEXT_CHARS], head=text[:HEAD_CHARS], tail=text[-TAIL_CHARS:], begun=beginnings(text))


def _read_text(path: Path, head: bytes, scanner: Scanner, within: FilesWithin | None) -> Content:
    with scanner.trying():
        if is_message(head):
            look_at_message(path, scanner, within)
        else:
            look_at_text(path, scanner)
    with path.open("rb") as stream:
        raw = stream.read(TEXT_CHARS * 2)
    wide = wide_encoding(head)
    try:
        text = raw.decode(wide or "utf-8-sig", "ignore" if wide else "strict")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    text = text[:TEXT_CHARS]
    return Content(text=text, head=text[:HEAD_CHARS], title_text=_title_text(text))


def _title_text(text: str) -> str | None:
    """Where to look for the title: not in markup, nor in a row of a table, which may be about a person."""
    if is_markup(text):
        return ""
    rows = separated_rows(text, len(text))
    return "\n".join("".join(row) for row in rows if sum(map(bool, row)) == 1) if rows else None
