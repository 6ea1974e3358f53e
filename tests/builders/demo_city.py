"""Make the invented demo city: ``python -m tests.builders.demo_city OUTPUT_FOLDER`` writes the tree of one year.

The catalogue (``demo_catalogue.txt``) names every file, its form and its topic; the instrument says which questions a
file serves, so that titles and words fit; ``demo_problems`` spoils some. Equal code gives equal bytes: no clock, no
chance but :class:`~tests.builders.demo_model.Chance`, fonts from ``templates/fonts``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from flows.framework.city import parse_city
from flows.framework.guides import own_guide
from flows.framework.instrument import load_framework
from flows.model import OWN_FOLDER, Question
from tests.builders import demo_file_problems as hidden
from tests.builders import demo_problems as planted
from tests.builders.demo_agencies import AGENCIES, city_yaml, office_of
from tests.builders.demo_catalogue import catalogue
from tests.builders.demo_emblem import emblem
from tests.builders.demo_exports import exports
from tests.builders.demo_file_problems import FILE_PROBLEMS
from tests.builders.demo_files import archive, locked, word, workbook
from tests.builders.demo_form_problems import FORM_PROBLEMS
from tests.builders.demo_form_spoilers import returned
from tests.builders.demo_forms import FORMS
from tests.builders.demo_legal import law_number
from tests.builders.demo_model import Doc, Matter
from tests.builders.demo_page import as_pdf
from tests.builders.demo_picture import photo, scan
from tests.builders.demo_signed import SIGNED, kept, sign
from tests.builders.demo_spoilt import EDITS, SPOT, made_of_others, with_text

YEAR = 2024
_TITLE_CHARS = 120
_DAMAGED_BYTES = 1_500


@cache
def _questions() -> Mapping[str, Question]:
    return {question.id: question for question in load_framework(YEAR).questions}


def matter_of(doc: Doc) -> Matter:
    """What the instrument says about the questions that a document serves; nothing for one of another subject."""
    if doc.form == "umum":
        return Matter()
    served = [_questions()[question_id] for question_id in doc.questions if question_id in _questions()]
    return Matter(
        subjects=tuple(_shortened(question.title) for question in served),
        words=tuple(dict.fromkeys(question.keywords[0] for question in served if question.keywords)),
    )


def _shortened(title: str) -> str:
    return title if len(title) <= _TITLE_CHARS else title[:_TITLE_CHARS].rsplit(" ", 1)[0].rstrip(",;") + " …"


def content_of(doc: Doc) -> bytes:
    """The bytes of one document: signed ones as they are kept, all others as they are drawn, with what is put in."""
    if doc.path in SIGNED:
        return kept(doc.path)
    drawn = _drawn(doc)
    edit = EDITS.get(doc.path)
    return edit(drawn) if edit else drawn


def _drawn(doc: Doc, path: str = "") -> bytes:
    """A document without anything put in but words; ``path``: of the file it becomes, where that is another."""
    if doc.form == "foto":
        spot = SPOT if doc.path in (hidden.PLACE, hidden.SENSITIVE_PLACE) else None
        return photo(doc.parts[0], doc.path, doc.chance.day(doc.years[0]), png=doc.suffix == ".png", spot=spot)
    matter = matter_of(doc)
    if doc.form == "xlsx":
        return workbook(doc, matter)
    if doc.form == "docx":
        return word(doc, matter, office_of(doc))
    pdf = as_pdf(with_text(FORMS[doc.form](doc, matter, office_of(doc)), path or doc.path))
    return scan(pdf, doc.path) if doc.scanned else pdf


def files(docs: tuple[Doc, ...] | None = None) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file of the year's folder, or of those made from ``docs`` only."""
    for doc in docs if docs is not None else catalogue():
        yield doc.path, content_of(doc)
    if docs is None:
        yield from _spoilt_files()
        yield from returned()
        yield from exports().items()
        yield from papers()


def _spoilt_files() -> Iterator[tuple[str, bytes]]:
    for doc in planted.DOCS:
        yield doc.path, spoilt(doc)
    yield planted.DUPLICATE, content_of(_perda())
    yield planted.EMPTY, b""
    yield planted.LOCK_FILE, b"\x0fPENGGUNA CONTOH".ljust(165, b" ")
    yield planted.SYSTEM_FILE, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    yield planted.ZIP, zipped()
    yield from _with_something_in_it()


def _with_something_in_it() -> Iterator[tuple[str, bytes]]:
    """Files that hold persons, programs and the like, and those that are made of others."""
    for doc in hidden.FILE_DOCS:
        yield doc.path, content_of(doc)
    cases = next(doc for doc in hidden.FILE_DOCS if doc.path == hidden.CASES)
    yield hidden.REDACTED, _drawn(cases, hidden.REDACTED)
    docs = {doc.path: doc for doc in catalogue()}
    yield from made_of_others(lambda path: content_of(docs[path]))


def spoilt(doc: Doc) -> bytes:
    """The bytes of a document that gets a password or is cut off, where that is planted; otherwise as it is."""
    content = content_of(doc)
    if doc.path == planted.LOCKED:
        return locked(content, planted.PASSWORD)
    return content[:_DAMAGED_BYTES] if doc.path == planted.DAMAGED else content


def zipped() -> bytes:
    """The one archive: a report and a photo of an innovation, and an archive with a letter."""
    report, picture = planted.ZIP_MEMBERS
    topic = "inovasi Forum Anak"
    members = (
        Doc(f"{planted.ZIP}/{report}", "laporan", topic, years=(2023,)),
        Doc(f"{planted.ZIP}/{picture}", "foto", topic, ("taman",), (2023,)),
    )
    inner = Doc(f"{planted.ZIP}/{planted.ZIP_WITHIN}/{planted.ZIP_WITHIN_MEMBER}", "laporan", topic, years=(2023,))
    within = archive({planted.ZIP_WITHIN_MEMBER: content_of(inner)})
    return archive({doc.path.rsplit("/", 1)[1]: content_of(doc) for doc in members} | {planted.ZIP_WITHIN: within})


def _perda() -> Doc:
    return next(doc for doc in catalogue() if doc.path == planted.PERDA)


def papers() -> Iterator[tuple[str, bytes]]:
    """``kota.yaml`` and the guides."""
    text = city_yaml(law_number(_perda()), _perda())
    yield "kota.yaml", text.encode()
    yield f"{OWN_FOLDER}/lambang.svg", emblem()
    yield f"{OWN_FOLDER}/BACA-SAYA.txt", own_guide(parse_city(text, "kota-contoh", YEAR, (YEAR,))).encode()
    yield "BACA-SAYA.txt", planted.readme((*planted.PROBLEMS, *FILE_PROBLEMS, *FORM_PROBLEMS)).encode()
    for agency in AGENCIES:
        yield f"{agency.folder}/BACA-SAYA.txt", planted.agency_readme(agency.name).encode()


def write(folder: Path, made: Iterable[tuple[str, bytes]]) -> int:
    """Write files, such as :func:`files`, into the year's ``folder``; gives their number."""
    count = 0
    for path, content in made:
        target = folder.joinpath(*path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    return count


def filled_in() -> Iterator[tuple[str, bytes]]:
    """Forms, tables of agencies' own, ``kota.yaml`` and guides: what changes with the instrument and its forms."""
    yield from returned()
    yield from exports().items()
    yield from papers()


def main() -> None:
    """Command line: the folder to write into, such as ``inputs/kota-contoh/2024``; then what of it, if not all."""
    match sys.argv[1:]:
        case [folder]:
            made = files()
        case [folder, "formulir"]:
            made = filled_in()
        case [folder, "tanda-tangan"]:
            made = sign(catalogue(), _drawn)
        case _:
            sys.exit("python -m tests.builders.demo_city OUTPUT_FOLDER [formulir | tanda-tangan]")
    print(f"{write(Path(folder), made)} berkas ditulis ke {folder}")


if __name__ == "__main__":
    main()
