"""Changing single values in a YAML text that people edit: everything else, comments included, stays byte for byte.

The text is parsed only to find where a value begins and ends; the change is made in the text itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from flows.framework.texts import yaml_quoted

_BREAKS = "\r\n"
_QUOTES = ("'", '"')


def set_value(text: str, keys: Sequence[str | int], value: str) -> str:
    """``text`` with the value at ``keys`` replaced, or added where the last keys are missing.

    Args:
        text: A YAML document whose top is a mapping.
        keys: Mapping keys and list positions from the top; list positions must exist.
        value: The new value, already written as YAML on one line.
    """
    node: Node = _compose(text)
    anchor = 0
    for depth, key in enumerate(keys):
        below = _child(node, key)
        rest = [str(missing) for missing in keys[depth + 1 :]]
        if below is None:
            return _add_key(text, node, str(key), _nested(rest, value))
        node, anchor = below
        if rest and _is_empty(node):
            return _replace(text, node, anchor, _nested(rest, value))
    return _replace(text, node, anchor, value)


def append_item(text: str, key: str, fields: Mapping[str, str]) -> str:
    """``text`` with a mapping added at the end of the top-level list ``key``; values are written as YAML."""
    top = _compose(text)
    found, anchor = _child(top, key) or (None, 0)
    lines = [f"{name}: {value}" for name, value in fields.items()]
    if not isinstance(found, SequenceNode) or not found.value:
        block = "".join(f"{_newline(text)}  {'- ' if not at else '  '}{line}" for at, line in enumerate(lines))
        return _add_key(text, top, key, block) if found is None else _replace(text, found, anchor, block)
    if _is_flow(found):
        at = found.end_mark.index - 1
        return f"{text[:at]}, {{{', '.join(lines)}}}{text[at:]}"
    indent = " " * _dash_column(text, found.value[-1])
    block = "".join(f"{_newline(text)}{indent}{'- ' if not at else '  '}{line}" for at, line in enumerate(lines))
    at = _line_end(text, _end(text, found.value[-1]))
    return text[:at] + block + text[at:]


def remove_item(text: str, key: str, position: int) -> str:
    """``text`` without item ``position`` (from 0) of the top-level list ``key``; the item must exist."""
    found, _ = _child(_compose(text), key) or (None, 0)
    if not isinstance(found, SequenceNode):
        raise KeyError(key)
    items = found.value
    start, end = items[position].start_mark.index, _end(text, items[position])
    if _is_flow(found):
        if position + 1 < len(items):
            end = items[position + 1].start_mark.index
        elif position:
            start = _end(text, items[position - 1])
        return text[:start] + text[end:]
    start = text.rfind("\n", 0, start) + 1
    return text[:start] + text[_line_end(text, end) :].removeprefix("\r").removeprefix("\n")


def _compose(text: str) -> MappingNode:
    node: MappingNode = YAML(typ="safe", pure=True).compose(text)
    return node


def _child(node: Node, key: str | int) -> tuple[Node, int] | None:
    """The value at ``key`` and the index behind the colon or dash before it."""
    if isinstance(node, SequenceNode) and isinstance(key, int):
        return node.value[key], node.value[key].start_mark.index
    pairs = node.value if isinstance(node, MappingNode) else []
    return next(((value, name.end_mark.index) for name, value in pairs if name.value == key), None)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) or not node.value


def _nested(keys: Sequence[str], value: str) -> str:
    for key in reversed(keys):
        value = f"{{{_key(key)}: {value}}}"
    return value


def _add_key(text: str, node: Node, key: str, value: str) -> str:
    """Write ``key: value`` at the end of the mapping ``node``."""
    pair = f"{_key(key)}:{value}" if value[0] in _BREAKS else f"{_key(key)}: {value}"
    if _is_flow(node):
        at = node.end_mark.index - 1
        return f"{text[:at]}{', ' if node.value else ''}{pair}{text[at:]}"
    at = _line_end(text, _end(text, node))
    return f"{text[:at]}{_newline(text)}{' ' * node.value[0][0].start_mark.column}{pair}{text[at:]}"


def _replace(text: str, node: Node, anchor: int, value: str) -> str:
    start, end = node.start_mark.index, _end(text, node)
    if _is_unwritten(text, node):
        start = end = text.index(":", anchor) + 1
    elif not isinstance(node, ScalarNode) and not _is_flow(node):
        start = text.index(":", anchor) + 1
    if value[0] in _BREAKS:
        start = len(text[:start].rstrip(" "))
    elif text[:start].endswith(":"):
        value = f" {value}"
    return text[:start] + value + text[end:]


def _is_flow(node: Node) -> bool:
    return isinstance(node, (MappingNode, SequenceNode)) and bool(node.flow_style)


def _end(text: str, node: Node) -> int:
    """Index behind the last character of ``node``, without the white space and comments that follow it."""
    if isinstance(node, ScalarNode) or _is_flow(node) or not node.value:
        start: int = node.start_mark.index
        return start + len(text[start : node.end_mark.index].rstrip())
    last = node.value[-1]
    if not isinstance(last, tuple):
        return _end(text, last)
    key, value = last
    return text.index(":", key.end_mark.index) + 1 if _is_unwritten(text, value) else _end(text, value)


def _is_unwritten(text: str, node: Node) -> bool:
    """Whether nothing stands behind the colon; the parser's mark of such a value lies on a later line."""
    start = node.start_mark.index
    return isinstance(node, ScalarNode) and not node.value and text[start : start + 1] not in _QUOTES


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    if found < 0:
        return len(text)
    return found - 1 if text[found - 1] == "\r" else found


def _dash_column(text: str, item: Node) -> int:
    line_start = text.rfind("\n", 0, item.start_mark.index) + 1
    return text[line_start : item.start_mark.index].rfind("-")


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _key(key: str) -> str:
    return key if key.replace("_", "").isalpha() else yaml_quoted(key)
