"""The archive edition: the report as PDF/A-3a with the untouched originals embedded, in as many volumes as needed.

The first volume is the whole report without pages of evidence; every further one has its cover. All of them end with
the list of originals. A volume that claims to be PDF/A was found to keep the rules; otherwise there is none.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows import wording
from flows.model import Document
from flows.render.originals import Attachment, exhibits_of, plan
from flows.render.values import UNFINISHED, Original, Sheets, Volume


def archive(
    volume: Volume, originals: Sequence[Original], out_root: Path, *, lists: Sequence[Sheets]
) -> tuple[Document, ...]:
    """Write the archive edition of ``volume`` below ``out_root``; the same input gives the same bytes.

    Args:
        volume: the reading edition under the name of the archive, ``dosir-arsip.pdf``; further volumes are named after
            it, ``dosir-arsip-2.pdf``. Pages of evidence and slip sheets are left out.
        originals: what is embedded, in the order of the annexes.
        out_root: the run's work folder.
        lists: :func:`flows.render.originals.originals_parts` of the same volume and originals, typeset.

    Raises:
        RenderError: an original is not what its hash says, or the result breaks a rule of PDF/A-3a.
    """
    volumes = plan(originals)
    return tuple(
        _write(_volume(volume, lists, number, len(volumes)), attachments, out_root)
        for number, attachments in enumerate(volumes, start=1)
    )


def _volume(volume: Volume, lists: Sequence[Sheets], number: int, count: int) -> Volume:
    report = tuple(leaf for leaf in volume.leaves if isinstance(leaf, Sheets) and leaf.slip_of is None)
    title = wording.archive_title(volume.title, number, count)
    if number == 1:
        return replace(volume, title=title, leaves=(*report, *lists))
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


def _write(volume: Volume, attachments: Sequence[Attachment], out_root: Path) -> Document:
    from flows.render.binding import bind, prove
    from flows.render.binding.attach import append, verify
    from flows.render.binding.claim import claim
    from flows.render.binding.conformance import require_conformance

    out = out_root / volume.name
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=out.parent) as folder:
        made = Path(folder) / "arsip.pdf"
        pages = bind(volume, made, finish=lambda pdf: claim(pdf, attachments)).pages
        prove(made, volume, has_files=True)
        spans = append(made, attachments)
        require_conformance(made, volume.name)
        digest = verify(made, spans)
        made.replace(out)
    return Document(volume.name, pages, digest)
