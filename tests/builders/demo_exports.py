"""Tables that agencies of the invented city keep in workbooks of their own, with what is usually wrong in them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from tests.builders.demo_area_tables import LATEST, deeds
from tests.builders.demo_criteria import district_table
from tests.builders.demo_fixed_tables import SMOKE_FREE
from tests.builders.demo_model import FOOTER
from tests.builders.demo_people import SEXES, city

DEEDS = "Disdukcapil/Kelana Dekela/26.6 AKTA 0 SD 17 KELURAHAN 2023.xlsx"
SMOKE = "Dinkes/klaster 3/17/17.3a, 17.3b, 17.3c Rekap penerapan KTR 2021-2023.xlsx"
SLUDGE = "Dinas PUPR Perkim/16/16.6 Rekap lumpur tinja.xlsx"
CENTRES = "Dinkes/klaster 3/15/15.1 Rekap PRAP per kecamatan 2023.xlsx"
MILK = "Dinkes/klaster 3/14/14.1 Rekap ASI eksklusif 2023.xlsx"
_MISSING, _TWICE = "99.71.04.1003", "99.71.02.1002"
_STRANGER = "Kamboja Rekaan"
_OFF_BY = 120

Lines = Sequence[Sequence[object]]


def exports() -> Mapping[str, bytes]:
    """Path → content of every such workbook."""
    sheets = {
        DEEDS: ("AKTA 0 SD 17", tuple(_deeds())),
        SMOKE: ("Rekap KTR", tuple(_smoke())),
        SLUDGE: ("IPLT", _sludge()),
        CENTRES: ("PRAP", tuple(_centres())),
        MILK: ("ASI 2023", tuple(_milk())),
    }
    return {path: _workbook(name, lines) for path, (name, lines) in sheets.items()}


def _deeds() -> Iterator[Sequence[object]]:
    """One year, no sexes, and a column headed TAHUN that holds the codes of the kelurahan."""
    yield ("KECAMATAN", "TAHUN", "KELURAHAN", "JUMLAH 0-17 TAHUN", "MEMILIKI AKTA 0-17 TAHUN", "% (0-17 TAHUN)")
    for district in city().districts:
        sums = [0, 0]
        for village in district.villages:
            if village.code == _MISSING:
                continue
            line = (district.name, int(village.code[-4:]), village.name, *_counts(village.code))
            sums = [one + more for one, more in zip(sums, _counts(village.code), strict=True)]
            yield _with_percent(line)
            if village.code == _TWICE:
                yield _with_percent((district.name, None, *line[2:]))
                sums = [one + more for one, more in zip(sums, _counts(village.code), strict=True)]
        if district is city().districts[0]:
            yield _with_percent((district.name, 1005, _STRANGER, 412, 371))
            continue
        wrong = _OFF_BY if district is city().districts[1] else 0
        yield ("JUMLAH", None, None, sums[0] + wrong, sums[1], round(100 * sums[1] / sums[0], 2))


def _counts(code: str) -> tuple[int, int]:
    row = deeds()[f"{code}@{LATEST}"]
    children, owned = (sum(row[f"{name}.{sex}"] for sex in SEXES) for name in ("anak", "berakta"))
    return children, owned


def _with_percent(line: Sequence[object]) -> Sequence[object]:
    whole, part = int(str(line[3])), int(str(line[4]))
    return (*line, round(100 * part / whole, 2))


def _smoke() -> Iterator[Sequence[object]]:
    """Three years, of which the first was not asked for."""
    labels = {
        "kesehatan": "Fasilitas kesehatan (17.3a)",
        "pendidikan": "Fasilitas pendidikan (17.3b)",
        "umum": "Fasilitas umum (17.3c)",
    }
    yield ("Uraian", "Tahun", "Jumlah seluruhnya", "Di antaranya menerapkan KTR")
    for back in (2, 1, 0):
        for kind, (every, some) in SMOKE_FREE.items():
            if back < 2 or kind == "kesehatan":
                yield (labels[kind], LATEST - back, every, some - back * (some // 12))


def _sludge() -> Lines:
    """Nobody said for which year."""
    heads = (
        "IPLT yang berfungsi",
        "Lumpur tinja yang diterima (meter kubik)",
        "Lumpur tinja yang diolah (meter kubik)",
    )
    return (heads, (1, 2_140, 2_065))


def _centres() -> Iterator[Sequence[object]]:
    """Nearly the table that is asked for: one heading is said in other words, and columns are left out."""
    yield (
        "Kecamatan",
        "Jumlah puskesmas",
        "Puskesmas dengan SK PRAP",
        "Puskesmas terstandar atau terakreditasi sebagai PRAP",
    )
    for at, district in enumerate(city().districts):
        yield (district.name, (2, 3, 2, 2)[at], (1, 2, 1, 2)[at], 1)


def _milk() -> Iterator[Sequence[object]]:
    """The table of the form once more, with one figure that was corrected in the form only."""
    labels = {
        "bayi": "Bayi di bawah 6 bulan yang didata",
        "asi_eksklusif": "Bayi dengan ASI eksklusif",
        "mpasi_dini": "Bayi yang sudah diberi MP-ASI dini",
    }
    yield ("Kecamatan", *(f"{label} {sex}" for label in labels.values() for sex in SEXES))
    table = district_table("asi-eksklusif")
    for district in city().districts:
        row = table[f"{district.code}@{LATEST}"]
        figures = [int(str(row[f"{column}.{sex}"])) for column in labels for sex in SEXES]
        if district is city().districts[-1]:
            figures[2] -= 8
        yield (district.name, *figures)


def _workbook(name: str, lines: Lines) -> bytes:
    import xlsxwriter

    from tests.builders.demo_files import CREATED

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": name, "author": "Kota Contoh (rekaan)", "created": CREATED})
        sheet = book.add_worksheet(name)
        head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True})
        sheet.write_row(0, 0, lines[0], head)
        for row, line in enumerate(lines[1:], 1):
            sheet.write_row(row, 0, line)
        if len(lines) > 2:  # below the one line of a whole city a source would be taken for a second line
            sheet.write(len(lines) + 1, 0, "Sumber: data rekaan. " + FOOTER)
        sheet.set_footer("&C" + FOOTER)
        sheet.set_column(0, len(lines[0]) - 1, 24)
    return stream.getvalue()
