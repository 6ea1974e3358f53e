"""Imported for its effect: the typesetter has set a word, so that no first part waits for what it works out once.

A nursery does so once for all its children (measured: 0.1 s each).
"""

from __future__ import annotations

import contextlib

from flows.render.pdf import warm_up

with contextlib.suppress(Exception):  # whoever typesets will see the same, and say so
    warm_up()
