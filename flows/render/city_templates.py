"""Templates of a city: data from a shared folder, so they may show what they are given and nothing else.

They stand in a sandbox: no inner attributes, nothing that reads or writes files, no chance, no repetition of texts by
the million, and loops together take no more turns than a book needs. The shipped template that one replaces stays at
hand as ``bawaan/…``, so that a city changes a sentence and inherits the rest.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from pathlib import PurePath
from types import ModuleType
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.nodes import Call, Const, EnvironmentAttribute, For, Name, Template
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flows import bounds
from flows.errors import DressError, Problem
from flows.model import Dress
from flows.render.template_effects import unlasting
from flows.render.template_references import HOUSE, SHIPPED, wrong_references
from flows.render.template_styles import lost_braces
from flows.settings import templates_root

PICTURE = "gambar"
"""What templates call for the address of a picture beside them."""
_GROWING = frozenset({"center", "ljust", "rjust", "zfill", "format", "format_map", "expandtabs", "translate"})
_UNWANTED_FILTERS = ("center", "format", "indent", "pprint", "random", "wordwrap", "xmlattr", "attr", "batch", "slice")
_UNWANTED_GLOBALS = ("lipsum", "namespace", "cycler")
_ANCHOR = re.compile(r'\bid="([^"{}]+)"')
_NAME = re.compile(r"'([^']*)'")
_REPAIR = (
    "Perbaiki baris yang disebut, atau keluarkan berkasnya dari folder itu supaya templat bawaan dipakai. "
    "Nilai yang tersedia bagi setiap templat tercantum di docs/templat.md."
)
_SAYINGS = (
    (re.compile("No filter named '(.+?)'"), 'saringan "{}" tidak ada; yang tersedia tercantum di docs/templat.md'),
    (re.compile("No test named '(.+?)'"), 'pengujian "{}" (sesudah kata is) tidak ada'),
    (re.compile("Encountered unknown tag '(?!end|el)(.+?)'"), "perintah {{% {} %}} tidak dikenal; periksa ejaannya"),
    (re.compile("Unexpected end of template"), "ada {{% block %}}, {{% if %}}, atau {{% for %}} yang tidak ditutup"),
    (re.compile("block '(.+?)' defined twice"), 'bagian "{}" ditulis dua kali pada berkas ini'),
)
"""What the engine says of a template that it cannot read or fill, and how those are told who read Indonesian only."""
_turns: ContextVar[list[int]] = ContextVar("turns")


class TooManyTurnsError(Exception):
    """The loops of a page take more turns together than any book needs."""


class NoPictureError(LookupError):
    """A template shows a picture that does not lie beside it."""


class _Loader(BaseLoader):
    """The city's templates before the shipped ones; both known by names that people can follow."""

    def __init__(self, dress: Dress) -> None:
        self._own = dict(dress.templates)
        self._shipped = FileSystemLoader(templates_root(), encoding="utf-8")

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template in self._own:
            return self._own[template], HOUSE + template, lambda: True
        source, path, _ = self._shipped.get_source(environment, template.removeprefix(SHIPPED))
        return source, path or template, lambda: True

    def list_templates(self) -> list[str]:
        shipped = self._shipped.list_templates()
        return sorted({*self._own, *shipped, *(SHIPPED + name for name in shipped)})


class CityEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which loops are counted and texts cannot be multiplied."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401  # as the library has it
        """Nothing of files, classes and modules, no inner name, no method that makes long texts of short ones."""
        if isinstance(obj, (PurePath, type, ModuleType)) or (isinstance(obj, str) and attr in _GROWING):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401  # same
        """Formatting is refused as other growing methods are, not done with care."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  # same
        """Sums only: neither a repeated text nor a power."""
        is_sum = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator == "**" or not is_sum:
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        tree: Template = super()._parse(source, name, filename)
        for loop in tree.find_all(For):
            counted = Call(EnvironmentAttribute("counted"), [loop.iter], [], None, None, lineno=loop.lineno)
            loop.iter = counted.set_environment(self)
        return tree

    def counted(self, items: Iterable[object]) -> Iterable[object]:
        """``items``, each of which takes one of the turns that are left."""
        if isinstance(items, Undefined):
            return items  # says itself which name is missing
        return _counted(items)


def _counted(items: Iterable[object]) -> Iterator[object]:
    left = _turns.get()
    for item in items:
        left[0] -= 1
        if left[0] < 0:
            raise TooManyTurnsError
        yield item


def city_environment(dress: Dress, **settings: Any) -> CityEnvironment:  # noqa: ANN401  # of the library
    """The engine over the templates of ``dress`` and the shipped ones behind them.

    Args:
        dress: with its templates.
        settings: as for the engine over the shipped templates alone.
    """
    engine = CityEnvironment(**(settings | {"loader": _Loader(dress)}))
    for name in _UNWANTED_FILTERS:
        engine.filters.pop(name, None)
    for name in _UNWANTED_GLOBALS:
        engine.globals.pop(name, None)
    return engine


def fill_counted(engine: Environment, template: str, values: dict[str, object]) -> str:
    """Fill a template of a :class:`CityEnvironment`.

    Raises:
        DressError: a template of the city is at fault; file, line and repair are named.
    """
    token = _turns.set([bounds.DRESS_STEPS])
    try:
        return engine.get_template(template).render(values)
    except Exception as error:
        found = _problem(error)
        if found is None:
            raise
        raise DressError([found], _REPAIR) from error
    finally:
        _turns.reset(token)


def check_templates(engine: Environment, dress: Dress) -> None:
    """See that every template of the city can be read, refers to what is there and keeps what the book refers to.

    Raises:
        DressError: some cannot; all of them are listed.
    """
    problems = []
    for name, source in dress.templates:
        try:
            engine.get_template(name)
        except Exception as error:
            found = _problem(error)
            if found is None:
                raise
            problems.append(found)
        else:
            problems.extend(wrong_references(engine, name))
            problems.extend(_lost_anchors(engine, name, source))
            problems.extend(_lost_pictures(engine, name, source, dress))
            problems.extend(lost_braces(name, source))
            problems.extend(unlasting(name, source))
    if problems:
        raise DressError(problems, _REPAIR)


def _lost_anchors(engine: Environment, name: str, source: str) -> Iterator[Problem]:
    """Anchors of the shipped template that contents and links lead to and this one no longer has."""
    if SHIPPED in source or engine.loader is None:
        return
    shipped, _, _ = engine.loader.get_source(engine, SHIPPED + name)
    for anchor in sorted(set(_ANCHOR.findall(shipped)) - set(_ANCHOR.findall(source))):
        yield Problem(HOUSE + name, None, f'penanda id="{anchor}" hilang, padahal daftar isi dan tautan menuju ke sana')


def _lost_pictures(engine: Environment, name: str, source: str, dress: Dress) -> Iterator[Problem]:
    """Pictures that a template shows by their names and that do not lie beside it."""
    there = {picture for picture, _ in dress.pictures}
    for call in engine.parse(source, name, HOUSE + name).find_all(Call):
        if isinstance(call.node, Name) and call.node.name == PICTURE:
            for wanted in call.args:
                if isinstance(wanted, Const) and wanted.value not in there:
                    yield Problem(HOUSE + name, call.lineno, _meaning(NoPictureError(wanted.value)))


def _problem(error: Exception) -> Problem | None:
    """What a mistake in a template of the city means to who wrote it; None where none of them has a part in it."""
    if isinstance(error, TemplateSyntaxError):
        is_ours = (error.filename or "").startswith(HOUSE)
        return Problem(error.filename or "", error.lineno, _unreadable(error)) if is_ours else None
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(HOUSE)]
    return Problem(frames[-1].filename, frames[-1].lineno, _meaning(error)) if frames else None


def _unreadable(error: TemplateSyntaxError) -> str:
    message = error.message or ""
    return _in_words(message) or (
        f"tulisan Jinja tidak dapat dibaca; periksa kurung {{{{ }}}} dan {{% %}} (kata mesin: {message})"
    )


def _in_words(message: str) -> str:
    """What the engine says, in Indonesian; empty where it is nothing that people often do."""
    matches = ((pattern.match(message), said) for pattern, said in _SAYINGS)
    return next((said.format(*found.groups()) for found, said in matches if found), "")


def _meaning(error: Exception) -> str:
    if isinstance(error, UndefinedError):
        names = " atau ".join(f'"{name}"' for name in _NAME.findall(str(error))[-1:])
        return f"nilai {names or 'ini'} tidak ada"
    if isinstance(error, SecurityError):
        return "memakai sesuatu yang tidak diizinkan di dalam templat kota; pakai nilai dan saringan yang tercantum"
    if isinstance(error, NoPictureError):
        return f'gambar "{error}" tidak ada di folder {HOUSE}; periksa ejaannya'
    if isinstance(error, (TooManyTurnsError, RecursionError, MemoryError, OverflowError)):
        return "mengulang terlalu banyak; kurangi pengulangannya"
    return _in_words(str(error)) or f"tidak dapat diisi (kata mesin: {type(error).__name__})"
