"""What the bound book and its pages of evidence say of themselves: what was cut, where links lead, whose page it is."""

from __future__ import annotations

from flows.wording import UNCALCULATED_CELL, listing, number


def page_name(number: int) -> str:
    """A page of a document that has no other name: ``Halaman 3``."""
    return f"Halaman {number}"


def sheet_title(name: str) -> str:
    """What stands above a sheet of a workbook that is printed: ``Lembar Rekap 2023``."""
    return f"Lembar {name}"


ORIGINAL = (
    "Selebihnya dibaca pada berkas aslinya, yang berlabel sama di dosir-arsip.pdf "
    "atau ada pada perangkat daerah yang menyerahkannya."
)
"""Where what is not printed can be read: some originals may not leave their agency."""


def table_cut(rows: tuple[int, int], columns: tuple[int, int]) -> str:
    """A sheet of which not all is printed: how many of all its rows and columns are."""
    counts = (("baris", rows), ("kolom", columns))
    cut = listing(
        [f"{name} 1–{number(shown)} dari {number(total)}" for name, (shown, total) in counts if shown < total]
    )
    return f"Tabel dipotong: tercetak {cut}. {ORIGINAL}"


def table_part(part: tuple[int, int], columns: tuple[int, int], total: int) -> str:
    """A sheet that is printed in parts, since it is wider than a page: which part this is."""
    return (
        f"Bagian {number(part[0])} dari {number(part[1])}: kolom {number(columns[0])}–{number(columns[1])} "
        f"dari {number(total)}."
    )


def rows_left(rows: int, columns: int) -> str:
    """Said where a table ends that goes on in its file."""
    counts = ((rows, "baris berikutnya"), (columns, "kolom berikutnya"))
    left = listing([f"{number(count)} {name}" for count, name in counts if count])
    return f"Tabel ini berlanjut: {left} tidak dicetak."


def cells_cut(cells: int) -> str:
    """A sheet with cells whose text is not all printed."""
    return f"{number(cells)} sel dipersingkat (tanda … di akhirnya); isi lengkapnya ada pada berkas aslinya."


def cells_uncalculated(cells: int) -> str:
    """A sheet with formulas that no office program has worked out and saved."""
    return (
        f"Rumus tanpa nilai tersimpan: {number(cells)} sel, dicetak {UNCALCULATED_CELL}. "
        "Nilainya tersimpan setelah berkas dibuka dan disimpan di Excel atau LibreOffice."
    )


def sheets_cut(printed: int, sheets: int) -> str:
    """A workbook of which not all sheets are printed."""
    return (
        f"Buku kerja ini mempunyai {number(sheets)} lembar; yang dicetak {number(printed)} lembar pertama yang berisi. "
        f"{ORIGINAL}"
    )


def drawn_left_out(charts: int, pictures: int) -> str:
    """A workbook with charts and pictures, of which only the cells are printed."""
    counts = ((charts, "bagan"), (pictures, "gambar"))
    found = listing([f"{number(count)} {name}" for count, name in counts if count])
    return f"Buku kerja ini juga memuat {found}, yang tidak dicetak di sini; semuanya ada pada berkas aslinya."


def first_of_frames(frames: int) -> str:
    """A picture that moves, of which only one frame is printed."""
    return f"gambar pertama dari {number(frames)} dalam animasi"


def text_cut(lines: int, total: int) -> str:
    """A plain text of which not all lines are printed."""
    return f"Teks dipotong: tercetak baris 1–{number(lines)} dari {number(total)}. {ORIGINAL}"


WEB_PAGE_WORDS = (
    "Halaman web: yang dicetak hanya tulisan dan tabelnya. Gambar dan tata letaknya ada pada berkas aslinya."
)
"""Said above the words of a web page."""
WEB_PAGE_CUT = f"Halaman web ini dipotong. {ORIGINAL}"
"""Said where the words of a web page go on in its file."""


def redacted(title: str) -> str:
    """A document of which the agency's redacted copy is shown."""
    return f"{title} (salinan tersamar)"


def redacted_first(title: str) -> str:
    """The same where a long title is cut off at its end."""
    return f"Salinan tersamar: {title}"


def exhibit_page(label: str, page: int) -> str:
    """A page of evidence as readers of PDF show it beside its number: ``III/12.1-02 hlm. 3``."""
    return f"{exhibit_prefix(label)}{page}"


def exhibit_prefix(label: str) -> str:
    """What stands before the page in :func:`exhibit_page`."""
    return f"{label} hlm. "


def link_to_page(label: str) -> str:
    """What a link does, for those who cannot see where it stands."""
    return f"Ke halaman {label}"


def link_to_question(question: str, label: str) -> str:
    """The same for a link to a question of the instrument."""
    return f"Ke pertanyaan {question}, halaman {label}"


def link_to_exhibit(label: str) -> str:
    """The same for a link to a page of evidence or to the slip sheet in its place, by its page label."""
    return f"Ke bukti {label}"


def link_outside(address: str) -> str:
    """The same for a link that leaves the book."""
    return f"Ke luar buku: {address}"


def archive_title(title: str, number: int, count: int) -> str:
    """What one file of the archive edition is called: ``… – Arsip, Jilid 2 dari 3``."""
    return f"{title} – Arsip" + (f", Jilid {number} dari {count}" if count > 1 else "")


def archive_description(description: str, label: str, sha256: str) -> str:
    """What a reader of PDF shows beside the name of an embedded original."""
    return f"Bukti {label}: {description}. SHA-256 {sha256}"


DRAFT = "DRAF – INTERNAL"
"""On every page of a book whose privacy check has not passed."""
IN_HOUSE = "HANYA UNTUK KALANGAN SENDIRI"
"""Below every page of evidence in a volume of the house, where nothing is masked."""
CHILDREN_NAMED = "Tidak dicetak: memuat daftar anak yang dapat dikenali."
"""Instead of a text of a form, or of the texts of a table, that would show who the children are."""
PERSON_NUMBERED = "Tidak dicetak: memuat nomor kependudukan seseorang."
"""Instead of a text of a form, or of the texts of a row, in which a NIK or the number of a family card was written."""
ANSWERS = "menjawab"
"""Before the questions that a document answers."""


def page_of_pages(page: int, pages: int) -> str:
    """``hlm. 2 dari 5``."""
    return f"hlm. {page} dari {pages}"


def and_others(count: int) -> str:
    """Behind an enumeration that is cut."""
    return f"dan {count} lainnya"


def page_described(page: int, pages: int, title: str, agency: str) -> str:
    """What a page of evidence is, for those who cannot see it."""
    return f"Halaman {page} dari {pages}: {title}, {agency}"


def part_named(title: str) -> str:
    """A part of a book as the beginning of a sentence; "Bagian depan" is called so already."""
    return title if title.startswith("Bagian ") else f"Bagian {title}"


def short_hash(sha256: str) -> str:
    """Enough of a hash to compare a printed page with a file."""
    return f"sha256 {sha256[:8]}"
