"""Saved messages and web pages (.eml, .mht): their parts as a mail program would show them, and what is attached.

What stands in such a file is packed for the way (base64, quoted-printable): a number in it is no number to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_binary_file
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import IO

from flows import bounds
from flows.gather.scan_markup import look_at_markup
from flows.gather.scanner import Scanner

Within = Callable[[str, IO[bytes]], None]
"""Looks into a file within the file."""
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]")
_MIME = re.compile(rb"^(?:MIME-Version|Content-Transfer-Encoding|Content-Type):", re.IGNORECASE | re.MULTILINE)
_UNNAMED = "lampiran"


def is_message(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a message: fields from its first line on, one of them of MIME."""
    return bool(_FIELD.match(head) and _MIME.search(head))


def look_at_message(path: Path, scanner: Scanner, within: Within | None) -> None:
    """Look at what a message says, and into what is attached to it.

    Args:
        path: Of the message.
        scanner: Of the file.
        within: Looks into attachments; None where they are to be left.
    """
    if path.stat().st_size > bounds.ATTACHMENT_BYTES:
        scanner.cut()
        return
    with path.open("rb") as stream:
        message = message_from_binary_file(stream, policy=default)
    for part in message.walk():
        with scanner.trying():
            fields = (f"{name}: {value}" for name, value in part.items())
            scanner.look("\n".join((*fields, part.preamble or "", part.epilogue or "")))
        if not part.is_multipart():
            with scanner.trying():
                _look_at_part(part, scanner, within)


def _look_at_part(part: EmailMessage, scanner: Scanner, within: Within | None) -> None:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    name = part.get_filename() or ""
    if part.get_content_maintype() != "text" or name:
        if within is None:
            scanner.cut()
        else:
            within(name or _UNNAMED, BytesIO(content))
        return
    text = _decoded(content, part.get_content_charset() or "utf-8")
    if text.lstrip().startswith("<"):
        look_at_markup(BytesIO(text.encode()), scanner)
    else:
        scanner.look(text)


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")
