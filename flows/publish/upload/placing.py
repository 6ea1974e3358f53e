"""Files of documents into the folders of their questions, linked from the cabinet of what is ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.files import lay_out
from flows.model import Block, Upload, UploadItem
from flows.publish.upload.fitting import Ready, essence
from flows.publish.upload.limits import UploadLimits
from flows.publish.upload.names import block_folder, file_name, question_folder
from flows.publish.upload.words import Words
from flows.wording import file_size


@dataclass(frozen=True, slots=True)
class Placed:
    """What lies ready for one question, and what is said of its documents."""

    folder: str
    """Relative to ``unggah``; empty where no file lies ready."""
    names: tuple[str, ...]
    hashes: tuple[str, ...]
    """SHA-256 of each file that is an untouched copy of the vault's; empty for one that was made to fit."""
    remarks: tuple[str, ...]
    withheld: tuple[str, ...]
    """Labels of documents that only the verification shows."""
    left_out: tuple[str, ...]
    """Labels of documents that could not be made ready."""


class Placing:
    """Puts the files of one run below ``root``.

    Args:
        root: ``unggah`` in the work folder.
        blocks: Of the instrument, in order.
        ready: Documents by their essence.
        limits: Names, and how many files a question may have.
        words: Of the remarks.
    """

    def __init__(
        self,
        root: Path,
        blocks: Sequence[Block],
        ready: Mapping[UploadItem, Ready],
        limits: UploadLimits,
        words: Words,
    ) -> None:
        self._root = root
        self._blocks = {block.id: block_folder(block, place) for place, block in enumerate(blocks, 1)}
        self._ready = ready
        self._limits = limits
        self._words = words

    def place(self, upload: Upload) -> Placed:
        """Put the files of one question into its folder, in order, and say what there is to say.

        Each has the number of its row in the table of proof, also where one before it has no file: when that comes, no
        name changes.

        Raises:
            OSError: there is no room, or a file went away.
        """
        folder = f"{self._blocks[upload.block_id]}/{question_folder(upload.question_id)}"
        names: list[str] = []
        hashes: list[str] = []
        remarks = [] if upload.is_answered else [self._words.remarks["belum-dijawab"]]
        left_out: list[str] = []
        for number, item in enumerate(upload.items, 1):
            ready = None if item.is_withheld or not item.sha256 else self._ready[essence(item)]
            if ready is not None and ready.paths:
                said, beyond = self._put(folder, number, item, ready, len(names))
                names += said
                hashes += [item.sha256 if ready.is_original else ""] * len(said)
            else:
                beyond = 0
                left_out += [] if item.is_withheld else [item.label]
            remarks += self._remarks(item, ready, beyond)
        remarks += self._unused(upload)
        remarks += self._links(upload)
        withheld = tuple(item.label for item in upload.items if item.is_withheld)
        return Placed(folder if names else "", tuple(names), tuple(hashes), tuple(remarks), withheld, tuple(left_out))

    def _put(self, folder: str, number: int, item: UploadItem, ready: Ready, before: int) -> tuple[list[str], int]:
        """Names of the files of one document, and how many of them are more than a question may have."""
        names, parts = [], len(ready.paths)
        for part, source in enumerate(ready.paths, 1):
            name = file_name(number, item, ready.suffix, self._limits, part, parts)
            is_beyond = before + part > self._limits.files
            names.append(f"{self._words.beyond}/{name}" if is_beyond else name)
            target = self._root / folder / names[-1]
            target.parent.mkdir(parents=True, exist_ok=True)
            lay_out(source, target)
        return names, max(0, min(parts, before + parts - self._limits.files))

    def _remarks(self, item: UploadItem, ready: Ready | None, beyond: int) -> Iterator[str]:
        """A line on a document where there is anything to say."""
        words = self._words.remarks
        said = [words["tersamar"]] if item.is_redacted else []
        if item.is_withheld or ready is None:
            said.append(words["diperlihatkan"])
        elif ready.trouble:
            said.append(words[ready.trouble].format(besar=file_size(item.bytes)))
        else:
            said += [words[key].format(bagian=len(ready.paths)) for key in ready.remarks]
        if beyond and ready is not None:
            key = "lebih-bagian" if len(ready.paths) > 1 else "lebih"  # parts put together would be too large again
            said.append(words[key].format(jumlah=beyond, batas=self._limits.files, folder=self._words.beyond))
        if said:
            name = f" ({item.file_name})" if ready is not None and ready.trouble and item.file_name else ""
            yield f"{item.label} {item.title}{name}: {'; '.join(said)}"

    def _unused(self, upload: Upload) -> Iterator[str]:
        """A line on each file that was cited and has nothing to upload: it must not be taken for one nobody gave."""
        words = self._words.remarks
        for file in upload.unused:
            name = file.name or words["tak-terpakai-nama"]
            yield words["tak-terpakai"].format(berkas=name, sebab=words[f"tak-terpakai-{file.condition}"])

    def _links(self, upload: Upload) -> Iterator[str]:
        yield from (self._words.remarks["tautan"].format(tautan=link) for link in upload.links)
        if upload.hidden_links:
            yield self._words.remarks["tautan-sembunyi"].format(jumlah=upload.hidden_links)
