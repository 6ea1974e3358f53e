"""Lists of children are found in tables and in the lines of a page; what only looks like one is not."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.privacy import (
    child_list_in_lines,
    child_list_in_rows,
    find_numbers,
    rows_of_cells,
    small_counts_in_lines,
)
from flows.privacy.likelihood import likely_children
from tests.privacy.lists_set import documents
from tests.privacy.report import (
    LISTS,
    LISTS_EIGHTH,
    LISTS_ELEVENTH,
    LISTS_FIFTEENTH,
    LISTS_SIXTEENTH,
    LISTS_TWELFTH,
    TOLD_LISTS,
    every_document,
    list_figures,
)

_ROWS = [
    ("No", "Nama Anak", "Tanggal Lahir", "Alamat"),
    ("1", "Siti Contoh", "12-05-2014", "Jl. Contoh No. 5"),
    ("2", "Budi Misal", "3 Juni 2015", "Jl. Contoh No. 7"),
]


@pytest.mark.parametrize(
    ("name", "least"),
    [("lists_set.txt", 160), ("lists_second.txt", 90), ("lists_third.txt", 180), ("lists_fourth.txt", 55)],
)
def test_labelled_sets_are_large_and_found_with_few_errors(name: str, least: int) -> None:
    """Half of each are lists of officials, schools, counts and regulations that must not be taken for such lists."""
    every = every_document(name)
    figures = list_figures(name)

    assert len(every) >= least
    assert 0.4 < sum(not document.is_list for document in every) / len(every) < 0.6
    assert figures.precision >= 0.98, figures
    assert figures.recall >= 0.98, figures


def test_set_that_nothing_was_changed_for_is_found_as_well_as_when_it_was_measured() -> None:
    """Its figures are those of docs/measured.md; rules made for it would make them worthless."""
    figures = list_figures("lists_fifth.txt")

    assert len(every_document("lists_fifth.txt")) >= 100
    assert figures.precision >= 0.95, figures
    assert figures.recall >= 0.92, figures


def test_sixth_set_is_found_but_for_tables_whose_lines_no_longer_show_where_a_cell_ends() -> None:
    """Short tables of papers, exports and chats; what looks like them is as much of it."""
    every = every_document("lists_sixth.txt")
    figures = list_figures("lists_sixth.txt")

    assert len(every) >= 195
    assert 0.4 < sum(not document.is_list for document in every) / len(every) < 0.6
    assert figures.precision >= 0.98, figures
    assert figures.recall >= 0.92, figures
    assert all(document.found() for document in every if document.is_list and document.as_rows)


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("lists_eighth.txt", 1.0, 0.93),
        ("lists_eighth_held.txt", 1.0, 0.77),
        ("lists_ninth.txt", 1.0, 0.94),
        ("lists_tenth.txt", 1.0, 1.0),
        ("lists_eleventh.txt", 1.0, 0.97),
        ("lists_eleventh_held.txt", 0.9, 0.78),
        ("lists_twelfth.txt", 1.0, 1.0),
        ("lists_twelfth_held.txt", 1.0, 0.97),
    ],
)
def test_eighth_to_twelfth_set_are_found_as_measured(name: str, precision: float, recall: float) -> None:
    """Papers of classes, clubs, chats and exports; docs/measured.md has the figures before and since."""
    every = every_document(name)
    figures = list_figures(name)

    assert len(every) >= 56
    assert 0.4 < sum(not document.is_list for document in every) / len(every) < 0.6
    assert figures.precision >= precision, figures
    assert figures.recall >= recall, figures


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("lists_thirteenth.txt", 1.0, 0.87),
        ("lists_thirteenth_held.txt", 1.0, 0.68),
        ("lists_fourteenth.txt", 1.0, 0.87),
        ("lists_fifteenth.txt", 1.0, 0.89),
        ("lists_fifteenth_held.txt", 1.0, 0.77),
        ("lists_sixteenth.txt", 1.0, 0.65),
        ("lists_sixteenth_held.txt", 0.96, 0.71),
    ],
)
def test_notes_in_haste_are_found_as_measured(name: str, precision: float, recall: float) -> None:
    """Captions of photos, notes of cadres, groups, decisions of courts: what is weakest."""
    every = every_document(name)
    figures = list_figures(name)

    assert len(every) >= 30
    assert figures.precision >= precision, figures
    assert figures.recall >= recall, figures


@pytest.mark.parametrize(
    ("title", "rows", "count"),
    [
        ("Ukuran seragam", [("Nama", "Kls", "Baju"), ("Airin", "1A", "S"), ("Bima", "1A", "M")], 2),
        ("Pembagian wali kelas", [("Nama", "Kls"), ("Dian Rekaan", "4A"), ("Agus Andai", "4B")], 0),
        ("Jadwal mengajar", [("Nama", "Kelas", "Jam"), ("Rina", "1A", "07.00"), ("Budi", "2B", "08.00")], 0),
        ("Daftar kelas jabatan", [("Nama", "Kelas"), ("Rina", "7"), ("Budi", "9")], 0),
        ("Tarif puskesmas", [("Nama", "Kelas"), ("Rawat inap", "3A"), ("Bersalin", "2B")], 0),
        ("Susunan komite", [("Nama", "Kelas"), ("Suparman", "8A"), ("Edwin", "7D")], 0),
        ("Daftar guru", [("Nama Siswa", "Kelas"), ("Sari Rekaan", "8A"), ("Budi Andai", "7D")], 2),
        ("Absensi PAUD Melati", [("NAMA", "1", "2", "3"), ("Azka", "v", "v", "s"), ("Zidane", "v", "v", "a")], 2),
        ("Absensi guru PAUD Melati", [("NAMA", "1", "2", "3"), ("Azka", "v", "v", "s"), ("Zidane", "v", "v", "a")], 0),
        (
            "sheet1",
            [("1", "Rafa", "4A", "Islam"), ("2", "Kirani", "4A", "Islam"), ("3", "Yosafat", "4B", "Kristen")],
            3,
        ),
        (
            "Kursi bus",
            [("1", "Rafa", "4A", "08.00"), ("2", "Kirani", "4A", "08.00"), ("3", "Yosafat", "4B", "08.00")],
            0,
        ),
    ],
)
def test_a_class_of_a_number_and_a_letter_tells_of_pupils(title: str, rows: list[tuple[str, ...]], count: int) -> None:
    """*4A* in a column, or alone in a cell; teachers and parents have classes too, and seats are numbered so."""
    found = child_list_in_rows(rows, title)

    assert (found.rows if found else 0) == count


@pytest.mark.parametrize(
    ("title", "rows", "count"),
    [
        ("Denah duduk kelas IV B", [("Meja guru", ""), ("Sari", "Budi"), ("Wulan", "Bagas")], 2),
        ("Denah duduk rapat guru kelas IV", [("Sari", "Budi"), ("Wulan", "Bagas")], 0),
        ("Data bayi", [("Nama bayi", "Tgl", "Bln", "Thn"), ("Sari", "5", "6", "2021"), ("Budi", "1", "2", "2022")], 2),
        ("Masa kerja", [("Nama", "Tgl", "Bln", "Thn"), ("Sari", "5", "6", "2021"), ("Budi", "1", "2", "2022")], 0),
        ("Rapor kelas V", [("Nama", "IPA"), ("Sari Contoh", "80"), ("Budi Misal", "70")], 2),
        ("Rapor guru kelas V", [("Nama", "IPA"), ("Sari Contoh", "80"), ("Budi Misal", "70")], 0),
        ("Mainan", [("Nama", "Usia", "Jumlah"), ("Balok", "3", "12"), ("Puzzle", "5", "9")], 0),
        ("Data", [("Nama", "Usia", "L/P"), ("Sari", "3", "P"), ("Budi", "8", "L")], 2),
    ],
)
def test_columns_and_seats_tell_of_children_where_words_above_do(
    title: str, rows: list[tuple[str, ...]], count: int
) -> None:
    """Names alone in a plan of seats, a day of birth over three columns, marks of a class, an age beside a sex."""
    found = child_list_in_rows(rows, title)

    assert (found.rows if found else 0) == count


@pytest.mark.parametrize(
    ("title", "text", "count"),
    [
        ("ekspor", '{"nama": ["Sari", "Budi"], "umur": [9, 11]}', 2),
        ("ekspor", '{"nama": {"0": "Sari", "1": "Budi"}, "tgl_lahir": {"0": "2014-06-05", "1": "2012-01-11"}}', 2),
        ("ekspor", '{"nama": ["Sari", "Budi"], "umur": [39, 41]}', 0),
        ("ekspor", "dn: uid=1,dc=sdn\ncn: Sari\nbirthDate: 20140605\n\ndn: uid=2\ncn: Budi\nbirthDate: 20120111", 2),
        ("ekspor", "dn: uid=1,dc=sdn\ncn: Sari\nbirthDate: 19800605\n\ndn: uid=2\ncn: Budi\nbirthDate: 19820111", 0),
        ("dn: ", "dn: ,dc=", 0),
        ("Forum Anak", "Hadir Sari (15), Budi (16), dan Wulan (15).", 2),
        ("Kasus anak", "Per kecamatan: Andai (12), Misal (9), Contoh (7).", 0),
        ("Lomba anak", "Mewarnai: Sari (TK Contoh), Budi (TK Misal)", 2),
        ("Lomba guru", "Mewarnai: Sari (TK Contoh), Budi (TK Misal)", 0),
        ("KIA di SDN Contoh 1", "No Nama Kelas Ket\n1 Sari 4 Ada\n2 Budi 5 Ada", 2),
        ("Pesantren ramah anak", "No Nama Alamat Santri\n1 Al Khayal Contoh 240\n2 Darul Umpama Misal 310", 0),
        ("Layanan anak", "Informasi Layak Anak ILA (3) 71.000\nLPKS | (4) 45 keluarga\nPSM (3), LKSA (4)", 0),
        ("Gizi balita", "Prevalensi stunting di antara anak\nRealisasi stunting balita", 0),
        ("Santunan anak yatim", "Sari (yatim) RT 02\nBudi (piatu) RT 03", 2),
        ("Rapat", "Hadir Sari (45), Budi (36), dan Wulan (51).", 0),
        ("wali kelas", "Belum bayar: Sari 5A, Budi 5A", 2),
        ("wali kelas", "Belum bayar: Sari 10A, Budi 12B", 2),
        ("alamat kader kelas ibu", "Sari, Jl. Melati 5A\nBudi, Blok Mawar 4B", 0),
        ("Penerima KIP", "No Nama Alamat Kelas\n1 Tegar RT 4 3\n2 Bunga RT 5 6", 2),
        ("Penerima sepatu", "Nama Ukuran Kelas\nRoni 35 IV\nEka 33 III B", 2),
        ("Kelas jabatan", "Nama Masa Kerja Kelas\nRoni 35 7\nEka 33 9", 0),
        ("Anggota drumband TK", "Roni\nEka", 2),
        ("Kelompok belajar kelas 5", "Kelompok 1: Sari, Budi\nKelompok 2: Wulan, Bagas", 2),
        ("Keluarga", "1. Karto (45) kepala keluarga\n2. Sari (12) anak\n3. Budi (6) anak", 2),
        ("Balita BGM", "- Sari anak Bu Yuli RT 02\n- Budi anak Bu Marni RT 03", 2),
    ],
)
def test_children_in_exports_by_columns_and_in_haste_are_found(title: str, text: str, count: int) -> None:
    """Arrays for each field, directories, bare ages in brackets, bare classes; counts of places are nobody."""
    found = child_list_in_lines(text, title)

    assert (found.rows if found else 0) >= count
    assert bool(found) == bool(count)


@pytest.mark.parametrize(
    "piece", ['{"a":', '"', '"\\', "}", "{", '"a":"b",', '"nama": "', "12/03/24 09.15 - ", "dn: ,dc=\n"]
)
def test_spoilt_objects_and_messages_are_read_in_seconds(piece: str) -> None:
    begun = time.process_time()

    child_list_in_lines(piece * (200_000 // len(piece)))

    assert time.process_time() - begun < 10


def test_objects_are_found_whatever_stands_around_them() -> None:
    """A piece of a long file begins and ends within one; its line is that of the object."""
    child = '{{"id": {}, "nama": "{}", "tanggal_lahir": "2014-05-12", "sekolah": {{"nama": "SDN Contoh {}"}}}}'
    names = ("Siti \\u00c9 Misal", "Budi Umpama", "Ani Contoh")
    objects = ",\n".join(child.format(at, name, at) for at, name in enumerate(names))
    found = child_list_in_lines(f'"kota": "Contoh"}},\n{objects},\n{{"nama": "Tini')

    assert found is not None
    assert (found.rows, found.row, found.clue) == (3, 1, "id, nama, tanggal_lahir, sekolah")


@pytest.mark.parametrize("filling", ["", "-"])
def test_labelled_tables_with_a_cell_a_line_are_lists(filling: str) -> None:
    """Of the numbered tables of all sets, as text saved by office programs; as running lines 5 of 63 were found."""
    names = [
        name
        for name in (*LISTS, *TOLD_LISTS)
        if name not in (*LISTS_EIGHTH, *LISTS_ELEVENTH, *LISTS_TWELFTH, *LISTS_FIFTEENTH, *LISTS_SIXTEENTH)
    ]
    every = [each for name in names for each in every_document(name) if each.as_rows]
    numbered = [each for each in every if each.rows and each.rows[0][0].lower() in {"no", "no."}]
    found: dict[bool, list[bool]] = {True: [], False: []}
    for document in numbered:
        width = len(document.rows[0])
        cells = [cell or filling for row in document.rows for cell in [*row, *[""] * (width - len(row))]]
        rows = rows_of_cells("\n".join([document.title, *cells]))
        found[document.is_list].append(child_list_in_rows(rows, document.title) is not None)
    assert sum(found[True]) >= 0.95 * len(found[True]) > 50
    assert not any(found[False])


@pytest.mark.parametrize(
    "piece",
    [
        "No\n",
        "No\nNama\n1\n",
        "1\n2\n",
        "No\n\n1\n2\n3\n",
        "nomor\n1.\n",
        "Nama\n",
        "Nama\nUmur\n",
        "Nama\nUmur\nKelas\nSiti A\n9\nX\n",
    ],
)
def test_lines_that_look_like_cells_are_read_in_seconds_and_none_is_lost(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()

    rows = rows_of_cells(text)

    assert time.process_time() - begun < 5
    if rows:
        assert len(rows) == text.count("\n")
        assert [cell for row in rows for cell in row if cell] == list(filter(None, text.splitlines()))


def test_tables_with_a_cell_a_line_need_no_numbers_where_names_and_ages_come_again() -> None:
    """Registers number their rows in other ways, and lists of babies not at all."""
    register = ["No Reg", "Inisial", "Usia", "JK", "001/X", "ML", "13", "P", "002/X", "RK", "15", "L", "Mengetahui"]
    babies = ["Nama Ibu", "Nama Bayi", "Tgl Lahir", "Sri Rekaan", "Adit", "12/01/23", "Wati Andai", "Bunga", "15/02/23"]
    for cells, width in ((register, 4), (babies, 3)):
        rows = rows_of_cells("\n".join(cells))
        assert rows[::width][:3] == [cells[at : at + width] for at in (0, width, 2 * width)]
        assert child_list_in_rows(rows, "Data anak rekaan") is not None
    assert rows_of_cells("Nama\nUmur\nJabatan\nSiti Rekaan\nKepala\n40\nBudi Andai\nStaf\n30") == []


def test_turned_table_tells_the_row_of_the_names() -> None:
    rows = [("Data anak", ""), ("Nama", "Siti Misal", "Budi Umpama"), ("Umur", "9 th", "8 th")]
    found = child_list_in_rows(rows)

    assert found is not None
    assert (found.rows, found.row) == (2, 1)


def test_list_tells_how_many_by_which_headings_and_where_it_begins() -> None:
    found = child_list_in_rows([("DATA",), *_ROWS])

    assert found is not None
    assert (found.rows, found.row) == (2, 2)
    assert found.clue == "No, Nama Anak, Tanggal Lahir, Alamat"


def test_clue_is_made_of_headings_and_holds_no_name() -> None:
    """It is printed."""
    labels = "Nama, Nama anak, Tanggal lahir, Umur, Sekolah, Alamat"
    for document in documents("lists_set.txt"):
        if found := document.found():
            above = {" ".join(row).replace(",", "") for row in document.rows[: found.row]}
            clue = found.clue.replace(",", "")
            assert clue in {"", *above} or all(label in labels for label in found.clue.split(", "))


def test_figures_and_days_that_come_again_are_no_dates_of_birth() -> None:
    figures = "\n".join(f"{number} Contoh Rekaan 6.6 16.0 77.{number}" for number in range(1, 9))
    matches = [(str(number), f"Lapangan {name}", "16.09.2018", "10.30") for number, name in enumerate("ABCDEF", 1)]

    assert child_list_in_lines(figures) is None
    assert child_list_in_lines("\n".join(f"{number}. Rekaan Contoh P 16.09.2018" for number in range(1, 5))) is None
    assert child_list_in_rows([("N", "Tempat", "Hari", "Jam"), *matches]) is None


def test_advice_on_what_a_list_must_not_hold_heads_none() -> None:
    """Our own guides say this above their questions, and letters repeat it."""
    advice = (
        "Jangan menyetor NIK, nomor KK, nama, alamat, wajah, atau hal lain yang membuka identitas anak korban, anak"
    )
    assert (
        child_list_in_lines(f"{advice}\n21A.2 Sarana Bagi Anak\nJl. Contoh\n21A.3 Layanan Anak Contoh, Jl. Misal 2")
        is None
    )


def test_one_child_is_no_list() -> None:
    assert child_list_in_rows(_ROWS[:2]) is None


def test_place_and_date_below_a_list_are_nobody() -> None:
    """Otherwise one child and a signature would be a list, and every list one child longer."""
    page = "No. Nama anak Tanggal lahir Sekolah\n1 Sari Contoh 05-05-2012 SD Rekaan 1\nContoh, 6 Maret 2023\nLurah"

    assert child_list_in_lines(page) is None


def test_names_that_begin_as_children_are_called_are_names_in_lines_too() -> None:
    page = "No. Nama anak Tanggal lahir\n1 Anak Contoh Satu 05-05-2012\n2 Bayi Rekaan 01-01-2023\nAnak usia 0-17 tahun"
    found = child_list_in_lines(page)

    assert found is not None
    assert found.rows == 2


def test_adults_of_the_same_table_are_no_children() -> None:
    """Only the years differ."""
    born = [
        _ROWS[0],
        *((number, name, f"12-05-{1970 + place}", home) for place, (number, name, _, home) in enumerate(_ROWS[1:])),
    ]

    assert child_list_in_rows(born) is None


def test_age_is_counted_back_from_the_newest_year_in_the_text() -> None:
    """Who was 17 when the list was made was a child then; who is 17 by no reckoning was none."""
    lines = "1 Siti Contoh P Contoh, 12-05-2006\n2 Budi Misal L Contoh, 3 Juni 2006"

    assert child_list_in_lines(lines, "Daftar peserta tahun 2023") is not None
    assert child_list_in_lines(lines, "Daftar peserta tahun 2025") is None


@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=8), st.text(max_size=30))
def test_arbitrary_cells_are_read_without_a_failure(rows: list[list[str]], title: str) -> None:
    found = child_list_in_rows(rows, title)

    assert found is None or found.rows <= len(rows)


@given(st.text(max_size=400))
def test_arbitrary_text_is_read_without_a_failure(text: str) -> None:
    child_list_in_lines(text)


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "0",
        " ",
        "\n",
        "_",
        "<a ",
        "1 ",
        "Nama ",
        "Siti ",
        "1 Siti 9 th\n",
        "Siti Contoh, 9 th, ",
        "kelas 5A Siti Contoh ",
        "0091234567 Siti Contoh, ",
        "anak a.n. ",
        "(VI A",
        "a.",
        "12-05-2012 ",
        "Nama : ",
        ", ",
        "-",
        "Bab I" + "." * 60 + "7\n",
    ],
)
def test_a_mass_of_one_thing_takes_no_longer_than_its_length(piece: str) -> None:
    """Eight times the text may take some more than eight times as long, and not 64 times: a file would hang its reader.

    Both are measured in one run, so that a busy computer slows both.
    """
    short, long = (seconds_of(piece * (size // len(piece))) for size in (15_000, 120_000))
    assert long < 24 * max(short, 0.02)


def seconds_of(text: str) -> float:
    """Processor time of looking through a text in every way."""
    begun = time.process_time()
    child_list_in_lines(text)
    child_list_in_rows([(text,), (text, text)])
    likely_children([text], text)
    find_numbers(text)
    small_counts_in_lines(text)
    return time.process_time() - begun


def test_rows_in_any_order_are_the_same_list() -> None:
    rows = [
        (str(number), f"Siti {name}", "12-05-2014", "Jl. Contoh")
        for number, name in enumerate(("Misal", "Umpama", "Contoh"))
    ]
    random.Random(1).shuffle(rows)  # noqa: S311 - an order, no secret

    found = child_list_in_rows([_ROWS[0], *rows])

    assert found is not None
    assert found.rows == 3


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("Daftar anak korban kekerasan seksual", [("No", "Nama Anak"), ("1", "Siti Rekaan"), ("2", "Budi Umpama")]),
        (
            "Data perkara",
            [("Nama ABH", "Pasal", "Putusan"), ("Andi Rekaan", "362", "Diversi"), ("Budi Umpama", "351", "Pembinaan")],
        ),
        (
            "Permohonan",
            [
                ("Nama COTA", "Nama CAA", "Tgl lahir CAA"),
                ("Tn. Andai", "Melati Umpama", "11-05-2023"),
                ("Tn. Khayal", "Kenzo Rekaan", "02-01-2022"),
            ],
        ),
    ],
)
def test_children_before_the_law_and_of_other_parents_are_found(title: str, rows: list[tuple[str, ...]]) -> None:
    found = child_list_in_rows(rows, title)
    assert found is not None
    assert found.rows == 2


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("", [("Daftar anak korban kekerasan",), ("1", "Budi Rekaan"), ("2", "Siti Andai")]),
        ("Daftar anak korban kekerasan 2023", [("1", "Budi Rekaan"), ("2", "Siti Andai")]),
        ("", [("Data ABH",), ("Budi Rekaan", "L"), ("Siti Andai", "P")]),
    ],
)
def test_a_roll_of_victims_needs_no_headings(title: str, rows: list[tuple[str, ...]]) -> None:
    """Nothing tells of a name but what stands above it; as a table and as lines."""
    lines = "\n".join(" ".join(row) for row in rows)
    for found in (child_list_in_rows(rows, title), child_list_in_lines(lines, title)):
        assert found is not None
        assert found.rows == 2


def test_who_helps_victims_is_no_roll_of_them() -> None:
    """The same words stand above lists of officials and of offices."""
    officials = "Tim penanganan anak korban kekerasan\n1. Budi Rekaan, S.H.\n2. Siti Andai, S.Psi."
    offices = "Anak yang menjadi korban ditangani\n1. Dinas Sosial\n2. Dinas Kesehatan"
    for text in (officials, offices):
        assert child_list_in_lines(text) is None
        assert child_list_in_rows([line.split(". ", 1) for line in text.splitlines()]) is None


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Nama : Rizky Umpama\nUmur : 12 tahun\nJenis kasus : pencabulan", 1),
        ("Nama anak : Rizky Umpama\nTempat/Tgl Lahir : Contoh, 4 Mei 2012\nKronologi : dianiaya tetangga", 1),
        ("Korban bernama Melati Contoh (13 tahun) dijemput petugas.", 1),
        ("Pelaku Rizky Umpama (16 tahun), pelajar, didampingi Bapas.", 1),
        ("Pasien an. Rizky, usia 3 tahun, dirawat. Pasien an. Dewi, usia 2 tahun, pulang.", 2),
        ("Korban berinisial RU (12), siswa SDN 4 Umpama, dan DK (14), siswi SMPN 2 Misal.", 2),
        ("nama : Rizky Umpama\numur : 12 tahun\nnama : Dewi Misal\numur : 11 tahun", 2),
        ("1. Nama lengkap : RIZKY UMPAMA; umur 16 th; ket -\n2. Nama lengkap : DEWI MISAL; umur 15 th; ket -", 2),
        ("- **Rizky Umpama**, 9 tahun, SDN 1\n- **Dewi Misal**, 8 tahun, SDN 2", 2),
        ("1. *Rizky Umpama* (9 th)\n2. *Dewi Misal* (8 th)", 2),
        ("Nama: Rizky Umpama | Disabilitas: tunarungu | Umur: 9\nNama: Dewi Misal | Disabilitas: autis | Umur: 11", 2),
    ],
)  # fmt: skip
def test_a_child_told_of_as_a_case_is_told_alone_and_several_in_a_row_are_counted(text: str, rows: int) -> None:
    """A letter about one victim shows that child to everybody; names in one line, or fields of one, are several."""
    found = child_list_in_lines(text)

    assert found is not None
    assert found.rows == rows


@pytest.mark.parametrize(
    "text",
    [
        "Duta anak Melati Contoh (13 tahun) berpidato melawan kekerasan.",
        "Nama : Melati Contoh\nUmur : 13 tahun\nSekolah : SMPN 2 Misal",
        "Nama korban : Rini Umpama\nUmur : 35 tahun\nJenis kekerasan : KDRT",
        "Nama korban : Rini Umpama\nJenis kekerasan : KDRT",
        "Pelaku Slamet Umpama (40 tahun) ditahan.",
        "Pasal 81 ayat (2), siswa wajib hadir. Kelas (7), siswa baru.",
    ],
)
def test_one_child_that_is_no_case_and_grown_victims_are_no_list(text: str) -> None:
    assert child_list_in_lines(text) is None


_ROLL = ("Andi Rekaan", "Budi Umpama", "Citra Contoh")


@pytest.mark.parametrize(
    "title",
    [
        "ABSENSI KELAS VII A SMPN 1 CONTOH",
        "Daftar Hadir Kelas 7B",
        "PRESENSI KELAS X MIPA 2 SMAN 3 CONTOH",
        "Daftar Nilai Kelas IV SDN Contoh 2",
        "DAFTAR NAMA SISWA KELAS VII A",
    ],
)
def test_the_roll_of_a_class_needs_no_more_than_names(title: str) -> None:
    """Names of pupils with their school and class; a line that begins with *Daftar Nama* was taken for headings."""
    plain = "\n".join([title, *(f"{number}. {name}" for number, name in enumerate(_ROLL, 1))])
    lines = "\n".join([title, "No Nama L/P Paraf", *(f"{number} {name} L" for number, name in enumerate(_ROLL, 1))])
    rows = [
        [title],
        ["No", "Nama", "L/P", "Paraf"],
        *([str(number), name, "L", ""] for number, name in enumerate(_ROLL)),
    ]

    found = (child_list_in_lines(plain), child_list_in_lines(lines), child_list_in_rows(rows))

    assert [each and each.rows for each in found] == [len(_ROLL)] * 3


@pytest.mark.parametrize(
    "title",
    [
        "DAFTAR HADIR GURU KELAS VI",
        "DAFTAR HADIR RAPAT LAPAS KELAS IIB",
        "Daftar hadir orang tua kelas I",
        "DAFTAR HADIR PETUGAS RUTAN KELAS I",
        "Rapat di Pengadilan Negeri Kelas IA: daftar nama peserta",
        "DAFTAR NAMA PEGAWAI KELAS JABATAN 7",
        "PELATIHAN KONVENSI HAK ANAK\nDAFTAR HADIR KELAS 2",
        "Presensi Kelas I Bimtek KHA",
        "Daftar nama kelas ibu hamil",
    ],
)
def test_classes_of_prisons_offices_and_grown_pupils_are_no_roll(title: str) -> None:
    lines = [*title.splitlines(), "No Nama L/P Paraf", *(f"{number} {name} L" for number, name in enumerate(_ROLL, 1))]
    rows = [[each] for each in title.splitlines()]
    rows += [["No", "Nama", "L/P", "Paraf"], *([str(number), name, "L", ""] for number, name in enumerate(_ROLL))]

    assert child_list_in_lines("\n".join(lines)) is None
    assert child_list_in_rows(rows) is None


@pytest.mark.parametrize(
    ("name", "least", "recall"), [("lists_seventh.txt", 75, 0.97), ("lists_seventh_held.txt", 70, 0.82)]
)
def test_seventh_set_and_its_half_that_was_held_out_are_found_as_measured(name: str, least: int, recall: float) -> None:
    """Papers of offices as their programs and people write them; docs/measured.md has the figures of both halves."""
    every = every_document(name)
    figures = list_figures(name)

    assert len(every) >= least
    assert figures.precision >= 0.95, figures
    assert figures.recall >= recall, figures


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Visum et repertum", "diperiksa seorang anak bernama Melati Contoh, umur tiga belas tahun"),
        ("Laporan asesmen psikologis", "Nama : Rizky Umpama\nUsia : 12 tahun 4 bulan"),
        ("Notulen pembahasan kasus", "Nama : Melati Contoh\nUmur : 15 (lima belas) tahun"),
        ("", "BERITA ACARA PENYERAHAN ANAK\nNama : Rizky Umpama\nTempat, tanggal lahir : Contoh, 8 Agustus 2012"),
    ],
)
def test_paper_about_a_case_shows_even_one_child(title: str, text: str) -> None:
    """The paper says what happened to the child, though no field of it does."""
    found = child_list_in_lines(text, title)

    assert found is not None
    assert found.rows == 1
    assert child_list_in_lines(text.partition("ANAK\n")[2] or text, "Lomba") is None


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("", [("No", "Inisial", "Usia"), ("1", "PT", "15"), ("2", "SD", "17")]),
        ("", [("Nama Balita", "Nama Ibu", "Jan"), ("Zidan", "Rina", "8,2"), ("Kayla", "Sumi", "9,0")]),
        ("", [("Nama Anak", "Anak dari", "Jenjang"), ("Nabil A.", "Tris", "SMP"), ("Aqila A.", "Tini", "SD")]),
        ("Undangan", [("1. Ananda Nabil Rekaan (SMAN 1 Contoh)",), ("2. Ananda Aqila Andai (SMPN 3 Contoh)",)]),
        ("", [("No Nama Status Anak Nama Wali",), ("1 Rizal Rekaan Yatim Marni",), ("2 Anita Andai Piatu Kasno",)]),
        ("", [("NamaLengkap", "TglLahir"), ("Nabil Rekaan", "2012-05-05"), ("Aqila Andai", "2014-01-09")]),
        ("Absen santri TPQ", [("Hafidz Jilid 3 v v s v",), ("Zulfa Jilid 4 v i v v",)]),
        ("Daftar Hadir Siswa SDN Contoh 1", [("1", "Hafidz Rekaan"), ("2", "Zulfa Andai")]),
        ("Susunan forum anak", [("No Jabatan Nama Sekolah",), ("1 Ketua Nabil SMA",), ("2 Wakil Aqila SMP",)]),
        ("", [("N a m a : Nabil",), ("Tgl lahir : 5-5-2012",), ("N a m a : Aqila",), ("Tgl lahir : 9-1-2014",)]),
    ],
)  # fmt: skip
def test_children_in_papers_of_every_day_are_found(title: str, rows: list[tuple[str, ...]]) -> None:
    found = child_list_in_rows(rows, title)

    assert found is not None
    assert found.rows == 2


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("Tenaga layanan anak", [("Nama Jabatan Masa kerja",), ("Ratna A. Mediator 8 th",), ("Tono M. Satpam 5 th",)]),
        ("Pelatih lomba pelajar", [("1. Kelik Rekaan (SDN Contoh 1)",), ("2. Dodo Andai (SMPN 2 Contoh)",)]),
        ("Daftar hadir orang tua siswa SDN Contoh 1", [("1", "Kelik Rekaan"), ("2", "Dodo Andai")]),
        ("Susunan Gugus Tugas", [("No Jabatan Nama Instansi",), ("1 Ketua Kelik Dinsos",), ("2 Wakil Dodo Dinkes",)]),
        ("Panduan asesmen psikologis", [("Usia 7 tahun ke atas",), ("Kepala Dinas Contoh",)]),
        ("", [("Inisial", "Usia", "Zat"), ("PT", "25", "Sabu"), ("SD", "31", "Ganja")]),
    ],
)  # fmt: skip
def test_what_looks_like_papers_of_every_day_is_none(title: str, rows: list[tuple[str, ...]]) -> None:
    assert child_list_in_rows(rows, title) is None
