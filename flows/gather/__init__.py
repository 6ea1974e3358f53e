"""The stage that takes in: evidence, forms and tables of an inputs folder, as a :class:`flows.model.Manifest`.

:func:`gather` does it all; :func:`plan`, :func:`gather_source` and :func:`assemble` are its three steps for callers
that run one source at a time, and :func:`inspection_pool` the child processes such callers share between sources.
"""

from flows.gather.intake import Source, plan
from flows.gather.manifest import STORE_NAME, assemble, gather
from flows.gather.source import Gathered, gather_source, inspection_pool

__all__ = ["STORE_NAME", "Gathered", "Source", "assemble", "gather", "gather_source", "inspection_pool", "plan"]
