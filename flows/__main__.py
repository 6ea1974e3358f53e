"""``python -m flows``: the same as the command ``kla``."""

from flows.cli import main

if __name__ == "__main__":
    main()
