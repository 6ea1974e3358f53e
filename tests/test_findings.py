"""The catalogue of findings: every code, reason and detail of the program has words, and no word is left over."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows import wording
from flows.errors import ExitCode, RulesError
from flows.findings import Catalogue, load_catalogue
from flows.model import HOLDING, PRIVACY_BLOCKING, Finding, Severity
from flows.settings import validations_root
from flows.validate.expectations import load_suite

FLOWS = Path(__file__).resolve().parents[1] / "flows"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def trees(stage: str) -> Iterator[ast.Module]:
    for path in sorted((FLOWS / stage).glob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def constants(node: ast.AST | None) -> set[str]:
    """Every text below ``node``."""
    found = ast.walk(node) if node is not None else ()
    return {each.value for each in found if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def keyword_texts(stage: str, name: str) -> set[str]:
    """Texts given as keyword argument ``name`` anywhere in a stage; computed ones are left out."""
    return {
        text
        for tree in trees(stage)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == name
        for text in constants(node.value)
        if isinstance(node.value, ast.Constant | ast.IfExp)
    }


def all_texts(stage: str) -> set[str]:
    return {text for tree in trees(stage) for text in constants(tree)}


def test_every_code_in_the_code_is_in_the_catalogue_and_the_other_way_round(catalogue: Catalogue) -> None:
    suites = (FLOWS.parent / "validations" / "suites").glob("*.yaml")
    rules = {rule.finding for path in suites for rule in load_suite(path.stem).rules}
    assert keyword_texts("validate", "code") | rules <= set(catalogue.entries)
    said = all_texts("validate") | all_texts("gather") | all_texts("forms") | HOLDING
    assert set(catalogue.entries) - said - rules == set()


def test_every_reason_in_the_code_has_words_and_the_other_way_round(catalogue: Catalogue) -> None:
    tree = ast.parse((FLOWS / "validate" / "completeness.py").read_text(encoding="utf-8"))
    used: set[str] = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and (
            function.name.startswith(("_check", "_by_")) or function.name == "_without_fitting"
        ):
            for node in ast.walk(function):
                if isinstance(node, ast.Return | ast.Assign):
                    used |= {text for text in constants(node.value) if re.fullmatch(r"[a-z]+(-[a-z]+)*", text)}
    assert used == set(catalogue.reasons)
    assert {"missing", "kind-uncertain", "unreadable"} <= used


def test_a_reason_is_a_finding_unless_a_file_or_folder_says_it(catalogue: Catalogue) -> None:
    spoken_elsewhere = {"missing", "unreadable", "folder-closed"}
    assert set(catalogue.reasons) - spoken_elsewhere <= set(catalogue.entries)


def test_every_detail_gathering_gives_has_words_and_the_other_way_round(catalogue: Catalogue) -> None:
    given = keyword_texts("gather", "detail")
    for tree in trees("gather"):
        for node in ast.walk(tree):
            parts = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else []
            if any(isinstance(part, ast.Attribute) and ast.unparse(part).startswith("Condition.") for part in parts):
                given |= {
                    text for part in parts if isinstance(part, ast.Constant | ast.BoolOp) for text in constants(part)
                }
    assert {each for each in given if each} <= set(catalogue.details)
    assert set(catalogue.details) - all_texts("gather") == set()


def test_every_remedy_is_for_something_that_is_said(catalogue: Catalogue) -> None:
    assert set(catalogue.remedies) <= set(catalogue.details) | set(catalogue.hidden)


def test_every_remark_of_a_reader_has_words(catalogue: Catalogue) -> None:
    assert set(catalogue.remarks) - all_texts("forms") == set()


def test_only_publishing_dangers_block(catalogue: Catalogue) -> None:
    assert {code for code, entry in catalogue.entries.items() if entry.severity is Severity.BLOCKING} == {
        "manifest-inconsistent",
        "answers-disagree",
        *PRIVACY_BLOCKING,
    }


def test_every_finding_is_told_in_whole_sentences(catalogue: Catalogue) -> None:
    for entry in catalogue.entries.values():
        assert entry.title[0].isupper()
        assert not entry.title.endswith(".")
        assert entry.repair.endswith(".")
        assert entry.sentence.endswith((".", "{suggestion}"))
        assert "  " not in entry.sentence + entry.repair
    assert all(text.endswith(".") and "{" not in text for text in catalogue.remedies.values())
    for words in (catalogue.reasons, catalogue.details):
        assert all(text == text.strip() and not text.endswith(".") for text in words.values())


def test_the_phrases_take_what_the_code_gives_them(catalogue: Catalogue) -> None:
    assert "1.1, 1.2" in catalogue.phrases["suggestion"].format(questions="1.1, 1.2")
    assert "1.1.pdf" in catalogue.phrases["nearest"].format(nearest="1.1.pdf")
    assert "Mawar" in catalogue.phrases["area-form"].format(area="Mawar")


def test_a_finding_says_where_it_stands_and_how_many_more_there_are(catalogue: Catalogue) -> None:
    values = {"column": "Anak", "row": "Mawar", "more": "37"}
    finding = Finding("table-empty-cell", Severity.REQUIRED, path="a.xlsx", values=values, sheet="Akta", cell="D7")
    said = catalogue.describe(finding).sentence
    assert said.startswith('a.xlsx, lembar "Akta" sel D7: "Anak" untuk Mawar')
    assert "masih ada 37 temuan serupa" in said
    without = catalogue.describe(replace(finding, sheet="", cell="")).sentence
    assert without.startswith('a.xlsx: "Anak" untuk Mawar')


def test_a_finding_without_values_is_still_a_sentence(catalogue: Catalogue) -> None:
    for code, entry in catalogue.entries.items():
        said = catalogue.describe(Finding(code, entry.severity))
        assert "{" not in said.sentence + said.repair
        assert said.severity_label == wording.severity_label(entry.severity)


def test_values_are_put_in_as_they_are(catalogue: Catalogue) -> None:
    """What people call their files is never read as a template and never breaks the line."""
    hostile = "{0}{path.__class__}{question!r} %s\nbaris dua"
    said = catalogue.describe(Finding("empty-file", Severity.REQUIRED, path=hostile))
    assert "{0}{path.__class__}{question!r} %s baris dua" in said.sentence


BROKEN = {
    "open brace": ('"Berkas {path} berukuran 0 bita."', '"Berkas {path berukuran."', "kurung kurawal"),
    "lone brace": ('"Berkas {path} berukuran 0 bita."', '"Berkas } kosong."', "kurung kurawal"),
    "attribute": ('"Berkas {path} berukuran 0 bita."', '"Berkas {path.x} kosong."', "path.x"),
    "position": ('"Berkas {path} berukuran 0 bita."', '"Berkas {} kosong."', "bukan nama nilai"),
    "format": ('"Berkas {path} berukuran 0 bita."', '"Berkas {path:>10} kosong."', "bukan nama nilai"),
    "severity": ("    severity: menghalangi", "    severity: gawat", "gawat"),
    "no severity": ("    severity: menghalangi\n", "", '"severity" belum ada'),
    "twice": ("- code: empty-file", "- code: locked-file", "tertulis dua kali"),
    "no repair": ("    repair: ", "    perbaikan: ", '"repair" belum ada'),
    "no phrase": ("  suggestion: ", "  saran: ", '"suggestion" belum ada'),
    "no more": ("  more: ", "  lagi: ", '"more" belum ada'),
    "no reasons": ("reasons:", "alasan:", '"reasons" belum ada'),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_catalogue_is_a_rules_error(case: str, tmp_path: Path) -> None:
    old, new, said = BROKEN[case]
    root = tmp_path / "validations"
    shutil.copytree(validations_root(), root)
    path = root / "findings.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_catalogue(root)
    assert caught.value.exit_code is ExitCode.RULES
    assert any(said in problem.message for problem in caught.value.problems), caught.value.problems
    assert all(problem.line for problem in caught.value.problems)
