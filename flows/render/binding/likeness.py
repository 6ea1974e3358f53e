"""Of what a page is made, as a hash: pages of equal hash show the same, in whatever file and under whatever number."""

from __future__ import annotations

import re
from hashlib import sha256

from pikepdf import Object, Pdf, Stream

_SHAPING = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents")
"""Entries of a page that decide what it shows; the others say where it stands in its file."""
_WORD = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*+>|(\d++) (\d++) R", re.DOTALL)
"""A string, of whatever it speaks, or a reference."""


class Likeness:
    """Hashes of objects of one PDF, with all they refer to.

    Args:
        pdf: the file, open; it must not change while this lives.
    """

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._known: dict[tuple[int, int], bytes] = {}

    def of_page(self, page: Object, *others: object) -> str:
        """The hash of what ``page`` shows, and of ``others`` as Python writes them, in hexadecimal."""
        digest = sha256(repr(others).encode())
        for name in _SHAPING:
            value = page.get(name)
            spelled = self._spelled(value) if isinstance(value, Object) else repr(value).encode()
            digest.update(b"%s %d %s" % (name.encode(), len(spelled), spelled))
        return digest.hexdigest()

    def _spelled(self, value: Object) -> bytes:
        """An object as it is written, with the hash of an object in place of every reference."""
        if value.is_indirect:
            return self._hashed(*value.objgen)
        return self._followed(value.unparse())

    def _followed(self, written: bytes) -> bytes:
        return _WORD.sub(lambda word: self._hashed(int(word[1]), int(word[2])) if word[1] else word[0], written)

    def _hashed(self, number: int, generation: int) -> bytes:
        place = (number, generation)
        if place not in self._known:
            self._known[place] = b""  # an object may lead back to itself
            self._known[place] = sha256(self._written(self._pdf.get_object(place))).hexdigest().encode()
        return self._known[place]

    def _written(self, value: object) -> bytes:
        """An object of its own as it is written, its data as they lie in the file."""
        if isinstance(value, Stream):
            return self._followed(value.stream_dict.unparse()) + b" stream " + value.read_raw_bytes()
        return self._followed(value.unparse(resolved=True)) if isinstance(value, Object) else repr(value).encode()
