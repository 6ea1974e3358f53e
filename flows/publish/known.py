"""What earlier runs left and a new one goes on from: labels, histories of paths, ticks, the pictures of other years."""

from __future__ import annotations

import re
from pathlib import Path

from flows.errors import InputsError
from flows.history import HISTORY, pictures_of, read_history
from flows.model import EarlierEvaluations, EarlierPicture, PathHistory, Register, Ticks
from flows.publish.run_folder import INTERNAL, latest_run
from flows.publish.upload import read_ticks
from flows.register import read_register

REGISTER = "register.csv"
_YEAR = re.compile(r"\d{4}", re.ASCII)


def known_register(output_root: Path) -> Register:
    """The labels given so far in a city and year; a lost register is rebuilt from the copy in the last run.

    Raises:
        InputsError: the register is there but damaged.
    """
    last = latest_run(output_root)
    return read_register(output_root / REGISTER, fallback=last / INTERNAL / REGISTER if last else None)


def known_history(output_root: Path) -> dict[str, PathHistory]:
    """The history of a city's paths so far; a lost one is taken from the copy in the last run.

    Raises:
        InputsError: the history is there but damaged.
    """
    last = latest_run(output_root)
    return read_history(output_root / HISTORY, fallback=last / INTERNAL / HISTORY if last else None)


def known_earlier(output_root: Path) -> EarlierEvaluations:
    """The pictures that the evaluations of a city before this one used as evidence.

    A history of those years that cannot be read is named and does not stop this one.

    Args:
        output_root: ``<outputs>/<kota>/<tahun>`` of this evaluation.
    """
    pictures: list[EarlierPicture] = []
    unread: list[str] = []
    for folder in _earlier_years(output_root):
        try:
            pictures += pictures_of(known_history(folder), int(folder.name))
        except InputsError:
            unread.append(f"{folder.name}/{HISTORY}")
    return EarlierEvaluations(tuple(pictures), tuple(unread))


def _earlier_years(output_root: Path) -> list[Path]:
    """The output folders of the years before, oldest first; none where the city's folder cannot be read."""
    try:
        years = [folder for folder in output_root.parent.iterdir() if _YEAR.fullmatch(folder.name) and folder.is_dir()]
    except OSError:
        return []
    return sorted(folder for folder in years if folder.name < output_root.name)


def known_ticks(output_root: Path) -> Ticks:
    """What the operator has ticked so far in ``jawaban.xlsx``; never an error."""
    return read_ticks(output_root, latest_run(output_root))
