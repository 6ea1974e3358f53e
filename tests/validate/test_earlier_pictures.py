"""A picture that proved something in an earlier evaluation is told, whatever its bytes became, and never wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from flows import cli
from flows.findings import load_catalogue
from flows.history import COLUMNS, HISTORY, history_text, pictures_of, read_history
from flows.model import (
    City,
    EarlierEvaluations,
    EarlierPicture,
    EvidenceFile,
    Finding,
    Framework,
    Media,
    PathHistory,
    Photo,
    Severity,
    Version,
)
from flows.publish import known_earlier
from flows.validate import judge_manifest
from tests.builders.manifests import digest, evidence, manifest
from tests.gather.photo_kit import jpeg, scene

ONE, OTHER = int(digest("satu"), 16), int(digest("lain"), 16)
BEFORE = EarlierPicture(2023, "dinkes/4.2 kampanye.jpg", f"{ONE:064x}", ("4.2",))
CODES = ("photo-used-before", "earlier-history-unread", "photo-reused")


def photo(path: str, fingerprint: int = ONE, *, taken: str = "", years: tuple[int, ...] = ()) -> EvidenceFile:
    own = Photo(1600, 1200, taken, f"{fingerprint:064x}")
    return replace(evidence(path, "foto"), media=Media.IMAGE, photo=own, years=years)


def said(
    city: City, framework: Framework, *files: EvidenceFile, others: tuple[EvidenceFile, ...] = ()
) -> list[Finding]:
    told = replace(manifest({"1.1": files}, others), earlier=EarlierEvaluations((BEFORE,)))
    return [one for one in judge_manifest(city, framework, told) if one.code in CODES]


def test_it_is_advice_that_names_the_picture_the_year_and_the_question_of_then(
    city: City, framework: Framework
) -> None:
    near = photo("dinkes/1.1 a.jpg", ONE ^ ((1 << 40) - 1))
    [finding] = said(city, framework, near, photo("dinkes/1.1 b.jpg", OTHER))
    assert (finding.code, finding.severity, finding.path, finding.question_id) == (
        "photo-used-before", Severity.ADVICE, near.path, "1.1",
    )  # fmt: skip
    told = load_catalogue().describe(finding)
    assert "evaluasi 2023: dinkes/4.2 kampanye.jpg (2023, 4.2)" in told.sentence
    assert "2022 dan 2023" in told.repair


def test_two_of_this_year_and_one_of_before_are_told_once_each_way(city: City, framework: Framework) -> None:
    files = (photo("dinkes/1.1 a.jpg"), photo("dinsos/1.1 b.jpg", ONE ^ 1))
    assert [one.code for one in said(city, framework, *files)] == ["photo-reused", "photo-used-before"]


@pytest.mark.parametrize(
    ("taken", "years", "is_told"),
    [
        ("2022-05-01", (), False),
        ("", (2022,), False),
        ("2023-05-01", (), True),
        ("2019-05-01", (2022,), True),
        ("", (2019,), True),
    ],
    ids=["camera: both ask", "name: both ask", "after then", "camera before name", "neither asks"],
)
def test_a_photo_of_a_year_that_both_evaluations_ask_for_is_used_rightly(
    city: City, framework: Framework, *, taken: str, years: tuple[int, ...], is_told: bool
) -> None:
    codes = [one.code for one in said(city, framework, photo("dinkes/1.1 a.jpg", taken=taken, years=years))]
    assert codes == (["photo-used-before"] if is_told else [])


def test_what_nobody_cites_proves_nothing_again(city: City, framework: Framework) -> None:
    assert said(city, framework, others=(photo("dinkes/a.jpg"),)) == []


def test_a_history_says_which_pictures_were_evidence_to_the_end(tmp_path: Path) -> None:
    """What was withdrawn, replaced or never cited was not handed in."""
    first, last = (
        Version(digest(name), 9, "2023-03-01", f"{value:064x}") for name, value in (("a", OTHER), ("b", ONE))
    )
    rows = [
        PathHistory("dinkes/4.2 kampanye.jpg", "dinkes", (first, last), "", ("4.2",)),
        PathHistory("dinkes/4.3 ditarik.jpg", "dinkes", (first,), "2023-03-04", ("4.3",)),
        PathHistory("dinkes/formulir.xlsx", "dinkes", (Version(digest("c"), 9, "2023-03-01"),)),
    ]
    path = tmp_path / "2023" / HISTORY
    path.parent.mkdir()
    path.write_text(history_text({one.path: one for one in rows}), encoding="utf-8")
    assert pictures_of(read_history(path), 2023) == [BEFORE]
    for name in ("2024", "2025", "cadangan 2023"):  # this year, a later one, somebody's copy
        (tmp_path / name).mkdir()
        (tmp_path / name / HISTORY).write_bytes(path.read_bytes())
    assert known_earlier(tmp_path / "2024") == EarlierEvaluations((BEFORE,))
    assert known_earlier(tmp_path / "tidak ada" / "2024") == EarlierEvaluations()


def test_a_history_of_before_fingerprints_is_still_a_history(tmp_path: Path) -> None:
    path = tmp_path / HISTORY
    old = ",".join(COLUMNS[:-1])
    path.write_text(f"{old}\n{digest('a')},9,dinkes/4.2 a.jpg,dinkes,1,2023-03-01,,4.2\n", encoding="utf-8")
    assert pictures_of(read_history(path), 2023) == []


Run = Callable[..., dict[str, list[str]]]


@pytest.fixture
def kla(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The command with ``--json``, in a world of its own; gives the sentences of each code of finding."""
    places = ["--inputs", str(tmp_path / "inputs"), "--outputs", str(tmp_path / "outputs"), "--json"]

    def run(*args: str) -> dict[str, list[str]]:
        with pytest.raises(SystemExit):
            cli.main([*args, *places])
        found: dict[str, list[str]] = {}
        for one in json.loads(capfd.readouterr().out).get("temuan_rinci", ()):
            found.setdefault(one["code"], []).append(one["uraian"])
        return found

    return run


def test_two_years_through_the_command_and_a_spoilt_history_stops_nothing(kla: Run, tmp_path: Path) -> None:
    """The same photo, made smaller and turned as telephones and viewers do, a year later under another question."""
    new = ("--instrumen", "2024", "--nama", "Kota Uji Coba", "--profil", "umum")
    kla("siapkan", "kota-uji", "2023", *new)
    kla("siapkan", "kota-uji", "2024")
    before, now = (tmp_path / "inputs" / "kota-uji" / year / "Dinas Kesehatan" for year in ("2023", "2024"))
    (before / "12.1 posyandu.jpg").write_bytes(jpeg(scene(3)))
    kla("periksa", "kota-uji", "2023")

    turned = scene(3).resize((600, 450)).transpose(Image.Transpose.ROTATE_90)
    (now / "13.1 imunisasi.jpg").write_bytes(jpeg(turned, quality=60))
    (now / "13.2 lain.jpg").write_bytes(jpeg(scene(5)))
    [told] = kla("periksa", "kota-uji", "2024")["photo-used-before"]
    assert "13.1 imunisasi.jpg untuk pertanyaan 13.1" in told
    assert "12.1 posyandu.jpg (2023, 12.1)" in told

    (tmp_path / "outputs/kota-uji/2023" / HISTORY).write_text("rusak", encoding="utf-8")
    found = kla("periksa", "kota-uji", "2024")
    assert "photo-used-before" not in found
    [unread] = found["earlier-history-unread"]
    assert "kota-uji/2023/riwayat.csv" in unread
