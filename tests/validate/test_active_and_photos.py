"""Findings on active content and on photos: who is named, how heavy it weighs, and what is not said twice."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from flows.findings import load_catalogue
from flows.gather.pictures import look_at_picture
from flows.model import City, Condition, EvidenceFile, Finding, Framework, Media, Period, Photo, Severity
from flows.validate import judge_manifest
from tests.builders.manifests import ask, digest, evidence, instrument, manifest, question
from tests.gather.photo_kit import jpeg, scene

CODES = ("active-content", "embedded-files", "polyglot-file", "photo-reused", "photo-too-small", "photo-date-outside")
SOUND = evidence("dinkes/1.1 sk.pdf", "sk")


def photo(path: str, fingerprint: int = 0, size: tuple[int, int] = (1600, 1200), taken: str = "") -> EvidenceFile:
    own = Photo(*size, taken=taken, fingerprint=f"{fingerprint:064x}" if fingerprint else "")
    return replace(evidence(path, "foto"), media=Media.IMAGE, photo=own, sha256=digest(path))


def fingerprint(picture: Image.Image) -> int:
    return int(look_at_picture(BytesIO(jpeg(picture, quality=70))).photo.fingerprint, 16)


def said(city: City, framework: Framework, *files: EvidenceFile, cited: str = "1.1") -> list[Finding]:
    found = judge_manifest(city, framework, manifest({cited: files}))
    return [finding for finding in found if finding.code in CODES]


def test_each_concern_of_a_file_is_one_finding_that_names_what_was_found(city: City, framework: Framework) -> None:
    facts = ("pdf-javascript", "pdf-launch", "embedded-file: rekap.xlsx", "embedded-object", "polyglot-zip")
    findings = said(city, framework, replace(SOUND, active=facts))
    assert [(one.code, one.severity) for one in findings] == [
        ("active-content", Severity.ADVICE),
        ("embedded-files", Severity.ADVICE),
        ("polyglot-file", Severity.REQUIRED),
    ]
    words = [load_catalogue().describe(one).sentence for one in findings]
    assert "skrip JavaScript, perintah menjalankan program" in words[0]
    assert 'berkas lain "rekap.xlsx", objek program lain' in words[1]
    assert findings[2].points > 0


def test_a_virus_is_named_and_nothing_else_is_said_of_the_file(city: City, framework: Framework) -> None:
    file = replace(SOUND, condition=Condition.REFUSED, detail="virus", active=("virus: Contoh-Uji",))
    findings = judge_manifest(city, framework, manifest({"1.1": [file]}))
    [finding] = [one for one in findings if one.path == file.path]
    assert (finding.code, finding.severity) == ("infected-file", Severity.REQUIRED)
    assert 'tanda virus "Contoh-Uji"' in load_catalogue().describe(finding).sentence


def test_macros_of_a_form_are_said_where_the_form_is_read(city: City, framework: Framework) -> None:
    form = replace(SOUND, media=Media.FORM, active=("macro", "macro-auto", "xlm-macro"))
    assert said(city, framework, form) == []
    [finding] = said(city, framework, replace(form, active=("macro", "external-link")))
    assert "makro" not in finding.values["what"]


def test_a_macro_that_runs_by_itself_is_said_once(city: City, framework: Framework) -> None:
    [finding] = said(city, framework, replace(SOUND, active=("macro", "macro-auto")))
    assert finding.values["what"] == "makro yang berjalan sendiri ketika berkas dibuka"


def test_the_same_picture_again_is_one_finding_per_group(city: City, framework: Framework) -> None:
    first = (1 << 255) | 0xABCDEF
    near, far = first ^ ((1 << 40) - 1), first ^ ((1 << 41) - 1)
    files = (
        photo("dinkes/a.jpg", first),
        photo("dinkes/b.jpg", near),
        photo("dinsos/c.jpg", first ^ (((1 << 60) - 1) << 150)),
    )
    [finding] = said(city, framework, *files)
    assert (finding.code, finding.path, finding.values["others"]) == (
        "photo-reused", "dinkes/a.jpg", "dinkes/b.jpg (1.1)",
    )  # fmt: skip
    assert said(city, framework, photo("dinkes/a.jpg", first), photo("dinkes/b.jpg", far)) == []


@pytest.mark.parametrize("way", list(Image.Transpose), ids=lambda way: way.name)
def test_a_picture_that_was_turned_or_mirrored_and_saved_so_is_the_same(
    city: City, framework: Framework, way: Image.Transpose
) -> None:
    """Viewers turn a photo by its pixels and drop the note of the camera; different ones stay different all ways."""
    prints = [fingerprint(scene(number)) for number in range(8)]
    files = [photo(f"dinkes/{number}.jpg", one) for number, one in enumerate(prints)]
    turned = photo("dinkes/z.jpg", fingerprint(scene(3).transpose(way)))
    [finding] = said(city, framework, *files, turned)
    assert (finding.path, finding.values["others"]) == ("dinkes/3.jpg", "dinkes/z.jpg (1.1)")


def test_equal_bytes_are_left_to_the_finding_on_duplicates(city: City, framework: Framework) -> None:
    one = photo("dinkes/a.jpg", 12345)
    assert said(city, framework, one, replace(one, path="dinkes/b.jpg")) == []


def test_pictures_without_a_fingerprint_are_never_the_same(city: City, framework: Framework) -> None:
    assert said(city, framework, photo("dinkes/a.jpg"), photo("dinkes/b.jpg")) == []


def test_many_pictures_are_compared_in_no_time(city: City, framework: Framework) -> None:
    """Sixty thousand pairs and more: only those that may be alike are compared."""
    files = [photo(f"dinkes/{number}.jpg", int(digest(str(number)), 16)) for number in range(400)]
    copy = photo("dinkes/z.jpg", int(digest("7"), 16) ^ 0b1011)
    [finding] = said(city, framework, *files, copy)
    assert (finding.path, finding.values["others"]) == ("dinkes/7.jpg", "dinkes/z.jpg (1.1)")


@pytest.mark.parametrize(("size", "is_small"), [((640, 460), True), ((670, 470), False), ((300, 2000), False)])
def test_a_picture_that_print_would_blur_is_said(
    city: City, framework: Framework, size: tuple[int, int], *, is_small: bool
) -> None:
    findings = said(city, framework, photo("dinkes/a.jpg", size=size))
    assert [one.code for one in findings] == (["photo-too-small"] if is_small else [])


def test_a_photo_of_another_year_counts_only_where_data_years_are_asked(city: City) -> None:
    dated = instrument(question(ask("foto", Period.DATA_YEARS)))
    in_force = instrument(question(ask("foto", Period.IN_FORCE)))
    old, fitting = photo("dinkes/a.jpg", taken="2019-05-01"), photo("dinkes/b.jpg", taken="2023-05-01")
    [finding] = said(city, dated, old, fitting)
    assert (finding.code, finding.path, finding.question_id) == ("photo-date-outside", "dinkes/a.jpg", "1.1")
    assert "2019" in load_catalogue().describe(finding).sentence
    assert said(city, in_force, old) == []
    assert said(city, dated, replace(old, years=(2019,))) == []


def test_unreadable_pictures_say_nothing(city: City, framework: Framework) -> None:
    broken = replace(photo("dinkes/a.jpg", 5, size=(9, 9)), condition=Condition.DAMAGED)
    assert said(city, framework, broken) == []
