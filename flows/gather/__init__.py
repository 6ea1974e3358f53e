"""The stage that takes in: evidence, forms and tables of an inputs folder, as a :class:`flows.model.Manifest`.

:func:`gather` does it all; :func:`plan`, :func:`gather_source` and :func:`assemble` are its three steps for callers
that run one source at a time, and :func:`workshop` the tools such callers share between sources.
Then :func:`keep_evidence` puts what is cited into the :class:`Vault` and writes down the history of its path;
:func:`gather_found` and :func:`real_paths_of` also say where the bytes of each file lie.
"""

from flows.gather.antivirus import Antivirus
from flows.gather.audit import Health, audit
from flows.gather.intake import Source, plan
from flows.gather.keep import Keeping, keep_evidence
from flows.gather.manifest import Found, assemble, gather, gather_found, real_paths_of
from flows.gather.ocr import installed_reader, reader_version
from flows.gather.source import Gathered, gather_source
from flows.gather.take_out import Taken, take_out
from flows.gather.vault import FOLDER as VAULT_FOLDER
from flows.gather.vault import Vault, VaultError
from flows.gather.workshop import STORE_NAME, Workshop, reading_pool, workshop

__all__ = [
    "STORE_NAME",
    "VAULT_FOLDER",
    "Antivirus",
    "Found",
    "Gathered",
    "Health",
    "Keeping",
    "Source",
    "Taken",
    "Vault",
    "VaultError",
    "Workshop",
    "assemble",
    "audit",
    "gather",
    "gather_found",
    "gather_source",
    "installed_reader",
    "keep_evidence",
    "plan",
    "reader_version",
    "reading_pool",
    "real_paths_of",
    "take_out",
    "workshop",
]
