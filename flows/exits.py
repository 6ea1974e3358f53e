"""How a command ends: every error becomes an Indonesian sentence with its repair, and the exit code of the contract."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import NoReturn

import click

from flows import __version__
from flows.console import explain_usage, say
from flows.errors import ExitCode, InputsError, KlaError, os_reason
from flows.settings import Settings

INTERRUPTED = 130
"""What shells know as stopped by the user."""


def end_with_exit_code(run: Callable[[], object]) -> NoReturn:
    """Run a command and end the process; nothing but our own sentences reaches the terminal.

    Args:
        run: The command; what it returns is the exit code where it is a number, else it means completeness.
    """
    _prepare_streams()
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever called wants no Ctrl-C
        signal.signal(signal.SIGINT, _interrupt)
    try:
        code = run()
    except KlaError as error:
        _tell_error(error)
        _leave(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        _leave(ExitCode.USAGE)
    except click.UsageError as error:
        _tell_error(explain_usage(error))
        _leave(ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        say("Dihentikan. Hasil yang sudah ada tidak berubah.")
        _leave(INTERRUPTED)
    except OSError as error:
        _tell_error(_refused(error))
        _leave(ExitCode.INPUTS)
    except SystemExit as leaving:
        _leave(leaving.code if isinstance(leaving.code, int) else ExitCode.DEFECT)
    except Exception:  # noqa: BLE001 - the last net: no traceback ever reaches the user
        _tell_defect()
        _leave(ExitCode.DEFECT)
    _leave(code if isinstance(code, int) else ExitCode.COMPLETE)


def _prepare_streams() -> None:
    """Print every name on every terminal: characters it does not have become escapes instead of an error.

    A stream that whoever called has closed (``>&-``) leads nowhere from now on. Left closed, its number would go to the
    next file that is opened, and what a child process says would be written into that file.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _open_closed_streams() -> None:
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            os.set_inheritable(number, True)  # noqa: FBT003 - the system's call takes no keyword
            stream = open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - to the end
            setattr(sys, name, stream)


def _interrupt(*_: object) -> NoReturn:
    """Answer Ctrl-C at once: what a child process is in the middle of can take a while to end."""
    with contextlib.suppress(OSError):
        os.write(2, b"\nMenghentikan pekerjaan yang sedang berjalan ...\n")  # a stream may be in the middle of a word
    raise KeyboardInterrupt


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _leave(code: int) -> NoReturn:
    sys.exit(int(code))


def _tell_error(error: KlaError) -> None:
    say(f"Galat: {error.message}")
    if error.repair:
        say(f"Perbaikan: {error.repair}")


def _refused(error: OSError) -> KlaError:
    """What the system refused somewhere in the middle of the work: a full disk, a share that went away."""
    place = f" pada {error.filename}" if error.filename else ""
    return InputsError(
        f"Sistem menolak membaca atau menulis{place} ({os_reason(error)}).",
        "Periksa sisa ruang, hak akses, dan sambungan folder bersama, lalu ulangi. Hasil sebelumnya tidak berubah.",
    )


def _tell_defect() -> None:
    """Say that the program itself failed and keep the details in a file, never on the screen."""
    from flows.privacy import masked_traceback

    settings = Settings.from_environment()
    log = settings.state / "galat.log"
    say("Galat: program ini sendiri yang salah; berkas Anda tidak berubah.")
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(
                f"--- {datetime.now().astimezone().isoformat()} kla-dosir {__version__}\n{masked_traceback()}\n"
            )
        say(f"Perbaikan: kirimkan berkas {log} kepada pengembang.")
    except OSError:
        say("Perbaikan: ulangi perintah ini dari folder yang dapat ditulisi, lalu laporkan kepada pengembang.")
