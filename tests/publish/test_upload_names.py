"""Names of uploaded files and folders: in order, short, unique, and harmless on every system; the limits as data."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import CityFileError, RulesError
from flows.model import UploadItem
from flows.publish.upload.limits import TYPES, UploadLimits, load_limits
from flows.publish.upload.names import block_folder, file_name, plain, question_folder
from tests.publish.upload_kit import BLOCKS, LIMITS

DOCS = Path(__file__).parents[2] / "docs"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()\-,&+']*")


def named(title: str, label: str = "III/12.1-02", **rest: int) -> str:
    return file_name(
        rest.get("number", 1), UploadItem(label, title), "pdf", LIMITS, rest.get("part", 1), rest.get("parts", 1)
    )


def test_a_name_tells_place_label_and_document() -> None:
    assert named("SK Gugus Tugas.pdf") == "01 III-12.1-02 SK Gugus Tugas.pdf"
    assert named("Peraturan Wali Kota", part=2, parts=12).endswith("Peraturan Wali Kota (bagian 02 dari 12).pdf")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("12.1 Laporan persalinan.pdf", "Laporan persalinan"),
        ("12.1_scan.pdf", "scan"),
        ("12.1.pdf", "12.1"),
        ("12.1 12.3 14.2b Laporan", "Laporan"),  # other questions that it serves too
        ("12.10 Laporan", "12.10 Laporan"),
        ("12.1a Laporan", "12.1a Laporan"),
        ("12 Laporan", "12 Laporan"),
    ],
)
def test_the_number_of_a_question_is_told_once(title: str, shown: str) -> None:
    """Its label has it already; a name cut short has no room to say it twice."""
    assert named(title) == f"01 III-12.1-02 {shown}.pdf"


def test_a_name_cut_short_ends_with_no_small_word() -> None:
    title = (
        "Keputusan Kepala Dinas Pendidikan dan Kebudayaan Nomor 188.45-135-2023 tentang Satuan Pendidikan Ramah Anak"
    )
    assert named(title).endswith("Nomor 188.45-135-2023.pdf")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "CON"),
        ("nama\u202egpj.exe", "nama gpj"),
        ("a\nb\x00c", "a b c"),
        ('Perda | <nomor> 5: "KLA"?*', "Perda nomor 5 KLA"),
        ("KOTA\u00a0LAYAK\u2013ANAK é", "KOTA LAYAK-ANAK e"),
        ("50% #anak & ibu; siap", "50 anak ibu siap"),
        ("", ""),
        ("\u96ea", ""),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
    ],
)
def test_hostile_titles_become_plain_words(title: str, shown: str) -> None:
    assert named(title) == " ".join(f"01 III-12.1-02 {shown}".split()) + ".pdf"


def test_numbers_of_persons_never_reach_a_name() -> None:
    assert "9901014101150001" not in named("KK 9901014101150001 keluarga")


@settings(max_examples=60)
@given(
    title=st.text(max_size=300),
    label=st.text(max_size=60),
    number=st.integers(1, 99),
    parts=st.integers(1, 24),
    longest=st.integers(40, 200),
    forbidden=st.text(alphabet="#%&+',()-_", max_size=5),
)
def test_every_name_keeps_the_limits(
    title: str, label: str, number: int, parts: int, longest: int, forbidden: str
) -> None:
    limits = UploadLimits(1, ("pdf",), longest, forbidden.translate({ord(each): None for each in "()"}), 9, "dugaan")
    names = [file_name(number, UploadItem(label, title), "pdf", limits, part, parts) for part in range(1, parts + 1)]
    assert len({name.casefold() for name in names}) == parts
    assert names == sorted(names)
    for name in names:
        assert len(name) <= longest
        assert _SAFE.fullmatch(name)
        assert name.startswith(f"{number:02}")
        assert name.endswith(".pdf")
        assert "  " not in name


def test_folders_follow_the_order_of_the_instrument() -> None:
    assert [block_folder(block, place) for place, block in enumerate(BLOCKS, 1)] == [
        "01-KL-Kelembagaan",
        "02-III-Kesehatan-Dasar-dan-Kesejahteraan",
    ]
    assert question_folder("1.2a") == "1.2a"


def test_a_long_folder_ends_with_a_whole_word() -> None:
    """It ended in the middle of one, or with one that means nothing by itself; and paths in Windows are short."""
    long = replace(BLOCKS[0], id="KD", title="Penyelenggaraan KLA di Kecamatan dan Desa/Kelurahan")
    assert block_folder(long, 7) == "07-KD-Penyelenggaraan-KLA-di-Kecamatan"
    wordy = replace(long, id="II", title="Lingkungan Keluarga Yang Melindungi dan Mengasuh")
    assert block_folder(wordy, 3) == "03-II-Lingkungan-Keluarga"
    assert block_folder(replace(long, title="dan"), 7) == "07-KD-dan"


def test_folders_of_questions_are_safe() -> None:
    assert question_folder("../x") == "x"


@given(st.text(max_size=80))
def test_plain_text_is_plain_whatever_it_was(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9 ._()\-,&+']*", plain(text))
    assert plain(plain(text)) == plain(text)


# --------------------------------------------------------------------------------------------------------------------
# Limits


def test_the_limits_that_come_with_the_program_are_sound_and_called_a_guess() -> None:
    limits = load_limits(2024)
    assert limits.source == "dugaan"
    assert limits.bytes == 10_000_000
    assert {"pdf", "jpg"} <= set(limits.types)


def rules(tmp_path: Path, years: str = "", base: str = "") -> Path:
    text = base or (
        'format: 1\nsumber: juknis\nbawaan:\n  megabita_per_berkas: 10\n  jenis: ["pdf", "JPEG"]\n'
        '  panjang_nama: 80\n  karakter_terlarang: "#"\n  berkas_per_pertanyaan: 5\n'
    )
    (tmp_path / "batas-unggah.yaml").write_text(text + years, encoding="utf-8")
    return tmp_path


def test_a_year_says_only_what_is_different(tmp_path: Path) -> None:
    root = rules(tmp_path, 'tahun:\n  "2026":\n    megabita_per_berkas: 2.5\n')
    assert load_limits(2026, root=root).bytes == 2_500_000
    assert load_limits(2026, root=root).files == 5
    assert load_limits(2024, root=root).bytes == 10_000_000
    assert load_limits(2024, root=root).types == ("pdf", "jpg")


def test_a_city_knows_better(tmp_path: Path) -> None:
    own = tmp_path / "masukan" / "naskah" / "batas-unggah.yaml"
    own.parent.mkdir(parents=True)
    own.write_text('format: 1\njenis: ["pdf"]\n', encoding="utf-8")
    found = load_limits(2024, tmp_path / "masukan", rules(tmp_path))
    assert (found.types, found.files, found.source) == (("pdf",), 5, "daerah")


def test_mistakes_are_named_with_their_lines(tmp_path: Path) -> None:
    root = rules(tmp_path, 'tahun:\n  "26":\n    panjang_nama: 80\n  "2026":\n    jenis: ["exe"]\n    besar: 3\n')
    with pytest.raises(RulesError) as caught:
        load_limits(2024, root=root)
    assert "baris 11" in str(caught.value)
    assert '"exe" tidak dikenal' in str(caught.value)
    assert 'kunci "besar" tidak dikenal' in str(caught.value)


def test_every_type_that_can_be_made_sure_of_may_be_declared(tmp_path: Path) -> None:
    """Films too; an archive never, and why is said."""
    guide = (DOCS / "panduan-operator.md").read_text(encoding="utf-8")
    told = guide.split("Jenis yang dikenal: ")[1].split(". Jenis lain")[0]
    assert set(re.findall(r"[a-z0-9]{3,4}\b", told.replace("dan rekaman", ""))) == set(TYPES)
    own = tmp_path / "masukan" / "naskah" / "batas-unggah.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(f"format: 1\njenis: {json.dumps([*TYPES, 'MP4', '.jpeg'])}\n", encoding="utf-8")
    assert load_limits(2024, tmp_path / "masukan", rules(tmp_path)).types == TYPES
    own.write_text('format: 1\njenis: ["pdf", "zip"]\n', encoding="utf-8")
    with pytest.raises(CityFileError, match="arsip tidak pernah diunggah"):
        load_limits(2024, tmp_path / "masukan", rules(tmp_path))


def test_a_city_that_errs_is_told_which_file_to_mend(tmp_path: Path) -> None:
    own = tmp_path / "masukan" / "naskah" / "batas-unggah.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("format: 1\npanjang_nama: 3\n", encoding="utf-8")
    with pytest.raises(CityFileError, match="panjang_nama") as caught:
        load_limits(2024, tmp_path / "masukan", rules(tmp_path))
    assert str(own) in caught.value.repair
