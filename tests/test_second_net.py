"""No full number of a person leaves the program: planted wherever a person may write one, looked for in every byte.

Names of files and folders, texts, a form's note, the name of an agency, an error and its traceback: whatever a run
leaves behind (tables, records, PDFs, caches, Prefect's database and logs) and says on both streams is searched.
"""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
import subprocess
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import openpyxl
import pypdfium2
import pytest

from flows import cli
from flows.errors import InputsError, KlaError
from flows.privacy import MaskingFilter, mask_error, masked
from flows.settings import Settings
from tests.builders.served import CITY, YEAR, write_city

NIK = "9971014505120001"
SPACED = "9971 0145 0512 0001"
MASKED = "9971••••••••0001"
_FULL = re.compile(r"9971[ .]?0145[ .]?0512[ .]?0001")
_AGENCY = f"Dinas Uji NIK {NIK}"


def plant(inputs: Path) -> Path:
    """A small city in which somebody has written a child's number in every place that offers itself."""
    root = write_city(inputs)
    city_file = root / "kota.yaml"
    text = city_file.read_text(encoding="utf-8").replace("Dinas Uji Kesehatan", _AGENCY)
    city_file.write_text(text, encoding="utf-8")
    folder = root / "Dinkes" / f"NIK {NIK}"
    folder.mkdir()
    shutil.copy(root / "DP3A" / "1.1 Perda KLA.pdf", folder / f"1.1 Akta {NIK}.pdf")
    (root / "DP3A" / f"{NIK}.pdf").write_bytes(b"")
    (root / "DP3A" / f"1.2a catatan {SPACED}.txt").write_text(f"Laporan anak\nNIK: {NIK}\n", encoding="utf-8")
    (root / f"Folder {NIK}").mkdir()
    (root / f"Folder {NIK}" / "9.99 lepas.txt").write_text(f"NIK {SPACED}", encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"NIK {NIK}"
    sheet.append(["Nama", "NIK", "Tanggal lahir"])
    sheet.append(["Anak Contoh Satu", NIK, "05-05-2012"])
    book.save(root / "Dinkes" / "12.3 data.xlsx")
    return root


def texts(path: Path) -> Iterator[str]:
    """Everything a file says: its bytes, and what unpacking or typesetting hides from a search of bytes."""
    raw = path.read_bytes()
    yield raw.decode("utf-8", "replace")
    yield raw.decode("utf-16-le", "replace")
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as box:
            for name in box.namelist():
                yield name
                yield box.read(name).decode("utf-8", "replace")
    elif raw.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(raw) as pdf:
            for page in pdf:
                yield page.get_textpage().get_text_bounded()
            yield str(pdf.get_metadata_dict())


def leaks(root: Path) -> list[str]:
    """Files below ``root``, masked, whose name or content holds the number."""
    return [
        masked(path.relative_to(root).as_posix())
        for path in sorted(root.rglob("*"))
        if _FULL.search(path.name) or (path.is_file() and not is_kept(path) and any(map(_FULL.search, texts(path))))
    ]


def is_kept(path: Path) -> bool:
    """Whether a file is an agency's own, or shows its pages to the house only: nothing is masked in evidence itself.

    That is the vault (its lists are ours), and the volumes of the house and what is kept to make them.
    """
    parts = path.parts
    is_in_vault = "brankas" in parts and re.fullmatch(r"[0-9a-f]{64}", path.name) is not None
    return is_in_vault or parts[-3:-1] == ("internal", "blok") or (".kla" in parts and "cetak" in parts)


def is_silent(*said: str) -> bool:
    """Whether the number is nowhere in what was said; a bool, so that a failure does not print it."""
    return not any(_FULL.search(text) for text in said)


def kla(capfd: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        cli.main(list(args))
    captured = capfd.readouterr()
    return int(ended.value.code or 0), captured.out + captured.err


def test_a_check_leaves_and_says_no_number(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KLA_INPUTS", str(tmp_path / "inputs"))
    monkeypatch.setenv("KLA_OUTPUTS", str(tmp_path / "outputs"))
    plant(tmp_path / "inputs")
    city = (CITY, str(YEAR))
    _, out = kla(capfd, "periksa", *city)
    assert MASKED in out
    assert "DRAF – INTERNAL" in out
    _, record = kla(capfd, "periksa", *city, "--json")
    assert MASKED in record
    _, refused = kla(capfd, "periksa", *city, "--opd", NIK)
    _, listed = kla(capfd, "kecualikan", *city)
    blocking = json.loads(kla(capfd, "kecualikan", *city, "--json")[1])["menghalangi"]
    assert {"child-number"} <= {each["kode"] for each in blocking}
    words = ("--nama", f"Ibu {NIK}", "--jabatan", "Sekda", "--alasan", f"Sudah dilihat {NIK}")
    code, lifted = kla(capfd, "kecualikan", *city, blocking[0]["temuan"], *words)
    assert code == 0
    _, again = kla(capfd, "periksa", *city)
    assert is_silent(out, record, refused, listed, lifted, again)
    assert leaks(tmp_path / "outputs") == []


def test_a_defect_leaves_and_says_no_number(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLA_INPUTS", str(tmp_path / "inputs"))
    monkeypatch.setenv("KLA_OUTPUTS", str(tmp_path / "outputs"))

    def failing(error: BaseException) -> Callable[..., None]:
        def fail(*_: object, **__: object) -> None:
            raise error

        return fail

    for error in (RuntimeError(NIK), KlaError(f"Berkas {NIK}", f"Ganti {NIK}"), OSError(5, "x", f"/a/{NIK}.pdf")):
        monkeypatch.setattr("flows.check.check", failing(error))
        code, said = kla(capfd, "periksa", CITY, str(YEAR))
        assert code != 0
        assert is_silent(said)
    log = (tmp_path / "outputs" / ".kla" / "galat.log").read_text(encoding="utf-8")
    assert MASKED in log
    assert leaks(tmp_path / "outputs") == []


def test_errors_and_what_they_were_raised_from_are_masked_in_place() -> None:
    cause = FileNotFoundError(2, "hilang", f"/x/{NIK}.pdf")
    error = InputsError(f"Folder {NIK}", f"Ganti {NIK}")
    error.__cause__ = cause
    mask_error(error)
    assert (str(error), error.message, error.repair) == (f"Folder {MASKED}", f"Folder {MASKED}", f"Ganti {MASKED}")
    assert cause.filename == f"/x/{MASKED}.pdf"
    assert is_silent(str(cause), repr(cause))


class _OneText(Exception):  # noqa: N818 - stands for classes of libraries
    """Keeps its text once, needs more than a text to be made, and lets nobody write the rest."""

    def __init__(self, text: str, *, lineno: int) -> None:
        super().__init__(text)
        self.source, self.lineno = f"baris {lineno}: {text}", lineno

    @property
    def message(self) -> str:
        return str(self.args[0])

    @property
    def repair(self) -> str:
        raise RuntimeError(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.source}"


def test_an_error_is_masked_whatever_its_class_needs_or_forbids() -> None:
    """And it is still the error that is said afterwards, not one about masking it."""
    wrong = f"{{# {NIK} #}}{{{{ nama|{'x' * 3} }}}}"
    with pytest.raises(jinja2.TemplateAssertionError) as of_jinja:
        jinja2.Environment(loader=jinja2.DictLoader({NIK: wrong}), autoescape=True).get_template(NIK)
    own = _OneText(f"Berkas {NIK}", lineno=3)
    noted = ValueError("x")
    noted.add_note(f"Berkas {NIK}")
    group = ExceptionGroup("dua galat", [own, noted])
    mask_error(of_jinja.value)
    mask_error(group)
    assert "No filter named 'xxx'" in str(of_jinja.value)
    assert (of_jinja.value.name, MASKED in str(of_jinja.value.source)) == (MASKED, True)
    assert own.message == f"Berkas {MASKED}"
    said = "".join(traceback.format_exception(group))
    assert said.count(MASKED) >= 3
    assert is_silent(said, str(of_jinja.value), repr(of_jinja.value), own.source)


def test_what_libraries_log_is_masked_with_its_traceback() -> None:
    error = ValueError(NIK)
    raised = (ValueError, error, None)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "berkas %s", (NIK,), raised)
    assert MaskingFilter().filter(record)
    said = logging.Formatter().format(record)
    assert MASKED in said
    assert is_silent(said)


def test_a_record_keeps_its_shape_and_its_hashes() -> None:
    digest = "9971014505120001" * 4
    record = {NIK: [NIK, 7, None, {"sha256": digest}], "n": (1.5, True)}
    assert masked(record) == {MASKED: [MASKED, 7, None, {"sha256": digest}], "n": [1.5, True]}


_RUN = """
import dataclasses, sys
from datetime import date
from pathlib import Path
from flows import request, service
from flows.errors import InputsError
from flows.settings import Settings
from tests.unmeasured import spare_children

spare_children()
settings = Settings(Path(sys.argv[1]), Path(sys.argv[2]))
whole = request.load_framework
request.load_framework = lambda year: dataclasses.replace(whole(year), blocks=whole(year).blocks[:1])
asked = service.AnnualRequest(sys.argv[3], 2024, date(2024, 11, 1))
if __name__ == "__main__":
    service.run_annual(asked, settings, lambda *step: None)
    from flows import annual_run
    def refused(*_values, **_options):
        raise InputsError("Berkas " + sys.argv[4], "Ganti " + sys.argv[4]) from RuntimeError(sys.argv[4])
    annual_run.assemble = refused
    try:
        service.run_annual(asked, settings, lambda *step: None)
    except InputsError as error:
        print(error.message)
"""


@pytest.mark.service
def test_a_whole_run_leaves_no_number_in_books_databases_and_logs(served: Settings, tmp_path: Path) -> None:
    """One run that ends well and one whose task fails, against a real server: its database lies below outputs too."""
    city_id = "kota-rahasia"
    source = plant(tmp_path / "inputs")
    target = served.inputs / city_id / str(YEAR)
    shutil.copytree(source, target)
    program = tmp_path / "program.py"
    program.write_text(_RUN, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program), str(served.inputs), str(served.outputs), city_id, NIK],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert done.returncode == 0, masked(done.stderr[-2000:])
    assert f"Berkas {MASKED}" in done.stdout
    assert is_silent(done.stdout, done.stderr)
    run = served.outputs / city_id / str(YEAR) / "terbaru"
    assert MASKED in "".join(texts(run.resolve() / "internal" / "kendali.pdf"))
    assert leaks(served.outputs) == []
