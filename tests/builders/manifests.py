"""Invented manifests, small instruments and cities for the tests of checking, labelling and publishing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256

from flows.framework.instrument import load_framework
from flows.model import (
    Agency,
    Answer,
    AnswerFormat,
    Basis,
    Block,
    Citation,
    City,
    Condition,
    ElectronicSignature,
    EvidenceFile,
    Framework,
    Indicator,
    Manifest,
    Media,
    Origin,
    Period,
    Place,
    Question,
    Requirement,
    Years,
)

YEARS = (2022, 2023)


@cache
def instrument_2024() -> Framework:
    """The instrument of 2024, read once."""
    return load_framework(2024)


def ask(
    kind: str = "sk",
    period: Period = Period.IN_FORCE,
    *,
    years: Years = Years.ANY,
    count: int = 1,
    signed: bool = False,
) -> Requirement:
    """One requirement."""
    return Requirement("?", kind, period, years, count, signed, Origin.SOURCE)


def question(*requirements: Requirement, **changes: object) -> Question:
    """Question 1.1, worth twelve points, which the health office owes."""
    numbered = tuple(replace(each, id=f"1.1#{number}") for number, each in enumerate(requirements or (ask(),), start=1))
    base = Question("1.1", "Pertanyaan contoh", 12.0, "dinkes", ("dinkes", "dinsos"), numbered, AnswerFormat("tingkat"))
    return replace(base, **changes)  # type: ignore[arg-type]


def instrument(*questions: Question, points: float | None = None) -> Framework:
    """An instrument of one block and one indicator, with the roles and kinds of 2024."""
    maximum = sum(each.points for each in questions) if points is None else points
    indicator = Indicator("1", "Indikator contoh", maximum, questions)
    return replace(instrument_2024(), blocks=(Block("KL", "Kelembagaan", "Contoh", maximum, (indicator,)),))


def city(framework: Framework, **changes: object) -> City:
    """A city with one agency per role, whose id and folder are the role's id; nothing confirmed, no names."""
    agencies = tuple(Agency(role.id, role.label, role.id, (role.id,)) for role in framework.roles.values())
    base = City(
        id="kota-uji",
        name="Kota Uji Coba",
        code="",
        province="Provinsi Uji Coba",
        time_zone="Asia/Makassar",
        evaluation_year=2024,
        data_years=YEARS,
        framework_year=2024,
        agencies=agencies,
        districts=(),
        signatories=(),
        legal_basis=(),
        facts=(),
        leads={},
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def evidence(path: str, *kinds: str, **changes: object) -> EvidenceFile:
    """A readable PDF of both data years, from the agency that its top folder names, recognised as ``kinds``."""
    top, slash, _ = path.partition("/")
    base = EvidenceFile(
        path=path,
        agency_id=top if slash and top in instrument_2024().roles else "",
        bytes=1000,
        condition=Condition.GOOD,
        media=Media.PDF,
        sha256=digest(path),
        pages=3,
        kinds=kinds,
        years=YEARS,
        has_text=True,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def digest(text: str) -> str:
    """A hash that depends on ``text`` only."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def manifest(
    cited: Mapping[str, Sequence[EvidenceFile]] | None = None,
    others: Iterable[EvidenceFile] = (),
    **changes: object,
) -> Manifest:
    """A manifest of the files in ``cited`` (question → files, in the instrument's order) and of ``others``."""
    cited = cited or {}
    files = {file.path: file for group in (*cited.values(), tuple(others)) for file in group}
    citations = tuple(
        Citation(question_id, path, Basis.NAME)
        for question_id, group in cited.items()
        for path in sorted(file.path for file in group)
    )
    base = Manifest(tuple(files[path] for path in sorted(files)), citations)
    return replace(base, **changes)  # type: ignore[arg-type]


def claiming(claims: Mapping[str, float]) -> tuple[Answer, ...]:
    """An answer of the secretariat per question, which claims so many points and says nothing else."""
    return tuple(answer(question_id, points=points) for question_id, points in claims.items())


def answer(question_id: str, agency_id: str = "", **changes: object) -> Answer:
    """An answer that says nothing, from the agency's own form."""
    path = f"{agency_id}/Formulir.xlsx" if agency_id else "Formulir.xlsx"
    base = Answer(question_id, agency_id, "", None, "", Place(path, "Jawaban", "F7"))
    return replace(base, **changes)  # type: ignore[arg-type]


SIGNATURE = ElectronicSignature("NAMA CONTOH", "Otoritas Rekaan", "2023-05-12", is_intact=True, covers_file=True)
"""Of a document that is what was signed."""


def proof(question_: Question, framework: Framework) -> tuple[EvidenceFile, ...]:
    """Files that fill every requirement of ``question_`` beyond doubt, from the agency that owes it."""
    return tuple(
        evidence(
            f"{question_.lead}/{question_.id} {number}.pdf",
            _recognisable(requirement.kind, framework),
            keywords=question_.keywords,
            has_signature=requirement.signed,
            signatures=(SIGNATURE,) if requirement.signed else (),
        )
        for number, requirement in enumerate(question_.requirements, start=1)
    )


def _recognisable(kind: str, framework: Framework) -> str:
    """A kind that fills a requirement of ``kind`` and can be told from a file's content."""
    return "notula" if kind == "dokumen" else framework.kinds[kind].accepts[0]
