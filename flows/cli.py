"""The command ``kla``: reads the command line, calls the work, says the result, and turns errors into exit codes.

Nothing heavy is imported here: ``kla --help`` answers at once, and each command imports what it needs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from flows import __version__
from flows.asked import agency_ids, framework_year, reading_scans, settings_for
from flows.commands import proposed
from flows.console import Group, print_json, print_result, say
from flows.errors import ExitCode, InputsError, UsageError
from flows.exits import end_with_exit_code
from flows.imports import leave_without_collecting_garbage
from flows.options import (
    Year,
    as_json_option,
    as_of_option,
    city_and_year,
    folders,
    fresh_option,
    ocr_option,
    since_option,
)
from flows.progress import Progress
from flows.settings import Settings, demo_root
from flows.telling_preparation import tell_pending
from flows.wording import listing

if TYPE_CHECKING:
    from flows.model import Assessment

DEMO_CITY, DEMO_YEAR = "kota-contoh", 2024


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        print_result(f"kla-dosir {__version__}")
        ctx.exit()


@click.group(
    cls=Group,
    name="kla",
    help="Menyusun dosir evaluasi Kabupaten/Kota Layak Anak dari folder bukti perangkat daerah.",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
@click.option(
    "--versi", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Tampilkan versi."
)
def kla() -> None:
    """The group of all commands."""


@kla.command(help="Siapkan atau lengkapi folder masukan satu kota dan tahun; yang sudah diisi tidak diubah.")
@city_and_year
@click.option("--nama", metavar="NAMA", help='Nama resmi, misalnya "Kabupaten Madiun".')
@click.option(
    "--profil",
    metavar="PROFIL",
    help="Profil awal, misalnya kota-banjarbaru (bawaan: isi tahun sebelumnya, atau menurut KOTA).",
)
@click.option("--instrumen", "wanted_framework", type=Year(), metavar="TAHUN", help="Tahun instrumen yang dipakai.")
@click.option("--coba", "dry_run", is_flag=True, help="Tunjukkan yang akan dilakukan tanpa menulis apa pun.")
@folders
@as_json_option
def siapkan(
    kota: str,
    tahun: int,
    nama: str | None,
    profil: str | None,
    wanted_framework: int | None,
    dry_run: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Make or complete a city's input tree."""
    from flows.framework import check_city_id, load_framework
    from flows.framework.prepare import prepare
    from flows.telling_preparation import preparation_record, tell_preparation

    settings = settings_for(inputs, outputs)
    check_city_id(kota, settings.inputs)
    framework = load_framework(framework_year(settings, kota, tahun, wanted_framework, nama))
    root = settings.input_root(kota, tahun)
    with Progress(quiet=as_json) as progress:
        done = prepare(root, kota, tahun, framework, name=nama, profile=profil, dry_run=dry_run, report=progress.report)
    if as_json:
        print_json(preparation_record(done, settings.input_root(kota, tahun)))
        return
    tell_preparation(done, settings.input_root(kota, tahun))
    if (nama or profil) and not done.profile_id and not done.earlier_year:
        say("Perhatian: --nama dan --profil hanya berlaku saat kota.yaml dibuat; kota.yaml yang ada dipertahankan.")
    if dry_run:
        print_result("Hanya percobaan: tidak ada yang ditulis.")
    else:
        print_result(f"Langkah berikutnya: isi folder di {settings.input_root(kota, tahun)}, lalu jalankan:")
        print_result(f"  {proposed(f'kla periksa {kota} {tahun}')}")


@kla.command(help="Periksa bukti satu kota dan tahun: temuan di layar dan di folder pemeriksaan/, tanpa membuat PDF.")
@city_and_year
@click.option(
    "--opd", "only", multiple=True, metavar="NAMA", help="Tampilkan hanya perangkat daerah ini (dapat diulang)."
)
@since_option
@fresh_option
@ocr_option
@folders
@as_json_option
def periksa(
    kota: str,
    tahun: int,
    only: tuple[str, ...],
    since_run: str | None,
    fresh: bool,
    with_ocr: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Gather and validate without Prefect."""
    settings = reading_scans(settings_for(inputs, outputs, ocr=with_ocr))
    with Progress(quiet=as_json) as progress:
        if not as_json:
            say(f"Memeriksa {kota} tahun evaluasi {tahun} …")
        from flows.check import check
        from flows.publish import findings_record, summary
        from flows.request import load_year
        from flows.since import run_to_compare, since

        run = run_to_compare(settings, kota, tahun, since_run)
        # An unknown agency is refused before the work; without one, the check itself loads the city.
        wanted = agency_ids(load_year(kota, tahun, settings)[0], only) if only else frozenset()
        found = check(settings, kota, tahun, fresh=fresh, now=_now(), report=progress.report)
        changes = since(run, found.manifest, found.assessment)
    tell_pending(settings, found.city)
    if as_json:
        record = summary(found.city, found.framework, found.manifest, found.assessment)
        from flows.telling import findings_in_words
        from flows.telling_since import since_record

        details = [
            {**values, **words}
            for values, words in zip(
                findings_record(found.assessment), findings_in_words(found.assessment), strict=True
            )
            if not wanted or values["agency"] in wanted
        ]
        sejak = since_record(run, changes)
        print_json({**record, "folder": str(found.folder), "sejak": sejak, "temuan_rinci": details})
    else:
        from flows.telling import tell_result
        from flows.telling_since import tell_since

        tell_result(found.city, found.framework, found.manifest, found.assessment, wanted)
        tell_since(run, changes)
        print_result(f"Rincian: {found.folder / 'temuan.xlsx'}, manifest.csv, dan tabel.html di folder yang sama")
    _exit_by(found.assessment)


@kla.command(help="Tunjukkan temuan yang menghalangi atau menahan berkas; kecualikan dengan nama, jabatan, dan alasan.")
@city_and_year
@click.argument(
    "temuan",
    nargs=-1,
    metavar="[TEMUAN]...",
    help="Nomor temuan, misalnya T-3f9a2c1b; boleh beberapa. Tanpa nomor: tunjukkan daftarnya.",
)
@click.option("--nama", "who", default="", metavar="NAMA", help="Nama pejabat yang bertanggung jawab.")
@click.option("--jabatan", "office", default="", metavar="JABATAN", help="Jabatannya.")
@click.option("--alasan", "reason", default="", metavar="ALASAN", help="Alasan, sedikitnya dua kata.")
@click.option("--cabut", "withdraw", is_flag=True, help="Tarik kembali pengecualian temuan itu.")
@folders
@as_json_option
def kecualikan(
    kota: str,
    tahun: int,
    temuan: tuple[str, ...],
    who: str,
    office: str,
    reason: str,
    withdraw: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Show what blocks or is held back, lift findings, or take that back."""
    from flows.framework import check_city_id
    from flows.lift import lift, standing, take_back
    from flows.telling_privacy import standing_record, tell_standing

    settings = settings_for(inputs, outputs)
    check_city_id(kota, settings.inputs)
    root, today = settings.output_root(kota, tahun), _now().date()
    if not temuan and (who or office or reason or withdraw):
        raise UsageError(
            "Nomor temuan belum disebutkan.", f"Lihat nomornya: {proposed(f'kla kecualikan {kota} {tahun}')}"
        )
    numbers = [each.strip(" ,;").capitalize() for each in temuan]  # as the check prints them: T-3f9a2c1b
    if numbers:
        (take_back if withdraw else lift)(root, numbers, who=who, office=office, reason=reason, day=today)
    if as_json:
        print_json(standing_record(standing(root)))
    elif numbers:
        state = "dicabut" if withdraw else "berlaku"
        print_result(f"Dicatat: pengecualian {listing(numbers)} {state} sejak pemeriksaan berikutnya.")
        print_result(f"  {proposed(f'kla periksa {kota} {tahun}')}")
    else:
        tell_standing(standing(root), kota, tahun)


@kla.command(help="Susun dosir satu kota dan tahun: kumpulkan, periksa, cetak, jilid, simpan.")
@city_and_year
@as_of_option
@since_option
@fresh_option
@ocr_option
@folders
@as_json_option
def susun(
    kota: str,
    tahun: int,
    as_of: date | None,
    since_run: str | None,
    fresh: bool,
    with_ocr: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Run the annual flow."""
    settings = reading_scans(settings_for(inputs, outputs, ocr=with_ocr))
    _exit_by(_compile(settings, kota, tahun, as_of, since_run, fresh=fresh, as_json=as_json))


@kla.command(help="Susun dosir kota contoh (rekaan) dari awal sampai akhir.")
@as_of_option
@click.option(
    "--outputs",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder keluaran (bawaan: ./outputs, atau KLA_OUTPUTS).",
)
@as_json_option
def demo(as_of: date | None, outputs: Path | None, as_json: bool) -> None:
    """Run the annual flow for the invented demo city; its planted problems are no failure."""
    # Who tries the program first has unpacked it a moment ago: its broken files are broken, and not half copied.
    os.environ.setdefault("KLA_TENANG", "0")
    settings = settings_for(demo_root(), outputs)
    if not settings.input_root(DEMO_CITY, DEMO_YEAR).is_dir():
        raise InputsError("Kota contoh tidak ada dalam pemasangan ini.", "Pasang ulang kla-dosir.")
    started = time.monotonic()
    _compile(settings, DEMO_CITY, DEMO_YEAR, as_of, None, fresh=False, as_json=as_json)
    if not as_json:
        print_result(f"Selesai dalam {time.monotonic() - started:.0f} detik. Kota contoh dan semua isinya rekaan;")
        print_result("masalah yang ditemukan memang ditanam, lihat BACA-SAYA.txt di folder masukannya.")


@kla.group(cls=Group, help="Periksa instrumen evaluasi.")
def instrumen() -> None:
    """The group of instrument commands."""


@instrumen.command("periksa", help="Periksa berkas instrumen satu tahun: nomor, jumlah poin, peran, jenis bukti.")
@click.argument("tahun", type=Year(), metavar="TAHUN", help="Tahun instrumen, misalnya 2024.")
@as_json_option
def check_instrument(tahun: int, as_json: bool) -> None:
    """Load an instrument and say what it holds; mistakes end with exit code 4."""
    from flows.framework import load_framework
    from flows.telling import framework_record, tell_framework

    framework = load_framework(tahun)
    if as_json:
        print_json(framework_record(framework))
    else:
        tell_framework(framework)


@kla.command(help="Tampilkan riwayat berkas bukti (berubah, ditarik), dan ambil salinan yang tersimpan.")
@city_and_year
@click.argument(
    "berkas",
    required=False,
    metavar="[BERKAS]",
    help="Nama berkas atau sebagian; tanpa ini: semua yang berubah atau ditarik.",
)
@click.option(
    "--ambil", "target", type=click.Path(path_type=Path), metavar="FOLDER", help="Ambil salinannya ke folder ini."
)
@click.option("--tetap", "anywhere", is_flag=True, help="Izinkan FOLDER di dalam folder masukan atau keluaran.")
@folders
@as_json_option
def riwayat(
    kota: str,
    tahun: int,
    berkas: str | None,
    target: Path | None,
    anywhere: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Show the history of paths and take copies out of the vault."""
    from flows.look_back import chosen, take
    from flows.telling_history import history_record, tell_history, tell_taken

    settings = settings_for(inputs, outputs)
    found = chosen(settings, kota, tahun, berkas)
    taken = take(settings, kota, tahun, found.told, target, anywhere=anywhere) if target else []
    if as_json:
        print_json(history_record(found.told, taken))
    else:
        tell_history(found.told, found.total, kota, tahun, hint=target is None)
        if target:
            tell_taken(taken)
    if any(not one.target for one in taken):
        sys.exit(ExitCode.FINDINGS)


@kla.command(
    help="Periksa apa yang kurang pada komputer ini; dengan KOTA dan TAHUN juga salinan bukti kota itu di brankas.",
    short_help="Periksa apa yang kurang pada komputer ini, dan salinan bukti satu kota.",
)
@click.argument("kota", required=False, metavar="[KOTA]", help="Nama folder kota, misalnya kab-madiun.")
@click.argument("tahun", required=False, type=Year(), metavar="[TAHUN]", help="Tahun evaluasi, misalnya 2024.")
@folders
@as_json_option
def dokter(kota: str | None, tahun: int | None, inputs: Path | None, outputs: Path | None, as_json: bool) -> None:
    """Say what this machine lacks, and whether the copies of a city are whole."""
    from flows.doctor import examine

    settings = settings_for(inputs, outputs)
    conditions = examine(settings)
    if kota is not None:
        if tahun is None:
            from flows.framework import check_city_id, newest_year

            check_city_id(kota, settings.inputs)
            year = newest_year(kota, settings.inputs, _now().year)
            raise UsageError("TAHUN belum disebutkan.", f"Tulis misalnya: {proposed(f'kla dokter {kota} {year}')}")
        from flows.vault_doctor import examine_vault

        with Progress(quiet=as_json) as progress:
            conditions += examine_vault(settings, kota, tahun, progress.report)
    if as_json:
        print_json([condition.record() for condition in conditions])
    else:
        from flows.telling import tell_conditions

        tell_conditions(conditions)
    if any(condition.is_required and not condition.is_good for condition in conditions):
        sys.exit(ExitCode.FINDINGS)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with the exit code of the contract."""
    try:
        end_with_exit_code(lambda: _run(sys.argv[1:] if args is None else args))
    finally:
        leave_without_collecting_garbage()


def _run(args: Sequence[str]) -> object:
    """Run the command that ``args`` name.

    Not by ``main`` of click, which ends with 1 and without a word where any pipe breaks, also one to a child process.
    """
    try:
        with kla.make_context("kla", list(args)) as context:
            return kla.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code


def _now() -> datetime:
    return datetime.now().astimezone()


def _compile(
    settings: Settings,
    city_id: str,
    year: int,
    as_of: date | None,
    since_run: str | None,
    *,
    fresh: bool,
    as_json: bool,
) -> Assessment:
    with Progress(quiet=as_json) as progress:
        if not as_json:
            say(f"Menyusun dosir {city_id} tahun evaluasi {year} …")
        from flows.request import AnnualRequest
        from flows.standby import Standby

        request = AnnualRequest(city_id, year, as_of or _now().date(), fresh, since_run)
        standby = Standby(settings)
        result = standby.run(request, progress.report, meanwhile=_prepare_to_tell)
        if result is None:
            from flows.service import run_annual

            result = run_annual(request, settings, progress.report)
            standby.leave()
    from flows.telling import annual_record, tell_annual
    from flows.telling_since import since_record, tell_since

    tell_pending(settings, result.city)
    if as_json:
        print_json({**annual_record(result), "sejak": since_record(result.before, result.since)})
    else:
        tell_annual(result)
        print_result()
        tell_since(result.before, result.since)
    return result.assessment


def _prepare_to_tell() -> None:
    """Import what tells of a run; before one in this process it would keep the run's children waiting to be begun."""
    from flows import telling, telling_since  # noqa: F401


def _exit_by(assessment: Assessment) -> None:
    """Leave with 1 where a finding blocks or must be completed."""
    from flows.model import Severity

    heaviest = assessment.heaviest
    if heaviest is not None and heaviest >= Severity.REQUIRED:
        sys.exit(ExitCode.FINDINGS)
