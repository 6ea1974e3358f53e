"""Strict reading of YAML: every mistake of a file is collected with its line instead of stopping at the first.

A :class:`Mapping` hands out typed values by key and notes a :class:`flows.errors.Problem` for each one that is missing,
of the wrong type or unknown. Scalars are judged as they were *written*: an unquoted ``14.10`` is a number to YAML and
would silently become 14.1, so it is refused where text is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from flows.errors import Problem, os_reason

_STR = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_BOOL = "tag:yaml.org,2002:bool"
_NUMBER = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_MAX_NUMBER = 1e12
MAX_BYTES = 5_000_000
MAX_DEPTH = 50
"""Deeper nesting crashes the YAML library's composer."""


@dataclass
class Problems:
    """Collects the mistakes of one or more files."""

    items: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int | None, message: str) -> None:
        """Note one mistake; ``line`` counts from 1."""
        self.items.append(Problem(file, line, message))

    @property
    def in_order(self) -> list[Problem]:
        """The mistakes file by file, each file from top to bottom."""
        files = list(dict.fromkeys(problem.file for problem in self.items))
        return sorted(self.items, key=lambda problem: (files.index(problem.file), problem.line or 0))


class Mapping:
    """A YAML mapping whose values are taken out one by one and checked on the way.

    Args:
        node: The composed mapping.
        file: Name of the file as shown to people.
        problems: Where mistakes are noted.
        where: What this mapping describes, for messages ("pertanyaan 12.1"); may be empty.
    """

    def __init__(self, node: MappingNode, file: str, problems: Problems, where: str = "") -> None:
        self.file = file
        self.line: int = node.start_mark.line + 1
        self.where = where
        self._problems = problems
        self._values: dict[str, Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.problem("kunci harus berupa kata", key)
                continue
            name = str(key.value)
            if name in self._values:
                self.problem(f'kunci "{name}" tertulis dua kali', key)
            self._values[name] = value

    def problem(self, message: str, node: Node | None = None) -> None:
        """Note a mistake at ``node``, or at the mapping's first line."""
        line = self.line if node is None else node.start_mark.line + 1
        self._problems.add(self.file, line, f"{self.where}: {message}" if self.where else message)

    def problem_at(self, key: str, message: str) -> None:
        """Note a mistake at the value of ``key``."""
        self.problem(message, self._values.get(key))

    def has(self, key: str) -> bool:
        """Whether ``key`` is there with a value."""
        node = self._values.get(key)
        return node is not None and not _is_null(node)

    def has_number(self, key: str) -> bool:
        """Whether a plain number stands at ``key``; where not, :meth:`number` has said so."""
        node = self._values.get(key)
        return node is not None and _number(node) is not None

    def keys(self) -> tuple[str, ...]:
        """All keys, for mappings whose keys are data; they count as known from then on."""
        self._asked.update(self._values)
        return tuple(self._values)

    def text(self, key: str, default: str | None = None) -> str:
        """Text at ``key``; without ``default`` it is required and may not be blank."""
        node = self._take(key, required=default is None)
        if node is None:
            return default or ""
        if not isinstance(node, ScalarNode) or node.tag != _STR:
            self.problem(f'"{key}" harus berupa teks; beri tanda kutip: {_quoted(node)}', node)
            return default or ""
        value = str(node.value).strip()
        if not value and default is None:
            self.problem(f'"{key}" tidak boleh kosong', node)
        return value

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """Text at ``key`` that must be one of ``allowed``; after a mistake ``default`` or the first of them."""
        value = self.text(key, default)
        options = list(allowed)
        if value in options:
            return value
        if value:
            self.problem_at(key, f'"{key}" bernilai "{value}"; yang dikenal: {", ".join(options)}')
        return default if default is not None else options[0]

    def number(self, key: str, default: float | None = None) -> float:
        """A number of 0 or more at ``key``."""
        node = self._take(key, required=default is None)
        if node is None:
            return default or 0.0
        value = _number(node)
        if value is None:
            self.problem(f'"{key}" harus berupa angka (titik sebagai tanda desimal, tanpa tanda kutip)', node)
            return default or 0.0
        if not 0 <= value < _MAX_NUMBER:
            self.problem(f'"{key}" bernilai {node.value}; angka harus 0 atau lebih', node)
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number of 0 or more at ``key``."""
        value = float(self.number(key, default))
        if not value.is_integer():
            self.problem_at(key, f'"{key}" harus berupa bilangan bulat')
            return default or 0
        return int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """``true`` or ``false`` at ``key``."""
        node = self._take(key, required=False)
        if node is None:
            return default
        if not isinstance(node, ScalarNode) or node.tag != _BOOL:
            self.problem(f'"{key}" harus true atau false', node)
            return default
        return str(node.value).lower() in ("true", "yes", "on")

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts at ``key``; empty where absent and not required."""
        found = []
        for item in self._items(key, required=required):
            if isinstance(item, ScalarNode) and item.tag == _STR and str(item.value).strip():
                found.append(str(item.value).strip())
            else:
                self.problem(f'isi "{key}" harus berupa teks dalam tanda kutip: {_quoted(item)}', item)
        return tuple(found)

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers at ``key``; empty where absent."""
        found = []
        for item in self._items(key, required=False):
            value = _number(item)
            if value is not None and value.is_integer():
                found.append(int(value))
            else:
                self.problem(f'isi "{key}" harus berupa bilangan bulat', item)
        return tuple(found)

    def mappings(self, key: str, *, required: bool = False) -> tuple[Mapping, ...]:
        """A list of mappings at ``key``."""
        found = []
        for item in self._items(key, required=required):
            if isinstance(item, MappingNode):
                found.append(Mapping(item, self.file, self._problems, self.where))
            else:
                self.problem(f'isi "{key}" harus berupa pasangan kunci: nilai', item)
        return tuple(found)

    def mapping(self, key: str, *, required: bool = False) -> Mapping | None:
        """A mapping at ``key``, None where absent."""
        node = self._take(key, required=required)
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            self.problem(f'"{key}" harus berupa pasangan kunci: nilai', node)
            return None
        return Mapping(node, self.file, self._problems, self.where)

    def values(self, key: str) -> dict[str, object]:
        """A mapping of plain values at ``key`` as Python objects, for arguments of a library."""
        node = self._take(key, required=True)
        if not isinstance(node, MappingNode):
            if node is not None:
                self.problem(f'"{key}" harus berupa pasangan kunci: nilai', node)
            return {}
        return {str(name.value): _plain(value) for name, value in node.value}

    def close(self) -> None:
        """Note every key that nobody asked for, with the known ones."""
        for name in self._values:
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.problem_at(name, f'kunci "{name}" tidak dikenal; yang dikenal: {known}')

    def _take(self, key: str, *, required: bool) -> Node | None:
        self._asked.add(key)
        node = self._values.get(key)
        if node is not None and not _is_null(node):
            return node
        if required:
            self.problem(f'kunci "{key}" belum ada atau kosong', node)
        return None

    def _items(self, key: str, *, required: bool) -> Sequence[Node]:
        node = self._take(key, required=required)
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            self.problem(f'"{key}" harus berupa daftar', node)
            return ()
        if required and not node.value:
            self.problem(f'"{key}" tidak boleh kosong', node)
        items: Sequence[Node] = node.value
        return items


def read_mapping(path: Path, shown: str, problems: Problems, where: str = "") -> Mapping | None:
    """Read a YAML file whose top is a mapping.

    Args:
        path: The file.
        shown: How the file is called in messages.
        problems: Where mistakes are noted.
        where: Passed on to the mapping.

    Returns:
        The mapping, or None when the file is missing, unreadable, too big, not YAML or not a mapping (all noted).
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.add(shown, None, "berkas terlalu besar untuk sebuah berkas aturan (lebih dari 5 MB)")
            return None
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.add(shown, None, "berkas tidak ditemukan")
        return None
    except UnicodeDecodeError:
        problems.add(shown, None, "berkas bukan teks UTF-8; simpan ulang dengan pengodean UTF-8")
        return None
    except OSError as error:
        problems.add(shown, None, f"berkas tidak dapat dibaca ({os_reason(error)})")
        return None
    return parse_mapping(text, shown, problems, where)


def _is_indented_by_tab(text: str, line: int) -> bool:
    return any(each.lstrip(" ").startswith("\t") for each in text.split("\n")[line - 1 : line])


def parse_mapping(text: str, shown: str, problems: Problems, where: str = "") -> Mapping | None:
    """Like :func:`read_mapping`, from text."""
    try:
        refusal = _refusal(text)
        if refusal is not None:
            problems.add(shown, *refusal)
            return None
        node: Any = YAML(typ="safe").compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        repair = "periksa lekukan, titik dua, dan tanda kutip di sekitar baris ini"
        if line is not None and _is_indented_by_tab(text, line):
            repair = "lekukan baris ini memakai tab; ganti dengan spasi"
        problems.add(shown, line, f"susunan YAML rusak; {repair}")
        return None
    except (YAMLError, ValueError, RecursionError):
        problems.add(shown, None, "susunan YAML rusak atau memuat karakter yang tidak boleh ada")
        return None
    if not isinstance(node, MappingNode):
        problems.add(shown, 1, "isi berkas harus berupa pasangan kunci: nilai")
        return None
    return Mapping(node, shown, problems, where)


def _refusal(text: str) -> tuple[int, str] | None:
    """Line and mistake of YAML that would unfold without end: references and bottomless nesting."""
    depth = 0
    for event in YAML(typ="safe").parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent):
            return line, f"rujukan YAML (*{event.anchor}) tidak didukung; tuliskan isinya"
        if depth > MAX_DEPTH:
            return line, f"susunan lebih dari {MAX_DEPTH} tingkat; periksa kurung yang tidak ditutup"
    return None


def _number(node: Node) -> float | None:
    """The value of a plain decimal number, None for anything else (text, dates, octal and hexadecimal numbers)."""
    if not isinstance(node, ScalarNode) or node.tag not in _NUMBER:
        return None
    try:
        return float(node.value)
    except ValueError:
        return None


def _plain(node: Node) -> object:
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    number = _number(node)
    if number is not None:
        return int(number) if number.is_integer() else number
    if node.tag == _BOOL:
        return str(node.value).lower() == "true"
    return None if _is_null(node) else str(node.value)


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == _NULL


def _quoted(node: Node) -> str:
    return f'"{node.value}"' if isinstance(node, ScalarNode) else '"…"'
