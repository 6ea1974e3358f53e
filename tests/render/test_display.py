"""Foreign text in the book: nothing invisible, nothing that turns the line round, nothing without a glyph."""

import unicodedata

from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from flows.render import display
from flows.settings import templates_root


def test_every_character_that_is_let_through_has_a_glyph_in_every_shipped_face() -> None:
    families = {"DejaVuSansArab": (*display.ARABIC, *display.VOWELS), "LiberationSans": display._COVERED}
    fonts = sorted((templates_root() / "fonts").glob("*.ttf"))
    assert [path.stem for path in fonts] == [f"{family}-{face}" for family in families for face in ("Bold", "Regular")]
    for path in fonts:
        glyphs = TTFont(path).getBestCmap()
        covered = families[path.stem.partition("-")[0]]
        missing = [hex(code) for first, last in covered for code in range(first, last + 1) if code not in glyphs]
        assert not missing, path.name


def test_the_fonts_licences_are_shipped_beside_them() -> None:
    folder = templates_root() / "fonts"
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "Bitstream Vera Fonts Copyright" in (folder / "DejaVuSansArab-LICENSE.txt").read_text(encoding="utf-8")


def test_arabic_names_and_greetings_are_printed_as_they_are_written() -> None:
    for text in ("بسم الله الرحمن الرحيم", "مُحَمَّد، ١٤٤٥؟", "ڤمرينته کوتا", "جاڠن ڽاڽي ڬاڬه"):
        assert display.visible(text) == unicodedata.normalize("NFC", text)
    assert display.visible("\u061cأ\u06dd") == "[U+061C]أ[U+06DD]", "what turns the line round stays visible"


def test_tricks_in_a_name_become_readable() -> None:
    assert display.visible("a\u202egnp.exe") == "a[U+202E]gnp.exe"
    assert display.visible("dua\nbaris\x00") == "dua[U+000A]baris[U+0000]"
    assert display.visible("rusak\udcff") == "rusak[U+DCFF]"
    assert display.visible("foto 😀") == "foto [emoji]"


def test_letters_of_another_script_are_told_by_its_name_once() -> None:
    """A row of codes in a title told no reader what stands there; the document itself still does."""
    assert display.visible("SD 中文学校 Contoh") == "SD [aksara Tionghoa] Contoh"
    assert display.visible("ꦥꦼꦩꦼꦫꦶꦤ꧀ꦠꦃ ꦏꦺꦴꦠ, ᬩᬮᬶ") == "[aksara Jawa], [aksara Bali]"
    assert display.visible("ᨕᨙᨔᨗ ᮞᮥᮔ᮪ᮓ ᯅᯖᯂ᯲") == "[aksara Lontara] [aksara Sunda] [aksara Batak]"
    assert display.visible("👨‍👩‍👧 ❤️ 👍🏽 selesai") == "[emoji] selesai"
    assert display.visible("a\u200db\ufe0f") == "a[U+200D]b[U+FE0F]", "what is invisible stays told elsewhere"
    assert display.visible("\U000e0041中\ue000") == "[U+E0041][aksara Tionghoa][U+E000]"


def test_marks_that_people_paste_from_word_are_printed_as_readers_know_them() -> None:
    """An answer of ticks and bullets stood in the book as a row of codes."""
    assert (
        display.visible("✓ ada ✗ tidak ☐ belum ➢ satu \uf0b7 dua ⇒ tiga") == "√ ada × tidak □ belum ► satu • dua → tiga"
    )
    assert display.visible("CO₂, 10⁶, ≈ ⅔, √9, ■ ● ○ ▪ ♀ ♂") == "CO₂, 10⁶, ≈ ⅔, √9, ■ ● ○ ▪ ♀ ♂"
    assert display.visible("non\u2011formal\u2009\u202fdua") == "non\u2010formal  dua"
    assert display.without_shapeless("Ke\u00adcamatan\u200b Uta\ufeffra ✔\ufe0f") == "Kecamatan Utara ✔"
    assert display.visible("a\u200bb.pdf") == "a[U+200B]b.pdf", "a name of a file hides nothing"


def test_a_mark_that_is_printed_as_another_lays_no_number_bare() -> None:
    for gap in ("\u2009", "\u2011", "\u2007", "⁄"):
        shown = str(display.finalize(gap.join(("9971", "0101", "0101", "0001"))))
        assert "0101" not in shown.replace("[U+", "")
    assert set(display.LOOKS_LIKE).isdisjoint("".join(map(str, range(10))))
    assert all(display.visible(like) == like for like in display.LOOKS_LIKE.values())


def test_spelling_of_other_systems_is_composed() -> None:
    assert display.visible(unicodedata.normalize("NFD", "Café")) == "Café"


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_invisible_is_left(text: str) -> None:
    shown = display.visible(text)
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"} for char in shown)
    assert display.visible(shown) == shown
    shown.encode("utf-8")


def test_finished_markup_and_numbers_pass_untouched() -> None:
    assert display.finalize(Markup("<b>\n</b>")) == Markup("<b>\n</b>")
    assert display.finalize(3) == 3


def test_names_of_files_go_over_the_line_between_their_words() -> None:
    assert display.breakable("12.1_Laporan_KHA <b>.pdf") == "12.1_<wbr>Laporan_<wbr>KHA &lt;b&gt;.pdf"
    assert display.breakable("a\u202eb") == "a[U+202E]b"
