"""The rules on the manifest (Great Expectations): each one fires, on exactly the rows that break it, and counts all."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from flows.errors import ExitCode, RulesError
from flows.findings import load_catalogue
from flows.model import City, Condition, EvidenceFile, Finding, Framework, Manifest, Media, Severity
from flows.settings import validations_root
from flows.validate import expectations, judge_manifest
from flows.validate.expectations import Failure, Rule, Suite, failures_of, load_suite, run_suite
from flows.validate.file_rules import manifest_table
from tests.builders.manifests import digest, evidence, manifest
from tests.validate.quiet import require_silence


def check_table(table: pd.DataFrame, suite: Suite) -> tuple[Failure, ...]:
    return failures_of(run_suite(table, suite))


def found(city: City, framework: Framework, *files: EvidenceFile, cited: tuple[str, ...] = ("1.1",)) -> list[Finding]:
    """Findings on files only, with the files cited, beside an innocent one."""
    innocent = evidence("dinkes/1.1 baik.pdf", "sk")
    all_findings = judge_manifest(city, framework, manifest({each: [innocent, *files] for each in cited}))
    return [each for each in all_findings if each.path]


SOUND = evidence("dinkes/1.1.pdf", "sk")
BREAKING: dict[str, tuple[EvidenceFile, str, Severity]] = {
    "empty": (replace(SOUND, condition=Condition.EMPTY, bytes=0), "empty-file", Severity.REQUIRED),
    "damaged": (
        replace(SOUND, condition=Condition.DAMAGED, detail="cannot-open"),
        "unreadable-file",
        Severity.REQUIRED,
    ),
    "locked": (replace(SOUND, condition=Condition.LOCKED, detail="password"), "locked-file", Severity.REQUIRED),
    "refused": (
        replace(SOUND, condition=Condition.REFUSED, detail="symlink", sha256=""),
        "refused-file",
        Severity.REQUIRED,
    ),
    "program": (
        replace(SOUND, condition=Condition.REFUSED, detail="executable"),
        "executable-file",
        Severity.REQUIRED,
    ),
    "archive": (
        replace(SOUND, condition=Condition.REFUSED, media=Media.ARCHIVE, detail="archive-not-opened"),
        "archive-not-opened",
        Severity.REQUIRED,
    ),
    "arriving": (replace(SOUND, condition=Condition.ARRIVING, detail="vanished"), "arriving-file", Severity.REQUIRED),
    "extension": (replace(SOUND, condition=Condition.WRONG_EXTENSION), "wrong-format", Severity.ADVICE),
    "archive named as a document": (
        replace(SOUND, media=Media.ARCHIVE, condition=Condition.WRONG_EXTENSION, detail="unpacked"),
        "wrong-format",
        Severity.ADVICE,
    ),
    "duplicate": (replace(SOUND, duplicate_of="dinkes/1.1 baik.pdf"), "duplicate-file", Severity.ADVICE),
    "unknown id": (replace(SOUND, unknown_ids=("1.99",)), "unknown-question", Severity.ADVICE),
    "no hash": (replace(SOUND, sha256=""), "manifest-inconsistent", Severity.BLOCKING),
    "odd hash": (replace(SOUND, sha256="A" * 64), "manifest-inconsistent", Severity.BLOCKING),
    "no bytes": (replace(SOUND, bytes=0), "manifest-inconsistent", Severity.BLOCKING),
    "no pages": (replace(SOUND, pages=0), "manifest-inconsistent", Severity.BLOCKING),
}


@pytest.mark.parametrize("case", BREAKING)
def test_each_rule_fires_on_the_row_that_breaks_it(case: str, city: City, framework: Framework) -> None:
    file, code, severity = BREAKING[case]
    findings = found(city, framework, file)
    assert [(each.code, each.severity, each.path, each.agency_id) for each in findings] == [
        (code, severity, file.path, "dinkes")
    ]
    said = load_catalogue().describe(findings[0])
    assert "{" not in said.sentence + said.repair
    assert "–" not in said.sentence + said.repair


def test_every_rule_of_the_suite_is_one_of_those_tested_here() -> None:
    """A rule nobody can break is no rule; one added to the suite needs a case above."""
    tested = {code for _, code, _ in BREAKING.values()} | {"uncited-file"}
    suite = load_suite("manifest")
    assert {rule.finding for rule in suite.rules} == tested
    # Never null, never twice and a known state hold by the types of the manifest; they are broken below as tables.
    assert len(suite.rules) == len(BREAKING) - 2 + 4


@pytest.mark.parametrize(
    ("column", "value", "broken"),
    [("path", None, {1}), ("path", "dinkes/1.1 0.pdf", {0, 1}), ("status", "entah", {1}), ("status", None, set())],
)
def test_rules_the_types_already_keep_fire_on_a_table(column: str, value: object, broken: set[int]) -> None:
    table = manifest_table(manifest({"1.1": [evidence(f"dinkes/1.1 {n}.pdf") for n in range(3)]}))
    table[column] = pd.Series([value if row == 1 else old for row, old in enumerate(table[column])], dtype=object)
    failures = check_table(table, load_suite("manifest"))
    assert {failure.row for failure in failures if failure.rule.finding == "manifest-inconsistent"} == broken


def test_what_is_not_evidence_is_not_judged_as_evidence(city: City, framework: Framework) -> None:
    others = [
        replace(SOUND, path="dinkes/BACA-SAYA.txt", media=Media.GUIDE),
        replace(SOUND, path="dinkes/Formulir.xlsx", media=Media.FORM),
        replace(SOUND, path="dinkes/Thumbs.db", media=Media.SYSTEM, condition=Condition.IGNORED),
        replace(SOUND, path="dinkes/~$x.docx", condition=Condition.IGNORED, bytes=0, sha256=""),
    ]
    assert [each for each in judge_manifest(city, framework, manifest({}, others)) if each.path] == []


def test_an_uncited_file_is_named_with_its_nearest_questions(city: City, framework: Framework) -> None:
    hinted = replace(SOUND, path="dinkes/x.pdf", suggestions=("1.1", "1.2a", "1.2b", "1.2c"))
    plain = replace(SOUND, path="dinkes/y.pdf", sha256=digest("y"))
    unknown = replace(SOUND, path="dinkes/9.99 z.pdf", sha256=digest("z"), unknown_ids=("9.99",), suggestions=("9.9",))
    findings = [each for each in judge_manifest(city, framework, manifest({}, [hinted, plain, unknown])) if each.path]
    words = {each.path: load_catalogue().describe(each).sentence for each in findings}
    assert {each.path: each.code for each in findings} == {
        "dinkes/x.pdf": "uncited-file",
        "dinkes/y.pdf": "uncited-file",
        "dinkes/9.99 z.pdf": "unknown-question",  # told once, not twice
    }
    assert "1.1, 1.2a, 1.2b" in words["dinkes/x.pdf"]
    assert "1.2c" not in words["dinkes/x.pdf"]
    assert words["dinkes/y.pdf"].endswith(".")
    assert "9.99" in words["dinkes/9.99 z.pdf"]


def test_a_copy_of_what_is_cited_is_not_to_be_cited_too(city: City, framework: Framework) -> None:
    """One page told to keep but one of both, and to write a number before the name of the other."""
    cited = evidence("dinkes/1.1 asli.pdf")
    copy = replace(SOUND, path="dinkes/salinan.pdf", sha256=cited.sha256, duplicate_of=cited.path)
    found = [each for each in judge_manifest(city, framework, manifest({"1.1": [cited]}, [copy])) if each.path]
    assert [(each.path, each.code) for each in found] == [(copy.path, "duplicate-file")]
    said = load_catalogue().describe(found[0])
    assert cited.path in said.repair


def test_a_form_that_came_back_as_text_or_print_is_told_to_be_filled_anew(city: City, framework: Framework) -> None:
    """To write a question before its name, as for evidence, would leave all its answers unread."""
    name = "Formulir KLA 2024 - Dinas Kesehatan"
    text = replace(SOUND, path=f"dinkes/{name}.csv", media=Media.PLAIN_TEXT, suggestions=("1.1",))
    printed = replace(SOUND, path=f"dinkes/{name.upper()}.pdf", sha256=digest("p"))
    findings = [each for each in judge_manifest(city, framework, manifest({}, [text, printed])) if each.path]

    assert [each.code for each in findings] == ["uncited-file", "uncited-file"]
    for said in map(load_catalogue().describe, findings):
        assert "isinya tidak dibaca" in said.sentence
        assert "Isi formulir .xlsx" in said.repair
        assert "1.1" not in said.sentence


def test_a_broken_file_puts_the_points_of_all_its_questions_at_stake(city: City, framework: Framework) -> None:
    broken = replace(SOUND, condition=Condition.LOCKED)
    (finding,) = found(city, framework, broken, cited=("1.1", "2.1"))
    points = {each.id: each.points for each in framework.questions}
    assert finding.points == points["1.1"] + points["2.1"]
    assert finding.question_id == "1.1"


def test_more_than_two_hundred_failing_rows_are_all_counted(city: City, framework: Framework) -> None:
    """Great Expectations cuts its list of values at 200; ours is the list of row numbers."""
    files = [evidence(f"dinkes/{n:04} tanpa nomor.pdf") for n in range(737)]
    broken = [evidence(f"dinsos/{n:04}.pdf", condition=Condition.EMPTY, bytes=0) for n in range(411)]
    findings = judge_manifest(city, framework, manifest({}, [*files, *broken]))
    assert sum(each.code == "uncited-file" for each in findings) == 737 + 411
    assert {each.path for each in findings if each.code == "empty-file"} == {each.path for each in broken}


def test_rows_keep_their_number_where_a_rule_looks_at_some_only() -> None:
    table = pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [False, True, False, True, True]})
    rule = Rule("expect_column_values_to_be_between", {"column": "a", "max_value": 3}, "b", "x")
    assert [failure.row for failure in check_table(table, Suite("uji", (rule,)))] == [3, 4]


def test_a_table_without_rows_breaks_no_rule() -> None:
    assert check_table(manifest_table(Manifest((), ())), load_suite("manifest")) == ()
    none_such = Rule("expect_column_values_to_be_null", {"column": "a"}, "a > 9", "x")
    assert check_table(pd.DataFrame({"a": [1]}), Suite("uji", (none_such,))) == ()


@pytest.mark.parametrize(
    "rule",
    [
        Rule("expect_column_values_to_be_unique", {"column": "tiada"}, "", "x"),
        Rule("expect_the_unexpected", {"column": "a"}, "", "x"),
        Rule("expect_column_values_to_be_unique", {"kolom": "a"}, "", "x"),
        Rule("expect_column_values_to_be_in_set", {"column": "a"}, "", "x"),
        Rule("expect_column_values_to_match_regex", {"column": "b", "regex": "(("}, "", "x"),
        Rule("expect_table_row_count_to_equal", {"value": 7}, "", "x"),
        Rule("expect_column_values_to_be_unique", {"column": "a"}, "tiada > 1", "x"),
        Rule("expect_column_values_to_be_unique", {"column": "a"}, "a >", "x"),
    ],
    ids=lambda rule: f"{rule.type}-{rule.where}",
)
def test_a_rule_that_cannot_be_run_is_a_rules_error(rule: Rule) -> None:
    table = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    with pytest.raises(RulesError, match="tidak dapat dijalankan") as caught:
        check_table(table, Suite("uji", (rule,)))
    assert caught.value.exit_code is ExitCode.RULES


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("finding: empty-file", "finding: file-hampa", "file-hampa"),
        ("type: expect_column_values_to_be_unique", "type: drop_table", "drop_table"),
        ("kwargs: {column: path}, ", "", '"kwargs" belum ada'),
        ("kwargs: {column: path}", "kwargs: path", '"kwargs" harus berupa pasangan'),
        ("name: daftar-bukti", "nama: daftar-bukti", '"nama" tidak dikenal'),
        ('where: "evidence"', "where: 5", '"where" harus berupa teks'),
        ("expectations:", "expectations: []\nlain:", '"expectations" tidak boleh kosong'),
    ],
)
def test_a_broken_suite_is_a_rules_error_with_its_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    root = tmp_path / "validations"
    shutil.copytree(validations_root(), root)
    path = root / "suites" / "manifest.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_suite("manifest", root)
    assert any(said in each.message and each.line for each in caught.value.problems), caught.value.problems


def test_a_missing_suite_is_a_rules_error(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="tidak ditemukan"):
        load_suite("manifest", tmp_path)


def test_fifteen_hundred_files_are_judged_in_a_moment(city: City, framework: Framework) -> None:
    files = [evidence(f"dinkes/{n:05}.pdf") for n in range(1500)]
    started = time.perf_counter()
    judge_manifest(city, framework, manifest({"1.1": files[:700]}, files))
    assert time.perf_counter() - started < 3


def test_great_expectations_stays_silent_and_unimported_until_needed() -> None:
    """It is imported beside gather, and neither it nor its progress bars may speak to the user."""
    program = (
        "import sys\n"
        "import flows.validate\n"
        "assert 'great_expectations' not in sys.modules\n"
        "from flows.validate.expectations import Rule, Suite, run_suite\n"
        "import pandas as pd\n"
        "rules = (Rule('expect_column_values_to_be_unique', {'column': 'a'}, '', 'x'),)\n"
        "assert run_suite(pd.DataFrame({'a': [1, 1]}), Suite('uji', rules))[0].failed == (0, 1)\n"
    )
    require_silence(program)


def test_telemetry_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GX_ANALYTICS_ENABLED", raising=False)
    expectations.warm_up()
    import os

    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


@pytest.mark.parametrize(
    ("detail", "repair", "never"),
    [
        ("too-large", "Perkecil", "hak baca"),
        ("too-many-dots", "Perkecil", "hak baca"),
        ("packed-too-tightly", "minta berkas aslinya", "hak baca"),
        ("symlink", "berkas aslinya", "hak baca"),
        ("no-permission", "hak baca", "tautan"),
        ("archive-overlap", "Jangan buka", "hak baca"),
    ],
)
def test_what_is_refused_is_repaired_by_its_reason(
    city: City, framework: Framework, detail: str, repair: str, never: str
) -> None:
    """One sentence for all reasons sent people to look for rights where a picture was too large."""
    (refused,) = found(city, framework, replace(SOUND, condition=Condition.REFUSED, detail=detail))
    told = load_catalogue().describe(refused).repair
    assert repair in told
    assert never not in told


def test_what_is_refused_needs_no_number_before_its_name(city: City, framework: Framework) -> None:
    """A program shall be deleted; advice to give it a number of a question would say the opposite."""
    program = replace(SOUND, path="dinkes/pasang.exe", condition=Condition.REFUSED, detail="executable")
    findings = [each for each in judge_manifest(city, framework, manifest({}, [program])) if each.path]
    assert [each.code for each in findings] == ["executable-file"]


def test_a_pointer_to_a_document_elsewhere_is_one_finding(city: City, framework: Framework) -> None:
    """The document shall be fetched; a number before the name of its pointer would help nobody."""
    pointer = replace(SOUND, path="dinkes/SK.gdoc", condition=Condition.REFUSED, detail="cloud-link")
    findings = [each for each in judge_manifest(city, framework, manifest({}, [pointer])) if each.path]
    assert [each.code for each in findings] == ["refused-file"]
