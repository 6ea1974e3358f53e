"""The first import of a nursery (:mod:`flows.nursery`): it is silent, begins no threads, and imports without pause.

Does something in that process only; anywhere else it is imported for nothing.
"""

from __future__ import annotations

import gc
import sys

from flows.nursery import keep_quiet

if any("multiprocessing.forkserver" in word for word in sys.orig_argv):
    keep_quiet()
    gc.disable()  # imports make no garbage; a child looks for it again once it has begun
