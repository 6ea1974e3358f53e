"""Lines that are written otherwise than lists, made such: names in small letters, entries and fields of two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from flows.privacy.given_names import holds_given_name
from flows.privacy.list_forms import is_label
from flows.privacy.people import ends_name, is_common_word

_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)] ?(?=[A-Z])")
_LONGEST_ENTRY, _LINES_OF_AN_ENTRY = 200, 3
_LEAST = 2
_SMALL_NAME = re.compile(
    r"^[-–*•\d.) \t]{0,6}(?P<name>[a-z][a-z'’]+(?: [a-z][a-z'’]+){0,4}?)"
    r"(?=,? ?(?:\(|anak\b|bin\b|binti\b|bt\b|kls\b|kelas\b|tk\b|sdn?\b|smpn?\b|mtsn?\b|mi\b|sma\b|smk\b|umur\b|"
    r"usia\b|\d|--? ))",
    re.MULTILINE,
)
"""A name in small letters that begins its line, before what is told of a child."""
_SMALL_CLASS = re.compile(
    r"(?<=[a-z] )(?:[1-9]|1[0-2])[a-h]\b|\b(?:sdn?|smpn?|mtsn?|sma|smk|tk|paud)(?= (?:\d|[ab]\b))"
)
_MOST_SMALL = 200
"""Such lines in one text are changed at most."""
_SHORTEST_WORD = 3


def entries_over_lines(lines: Sequence[str]) -> list[str]:
    """The lines with what follows a numbered one joined to it, empty lines in its place; none where nothing follows.

    ``1. SARI REKAAN`` / ``Lahir Andai, 9 Des 2013`` is one entry.
    """
    joined = list(lines)
    at, length, count, number = -1, 0, 0, 0
    for place, line in enumerate(lines):
        match = _NUMBERED.match(line)
        if match:
            number = number + 1 if int(match["number"]) == number + 1 else int(match["number"])
            at, length = place, 0
            continue
        length += 1
        if at < 0 or not line or length > _LINES_OF_AN_ENTRY or len(joined[at]) + len(line) > _LONGEST_ENTRY:
            continue
        joined[at], joined[place] = f"{joined[at]}, {line}", ""
        count += length == 1
    return joined if count >= _LEAST else []


def fields_in_one_line(text: str) -> str:
    """The text with every label that stands alone on its line joined to the value below it: ``Nama : Sari``.

    Lines stay where they are.
    """
    lines = text.splitlines()
    for at in range(len(lines) - 1):
        label, value = lines[at].strip(), lines[at + 1].strip()
        if value and is_label(label) and not is_label(value):
            lines[at], lines[at + 1] = f"{label} : {value}", ""
    return "\n".join(lines)


def with_capitals(text: str) -> str:
    """The text with capitals for names in small letters that begin their lines, as in messages; itself without any.

    Two lines at least begin so, one of them with a name that many bear: other lines go on in small letters too.
    """
    small = list(islice(filter(_may_be_name, _SMALL_NAME.finditer(text)), _MOST_SMALL))
    if len(small) < _LEAST or not any(holds_given_name(match["name"]) for match in small):
        return text
    pieces, last = [], 0
    for match in small:
        pieces += [text[last : match.start("name")], match["name"].title()]
        last = match.end("name")
    return _SMALL_CLASS.sub(lambda match: match[0].upper(), "".join([*pieces, text[last:]]))


def _may_be_name(match: re.Match[str]) -> bool:
    return not any(len(word) < _SHORTEST_WORD or is_common_word(word) or ends_name(word) for word in match[1].split())
