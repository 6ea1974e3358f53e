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
from flows.console import Group, Progress, print_json, print_result, print_table, say
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
)
from flows.settings import Settings, demo_root

if TYPE_CHECKING:
    from flows.model import Assessment, City

DEMO_CITY, DEMO_YEAR = "kota-contoh", 2024


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        print_result(f"kla-dosir {__version__}")
        ctx.exit()


@click.group(
    cls=Group,
    name="kla",
    help="Menyusun dosir evaluasi Kabupaten/Kota Layak Anak dari folder bukti perangkat daerah.",
    epilog="Contoh: kla siapkan kota-banjarbaru 2026 --instrumen 2024; kla periksa …; kla susun …",
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
@click.option("--profil", metavar="PROFIL", help="Profil awal di validations/cities (bawaan: dipilih dari KOTA).")
@click.option("--instrumen", "framework_year", type=Year(), metavar="TAHUN", help="Tahun instrumen yang dipakai.")
@click.option("--coba", "dry_run", is_flag=True, help="Tunjukkan yang akan dilakukan tanpa menulis apa pun.")
@folders
@as_json_option
def siapkan(
    kota: str,
    tahun: int,
    nama: str | None,
    profil: str | None,
    framework_year: int | None,
    dry_run: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Make or complete a city's input tree."""
    from flows.framework import check_city_id, load_framework
    from flows.framework.prepare import prepare
    from flows.telling import preparation_record, tell_preparation

    settings = _settings(inputs, outputs)
    check_city_id(kota, settings.inputs)
    framework = load_framework(_framework_year(settings, kota, tahun, framework_year))
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
        print_result(f"  kla periksa {kota} {tahun}")


@kla.command(help="Periksa bukti satu kota dan tahun: temuan di layar dan di folder pemeriksaan/, tanpa membuat PDF.")
@city_and_year
@click.option(
    "--opd", "only", multiple=True, metavar="NAMA", help="Tampilkan hanya perangkat daerah ini (dapat diulang)."
)
@fresh_option
@ocr_option
@folders
@as_json_option
def periksa(
    kota: str,
    tahun: int,
    only: tuple[str, ...],
    fresh: bool,
    with_ocr: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Gather and validate without Prefect."""
    settings = _reading_scans(_settings(inputs, outputs, ocr=with_ocr))
    with Progress(quiet=as_json) as progress:
        if not as_json:
            say(f"Memeriksa {kota} tahun evaluasi {tahun} …")
        from flows.check import check
        from flows.publish import findings_record, summary
        from flows.request import load_year

        # An unknown agency is refused before the work; without one, the check itself loads the city.
        wanted = _agency_ids(load_year(kota, tahun, settings)[0], only) if only else frozenset()
        found = check(settings, kota, tahun, fresh=fresh, now=_now(), report=progress.report)
    _tell_pending(settings, found.city)
    if as_json:
        record = summary(found.city, found.framework, found.manifest, found.assessment)
        details = [each for each in findings_record(found.assessment) if not wanted or each["agency"] in wanted]
        print_json({**record, "folder": str(found.folder), "temuan_rinci": details})
    else:
        from flows.telling import tell_result

        tell_result(found.city, found.framework, found.manifest, found.assessment, wanted)
        print_result(f"Rincian: {found.folder / 'temuan.xlsx'}, manifest.csv, dan tabel.html di folder yang sama")
    _exit_by(found.assessment)


@kla.command(help="Tunjukkan temuan yang menghalangi; kecualikan satu di antaranya dengan nama, jabatan, dan alasan.")
@city_and_year
@click.argument(
    "temuan",
    default="",
    metavar="[TEMUAN]",
    help="Nomor temuan, misalnya T-3f9a2c1b; tanpa nomor: tunjukkan daftarnya.",
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
    temuan: str,
    who: str,
    office: str,
    reason: str,
    withdraw: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Show what blocks, lift one finding, or take that back."""
    from flows.framework import check_city_id
    from flows.lift import lift, standing, take_back
    from flows.telling_privacy import standing_record, tell_standing

    settings = _settings(inputs, outputs)
    check_city_id(kota, settings.inputs)
    root, today = settings.output_root(kota, tahun), _now().date()
    if not temuan and (who or office or reason or withdraw):
        raise UsageError("Nomor temuan belum disebutkan.", f"Lihat nomornya: kla kecualikan {kota} {tahun}")
    temuan = temuan.strip().capitalize()  # as the check prints it, however it was typed: T-3f9a2c1b
    if temuan and withdraw:
        take_back(root, temuan, who=who, office=office, reason=reason, day=today)
    elif temuan:
        lift(root, temuan, who=who, office=office, reason=reason, day=today)
    if as_json:
        print_json(standing_record(standing(root)))
    elif temuan:
        print_result(
            f"Dicatat: pengecualian {temuan} {'dicabut' if withdraw else 'berlaku'} sejak pemeriksaan berikutnya."
        )
        print_result(f"  kla periksa {kota} {tahun}")
    else:
        tell_standing(standing(root), kota, tahun)


@kla.command(help="Susun dosir satu kota dan tahun: kumpulkan, periksa, render, terbitkan (lewat Prefect).")
@city_and_year
@as_of_option
@fresh_option
@ocr_option
@folders
@as_json_option
def susun(
    kota: str,
    tahun: int,
    as_of: date | None,
    fresh: bool,
    with_ocr: bool,
    inputs: Path | None,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """Run the annual flow."""
    settings = _reading_scans(_settings(inputs, outputs, ocr=with_ocr))
    _exit_by(_compile(settings, kota, tahun, as_of, fresh=fresh, as_json=as_json))


@kla.command(help="Susun dosir kota contoh (rekaan) dari awal sampai akhir.")
@as_of_option
@click.option(
    "--outputs", type=click.Path(path_type=Path), metavar="FOLDER", help="Folder keluaran (bawaan: ./outputs)."
)
@as_json_option
def demo(as_of: date | None, outputs: Path | None, as_json: bool) -> None:
    """Run the annual flow for the invented demo city; its planted problems are no failure."""
    settings = _settings(demo_root(), outputs)
    if not settings.input_root(DEMO_CITY, DEMO_YEAR).is_dir():
        raise InputsError("Kota contoh tidak ada dalam pemasangan ini.", "Pasang ulang kla-dosir.")
    started = time.monotonic()
    _compile(settings, DEMO_CITY, DEMO_YEAR, as_of, fresh=False, as_json=as_json)
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

    framework = load_framework(tahun)
    if as_json:
        print_json(
            {
                "year": framework.year,
                "blocks": len(framework.blocks),
                "indicators": len(framework.indicators),
                "questions": len(framework.questions),
                "points": _plain_number(framework.points),
                "requirements": sum(len(question.requirements) for question in framework.questions),
                "sensitive": sum(question.is_sensitive for question in framework.questions),
                "sha256": framework.sha256,
                "faults": list(framework.faults),
            }
        )
        return
    print_result(framework.title)
    rows = [
        (block.label, block.title, str(len(block.indicators)), str(len(block.questions)), f"{block.points:g}")
        for block in framework.blocks
    ]
    total = ("Jumlah", "", str(len(framework.indicators)), str(len(framework.questions)), f"{framework.points:g}")
    print_table(("Blok", "Nama", "Indikator", "Pertanyaan", "Poin"), [*rows, total], right=(2, 3, 4))
    print_result("Cacat sumber yang dinyatakan:")
    for fault in framework.faults:
        print_result(f"  - {fault}")


@kla.command(help="Tampilkan riwayat berkas bukti (berubah, ditarik), dan ambil salinan yang tersimpan.")
@city_and_year
@click.argument(
    "berkas", required=False, metavar="[BERKAS]", help="Nama berkas atau sebagian; tanpa ini yang berubah atau ditarik."
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

    settings = _settings(inputs, outputs)
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
@click.argument("kota", required=False, metavar="[KOTA]", help="Nama folder kota.")
@click.argument("tahun", required=False, type=Year(), metavar="[TAHUN]", help="Tahun evaluasi.")
@folders
@as_json_option
def dokter(kota: str | None, tahun: int | None, inputs: Path | None, outputs: Path | None, as_json: bool) -> None:
    """Say what this machine lacks, and whether the copies of a city are whole."""
    from flows.doctor import examine

    settings = _settings(inputs, outputs)
    conditions = examine(settings)
    if kota is not None:
        if tahun is None:
            raise UsageError("TAHUN belum disebutkan.", f"Misalnya: kla dokter {kota} 2024")
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


def _settings(inputs: Path | None, outputs: Path | None, *, ocr: bool = False) -> Settings:
    """Where this command reads and writes; the environment then says the same to whatever it starts.

    Raises:
        UsageError: one folder lies inside the other, so that results would be gathered as evidence.
    """
    settings = Settings.from_environment(inputs, outputs, ocr=ocr)
    os.environ.update(KLA_INPUTS=str(settings.inputs), KLA_OUTPUTS=str(settings.outputs))
    if ocr:
        os.environ.update(KLA_OCR="1")
    reading, writing = settings.inputs.resolve(), settings.outputs.resolve()
    if writing == reading or reading in writing.parents or writing in reading.parents:
        raise UsageError(
            f"Folder keluaran {settings.outputs} dan folder masukan {settings.inputs} saling menindih.",
            "Pilih folder keluaran di luar folder masukan dengan --outputs.",
        )
    return settings


def _reading_scans(settings: Settings) -> Settings:
    """``settings`` where scans can be read as they ask; says that it takes time.

    Raises:
        UsageError: what reads scans is not on this computer.
    """
    if settings.ocr:
        from flows.gather import reader_version

        reader_version()
        say("Hasil pindai dan foto dokumen ikut dibaca (OCR): beberapa detik per halaman, sekali untuk setiap berkas.")
    return settings


def _framework_year(settings: Settings, city_id: str, year: int, wanted: int | None) -> int:
    """The instrument for ``siapkan``: the one asked for, the city's own, or the evaluation year's."""
    from flows.framework import available_years, load_city

    if wanted is not None:
        return wanted
    if (settings.input_root(city_id, year) / "kota.yaml").is_file():
        return load_city(settings.input_root(city_id, year), city_id, year, available_years()).framework_year
    if year in available_years():
        return year
    older = [known for known in available_years() if known < year]
    known = ", ".join(str(each) for each in available_years())
    raise UsageError(
        f"Instrumen tahun {year} belum ada; yang tersedia: {known}.",
        f"Pakai yang lama dengan tegas: kla siapkan {city_id} {year} --instrumen {older[-1] if older else known}",
    )


def _compile(
    settings: Settings, city_id: str, year: int, as_of: date | None, *, fresh: bool, as_json: bool
) -> Assessment:
    with Progress(quiet=as_json) as progress:
        if not as_json:
            say(f"Menyusun dosir {city_id} tahun evaluasi {year} …")
        from flows.publish import summary, upload_counts
        from flows.request import AnnualRequest
        from flows.service import run_annual

        request = AnnualRequest(city_id, year, as_of or _now().date(), fresh)
        result = run_annual(request, settings, progress.report)
    _tell_pending(settings, result.city)
    publication = result.publication
    if as_json:
        documents = [{"nama": document.name, "halaman": document.pages} for document in publication.documents]
        record = summary(result.city, result.framework, result.manifest, result.assessment)
        made = {"terbitan": publication.run_id, "folder": publication.path, "dokumen": documents}
        print_json({**record, **made, "unggah": upload_counts(publication.upload)})
    else:
        from flows.telling import tell_result
        from flows.telling_upload import tell_upload

        tell_result(result.city, result.framework, result.manifest, result.assessment)
        print_result(f"Terbitan {publication.run_id}:")
        for document in publication.documents:
            print_result(f"  {Path(publication.path) / document.name}  ({document.pages} halaman)")
        print_result(f"  {Path(publication.path) / 'internal' / 'temuan.xlsx'}")
        tell_upload(publication.upload, result.assessment)
    return result.assessment


def _tell_pending(settings: Settings, city: City) -> None:
    """Say that what someone changed in ``profil-kota.xlsx`` is not used yet, or that nobody can read it."""
    from flows.framework.profile_sheet import SHEET_FILE, SheetUnreadableError, pending_changes

    try:
        changes = pending_changes(settings.input_root(city.id, city.evaluation_year), city)
    except SheetUnreadableError as error:
        say(f"Perhatian: {error.message} Yang dipakai kota.yaml.")
        say(error.repair)
        return
    if changes:
        say(f"Perhatian: {SHEET_FILE} berisi {changes} perubahan yang belum dipakai.")
        say(f"Untuk memakainya: kla siapkan {city.id} {city.evaluation_year}")


def _agency_ids(city: City, names: Sequence[str]) -> frozenset[str]:
    """The agencies meant by ``--opd``; an unknown name is a usage error that lists the known ones."""
    from flows.names import match_agency

    found = []
    for name in names:
        agency = match_agency(name, city.agencies)
        if agency is None:
            known = ", ".join(sorted(each.folder for each in city.agencies))
            raise UsageError(f'Perangkat daerah "{name}" tidak dikenal di {city.name}.', f"Yang dikenal: {known}.")
        found.append(agency.id)
    return frozenset(found)


def _plain_number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _exit_by(assessment: Assessment) -> None:
    """Leave with 1 where a finding blocks or must be completed."""
    from flows.model import Severity

    heaviest = assessment.heaviest
    if heaviest is not None and heaviest >= Severity.REQUIRED:
        sys.exit(ExitCode.FINDINGS)
