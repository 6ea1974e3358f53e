"""One content of the vault becomes pages ready to be bound, whatever it is; what cannot is told why."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from flows.model import Media
from flows.render.annex.job import FACTS_FILE, Job, TroubleError
from flows.render.annex.office import prepare_office
from flows.render.annex.pdfs import prepare_pdf
from flows.render.annex.pictures import prepare_picture
from flows.render.annex.sheets import prepare_text, prepare_workbook
from flows.render.values import Bookmark, Prepared, Spot

NO_MEMORY = "no-memory"
"""The trouble of a first try in a child whose memory did not suffice; what is left of the second is ``too-large``."""
_BY_MEDIA: Mapping[Media, Callable[[Job], Prepared]] = {
    Media.PDF: prepare_pdf,
    Media.IMAGE: prepare_picture,
    Media.TEXT_DOCUMENT: prepare_office,
    Media.SLIDES: prepare_office,
    Media.SPREADSHEET: prepare_workbook,
    Media.FORM: prepare_workbook,
    Media.PLAIN_TEXT: prepare_text,
}


def prepare(job: Job) -> Prepared:
    """The pages of ``job``, or the trouble with them. Runs in a child process: foreign bytes are opened here.

    Raises:
        OSError: the vault cannot be read or the disk is full, which is no trouble of this document.
    """
    make = _BY_MEDIA.get(job.media)
    try:
        prepared = make(job) if make else Prepared(Path(), 0, trouble="unsupported")
    except TroubleError as trouble:
        prepared = Prepared(Path(), 0, trouble=trouble.reason)
    except MemoryError:
        prepared = Prepared(Path(), 0, trouble=NO_MEMORY)
    (job.folder / FACTS_FILE).write_text(facts_of(prepared), encoding="utf-8")
    return prepared


def facts_of(prepared: Prepared) -> str:
    """What is known of prepared pages beside the pages themselves."""
    marks = [[each.title, each.level, each.spot.page, each.spot.x, each.spot.y] for each in prepared.bookmarks]
    return json.dumps({"pages": prepared.pages, "trouble": prepared.trouble, "bookmarks": marks}, ensure_ascii=False)


def prepared_from(path: Path, facts: str) -> Prepared:
    """The value whose facts were written by :func:`facts_of`; its pages lie at ``path``.

    Raises:
        ValueError: they were written by another program.
    """
    try:
        known = json.loads(facts)
        marks = tuple(Bookmark(title, level, Spot(page, x, y)) for title, level, page, x, y in known["bookmarks"])
        return Prepared(path, int(known["pages"]), marks, str(known["trouble"]))
    except (KeyError, TypeError) as error:
        raise ValueError(path.name) from error
