"""Which questions a file answers by its place: its name first, then its deepest numbered folder, then its parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flows.gather.ids import IdReader, Named, is_date
from flows.model import Basis, Citation, Condition, Conflict, EvidenceFile, Framework, Media
from flows.names import fold

_NEAREST = 3
_INDICATOR = re.compile(r"(?:indikator\s+)?([0-9]{1,2}[a-z]?)(?:\s|$)")
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v"}
_NEVER_CITED = frozenset({Media.SYSTEM, Media.FORM, Media.GUIDE, Media.OWN})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one path says about the questions it may answer."""

    ids: tuple[str, ...] = ()
    """Questions it answers."""
    basis: Basis = Basis.NAME
    dropped: tuple[str, ...] = ()
    """Questions that a weaker place of the path names instead."""
    unknown: tuple[str, ...] = ()
    """Numbers at the start of names that the instrument does not have."""
    hinted: tuple[str, ...] = ()
    """Questions that a number without a question of its own (``1.3``) or an unknown number comes close to."""
    around: tuple[str, ...] = ()
    """Questions of the indicator or block folder it lies in."""


def can_be_cited(file: EvidenceFile) -> bool:
    """Whether a file may answer a question at all; an empty or locked one may, and is then found unreadable."""
    is_other = file.condition is Condition.IGNORED or file.media in _NEVER_CITED
    return not is_other and not file.is_unpacked


class PathReader:
    """Reads whole paths by one instrument.

    Args:
        framework: The instrument.
    """

    def __init__(self, framework: Framework) -> None:
        self._ids = IdReader(framework)
        self._all_ids = [question.id for question in framework.questions]
        self._indicators = {
            indicator.id.casefold(): tuple(question.id for question in indicator.questions)
            for indicator in framework.indicators
        }
        self._blocks: dict[str, tuple[str, ...]] = {}
        for block in framework.blocks:
            questions = tuple(question.id for question in block.questions)
            for name in (block.id, block.label, block.title, *_spellings(block.label)):
                self._blocks[fold(name)] = questions

    def read(self, folders: Sequence[str], name: str) -> Reading:
        """What a file called ``name`` in ``folders`` (outermost first, without the agency's own folder) answers."""
        places = [self._ids.read(name), *(self._ids.read(folder) for folder in reversed(folders))]
        strongest = next((place for place in places if place.ids), Named())
        return Reading(
            ids=strongest.ids,
            basis=Basis.NAME if strongest is places[0] else Basis.FOLDER,
            dropped=_dropped(strongest, places),
            unknown=_distinct(token for place in places for token in place.unknown),
            hinted=self._hinted(places),
            around=self._around(folders),
        )

    def _hinted(self, places: Sequence[Named]) -> tuple[str, ...]:
        """From the nearest place that hints at all: what lies below a parent number, or close to an unknown one."""
        for place in places:
            below = [child for parent in place.parents for child in self._ids.children(parent)]
            close = [near for token in place.unknown for near in self._nearest(token)]
            if below or close:
                return _distinct([*below, *close])
        return ()

    def _nearest(self, token: str) -> list[str]:
        from rapidfuzz import fuzz, process

        matches = process.extract(
            token.casefold(), self._all_ids, scorer=fuzz.ratio, processor=str.casefold, limit=None
        )
        indicator = token.casefold().split(".")[0]
        ranked = sorted(matches, key=lambda match: (-_kin(match[0], indicator), -match[1], match[2]))
        return [str(match[0]) for match in ranked[:_NEAREST]]

    def _around(self, folders: Sequence[str]) -> tuple[str, ...]:
        """The questions of the deepest folder named like an indicator or a block."""
        for folder in reversed(folders):
            folded = fold(folder)
            match = None if is_date(folder) else _INDICATOR.match(folded)
            questions = self._indicators.get(match[1]) if match else None
            questions = questions or self._blocks.get(folded)
            if questions:
                return questions
        return ()


@lru_cache(maxsize=4)
def path_reader(framework: Framework) -> PathReader:
    """The one reader of paths by this instrument: every source asks for it."""
    return PathReader(framework)


def citations_of(path: str, reading: Reading) -> list[Citation]:
    """One citation per question that the path names."""
    return [Citation(question_id, path, reading.basis) for question_id in reading.ids]


def conflict_of(path: str, reading: Reading) -> Conflict | None:
    """The conflict between name and folders, None where they agree."""
    return Conflict(path, reading.ids, reading.dropped) if reading.dropped else None


def _dropped(strongest: Named, places: Sequence[Named]) -> tuple[str, ...]:
    """What places without any question in common with the strongest one name; a subset or superset is no conflict."""
    taken = {*strongest.ids, *(re.sub(r"[a-z]+$", "", taken) for taken in strongest.ids)}
    others = [place for place in places if not taken & set(place.ids)]
    return _distinct(question_id for place in others for question_id in place.ids)


def _kin(question_id: str, indicator: str) -> bool:
    return question_id.casefold().split(".")[0] == indicator


def _spellings(label: str) -> list[str]:
    """Klaster III is also written Klaster 3."""
    folded = fold(label)
    return [
        re.sub(rf"\b{roman}$", digit, folded) for digit, roman in _ROMAN.items() if re.search(rf"\b{roman}$", folded)
    ]


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
