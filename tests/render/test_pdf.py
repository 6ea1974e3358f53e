"""The typesetter's door: it reads the templates folder only, keeps its clock, and fails in Indonesian."""

import builtins
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from flows.errors import ExitCode, RenderError
from flows.render import require_engine
from flows.render.pdf import APT_LINE, typeset

DAY = date(2025, 3, 31)
REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (
    '<html lang="id"><head><title>Uji</title><style>{css}</style></head><body><h1 id="a">Satu</h1>{body}</body></html>'
)


def page(body: str = "", css: str = "") -> str:
    return PAGE.replace("{css}", css).replace("{body}", body)


def test_anchors_are_found_on_their_pages(tmp_path: Path) -> None:
    html = page('<h1 id="b" style="break-before: page">Dua</h1>')
    result = typeset(html, tmp_path / "x.pdf", as_of=DAY, title="x")
    assert result.pages == 2
    assert {name: spot.page for name, spot in result.anchors.items()} == {"a": 0, "b": 1}


def test_words_stay_apart_in_the_outline_where_a_heading_breaks_its_line(tmp_path: Path) -> None:
    headings = "<h2>Peraturan<br>Nomor 5<br><br><em>tentang<br/></em>Anak</h2><h2>Kota\n  Layak <b>Anak</b></h2>"
    result = typeset(page(headings), tmp_path / "x.pdf", as_of=DAY, title="x")
    assert [mark.title for mark in result.bookmarks] == ["Satu", "Peraturan Nomor 5 tentang Anak", "Kota Layak Anak"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "../pyproject.toml",
        "fonts/tidak-ada.png",
        "https://contoh.invalid/x.png",
        "file://server/berbagi/x.png",
        "ftp://contoh.invalid/x.png",
    ],
)
def test_nothing_outside_the_templates_is_read_and_nothing_may_be_missing(tmp_path: Path, address: str) -> None:
    with pytest.raises(RenderError) as caught:
        typeset(page(f'<img alt="x" src="{address}">'), tmp_path / "x.pdf", as_of=DAY, title="dosir.pdf")
    assert caught.value.exit_code == ExitCode.RENDERING
    assert "dosir.pdf" in caught.value.message
    assert "naskah/templat/" in caught.value.repair
    assert str(Path(__file__).parents[2]) not in caught.value.message


def test_a_font_that_is_missing_ends_the_work(tmp_path: Path) -> None:
    css = '@font-face { font-family: "X"; src: url("fonts/tidak-ada.ttf") } body { font-family: "X" }'
    with pytest.raises(RenderError):
        typeset(page(css=css), tmp_path / "x.pdf", as_of=DAY, title="x")


def test_a_link_to_nowhere_ends_the_work(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="tidak utuh"):
        typeset(page('<a href="#hilang">x</a>'), tmp_path / "x.pdf", as_of=DAY, title="x")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="tidak dapat ditulis"):
        typeset(page(), tmp_path / "tidak-ada" / "x.pdf", as_of=DAY, title="x")


@pytest.mark.parametrize("before", [None, "42"])
def test_the_clock_of_the_process_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    if before is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", before)
    typeset(page(), tmp_path / "x.pdf", as_of=DAY, title="x")
    with pytest.raises(RenderError):
        typeset(page('<img alt="x" src="tidak-ada.png">'), tmp_path / "y.pdf", as_of=DAY, title="y")
    assert os.environ.get("SOURCE_DATE_EPOCH") == before


def test_a_machine_without_pango_is_told_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pango(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - the signature of __import__
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        if name.startswith("weasyprint"):
            print("WeasyPrint could not import some external libraries.")
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, globals, locals, fromlist or (), level)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(RenderError) as caught:
        require_engine()
    assert APT_LINE in caught.value.repair
    assert "libpangoft2-1.0-0" in APT_LINE


@pytest.mark.skipif(sys.platform != "linux", reason="children are forked from a nursery on Linux only")
def test_a_nursery_sets_a_word_and_stays_fit_to_be_copied() -> None:
    """One that begins threads must not be forked; and where the typesetter is missing it says nothing."""
    program = (
        "import os, sys\n"
        "from unittest.mock import patch\n"
        "import flows.render.pdf as pdf\n"
        "before = len(os.listdir('/proc/self/task'))\n"
        "with patch.object(pdf, '_engine', side_effect=RuntimeError):\n"
        "    import flows.render.warm\n"
        "del sys.modules['flows.render.warm']\n"
        "with patch.object(pdf, '_lay_out', wraps=pdf._lay_out) as laid_out:\n"
        "    import flows.render.warm\n"
        "print(laid_out.call_count, len(os.listdir('/proc/self/task')) - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout.split(), done.stderr) == (["1", "0"], "")


def test_typesetting_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    """Font libraries like to leave a cache behind; nothing may be written outside the project."""
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    code = (
        "from datetime import date; from pathlib import Path; from flows.render.pdf import typeset\n"
        f"typeset('<html lang=id><title>x</title><p id=a>Isi</p>', Path({str(out / 'x.pdf')!r}), "
        "as_of=date(2024, 3, 31), title='x')"
    )
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONPATH": str(REPOSITORY),
    }
    environment = {name: value for name, value in environment.items() if not name.startswith("COV")}

    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)

    assert (out / "x.pdf").stat().st_size > 0
    assert list(home.rglob("*")) == []
