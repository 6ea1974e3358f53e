"""The files of an upload set: within the limits, passive, without notes of cameras, and nothing withheld among them."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import xlsxwriter
from PIL import Image

from flows.bounded import AbandonedError, BoundedPool
from flows.forms.grid import open_workbook
from flows.libreoffice import office_to, office_version
from flows.model import Condition, Hindrance, Media, UploadItem
from flows.publish.upload import Packed
from flows.publish.upload.films import fit_film
from flows.publish.upload.fit import Fitted, Job, fit
from flows.publish.upload.pieces import fit_pdf
from flows.publish.upload.workbooks import as_xlsx
from tests.gather import kit, photo_kit, scan_kit, signing_kit
from tests.publish.upload_kit import LIMITS, Store, files, packed, scan, upload

SECRET = b"Isi yang tidak boleh keluar"
PLACE = photo_kit.notes(taken="2023:05:05 10:00:00", place=(7.0, 112.0), orientation=6)


@dataclass
class Set:
    """One packed set and what went into it."""

    store: Store
    work: Path
    packed: Packed

    def of(self, question_id: str) -> list[Path]:
        """Files of one question in order."""
        return [path for path in files(self.work) if path.parent.name == question_id]

    def remarks(self, question_id: str) -> str:
        """What the sheet says of its documents."""
        return "\n".join(
            line for row in self.packed.rows if row.upload.question_id == question_id for line in row.placed.remarks
        )


@cache
def signed_paper() -> bytes:
    """A document really signed."""
    return signing_kit.signed(signing_kit.plain(), signing_kit.signatory())


def scripted() -> bytes:
    """A PDF that would run a script, fetch a page, carries a file and a form, and whose stamp is an annotation."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.attachments["rahasia.txt"] = pikepdf.AttachedFileSpec(pdf, SECRET, filename="rahasia.txt")
        box = pdf.make_stream(b"1 0 0 rg 0 0 50 20 re f")
        box.update(
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 50, 20])}
        )
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[10, 10, 60, 30], F=4,
            AP=pikepdf.Dictionary(N=box), A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")),
        )  # fmt: skip
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://contoh.invalid/")),
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([stamp, link]))

    return scan_kit.pdf_with(change, ["Halaman contoh"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Set:
    """One set with every kind of document, packed once."""
    root = tmp_path_factory.mktemp("unggah")
    store, work = Store(root / "isi"), root / "kota-uji" / "2024" / ".kerja-1"
    plain = store.item(kit.pdf(["Halaman satu"], ["Halaman dua"]), label="KL/1.1-01")
    photo = photo_kit.jpeg(photo_kit.scene(3, (1600, 1200)), exif=PLACE)
    uploads = [
        upload("1.1", plain, store.item(signed_paper(), label="KL/1.1-02", is_signed=True)),
        upload(
            "1.2a",
            plain,
            UploadItem("V/20.1-01", "Laporan", is_withheld=True),
            store.item(b"PK\x03\x04", Media.ARCHIVE, ".zip", label="KL/1.2a-03"),
            store.item(kit.pdf(["x"]) + b" ", label="KL/1.2a-04", condition=Condition.LOCKED),
            store.item(b"%PDF-1.7\n" + b"rusak " * 300_000, label="KL/1.2a-05"),
            replace(store.item(kit.pdf(["lain"])), label="KL/1.2a-06", sha256="ab" * 32),
        ),
        upload(
            "12.1",
            store.item(scan(9), title="Laporan tahunan"),
            store.item(photo, Media.IMAGE, ".jpg", title="Foto kegiatan", says_where=True),
            store.item(
                photo_kit.saved(photo_kit.screen(2), "PNG", PLACE), Media.IMAGE, ".png", title="Tangkapan layar"
            ),
            store.item(scan(1, 300, exif=PLACE), title="Foto dalam PDF"),
            store.item(scripted(), title="Bertombol", active=("pdf-javascript", "embedded-file: rahasia.txt")),
            store.item(signed_paper() + b"% besar", title="TTE besar", is_signed=True, active=("pdf-javascript",)),
        ),
    ]
    return Set(store, work, packed(store, work, *uploads))


def first_picture(pdf: pikepdf.Pdf) -> pikepdf.PdfImage:
    """The picture of a scanned page."""
    return pikepdf.PdfImage(pdf.pages[0].Resources.XObject.Im0)  # type: ignore[arg-type]


def names(set_: Set, question_id: str) -> list[str]:
    return [path.name for path in set_.of(question_id)]


def test_files_lie_in_folders_of_blocks_and_questions(made: Set) -> None:
    folders = {path.parent.relative_to(made.work / "unggah").as_posix() for path in files(made.work)}
    assert folders == {
        "01-KL-Kelembagaan/1.1",
        "01-KL-Kelembagaan/1.2a",
        "02-III-Kesehatan-Dasar-dan-Kesejahteraan/12.1",
    }
    assert names(made, "1.1") == ["01 KL-1.1-01 Dokumen Contoh.pdf", "02 KL-1.1-02 Dokumen Contoh.pdf"]


def test_every_file_keeps_the_limits_and_is_told_in_order(made: Set) -> None:
    for path in files(made.work):
        assert path.stat().st_size <= LIMITS.bytes
        assert path.suffix.lstrip(".") in LIMITS.types
        assert len(path.name) <= LIMITS.name_chars
    for row in made.packed.rows:
        assert list(row.placed.names) == names(made, row.upload.question_id)


def test_what_needs_nothing_goes_byte_for_byte_and_never_as_a_link_to_the_vault(made: Set) -> None:
    first, signed = made.of("1.1")
    [original] = [each for row in made.packed.rows[:1] for each in row.upload.items[:1]]
    assert first.read_bytes() == made.store.path(original.sha256).read_bytes()
    assert signed.read_bytes() == signed_paper()
    assert made.store.path(original.sha256).stat().st_nlink == 1
    assert first.stat().st_mode & 0o222


def test_a_large_document_comes_in_parts_that_add_up_page_by_page(made: Set) -> None:
    parts = [path for path in made.of("12.1") if "Laporan tahunan" in path.name]
    assert len(parts) > 1
    pages = []
    for path in parts:
        with pikepdf.open(path) as pdf:
            assert not pdf.check_pdf_syntax()
            pages += [page.Contents.read_bytes().rpartition(b"%")[2].strip() for page in pdf.pages]
    assert pages == [f"halaman {number}".encode() for number in range(1, 10)]
    assert [f"(bagian {number} dari {len(parts)})" in path.name for number, path in enumerate(parts, 1)]
    assert f"dibagi menjadi {len(parts)} bagian" in made.remarks("12.1")


@pytest.mark.parametrize(("times", "counts"), [(2.47, [4, 5, 5]), (2.95, [3, 3, 4, 4]), (13.5, [1] * 14)])
def test_parts_are_as_few_as_may_be_and_alike(times: float, counts: list[int], tmp_path: Path) -> None:
    """Each is uploaded by hand, and a question takes so many files: none of two pages at the end."""
    source = tmp_path / "pindaian.pdf"
    source.write_bytes(scan(14, side=200))
    most = int(source.stat().st_size / times)
    parts, done = fit_pdf(source, tmp_path, most, is_scan=False)
    assert done == "dibagi"
    assert all(path.stat().st_size <= most for path in parts)
    found = []
    for path in parts:
        with pikepdf.open(path) as pdf:
            found.append(len(pdf.pages))
    assert sorted(found) == counts


@pytest.mark.parametrize("word", ["Foto kegiatan", "Tangkapan layar"])
def test_pictures_are_upright_and_say_nothing_of_their_camera(word: str, made: Set) -> None:
    [path] = [each for each in made.of("12.1") if word in each.name]
    content = path.read_bytes()
    for trace in (b"Exif", b"GPS", b"http://ns.adobe.com", b"2023:05:05", b"eXIf"):
        assert trace not in content
    with Image.open(path) as picture:
        assert not picture.getexif()
        assert picture.height > picture.width  # orientation 6: the camera was held upright


def test_pictures_within_a_pdf_lose_their_notes_and_keep_every_pixel(made: Set) -> None:
    [path] = [each for each in made.of("12.1") if "Foto dalam PDF" in each.name]
    assert b"Exif" not in path.read_bytes()
    with pikepdf.open(path) as done, pikepdf.open(io.BytesIO(scan(1, 300, exif=PLACE))) as given:
        now, before = (first_picture(pdf).as_pil_image() for pdf in (done, given))
        assert now.tobytes() == before.tobytes()


def test_what_a_pdf_would_do_or_carry_stays_behind_and_what_it_shows_stays(made: Set) -> None:
    [path] = [each for each in made.of("12.1") if "Bertombol" in each.name]
    with pikepdf.open(path) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        everything = b"".join(pikepdf.Object.unparse(each, resolved=True) for each in pdf.objects)
        drawn = b"".join(
            each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/BBox" in each
        )
        [link] = pdf.pages[0].Annots
        assert str(link.A.URI) == "https://contoh.invalid/"
    assert not [word for word in (b"JavaScript", b"Launch", b"EmbeddedFile", b"/AcroForm") if word in everything]
    assert b"1 0 0 rg" in drawn
    assert SECRET not in path.read_bytes()


def test_what_cannot_go_is_named_with_its_reason_and_stops_nothing(made: Set) -> None:
    assert names(made, "1.2a") == ["01 KL-1.1-01 Dokumen Contoh.pdf"]
    said = made.remarks("1.2a").splitlines()
    assert [line.split(": ", 1)[1] for line in said] == [
        "diperlihatkan saat verifikasi",
        "arsip tidak diunggah; keluarkan isinya, lalu serahkan satu per satu",
        "berkas terkunci kata sandi; mintalah berkas tanpa kata sandi",
        "isinya tidak dapat disiapkan; mintalah berkas yang disimpan ulang sebagai PDF",
        "salinannya tidak ada atau rusak di brankas; ikuti kla dokter KOTA TAHUN, lalu susun lagi",
    ]
    assert "memuat skrip" in made.remarks("12.1")
    assert (made.packed.state.withheld, made.packed.state.left_out) == (1, 5)


def test_one_content_for_two_questions_takes_its_room_once(made: Set) -> None:
    first, second = made.of("1.1")[0], made.of("1.2a")[0]
    assert first.read_bytes() == second.read_bytes()
    assert first.samefile(second)


def test_the_same_set_again_is_the_same_bytes_kept_or_made_anew(made: Set) -> None:
    uploads = [row.upload for row in made.packed.rows]
    before = {path.relative_to(made.work): path.read_bytes() for path in made.work.rglob("*") if path.is_file()}
    for name, fresh in ((".kerja-2", False), (".kerja-3", True)):
        work = made.work.parent / name
        packed(made.store, work, *uploads, fresh=fresh)
        assert {path.relative_to(work): path.read_bytes() for path in work.rglob("*") if path.is_file()} == before


def test_what_lies_in_the_last_run_is_linked_and_neither_read_nor_copied_again(tmp_path: Path) -> None:
    store, (one_run, next_run) = Store(tmp_path / "isi"), (tmp_path / "k" / "2024" / name for name in ("satu", "dua"))
    wanted = upload("12.1", store.item(kit.pdf(["Halaman contoh"])), store.item(scan(9), title="Laporan tahunan"))
    packed(store, one_run, wanted)
    for content in store.root.iterdir():
        content.unlink()
    packed(store, next_run, wanted)
    assert [path.relative_to(next_run) for path in files(next_run)] == [
        path.relative_to(one_run) for path in files(one_run)
    ]
    assert all(new.samefile(old) for new, old in zip(files(next_run), files(one_run), strict=True))


def test_a_file_that_was_written_to_within_a_run_is_not_believed_in_the_next(tmp_path: Path) -> None:
    store, content = Store(tmp_path / "isi"), kit.pdf(["Halaman contoh"])
    wanted = upload("12.1", store.item(content))
    packed(store, tmp_path / "k" / "2024" / "satu", wanted)
    [touched] = files(tmp_path / "k" / "2024" / "satu")
    touched.write_bytes(b"ditimpa")
    packed(store, tmp_path / "k" / "2024" / "dua", wanted)
    [found] = files(tmp_path / "k" / "2024" / "dua")
    assert (found.read_bytes(), touched.read_bytes()) == (content, b"ditimpa")


def layered(pdf: pikepdf.Pdf) -> None:
    """A layer that is switched off, and everything a page has from the node above it."""
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Coretan")))
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]), Order=pikepdf.Array([layer]))
    )
    page = pdf.pages[0].obj
    page.Resources.Properties = pikepdf.Dictionary(Lapis=layer)
    for key in ("/Resources", "/MediaBox"):
        page.Parent[key] = page[key]
        del page[key]
    page.Parent.Rotate = 90


def one(
    tmp_path: Path, content: bytes, media: Media = Media.PDF, suffix: str = ".pdf", **changes: object
) -> tuple[Path, str]:
    """The one file that comes of a document, and what is said of it."""
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    found = packed(store, work, upload("12.1", store.item(content, media, suffix, **changes)))
    [path] = files(work)
    return path, " ".join(found.rows[0].placed.remarks)


def test_hidden_layers_stay_hidden_and_pages_stay_as_they_were(tmp_path: Path) -> None:
    path, _ = one(tmp_path, scan_kit.pdf_with(layered, ["Isi"]), active=("pdf-javascript",))
    with pikepdf.open(path) as pdf:
        [off] = pdf.Root.OCProperties.D.OFF
        page = pdf.pages[0].obj
        assert page.Resources.Properties.Lapis.objgen == off.objgen
        assert int(page.Rotate) == 90
        assert list(pdf.pages[0].mediabox)


def test_a_portfolio_is_not_uploaded_as_its_cover(tmp_path: Path) -> None:
    """Made passive, nothing but the cover would be left of it, and the ministry would never see the files within."""
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    content = scan_kit.pdf_with(collected, ["Buka dengan penampil PDF"])
    item = store.item(content, active=("pdf-embedded-file",), file_name="Portofolio.pdf")
    found = packed(store, work, upload("12.1", item))
    assert files(work) == []
    [line] = found.rows[0].placed.remarks
    assert "Portofolio.pdf" in line
    assert "portofolio PDF" in line
    assert "satu per satu" in line


def collected(pdf: pikepdf.Pdf) -> None:
    """A file within, and the wish that viewers show it instead of the page."""
    pdf.attachments["SK rekaan.pdf"] = kit.pdf(["Isi"])
    pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)


def test_a_lock_on_printing_keeps_nothing_from_being_cleaned(tmp_path: Path) -> None:
    path, said = one(tmp_path, kit.pdf(["Isi"], owner="rahasia"), active=("pdf-javascript",))
    assert "kunci salin, isi aktif" in said
    with pikepdf.open(path) as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize(("mode", "packing"), [("L", "tiff_lzw"), ("1", "group4"), ("RGB", "raw")])
def test_a_scan_of_several_pages_becomes_a_pdf(mode: str, packing: str, tmp_path: Path) -> None:
    """In grey, and in black and white as a fax machine sends it."""
    stream = io.BytesIO()
    first, *rest = (photo_kit.letter(number).convert(mode) for number in range(3))
    first.save(stream, "TIFF", save_all=True, append_images=rest, compression=packing)
    path, _ = one(tmp_path, stream.getvalue(), Media.IMAGE, ".tif")
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 3
        assert not pdf.docinfo


@pytest.mark.parametrize(
    ("kind", "mode", "suffix"), [("JPEG", "CMYK", ".jpg"), ("PNG", "RGBA", ".png"), ("GIF", "P", ".png")]
)
def test_pictures_of_every_kind_come_out_plain(kind: str, mode: str, suffix: str, tmp_path: Path) -> None:
    stream = io.BytesIO()
    frames = [photo_kit.screen(number).convert("RGB").convert(mode) for number in (1, 2)]
    frames[0].save(stream, kind, **({"save_all": True, "append_images": frames[1:]} if kind == "GIF" else {}))
    path, said = one(tmp_path, stream.getvalue(), Media.IMAGE, f".{kind.lower()}")
    assert path.suffix == suffix
    assert ("hanya gambar pertama" in said) == (kind == "GIF")
    with Image.open(path) as picture:
        assert (picture.mode, picture.size) == ("RGB", frames[0].size)


def test_a_signed_document_that_is_too_large_is_left_to_the_operator(tmp_path: Path) -> None:
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    item = store.item(signed_paper(), is_signed=True, file_name="SK (TTE).pdf")
    found = packed(store, work, upload("12.1", item), limits=replace(LIMITS, bytes=5_000))
    assert files(work) == []
    [line] = found.rows[0].placed.remarks
    assert "terlalu besar" in line
    assert "SK (TTE).pdf" in line


@pytest.mark.parametrize(
    ("exif", "active", "said"),
    [(PLACE, (), "lokasi pengambilan"), (None, ("pdf-javascript",), "skrip"), (PLACE, ("pdf-javascript",), "lokasi")],
)
def test_nobody_is_told_to_upload_a_large_original_that_may_not_go(
    exif: Image.Exif | None, active: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    """Its size alone is no reason to send the place of a child's photo, or a script."""
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    content = signing_kit.signed(scan(1, 300, exif=exif), signing_kit.signatory())
    item = store.item(content, is_signed=True, active=active, says_where=exif is not None)
    [line] = packed(store, work, upload("12.1", item), limits=replace(LIMITS, bytes=5_000)).rows[0].placed.remarks
    assert said in line
    assert "mintalah dokumen tanpa itu" in line
    assert "unggah sendiri" not in line


def test_a_signature_that_gathering_did_not_see_is_kept_all_the_same(tmp_path: Path) -> None:
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    packed(store, work, upload("12.1", store.item(signed_paper(), is_signed=False, says_where=False)))
    assert [path.read_bytes() for path in files(work)] == [signed_paper()]


def test_a_scan_is_made_smaller_where_one_readable_file_comes_of_it(tmp_path: Path) -> None:
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    content = scan(1, 2_800)
    found = packed(
        store, work, upload("12.1", store.item(content, is_scan=True)), limits=replace(LIMITS, bytes=len(content) // 2)
    )
    [path] = files(work)
    assert "pindaian diperkecil" in found.rows[0].placed.remarks[0]
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1
        assert first_picture(pdf).width == pytest.approx(842 / 72 * 200, abs=3)


def test_a_file_that_comes_in_place_of_a_withheld_one_changes_no_name(tmp_path: Path) -> None:
    """Numbers were counted over files, so that a redacted copy in the last days gave all after it another name."""
    store = Store(tmp_path / "isi")
    copy = store.item(kit.pdf(["Salinan tersamar"]), label="III/12.1-01", is_redacted=True)
    other = store.item(kit.pdf(["Lain"]), label="III/12.1-02")
    sets = {"lama": UploadItem("III/12.1-01", "Matriks", is_withheld=True), "baru": copy}
    names = {}
    for work, first in sets.items():
        packed(store, tmp_path / "k" / "2024" / work, upload("12.1", first, other))
        names[work] = [path.name for path in files(tmp_path / "k" / "2024" / work)]
    assert names["lama"] == ["02 III-12.1-02 Dokumen Contoh.pdf"]
    assert names["baru"] == ["01 III-12.1-01 Dokumen Contoh.pdf", *names["lama"]]


def test_more_files_than_a_question_may_have_lie_apart(tmp_path: Path) -> None:
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    items = [store.item(kit.pdf([f"Halaman {number}"]), label=f"III/12.1-0{number}") for number in range(1, 5)]
    found = packed(store, work, upload("12.1", *items), limits=replace(LIMITS, files=2))
    folder = work / "unggah" / "02-III-Kesehatan-Dasar-dan-Kesejahteraan" / "12.1"
    assert len([path for path in folder.iterdir() if path.is_file()]) == 2
    assert len(list((folder / "melebihi batas jumlah").iterdir())) == 2
    assert sum("melebihi 2 berkas" in line for line in found.rows[0].placed.remarks) == 2
    assert "gabungkan dahulu" in found.rows[0].placed.remarks[-1]


def test_parts_beyond_what_a_question_may_have_are_not_to_be_put_together_again(tmp_path: Path) -> None:
    """That would make them too large: a smaller scan is the way out."""
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    item = store.item(scan(6, side=300), is_scan=False)
    limits = replace(LIMITS, files=2, bytes=int(item.bytes / 5.2))
    [remark] = packed(store, work, upload("12.1", item), limits=limits).rows[0].placed.remarks
    assert "dibagi menjadi 6 bagian; 4 di antaranya melebihi 2 berkas per pertanyaan" in remark
    assert "dipindai ulang pada 150 dpi" in remark
    assert "gabungkan" not in remark


def test_a_type_that_is_not_taken_says_what_would_help_with_just_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.publish.upload.fitting.office_version", str)
    monkeypatch.setattr("flows.publish.upload.fitting.office_to_pdf", lambda *_: None)
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    text = store.item(b"Catatan rapat contoh\n", Media.PLAIN_TEXT, ".txt")
    other = store.item(b"\x00\x01contoh", Media.OTHER, ".dwg")
    first, second = packed(store, work, upload("12.1", text, other)).rows[0].placed.remarks
    assert "pasang LibreOffice di komputer ini supaya diubah sendiri (lihat kla dokter)" in first
    assert second.endswith("jenis berkas tidak diterima aplikasi; serahkan sebagai PDF")


@pytest.mark.parametrize("hindrance", Hindrance)
def test_the_folder_says_where_nothing_of_it_may_be_uploaded(tmp_path: Path, hindrance: Hindrance) -> None:
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    packed(store, work, upload("12.1"), hindrance=hindrance)
    assert [path.name for path in files(work)] == ["00 JANGAN DIUNGGAH.txt"]


def test_a_set_that_nobody_waits_for_any_more_is_given_up_and_made_whole_the_next_time(tmp_path: Path) -> None:
    """No office program is begun, and no failure is remembered that was only a Ctrl-C."""
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    asked = upload("12.1", store.item(scripted()), store.item(b"satu,dua\n", Media.PLAIN_TEXT, ".csv"))
    pool = BoundedPool()
    pool.abandon()

    with pytest.raises(AbandonedError):
        packed(store, work, asked, pool=pool)

    assert files(work) == []
    found = packed(store, work, asked)
    assert [path.suffix for path in files(work)][:1] == [".pdf"]
    assert "gagal" not in " ".join(found.rows[0].placed.remarks)


def fit_at_last(job: Job) -> Fitted:
    """Runs in a child; the first is killed with half a file written."""
    mark = Path(os.environ["KLA_UJI_TANDA"])
    with mark.open("a", encoding="ascii") as tries:
        tries.write("x")
    if mark.stat().st_size <= int(os.environ["KLA_UJI_MATI"]):
        Path(job.folder, "utuh.pdf").write_bytes(b"%PDF-setengah")
        os.kill(os.getpid(), signal.SIGKILL)
    return fit(job)


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
@pytest.mark.parametrize(("deaths", "said"), [(1, "disimpan ulang"), (2, "berhenti atau terlalu lama, dua kali")])
def test_a_document_whose_child_is_killed_is_made_ready_by_another(
    deaths: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or is told by what may help; nobody is to upload the original, whose notes nobody has taken out."""
    monkeypatch.setenv("KLA_UJI_TANDA", str(tmp_path / "mati"))
    monkeypatch.setenv("KLA_UJI_MATI", str(deaths))
    monkeypatch.setattr("flows.publish.upload.fitting.fit", fit_at_last)
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    asked = upload("12.1", store.item(scripted(), active=("script",)))
    [remark] = packed(store, work, asked).rows[0].placed.remarks
    assert said in remark
    assert "unggah sendiri" not in remark
    assert [b"%%EOF" in path.read_bytes() for path in files(work)] == [True] * (deaths == 1)
    monkeypatch.undo()
    packed(store, tmp_path / "k" / "2024" / "lagi", asked)
    assert len(files(tmp_path / "k" / "2024" / "lagi")) == 1  # the failure was not remembered


@pytest.mark.skipif(not office_version(), reason="LibreOffice is not installed")
def test_office_documents_that_may_not_go_become_pdfs_that_say_no_time(tmp_path: Path) -> None:
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    book = store.item(kit.workbook([["Jumlah", 12]]), Media.SPREADSHEET, ".xlsx", active=("macro",), title="Rekap")
    found = packed(store, work, upload("12.1", book))
    assert "diubah menjadi PDF" in found.rows[0].placed.remarks[0]
    [path] = files(work)
    assert path.name.endswith("Rekap.pdf")
    with pikepdf.open(path) as pdf:
        assert not pdf.docinfo
        assert "/Metadata" not in pdf.Root


@pytest.mark.skipif(not office_version(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_workbooks_of_other_formats_go_as_one_of_today_the_same_bytes_each_time(suffix: str, tmp_path: Path) -> None:
    """As pages of a PDF a wide table fell to pieces, and a narrow column was ``###``."""
    rows = [["Kelurahan", *(f"Kolom {number}" for number in range(40))], ["Contoh", *range(1_000_000, 1_000_040)]]
    (tmp_path / "buku.xlsx").write_bytes(kit.workbook(rows))
    (tmp_path / "lama").mkdir()
    old = office_to(suffix, tmp_path / "buku.xlsx", "xlsx", tmp_path / "lama")
    assert old is not None
    sets = []
    for name in ("satu", "dua"):
        store, work = Store(tmp_path / name), tmp_path / name / "2024" / "w"
        book = store.item(old.read_bytes(), Media.SPREADSHEET, f".{suffix}", title="Rekap")
        found = packed(store, work, upload("12.1", book))
        assert found.rows[0].placed.remarks[0].endswith("disimpan ulang sebagai Excel (.xlsx)")
        sets.append(files(work))

    ([first], [second]) = sets

    assert first.name.endswith("Rekap.xlsx")
    assert first.read_bytes() == second.read_bytes()
    (sheet,) = open_workbook(first).sheets
    assert [list(row) for row in sheet.rows] == rows


def with_basic(ods: bytes) -> bytes:
    """The same workbook with a module of macros."""
    module = (
        b'<?xml version="1.0"?><script:module xmlns:script="http://openoffice.org/2000/script">Sub A</script:module>'
    )
    listed = b'<manifest:file-entry manifest:full-path="Basic/Standard/M.xml" manifest:media-type="text/xml"/>'
    with zipfile.ZipFile(io.BytesIO(ods)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    end = b"</manifest:manifest>"
    members["META-INF/manifest.xml"] = members["META-INF/manifest.xml"].replace(end, listed + end)
    return kit.packed(members | {"Basic/Standard/M.xml": module})


def with_project() -> bytes:
    """A workbook of today with a project of macros."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Rekap").write_row(0, 0, ["Jumlah", 12])
        book.add_vba_project(io.BytesIO(b"macros"), is_stream=True)
    return out.getvalue()


@pytest.mark.skipif(not office_version(), reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("suffix", "active"),
    [("xls", ("macro",)), ("ods", ("macro",)), ("xlsm", ("macro",)), ("xlsm", ("macro", "macro-auto"))],
)
def test_a_workbook_with_macros_goes_as_one_of_today_without_them(
    suffix: str, active: tuple[str, ...], tmp_path: Path
) -> None:
    """As pages of a PDF its wide tables would fall to pieces; macros that run by themselves stay behind like others."""
    (tmp_path / "buku.xlsx").write_bytes(kit.workbook([["Jumlah", 12]]))
    (tmp_path / "lama").mkdir()
    old = None if suffix == "xlsm" else office_to(suffix, tmp_path / "buku.xlsx", "xlsx", tmp_path / "lama")
    content = with_project() if old is None else old.read_bytes()
    content = with_basic(content) if suffix == "ods" else content
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    book = store.item(content, Media.SPREADSHEET, f".{suffix}", active=active, title="Rekap")
    found = packed(store, work, upload("12.1", book))

    [path] = files(work)
    assert path.suffix == ".xlsx"
    assert found.rows[0].placed.remarks[0].endswith("disimpan ulang sebagai Excel (.xlsx); makronya tidak ikut")
    (sheet,) = open_workbook(path).sheets
    assert [list(row) for row in sheet.rows] == [["Jumlah", 12]]
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "basic" in name.lower()]


@pytest.mark.skipif(not office_version(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("active", ["embedded-object", "activex", "dde", "xlm-macro", "not-searched"])
def test_a_workbook_with_other_active_content_goes_as_what_it_shows(active: str, tmp_path: Path) -> None:
    """Objects of other programs, and what is fetched, might come along into an .xlsx."""
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    book = store.item(with_project(), Media.SPREADSHEET, ".xlsm", active=("macro", active), title="Rekap")
    packed(store, work, upload("12.1", book))

    assert [path.suffix for path in files(work)] == [".pdf"]


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/embeddings/oleObject1.bin", "xl/externalLinks/externalLink1.xml"]
)
def test_a_workbook_that_kept_more_than_cells_is_not_passed_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the office program leaves out is its own affair: the result is looked at."""
    made = tmp_path / "dibuat.xlsx"

    def saved(*_: object) -> Path:
        return made

    monkeypatch.setattr("flows.publish.upload.workbooks.office_to", saved)
    kept = []
    for place, more in enumerate(({}, {name: b"x"})):
        with zipfile.ZipFile(io.BytesIO(kit.workbook([["Jumlah", 12]]))) as archive:
            members = {each: archive.read(each) for each in archive.namelist()}
        made.write_bytes(kit.packed(members | more))
        folder = tmp_path / str(place)
        folder.mkdir()
        kept.append(as_xlsx(made, "xls", folder, 10**6))
    assert kept == ["buku-kerja.xlsx", None]


def test_without_an_office_program_they_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.libreoffice.shutil.which", lambda _: None)
    monkeypatch.setattr("flows.publish.upload.fitting.office_version", str)
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    book = store.item(kit.workbook([["Jumlah", 12]]), Media.SPREADSHEET, ".xlsx", active=("macro",))
    slides = store.item(kit.packed({"ppt/presentation.xml": b"<x/>"}), Media.SLIDES, ".pptx")
    said = packed(store, work, upload("12.1", book, slides)).rows[0].placed.remarks
    assert files(work) == []
    assert "memuat makro" in said[0]
    assert "serahkan sebagai PDF" in said[1]


def with_photo(place: bool) -> bytes:  # noqa: FBT001
    """A workbook with a photo in it that says where it was taken, or does not."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Rekap")
        sheet.write_row(0, 0, ["Jumlah", 12])
        notes = photo_kit.notes(place=(7.5, 111.5)) if place else None
        photo = photo_kit.jpeg(photo_kit.scene(3), exif=notes)
        sheet.insert_image(2, 0, "foto.jpg", {"image_data": io.BytesIO(photo)})
    return out.getvalue()


@pytest.mark.skipif(not office_version(), reason="LibreOffice is not installed")
@pytest.mark.parametrize(("suffix", "is_seen"), [("ods", True), ("ods", False), ("xls", False)])
def test_a_photo_within_an_old_workbook_takes_no_place_with_it(suffix: str, is_seen: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Saved anew as .xlsx, the photo would be the same bytes, and the home of a child could be found on a map.

    Nobody sees them in an .xls, where the photo lies in pieces.
    """
    (tmp_path / "buku.xlsx").write_bytes(with_photo(place=True))
    (tmp_path / "lama").mkdir()
    old = office_to(suffix, tmp_path / "buku.xlsx", "xlsx", tmp_path / "lama")
    assert old is not None
    store, work = Store(tmp_path / "isi"), tmp_path / "k" / "2024" / "w"
    book = store.item(old.read_bytes(), Media.SPREADSHEET, f".{suffix}", says_where=is_seen, title="Rekap")
    packed(store, work, upload("12.1", book))

    [path] = files(work)
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            assert any(name.startswith("xl/media/") for name in archive.namelist()), "the photo itself goes along"
            content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Exif\x00\x00" not in content


def test_other_pictures_with_notes_are_not_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "dibuat.xlsx"
    monkeypatch.setattr("flows.publish.upload.workbooks.office_to", lambda *_: made)
    kept = []
    for place, noted in enumerate((None, photo_kit.notes(place=(7.5, 111.5)))):
        picture = photo_kit.saved(photo_kit.scene(3), "PNG", noted)
        made.write_bytes(kit.packed({"xl/workbook.xml": b"<workbook/>", "xl/media/image1.png": picture}))
        folder = tmp_path / str(place)
        folder.mkdir()
        kept.append(as_xlsx(made, "ods", folder, 10**7))
    assert kept == ["buku-kerja.xlsx", None]


def test_how_a_program_numbers_the_objects_of_a_pdf_does_not_matter(tmp_path: Path) -> None:
    """LibreOffice numbers fonts by where they happen to lie in its memory: the same document twice, the same bytes."""
    made = []
    for place, fonts in enumerate((("/F1", "/F2"), ("/F2", "/F1"))):
        with pikepdf.new() as pdf:
            numbered = {name: pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Is=name)) for name in fonts}
            for letters in (b"(a) Tj", b"(b) Tj"):
                pdf.add_blank_page(page_size=(200, 200))
                page = pdf.pages[-1].obj
                page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(dict(sorted(numbered.items()))))
                page.Contents = pdf.make_stream(b"BT /F1 9 Tf " + letters + b" /F2 9 Tf " + letters + b" ET")
            given = tmp_path / f"{place}.pdf"
            pdf.save(given, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
        folder = tmp_path / f"unggah-{place}"
        folder.mkdir()
        (path,), _ = fit_pdf(given, folder, 1_000_000, is_scan=False)
        made.append((given.read_bytes(), path.read_bytes()))
    assert made[0][0] != made[1][0], "else this test shows nothing"
    assert made[0][1] == made[1][1]


# --------------------------------------------------------------------------------------------------------------------
# Films and recordings

FILM = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(5_000)


def film_set(content: bytes, tmp_path: Path, *types: str, suffix: str = ".mp4", work: str = "kerja") -> Set:
    tmp_path.mkdir(exist_ok=True)
    store = Store(tmp_path / "brankas")
    item = store.item(content, Media.OTHER, suffix, file_name=f"Film kegiatan{suffix}")
    limits = replace(LIMITS, types=("pdf", "jpg", *types))
    return Set(store, tmp_path / work, packed(store, tmp_path / work, upload("12.1", item), limits=limits))


def test_a_film_goes_untouched_only_where_its_type_is_taken(tmp_path: Path) -> None:
    """Nothing here can look into it, which is what the sheet says to whoever uploads it."""
    taken = film_set(FILM, tmp_path / "a", "mp4", "mov")
    (path,) = taken.of("12.1")
    assert path.suffix == ".mp4"
    assert path.read_bytes() == FILM
    assert "putar seluruhnya sebelum diunggah" in taken.remarks("12.1")
    again = film_set(FILM, tmp_path / "a", "mp4", "mov", work="lagi")  # from the cabinet
    assert [each.read_bytes() for each in again.of("12.1")] == [FILM]
    assert again.remarks("12.1") == taken.remarks("12.1")

    refused = film_set(FILM, tmp_path / "b")
    assert refused.of("12.1") == []
    assert "rekaman tidak diterima aplikasi; serahkan beberapa fotonya" in refused.remarks("12.1")
    assert "Film kegiatan.mp4" in refused.remarks("12.1")


@pytest.mark.parametrize(
    ("content", "suffix", "said"),
    [
        (b"MZ program" + bytes(100), ".mp4", "tidak sesuai dengan akhiran namanya"),
        (FILM, ".mp3", "tidak sesuai dengan akhiran namanya"),
        (FILM[:-9] + b"\xa9xyz" + bytes(5), ".mov", "menyebut lokasi pengambilannya"),
        (FILM + bytes(LIMITS.bytes), ".mp4", "terlalu besar"),
    ],
    ids=["program", "other", "place", "large"],
)
def test_a_film_that_may_not_go_is_told_with_its_repair(content: bytes, suffix: str, said: str, tmp_path: Path) -> None:
    done = film_set(content, tmp_path, "mp4", "mov", "mp3", suffix=suffix)
    assert done.of("12.1") == []
    assert said in done.remarks("12.1")


def test_a_place_on_the_edge_of_two_pieces_is_found(tmp_path: Path) -> None:
    edge = (1 << 20) + 10
    content = FILM[:100] + bytes(edge - 100) + b"com.apple.quicktime.location" + bytes(2_000_000)
    item = Store(tmp_path / "brankas").item(content, Media.OTHER, ".mov")
    path = tmp_path / "brankas" / item.sha256
    assert fit_film(item, path, len(content)).trouble == "rekaman-lokasi"


def test_a_film_is_gathered_as_what_uploads_take_it_for(tmp_path: Path) -> None:
    (file,) = kit.take(kit.write(tmp_path, {"Dinkes/12.1 Film kegiatan.mp4": FILM})).files
    assert (file.media, file.condition) == (Media.OTHER, Condition.GOOD)
