"""What official documents say of themselves: number, year, subject, date, term; and never what they only cite."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.framework import load_framework
from flows.gather.documents import document_facts
from flows.gather.inspect import inspect_file
from flows.gather.recognise import Rules, rules_of
from flows.model import DocumentFacts, Media
from tests.gather.document_cases import CASES
from tests.gather.kit import pdf, word

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return rules_of(load_framework(2024))


@pytest.mark.parametrize("name", CASES)
def test_a_document_says_what_it_is(name: str, rules: Rules) -> None:
    case = CASES[name]
    found = document_facts(case.text, case.tail, rules) or DocumentFacts()
    assert found == DocumentFacts(case.kind, case.number, case.year, case.about, case.date, case.in_force)


def test_there_are_enough_cases_to_speak_of_a_table() -> None:
    assert len(CASES) >= 60


def test_the_number_of_a_person_never_becomes_a_fact(rules: Rules) -> None:
    """A careless heading may carry a NIK where a number belongs."""
    number = "9971014505120001"
    text = f"KEPUTUSAN LURAH MELATI CONTOH\nNOMOR {number}\nTENTANG\nBANTUAN BAGI {number}\nMenimbang : a. bahwa"
    found = document_facts(text, "", rules)
    assert found is not None
    assert "450512" not in repr(found)
    assert "••••" in found.number


def test_hostile_text_takes_no_time(rules: Rules) -> None:
    """Patterns over foreign text must not run away; the longest text of a file is what gather reads at most."""
    for piece in ("NOMOR ", "1/", "Ditetapkan di a ", "pada hari ini ", "TENTANG\n", "A, ", "PERATURAN ", "/ 1 -"):
        text = "KEPUTUSAN KEPALA DINAS\n" + piece * (20_000 // len(piece))
        document_facts(text, text[-6000:], rules)


def test_the_last_page_of_a_pdf_gives_the_date(rules: Rules, tmp_path: Path) -> None:
    pages = [
        ("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 5 TAHUN 2022", "TENTANG", "GUGUS TUGAS", "Menimbang : a. bahwa anak"),
        *[(f"Halaman {number} tentang susunan",) for number in range(2, 8)],
        ("Ditetapkan di Contoh", "pada tanggal 1 Desember 2022", "WALI KOTA CONTOH,"),
    ]
    path = tmp_path / "sk.pdf"
    path.write_bytes(pdf(*pages))
    facts = inspect_file(path, Media.PDF, rules).document
    assert facts is not None
    assert (facts.kind, facts.number, facts.date) == ("sk", "5", "2022-12-01")


_LONG_RULE = (
    ("PERATURAN WALI KOTA CONTOH", "NOMOR 5 TAHUN 2022", "TENTANG", "RUANG BERMAIN", "Menimbang : a. bahwa anak"),
    *[(f"Pasal {number}", "Besaran ditetapkan dengan keputusan.") for number in range(2, 6)],
)
_ENACTED = ("Ditetapkan di Contoh", "pada tanggal 1 Desember 2022", "WALI KOTA CONTOH,")
_ANNEX = ("LAMPIRAN", "PERATURAN WALI KOTA CONTOH", "Rincian ruang bermain")


@pytest.mark.parametrize(
    ("pages", "date"),
    [
        ((*_LONG_RULE, _ENACTED, _ANNEX, _ANNEX), "2022-12-01"),
        ((*_LONG_RULE, ("Ditetapkan di", "pada tanggal 1 Desember 2022", "Contoh"), _ANNEX), "2022-12-01"),
        (
            (*_LONG_RULE, ("Ditetapkan di Contoh", "pada tanggal", "WALI KOTA CONTOH,"), _ENACTED, _ANNEX),
            "",
        ),
        ((("LAPORAN KEGIATAN", "Tahun 2022"), *_LONG_RULE[1:], _ENACTED, _ANNEX), ""),
    ],
    ids=[
        "annexes follow",
        "place set apart",
        "not dated itself, an example in its annex is",
        "a report that holds a decree",
    ],
)
def test_the_page_that_is_signed_may_stand_in_the_middle(
    pages: tuple[tuple[str, ...], ...], date: str, rules: Rules, tmp_path: Path
) -> None:
    """Half of the regulations that offices publish have annexes behind the page with date and signature."""
    path = tmp_path / "peraturan.pdf"
    path.write_bytes(pdf(*pages))
    facts = inspect_file(path, Media.PDF, rules).document
    assert facts is not None
    assert facts.date == date


def test_annexes_follow_in_a_word_document_too(rules: Rules, tmp_path: Path) -> None:
    path = tmp_path / "peraturan.docx"
    first, *articles = _LONG_RULE
    lines = [*first, *(line for article in articles * 200 for line in article), *_ENACTED, *(_ANNEX * 200)]
    path.write_bytes(word(*lines))
    facts = inspect_file(path, Media.TEXT_DOCUMENT, rules).document
    assert facts is not None
    assert facts.date == "2022-12-01"


def test_a_word_document_says_it_too(rules: Rules, tmp_path: Path) -> None:
    path = tmp_path / "edaran.docx"
    filling = [f"Butir {number} disampaikan kepada para camat." for number in range(900)]
    path.write_bytes(
        word(
            "SURAT EDARAN",
            "NOMOR 463/46/2022",
            "TENTANG",
            "RUANG ASI",
            "Menindaklanjuti",
            *filling,
            "Contoh, 6 April 2022",
        )
    )
    facts = inspect_file(path, Media.TEXT_DOCUMENT, rules).document
    assert facts is not None
    assert (facts.number, facts.about, facts.date) == ("463/46/2022", "RUANG ASI", "2022-04-06")


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not at hand")
def test_real_files_of_other_matters_claim_nothing(rules: Rules) -> None:
    """They are no Indonesian documents at all: every fact found in them would be invented."""
    paths = [path for path in sorted(REAL.rglob("*.pdf")) if path.stat().st_size < 2_000_000]
    assert paths
    assert {path.name for path in paths if inspect_file(path, Media.PDF, rules).document} == set()


def test_an_rtf_of_a_web_application_is_read_though_nothing_says_where_its_text_begins(tmp_path: Path) -> None:
    path = tmp_path / "sk.rtf"
    lines = ("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 5 TAHUN 2022", "TENTANG", "GUGUS TUGAS", "Menimbang : a. bahwa anak")
    head = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1{\*\panose 020b}Times;}}{\info{\author LAPORAN}}\f0\fs22 "
    path.write_text(head + "\\par\n".join(lines) + "}", encoding="ascii")
    found = inspect_file(path, Media.TEXT_DOCUMENT, rules_of(load_framework(2024)))
    assert found.document == DocumentFacts("sk", "5", 2022, "GUGUS TUGAS")
    assert "Arial" not in found.recognised.title
