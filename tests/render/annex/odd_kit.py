"""A preparation that misbehaves at a word, in a module that the children of the tests import quickly."""

from __future__ import annotations

import os
import sys
import time
from unittest import mock

from flows.render.annex import Job, prepare
from flows.render.annex.job import FACTS_FILE
from flows.render.values import Prepared


def odd(each: Job) -> Prepared:
    """Stands in for the preparation: dies, hangs, complains or lacks memory at the word of the caption."""
    attempts = each.path.with_name(f"{each.path.name}.kali")
    number = int(attempts.read_text()) + 1 if attempts.exists() else 1
    attempts.write_text(str(number))
    if each.caption == "mati" or (each.caption == "mati sekali" and number == 1):
        os._exit(9)
    if each.caption == "macet":
        time.sleep(60)
    if each.caption == "galat":
        raise ZeroDivisionError
    (each.folder / FACTS_FILE).write_bytes(b"{}")
    if each.caption == "sesak" or (each.caption == "sesak sekali" and number == 1):
        with mock.patch.dict(sys.modules["flows.render.annex.prepare"]._BY_MEDIA, {each.media: _short}):
            return prepare(each)
    return prepare(each)


def _short(_: Job) -> Prepared:
    raise MemoryError
