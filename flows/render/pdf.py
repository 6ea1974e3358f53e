"""The one door to WeasyPrint: HTML in, a tagged PDF with reproducible bytes out, and plain errors.

The typesetter reads nothing but the templates folder and ``data:`` addresses, and uses the shipped fonts only.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import re
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from flows import page_wording
from flows.errors import RenderError, os_reason
from flows.render.ready import finisher
from flows.render.values import Bookmark, Spot, Typeset
from flows.render.way_back import name_all_letters
from flows.settings import FONTS_VARIABLE, fonts_file, templates_root

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

APT_LINE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What Debian and Ubuntu need; the last one only makes fonts smaller and faster."""
_POINTS = 0.75
"""Points in a pixel of CSS."""
_LANGUAGE = "id"
_HYPHENS = {"kelurahan": (0, 0, 9, 0, 9, 8, 0, 9, 0, 0)}
"""Word → how willingly it is divided before each letter: odd yes, even no. The shipped patterns say *kelur-ahan*."""
_JOINER = "\u2060"
"""Keeps the line together where it stands, shows nothing, and is left out of the text of the file."""
_ABBREVIATED = re.compile(r"(?<![\w./-])(\d{0,7}[^\W\d_][^\W_]{0,7})-(?=[A-Z0-9][^\W_]{0,7}(?![\w/-]))")
"""The hyphen of *PAUD-HI*, *e-PPGBM*, *COVID-19*: at the end of a line readers would take it for a divided word."""
_DRAWN = frozenset({"style", "title", "svg"})
"""Elements whose text is no running text."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STARTING = threading.Lock()
_ONE_AT_A_TIME = threading.Lock()
"""``SOURCE_DATE_EPOCH`` belongs to the whole process, so only one document is typeset at a time."""


def require_engine() -> None:
    """Check that the typesetter and the system libraries it needs are there.

    Raises:
        RenderError: they are not; the repair is the line that installs them.
    """
    _engine()


def engine_version() -> str:
    """Version of the library that sets the letters, and how words are divided; they shape every line.

    Raises:
        RenderError: it is not there.
    """
    _engine()
    from weasyprint.text.ffi import pango

    return f"{pango.pango_version()} {sorted(_HYPHENS.items())} {_ABBREVIATED.pattern}"


def warm_up() -> None:
    """Set a word, so that the first part does not wait for what the engine works out once.

    Raises:
        RenderError: the typesetter is missing.
    """
    with _ONE_AT_A_TIME:
        word = f'<html lang="{_LANGUAGE}"><title>-</title><p>pemanasan</p></html>'
        _lay_out(_engine(), word).write_pdf(pdf_tags=True)


def colour_profile() -> bytes:
    """What the colours of all pages mean: the sRGB profile that comes with the typesetter.

    The typesetter is looked for and not started, which would take half a second of those who only bind.

    Raises:
        FileNotFoundError: the typesetter is not there.
    """
    engine = find_spec("weasyprint")
    if engine is None or not engine.origin:
        raise FileNotFoundError("weasyprint")
    return (Path(engine.origin).parent / "pdf" / "sRGB2014.icc").read_bytes()


def typeset(html: str, out: Path, *, as_of: date, title: str, part: str = "") -> Typeset:
    """Set ``html`` as a tagged PDF at ``out`` and say where each anchor and bookmark lies.

    Args:
        html: a whole document with ``lang``; addresses are relative to the templates folder.
        out: file to write; its folder exists.
        as_of: the date the document speaks for, its only clock: midnight UTC becomes its time stamp.
        title: what the document is called in messages.
        part: key of the part it is; made ready to be bound, it is no file to look at.

    Raises:
        RenderError: the typesetter is missing or failed, or the document refers to something that is not there.
    """
    engine = _engine()
    with _ONE_AT_A_TIME, _fixed_clock(as_of), _complaints(title):
        try:
            document = _lay_out(engine, html)
            document.write_pdf(out, pdf_tags=True, finisher=finisher(part) if part else _finish)
        except engine.urls.FatalURLFetchingError as error:
            raise RenderError(
                f"{page_wording.part_named(title)} merujuk berkas yang tidak boleh atau tidak dapat dibaca: {error}.",
                'Gambar di folder naskah/templat/ ditulis sebagai {{ gambar("nama.png") }}; alamat lain tidak dibaca. '
                "Bila folder itu kosong, ada berkas program yang hilang: pasang ulang kla-dosir.",
            ) from error
        except OSError as error:
            raise RenderError(
                f"{page_wording.part_named(title)} tidak dapat ditulis ke {out.name} ({os_reason(error)}).",
                "Periksa sisa ruang dan hak tulis folder keluaran, lalu ulangi.",
            ) from error
    return Typeset(out, len(document.pages), _anchors(document.pages), tuple(_bookmarks(document)))


def _finish(_: object, pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """What the typesetter calls before it writes a file to look at."""
    name_all_letters(pdf)


def _anchors(pages: Sequence[Any]) -> dict[str, Spot]:
    """The upper left corner of every anchor."""
    return {
        name: Spot(number, round(box[0] * _POINTS, 2), round((page.height - box[1]) * _POINTS, 2))
        for number, page in enumerate(pages)
        for name, box in page.anchors.items()
    }


def _bookmarks(document: Any) -> Iterator[Bookmark]:  # noqa: ANN401 - WeasyPrint has no types
    """The outline from top to bottom."""
    waiting = [(1, entry) for entry in reversed(document.make_bookmark_tree(_POINTS, transform_pages=True))]
    while waiting:
        level, (title, (page, x, y), below, state) = waiting.pop()
        title = title.replace(_JOINER, "")
        yield Bookmark(" ".join(title.split()), level, Spot(page, round(x, 2), round(y, 2)), is_open=state == "open")
        waiting += [(level + 1, entry) for entry in reversed(below)]


def _lay_out(engine: Any, html: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    from weasyprint.text.fonts import FontConfiguration

    root = templates_root().resolve()
    fonts = FontConfiguration()
    source = engine.HTML(string=html, base_url=f"{root.as_uri()}/", url_fetcher=_fetcher(engine, root))
    _part_words(source.etree_element)
    _keep_abbreviations(source.etree_element)
    return source.render(font_config=fonts, pdf_tags=True)


def _part_words(tree: Element) -> None:
    """Set a space behind every line break of a heading: of the break itself the outline would keep nothing."""
    for heading in (each for each in tree.iter() if each.tag in _HEADINGS):
        for line_break in heading.iter("br"):
            line_break.tail = f" {line_break.tail or ''}"


def _keep_abbreviations(element: Element) -> None:
    """Let no line end within an abbreviation that bears a hyphen."""
    if element.text and "-" in element.text:
        element.text = _ABBREVIATED.sub(rf"\1-{_JOINER}", element.text)
    for child in element:
        if child.tag not in _DRAWN:
            _keep_abbreviations(child)
        if child.tail and "-" in child.tail:
            child.tail = _ABBREVIATED.sub(rf"\1-{_JOINER}", child.tail)


def _fetcher(engine: Any, root: Path) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    class TemplatesOnly(engine.urls.URLFetcher):  # type: ignore[misc]
        """Opens files below the templates folder and ``data:`` addresses; everything else ends the work."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
            if not _is_allowed(url, root):
                raise engine.urls.FatalURLFetchingError(_short(url))
            try:
                return super().fetch(url, headers)
            except Exception as error:
                raise engine.urls.FatalURLFetchingError(_short(url)) from error

    return TemplatesOnly(allowed_protocols={"file", "data"}, allow_redirects=False, fail_on_errors=True)


def _is_allowed(url: str, root: Path) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "data":
        return True
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return False
    return Path(url2pathname(unquote(parts.path))).resolve().is_relative_to(root)


def _short(url: str) -> str:
    """The telling end of an address: no message and no book shows where the program is installed."""
    return urlsplit(url).path.rsplit("/", 1)[-1][:80] or url[:80]


def _correct_hyphens() -> None:
    """Teach the Indonesian patterns the words that they divide wrongly."""
    import pyphen

    dictionary = pyphen.Pyphen(lang=_LANGUAGE).hd
    if _HYPHENS.keys() <= dictionary.patterns.keys():
        return
    dictionary.patterns |= {word: (0, weights) for word, weights in _HYPHENS.items()}
    dictionary.maxlen = max(dictionary.maxlen, *map(len, _HYPHENS))
    dictionary.cache.clear()


def _engine() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    # Read once, when the library starts: no font of this computer gets into the book, no cache is left anywhere.
    os.environ[FONTS_VARIABLE] = str(fonts_file())
    try:
        # What it says while it starts is caught for the whole process, so only one thread may start it.
        with _STARTING, contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint
            import weasyprint.urls

            _correct_hyphens()
    except (OSError, ImportError) as error:
        raise RenderError(
            "Mesin penyusun PDF (WeasyPrint) tidak dapat dipakai karena pustaka Pango tidak ditemukan.",
            f"Pasang dengan perintah: {APT_LINE}",
        ) from error
    return weasyprint


@contextlib.contextmanager
def _fixed_clock(as_of: date) -> Iterator[None]:
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = datetime.combine(as_of, time(), tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(max(int(midnight.timestamp()), 0))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextlib.contextmanager
def _complaints(title: str) -> Iterator[None]:
    """Turn what WeasyPrint only logs as an error (a dead link, a font that does not load) into an error."""
    collected: list[str] = []
    handler = _Collector(collected)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if collected:
        raise RenderError(
            f"{page_wording.part_named(title)} tidak utuh (kata mesin: {'; '.join(collected[:3])}).",
            "Ini cacat templat. Bila ada templat sendiri di naskah/templat/, keluarkan dahulu lalu ulangi; "
            "bila tidak ada, laporkan kepada pengembang bersama pesan ini.",
        )


class _Collector(logging.Handler):
    def __init__(self, collected: list[str]) -> None:
        super().__init__(level=logging.ERROR)
        self.collected = collected

    def emit(self, record: logging.LogRecord) -> None:
        self.collected.append(record.getMessage())
