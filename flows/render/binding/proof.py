"""The proof of a bound file: what was promised to its readers is there when it is read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Name, NumberTree, Pdf

from flows import page_wording
from flows.errors import RenderError
from flows.render.binding.evidence import strange_exhibits, strange_sheets
from flows.render.binding.front import LANGUAGE
from flows.render.binding.order import DEFECT, Order, exhibit_of, lay_out
from flows.render.binding.outline import entries
from flows.render.binding.promises import Promise, broken_links, promises_of
from flows.render.binding.reading import Reading, read_bound
from flows.render.binding.recall import Recall
from flows.render.values import Pages, Volume

_TOLD = 5
"""Problems that are named; one is enough to stop, and the first ones show the cause."""
_ACTIVE_AT_TOP = ("/OpenAction", "/AA", "/AcroForm", "/Collection")
"""Entries of the catalogue by which a file does something."""
_CARRYING = ("/Names", "/AF")
"""Entries by which it carries others."""


def prove_volume(path: Path, volume: Volume, recall: Recall | None = None) -> None:
    """See :func:`flows.render.binding.prove`."""
    with pikepdf.open(path) as pdf:
        prove_opened(pdf, volume, recall=recall)


def prove_opened(pdf: Pdf, volume: Volume, *, has_files: bool = False, recall: Recall | None = None) -> None:
    """The same for a file that somebody has open, and looks at no more: see :func:`read_bound`.

    Args:
        pdf: the file.
        volume: what it was bound from.
        has_files: whether it has embedded files, as a volume of the archive edition does.
        recall: see :func:`flows.render.binding.bind_proven`.

    Raises:
        RenderError: something is not as promised; the places are named.
    """
    order, recall = lay_out(volume), recall or Recall()
    bound = len(pdf.pages)
    if bound != len(order.labels):
        raise _refusal(volume, [f"ada {bound} halaman, seharusnya {len(order.labels)}"])
    problems = [*_active(pdf, order), *_carried(pdf, has_files=has_files), *_untagged(pdf, order)]
    pages = [page.obj for page in pdf.pages]  # asked for one after the other, each is looked for among all
    promised: dict[Path, list[list[Promise]]] = {}
    for file, runs in order.sheets_by_file.items():
        with pikepdf.open(file) as opened:
            typeset = [page.obj for page in opened.pages]
            problems += strange_sheets(typeset, runs, pages, order)
            promised[file] = promises_of(typeset, runs[0][1], order)
    problems += strange_exhibits(pages, order, recall)
    reading = read_bound(pdf, order, recall)
    problems += [*_labels(reading, order), *_exhibits(reading, order, volume), *_titles(reading, order)]
    problems += broken_links(reading, order, promised, volume.marks)
    if problems:
        raise _refusal(volume, problems)


def _refusal(volume: Volume, problems: list[str]) -> RenderError:
    more = len(problems) - _TOLD
    told = "; ".join([*problems[:_TOLD], *([f"dan {more} lagi"] if more > 0 else [])])
    return RenderError(f"{volume.name} tidak lolos pembacaan ulang: {told}.", DEFECT)


def _active(pdf: Pdf, order: Order) -> Iterator[str]:
    """Whatever acts without being asked."""
    yield from (f"berkas memuat {key}" for key in _ACTIVE_AT_TOP if key in pdf.Root)
    for page, label in zip(pdf.pages, order.labels, strict=True):
        if "/AA" in page.obj:
            yield f"halaman {label} memuat /AA"
        for annotation in page.obj.get("/Annots", ()):
            if annotation.Subtype != Name.Link or ("/A" in annotation and annotation.A.get("/S") != Name.URI):
                yield f"halaman {label} memuat isi aktif"


def _carried(pdf: Pdf, *, has_files: bool) -> Iterator[str]:
    """Files where there should be none, and names of anything else."""
    if not has_files:
        yield from (f"berkas memuat {key}" for key in _CARRYING if key in pdf.Root)
        return
    yield from (f"berkas memuat {key}" for key in sorted(set(pdf.Root.get("/Names", {}).keys()) - {"/EmbeddedFiles"}))


def _untagged(pdf: Pdf, order: Order) -> Iterator[str]:
    """Where a screen reader would find no structure, although the file says that it has one."""
    root = pdf.Root
    if "/StructTreeRoot" not in root or "/ParentTree" not in root.StructTreeRoot or not root.get("/MarkInfo", {}):
        yield "berkas tidak memuat susunan untuk pembaca layar"
        return
    if str(root.get("/Lang", "")) != LANGUAGE:
        yield f"berkas tidak menyebut bahasa {LANGUAGE}"
    numbers = NumberTree(root.StructTreeRoot.ParentTree)
    for page, label in zip(pdf.pages, order.labels, strict=True):
        if page.obj.get("/StructParents") not in numbers or page.obj.get("/Tabs") != Name.S:
            yield f"halaman {label} tidak termasuk susunan untuk pembaca layar"


def _labels(reading: Reading, order: Order) -> Iterator[str]:
    """Page labels, and the number that each page prints."""
    for number, (leaf, label) in enumerate(zip(reading.leaves, order.labels, strict=True), start=1):
        if leaf.label != label:
            yield f"halaman ke-{number} berlabel {leaf.label}, seharusnya {label}"
    for run, sheets in order.sheets:
        for number in run.pages:
            foot, label = reading.leaves[number].foot, order.labels[number]
            # The label of a slip sheet is wider than the place where a number is looked for.
            if foot not in ("", label) and not (sheets.slip_of and foot in label):
                yield f"halaman {label} mencetak nomor {foot}"


def _exhibits(reading: Reading, order: Order, volume: Volume) -> Iterator[str]:
    """Every page of an exhibit says whose it is and which; a slip sheet says so too."""
    for run in order.runs:
        if not (exhibit := exhibit_of(run.leaf)):
            continue
        for page, number in enumerate(run.pages, start=1):
            leaf, label = reading.leaves[number], order.labels[number]
            if not leaf.names(exhibit.label) and (page == 1 or isinstance(run.leaf, Pages)):
                yield f"halaman {label} tidak menyebut {exhibit.label}"
            if isinstance(run.leaf, Pages):
                said = [page_wording.page_of_pages(page, run.count), page_wording.short_hash(exhibit.sha256)]
                said += volume.marks
                yield from (f"halaman {label} tidak menampilkan “{each}”" for each in said if each not in leaf.text)


def _titles(reading: Reading, order: Order) -> Iterator[str]:
    wanted = [(entry.title, entry.level, entry.landing.page) for entry in entries(order)]
    found = [(each.title, each.level, each.target) for each in reading.outline]
    yield from (f"penanda “{title}” menuju halaman yang salah atau tidak ada" for title, *_ in _without(wanted, found))
    yield from (f"penanda “{title}” tidak dikenal" for title, *_ in _without(found, wanted))
    if sorted(wanted) == sorted(found):
        moved = next((at for at, (one, other) in enumerate(zip(wanted, found, strict=True)) if one != other), None)
        yield from () if moved is None else (f"penanda “{found[moved][0]}” tidak pada urutannya",)


def _without(some: list[tuple[str, int, int]], others: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Those of ``some`` that are not among ``others``, or not as often."""
    left = Counter(others)
    missing = []
    for each in some:
        left[each] -= 1
        if left[each] < 0:
            missing.append(each)
    return missing
