"""What several test files stand on: a small city, and one real Prefect server for those that ask for it."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from flows import service, validate
from flows.commands import remember_folders
from flows.settings import Settings
from tests.builders.served import write_city
from tests.sharing import FilesTogether, longest_first
from tests.unmeasured import spare_children

# How long one example takes depends on what else the machine does; `make bench` measures speed.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")
# Files of tests were written a moment ago; nobody waits for them to become quiet, in child processes neither.
os.environ["KLA_TENANG"] = "0"
# Nor does a command of a test leave a process behind; ``test_standby.py`` tries that.
os.environ["KLA_SIAGA"] = "0"
spare_children()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files begin, so that no worker is left with one at the end."""
    items[:] = longest_first(items)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """The folders that a command was told are those of its own test: it leaves them in this process."""
    for name in ("KLA_INPUTS", "KLA_OUTPUTS"):
        os.environ.pop(name, None)
    remember_folders(None, None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether | None:  # noqa: ANN401 - of xdist
    """Files stay whole, and those that need the server stay together."""
    return FilesTogether(config, log) if config.getoption("dist") == "loadfile" else None


@contextlib.contextmanager
def _no_child(_: object = None) -> Iterator[validate.Examine]:
    yield validate.run_suite


@pytest.fixture(autouse=True)
def _great_expectations_imported_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that a test runs in its own process share one import; ``test_examining.py`` tries the child."""
    monkeypatch.setattr(validate, "examiner", _no_child)
    monkeypatch.setattr(service, "suites_pool", contextlib.nullcontext)


@pytest.fixture
def untouched_process() -> Iterator[None]:
    """What :func:`flows.service.prepare` does to this process is undone."""
    environment, raises = dict(os.environ), logging.raiseExceptions
    yield
    os.environ.clear()
    os.environ.update(environment)
    logging.captureWarnings(capture=False)
    logging.raiseExceptions = raises


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings with one real server, started cold for the first test that asks and ended after the last."""
    root = tmp_path_factory.mktemp("served")
    settings = Settings(root / "inputs", root / "outputs")
    write_city(settings.inputs)
    service.ensure_server(settings)
    yield settings
    service.stop_server(settings)
