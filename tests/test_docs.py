"""Documentation that cannot rot: what the pages say is compared with the program, the rules and the tree of files."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from flows import bounds
from flows.cli import kla
from flows.errors import ExitCode
from flows.examples import EXAMPLES
from flows.exits import INTERRUPTED
from flows.findings import load_catalogue
from flows.framework.instrument import available_years, load_framework
from flows.gather.cite import PathReader
from flows.publish.run_folder import CHECKSUMS
from flows.render.dossier import ARCHIVE, BLOCKS, CONTROL, INTERNAL_BLOCKS
from flows.render.edition import BOOK
from flows.render.slips import slip_words
from tests.builders.findings_page import PAGE, findings_page

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "panduan-operator.md"
DESIGN = ROOT / "docs" / "design.md"
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "validations/*.md", "inputs/*.md")
    for path in ROOT.glob(pattern)
    if ".venv" not in path.parts
)
SOURCES = sorted((ROOT / "flows").rglob("*.py"))

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
_ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)
_OUR_FOLDERS = ("flows", "templates", "validations", "tests", "docs", ".ci")
_SLASH = "/"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def rows_of(text: str) -> list[list[str]]:
    """The cells of every table row of a Markdown text."""
    return [[cell.strip() for cell in row.split(" | ")] for row in _ROW.findall(text)]


def section(text: str, heading: str) -> str:
    """What stands below ``heading``, up to the next heading of its level or a higher one."""
    level = len(heading) - len(heading.lstrip("#"))
    start = text.index(f"\n{heading}\n") + len(heading) + 2
    end = re.search(rf"^#{{1,{level}}} ", text[start:], re.MULTILINE)
    return text[start : start + end.start()] if end else text[start:]


def commands(group: click.Group = kla, path: str = "kla") -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name, in the order of the help; groups only stand for what is in them."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def usage(name: str, command: click.Command) -> str:
    arguments = [each.metavar or "" for each in command.params if isinstance(each, click.Argument)]
    return " ".join([name, *arguments])


def options(command: click.Command) -> set[str]:
    return {name for each in command.params if isinstance(each, click.Option) for name in each.opts}


def anchors(path: Path) -> set[str]:
    """Anchors of a Markdown page as GitHub makes them, and those set by hand."""
    text = _FENCE.sub("", text_of(path))
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def tracked_files() -> list[Path]:
    """What git keeps, or every file of the project's folders where there is no git."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        done = subprocess.run(
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        names = done.stdout.decode("utf-8", "surrogateescape").split("\0")
        return [path for name in names if name and (path := ROOT / name).is_file()]
    return [path for folder in _OUR_FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]


# --------------------------------------------------------------------------------------------------------------------
# The command line


def test_readme_table_names_every_command_as_it_is_called() -> None:
    table = [match[1] for row in rows_of(section(text_of(README), "## Commands")) if (match := _CODE.match(row[0]))]
    assert table == [usage(name, command) for name, command in commands()]


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_guide_explains_exactly_the_options_of_each_command(name: str, command: click.Command) -> None:
    told = section(text_of(GUIDE), f"### {usage(name, command)}")
    assert set(_OPTION.findall(told)) == options(command)


def test_no_page_for_operators_names_an_option_that_does_not_exist() -> None:
    known = {"--help", *options(kla), *(option for _, command in commands() for option in options(command))}
    for page in (README, GUIDE, PAGE, ROOT / "validations" / "README.md", ROOT / "inputs" / "README.md"):
        assert set(_OPTION.findall(text_of(page))) <= known, page.name


def test_no_page_calls_a_command_that_does_not_exist() -> None:
    known = {name for name, _ in commands()}
    for page in (README, GUIDE, PAGE, ROOT / "validations" / "README.md", ROOT / "inputs" / "README.md"):
        for called in re.findall(r"(?:`|^)(kla(?: [a-z]+)+)", text_of(page), re.MULTILINE):
            words = called.split()
            assert " ".join(words[:2]) in known or " ".join(words[:3]) in known, f"{page.name}: {called}"


def parsed(line: str) -> str:
    """The whole name of the command that ``line`` calls, once its words were taken as the program takes them."""
    name, *rest = shlex.split(line)
    assert name == "kla"
    command: click.Command = kla
    while isinstance(command, click.Group):
        name, command = f"{name} {rest[0]}", command.commands[rest.pop(0)]
    command.make_context(name, rest)
    return name


@pytest.mark.parametrize("name", ["kla", "kla instrumen", *(name for name, _ in commands())])
def test_every_command_has_examples_that_it_takes(name: str) -> None:
    lines = EXAMPLES[name]
    assert lines
    assert all(parsed(line).startswith(name) for line in lines)


def test_every_example_of_the_pages_is_taken_as_it_stands() -> None:
    """Whoever copies a line from a page gets no usage error; what stands for a name of one's own is filled in."""
    lines = []
    for page in (README, GUIDE, ROOT / "docs" / "templat.md"):
        fenced = [line.strip() for fence in _FENCE.findall(text_of(page)) for line in fence.splitlines()]
        quoted = _CODE.findall(_FENCE.sub("", text_of(page)))
        lines += [line for line in (*fenced, *quoted) if re.match(r"kla \w+ .*\d{4}", line)]
    assert len(lines) > 10
    for line in lines:
        parsed(line)


def test_readme_lists_every_exit_code() -> None:
    told = {row[0] for row in rows_of(section(text_of(README), "## Commands")) if row[0].isdecimal()}
    assert told == {str(int(code)) for code in [*ExitCode, INTERRUPTED]}


def test_every_variable_that_the_program_reads_is_documented_and_no_other() -> None:
    name = re.compile(r"\bKLA_[A-Z][A-Z_]*\b")
    read = {found for path in SOURCES for found in name.findall(text_of(path))}
    assert read
    for page in (README, GUIDE):
        assert set(name.findall(text_of(page))) == read, page.name


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:`|^)make ([a-z]+)", text_of(page), re.MULTILINE))
        assert named <= targets, page.name


def test_example_of_the_screen_has_the_headings_that_the_program_prints() -> None:
    example = section(text_of(GUIDE), "## Membaca hasil pemeriksaan").split("```")[1]
    printed = text_of(ROOT / "flows" / "telling.py")
    headings = [line.partition(":")[0] for line in example.splitlines() if line and not line.startswith(" ")]
    assert len(headings) >= 5
    assert [heading for heading in headings if heading not in printed] == []


# --------------------------------------------------------------------------------------------------------------------
# Findings and naming rules


def test_page_of_findings_is_up_to_date() -> None:
    assert text_of(PAGE) == findings_page(load_catalogue()), "run: python -m tests.builders.findings_page"


def test_every_finding_can_be_linked_to() -> None:
    assert set(load_catalogue().entries) <= anchors(PAGE)


@pytest.mark.parametrize("code", ["path", "question", "kind"])
def test_page_of_findings_shows_values_as_words(code: str) -> None:
    assert f"{{{code}}}" not in text_of(PAGE)
    assert f"‹{code}›" not in text_of(PAGE)


def test_examples_of_names_in_the_guide_are_what_the_program_reads() -> None:
    reader = PathReader(load_framework(2024))
    examples = [row for row in rows_of(section(text_of(GUIDE), "## Menamai berkas dan folder")) if _CODE.match(row[0])]
    assert len(examples) >= 20
    for shown, told, *_ in examples:
        *folders, name = shown.strip("`").split("/")
        ids = reader.read(folders, name).ids
        assert (", ".join(ids) or "–") == told, shown


def test_page_of_bounds_has_every_bound_with_its_value_and_no_other() -> None:
    """Whoever adds or moves a bound says in Indonesian what it limits, why, and what happens beyond it."""
    rows = [row for row in rows_of(text_of(ROOT / "docs" / "batas.md")) if _CODE.fullmatch(row[0])]
    values = {name: value for name, value in vars(bounds).items() if name.isupper()}
    shown = {name: f"{value:,.10g}".translate(str.maketrans(",.", ".,")) for name, value in values.items()}
    assert {row[0].strip("`"): row[2] for row in rows} == shown
    assert all(len(row) == 5 and all(row) for row in rows)


def test_guide_names_every_kind_of_evidence_that_can_be_chosen() -> None:
    rows = rows_of(section(text_of(GUIDE), "### Lembar Daftar Bukti"))
    named = [row[0] for row in rows[[row[0] for row in rows].index("Peraturan Daerah") :]]
    assert named == [kind.label for kind in load_framework(available_years()[-1]).kinds.values()]


def test_guide_explains_every_key_of_the_city_file() -> None:
    keys = set(re.findall(r"^(\w+):", text_of(ROOT / "templates" / "siapkan" / "kota.yaml.j2"), re.MULTILINE))
    rows = rows_of(section(text_of(GUIDE), "## Mengubah profil kota"))
    told = {key for row in rows for key in re.findall(r"`(\w+)`", row[0])}
    assert keys - {"format"} <= told


def test_guide_explains_every_slip_sheet_in_the_words_that_are_printed() -> None:
    rows = rows_of(section(text_of(GUIDE), "### Lembar pengganti"))
    told = {row[0]: row[1] for row in rows}
    assert {words.reason for words in slip_words().values()} <= set(told)
    assert f"{bounds.ANNEX_PAGES} halaman" in told[slip_words()["too-long"].reason]


def test_guide_names_everything_a_run_hands_out() -> None:
    told = section(text_of(GUIDE), "## Hasil susunan: berkas mana untuk siapa")
    for name in (
        BOOK,
        ARCHIVE,
        f"{BLOCKS}/*.pdf",
        CONTROL,
        f"{INTERNAL_BLOCKS}/*.pdf",
        "unggah/",
        CHECKSUMS,
        "run.json",
    ):
        assert f"| `{name}` |" in told


# --------------------------------------------------------------------------------------------------------------------
# Design pages


def test_links_between_pages_lead_somewhere() -> None:
    dead = []
    for page in PAGES:
        for target in _LINK.findall(_FENCE.sub("", text_of(page))):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = unquote(target).partition("#")
            found = (page.parent / name) if name else page
            if not found.exists() or (anchor and anchor not in anchors(found)):
                dead.append(f"{page.relative_to(ROOT)}: {target}")
    assert not dead


def test_every_decision_is_in_the_index_and_says_what_it_must() -> None:
    index = text_of(ROOT / "docs" / "decisions" / "README.md")
    pages = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    assert [path.name for path in pages] == re.findall(r"\((0[^)]+)\)", index)
    for page in pages:
        for part in ("Context", "Choice", "Consequences", "What would change it"):
            assert f"\n**{part}.**" in text_of(page), page.name


def test_files_and_functions_that_pages_name_exist() -> None:
    source = "\n".join(text_of(path) for path in SOURCES)
    for page in PAGES:
        for named in _CODE.findall(_FENCE.sub("", text_of(page))):
            if re.fullmatch(rf"({'|'.join(map(re.escape, _OUR_FOLDERS))})/[\w./-]*", named):
                assert (ROOT / named).exists(), f"{page.name}: {named}"
            if re.fullmatch(r"[a-z_]+\(\)", named):
                assert f"def {named[:-2]}(" in source, f"{page.name}: {named}"


def test_picture_of_the_layers_is_the_contract_that_lint_checks() -> None:
    contracts = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    wanted = [set(re.findall(r"(?<![(\w])\w+(?![\w)])", layer)) - {"__main__"} for layer in layers]
    known = {name for layer in wanted for name in layer}
    picture = section(text_of(DESIGN), "## The house").split("```")[1]
    names = [word for line in picture.splitlines() for word in re.split(r" {4,}", line)[0].split() if word in known]
    drawn: list[set[str]] = []
    for layer in (layer for layer in wanted if layer):
        drawn.append(set(names[: len(layer)]))
        names = names[len(layer) :]
    assert drawn == [layer for layer in wanted if layer]
    assert not names


def test_heavy_libraries_are_imported_only_where_the_design_says() -> None:
    table = [row for row in rows_of(section(text_of(DESIGN), "## The house")) if _CODE.match(row[0])]
    assert len(table) >= 5
    for library, places in table:
        imports = re.compile(rf"^\s*(?:import|from) {library.strip('`')}\b", re.MULTILINE)
        found = {path.relative_to(ROOT).as_posix() for path in SOURCES if imports.search(text_of(path))}
        folders = tuple(place for place in _CODE.findall(places) if place.endswith("/"))
        walled = {place for path in found for place in folders if path.startswith(place)}
        apart = {path for path in found if not path.startswith(folders)}
        assert apart | walled == set(_CODE.findall(places)), library


# --------------------------------------------------------------------------------------------------------------------
# What must never be in the project


def test_no_file_names_a_folder_of_one_machine_or_a_package_registry() -> None:
    """Addresses are put together here so that this file does not name them either."""
    places = [_SLASH + name + _SLASH for name in ("work", "root", "Users", "home/[a-z]+")]
    registries = ["py" + "pi.org", "python" + "hosted", "registry" + ".npmjs", "proxy." + "golang"]
    forbidden = re.compile("|".join([*(rf"(?<![\w.}}]){place}" for place in places), *registries]).encode())
    bad = [
        f"{path.relative_to(ROOT)}: {match[0].decode()}"
        for path in tracked_files()
        if (match := forbidden.search(path.read_bytes()))
    ]
    assert not bad
