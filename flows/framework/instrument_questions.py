"""The blocks of an instrument, read from their files: indicators, questions, and what proves each."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from pathlib import Path

from flows.framework.instrument_reading import Reading
from flows.model import (
    AnswerFormat,
    Block,
    EvidenceKind,
    Indicator,
    Origin,
    Period,
    Question,
    Requirement,
    Role,
    Scope,
    Years,
)
from flows.yaml_files import Mapping

QUESTION_ID = re.compile(r"[1-9]\d?[A-Z]?\.[1-9]\d?[a-z]{0,2}")
INDICATOR_ID = re.compile(r"[1-9]\d?[A-Z]?")
BLOCK_IDS = ("KL", "I", "II", "III", "IV", "V", "KD")
BLOCK_ID = re.compile("|".join(BLOCK_IDS))
ANSWER_KINDS = ("tingkat", "angka", "uraian")
_SMALLEST_POINTS = 1e-6


def read_block(reading: Reading, path: Path) -> Block | None:
    """The block in the file at ``path``; None where that cannot be read at all. Mistakes are noted."""
    top = reading.open(path)
    if top is None:
        return None
    known = len(reading.problems.items)
    block_id = top.choice("id", BLOCK_IDS)
    top.where = f"blok {block_id}"
    if len(reading.problems.items) == known:  # otherwise block_id only stands in for a wrong one
        _check_id(reading.block_places, top, block_id, BLOCK_ID)
    indicators = tuple(_read_indicator(reading, entry) for entry in top.mappings("indicators", required=True))
    block = Block(block_id, top.text("label"), top.text("title"), top.number("points"), indicators)
    top.close()
    total = sum(indicator.points for indicator in indicators)
    if not is_same(total, block.points):
        top.problem_at("points", f"jumlah maksimum indikator {total:g}, padahal tertulis {block.points:g}")
    return block


def _read_indicator(reading: Reading, entry: Mapping) -> Indicator:
    indicator_id = entry.text("id")
    entry.where = f"indikator {indicator_id}"
    _check_id(reading.indicator_places, entry, indicator_id, INDICATOR_ID)
    questions = tuple(
        _read_question(reading, each, indicator_id) for each in entry.mappings("questions", required=True)
    )
    indicator = Indicator(indicator_id, entry.text("title"), entry.number("points"), questions, entry.text("fault", ""))
    entry.close()
    total = sum(question.points for question in questions)
    if not is_same(total, indicator.points) and not indicator.fault:
        entry.problem_at(
            "points",
            f"jumlah poin pertanyaan {total:g}, padahal maksimum {indicator.points:g}; "
            'perbaiki poinnya, atau nyatakan cacat sumber dengan kunci "fault"',
        )
    if total < indicator.points - _SMALLEST_POINTS:
        entry.problem_at("points", f"maksimum {indicator.points:g} tidak dapat dicapai: jumlah poin hanya {total:g}")
    return indicator


def _read_question(reading: Reading, entry: Mapping, indicator_id: str) -> Question:
    question_id = entry.text("id")
    entry.where = f"pertanyaan {question_id}"
    _check_id(reading.question_places, entry, question_id, QUESTION_ID)
    if question_id and question_id.split(".")[0] != indicator_id:
        entry.problem_at("id", f"nomor harus diawali {indicator_id}.")
    suppliers = entry.texts("suppliers", required=True)
    lead = entry.text("lead")
    _check_roles(reading.roles, entry, lead, suppliers)
    requirements = tuple(
        _read_requirement(reading.kinds, each, f"{question_id}#{number}")
        for number, each in enumerate(entry.mappings("requirements", required=True), start=1)
    )
    keywords = entry.texts("keywords")
    if any(word != word.casefold() for word in keywords):
        entry.problem_at("keywords", '"keywords" harus ditulis dengan huruf kecil')
    question = Question(
        id=question_id,
        title=entry.text("title"),
        points=entry.number("points"),
        lead=lead,
        suppliers=suppliers,
        requirements=requirements,
        answer=_read_answer(entry),
        scope=Scope(entry.choice("scope", tuple(Scope), Scope.CITY.value)),
        is_sensitive=entry.flag("sensitif", default=False),
        keywords=keywords,
        fault=entry.text("fault", ""),
        official_text=entry.text("teks_resmi", ""),
    )
    entry.close()
    return question


def _check_id(places: dict[str, str], entry: Mapping, found: str, pattern: re.Pattern[str]) -> None:
    if not found:
        return
    if not pattern.fullmatch(found):
        entry.problem_at("id", f'nomor "{found}" tidak berbentuk nomor instrumen')
    if found in places:
        entry.problem_at("id", f"nomor {found} sudah dipakai di {places[found]}")
    places[found] = f"{entry.file} baris {entry.line}"


def _check_roles(roles: MappingOf[str, Role], entry: Mapping, lead: str, suppliers: Sequence[str]) -> None:
    for role in suppliers:
        if roles and role not in roles:
            entry.problem_at("suppliers", f'peran "{role}" tidak ada di validations/roles.yaml')
    if lead and suppliers and lead not in suppliers:
        entry.problem_at("lead", f'"lead" ({lead}) harus termasuk "suppliers"')


def _read_answer(entry: Mapping) -> AnswerFormat:
    answer = entry.mapping("answer", required=True)
    if answer is None:
        return AnswerFormat(ANSWER_KINDS[0])
    found = AnswerFormat(answer.choice("kind", ANSWER_KINDS), answer.texts("options"))
    answer.close()
    return found


def _read_requirement(kinds: MappingOf[str, EvidenceKind], entry: Mapping, requirement_id: str) -> Requirement:
    kind = entry.text("kind")
    if kind and kinds and kind not in kinds:
        entry.problem_at("kind", f'jenis bukti "{kind}" tidak ada di validations/kinds.yaml')
    period = Period(entry.choice("periode", tuple(Period)))
    years = Years(entry.choice("years", tuple(Years), Years.ANY.value))
    if years is Years.BOTH and period is not Period.DATA_YEARS:
        entry.problem_at("years", '"years: keduanya" hanya berlaku untuk "periode: tahun_data"')
    count = entry.whole("count", 1)
    if count < 1:
        entry.problem_at("count", '"count" harus 1 atau lebih')
    requirement = Requirement(
        id=requirement_id,
        kind=kind,
        period=period,
        years=years,
        count=count,
        signed=entry.flag("signed", default=False),
        origin=Origin(entry.choice("sumber", tuple(Origin))),
        note=entry.text("note", ""),
    )
    entry.close()
    return requirement


def is_same(left: float, right: float) -> bool:
    """Whether two sums of points are the same but for what computers lose with decimals."""
    return abs(left - right) < _SMALLEST_POINTS
