"""Invented values of every stage, of realistic size: an instrument, a city, files, and what the checks say of them.

Everything is visibly invented and made without chance, so that two runs build the same book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import cycle, islice

from flows.model import (
    Agency,
    AnswerFormat,
    Assessment,
    Basis,
    Block,
    Citation,
    City,
    Condition,
    District,
    EvidenceFile,
    EvidenceKind,
    Fact,
    Finding,
    FolderNote,
    Framework,
    Gap,
    GroupResult,
    Indicator,
    Label,
    LegalItem,
    Manifest,
    Media,
    Origin,
    Outcome,
    Period,
    Points,
    Question,
    QuestionResult,
    Register,
    Requirement,
    RequirementResult,
    Role,
    Scope,
    Severity,
    Signatory,
    Village,
    Years,
)
from flows.render import Provenance

AS_OF = date(2025, 3, 31)
PROVENANCE = Provenance("0.0.1", "a1" * 32, "b2" * 32, (("weasyprint", "70.0"), ("jinja2", "3.1.6")))

SHAPE: Mapping[str, Sequence[int]] = {
    "KL": (60, 7, 8),
    "I": (7, 11, 12),
    "II": (10, 12, 7, 9, 10),
    "III": (7, 6, 9, 6, 5, 8),
    "IV": (7, 12, 9),
    "V": (14, 9, 4, 6, 5, 5, 4, 8, 3),
    "KD": (5, 21),
}
"""Questions per indicator of an instrument as large as a real one."""
_TITLES = (
    "Tersedianya peraturan contoh tentang pencatatan kelahiran anak, selain peraturan daerah induk",
    "Persentase contoh layanan yang memenuhi standar, menurut jenis kelamin dan kecamatan, pada dua tahun data",
    (
        "Tersedianya matriks kemitraan dengan lembaga contoh yang memuat bentuk kerja sama, sasaran, dan hasilnya, "
        "bukan sekadar pemberian bantuan"
    ),
    "Jumlah petugas contoh yang telah mengikuti pelatihan Konvensi Hak Anak (KHA)",
    (
        "Adanya SOP contoh dan mekanisme pengaduan yang mudah dijangkau anak, termasuk AMPK, beserta bukti "
        "pelaksanaannya dalam dua tahun terakhir dan tindak lanjut atas masukan Forum Anak"
    ),
)
_ROLES = {
    "pppa": "Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
    "dinkes": "Dinas Kesehatan",
    "dinsos": "Dinas Sosial",
    "disdikbud": "Dinas Pendidikan dan Kebudayaan",
    "bagian-hukum": "Bagian Hukum",
    "kemenag": "Kantor Kementerian Agama",
    "kelurahan": "Desa/Kelurahan",
}
_KINDS = {"sk": "Keputusan (SK)", "matriks": "Matriks", "data": "Data atau tabel", "foto": "Foto", "laporan": "Laporan"}
_BLOCKS = {
    "KL": ("Kelembagaan", "Kelembagaan"),
    "I": ("Klaster I", "Hak Contoh dan Kebebasan"),
    "II": ("Klaster II", "Keluarga Contoh dan Pengasuhan"),
    "III": ("Klaster III", "Kesehatan Contoh dan Kesejahteraan"),
    "IV": ("Klaster IV", "Pendidikan Contoh dan Budaya"),
    "V": ("Klaster V", "Perlindungan Khusus Contoh"),
    "KD": ("Kelana dan Dekela", "Penyelenggaraan Contoh di Kecamatan dan Desa/Kelurahan"),
}


def requirement(question_id: str, kind: str = "sk", place: int = 1) -> Requirement:
    """One requirement of a question."""
    return Requirement(
        id=f"{question_id}#{place}",
        kind=kind,
        period=Period.DATA_YEARS,
        years=Years.ANY,
        count=1,
        signed=False,
        origin=Origin.INFERRED,
    )


def question(question_id: str, **changes: object) -> Question:
    """A question worth three points that the health office owes."""
    base = Question(
        id=question_id,
        title=f"Pertanyaan contoh {question_id} tentang pelayanan ramah anak",
        points=3.0,
        lead="dinkes",
        suppliers=("dinkes",),
        requirements=(requirement(question_id),),
        answer=AnswerFormat("uraian"),
        scope=Scope.CITY,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def framework(shape: Mapping[str, Sequence[int]] = SHAPE, *, year: int = 2024) -> Framework:
    """An instrument of the given shape: questions per indicator, per block."""
    roles, kinds, titles = cycle(_ROLES), cycle(_KINDS), cycle(_TITLES)
    numbers = iter(range(1, 1000))
    blocks = []
    for block_id, counts in shape.items():
        indicators = []
        for count in counts:
            number = str(next(numbers))
            questions = tuple(
                question(
                    f"{number}.{place}",
                    title=next(titles),
                    lead=next(roles),
                    points=1.0 + place % 3,
                    requirements=(requirement(f"{number}.{place}", next(kinds)),),
                    is_sensitive=block_id == "V" and place % 4 == 0,
                )
                for place in range(1, count + 1)
            )
            title = f"Indikator Contoh Nomor {number} tentang Pemenuhan Hak Anak"
            indicators.append(Indicator(number, title, sum(each.points for each in questions), questions))
        label, title = _BLOCKS[block_id]
        blocks.append(Block(block_id, label, title, sum(each.points for each in indicators), tuple(indicators)))
    return Framework(
        year=year,
        title=f"Instrumen Evaluasi Contoh Tahun {year}",
        legal_basis=("Peraturan Contoh Nomor 1 Tahun 2021 tentang Kebijakan Kabupaten/Kota Layak Anak",),
        source="Disusun untuk uji; bukan instrumen kementerian.",
        faults=(),
        blocks=tuple(blocks),
        roles={key: Role(key, label, "opd") for key, label in _ROLES.items()},
        kinds={key: EvidenceKind(key, label, (key,)) for key, label in _KINDS.items()},
        sha256="c3" * 32,
    )


def city(**changes: object) -> City:
    """An invented kota with seven agencies, none of whose names is confirmed but the health office's."""
    agencies = tuple(
        Agency(role, f"{label} Kota Contoh", label, (role,), is_confirmed=role == "dinkes")
        for role, label in _ROLES.items()
        if role != "kelurahan"
    )
    base = City(
        id="kota-contoh",
        name="Kota Contoh",
        code="99.99",
        province="Kalimantan Contoh",
        time_zone="Asia/Makassar",
        evaluation_year=2024,
        data_years=(2022, 2023),
        framework_year=2024,
        agencies=agencies,
        districts=tuple(
            District(
                f"99.99.0{n}", f"Contoh {side}", tuple(Village(f"99.99.0{n}.100{v}", f"Desa {v}") for v in range(4))
            )
            for n, side in enumerate(("Utara", "Selatan", "Timur"), 1)
        ),
        signatories=(Signatory("sekda", "Sekretaris Daerah Kota Contoh selaku Ketua Gugus Tugas"),),
        legal_basis=(
            LegalItem("Peraturan Daerah Kota Contoh Nomor 6 Tahun 2020 tentang Kota Layak Anak", is_confirmed=True),
            LegalItem("Peraturan Wali Kota Contoh Nomor 99 Tahun 2021 yang belum dipastikan"),
        ),
        facts=(
            Fact("Jumlah penduduk", "681.693", "jiwa", "2024", "Disdukcapil Kota Contoh"),
            Fact("Luas wilayah", "98,372", "km²", "2024", "BPS Kota Contoh"),
        ),
        leads={},
        seat="Contoh",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def evidence_file(path: str, **changes: object) -> EvidenceFile:
    """A readable two-page PDF at ``path``, in the folder of the health office."""
    base = EvidenceFile(
        path=path,
        agency_id="dinkes",
        bytes=120_000,
        condition=Condition.GOOD,
        media=Media.PDF,
        sha256=sha256(path.encode("utf-8", "surrogateescape")).hexdigest(),
        pages=2,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Case:
    """Everything a render needs."""

    framework: Framework
    city: City
    manifest: Manifest
    register: Register
    assessment: Assessment


def case(
    proofs: Mapping[str, Sequence[EvidenceFile]] | None = None,
    *,
    shape: Mapping[str, Sequence[int]] = SHAPE,
    loose: Sequence[EvidenceFile] = (),
    claims: Mapping[str, float] | None = None,
    findings: Sequence[Finding] = (),
    region: City | None = None,
    instrument: Framework | None = None,
    privacy_checked: bool = False,
) -> Case:
    """A run in which ``proofs`` answer their questions and ``loose`` files answer none."""
    asked = instrument or framework(shape)
    place = region or city()
    cited = proofs or {}
    files = {file.path: file for group in cited.values() for file in group} | {file.path: file for file in loose}
    manifest = Manifest(
        files=tuple(files[path] for path in sorted(files)),
        citations=tuple(
            Citation(each.id, file.path, Basis.NAME) for each in asked.questions for file in cited.get(each.id, ())
        ),
        folders=(FolderNote("Folder Entah", "unmatched"),),
    )
    judged = _assess(asked, place, cited, claims or {}, findings, privacy_checked=privacy_checked)
    return Case(asked, place, manifest, _register(asked, cited), judged)


def full_case(file_count: int = 250, **changes: object) -> Case:
    """A run of real size: about ``file_count`` cited files, some serving several questions, and findings."""
    asked = changes.get("instrument") or framework()
    assert isinstance(asked, Framework)
    place = changes.get("region") or city()
    assert isinstance(place, City)
    agencies = cycle([agency.id for agency in place.agencies])
    files = [
        evidence_file(
            f"Dinas Contoh/{number % 9}/Berkas bukti nomor {number} tahun 2023.pdf",
            agency_id=next(agencies),
            pages=number % 40 + 1,
            title="" if number % 3 else f"Laporan Contoh Pelaksanaan Kegiatan Nomor {number}",
            kinds=("laporan",),
        )
        for number in range(file_count)
    ]
    supply, proofs = cycle(files), {}
    for number, each in enumerate(asked.questions):
        proofs[each.id] = tuple(islice(supply, (0, 1, 1, 2, 1)[number % 5]))
    proofs[asked.questions[4].id] = (*proofs[asked.questions[4].id], files[0])
    loose = [
        evidence_file(f"Dinas Contoh/Foto WA {n}.jpg", media=Media.IMAGE, suggestions=("1.1",) if n % 2 else ())
        for n in range(20)
    ]
    loose.append(evidence_file("Dinas Contoh/~$kunci.docx", condition=Condition.IGNORED, detail="lock-file"))
    findings = tuple(_findings(asked, proofs))
    options: dict[str, object] = {"loose": loose, "findings": findings, "instrument": asked, "region": place}
    return case(proofs, **(options | changes))  # type: ignore[arg-type]


def _findings(asked: Framework, proofs: Mapping[str, Sequence[EvidenceFile]]) -> Iterator[Finding]:
    for each in asked.questions:
        if not proofs[each.id]:
            yield Finding("missing", Severity.REQUIRED, each.lead, each.id, points=each.points)
        for file in proofs[each.id][:1]:
            yield Finding("uncertain", Severity.ADVICE, file.agency_id, each.id, file.path, points=each.points)


def _register(asked: Framework, proofs: Mapping[str, Sequence[EvidenceFile]]) -> Register:
    labels: dict[str, Label] = {}
    for block, _, each in asked.walk():
        for file in proofs.get(each.id, ()):
            place = sum(label.question_id == each.id for label in labels.values()) + 1
            text = f"{block.id}/{each.id}-{place:02d}"
            labels.setdefault(file.path, Label(text, each.id, file.agency_id, file.sha256, file.path))
    return Register(tuple(labels.values()))


def _assess(
    asked: Framework,
    place: City,
    proofs: Mapping[str, Sequence[EvidenceFile]],
    claims: Mapping[str, float],
    findings: Sequence[Finding],
    *,
    privacy_checked: bool,
) -> Assessment:
    results = {each.id: _result(each, place, proofs.get(each.id, ()), claims.get(each.id)) for each in asked.questions}
    open_questions = [result for result in results.values() if result.outcome is not Outcome.COMPLETE]
    by_agency: dict[str, list[QuestionResult]] = {}
    for result in results.values():
        by_agency.setdefault(result.lead_agency_id, []).append(result)
    return Assessment(
        questions=results,
        indicators={each.id: _group(each.id, [results[q.id] for q in each.questions]) for each in asked.indicators},
        blocks={each.id: _group(each.id, [results[q.id] for q in each.questions]) for each in asked.blocks},
        agencies={agency: _group(agency, members) for agency, members in by_agency.items()},
        total=_group("", list(results.values())),
        findings=tuple(findings),
        gaps=tuple(
            Gap(result.question_id, result.lead_agency_id, result.outcome, result.points.maximum, ("missing",))
            for result in sorted(open_questions, key=lambda each: -each.points.maximum)
        ),
        privacy_checked=privacy_checked,
    )


def _result(each: Question, place: City, files: Sequence[EvidenceFile], claimed: float | None) -> QuestionResult:
    outcome = _outcome(files)
    is_complete = outcome is Outcome.COMPLETE
    lead = place.agency_for(place.lead_role(each))
    paths = tuple(file.path for file in files)
    return QuestionResult(
        question_id=each.id,
        outcome=outcome,
        requirements=tuple(RequirementResult(need, outcome, paths) for need in each.requirements),
        paths=paths,
        points=Points(
            each.points,
            claimed,
            None if claimed is None else claimed * is_complete,
            each.points if is_complete else 0.0,
        ),
        lead_agency_id=lead.id if lead else "",
    )


def _outcome(files: Sequence[EvidenceFile]) -> Outcome:
    if not files:
        return Outcome.LACKING
    if not all(file.condition.is_readable for file in files):
        return Outcome.UNASSESSABLE
    return Outcome.COMPLETE if len(files) > 1 else Outcome.WARNING


def _group(group_id: str, members: Sequence[QuestionResult]) -> GroupResult:
    claims = [member.points.claimed for member in members if member.points.claimed is not None]
    proven = [member.points.proven for member in members if member.points.proven is not None]
    return GroupResult(
        id=group_id,
        counts={outcome: sum(member.outcome is outcome for member in members) for outcome in Outcome},
        points=Points(
            sum(member.points.maximum for member in members),
            sum(claims) if claims else None,
            sum(proven) if proven else None,
            sum(member.points.maximum_with_proof for member in members),
        ),
    )


@dataclass(frozen=True)
class Words:
    """The words of an invented finding."""

    title: str
    sentence: str
    repair: str
    severity_label: str


@dataclass(frozen=True)
class FakeCatalogue:
    """Words for findings without the program's catalogue."""

    reasons: Mapping[str, str] = field(default_factory=lambda: {"missing": "belum ada berkas"})
    details: Mapping[str, str] = field(default_factory=lambda: {"lock-file": "berkas kunci sementara"})

    def lifted(self, finding: Finding) -> str:
        """Who has lifted it."""
        return f"Dikecualikan oleh {finding.lifted.who}" if finding.lifted else ""

    def describe(self, finding: Finding) -> Words:
        """One sentence that names the question and the file."""
        from flows.wording import severity_label

        return Words(
            f"Temuan {finding.code}",
            f"Pertanyaan {finding.question_id} belum memiliki bukti yang dipastikan jenisnya.",
            f"Letakkan berkasnya di folder dinas dengan nama yang diawali nomor {finding.question_id}.",
            severity_label(finding.severity),
        )
