"""The archive edition carries the originals as they came, named, dated and listed, in volumes that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import md5, sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from flows import bounds
from flows.errors import RenderError
from flows.model import City
from flows.render.archive_volumes import archive_volumes
from flows.render.bindery import binding_key
from flows.render.binding.archive import enclose
from flows.render.binding.conformance import breaches
from flows.render.enclosing import APPROVAL
from flows.render.originals import archive_name, exhibits_of, originals_parts, plan
from flows.render.pdf import typeset
from flows.render.values import Original, Part, Sheets, Volume
from tests.builders.values import city
from tests.render.binding import archive_kit, kit


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> archive_kit.Desk:
    return archive_kit.Desk(tmp_path_factory.mktemp("asli"))


@pytest.fixture(scope="module")
def made(desk: archive_kit.Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arsip")
    desk.archive(desk.originals(), folder)
    return folder / archive_kit.NAME


@pytest.fixture
def pdf(made: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(made) as opened:
        yield opened


def _embedded(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return {str(each.UF): each for each in pdf.Root.AF}


def test_the_bytes_of_every_original_are_untouched(desk: archive_kit.Desk, made: Path, pdf: pikepdf.Pdf) -> None:
    found = {sha256(each.EF.F.read_bytes()).hexdigest() for each in _embedded(pdf).values()}
    assert found == {original.sha256 for original in desk.originals()}
    with pypdfium2.PdfDocument(made) as other:  # what another reader of PDF takes out is the same
        names = [other.get_attachment(place).get_name() for place in range(other.count_attachments())]
        taken = [
            bytes(other.get_attachment(place).get_data()) for place, name in enumerate(names) if "foto" not in name
        ]
    assert {*taken, b""} == set(archive_kit.CONTENTS.values())


def test_every_original_says_what_it_is_and_when_it_came(desk: archive_kit.Desk, pdf: pikepdf.Pdf) -> None:
    embedded = _embedded(pdf)
    for original in desk.originals():
        specification = embedded[archive_name(original.label, original.name)]
        said = specification.EF.F.Params
        assert str(said.ModDate) == f"D:{original.since:%Y%m%d}"
        assert "/CreationDate" not in said, "nobody knows when it was made"
        assert int(said.Size) == original.bytes
        assert bytes(said.CheckSum) == md5(original.path.read_bytes(), usedforsecurity=False).digest()
        assert str(specification.EF.F.Subtype) == f"/{original.media_type}"
        assert str(specification.AFRelationship) == f"/{original.relationship}"
        assert original.sha256 in str(specification.Desc)
        assert original.label in str(specification.Desc)


def test_the_same_bytes_under_two_labels_are_embedded_once(desk: archive_kit.Desk, tmp_path: Path) -> None:
    first = desk.originals()[0]
    twin = replace(first, label="III/1.1-04", name="Dinas Lain/salinan.pdf", description="Dokumen lain, Dinas Lain")
    later = replace(first, label="III/1.1-05", since=kit.DAY)
    assert len(plan([first, twin, later])[0]) == 3
    desk.archive([first, twin, later], tmp_path)
    with pikepdf.open(tmp_path / archive_kit.NAME) as pdf:
        one, two, three = pdf.Root.AF
        assert one.EF.F.objgen == two.EF.UF.objgen != three.EF.F.objgen, "another date is said of other bytes"
        assert [str(each.UF) for each in (one, two)] == ["III-1.1-01 1.1 Perda KLA.pdf", "III-1.1-04 salinan.pdf"]
        assert str(two.Desc).startswith("Bukti III/1.1-04: Dokumen lain")
        assert sha256(two.EF.F.read_bytes()).hexdigest() == first.sha256
    assert (tmp_path / archive_kit.NAME).read_bytes().count(first.path.read_bytes()) == 2
    assert breaches(tmp_path / archive_kit.NAME) == ()


def test_shared_bytes_count_once_in_a_volume() -> None:
    most = bounds.EMBEDDED_BYTES
    originals = [_sized(1, most), _sized(1, most), _sized(2, 1), _sized(1, most)]
    assert [len(volume) for volume in plan(originals[:2])] == [2]
    assert [len(volume) for volume in plan(originals)] == [0, 2, 1, 1]


def test_times_of_files_do_not_show(desk: archive_kit.Desk, made: Path, tmp_path: Path) -> None:
    copied = []
    for original in desk.originals():
        path = tmp_path / original.sha256
        path.write_bytes(original.path.read_bytes())
        path.chmod(0o400)
        copied.append(replace(original, path=path))
    desk.archive(copied, tmp_path)
    assert (tmp_path / archive_kit.NAME).read_bytes() == made.read_bytes()


def test_links_to_evidence_lead_to_its_row(made: Path, pdf: pikepdf.Pdf) -> None:
    numbers = kit.page_numbers(pdf)
    targets = [
        numbers[annotation.Dest[0].objgen] for _, annotation in kit.links(pdf) if "bukti" in str(annotation.Contents)
    ]
    last = len(pdf.pages) - 2  # behind the lists stands the last leaf of the report
    assert targets == [last - 1] * 3 + [last], "also of the page of one, and of the one that is masked"
    with pypdfium2.PdfDocument(made) as read:
        third, fourth = (read[page].get_textpage().get_text_bounded().replace("\r\n", " ") for page in (last - 1, last))
    assert "III-1.1-01 1.1 Perda KLA.pdf" in third
    assert "diperlihatkan pada saat verifikasi" in fourth
    assert [str(page.label) for page in pdf.pages][-3:] == ["BA-III-1", "BA-IV-1", "9-1"]


def test_slip_sheets_are_not_in_the_archive(made: Path) -> None:
    with pypdfium2.PdfDocument(made) as read:
        assert not any("Pengganti" in page.get_textpage().get_text_bounded() for page in read)


def test_the_file_opens_with_its_attachments_and_claims_what_was_checked(made: Path, pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.PageMode == "/UseAttachments"
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
    assert breaches(made) == ()


@archive_kit.needs_verapdf
def test_the_public_checker_agrees(made: Path) -> None:
    assert archive_kit.verapdf(made) == ""


def test_an_original_that_is_not_what_its_hash_says_is_refused(desk: archive_kit.Desk, tmp_path: Path) -> None:
    altered = tmp_path / "lain"
    altered.write_bytes(b"isi lain!")
    originals = (replace(desk.originals()[1], path=altered), *desk.originals()[2:])
    with pytest.raises(RenderError, match=r"III/1\.1-02 di brankas rusak"):
        desk.archive(originals, tmp_path)
    assert not (tmp_path / archive_kit.NAME).exists()


def test_an_original_that_is_gone_is_named(desk: archive_kit.Desk, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"III/1\.1-01 di brankas tidak dapat dibaca"):
        desk.archive([replace(desk.originals()[0], path=tmp_path / "tiada")], tmp_path)


def test_a_breach_leaves_no_archive_behind(
    desk: archive_kit.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.render.binding.claim.colour_profile", lambda: b"bukan profil")
    with pytest.raises(RenderError, match=r"butir 6\.2\.3 \(output-intent\)"):
        desk.archive(desk.originals(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_originals_the_archive_is_the_report(desk: archive_kit.Desk, tmp_path: Path) -> None:
    (document,) = desk.archive([], tmp_path)
    assert breaches(tmp_path / document.name) == ()


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Dinas/1.1 Perda KLA.pdf", "III-1.1-01 1.1 Perda KLA.pdf"),
        ('Dinas/..\\..\\jahat<>:"|?*.exe', "III-1.1-01 _.._jahat_______.exe"),
        ("Dinas/rapat\u202efdp.exe", "III-1.1-01 rapat fdp.exe"),
        ("Dinas/dua\r\nbaris\x00.txt", "III-1.1-01 dua baris.txt"),
        ("Dinas/ré\u0301sumé ☃.pdf", "III-1.1-01 ré\u0301sumé ☃.pdf"),
        ("Dinas/tanpa akhiran", "III-1.1-01 tanpa akhiran"),
        ("Dinas/...", "III-1.1-01"),
        ("Dinas/titik. . .", "III-1.1-01 titik"),
    ],
)
def test_names_are_file_names_everywhere(name: str, called: str) -> None:
    assert archive_name("III/1.1-01", name) == called


def test_a_long_name_keeps_label_and_suffix() -> None:
    called = archive_name("III/1.1-01", "Dinas/" + "é" * 300 + ".pdf")
    assert called.startswith("III-1.1-01 éé")
    assert called.endswith("é.pdf")
    assert bounds.EMBEDDED_NAME_BYTES - 1 <= len(called.encode()) <= bounds.EMBEDDED_NAME_BYTES


def _sized(number: int, size: int) -> Original:
    label = f"III/1.1-{number:02}"
    return Original(label, Path("x"), f"{number:064}", size, "Dinas/Sama.PDF", "application/pdf", "", kit.DAY)


def test_names_that_differ_in_nothing_else_are_numbered() -> None:
    ((one, two, three),) = plan([_sized(1, 1), _sized(1, 1), replace(_sized(1, 1), name="Dinas/sama.pdf")])
    assert [one.name, two.name, three.name] == [
        "III-1.1-01 Sama.PDF",
        "III-1.1-01 Sama (2).PDF",
        "III-1.1-01 sama (3).pdf",
    ]


def test_volumes_are_filled_in_order_up_to_the_bound() -> None:
    most = bounds.EMBEDDED_BYTES
    sizes = (most // 2, most // 2, 1, most + 5, 7)
    volumes = plan([_sized(number, size) for number, size in enumerate(sizes, start=1)])
    assert [[each.original.bytes for each in volume] for volume in volumes] == [
        [],
        [most // 2, most // 2],
        [1],
        [most + 5],
        [7],
    ]


def test_every_annex_begins_a_volume_and_what_belongs_to_none_stays_with_the_report() -> None:
    most = bounds.EMBEDDED_BYTES
    sheet = replace(_sized(9, 1), label=APPROVAL)
    of_three = [_sized(1, most - 10), _sized(2, 10), _sized(3, 10)]
    of_four = replace(_sized(4, 10), label="IV/25.1-01")
    assert len(plan([sheet, *of_three[:1]])) == 1, "what fits is in one"
    volumes = plan([sheet, *of_three, of_four])
    assert [[each.original.label for each in volume] for volume in volumes] == [
        [APPROVAL],
        ["III/1.1-01", "III/1.1-02"],
        ["III/1.1-03"],
        ["IV/25.1-01"],
    ]


def _parts(volume: Volume, original: Original, place: City) -> tuple[Part, ...]:
    return originals_parts(volume, exhibits_of(volume), [original], place)


def test_an_original_beyond_what_the_format_holds_is_listed_and_not_embedded(desk: archive_kit.Desk) -> None:
    vast = _sized(1, bounds.EMBEDDED_FILE_BYTES + 1)
    assert plan([vast]) == ((),)
    part, *_ = _parts(desk.volume([vast.label]), vast, city())
    assert "Tidak disertakan: melebihi" in part.html
    assert vast.sha256 in part.html


def test_running_heads_of_the_list_are_one_line_as_in_the_book(desk: archive_kit.Desk, tmp_path: Path) -> None:
    label = "III/1.1-01"
    place = replace(city(), name="Kabupaten Contoh Panjang Namanya")
    part, *_ = _parts(desk.volume([label]), replace(_sized(1, 7), label=label), place)
    typeset(part.html, tmp_path / "x.pdf", as_of=kit.DAY, title=part.title)
    with pypdfium2.PdfDocument(tmp_path / "x.pdf") as pdf:
        width, height = pdf[0].get_size()
        head = pdf[0].get_textpage().get_text_bounded(left=0, right=width, bottom=height - 27 * 72 / 25.4, top=height)
    lines = head.split("\r\n")
    assert any("Evaluasi Mandiri Kabupaten Layak Anak 2024" in line for line in lines)
    assert any("Daftar Berkas Asli Label III" in line for line in lines)


def test_the_approval_sheet_that_was_signed_has_a_list_whose_page_number_is_one_word(
    desk: archive_kit.Desk, tmp_path: Path
) -> None:
    """It belongs to no annex. Its list was numbered by two words, and no city with a signed sheet had a dossier."""
    first, *others = desk.originals()
    sheet = replace(first, label=APPROVAL, name="pengesahan-bertandatangan.pdf", description=APPROVAL)
    volume = desk.volume([each.label for each in others])
    originals = (sheet, *others)
    lists = [
        Sheets(part, desk.typeset(part)) for part in originals_parts(volume, exhibits_of(volume), originals, city())
    ]
    for each in archive_volumes(volume, originals, lists):
        enclose(each.volume, each.attachments or (), tmp_path)
    with pikepdf.open(tmp_path / archive_kit.NAME) as pdf:
        assert "BA-LP-1" in [str(page.label) for page in pdf.pages]
        assert "Lembar Pengesahan pengesahan-bertandatangan.pdf" in [str(each.UF) for each in pdf.Root.AF]
    assert breaches(tmp_path / archive_kit.NAME) == ()
    with pypdfium2.PdfDocument(tmp_path / archive_kit.NAME) as read:
        text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in read)
    assert "Daftar Berkas Asli: Lembar Pengesahan" in text


def test_every_volume_stands_alone_and_the_first_lists_all(
    desk: archive_kit.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "EMBEDDED_BYTES", 100)
    documents = desk.archive(desk.originals(), tmp_path)
    assert [document.name for document in documents] == [archive_kit.NAME, "dosir-arsip-2.pdf", "dosir-arsip-3.pdf"]
    held, listed = [], []
    for number, document in enumerate(documents, start=1):
        path = tmp_path / document.name
        assert breaches(path) == ()
        assert document.sha256 == sha256(path.read_bytes()).hexdigest()
        with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as read:
            assert f"Jilid {number} dari 3" in str(pdf.docinfo.Title)
            held.append([str(each.UF)[:10] for each in pdf.Root.get("/AF", ())])
            text = " ".join(page.get_textpage().get_text_bounded() for page in list(read)[1:])
            listed.append(["Daftar Berkas Asli Label III" in text, "Daftar Berkas Asli Label IV" in text])
            assert all(original.label in text for original in desk.originals())
    assert held == [[], ["III-1.1-01"], ["III-1.1-02", "III-1.1-03"]]
    assert listed == [[True, True], [True, False], [True, False]]
    assert documents[1].pages == 2, "the cover and the list of the one annex of which it holds something"


def test_a_further_volume_stays_as_long_as_what_it_holds_stays(
    desk: archive_kit.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be gigabytes: a change elsewhere must not have it bound again."""
    monkeypatch.setattr(bounds, "EMBEDDED_BYTES", 100)
    first, *others = desk.originals()
    others = [replace(each, label=each.label.replace("III/", "V/")) for each in others]
    changed = desk.original(first.label, first.name, b"%PDF-1.4 isi lain" * 40)
    seen = []
    for originals in ([first, *others], [changed, *others], [first, *others[:-1], replace(others[-1], name="x/b.jpg")]):
        volume = desk.volume([each.label for each in originals])
        parts = originals_parts(volume, exhibits_of(volume), originals, city())
        *_, second = archive_volumes(volume, originals, [Sheets(part, desk.typeset(part)) for part in parts])
        assert second.is_kept
        own = [leaf.part.html for leaf in second.volume.leaves[1:] if isinstance(leaf, Sheets)]
        seen.append((binding_key(second), own))
    assert len(seen[0][1]) == 1
    assert seen[0] == seen[1]
    assert seen[0][0] != seen[2][0]
    assert seen[0][1] != seen[2][1]


def test_the_path_of_an_original_never_makes_a_row_longer_than_its_page(desk: archive_kit.Desk) -> None:
    """A row over several pages stopped the dossier: its label stands on the first of them only."""
    name = "/".join(["Dinas Contoh", *["map" + "x" * 40] * 40, "1.1 jauh.txt"])
    part, *_ = _parts(desk.volume(["III/1.1-01"]), replace(_sized(1, 7), name=name), city())
    (told,) = re.findall(r"Asal: ([^<]*)", part.html)
    assert told.startswith("Dinas Contoh/map")
    assert told.endswith("1.1 jauh.txt")
    assert len(told) <= 403
