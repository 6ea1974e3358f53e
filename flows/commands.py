"""Commands that messages propose, with the folders that the person named, so that they work as they stand."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

_NAMED = "_KLA_FOLDER"
"""Beside what the environment tells child processes anyway: the options as they are typed; never set by a person."""


def remember_folders(inputs: Path | None, outputs: Path | None) -> None:
    """Keep the folders that were named with ``--inputs`` and ``--outputs``, for :func:`proposed`."""
    named = [("--inputs", inputs), ("--outputs", outputs)]
    os.environ[_NAMED] = " ".join(f"{option} {shlex.quote(str(path))}" for option, path in named if path is not None)


def proposed(command: str) -> str:
    """``command``, such as ``kla periksa kab-madiun 2026``, with the folders of this call behind it."""
    return f"{command} {os.environ.get(_NAMED, '')}".rstrip()
