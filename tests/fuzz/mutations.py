"""Ways in which a file comes out wrong: bytes, blocks, members of containers, objects of PDFs, numbers in text."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence

import pikepdf

Mutation = Callable[[bytes, random.Random], bytes]

_LONGEST_BLOCK = 4096
_WORST_NUMBERS = (
    b"0",
    b"-1",
    b"65536",
    b"2147483647",
    b"4294967295",
    b"9223372036854775807",
    b"1e308",
    b"99999999999999999999",
)
_NUMBER = re.compile(rb"\d{1,19}")
_INTERESTING = bytes((0, 1, 0x7F, 0x80, 0xFE, 0xFF))
_MEMBER_BYTES = 4_000_000


def mutate(content: bytes, chance: random.Random) -> bytes:
    """``content`` after one to four mistakes, whole containers again more often than not."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = chance.choice(_kinds(content))(content, chance)
    return content


def _kinds(content: bytes) -> tuple[Mutation, ...]:
    if content.startswith(b"PK"):
        return (_in_member, _in_member, _in_member, _number_in_member, _number_in_member, _number_in_member, *_PLAIN)
    if content.startswith(b"%PDF"):
        return (_in_stream, _worse_number, _worse_number, *_PLAIN)
    return _PLAIN


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 4, 32)) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.choice((chance.randrange(256), chance.choice(_INTERESTING)))
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _remove(content: bytes, chance: random.Random) -> bytes:
    start, size = _block(content, chance)
    return content[:start] + content[start + size :]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    start, size = _block(content, chance)
    return content[: start + size] + content[start : start + size] * chance.choice((1, 3, 40)) + content[start + size :]


def _move(content: bytes, chance: random.Random) -> bytes:
    start, size = _block(content, chance)
    rest, to = content[:start] + content[start + size :], chance.randrange(len(content) + 1)
    return rest[:to] + content[start : start + size] + rest[to:]


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.randbytes(chance.choice((1, 16, 600))) + content[at:]


def _worse_number(content: bytes, chance: random.Random) -> bytes:
    """A number written in the file becomes one that nobody expects: lengths, counts, offsets, references."""
    start = chance.randrange(len(content) + 1)
    found = _NUMBER.search(content, start) or _NUMBER.search(content)
    if not found:
        return content
    return content[: found.start()] + chance.choice(_WORST_NUMBERS) + content[found.end() :]


_PLAIN: tuple[Mutation, ...] = (_flip, _flip, _cut, _remove, _repeat, _move, _insert, _worse_number)


def _block(content: bytes, chance: random.Random) -> tuple[int, int]:
    return chance.randrange(len(content) + 1), chance.randrange(1, _LONGEST_BLOCK)


def _in_member(content: bytes, chance: random.Random) -> bytes:
    """A mistake inside one member of a zip, packed again: the container stays whole, what is in it does not."""
    return _member_spoilt(content, chance, _PLAIN)


def _number_in_member(content: bytes, chance: random.Random) -> bytes:
    """A number nobody expects inside one member: its XML stays whole too, and what reads its meaning gets to see it."""
    return _member_spoilt(content, chance, (_worse_number,))


def _member_spoilt(content: bytes, chance: random.Random, ways: Sequence[Mutation]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [
                (info.filename, archive.read(info)) for info in archive.infolist() if info.file_size < _MEMBER_BYTES
            ]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return _flip(content, chance)
    if not members:
        return _flip(content, chance)
    number = chance.randrange(len(members))
    name, inner = members[number]
    members[number] = (name, chance.choice(ways)(inner, chance))
    if chance.random() < 0.1:
        members.append(members[chance.randrange(len(members))])
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a member that is there twice
        for name, inner in members:
            archive.writestr(zipfile.ZipInfo(name), inner, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _in_stream(content: bytes, chance: random.Random) -> bytes:
    """A mistake in what the streams of a PDF unpack to."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            if not streams:
                return _flip(content, chance)
            stream = chance.choice(streams)
            stream.write(chance.choice(_PLAIN)(stream.read_bytes(), chance))
            written = io.BytesIO()
            pdf.save(written, compress_streams=chance.random() < 0.5, deterministic_id=True)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, RuntimeError):
        return _flip(content, chance)
    return written.getvalue()
