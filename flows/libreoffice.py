"""LibreOffice, where it is installed: documents become PDFs, or ones of today. Macros are off and nothing is fetched.

A program of its own in a session of its own: it is ended with all it started when its time is over.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from flows import bounds
from flows.settings import FONTS_VARIABLE, fonts_file

_PROGRAMS = ("soffice", "libreoffice")
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macro runs, no link updates itself, no picture comes from elsewhere."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that does not exist: what would be fetched is not found."""
_ASK_SECONDS = 30.0


@cache
def office_version() -> str:
    """The version of the installed program on one line; empty where there is none."""
    program = _program()
    if not program:
        return ""
    try:
        # Even asked this it makes itself at home: in a folder that is gone afterwards.
        with tempfile.TemporaryDirectory(prefix="kla-tanya-", ignore_cleanup_errors=True) as home:
            done = subprocess.run(
                [program, f"-env:UserInstallation={Path(home).as_uri()}", "--version"],
                capture_output=True,
                timeout=_ASK_SECONDS,
                check=False,
                stdin=subprocess.DEVNULL,
                env=_at_home(Path(home)),
            )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return " ".join(done.stdout.decode("utf-8", "replace").split())


def is_installed() -> bool:
    """Whether it is there, without starting it."""
    return bool(_program())


def office_to_pdf(source: Path, suffix: str, folder: Path, seconds: float = bounds.OFFICE_SECONDS) -> Path | None:
    """Turn a document into a PDF; see :func:`office_to`."""
    return office_to("pdf", source, suffix, folder, seconds)


def office_to(
    target: str, source: Path, suffix: str, folder: Path, seconds: float = bounds.OFFICE_SECONDS
) -> Path | None:
    """Turn a document into one of another kind.

    Args:
        target: The kind, ``pdf`` or ``xlsx``.
        source: Its bytes; never opened itself, but a copy of it.
        suffix: What it is, ``docx``; empty where its content is to tell.
        folder: Empty and private, for the copy, the program's profile and the result.
        seconds: Longest time it may take.

    Returns:
        The result, None where it did not come about in time.
    """
    program = _program()
    if not program:
        return None
    results = folder / "hasil"
    results.mkdir()
    profile, copy = folder / "profil", (folder / "dokumen").with_suffix(f".{suffix}" if suffix else "")
    (profile / "user").mkdir(parents=True)
    settings = _HEAD + "".join(_ITEM.format(*each) for each in _SETTINGS) + "</oor:items>"
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    shutil.copyfile(source, copy)
    command = [program, f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore"]
    command += ["--nolockcheck", "--nodefault", "--convert-to", target, "--outdir", str(results), str(copy)]
    made = results / f"dokumen.{target}"
    return made if _ran(command, folder, seconds) and made.is_file() else None


def _program() -> str:
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), "")


def _ran(command: list[str], home: Path, seconds: float) -> bool:
    proxies = {name: _NOWHERE for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}  # noqa: C420
    try:
        process = subprocess.Popen(
            [*_mortal(seconds), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_at_home(home) | proxies | {"SOURCE_DATE_EPOCH": "0", "TZ": "UTC"},
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _at_home(home: Path) -> dict[str, str]:
    """An environment in which nothing is written to the user's own folders, and all fonts of the computer are there.

    A process that has typeset before sees the shipped fonts only: its documents would look otherwise than those of one
    that has not.
    """
    places = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    around = {name: value for name, value in os.environ.items() if (name, value) != (FONTS_VARIABLE, str(fonts_file()))}
    return around | dict.fromkeys(places, str(home))


def _mortal(seconds: float) -> list[str]:
    """Ends it a little later even if this program is killed meanwhile; a tool of every Linux, missing elsewhere."""
    tool = shutil.which("timeout") if os.name == "posix" else None
    return [tool, "-s", "KILL", f"{seconds + 5:.0f}"] if tool else []


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it started; a script starts the real one."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
