"""Annex labels are for ever: whatever happens to the files, a label never moves, never repeats, never renumbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import ExitCode, InputsError
from flows.model import EvidenceFile, Label, Manifest, Register
from flows.register import COLUMNS, read_register, register_labels, register_text, write_register
from tests.builders.manifests import digest, evidence, instrument_2024, manifest

FRAMEWORK = instrument_2024()
ORDER = {question.id: number for number, question in enumerate(FRAMEWORK.questions)}


def found(files: Mapping[str, str], *, uncited: tuple[str, ...] = ()) -> Manifest:
    """A manifest of ``path → content``; a file answers the question its name starts with, unless it is uncited."""
    cited: dict[str, list[EvidenceFile]] = {}
    others = []
    for path, content in files.items():
        file = evidence(path, "sk", sha256=digest(content))
        if path in uncited:
            others.append(file)
        else:
            cited.setdefault(file.name.split(" ")[0], []).append(file)
    return manifest({key: cited[key] for key in sorted(cited, key=ORDER.__getitem__)}, others)


def run(register: Register, files: Mapping[str, str], **more: tuple[str, ...]) -> Register:
    """The register after one run."""
    return register_labels(register, found(files, **more), FRAMEWORK)


def labels(register: Register) -> dict[str, str]:
    return {path: label.label for path, label in register.by_path.items()}


A, B, C = "dinkes/1.1 a.pdf", "dinkes/1.1 b.pdf", "dinkes/1.1 c.pdf"


def test_labels_follow_the_instrument_at_first() -> None:
    register = run(Register(()), {"dinkes/12.1 x.pdf": "x", B: "b", A: "a", "pppa/2.1 y.pdf": "y"})
    assert labels(register) == {
        A: "KL/1.1-01",
        B: "KL/1.1-02",
        "pppa/2.1 y.pdf": "KL/2.1-01",
        "dinkes/12.1 x.pdf": "III/12.1-01",
    }


def test_a_further_file_renumbers_nothing() -> None:
    first = run(Register(()), {B: "b"})
    assert labels(run(first, {A: "a", B: "b"})) == {B: "KL/1.1-01", A: "KL/1.1-02"}


def test_a_withdrawn_label_stays_taken() -> None:
    first = run(Register(()), {A: "a", B: "b"})
    second = run(first, {A: "a"})
    third = run(second, {A: "a", C: "c"})
    assert labels(third)[C] == "KL/1.1-03"
    assert [label.label for label in third.labels] == ["KL/1.1-01", "KL/1.1-02", "KL/1.1-03"]
    # … and is its own again when it comes back, wherever that is.
    assert labels(run(third, {A: "a", C: "c", "dinkes/1.1 kembali.pdf": "b"}))["dinkes/1.1 kembali.pdf"] == "KL/1.1-02"


def test_a_replaced_file_inherits() -> None:
    first = run(Register(()), {A: "a", B: "b"})
    second = run(first, {A: "a2", B: "b"})
    assert labels(second) == labels(first)
    assert second.by_path[A].sha256 == digest("a2")


def test_a_renamed_file_keeps_its_label() -> None:
    first = run(Register(()), {A: "a", B: "b"})
    assert labels(run(first, {C: "a", B: "b"})) == {C: "KL/1.1-01", B: "KL/1.1-02"}
    assert labels(run(first, {"dinkes/2.1 a.pdf": "a", B: "b"}))["dinkes/2.1 a.pdf"] == "KL/1.1-01"


def test_swapped_contents_keep_their_labels() -> None:
    first = run(Register(()), {A: "a", B: "b"})
    assert labels(run(first, {A: "b", B: "a"})) == {A: "KL/1.1-02", B: "KL/1.1-01"}


def test_a_moved_file_takes_its_label_along_and_the_newcomer_gets_a_new_one() -> None:
    first = run(Register(()), {A: "a"})
    assert labels(run(first, {B: "a", A: "new"})) == {B: "KL/1.1-01", A: "KL/1.1-02"}


def test_a_copy_is_an_alias_and_no_document() -> None:
    register = run(Register(()), {A: "a", B: "a", C: "c"})
    assert labels(register) == {A: "KL/1.1-01", B: "KL/1.1-01", C: "KL/1.1-02"}
    assert register.aliases == {B: "KL/1.1-01"}
    # The original goes, the copy stays: the label stays with the content.
    assert labels(run(register, {B: "a", C: "c"})) == {B: "KL/1.1-01", C: "KL/1.1-02"}


def test_the_same_bytes_from_two_agencies_are_two_documents() -> None:
    register = run(Register(()), {A: "a", "dinsos/1.1 a.pdf": "a"})
    assert sorted(labels(register).values()) == ["KL/1.1-01", "KL/1.1-02"]


def test_a_path_of_the_past_never_speaks_for_who_lies_there_now() -> None:
    """A was withdrawn from its path; B, registered earlier, moves there: the book must print B's label."""
    first = run(Register(()), {B: "b"})
    second = run(first, {B: "b", A: "a"})
    third = run(second, {A: "b"})
    assert labels(third)[A] == "KL/1.1-01"
    assert {label.label for label in third.labels} == {"KL/1.1-01", "KL/1.1-02"}


def test_a_file_that_cannot_be_hashed_has_no_label_and_costs_none() -> None:
    first = run(Register(()), {A: "a"})
    vanished = manifest({"1.1": [evidence(A, sha256="")]})
    second = register_labels(first, vanished, FRAMEWORK)
    assert second.labels == first.labels
    assert labels(run(second, {A: "a"})) == {A: "KL/1.1-01"}


def test_an_uncited_file_gets_no_label() -> None:
    assert run(Register(()), {A: "a"}, uncited=(A,)) == Register(())


def test_after_ninety_nine_comes_a_hundred() -> None:
    files = {f"dinkes/1.1 {n:03}.pdf": str(n) for n in range(101)}
    register = run(Register(()), files)
    assert [label.label for label in register.labels][-3:] == ["KL/1.1-99", "KL/1.1-100", "KL/1.1-101"]
    assert labels(run(register, files | {"dinkes/1.1 999.pdf": "new"}))["dinkes/1.1 999.pdf"] == "KL/1.1-102"


def test_a_number_that_is_missing_from_the_register_is_not_given_again() -> None:
    """A line someone deleted from the file was printed once all the same."""
    pruned = Register((Label("KL/1.1-05", "1.1", "dinkes", digest("z"), "dinkes/1.1 z.pdf"),))
    assert labels(run(pruned, {A: "a"}))[A] == "KL/1.1-06"


def test_questions_with_similar_numbers_do_not_share_labels() -> None:
    register = run(Register(()), {"dinkes/1.2a x.pdf": "1", "dinkes/1.1 x.pdf": "2", "dinkes/12.1 x.pdf": "3"})
    assert sorted(labels(register).values()) == ["III/12.1-01", "KL/1.1-01", "KL/1.2a-01"]


# --------------------------------------------------------------------------------------------------------------------
# Histories

PATHS = [
    f"{agency}/{question} {name}.pdf"
    for agency in ("dinkes", "dinsos")
    for question in ("1.1", "2.1")
    for name in "abc"
]
HISTORY = st.lists(
    st.dictionaries(st.sampled_from(PATHS), st.sampled_from("uvwxyz"), max_size=8), min_size=1, max_size=8
)


@settings(max_examples=300, deadline=None)
@given(HISTORY)
def test_in_every_history_labels_are_unique_and_stay_with_their_document(history: list[dict[str, str]]) -> None:
    register = Register(())
    questions: dict[str, str] = {}
    for files in history:
        before = {(label.agency_id, label.sha256): label.label for label in register.labels}
        known = [label.label for label in register.labels]
        register = run(register, files)
        given_ = [label.label for label in register.labels]
        assert given_[: len(known)] == known, "an old label moved or went"
        assert len(set(given_)) == len(given_)
        for label in register.labels:
            assert label.label.split("/")[1].rsplit("-", 1)[0] == label.question_id
            assert questions.setdefault(label.label, label.question_id) == label.question_id
        by_path = register.by_path
        for path, content in files.items():
            key = (path.split("/")[0], digest(content))
            assert (by_path[path].agency_id, by_path[path].sha256) == key, "a path shows another document's label"
            if key in before:
                assert by_path[path].label == before[key], "the same content from the same agency lost its label"
        assert register_labels(register, found(files), FRAMEWORK) == register, (
            "a second run on the same files changed labels"
        )
        shown = [label.path for label in register.labels if label.path in files]
        assert len(set(shown)) == len(shown) == len({by_path[path].label for path in files}), (
            "a path of the past lives on"
        )


@settings(max_examples=60, deadline=None)
@given(HISTORY)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("register") / "register.csv"
    in_memory = on_disk = Register(())
    for files in history:
        in_memory = run(in_memory, files)
        on_disk = run(on_disk, files)
        write_register(path, on_disk)
        on_disk = read_register(path)
        assert on_disk.labels == in_memory.labels


# --------------------------------------------------------------------------------------------------------------------
# The file


@pytest.mark.parametrize(
    "name",
    [
        "koma, titik; koma",
        'kutip "ganda"',
        "baris\nbaru",
        "balik\rkereta",
        "keduanya\r\n",
        " spasi ",
        "=1+1",
        "a;=HYPERLINK(1)",
        "'=",
        "雪",
        "\ufeffx",
    ],
)
def test_any_name_survives_the_file(name: str, tmp_path: Path) -> None:
    path = f"dinkes/1.1 {name}.pdf"
    register = Register((Label("KL/1.1-01", "1.1", "dinkes", digest("x"), path),))
    write_register(tmp_path / "register.csv", register)
    assert read_register(tmp_path / "register.csv") == register
    assert "\r\n" not in register_text(register).replace(name, "")


def test_a_register_saved_by_excel_is_read(tmp_path: Path) -> None:
    register = run(Register(()), {A: "a", B: "b"})
    path = tmp_path / "register.csv"
    path.write_bytes(b"\xef\xbb\xbf" + register_text(register).replace("\n", "\r\n").encode())
    assert read_register(path).labels == register.labels


def test_a_missing_register_is_rebuilt_from_the_last_run(tmp_path: Path) -> None:
    register = run(Register(()), {A: "a", B: "b"})
    write_register(tmp_path / "run" / "register.csv", register)
    assert (
        read_register(tmp_path / "register.csv", fallback=tmp_path / "run" / "register.csv").labels == register.labels
    )
    assert read_register(tmp_path / "register.csv", fallback=tmp_path / "tiada.csv") == Register(())
    assert read_register(tmp_path / "register.csv") == Register(())


HEAD = ",".join(COLUMNS) + "\n"
ROW = f"KL/1.1-01,1.1,dinkes,{digest('a')},{A}\n"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "label;question;agency;sha256;path\n",
        HEAD.replace("label", "nomor") + ROW,
        HEAD.replace(",path", "") + ROW,
        HEAD + ROW + ROW,
        HEAD + ROW.replace(f",{A}", ""),
        HEAD + ROW.replace(A, f"{A},lebih"),
        HEAD + "KL/1.1-01\n",
        HEAD + ROW.replace("KL/1.1-01", "KL/1.1-satu"),
        HEAD + ROW.replace("KL/1.1-01", "KL/1.1-1"),
        HEAD + ROW.replace("KL/1.1-01", ""),
        HEAD + ROW.replace("KL/1.1-01", "KL/2.1-01"),
        HEAD + ROW.replace("KL/1.1-01", "KL/1.1-0\u0661"),
        HEAD + ROW.replace(digest("a"), ""),
        HEAD + ROW.replace(digest("a"), "ab12"),
        HEAD + '"' + ROW,
        HEAD + ROW[:30],
        "PK\x03\x04",
    ],
)
def test_a_broken_register_stops_the_run_instead_of_moving_labels(content: str, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(content, encoding="utf-8")
    good = tmp_path / "good.csv"
    good.write_text(HEAD + ROW, encoding="utf-8")
    with pytest.raises(InputsError) as caught:
        read_register(path, fallback=good)
    assert caught.value.exit_code is ExitCode.INPUTS
    assert "register.csv" in caught.value.message
    assert caught.value.repair


def test_a_register_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_bytes(b"\xff\xfe\x00l")
    with pytest.raises(InputsError):
        read_register(tmp_path / "register.csv")


def test_a_register_with_its_head_only_is_empty_and_sound(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(HEAD, encoding="utf-8")
    assert read_register(tmp_path / "register.csv") == Register(())
