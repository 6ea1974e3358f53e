"""What templates of a city include, build upon and import: it must be there, named outright, and lead in no circle."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates
from jinja2.nodes import Block, Const, Expr, Extends, FromImport, Import, Include, List, Macro, Name, Template, Tuple

from flows.errors import Problem
from flows.model import OWN_FOLDER

SHIPPED = "bawaan/"
"""Set before the name of a template: the one that is shipped, whatever the city has put in its place."""
HOUSE = f"{OWN_FOLDER}/templat/"
"""Where the templates of a city lie, as people call it."""
_FRAME = "dossier/bagian.html"
"""What all pages stand in; it is told by the book which ones, and no page may include it."""
_VERBS = {Include: "menyertakan", Extends: "melanjutkan", Import: "mengimpor", FromImport: "mengimpor dari"}

_Reference = Include | Extends | Import | FromImport
_REFERENCES: tuple[type[_Reference], ...] = (Include, Extends, Import, FromImport)


def wrong_references(engine: Environment, name: str) -> Iterator[Problem]:
    """Everything that is wrong with what one template of the city refers to.

    Args:
        engine: over the templates of the city and the shipped ones.
        name: of the template, which can be read.
    """
    tree = _tree(engine, name)
    for node in tree.find_all(_REFERENCES) if tree else ():
        if said := _missing(engine, node):
            yield Problem(HOUSE + name, node.lineno, said)
    yield from _circles(engine, name)
    if tree:
        yield from _lost_blocks(engine, name, tree)


def _missing(engine: Environment, node: _Reference) -> str:
    """What a reference asks for and nobody has, and what is meant perhaps; empty where it can be met."""
    names = _names(node.template)
    if not names or (isinstance(node, Include) and node.ignore_missing):
        return ""
    known = engine.list_templates()
    there = next((each for each in names if each in known), None)
    if there is None:
        return f'{_VERBS[type(node)]} templat "{names[0]}" yang tidak ada{_nearest(names[0], known)}'
    made = _made(engine, there) if isinstance(node, FromImport) else []
    for entry in node.names if isinstance(node, FromImport) and made else ():
        wanted = entry if isinstance(entry, str) else entry[0]
        if wanted not in made:
            return f'mengimpor "{wanted}", yang tidak dibuat templat "{there}"{_nearest(wanted, made)}'
    return ""


def _names(expression: Expr) -> list[str]:
    """The templates of which the first that is there is taken; none where a name is worked out only later."""
    several = expression.items if isinstance(expression, (List, Tuple)) else [expression]
    return [str(each.value) for each in several if isinstance(each, Const)]


def _made(engine: Environment, name: str) -> list[str]:
    """Macros and values that a template makes for others to import; none where that cannot be told."""
    tree = _tree(engine, name)
    if tree is None or tree.find(Extends):
        return []
    macros = {macro.name for macro in tree.find_all(Macro)}
    imported = {one.target for one in tree.find_all(Import)}
    return sorted(macros | imported | {each.name for each in tree.find_all(Name) if each.ctx == "store"})


def _nearest(name: str, known: list[str]) -> str:
    from rapidfuzz import process

    return f'; mungkin maksudnya "{process.extractOne(name, known)[0]}"'


def _lost_blocks(engine: Environment, name: str, tree: Template) -> Iterator[Problem]:
    """Named stretches of a template that what it builds upon does not have: they would never be printed."""
    base = _base(tree)
    known = _blocks(engine, base)
    for block in tree.body if known else ():
        if isinstance(block, Block) and block.name not in known:
            said = f'bagian "{block.name}" tidak ada di templat "{base}"{_nearest(block.name, known)}'
            yield Problem(HOUSE + name, block.lineno, said)


def _blocks(engine: Environment, name: str) -> list[str]:
    """Named stretches of a template and of all that it builds upon."""
    found, seen = set[str](), set[str]()
    while name and name not in seen and (tree := _tree(engine, name)):
        found |= {block.name for block in tree.find_all(Block)}
        seen.add(name)
        name = _base(tree)
    return sorted(found)


def _base(tree: Template) -> str:
    """The template that one builds upon; empty where there is none, or its name is worked out only later."""
    extends = tree.find(Extends)
    return next(iter(_names(extends.template)), "") if extends else ""


def _circles(engine: Environment, name: str) -> Iterator[Problem]:
    """Templates that lead back to ``name``, or whose name is worked out only when the page is made."""
    waiting, seen = [name], set[str]()
    while waiting:
        found, line = _referred(engine, waiting.pop())
        if name == _FRAME:
            return
        if None in found:
            yield Problem(HOUSE + name, line, "nama templat yang disertakan harus tertulis langsung di dalam kutip")
            return
        if name in found or _FRAME in found:
            yield Problem(HOUSE + name, line, "menyertakan dirinya sendiri; yang bawaan bernama " + SHIPPED + name)
            return
        waiting.extend(sorted(set(filter(None, found)) - seen))
        seen |= set(filter(None, found))


def _referred(engine: Environment, name: str) -> tuple[set[str | None], int | None]:
    """Names of the templates that one includes or builds upon, and the line of the first; none where it has none."""
    tree = _tree(engine, name)
    if tree is None:
        return set(), None
    first = next((node.lineno for node in tree.find_all(_REFERENCES)), None)
    return set(find_referenced_templates(tree)), first


def _tree(engine: Environment, name: str) -> Template | None:
    """A template as it is read; None where that is said elsewhere: it is not there, or cannot be read."""
    try:
        source, file, _ = engine.loader.get_source(engine, name)  # type: ignore[union-attr]  # it always has one
        return engine.parse(source, name, file)
    except (TemplateNotFound, TemplateSyntaxError):
        return None
