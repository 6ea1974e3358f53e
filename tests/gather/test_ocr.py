"""Scans read by OCR: what they are, whom they expose, what the bounds leave unread, and nothing without being asked.

The tests with the real Tesseract are skipped where it is not installed; those about its absence always run.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw, ImageFont

from flows import bounds
from flows.bounded import BoundedPool
from flows.cli import kla
from flows.errors import ExitCode, UsageError
from flows.framework import load_framework
from flows.gather import gather, installed_reader, reader_version
from flows.gather.inspect import inspect_file
from flows.gather.recognise import Rules, rules_of
from flows.model import EvidenceFile, ExposureKind, Media, Reach
from flows.settings import Settings, templates_root
from tests.gather.kit import city, write

needs_reader = pytest.mark.skipif(
    not installed_reader(), reason="tesseract-ocr and tesseract-ocr-ind are not installed on this computer"
)
NIK = "9971014505120001"
LETTER = (
    "KEPUTUSAN WALI KOTA CONTOH",
    "NOMOR 188.45/77/KUM/2022",
    "TENTANG",
    "GUGUS TUGAS KOTA LAYAK ANAK",
    "Menimbang : a. bahwa setiap anak berhak atas pelindungan;",
    "Ditetapkan di Contoh",
    "pada tanggal 12 Mei 2022",
)
LIST = ("DATA PENERIMA MANFAAT", "Nama Contoh Satu", f"NIK : {NIK}", "Alamat rekaan Nomor 1")


def page(lines: Sequence[str], size: tuple[int, int] = (1240, 900)) -> Image.Image:
    """A page as a scanner at 150 points per inch sees it."""
    font = ImageFont.truetype(str(templates_root() / "fonts" / "LiberationSans-Regular.ttf"), 30)
    image = Image.new("L", size, 250)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((110, 90 + 62 * number), line, fill=20, font=font)
    return image


def scan(*pages: Sequence[str]) -> bytes:
    """A PDF whose pages are pictures."""
    target = BytesIO()
    first, *others = [page(lines) for lines in pages]
    first.save(target, "PDF", resolution=150, save_all=True, append_images=others)
    return target.getvalue()


def photo(lines: Sequence[str]) -> bytes:
    target = BytesIO()
    page(lines).save(target, "JPEG", quality=80)
    return target.getvalue()


@pytest.fixture(scope="module")
def rules() -> Rules:
    return rules_of(load_framework(2024), "uji")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return write(
        tmp_path / "in",
        {"Dinkes/2.1 scan.pdf": scan(LETTER), "Dinkes/daftar.jpg": photo(LIST)},
    )


def taken(root: Path, state: Path, ocr: str = "") -> dict[str, EvidenceFile]:
    found = gather(city(), load_framework(2024), root, state_root=state, ocr=ocr)
    return {file.name: file for file in found.files}


@needs_reader
def test_scans_are_read_once_through_the_front_door_and_only_when_asked(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without, with and with OCR again over one cache: answers of the one are never those of the other."""
    plain = taken(tree, tmp_path / "state")
    assert (plain["2.1 scan.pdf"].is_scan, plain["2.1 scan.pdf"].document) == (True, None)
    assert {file.reach for file in plain.values()} != {Reach.WHOLE}
    assert not any(file.exposures for file in plain.values())

    read = taken(tree, tmp_path / "state", reader_version())
    decision, listed = read["2.1 scan.pdf"], read["daftar.jpg"]
    assert decision.kinds == ("sk",)
    assert decision.is_scan
    assert decision.document is not None
    assert decision.document.number == "188.45/77/KUM/2022"
    assert (decision.document.about, decision.document.date) == ("GUGUS TUGAS KOTA LAYAK ANAK", "2022-05-12")
    assert decision.reach is Reach.WHOLE
    [exposure] = [one for one in listed.exposures if one.kind is ExposureKind.RESIDENT_NUMBER]
    assert exposure.example == f"{NIK[:4]}••••••••{NIK[-4:]}"
    assert exposure.birth_year == 12
    assert listed.reach is Reach.WHOLE
    assert NIK not in repr(read)

    monkeypatch.setattr(BoundedPool, "_schedule", lambda *_: pytest.fail("a file was looked into again"))
    assert taken(tree, tmp_path / "state", reader_version()) == read
    assert taken(tree, tmp_path / "state") == plain


@needs_reader
def test_reading_slowly_does_not_use_up_the_time_for_looking(
    tmp_path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "SCAN_SECONDS", 0.1)
    path = tmp_path / "a.pdf"
    path.write_bytes(scan(LIST))
    found = inspect_file(path, Media.PDF, rules, by_eye=True)
    assert found.reach is Reach.WHOLE
    assert [one.kind for one in found.exposures] == [ExposureKind.RESIDENT_NUMBER]


@needs_reader
def test_pages_beyond_the_bound_stay_unseen(tmp_path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last page is read before those between, because signatures stand there; the rest makes it PART."""
    monkeypatch.setattr(bounds, "OCR_PAGES", 2)
    path = tmp_path / "a.pdf"
    path.write_bytes(scan(LETTER[:4], ("Halaman dua",), ("Halaman tiga",), ("Halaman empat",), LETTER[5:]))
    monkeypatch.setattr("flows.gather.ocr.FIRST_PAGES", 1)
    found = inspect_file(path, Media.PDF, rules, by_eye=True)
    assert found.document is not None
    assert (found.document.number, found.document.date) == ("188.45/77/KUM/2022", "2022-05-12")
    assert found.reach is Reach.PART


def test_no_time_left_means_not_looked_at(tmp_path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "OCR_SECONDS", 0.0)
    path = tmp_path / "a.pdf"
    path.write_bytes(scan(LETTER))
    found = inspect_file(path, Media.PDF, rules, by_eye=True)
    assert (found.document, found.is_scan, found.has_text) == (None, True, False)
    assert found.reach is not Reach.WHOLE


def test_a_reader_that_fails_costs_nothing(tmp_path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.jpg"
    path.write_bytes(photo(LIST))
    found = inspect_file(path, Media.IMAGE, rules, by_eye=True)
    assert found.condition.is_readable
    assert found.reach is not Reach.WHOLE


def test_a_missing_reader_is_said_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_reader() == ""
    with pytest.raises(UsageError) as caught:
        reader_version()
    assert caught.value.exit_code is ExitCode.USAGE
    assert "apt-get install -y tesseract-ocr tesseract-ocr-ind" in caught.value.repair


@pytest.mark.parametrize("command", ["periksa", "susun"])
def test_the_command_refuses_before_any_work(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("KLA_OCR", raising=False)
    for name in ("KLA_INPUTS", "KLA_OUTPUTS", "KLA_OCR"):
        monkeypatch.setenv(name, "")  # the command writes them into the environment; taken back afterwards
    folders = ["--inputs", str(tmp_path / "in"), "--outputs", str(tmp_path / "out")]
    done = CliRunner().invoke(kla, [command, "kota-contoh", "2024", "--ocr", *folders], standalone_mode=False)
    assert isinstance(done.exception, UsageError)
    assert "Tesseract" in done.exception.message
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("said", "wanted"), [("1", True), ("Ya", True), ("0", False), ("tidak", False), ("", False)])
def test_the_environment_may_ask_for_it(said: str, wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    monkeypatch.setenv("KLA_OCR", said)
    assert Settings.from_environment().ocr is wanted


def test_a_wish_that_nobody_understands_is_told_and_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLA_OCR", "iya")
    with pytest.raises(UsageError, match="KLA_OCR bernilai “iya”"):
        Settings.from_environment()
