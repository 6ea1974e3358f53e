"""The command ``kla``, and ``python -m flows``: the same."""

from __future__ import annotations

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; one that is stopped while it still loads ends without a traceback too."""
    try:
        from flows.cli import main as run
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    run()


if __name__ == "__main__":
    main()
