"""What a reader sees before the first page: page labels, metadata, and how the file wants to be opened."""

from __future__ import annotations

from datetime import UTC, datetime, time

from pikepdf import Array, Dictionary, Name, Pdf, String

from flows import page_wording
from flows.render.binding.order import Order, Run
from flows.render.values import Pages, Volume

LANGUAGE = "id-ID"
PRODUCER = "kla-dosir"


def write_labels(pdf: Pdf, order: Order) -> None:
    """Set the page labels of every run."""
    numbers = Array()
    for run in order.runs:
        numbers.append(run.first)
        numbers.append(_label(run))
    pdf.Root.PageLabels = Dictionary(Nums=numbers)


def _label(run: Run) -> Dictionary:
    leaf = run.leaf
    if isinstance(leaf, Pages):
        return numbered(page_wording.exhibit_prefix(leaf.exhibit.label))
    if leaf.slip_of:
        return Dictionary(P=String(leaf.slip_of.label))
    return numbered(leaf.part.numbering.prefix, is_roman=leaf.part.numbering.is_roman, start=leaf.first + 1)


def numbered(prefix: str, *, is_roman: bool = False, start: int = 1) -> Dictionary:
    """The label of a stretch of numbered pages."""
    label = Dictionary(S=Name.r if is_roman else Name.D, St=start)
    if prefix:
        label.P = String(prefix)
    return label


def write_front(pdf: Pdf, volume: Volume) -> None:
    """Title, author, dates, language and view; nothing is claimed that is not checked."""
    midnight = datetime.combine(volume.as_of, time(), tzinfo=UTC)
    stamp = midnight.isoformat()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = volume.title
        metadata["dc:creator"] = [volume.author]
        metadata["dc:language"] = {LANGUAGE}
        metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = metadata["xmp:MetadataDate"] = stamp
        metadata["pdf:Producer"] = metadata["xmp:CreatorTool"] = PRODUCER
    date = String(f"D:{midnight:%Y%m%d%H%M%S}Z")
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(volume.title),
            Author=String(volume.author),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=date,
            ModDate=date,
        )
    )
    pdf.Root.Lang = String(LANGUAGE)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
