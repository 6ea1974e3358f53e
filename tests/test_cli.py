"""The command line as a person meets it: every answer Indonesian, every error with its repair and exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from flows import cli
from flows.commands import remember_folders
from flows.errors import ExitCode
from flows.options import Day
from flows.settings import quiet_seconds

REPOSITORY = Path(__file__).resolve().parent.parent
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Traceback|Missing|required|No such|Invalid|Show this message|default|"
    r"unexpected|exit|not found|denied|file or directory)\b"
)
"""Words of the libraries below us that must never reach an official."""


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Both streams."""
        return self.out + self.err


Kla = Callable[..., Answer]


@pytest.fixture
def kla(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kla:
    """Run the command in this process, in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KLA_INPUTS", raising=False)
    monkeypatch.delenv("KLA_OUTPUTS", raising=False)

    def run(*args: str) -> Answer:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main(list(args))
        for name in ("KLA_INPUTS", "KLA_OUTPUTS"):
            os.environ.pop(name, None)
        remember_folders(None, None)
        captured = capfd.readouterr()
        answer = Answer(int(ended.value.code or 0), captured.out, captured.err)
        assert not ENGLISH.search(answer.said), answer.said
        return answer

    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inputs of an invented kabupaten as the command itself makes them; to be copied, not written to."""
    folder = tmp_path_factory.mktemp("siapkan")
    words = ("siapkan", "kab-rekaan", "2026", "--instrumen", "2024", "--nama", "Kabupaten Rekaan")
    assert run_process(*words, cwd=folder).returncode == ExitCode.COMPLETE
    return folder / "inputs"


@pytest.fixture
def prepared(kla: Kla, made: Path, tmp_path: Path) -> Path:
    """Its year's input folder in the test's own folder."""
    shutil.copytree(made, tmp_path / "inputs")
    return tmp_path / "inputs" / "kab-rekaan" / "2026"


@pytest.fixture
def madiun(prepared: Path) -> Path:
    """The same with a few files as offices drop them."""
    root = prepared
    health = next(path for path in root.iterdir() if path.name in ("Dinas Kesehatan", "Dinkes"))
    (health / "17.1 SK KTR.pdf").touch()
    (health / "catatan.txt").write_text("catatan rapat tanpa nomor", encoding="utf-8")
    (health / "~$17.1 matriks.xlsx").write_bytes(b"kunci")
    return root


def every_command() -> Iterator[list[str]]:
    """Each command's words."""
    for name, command in cli.kla.commands.items():
        inner = getattr(command, "commands", None)
        yield [name]
        if inner:
            yield from ([name, each] for each in inner)


@pytest.mark.parametrize("typed", ["2026-03-31", "31-03-2026", "31/03/2026", "31 Maret 2026"])
def test_a_day_may_be_typed_as_offices_write_it(typed: str) -> None:
    assert Day().convert(typed, None, None) == date(2026, 3, 31)


@pytest.mark.parametrize("words", [[], *every_command()], ids=" ".join)
def test_help_is_indonesian(kla: Kla, words: list[str]) -> None:
    answer = kla(*words, "--help")

    assert answer.code == ExitCode.COMPLETE
    assert answer.out.startswith("Pemakaian: kla")
    assert "Tampilkan bantuan ini." in answer.out
    assert "\nContoh:\n  kla " in answer.out


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["sussun", "kota-contoh", "2024"], "kla susun"),
        (["susun"], "KOTA belum disebutkan"),
        (["susun", "kota-contoh"], "TAHUN belum disebutkan"),
        (["periksa", "kab-madiun"], "Tulis misalnya: kla periksa kab-madiun 2026"),
        (["susun", "kota-contoh", "dua ribu"], '"dua ribu" bukan tahun'),
        (["susun", "kota-contoh", "2024", "lagi"], "kurang atau berlebih"),
        (["siapkan", "kab-baru", "2026", "--nama", "“Kabupaten", "Baru”"], 'ketik ulang sebagai " dan --'),
        (["periksa", "kota-contoh", "2024", "–opd", "Dinkes"], 'ketik ulang sebagai " dan --'),
        (["susun", "kota-contoh", "2024", "--sekar"], "--segar"),
        (["susun", "kota-contoh", "2024", "--per-tanggal", "31 Maret"], "bukan tanggal"),
        (["susun", "kota-contoh", "2024", "--per-tanggal", "03/31/2026"], "bukan tanggal"),
        (["terbitkan", "kota-contoh", "2024"], "belum ada dalam versi ini"),
        (["susun", "kota-contoh", "2024", "--per-tanggal"], "--per-tanggal"),
        (["instrumen", "periksa", "1999"], "empat angka, 2006 sampai 2100"),
        (["instrumen", "periksa", "2019"], "Yang tersedia: 2024"),
        (["instrumen", "priksa", "2024"], "kla instrumen periksa"),
        (["siapkan", "kota-baru", "2026"], "--instrumen 2024"),
        (["siapkan", "kota-baru", "2026", "--nama", "Kota Baru"], '--instrumen 2024 --nama "Kota Baru"'),
        (["siapkan", "kota-baru", "2026", "--instrumen", "2024"], 'kota-baru 2026 --instrumen 2024 --nama "Kota Baru"'),
        (["siapkan", "KOTA-Baru", "2026"], "Tulis misalnya: kota-baru"),
        (["periksa", "../kota-contoh", "2024"], "Tulis misalnya: kota-contoh"),
        (["kecualikan", "../kota-contoh", "2024"], "Tulis misalnya: kota-contoh"),
        (["siapkan", "Kabupaten Baru Rekaan", "2026"], "Tulis misalnya: kab-baru-rekaan"),
        (["periksa", "Kabupaten", "Rekaan", "2026"], "kla periksa kab-madiun 2024"),
        (["periksa", "x", "2024", "--inputs", "a", "--outputs", "a/b"], "saling menindih"),
    ],
)
def test_wrong_usage_names_the_repair(kla: Kla, args: list[str], expected: str) -> None:
    answer = kla(*args)

    assert answer.code == ExitCode.USAGE
    assert answer.out == ""
    assert expected in answer.err
    assert "Perbaikan: " in answer.err


@pytest.mark.parametrize("city", ["Kabupaten Rekaan", "KABUPATEN REKAAN", "Kab. Rekaan", "Rekaan!", "kab_rekaan"])
@pytest.mark.parametrize("command", ["periksa", "susun", "kecualikan", "riwayat", "dokter", "siapkan"])
def test_a_name_instead_of_a_folder_is_answered_with_the_folder_that_is_there(
    kla: Kla, madiun: Path, command: str, city: str
) -> None:
    """Whoever follows the advice must come to the city that exists, not begin another one."""
    answer = kla(command, city, "2026")

    assert answer.code == ExitCode.USAGE
    assert "Tulis misalnya: kab-rekaan\n" in answer.err


def test_a_city_is_not_begun_a_second_time_under_its_long_name(kla: Kla, madiun: Path) -> None:
    answer = kla("siapkan", "kabupaten-rekaan", "2026", "--instrumen", "2024", "--nama", "Kabupaten Rekaan")

    assert answer.code == ExitCode.USAGE
    assert "kla siapkan kab-rekaan 2026" in answer.err
    assert not (madiun.parent.parent / "kabupaten-rekaan").exists()


def test_a_kota_and_a_kabupaten_of_one_name_are_two_cities(kla: Kla, madiun: Path) -> None:
    words = ("siapkan", "kota-rekaan", "2026", "--instrumen", "2024", "--nama", "Kota Rekaan", "--coba")
    assert kla(*words).code == ExitCode.COMPLETE


@pytest.mark.parametrize("command", ["periksa", "susun"])
def test_unknown_city_and_year_end_with_three(kla: Kla, command: str) -> None:
    answer = kla(command, "kota-tidak-ada", "2024")

    assert answer.code == ExitCode.INPUTS
    assert "kota-tidak-ada" in answer.err
    assert "kla siapkan" in answer.err


def test_city_that_is_a_path_is_refused(kla: Kla) -> None:
    assert kla("periksa", "../rahasia", "2024").code == ExitCode.USAGE


def test_broken_city_file_is_named_with_its_line(kla: Kla, madiun: Path) -> None:
    path = madiun / "kota.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("nama:", "nama: [", 1), encoding="utf-8")

    answer = kla("periksa", "kab-rekaan", "2026")

    assert answer.code == ExitCode.INPUTS
    assert re.search(r"kota\.yaml baris \d+", answer.err)


def test_instrument_as_json_has_the_agreed_keys(kla: Kla) -> None:
    answer = kla("instrumen", "periksa", "2024", "--json")

    found = json.loads(answer.out)
    assert answer.code == ExitCode.COMPLETE
    assert {key: found[key] for key in ("year", "blocks", "indicators", "questions", "points")} == {
        "year": 2024,
        "blocks": 7,
        "indicators": 31,
        "questions": 274,
        "points": 1000,
    }


def test_instrument_for_people_declares_the_faults_of_the_source(kla: Kla) -> None:
    answer = kla("instrumen", "periksa", "2024")

    assert "Kelana" in answer.out
    assert "274" in answer.out
    assert "1.000\n" in answer.out
    assert "21B" in answer.out


def test_prepare_check_and_read_the_tables(kla: Kla, madiun: Path, tmp_path: Path) -> None:
    answer = kla("periksa", "kab-rekaan", "2026")

    assert answer.code == ExitCode.FINDINGS
    assert "Kabupaten Rekaan, tahun evaluasi 2026 (tahun data 2024 dan 2025)" in answer.out
    assert "Memakai instrumen tahun 2024" in answer.out
    assert "17.1 SK KTR.pdf berukuran 0 bita" in answer.out
    folder = tmp_path / "outputs" / "kab-rekaan" / "2026" / "pemeriksaan"
    assert sorted(path.name for path in folder.iterdir()) == [
        "manifest.csv",
        "tabel.html",
        "temuan.json",
        "temuan.xlsx",
    ]
    assert "~$17.1 matriks.xlsx" in (folder / "manifest.csv").read_text(encoding="utf-8")
    assert not list(folder.parent.glob(".kerja-*"))


@pytest.mark.usefixtures("prepared")
def test_an_empty_input_folder_is_a_sentence(kla: Kla) -> None:
    answer = kla("periksa", "kab-rekaan", "2026")

    assert answer.code == ExitCode.FINDINGS
    assert "Belum ada satu berkas bukti pun" in answer.out


def test_what_a_computer_leaves_in_folders_is_nothing_handed_in(kla: Kla, prepared: Path) -> None:
    """No message names it, no folder of it waits to be recognised, and an empty city stays an empty one."""
    (prepared / "System Volume Information").mkdir()
    for place in (prepared, prepared / "DP3A", prepared / "naskah", prepared.parent, prepared.parent.parent):
        for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._kota.yaml", "~$Formulir KLA 2026 - Sekretariat.xlsx"):
            (place / name).write_bytes(b"x")
    system = re.compile(r"DS_Store|Thumbs|desktop\.ini|\._kota|System Volume")

    for command in ("siapkan", "periksa"):
        assert not system.search(kla(command, "kab-rekaan", "2026").said)
    assert "Belum ada satu berkas bukti pun" in kla("periksa", "kab-rekaan", "2026").out


def test_check_as_json_is_one_object_on_stdout_and_silent_otherwise(kla: Kla, madiun: Path) -> None:
    answer = kla("periksa", "kab-rekaan", "2026", "--json")

    found = json.loads(answer.out)
    assert answer.err == ""
    assert sum(found["pertanyaan"].values()) == 274
    assert found["poin"]["diklaim"] is None
    assert found["poin"]["maksimum"] == 1000
    assert {each["code"] for each in found["temuan_rinci"]} >= {"empty-file", "missing-evidence", "uncited-file"}


def test_a_finding_as_json_reads_as_on_the_screen(kla: Kla, madiun: Path) -> None:
    """A program that shows them to people needs the sentence and the repair, not only a code."""
    screen = " ".join(kla("periksa", "kab-rekaan", "2026").out.split())

    found = json.loads(kla("periksa", "kab-rekaan", "2026", "--json").out)["temuan_rinci"]
    empty = next(each for each in found if each["code"] == "empty-file")
    assert all(each["judul"] and each["uraian"] and each["perbaikan"] for each in found)
    assert f"{empty['uraian']} {empty['perbaikan']}" in screen


def test_a_proposed_command_repeats_the_folders_that_were_named(kla: Kla, prepared: Path, tmp_path: Path) -> None:
    """Typed as it stands it works: without the folders it would look into others."""
    shutil.move(tmp_path / "inputs", tmp_path / "folder bersama & arsip")
    named = ("--inputs", "folder bersama & arsip", "--outputs", "hasil")

    said = kla("kecualikan", "kab-rekaan", "2026", *named).err
    proposed = next(line for line in said.splitlines() if "kla periksa" in line).partition("kla ")[2]

    assert proposed == "periksa kab-rekaan 2026 --inputs 'folder bersama & arsip' --outputs hasil"
    assert kla(*shlex.split(proposed)).code == ExitCode.FINDINGS
    assert "--inputs" not in kla("kecualikan", "kab-rekaan", "2026").said, "what was not named is not repeated"
    assert "--inputs 'folder bersama & arsip'" in kla("periksa", "kab-rekaan", "2031", *named).err
    assert "--inputs 'folder bersama & arsip'" in kla("dokter", "kab-lain", "2026", *named).said


@pytest.mark.parametrize(
    ("words", "repair"),
    [
        (("periksa", "kab-rekaan", "2026", "--opd"), "--opd NAMA. Lihat kla periksa --help."),
        (("susun", "kab-rekaan", "2026", "--sejak"), "--sejak TERBITAN. Lihat kla susun --help."),
        (("riwayat", "kab-rekaan", "2026", "--ambil"), "--ambil FOLDER. Lihat kla riwayat --help."),
        (("periksa", "kab-rekaan", "2026", "--json=ya"), "Tulis --json saja."),
    ],
)
def test_an_option_with_a_wrong_value_is_answered_with_how_it_is_written(
    kla: Kla, words: tuple[str, ...], repair: str
) -> None:
    answer = kla(*words)

    assert answer.code == ExitCode.USAGE
    assert repair in answer.err


def test_the_doctor_proposes_a_year_that_the_city_has(kla: Kla, madiun: Path) -> None:
    """The proposed command is copied as it stands, and must not end with "there is no such year"."""
    answer = kla("dokter", "kab-rekaan")

    assert answer.code == ExitCode.USAGE
    assert "Tulis misalnya: kla dokter kab-rekaan 2026\n" in answer.err
    assert f"kla dokter kab-lain {time.localtime().tm_year}\n" in kla("dokter", "kab-lain").err
    assert "Tulis misalnya: kab-rekaan\n" in kla("dokter", "Kab. Rekaan").err


@pytest.mark.parametrize("city", ["con", "nul", "com1"])
def test_a_city_is_not_named_like_a_device_of_windows(kla: Kla, tmp_path: Path, city: str) -> None:
    """Its folder could be neither made nor opened on the computer of the next secretary."""
    answer = kla("siapkan", city, "2026", "--instrumen", "2024", "--nama", "Kota Rekaan")

    assert answer.code == ExitCode.USAGE
    assert "Windows" in answer.err
    assert f"Tulis misalnya: kab-{city}\n" in answer.err
    assert not (tmp_path / "inputs").exists()


@pytest.mark.parametrize("command", ["periksa", "susun"])
def test_a_run_to_compare_with_where_there_is_none_yet_says_what_to_do(kla: Kla, madiun: Path, command: str) -> None:
    answer = kla(command, "kab-rekaan", "2026", "--sejak", "20260310T091500")

    assert answer.code == ExitCode.USAGE
    assert "jalankan tanpa --sejak, atau susun dahulu: kla susun kab-rekaan 2026\n" in answer.err


def test_a_mistyped_agency_is_answered_with_the_nearest(kla: Kla, madiun: Path) -> None:
    """Among some forty names she would look for hers a while."""
    answer = kla("periksa", "kab-rekaan", "2026", "--opd", "Dinas Kesehatann")

    assert answer.code == ExitCode.USAGE
    assert 'Mungkin maksudnya: --opd "' in answer.err
    meant = answer.err.partition('--opd "')[2].partition('"')[0]
    assert kla("periksa", "kab-rekaan", "2026", "--opd", meant).code != ExitCode.USAGE


def test_only_the_asked_agency_is_shown(kla: Kla, madiun: Path) -> None:
    answer = kla("periksa", "kab-rekaan", "2026", "--opd", "dinkes", "--json")

    assert {each["agency"] for each in json.loads(answer.out)["temuan_rinci"]} == {"dinkes"}


def test_what_is_of_one_agency_is_told_apart_from_the_whole_city(kla: Kla, madiun: Path) -> None:
    answer = kla("periksa", "kab-rekaan", "2026", "--opd", "dinkes")

    city, apart, agency = answer.out.partition("Angka di atas untuk seluruh kota. Berikut ini hanya Dinas Kesehatan")
    assert apart
    assert "Poin:" in city
    assert "Temuan:" in agency
    assert "\nUntuk seluruh kota:\nData pribadi" in agency


def test_unknown_agency_lists_the_known_ones(kla: Kla, madiun: Path) -> None:
    answer = kla("periksa", "kab-rekaan", "2026", "--opd", "dinas antariksa")

    assert answer.code == ExitCode.USAGE
    assert "dinas antariksa" in answer.err
    assert "Kemenag" in answer.err


def test_second_prepare_changes_nothing(kla: Kla, madiun: Path) -> None:
    before = {path: path.read_bytes() for path in madiun.rglob("*") if path.is_file()}

    answer = kla("siapkan", "kab-rekaan", "2026")

    assert answer.code == ExitCode.COMPLETE
    assert {path: path.read_bytes() for path in madiun.rglob("*") if path.is_file()} == before


def test_a_name_given_too_late_is_said_to_have_no_effect(kla: Kla, madiun: Path) -> None:
    answer = kla("siapkan", "kab-rekaan", "2026", "--nama", "Kabupaten Lain")

    assert answer.code == ExitCode.COMPLETE
    assert "kota.yaml yang ada dipertahankan" in answer.err
    assert "Kabupaten Rekaan" in answer.out


def test_changes_in_the_workbook_that_wait_are_said(kla: Kla, madiun: Path) -> None:
    import openpyxl

    path = madiun / "profil-kota.xlsx"
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "Kabupaten Rekaan" and sheet.sheet_state == "visible" and sheet.title == "Kota":
                    cell.value = "Kabupaten Rekaan Baru"
    book.save(path)

    assert "1 perubahan yang belum dipakai" in kla("periksa", "kab-rekaan", "2026").err
    assert "Kabupaten Rekaan Baru" in kla("siapkan", "kab-rekaan", "2026").out
    assert "belum dipakai" not in kla("periksa", "kab-rekaan", "2026").err


def test_a_cell_of_the_workbook_that_cannot_be_used_is_not_said_to_wait(kla: Kla, madiun: Path) -> None:
    """It never will be used: whoever reads that it waits would prepare the city again and again."""
    import openpyxl

    path = madiun / "profil-kota.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["Kota"].iter_rows():
        for at, cell in enumerate(row):
            if cell.value == "kertas":
                next(each for each in row[at:] if each.value == "A4").value = "Kuarto"
    book.save(path)

    for _ in range(2):
        said = kla("periksa", "kab-rekaan", "2026").err
        assert "1 isian profil-kota.xlsx tidak dapat dipakai" in said
        assert "Kota, Ukuran kertas: " in said
        assert "belum dipakai" not in said
        kla("siapkan", "kab-rekaan", "2026")


def test_the_list_of_areas_waits_is_taken_and_is_told_with_its_mistakes(kla: Kla, prepared: Path) -> None:
    path = prepared / "wilayah.csv"
    path.write_text("Kode;Kecamatan;Desa\n35.99.01.2001;Rekaan;Melati\n35.99.01.2001;Rekaan;Mawar\n", "utf-8")
    refused = kla("siapkan", "kab-rekaan", "2026")
    assert refused.code == ExitCode.INPUTS
    assert "wilayah.csv baris 3: kode 35.99.01.2001 sudah dipakai pada baris 2 (Melati)" in refused.err
    assert "Daftar wilayah tidak dapat dipakai" in kla("periksa", "kab-rekaan", "2026").err

    path.write_text("Kode;Kecamatan;Desa\n35.99.01.2001;Rekaan;Melati\n35.99.01.2002;Rekaan;Mawar\n", "utf-8")
    assert "wilayah.csv berisi wilayah yang belum dipakai" in kla("periksa", "kab-rekaan", "2026").err
    assert "Wilayah diambil dari wilayah.csv: 1 kecamatan, 2 desa" in kla("siapkan", "kab-rekaan", "2026").out
    assert "wilayah" not in kla("periksa", "kab-rekaan", "2026").err.lower()
    assert '"wilayah.csv"' not in kla("periksa", "kab-rekaan", "2026", "--json").out, "nor is it called uncited"


def test_a_workbook_that_cannot_be_read_is_said_to_be_unused(kla: Kla, madiun: Path) -> None:
    """What an official changed in it is not used: silence would leave them believing that it is."""
    (madiun / "profil-kota.xlsx").write_bytes(b"terpotong")

    answer = kla("siapkan", "kab-rekaan", "2026")

    assert answer.code == ExitCode.COMPLETE
    assert "profil-kota.xlsx tidak dapat dibaca" in answer.out
    assert "Simpan ulang sebagai .xlsx" in answer.out
    said = kla("periksa", "kab-rekaan", "2026").err
    assert "profil-kota.xlsx tidak dapat dipakai" in said, "nor is it passed over by whoever only looks"
    assert "Yang dipakai kota.yaml." in said


def test_an_archive_is_counted_by_what_lies_in_it_and_not_once_more(kla: Kla, madiun: Path) -> None:
    """The screen and the control report say the same number of files."""
    import zipfile

    before = kla("periksa", "kab-rekaan", "2026").out
    with zipfile.ZipFile(madiun / "DP3A" / "bukti.zip", "w") as archive:
        archive.writestr("6.1 a.txt", "kegiatan forum anak")
        archive.writestr("6.2 b.txt", "laporan forum anak")
    after = kla("periksa", "kab-rekaan", "2026").out

    counts = [int(re.search(r"Berkas bukti: (\d+)", said)[1]) for said in (before, after)]  # type: ignore[index]
    assert counts[1] - counts[0] == 2


def test_dry_run_writes_nothing(kla: Kla, tmp_path: Path) -> None:
    answer = kla("siapkan", "kota-banjarbaru", "2026", "--instrumen", "2024", "--coba")

    assert answer.code == ExitCode.COMPLETE
    assert "tidak ada yang ditulis" in answer.out
    assert not (tmp_path / "inputs").exists()


def test_doctor_says_what_is_there_and_how_to_get_the_rest(kla: Kla) -> None:
    answer = kla("dokter", "--json")

    found = {each["id"]: each for each in json.loads(answer.out)}
    assert found["pango"]["baik"]
    assert found["python"]["baik"]
    assert all(each["perbaikan"] for each in found.values() if not each["baik"])


def test_doctor_fails_where_something_required_is_missing(kla: Kla, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda _name: None)

    answer = kla("dokter")

    assert answer.code == ExitCode.FINDINGS
    assert "sudo apt-get install -y libpango-1.0-0" in answer.out


def test_doctor_says_what_is_lost_without_libreoffice_and_asks_for_no_program_that_nothing_uses(
    kla: Kla, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.libreoffice.shutil.which", lambda _name: None)

    answer = kla("dokter")

    assert answer.code == ExitCode.COMPLETE
    assert "lembar pengganti menggantikan dokumen Word dan PowerPoint" in answer.out
    assert "libreoffice-impress" in answer.out
    assert "qpdf" not in answer.out


def test_defect_leaves_no_traceback_on_the_screen_but_a_log(
    kla: Kla, madiun: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("flows.check.check", fail)

    answer = kla("periksa", "kab-rekaan", "2026")

    assert answer.code == ExitCode.DEFECT
    assert "secret detail" not in answer.said
    log = tmp_path / "outputs" / ".kla" / "galat.log"
    assert str(log) in answer.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_disk_that_fills_up_in_the_middle_is_a_sentence(
    kla: Kla, madiun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/data/dosir.pdf")

    monkeypatch.setattr("flows.check.check", fail)

    answer = kla("periksa", "kab-rekaan", "2026")

    assert answer.code == ExitCode.INPUTS
    assert "/data/dosir.pdf (tempat penyimpanan penuh)" in answer.err


def test_second_writer_is_told_who_holds_the_lock(kla: Kla, madiun: Path, tmp_path: Path) -> None:
    from flows.files import one_writer

    with one_writer(tmp_path / "outputs" / "kab-rekaan" / "2026"):
        answer = kla("periksa", "kab-rekaan", "2026")

    assert answer.code == ExitCode.INPUTS
    assert f"proses {os.getpid()}" in answer.err


@pytest.mark.parametrize("name", ["register.csv", "riwayat.csv", "pengecualian.csv"])
def test_a_list_of_ours_that_excel_saved_with_semicolons_is_refused_before_the_work(
    kla: Kla, madiun: Path, tmp_path: Path, name: str
) -> None:
    """Nobody waits for a city to be read only to hear that a label cannot be looked up."""
    left = tmp_path / "outputs" / "kab-rekaan" / "2026" / name
    left.parent.mkdir(parents=True)
    left.write_bytes(b"\xef\xbb\xbflabel;question;agency;sha256;path\r\n")

    answer = kla("periksa", "kab-rekaan", "2026")

    assert answer.code == ExitCode.INPUTS
    assert name in answer.err
    assert "internal/" in answer.err
    assert "Excel" in answer.err
    assert "Mengumpulkan" not in answer.err


def run_process(*args: str, cwd: Path, **options: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **options}
    environment.pop("KLA_INPUTS", None)
    environment.pop("KLA_OUTPUTS", None)
    return subprocess.run(
        [sys.executable, "-m", "flows", *args],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.skipif(os.name == "nt", reason="streams are closed otherwise there")
@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("--help", ExitCode.COMPLETE),
        ("--versi", ExitCode.COMPLETE),
        ("instrumen periksa 2024", ExitCode.COMPLETE),
        ("instrumen periksa 1999", ExitCode.USAGE),
        ("", ExitCode.USAGE),
    ],
)
@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_exit_code(streams: str, command: str, expected: int, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m flows {command} {streams}', sys.executable],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == expected
    assert "program ini sendiri" not in done.stderr
    assert not (tmp_path / "outputs").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["--help"], ExitCode.COMPLETE),
        (["instrumen", "periksa", "2024"], ExitCode.COMPLETE),
        (["periksa", "kab-rekaan", "2026"], ExitCode.FINDINGS),
        (["periksa", "kab-rekaan", "2026", "--json"], ExitCode.FINDINGS),
    ],
    ids=["help", "instrument", "check", "check as JSON"],
)
def test_the_exit_code_is_that_of_the_work_where_nobody_reads_to_the_end(
    command: list[str], expected: int, madiun: Path, tmp_path: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "flows", *command],
            cwd=tmp_path,
            env=environment,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    finally:
        os.close(writing)

    assert done.returncode == expected
    assert "Galat" not in done.stderr


def test_a_pipe_that_breaks_inside_the_work_is_no_success(
    kla: Kla, madiun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("flows.check.check", fail)

    answer = kla("periksa", "kab-rekaan", "2026")

    assert answer.code == ExitCode.INPUTS
    assert "Sistem menolak membaca atau menulis" in answer.err


def test_names_no_terminal_can_show_do_not_break_the_output(madiun: Path, tmp_path: Path) -> None:
    health = next(path for path in madiun.iterdir() if path.name in ("Dinas Kesehatan", "Dinkes"))
    (health / "17.2 ünïcödé – “kutip”.pdf").touch()

    done = run_process("periksa", "kab-rekaan", "2026", cwd=tmp_path, PYTHONIOENCODING="ascii", LC_ALL="C")

    assert done.returncode == ExitCode.FINDINGS
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="such names cannot exist there")
def test_a_file_name_cannot_steer_the_terminal(kla: Kla, madiun: Path) -> None:
    health = next(path for path in madiun.iterdir() if path.name in ("Dinas Kesehatan", "Dinkes"))
    (health / "17.2 \x1b[2Jhapus\u202elayar.pdf").touch()

    answer = kla("periksa", "kab-rekaan", "2026")

    assert "[U+001B][2Jhapus[U+202E]layar.pdf" in answer.out
    assert "\x1b" not in answer.said


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv=['kla','--help'];\n"
        "from flows.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'prefect','pandas','great_expectations','weasyprint','jinja2','pikepdf','rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="groups of processes are interrupted otherwise there")
@pytest.mark.parametrize("pause", [0.0, 0.3, 1.0, None])
def test_interrupted_check_leaves_nothing_behind(madiun: Path, tmp_path: Path, pause: float | None) -> None:
    """Nothing visible, the lock free, no traceback, and the next run succeeds and tidies up.

    Ctrl-C (with a pause) reaches the children too, also those that are just being born; else SIGTERM, to the program.
    """
    # Not under coverage: a signal that lands in its own lock would stop the process for good.
    measured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment = {**measured, "PYTHONPATH": str(REPOSITORY)}
    health = next(path for path in madiun.iterdir() if path.name in ("Dinas Kesehatan", "Dinkes"))
    for number in range(200):
        (health / f"berkas {number}.txt").write_text(f"isi {number}", encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "flows", "periksa", "kab-rekaan", "2026"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs the tests in the background has them deaf to Ctrl-C, and what they start too.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # nothing else runs here
    )
    output_root = tmp_path / "outputs" / "kab-rekaan" / "2026"
    deadline = time.monotonic() + 30
    while not list(output_root.glob(".kerja-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    if pause is None:
        running.terminate()
    else:
        time.sleep(pause)
        os.killpg(running.pid, signal.SIGINT)
    _, talk = running.communicate(timeout=30)

    assert "Traceback" not in talk
    assert "Dihentikan" in talk
    assert ("Menghentikan" in talk) == (pause is not None), "Ctrl-C is answered at once, before the children end"
    assert [path.name for path in output_root.iterdir() if not path.name.startswith(".")] == []
    assert run_process("periksa", "kab-rekaan", "2026", cwd=tmp_path).returncode == ExitCode.FINDINGS
    assert not list(output_root.glob(".kerja-*"))


def test_a_command_stopped_while_it_loads_leaves_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of ours is running yet that could say a word, but the exit code is the same."""
    import builtins

    from flows.__main__ import main

    load = builtins.__import__

    def stopped(name: str, *args: object, **options: object) -> object:
        if name == "flows.cli":
            raise KeyboardInterrupt
        return load(name, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", stopped)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_wheel_and_checkout_find_the_same_data(tmp_path: Path) -> None:
    """A package that carries its data finds it in itself, whatever folder it is started from."""
    package = tmp_path / "site" / "flows"
    shutil.copytree(REPOSITORY / "flows", package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "validations"):
        shutil.copytree(REPOSITORY / name, package / "data" / name)
    done = subprocess.run(
        [sys.executable, "-m", "flows", "instrumen", "periksa", "2024", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert json.loads(done.stdout)["questions"] == 274


def test_the_demo_says_the_same_however_short_ago_it_was_unpacked(kla: Kla, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its damaged and empty files were said to be half copied within minutes of unpacking, and counted otherwise."""
    monkeypatch.delenv("KLA_TENANG")
    waits: list[float] = []
    monkeypatch.setattr(cli, "_compile", lambda *_args, **_options: waits.append(quiet_seconds()))
    assert kla("demo").code == ExitCode.COMPLETE
    monkeypatch.setenv("KLA_TENANG", "3")
    kla("demo")
    assert waits == [0, 3]
