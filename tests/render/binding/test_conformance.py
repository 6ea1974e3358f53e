"""An archive claims to be PDF/A-3a only if it is: every rule catches what is planted against it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from flows import bounds
from flows.errors import RenderError
from flows.framework.dress_pictures import Raw, redraw
from flows.render.binding import bind
from flows.render.binding.claim import claim
from flows.render.binding.conformance import RULES, breaches, require_conformance
from flows.render.binding.recall import Recall
from flows.render.pdf import colour_profile
from flows.render.values import Numbering
from tests.render.binding import archive_kit as kit
from tests.render.binding import kit as binding_kit

Plant = Callable[[Pdf], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that keeps every rule."""
    folder = tmp_path_factory.mktemp("arsip")
    desk = kit.Desk(folder)
    desk.archive(desk.originals(), folder)
    return folder / kit.NAME


def _content(page: pikepdf.Page, more: bytes) -> None:
    page.contents_add(more)


def _draw(more: bytes) -> Plant:
    return lambda pdf: _content(pdf.pages[1], more)


def _font(pdf: Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[1].Resources.Font.values()))


def _descriptor(pdf: Pdf) -> pikepdf.Object:
    return _font(pdf).DescendantFonts[0].FontDescriptor


def _link(pdf: Pdf) -> pikepdf.Object:
    return next(each for page in pdf.pages for each in page.get("/Annots", []))


def _element(pdf: Pdf, kind: str) -> pikepdf.Object:
    return next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == kind)


def _filespec(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root.AF[0]


def _file(pdf: Pdf) -> pikepdf.Object:
    return _filespec(pdf).EF.F


def _picture(pdf: Pdf) -> pikepdf.Object:
    return next(each for each in pdf.objects if isinstance(each, Stream) and each.get("/Subtype") == "/Image")


def _led(key: str, action: Dictionary) -> Plant:
    """The catalogue leads to an action that is an object of its own and does not say what it is."""
    return lambda pdf: pdf.Root.__setitem__(key, pdf.make_indirect(action))


def _mapped(kind: pikepdf.Object, roles: pikepdf.Object) -> Plant:
    """A paragraph is of ``kind``, and this is what types of the document's own are like."""

    def plant(pdf: Pdf) -> None:
        _element(pdf, "/P").S = kind
        pdf.Root.StructTreeRoot.RoleMap = roles

    return plant


def _undescribed_by_another_name(pdf: Pdf) -> None:
    figure = _element(pdf, "/Figure")
    figure.S = Name.Gambar
    del figure.Alt
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Gambar=Name.Figure)


def _state(key: str, value: str) -> Plant:
    def plant(pdf: Pdf) -> None:
        pdf.pages[1].Resources.ExtGState.Uji = Dictionary({key: Name(value)})

    return plant


def _packet(change: Callable[[bytes], bytes]) -> Plant:
    return lambda pdf: pdf.Root.Metadata.write(change(pdf.Root.Metadata.read_bytes()))


def _replaced(holder: Callable[[Pdf], pikepdf.Object], key: str, value: object) -> Plant:
    return lambda pdf: holder(pdf).__setitem__(key, value)


def _removed(holder: Callable[[Pdf], pikepdf.Object], key: str) -> Plant:
    return lambda pdf: holder(pdf).__delitem__(key)


def _root(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root


def _first_page(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj


def _widen(pdf: Pdf) -> None:
    below = _font(pdf).DescendantFonts[0]
    below.W = Array([0, 65_535, 999])


def _shift_texts(pdf: Pdf) -> None:
    table = _font(pdf).ToUnicode
    table.write(re.sub(rb"> <[0-9a-f]{4}>", b"> <e000>", table.read_bytes()))


def _name_two_of_a_range(pdf: Pdf) -> None:
    """Every letter is told by a list for a range: as nothing, after one that is told."""
    table = _font(pdf).ToUnicode
    table.write(b"1 beginbfrange <0000> <ffff> [<0041> <0000> <0000>] endbfrange")


def _rename(pdf: Pdf) -> None:
    name = pikepdf.Object.parse(b"/Huruf#ff")
    _font(pdf).BaseFont = _font(pdf).DescendantFonts[0].BaseFont = name


def _add_direct_fonts(pdf: Pdf) -> None:
    """Two fonts that are no objects of their own; the letters of the first, but not of the last, say nothing."""
    fonts = pdf.pages[1].Resources.Font
    fonts.UjiA, fonts.UjiB = Dictionary(dict(_font(pdf).items())), Dictionary(dict(_font(pdf).items()))
    del fonts.UjiA["/ToUnicode"]
    code = b"<%04x>" % _shown(pdf)
    _content(pdf.pages[1], b"/Artifact BMC BT /UjiA 9 Tf %b Tj /UjiB 9 Tf %b Tj ET EMC" % (code, code))


def _shown(pdf: Pdf) -> int:
    """The code of a letter that the font tells as text."""
    found = re.search(rb"<([0-9a-f]{4})> <[0-9a-f]{4}>", _font(pdf).ToUnicode.read_bytes())
    return int(found[1], 16) if found else 0


def _show(string: bytes) -> Plant:
    def plant(pdf: Pdf) -> None:
        name = next(iter(pdf.pages[1].Resources.Font.keys())).encode()
        _content(pdf.pages[1], b"/Artifact BMC BT %b 9 Tf %b Tj ET EMC" % (name, string))

    return plant


def _break_program(pdf: Pdf) -> None:
    _descriptor(pdf).FontFile2.write(b"bukan huruf")


def _untie(pdf: Pdf) -> None:
    pdf.Root.AF = Array(list(pdf.Root.AF)[1:])


def _unlist(pdf: Pdf) -> None:
    tree = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)
    del tree[next(iter(tree))]


def _orphan(pdf: Pdf) -> None:
    element = _element(pdf, "/P")
    holder = element.P
    holder.K = Array([kid for kid in holder.K if getattr(kid, "objgen", None) != element.objgen])


def _swap_parents(pdf: Pdf) -> None:
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    back = tree[int(pdf.pages[2].obj.StructParents)]
    back[0], back[1] = back[1], back[0]


def _space(value: pikepdf.Array) -> Plant:
    def plant(pdf: Pdf) -> None:
        pdf.pages[1].Resources.ColorSpace.Uji = value

    return plant


def _listed(properties: Dictionary, more: bytes) -> Plant:
    def plant(pdf: Pdf) -> None:
        pdf.pages[1].Resources.Properties = Dictionary(Uji=properties)
        _content(pdf.pages[1], more)

    return plant


def _profiled(data: bytes, components: int) -> Plant:
    def plant(pdf: Pdf) -> None:
        profile = Stream(pdf, data, N=components)
        pdf.pages[1].Resources.ColorSpace.Uji = Array([Name.ICCBased, pdf.make_indirect(profile)])

    return plant


PLANTED: tuple[tuple[str, Plant], ...] = (
    ("external-stream", _replaced(_picture, "/F", String("luar.png"))),
    ("filter", lambda pdf: _picture(pdf).write(b"x", filter=Name.JPXDecode)),
    ("limits", _replaced(_link, "/Contents", String("x" * 40_000))),
    ("limits", _replaced(_link, "/Uji", Name("/" + "x" * 200))),
    ("limits", _replaced(_link, "/Uji", 2_147_483_648)),
    ("limits", _replaced(_link, "/Uji", pikepdf.Object.parse(b"[0." + b"0" * 40 + b"1]"))),
    ("limits", _draw(b"/Artifact BMC 1 0 0 1 2147483648 0 cm EMC")),
    ("limits", _draw(b"/Artifact BMC 1 0 0 1 99999999999999999999999999 0 cm EMC")),
    ("limits", _draw(b"/Artifact BMC BT [2147483648] TJ ET EMC")),
    ("limits", _draw(b"/Artifact BMC [2147483648] 0 d EMC")),
    ("limits", _draw(b"/Artifact BMC 1 0 0 1 0." + b"0" * 40 + b"1 0 cm EMC")),
    ("limits", _draw(b"/" + b"x" * 128 + b" BMC EMC")),
    ("limits", _draw(b"/Span <</ActualText (" + b"x" * 40_000 + b")>> BDC EMC")),
    ("limits", _draw(b"/Span <</Uji 2147483648>> BDC EMC")),
    ("limits", _draw(b"/Span <</" + b"x" * 128 + b" 1>> BDC EMC")),
    ("page-size", _replaced(_first_page, "/TrimBox", Array([0, 0, 2, 2]))),
    ("catalogue", _replaced(_root, "/AcroForm", Dictionary(Fields=Array()))),
    ("catalogue", lambda pdf: pdf.Root.Names.__setitem__("/JavaScript", Dictionary(Names=Array()))),
    ("page", _replaced(_first_page, "/PresSteps", Dictionary())),
    ("output-intent", _removed(_root, "/OutputIntents")),
    ("output-intent", lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile.write(b"bukan profil" * 20)),
    ("cmyk", _draw(b"/Artifact BMC 0 0 0 1 k 0 0 9 9 re f EMC")),
    ("cmyk", _replaced(_picture, "/ColorSpace", Name.DeviceCMYK)),
    ("colour-space", _space(Array([Name.Separation, Name.Emas, Name.DeviceRGB, Dictionary()]))),
    ("colour-space", _space(Array([Name.Indexed, Array([Name.Separation, Name.Emas]), 0, String("a")]))),
    ("cmyk", _space(Array([Name.DeviceCMYK]))),
    ("cmyk", _space(Array([Name.Indexed, Name.DeviceCMYK, 0, String("abcd")]))),
    ("cmyk", _space(Array([Name.Pattern, Name.DeviceCMYK]))),
    ("colour-profile", _profiled(b"bukan profil" * 20, 3)),
    ("colour-profile", _profiled(colour_profile(), 4)),
    ("colour-profile", _profiled(colour_profile().replace(b"RGB ", b"CMYK", 1), 4)),
    ("colour-profile", lambda pdf: _picture(pdf).__setitem__("/ColorSpace", Array([Name.ICCBased, Stream(pdf, b"")]))),
    ("graphic-state", _state("/TR", "/Identity")),
    ("graphic-state", _state("/TR2", "/Identity")),
    ("rendering-intent", _draw(b"/Bagus ri")),
    ("rendering-intent", _replaced(_picture, "/Intent", Name.Bagus)),
    ("picture", _replaced(_picture, "/Interpolate", True)),  # noqa: FBT003 - a value of PDF
    ("picture", _replaced(_picture, "/BitsPerComponent", 3)),
    ("form", _replaced(_picture, "/Subtype", Name.PS)),
    ("blend-mode", _state("/BM", "/Ajaib")),
    ("font-kind", _replaced(_font, "/Subtype", Name.Type1)),
    ("font-kind", _removed(_font, "/Type")),
    ("font-kind", lambda pdf: _font(pdf).DescendantFonts[0].__delitem__("/Type")),
    ("font-name", _rename),
    ("font-encoding", lambda pdf: _font(pdf).DescendantFonts[0].__setitem__("/CIDToGIDMap", Stream(pdf, b"\0\1" * 9))),
    ("font-embedded", _removed(_descriptor, "/FontFile2")),
    ("font-subset", lambda pdf: _descriptor(pdf).__setitem__("/CIDSet", Stream(pdf, b"\xff"))),
    ("font-widths", _widen),
    ("font-text", _removed(_font, "/ToUnicode")),
    ("font-text", _shift_texts),
    ("font-text", _name_two_of_a_range),
    ("font-text", _add_direct_fonts),
    ("font-glyphs", _break_program),
    ("operators", _draw(b"/Artifact BMC 1 2 ajaib EMC")),
    ("operators", _show(b"<000300>")),
    ("resources", _draw(b"/Artifact BMC BT <0003> Tj ET EMC")),
    ("resources", _draw(b"/Artifact BMC /Tiada Do EMC")),
    ("resources", _draw(b"/Tiada cs")),
    ("resources", _draw(b"/Pattern cs /Tiada scn")),
    ("nesting", _draw(b"q " * 29 + b"Q " * 29)),
    ("closed", _draw(b"q")),
    ("closed", _draw(b"EMC")),
    ("marked", _draw(b"0 0 9 9 re f")),
    ("marked", _draw(b"/Artifact BMC /P <</MCID 77>> BDC 0 0 9 9 re f EMC EMC")),
    ("marked", _draw(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC")),
    ("annotation-kind", _replaced(_link, "/Subtype", Name.FileAttachment)),
    ("annotation-flags", _removed(_link, "/F")),
    ("annotation-flags", _replaced(_link, "/F", 4 | 2)),
    ("annotation-look", _replaced(_link, "/AP", Dictionary(N=Dictionary(), D=Dictionary()))),
    ("annotation-look", _replaced(_link, "/AP", Dictionary(N=Dictionary()))),
    ("action", _led("/OpenAction", Dictionary(S=Name.Named, N=Name.Print))),
    ("action", _led("/OpenAction", Dictionary(S=Name.Ajaib))),
    ("action", _replaced(_link, "/A", Dictionary(S=Name.URI, Next=Array([Dictionary(S=Name.SubmitForm)])))),
    ("action", _replaced(_root, "/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))),
    ("action", _replaced(_link, "/A", Dictionary(S=Name.Launch, F=String("a.exe")))),
    ("action", _replaced(_link, "/AA", Dictionary())),
    ("metadata", _removed(_root, "/Metadata")),
    ("metadata", _packet(lambda packet: packet.replace(b"</rdf:RDF>", b""))),
    ("metadata", _packet(lambda packet: packet.replace(b"W5M0MpCehiHzreSzNTczkc9d", b"lain"))),
    ("metadata", _packet(lambda packet: packet.replace(b"</rdf:RDF>", b"<rdf:Description rdf:about='x'/></rdf:RDF>"))),
    ("metadata-values", _packet(lambda packet: re.sub(rb"(<pdf:Producer)", rb"\1 rdf:parseType='Resource'", packet))),
    ("metadata-schemas", _packet(lambda packet: packet.replace(b"xmp:CreatorTool", b"xmp:Ajaib"))),
    ("metadata-elsewhere", lambda pdf: _picture(pdf).__setitem__("/Metadata", pdf.Root.Metadata)),
    ("metadata-values", _packet(lambda packet: re.sub(rb"</?rdf:(Alt|li)[^>]*>", b"", packet))),
    ("metadata-values", _packet(lambda packet: packet.replace(b' xml:lang="x-default"', b""))),
    ("metadata-values", _packet(lambda packet: packet.replace(b"rdf:Seq", b"rdf:Bag"))),
    ("metadata-values", _packet(lambda packet: re.sub(rb"(MetadataDate[^>]*>)[^<]*", rb"\1kemarin", packet))),
    ("metadata-values", _packet(lambda packet: re.sub(rb"(<pdfaid:part.*?</pdfaid:part>)", rb"\1\1", packet))),
    ("metadata-agreement", lambda pdf: pdf.docinfo.__setitem__("/Title", String("Judul lain"))),
    ("metadata-agreement", lambda pdf: pdf.docinfo.__setitem__("/CreationDate", String("D:20200101000000Z"))),
    ("claim", _packet(lambda packet: packet.replace(b">A</pdfaid", b">B</pdfaid"))),
    ("claim", _packet(lambda packet: packet.replace(b"pdfaid:", b"lain:").replace(b":pdfaid", b":lain"))),
    ("marked-document", _removed(_root, "/MarkInfo")),
    ("structure", _removed(_root, "/StructTreeRoot")),
    ("structure", lambda pdf: _element(pdf, "/P").__setitem__("/P", _element(pdf, "/Figure"))),
    ("structure-content", _orphan),
    ("structure-content", _draw(b"/P <</MCID 77>> BDC 0 0 9 9 re f EMC")),
    ("structure-parents", _swap_parents),
    ("structure-types", lambda pdf: _element(pdf, "/P").__setitem__("/S", Name.Alinea)),
    ("structure-types", _mapped(Name.Alinea, Dictionary(Alinea=Name.Baris, Baris=Name.Alinea))),
    ("structure-types", _mapped(Name.P, Dictionary(P=Name.Alinea))),
    ("structure-names", _mapped(pikepdf.Object.parse(b"/A#ff"), pikepdf.Object.parse(b"<</A#ff /P>>"))),
    ("language", _replaced(_root, "/Lang", String("bahasa indonesia"))),
    ("language", lambda pdf: _element(pdf, "/P").__setitem__("/Lang", String("?"))),
    ("language", _draw(b"/Span <</Lang (bahasa indonesia)>> BDC EMC")),
    ("language", _listed(Dictionary(Lang=String("?")), b"/Span /Uji BDC EMC")),
    ("alternate-text", lambda pdf: _element(pdf, "/Figure").__delitem__("/Alt")),
    ("alternate-text", _undescribed_by_another_name),
    ("file-name", _removed(_filespec, "/UF")),
    ("file-name", lambda pdf: _filespec(pdf).EF.__setitem__("/DOS", _file(pdf))),
    ("file-type", _replaced(_file, "/Subtype", Name("/aplikasi/é"))),
    ("file-type", _removed(_file, "/Subtype")),
    ("file-parameters", lambda pdf: _file(pdf).Params.__delitem__("/ModDate")),
    ("file-parameters", lambda pdf: _file(pdf).Params.__setitem__("/CheckSum", String("x"))),
    ("file-relationship", _removed(_filespec, "/AFRelationship")),
    ("file-association", _untie),
    ("file-listed", _unlist),
)


@pytest.fixture(scope="module")
def remembered(sound: Path) -> bytes:
    """What was worked out from the sound archive."""
    recall = Recall()
    assert breaches(sound, recall) == ()
    return recall.packed()


@pytest.fixture
def planted(sound: Path, tmp_path: Path) -> Callable[[Plant], Path]:
    """Saves the sound archive with something changed."""

    def save(plant: Plant) -> Path:
        out = tmp_path / "ditanam.pdf"
        with pikepdf.open(sound) as pdf:
            plant(pdf)
            pdf.save(out, fix_metadata_version=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out

    return save


def test_a_sound_archive_breaks_no_rule(sound: Path) -> None:
    assert breaches(sound) == ()


@pytest.mark.parametrize(("key", "plant"), PLANTED, ids=[f"{key}-{number}" for number, (key, _) in enumerate(PLANTED)])
def test_a_planted_breach_is_found(planted: Callable[[Plant], Path], remembered: bytes, key: str, plant: Plant) -> None:
    """By who remembers the sound file too."""
    broken = planted(plant)
    found = breaches(broken)
    assert key in {breach.key for breach in found}
    assert breaches(broken, Recall(remembered)) == found


def test_numbers_and_languages_within_the_rules_are_none(planted: Callable[[Plant], Path]) -> None:
    content = b"/Artifact BMC 1 0 0 1 2147483647 0.1234567890123456789012345678901 cm EMC"
    assert breaches(planted(_draw(content + b" /Span <</Lang (ar)>> BDC EMC"))) == ()


def test_a_picture_may_have_a_sound_profile_of_its_own(planted: Callable[[Plant], Path]) -> None:
    assert breaches(planted(_profiled(colour_profile(), 3))) == ()


def test_the_deepest_drawing_of_a_city_keeps_the_limits(tmp_path: Path) -> None:
    levels = bounds.DRESS_SVG_DEPTH - 1
    inside = '<g transform="scale(.9)">' * levels + '<path d="M0 0L9 9"/>' + "</g>" * levels
    drawn = redraw(
        Raw("lambang.svg", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode())
    )
    shown = f'<h1 id="isi">Isi</h1><p style="overflow: hidden"><img alt="Lambang" src="{drawn.address}"></p>'
    leaf = binding_kit.Press(tmp_path).sheets("depan", "Depan", shown, Numbering("1-"))
    bind(binding_kit.volume([leaf]), tmp_path / "arsip.pdf", finish=lambda pdf: claim(pdf, ()))
    assert breaches(tmp_path / "arsip.pdf") == ()


def test_saving_alone_breaks_nothing(planted: Callable[[Plant], Path]) -> None:
    assert breaches(planted(lambda _: None)) == ()


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("header", lambda content: b"\n" + content),
        ("header", lambda content: re.sub(rb"\n%[^\n]{4}\n", b"\n%abcd\n", content, count=1)),
        ("ending", lambda content: content + b"sisa"),
        ("trailer-id", lambda content: content.replace(b"/ID [<", b"/IX [<")),
    ],
    ids=["offset", "binary", "after-the-end", "id"],
)
def test_a_broken_frame_is_found(sound: Path, tmp_path: Path, key: str, change: Callable[[bytes], bytes]) -> None:
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(change(sound.read_bytes()))
    assert key in {breach.key for breach in breaches(broken)}


def test_an_encrypted_file_is_found(sound: Path, tmp_path: Path) -> None:
    locked = tmp_path / "terkunci.pdf"
    with pikepdf.open(sound) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="uji", user=""))
    assert "encryption" in {breach.key for breach in breaches(locked)}


def test_every_rule_has_something_planted_against_it() -> None:
    elsewhere = {"header", "ending", "trailer-id", "encryption"}
    too_large_to_plant = {"objects"}
    assert {key for key, _ in PLANTED} | elsewhere | too_large_to_plant == {rule.key for rule in RULES}


def test_the_refusal_names_rule_clause_and_place(planted: Callable[[Plant], Path]) -> None:
    broken = planted(_removed(_link, "/F"))
    with pikepdf.open(broken) as pdf, pytest.raises(RenderError) as refused:
        require_conformance(broken, pdf, "dosir-arsip.pdf")
    assert "dosir-arsip.pdf" in refused.value.message
    assert re.search(r"butir 6\.3\.2 \(annotation-flags\) pada halaman \d+", refused.value.message)


@kit.needs_verapdf
def test_the_public_checker_agrees(sound: Path) -> None:
    assert kit.verapdf(sound) == ""


@kit.needs_verapdf
@pytest.mark.parametrize(
    ("clause", "plant"),
    [("6.3.2-1", _removed(_link, "/F")), ("6.8-4", _untie)],
    ids=["annotation-flags", "file-association"],
)
def test_the_public_checker_would_say_so_if_it_did_not(
    planted: Callable[[Plant], Path], clause: str, plant: Plant
) -> None:
    assert f"FAIL {clause}" in kit.verapdf(planted(plant))
