"""What the name of a file says by itself: how to write it down, whether it is evidence at all, a form or a guide."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.forms.layout import FORM_NAME
from flows.model import Media
from flows.names import fold

_SYSTEM_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin", "@eadir", "__macosx"})
_STREAM_NAME = re.compile(r".+:zone\.identifier(?::\$data)?")
"""Where Windows notes that a file was downloaded, once a copy has made a file of that note."""
_HIDDEN_FOLDERS = frozenset(
    {
        "$recycle.bin", "recycler", "#recycle", "network trash folder", "temporary items", "lost+found", "#snapshot",
        "system volume information", "@eadir", "__macosx",
    }
)  # fmt: skip
_ZIP = ".zip"
_UNFINISHED = (
    ".tmp", ".part", ".partial", ".filepart", ".crdownload", ".opdownload", ".download", ".aria2", ".!ut", ".!qb",
    ".bc!", ".!sync", ".bts", ".~tmp", ".onedrive-tmp", ".drivedownload", ".driveupload", ".uploading",
)  # fmt: skip
_HALF_SYNCED = re.compile(
    r"\.(?P<rsync>.+)\.[A-Za-z0-9]{6}"
    r"|(?:~syncthing~|\.syncthing\.)(?P<syncthing>.*)"
    r"|\.(?P<nextcloud>.+)\.~[0-9a-f]+"
    r"|(?P<macos>.+)\.sb-[0-9a-f]{8}-\w{6}"
)
"""What rsync, Syncthing, Nextcloud and programs of macOS call a file until it is whole."""
_TRANSFER = re.compile(r"\.(?:ocTransferId\d+|[0-9a-f]{8})$")
"""What Nextcloud and rclone put before the suffix of a copy that is not done."""
_ELSEWHERE = (
    ".gdoc", ".gsheet", ".gslides", ".gdraw", ".gform", ".gjam", ".gsite", ".gmap", ".gscript", ".glink",
    ".webloc", ".website",
)  # fmt: skip
_NOT_FETCHED = (".icloud", ".nextcloud", ".owncloud")
_FORM_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_FORM_NAME = re.compile(r"(?:(?:salinan|copy|kopi) (?:dari |of )?)?" + FORM_NAME.lower() + r"\b")
_PROGRAM_SUFFIXES = (
    ".exe .scr .com .bat .cmd .pif .msi .msp .cpl .dll .lnk .url .js .jse .vbs .vbe .wsf .wsh .hta .ps1 .psm1 .reg .jar"
    " .apk .sh .bash .command .app .desktop .chm .iso .img .vhd .gadget .scf .inf .xll .wll"
    " .slk .iqy .oqy .rqy .dqy .settingcontent-ms .library-ms .search-ms .searchconnector-ms .appref-ms .application"
    " .msc .diagcab .vhdx .xbap .wim"
)
"""Double-clicked, each of these runs something or mounts a disk with something to run."""
_GUIDES = frozenset({"kota.yaml", "profil-kota.xlsx"})
_GUIDES_OF_THE_YEAR = frozenset({"wilayah.xlsx", "wilayah.csv", "wilayah.xls", "wilayah.ods"})
"""Only beside ``kota.yaml``: in an agency's folder a file may well be called so."""


def display(name: str) -> str:
    r"""``name`` as text that can always be written as UTF-8: bytes that are no text become ``\xNN``."""
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # a lone surrogate of another kind, possible on Windows
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def suffix_of(name: str) -> str:
    """The lower-case extension with its dot, empty where there is none."""
    last = name[name.rfind("/") + 1 :]
    dot = last.rfind(".")
    return last[dot:].lower() if 0 < dot < len(last) - 1 else ""


def is_program_name(name: str) -> bool:
    """Whether the last suffix is a program's: ``laporan.pdf.exe`` too, and with blanks or dots that Windows drops."""
    return suffix_of(name.rstrip(" .\u00a0\u200b\u200e\u200f\u202c")) in _PROGRAM_SUFFIXES.split()


def without_zip(folder: str) -> str:
    """The name of a folder, also where it was handed in as an archive."""
    return folder[: -len(_ZIP)] if folder.lower().endswith(_ZIP) and len(folder) > len(_ZIP) else folder


def is_hidden(folder: str) -> bool:
    """Whether a folder belongs to a program or system and not to people."""
    return folder.startswith(".") or folder.lower() in _HIDDEN_FOLDERS


def ignored_because(name: str) -> str:
    """Why a file of this name is never evidence: ``lock-file``, ``temporary``, ``system-file``; empty if it may be."""
    lower = name.lower()
    if name.startswith(("~$", ".~")) and not _HALF_SYNCED.fullmatch(name):
        return "lock-file"
    if lower.endswith(_UNFINISHED) or _HALF_SYNCED.fullmatch(name):
        return "temporary"
    if lower.startswith(".") or lower in _SYSTEM_NAMES or _STREAM_NAME.fullmatch(lower):
        return "system-file"
    return ""


def is_of_a_system(parts: Sequence[str]) -> bool:
    """Whether a path lies among what Windows, macOS and storage devices leave in every folder they show."""
    folded = [part.lower() for part in parts]
    left = _SYSTEM_NAMES | {".ds_store"}
    return any(part in _HIDDEN_FOLDERS for part in folded) or folded[-1] in left or folded[-1].startswith("._")


def name_when_whole(name: str) -> str:
    """What a file that is still being copied or downloaded will be called; empty where its name does not tell."""
    half = _HALF_SYNCED.fullmatch(name)
    whole = next((part for part in half.groups() if part), "") if half else name
    while whole.lower().endswith(_UNFINISHED):
        whole = whole[: whole.rindex(".")]
    whole = _TRANSFER.sub("", whole)
    return whole if whole != name and suffix_of(whole) else ""


def elsewhere_because(name: str) -> str:
    """Why a file of this name only stands for one that is not here: ``cloud-link``, ``online-only``; empty if not."""
    lower = name.lower()
    if lower.endswith(_ELSEWHERE):
        return "cloud-link"
    return "online-only" if lower.endswith(_NOT_FETCHED) else ""


def own_media(path: str) -> Media | None:
    """``FORM`` or ``GUIDE`` for the files that this program hands out or is told by, None for everything else."""
    name = path.rsplit("/", 1)[-1]
    if (
        name.lower() in _GUIDES
        or path.lower() in _GUIDES_OF_THE_YEAR
        or re.match(r"baca[\W_]*saya", name, re.IGNORECASE)
    ):
        return Media.GUIDE
    if _FORM_NAME.match(fold(name)) and suffix_of(name) in _FORM_SUFFIXES:
        return Media.FORM
    return None
