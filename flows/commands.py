"""Commands that messages propose, with the folders that the person named, so that they work as they stand."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

_typed: list[str] = []
"""The options of this call as they are typed; one process has one call, and its threads say the same."""


def remember_folders(inputs: Path | None, outputs: Path | None) -> None:
    """Keep the folders that were named with ``--inputs`` and ``--outputs``, for :func:`proposed`."""
    named = [("--inputs", inputs), ("--outputs", outputs)]
    _typed[:] = [f"{option} {shlex.quote(str(path))}" for option, path in named if path is not None]


def named_folders() -> tuple[str, ...]:
    """The options that :func:`remember_folders` keeps, for a process that works in place of this one."""
    return tuple(_typed)


def adopt_folders(named: Sequence[str]) -> None:
    """Propose commands as the process does whose :func:`named_folders` these are."""
    _typed[:] = named


def proposed(command: str) -> str:
    """``command``, such as ``kla periksa kab-madiun 2026``, with the folders of this call behind it."""
    return " ".join([command, *_typed])
