"""Damaged and hostile PDFs, each with the state it must be found in."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from flows.model import Condition
from tests.gather.kit import pdf

Case = tuple[bytes, Condition]
_GOOD, _BAD, _LOCKED = Condition.GOOD, Condition.DAMAGED, Condition.LOCKED
_CATALOG, _PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"


def raw(objects: Mapping[int, bytes], trailer: bytes = b"", root: bytes = b"1 0 R") -> bytes:
    """A PDF of these objects with a right table of contents."""
    source = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(source)
        source += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(source)
    size = max(objects) + 1
    source += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(objects):
        source += b"%d 1\n%010d 00000 n \n" % (number, offsets[number])
    return bytes(source) + b"trailer<</Size %d/Root %s%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, table)


def stream(content: bytes, entries: bytes = b"", *, filters: int = 0) -> bytes:
    """A stream, packed ``filters`` times."""
    for _ in range(filters):
        content = zlib.compress(content, 6)
    named = b"/Filter[%s]" % (b"/FlateDecode" * filters) if filters else b""
    return b"<</Length %d%s%s>>stream\n%s\nendstream" % (len(content), named, entries, content)


def page_with(entries: bytes, **more: bytes) -> bytes:
    """A PDF whose only page has these entries, and objects 4, 5, … of ``more`` in order."""
    objects = {1: _CATALOG, 2: _PAGES, 3: _PAGE[:-2] + entries + b">>"}
    return raw(objects | dict(enumerate(more.values(), start=4)))


def catalog_with(entries: bytes, *more: bytes) -> bytes:
    objects = {1: _CATALOG[:-2] + entries + b">>", 2: _PAGES, 3: _PAGE}
    return raw(objects | dict(enumerate(more, start=4)))


def _tree(kids: bytes, count: bytes) -> bytes:
    return raw({1: _CATALOG, 2: b"<</Type/Pages/Kids[%s]/Count %s>>" % (kids, count), 3: _PAGE})


def _deep_tree(depth: int) -> bytes:
    objects = {1: _CATALOG}
    for number in range(2, depth):
        objects[number] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1)
    return raw({**objects, depth: _PAGE})


def _wide_tree(pages: int) -> bytes:
    """Many nodes from few bytes: all of them in one packed stream of objects."""
    first = 5
    header = " ".join(f"{first + number} {number * 30}" for number in range(pages)).encode()
    bodies = b"".join(b"<</Type/Page/Parent 2 0 R>>".ljust(30) for _ in range(pages))
    kids = b" ".join(b"%d 0 R" % (first + number) for number in range(pages))
    objects = {
        1: _CATALOG,
        2: stream(b"2 0 <</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids), b"/Type/ObjStm/N 1/First 4", filters=1),
        4: stream(header + b" " + bodies, b"/Type/ObjStm/N %d/First %d" % (pages, len(header) + 1), filters=1),
    }
    source, offsets = b"%PDF-1.7\n", {}
    for number, body in ((1, objects[1]), (3, objects[2]), (4, objects[4])):
        offsets[number] = len(source)
        source += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = {0: (0, 0), 1: (1, offsets[1]), 2: (2, 3), 3: (1, offsets[3]), 4: (1, offsets[4])}
    table = b"".join(kind.to_bytes(1, "big") + where.to_bytes(4, "big") + bytes(4) for kind, where in rows.values())
    table += b"".join(b"\2" + (4).to_bytes(4, "big") + number.to_bytes(4, "big") for number in range(pages))
    size = first + pages + 1
    table += b"\1" + len(source).to_bytes(4, "big") + bytes(4)
    packed = zlib.compress(table, 9)
    entries = b"/Type/XRef/W[1 4 4]/Size %d/Root 1 0 R/Filter/FlateDecode/Length %d" % (size, len(packed))
    start = len(source)
    source += b"%d 0 obj\n<<%s>>stream\n%s\nendstream\nendobj\n" % (size - 1, entries, packed)
    return source + b"startxref\n%d\n%%%%EOF\n" % start


SOUND = pdf(["LAPORAN CONTOH", "Tahun 2023"])
CASES: dict[str, Case] = {
    "sound": (SOUND, _GOOD),
    "built by hand": (raw({1: _CATALOG, 2: _PAGES, 3: _PAGE}), _GOOD),
    "half": (SOUND[: len(SOUND) // 2], _BAD),
    "without its end": (SOUND[:-40], _BAD),
    "one byte short": (SOUND[:-1], _GOOD),
    "only its head": (b"%PDF-1.7\n", _BAD),
    "only its end": (b"%PDF-1.7\nstartxref\n0\n%%EOF", _BAD),
    "junk within": (SOUND[:200] + b"\xff" * 200 + SOUND[400:], _BAD),
    "zeros within": (SOUND[:100] + bytes(len(SOUND) - 100), _BAD),
    "table of contents elsewhere": (SOUND.replace(b"startxref\n", b"startxref\n9"), _GOOD),
    "junk behind": (SOUND + b"\0" * 3000, _GOOD),
    "twice in a row": (SOUND + SOUND, _GOOD),
    "mail before": (b"From: a@contoh.invalid\r\n\r\n" + SOUND, _GOOD),
    "no version": (SOUND.replace(b"%PDF-1", b"%PDF-x", 1), _GOOD),
    "version of the future": (SOUND.replace(b"%PDF-1", b"%PDF-9", 1), _GOOD),
    "no root": (raw({1: _CATALOG, 2: _PAGES, 3: _PAGE}, root=b"9 0 R"), _BAD),
    "root is a number": (raw({1: b"42", 2: b"17"}), _BAD),
    "no pages": (raw({1: b"<</Type/Catalog>>"}), _BAD),
    "count says a million": (_tree(b"3 0 R", b"1000000"), _BAD),
    "count says nothing": (_tree(b"3 0 R", b"0"), _GOOD),
    "count is negative": (_tree(b"3 0 R", b"-5"), _GOOD),
    "count is a text": (_tree(b"3 0 R", b"(banyak)"), _GOOD),
    "page is its own tree": (_tree(b"2 0 R", b"1"), _BAD),
    "page thrice": (_tree(b"3 0 R 3 0 R 3 0 R", b"3"), _GOOD),
    "page is a number": (_tree(b"7", b"1"), _BAD),
    "page does not exist": (_tree(b"9 0 R", b"1"), _BAD),
    "tree of two that hold each other": (
        raw({1: _CATALOG, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
        _BAD,
    ),
    "tree of 400 storeys": (_deep_tree(400), _BAD),
    "tree of 20,000 storeys": (_deep_tree(20_000), _BAD),
    "60,000 pages": (_wide_tree(60_000), _GOOD),
    "drawing of 100 MB": (page_with(b"/Contents 4 0 R", a=stream(b"0 0 m " * 16_000_000, filters=1)), _GOOD),
    "drawing packed six times": (page_with(b"/Contents 4 0 R", a=stream(b"0 0 m " * 1_000_000, filters=6)), _GOOD),
    "drawing of 20,000 pieces": (page_with(b"/Contents[%s]" % (b"4 0 R " * 20_000), a=stream(b"q Q ")), _GOOD),
    "drawing that is no stream": (page_with(b"/Contents 4 0 R", a=b"(teks)"), _GOOD),
    "drawing that draws itself": (
        page_with(
            b"/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>",
            a=stream(b"/A Do"),
            b=stream(b"/A Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"),
        ),
        _GOOD,
    ),
    "10,000 saved states": (page_with(b"/Contents 4 0 R", a=stream(b"q " * 10_000)), _GOOD),
    "100,000 brackets": (page_with(b"/Contents 4 0 R", a=stream(b"[" * 100_000)), _GOOD),
    "array of 10,000 storeys": (catalog_with(b"/A " + b"[" * 10_000 + b"]" * 10_000), _BAD),
    "dictionary of 10,000 storeys": (catalog_with(b"/A " + b"<</A" * 10_000 + b" 1" + b">>" * 10_000), _BAD),
    "page without edges": (page_with(b"/MediaBox[0 0 0 0]"), _GOOD),
    "page of a continent": (page_with(b"/MediaBox[-1e30 -1e30 1e30 1e30]"), _GOOD),
    "page turned by a text": (page_with(b"/Rotate(kiri)"), _GOOD),
    "outline in a circle": (catalog_with(b"/Outlines 4 0 R", b"<</First 4 0 R/Next 4 0 R>>"), _GOOD),
    "names in a circle": (catalog_with(b"/Names<</EmbeddedFiles 4 0 R>>", b"<</Kids[4 0 R 4 0 R]>>"), _GOOD),
    "actions in a circle": (catalog_with(b"/OpenAction 4 0 R", b"<</S/GoTo/Next[4 0 R]>>"), _GOOD),
    "fields in a circle": (catalog_with(b"/AcroForm<</Fields[4 0 R]>>", b"<</T(a)/Kids[4 0 R]>>"), _GOOD),
    "value that refers to itself": (catalog_with(b"/A 4 0 R", b"4 0 R"), _GOOD),
    "length that refers to itself": (catalog_with(b"", b"<</Length 4 0 R>>stream\nx\nendstream"), _GOOD),
    "length of a gigabyte": (catalog_with(b"", b"<</Length 999999999>>stream\nx\nendstream"), _GOOD),
    "objects numbered to the end": (catalog_with(b"/A 2147483647 65535 R"), _GOOD),
    "size of two milliards": (raw({1: _CATALOG, 2: _PAGES, 3: _PAGE}, b"/Prev 2147483647"), _GOOD),
    "earlier table is this one": (SOUND.replace(b"trailer <<", b"trailer << /Prev 9 "), _GOOD),
    "picture of a milliard dots": (
        page_with(
            b"/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>",
            a=stream(b"/I Do"),
            b=stream(b"", b"/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB"),
        ),
        _GOOD,
    ),
    "behind a password": (pdf(["Rahasia"], password="contoh"), _LOCKED),
    "without the right to print": (pdf(["Boleh dibaca"], owner="contoh"), _GOOD),
    "for one recipient": (
        raw({1: _CATALOG, 2: _PAGES, 3: _PAGE}, b"/Encrypt<</Filter/Adobe.PubSec/V 4>>/ID[(a)(a)]"),
        _LOCKED,
    ),
    "locked by something unknown": (
        raw({1: _CATALOG, 2: _PAGES, 3: _PAGE}, b"/Encrypt<</Filter/Rekaan/V 9>>/ID[(a)(a)]"),
        _LOCKED,
    ),
    "script and program": (catalog_with(b"/OpenAction<</S/Launch/F(cmd)/Next<</S/JavaScript/JS(x)>>>>"), _GOOD),
}
