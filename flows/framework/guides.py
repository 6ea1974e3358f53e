"""The BACA-SAYA texts: what each agency is asked for, and how to recognise a text that nobody has touched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flows.forms.layout import AskedQuestion
from flows.forms.plan import agency_form, asked_questions, secretariat_plan
from flows.framework.texts import render_text
from flows.model import APPROVAL_FILE, Agency, Block, City, Framework, Question

GUIDE_FILE = "BACA-SAYA.txt"
_FINGERPRINT = re.compile(r"\[sidik ([0-9a-f]{16})\]\s*")

BlockQuestions = tuple[Block, tuple[Question, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one agency, by block."""

    owed: tuple[BlockQuestions, ...]
    """Questions it owes: it is the city's first agency for their lead role."""
    helped: tuple[BlockQuestions, ...]
    """Questions another agency owes and it may contribute to."""

    @property
    def owed_count(self) -> int:
        """How many questions it owes."""
        return _count(self.owed)

    @property
    def helped_count(self) -> int:
        """How many questions it may contribute to."""
        return _count(self.helped)


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One line of the year's guide: a folder and what is asked of it."""

    folder: str
    agency: Agency
    owed: int
    helped: int


def asked_of(agency: Agency, city: City, framework: Framework) -> Asked:
    """Which questions ``agency`` owes and which it may help with."""
    asked = asked_questions(agency, city, framework)
    return Asked(_by_block(asked, is_lead=True), _by_block(asked, is_lead=False))


def agency_guide(agency: Agency, city: City, framework: Framework) -> str:
    """The BACA-SAYA of one agency's folder."""
    asked = asked_of(agency, city, framework)
    form = agency_form(agency, city, framework)
    secretariat = city.agency_for("sekretariat") or city.agency_for("pppa")
    body = render_text(
        "baca-saya-opd.txt.j2",
        agency=agency,
        city=city,
        framework=framework,
        owed=asked.owed,
        helped=asked.helped,
        owed_count=asked.owed_count,
        helped_count=asked.helped_count,
        owed_points=sum(question.points for _, questions in asked.owed for question in questions),
        secretariat=secretariat.name if secretariat else "",
        form=form.file_name if form else "",
        sensitive=next((question.id for question in _questions(asked) if question.is_sensitive), ""),
    )
    return _marked(body)


def _questions(asked: Asked) -> Iterator[Question]:
    return (question for _, questions in (*asked.owed, *asked.helped) for question in questions)


def supplies_sensitive(agency: Agency, city: City, framework: Framework) -> bool:
    """Whether ``agency`` is asked for proof that may expose a child in difficulty."""
    return any(question.is_sensitive for question in _questions(asked_of(agency, city, framework)))


def year_guide(folders: Sequence[tuple[str, Agency]], city: City, framework: Framework) -> str:
    """The BACA-SAYA of the year's folder, with a line for each agency folder."""
    rows = []
    for folder, agency in folders:
        asked = asked_of(agency, city, framework)
        rows.append(GuideRow(folder, agency, asked.owed_count, asked.helped_count))
    form = secretariat_plan(city, framework).file_name
    return _marked(render_text("baca-saya-tahun.txt.j2", city=city, framework=framework, rows=rows, form=form))


def own_guide(city: City) -> str:
    """The BACA-SAYA of the city's own folder: what may lie there and what becomes of it."""
    return _marked(render_text("baca-saya-naskah.txt.j2", city=city, approval=APPROVAL_FILE))


def is_untouched(content: bytes) -> bool:
    """Whether ``content`` is a text this program wrote and nobody has changed since; line ends do not count."""
    try:
        head, _, body = content.decode("utf-8-sig").replace("\r\n", "\n").partition("\n")
    except UnicodeDecodeError:
        return False
    found = _FINGERPRINT.search(head)
    return found is not None and found.group(1) == _fingerprint(body)


def _marked(body: str) -> str:
    """``body`` below a first line that carries its fingerprint."""
    tidy = "\n".join(line.rstrip() for line in body.strip("\n").split("\n")) + "\n"
    return render_text("baca-saya-kepala.txt.j2", fingerprint=_fingerprint(tidy)) + tidy


def _fingerprint(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _by_block(asked: Sequence[AskedQuestion], *, is_lead: bool) -> tuple[BlockQuestions, ...]:
    groups = groupby((each for each in asked if each.is_lead is is_lead), lambda each: each.block)
    return tuple((block, tuple(each.question for each in questions)) for block, questions in groups)


def _count(groups: Sequence[BlockQuestions]) -> int:
    return sum(len(questions) for _, questions in groups)
