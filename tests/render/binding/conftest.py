"""What tests of binding share."""

from pathlib import Path

import pytest

from flows.render.binding import bind
from flows.render.values import Volume


@pytest.fixture(scope="module")
def bound(volume: Volume, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The volume of a module, bound; nobody writes to it."""
    path = tmp_path_factory.mktemp("bound") / "dosir.pdf"
    bind(volume, path)
    return path
