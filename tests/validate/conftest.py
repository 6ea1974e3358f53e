"""Great Expectations is imported once for all tests here, and the instrument read once."""

from __future__ import annotations

import pytest

from flows.model import City, Framework
from flows.validate import warm_up
from tests.builders import manifests


@pytest.fixture(scope="session", autouse=True)
def _great_expectations() -> None:
    warm_up()


@pytest.fixture(scope="session")
def framework() -> Framework:
    return manifests.instrument_2024()


@pytest.fixture(scope="session")
def city(framework: Framework) -> City:
    return manifests.city(framework)
