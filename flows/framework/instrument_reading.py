"""How the files of an instrument are read, and those that all instruments share: roles and kinds."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from flows.model import EvidenceKind, Media, Role
from flows.yaml_files import Mapping, Problems, read_mapping

FORMAT = 1
ROLE_GROUPS = ("opd", "vertikal", "mitra", "wilayah")


@dataclass
class Reading:
    """What is collected while the files of one instrument are read."""

    validations: Path
    problems: Problems = field(default_factory=Problems)
    roles: dict[str, Role] = field(default_factory=dict)
    kinds: dict[str, EvidenceKind] = field(default_factory=dict)
    block_places: dict[str, str] = field(default_factory=dict)
    question_places: dict[str, str] = field(default_factory=dict)
    indicator_places: dict[str, str] = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)

    def open(self, path: Path) -> Mapping | None:
        """Read one file below ``validations`` and remember it for the hash."""
        self.paths.append(path)
        return read_mapping(path, path.relative_to(self.validations.parent).as_posix(), self.problems)

    def sha256(self) -> str:
        """Hash over names and bytes of all files read, in reading order."""
        digest = hashlib.sha256()
        for path in self.paths:
            digest.update(path.relative_to(self.validations).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
        return digest.hexdigest()


def check_format(top: Mapping) -> None:
    """Note a file that is written for another version of this program."""
    if top.whole("format") != FORMAT:
        top.problem_at("format", f'"format" harus {FORMAT}; versi aplikasi ini tidak mengenal yang lain')


def read_roles(reading: Reading) -> dict[str, Role]:
    """Every role by its id, from ``roles.yaml``; mistakes are noted."""
    top = reading.open(reading.validations / "roles.yaml")
    roles: dict[str, Role] = {}
    if top is None:
        return roles
    check_format(top)
    for entry in top.mappings("roles", required=True):
        role = Role(entry.text("id"), entry.text("label"), entry.choice("group", ROLE_GROUPS))
        if role.id and role.id in roles:
            entry.problem_at("id", f'peran "{role.id}" tertulis dua kali')
        entry.close()
        roles[role.id] = role
    top.close()
    return roles


def read_kinds(reading: Reading) -> dict[str, EvidenceKind]:
    """Every kind of evidence by its id, from ``kinds.yaml``; mistakes are noted."""
    top = reading.open(reading.validations / "kinds.yaml")
    kinds: dict[str, EvidenceKind] = {}
    if top is None:
        return kinds
    check_format(top)
    entries = top.mappings("kinds", required=True)
    found = [_read_kind(entry) for entry in entries]
    for entry, kind in zip(entries, found, strict=True):
        if kind.id and kind.id in kinds:
            entry.problem_at("id", f'jenis bukti "{kind.id}" tertulis dua kali')
        kinds[kind.id] = kind
    for entry, kind in zip(entries, found, strict=True):
        for accepted in kind.accepts:
            if accepted not in kinds:
                entry.problem_at("accepts", f'jenis bukti "{accepted}" tidak dikenal')
    top.close()
    return kinds


def _read_kind(entry: Mapping) -> EvidenceKind:
    media = entry.texts("media")
    for family in media:
        if family not in set(Media):
            entry.problem_at("media", f'keluarga berkas "{family}" tidak dikenal; yang dikenal: {", ".join(Media)}')
    content = entry.texts("content")
    for pattern in content:
        try:
            re.compile(pattern, re.MULTILINE)
        except re.error as error:
            entry.problem_at("content", f"pola {pattern} tidak sah (karakter ke-{error.pos})")
    kind = EvidenceKind(
        id=entry.text("id"),
        label=entry.text("label"),
        accepts=entry.texts("accepts", required=True),
        content=content,
        media=tuple(Media(family) for family in media if family in set(Media)),
        name_words=entry.texts("name_words"),
        is_legal=entry.flag("legal", default=False),
        level=entry.whole("level", 0),
    )
    entry.close()
    return kind
