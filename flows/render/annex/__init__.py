"""Evidence becomes pages that are ready to be bound: upright, passive, a blank strip below each."""

from flows.render.annex.job import Job
from flows.render.annex.prepare import prepare
from flows.render.annex.runner import prepare_all

__all__ = ["Job", "prepare", "prepare_all"]
