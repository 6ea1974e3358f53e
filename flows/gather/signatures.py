"""Electronic signatures (*TTE*) of a PDF: by whom, when, and whether the bytes are still the signed ones.

Runs in the child process that looks into the file. The file is only read. No authority is asked and no network used:
the certificate is taken for what it says, so this tells damage from wholeness, never a genuine signatory from a false
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from flows import bounds
from flows.gather.content import end_of_words
from flows.model import ElectronicSignature
from flows.privacy import mask_numbers

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_JUDGED = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"})
"""Formats whose signed bytes can be compared; the older ones sign something else than the digest of the file."""
_TIMESTAMP = "/DocTimeStamp"
_NAMES = ("common_name", "organization_name", "organizational_unit_name")
_DAY_CHARS = 10
_PADDED_BYTES = 512
"""So many zeros behind the end keep the library from finding where the last part of a PDF begins."""


def read_signatures(path: Path) -> tuple[ElectronicSignature, ...]:
    """The filled signature fields of a PDF, in signing order; timestamps of the document are none.

    A signature that is damaged beyond reading is there without a name, and nothing is said of its wholeness. Zeros
    behind the end, as some copying leaves them, were never signed and are not looked at.
    """
    try:
        with path.open("rb") as stream:
            end, size = end_of_words(stream), path.stat().st_size
            is_padded = size - end > _PADDED_BYTES and end <= bounds.SIGNATURE_COMPARED_BYTES
            stream.seek(0)
            return _read(BytesIO(stream.read(end)) if is_padded else stream, path)
    except Exception:  # noqa: BLE001  # a PDF that others mend and pyhanko does not; its signatures stay unknown
        return ()


def _read(stream: BinaryIO, path: Path) -> tuple[ElectronicSignature, ...]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(stream, strict=False)
    if reader.encrypted:
        reader.decrypt(b"")
    found = [_signature(reader, field, path) for field in islice(_fields(reader), bounds.SIGNATURES)]
    ranked = sorted((one for one in found if one is not None), key=lambda pair: pair[0])
    return tuple(signature for _, signature in ranked)


def _fields(reader: Any) -> Iterator[Any]:  # noqa: ANN401  # pyhanko is imported where it is used
    from pyhanko.sign.fields import enumerate_sig_fields

    return iter(enumerate_sig_fields(reader, filled_status=True))


def _signature(
    reader: Any,  # noqa: ANN401  # same
    field: Any,  # noqa: ANN401  # same
    path: Path,
) -> tuple[int, ElectronicSignature] | None:
    """One field with the revision that signed it; None for a timestamp."""
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    name, value, reference = field
    claimed = ""
    try:
        filled = value.get_object()
        if str(filled.get("/Type", "")) == _TIMESTAMP:
            return None
        claimed = _clean(filled.get("/Name", ""))
        embedded = EmbeddedPdfSignature(reader, reference.get_object(), name)
        certificate = embedded.signer_cert
        signature = ElectronicSignature(
            signer=_name(certificate.subject),
            issuer=_name(certificate.issuer),
            date=_day(embedded),
            is_intact=_is_intact(embedded),
            covers_file=_covers_file(embedded, path),
        )
    except Exception:  # noqa: BLE001  # foreign bytes: it is there, and no more can be said
        return 0, ElectronicSignature(signer=claimed)
    return int(embedded.signed_revision), signature


def _name(name: Any) -> str:  # noqa: ANN401  # of a library behind pyhanko
    parts = name.native
    return next((_clean(parts[key]) for key in _NAMES if parts.get(key)), "")


def _clean(value: object) -> str:
    """A name on one line, without the number of a person that some authorities put beside it."""
    text = value if isinstance(value, str) else ", ".join(map(str, value)) if isinstance(value, list) else ""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return mask_numbers(" ".join(shown.split()))[: bounds.SIGNER_CHARS]


def _day(embedded: EmbeddedPdfSignature) -> str:
    try:
        stamp = embedded.self_reported_timestamp
    except Exception:  # noqa: BLE001  # a date in no format of dates
        return ""
    return stamp.isoformat()[:_DAY_CHARS] if stamp else ""


def _is_intact(embedded: EmbeddedPdfSignature) -> bool | None:
    """Whether the bytes it speaks of are unchanged; None where its format or algorithms are not known.

    Also where something between those bytes was left out of them, beside its own container: what is shown there nobody
    has signed, so that nothing can be said of the document.
    """
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if str(embedded.sig_object.get("/SubFilter", "")) not in _JUDGED:
        return None
    try:
        has_digest, is_valid = validate_sig_integrity(
            embedded.signer_info, embedded.signer_cert, "data", embedded.compute_digest()
        )
    except Exception:  # noqa: BLE001  # an algorithm nobody here knows, a container that is not well formed
        return None
    if not (has_digest and is_valid):
        return False
    return None if embedded.evaluate_signature_coverage() is SignatureCoverageLevel.UNCLEAR else True


def _covers_file(embedded: Any, path: Path) -> bool:  # noqa: ANN401  # its library sets attributes it does not declare
    """Whether nothing follows it but what keeps it checkable for years: certificates, revocations, timestamps."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    embedded.coverage = embedded.evaluate_signature_coverage()
    if embedded.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    is_whole_revision = embedded.coverage is SignatureCoverageLevel.ENTIRE_REVISION
    if not is_whole_revision or path.stat().st_size > bounds.SIGNATURE_COMPARED_BYTES:
        return False
    added = embedded.evaluate_modifications(DEFAULT_DIFF_POLICY)
    return isinstance(added, DiffResult) and added.modification_level <= ModificationLevel.LTA_UPDATES
