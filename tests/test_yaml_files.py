"""Strict YAML: values are judged as written, every mistake has its line, and nothing hostile gets through."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.yaml_files import MAX_BYTES, Mapping, Problems, parse_mapping, read_mapping


def parsed(text: str) -> tuple[Mapping, Problems]:
    problems = Problems()
    top = parse_mapping(text, "uji.yaml", problems)
    assert top is not None, problems.items
    return top, problems


def messages(problems: Problems) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.message) for problem in problems.items]


@pytest.mark.parametrize(
    "written", ["14.10", "1", "true", "2024-01-01", "1e3", "0x10", "[a]", "{a: b}", "0b11", ".5", "-1"]
)
def test_what_is_not_written_as_text_is_not_text(written: str) -> None:
    top, problems = parsed(f'id: "x"\nnomor: {written}\n')
    top.text("nomor")
    if written == "2024-01-01":  # YAML 1.2 has no dates
        assert problems.items == [] or "tanda kutip" in problems.items[0].message
        return
    assert problems.items[0].line == 2
    assert "tanda kutip" in problems.items[0].message


@pytest.mark.parametrize(
    "written", ["14.10", "1", "true", "null", "~", "yes", "1:30", "# x", "- x", "{a}", "a: b", "*a"]
)
def test_quoted_text_is_text_whatever_it_looks_like(written: str) -> None:
    top, problems = parsed(f'nomor: "{written}"\n')
    assert top.text("nomor") == written
    assert problems.items == []


@pytest.mark.parametrize(
    "written", ["0o17", "0x1F", ".nan", ".inf", "-.inf", "-1", "1e400", '"3"', "satu", "[1]", "2024-01-01"]
)
def test_numbers_are_plain_decimal_numbers_from_zero(written: str) -> None:
    top, problems = parsed(f"a: 1\npoin: {written}\n")
    value = top.number("poin", 7)
    assert [problem.line for problem in problems.items] == [2]
    assert not math.isnan(value)


@pytest.mark.parametrize("written", ["1.5", "satu", "null"])
def test_whole_numbers_have_no_decimals(written: str) -> None:
    top, problems = parsed(f"tahun: {written}\n")
    assert isinstance(top.whole("tahun"), int)
    assert len(problems.items) == 1


def test_a_choice_never_returns_what_is_not_allowed() -> None:
    top, problems = parsed('a: "x"\nb: 5\nc:\n')
    for key in ("a", "b", "c", "d"):
        assert top.choice(key, ("satu", "dua")) == "satu"
        assert top.choice(key, ("satu", "dua"), "dua") == "dua"
    assert {line for line, _ in messages(problems)} == {1, 2, 3}


def test_unknown_missing_and_double_keys_are_said_with_their_lines() -> None:
    top, problems = parsed("a: x\nb: y\nb: z\nlain: 1\n")
    assert top.text("a") == "x"
    top.text("b")
    top.text("c")
    top.close()
    assert messages(problems) == [
        (3, 'kunci "b" tertulis dua kali'),
        (1, 'kunci "c" belum ada atau kosong'),
        (4, 'kunci "lain" tidak dikenal; yang dikenal: a, b, c'),
    ]


def test_lists_name_each_wrong_item() -> None:
    top, problems = parsed('t:\n  - "a"\n  - 5\n  - [b]\n  - ""\nw: [1, 2.5, "3"]\nm:\n  - {a: b}\n  - x\n')
    assert top.texts("t") == ("a",)
    assert top.wholes("w") == (1,)
    assert len(top.mappings("m")) == 1
    assert [line for line, _ in messages(problems)] == [3, 4, 5, 6, 6, 9]


def test_plain_values_for_libraries_keep_their_types() -> None:
    top, problems = parsed('k: {a: 1, b: 1.5, c: [x, "2"], d: true, e: null, f: {g: "^[0-9]{64}$"}}\n')
    assert top.values("k") == {"a": 1, "b": 1.5, "c": ["x", "2"], "d": True, "e": None, "f": {"g": "^[0-9]{64}$"}}
    assert problems.items == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: &x [1]\nc: *x\n", 3),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", 3),
        ("a: &x [*x]\n", 1),
        ("a: 1\nb:\n  - " + "[" * 3_000 + "\n", 3),
        ("a: 1\nb: " + "{c: " * 100_000, 2),
    ],
)
def test_references_and_bottomless_nesting_are_refused_with_their_line(text: str, line: int) -> None:
    problems = Problems()
    assert parse_mapping(text, "uji.yaml", problems) is None
    assert [problem.line for problem in problems.items] == [line]


def test_ordinary_nesting_is_no_bomb() -> None:
    text = "a:\n" + "".join("  " * n + f"- k{n}:\n" for n in range(1, 20))
    assert parse_mapping(text, "uji.yaml", Problems()) is not None


def test_a_missing_a_big_and_a_binary_file_are_mistakes(tmp_path: Path) -> None:
    problems = Problems()
    big, binary = tmp_path / "besar.yaml", tmp_path / "biner.yaml"
    big.write_bytes(b"#" * (MAX_BYTES + 1))
    binary.write_bytes(b"a: \xff\n")
    for path in (tmp_path / "tiada.yaml", big, binary, tmp_path):
        assert read_mapping(path, path.name, problems) is None
    said = [problem.message for problem in problems.items]
    assert said[0] == "berkas tidak ditemukan"
    assert "terlalu besar" in said[1]
    assert "UTF-8" in said[2]
    assert said[3] == "berkas tidak dapat dibaca (ternyata sebuah folder)"


def test_mistakes_are_given_in_the_order_of_the_files() -> None:
    problems = Problems()
    for file, line in (("b", 9), ("a", 3), ("b", 2), ("a", None), ("b", 5)):
        problems.add(file, line, "x")
    assert [(each.file, each.line) for each in problems.in_order] == [
        ("b", 2),
        ("b", 5),
        ("b", 9),
        ("a", None),
        ("a", 3),
    ]


@given(st.text(max_size=200))
def test_no_text_at_all_makes_it_crash(text: str) -> None:
    problems = Problems()
    top = parse_mapping(text, "uji.yaml", problems)
    assert (top is None) == bool(problems.items) or isinstance(top, Mapping)
    if top is not None:
        for key in top.keys():  # noqa: SIM118 - not a dict: it also marks them as known
            top.text(key)
            top.number(key)
            top.texts(key)
            top.mappings(key)
        top.close()


@given(
    st.lists(
        st.sampled_from(
            ["a: ", "- ", "[", "]", "{", "}", "&x ", "*x", "\n", "  ", '"', "'", "|", "? ", "!!int ", "1.10"]
        )
    )
)
def test_no_heap_of_yaml_signs_makes_it_crash(parts: list[str]) -> None:
    problems = Problems()
    top = parse_mapping("".join(parts), "uji.yaml", problems)
    if top is not None:
        for key in top.keys():  # noqa: SIM118 - not a dict: it also marks them as known
            top.values(key)
            top.choice(key, ("x",))
            top.flag(key, default=False)
            top.wholes(key)
        top.close()
