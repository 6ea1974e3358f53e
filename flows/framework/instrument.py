"""The loader of an instrument: YAML files of one year in, one frozen :class:`Framework` out, all mistakes at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.errors import RulesError, UsageError
from flows.framework.tables import load_tables
from flows.model import (
    AnswerFormat,
    Block,
    EvidenceKind,
    Framework,
    Indicator,
    Media,
    Origin,
    Period,
    Question,
    Requirement,
    Role,
    Scope,
    Years,
)
from flows.settings import validations_root
from flows.yaml_files import Mapping, Problems, read_mapping

FORMAT = 1
QUESTION_ID = re.compile(r"[1-9]\d?[A-Z]?\.[1-9]\d?[a-z]{0,2}")
INDICATOR_ID = re.compile(r"[1-9]\d?[A-Z]?")
BLOCK_FILE = re.compile(r"[A-Za-z0-9_-]+\.yaml")
BLOCK_IDS = ("KL", "I", "II", "III", "IV", "V", "KD")
BLOCK_ID = re.compile("|".join(BLOCK_IDS))
ANSWER_KINDS = ("tingkat", "angka", "uraian")
ROLE_GROUPS = ("opd", "vertikal", "mitra", "wilayah")
_SMALLEST_POINTS = 1e-6


def available_years(root: Path | None = None) -> tuple[int, ...]:
    """Years that have an instrument, ascending; ``root`` is a validations folder other than the program's own."""
    folder = (root or validations_root()) / "frameworks"
    return tuple(sorted(int(path.parent.name) for path in folder.glob("[12][0-9][0-9][0-9]/index.yaml")))


def load_framework(year: int, root: Path | None = None) -> Framework:
    """Read the instrument of ``year``.

    Args:
        year: Year of the instrument, not of the evaluation.
        root: A validations folder other than the program's own, for tests and for a city's own rules.

    Raises:
        UsageError: there is no instrument of that year; the message names those there are.
        RulesError: a file has mistakes; all of them are listed with file and line.
    """
    validations = root or validations_root()
    folder = validations / "frameworks" / str(year)
    if not (folder / "index.yaml").is_file():
        known = ", ".join(str(known) for known in available_years(validations)) or "belum ada"
        raise UsageError(
            f"Instrumen tahun {year} belum ada. Yang tersedia: {known}.",
            "Pilih salah satunya dengan --instrumen TAHUN, atau tambahkan instrumen baru di validations/frameworks/.",
        )
    reading = _Reading(validations)
    framework = _read(reading, folder, year)
    if reading.problems.items or framework is None:
        raise RulesError(
            reading.problems.in_order, "Perbaiki baris yang disebut, lalu jalankan: kla instrumen periksa."
        )
    return framework


@dataclass
class _Reading:
    """What is collected while the files of one instrument are read."""

    validations: Path
    problems: Problems = field(default_factory=Problems)
    roles: dict[str, Role] = field(default_factory=dict)
    kinds: dict[str, EvidenceKind] = field(default_factory=dict)
    block_places: dict[str, str] = field(default_factory=dict)
    question_places: dict[str, str] = field(default_factory=dict)
    indicator_places: dict[str, str] = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)

    def open(self, path: Path) -> Mapping | None:
        """Read one file below ``validations`` and remember it for the hash."""
        self.paths.append(path)
        return read_mapping(path, path.relative_to(self.validations.parent).as_posix(), self.problems)

    def sha256(self) -> str:
        """Hash over names and bytes of all files read, in reading order."""
        digest = hashlib.sha256()
        for path in self.paths:
            digest.update(path.relative_to(self.validations).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
        return digest.hexdigest()


def _read(reading: _Reading, folder: Path, year: int) -> Framework | None:
    reading.roles = _read_roles(reading)
    reading.kinds = _read_kinds(reading)
    index = reading.open(folder / "index.yaml")
    if index is None:
        return None
    _check_format(index)
    if index.whole("year") != year:
        index.problem_at("year", f'"year" harus {year}, sama dengan nama foldernya')
    title, source = index.text("title"), index.text("source")
    legal_basis, faults = index.texts("legal_basis", required=True), index.texts("faults")
    points = index.number("points")
    blocks = tuple(_read_block(reading, folder / name) for name in _block_files(index))
    index.close()
    found = tuple(block for block in blocks if block is not None)
    asked = () if reading.problems.items else tuple(question for block in found for question in block.questions)
    tables = load_tables(folder / "tables", reading.open, asked, reading.roles)
    total = sum(block.points for block in found)
    if len(found) == len(blocks) and not _same(total, points):
        index.problem_at("points", f"jumlah maksimum blok {total:g}, padahal tertulis {points:g}")
    if reading.problems.items:
        return None
    return Framework(
        year=year,
        title=title,
        legal_basis=legal_basis,
        source=source,
        faults=faults,
        blocks=found,
        roles=reading.roles,
        kinds=reading.kinds,
        sha256=reading.sha256(),
        tables=tables,
    )


def _block_files(index: Mapping) -> Sequence[str]:
    """Names of the blocks' files, which lie beside the index and nowhere else."""
    names = index.texts("blocks", required=True)
    for name in names:
        if not BLOCK_FILE.fullmatch(name):
            index.problem_at("blocks", f'"{name}" bukan nama berkas blok seperti "III.yaml"')
    return [name for name in names if BLOCK_FILE.fullmatch(name)]


def _check_format(top: Mapping) -> None:
    if top.whole("format") != FORMAT:
        top.problem_at("format", f'"format" harus {FORMAT}; versi aplikasi ini tidak mengenal yang lain')


def _read_roles(reading: _Reading) -> dict[str, Role]:
    top = reading.open(reading.validations / "roles.yaml")
    roles: dict[str, Role] = {}
    if top is None:
        return roles
    _check_format(top)
    for entry in top.mappings("roles", required=True):
        role = Role(entry.text("id"), entry.text("label"), entry.choice("group", ROLE_GROUPS))
        if role.id and role.id in roles:
            entry.problem_at("id", f'peran "{role.id}" tertulis dua kali')
        entry.close()
        roles[role.id] = role
    top.close()
    return roles


def _read_kinds(reading: _Reading) -> dict[str, EvidenceKind]:
    top = reading.open(reading.validations / "kinds.yaml")
    kinds: dict[str, EvidenceKind] = {}
    if top is None:
        return kinds
    _check_format(top)
    entries = top.mappings("kinds", required=True)
    found = [_read_kind(entry) for entry in entries]
    for entry, kind in zip(entries, found, strict=True):
        if kind.id and kind.id in kinds:
            entry.problem_at("id", f'jenis bukti "{kind.id}" tertulis dua kali')
        kinds[kind.id] = kind
    for entry, kind in zip(entries, found, strict=True):
        for accepted in kind.accepts:
            if accepted not in kinds:
                entry.problem_at("accepts", f'jenis bukti "{accepted}" tidak dikenal')
    top.close()
    return kinds


def _read_kind(entry: Mapping) -> EvidenceKind:
    media = entry.texts("media")
    for family in media:
        if family not in set(Media):
            entry.problem_at("media", f'keluarga berkas "{family}" tidak dikenal; yang dikenal: {", ".join(Media)}')
    content = entry.texts("content")
    for pattern in content:
        try:
            re.compile(pattern, re.MULTILINE)
        except re.error as error:
            entry.problem_at("content", f"pola {pattern} tidak sah (karakter ke-{error.pos})")
    kind = EvidenceKind(
        id=entry.text("id"),
        label=entry.text("label"),
        accepts=entry.texts("accepts", required=True),
        content=content,
        media=tuple(Media(family) for family in media if family in set(Media)),
        name_words=entry.texts("name_words"),
        is_legal=entry.flag("legal", default=False),
        level=entry.whole("level", 0),
    )
    entry.close()
    return kind


def _read_block(reading: _Reading, path: Path) -> Block | None:
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
    if not _same(total, block.points):
        top.problem_at("points", f"jumlah maksimum indikator {total:g}, padahal tertulis {block.points:g}")
    return block


def _read_indicator(reading: _Reading, entry: Mapping) -> Indicator:
    indicator_id = entry.text("id")
    entry.where = f"indikator {indicator_id}"
    _check_id(reading.indicator_places, entry, indicator_id, INDICATOR_ID)
    questions = tuple(
        _read_question(reading, each, indicator_id) for each in entry.mappings("questions", required=True)
    )
    indicator = Indicator(indicator_id, entry.text("title"), entry.number("points"), questions, entry.text("fault", ""))
    entry.close()
    total = sum(question.points for question in questions)
    if not _same(total, indicator.points) and not indicator.fault:
        entry.problem_at(
            "points",
            f"jumlah poin pertanyaan {total:g}, padahal maksimum {indicator.points:g}; "
            'perbaiki poinnya, atau nyatakan cacat sumber dengan kunci "fault"',
        )
    if total < indicator.points - _SMALLEST_POINTS:
        entry.problem_at("points", f"maksimum {indicator.points:g} tidak dapat dicapai: jumlah poin hanya {total:g}")
    return indicator


def _read_question(reading: _Reading, entry: Mapping, indicator_id: str) -> Question:
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


def _same(left: float, right: float) -> bool:
    return abs(left - right) < _SMALLEST_POINTS
