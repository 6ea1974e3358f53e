"""How forms of the invented city are spoilt: by who fills them in, by programs that save them, by lying elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.builders.demo_area_tables import LATEST
from tests.builders.demo_form_problems import CUT, LATER, SECOND, STRAY
from tests.builders.demo_model import DATA_YEARS
from tests.builders.demo_returned import Content, content_of, path_of, plans, written
from tests.builders.demo_saved import Edit, as_ods, column_of, resaved, row_of, with_macros
from tests.builders.filled_forms import Row

FIRST = DATA_YEARS[0]
_CUT_BYTES = 9_000


def returned() -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every form that came back, spoilt where that is planted."""
    for key, plan in plans().items():
        if key in _LOST:
            continue
        content = content_of(plan)
        _FILLED.get(key, _as_is)(content)
        made = written(plan, content)
        path = path_of(plan)
        if key in _EDITED:
            made = resaved(made, _EDITED[key])
        if key in _CONVERTED:
            suffix, convert = _CONVERTED[key]
            path, made = path.removesuffix(".xlsx") + suffix, convert(made)
        yield path, made
    yield from _more_forms()


def _more_forms() -> Iterator[tuple[str, bytes]]:
    """Second copies, a form of another agency, one of a later year and one that is cut off."""
    second = content_of(plans()["opd:dinsos"])
    second.tables["konsultasi-keluarga"][f"lk3@{LATEST}"]["publikasi"] = 19
    yield SECOND, written(plans()["opd:dinsos"], second)
    bnn = plans()["opd:bnn"]
    yield CUT, written(bnn, content_of(bnn))[:_CUT_BYTES]
    later = replace(plans()["opd:bapenda"], framework_year=2025, evaluation_year=2025)
    yield LATER, written(later, Content())
    road = plans()["opd:dishub"]
    yield STRAY, written(road, Content())


def _as_is(_: Content) -> None:
    """Nothing is wrong with most forms."""


def _dinkes(content: Content) -> None:
    tables = content.tables
    north, south, east, west = (f"99.71.0{at}" for at in (1, 2, 3, 4))
    mothers, babies = tables["kesehatan-ibu"], tables["kesehatan-bayi"]
    mothers[f"{south}@{LATEST}"]["di_faskes"] = int(str(mothers[f"{south}@{LATEST}"]["bersalin"])) + 12
    mothers[f"{north}@{FIRST}"]["kematian_ibu"] = "-"
    mothers[f"{east}@{LATEST}"]["persen_buku"] = 79.5
    mothers[f"{west}@{LATEST}"]["berbuku"] = f"{mothers[f'{west}@{LATEST}']['berbuku']} orang"
    born = babies[f"{north}@{LATEST}"]
    born["lahir_hidup.LP"] = int(str(born["lahir_hidup.L"])) + int(str(born["lahir_hidup.P"])) + 9
    thin = tables["gizi-balita"][f"{west}@{FIRST}"]
    thin |= {key: int(str(thin[key])) // 2 for key in ("gizi_kurang.L", "gizi_kurang.P")}
    centres = tables["puskesmas-ramah-anak"][f"{east}@{LATEST}"]
    centres["mandiri"] = int(str(centres["puskesmas"])) + 1
    content.definitions["stunting-baduta"] = dict(content.definitions["stunting-baduta"]) | {
        "kelompok_umur": "balita (0 sampai 59 bulan)"
    }
    content.definitions["asi-eksklusif"] = {"usia": content.definitions["asi-eksklusif"]["usia"]}
    content.answers["12.3"] = {key: value for key, value in content.answers["12.3"].items() if key != "catatan"}
    content.answers["14.5"] = dict(content.answers["14.5"]) | {"catatan": "sudah ada"}
    homes = content_of(plans()["opd:pupr-perkim"]).tables["air-sanitasi"][f"{north}@{LATEST}"]
    content.tables["air-sanitasi"] = {f"{north}@{LATEST}": {"air_layak": int(str(homes["air_layak"])) - 310}}


def _disnaker(content: Content) -> None:
    rows = content.tables["pekerja-anak"]
    rows[f"pekerja-anak@{FIRST}"] |= {"anak.L": "sekitar sepuluh", "anak.LP": 17}
    rows[f"pekerja-anak@{LATEST}"]["dilayani.L"] = 10.5
    rows[f"bpta@{FIRST}"]["dilayani.L"] = -1
    content.lists["kemitraan"][0]["jenis_mitra"] = "CV"


def _uptd(content: Content) -> None:
    content.tables["kekerasan-anak"][f"fisik@{FIRST}"].pop("reintegrasi")


def _bappeda(content: Content) -> None:
    content.tables["anggaran"]["1.3d"] |= {"pagu": 45_000, "realisasi": 41_000}
    _say_else(content, "3.2 SK Forum", {"dari": 1, "sampai": 48})


def _say_else(content: Content, start: str, changes: Row) -> None:
    """Change what the list of evidence says of the file whose name begins so."""
    content.evidence = [{**row, **changes} if str(row["berkas"]).startswith(start) else row for row in content.evidence]


def _law(content: Content) -> None:
    _say_else(content, "1.2p", {"nomor": "77"})
    content.evidence.append(
        {
            "pertanyaan": "1.2k",
            "tautan": "https://jdih.contoh.example/rancangan/rass",
            "keterangan": "Rancangan Perwali RASS",
        }
    )


def _pupr(content: Content) -> None:
    content.answers["16.7"] = dict(content.answers["16.7"]) | {"poin": 9}


def _disdikbud(content: Content) -> None:
    _say_else(content, "SK Tim ATS", {"tanggal": date(2022, 1, 3)})
    for question_id in ("18.4", "20.5", "20.3"):
        content.answers.pop(question_id)


def _kominfo(content: Content) -> None:
    content.evidence += [
        {"berkas": "3.1b Kerja sama radio 2022.pdf", "pertanyaan": "3.1b"},
        {"berkas": "5.9 Inovasi kanal ramah anak.pdf", "pertanyaan": "5.9, 5.12"},
        {"berkas": "Laporan kemitraan media 2023.pdf", "keterangan": "kemitraan media ramah anak"},
    ]


def _registry(content: Content) -> None:
    _say_else(content, "4.6", {"tanda_tangan": "TTE"})


def _kesbangpol(content: Content) -> None:
    content.evidence.append(
        {
            "berkas": "24B.1 Notula rapat pencegahan radikalisme 2023.pdf",
            "pertanyaan": "24B.1, 24B.2",
            "jenis": "Laporan",
        }
    )


def _apsai(content: Content) -> None:
    content.answers["10.5"] = {
        "jawaban": "Tidak",
        "catatan": "Sejak pertengahan 2023 dunia usaha belum diajak lagi oleh LKSA.",
    }


def _secretariat(content: Content) -> None:
    content.evidence.append({"berkas": "25.2 SK Forum Anak Kecamatan.pdf", "pertanyaan": "25.2"})


_FILLED: Mapping[str, Callable[[Content], None]] = {
    "opd:dinkes": _dinkes,
    "opd:disnaker": _disnaker,
    "opd:bappeda": _bappeda,
    "opd:bagian-hukum": _law,
    "opd:pupr-perkim": _pupr,
    "opd:disdikbud": _disdikbud,
    "opd:diskominfo": _kominfo,
    "opd:disdukcapil": _registry,
    "opd:kesbangpol": _kesbangpol,
    "opd:apsai": _apsai,
    "opd:uptd-ppa": _uptd,
    "sekretariat:": _secretariat,
}


def _edit_disnaker(book: openpyxl.Workbook) -> None:
    """An error and a formula of their own in a table; in the answers a mark typed over, rows put in, cells made one."""
    table: Worksheet = book["Pekerja Anak"]
    row = row_of(table, f"bpta@{LATEST}")
    table.cell(row, column_of(table, "anak.L")).value = "#REF!"
    table.cell(row, column_of(table, "anak.P")).value = "=0+0"
    table.cell(row, column_of(table, "anak.LP")).value = 2
    sheet: Worksheet = book["Jawaban"]
    last = sheet.max_row
    _copy_row(sheet, row_of(sheet, "21C.2"), last + 1)
    sheet.cell(last + 1, column_of(sheet, "catatan")).value = "SOP lama, belum diganti sejak 2018."
    _copy_row(sheet, row_of(sheet, "21C.5"), last + 2)
    sheet.cell(last + 2, 1).value = None
    sheet.cell(last + 2, column_of(sheet, "nomor")).value = "21C.9"
    sheet.cell(last + 2, column_of(sheet, "judul")).value = "Pertanyaan tambahan dari rapat"
    sheet.cell(row_of(sheet, "21C.3"), 1).value = "21C.3#beda"
    notes, first = column_of(sheet, "catatan"), row_of(sheet, "1.2v")
    sheet.merge_cells(start_row=first, end_row=first + 1, start_column=notes, end_column=notes)


def _copy_row(sheet: Worksheet, source: int, target: int) -> None:
    for at in range(1, sheet.max_column + 1):
        sheet.cell(target, at).value = sheet.cell(source, at).value


def _edit_bpbd(book: openpyxl.Workbook) -> None:
    del book["Inovasi"]
    sheet: Worksheet = book["Sarana Perlindungan"]
    column = column_of(sheet, "keterangan")
    for row in range(1, sheet.max_row + 1):
        cell = sheet.cell(row, column)
        if type(cell).__name__ != "MergedCell":
            cell.value = None
    list_: Worksheet = book["Fasilitas Bencana"]
    head = next(row for row in range(1, list_.max_row + 1) if list_.cell(row, 1).value == "kepala")
    beside = list_.max_column + 1
    list_.cell(head, beside).value = "Catatan kami"
    list_.cell(head + 2, beside).value = "tenda disimpan di gudang BPBD"
    stray: Worksheet = book.create_sheet("Jawaban DLH")
    stray["A1"], stray["B1"] = "kla:jawaban::opd:dlh", "Jawaban Dinas Lingkungan Hidup"


def _edit_disparpora(book: openpyxl.Workbook) -> None:
    copy = book.copy_worksheet(book["Ruang Bermain Anak"])
    copy.title = "Ruang Bermain Anak (2)"
    row = next(
        row
        for row in range(1, copy.max_row + 1)
        if copy.cell(row, column_of(copy, "nama")).value == "Taman Wisata Rekaan"
    )
    copy.cell(row, column_of(copy, "status")).value = "Belum dinilai"
    book["PKA dan RIRA"].sheet_state = "hidden"


def _edit_apsai(book: openpyxl.Workbook) -> None:
    """Saved by a telephone: hidden sheets and hidden columns are gone."""
    del book["_kla"]
    for name in ("Jawaban", "Daftar Bukti"):
        book[name].delete_cols(1)


_EDITED: Mapping[str, Edit] = {
    "opd:disnaker": _edit_disnaker,
    "opd:bpbd": _edit_bpbd,
    "opd:disparpora": _edit_disparpora,
    "opd:apsai": _edit_apsai,
}
_CONVERTED: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "opd:disparpora": (".xlsm", with_macros),
    "opd:forum-anak": (".ods", as_ods),
}
_LOST = frozenset({"opd:kejaksaan"})
