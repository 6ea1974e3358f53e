"""The virus scanner of this machine is asked where it runs: against a real ``clamd`` with a signature of our own."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
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
    unseen = [one for one in findings if one.code == "virus-unseen-file"]
    assert [(one.path, one.agency_id) for one in unseen] == [("Dinkes/besar.txt", "dinkes")], "beyond its limit"


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


@contextlib.contextmanager
def answering(reply: Callable[[bytes], bytes | None]) -> Iterator[str]:
    """The address of a scanner that says who it is, and of each file what ``reply`` makes of it; None: it hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor() as threads:

        def serve(link: socket.socket) -> None:
            with link, link.makefile("rb") as said:
                command = said.read(len(b"zVERSION\0"))
                if command == b"zVERSION\0":
                    link.sendall(b"ClamAV 9.9/1/contoh\0")
                    return
                said.read(len(b"zINSTREAM\0") - len(command))
                content = b""
                while size := int.from_bytes(said.read(4), "big"):
                    content += said.read(size)
                link.sendall(answer) if (answer := reply(content)) is not None else None

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threads.submit(serve, server.accept()[0])

        threads.submit(listen)
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "answer",
    [
        None, b"", b"\0", b"\xff\xfe\0", b"OK", b"stream: OK OK\0", b"x" * 9_000, b"stream: OK\0FOUND",
        b"GET / HTTP/1.1\r\n", b"INSTREAM size limit exceeded. ERROR\0", b"stream: Can't allocate memory ERROR\0",
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_verdict_leaves_the_file_unseen_and_named(
    answer: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scanner that answers nonsense of one file goes on with the others; nothing is taken for clean or remembered."""

    def reply(content: bytes) -> bytes | None:
        return answer if b"Satu" in content else b"stream: OK\0"

    root = write(tmp_path / "in", {"Dinkes/12.1 a.txt": "Satu", "Dinkes/12.2 b.txt": "Dua"})
    age(root)
    is_clean = answer == b"OK"  # all there is to say, however it ends
    for _ in range(2):
        with answering(reply) as address:
            manifest = take(root, tmp_path / "state", address, monkeypatch)
        assert {file.condition for file in manifest.files} == {Condition.GOOD}
        found = [one.path for one in judge_manifest(city(), instrument(), manifest) if one.code.startswith("virus")]
        assert found == ([] if is_clean else ["Dinkes/12.1 a.txt"])


def test_a_scanner_that_is_too_slow_is_left_after_the_time_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what it has said counts, so that the next run goes on where this one stopped."""
    monkeypatch.setattr(bounds, "VIRUS_RUN_SECONDS", 1.0)
    asked: list[bytes] = []

    def reply(content: bytes) -> bytes:
        asked.append(content)
        time.sleep(0.3)
        return b"stream: OK\0"

    root = write(tmp_path / "in", {f"Dinkes/{number}.txt": f"Berkas {number}" for number in range(12)})
    age(root)
    with answering(reply) as address:
        codes = [
            one.code for one in judge_manifest(city(), instrument(), take(root, tmp_path / "s", address, monkeypatch))
        ]
        assert codes.count("virus-unseen") == 1
        assert "virus-unseen-file" not in codes
        assert len(asked) < 12
        monkeypatch.setattr(bounds, "VIRUS_RUN_SECONDS", 60.0)
        codes = [
            one.code for one in judge_manifest(city(), instrument(), take(root, tmp_path / "s", address, monkeypatch))
        ]
    assert "virus-unseen" not in codes
    assert len(asked) == len(set(asked)) == 12
