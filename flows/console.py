"""How the program talks on a terminal: help and usage errors in Indonesian, progress, and results.

Results go to stdout, talk and progress to stderr. Progress is a moving bar on a terminal and plain lines elsewhere.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from types import TracebackType
from typing import Any, Self, TextIO

import click

from flows.errors import UsageError

STAGES = {
    "forms": "Menyiapkan formulir",
    "server": "Menyiapkan layanan Prefect",
    "gather": "Mengumpulkan dan memeriksa berkas",
    "assemble": "Menyusun daftar bukti",
    "keep": "Menyimpan salinan bukti",
    "audit": "Mencocokkan salinan di brankas",
    "assess": "Menilai kelengkapan",
    "judge-tables": "Memeriksa jawaban dan tabel",
    "judge-block": "Menilai kelengkapan per blok",
    "judge-manifest": "Memeriksa daftar bukti",
    "prepare": "Menyiapkan halaman bukti",
    "print": "Mencetak bab dan lampiran",
    "bind": "Menjilid dan membaca kembali PDF",
    "publish": "Menyimpan hasil",
}
SILENT = frozenset({"validate", "render", "done"})
"""Stages that consist of the ones above, or of nothing."""
_PLAIN_SECONDS = 5.0
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
        return UsageError(f"{name} belum disebutkan.", repair)
    if isinstance(error, click.BadParameter):
        return UsageError(f"Nilai untuk {_shown(error.param)} tidak dapat dipakai.", repair)
    if isinstance(error, click.BadOptionUsage):
        return UsageError(f"Pilihan {error.option_name} ditulis tanpa nilai, atau dengan nilai yang berlebih.", repair)
    return UsageError("Perintah ditulis dengan kata yang kurang atau berlebih.", repair)


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
    """A line of the result on stdout."""
    _echo(_harmless(text))


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


class Progress:
    """Shows how far the work is; use as a context manager and hand :meth:`report` to the work."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._stage = ""
        self._last = 0.0
        self._said = self._done = ""
        """The count that was said last of this stage, and the newest one."""
        self._live = None if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" else _live()

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop(is_complete=kind is None)
        elif kind is None:
            self._say_end()

    def report(self, stage: str, done: int, total: int) -> None:
        """Note that ``stage`` has done ``done`` of ``total`` pieces (0 where unknown)."""
        if self._quiet or stage in SILENT:
            return
        if self._live is not None:
            self._live.show(STAGES[stage], done, total)
        else:
            self._say(stage, done, total)
        self._stage = stage

    def _say(self, stage: str, done: int, total: int) -> None:
        """A line where a stage begins, and now and then one that counts."""
        if stage != self._stage:
            self._say_end()
            say(f"{STAGES[stage]} …")
            self._last = time.monotonic()
        self._done = (f"  {done} dari {total}" if total else f"  {done} berkas") if done else ""
        if done and time.monotonic() - self._last >= _PLAIN_SECONDS:
            self._last = time.monotonic()
            self._said = self._done
            say(self._said)

    def _say_end(self) -> None:
        """The last count of a stage, where one was said before: "9 dari 10" must not be the last word."""
        if self._said and self._done != self._said:
            say(self._done)
        self._said = self._done = ""


class _Live:
    """A moving bar with one row per stage."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, Any] = {}
        self.start: Callable[[], None] = self._bar.start

    def show(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._finish()
            self._tasks[stage] = self._bar.add_task(stage, total=total or None, count="")
        count = f"{done}/{total}" if total else (str(done) if done else "")
        self._bar.update(self._tasks[stage], completed=done, total=total or None, count=count)

    def stop(self, *, is_complete: bool) -> None:
        if is_complete:
            self._finish()
        self._bar.stop()

    def _finish(self) -> None:
        for task in self._tasks.values():
            if not self._bar.tasks[task].finished:
                self._bar.update(task, total=1, completed=1)


def _live() -> _Live:
    return _Live()
