"""Lifting what blocks or holds back: by name and reason, for these bytes only, kept for ever; no child is ever sent."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows import cli
from flows.errors import ExitCode, InputsError, KlaError, UsageError
from flows.findings import load_catalogue
from flows.history import HISTORY, write_history
from flows.lift import lift, standing, take_back
from flows.model import Assessment, Condition, Exposure, Finding, Override, Overrides, Reach, Register, Severity
from flows.overrides import OVERRIDES, append_overrides, overrides_text, read_overrides
from flows.publish import publish_check, work_folder
from flows.publish.known import REGISTER
from flows.register import register_labels, write_register
from flows.render import Evidence, render_block
from flows.render.control import ControlReport
from flows.telling_privacy import privacy_sentences
from flows.validate import validate
from tests.builders.manifests import city, digest, evidence, instrument, manifest, question
from tests.publish.test_publish import NOW
from tests.validate.test_privacy import ADULT, CHILD, COUNTS, LIKELY_LIST

ASKED = instrument(question())
CITY = city(ASKED)
DAY = date(2025, 3, 31)
WHO, OFFICE, REASON = "Ibu Contoh", "Sekretaris Daerah", "Disetujui Ketua Gugus Tugas"
CHILD_FILE = evidence("dinkes/1.1 SK Rahasia.pdf", "sk", reach=Reach.WHOLE, exposures=(CHILD, ADULT))
LINE = Override("T-0123abcd", "child-number", "a.pdf", "2025-03-31", "Ibu Contoh", "Sekda", "Karena perlu sekali")


def checked(root: Path, **changes: object) -> Path:
    """The output folder after a check that found a child's number in a file, or what ``changes`` say."""
    root.mkdir(parents=True, exist_ok=True)
    file = replace(CHILD_FILE, **changes)  # type: ignore[arg-type]
    found = manifest({"1.1": [file]})
    judged = validate(CITY, ASKED, found, read_overrides(root / OVERRIDES))
    with work_folder(root, NOW) as work:
        publish_check(work, judged, found, register_labels(Register(()), found, ASKED), CITY, ASKED)
    return root


def lifted(root: Path, finding_id: str, *, who: str = WHO, office: str = OFFICE, reason: str = REASON) -> Finding:
    (found,) = lift(root, [finding_id], who=who, office=office, reason=reason, day=DAY)
    return found


def judged_again(root: Path, **changes: object) -> Assessment:
    file = replace(CHILD_FILE, **changes)  # type: ignore[arg-type]
    found = manifest({"1.1": [file]})
    return validate(CITY, ASKED, found, read_overrides(root / OVERRIDES))


# --------------------------------------------------------------------------------------------------------------------
# The history


def test_a_history_reads_back_as_it_was_written(tmp_path: Path) -> None:
    lines = (
        LINE,
        replace(LINE, who="=Ibu Rumus", path="-1.1 a.pdf"),  # written as no formula, and not once more each time
        replace(LINE, who='Pak "Koma", S.H.', is_withdrawn=True, office="", reason=""),
    )
    for line in lines:
        append_overrides(tmp_path / OVERRIDES, [line])
    assert read_overrides(tmp_path / OVERRIDES) == Overrides(lines)
    assert (
        (tmp_path / OVERRIDES).read_text(encoding="utf-8").startswith("id,code,path,date,who,office,reason,withdrawn\n")
    )


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_what_names_evidence_is_for_its_owner_only(tmp_path: Path) -> None:
    """Paths of files tell of cases, and reasons of children; also a list that was open to all is closed."""
    names = (OVERRIDES, HISTORY, REGISTER)
    for name in names:
        (tmp_path / name).touch(0o644)
    (tmp_path / OVERRIDES).unlink()
    append_overrides(tmp_path / OVERRIDES, [LINE])
    write_history(tmp_path / HISTORY, {})
    write_register(tmp_path / REGISTER, Register(()))
    assert {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names} == dict.fromkeys(names, 0o600)


def test_the_last_line_about_a_finding_counts() -> None:
    back = replace(LINE, is_withdrawn=True)
    assert Overrides((LINE,)).standing == {LINE.finding_id: LINE}
    assert Overrides((LINE, back)).standing == {}
    assert Overrides((LINE, back, LINE)).standing == {LINE.finding_id: LINE}


def test_no_history_lifts_nothing(tmp_path: Path) -> None:
    assert read_overrides(tmp_path / OVERRIDES) == Overrides()


WHOLE = overrides_text((LINE,))
DAMAGED = {
    "empty": "",
    "other columns": WHOLE.replace("who", "siapa"),
    "a cell short": WHOLE.replace("Sekda,", ""),
    "no such id": WHOLE.replace("T-0123abcd", "T-xyz"),
    "no such day": WHOLE.replace("2025-03-31", "kemarin"),
    "nobody": WHOLE.replace("Ibu Contoh", " "),
    "no reason": WHOLE.replace("Karena perlu sekali", ""),
    "odd mark": WHOLE.rstrip("\n") + "entah\n",
    "half": WHOLE[: len(WHOLE) // 2 + 30],
    "no text": "\udcff",
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_history_ends_a_run_before_any_work(case: str, tmp_path: Path) -> None:
    path = tmp_path / OVERRIDES
    path.write_bytes(DAMAGED[case].encode("utf-8", "surrogateescape"))
    with pytest.raises(InputsError, match=r"pengecualian\.csv rusak") as caught:
        read_overrides(path)
    assert "dicatat ulang" in caught.value.repair


# --------------------------------------------------------------------------------------------------------------------
# Lifting


def test_a_lifted_finding_stays_visible_and_blocks_no_more(tmp_path: Path) -> None:
    root = checked(tmp_path / "kota" / "2024")
    (finding,) = standing(root).blocking
    assert lifted(root, finding.id) == finding
    after = judged_again(root)
    (same,) = [each for each in after.findings if each.code == "child-number"]
    assert same.id == finding.id
    assert same.severity is Severity.BLOCKING
    assert not same.blocks
    assert after.privacy_checked
    assert after.heaviest is not Severity.BLOCKING
    assert "Ibu Contoh, Sekretaris Daerah, tanggal 31 Maret 2025" in load_catalogue().lifted(same)
    now = standing(root)
    assert not now.blocking
    assert [(each.id, entry.reason) for each, entry in now.lifted] == [(finding.id, REASON)]


def test_what_was_lifted_lapses_when_the_bytes_change_and_says_so(tmp_path: Path) -> None:
    root = checked(tmp_path / "kota" / "2024")
    old = standing(root).blocking[0].id
    lifted(root, old)
    after = judged_again(root, sha256=digest("yang baru"))
    assert not after.privacy_checked
    assert after.heaviest is Severity.BLOCKING
    assert [entry.finding_id for entry in after.lapsed] == [old]
    (told,) = [each for each in after.findings if each.code == "override-lapsed"]
    now = next(each for each in after.findings if each.code == "child-number")
    assert now.id in load_catalogue().describe(told).sentence
    assert old in load_catalogue().describe(told).sentence
    checked(root, sha256=digest("yang baru"))
    assert [entry.finding_id for entry in standing(root).lapsed] == [old]


def test_a_repaired_file_leaves_a_lapsed_line_and_no_finding(tmp_path: Path) -> None:
    root = checked(tmp_path / "kota" / "2024")
    lifted(root, standing(root).blocking[0].id)
    after = judged_again(root, sha256=digest("bersih"), exposures=())
    assert after.privacy_checked
    assert len(after.lapsed) == 1
    assert "override-lapsed" not in {each.code for each in after.findings}


def test_what_was_lifted_can_be_taken_back_and_the_history_grows(tmp_path: Path) -> None:
    root = checked(tmp_path / "kota" / "2024")
    found = standing(root).blocking[0].id
    lifted(root, found)
    take_back(root, [found], who="Pak Contoh", office="", reason="", day=DAY)
    assert [(each.who, each.is_withdrawn) for each in read_overrides(root / OVERRIDES).entries] == [
        ("Ibu Contoh", False),
        ("Pak Contoh", True),
    ]
    assert not judged_again(root).privacy_checked
    with pytest.raises(UsageError, match="Tidak ada pengecualian"):
        take_back(root, [found], who="Pak Contoh", office="", reason="", day=DAY)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"who": "  "}, "memerlukan nama"),
        ({"office": ""}, "memerlukan jabatan"),
        ({"reason": ""}, "memerlukan alasan"),
        ({"who": "", "office": "", "reason": ""}, "memerlukan nama, jabatan, dan alasan"),
        ({"reason": "perlu"}, "terlalu singkat"),
    ],
)
def test_nobody_lifts_without_name_office_and_reason(changes: dict[str, str], told: str, tmp_path: Path) -> None:
    root = checked(tmp_path / "kota" / "2024")
    with pytest.raises(UsageError, match=told):
        lifted(root, standing(root).blocking[0].id, **changes)
    assert not (root / OVERRIDES).exists()


def test_only_what_blocks_or_holds_back_since_the_last_check_can_be_lifted(tmp_path: Path) -> None:
    root = checked(tmp_path / "kota" / "2024")
    record = json.loads((root / "pemeriksaan" / "temuan.json").read_text(encoding="utf-8"))
    advice = next(each["id"] for each in record if each["severity"] != "menghalangi")
    for wrong in ("T-00000000", advice, "entah"):
        with pytest.raises(UsageError, match="tidak ada temuan bernomor") as caught:
            lifted(root, wrong)
        assert standing(root).blocking[0].id in caught.value.repair
    lifted(root, standing(root).blocking[0].id)
    with pytest.raises(UsageError, match="sudah dikecualikan"):
        lifted(root, standing(root).lifted[0][0].id)


def test_a_wrong_number_says_where_the_right_ones_are(tmp_path: Path) -> None:
    """With nothing to lift a check is named; a few numbers are listed; many are left to the list that explains them."""
    root = checked(tmp_path / "kota" / "2024", exposures=(CHILD, LIKELY_LIST))
    with pytest.raises(UsageError) as few:
        lifted(root, "T-00000000")
    ids = [each.id for each in standing(root).waiting]
    assert few.value.repair.startswith(f"Yang ada sekarang: {ids[0]} dan {ids[1]}.")
    assert few.value.repair.endswith("kla kecualikan kota 2024")
    place = root / "pemeriksaan" / "temuan.json"
    record = json.loads(place.read_text(encoding="utf-8"))
    open_one = next(each for each in record if each["id"] == ids[0])
    many = [{**open_one, "id": f"T-{count:08x}"} for count in range(1, 41)]
    place.write_text(json.dumps(many), encoding="utf-8")
    with pytest.raises(UsageError) as crowded:
        lifted(root, "T-00000000")
    assert "Ada 40 temuan" in crowded.value.repair
    assert "T-" not in crowded.value.repair
    assert crowded.value.repair.endswith("kla kecualikan kota 2024")
    place.write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError) as none:
        lifted(root, "T-00000000")
    assert "Tidak ada yang perlu dikecualikan" in none.value.repair
    assert none.value.repair.endswith("kla periksa kota 2024")


def test_several_findings_are_lifted_together_or_none_of_them(tmp_path: Path) -> None:
    """Whoever has looked through twelve files types one command; a mistyped number costs nothing."""
    root = checked(tmp_path / "kota" / "2024", exposures=(CHILD, LIKELY_LIST))
    now = standing(root)
    ids = [each.id for each in (*now.blocking, *now.holding)]
    assert len(ids) == 2
    with pytest.raises(UsageError, match="tidak ada temuan bernomor"):
        lift(root, [*ids, "T-00000000"], who=WHO, office=OFFICE, reason=REASON, day=DAY)
    assert not (root / OVERRIDES).exists()
    lift(root, [*ids, ids[0]], who=WHO, office=OFFICE, reason=REASON, day=DAY)
    assert [each.finding_id for each in read_overrides(root / OVERRIDES).entries] == ids
    take_back(root, ids, who="Pak Contoh", office="", reason="", day=DAY)
    assert [each.id for each in (*standing(root).blocking, *standing(root).holding)] == ids


def test_without_a_check_there_is_nothing_to_lift(tmp_path: Path) -> None:
    root = tmp_path / "kota" / "2024"
    with pytest.raises(InputsError, match="Belum ada hasil pemeriksaan") as caught:
        lifted(root, "T-00000000")
    assert "kla periksa kota 2024" in caught.value.repair
    assert not root.exists()
    checked(root)
    (root / "pemeriksaan" / "temuan.json").write_text('[{"code": 1}]', encoding="utf-8")
    with pytest.raises(KlaError, match="tidak dapat dibaca"):
        standing(root)


# --------------------------------------------------------------------------------------------------------------------
# What leaves the house


def test_a_childs_file_is_never_named_in_the_dossier_lifted_or_not(tmp_path: Path) -> None:
    root = checked(tmp_path / "kota" / "2024")
    found = manifest({"1.1": [CHILD_FILE]})
    register = register_labels(Register(()), found, ASKED)
    for lifts in (False, True):
        if lifts:
            lifted(root, standing(root).blocking[0].id)
        assessment = judged_again(root)
        assert assessment.privacy_checked is lifts
        chapter = render_block(ASKED.blocks[0], Evidence(assessment, CITY, ASKED, found, register), DAY)
        assert "Rahasia" not in chapter
        assert "KL/1.1-01" in chapter


@pytest.mark.parametrize("exposure", [COUNTS, LIKELY_LIST])
def test_what_may_expose_a_child_is_shown_once_somebody_says_that_it_does_not(
    exposure: Exposure, tmp_path: Path
) -> None:
    """What looks like cases may count something else, and names may be of others: kept back only until that is said."""
    recap = replace(CHILD_FILE, exposures=(exposure,))
    found = manifest({"1.1": [recap]})
    register = register_labels(Register(()), found, ASKED)
    root = checked(tmp_path / "kota" / "2024", exposures=(exposure,))
    for lifts in (False, True):
        if lifts:
            now = standing(root)
            lifted(root, (*now.blocking, *now.holding)[0].id)
        assessment = judged_again(root, exposures=(exposure,))
        assert assessment.withheld == (frozenset() if lifts else {recap.sha256})
        chapter = render_block(ASKED.blocks[0], Evidence(assessment, CITY, ASKED, found, register), DAY)
        assert ("Rahasia" in chapter) is lifts


def test_what_may_name_children_holds_its_file_back_and_not_the_run(tmp_path: Path) -> None:
    """A run is never stopped by a doubt; the doubt keeps the file in the house, and says how it is ended."""
    root = checked(tmp_path / "kota" / "2024", exposures=(LIKELY_LIST,))
    assessment = judged_again(root, exposures=(LIKELY_LIST,))
    assert assessment.privacy_checked
    assert assessment.heaviest is Severity.REQUIRED
    (held,) = standing(root).holding
    assert privacy_sentences(assessment, CITY)[1].startswith("1 berkas ditahan dari dosir yang dikirim")
    found = manifest({"1.1": [replace(CHILD_FILE, exposures=(LIKELY_LIST,))]})
    register = register_labels(Register(()), found, ASKED)
    report = ControlReport(Evidence(assessment, CITY, ASKED, found, register), load_catalogue(), DAY)
    told = "".join(part.html for part in report.parts())
    assert "Yang ditahan sampai diputuskan (1)" in told
    assert held.id in told


def test_the_control_report_tells_what_blocks_first_and_who_lifted_what(tmp_path: Path) -> None:
    root = checked(tmp_path / "kota" / "2024")
    found = manifest({"1.1": [CHILD_FILE]})
    register = register_labels(Register(()), found, ASKED)

    def report() -> str:
        value = Evidence(judged_again(root), CITY, ASKED, found, register)
        made = ControlReport(value, load_catalogue(), DAY)
        return made.front({}).html + "".join(part.html for part in made.parts())

    blocking = standing(root).blocking[0].id
    before = report()
    part = before[before.index('id="data-pribadi"') :]
    assert "Yang menghalangi (1)" in part
    assert blocking in part
    assert "Menahan penerbitan (1)" in before
    lifted(root, blocking)
    after = report()
    part = after[after.index('id="data-pribadi"') : after.index('id="per-blok"')]
    assert "Yang menghalangi" not in part
    assert "Yang dikecualikan (1)" in part
    assert "Dikecualikan oleh Ibu Contoh, Sekretaris Daerah" in part
    assert "Menahan penerbitan" not in after


# --------------------------------------------------------------------------------------------------------------------
# The command


def test_the_command_lists_lifts_and_takes_back(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    root = checked(tmp_path / "outputs" / "kota-uji" / "2024")
    run = command(capfd)
    code, out = run()
    found = standing(root).blocking[0].id
    assert code == ExitCode.COMPLETE
    assert f"{found}  NIK anak." in out
    assert "--alasan" in out
    said = ("--nama", "Ibu Contoh", "--jabatan", "Sekda", "--alasan", "Disetujui rapat")
    assert run(found, "--nama", "Ibu Contoh")[0] == ExitCode.USAGE
    assert run(*said)[0] == ExitCode.USAGE, "a name without a finding lifts nothing"
    assert run(found.upper(), *said)[0] == ExitCode.COMPLETE, "typed in capitals it is the same"
    assert "Yang dikecualikan (1)" in run()[1]
    record = json.loads(run("--json")[1])
    assert record["menghalangi"] == []
    assert record["dikecualikan"][0]["alasan"] == "Disetujui rapat"
    assert run(found, "--cabut", "--nama", "Pak Contoh")[0] == ExitCode.COMPLETE
    assert "Yang menghalangi (1)" in run()[1]


def test_the_command_lifts_several_at_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    root = checked(tmp_path / "outputs" / "kota-uji" / "2024", exposures=(CHILD, LIKELY_LIST))
    run = command(capfd)
    out = run()[1]
    assert "Yang ditahan sampai diputuskan (1)" in out
    now = standing(root)
    ids = [each.id for each in (*now.blocking, *now.holding)]
    assert [each["temuan"] for each in json.loads(run("--json")[1])["ditahan"]] == ids[1:]
    said = ("--nama", "Ibu Contoh", "--jabatan", "Sekda", "--alasan", "Disetujui rapat")
    code, out = run(f"{ids[0]},", ids[1], *said)  # as it is copied from a sentence
    assert code == ExitCode.COMPLETE
    assert f"{ids[0]} dan {ids[1]} berlaku" in out
    assert "Yang dikecualikan (2)" in run()[1]


def test_nothing_that_blocks_is_not_said_of_files_nobody_has_seen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file is still being copied, one is locked, one is a scan in part: no run may say that all is well."""
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "outputs" / "kota-uji" / "2024"
    root.mkdir(parents=True)
    files = [
        replace(CHILD_FILE, path=f"dinkes/1.1 {name}.pdf", sha256=name * 64, exposures=(), **changes)
        for name, changes in (
            ("a", {"condition": Condition.ARRIVING, "detail": "still-changing", "reach": Reach.NONE}),
            ("b", {"condition": Condition.LOCKED, "detail": "password", "reach": Reach.NONE}),
            ("c", {"reach": Reach.PART}),
        )
    ]
    found = manifest({"1.1": files})
    register = register_labels(Register(()), found, ASKED)
    judged = validate(CITY, ASKED, found, Overrides())
    with work_folder(root, NOW) as work:
        publish_check(work, judged, found, register, CITY, ASKED)
    _, told = command(capfd)()
    assert "Tidak ada temuan yang menghalangi" in told
    of_run = privacy_sentences(judged, CITY)
    assert "1 berkas tidak dapat dibaca isinya oleh program (1 berkas terkunci); periksa sendiri sebelum" in of_run[2]
    for sentence in ("1 berkas masih disalin sehingga belum dilihat", "1 berkas baru dilihat sebagian isinya"):
        assert sentence in told
        assert sentence in "\n".join(of_run)
    report = ControlReport(Evidence(judged, CITY, ASKED, found, register), load_catalogue(), DAY)
    page = report.front({}).html + "".join(part.html for part in report.parts())
    assert "1 berkas telah diperiksa, 1 di antaranya sebagian; isi 2 berkas lain tidak dapat dilihat program." in page


def command(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def run(*args: str) -> tuple[int, str]:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main(["kecualikan", "kota-uji", "2024", *args])
        return int(ended.value.code or 0), capfd.readouterr().out

    return run
