"""The history of paths: what changed and what was withdrawn is said once and for all; unknown is never gone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import ExitCode, InputsError
from flows.findings import load_catalogue
from flows.gather import VAULT_FOLDER, Keeping, Vault, gather_found, keep_evidence
from flows.history import COLUMNS, HISTORY, history_text, read_history
from flows.model import (
    APPROVAL_FILE,
    OWN_FOLDER,
    Condition,
    EvidenceFile,
    Finding,
    FolderNote,
    Manifest,
    Media,
    PathHistory,
    ReadForm,
    Version,
)
from flows.validate.docket import Docket
from flows.validate.history_findings import history_findings
from tests.builders.manifests import city, evidence, instrument_2024
from tests.gather.kit import city as small_city
from tests.gather.kit import instrument as small_instrument
from tests.gather.kit import write
from tests.gather.test_vault import digest, found

A, B, C = "dinkes/1.1 a.pdf", "dinkes/1.1 b.pdf", "dinkes/2.1 c.pdf"
REST = {"dinkes/BACA-SAYA.txt": b"petunjuk"}
"""What stays in the folder when evidence goes."""
CITY = city(instrument_2024())
FIRST = date(2024, 11, 1)
SECOND = FIRST + timedelta(days=1)
THIRD = FIRST + timedelta(days=2)


class Year:
    """One city's year, run after run."""

    def __init__(self, root: Path) -> None:
        self.inputs, self.out = root / "inputs", root / "out"

    def run(
        self,
        files: Mapping[str, bytes],
        as_of: date = FIRST,
        /,
        agencies: Collection[str] | None = None,
        **more: object,
    ) -> Keeping:
        """A run that finds exactly ``files``; ``more`` changes the manifest."""
        shutil.rmtree(self.inputs, ignore_errors=True)
        gathered, real = found(self.inputs, {**REST, **files})
        gathered = replace(gathered, **more)  # type: ignore[arg-type]
        return keep_evidence(gathered, real, read_history(self.out / HISTORY), self.out, as_of, agencies=agencies)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(tmp_path)


def findings(told: Manifest | Keeping) -> list[Finding]:
    gathered = told.manifest if isinstance(told, Keeping) else told
    return list(history_findings(Docket.open(CITY, instrument_2024(), gathered)))


def said(told: Keeping) -> dict[str, str]:
    """Path → code."""
    return {finding.path: finding.code for finding in findings(told)}


def sentences(told: Keeping) -> list[str]:
    return [load_catalogue().describe(finding).sentence for finding in findings(told)]


def versions(told: Keeping, path: str) -> list[tuple[str, str]]:
    return [(version.sha256, version.since) for version in told.history[path].versions]


def test_the_first_run_has_nothing_to_tell(year: Year) -> None:
    told = year.run({A: b"a", B: b"b"})
    assert said(told) == {}
    assert versions(told, A) == [(digest(b"a"), "2024-11-01")]


def test_an_overwritten_file_has_changed_and_every_later_run_says_the_same(year: Year) -> None:
    year.run({A: b"a", B: b"b"})
    second = year.run({A: b"a2", B: b"b"}, SECOND)
    assert said(second) == {A: "file-changed"}
    third = year.run({A: b"a2", B: b"b"}, THIRD)
    expected = (
        "Berkas dinkes/1.1 a.pdf untuk pertanyaan 1.1 sudah ditimpa: 2 isi yang berbeda sejak 1 November 2024, "
        "dan isi yang sekarang terlihat sejak 2 November 2024."
    )
    assert sentences(second) == [expected]
    assert sentences(third) == [expected]
    assert third.history == second.history


def test_who_puts_the_old_content_back_has_mended_it(year: Year) -> None:
    year.run({A: b"a"})
    year.run({A: b"a2"}, SECOND)
    told = year.run({A: b"a"}, THIRD)
    assert said(told) == {}
    assert len(told.history[A].versions) == 3


def test_a_deleted_file_was_withdrawn_on_the_day_it_was_missed_first(year: Year) -> None:
    year.run({A: b"a", B: b"b"})
    second = year.run({B: b"b"}, SECOND)
    assert said(second) == {A: "file-withdrawn"}
    third = year.run({B: b"b"}, THIRD)
    expected = "Berkas dinkes/1.1 a.pdf untuk pertanyaan 1.1 tidak ada lagi sejak 2 November 2024."
    assert sentences(second) == [expected]
    assert sentences(third) == [expected]
    assert said(year.run({A: b"a", B: b"b"}, THIRD)) == {}
    assert said(year.run({A: b"lain", B: b"b"}, THIRD)) == {A: "file-changed"}


@pytest.mark.parametrize("detail", ["executable", "virus"])
def test_a_refused_program_is_not_kept_and_who_deletes_it_has_withdrawn_nothing(year: Year, detail: str) -> None:
    """Its finding asks to delete it; the next check may not advise to take it out of the vault and put it back."""
    program = evidence(A, condition=Condition.REFUSED, media=Media.OTHER, detail=detail, sha256=digest(b"MZ"))
    first = year.run({A: b"MZ", B: b"b"}, files=(program, evidence(B, "sk", sha256=digest(b"b"))))
    assert set(first.history) == {B}
    assert digest(b"MZ") not in Vault(year.out / VAULT_FOLDER).known()
    assert said(year.run({B: b"b"}, SECOND)) == {}


def test_a_renamed_file_takes_its_history_along(year: Year) -> None:
    year.run({A: b"a"})
    year.run({A: b"a2"}, SECOND)
    told = year.run({C: b"a2"}, THIRD)
    assert A not in told.history
    assert versions(told, C) == [(digest(b"a"), "2024-11-01"), (digest(b"a2"), "2024-11-02")]
    assert said(told) == {C: "file-changed"}
    assert told.history[C].questions == ("2.1",)


def test_a_withdrawn_file_that_comes_back_elsewhere_is_no_longer_withdrawn(year: Year) -> None:
    year.run({A: b"a", B: b"b"})
    year.run({B: b"b"}, SECOND)
    told = year.run({C: b"a", B: b"b"}, THIRD)
    assert said(told) == {}
    assert versions(told, C) == [(digest(b"a"), "2024-11-01")]


def test_a_file_moved_to_where_nobody_cites_it_is_not_withdrawn(year: Year) -> None:
    year.run({A: b"a", B: b"b"})
    assert said(year.run({"dinkes/arsip.pdf": b"a", B: b"b"}, SECOND)) == {}
    assert said(year.run({B: b"b"}, THIRD)) == {A: "file-withdrawn"}


def test_a_file_moved_over_another_changes_that_one_and_loses_nothing(year: Year) -> None:
    year.run({A: b"a", B: b"b"})
    year.run({A: b"a2", B: b"b"})
    told = year.run({B: b"a2"}, SECOND)
    assert said(told) == {B: "file-changed"}
    assert [sha256 for sha256, _ in versions(told, B)] == [digest(b"a"), digest(b"b"), digest(b"a2")]
    assert A not in told.history


def test_one_of_two_copies_may_go(year: Year) -> None:
    year.run({A: b"sama", B: b"sama"})
    second = year.run({B: b"sama"}, SECOND)
    assert said(second) == {}
    assert said(year.run({C: b"c"}, THIRD)) == {B: "file-withdrawn"}


def test_two_files_that_swap_their_contents_have_both_changed(year: Year) -> None:
    year.run({A: b"a", B: b"b"})
    told = year.run({A: b"b", B: b"a"}, SECOND)
    assert said(told) == {A: "file-changed", B: "file-changed"}
    assert versions(told, A) == [(digest(b"a"), "2024-11-01"), (digest(b"b"), "2024-11-02")]


def test_empty_files_are_no_copies_of_each_other(year: Year) -> None:
    year.run({A: b"", B: b"b"})
    assert said(year.run({C: b"", B: b"b"}, SECOND)) == {A: "file-withdrawn"}


def test_an_agency_that_was_left_out_has_withdrawn_nothing(year: Year) -> None:
    other = "dinsos/10.1 x.pdf"
    year.run({A: b"a", B: b"b", other: b"x"})
    told = year.run({A: b"a"}, SECOND, agencies={"dinkes"})
    assert said(told) == {B: "file-withdrawn"}
    assert told.history[other].withdrawn == ""


@pytest.mark.parametrize("folder", ["dinkes/1", "dinkes", "."])
def test_what_lies_in_a_folder_that_cannot_be_opened_is_unknown(year: Year, folder: str) -> None:
    inner = "dinkes/1/1.1 a.pdf"
    year.run({inner: b"a", B: b"b"})
    told = year.run({B: b"b"}, SECOND, folders=(FolderNote(folder, "unreadable", "dinkes"),))
    assert said(told) == {}
    assert said(year.run({B: b"b"}, THIRD)) == {inner: "file-withdrawn"}


def test_a_folder_of_a_similar_name_hides_nothing(year: Year) -> None:
    year.run({"dinkes/12/1.1 a.pdf": b"a", B: b"b"})
    told = year.run({B: b"b"}, SECOND, folders=(FolderNote("dinkes/1", "unreadable", "dinkes"),))
    assert said(told) == {"dinkes/12/1.1 a.pdf": "file-withdrawn"}


def test_what_was_withdrawn_stays_so_behind_a_closed_folder(year: Year) -> None:
    year.run({A: b"a", B: b"b"})
    year.run({B: b"b"}, SECOND)
    told = year.run({}, THIRD, folders=(FolderNote("dinkes", "unreadable", "dinkes"),))
    assert told.history[A].withdrawn == "2024-11-02"
    assert told.history[B].withdrawn == ""


def test_what_lies_in_an_archive_that_cannot_be_opened_is_unknown(year: Year) -> None:
    archive = evidence("dinkes/bukti.zip", media=Media.ARCHIVE, condition=Condition.LOCKED, detail="password")
    inner = "dinkes/bukti.zip/1.1 a.pdf"
    year.run({inner: b"a", B: b"b"})
    gathered, _ = found(year.inputs, {**REST, B: b"b"})
    assert said(year.run({B: b"b"}, SECOND, files=(*gathered.files, archive))) == {}


def test_while_a_file_is_still_arriving_nothing_of_its_folder_is_gone(year: Year) -> None:
    """A renamed file that is being copied has no hash yet: it may be the one that is missed."""
    year.run({A: b"a", B: b"b"})
    coming = evidence("dinkes/1.1 baru.pdf", condition=Condition.ARRIVING, sha256="")
    gathered, _ = found(year.inputs, {**REST, B: b"b"})
    assert said(year.run({B: b"b"}, SECOND, files=(*gathered.files, coming))) == {}
    assert said(year.run({B: b"b"}, THIRD)) == {A: "file-withdrawn"}


def test_a_copy_that_was_given_up_hides_only_what_it_would_be(year: Year) -> None:
    """A half download may lie there for ever; what others take out of the folder meanwhile must still be said."""
    year.run({A: b"satu", B: b"dua"})
    half = evidence(f"{A}.crdownload", condition=Condition.ARRIVING, detail="unfinished-copy", sha256="")
    gathered, _ = found(year.inputs, REST)
    files = tuple(sorted((*gathered.files, half), key=lambda file: file.path))
    past = year.run({}, SECOND, files=files).history
    assert (past[A].withdrawn, past[B].withdrawn) == ("", SECOND.isoformat())


def test_a_share_that_is_offline_is_told_as_a_folder_and_not_as_withdrawals(year: Year) -> None:
    """An empty mount point looks like a folder out of which everything was deleted."""
    files = {"dinsos/10.1 x.pdf": b"x", "dinsos/10.2 y.pdf": b"y", A: b"a"}
    year.run(files)
    told = year.run({A: b"a"}, SECOND)
    assert said(told) == {"dinsos": "vanished-folder"}
    assert said(year.run({A: b"a"}, THIRD)) == {"dinsos": "vanished-folder"}
    assert said(year.run(files, THIRD)) == {}


def test_a_folder_with_a_new_name_has_moved(year: Year) -> None:
    year.run({"dinsos/10.1 x.pdf": b"x", "dinsos/10.2 y.pdf": b"y"})
    assert said(year.run({"Dinas Sosial/10.1 x.pdf": b"x", "Dinas Sosial/10.2 y.pdf": b"y"}, SECOND)) == {}


def test_the_only_file_of_a_folder_can_be_withdrawn(year: Year) -> None:
    year.run({"dinsos/10.1 x.pdf": b"x", A: b"a"})
    assert said(year.run({A: b"a"}, SECOND)) == {"dinsos/10.1 x.pdf": "file-withdrawn"}


def test_a_folder_given_up_for_good_is_said_so_by_a_guide_laid_into_it_once(year: Year) -> None:
    """What the finding tells people to do who have renamed a folder and then changed what is in it."""
    year.run({"dinsos lama/10.1 x.pdf": b"x", "dinsos lama/10.2 y.pdf": b"y", A: b"a"})
    assert said(year.run({A: b"a"}, SECOND)) == {"dinsos lama": "vanished-folder"}
    withdrawn = dict.fromkeys(("dinsos lama/10.1 x.pdf", "dinsos lama/10.2 y.pdf"), "file-withdrawn")
    assert said(year.run({"dinsos lama/BACA-SAYA.txt": b"pindah", A: b"a"}, SECOND)) == withdrawn
    assert said(year.run({A: b"a"}, THIRD)) == withdrawn


def test_a_form_that_is_filled_in_further_is_no_news_but_one_that_is_gone_is(year: Year) -> None:
    form = "dinkes/Formulir.xlsx"
    forms = (ReadForm(form, "dinkes", is_taken=True, filled_cells=3),)
    year.run({form: b"satu", A: b"a"}, forms=forms)
    second = year.run({form: b"dua", A: b"a"}, SECOND, forms=forms)
    assert said(second) == {}
    assert len(second.history[form].versions) == 2
    third = year.run({A: b"a"}, THIRD)
    assert said(third) == {form: "file-withdrawn"}
    assert "sebagai formulir, tabel, atau versi tersamar" in sentences(third)[0]


def test_a_signed_approval_sheet_that_was_replaced_is_called_by_its_name(year: Year) -> None:
    """It answers no question, but it is neither a form nor a table."""
    sheet = f"{OWN_FOLDER}/{APPROVAL_FILE}"
    for day, content in ((FIRST, b"satu"), (SECOND, b"dua")):
        laid = {sheet: content, A: b"a"}
        second = year.run(laid, day, files=_with_own(year, laid))
    assert said(second) == {sheet: "file-changed"}
    assert f"Berkas {sheet} sebagai lembar pengesahan sudah ditimpa" in sentences(second)[0]


def _with_own(year: Year, files: Mapping[str, bytes]) -> tuple[EvidenceFile, ...]:
    """What is found of ``files``, those of the city's own folder known as such."""
    gathered, _ = found(year.inputs, {**REST, **files})
    return tuple(
        replace(file, media=Media.OWN) if file.path.startswith(f"{OWN_FOLDER}/") else file for file in gathered.files
    )


def test_a_file_that_could_not_be_hashed_has_neither_changed_nor_gone(year: Year) -> None:
    year.run({A: b"a", B: b"b"})
    gathered, _ = found(year.inputs, {**REST, A: b"a", B: b"b"})
    files = tuple(
        replace(file, sha256="", condition=Condition.REFUSED) if file.path == A else file for file in gathered.files
    )
    told = year.run({A: b"a", B: b"b"}, SECOND, files=files)
    assert said(told) == {}
    assert len(told.history[A].versions) == 1


# --------------------------------------------------------------------------------------------------------------------
# Any sequence of edits

_PATHS = (A, B, C, "dinkes/arsip.pdf", "dinsos/10.1 x.pdf", "dinsos/10.2 y.pdf")
_TREES = st.dictionaries(st.sampled_from(_PATHS), st.sampled_from([b"1", b"2", b"3", b"4"]), max_size=6)


class Model:
    """The rules in their simplest form: a story of contents per cited path."""

    def __init__(self) -> None:
        self.stories: dict[str, list[bytes]] = {}
        self.withdrawn: set[str] = set()
        self.ever: set[bytes] = set()

    def run(self, files: Mapping[str, bytes]) -> dict[str, str]:
        cited = {path: content for path, content in files.items() if path.rsplit("/", 1)[-1][0].isdecimal()}
        self.ever |= set(cited.values())
        before = sorted(self.stories)
        for path, content in cited.items():
            story = self.stories.setdefault(path, [])
            if story[-1:] != [content]:
                story.append(content)
        lost = []
        for path in (each for each in before if each not in files):
            homes = [home for home in cited if cited[home] == self.stories[path][-1]]
            if homes:
                self._move(path, min(homes, key=lambda home: (home.split("/")[0] != path.split("/")[0], home)))
            elif self.stories[path][-1] not in files.values():
                lost.append(path)
        new = [path for path in lost if path not in self.withdrawn]
        tops = {path.split("/")[0] for path in files} | {"dinkes"}  # its guide stays
        off = {top for top in ("dinsos",) if top not in tops and sum(path.startswith(top) for path in new) > 1}
        self.withdrawn = {path for path in lost if path in self.withdrawn or path.split("/")[0] not in off}
        changed = {path for path, story in self.stories.items() if path in files and story[0] != story[-1]}
        return {
            **dict.fromkeys(self.withdrawn, "file-withdrawn"),
            **dict.fromkeys(changed, "file-changed"),
            **dict.fromkeys(off, "vanished-folder"),
        }

    def _move(self, path: str, home: str) -> None:
        old, new = self.stories.pop(path), self.stories[home]
        self.stories[home] = old if len(new) == 1 else [*(each for each in old if each not in new), *new]


@settings(max_examples=30, deadline=None)
@given(st.lists(_TREES, min_size=1, max_size=6))
def test_after_any_edits_every_content_is_there_and_findings_are_those_of_the_model(
    trees: list[dict[str, bytes]],
) -> None:
    model = Model()
    with tempfile.TemporaryDirectory() as folder:
        year = Year(Path(folder))
        for number, files in enumerate(trees):
            day = FIRST + timedelta(days=number)
            told = year.run(files, day)
            assert said(told) == model.run(files)
            again = year.run(files, day + timedelta(days=100))
            assert (again.manifest.history, again.history, again.new) == (told.manifest.history, told.history, 0)
        vault = Vault(year.out / VAULT_FOLDER)
        assert vault.known() == {digest(content) for content in model.ever}
        named = {version.sha256 for one in told.history.values() for version in one.versions}
        assert named == vault.known()
        for content in model.ever:
            with vault.open(digest(content)) as stream:
                assert stream.read() == content


def test_no_number_of_a_person_is_written_down(tmp_path: Path) -> None:
    """A name that holds one is masked before it comes here, and copies are named by hash alone."""
    root = write(tmp_path / "in", {"Dinkes/12.1 akta 9971014505120001.txt": "isi"})
    gathered = gather_found(small_city(), small_instrument(), root, state_root=None)
    told = keep_evidence(gathered.manifest, gathered.real_paths, {}, tmp_path / "out", FIRST)
    assert told.new == 1
    written = (tmp_path / "out" / HISTORY).read_text(encoding="utf-8")
    assert "9971••••••••0001" in written
    names = "".join(str(path.relative_to(tmp_path)) for path in (tmp_path / "out").rglob("*"))
    assert "9971014505120001" not in written + names


# --------------------------------------------------------------------------------------------------------------------
# The file

ODD = 'dinkes/=cmd|"x",\r\n\u00a0;1.1 aé.pdf'


def test_the_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    two = (Version("a" * 64, 1, "2024-11-01"), Version("b" * 64, 0, "2024-11-02"))
    history = {
        ODD: PathHistory(ODD, "dinkes", two, "2024-12-01", ("1.1", "1.2a")),
        A: PathHistory(A, "", two[:1]),
    }
    path = tmp_path / HISTORY
    path.write_text(history_text(history), encoding="utf-8", newline="")
    assert read_history(path) == history
    assert history_text(read_history(path)) == history_text(history)
    assert read_history(tmp_path / "tidak ada", fallback=path) == history
    assert read_history(tmp_path / "tidak ada") == {}


GOOD = f"{'a' * 64},1,x.pdf,dinkes,1,2024-11-01,,1.1"
BAD = {
    "no header": "x\n",
    "short hash": GOOD.replace("a" * 64, "a" * 63),
    "capital hash": GOOD.replace("a" * 64, "A" * 64),
    "bytes": GOOD.replace(",1,x", ",satu,x"),
    "negative bytes": GOOD.replace(",1,x", ",-1,x"),
    "no path": GOOD.replace("x.pdf", ""),
    "date": GOOD.replace("2024-11-01", "1/11/2024"),
    "withdrawn": GOOD.replace("01,,", "01,kemarin,"),
    "number": GOOD.replace(",1,2024", ",2,2024"),
    "twice": f"{GOOD}\n{GOOD}",
    "disagreeing": f"{GOOD}\n{GOOD.replace(',1,2024', ',2,2024').replace('dinkes', 'dinsos')}",
    "cut": GOOD[:90],
    "quote": f'"{GOOD}',
}


@pytest.mark.parametrize("case", BAD)
def test_a_damaged_history_is_refused_with_its_repair(tmp_path: Path, case: str) -> None:
    path = tmp_path / HISTORY
    header = "" if case == "no header" else ",".join(COLUMNS) + "\n"
    path.write_text(header + BAD[case] + "\n", encoding="utf-8")
    with pytest.raises(InputsError, match="rusak atau tidak dapat dibaca") as caught:
        read_history(path)
    assert caught.value.exit_code is ExitCode.INPUTS
    assert "internal/" in caught.value.repair
