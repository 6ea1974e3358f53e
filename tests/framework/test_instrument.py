"""The instrument of 2024 as data, and the loader on files that are wrong in every way people get them wrong."""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import ExitCode, RulesError, UsageError
from flows.framework.instrument import available_years, load_framework
from flows.framework.instrument_questions import QUESTION_ID
from flows.model import Framework, Origin, Period, Years
from flows.names import fold
from flows.settings import validations_root
from flows.validate.completeness import NARRATIVE, SUPPORTING
from tests.builders.manifests import instrument_2024

NOBODY_NAMED = {"25.11", "25.12", "25.13", "26.2", "26.3", "26.15", "26.16", "26.17", "26.18"}
MAXIMA = {"KL": 164, "I": 115, "II": 156, "III": 150, "IV": 110, "V": 205, "KD": 100}
ENGLISH = re.compile(r"(?i)\b(the|expected|found|while|mapping|could not|invalid|error|errno|denied|directory|of)\b")


@pytest.fixture(scope="module")
def framework() -> Framework:
    return instrument_2024()


# --------------------------------------------------------------------------------------------------------------------
# The data


def test_the_instrument_has_the_size_and_weight_of_the_source(framework: Framework) -> None:
    assert (len(framework.blocks), len(framework.indicators), len(framework.questions)) == (7, 31, 274)
    assert framework.points == 1000
    assert {block.id: block.points for block in framework.blocks} == MAXIMA
    assert [block.id for block in framework.blocks] == list(MAXIMA)


def test_ids_are_unique_whatever_the_case_and_belong_to_their_indicator(framework: Framework) -> None:
    ids = [question.id for question in framework.questions]
    assert len({each.casefold() for each in ids}) == len(ids)
    assert len({indicator.id for indicator in framework.indicators}) == 31
    for _, indicator, question in framework.walk():
        assert QUESTION_ID.fullmatch(question.id)
        assert question.id.split(".")[0] == indicator.id


def test_indicators_whose_questions_do_not_sum_say_so(framework: Framework) -> None:
    odd = {
        each.id: (sum(question.points for question in each.questions), each.points)
        for each in framework.indicators
        if sum(question.points for question in each.questions) != each.points
    }
    assert odd == {"19": (54, 51), "21B": (18, 17)}
    assert all(each.fault for each in framework.indicators if each.id in odd)


def test_every_known_fault_of_the_source_is_declared(framework: Framework) -> None:
    told = " ".join(framework.faults)
    for known in ("19", "21B", "7.2", "25", "26", *NOBODY_NAMED):
        assert re.search(rf"(?<![\d.]){re.escape(known)}(?![\d])", told), known
    faulty = {question.id for question in framework.questions if question.fault}
    assert {"7.2", *NOBODY_NAMED} <= faulty
    ids = {question.id for question in framework.questions}
    assert "25.1" not in ids
    assert "26.1" not in ids


def test_questions_without_supplier_are_owed_by_the_child_protection_office(framework: Framework) -> None:
    leads = {question.id: question.lead for question in framework.questions}
    assert {leads[each] for each in NOBODY_NAMED} == {"pppa"}


def test_every_question_asks_for_proof_and_says_where_that_comes_from(framework: Framework) -> None:
    for question in framework.questions:
        assert question.requirements, question.id
        assert question.lead in question.suppliers
        assert set(question.suppliers) <= set(framework.roles)
        assert len(set(question.suppliers)) == len(question.suppliers), question.id
        for number, requirement in enumerate(question.requirements, start=1):
            assert requirement.id == f"{question.id}#{number}"
            assert requirement.origin in Origin
            assert requirement.count >= 1
            assert requirement.years is Years.ANY or requirement.period is Period.DATA_YEARS
            assert requirement.kind in framework.kinds
    origins = Counter(each.origin for question in framework.questions for each in question.requirements)
    assert origins[Origin.SOURCE]
    assert origins[Origin.INFERRED]


def test_every_question_can_be_proven_by_something_that_can_be_recognised(framework: Framework) -> None:
    """A requirement that no content could ever fill would lose its points whatever an agency hands in."""
    recognisable = {kind.id for kind in framework.kinds.values() if kind.content or kind.media}
    for question in framework.questions:
        for requirement in question.requirements:
            assert recognisable & set(framework.kinds[requirement.kind].accepts), requirement.id


def test_titles_are_distinct_short_and_without_full_stop(framework: Framework) -> None:
    titles = [question.title for question in framework.questions]
    assert max(map(len, titles)) <= 400
    assert min(map(len, titles)) >= 15
    assert len({fold(title) for title in titles}) == len(titles)
    assert [title for title in titles if title.endswith(".")] == []


def test_questions_on_children_in_difficulty_are_sensitive(framework: Framework) -> None:
    sensitive = {block.id: [each for each in block.questions if each.is_sensitive] for block in framework.blocks}
    assert len(sensitive["V"]) >= 10
    assert sum(map(len, sensitive.values())) < len(framework.questions) / 2


def test_every_role_has_a_group_and_every_opening_kind_the_code_names_exists(framework: Framework) -> None:
    assert {role.group for role in framework.roles.values()} == {"opd", "vertikal", "mitra", "wilayah"}
    assert {SUPPORTING, NARRATIVE} <= set(framework.kinds)
    legal = {kind.id for kind in framework.kinds.values() if kind.is_legal}
    own = {"perda", "perkada", "perdes", "perkades", "instruksi", "surat-edaran", "sk"}
    assert legal == {*own, "peraturan-pusat"}


def test_keywords_and_name_words_are_lower_case(framework: Framework) -> None:
    words = {word for question in framework.questions for word in question.keywords}
    words |= {word for kind in framework.kinds.values() for word in kind.name_words}
    assert [word for word in words if word != word.casefold() or word != word.strip()] == []


def test_every_pattern_of_a_kind_is_quick_on_hostile_text(framework: Framework) -> None:
    """Patterns run over text that strangers wrote; one that explodes would stop the whole inspection."""
    hostile = [
        "A" * 20_000,
        "APBD " * 4_000,
        "PERATURAN DESA " * 1_300,
        "KEPUTUSAN KEPALA " + "A ," * 6_000,
        " " * 20_000,
    ]
    started = time.perf_counter()
    for kind in framework.kinds.values():
        for pattern in kind.content:
            for text in hostile:
                re.search(pattern, text, re.MULTILINE)
    assert time.perf_counter() - started < 5


def test_the_hash_follows_the_files_and_nothing_else(tmp_path: Path, framework: Framework) -> None:
    root = copy(tmp_path)
    assert load_framework(2024, root).sha256 == framework.sha256
    edit(root, "frameworks/2024/I.yaml", 'label: "Klaster I"', 'label: "Klaster  I"')
    assert load_framework(2024, root).sha256 != framework.sha256


def test_the_instrument_cannot_be_changed(framework: Framework) -> None:
    with pytest.raises(FrozenInstanceError):
        framework.questions[0].points = 99  # type: ignore[misc]


def test_a_year_without_instrument_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="2024"):
        load_framework(1999)
    assert available_years(tmp_path) == ()
    with pytest.raises(UsageError, match="belum ada"):
        load_framework(2024, tmp_path)


# --------------------------------------------------------------------------------------------------------------------
# The loader on broken files


def copy(tmp_path: Path) -> Path:
    root = tmp_path / "validations"
    shutil.copytree(validations_root(), root)
    return root


def edit(root: Path, name: str, old: str, new: str) -> int:
    """Replace the first ``old`` in a rule file; the line it stood in."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(root: Path) -> list[tuple[str, int | None, str]]:
    with pytest.raises(RulesError) as caught:
        load_framework(2024, root)
    assert caught.value.exit_code is ExitCode.RULES
    for problem in caught.value.problems:
        assert not ENGLISH.search(problem.message), problem.message
        assert problem.file.startswith("validations/")
        assert str(problem) in str(caught.value)
    return [
        (problem.file.removeprefix("validations/"), problem.line, problem.message) for problem in caught.value.problems
    ]


KL, I_, INDEX = "frameworks/2024/KL.yaml", "frameworks/2024/I.yaml", "frameworks/2024/index.yaml"


def test_mistakes_in_several_files_are_reported_together_with_their_lines(tmp_path: Path) -> None:
    root = copy(tmp_path)
    at_role = edit(root, "roles.yaml", "group: vertikal", "group: langit")
    at_id = edit(root, KL, '- id: "1.1"', "- id: 1.10")
    at_key = edit(root, KL, "answer: {kind: tingkat}", "answer: {kind: tingkat, jawab: ya}")
    at_lead = edit(root, I_, "lead: disdukcapil", "lead: dinas-khayal")
    found = problems(root)
    places = {(file, line) for file, line, _ in found}
    assert {("roles.yaml", at_role), (KL, at_id), (KL, at_key), (I_, at_lead)} <= places
    assert any('"1.10"' in message and "tanda kutip" in message for *_, message in found)
    assert any('"jawab" tidak dikenal' in message for *_, message in found)
    # As many as were made: no mistake hides behind another, none is told twice (but the lead is no supplier either).
    assert len(found) == 4
    in_file = [line for file, line, _ in found if file == KL]
    assert in_file == sorted(in_file, key=lambda line: line or 0)


BROKEN: dict[str, tuple[str, str, str, str]] = {
    "unquoted id becomes another number": (KL, 'id: "1.1"', "id: 14.10", "14.10"),
    "id that is a date": (KL, 'id: "1.1"', 'id: "12.1.2024"', "12.1.2024"),
    "id of another indicator": (KL, '- id: "1.1"', '- id: "2.99"', "diawali 1."),
    "unknown supplier": (KL, "suppliers: [", "suppliers: [dinas-khayal, ", "dinas-khayal"),
    "suppliers as text": (KL, "suppliers: [pppa", "suppliers: pppa #", '"suppliers" harus berupa daftar'),
    "unknown kind": (KL, "{kind: perda,", "{kind: perdamaian,", "perdamaian"),
    "unknown period": (KL, "periode: berlaku", "periode: selamanya", "selamanya"),
    "period left out": (KL, "periode: berlaku, ", "", '"periode" belum ada'),
    "period as number": (KL, "periode: berlaku", "periode: 5", '"periode" harus berupa teks'),
    "origin left out": (KL, ", sumber: instrumen", "", '"sumber" belum ada'),
    "answer left out": (KL, "answer: {kind: tingkat}", "", '"answer" belum ada'),
    "unknown answer": (KL, "answer: {kind: tingkat}", "answer: {kind: tebak}", "tebak"),
    "both years of a law in force": (KL, "periode: berlaku", "periode: berlaku, years: keduanya", "keduanya"),
    "no file at all wanted": (KL, "periode: berlaku", "periode: berlaku, count: 0", '"count"'),
    "count as word": (KL, "periode: berlaku", "periode: berlaku, count: dua", '"count"'),
    "half a file": (KL, "periode: berlaku", "periode: berlaku, count: 1.5", "bilangan bulat"),
    "flag as word": (KL, "periode: berlaku", "periode: berlaku, signed: ya", '"signed" harus true'),
    "negative points": (KL, "        points: ", "        points: -", "0 atau lebih"),
    "points not a number": (KL, "        points: ", "        points: .nan #", "angka"),
    "points as text": (KL, "        points: ", '        points: "3" #', "angka"),
    "empty title": (KL, "        title: ", '        title: "" #', '"title" tidak boleh kosong'),
    "unknown block": (I_, "id: I\n", "id: VI\n", "VI"),
    "block id left out": (I_, "id: I\n", "", '"id" belum ada'),
    "block sum": (I_, "points: 115", "points: 150", "padahal tertulis 150"),
    "instrument sum": (INDEX, "points: 1000", "points: 999", "padahal tertulis 999"),
    "year is not the folder": (INDEX, "year: 2024", "year: 2025", "2024"),
    "unknown format": (INDEX, "format: 1", "format: 2", '"format" harus 1'),
    "no blocks": (INDEX, "blocks: [KL.yaml", "blocks: [] # [KL.yaml", '"blocks" tidak boleh kosong'),
    "missing block file": (INDEX, "KL.yaml", "KLX.yaml", "tidak ditemukan"),
    "block file elsewhere": (INDEX, "KL.yaml", "../../2024/KL.yaml", "bukan nama berkas"),
    "block file absolute": (INDEX, "KL.yaml", "/dev/null", "bukan nama berkas"),
    "block file with NUL": (INDEX, "[KL.yaml", '["KL\\0.yaml"', "bukan nama berkas"),
    "unknown top key": (INDEX, "format: 1", "format: 1\nwarna: merah", '"warna" tidak dikenal'),
    "duplicate key": (INDEX, "format: 1", "format: 1\nformat: 1", '"format" tertulis dua kali'),
    "key that is a list": (INDEX, "format: 1", "format: 1\n? [a, b]\n: c", "kunci harus berupa kata"),
    "tabs": (INDEX, "format: 1", "format: 1\nkota:\n\tnama: x", "memakai tab; ganti dengan spasi"),
    "open quote": (INDEX, "format: 1", 'format: "1', "susunan YAML rusak"),
    "second document": (INDEX, "format: 1", "format: 1\n---\nformat: 1", "susunan YAML rusak"),
    "a list on top": (INDEX, "format: 1", "- format: 1\n#", "susunan YAML rusak"),
    "reference": (INDEX, "format: 1", "format: &a 1\nyear: *a", "rujukan YAML"),
    "role twice": ("roles.yaml", "{id: dinkes,", "{id: dinsos,", '"dinsos" tertulis dua kali'),
    "role without id": ("roles.yaml", "{id: bappeda, ", "{", '"id" belum ada'),
    "kind twice": ("kinds.yaml", "- id: perkada", "- id: perda", '"perda" tertulis dua kali'),
    "kind without id": ("kinds.yaml", "- id: perkada", "- idd: perkada", '"id" belum ada'),
    "kind accepts nobody": ("kinds.yaml", "accepts: [perda]", "accepts: [perdx]", "perdx"),
    "kind with bad pattern": ("kinds.yaml", "content: ['", "content: ['((", "tidak sah"),
    "kind of unknown media": ("kinds.yaml", "media: [gambar]", "media: [hologram]", "hologram"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_each_mistake_is_said_in_indonesian_with_file_and_line(case: str, tmp_path: Path) -> None:
    name, old, new, said = BROKEN[case]
    root = copy(tmp_path)
    line = edit(root, name, old, new)
    found = problems(root)
    hits = [(file, at) for file, at, message in found if said in message]
    assert hits, found
    if said == "tidak ditemukan":
        assert hits == [("frameworks/2024/KLX.yaml", None)]
        return
    assert hits[0][0] == name
    # Within the entry that was broken: at its own line or at the first line of the mapping it belongs to.
    assert hits[0][1] is not None
    assert line - 12 <= hits[0][1] <= line + 2


def test_a_duplicate_id_names_both_places(tmp_path: Path) -> None:
    root = copy(tmp_path)
    first = edit(root, KL, '- id: "1.1"', '- id: "1.1"')
    second = edit(root, KL, '- id: "1.2b"', '- id: "1.1"')
    assert (KL, second, f"pertanyaan 1.1: nomor 1.1 sudah dipakai di validations/{KL} baris {first}") in problems(root)


def test_two_blocks_of_one_name_are_refused(tmp_path: Path) -> None:
    root = copy(tmp_path)
    edit(root, "frameworks/2024/II.yaml", "id: II\n", "id: I\n")
    assert any("sudah dipakai di validations/frameworks/2024/I.yaml" in message for *_, message in problems(root))


def test_questions_that_do_not_sum_need_a_declared_fault(tmp_path: Path) -> None:
    root = copy(tmp_path)
    text = (root / "frameworks/2024/III.yaml").read_text(encoding="utf-8")
    other = (root / "frameworks/2024/IV.yaml").read_text(encoding="utf-8")
    name, text = ("III.yaml", text) if 'id: "19"' in text else ("IV.yaml", other)
    start = text.index("    fault:", text.index('id: "19"\n'))
    (root / "frameworks/2024" / name).write_text(text[:start] + text[text.index("\n", start) + 1 :], encoding="utf-8")
    assert [message for *_, message in problems(root) if "jumlah poin pertanyaan 54" in message]


@pytest.mark.parametrize("missing", ["roles.yaml", "kinds.yaml", KL])
def test_a_missing_file_is_one_mistake_and_not_hundreds(missing: str, tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / missing).unlink()
    assert [(file, message) for file, _, message in problems(root)] == [(missing, "berkas tidak ditemukan")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "pasangan kunci"),
        (b"# nothing but a remark\n", "pasangan kunci"),
        (b"just a word\n", "pasangan kunci"),
        (b"\xff\xfe\x00format: 1\n", "UTF-8"),
        (b"format: 1\x00\n", "karakter"),
        (b"%YAML 9.9\n---\nformat: 1\n", "susunan YAML rusak"),
        (b"format: *nobody\n", "rujukan YAML"),
        (b"#" * 6_000_000, "terlalu besar"),
        (b"a: " + b"[" * 60_000, "tingkat"),
        (b"a: " + b"{b: " * 60_000, "tingkat"),
        (b"- " * 60_000, "tingkat"),
        (b"a: &x [*x]\n", "rujukan YAML"),
        (
            b"a: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)),
            "rujukan YAML",
        ),
    ],
    ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else value,
)
def test_hostile_files_are_refused_at_once(content: bytes, said: str, tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / INDEX).write_bytes(content)
    started = time.perf_counter()
    found = problems(root)
    assert time.perf_counter() - started < 5
    assert len(found) == 1
    assert said in found[0][2]


def test_a_folder_in_the_place_of_a_file_is_said_in_indonesian(tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / "roles.yaml").unlink()
    (root / "roles.yaml").mkdir()
    assert "berkas tidak dapat dibaca (ternyata sebuah folder)" in problems(root)[0][2]


def test_a_file_with_byte_order_mark_and_crlf_is_read(tmp_path: Path, framework: Framework) -> None:
    root = copy(tmp_path)
    path = root / KL
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_framework(2024, root).blocks == framework.blocks


def _mutations() -> st.SearchStrategy[Callable[[list[str]], list[str]]]:
    def drop(n: int) -> Callable[[list[str]], list[str]]:
        return lambda lines: lines[: n % len(lines)] + lines[n % len(lines) + 1 :]

    def swap(n: int) -> Callable[[list[str]], list[str]]:
        return lambda lines: [*lines[: n % len(lines)], lines[n % len(lines)][::-1], *lines[n % len(lines) + 1 :]]

    def dent(n: int) -> Callable[[list[str]], list[str]]:
        return lambda lines: [*lines[: n % len(lines)], " " + lines[n % len(lines)], *lines[n % len(lines) + 1 :]]

    def cut(n: int) -> Callable[[list[str]], list[str]]:
        return lambda lines: lines[: n % len(lines)]

    return st.one_of(*(st.integers(0, 10_000).map(each) for each in (drop, swap, dent, cut)))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with a single small block, so that hundreds of broken copies cost little."""
    root = tmp_path_factory.mktemp("small") / "validations"
    shutil.copytree(validations_root(), root)
    edit(root, INDEX, "[KL.yaml, I.yaml, II.yaml, III.yaml, IV.yaml, V.yaml, KD.yaml]", "[I.yaml]")
    edit(root, INDEX, "points: 1000", "points: 115")
    shutil.rmtree(root / "frameworks/2024/tables")  # they speak of questions of all blocks
    assert len(load_framework(2024, root).blocks) == 1
    return root


@settings(max_examples=60, deadline=None)
@given(st.lists(_mutations(), min_size=1, max_size=3))
def test_any_damage_is_either_harmless_or_a_rules_error(
    small: Path, changes: list[Callable[[list[str]], list[str]]]
) -> None:
    """No damage of a file may come out as a traceback."""
    path = small / I_
    whole = path.read_text(encoding="utf-8")
    lines = whole.splitlines()
    for change in changes:
        lines = change(lines) or ["x"]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        load_framework(2024, small)
    except RulesError as error:
        assert error.problems  # noqa: PT017 - either outcome is right
    finally:
        path.write_text(whole, encoding="utf-8")
