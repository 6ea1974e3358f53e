"""The city's own folder ``naskah/`` in, one frozen :class:`Dress` out, with all mistakes reported at once.

Links are not followed and nothing outside the folder is read. Pictures are opened in a child process and made anew
from what is seen in them, so that a book never carries bytes as somebody has laid them there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path, PurePath

from flows import bounds
from flows.bounded import BoundedPool, run_twice
from flows.errors import DressError, Problem, os_reason
from flows.framework.dress_pictures import RASTERS, VECTOR, Flaw, Raw, redraw
from flows.model import APPROVAL_FILE, APPROVAL_NAMES, OWN_FOLDER, Dress, is_own_folder
from flows.settings import templates_root

EMBLEM = "lambang"
TEMPLATES = "templat"
_CHANGEABLE = ("dossier", "control", "style")
"""Folders of templates that make pages; the words of forms and letters to agencies are the program's own."""
_FIXED = ("dossier/berkas-asli", "dossier/lampiran-")
"""Pages that say what lies in an archive, and the sheets of evidence: the same in every city."""
_PAGES = (".html", ".css", ".svg")
_SUFFIXES = (*RASTERS, VECTOR)
_NOT_OURS = (".", "~", "thumbs.db", "desktop.ini")
_REPAIR = (
    f"Perbaiki berkas yang disebut di folder {OWN_FOLDER}/, atau keluarkan dari sana supaya tampilan bawaan dipakai; "
    "lalu ulangi perintah ini. Petunjuknya ada di docs/templat.md."
)
_FLAWS = {
    Flaw.UNREADABLE: "gambar tidak dapat dibuka; simpan ulang sebagai PNG atau JPEG",
    Flaw.PIXELS: f"gambar lebih dari {bounds.DRESS_PIXELS // 1_000_000} juta piksel; 1.000 piksel per sisi sudah cukup",
    Flaw.SHAPE: "gambar terlalu panjang atau terlalu lebar; potong tepinya (paling jauh 4 banding 1)",
    Flaw.NOT_PLAIN: "SVG memuat {detail}, yang tidak diterima; ubah tulisan menjadi kurva dan buang efeknya, "
    "atau simpan sebagai PNG",
    Flaw.TOO_MANY: f"SVG memuat lebih dari {bounds.DRESS_SVG_PARTS} unsur; simpan sebagai PNG",
    Flaw.SIZE: "SVG tidak menyebut ukurannya; beri viewBox, atau simpan sebagai PNG",
}


def load_dress(input_root: Path, pool: BoundedPool | None = None) -> Dress:
    """Read the city's own folder; without one its books look as shipped.

    Args:
        input_root: The year's input folder.
        pool: Children that open pictures; of its own where None.

    Raises:
        DressError: something in the folder cannot be used; all of it is listed with its repair.
    """
    reader = _Reader(input_root, pool)
    reader.read()
    if reader.problems:
        raise DressError(sorted(reader.problems, key=lambda problem: problem.file), _REPAIR)
    return Dress(reader.emblem, tuple(sorted(reader.templates.items())), tuple(sorted(reader.pictures.items())))


def changeable_templates() -> tuple[str, ...]:
    """Names of the shipped templates that a city may replace, such as ``dossier/pengantar.html``."""
    root = templates_root()
    paths = (path for top in _CHANGEABLE for path in (root / top).iterdir() if path.suffix in _PAGES)
    names = (path.relative_to(root).as_posix() for path in paths)
    return tuple(sorted(name for name in names if not name.startswith(_FIXED)))


class _Reader:
    def __init__(self, input_root: Path, pool: BoundedPool | None) -> None:
        self.root = input_root
        self._pool = pool
        self.problems: list[Problem] = []
        self.emblem = ""
        self.templates: dict[str, str] = {}
        self.pictures: dict[str, str] = {}
        self._raw: list[Raw] = []
        self._has_approval = False

    def read(self) -> None:
        """Walk, sort out, and have the pictures made anew."""
        shipped = changeable_templates()
        for count, (name, path) in enumerate(self._files()):
            if count >= bounds.DRESS_FILES:
                self._say("", f"memuat lebih dari {bounds.DRESS_FILES} berkas; sisakan yang dipakai naskah")
                return
            self._take(name, path, shipped)
        if sum(raw.name.startswith(f"{EMBLEM}.") for raw in self._raw) > 1:
            self._say("", "ada lebih dari satu lambang; sisakan satu saja")
        self._draw()

    def _own_folder(self) -> Path | None:
        """The own folder as it is spelled on disk; a link of that name is none."""
        for entry in self._entries(self.root, "") if self.root.is_dir() else ():
            if is_own_folder(entry.name):
                if entry.is_dir(follow_symlinks=False):
                    return Path(entry.path)
                self._say("", "adalah tautan atau berkas; buat folder biasa dengan nama itu")
        return None

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Name relative to the own folder and place of every ordinary file that may matter."""
        top = self._own_folder()
        waiting = [("", top)] if top else []
        while waiting:
            above, folder = waiting.pop()
            for entry in self._entries(folder, above):
                name = f"{above}{entry.name}"
                if entry.name.lower().startswith(_NOT_OURS):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if name.partition("/")[0] == TEMPLATES and name.count("/") < bounds.DRESS_DEPTH:
                        waiting.append((f"{name}/", Path(entry.path)))
                elif entry.is_file(follow_symlinks=False):
                    yield name, Path(entry.path)
                else:
                    self._say(name, "adalah tautan, bukan berkas; letakkan berkasnya sendiri di sini")

    def _entries(self, folder: Path, above: str) -> Sequence[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as found:
                return sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._say(above, f"tidak dapat dibuka ({os_reason(error)})")
            return ()

    def _take(self, name: str, path: Path, shipped: Sequence[str]) -> None:
        inner = name.removeprefix(f"{TEMPLATES}/")
        suffix = path.suffix.lower()
        if inner == name:
            if _letters(path.stem).startswith(_letters(PurePath(APPROVAL_FILE).stem)):
                self._check_approval(name)
            if path.stem.lower() != EMBLEM:
                return
            if suffix not in _SUFFIXES:
                self._say(name, f"bukan PNG, JPEG, atau SVG; simpan ulang sebagai {EMBLEM}.png")
            else:
                self._keep_raw(EMBLEM + suffix, name, path)
        elif inner in shipped:
            content = self._bytes(name, path, bounds.DRESS_TEMPLATE_BYTES)
            self._keep_text(inner, name, content)
        elif suffix in _SUFFIXES:
            self._keep_raw(name, name, path)
        else:
            self._say(name, f"tidak menggantikan templat mana pun; maksudnya {_nearest(inner, shipped)}?")

    def _check_approval(self, name: str) -> None:
        """A signed sheet under a name that nobody looks for would leave the blank one in the book."""
        if name.lower() not in APPROVAL_NAMES:
            self._say(name, f"tidak dikenali sebagai lembar pengesahan; gabungkan menjadi satu {APPROVAL_FILE}")
        elif self._has_approval:
            self._say(name, "adalah lembar pengesahan kedua; sisakan satu berkas saja")
        self._has_approval = True

    def _keep_text(self, inner: str, name: str, content: bytes | None) -> None:
        if content is None:
            return
        try:
            self.templates[inner] = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self._say(name, "bukan teks UTF-8; simpan ulang dengan pengodean UTF-8")

    def _keep_raw(self, kept: str, name: str, path: Path) -> None:
        content = self._bytes(name, path, bounds.DRESS_PICTURE_BYTES)
        if content is not None:
            self._raw.append(Raw(kept, content))

    def _bytes(self, name: str, path: Path, most: int) -> bytes | None:
        """The bytes of a file of bounded size; what became a link since the walk is not opened."""
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as stream:
                content = stream.read(most + 1)
        except OSError as error:
            self._say(name, f"tidak dapat dibaca ({os_reason(error)})")
            return None
        if len(content) > most:
            self._say(name, f"lebih besar dari {most // 1_000:,} kB; perkecil berkasnya".replace(",", "."))
            return None
        return content

    def _draw(self) -> None:
        if not self._raw:
            return
        with nullcontext(self._pool) if self._pool else BoundedPool(1) as pool:
            for result in run_twice(pool, redraw, self._raw, seconds=bounds.DRESS_SECONDS):
                drawn = result.value
                if drawn is None or drawn.flaw is not None:
                    flaw, detail = (drawn.flaw, drawn.detail) if drawn and drawn.flaw else (Flaw.UNREADABLE, "")
                    self._say(result.item.name, _FLAWS[flaw].format(detail=detail))
                elif result.item.name.startswith(f"{EMBLEM}."):
                    self.emblem = drawn.address
                else:
                    self.pictures[result.item.name.removeprefix(f"{TEMPLATES}/")] = drawn.address

    def _say(self, name: str, message: str) -> None:
        self.problems.append(Problem(f"{OWN_FOLDER}/{name}".rstrip("/"), None, message))


def _letters(name: str) -> str:
    """Without case, spaces and hyphens, of which people choose others."""
    return "".join(filter(str.isalnum, name.casefold()))


def _nearest(name: str, shipped: Sequence[str]) -> str:
    from rapidfuzz import process

    found = process.extractOne(name, shipped)
    return f"{TEMPLATES}/{found[0] if found else shipped[0]}"
