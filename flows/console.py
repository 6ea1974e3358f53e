"""How the program talks on a terminal: help and usage errors in Indonesian, talk on stderr, results on stdout."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, TextIO

import click

from flows.errors import UsageError
from flows.examples import EXAMPLES

SHOWN_ITEMS = 40
_ITEM = ("  - ", "    ")
"""How items of a list and what is said below them begin."""
_TO_COME = frozenset({"terbitkan", "verifikasi", "tagih", "pantau", "provinsi"})
"""Commands that are planned: the nearest of those there are does something else."""
_TYPESET = frozenset("“”„‘’–—")
"""What word processors and messengers make of quotation marks and of two hyphens; a terminal takes them for letters."""
_NARROWEST, _WIDEST = 40, 120
_DIGITS_OF_A_PERSON = 10
"""Fewer digits than any mask looks for, letters that are read as digits left out."""


class _Indonesian(click.Command):
    """Help in Indonesian, for commands and groups alike."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The usual option with Indonesian words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
            option.callback = _show_help
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words behind the command; an error then knows which command it belongs to."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # the library's parser names none where a value is missing
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the command is written."""
        pieces = [piece.replace("[OPTIONS]", "[PILIHAN]") for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Pemakaian: ")

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of what must be named."""
        _write_params(
            "Yang disebut", [each for each in self.get_params(ctx) if isinstance(each, click.Argument)], ctx, formatter
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        _write_params(
            "Pilihan", [each for each in self.get_params(ctx) if isinstance(each, click.Option)], ctx, formatter
        )

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, each on a line of its own so that it can be copied."""
        lines = EXAMPLES.get(ctx.command_path, ())
        if lines:
            with formatter.section("Contoh"):
                formatter.write("".join(f"  {line}\n" for line in lines))


def _show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - the signature is click's
    if value and not ctx.resilient_parsing:
        _echo(ctx.get_help())
        ctx.exit()


class Command(_Indonesian):
    """A command."""


class Group(_Indonesian, click.Group):
    """A group of commands; an unknown command is answered with the nearest."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to click
        kwargs.setdefault("subcommand_metavar", "PERINTAH …")
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, then that of options."""
        rows = [
            (name, command.get_short_help_str(limit=100))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None and not command.hidden
        ]
        with formatter.section("Perintah"):
            formatter.write_dl(rows)
        super().format_options(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Commands in the order of the work, not of the alphabet."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; an unknown one is answered with the nearest."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            if args[0] in _TO_COME and ctx.parent is None:
                known = ", ".join(self.commands)
                raise UsageError(f'Perintah "{args[0]}" belum ada dalam versi ini.', f"Yang sudah ada: {known}.")
            nearest = get_close_matches(args[0], self.commands, n=1)
            hint = f"Mungkin maksudnya: {ctx.command_path} {nearest[0]}." if nearest else ""
            raise UsageError(f'Perintah "{args[0]}" tidak dikenal.', hint or f"Lihat {ctx.command_path} --help.")
        return super().resolve_command(ctx, args)


def _write_params(
    heading: str, params: Sequence[click.Parameter], ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    rows = [record for param in params if (record := param.get_help_record(ctx)) is not None]
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows)


def explain_usage(error: click.UsageError) -> UsageError:
    """A usage error of the library in our words; none of its own text is shown."""
    path = error.ctx.command_path if error.ctx else "kla"
    repair = f"Lihat {path} --help."
    if isinstance(error, click.NoSuchOption):
        nearest = f" Mungkin maksudnya {error.possibilities[0]}." if error.possibilities else ""
        return UsageError(f"Pilihan {error.option_name} tidak dikenal.{nearest}", repair)
    if isinstance(error, click.MissingParameter):
        name = _shown(error.param)
        typed = EXAMPLES.get(path, ())
        return UsageError(f"{name} belum disebutkan.", f"Tulis misalnya: {typed[0]}" if typed else repair)
    if isinstance(error, click.BadParameter):
        return UsageError(f"Nilai untuk {_shown(error.param)} tidak dapat dipakai.", repair)
    if isinstance(error, click.BadOptionUsage):
        return _wrong_value(error.option_name, error.ctx, repair)
    if _TYPESET.intersection(error.message):
        repair = (
            "Tanda kutip “ ” dan tanda – yang disalin dari Word atau obrolan tidak dikenal di sini: "
            'ketik ulang sebagai " dan --.'
        )
    return UsageError("Perintah ditulis dengan kata yang kurang atau berlebih.", repair)


def _wrong_value(name: str, ctx: click.Context | None, repair: str) -> UsageError:
    """An option without the value it takes, or with one that it does not take."""
    params = ctx.command.params if ctx else []
    option = next((each for each in params if isinstance(each, click.Option) and name in each.opts), None)
    if ctx is None or option is None:
        return UsageError(f"Pilihan {name} ditulis tanpa nilai, atau dengan nilai yang berlebih.", repair)
    if option.is_flag:
        return UsageError(f"Pilihan {name} ditulis dengan nilai, padahal tidak memakainya.", f"Tulis {name} saja.")
    value = option.make_metavar(ctx)
    return UsageError(f"Pilihan {name} ditulis tanpa nilai.", f"Tulis nilainya sesudahnya: {name} {value}. {repair}")


def _shown(param: click.Parameter | None) -> str:
    if param is None:
        return "Nilai"
    if isinstance(param, click.Option):
        return param.opts[0]
    return param.make_metavar(click.Context(click.Command("kla")))


def say(text: str = "") -> None:
    """Talk: a line on stderr."""
    _echo(_harmless(text), err=True)


def print_result(text: str = "") -> None:
    """A line of the result on stdout; an item of a list is broken between words where a person reads it."""
    text = _harmless(text)
    _echo(_folded(text) if text.startswith(_ITEM) and sys.stdout.isatty() else text)


def _folded(text: str) -> str:
    """An item of a list in lines of the terminal's width, all below its first word; a longer word stays whole."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    folder = textwrap.TextWrapper(
        max(width, _NARROWEST), subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(folder.fill(line) for line in text.split("\n"))


def _echo(text: str, *, err: bool = False) -> None:
    """Write a line; where its reader went away (``| head``) the work goes on, and ends with its own exit code."""
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        _discard(sys.stderr if err else sys.stdout)


def _discard(stream: TextIO) -> None:
    """Let everything that is still written to ``stream`` vanish, for nobody reads it any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _harmless(text: str) -> str:
    """``text`` without what a file name could do: numbers of persons are masked, control characters become codes."""
    return _visible(_discreet(text))


def _discreet(text: str) -> str:
    """``text`` with numbers of persons masked; what has too few digits costs nothing, not even an import."""
    if sum(map(str.isdigit, text)) < _DIGITS_OF_A_PERSON:
        return text
    from flows.privacy import mask_numbers

    return mask_numbers(text)


def _visible(text: str) -> str:
    """``text`` without what could steer a terminal: control and direction characters become codes."""
    return "".join(char if char.isprintable() or char in "\n\u00a0" else f"[U+{ord(char):04X}]" for char in text)


def print_json(value: object) -> None:
    """A result for programs on stdout."""
    from flows.privacy import masked

    _echo(_visible(json.dumps(masked(value), ensure_ascii=False, indent=2)))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A plain table on stdout, columns in ``right`` aligned to the right."""
    table = [[_discreet(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(headings))]
    for number, row in enumerate(table):
        cells = (
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        # Cell by cell, because figures side by side would look like one long number.
        _echo(_visible("  " + "  ".join(cells).rstrip()))
        if number == 0:
            _echo("  " + "  ".join("-" * width for width in widths))


def print_list(heading: str, items: Sequence[str], shown: int = SHOWN_ITEMS, *, mark: str = "- ") -> None:
    """A heading with its items below on stdout, at most ``shown`` of them; nothing where there are none.

    Args:
        heading: What stands above, without the colon.
        items: A line each.
        shown: The most that are printed; how many more there are is said.
        mark: Before each item; empty for commands, which stay whole to be copied.
    """
    if items:
        print_result(f"{heading}:")
    for item in items[:shown]:
        print_result(f"  {mark}{item}")
    if len(items) > shown:
        print_result(f"  … dan {len(items) - shown} lainnya.")
