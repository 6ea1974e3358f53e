"""Ask the virus scanner of this machine (ClamAV's ``clamd``) about every file, where one is running; else say nothing.

The bytes are sent over its socket (``INSTREAM``), so it needs no right to read the inputs. Answers are remembered by
content and by the version of its signatures. A scanner that dies midway stops nothing: what it did not see is told.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from flows import bounds
from flows.gather.hashing import Hashed, is_unchanged, opened
from flows.store import Store

VARIABLE = "KLA_CLAMD"
"""``host:port`` or the path of a socket, where the scanner does not listen at a usual place."""
STOPPED = "antivirus-stopped"
"""Reason of the note that the scanner died, or took too long over all."""
_USUAL = (
    "/run/clamav/clamd.ctl",
    "/var/run/clamav/clamd.ctl",
    "/run/clamd.scan/clamd.sock",
    "/var/run/clamd.scan/clamd.sock",
    "/run/clamav/clamd.sock",
    "/usr/local/var/run/clamav/clamd.sock",
    "/opt/homebrew/var/run/clamav/clamd.sock",
)
"""Where Debian, Fedora, Arch and macOS put it."""
_NAMESPACE = "virus"
_CLEAN = "-"
_FOUND = " FOUND"
_SIGNATURE_CHARS = 80


class _UnseenError(Exception):
    """The scanner gave no verdict on one file."""


@dataclass
class Antivirus:
    """A scanner that is running. May be asked from any number of threads."""

    address: str
    version: str
    """Of the program and its signatures, as it says."""
    _lost: threading.Event = field(default_factory=threading.Event)
    _ends: float = field(default_factory=lambda: time.monotonic() + bounds.VIRUS_RUN_SECONDS)

    @classmethod
    def find(cls, address: str | None = None) -> Antivirus | None:
        """The scanner at ``address``, else at the place the environment names, else at a usual place; None for none."""
        named = os.environ.get(VARIABLE, "") if address is None else address
        places = [named] if named else [place for place in _USUAL if Path(place).exists()]
        for place in places:
            with contextlib.suppress(OSError, ValueError):
                version = _ask(place, b"zVERSION\0")
                if version:
                    return cls(place, version)
        return None

    @property
    def is_lost(self) -> bool:
        """Whether it answers no more, or not in the time that a run has."""
        if time.monotonic() > self._ends:
            self._lost.set()
        return self._lost.is_set()

    def look_at(self, files: Sequence[Hashed], store: Store | None, *, fresh: bool) -> Verdicts:
        """What it says of each file that has bytes; equal contents are sent once."""
        contents = {file.sha256: file for file in reversed(files) if file.sha256 and file.entry.bytes}
        known = {} if store is None or fresh else store.get_many(_NAMESPACE, [self._key(each) for each in contents])
        new = [file for sha256, file in contents.items() if self._key(sha256) not in known]
        with ThreadPoolExecutor(bounds.VIRUS_THREADS, thread_name_prefix="virus") as threads:
            answers = dict(zip((file.sha256 for file in new), threads.map(self._verdict, new), strict=True))
        if store is not None:
            store.put_many(_NAMESPACE, {self._key(sha256): said for sha256, said in answers.items() if said})
        said_of = {sha256: known.get(self._key(sha256)) or answers.get(sha256, "") for sha256 in contents}
        return Verdicts(
            {file.entry.path: said for file in files if (said := said_of.get(file.sha256, "")) not in ("", _CLEAN)},
            tuple(file.entry.path for file in files if said_of.get(file.sha256) == ""),
        )

    def _key(self, sha256: str) -> str:
        return f"{sha256}/{self.version}"

    def _verdict(self, file: Hashed) -> str:
        """The name of a signature, :data:`_CLEAN`, or nothing where there was no answer."""
        if self.is_lost or file.entry.bytes > bounds.VIRUS_FILE_BYTES:
            return ""
        try:
            with opened(file.entry) as stream:
                said = _send(self.address, stream)
        except (OSError, _UnseenError):
            if self.find(self.address) is None:
                self._lost.set()
            return ""
        return said if is_unchanged(file.entry) else ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the scanner said of the files of one source."""

    infected: dict[str, str]
    """Path → name of the signature."""
    unseen: tuple[str, ...]
    """Paths of files it gave no verdict on."""

    def with_more(self, other: Verdicts) -> Verdicts:
        """These and ``other``."""
        return Verdicts({**self.infected, **other.infected}, self.unseen + other.unseen)


NOTHING_FOUND = Verdicts({}, ())


def _connect(address: str) -> socket.socket:
    """A connection that never waits longer than the bound.

    Raises:
        OSError: nobody listens there.
    """
    host, colon, port = address.rpartition(":")
    if colon and port.isdecimal() and "/" not in address:
        return socket.create_connection((host, int(port)), timeout=bounds.VIRUS_SECONDS)
    if not hasattr(socket, "AF_UNIX"):
        raise OSError(address)
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(bounds.VIRUS_SECONDS)
    try:
        link.connect(address)
    except OSError:
        link.close()
        raise
    return link


def _ask(address: str, command: bytes) -> str:
    with contextlib.closing(_connect(address)) as link:
        link.sendall(command)
        return _answer(link)


def _send(address: str, stream: BinaryIO) -> str:
    """Send all bytes of ``stream`` and give the verdict.

    Raises:
        OSError: the scanner went away, or took too long.
        _UnseenError: it would not look at the file.
    """
    with contextlib.closing(_connect(address)) as link:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it says why before it hangs up
            link.sendall(b"zINSTREAM\0")
            while chunk := stream.read(bounds.VIRUS_CHUNK_BYTES):
                link.sendall(struct.pack(">I", len(chunk)) + chunk)
            link.sendall(struct.pack(">I", 0))
        said = _answer(link).removeprefix("stream: ")
    if said.endswith(_FOUND):
        return said.removesuffix(_FOUND)[:_SIGNATURE_CHARS] or _CLEAN
    if said != "OK":
        raise _UnseenError
    return _CLEAN


def _answer(link: socket.socket) -> str:
    """One line, which ends with a zero or with the connection, and is never long."""
    parts = b""
    while not parts.endswith(b"\0") and len(parts) < bounds.VIRUS_ANSWER_BYTES:
        received = link.recv(bounds.VIRUS_ANSWER_BYTES)
        if not received:
            break
        parts += received
    return " ".join(parts.rstrip(b"\0").decode("utf-8", "replace").split())
