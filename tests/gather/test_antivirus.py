"""The virus scanner of this machine is asked where it runs: against a real ``clamd`` with a signature of our own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows import bounds
from flows.findings import load_catalogue
from flows.gather import gather
from flows.gather.antivirus import VARIABLE, Antivirus
from flows.model import Condition, Manifest
from flows.validate import judge_manifest
from tests.gather.kit import age, city, instrument, packed, pdf, write

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")
# Put together here, so that no scanner takes this file for the harmless test file that all of them know.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE" + "!$H+H*").encode()
START_SECONDS = 60


@dataclass
class Clamd:
    """A scanner of our own."""

    socket: Path
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    if CLAMD is None:
        pytest.skip("no clamd on this machine: apt-get install clamav-daemon")
    with tempfile.TemporaryDirectory(prefix="kla-") as place:  # short: a socket's path has at most a hundred letters
        folder = Path(place)
        (folder / "db").mkdir()
        (folder / "db" / "uji.ndb").write_text(f"Contoh-Uji:0:*:{EICAR.hex()}\n")
        settings = {
            "DatabaseDirectory": folder / "db", "LocalSocket": folder / "s", "Foreground": "yes",
            "StreamMaxLength": "1M", "MaxThreads": "4", "TemporaryDirectory": folder,
        }  # fmt: skip
        (folder / "clamd.conf").write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
        command = [CLAMD, f"--config-file={folder / 'clamd.conf'}"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + START_SECONDS
            while Antivirus.find(str(folder / "s")) is None and time.monotonic() < end and process.poll() is None:
                time.sleep(0.05)
            yield Clamd(folder / "s", process)
        finally:
            process.kill()
            process.wait()


def take(root: Path, state: Path, address: object, monkeypatch: pytest.MonkeyPatch) -> Manifest:
    monkeypatch.setenv(VARIABLE, str(address))
    return gather(city(), instrument(), root, state_root=state)


def test_an_infected_file_is_refused_named_and_proves_nothing(
    tmp_path: Path, clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "Dinkes/12.1 laporan.pdf": pdf(["Laporan persalinan"]) + EICAR,
        "Dinkes/12.2 arsip.zip": packed({"a.txt": EICAR}),
        "Dinkes/12.7 bersih.pdf": pdf(["Laporan contoh"]),
        "Dinkes/besar.txt": b"contoh " * 300_000,
    }
    root = write(tmp_path / "in", files)
    age(root)
    manifest = take(root, tmp_path / "state", clamd.socket, monkeypatch)
    states = {file.path: (file.condition, file.detail, file.kinds) for file in manifest.files}
    assert states["Dinkes/12.1 laporan.pdf"] == (Condition.REFUSED, "virus", ())
    assert states["Dinkes/12.2 arsip.zip"][:2] == (Condition.REFUSED, "virus")
    assert states["Dinkes/12.7 bersih.pdf"][0] is Condition.GOOD
    assert states["Dinkes/besar.txt"][0] is Condition.GOOD

    findings = judge_manifest(city(), instrument(), manifest)
    said = [load_catalogue().describe(one).sentence for one in findings if one.code == "infected-file"]
    assert len(said) == 3, "the archive, and what lies in it"
    assert all("Contoh-Uji" in sentence for sentence in said)
    assert "refused-file" not in {one.code for one in findings}
    assert [one.code for one in findings].count("virus-unseen") == 1, "the large one is beyond the scanner's limit"


def test_an_answer_is_remembered_by_content_and_signatures(
    tmp_path: Path, clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "in", {"Dinkes/a.pdf": pdf(["Satu"]) + EICAR, "Dinkes/b.pdf": pdf(["Dua"])})
    first = take(root, tmp_path / "state", clamd.socket, monkeypatch)

    def send(*_: object) -> str:
        raise AssertionError("sent again")

    monkeypatch.setattr("flows.gather.antivirus._send", send)
    assert take(root, tmp_path / "state", clamd.socket, monkeypatch) == first


def test_no_scanner_means_no_word_about_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "in", {"Dinkes/12.1 laporan.pdf": pdf(["Laporan"]) + EICAR})
    manifest = take(root, tmp_path / "state", tmp_path / "nobody", monkeypatch)
    assert [file.condition for file in manifest.files] == [Condition.GOOD]
    assert all(note.folder for note in manifest.folders)


def test_a_scanner_that_dies_midway_is_said_once_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers who it is, takes one file, and is gone: over a network address, as one on a server is named."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for reply in (b"ClamAV 9.9/1/contoh\0", b""):
            link, _ = server.accept()
            with link:
                link.recv(64)
                link.sendall(reply)
        server.close()

    thread = threading.Thread(target=serve)
    thread.start()
    names = [f"Dinkes/{number}.pdf" for number in range(6)] + [f"Bagian Hukum/{number}.pdf" for number in range(6)]
    root = write(tmp_path / "in", {name: pdf([f"Laporan {name}"]) for name in names})
    address = f"127.0.0.1:{server.getsockname()[1]}"
    manifest = take(root, tmp_path / "state", address, monkeypatch)
    thread.join(timeout=bounds.VIRUS_SECONDS)
    assert {file.condition for file in manifest.files} == {Condition.GOOD}
    codes = [one.code for one in judge_manifest(city(), instrument(), manifest)]
    assert codes.count("virus-unseen") == 1
