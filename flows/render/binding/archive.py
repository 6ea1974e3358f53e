"""A volume of the archive edition: PDF/A-3a with the untouched originals embedded.

A volume that claims to be PDF/A was found to keep the rules; otherwise there is none.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from flows.model import Document
from flows.render.binding import bind
from flows.render.binding.attach import append, verify
from flows.render.binding.claim import claim
from flows.render.binding.conformance import require_conformance
from flows.render.binding.proof import prove_opened
from flows.render.binding.recall import Recall
from flows.render.originals import Attachment
from flows.render.values import UNFINISHED, Volume


def enclose(
    volume: Volume, attachments: Sequence[Attachment], out_root: Path, recall: Recall | None = None
) -> Document:
    """Write ``volume`` with ``attachments`` embedded below ``out_root``; the same input gives the same bytes.

    Args:
        volume: what is bound.
        attachments: what it encloses.
        out_root: the folder of the run.
        recall: what was worked out from the same bytes before; nothing where None.

    Raises:
        RenderError: an original is not what its hash says, or the result breaks a rule of PDF/A-3a.
    """
    out = out_root / volume.name
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=out.parent) as folder:
        made = Path(folder) / "arsip.pdf"
        pages = bind(volume, made, finish=lambda pdf: claim(pdf, attachments)).pages
        spans = append(made, attachments)
        with pikepdf.open(made) as pdf:
            require_conformance(made, pdf, volume.name, recall)
            prove_opened(pdf, volume, has_files=True, recall=recall)  # last: it takes from the pages what it has read
        digest = verify(made, spans)
        made.replace(out)
    return Document(volume.name, pages, digest)
