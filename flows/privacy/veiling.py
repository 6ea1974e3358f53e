"""Which figures are hidden so that no small one can be worked out, and the proof of it.

For every small figure another table is looked for that shows the same to a reader and differs in that figure. Where one
exists among what is hidden already, the figure is safe; else the cheapest one is taken, and what it changes is hidden
too. Hiding more never makes a safe figure unsafe, so that one pass over the small figures is enough.

A reader is taken to know that covered figures are not small. Where small figures can only be protected by not even
saying that they are small, a few of them are covered as well; then he knows less than is assumed here.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from flows.bounds import VEILING_STEPS
from flows.privacy.figure_net import FigureNet, Spot, Tie

LEAST_SHOWN = 5
"""From here on a figure tells of nobody in particular."""
_HIDE, _HIDE_SUM, _DEMOTE = 10.0, 18.0, 60.0
"""What is lost by hiding a figure, more for a sum, and by no longer saying of a small figure that it is small."""

_HASTE = (10.0, 40.0, 160.0)
"""What mending one more broken tie is guessed to cost: the search runs towards what is nearly mended, ever faster."""
_SHORT_TIE = 30
"""Figures of a tie that is mended first: what a total of hundreds of kelurahan leaves open is looked at last."""

Moves = Mapping[Spot, int]


@dataclass
class Veil:
    """What is hidden of a net."""

    small: set[Spot] = field(default_factory=set)
    """Figures of 1 to 4, shown as less than five."""
    covered: set[Spot] = field(default_factory=set)
    """Figures hidden only for the sake of others; and small ones of which not even that much may be said."""

    @property
    def hidden(self) -> set[Spot]:
        """All of them."""
        return self.small | self.covered


def is_small(value: int) -> bool:
    """Whether a count could point at somebody; nobody is 0, and 0 may be said."""
    return 0 < value < LEAST_SHOWN


def veil(net: FigureNet) -> Veil:
    """What to hide of ``net``."""
    small = [spot for spot in sorted(net.values) if is_small(net.values[spot])]
    made = Veil(small={spot for spot in small if spot not in net.implied}, covered=set(net.odd))
    search = _Search(net, made)
    for spot in small:
        moves = search.cheapest(spot)
        for moved in search.all_around(spot) if moves is None else moves:
            search.hide(moved, moves)
    return made


@dataclass
class _Search:
    """Looks for tables that a reader could not tell from the true one."""

    net: FigureNet
    veil: Veil
    ties: Mapping[Spot, list[Tie]] = field(init=False)
    _slack: Mapping[int, int] = field(init=False)
    """What there is room for in a tie that is no equation, by its identity."""

    def __post_init__(self) -> None:
        self.ties = self.net.ties_of()
        loose = {id(tie): tie for ties in self.ties.values() for tie in ties if not tie.is_exact}
        self._slack = {
            key: -sum(sign * self.net.values[each] for each, sign in tie.signs.items()) for key, tie in loose.items()
        }

    def cheapest(self, spot: Spot) -> Moves | None:
        """Changes that alter ``spot`` and keep every tie, at little loss; None where the search gives up.

        What is not found at the least loss is looked for once more in a hurry: a cover too many is better than all.
        """
        return next((moves for each in _HASTE if (moves := self._found(spot, each)) is not None), None)

    def _found(self, spot: Spot, haste: float) -> Moves | None:
        """Such changes, where each broken tie is guessed to cost ``haste``."""
        order = count()
        waiting: list[tuple[float, int, float, dict[Spot, int], list[tuple[Tie, int]]]] = []

        def consider(cost: float | None, moves: dict[Spot, int]) -> None:
            if cost is not None:
                broken = self._broken(moves)
                guess = cost + haste * len(broken) + len(moves)
                heapq.heappush(waiting, (guess, next(order), cost, moves, broken))

        for step in (1, -1):
            consider(self._cost(spot, step), {spot: step})
        for _ in range(VEILING_STEPS):
            if not waiting:
                return None
            _, _, cost, moves, broken = heapq.heappop(waiting)
            if not broken:
                return moves
            short = [each for each in broken if len(each[0].signs) <= _SHORT_TIE] or broken[:1]
            mends = min((self._mends(tie, excess, moves) for tie, excess in short), key=len)
            for further, step, more in mends:
                consider(cost + more, {**moves, further: step})
        return None

    def hide(self, spot: Spot, moves: Moves | None) -> None:
        """Hide ``spot``; a small figure that has to move out of its range, or all of them, are not called small."""
        value = self.net.values[spot]
        if spot in self.net.implied:
            return
        if not is_small(value):
            self.veil.covered.add(spot)
        elif moves is None or not is_small(value + moves[spot]):
            self.veil.small.discard(spot)
            self.veil.covered.add(spot)

    def all_around(self, spot: Spot) -> Iterator[Spot]:
        """Everything that is tied to ``spot``, however far, but for zeros."""
        seen, waiting = {spot}, [spot]
        while waiting:
            here = waiting.pop()
            if self.net.values[here]:
                yield here
            for further in (each for tie in self.ties.get(here, ()) for each in tie.signs if each not in seen):
                seen.add(further)
                waiting.append(further)

    def _cost(self, spot: Spot, step: int) -> float | None:
        """What it costs that ``spot`` could be ``step`` more or less; None where it could not."""
        value = self.net.values[spot]
        new = value + step
        if spot in self.net.implied:
            return 0.0 if new >= 0 else None
        if is_small(value):
            if spot in self.veil.covered or is_small(new):
                return 0.0 if new > 0 else None
            return _DEMOTE if new > 0 else None
        if not value or new < LEAST_SHOWN:  # 0 stays 0; what is covered is known to be no small figure
            return None
        if spot in self.veil.covered:
            return 0.0
        return (_HIDE_SUM if spot in self.net.sums else _HIDE) + min(value, 999) / 1000

    def _broken(self, moves: Moves) -> list[tuple[Tie, int]]:
        """Ties that ``moves`` break, each with what is too much in it."""
        touched: dict[int, Tie] = {}
        moved: dict[int, int] = {}
        for spot, step in moves.items():
            for tie in self.ties.get(spot, ()):
                key = id(tie)
                touched[key] = tie
                moved[key] = moved.get(key, 0) + step * tie.signs[spot]
        excesses = ((tie, self._excess(tie, moved[key])) for key, tie in touched.items())
        return [(tie, excess) for tie, excess in excesses if excess]

    def _excess(self, tie: Tie, moved: int) -> int:
        return moved if tie.is_exact else max(moved - self._slack[id(tie)], 0)

    def _mends(self, tie: Tie, excess: int, moves: Moves) -> list[tuple[Spot, int, float]]:
        """Single changes that mend a broken tie, with what each of them costs."""
        found = ((spot, -sign * excess) for spot, sign in tie.signs.items() if spot not in moves)
        return [(spot, step, cost) for spot, step in found if (cost := self._cost(spot, step)) is not None]
