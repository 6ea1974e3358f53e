"""Texts, archives, programs, doubles and names that somebody might hand in, each with the state it must be found in."""

from __future__ import annotations

import gzip

from flows.model import Condition
from tests.gather.kit import junk, packed, pdf, picture

Case = tuple[str, bytes, Condition]
_GOOD, _BAD, _OTHER, _REFUSED = Condition.GOOD, Condition.DAMAGED, Condition.WRONG_EXTENSION, Condition.REFUSED
_EMPTY, _IGNORED = Condition.EMPTY, Condition.IGNORED
_PDF, _ZIP = pdf(["LAPORAN CONTOH"]), packed({"a.txt": b"isi contoh"})
_WINDOWS = b"MZ" + bytes(58) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0" + junk(900)
FILES: dict[str, Case] = {
    "nothing": ("pdf", b"", _EMPTY),
    "nothing in a text": ("txt", b"", _EMPTY),
    "one byte": ("pdf", b"%", _OTHER),
    "blanks": ("txt", b" " * 9000, _GOOD),
    "zeros": ("txt", bytes(9000), _BAD),
    "junk": ("csv", junk(9000), _BAD),
    "junk of no kind": ("xyz", junk(9000), _GOOD),
    "text of wide letters": ("txt", "Laporan contoh".encode("utf-16"), _GOOD),
    "half a wide letter": ("txt", "Laporan contoh".encode("utf-16")[:-1], _GOOD),
    "text of an old page": ("txt", "Laporan – “contoh”".encode("cp1252"), _GOOD),
    "broken letters": ("txt", b"Laporan \xff\xfe\xc3( contoh" * 50, _GOOD),
    "one line of 3 MB": ("txt", b"laporan " * 400_000, _GOOD),
    "three million lines": ("csv", b"a\n" * 1_500_000, _GOOD),
    "200,000 columns": ("csv", b"a," * 200_000, _GOOD),
    "quotation mark without end": ("csv", b'Nama,Jumlah\n"Satu' + b",1\n" * 50_000, _GOOD),
    "formula that calls a program": ("csv", b"Nama\n=cmd|'/c contoh'!A0\n", _GOOD),
    "formula of the internet": ("csv", b'=HYPERLINK("https://contoh.invalid","klik")\n', _GOOD),
    "letters that turn": (
        "txt",
        ("Laporan \u202egnudnil\u202c contoh \u2066\u2069" + "tahun dua ribu dua puluh tiga " * 9).encode(),
        _GOOD,
    ),
    "letters with 5,000 accents": ("txt", ("a" + "\u0301" * 5000).encode(), _GOOD),
    "control signs": ("txt", b"Laporan \x1b[31m\x07 contoh tahun dua ribu dua puluh tiga " * 9, _GOOD),
    "xml bomb": ("xml", b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><x>&b;</x>", _GOOD),
    "json of 100,000 storeys": ("json", b"[" * 100_000 + b"]" * 100_000, _GOOD),
    "web page with a script": ("html", b"<html><script>x()</script></html>", _GOOD),
    "archive": ("zip", _ZIP, _GOOD),
    "half an archive": ("zip", _ZIP[: len(_ZIP) // 2], _BAD),
    "archive called pdf": ("pdf", _ZIP, _OTHER),
    "packed text": ("gz", gzip.compress(b"isi contoh", mtime=0), _REFUSED),
    "rar": ("rar", b"Rar!\x1a\x07\x01\0" + junk(500), _REFUSED),
    "7z": ("7z", b"7z\xbc\xaf\x27\x1c" + junk(500), _REFUSED),
    "film": ("mp4", b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + junk(900), _GOOD),
    "program": ("exe", _WINDOWS, _REFUSED),
    "program called pdf": ("pdf", _WINDOWS, _REFUSED),
    "program called xlsx": ("xlsx", b"\x7fELF\2\1\1" + junk(900), _REFUSED),
    "program called laporan.pdf": ("pdf.exe", _PDF, _REFUSED),
    "program of blanks": ("pdf.scr  ", _PDF, _REFUSED),
    "shell": ("txt", b"#!/bin/sh\necho contoh\n", _REFUSED),
    "batch": ("bat", b"@echo off\r\n", _REFUSED),
    "shortcut": ("lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(60), _REFUSED),
    "script of Windows": ("js", b"var a = 1;", _REFUSED),
    "page that is a program": ("hta", b"<html><script>x()</script></html>", _REFUSED),
    "disk": ("iso", bytes(40_000), _REFUSED),
    "picture and archive": ("jpg", picture("JPEG", (9, 9)) + _ZIP, _GOOD),
    "document and archive": ("pdf", _PDF + _ZIP, _GOOD),
    "page and document": ("pdf", b"<html><script>x()</script></html>\n" + _PDF, _GOOD),
    "picture and page": ("png", picture("PNG", (9, 9)) + b"<script>x()</script>", _GOOD),
}
NAMES: dict[str, Condition] = {
    "<script>alert(1)<／script>.pdf": _GOOD,
    "<img src=x onerror=alert(1)>.pdf": _GOOD,
    "=cmd|' ／c calc'!A0.pdf": _GOOD,
    "+1+1.pdf": _GOOD,
    "-2+3.pdf": _GOOD,
    "@SUM(1).pdf": _GOOD,
    "{{ 7*7 }}{% raise %}.pdf": _GOOD,
    "%s%n%x.pdf": _GOOD,
    "\u202efdp.laporan.pdf": _GOOD,
    "nol\u200blebar\u2066.pdf": _GOOD,
    "baris\nbaru.pdf": _GOOD,
    "lonceng\x07\x1b[31m.pdf": _GOOD,
    "kotak\ttab.pdf": _GOOD,
    "n" * 251 + ".pdf": _GOOD,
    "é" * 125 + ".pdf": _GOOD,
    "titik di belakang.pdf.": _GOOD,
    "spasi di belakang.pdf ": _GOOD,
    " spasi di depan.pdf": _GOOD,
    "CON.pdf": _GOOD,
    "aux.pdf": _GOOD,
    "LPT1.pdf": _GOOD,
    "nul": _GOOD,
    "..pdf": _IGNORED,
    "...": _IGNORED,
    "~$kunci.docx": _IGNORED,
    ".~lock.a.odt#": _IGNORED,
    "Thumbs.db": _IGNORED,
    "a.crdownload": _IGNORED,
    "-rf.pdf": _GOOD,
    "--help": _GOOD,
    "a;b`c$(d)&e.pdf": _GOOD,
    "tanda\\balik.pdf": _GOOD,
    "C:kandar.pdf": _GOOD,
    "e\u0301 dan é.pdf": _GOOD,
    "kosong\u00a0lebar.pdf": _GOOD,
    "👩‍👧 foto.pdf": _GOOD,
    "12.1 NIK 9971014505120001.pdf": _GOOD,
    "laporan.pdf.lnk": _REFUSED,
    "laporan.pdf .exe": _REFUSED,
    "laporan \u202efdp.exe": _REFUSED,
}
"""Name → state of a sound document that is called so."""
BYTE_NAMES = (b"bukan teks \xff\xfe.pdf", b"\x80.pdf")
"""Names that are no text, possible on Linux."""
