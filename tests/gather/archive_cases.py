"""Archives as they come and as an attacker would make them, with what must be said of each file in them."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from flows.model import Condition

GOOD, EMPTY, DAMAGED = Condition.GOOD, Condition.EMPTY, Condition.DAMAGED
LOCKED, REFUSED, IGNORED = Condition.LOCKED, Condition.REFUSED, Condition.IGNORED
TEXT = b"Catatan persalinan di fasilitas kesehatan, isi rekaan.\n"
Told = tuple[Condition, str]
UNPACKED: Told = (GOOD, "unpacked")
READ: Told = (GOOD, "")


@dataclass(frozen=True, slots=True)
class Case:
    """One archive, what is said of it, and of each file that is listed below it."""

    content: bytes
    archive: Told
    members: Mapping[str, Told]


def zipped(*members: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip; names may be equal, and infos carry what they like."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as archive:
        warnings.simplefilter("ignore")  # equal names
        for name, content in members:
            info = zipfile.ZipInfo(name) if isinstance(name, str) else name
            info.compress_type = method
            archive.writestr(info, content)
    return stream.getvalue()


def unix(name: str, kind: int) -> zipfile.ZipInfo:
    """A member that says which kind of Unix file it is."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (kind | 0o644) << 16
    return info


def edited(content: bytes, *, local: Mapping[int, bytes] = {}, central: Mapping[int, bytes] = {}, at: int = 0) -> bytes:
    """``content`` with bytes written over the header of member ``at`` and over its entry in the table of contents."""
    changed = bytearray(content)
    for signature, edits in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        place = -1
        for _ in range(at + 1):
            place = content.index(signature, place + 1)
        for offset, new in edits.items():
            changed[place + offset : place + offset + len(new)] = new
    return bytes(changed)


def encrypted(content: bytes, at: int = 0) -> bytes:
    return edited(content, local={6: b"\x01\x00"}, central={8: b"\x01\x00"}, at=at)


def renamed(new: bytes) -> bytes:
    """A zip whose only member is called ``new``, whatever the library thinks of such names."""
    plain = zipped(("x" * len(new), TEXT))
    return plain.replace(b"x" * len(new), new)


def overlapping(copies: int = 50) -> bytes:
    """Many members that share one body."""
    one = zipped(("a.txt", b"\0" * 100_000))
    start = one.index(b"PK\x01\x02")
    entry = one[start : one.index(b"PK\x05\x06")]
    table = b"".join(entry.replace(b"a.txt", b"%05d" % number) for number in range(copies))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(table), start, 0)
    return one[:start] + table + end


def quoted() -> bytes:
    """A member that runs through the headers and bodies of the ones behind it."""
    two = zipped(("a.txt", TEXT * 50), ("b.txt", TEXT * 50), method=zipfile.ZIP_STORED)
    size = struct.pack("<L", len(TEXT) * 50 + 500)
    return edited(two, central={20: size})


def broken_body() -> bytes:
    three = zipped(("a.txt", TEXT), ("b.txt", TEXT * 9), ("c.txt", TEXT), method=zipfile.ZIP_STORED)
    return three.replace(TEXT * 9, b"XX" + (TEXT * 9)[2:])


def nested(depth: int) -> bytes:
    content = zipped(("12.1 inti.txt", TEXT))
    for level in range(depth, 1, -1):
        content = zipped((f"{level}.zip", content))
    return content


def one(name: str, told: Told = READ, label: str = "") -> Case:
    return Case(zipped((name, TEXT)), UNPACKED, {label or name: told})


def raw(name: bytes, label: str) -> Case:
    return Case(renamed(name), UNPACKED, {label: READ})


def _names() -> dict[str, Case]:
    long = "a" * 300 + ".txt"
    deep = "/".join(["d"] * 10_000) + "/x.txt"
    return {
        "parent folder": raw(b"../../x.txt", "_/_/x.txt"),
        "absolute": raw(b"/etc/x.txt", "etc/x.txt"),
        "drive": raw(b"C:/Data/x.txt", "C_/Data/x.txt"),
        "drive relative": raw(b"c:x.txt", "c_x.txt"),
        "backslashes": raw(b"..\\..\\x.txt", "_/_/x.txt"),
        "network share": raw(b"\\\\server\\c$\\x.txt", "server/c$/x.txt"),
        "control characters": raw(b"a\x1b[31m\n.txt", "a_[31m_.txt"),
        "markup": raw(b"<b>&x.txt", "<b>&x.txt"),
        "formula": raw(b"=1+1.txt", "=1+1.txt"),
        "direction": one("a\u202etxt.exe.txt", label="a_txt.exe.txt"),
        "cp437": raw(b"caf\x82.txt", "café.txt"),
        "utf-8": one("Ruang bermain 雪.txt"),
        "dots only": one("..../x.txt", label="_/x.txt"),
        "spaces only": one("  /x.txt", label="_/x.txt"),
        "no name": raw(b"./", "tanpa nama"),
        "long": Case(zipped((long, TEXT)), UNPACKED, {"a" * 145 + "….txt": READ}),
        "deep": Case(zipped((deep, TEXT)), UNPACKED, {"d/" * 15 + "…/" + "d/" * 14 + "x.txt": READ}),
        "twins": Case(zipped(("a.txt", TEXT), ("a.txt", b"lain" * 9)), UNPACKED, {"a.txt": READ, "a (2).txt": READ}),
        "case twins": Case(zipped(("A.txt", TEXT), ("a.TXT", TEXT)), UNPACKED, {"A.txt": READ, "a (2).TXT": READ}),
        "file and folder": Case(
            zipped(("a", TEXT), ("a/b.txt", TEXT)), UNPACKED, {"a (2)": (GOOD, ""), "a/b.txt": READ}
        ),
        "identity number": one("NIK 9971014505120001.txt", label="NIK 9971••••••••0001.txt"),
        "folders only": Case(zipped(("a/", b""), ("a/b/", b"")), (DAMAGED, "archive-empty"), {}),
        "folder with content": Case(renamed(b"a.txt/"), UNPACKED, {"a.txt": READ}),
    }


def _contents() -> dict[str, Case]:
    two, strange = zipped(("a.txt", TEXT), ("b.txt", TEXT)), (DAMAGED, "archive-method")
    return {
        "empty": Case(zipped(), (DAMAGED, "archive-empty"), {}),
        "empty member": Case(zipped(("a.txt", b"")), UNPACKED, {"a.txt": (EMPTY, "zero-bytes")}),
        "all encrypted": Case(encrypted(zipped(("a.txt", TEXT))), UNPACKED, {"a.txt": (LOCKED, "password")}),
        "one encrypted": Case(encrypted(two, 1), UNPACKED, {"a.txt": READ, "b.txt": (LOCKED, "password")}),
        "link": Case(
            zipped((unix("a.txt", stat.S_IFLNK), b"/etc/hostname"), ("b.txt", TEXT)),
            UNPACKED,
            {"a.txt": (REFUSED, "symlink"), "b.txt": READ},
        ),
        "device": Case(zipped((unix("a", stat.S_IFCHR), b"")), UNPACKED, {"a": (REFUSED, "special-file")}),
        "pipe": Case(zipped((unix("a", stat.S_IFIFO), b"")), UNPACKED, {"a": (REFUSED, "special-file")}),
        "bad checksum": Case(
            broken_body(), UNPACKED, {"a.txt": READ, "b.txt": (DAMAGED, "cannot-open"), "c.txt": READ}
        ),
        "bad deflate": Case(
            edited(zipped(("a.txt", TEXT)), local={36: b"\xff" * 8}), UNPACKED, {"a.txt": (DAMAGED, "cannot-open")}
        ),
        "bzip2": Case(zipped(("a.txt", TEXT), method=zipfile.ZIP_BZIP2), UNPACKED, {"a.txt": strange}),
        "lzma": Case(zipped(("a.txt", TEXT), method=zipfile.ZIP_LZMA), UNPACKED, {"a.txt": strange}),
        "unknown method": Case(
            edited(two, local={8: b"\x63\x00"}, central={10: b"\x63\x00"}),
            UNPACKED,
            {"a.txt": strange, "b.txt": READ},
        ),
        "other local name": Case(
            edited(two, local={30: b"z.txt"}), UNPACKED, {"a.txt": (DAMAGED, "cannot-open"), "b.txt": READ}
        ),
        "says less": Case(
            edited(zipped(("a.txt", TEXT)), central={24: struct.pack("<L", 5)}),
            UNPACKED,
            {"a.txt": (DAMAGED, "cannot-open")},
        ),
        "says more": Case(
            edited(zipped(("a.txt", TEXT)), central={24: struct.pack("<L", 2**31)}), UNPACKED, {"a.txt": READ}
        ),
        "system files": Case(
            zipped(("__MACOSX/._a.txt", b"x"), ("Thumbs.db", b"x"), ("~$a.docx", b"x"), ("a.txt", TEXT)),
            UNPACKED,
            {
                "__MACOSX/._a.txt": (IGNORED, "system-file"),
                "Thumbs.db": (IGNORED, "system-file"),
                "~$a.docx": (IGNORED, "lock-file"),
                "a.txt": READ,
            },
        ),
    }  # fmt: skip


def _wholes() -> dict[str, Case]:
    plain = zipped(("a.txt", TEXT))
    inner = {"2.zip": UNPACKED, "2.zip/3.zip": UNPACKED, "2.zip/3.zip/12.1 inti.txt": READ}
    deeper = {"2.zip": UNPACKED, "2.zip/3.zip": UNPACKED, "2.zip/3.zip/4.zip": (REFUSED, "archive-too-deep")}
    return {
        "overlapping": Case(overlapping(), (REFUSED, "archive-overlap"), {}),
        "quoted": Case(quoted(), (REFUSED, "archive-overlap"), {}),
        "ratio": Case(
            zipped(("a.txt", b"\0" * 33_000_000), ("b.txt", TEXT)),
            UNPACKED,
            {"a.txt": (REFUSED, "packed-too-tightly"), "b.txt": READ},
        ),
        "cut off": Case(plain[:-40], (DAMAGED, "cannot-open"), {}),
        "head only": Case(plain[:60], (DAMAGED, "cannot-open"), {}),
        "prepended": Case(b"\7\x90\0\3" * 900 + plain, UNPACKED, {"a.txt": READ}),
        "appended": Case(plain + b"\0" * 500, UNPACKED, {"a.txt": READ}),
        "comment": Case(plain[:-2] + struct.pack("<H", 9) + b"isi rekan", UNPACKED, {"a.txt": READ}),
        "comment like an end": Case(
            plain[:-2] + struct.pack("<H", 9) + b"PK\x05\x06isi..", (DAMAGED, "cannot-open"), {}
        ),
        "rar in name only": Case(b"Rar!\x1a\x07\x01\0" + b"\0" * 99, (REFUSED, "archive-not-opened"), {}),
        "nested": Case(nested(3), UNPACKED, inner),
        "too deep": Case(nested(5), UNPACKED, deeper),
        "holds itself by name": Case(
            zipped(("berkas.zip", plain)), UNPACKED, {"berkas.zip": UNPACKED, "berkas.zip/a.txt": READ}
        ),
        "rar inside": Case(
            zipped(("a.rar", b"Rar!\x1a\x07\x01\0" + b"\0" * 99)), UNPACKED, {"a.rar": (REFUSED, "archive-not-opened")}
        ),
    }  # fmt: skip


CASES: Mapping[str, Case] = {**_names(), **_contents(), **_wholes()}
