"""``kla riwayat`` and ``kla dokter KOTA TAHUN``: what was taken away comes back, and spoilt copies are named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows import cli
from flows.errors import ExitCode
from flows.gather import VAULT_FOLDER, Vault, keep_evidence
from flows.history import HISTORY, read_history
from flows.model import PathHistory, Version
from flows.telling_history import tell_history
from tests.gather.test_vault import digest, found

A, B = "dinkes/1.1 a.pdf", "dinkes/1.1 b.pdf"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kla(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The command, on a city whose file A was overwritten and whose file B was deleted; its inputs are away."""
    out = tmp_path / "outputs" / "kota-uji" / "2024"
    for day, files in ((1, {A: b"satu", B: b"dua"}), (2, {A: b"tiga"})):
        gathered, real = found(tmp_path / "elsewhere", files)
        keep_evidence(gathered, real, read_history(out / HISTORY), out, date(2024, 11, day))

    def run(*args: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([*args, "--inputs", str(tmp_path / "inputs"), "--outputs", str(tmp_path / "outputs")])
        said = capfd.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def records(said: str) -> dict[str, Any]:
    return {each["id"]: each for each in json.loads(said)}


def test_what_changed_and_what_was_withdrawn_is_told_and_taken_out(kla: Run, tmp_path: Path) -> None:
    code, out, _ = kla("riwayat", "kota-uji", "2024", "--ambil", str(tmp_path / "ambil"))
    assert code == ExitCode.COMPLETE
    assert "BERUBAH, isi yang sekarang sejak 2 November 2024 (untuk pertanyaan 1.1)" in out
    assert "DITARIK, tidak ada lagi sejak 2 November 2024" in out
    taken = sorted(path.read_bytes() for path in (tmp_path / "ambil" / "dinkes").iterdir())
    assert taken == [b"dua", b"satu", b"tiga"]
    _, again, _ = kla("riwayat", "kota-uji", "2024", "--ambil", str(tmp_path / "ambil"))
    assert again == out
    assert len(list((tmp_path / "ambil" / "dinkes").iterdir())) == len(taken)


def test_part_of_a_name_is_enough_and_an_unknown_one_is_refused_without_its_number(kla: Run) -> None:
    assert "1.1 b.pdf" not in kla("riwayat", "kota-uji", "2024", "A.PDF")[1]
    for name in ("surat 9971014505120001.pdf", "Dinsos/PKH 9971014505120001"):
        code, _, err = kla("riwayat", "kota-uji", "2024", name)
        assert code == ExitCode.USAGE
        assert "9971014505120001" not in err


def test_copies_are_not_strewn_among_the_evidence(kla: Run, tmp_path: Path) -> None:
    place = str(tmp_path / "inputs" / "x")
    assert kla("riwayat", "kota-uji", "2024", "--ambil", place)[0] == ExitCode.USAGE
    assert kla("riwayat", "kota-uji", "2024", "--ambil", place, "--tetap")[0] == ExitCode.COMPLETE
    vault = str(tmp_path / "outputs" / "kota-uji" / "2024" / VAULT_FOLDER / "x")
    assert kla("riwayat", "kota-uji", "2024", "--ambil", vault, "--tetap")[0] == ExitCode.USAGE


def test_doctor_names_a_spoilt_and_a_missing_copy(kla: Run, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "outputs" / "kota-uji" / "2024" / VAULT_FOLDER)
    sound = records(kla("dokter", "kota-uji", "2024", "--json")[1])
    assert sound["brankas"]["keadaan"].startswith("3 salinan utuh")
    assert not {"brankas-rusak", "brankas-hilang", "brankas-asing"} & set(sound)
    (vault.root / ".DS_Store").write_bytes(b"x")
    code, out, _ = kla("dokter", "kota-uji", "2024", "--json")
    assert (code, records(out)["brankas-sistem"]["rincian"]) == (ExitCode.COMPLETE, [".DS_Store"]), "named and harmless"
    spoilt = vault.path(digest(b"satu"))
    spoilt.chmod(0o600)
    spoilt.write_bytes(b"palsu")
    vault.path(digest(b"dua")).unlink()
    code, out, _ = kla("dokter", "kota-uji", "2024", "--json")
    said = records(out)
    assert code == ExitCode.FINDINGS
    assert said["brankas-rusak"]["rincian"] == [digest(b"satu")]
    assert said["brankas-hilang"]["rincian"] == [digest(b"dua")]
    assert "kla periksa berikutnya" in said["brankas-hilang"]["perbaikan"]


def test_doctor_knows_no_city_that_is_not_there(kla: Run) -> None:
    assert kla("dokter", "kota-lain", "2024")[0] == ExitCode.INPUTS
    assert kla("dokter", "kota-uji")[0] == ExitCode.USAGE


def test_a_path_is_not_said_to_be_there_where_only_its_content_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    """Who moves a cited file to a name that nobody cites finds it under its old one, and must not take it for there."""
    one = PathHistory(A, "dinkes", (Version(digest(b"satu"), 4, "2024-11-01"),), "", ("1.1",))
    tell_history([one], 1, "kota-uji", 2024, hint=False)
    assert "isinya masih ada dan tidak berubah (untuk pertanyaan 1.1)" in capsys.readouterr().out


def test_where_no_evidence_was_found_yet_the_repair_is_to_lay_some(kla: Run) -> None:
    """A check of forms alone writes no history either: to run it again would change nothing."""
    code, _, err = kla("riwayat", "kota-uji", "2023")
    assert code == ExitCode.INPUTS
    assert "Letakkan bukti di folder perangkat daerah, lalu jalankan: kla periksa kota-uji 2023" in " ".join(
        err.split()
    )
