"""Words written into a city's folder: Jinja2 templates of ``templates/siapkan`` filled with values of the model."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.settings import templates_root
from flows.wording import points

if TYPE_CHECKING:
    from jinja2 import Environment

_BASIC_PLANE = 0xFFFF


def render_text(template: str, **values: object) -> str:
    """Fill ``templates/siapkan/<template>``; a name the template uses and does not get is an error."""
    return _environment().get_template(template).render(**values)


def yaml_quoted(value: str) -> str:
    """``value`` as a double-quoted YAML scalar that reads back as the same text, whatever it holds."""
    return "".join(char if char.isprintable() else _escaped(char) for char in json.dumps(value, ensure_ascii=False))


def one_line(value: str) -> str:
    """``value`` without line breaks, control characters and doubled spaces."""
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates_root() / "siapkan"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text and YAML, never HTML; YAML values go through the filter "kutip"
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(kutip=yaml_quoted, baris=one_line, angka=points)
    return environment


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code <= _BASIC_PLANE else f"\\U{code:08x}"
