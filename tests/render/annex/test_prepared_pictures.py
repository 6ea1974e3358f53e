"""Photos and scans in the dossier: upright, captioned, small, and silent about where they were taken."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from flows.model import Condition, Media
from flows.render.annex.job import FACTS_FILE, PAGES_FILE, Job
from flows.render.annex.prepare import prepare, prepared_from
from flows.render.values import Prepared
from tests.gather.photo_kit import jpeg, notes, saved, scene
from tests.gather.spoilt_pictures import CASES, tiff
from tests.render.annex.page_kit import is_white, shown_prepared

CAPTION = "III/12.1-02 Foto kegiatan Forum Anak Kota Contoh"
RED, GREEN, BLUE, BLACK = (220, 30, 30), (30, 170, 30), (30, 30, 220), (20, 20, 20)


def prepared(folder: Path, content: bytes, caption: str = CAPTION, paper: str = "A4") -> Prepared:
    folder.mkdir(exist_ok=True)
    source = folder / "isi"
    source.write_bytes(content)
    return prepare(Job(source, "0" * 64, Media.IMAGE, caption, folder, paper))


def quarters(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Red, green, blue and black, from the upper left on."""
    picture = Image.new("RGB", size, BLACK)
    draw = ImageDraw.Draw(picture)
    across, down = size[0] // 2, size[1] // 2
    draw.rectangle((0, 0, across, down), RED)
    draw.rectangle((across, 0, size[0], down), GREEN)
    draw.rectangle((0, down, across, size[1]), BLUE)
    return picture


@dataclass(frozen=True)
class Embedded:
    """The picture of a page as it lies in the PDF."""

    raw: bytes
    size: tuple[int, int]
    space: str
    packing: str
    bits: int

    def opened(self) -> Image.Image:
        return Image.open(io.BytesIO(self.raw))


def image_of(path: Path, page: int = 0) -> Embedded:
    with pikepdf.open(path) as pdf:
        image = pdf.pages[page].Resources.XObject.Hlm.Resources.XObject.Gambar
        size = int(image.Width), int(image.Height)
        return Embedded(
            image.read_raw_bytes(), size, str(image.ColorSpace), str(image.Filter), int(image.BitsPerComponent)
        )


def box_of(path: Path, page: int = 0) -> tuple[float, float]:
    with pypdfium2.PdfDocument(path) as pdf:
        width, height = pdf[page].get_size()
    return width, height


def corners(path: Path, page: int = 0) -> list[tuple[int, int, int]]:
    """Colours well inside the four quarters of the picture as it is shown."""
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[page].render(scale=1).to_pil().convert("RGB")
    grey = np.asarray(picture.convert("L")) < 245
    across = np.flatnonzero(grey.sum(axis=0) > 80)
    down = np.flatnonzero(grey.sum(axis=1) > 80)
    left, right, top, bottom = across[0], across[-1], down[0], down[-1]
    spots = [(left + dx * (right - left) // 4, top + dy * (bottom - top) // 4) for dy in (1, 3) for dx in (1, 3)]
    return [picture.getpixel((int(x), int(y))) for x, y in spots]


def is_like(found: list[tuple[int, int, int]], expected: list[tuple[int, int, int]]) -> bool:
    return bool(np.abs(np.array(found) - np.array(expected)).max() < 40)


TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores an upright scene under each value of its orientation."""


@pytest.mark.parametrize("orientation", TURNED)
def test_a_photo_stands_upright_however_the_camera_was_held(tmp_path: Path, orientation: int) -> None:
    turn = TURNED[orientation]
    stored = quarters() if turn is None else quarters().transpose(turn)
    result = prepared(tmp_path, jpeg(stored, exif=notes(orientation=orientation)))
    assert box_of(result.path)[0] > box_of(result.path)[1]
    assert is_like(corners(result.path), [RED, GREEN, BLUE, BLACK])


def test_nothing_of_the_camera_is_left(tmp_path: Path) -> None:
    exif = notes(taken="2023:05:05 10:00:00", place=(8.0, 99.0))
    content = jpeg(scene(3), exif=exif)
    assert b"Exif" in content
    result = prepared(tmp_path, content)
    image = image_of(result.path)
    assert b"Exif" not in image.raw
    with image.opened() as again:
        assert dict(again.getexif()) == {}
        assert "xmp" not in again.info
    assert b"2023:05:05" not in result.path.read_bytes()


def test_the_caption_can_be_read_and_the_strip_is_blank(tmp_path: Path) -> None:
    result = prepared(tmp_path, jpeg(scene(3)), CAPTION)
    with pypdfium2.PdfDocument(result.path) as pdf:
        assert " ".join(pdf[0].get_textpage().get_text_range().split()) == CAPTION
    assert is_white(shown_prepared(result.path, size=(200, 140))[1])


@pytest.mark.parametrize(("paper", "sides"), [("A4", {210, 297}), ("F4", {215, 330})])
@pytest.mark.parametrize(("size", "is_wide"), [((600, 400), True), ((400, 600), False), ((400, 400), False)])
def test_the_sheet_is_of_the_paper_of_the_book_and_follows_the_shape(
    tmp_path: Path,
    size: tuple[int, int],
    is_wide: bool,  # noqa: FBT001
    paper: str,
    sides: set[int],
) -> None:
    width, height = box_of(prepared(tmp_path, jpeg(quarters(size)), paper=paper).path)
    assert (width > height) is is_wide
    assert {round(side / 72 * 25.4) for side in (width, height - 22 * width / 595)} == sides


def test_pages_of_a_scan_become_pages(tmp_path: Path) -> None:
    out = io.BytesIO()
    pages = [quarters(), quarters((400, 600)), quarters().convert("L")]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    result = prepared(tmp_path, out.getvalue())
    assert result.pages == 3
    assert [box_of(result.path, page)[0] > box_of(result.path, page)[1] for page in range(3)] == [True, False, True]
    with pypdfium2.PdfDocument(result.path) as pdf:
        assert "(2/3)" in pdf[1].get_textpage().get_text_range()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_its_first_picture_and_says_so(tmp_path: Path, kind: str) -> None:
    """Paper shows one moment of it: whoever looks for the others must know that there are any."""
    out = io.BytesIO()
    quarters().save(out, kind, save_all=True, append_images=[scene(number, (600, 400)) for number in (1, 2)])
    made = prepared(tmp_path, out.getvalue())
    assert made.pages == 1
    assert "(gambar pertama dari 3 dalam animasi)" in caption_of(made.path)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "JPEG", "MPO"])
def test_a_picture_that_stands_still_is_not_called_moving(tmp_path: Path, kind: str) -> None:
    """The second picture in a photo of a telephone is a preview of it."""
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [quarters((60, 40))]} if kind == "MPO" else {}
    quarters().save(out, kind, **more)
    assert "animasi" not in caption_of(prepared(tmp_path, out.getvalue()).path)


def caption_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(str(pdf[0].get_textpage().get_text_range()).split())


def test_black_and_white_stays_black_and_white_and_small(tmp_path: Path) -> None:
    page = Image.new("1", (2480, 3508), 1)
    ImageDraw.Draw(page).rectangle((300, 300, 1200, 900), 0)
    result = prepared(tmp_path, saved(page, "TIFF"))
    image = image_of(result.path)
    assert (image.bits, image.packing) == (1, "/CCITTFaxDecode")
    assert result.path.stat().st_size < 20_000
    after, _ = shown_prepared(result.path, size=(595, 842))
    assert after.convert("L").getpixel((150, 150)) < 50  # type: ignore[operator]
    assert after.convert("L").getpixel((450, 500)) > 200  # type: ignore[operator]


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (quarters().convert("CMYK"), "JPEG"),
        (quarters().convert("P"), "PNG"),
        (quarters().convert("RGBA"), "PNG"),
        (quarters(), "HEIF"),
        (quarters(), "WEBP"),
        (quarters(), "BMP"),
        (quarters(), "GIF"),
    ],
    ids=["inks", "palette", "transparent", "heic", "webp", "bmp", "gif"],
)
def test_every_kind_of_picture_shows_its_colours(tmp_path: Path, picture: Image.Image, kind: str) -> None:
    assert is_like(corners(prepared(tmp_path, saved(picture, kind)).path), [RED, GREEN, BLUE, BLACK])


def test_what_is_transparent_is_white_as_paper(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((100, 100, 200, 200), (*RED, 255))
    image = image_of(prepared(tmp_path, saved(picture, "PNG")).path)
    with image.opened() as again:
        assert min(again.getpixel((20, 20))) > 245  # type: ignore[arg-type]


@pytest.mark.parametrize("depth", ["I;16", "I", "F"])
def test_sixteen_bits_a_dot_keep_their_greys(tmp_path: Path, depth: str) -> None:
    ramp = np.tile(np.linspace(0, 65_535, 256), (256, 1))
    kind = {"I;16": np.uint16, "I": np.int32, "F": np.float32}[depth]
    image = image_of(prepared(tmp_path, saved(Image.fromarray(ramp.astype(kind)), "TIFF")).path)
    with image.opened() as again:
        row = np.asarray(again.convert("L"), dtype=int)[128]
    assert (abs(row[0]), abs(row[-1] - 255), abs(row[128] - 128)) < (6, 6, 6)


def test_a_large_photo_gets_smaller_and_a_small_one_is_not_blown_up(tmp_path: Path) -> None:
    large = image_of(prepared(tmp_path / "a", jpeg(scene(1, (4000, 3000)))).path)
    assert large.size == (2000, 1500)
    small = prepared(tmp_path / "b", jpeg(quarters((120, 80))))
    assert image_of(small.path).size == (120, 80)
    with pypdfium2.PdfDocument(small.path) as pdf:
        (shown,) = [each for each in pdf[0].get_objects(max_depth=3) if each.type == 3]
    left, _, right, _ = shown.get_bounds()
    assert right - left == pytest.approx(90, abs=0.5)


def test_a_photo_without_colours_is_kept_grey(tmp_path: Path) -> None:
    image = image_of(prepared(tmp_path, jpeg(scene(1).convert("L").convert("RGB"))).path)
    assert image.space == "/DeviceGray"


def test_the_same_photo_gives_the_same_bytes(tmp_path: Path) -> None:
    content = jpeg(scene(5))
    first, second = prepared(tmp_path / "a", content), prepared(tmp_path / "b", content)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.path.read_bytes() != prepared(tmp_path / "c", content, "Judul lain").path.read_bytes()


@pytest.mark.parametrize("name", CASES)
def test_a_damaged_or_hostile_picture_is_told_and_never_raises(tmp_path: Path, name: str) -> None:
    _, content, state = CASES[name]
    result = prepared(tmp_path, content)
    if state in (Condition.DAMAGED, Condition.REFUSED):
        assert (result.pages, bool(result.trouble)) == (0, True)
    else:
        assert bool(result.pages) is not bool(result.trouble)
    facts = (tmp_path / FACTS_FILE).read_text(encoding="utf-8")
    assert prepared_from(tmp_path / PAGES_FILE, facts).trouble == result.trouble


def test_a_scan_with_too_many_pages_is_not_printed(tmp_path: Path) -> None:
    out = io.BytesIO()
    small = Image.new("1", (8, 8))
    small.save(out, "TIFF", save_all=True, append_images=[small] * 401)
    assert prepared(tmp_path, out.getvalue()).trouble == "too-long"
    assert prepared(tmp_path, tiff((256, 4, 1, 90_000), (257, 4, 1, 90_000))).pages == 0
