"""What a document would do or carry besides showing its pages does not reach the dossier; what it shows does."""

from __future__ import annotations

import base64
import io
import itertools
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from flows.render.annex.job import TroubleError
from flows.render.annex.pdfs import wrapped_pdf
from flows.render.values import Bookmark, Spot
from tests.gather.kit import pdf as text_pdf
from tests.gather.photo_kit import jpeg, notes, scene
from tests.gather.signing_kit import plain, signatory, signed
from tests.render.annex.page_kit import (
    FORBIDDEN_KEYS,
    add_page,
    carried,
    darkest,
    difference,
    everything,
    marked,
    shown,
    shown_prepared,
)

NIK = "9971010101010001"


def active(path: Path) -> Path:
    """A PDF with something active or hidden wherever there is a place for it."""
    with pikepdf.new() as pdf:
        first, second = add_page(pdf), add_page(pdf)
        script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('rahasia')")))
        file = Dictionary(
            EF=Dictionary(F=pdf.make_stream(b"rahasia di dalam berkas", Type=Name.EmbeddedFile)), F="x.txt"
        )
        specification = pdf.make_indirect(Dictionary(Type=Name.Filespec, UF="x.txt", **file))
        notes = pdf.make_stream(b"<rahasia/>", Type=Name.Metadata, Subtype=Name.XML)
        root = pdf.Root
        root.OpenAction, root.AA, root.Metadata, root.AF = script, Dictionary(WC=script), notes, [specification]
        root.Names = Dictionary(
            JavaScript=Dictionary(Names=[String("a"), script]),
            EmbeddedFiles=Dictionary(Names=[String("x"), specification]),
        )
        root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=[]))
        root.MarkInfo, root.PageLabels = Dictionary(Marked=True), Dictionary(Nums=[0, Dictionary(S=Name.r)])
        first.AA, first.Metadata, first.PieceInfo, first.Thumb = Dictionary(O=script), notes, Dictionary(X=notes), notes
        first.StructParents, first.AF, first.B = 0, [specification], [second]
        form = pdf.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, BBox=[0, 0, 9, 9], StructParent=3)
        form.Metadata, form.PieceInfo, form.AF, form.Ref = (
            notes,
            Dictionary(X=notes),
            [specification],
            Dictionary(F="y"),
        )
        form.OC, form.Resources = Dictionary(Type=Name.OCG, Name="L"), Dictionary(XObject=Dictionary(Loncat=second))
        first.Resources.XObject = Dictionary(Bentuk=form)
        first.Resources.Properties = Dictionary(
            MC0=Dictionary(ActualText="Contoh", P=second, A=script), MC1=Dictionary(Type=Name.OCG, Name="L"), MC2=first
        )
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99], A=Dictionary(S=Name.URI, URI="x:y"))
        attached = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=specification)
        first.Annots = [pdf.make_indirect(link), pdf.make_indirect(attached)]
        pdf.docinfo.Title, pdf.docinfo.Author = "rahasia", "rahasia"
        pdf.save(path)
    return path


def test_nothing_active_or_hidden_is_left_anywhere(tmp_path: Path) -> None:
    wrapped_pdf(active(tmp_path / "a.pdf"), tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        found = list(everything(pdf))
        keys = {key for each in found for key in each.keys()}  # noqa: SIM118
        kinds = [str(each.get("/Type")) for each in found]
        texts = [each.read_bytes() for each in found if isinstance(each, pikepdf.Stream) and "/Subtype2" not in each]
    assert keys & FORBIDDEN_KEYS == carried(tmp_path / "b.pdf") == set()
    assert carried(tmp_path / "a.pdf") >= {"/OpenAction", "/AF", "/Annots", "/Metadata", "/StructTreeRoot"}
    assert kinds.count("/Page") == 2
    assert not {"/Action", "/Annot", "/Filespec", "/EmbeddedFile", "/OCG", "/StructTreeRoot"} & set(kinds)
    assert not [text for text in texts if b"rahasia" in text]
    assert b"rahasia" not in (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("wrapping", [[], [Name.FlateDecode], [Name.ASCII85Decode, Name.FlateDecode]])
def test_photos_lose_what_the_camera_and_programs_wrote_into_them(tmp_path: Path, wrapping: list[Name]) -> None:
    """Where it was taken, its comments and text behind its end do not go along; the picture itself stays the same."""
    exif = notes(taken="2023:05:05 10:00:00", place=(7.0, 112.0))
    source = jpeg(scene(4, (90, 60)), exif=exif) + f"NIK {NIK}".encode()
    with pikepdf.new() as pdf:
        packed = zlib.compress(source) if Name.FlateDecode in wrapping else source
        packed = base64.a85encode(packed) + b"~>" if Name.ASCII85Decode in wrapping else packed
        photo = pdf.make_stream(packed, Width=90, Height=60, BitsPerComponent=8, Subtype=Name.Image)
        photo.ColorSpace, photo.Filter = Name.DeviceRGB, Array([*wrapping, Name.DCTDecode])
        page = add_page(pdf)
        page.Resources = Dictionary(XObject=Dictionary(Im0=photo))
        page.Contents = pdf.make_stream(b"q 200 0 0 150 20 20 cm /Im0 Do Q")
        pdf.save(tmp_path / "a.pdf")
    out = tmp_path / "b.pdf"
    wrapped_pdf(tmp_path / "a.pdf", out)
    with pikepdf.open(out) as pdf:
        [raw] = [each.read_raw_bytes() for each in everything(pdf) if each.get("/Subtype") == "/Image"]
    assert not any(trace in raw for trace in (b"Exif", b"2023:05:05", NIK.encode()))
    size = (400, 300)
    assert difference(shown(tmp_path / "a.pdf", size=size), shown_prepared(out, size=size)[0]) < 1


def test_words_for_those_who_cannot_see_stay(tmp_path: Path) -> None:
    wrapped_pdf(active(tmp_path / "a.pdf"), tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        lists = pdf.pages[0].Resources.XObject.Hlm.Resources.Properties
        assert {key: dict(lists[key]) for key in lists.keys()} == {  # noqa: SIM118
            "/MC0": {"/ActualText": String("Contoh")}, "/MC1": {}, "/MC2": {},
        }  # fmt: skip


def field(pdf: pikepdf.Pdf, value: str, *, needs_appearances: bool) -> None:
    page = pdf.pages[0].obj
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="isian", V=value, Rect=[100, 100, 340, 140], F=4,
            DA="/H 24 Tf 0 g", P=page,
        )
    )  # fmt: skip
    page.Annots = [widget]
    pdf.Root.AcroForm = Dictionary(
        Fields=[widget], DA="/H 24 Tf 0 g", DR=Dictionary(Font=page.Resources.Font), NeedAppearances=needs_appearances
    )


@pytest.mark.parametrize("needs_appearances", [True, False])
@pytest.mark.parametrize("turn", [0, 90])
def test_a_filled_field_is_printed(tmp_path: Path, turn: int, needs_appearances: bool) -> None:  # noqa: FBT001
    with pikepdf.new() as pdf:
        add_page(pdf, {"/Rotate": turn}, b"1 1 1 rg 0 0 400 300 re f")
        field(pdf, "Kota Contoh 2023", needs_appearances=needs_appearances)
        pdf.save(tmp_path / "a.pdf")
    wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")
    before = shown(tmp_path / "a.pdf")
    after, _ = shown_prepared(tmp_path / "b.pdf", size=before.size)
    assert darkest(before) < 90
    assert darkest(after) < 90
    assert text_of(tmp_path / "b.pdf") == "Kota Contoh 2023"


SHAPES = {"plain": b"0.9 g 0 0 240 40 re f BT /H 24 Tf 0 g 2 6 Td (LAMA) Tj ET", "none": None}
SHAPES["told apart"] = b"/Tx BMC BT /H 24 Tf 0 g 2 6 Td (LAMA) Tj ET EMC"


@pytest.mark.parametrize("is_kid", [True, False])
@pytest.mark.parametrize(
    ("shape", "needs_appearances", "printed"),
    [
        ("plain", True, "BARU"), ("told apart", True, "BARU"), ("none", True, "BARU"), ("none", False, "BARU"),
        ("plain", False, "LAMA"), ("told apart", False, "LAMA"),
    ],
)  # fmt: skip
def test_a_field_is_printed_once_with_the_value_that_a_viewer_shows(
    tmp_path: Path,
    shape: str,
    needs_appearances: bool,  # noqa: FBT001
    printed: str,
    is_kid: bool,  # noqa: FBT001
) -> None:
    """A new value was set upon an old shape that lacked the marks around it; one of a parent's was lost."""
    with pikepdf.new() as pdf:
        add_page(pdf, {}, b"1 1 1 rg 0 0 400 300 re f")
        field(pdf, "BARU", needs_appearances=needs_appearances)
        widget = pdf.pages[0].Annots[0]
        if drawing := SHAPES[shape]:
            resources = Dictionary(Font=pdf.pages[0].Resources.Font)
            stream = pdf.make_stream(drawing, Subtype=Name.Form, BBox=[0, 0, 240, 40], Resources=resources)
            widget.AP = Dictionary(N=stream)
        if is_kid:
            parent = Dictionary(FT=widget.FT, T=widget.T, V=widget.V, DA=widget.DA, Kids=[widget])
            widget.Parent = pdf.make_indirect(parent)
            pdf.Root.AcroForm.Fields = [widget.Parent]
            del widget["/V"], widget["/FT"], widget["/T"], widget["/DA"]
        pdf.save(tmp_path / "a.pdf")
    wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert text_of(tmp_path / "b.pdf") == printed
    ground = shown_prepared(tmp_path / "b.pdf", size=(400, 300))[0].convert("L").getpixel((330, 170))
    assert ground == (255 if shape != "plain" else pytest.approx(230, abs=2)), "what is drawn behind it stays"


@pytest.mark.parametrize("needs_appearances", [True, False])
@pytest.mark.parametrize(
    ("value", "extra"),
    [
        ("baris satu\rbaris dua\rbaris tiga", {"Ff": 1 << 12}),
        ("Uraian panjang yang tidak muat pada satu baris dari isian ini", {"Ff": 1 << 12}),
        ("tegak lurus pada lembar", {"MK": Dictionary(R=90)}),
        ("20232024", {"Ff": 1 << 24, "MaxLen": 8}),
    ],
)
def test_a_value_of_several_lines_or_turned_is_printed_as_a_viewer_sets_it(
    tmp_path: Path,
    value: str,
    extra: dict[str, object],
    needs_appearances: bool,  # noqa: FBT001
) -> None:
    """The library sets one level line in the middle of a field, and cuts off what goes beyond its edges."""
    with pikepdf.new() as pdf:
        add_page(pdf, {}, b"1 1 1 rg 0 0 400 300 re f")
        field(pdf, value, needs_appearances=needs_appearances)
        widget = pdf.pages[0].Annots[0]
        widget.DA, widget.Rect = "/H 12 Tf 0 g", [100, 100, 240, 240]
        for key, setting in extra.items():
            widget[f"/{key}"] = setting
        pdf.save(tmp_path / "a.pdf")
    wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")
    before = shown(tmp_path / "a.pdf")
    after, _ = shown_prepared(tmp_path / "b.pdf", size=before.size)
    assert darkest(before) < 90
    assert difference(before, after) < 0.55


def test_a_field_that_has_no_shape_changes_none_that_has(tmp_path: Path) -> None:
    """A shape is its maker's as long as no value is newer: all were drawn anew, twice upon each other."""
    with pikepdf.new() as pdf:
        add_page(pdf, {}, b"1 1 1 rg 0 0 400 300 re f")
        field(pdf, "TANPA BENTUK", needs_appearances=False)
        first = pdf.pages[0].Annots[0]
        stream = pdf.make_stream(b"0 g 0 0 240 40 re f", Subtype=Name.Form, BBox=[0, 0, 240, 40])
        second = Dictionary({key: first[key] for key in first.keys()})  # noqa: SIM118
        second.T, second.V, second.Rect, second.AP = "lain", "LAIN", [100, 200, 340, 240], Dictionary(N=stream)
        second = pdf.make_indirect(second)
        pdf.pages[0].Annots = pdf.Root.AcroForm.Fields = [first, second]
        pdf.save(tmp_path / "a.pdf")
    wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert text_of(tmp_path / "b.pdf") == "TANPA BENTUK"


@pytest.mark.parametrize("is_ticked", [True, False])
def test_a_tick_beside_a_field_without_a_shape_stays_as_it_was_set(tmp_path: Path, is_ticked: bool) -> None:  # noqa: FBT001
    """What says that a box is ticked is called otherwise in every form."""
    with pikepdf.new() as pdf:
        add_page(pdf, {}, b"1 1 1 rg 0 0 400 300 re f")
        field(pdf, "TANPA BENTUK", needs_appearances=False)
        shapes = Dictionary(
            {
                f"/{name}": pdf.make_stream(drawn, Subtype=Name.Form, BBox=[0, 0, 40, 40])
                for name, drawn in (("Ya", b"0 g 0 0 40 40 re f"), ("Off", b"0.9 g 0 0 40 40 re f"))
            }
        )
        state = Name.Ya if is_ticked else Name.Off
        box = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Btn,
            T="kotak",
            V=state,
            AS=state,
            F=4,
            Rect=[20, 20, 60, 60],
            AP=Dictionary(N=shapes),
            P=pdf.pages[0].obj,
        )
        pdf.pages[0].Annots = pdf.Root.AcroForm.Fields = [pdf.pages[0].Annots[0], pdf.make_indirect(box)]
        pdf.save(tmp_path / "a.pdf")
    wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")
    shade = shown_prepared(tmp_path / "b.pdf", size=(400, 300))[0].convert("L").getpixel((40, 260))
    assert shade == pytest.approx(0 if is_ticked else 230, abs=2)
    assert text_of(tmp_path / "b.pdf") == "TANPA BENTUK"


def text_of(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(pdf[0].get_textpage().get_text_range().split())


def note(pdf: pikepdf.Pdf, kind: str, *, flags: int = 4, shape: bytes | None = None, **more: object) -> None:
    page = pdf.pages[0].obj
    entry = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[100, 100, 200, 200], F=flags, P=page, **more)  # type: ignore[arg-type]
    if shape is not None:
        entry.AP = Dictionary(N=pdf.make_stream(shape, Subtype=Name.Form, BBox=[0, 0, 100, 100]))
    page.Annots = [pdf.make_indirect(entry)]


BLACK = b"0 g 0 0 100 100 re f"


@pytest.mark.parametrize(
    ("kind", "options", "is_seen"),
    [
        ("/Stamp", {"shape": BLACK}, True),
        ("/FreeText", {"shape": BLACK, "flags": 0}, True),
        ("/Stamp", {"shape": BLACK, "flags": 2}, False),
        ("/Stamp", {"shape": BLACK, "flags": 32}, False),
        ("/Screen", {"shape": BLACK}, True),
        ("/Screen", {}, False),
        ("/RichMedia", {"shape": BLACK}, True),
        ("/RichMedia", {}, False),
        ("/Movie", {"shape": BLACK}, True),
        ("/Square", {"IC": Array([0, 0, 0]), "C": Array([0, 0, 0])}, True),
    ],
    ids=[
        "stamp",
        "remark on screen",
        "hidden",
        "not on screen",
        "picture put on it",
        "no picture",
        "first picture of a film",
        "film without one",
        "first picture of an old film",
        "own shape lacks",
    ],
)
def test_notes_are_printed_where_a_viewer_shows_them(
    tmp_path: Path,
    kind: str,
    options: dict[str, Any],
    is_seen: bool,  # noqa: FBT001
) -> None:
    with pikepdf.new() as pdf:
        add_page(pdf, {"/Rotate": 270}, b"1 1 1 rg 0 0 400 300 re f")
        note(pdf, kind, **options)
        pdf.save(tmp_path / "a.pdf")
    wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")
    before = shown(tmp_path / "a.pdf")
    after, _ = shown_prepared(tmp_path / "b.pdf", size=before.size)
    assert difference(before, after) < 1.0
    assert (darkest(after) < 50) is is_seen


def layered(path: Path, default: Dictionary, **membership: object) -> Path:
    """A page on which a black field lies in a layer, once by marks and once as a drawing."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, content=b"1 1 1 rg 0 0 400 300 re f /OC /L BDC 0 g 50 50 90 90 re f EMC /F Do")
        add_page(pdf)
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Data anak"))
        group = Dictionary(Type=Name.OCMD, OCGs=[layer], **membership) if membership else layer  # type: ignore[arg-type]
        form = pdf.make_stream(b"0 g 250 50 90 90 re f", Subtype=Name.Form, BBox=[0, 0, 400, 300], OC=group)
        page.Resources.Properties, page.Resources.XObject = Dictionary(L=group), Dictionary(F=form)
        for key in ("/OFF", "/ON"):
            if key in default:
                default[key] = [layer]
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=default)
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("default", "membership", "is_seen"),
    [
        (Dictionary(), {}, True),
        (Dictionary(OFF=[]), {}, False),
        (Dictionary(BaseState=Name.OFF), {}, False),
        (Dictionary(BaseState=Name.OFF, ON=[]), {}, True),
        (Dictionary(), {"P": Name.AllOff}, False),
        (Dictionary(OFF=[]), {"P": Name.AllOff}, True),
    ],
    ids=["on", "off", "all off", "all off but one", "shown if others are off", "shown because others are off"],
)
def test_a_layer_that_is_off_stays_off(
    tmp_path: Path,
    default: Dictionary,
    membership: dict[str, object],
    is_seen: bool,  # noqa: FBT001
) -> None:
    source = layered(tmp_path / "a.pdf", default, **membership)
    wrapped_pdf(source, tmp_path / "b.pdf")
    after, _ = shown_prepared(tmp_path / "b.pdf", size=(400, 300))
    seen = [after.convert("L").getpixel(spot) < 50 for spot in ((95, 205), (295, 205))]  # type: ignore[operator]
    assert seen == [is_seen, is_seen]
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        drawings = [page.Resources.XObject.Hlm.Resources.keys() for page in pdf.pages]
    assert "/Font" in drawings[1], "a page without layers stays what it is"


def test_a_signed_document_is_not_printed_again(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(signed(plain(), signatory()))
    with pytest.raises(TroubleError, match="signed"):
        wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")


@pytest.mark.parametrize("is_dynamic", [True, False])
def test_a_form_that_only_asks_to_wait_does_not_stand_for_what_it_says(tmp_path: Path, is_dynamic: bool) -> None:  # noqa: FBT001
    """Its pages are drawn by the program that opens it; one that has pages besides is printed as it is."""
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp:xdp/>"))
        pdf.Root.NeedsRendering = is_dynamic
        pdf.save(tmp_path / "a.pdf")
    if not is_dynamic:
        assert wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf").pages == 1
        return
    with pytest.raises(TroubleError, match="dynamic-form"):
        wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")


def test_the_cover_of_a_portfolio_does_not_stand_for_what_lies_within(tmp_path: Path) -> None:
    """The files of a PDF portfolio are the proof; a bound cover page would pass for all there is."""
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        pdf.attachments["SK rekaan.pdf"] = plain()
        pdf.save(tmp_path / "lampiran.pdf")
        pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)
        pdf.save(tmp_path / "portofolio.pdf")
    assert wrapped_pdf(tmp_path / "lampiran.pdf", tmp_path / "b.pdf").pages == 1, (
        "what is attached to pages is no portfolio"
    )
    with pytest.raises(TroubleError, match="portfolio"):
        wrapped_pdf(tmp_path / "portofolio.pdf", tmp_path / "c.pdf")


def test_a_password_that_only_forbids_printing_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(text_pdf(["Boleh dibaca"], owner="contoh"))
    wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert not pdf.is_encrypted
    assert text_of(tmp_path / "b.pdf") == "Boleh dibaca"


def outlined(path: Path) -> Path:
    with pikepdf.new() as pdf:
        pages = [add_page(pdf, {"/Rotate": 90} if number == 1 else {}) for number in range(3)]
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=[String("tujuan"), [pages[2], Name.XYZ, 40, 100, 0]]))

        def item(title: str, dest: object, *kids: Dictionary) -> Dictionary:
            entry = pdf.make_indirect(Dictionary(Title=title))
            if dest is not None:
                entry.Dest = dest
            link(entry, kids)
            return entry

        def link(parent: Any, kids: tuple[Dictionary, ...]) -> None:  # noqa: ANN401
            for one, other in itertools.pairwise(kids):
                one.Next = other
            if kids:
                parent.First, parent.Last = kids[0], kids[-1]

        last = item("Sama", [pages[0], Name.Fit])
        root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        link(
            root,
            (
                item(
                    f"Bab 1\nAnak {NIK}",
                    [pages[0], Name.Fit],
                    item("Tujuan", String("tujuan"), item("Dalam", [pages[1], Name.FitH, 200])),
                    item("Hilang", String("tidak ada"), item("Yatim", [pages[2], Name.Fit])),
                ),
                item("", [pages[1], Name.Fit]),
                item("Tanpa arah", None),
                last,
            ),
        )
        last.Next = root.First  # in a circle
        pdf.Root.Outlines = root
        pdf.save(path)
    return path


def test_the_outline_of_a_document_is_kept(tmp_path: Path) -> None:
    prepared = wrapped_pdf(outlined(tmp_path / "a.pdf"), tmp_path / "b.pdf")
    strip, turned = 22 * 400 / 595, 22 * 300 / 595
    assert prepared.bookmarks == (
        Bookmark("Bab 1 Anak 9971••••••••0001", 1, Spot(0, 0.0, 300 + strip)),
        Bookmark("Tujuan", 2, Spot(2, 40.0, 100 + strip)),
        Bookmark("Dalam", 3, Spot(1, 200.0, 400 + turned)),
        Bookmark("Yatim", 2, Spot(2, 0.0, 300 + strip)),
        Bookmark("Halaman 2", 1, Spot(1, 0.0, 400 + turned)),
        Bookmark("Sama", 1, Spot(0, 0.0, 300 + strip)),
    )


def test_a_damaged_outline_costs_no_page(tmp_path: Path) -> None:
    with pikepdf.open(marked(tmp_path / "a.pdf")) as pdf:
        pdf.Root.Outlines = Dictionary(First=pdf.make_indirect(Dictionary(Title=7, Dest=[Name.Kiri, 3], Next=5)))
        pdf.save(tmp_path / "c.pdf")
    assert wrapped_pdf(tmp_path / "c.pdf", tmp_path / "b.pdf").bookmarks == ()


def test_a_damaged_drawing_becomes_a_picture_of_what_can_be_seen(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = add_page(pdf)
        whole = pdf.make_stream(b"1 0 0 rg 0 0 200 300 re f")
        broken = pdf.make_stream(b"ini bukan Flate")
        broken.Filter = Name.FlateDecode
        page.Contents = Array([whole, broken])
        pdf.save(tmp_path / "a.pdf", compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert wrapped_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf").pages == 1
    before = shown(tmp_path / "a.pdf")
    assert difference(before, shown_prepared(tmp_path / "b.pdf", size=before.size)[0]) < 2.0
