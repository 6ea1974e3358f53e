"""Arguments and options that several commands share, with their types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from flows.errors import UsageError

_FIRST_YEAR, _LAST_YEAR = 2006, 2100

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Year(click.ParamType[int]):
    """A year of evaluation."""

    name = "tahun"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401, ARG002 - click's
        """The year as a number, or a usage error."""
        text = str(value)
        if not text.isdecimal() or not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
            repair = f"Tulis tahun dengan empat angka, {_FIRST_YEAR} sampai {_LAST_YEAR}, misalnya 2024."
            if ctx and "kota" in (each.name for each in ctx.command.params):
                # A name of several words without quotes: the second of them stands where the year belongs.
                repair = (
                    "Tulis nama folder kota, lalu tahun dengan empat angka, misalnya: "
                    f"{ctx.command_path} kab-madiun 2024"
                )
            raise UsageError(f'"{value}" bukan tahun.', repair)
        return int(text)


class Day(click.ParamType[date]):
    """A date as ``2025-03-31``, ``31-03-2025``, ``31/03/2025`` or ``31 Maret 2025``."""

    name = "tanggal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401, ARG002 - click's
        """The date, or a usage error."""
        from flows.forms.dates import parse_date

        found = parse_date(str(value))
        if found is None or found.remark:
            raise UsageError(f'"{value}" bukan tanggal.', "Tulis tahun-bulan-hari, misalnya 2025-03-31.")
        return found.date


def city_and_year(function: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments KOTA and TAHUN."""
    year = click.argument("tahun", type=Year(), metavar="TAHUN", help="Tahun evaluasi, misalnya 2024.")
    city = click.argument("kota", metavar="KOTA", help="Nama folder kota di folder masukan, misalnya kota-contoh.")
    return city(year(function))


def folders(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--inputs`` and ``--outputs``."""
    inputs = click.option(
        "--inputs",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Folder masukan (bawaan: ./inputs, atau KLA_INPUTS).",
    )
    outputs = click.option(
        "--outputs",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Folder keluaran (bawaan: ./outputs, atau KLA_OUTPUTS).",
    )
    return inputs(outputs(function))


as_json_option: _Decorator = click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
fresh_option: _Decorator = click.option(
    "--segar", "fresh", is_flag=True, help="Abaikan semua hasil sementara; baca ulang semuanya."
)
ocr_option: _Decorator = click.option(
    "--ocr", "with_ocr", is_flag=True, help="Baca juga hasil pindai dan foto dokumen (perlu Tesseract; lambat)."
)
as_of_option: _Decorator = click.option(
    "--per-tanggal",
    "as_of",
    type=Day(),
    metavar="TANGGAL",
    help="Tanggal dosir, misalnya 2026-03-31 (bawaan: hari ini).",
)
since_option: _Decorator = click.option(
    "--sejak", "since_run", metavar="TERBITAN", help="Sebut yang berubah sejak terbitan ini (bawaan: yang terbaru)."
)
