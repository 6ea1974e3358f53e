"""The archive edition in as many volumes as its originals need, before they are bound.

The first volume is the whole report without pages of evidence, with the list of all originals before its last leaf.
Every further one has its cover and the lists of the annexes of which it holds something, so that it need not be bound
again as long as those stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows import page_wording
from flows.render.bindery import Binding
from flows.render.originals import Attachment, annex_of, exhibits_of, list_key, plan
from flows.render.values import Original, Sheets, Volume


def archive_volumes(volume: Volume, originals: Sequence[Original], lists: Sequence[Sheets]) -> tuple[Binding, ...]:
    """Every volume with what is embedded in it, to be bound.

    Args:
        volume: the reading edition, with contents that name the lists, under the name of the archive,
            ``dosir-arsip.pdf``; further volumes are named after it, ``dosir-arsip-2.pdf``. Pages of evidence and slip
            sheets are left out.
        originals: what is embedded, in the order of the annexes.
        lists: :func:`flows.render.originals.originals_parts` of the same volume and originals, typeset.
    """
    volumes = plan(originals)
    return tuple(
        Binding(_volume(volume, _lists(lists, enclosed, number), number, len(volumes)), enclosed, is_kept=number > 1)
        for number, enclosed in enumerate(volumes, start=1)
    )


def _lists(lists: Sequence[Sheets], enclosed: Sequence[Attachment], number: int) -> Sequence[Sheets]:
    wanted = {list_key(annex_of(each.original.label)) for each in enclosed}
    return [each for each in lists if number == 1 or each.part.key in wanted]


def _volume(volume: Volume, lists: Sequence[Sheets], number: int, count: int) -> Volume:
    report = tuple(leaf for leaf in volume.leaves if isinstance(leaf, Sheets) and leaf.slip_of is None)
    title = page_wording.archive_title(volume.title, number, count)
    if number == 1:
        return replace(volume, title=title, leaves=(*report[:-1], *lists, report[-1]))
    stem, _, suffix = volume.name.rpartition(".")
    cover = replace(report[0], count=1)
    elsewhere = {anchor: volume.name for leaf in report for anchor in leaf.typeset.anchors}
    elsewhere |= {exhibit.anchor: volume.name for exhibit in exhibits_of(volume)}
    return replace(
        volume,
        name=f"{stem}-{number}.{suffix}",
        title=title,
        leaves=(cover, *lists),
        elsewhere={**elsewhere, **volume.elsewhere},
    )
