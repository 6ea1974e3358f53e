"""Word processing and presentations become pages through LibreOffice, where it is installed: nothing is run or fetched.

It works with a settings folder of its own per document, in which macros, links to elsewhere and the network are
switched off, and ends with all its children when its time is over or this program is killed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from flows import bounds
from flows.model import Media
from flows.render.annex.job import PAGES_FILE, Job, TroubleError
from flows.render.annex.pdfs import wrapped_pdf
from flows.render.values import Prepared

_NAMES = ("soffice", "libreoffice")
_SUFFIX = {Media.TEXT_DOCUMENT: "dokumen", Media.SLIDES: "paparan"}
_FILTER = {Media.TEXT_DOCUMENT: "writer_pdf_Export", Media.SLIDES: "impress_pdf_Export"}
_OPTIONS = (
    '{"ExportBookmarks":{"type":"boolean","value":"true"},"ExportFormFields":{"type":"boolean","value":"false"},'
    '"ExportNotes":{"type":"boolean","value":"false"},"UseTaggedPDF":{"type":"boolean","value":"false"}}'
)
_OLE = b"\xd0\xcf\x11\xe0"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there: whatever still asks for the network is refused at once."""
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def office_program() -> str | None:
    """Path of LibreOffice on this computer."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def prepare_office(job: Job) -> Prepared:
    """The pages LibreOffice makes of a document or presentation.

    Raises:
        TroubleError: LibreOffice is not there (``no-office``), or could make nothing of it.
    """
    program = office_program()
    if program is None:
        raise TroubleError("no-office")
    if _is_encrypted(job.path):
        raise TroubleError("locked")
    room = job.folder / "kantor"
    source = room / _SUFFIX[job.media]
    profile = room / "setelan"
    _write_settings(profile)
    shutil.copyfile(job.path, source)
    try:
        _convert(program, source, room, profile, _FILTER[job.media])
        made = source.with_suffix(".pdf")
        if not made.is_file() or not made.stat().st_size:
            raise TroubleError("damaged")
        return wrapped_pdf(made, job.folder / PAGES_FILE)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _is_encrypted(path: Path) -> bool:
    """Whether it is an Office document behind a password, which LibreOffice would ask for."""
    raw = path.read_bytes()
    return raw.startswith(_OLE) and _PACKAGE in raw


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{place}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for place, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )


def _convert(program: str, source: Path, room: Path, profile: Path, export: str) -> None:
    """Run it once; what it prints is of no use to anybody.

    Raises:
        TroubleError: it took too long.
    """
    command = [
        *_mortal(), program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nologo", "--convert-to", f"pdf:{export}:{_OPTIONS}", "--outdir", str(room), str(source),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        cwd=room,
        env=_environment(room),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(bounds.ANNEX_OFFICE_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise TroubleError("timeout") from error
    finally:
        _end(process)


def _mortal() -> list[str]:
    """Ends LibreOffice even if this program is killed meanwhile; a tool of every Linux, missing elsewhere."""
    tool = shutil.which("timeout") if os.name == "posix" else None
    return [tool, "-s", "KILL", f"{bounds.ANNEX_OFFICE_SECONDS + 5:.0f}"] if tool else []


def _end(process: subprocess.Popen[bytes]) -> None:
    """The launcher and all it has started, also those that outlived it."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _environment(room: Path) -> Mapping[str, str]:
    """What it needs of ours, a home of its own, and no way out."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    fixed = {"HOME": str(room), "LC_ALL": "C.UTF-8", "TZ": "UTC", "SAL_USE_VCLPLUGIN": "svp", "SOURCE_DATE_EPOCH": "0"}
    return kept | proxies | fixed
