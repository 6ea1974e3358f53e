"""The first import of a nursery (:mod:`flows.nursery`): it is silent, begins no threads, and imports without pause.

Does something in that process only; anywhere else it is imported for nothing.
"""

from __future__ import annotations

import gc
import os
import sys

if any("multiprocessing.forkserver" in word for word in sys.orig_argv):
    _nowhere = os.open(os.devnull, os.O_WRONLY)
    for _descriptor in (1, 2):  # what a library says while it is imported is for nobody
        os.dup2(_nowhere, _descriptor)
    os.close(_nowhere)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process with threads must not be forked
    gc.disable()  # imports make no garbage; a child looks for it again once it has begun
