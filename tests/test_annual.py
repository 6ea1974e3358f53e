"""The annual flow on a real server and a real, small tree; the instrument is cut to its first block for speed.

Every run is a program of its own, as for users: what it prints on its way out counts too.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from flows import service
from flows.errors import ExitCode
from flows.files import one_writer, write_text
from flows.settings import Settings
from tests.builders.served import CITY, YEAR, write_city

pytestmark = pytest.mark.service

ROOT = Path(__file__).resolve().parent.parent

_RUN = """
import dataclasses, json, os, sys, threading, time
from datetime import date
from pathlib import Path
from flows import request, service
from flows.errors import InputsError, KlaError, RenderError
from flows.settings import Settings
from tests.unmeasured import spare_children

spare_children()
inputs, outputs, city_id, trouble = sys.argv[1:]
settings = Settings(Path(inputs), Path(outputs))
whole = request.load_framework

def first_block(year):
    framework = whole(year)
    return dataclasses.replace(framework, blocks=framework.blocks[:1])

request.load_framework = first_block
calls = []
if trouble:
    service.prepare(settings, service.ensure_server(settings).api_url)
    os.environ["PREFECT_CLIENT_MAX_RETRIES"] = "0"
    from flows import annual_run, coat
    coat.RETRY_SECONDS = 0.1
    gather_source = annual_run.gather_source

    def troubled(source, *values, **options):
        calls.append(source.agency_id)
        times = calls.count(source.agency_id)
        if trouble == "refused" and source.agency_id == "dinkes":
            raise InputsError("folder ditolak", "perbaiki")
        if trouble == "away" and (source.agency_id == "dinkes" or (source.agency_id == "dp3a" and times == 1)):
            raise OSError(5, "Input/output error")
        if trouble == "server dies" and source.agency_id == "dinkes":
            service.stop_server(settings)
        return gather_source(source, *values, **options)

    def enough(*_values, **_options):
        raise RenderError("cukup sampai di sini")

    annual_run.gather_source = troubled
    if trouble not in ("binding fails", "records fail"):
        annual_run.assemble = enough
if trouble == "binding fails":
    from flows import render
    from flows.bounded import AbandonedError
    has_begun = threading.Event()

    def packing(*values):
        has_begun.set()
        try:
            for _ in range(300):
                values[-1].require()
                time.sleep(0.1)
        except AbandonedError:
            calls.append("stopped")
            raise
        calls.append("packed to its end")

    def fails(self, report):
        has_begun.wait(60)
        raise RenderError("tidak dapat dijilid")

    annual_run.pack_uploads = packing
    render.Printer.bind = fails
if trouble == "records fail":
    def no_room(*values):
        raise InputsError("disk penuh", "sisakan ruang")

    annual_run.write_records = no_room
told = []
answer = {"told": told, "calls": calls}
asked = service.AnnualRequest(city_id, 2024, date(2024, 11, 1))
try:
    result = service.run_annual(asked, settings, lambda *step: told.append(step))
    answer |= {"folder": result.publication.path, "files": len(result.manifest.files)}
except KlaError as error:
    answer |= {"error": type(error).__name__, "message": error.message, "exit_code": error.exit_code}
Path(outputs, "jawaban.json").write_text(json.dumps(answer), encoding="utf-8")
"""


@dataclass(frozen=True)
class Ended:
    """A run as its caller and its terminal saw it."""

    answer: dict[str, Any]
    terminal: str
    status: int


_RACE_OF_COVERAGE = re.compile(
    r"Exception ignored in thread started by: [^\n]*\nTraceback (?:(?!\nTraceback).)*?"
    r"RuntimeError: Cannot install a trace function while another trace function is being installed\n",
    re.DOTALL,
)
"""What Python says where two threads begin at once while coverage is measured; seen once on a busy computer."""


def compose(settings: Settings, city_id: str = CITY, trouble: str = "") -> Ended:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(settings.inputs), str(settings.outputs), city_id, trouble],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
    )
    path = settings.outputs / "jawaban.json"
    answer = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    path.unlink(missing_ok=True)
    return Ended(answer, _RACE_OF_COVERAGE.sub("", done.stdout + done.stderr), done.returncode)


def pages(settings: Settings, kind: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    """What the server knows, asked without Prefect."""
    import httpx

    answer = httpx.post(
        f"{service.ensure_server(settings).api_url}/{kind}/filter", json=body, trust_env=False
    ).raise_for_status()
    return list(answer.json())


@pytest.fixture(scope="module")
def ended(served: Settings) -> Ended:
    return compose(served)


@pytest.fixture
def other_city(served: Settings, request: pytest.FixtureRequest) -> str:
    """A city of its own, so that nothing of another test's run is in the way."""
    city_id = f"kota-{zlib.crc32(request.node.name.encode())}"
    write_city(served.inputs, city_id)
    return city_id


def test_a_run_makes_a_dossier_and_prints_nothing(ended: Ended) -> None:
    assert (ended.terminal, ended.status) == ("", 0)
    folder = Path(ended.answer["folder"])
    assert (folder / "dosir.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "internal" / "kendali.pdf").is_file()
    assert ended.answer["files"] == 6


def test_a_run_says_how_far_it_is(ended: Ended) -> None:
    stages = [stage for stage, done, _ in ended.answer["told"] if not done]

    assert list(dict.fromkeys(stages)) == [
        "server", "gather", "assemble", "keep", "validate", "judge-tables", "judge-manifest",
        "render", "bind", "publish", "done",
    ]  # fmt: skip
    assert ["gather", 3, 3] in ended.answer["told"]
    assert ["judge-block", 1, 1] in ended.answer["told"]


def test_a_run_has_its_pages_in_prefect(served: Settings, ended: Ended) -> None:
    (run,) = [run for run in pages(served, "flow_runs", {}) if run["name"] == f"KLA {CITY} {YEAR}"]
    assert (run["state_type"], run["parameters"]["as_of"]) == ("COMPLETED", "2024-11-01")

    of_run = {"flow_runs": {"id": {"any_": [run["id"]]}}}
    found = {each["key"]: each for each in pages(served, "artifacts", of_run)}
    assert found.keys() == {"kemajuan", "kelengkapan", "ringkasan"}
    assert float(found["kemajuan"]["data"]) == 100.0
    assert found["kemajuan"]["description"] == "Selesai"
    (row,) = json.loads(found["kelengkapan"]["data"])
    assert row["Blok"].startswith("Kelembagaan")
    assert int(row["Pertanyaan"]) == sum(
        int(row[word]) for word in ("LENGKAP", "PERINGATAN", "KURANG", "TIDAK DAPAT DINILAI")
    )
    assert found["ringkasan"]["data"].startswith("# Kota Uji, evaluasi tahun 2024")
    assert "| Berkas yang ditemukan | 6 |" in found["ringkasan"]["data"]
    assert ".pdf`" not in found["ringkasan"]["data"].replace("`internal/kendali.pdf`", "")


def test_there_is_a_task_per_agency_and_per_block_and_none_per_file(served: Settings, ended: Ended) -> None:
    (run,) = [run for run in pages(served, "flow_runs", {}) if run["name"] == f"KLA {CITY} {YEAR}"]
    wanted = Counter(
        [
            "kumpulkan 01-dp3a",
            "kumpulkan 02-dinkes",
            "kumpulkan 03-beside",
            "susun daftar bukti",
            "simpan salinan bukti",
            "periksa tabel",
            "periksa blok KL",
            "periksa daftar bukti",
            "siapkan halaman bukti KL",
            "cetak lampiran",
            "cetak KL",
            "cetak naskah",
            "cetak kendali",
            "cetak berkas-asli",
            "jilid dosir",
            "simpan temuan dan tabel",
            "kemas berkas unggahan",
            "simpan hasil",
        ]
    )
    for _ in range(30):  # the server writes down what it hears once a second
        tasks = pages(served, "task_runs", {"flow_runs": {"id": {"any_": [run["id"]]}}})
        if (names := Counter(each["name"] for each in tasks)) >= wanted:
            break
        time.sleep(0.5)
    assert names == wanted


def test_an_error_of_a_stage_comes_out_as_it_is_and_is_not_tried_again(served: Settings, other_city: str) -> None:
    ended = compose(served, other_city, "refused")

    assert ended.terminal == ""
    assert ended.answer["error"] == "InputsError"
    assert ended.answer["message"] == "folder ditolak"
    assert ended.answer["exit_code"] == ExitCode.INPUTS
    assert ended.answer["calls"].count("dinkes") == 1
    assert [path.name for path in served.output_root(other_city, YEAR).iterdir() if path.name[0] != "."] == []


@pytest.mark.parametrize("name", ["register.csv", "riwayat.csv", "terbaru/dosir.pdf"])
def test_what_earlier_runs_left_is_refused_before_the_work_where_it_is_damaged(
    served: Settings, other_city: str, name: str
) -> None:
    left = served.output_root(other_city, YEAR) / name
    write_text(left, "label;question\n")

    ended = compose(served, other_city)

    assert ended.answer["exit_code"] == ExitCode.INPUTS
    assert name.partition("/")[0] in ended.answer["message"]
    assert {stage for stage, _, _ in ended.answer["told"]} == {"server"}


def test_a_shared_folder_that_is_away_is_tried_again_twice(served: Settings, other_city: str) -> None:
    ended = compose(served, other_city, "away")

    assert (ended.terminal, ended.answer["error"]) == ("", "InputsError")
    assert str(served.input_root(other_city, YEAR)) in ended.answer["message"]
    assert Counter(ended.answer["calls"]) == {"dinkes": 3, "dp3a": 2, "": 1}


def test_a_server_that_dies_costs_neither_the_run_nor_its_error(served: Settings, other_city: str) -> None:
    ended = compose(served, other_city, "server dies")

    assert (ended.terminal, ended.status) == ("", 0)
    assert (ended.answer["error"], ended.answer["message"]) == ("RenderError", "cukup sampai di sini")
    assert service.server_status(served) is not None


def test_what_is_done_beside_the_binding_ends_where_that_fails(served: Settings, other_city: str) -> None:
    """The same holds for Ctrl-C: nobody waits until all that they will not see has been packed."""
    ended = compose(served, other_city, "binding fails")

    assert (ended.terminal, ended.answer["message"]) == ("", "tidak dapat dijilid")
    assert "stopped" in ended.answer["calls"]
    assert "packed to its end" not in ended.answer["calls"]


def test_an_error_of_what_is_done_beside_the_binding_ends_the_run(served: Settings, other_city: str) -> None:
    """Nobody asks for what is written there: its error comes out all the same, and no run without it appears."""
    ended = compose(served, other_city, "records fail")

    assert (ended.terminal, ended.answer["message"]) == ("", "disk penuh")
    assert [path.name for path in served.output_root(other_city, YEAR).glob("2*")] == []


def test_a_second_run_of_the_same_city_is_refused(served: Settings, other_city: str) -> None:
    with one_writer(served.output_root(other_city, YEAR)):
        ended = compose(served, other_city)

    assert (ended.terminal, ended.answer["error"]) == ("", "BusyError")
    assert str(os.getpid()) in ended.answer["message"]


def test_an_unknown_city_starts_no_server(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "inputs", tmp_path / "outputs")
    settings.outputs.mkdir()

    ended = compose(settings, "kota-entah")

    assert (ended.terminal, ended.answer["error"]) == ("", "InputsError")
    assert not settings.state.exists()


@pytest.mark.usefixtures("untouched_process")
def test_the_deployment_is_the_flow(served: Settings) -> None:
    service.prepare(served)
    from prefect.flows import load_flow_from_entrypoint

    (deployment,) = YAML(typ="safe").load(ROOT / "prefect.yaml")["deployments"]
    path, name = deployment["entrypoint"].split(":")
    flow: Any = load_flow_from_entrypoint(f"{ROOT / path}:{name}")

    assert f"{flow.name}/{deployment['name']}" == "kla-dosir/tahunan"
    assert flow.validate_parameters(deployment["parameters"]).items() >= deployment["parameters"].items()
    assert list(flow.parameters.properties) == ["city_id", "year", "as_of", "fresh"]
