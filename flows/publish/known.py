"""What earlier runs left and a new one goes on from: labels, histories of paths, ticks, the pictures of other years."""

from __future__ import annotations

from pathlib import Path

from flows.bounded import BoundedPool
from flows.errors import InputsError
from flows.history import HISTORY, pictures_of, read_history
from flows.model import EarlierEvaluations, EarlierPicture, PathHistory, Register, Ticks
from flows.publish.run_folder import INTERNAL, latest_run
from flows.publish.upload import read_ticks
from flows.register import read_register
from flows.settings import year_folders

REGISTER = "register.csv"


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
    for year in year_folders(output_root.parent):
        if year < output_root.name:
            try:
                pictures += pictures_of(known_history(output_root.parent / year), int(year))
            except InputsError:
                unread.append(f"{year}/{HISTORY}")
    return EarlierEvaluations(tuple(pictures), tuple(unread))


def known_ticks(output_root: Path, pool: BoundedPool | None = None) -> Ticks:
    """What the operator has ticked so far in ``jawaban.xlsx``; never an error.

    Args:
        output_root: ``<outputs>/<kota>/<tahun>``.
        pool: Children that open it; of its own where None.
    """
    return read_ticks(output_root, latest_run(output_root), pool)
