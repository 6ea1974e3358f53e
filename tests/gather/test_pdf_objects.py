"""A number of a person is found in every string and stream of a PDF, and in what earlier versions of it held."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from flows import bounds
from flows.gather.inspect import Inspection
from flows.model import Condition, ExposureKind, Reach
from tests.gather.kit import pdf
from tests.gather.photo_kit import jpeg, notes, scene
from tests.gather.scan_kit import MASKED, NIK, look, pdf_with

Paper = Any
"""A document of pikepdf, or a part of one."""
PLAIN = ["Laporan kegiatan rekaan tahun 2023"]
CHILDREN = ["Daftar nama anak", "No Nama Tanggal Lahir", "1. Anak Satu 5 Mei 2012", "2. Anak Dua 6 Mei 2013",
            "3. Anak Tiga 7 Mei 2014", "4. Anak Empat 8 Juni 2012"]  # fmt: skip


def places(found: Inspection) -> list[tuple[str, str]]:
    return [(one.example, one.hidden) for one in found.exposures]


def put(document: Paper, **values: Paper) -> None:
    """Into an object that nothing points to but the catalog."""
    import pikepdf

    document.Root.Rekaan = document.make_indirect(pikepdf.Dictionary(**values))
    document.Root.Panjang = document.make_indirect(5)


def _xfa(document: Paper) -> None:
    import pikepdf

    data = document.make_stream(f"<xfa:datasets><anak><nik>{NIK}</nik></anak></xfa:datasets>".encode())
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pikepdf.Array(["datasets", data]))


def _structure(key: str) -> Callable[[Paper], None]:
    def change(document: Paper) -> None:
        import pikepdf

        part = document.make_indirect(pikepdf.Dictionary({"/S": pikepdf.Name.Figure, key: f"akta {NIK}"}))
        document.Root.StructTreeRoot = document.make_indirect(pikepdf.Dictionary(K=pikepdf.Array([part])))

    return change


def _layer(document: Paper) -> None:
    import pikepdf

    layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=f"NIK {NIK}"))
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]))


def _destination(document: Paper) -> None:
    import pikepdf

    names = pikepdf.Array([f"anak {NIK}", pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])])
    document.Root.Names = pikepdf.Dictionary(Dests=document.make_indirect(pikepdf.Dictionary(Names=names)))


def _old_destination(document: Paper) -> None:
    import pikepdf

    document.Root.Dests = pikepdf.Dictionary({f"/anak.{NIK}": pikepdf.Array([document.pages[0].obj])})


def _label(document: Paper) -> None:
    import pikepdf

    document.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(P=f"{NIK} hal. ")]))


def _tooltip(document: Paper) -> None:
    import pikepdf

    field = document.make_indirect(pikepdf.Dictionary(T="nama", FT=pikepdf.Name.Tx, TU=f"NIK {NIK}"))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


def _script(document: Paper) -> None:
    put(document, S="/JavaScript", JS=f'app.alert("NIK {NIK[:8]} {NIK[8:]}");')


def _script_in_a_stream(document: Paper) -> None:
    put(document, JS=document.make_stream(f'var nik = "NIK {NIK[:4]} {NIK[4:8]} {NIK[8:]}";'.encode()))


def _address(document: Paper) -> None:
    import pikepdf

    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://contoh.invalid/?nik={NIK}")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])


def _private(document: Paper) -> None:
    import pikepdf

    document.pages[0].PieceInfo = pikepdf.Dictionary(Program=pikepdf.Dictionary(Private=f"{NIK}"))


def _private_stream(document: Paper) -> None:
    import pikepdf

    private = document.make_stream(b"q 99 71 01 45 05 12 00 01 re\nnik 1\n" + NIK.encode() + b"\n")
    document.pages[0].PieceInfo = pikepdf.Dictionary(Program=pikepdf.Dictionary(Private=private))


def _appearance(document: Paper) -> None:
    import pikepdf

    drawing = document.make_stream(f"BT [({NIK[:4]}) -20 ({NIK[4:]})] TJ ET".encode())
    drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp, AP=pikepdf.Dictionary(N=drawing))
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])


def _properties_of_an_object(document: Paper) -> None:
    import pikepdf

    packet = document.make_stream(f"<x:xmpmeta><a>{NIK}</a></x:xmpmeta>".encode())
    packet.Type, packet.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    document.pages[0].Metadata = packet


def put_photo(document: Paper, source: bytes) -> None:
    """A JPEG of 80 by 60 dots on the first page, byte for byte."""
    import pikepdf

    photo = document.make_stream(source, Width=80, Height=60, BitsPerComponent=8)
    photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    photo.ColorSpace, photo.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    document.pages[0].Resources.XObject = pikepdf.Dictionary(Im0=photo)


def _photo(document: Paper) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = f"NIK {NIK}"
    put_photo(document, jpeg(scene(1, (80, 60)), exif=exif))


def _behind_a_photo(document: Paper) -> None:
    put_photo(document, jpeg(scene(2, (80, 60))) + f"\nNIK {NIK}\n".encode())


def _wide(document: Paper) -> None:
    put(document, Catatan=f"NIK \u2013 {NIK}")


@pytest.mark.parametrize(
    ("change", "hidden"),
    [
        (_xfa, "xml"),
        *((_structure(key), "elsewhere") for key in ("/Alt", "/ActualText", "/E", "/T")),
        (_layer, "elsewhere"),
        (_destination, "elsewhere"),
        (_old_destination, "elsewhere"),
        (_label, "elsewhere"),
        (_tooltip, "elsewhere"),
        (_script, "elsewhere"),
        (_script_in_a_stream, "elsewhere"),
        (_address, "elsewhere"),
        (_private, "elsewhere"),
        (_private_stream, "elsewhere"),
        (_appearance, "elsewhere"),
        (_properties_of_an_object, "properties"),
        (_photo, "picture"),
        (_behind_a_photo, "picture"),
        (_wide, "elsewhere"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_no_object_of_a_pdf_hides_one(tmp_path: Path, change: Callable[[Paper], None], hidden: str) -> None:
    import pikepdf

    source = pdf_with(change)
    found = look(tmp_path, "a.pdf", source)
    assert (places(found), found.exposures[0].count, found.reach) == ([(MASKED, hidden)], 1, Reach.WHOLE)
    packed, locked = BytesIO(), BytesIO()
    with pikepdf.open(BytesIO(source)) as document:
        document.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
        document.save(locked, encryption=pikepdf.Encryption(owner="rekaan", user=""))
    for saved in (packed, locked):
        again = look(tmp_path, "a.pdf", saved.getvalue())
        assert (places(again), again.reach) == ([(MASKED, hidden)], Reach.WHOLE)


@pytest.mark.parametrize(("place", "kinds"), [((7.0, 112.0), {ExposureKind.PLACE}), ((0.0, 0.0), set()), (None, set())])
def test_a_photo_in_a_pdf_says_where_it_was_taken(
    tmp_path: Path, place: tuple[float, float] | None, kinds: set[ExposureKind]
) -> None:
    """Programs that make a PDF of photos keep the notes of the camera; zeros are those of one without reception."""
    photo = jpeg(scene(3, (80, 60)), exif=notes(taken="2023:05:05 10:00:00", place=place))
    found = look(tmp_path, "a.pdf", pdf_with(lambda document: put_photo(document, photo), PLAIN))
    assert {each.kind for each in found.exposures} == kinds


@pytest.mark.parametrize(
    "filters", [["FlateDecode"], ["ASCII85Decode"], ["ASCIIHexDecode"], ["ASCII85Decode", "FlateDecode"]]
)
def test_a_photo_that_is_wrapped_says_no_less(tmp_path: Path, filters: list[str]) -> None:
    """A program for reports writes photos in letters, others pack them once more."""
    photo = jpeg(scene(3, (80, 60)), exif=notes(taken="2023:05:05 10:00:00", place=(7.0, 112.0)))

    def wrap(document: Paper) -> None:
        put_photo(document, _wrapped(photo, filters))
        names = [pikepdf.Name(f"/{each}") for each in (*filters, "DCTDecode")]
        document.pages[0].Resources.XObject.Im0.Filter = pikepdf.Array(names)

    found = look(tmp_path, "a.pdf", pdf_with(wrap, PLAIN))
    assert ([each.kind for each in found.exposures], found.reach) == ([ExposureKind.PLACE], Reach.WHOLE)


def _wrapped(photo: bytes, filters: list[str]) -> bytes:
    for each in reversed(filters):
        match each:
            case "FlateDecode":
                photo = zlib.compress(photo)
            case "ASCII85Decode":
                photo = base64.a85encode(photo, wrapcol=70) + b"~>"
            case _:
                photo = photo.hex().encode() + b">"
    return photo


def test_a_photo_whose_wrapping_nobody_knows_makes_it_one_looked_at_in_part(tmp_path: Path) -> None:
    def wrap(document: Paper) -> None:
        put_photo(document, b"rekaan")
        filters = pikepdf.Array([pikepdf.Name.LZWDecode, pikepdf.Name.DCTDecode])
        document.pages[0].Resources.XObject.Im0.Filter = filters

    assert look(tmp_path, "a.pdf", pdf_with(wrap, PLAIN)).reach is Reach.PART


def note(document: Paper, area: list[int], look: Paper, kind: str = "/Stamp") -> None:
    """A note of that look on the first page."""
    import pikepdf

    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = pikepdf.Array([0, 0, area[2] - area[0], area[3] - area[1]])
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=pikepdf.Array(area), AP=pikepdf.Dictionary(N=look)
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(stamp)])


def composite_font(document: Paper) -> Paper:
    """A font whose letters have numbers of their own, as programs embed them: the digit 0 is 19."""
    import pikepdf

    table = (
        "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0013> <001c> <0030> endbfrange"
    )
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name.Rekaan,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name.Rekaan,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([document.make_indirect(inner)]),
        ToUnicode=document.make_stream(f"{table} endcmap".encode()),
    )


def test_letters_of_notes_that_only_their_font_tells_are_read(tmp_path: Path) -> None:
    """Filled fields and stamps are drawn with fonts whose numbers of letters mean nothing by themselves."""
    import pikepdf

    def change(document: Paper) -> None:
        codes = "".join(f"{0x13 + int(digit):04x}" for digit in NIK)
        look = document.make_stream(f"BT /F1 10 Tf 5 5 Td <{codes}> Tj ET".encode())
        look.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=document.make_indirect(composite_font(document)))
        )
        note(document, [50, 50, 300, 80], look)

    found = look(tmp_path, "a.pdf", pdf_with(change, PLAIN))
    assert [(one.example, one.page, one.hidden) for one in found.exposures] == [(MASKED, 1, "")]
    assert found.reach is Reach.WHOLE


@pytest.mark.parametrize(("area", "reach"), [([50, 50, 550, 500], Reach.PART), ([400, 50, 500, 150], Reach.WHOLE)])
def test_a_photo_pasted_as_a_stamp_can_be_seen_only(tmp_path: Path, area: list[int], reach: Reach) -> None:
    """A seal or the code of a signature is small, and ordinary."""
    import pikepdf

    def change(document: Paper) -> None:
        photo = document.make_stream(b"\x80" * 64, Width=8, Height=8, BitsPerComponent=8)
        photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        photo.ColorSpace = pikepdf.Name.DeviceGray
        look = document.make_stream(b"q 500 0 0 450 0 0 cm /Im0 Do Q")
        look.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=photo))
        note(document, area, look)

    assert look(tmp_path, "a.pdf", pdf_with(change, PLAIN)).reach is reach


def test_what_pages_show_is_not_told_again(tmp_path: Path) -> None:
    found = look(tmp_path, "a.pdf", pdf_with(_structure("/ActualText"), [f"akta {NIK}"]))
    assert places(found) == [(MASKED, "")]


def test_dates_and_drawings_are_no_numbers_of_persons(tmp_path: Path) -> None:
    def change(document: Paper) -> None:
        import pikepdf

        put(document, ModDate="D:20120505120001+07'00'", W=pikepdf.Array([9971, 145, 512, 1]))
        drawing = document.make_stream(b"9971 0145 0512 0001 re f 0.9971014505120001 0 0 1 0 0 cm")
        drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        put(document, X=drawing, Y=document.make_stream(b"0.9971014505120001 w 9971 0145 0512 0001 re"))

    found = look(tmp_path, "a.pdf", pdf_with(change))
    assert (found.exposures, found.reach) == ((), Reach.WHOLE)


def test_a_stream_that_unpacks_without_end_makes_a_pdf_one_looked_at_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(document: Paper) -> None:
        put(document, X=document.make_stream(b"<a>" + b"0" * 200_000))

    assert look(tmp_path, "a.pdf", pdf_with(change)).reach is Reach.WHOLE
    monkeypatch.setattr(bounds, "PDF_STREAM_BYTES", 100_000)
    assert look(tmp_path, "a.pdf", pdf_with(change)).reach is Reach.PART
    monkeypatch.undo()
    monkeypatch.setattr(bounds, "SCAN_OBJECTS", 3)
    assert look(tmp_path, "a.pdf", pdf_with(change)).reach is Reach.PART


def updated(source: bytes, *changed: str, gone: tuple[int, ...] = ()) -> bytes:
    """``source`` saved again by adding to its end: objects as "5 0 obj …", and numbers of those that are gone."""
    import re

    address = int(re.findall(rb"startxref\s+(\d+)", source)[-1])
    trailer = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref", source, re.DOTALL)[-1]
    trailer = re.sub(rb"/Prev \d+", b"", trailer)
    body, table = source + b"\n", ""
    for each in changed:
        table += f"{each.split()[0]} 1\n{len(body):010} 00000 n \n"
        body += each.encode("latin-1") + b"\nendobj\n"
    for number in gone:
        table += f"{number} 1\n0000000000 00001 f \n"
    start = len(body)
    return (
        body
        + b"xref\n"
        + table.encode()
        + b"trailer <<"
        + trailer
        + f"/Prev {address} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def number_of(source: bytes, at: int = 0, key: str = "") -> int:
    """Number of the object of a page, or of one of its keys."""
    import pikepdf

    with pikepdf.open(BytesIO(source)) as document:
        page: Paper = document.pages[at].obj
        return int((page.get(key) if key else page).objgen[0])


def stream(number: int, text: str) -> str:
    shown = f"BT /F1 10 Tf 40 750 Td ({text}) Tj ET"
    return f"{number} 0 obj << /Length {len(shown)} >> stream\n{shown}\nendstream"


def test_a_page_that_was_written_over_is_found(tmp_path: Path) -> None:
    source = pdf(PLAIN, [f"NIK : {NIK}"])
    again = updated(source, stream(number_of(source, 1, "/Contents"), "kosong"))
    found = look(tmp_path, "a.pdf", again)
    assert (places(found), found.exposures[0].page, found.reach) == ([(MASKED, "earlier")], 2, Reach.WHOLE)
    assert found.exposures[0].count == 1
    third = updated(again, stream(number_of(source, 1, "/Contents"), "masih kosong"))
    assert places(look(tmp_path, "b.pdf", third)) == [(MASKED, "earlier")]


@pytest.mark.parametrize("owner", ["", "rekaan"])
def test_versions_are_told_apart_however_the_file_is_packed(tmp_path: Path, owner: str) -> None:
    """Tables of objects as streams, objects within streams, and strings that only a password may change."""
    import pikepdf
    from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    target = BytesIO()
    with pikepdf.open(BytesIO(pdf_with(lambda document: put(document, T=f"akta {NIK}")))) as document:
        mode = pikepdf.ObjectStreamMode.generate
        document.save(target, object_stream_mode=mode, encryption=pikepdf.Encryption(owner=owner) if owner else False)
    writer: Paper = IncrementalPdfFileWriter(target)
    if owner:
        writer.encrypt("")
    part = writer.root["/Rekaan"]
    part[pdf_name("/T")] = TextStringObject("kosong")
    writer.update_container(part)
    writer.write_in_place()
    found = look(tmp_path, "a.pdf", target.getvalue())
    assert (places(found), found.reach) == ([(MASKED, "earlier")], Reach.WHOLE)


def test_a_list_of_children_on_a_page_that_was_written_over_is_found(tmp_path: Path) -> None:
    source = pdf(CHILDREN)
    assert [one.kind for one in look(tmp_path, "a.pdf", source).exposures] == [ExposureKind.CHILD_LIST]
    found = look(tmp_path, "a.pdf", updated(source, stream(number_of(source, 0, "/Contents"), "kosong")))
    assert [(one.kind, one.hidden) for one in found.exposures] == [(ExposureKind.CHILD_LIST, "earlier")]


def test_an_earlier_version_without_the_mark_of_its_end_is_found(tmp_path: Path) -> None:
    source = pdf(PLAIN, [f"NIK : {NIK}"])
    again = updated(source.replace(b"%%EOF", b""), stream(number_of(source, 1, "/Contents"), "kosong"))
    found = look(tmp_path, "a.pdf", again)
    assert (places(found), found.reach) == ([(MASKED, "earlier")], Reach.WHOLE)


def test_a_page_that_was_taken_out_is_found(tmp_path: Path) -> None:
    import pikepdf

    source = pdf(PLAIN, [f"NIK : {NIK}"])
    with pikepdf.open(BytesIO(source)) as document:
        pages = int(document.Root.Pages.objgen[0])
    kept, lost = number_of(source), number_of(source, 1)
    tree = f"{pages} 0 obj << /Type /Pages /Kids [ {kept} 0 R ] /Count 1 >>"
    for gone in ((), (lost, number_of(source, 1, "/Contents"))):
        found = look(tmp_path, "a.pdf", updated(source, tree, gone=gone))
        assert (places(found), found.pages, found.reach) == ([(MASKED, "earlier")], 1, Reach.WHOLE)


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_string_that_was_changed_or_removed_is_found(tmp_path: Path, is_gone: bool) -> None:  # noqa: FBT001
    import pikepdf

    source = pdf_with(lambda document: put(document, T=f"akta {NIK}"))
    with pikepdf.open(BytesIO(source)) as document:
        number = int(document.Root["/Rekaan"].objgen[0])
        root, pages = int(document.Root.objgen[0]), int(document.Root.Pages.objgen[0])
    catalog = f"{root} 0 obj << /Type /Catalog /Pages {pages} 0 R >>"
    changed = (catalog,) if is_gone else (f"{number} 0 obj << /T (akta) >>",)
    found = look(tmp_path, "a.pdf", updated(source, *changed, gone=(number,) if is_gone else ()))
    assert (places(found), found.reach) == ([(MASKED, "earlier")], Reach.WHOLE)


def test_a_page_that_only_was_signed_is_not_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As electronic signatures do: the page gets an annotation, and its words stay."""
    monkeypatch.setattr("flows.gather.pdf_earlier.read_some_pages", None)
    source = pdf([f"NIK : {NIK}"])
    number, contents = number_of(source), number_of(source, 0, "/Contents")
    signed = updated(
        source, f"{number} 0 obj << /Type /Page /MediaBox [0 0 612 792] /Contents {contents} 0 R /Annots [] >>"
    )
    found = look(tmp_path, "a.pdf", signed)
    assert (places(found), found.reach) == ([(MASKED, "")], Reach.WHOLE)


def test_a_file_for_quick_display_has_no_earlier_version(tmp_path: Path) -> None:
    import pikepdf

    target = BytesIO()
    with pikepdf.open(BytesIO(pdf(PLAIN, [f"NIK : {NIK}"]))) as document:
        document.save(target, linearize=True)
    assert target.getvalue().count(b"%%EOF") == 2
    found = look(tmp_path, "a.pdf", target.getvalue())
    assert (places(found), found.reach) == ([(MASKED, "")], Reach.WHOLE)


def test_what_stands_behind_the_end_or_before_the_beginning_is_found(tmp_path: Path) -> None:
    for content in (pdf(PLAIN) + f"\nNIK {NIK}\n".encode(), f"NIK {NIK}\n".encode() + pdf(PLAIN)):
        found = look(tmp_path, "a.pdf", content)
        assert (found.condition, places(found), found.reach) == (Condition.GOOD, [(MASKED, "elsewhere")], Reach.WHOLE)


def test_too_many_versions_make_a_pdf_one_looked_at_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = pdf(PLAIN)
    contents = number_of(source, 0, "/Contents")
    for turn in range(4):
        source = updated(source, stream(contents, f"versi {turn}"))
    assert look(tmp_path, "a.pdf", source).reach is Reach.WHOLE
    monkeypatch.setattr(bounds, "PDF_EARLIER", 2)
    assert look(tmp_path, "a.pdf", source).reach is Reach.PART


def test_a_page_that_is_in_no_book_any_more_is_looked_at(tmp_path: Path) -> None:
    """Templates, and pages that were taken out and left lying."""

    def change(document: Paper) -> None:
        import pikepdf

        contents = document.make_stream(f"BT /F1 10 Tf (NIK {NIK}) Tj ET".encode())
        fonts = document.pages[0].Resources
        put(document, Type=pikepdf.Name.Page, Contents=contents, Resources=fonts)

    assert places(look(tmp_path, "a.pdf", pdf_with(change, PLAIN))) == [(MASKED, "elsewhere")]


def test_a_file_within_that_no_known_place_leads_to_makes_it_looked_at_in_part(tmp_path: Path) -> None:
    def change(document: Paper) -> None:
        import pikepdf

        stream = document.make_stream(f"NIK {NIK}".encode(), Type=pikepdf.Name.EmbeddedFile)
        put(document, Type=pikepdf.Name.Filespec, F="a.txt", EF=pikepdf.Dictionary(F=stream))

    assert look(tmp_path, "a.pdf", pdf_with(change, PLAIN)).reach is Reach.PART


def test_letters_that_no_font_explains_make_it_looked_at_in_part(tmp_path: Path) -> None:
    """People read them; a program gets signs without meaning."""

    def change(document: Paper) -> None:
        import pikepdf

        names = pikepdf.Array([0, *(pikepdf.Name(f"/g{number}") for number in range(40))])
        encoding = pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=names)
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Rekaan, Encoding=encoding
        )
        page = document.pages[0]
        page.Resources.Font.F2 = font
        signs = "".join(f"{number % 28 + 1:02x}" for number in range(300))
        page.Contents = document.make_stream(f"BT /F2 10 Tf 40 700 Td <{signs}> Tj ET".encode())

    assert look(tmp_path, "a.pdf", pdf_with(change, PLAIN)).reach is Reach.PART
