"""How a city's books look where they differ from what is shipped: its folder ``naskah/`` and what is read from it."""

from __future__ import annotations

from dataclasses import dataclass

OWN_FOLDER = "naskah"
"""Reserved name of the folder in a year's input folder for the city's own files; no agency's, never evidence."""
APPROVAL_FILE = "pengesahan-bertandatangan.pdf"
"""Name in that folder of the approval sheet that has been signed."""
APPROVAL_NAMES = (
    APPROVAL_FILE,
    *(APPROVAL_FILE.replace(".pdf", each) for each in (".jpg", ".jpeg", ".png", ".tif", ".tiff")),
)
"""All names it may have, as scanners and telephones give them; the first that is there is taken."""


def is_own_folder(name: str) -> bool:
    """Whether a folder of the year is the city's own, whatever case a system shows it in."""
    return name.casefold() == OWN_FOLDER


@dataclass(frozen=True, slots=True)
class Dress:
    """What a city has laid into its folder for the books to look like its own. Texts only, checked and bounded."""

    emblem: str = ""
    """The region's emblem as a ``data:`` address; empty where there is none."""
    templates: tuple[tuple[str, str], ...] = ()
    """Name of a shipped template, ``dossier/pengantar.html``, and the text that stands in its place; by name."""
    pictures: tuple[tuple[str, str], ...] = ()
    """Name of a picture that its templates may show and its ``data:`` address; by name."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the unit that issues the report is reached: the lines of its letterhead. Empty where the city says none."""

    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
