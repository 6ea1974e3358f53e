"""Lines of text in PDFs put together by hand: measured as drawn, searchable, and the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from flows.render.annex.lettering import Lettering

TEXT = "III/12.1-02 · hlm. 3 dari 17 · “Kota Contoh” – 50 % (a\\b)"
SIZE = 12.0


def drawn(path: Path, lettering: Lettering, *texts: str) -> Path:
    with pikepdf.new() as pdf:
        font = lettering.embed(pdf, texts)
        content = b"".join(lettering.line("F", text, 50, 300 - 20 * number, SIZE) for number, text in enumerate(texts))
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, 600, 400],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
            Contents=pdf.make_stream(content),
        )
        pdf.pages.append(pikepdf.Page(page))
        pdf.save(path, deterministic_id=True)
    return path


@pytest.mark.parametrize("is_bold", [False, True])
def test_text_can_be_read_back_and_is_as_wide_as_measured(tmp_path: Path, is_bold: bool) -> None:  # noqa: FBT001
    lettering = Lettering(is_bold=is_bold)
    with pypdfium2.PdfDocument(drawn(tmp_path / "a.pdf", lettering, TEXT)) as pdf:
        text = pdf[0].get_textpage()
        assert text.get_text_range() == TEXT
        boxes = [text.get_charbox(index, loose=True) for index in range(text.count_chars())]
    assert boxes[0][0] == pytest.approx(50, abs=0.1)
    assert boxes[-1][2] - boxes[0][0] == pytest.approx(lettering.width(TEXT, SIZE), abs=0.2)
    with pikepdf.open(tmp_path / "a.pdf") as again:
        name = str(again.pages[0].Resources.Font.F.BaseFont)
    assert name.endswith("LiberationSans-Bold" if is_bold else "+LiberationSans")


def test_letters_the_font_lacks_are_still_told(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(drawn(tmp_path / "a.pdf", Lettering(), "Ḥasan Ńyoman Ω \x00\u200bﬁ")) as pdf:
        assert pdf[0].get_textpage().get_text_range() == "Hasan Nyoman ? fi"


def test_arabic_words_are_left_out_as_one(tmp_path: Path) -> None:
    """A row of question marks would look like damage."""
    with pypdfium2.PdfDocument(drawn(tmp_path / "a.pdf", Lettering(), "1.4 بسم الله الرحمن.jpg")) as pdf:
        assert pdf[0].get_textpage().get_text_range() == "1.4 ….jpg"


def test_a_subset_is_small_and_always_the_same(tmp_path: Path) -> None:
    first, second = (drawn(tmp_path / name, Lettering(), TEXT) for name in ("a.pdf", "b.pdf"))
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size < 20_000


@pytest.mark.parametrize("width", [20.0, 60.0, 150.0, 400.0])
def test_a_line_too_long_ends_in_an_ellipsis(width: float) -> None:
    lettering = Lettering()
    fitted = lettering.fit("Laporan persalinan\ndi fasilitas kesehatan tahun 2023", SIZE, width)
    assert lettering.width(fitted, SIZE) <= width
    assert fitted.endswith("…") is (width < 400)


def test_what_is_cut_is_cut_behind_a_word_unless_much_would_go_with_it() -> None:
    lettering = Lettering()
    text = "Laporan penyelenggaraan pemenuhan hak anak"
    ends = {lettering.fit(text, SIZE, width).removesuffix("…").rpartition(" ")[2] for width in range(90, 180, 3)}
    assert ends <= {"Laporan", *(text[8:end] for end in range(9, 24)), "pemenuhan", "hak", "anak"}
    assert lettering.fit("Laporan " + "W" * 40, SIZE, 150).startswith("Laporan WWWW")


def test_a_caption_is_broken_between_words() -> None:
    lettering = Lettering()
    text = "Foto kegiatan Forum Anak Kota Contoh di halaman kantor kecamatan pada tahun 2023 dengan peserta"
    lines = lettering.wrap(text, SIZE, 200, 2)
    assert len(lines) == 2
    assert lines[0] == "Foto kegiatan Forum Anak Kota"
    assert lines[1].endswith("…")
    assert all(lettering.width(line, SIZE) <= 200 for line in lines)
    assert lettering.wrap(text, SIZE, 2000, 2) == (text,)
    assert lettering.wrap("W" * 400, SIZE, 200, 3)[0].endswith("…")
    assert lettering.wrap("", SIZE, 200, 3) == ()
