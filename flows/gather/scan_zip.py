"""What a zip says of itself beside its members: comments on it and on each of them, and their names."""

from __future__ import annotations

import zipfile

from flows import bounds
from flows.gather.scanner import Scanner


def look_at_comments(archive: zipfile.ZipFile, scanner: Scanner) -> None:
    """Look at the comment of the archive and those of its members."""
    members = archive.infolist()
    for comment in (archive.comment, *(info.comment for info in members[: bounds.ARCHIVE_MEMBERS])):
        if comment:
            scanner.look(_decoded(comment), hidden="comment")
    if len(members) > bounds.ARCHIVE_MEMBERS:
        scanner.cut()


def look_at_names(archive: zipfile.ZipFile, scanner: Scanner) -> None:
    """Look at the names of the parts of an office file, which nobody ever sees."""
    names = "\n".join(archive.namelist())
    scanner.look(names, hidden="elsewhere", only_new=True)


def _decoded(comment: bytes) -> str:
    try:
        return comment.decode("utf-8")
    except UnicodeDecodeError:
        return comment.decode("cp1252", "replace")
