"""Invented tables of every kind, as validation would leave them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.model import (
    Answer,
    City,
    ColumnType,
    Declaration,
    District,
    FixedRow,
    Framework,
    GatheredTable,
    Outcome,
    Place,
    RowKind,
    StandingRow,
    StandingTable,
    TableColumn,
    TableDefinition,
    TableSchema,
    TableSource,
    Village,
)
from tests.builders.values import Case, case, city, framework

YEARS = (2022, 2023)
SHAPE = {"KL": (5,), "I": (4,), "III": (4,), "V": (4,), "KD": (4, 5)}
FORM = "Dinas Contoh/Formulir KLA 2024 - Dinas Kesehatan.xlsx"
Values = Mapping[str, float | str]


@dataclass(frozen=True)
class Invented:
    """A schema with what stands in it."""

    schema: TableSchema
    table: StandingTable


def schema(
    table_id: str, kind: RowKind, columns: Sequence[TableColumn], questions: Sequence[str], **changes: object
) -> TableSchema:
    base = TableSchema(
        id=table_id,
        title=f"Tabel contoh {table_id}",
        sheet=table_id[:28],
        row_kind=kind,
        both_years=kind is not RowKind.LIST,
        columns=tuple(columns),
        questions=tuple(questions),
        suppliers=("dinkes",),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def source(
    table_id: str, kind: TableSource = TableSource.FORM, path: str = FORM, agency: str = "dinkes"
) -> GatheredTable:
    return GatheredTable(table_id, agency, path, "Lembar", kind, ())


def standing(
    about: TableSchema,
    rows: Iterable[StandingRow],
    totals: Iterable[StandingRow] = (),
    *,
    group_totals: Iterable[StandingRow] = (),
    sources: Sequence[GatheredTable] = (),
    definitions: Mapping[str, str] | None = None,
    questions: Sequence[str] | None = None,
) -> StandingTable:
    return StandingTable(
        about.id,
        Outcome.COMPLETE,
        tuple(rows),
        tuple(group_totals),
        tuple(totals),
        tuple(sources) or (source(about.id),),
        definitions or {},
        tuple(about.questions if questions is None else questions),
    )


def row(key: str, label: str, year: int | None, values: Values, group: str = "", line: int = 7) -> StandingRow:
    return StandingRow(key, label, year, dict(values), group, Place(FORM, "Lembar", f"D{line}"), "dinkes")


def sexes(column: str, male: int, female: int) -> dict[str, float | str]:
    """The three cells of a column split by sex."""
    return {f"{column}.L": float(male), f"{column}.P": float(female), f"{column}.LP": float(male + female)}


def big_city(villages: int = 10) -> City:
    """Five kecamatan with so many kelurahan each."""
    districts = tuple(
        District(
            f"99.99.0{n}",
            f"Contoh {side}",
            tuple(Village(f"99.99.0{n}.1{v:03}", f"Kelurahan {side} {v}") for v in range(villages)),
        )
        for n, side in enumerate(("Utara", "Selatan", "Timur", "Barat", "Tengah"), 1)
    )
    return city(districts=districts)


def births(place: City, questions: Sequence[str] = ("1.1", "1.2")) -> Invented:
    """Kecamatan by sex in two years, with a percentage, an age bound, and one cell nobody filled."""
    columns = (
        TableColumn("anak", "Jumlah anak usia 0 sampai kurang dari 18 tahun", ColumnType.COUNT, by_sex=True),
        TableColumn("berakta", "Anak yang memiliki kutipan akta kelahiran", ColumnType.COUNT, by_sex=True),
        TableColumn("persen", "Persentase anak berakta", ColumnType.PERCENT, by_sex=True, ratio_of=("berakta", "anak")),
    )
    about = schema(
        "akta-contoh",
        RowKind.DISTRICT,
        columns,
        questions,
        title="Anak yang memiliki akta kelahiran",
        definitions=(TableDefinition("usia", "Batas usia anak"),),
    )

    def values(number: int, year: int) -> dict[str, float | str]:
        male, female = 123_400 + number * 7 + year - 2022, 119_800 + number * 3
        share = {f"persen.{part}": 96.0 + number + (year - 2022) * 1.25 for part in ("L", "P", "LP")}
        return sexes("anak", male, female) | sexes("berakta", male - 4000, female - 3900) | share

    rows = [row(d.code, d.name, year, values(n, year)) for year in YEARS for n, d in enumerate(place.districts)]
    rows[1] = replace(rows[1], values={key: value for key, value in rows[1].values.items() if key != "anak.L"})
    totals = [StandingRow("total", "", year, values(9, year)) for year in YEARS]
    return Invented(about, standing(about, rows, totals, definitions={"usia": "kurang dari 18 tahun"}))


def village_children(place: City, questions: Sequence[str] = ("2.1",), **changes: object) -> Invented:
    """Kelurahan with totals of their kecamatan."""
    columns = (
        TableColumn("anak", "Jumlah anak", ColumnType.COUNT, by_sex=True),
        TableColumn("nama", "Nama petugas", ColumnType.TEXT),
    )
    about = schema("anak-kelurahan", RowKind.VILLAGE, columns, questions, **changes)
    rows = [
        row(v.code, v.name, year, sexes("anak", 50 + n, 40 + n) | {"nama": "Petugas Rahasia"}, group=d.name)
        for year in YEARS
        for d in place.districts
        for n, v in enumerate(d.villages)
    ]
    groups = [StandingRow("total", d.name, year, sexes("anak", 600, 500)) for year in YEARS for d in place.districts]
    totals = [StandingRow("total", "", year, sexes("anak", 3000, 2500)) for year in YEARS]
    kinds = [source(about.id, TableSource.AREA_FORM, f"Kelurahan/{n}.xlsx", "kelurahan") for n in range(40)]
    return Invented(about, standing(about, rows, totals, group_totals=groups, sources=kinds))


def schools(questions: Sequence[str] = ("2.2", "1.3")) -> Invented:
    """Fixed rows, many measures: too wide for one table."""
    columns = [
        TableColumn(
            f"ukuran_{n}",
            f"Jumlah satuan pendidikan contoh menurut ukuran nomor {n}",
            ColumnType.COUNT,
            by_sex=n % 2 == 0,
        )
        for n in range(6)
    ]
    columns.append(TableColumn("ket", "Keterangan", ColumnType.TEXT))
    fixed = tuple(FixedRow(level.casefold(), level) for level in ("TK/PAUD", "SD", "SMP", "SMA/SMK", "SLB"))
    about = schema(
        "sekolah-contoh",
        RowKind.FIXED,
        columns,
        questions,
        rows=fixed,
        title="Satuan pendidikan ramah anak per jenjang",
    )

    def values(n: int) -> dict[str, float | str]:
        found: dict[str, float | str] = {"ket": "Termasuk satuan pendidikan swasta"}
        for place in range(6):
            found |= sexes(f"ukuran_{place}", 1200 + n, 34 + n) if place % 2 == 0 else {f"ukuran_{place}": 1500.0 * n}
        return found

    rows = [row(each.id, each.label, year, values(n)) for year in YEARS for n, each in enumerate(fixed)]
    return Invented(about, standing(about, rows, [StandingRow("total", "", year, values(40)) for year in YEARS]))


def one_city(questions: Sequence[str] = ("3.1",)) -> Invented:
    """One row for the whole city."""
    columns = (
        TableColumn("kasus", "Anak korban kekerasan", ColumnType.COUNT, by_sex=True),
        TableColumn("layanan", "Anak yang dilayani", ColumnType.COUNT, by_sex=True),
        TableColumn("persen", "Cakupan layanan", ColumnType.PERCENT),
        TableColumn("dana", "Dana layanan", ColumnType.MONEY),
    )
    about = schema("kota-contoh", RowKind.CITY, columns, questions, title="Layanan bagi anak korban")
    rows = [
        row(
            "kota",
            "Kota Contoh",
            y,
            sexes("kasus", 41, 52) | sexes("layanan", 40, 50) | {"persen": 90.0 + y % 5, "dana": 1.25e9},
        )
        for y in YEARS
    ]
    return Invented(about, standing(about, rows))


LONG = (
    "Kerja sama penyediaan layanan konsultasi keluarga contoh yang memuat pembagian peran, sasaran, jadwal, dan cara "
    "pemantauan, bukan sekadar pemberian bantuan; hasilnya dilaporkan dua kali setahun kepada Gugus Tugas. "
)


def partners(questions: Sequence[str] = ("1.4", "2.3", "4.1"), text: str = LONG) -> Invented:
    """A list that serves several questions, with long text."""
    columns = (
        TableColumn("pertanyaan", "Pertanyaan", ColumnType.QUESTION),
        TableColumn("lembaga", "Nama lembaga", ColumnType.TEXT),
        TableColumn("bentuk", "Bentuk kemitraan", ColumnType.TEXT),
        TableColumn("mulai", "Tanggal mulai", ColumnType.DATE),
        TableColumn("hasil", "Hasil yang dicapai", ColumnType.TEXT),
    )
    about = schema("kemitraan-contoh", RowKind.LIST, columns, questions, title="Kemitraan dengan lembaga masyarakat")
    rows = [
        row(
            str(n),
            "",
            None,
            {
                "pertanyaan": questions[n % len(questions)],
                "lembaga": f"Lembaga Contoh {n}",
                "bentuk": text,
                "mulai": "2023-03-31",
                "hasil": text[:90],
            },
        )
        for n in range(9)
    ]
    return Invented(about, standing(about, rows))


def budget(questions: Sequence[str] = ("1.5",)) -> Invented:
    """A list of one question with money and a total."""
    columns = (
        TableColumn("program", "Program", ColumnType.TEXT),
        TableColumn("kegiatan", "Kegiatan", ColumnType.TEXT),
        TableColumn("pagu", "Pagu", ColumnType.MONEY),
        TableColumn("realisasi", "Realisasi", ColumnType.MONEY, part_of="pagu"),
        TableColumn("sumber", "Sumber dana", ColumnType.CHOICE, options=("APBD", "APBN")),
        TableColumn("tahun", "Tahun", ColumnType.YEAR),
    )
    about = schema("anggaran-contoh", RowKind.LIST, columns, questions, title="Anggaran pemenuhan hak anak")
    rows = [
        row(
            str(n),
            "",
            None,
            {
                "program": f"Program pemenuhan hak anak contoh {n}",
                "kegiatan": "Penguatan lembaga penyedia layanan",
                "pagu": 1_250_000_000.0 * n,
                "realisasi": 1_198_400_500.0 * n,
                "sumber": "APBD",
                "tahun": 2023.0,
            },
        )
        for n in range(1, 6)
    ]
    total = StandingRow("total", "", None, {"pagu": 18_750_000_000.0, "realisasi": 17_976_007_500.0})
    return Invented(about, standing(about, rows, [total]))


def checklist(
    place: City, questions: Sequence[str] = ("6.1", "6.2", "6.3"), criteria: int = 17, **changes: object
) -> Invented:
    """Kelurahan by criterion; the second criterion answers the second question."""
    columns = tuple(
        TableColumn(
            f"k{n}",
            f"Memiliki unsur contoh nomor {n} yang ditetapkan dengan keputusan lurah",
            ColumnType.YES_NO,
            questions=(questions[n % len(questions)],) if questions else (),
        )
        for n in range(criteria)
    )
    about = schema(
        "dekela-contoh",
        RowKind.VILLAGE,
        columns,
        questions,
        both_years=False,
        title="Unsur kelurahan layak anak",
        **changes,
    )
    rows = []
    areas = [(d, v) for d in place.districts for v in d.villages]
    for number, (d, v) in enumerate(areas):
        answers = {f"k{n}": ("ya", "tidak", "ya", "")[(number + n) % 4] for n in range(criteria)}
        rows.append(row(v.code, v.name, None, {key: value for key, value in answers.items() if value}, group=d.name))
    return Invented(about, standing(about, rows, sources=[source(about.id, TableSource.AREA_FORM)] * 48))


def with_tables(
    *invented: Invented, region: City | None = None, instrument: Framework | None = None, **changes: object
) -> Case:
    """A run in which these tables stand."""
    asked = replace(instrument or framework(SHAPE), tables={each.schema.id: each.schema for each in invented})
    value = case(instrument=asked, region=region or big_city(), **changes)  # type: ignore[arg-type]
    tables = {each.schema.id: each.table for each in invented}
    return replace(value, assessment=replace(value.assessment, tables=tables))


def every_kind(villages: int = 10) -> tuple[Invented, ...]:
    """A table of each kind, in the order of their questions."""
    place = big_city(villages)
    return (
        births(place),
        partners(),
        budget(),
        village_children(place),
        schools(),
        one_city(),
        checklist(place),
    )


def answer(question_id: str, choice: str = "Ya", note: str = "", agency: str = "dinkes") -> Answer:
    return Answer(question_id, agency, choice, 1.0, note, Place(FORM, "Jawaban", "F7"))


def link(question_id: str, url: str, caption: str = "") -> Declaration:
    return Declaration("dinkes", "", (), (question_id,), Place(FORM, "Daftar Bukti", "B9"), caption=caption, url=url)
