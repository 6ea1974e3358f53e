"""One gathering in a process of its own, which says what it saw, how long it took and how much memory its children had.

``python -m tests.gather.spoilt_run FOLDER`` prints a line of JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from flows.gather import gather
from tests.gather.kit import city, instrument


def main(root: Path) -> None:
    started = time.monotonic()
    manifest = gather(city(), instrument(), root, state_root=None)
    print(
        json.dumps(
            {
                "seconds": time.monotonic() - started,
                "children_kb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
                "own_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
                "files": [[one.path, one.condition.value, one.detail, *one.active] for one in manifest.files],
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
