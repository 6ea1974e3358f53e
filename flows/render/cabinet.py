"""Where typeset parts and prepared evidence are kept: see :mod:`flows.cabinet`."""

from flows.cabinet import HALF_MADE, Cabinet, key_of

__all__ = ["HALF_MADE", "Cabinet", "key_of"]
