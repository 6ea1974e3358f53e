"""Really signed PDFs: an invented authority with small keys, and everything that happens to a PDF after its signing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

from tests.gather.kit import pdf

SIGNER = "NAMA CONTOH SATU"
AUTHORITY = "Otoritas Sertifikat Rekaan"
OTHER = "NAMA CONTOH DUA"
PAGE = ("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 5 TAHUN 2022", "TENTANG", "GUGUS TUGAS", "Menimbang : a. bahwa anak")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who can sign, and the authority's stamp of time."""

    signer: object
    stamper: object


def signatory(name: str = SIGNER, issuer: str = AUTHORITY) -> Signatory:
    """An invented person with a certificate of an invented authority, called ``issuer``."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from pyhanko.sign import signers
    from pyhanko.sign.timestamps import DummyTimeStamper
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    authority, key = (rsa.generate_private_key(65537, 1024) for _ in range(2))  # noqa: S505  # small: they protect nothing
    certificate = x509.Certificate.load(_certificate(name, issuer, key.public_key(), authority, is_stamper=False))
    stamp = x509.Certificate.load(
        _certificate("Penanda Waktu Rekaan", issuer, key.public_key(), authority, is_stamper=True)
    )
    private = keys.PrivateKeyInfo.load(
        key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    registry = SimpleCertificateStore.from_certs([certificate])
    signer = signers.SimpleSigner(signing_cert=certificate, signing_key=private, cert_registry=registry)
    stamper = DummyTimeStamper(tsa_cert=stamp, tsa_key=private, certs_to_embed=SimpleCertificateStore())
    return Signatory(signer, stamper)


def _certificate(name: str, issuer: str, public: object, authority: object, *, is_stamper: bool) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = datetime(2020, 1, 1, tzinfo=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(public)  # type: ignore[arg-type]
        .serial_number(7)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=20_000))
    )
    if is_stamper:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.DER)  # type: ignore[arg-type]


def signed(content: bytes, who: Signatory, field: str = "Tanda1", *, certify: bool = False) -> bytes:
    """``content`` with one more signature; ``certify``: one that says what may be changed afterwards."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, sign_pdf

    target = BytesIO()
    metadata = PdfSignatureMetadata(field_name=field, certify=certify, md_algorithm="sha256")
    sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), metadata, signer=who.signer, output=target)  # type: ignore[arg-type]
    return target.getvalue()


def stamped(content: bytes, who: Signatory) -> bytes:
    """``content`` with a timestamp of the whole document."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfTimeStamper

    target = BytesIO()
    PdfTimeStamper(who.stamper).timestamp_pdf(  # type: ignore[arg-type]
        IncrementalPdfFileWriter(BytesIO(content)), "sha256", None, output=target
    )
    return target.getvalue()


def with_empty_field(content: bytes) -> bytes:
    """``content`` with a place to sign that nobody has filled."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(BytesIO(content))
    append_signature_field(writer, SigFieldSpec("Kosong"))
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def changed_afterwards(content: bytes) -> bytes:
    """``content`` with a further page put behind it, as editors do: the signed bytes stay, something is added."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    writer = IncrementalPdfFileWriter(BytesIO(content))
    stream = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 300, 300)))
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def partly_signed(content: bytes, who: Signatory) -> bytes:
    """``content`` with a really valid signature of a few bytes at its start and of all behind the signature itself."""
    import asyncio
    import hashlib
    import re

    whole = signed(content, who)
    found = re.search(rb"/ByteRange\s*\[\s*0\s+\d+\s+(\d+)\s+(\d+)\s*\]", whole)
    assert found
    start, length = int(found[1]), int(found[2])
    narrowed = whole.replace(found[0], (b"/ByteRange [0 100 %d %d]" % (start, length)).ljust(len(found[0])))
    digest = hashlib.sha256(narrowed[:100] + narrowed[start : start + length]).digest()
    container: bytes = asyncio.run(who.signer.async_sign(digest, "sha256")).dump().hex().encode()  # type: ignore[attr-defined]
    begin = narrowed.index(b"/Contents <") + len(b"/Contents <")
    end = narrowed.index(b">", begin)
    return narrowed[:begin] + container.ljust(end - begin, b"0") + narrowed[end:]


def tampered(content: bytes) -> bytes:
    """``content`` with another digit in a signed line, of the same length."""
    assert b"NOMOR 5 TAHUN 2022" in content
    return content.replace(b"NOMOR 5 TAHUN 2022", b"NOMOR 6 TAHUN 2022")


def plain() -> bytes:
    """The decision nobody has signed yet; its page is not packed, so that it can be tampered with."""
    import pikepdf

    target = BytesIO()
    with pikepdf.open(BytesIO(pdf(PAGE))) as document:
        document.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return target.getvalue()
