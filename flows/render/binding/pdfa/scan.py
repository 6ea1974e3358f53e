"""Content streams as the few instructions that rules look at.

What a typesetter writes is read by one expression, which skips whatever breaks no rule at once. A stream with anything
else in it, be it as plain as a string in brackets, is left to a library that knows all of the language and is slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from flows.render.binding.pdfa.elements import words
from flows.render.binding.pdfa.limits import beyond_in
from flows.render.binding.pdfa.plain import Objects, text_of

PLAIN = words("c cm d d0 d1 G g h i J j l M m n RG rg re v w W W* y BT ET Tc Td TD TL Tm Tr Ts Tw Tz T* SC sc")
"""Operators that break no rule and use nothing: most of every page."""
Instruction = tuple[str, Any]
"""An operator, and what matters of its operands: a name; codes that are shown, as bytes; tag and number of a mark."""
_SPACE = rb"[\0\t\n\f\r ]++"
_GAP = rb"[\0\t\n\f\r ]*+"
_DIGITS = rb"[-+]?(?:\d{1,9}+(?!\d)\.?+\d{0,30}+|\.\d{1,30}+)(?![-+.\d])"
"""A number so short that it is within every limit; a longer one is left to the library."""
_NUMBER = rb"(?:" + _DIGITS + _SPACE + rb")"
_END = rb"(?:" + _SPACE + rb"|\Z)"
_NAME = rb"/([^\0- ()<>\[\]{}/%#\x7f-\xff]{1,127}+)" + _SPACE
_NUMBERED = b"|".join(
    re.escape(each.encode()) for each in sorted((PLAIN | {"sc", "SC", "scn", "SCN"}) - {"d"}, reverse=True)
)
_CODES = rb"<(?:[0-9A-Fa-f]{4})*>"
_PLAIN = (
    rb"(?:" + _NUMBER + rb"*(?:" + _NUMBERED + rb")" + _END
    + rb"|\[" + _GAP + rb"(?:" + _DIGITS + _GAP + rb")*\]" + _GAP + _NUMBER + rb"d" + _END + rb")"
)  # fmt: skip
_SKIPPED_AT_ONCE = 200
"""Plain instructions: the expression remembers each until the match ends, and drawings have many thousands."""
_KINDS = {
    "state": rb"[qQ]" + _END,
    "end": rb"EMC" + _END,
    "begin": _NAME + rb"(?:<<([^<>()\[\]{}%#]*+)>>" + _GAP + rb"BDC|BMC)" + _END,
    "show": rb"(?:\[((?:" + _CODES + rb"|" + _DIGITS + rb"|" + _SPACE + rb")*)\]" + _GAP + rb"TJ|(" + _CODES + rb")"
    + _GAP + rb"Tj)" + _END,
    "font": _NAME + _NUMBER + rb"Tf" + _END,
    "named": _NAME + rb"(gs|Do|sh|cs|CS|ri|scn|SCN)" + _END,
    "paint": rb"(?:f\*|B\*|b\*|[FfSsBb])" + _END,
    "cmyk": _NUMBER + rb"{4}[kK]" + _END,
    "plain": _PLAIN,
    "over": rb"\Z",
    "odd": rb".",
}  # fmt: skip
_INSTRUCTION = re.compile(
    _PLAIN
    + b"{,%d}(?:" % _SKIPPED_AT_ONCE
    + b"|".join(b"(?P<%b>%b)" % (key.encode(), each) for key, each in _KINDS.items())
    + rb")",
    re.DOTALL,
)
_FIRST = {key: number + 1 for key, number in _INSTRUCTION.groupindex.items()}
"""Number of the first operand of each kind."""
_BARE = {"state", "end", "paint", "cmyk"}
"""Kinds of which the operator alone matters."""
_MARK = re.compile(rb"/MCID\s+(\d+)")
_HEX = re.compile(rb"<([^>]*)>")
_CLOSELY = re.compile(rb"\d{10}|[^\0\t\n\f\r ]{100}|/Lang")
"""What a list of properties may hold that has a limit or a rule of its own."""
LIMIT, SPOKEN = "limit", "spoken"
"""Instructions of ours: something is beyond a limit, and what it is; content is said to be in a language."""


class OddError(Exception):
    """A stream holds something the expression does not know."""


def instructions(raw: bytes) -> list[Instruction]:
    """The instructions of a content stream that a typesetter wrote.

    Raises:
        OddError: there is something else in it.
    """
    found: list[Instruction] = []
    start = len(raw) - len(raw.lstrip(b"\0\t\n\f\r "))
    for each in _INSTRUCTION.finditer(raw, start):
        kind = each.lastgroup or ""
        if kind == "plain":
            continue
        if kind in _BARE:
            found.append((each[kind].split()[-1].decode(), None))
        elif kind == "over":
            break
        elif kind == "odd":
            raise OddError
        else:
            found.append(_OPERANDS[kind](each, _FIRST[kind]))
    return found


def _begin(found: re.Match[bytes], first: int) -> Instruction:
    properties = found[first + 1]
    if properties is not None and _CLOSELY.search(properties):
        raise OddError
    number = None if properties is None else _MARK.search(properties)
    tag = f"/{found[first].decode()}"
    return "BMC" if properties is None else "BDC", (tag, None if number is None else int(number[1]))


def _show(found: re.Match[bytes], first: int) -> Instruction:
    pieces = _HEX.findall(found[first] if found[first] is not None else found[first + 1])
    return "TJ", bytes.fromhex(b"".join(pieces).decode())


def _font(found: re.Match[bytes], first: int) -> Instruction:
    return "Tf", f"/{found[first].decode()}"


def _named(found: re.Match[bytes], first: int) -> Instruction:
    return found[first + 1].decode(), f"/{found[first].decode()}"


_OPERANDS = {"begin": _begin, "show": _show, "font": _font, "named": _named}


def parsed(stream: Any, properties: Mapping[str, Any], objects: Objects) -> Iterator[Instruction]:  # noqa: ANN401 - see below
    """The same of any content stream, as the library reads it.

    Args:
        stream: a page, form or pattern of pikepdf.
        properties: lists that its marks may name.
        objects: of the file.
    """
    import pikepdf

    for each in pikepdf.parse_content_stream(stream):
        operator = str(each.operator)
        operands = list(each.operands)
        yield from ((LIMIT, said) for operand in operands for said in beyond_in(operand))
        if operator in PLAIN:
            continue
        if operator in ("BDC", "BMC"):
            number, spoken = _told(operands, properties, objects)
            yield operator, (str(operands[0]), number)
            if spoken is not None:
                yield SPOKEN, spoken
        elif operator in ("Tj", "TJ", "'", '"'):
            yield operator, _shown(operands[-1])
        else:
            named = operands[-1 if operator in ("scn", "SCN") else 0] if operands else None
            yield operator, str(named) if isinstance(named, pikepdf.Name) else None


def _told(operands: list[Any], properties: Mapping[str, Any], objects: Objects) -> tuple[int | None, str | None]:
    """Number and language that the properties of a mark tell."""
    import pikepdf

    if len(operands) < 2:  # noqa: PLR2004 - tag and properties
        return None, None
    told = operands[1]
    if isinstance(told, pikepdf.Dictionary):
        number, spoken = told.get("/MCID"), told.get("/Lang")
        return None if number is None else int(number), None if spoken is None else str(spoken)
    listed = objects.at(properties.get(str(told))) or {}
    number, spoken = objects.at(listed.get("/MCID")), objects.at(listed.get("/Lang"))
    return None if number is None else int(number), None if spoken is None else text_of(spoken)


def _shown(shown: Any) -> bytes:  # noqa: ANN401 - a string, or an array of strings and numbers
    import pikepdf

    pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
    return b"".join(bytes(piece) for piece in pieces if not isinstance(piece, int | Decimal))
