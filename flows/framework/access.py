"""Who may see which folder: what this program makes is its agency's own; what it found is left, and said where open.

Modes exist on POSIX systems only. On Windows and on shares the rights of the share decide, and nothing is claimed here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

_CITY_MODE = 0o755
"""The city's folder too, whatever the shell of the secretariat hides, and nobody else puts another year into it."""
_YEAR_MODE = 0o2751
"""The year's folder can be passed through on the way to one's own, but not listed by others."""
_AGENCY_MODE = 0o2770
"""An agency's folder is for its owner and its group; what is made in it belongs to the same group."""
_SECRETARIAT_MODE = 0o640
_OPEN_TO_OTHERS = stat.S_IROTH | stat.S_IWOTH


def has_modes() -> bool:
    """Whether modes say anything on this system."""
    return os.name == "posix"


def close_city(city_root: Path) -> None:
    """Let others pass the city's folder, just made, and change nothing in it."""
    _set(city_root, _CITY_MODE)


def close_year(input_root: Path) -> None:
    """Shut the year's folder, just made, for the looks of others."""
    _set(input_root, _YEAR_MODE)


def close_folders(input_root: Path, folders: Iterable[str]) -> None:
    """Shut folders that were just made, those within them too."""
    for folder in folders:
        _set(input_root / folder, _AGENCY_MODE)


def close_files(input_root: Path, names: Iterable[str]) -> None:
    """Shut files of the secretariat that were just made."""
    for name in names:
        _set(input_root / name, _SECRETARIAT_MODE)


def share_as_folder(path: Path) -> None:
    """Let a file just written be read and written by whom its folder lets in: its agency types into its own form."""
    try:
        of_folder = stat.S_IMODE(path.parent.stat().st_mode)
    except OSError:
        return
    _set(path, of_folder & 0o666 | stat.S_IRUSR | stat.S_IWUSR)


def open_folders(input_root: Path, folders: Iterable[str]) -> tuple[str, ...]:
    """Those of ``folders`` that every user of this computer can list or write to."""
    return tuple(folder for folder in folders if has_modes() and _is_open(input_root, folder))


def _is_open(input_root: Path, folder: str) -> bool:
    """A folder behind a closed one is closed, whatever it says itself."""
    try:
        modes = [path.stat().st_mode for path in (input_root / folder, input_root)]
    except OSError:
        return False
    return bool(modes[0] & _OPEN_TO_OTHERS) and bool(modes[0] & stat.S_IXOTH) and bool(modes[1] & stat.S_IXOTH)


def _set(path: Path, mode: int) -> None:
    """Set a mode where the system lets us; a share that refuses keeps its own rights."""
    if not has_modes():
        return
    try:
        path.chmod(mode)
    except OSError:
        return
