"""A bound report is given what PDF/A-3a asks beyond it: an output intent, places for files, and the claim to be one."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from flows.render.binding.attach import reserve
from flows.render.originals import Attachment
from flows.render.pdf import colour_profile

_COLOURS = "sRGB IEC61966-2.1"
_REGISTRY = "http://www.color.org"
_COMPONENTS = 3


def claim(pdf: Pdf, attachments: Sequence[Attachment]) -> None:
    """Make an archive of the open ``pdf``, with empty places for ``attachments``.

    Whoever calls this checks the result before anyone else sees it.
    """
    _write_intent(pdf)
    _leave_pictures(pdf)
    reserve(pdf, attachments)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"] = "3"
        metadata["pdfaid:conformance"] = "A"


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
    waiting: list[Object] = [page.obj for page in pdf.pages]
    seen: set[tuple[int, int]] = set()
    while waiting:
        resources = waiting.pop().get("/Resources", Dictionary())
        drawn = [*resources.get("/XObject", {}).values(), *resources.get("/Pattern", {}).values()]
        for each in (*drawn, *(each.SMask for each in drawn if Name.SMask in each)):
            if each.objgen not in seen:
                seen.add(each.objgen)
                waiting.append(each)
                if Name.Interpolate in each:
                    del each[Name.Interpolate]
