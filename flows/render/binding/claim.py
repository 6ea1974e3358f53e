"""A bound report is given what PDF/A-3a asks beyond it: an output intent, places for files, and the claim to be one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from flows.render.binding.attach import reserve
from flows.render.originals import Attachment
from flows.render.pdf import colour_profile

_COLOURS = "sRGB IEC61966-2.1"
_REGISTRY = "http://www.color.org"
_COMPONENTS = 3


def claim(bound: Path, out: Path, attachments: Sequence[Attachment]) -> None:
    """Write the PDF at ``bound`` to ``out`` as an archive with empty places for ``attachments``.

    Whoever calls this checks the result before anyone else sees it.
    """
    with pikepdf.open(bound) as pdf:
        _write_intent(pdf)
        _leave_pictures(pdf)
        reserve(pdf, attachments)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["pdfaid:part"] = "3"
            metadata["pdfaid:conformance"] = "A"
        pdf.save(out, force_version="1.7", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _write_intent(pdf: Pdf) -> None:
    profile = Stream(pdf, colour_profile())
    profile.N = _COMPONENTS
    pdf.Root.OutputIntents = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFA1,
                    OutputConditionIdentifier=String(_COLOURS),
                    RegistryName=String(_REGISTRY),
                    Info=String(_COLOURS),
                    DestOutputProfile=profile,
                )
            )
        ]
    )


def _leave_pictures(pdf: Pdf) -> None:
    """No picture asks to be smoothed: every reader shows the same."""
    for each in pdf.objects:
        if isinstance(each, Stream) and Name.Interpolate in each:
            del each[Name.Interpolate]
