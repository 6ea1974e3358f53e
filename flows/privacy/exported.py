"""Lists as programs write them: objects of JSON as rows below their keys, messages of a chat without their senders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.privacy.dumped import may_hold_records
from flows.privacy.list_headings import WORDS_OF_HEADINGS, column_of

_TOKEN = re.compile(r'"(?P<text>(?:[^"\\\n]|\\.)*)"?(?P<key>\s{0,4}:)?|(?P<bare>-?\d[\d.]*|true|false)|[{}]')
"""A text that nobody ends goes to the end of its line, so that each sign is looked at once."""
_LEAST_KEYS = 2
"""Fewer keys tell nothing beside a name."""
_DEEPEST = 40
_MOST_VALUES = 12
"""What lies deeper, or in longer lists, is looked at by itself."""
_LONGEST = 200
"""Of more keys only those are looked at that tell something of people."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ESCAPED = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<sign>.))")
_MESSAGE = re.compile(
    r"\W{0,2}\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? {1,2}\d{1,2}[.:]\d\d(?:[.:]\d\d)?(?: ?[ap]\.?m\.?)?(?:\]| ?[-–] ) ?"
    r"[^:\n]{1,60}: ",
    re.IGNORECASE,
)
"""Day, hour and sender at the beginning of a message: ``[12/03/24 09.15] Bu Guru Contoh: ``."""
_AFTER_HOUR = ("] ", " - ", " – ")
_OPENS = frozenset("0123456789[(\u200e\u200f")
_MESSAGE_BEGINS = re.compile(r"^\W{0,2}\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? {1,2}\d{1,2}[.:]\d\d", re.MULTILINE)


def is_exported(lines: Sequence[str]) -> bool:
    """Whether the first lines of a text are of JSON, a chat, a database or cards, whose commas part no cells."""
    first = next((line.strip() for line in lines if line.strip()), "")
    is_json = first[:1] in {"{", "["} and not first.startswith('["')
    return is_json or any(map(_MESSAGE.match, lines)) or may_hold_records("\n".join(lines))


def messages_in(text: str) -> str:
    """``text`` where each message stands without its day, hour and sender, who tells of others and is told of by none.

    ``text`` itself where there are no messages.
    """
    if ": " not in text or not any(mark in text for mark in _AFTER_HOUR) or not _MESSAGE_BEGINS.search(text):
        return text
    return "\n".join(_MESSAGE.sub("", line, count=1) if line[:1] in _OPENS else line for line in text.split("\n"))


def may_hold_objects(text: str) -> bool:
    """Whether there may be keys of JSON in ``text``; asked of every page, so it must be cheap."""
    if '":' not in text or text.count('":') < _LEAST_KEYS:
        return False
    return WORDS_OF_HEADINGS.are_in(text.lower())


def rows_of_objects(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The objects of JSON in ``text`` as rows, each kind below its keys, with the number of the line it begins in.

    The key of a list stands above its objects by itself; what lies within an object stands in its cells as well.
    """
    rows: list[tuple[int, tuple[str, ...]]] = []
    heads: tuple[str, ...] = ()
    for found in _objects(text):
        names = tuple(name for name, _ in found.pairs)
        if found.is_list:
            rows.append((found.line, names[-1:]))
            continue
        kept = [at for at, name in enumerate(names) if column_of(name)] if len(" ".join(names)) > _LONGEST else None
        if names != heads:
            heads = names
            rows.append((found.line, tuple(names[at] for at in kept) if kept else names))
        if columns := found.columns:
            rows += [(found.line, cells) for cells in zip(*columns, strict=True)]
            continue
        cells = tuple(" ".join(values) for _, values in found.pairs)
        rows.append((found.line, tuple(cells[at] for at in kept) if kept else cells))
    return rows


@dataclass(slots=True)
class _Object:
    """An object of JSON, maybe while it is read; or the key of a list of them."""

    line: int
    pairs: list[tuple[str, list[str]]] = field(default_factory=list)
    is_list: bool = False

    def name(self, key: str) -> None:
        """A key begins."""
        self.pairs.append((key, []))

    def add(self, *values: str) -> None:
        """What stands below the last key, if there is one."""
        if self.pairs and len(self.pairs[-1][1]) < _MOST_VALUES:
            self.pairs[-1][1].extend(values)

    @property
    def columns(self) -> Sequence[Sequence[str]]:
        """The values below each key, where all have as many: then each key is the heading of a column."""
        values = [values for _, values in self.pairs]
        sizes = set(map(len, values))
        return values if len(values) > 1 and len(sizes) == 1 and min(sizes) > 1 else []

    @property
    def waits(self) -> bool:
        """Whether its last key has no value yet."""
        return bool(self.pairs) and not self.pairs[-1][1]


def _objects(text: str) -> Iterator[_Object]:
    """Every object where it ends, and before the first of a list the key of that list."""
    open_ones = [_Object(0)]
    line = counted = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == "{":
            line, counted = line + text.count("\n", counted, token.start()), token.start()
            if open_ones[-1].waits:
                yield _Object(line, open_ones[-1].pairs[-1:], is_list=True)
            open_ones.append(_Object(line))
            del open_ones[1:-_DEEPEST]
        elif sign == "}":
            done = open_ones.pop()
            # A piece of a long file may begin within an object.
            open_ones = open_ones or [_Object(line)]
            open_ones[-1].add(*(value for _, values in done.pairs for value in values))
            yield done
        elif token["key"]:
            open_ones[-1].name(_plain(_HUMP.sub(" ", token["text"])))
        else:
            open_ones[-1].add(token["bare"] or _plain(token["text"]))


def _plain(text: str) -> str:
    """A text without the signs that JSON escapes."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match["code"], 16)) if match["code"] else " ", text)
