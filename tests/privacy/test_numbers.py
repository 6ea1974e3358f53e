"""NIK and KK numbers are found in every writing, nothing else is, and none is left when a text is masked."""

from __future__ import annotations

import datetime as dt
import string
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flows.gather.scanner import Scanner
from flows.model import ExposureKind
from flows.privacy import find_numbers, mask_error, mask_numbers, mask_path
from flows.privacy.regions import is_person, is_region
from tests.privacy.numbers_set import snippets
from tests.privacy.report import number_figures, told_figures
from tests.privacy.third_set import told_rows, told_snippets

_BOY = "9971010505120001"
_BOXES = " ".join("1" * 16)
_WRITINGS = (
    *("4 4 4 4", "4-4-4-4", "4.4.4.4", "6 6 4", "6.6.4", "6-6-4", "2 2 2 6 4", "2.2.2.6.4", "6 10", "12 4", "12\n4"),
    *("1.3.3.3.3.3", "1,3,3,3,3,3", "4\u00a04\u00a04\u00a04", "6\u20136\u20134", "16", "8\n8", _BOXES),
)
_SIGNS = st.characters(exclude_categories=("Nd", "Nl", "No", "Cs"), exclude_characters="|•" + string.ascii_letters)
_WORDS = st.sampled_from(
    ("anak dari Fulan", "Jl. Contoh", "an. Siti", "Perempuan", "Kelurahan Contoh", "NIK:", "lahir di Contoh,")
)
_HARMLESS = st.builds("{} {}".format, st.text(_SIGNS, max_size=30), _WORDS)
"""No label of another number, no digit, nothing that may be one misread."""


@st.composite
def _numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(("9971", "6371", "9101", "5402", "7320", "6473", "3515", "1105", "9406")))
    day = draw(st.integers(1, 28)) + draw(st.sampled_from((0, 40)))
    month, year = draw(st.integers(1, 12)), draw(st.integers(0, 99))
    return f"{region}99{day:02}{month:02}{year:02}{draw(st.integers(1, 999)):04}"


def _write(digits: str, writing: str) -> str:
    out, at, size = "", 0, ""
    for sign in f"{writing}\0":
        if sign.isdigit():
            size += sign
            continue
        out += digits[at : at + int(size or 0)] + sign
        at, size = at + int(size or 0), ""
    return out.rstrip("\0")


@pytest.mark.parametrize(("name", "least"), [("numbers_set.txt", 800), ("numbers_second.txt", 400)])
def test_labelled_sets_are_large_and_found_with_few_errors(name: str, least: int) -> None:
    """What offices write, 16-digit numbers of other kinds among it."""
    figures = number_figures(name)

    assert len(list(snippets(name))) >= least
    assert figures.precision >= 0.98, figures
    assert figures.recall >= 0.98, figures


@pytest.mark.parametrize(
    ("name", "least"), [("numbers_third.txt", 370), ("numbers_fourth.txt", 100), ("numbers_fifth.txt", 30)]
)
def test_sets_of_another_hand_are_found_with_few_errors(name: str, least: int) -> None:
    """Texts as they stand in files; the first of them by somebody who had not seen the rules."""
    figures = told_figures(name)

    assert len(list(told_snippets(name))) >= least
    assert figures.precision >= 0.98, figures
    assert figures.recall >= 0.98, figures


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("numbers_sixth.txt", 1.0, 0.95),
        ("numbers_sixth_held.txt", 0.86, 0.9),
        ("numbers_seventh.txt", 0.97, 1.0),
        ("numbers_seventh_held.txt", 1.0, 1.0),
        ("numbers_eighth.txt", 1.0, 1.0),
        ("numbers_ninth.txt", 1.0, 1.0),
        ("numbers_ninth_held.txt", 0.9, 1.0),
        ("numbers_tenth.txt", 1.0, 0.98),
        ("numbers_tenth_held.txt", 1.0, 0.98),
    ],
)
def test_sets_and_their_halves_that_were_held_out_are_found_as_measured(
    name: str, precision: float, recall: float
) -> None:
    """Numbers of papers, banks and machines, many built like a NIK; docs/measured.md has the figures of both halves."""
    figures = told_figures(name)

    assert len(list(told_snippets(name))) >= 30
    assert figures.precision >= precision, figures
    assert figures.recall >= recall, figures


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("NIK\t9971\t0142\t0514\t0140", 1),
        ("Sari\t9971\t0142\t0514\t0140\tRekaan", 1),
        ("9971\t1142\t1514\t1140\t2023", 0),
        ("INV/9971/0142/0514/0107", 0),
        ("NIK/9971/0142/0514/0107", 1),
        ("https://chat.whatsapp.com/9971014205140120", 0),
        ("https://wa.me/?nik=9971014205140120", 1),
    ],
)
def test_groups_in_cells_are_one_number_and_those_of_papers_and_chats_none(text: str, count: int) -> None:
    assert len(find_numbers(text)) == count


def test_numbers_over_several_cells_are_found_and_tables_of_figures_hold_none() -> None:
    """Parts and boxes, as texts and as numbers that have lost their zeros."""
    every = list(told_rows("numbers_rows.txt"))
    figures = told_figures("numbers_rows.txt")

    assert sum(not table.expected for table in every) >= 18
    assert figures.precision >= 0.98, figures
    assert figures.recall >= 0.98, figures


@given(st.lists(st.lists(st.sampled_from((0.0, 1.0)), min_size=16, max_size=16), min_size=1, max_size=6))
def test_criteria_met_or_not_are_nobody(rows: list[list[float]]) -> None:
    scanner = Scanner()
    scanner.look_at_rows([["Kelurahan", *map(str, range(1, 17))], *(["Contoh", *row] for row in rows)], sheet="A")

    assert scanner.exposures == ()


@pytest.mark.parametrize("text", ["NIK: 1234567890123456", "NIK : 9999999999999999", "No. KK 0000000000000000"])
def test_digits_that_show_where_the_number_goes_are_no_number(text: str) -> None:
    """They stand in forms that nobody has filled."""
    assert mask_numbers(text) == text


def test_address_of_something_published_holds_no_number_unless_it_says_so() -> None:
    photo = f"https://www.facebook.com/photo?fbid={_BOY}"

    assert mask_numbers(photo) == photo
    assert _BOY not in mask_numbers(f"https://www.facebook.com/cek?nik={_BOY}")
    assert _BOY not in mask_numbers(f"https://contoh.example/berkas/{_BOY}.pdf")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "BCA {}",
            "Bank Jawa Timur {}",
            "Kartu KKS: {}",
            "STS No. {}",
            "INV/20240312/MPL/{}",
            "Tracking ID: {}",
            "ID Pesanan SIPLah {}",
            "RRN {}",
        ),
        *("No. Kohir: {}", "Nomor Blanko Khusus : {}", "noRekening: {}", '"virtual_account": "{}"', "ID Rapat {}"),
        *("{} (No. Rekening BRI)", "{} (VA BNI)", "Nomor: {}/DP3A/2024", "SP2D {}/SP2D/LS/2024", "{} bytes"),
        *("114.{}", "No\tNama Guru\tNUPTK\n1\tSari\t{}\n2\tBudi\t{}"),
    ],
)
def test_number_of_a_bank_a_paper_or_a_machine_is_nobody(text: str) -> None:
    """Said right before it, right behind it, or over its table."""
    assert find_numbers(text.replace("{}", _BOY)) == ()


@pytest.mark.parametrize(
    ("before", "count"),
    [
        *(("No. BAST ", 0), ("Nomor Kunjungan ", 0), ("Kode Akses: ", 0), ("ID DTKS ", 0), ("Pengaduan No. ", 0)),
        *(("BKU No. ", 0), ("PO Number: ", 0)),
        *(("No. Siti ", 1), ("NO SITI AMINAH ", 1), ("No SITI AMINAH ", 1), ("ID SITI ", 1), ("Siti No: ", 1)),
        *(("Nomor Siswa Baru ", 1), ("No. Pekerja Anak: ", 1), ("nomor kependudukannya ", 1), ("No. ID ", 1)),
        *(("Nomor Dukcapil ", 1), ("KEPALA DESA NO ", 1), ("Pemohon No. ", 1)),
    ],
)
def test_words_of_offices_and_abbreviations_name_the_number_of_a_thing(before: str, count: int) -> None:
    """Any other word may be somebody's name, and what is said of people may be a NIK."""
    assert len(find_numbers(before + _BOY)) == count
    assert len(find_numbers(_BOY, heading=before.strip(" :"))) == count


@pytest.mark.parametrize(
    "text",
    [
        *("NIK peserta BPJS {}", "NIK pemilik rekening: {}", "NPWP (NIK) {}", "KTP/SIM/Paspor No. {}", "nik_ayah: {}"),
        *("Nomor Identitas: {}", "No. Anak Asuh: {}", "No. Pengenal : {}", "nomor yang benar: {}", "No ini: {}"),
        *(
            "Bank Kalsel Siti {}",
            "Kartu Keluarga: {}",
            "{} (BPJS aktif)",
            "{}/P/2014",
            "SARI/2014/{}",
            "IBU No. {}",
            "Siti {} rekening belum ada",
        ),
        *("No Nama NIK No Rekening\n1 Sari {}", "No Nama Kelas\nNo Rekening menyusul\n1 Sari {}"),
    ],
)
def test_number_of_a_person_is_found_beside_words_of_others(text: str) -> None:
    assert len(find_numbers(text.replace("{}", _BOY))) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("\n".join(_BOY), 1),
        ("NIK " + ".".join(_BOY), 1),
        ("NIK [9971] [0105] [0512] [0001]", 1),
        ("NIK (997101) (050512) (0001)", 1),
        ("NIK 9971:0105:0512:0001", 1),
        ("9971:0105:0512:0001", 0),
        ("NIK g97lO1O5O512O0O1", 1),
        ("9971 0105 0512 0001 0333 0415", 0),
        ("9971 0105 0512 0001 9971 0105 0512 0002", 2),
        ("9971-0105-0512-0001-0456", 0),
        ("99710105-0512-0001-8123-0242ac120002", 0),
        ("1,1,0,1,0,1,0,1,0,1,1,0,0,1,0,1", 0),
    ],
)
def test_digits_in_odd_groups_are_a_number_where_they_are_called_one(text: str, count: int) -> None:
    """One digit a line, in brackets, between odd signs; groups that go on are keys and rows of figures."""
    assert len(find_numbers(text)) == count


@pytest.mark.parametrize("word", ["Penerima PIP", "WA dari Bu RT", "Peserta BPJS", "Agenda"])
def test_word_of_every_day_hides_a_number_only_right_before_it(word: str) -> None:
    assert _BOY not in mask_numbers(f"{word} Siti Contoh {_BOY}")


@pytest.mark.parametrize("before", ["No. BPJS: ", "Agenda ", "Build "])
def test_word_of_every_day_says_what_the_number_right_after_it_is(before: str) -> None:
    assert mask_numbers(before + _BOY) == before + _BOY


@pytest.mark.parametrize(
    "before",
    ["No Registrasi: ", "Nomor Registrasi kasus ", "No. Pendaftaran : ", "No. Antrian ", "Register ", "Kode Anak "],
)
def test_number_of_an_entry_in_a_register_may_be_that_of_a_child(before: str) -> None:
    """Registers take the NIK for their numbers; one made of a region, a day and a serial is an entry, and nobody."""
    assert len(find_numbers(before + _BOY)) == 1
    assert len(find_numbers(_BOY, heading=before.strip(" :"))) == 1
    assert find_numbers(f"{before}6371202401150001") == ()
    assert find_numbers(f"{before}6371019912311234") == ()
    assert find_numbers(f"No. Register Aset {_BOY}") == ()


@pytest.mark.parametrize("writing", _WRITINGS)
def test_masked_form_is_the_same_for_every_writing(writing: str) -> None:
    """Four digits, eight dots, four digits: neither longer nor shorter, whatever stood there."""
    assert mask_numbers(f"Anak: {_write(_BOY, writing)}, laki-laki") == "Anak: 9971••••••••0001, laki-laki"


@given(_HARMLESS, _numbers(), st.sampled_from(_WRITINGS), _HARMLESS)
def test_any_number_in_any_text_is_found_and_masked(before: str, digits: str, writing: str, after: str) -> None:
    assume(writing != _BOXES or len(set(digits)) > 3)  # a row of ones and zeros is criteria that are met or not
    text = f"{before} {_write(digits, writing)} {after}"

    masked = mask_numbers(text)

    assert masked == f"{before} {digits[:4]}••••••••{digits[-4:]} {after}"
    assert mask_numbers(masked) == masked


@given(st.text(st.sampled_from("0123456789 .-\n|NIKPROo/•lS"), max_size=200))
def test_nothing_is_left_to_find_when_masked(text: str) -> None:
    masked = mask_numbers(text)

    assert find_numbers(masked) == ()
    assert mask_numbers(masked) == masked


@given(
    st.dates(dt.date(1955, 1, 1), dt.date(2004, 12, 31)),
    st.integers(1, 12),
    st.sampled_from(("", " ", ".")),
    st.sampled_from(("NIP", "NIP.", "NIP : ", "", "Pembina Tk. I ")),
    st.integers(0, 18),
)
def test_no_staff_number_is_taken_for_a_person(born: dt.date, month: int, gap: str, label: str, cut: int) -> None:
    """NIP: birth date, month of appointment, sex, serial; whole, spaced, and cut short at its end."""
    number = f"{born:%Y%m%d}{gap}2010{month:02}{gap}1{gap}003"

    assert find_numbers(f"{label}{number[: len(number) - cut]}") == ()


@given(st.text(max_size=300))
def test_arbitrary_text_is_read_without_a_failure(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)


@pytest.mark.parametrize(
    ("piece", "size"),
    [("7", 1_000_000), (" ", 1_000_000), ("1 ", 1_000_000)]
    + [
        (piece, 100_000)
        for piece in (
            "9971 ",
            "1|",
            "\n1",
            "NIK ",
            "o",
            "1.",
            "99710101 ",
            "O",
            "9971:",
            "(9971) ",
            "9,",
            "9971)(",
            "INV/2024/",
        )
    ],
)
def test_a_mass_of_one_thing_is_read_in_seconds(piece: str, size: int) -> None:
    """No pattern looks back and forth over the same signs again and again."""
    begun = time.process_time()

    assert find_numbers(piece * (size // len(piece))) == ()
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "before",
    [
        *("Kartu Keluarga Sejahtera", "No. Registrasi Akreditasi", "No. Pendaftaran Merek", "No. Anggota Pramuka"),
        *("NTA", "NOPD", "Sertipikat Tanah", "GoPay", "OVO", "setor ke", "No. Aduan SP4N", "No. urut berkas"),
    ],
)
def test_number_of_a_card_a_purse_or_a_complaint_is_nobody(before: str) -> None:
    assert not find_numbers(f"{before} {_BOY}")


def test_a_number_is_a_persons_where_it_is_called_so_behind() -> None:
    assert find_numbers(f"No. BPJS {_BOY} (NIK)")
    assert not find_numbers(f"No. BPJS {_BOY} (kelas III)")
    assert not find_numbers(f"Nomor BA/{_BOY}/2024")


@pytest.mark.parametrize(
    "folder", ["PKH", "Kartu KIP", "BPJS", "Laporan Polisi", "Bank", "HP", "Rekening", "Kode", "NIP"]
)
@pytest.mark.parametrize("name", ["{}/{}.pdf", "in/{}/2023/1. {} Sari.jpg", "C:\\{}\\anak\\{}.docx", "{}/{}/foto.png"])
def test_a_file_named_by_a_number_is_masked_whatever_its_folders_say(folder: str, name: str) -> None:
    """Offices sort the papers of a programme by NIK; such paths stand in errors and logs too."""
    assert _BOY not in mask_numbers(f"[Errno 13] tidak terbuka: {name.format(folder, _BOY)}")


def test_an_error_about_a_folder_named_by_a_number_is_masked() -> None:
    """What it is raised with, and what a traceback quotes of it."""
    error = PermissionError(13, "Permission denied", f"/data/Dinsos/PKH {_BOY}")
    said = mask_numbers(str(error))
    mask_error(error)

    assert _BOY not in said + str(error)
    assert mask_path(f"Dinsos/PKH {_BOY}/isi") == mask_path(mask_path(f"Dinsos/PKH {_BOY}/isi"))


@pytest.mark.parametrize(
    ("before", "is_other"),
    [("PKH ", False), ("foto WA_", False), ("NIP ", False), ("rekening ", True), ("SP2D_", True), ("NUPTK ", True)],
)
def test_every_number_in_a_name_is_masked_and_only_accounts_are_no_finding(before: str, is_other: bool) -> None:  # noqa: FBT001 - a column of the table
    (found,) = find_numbers(f"{before}{_BOY}", is_name=True)

    assert found.is_called_other is is_other
    assert _BOY not in mask_path(f"Dinsos/{before}{_BOY}.pdf")


def test_year_of_birth_is_told_for_people_and_not_for_cards() -> None:
    resident, family = find_numbers(f"NIK {_BOY} No. KK 9971011203100007")

    assert (resident.kind, resident.birth_year) == (ExposureKind.RESIDENT_NUMBER, 12)
    assert (family.kind, family.birth_year) == (ExposureKind.FAMILY_CARD, None)


def test_a_mistyped_number_is_masked_because_it_is_called_a_nik() -> None:
    (number,) = find_numbers("NIK: 9971019913120001")

    assert number.birth_year == 12
    assert number.masked == "9971••••••••0001"


def test_column_heading_says_what_a_cell_holds() -> None:
    assert find_numbers(_BOY, heading="No. KK")[0].kind is ExposureKind.FAMILY_CARD
    assert find_numbers(_BOY, heading="NUPTK") == ()
    assert mask_numbers(_BOY, heading="No. Rekening") == _BOY


@pytest.mark.parametrize("code", ["6371", "9101", "9210", "5401", "6473", "7325", "9971", "9608", "3101"])
def test_regions_of_today_and_retired_ones(code: str) -> None:
    assert is_region(code) == (code != "9608")


@pytest.mark.parametrize("date", ["310404", "300204", "290203", "320112", "000112", "720112", "010012", "011312"])
def test_impossible_dates_make_no_number(date: str) -> None:
    assert not is_person(f"997101{date}0001")
    assert is_person("9971016902040001")
