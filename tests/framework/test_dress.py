"""The city's own folder: what it may hold is taken as texts, what could harm or mislead is refused with its repair."""

from __future__ import annotations

import base64
import io
import os
import signal
from pathlib import Path

import pytest
from PIL import Image

from flows import bounds
from flows.errors import DressError, ExitCode
from flows.framework import load_dress
from flows.framework.dress import changeable_templates
from flows.framework.dress_pictures import Drawn, Flaw, Raw, redraw
from flows.model import Dress
from tests.builders.demo_emblem import emblem

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#1f3a5f").save(target, kind, **options)
    return target.getvalue()


def lay(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / "naskah" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def complaints(root: Path) -> list[str]:
    with pytest.raises(DressError) as caught:
        load_dress(root)
    assert caught.value.exit_code is ExitCode.INPUTS
    assert "naskah/" in caught.value.repair
    return [str(problem) for problem in caught.value.problems]


def opened(address: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))


def drawn(content: str | bytes) -> tuple[Flaw | None, str]:
    """What becomes of an SVG in the child process, asked here without one."""
    done = redraw(Raw("lambang.svg", content.encode() if isinstance(content, str) else content))
    return done.flaw, done.detail


def test_without_a_folder_the_books_look_as_shipped(tmp_path: Path) -> None:
    assert load_dress(tmp_path) == load_dress(tmp_path / "tidak-ada") == Dress()


def test_emblem_templates_and_pictures_are_taken_and_the_rest_is_left(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "catatan rahasia"
    root = lay(
        tmp_path,
        {
            "lambang.JPG": picture("JPEG", (3000, 1500), exif=exif),
            "BACA-SAYA.txt": b"petunjuk",
            "pengesahan-bertandatangan.pdf": b"%PDF-",
            "catatan rapat.docx": b"lain",
            "templat/dossier/pengantar.html": "﻿<p>“Kata”</p>\r\n".encode(),
            "templat/foto/taman.png": picture(),
            "templat/.DS_Store": b"",
        },
    )

    dress = load_dress(root)

    assert dress.templates == (("dossier/pengantar.html", "<p>“Kata”</p>\n"),)
    assert [name for name, _ in dress.pictures] == ["foto/taman.png"]
    assert dress.emblem.startswith("data:image/jpeg;base64,")
    assert opened(dress.emblem).size == (bounds.DRESS_SIDE, bounds.DRESS_SIDE // 2)
    assert b"rahasia" not in base64.b64decode(dress.emblem.partition(",")[2])
    assert load_dress(root) == dress  # equal input, equal bytes


@pytest.mark.parametrize(
    "name", ["Pengesahan bertandatangan.pdf", "pengesahan-bertandatangan (1).pdf", "pengesahan-bertandatangan.docx"]
)
def test_a_signed_sheet_under_another_name_is_said_instead_of_being_left(name: str, tmp_path: Path) -> None:
    """It lay there and the book had the blank one: nobody saw why."""
    root = lay(tmp_path, {name: b"%PDF-"})
    assert complaints(root) == [
        f"naskah/{name}: tidak dikenali sebagai lembar pengesahan; gabungkan menjadi satu pengesahan-bertandatangan.pdf"
    ]


def test_two_signed_sheets_are_one_too_many(tmp_path: Path) -> None:
    root = lay(tmp_path, {"pengesahan-bertandatangan.JPG": b"", "pengesahan-bertandatangan.pdf": b""})
    assert complaints(root) == [
        "naskah/pengesahan-bertandatangan.pdf: adalah lembar pengesahan kedua; sisakan satu berkas saja"
    ]


def test_every_mistake_is_named_at_once_with_its_repair(tmp_path: Path) -> None:
    root = lay(
        tmp_path,
        {
            "lambang.gif": picture("GIF"),
            "lambang.png": b"bukan gambar",
            "templat/dossier/pengantr.html": b"<p>",
            "templat/dossier/sampul.html": "Bupati“".encode("cp1252"),
            "templat/panjang.png": picture(size=(900, 100)),
        },
    )
    assert complaints(root) == [
        "naskah/lambang.gif: bukan PNG, JPEG, atau SVG; simpan ulang sebagai lambang.png",
        "naskah/lambang.png: gambar tidak dapat dibuka; simpan ulang sebagai PNG atau JPEG",
        (
            "naskah/templat/dossier/pengantr.html: tidak menggantikan templat mana pun;"
            " maksudnya templat/dossier/pengantar.html?"
        ),
        "naskah/templat/dossier/sampul.html: bukan teks UTF-8; simpan ulang dengan pengodean UTF-8",
        (
            "naskah/templat/panjang.png: gambar terlalu panjang atau terlalu lebar;"
            " potong tepinya (paling jauh 4 banding 1)"
        ),
    ]


def test_links_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "luar"
    lay(outside, {"rahasia.png": picture()})
    root = lay(tmp_path / "kota", {"templat/foto.png": picture()})
    (root / "naskah" / "lambang.png").symlink_to(outside / "naskah" / "rahasia.png")
    (root / "naskah" / "templat" / "dossier").symlink_to(outside)

    said = complaints(root)

    assert [line.partition(":")[0] for line in said] == ["naskah/lambang.png", "naskah/templat/dossier"]
    assert all("adalah tautan" in line for line in said)
    other = tmp_path / "lain"
    other.mkdir()
    (other / "naskah").symlink_to(root / "naskah")
    assert complaints(other) == ["naskah: adalah tautan atau berkas; buat folder biasa dengan nama itu"]


def test_huge_files_and_pictures_are_refused_before_they_are_opened(tmp_path: Path) -> None:
    side = int(bounds.DRESS_PIXELS**0.5) + 1
    bomb = io.BytesIO()
    Image.new("1", (side, side)).save(bomb, "PNG")
    root = lay(
        tmp_path,
        {
            "lambang.png": bomb.getvalue(),
            "templat/besar.jpg": b"\xff" * (bounds.DRESS_PICTURE_BYTES + 1),
            "templat/dossier/sampul.html": b"a" * (bounds.DRESS_TEMPLATE_BYTES + 1),
        },
    )
    assert complaints(root) == [
        "naskah/lambang.png: gambar lebih dari 40 juta piksel; 1.000 piksel per sisi sudah cukup",
        "naskah/templat/besar.jpg: lebih besar dari 5.000 kB; perkecil berkasnya",
        "naskah/templat/dossier/sampul.html: lebih besar dari 200 kB; perkecil berkasnya",
    ]


def test_two_emblems_and_too_many_files_are_told(tmp_path: Path) -> None:
    assert complaints(lay(tmp_path / "a", {"lambang.png": picture(), "lambang.svg": emblem()})) == [
        "naskah: ada lebih dari satu lambang; sisakan satu saja"
    ]
    many = {f"{number}.txt": b"" for number in range(bounds.DRESS_FILES + 1)}
    assert complaints(lay(tmp_path / "b", many)) == [
        f"naskah: memuat lebih dari {bounds.DRESS_FILES} berkas; sisakan yang dipakai naskah"
    ]


def redraw_at_last(raw: Raw) -> Drawn:
    """Runs in a child; the first is killed."""
    if not (mark := Path(os.environ["KLA_UJI_MATI"])).exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return redraw(raw)


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_an_emblem_whose_child_is_killed_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "mati"
    monkeypatch.setenv("KLA_UJI_MATI", str(mark))
    monkeypatch.setattr("flows.framework.dress.redraw", redraw_at_last)
    root = lay(tmp_path / "2024", {"lambang.png": picture()})
    assert load_dress(root).emblem.startswith("data:image/")
    assert mark.exists()


def test_a_plain_drawing_keeps_its_shapes_and_loses_what_its_program_noted(tmp_path: Path) -> None:
    noted = SVG.format(
        '<metadata><x/></metadata><b:namedview xmlns:b="urn:b"/><!-- catatan -->'
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient>'
        '<radialGradient id="b" xlink:href="#a"/></defs><g b:layer="1" xmlns:b="urn:b">'
        '<path d="M0 0h9v9z" fill="url(#b)" style="stroke:url( \'#a\' )"/></g><use xlink:href="#c"/>'
    )
    dress = load_dress(lay(tmp_path, {"lambang.svg": noted.encode()}))
    kept = base64.b64decode(dress.emblem.partition(",")[2]).decode()
    assert dress.emblem.startswith("data:image/svg+xml;base64,")
    assert '<path d="M0 0h9v9z" fill="url(#b)"' in kept
    assert 'width="9"' in kept
    assert "catatan" not in kept
    assert "namedview" not in kept
    assert "layer" not in kept
    assert drawn(emblem()) == (None, "")
    coloured = '<path id="a1234567890" class="b9876543210" fill="#1e9000" style="fill:#12345678" d="M-1.5e3 2L.5 7"/>'
    assert drawn(SVG.format(coloured)) == (None, "")
    assert drawn(SVG.format("<g>" * 11 + "<path/>" + "</g>" * 11)) == (None, "")


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<path onload="x()" d="M0 0"/>', "onload"),
        ('<image href="data:image/png;base64,AAAA"/>', "<image>"),
        ('<use href="http://contoh.invalid/a.svg#b"/>', "href"),
        ('<use xlink:href="file:///etc/hosts"/>', "href"),
        ('<path href="#a" d="M0 0"/>', "href"),
        ('<path fill="url(http://contoh.invalid/a)" d="M0 0"/>', "url(…)"),
        ("<style>@import 'a.css';</style>", "@"),
        (r"<style>path{fill:u\72l(file:///a)}</style>", "\\"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<animate/>", "<animate>"),
        ("<text>KOTA</text>", "<text>"),
        ('<g id="a"><use href="#b"/></g><use href="#a"/>', "<use> di dalam <use>"),
        (
            '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>',
            "href yang berputar",
        ),
        ('<path fill="device-cmyk(0 1 1 0)" d="M0 0"/>', "device-cmyk"),
        ("<style>path { fill: Device-CMYK(0 1 1 0) }</style>", "device-cmyk"),
        ('<rect x="99999999999" width="4" height="4"/>', "angka 99999999999"),
        ('<path d="M0 0L1e12 4"/>', "angka 1e12"),
        ('<g transform="scale(2e9)"/>', "angka 2e9"),
        ('<path style="stroke-width:99999999999px" d="M0 0"/>', "angka 99999999999"),
        ("<g>" * 12 + "<path/>" + "</g>" * 12, "unsur di dalam unsur lebih dari 12 tingkat"),
        (
            f'<defs><g id="a">{"<g>" * 6}<path/>{"</g>" * 6}</g></defs>{"<g>" * 6}<use href="#a"/>{"</g>" * 6}',
            "unsur di dalam unsur lebih dari 12 tingkat",
        ),
        ('<clipPath id="a"><path clip-path="url(#a)" d="M0 0"/></clipPath>', "clip-path di dalam <clipPath>"),
    ],
)
def test_a_drawing_that_is_more_than_a_drawing_is_refused_by_name(inside: str, named: str) -> None:
    assert drawn(SVG.format(inside)) == (Flaw.NOT_PLAIN, named)


def test_drawings_that_would_grow_or_have_no_size_are_refused() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.format("<title>&b;</title>")
    assert drawn(bomb) == (Flaw.NOT_PLAIN, "ENTITY")
    assert drawn(SVG.format("<g/>" * bounds.DRESS_SVG_PARTS)) == (Flaw.TOO_MANY, "")
    assert drawn('<svg xmlns="http://www.w3.org/2000/svg" width="100%"/>') == (Flaw.SIZE, "")
    assert drawn('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 9"/>') == (Flaw.SIZE, "")
    assert drawn('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e-12 1e-12"/>') == (Flaw.SIZE, "")
    assert drawn("<html/>") == drawn("<svg") == drawn(b"\x89PNG") == (Flaw.UNREADABLE, "")


def test_the_changeable_templates_are_those_that_make_pages() -> None:
    names = changeable_templates()
    assert {"dossier/pengantar.html", "dossier/buku.css", "style/page.css", "control/kendali.html"} <= set(names)
    assert not any(name.startswith(("siapkan/", "prefect/", "fonts/")) for name in names)
