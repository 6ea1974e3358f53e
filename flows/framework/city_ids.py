"""What may be the id of a city, which is the name of its folder, and which city is meant by something else."""

from __future__ import annotations

from pathlib import Path

from flows.errors import UsageError
from flows.framework.city_agencies import is_folder_name, is_id
from flows.names import slug
from flows.settings import year_folders

_NEAREST = 3
_SIMILARITY = 60
_EXAMPLE = "kab-madiun"


def check_city_id(city_id: str, inputs: Path) -> None:
    """Refuse what cannot be the name of a city's folder, such as a path or an official name.

    Args:
        city_id: As it was typed.
        inputs: The folder of all cities; it need not exist.

    Raises:
        UsageError: it is refused; the message proposes the city that is meant, else a good id.
    """
    if is_id(city_id):
        if is_folder_name(city_id):
            return
        raise UsageError(
            f'"{city_id}" tidak dapat dipakai sebagai KOTA: Windows memakai nama itu untuk perangkat, sehingga '
            "foldernya tidak dapat dibuka di sana.",
            f"Tulis misalnya: kab-{city_id}",
        )
    wanted = _usual(slug(city_id))
    meant = twin_of(wanted, inputs) or next(iter(nearest_cities(wanted, inputs)), "") or wanted or _EXAMPLE
    raise UsageError(
        f'"{city_id}" tidak dapat dipakai sebagai KOTA: yang ditulis nama foldernya, dengan huruf kecil, angka, dan '
        "tanda hubung.",
        f"Tulis misalnya: {meant}",
    )


def twin_of(city_id: str, inputs: Path) -> str:
    """A city that has a folder below ``inputs`` and differs from ``city_id`` in how its kind is written at most."""
    return next((known for known in _known(inputs) if _usual(known) == _usual(city_id)), "")


def nearest_cities(city_id: str, inputs: Path) -> list[str]:
    """Cities that have folders below ``inputs`` and whose ids look like ``city_id``, the likeliest first."""
    from rapidfuzz import process

    found = process.extract(city_id, _known(inputs), limit=_NEAREST, score_cutoff=_SIMILARITY)
    return [str(match[0]) for match in found]


def likely_name(city_id: str) -> str:
    """The name a city id stands for: ``kab-madiun`` is "Kabupaten Madiun"."""
    kind, _, rest = city_id.partition("-")
    titles = {"kab": "Kabupaten", "kabupaten": "Kabupaten", "kota": "Kota"}
    words = [word.capitalize() for word in (rest if kind in titles and rest else city_id).split("-")]
    return " ".join([titles.get(kind, "Kota"), *words])


def newest_year(city_id: str, inputs: Path, otherwise: int) -> int:
    """The newest year that a city has a folder of, ``otherwise`` where it has none: for commands that are proposed."""
    known = year_folders(inputs / city_id)
    return max(map(int, known)) if known else otherwise


def _usual(city_id: str) -> str:
    """``city_id`` as ids of regencies are usually written: ``kabupaten-madiun`` is ``kab-madiun``."""
    return "kab-" + city_id.removeprefix("kabupaten-") if city_id.startswith("kabupaten-") else city_id


def _known(inputs: Path) -> list[str]:
    try:
        return sorted(path.name for path in inputs.iterdir() if is_id(path.name) and year_folders(path))
    except OSError:
        return []
