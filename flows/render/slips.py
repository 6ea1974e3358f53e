"""The words of slip sheets: why the pages of a document are not bound, and where the original is to be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flows.errors import RulesError
from flows.render.values import Exhibit
from flows.settings import templates_root
from flows.yaml_files import Problems, read_mapping

_FILE = "dossier/pengganti.yaml"


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What a slip sheet says for one reason."""

    reason: str
    """Told to whoever reads the submission; never incriminating."""
    where: str
    """Where the original is to be seen; ``{agency}`` stands for who handed it in."""
    repair: str
    """What the secretariat can do, with ``{agency}`` too; for volumes of the house only."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip sheet, worded."""

    exhibit: Exhibit
    reason: str
    where: str
    repair: str
    """Empty in edition KIRIM."""


def slip_for(exhibit: Exhibit, *, is_internal: bool) -> Slip:
    """The slip sheet that stands for the pages of ``exhibit``, whose ``slip`` says why.

    Raises:
        RulesError: the file of words has mistakes or no words for that reason.
    """
    words = slip_words().get(exhibit.slip)
    if words is None:
        problems = Problems()
        problems.add(f"templates/{_FILE}", None, f"alasan {exhibit.slip} belum mempunyai kata-kata")
        raise RulesError(problems.items)
    where, repair = (
        each.replace("{agency}", exhibit.agency or "sekretariat Gugus Tugas") for each in (words.where, words.repair)
    )
    return Slip(exhibit, words.reason, where, repair if is_internal else "")


@cache
def slip_words() -> Mapping[str, SlipWords]:
    """The words by reason, read once a process.

    Raises:
        RulesError: the file has mistakes.
    """
    problems = Problems()
    top = read_mapping(templates_root() / _FILE, f"templates/{_FILE}", problems)
    found: dict[str, SlipWords] = {}
    slips = top.mapping("slips", required=True) if top else None
    for key in slips.keys() if slips else ():
        entry = slips.mapping(key, required=True) if slips else None
        if entry is not None:
            found[key] = SlipWords(entry.text("reason"), entry.text("where"), entry.text("repair"))
            entry.close()
    if top is not None:
        top.close()
    if problems.items:
        raise RulesError(problems.items)
    return found
