"""A program that lives on when this one ends: it holds none of our pipes and no terminal, and writes to a log."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_DETACHED: int = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_children: list[subprocess.Popen[bytes]] = []
"""Keeps Python from complaining that a child lives on; it is meant to."""


def start_detached(
    command: Sequence[str], log: Path, folder: Path, environment: Mapping[str, str], stdin: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start ``command`` in ``folder`` under ``environment``, with what it says behind what ``log`` holds.

    ``stdin`` is what it reads: the descriptor of an open file, nothing where there is none.

    Raises:
        OSError: the log cannot be written, or the program not be started.
    """
    with log.open("ab") as stream:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=stdin,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            creationflags=_DETACHED,
        )
    _children.append(child)
    return child
