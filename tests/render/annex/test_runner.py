"""Many documents at a time: each has an answer, one that kills its child costs only itself, nothing is done twice."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from ruamel.yaml import YAML

from flows import bounds
from flows.bounded import BoundedPool
from flows.cabinet import Cabinet
from flows.model import Condition, Media
from flows.render.annex import Job, prepare_all
from flows.render.annex import runner as runner_module
from flows.render.press import annex_pool
from flows.settings import templates_root
from tests.gather.spoilt_pdfs import CASES
from tests.render.annex.odd_kit import odd
from tests.render.annex.page_kit import marked


@pytest.fixture(scope="module")
def pool() -> Iterator[BoundedPool]:
    with annex_pool() as running:
        yield running


@pytest.fixture
def cabinet(tmp_path: Path) -> Cabinet:
    return Cabinet(tmp_path / "lemari")


def job(folder: Path, name: str, content: bytes, media: Media = Media.PDF, caption: str = "Contoh") -> Job:
    path = folder / name
    path.write_bytes(content)
    return Job(path, sha256(content).hexdigest(), media, caption, folder)


def small_pdf(folder: Path, name: str, pages: int = 1) -> Job:
    return job(folder, name, marked(folder / f"{name}.asal", pages=pages).read_bytes())


def test_every_document_has_an_answer(tmp_path: Path, cabinet: Cabinet, pool: BoundedPool) -> None:
    jobs = {name: job(tmp_path, f"{number}", raw) for number, (name, (raw, _)) in enumerate(CASES.items())}
    found = prepare_all(jobs.values(), cabinet, pool)
    assert set(found) == {each.key for each in jobs.values()}
    for name, (_, state) in CASES.items():
        prepared = found[jobs[name].key]
        assert bool(prepared.pages) is not bool(prepared.trouble), name
        if state is Condition.LOCKED:
            assert prepared.trouble == "locked", name
        if prepared.pages:
            with pikepdf.open(prepared.path) as pdf:
                assert len(pdf.pages) == prepared.pages
    troubles = {prepared.trouble for prepared in found.values()}
    assert troubles <= {"", "locked", "damaged", "too-large", "too-long"}


def test_what_was_prepared_is_not_prepared_again(tmp_path: Path, cabinet: Cabinet, pool: BoundedPool) -> None:
    jobs = [small_pdf(tmp_path, "a", 2), job(tmp_path, "b", b"%PDF-1.7\n"), job(tmp_path, "c", b"x", Media.OTHER)]
    first = prepare_all(jobs, cabinet, pool)
    assert [first[each.key].trouble for each in jobs] == ["", "damaged", "unsupported"]
    for each in jobs:
        each.path.unlink()
    told: list[int] = []
    again = prepare_all(jobs, Cabinet(cabinet.root), pool, tell=lambda: told.append(1))
    assert again == first
    assert len(told) == 3
    assert again[jobs[0].key].path.is_relative_to(cabinet.root)


def test_the_caption_counts_only_where_it_is_printed(tmp_path: Path) -> None:
    pdf, picture = job(tmp_path, "a", b"1"), job(tmp_path, "b", b"1", Media.IMAGE)
    assert pdf.key == dataclasses.replace(pdf, caption="Lain", folder=tmp_path / "x", path=tmp_path / "y").key
    assert picture.key != dataclasses.replace(picture, caption="Lain").key
    assert len({pdf.key, picture.key, dataclasses.replace(pdf, sha256="1" * 64).key}) == 3


def test_a_child_that_dies_hangs_or_lacks_memory_costs_only_its_document(
    tmp_path: Path, cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "prepare", odd)
    content = marked(tmp_path / "asal.pdf").read_bytes()
    words = ["mati", "baik", "macet", "mati sekali", "galat", "juga baik", "sesak", "sesak sekali"]
    jobs = {word: job(tmp_path, word, content + word.encode(), Media.PDF, word) for word in words}
    monkeypatch.setattr(bounds, "ANNEX_SECONDS", 3.0)
    with BoundedPool(2) as pool:
        found = prepare_all(jobs.values(), cabinet, pool)
    troubles = {word: found[each.key].trouble for word, each in jobs.items()}
    assert troubles == {
        "mati": "crash", "baik": "", "macet": "timeout", "mati sekali": "", "galat": "crash", "juga baik": "",
        "sesak": "too-large", "sesak sekali": "",
    }  # fmt: skip
    assert (tmp_path / "mati.kali").read_text() == "2"
    assert cabinet.get(jobs["mati"].key) is None, "the next run tries again"
    assert cabinet.get(jobs["mati sekali"].key) is not None
    assert (tmp_path / "sesak.kali").read_text() == "2"
    assert prepare_all([jobs["sesak"]], cabinet, pool)[jobs["sesak"].key].trouble == "too-large"
    assert (tmp_path / "sesak.kali").read_text() == "2", "what has no room is not tried in every run"
    assert not [path for path in cabinet.root.iterdir() if path.name.startswith(".")]


def test_two_preparations_give_the_same_bytes(tmp_path: Path, pool: BoundedPool) -> None:
    jobs = [small_pdf(tmp_path, "a", 3)]
    first, second = (prepare_all(jobs, Cabinet(tmp_path / name), pool) for name in ("1", "2"))
    assert first[jobs[0].key].path.read_bytes() == second[jobs[0].key].path.read_bytes()


def test_every_trouble_has_its_words() -> None:
    """A slip sheet must be able to say why, whatever happens to a document."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(runner_module.__file__).parent.glob("*.py"))
    reasons = set(re.findall(r'TroubleError\("([\w-]+)"\)|trouble="([\w-]+)"', source))
    told = {reason for pair in reasons for reason in pair if reason} | set(runner_module._TROUBLES.values())
    assert {"locked", "damaged", "signed", "too-long", "too-large", "unsupported", "empty", "timeout", "crash"} <= told
    slips = YAML(typ="safe").load(templates_root() / "dossier" / "pengganti.yaml")["slips"]
    assert told <= set(slips)
