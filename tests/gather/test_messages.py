"""Saved messages are read as a mail program shows them: what is packed for the way is no less there."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import bounds
from flows.gather.inspect import Inspection
from flows.gather.messages import is_message
from flows.model import Condition, Media, Reach
from tests.gather.kit import pdf
from tests.gather.scan_kit import MASKED, NIK, look

TOLD = f"Yth. Ibu, NIK anak rekaan itu {NIK}, terima kasih."
FIELDS = b"From: contoh@contoh.invalid\r\nSubject: Rekaan\r\nMIME-Version: 1.0\r\n"


def found_in(inspection: Inspection) -> list[tuple[str, str]]:
    return [(each.example, each.hidden) for each in inspection.exposures]


def packed(encoding: str, body: bytes, kind: str = "text/plain; charset=utf-8") -> bytes:
    return FIELDS + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


@pytest.mark.parametrize("name", ["surat.eml", "surat.mht", "surat.txt"])
@pytest.mark.parametrize(
    "content",
    [
        packed("base64", base64.encodebytes(TOLD.encode())),
        packed("quoted-printable", f"Perihal rekaan, NIK {NIK[:7]}=\r\n{NIK[7:]}".encode()),
        packed("8bit", TOLD.encode()),
        packed("base64", base64.encodebytes(f"<html><body><p>NIK <b>{NIK}</b></body></html>".encode()), "text/html"),
        packed("base64", base64.encodebytes(TOLD.encode("utf-16")), "text/plain; charset=utf-16"),
        packed("base64", base64.encodebytes(TOLD.encode()), "text/plain; charset=tidak-ada"),
        FIELDS.replace(b"Rekaan", f"=?utf-8?b?{base64.b64encode(TOLD.encode()).decode()}?=".encode()) + b"\r\nIsi.",
    ],
    ids=["base64", "broken-line", "plain", "html", "utf-16", "unknown-charset", "subject"],
)
def test_what_a_message_says_is_looked_at(tmp_path: Path, name: str, content: bytes) -> None:
    inspection = look(tmp_path, name, content)
    assert found_in(inspection) == [(MASKED, "")]
    assert inspection.reach is Reach.WHOLE


def test_what_is_attached_is_looked_into(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Rekaan"
    message.set_content("Terlampir.")
    message.add_attachment(pdf([f"NIK : {NIK}"]), maintype="application", subtype="pdf", filename="akta.pdf")
    assert found_in(look(tmp_path, "a.eml", message.as_bytes())) == [(MASKED, "attachment")]


def test_a_message_within_a_message_is_read(tmp_path: Path) -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner.set_content(TOLD, cte="base64")
    outer["Subject"] = "Fwd: Rekaan"
    outer.set_content("Diteruskan.")
    outer.add_attachment(inner)
    assert found_in(look(tmp_path, "a.eml", outer.as_bytes())) == [(MASKED, "")]


@pytest.mark.parametrize(
    "content",
    [
        FIELDS + f"X-Catatan: NIK {NIK}\r\n\r\nIsi.".encode(),
        FIELDS + f"Content-Type: multipart/mixed; boundary=a\r\n\r\nNIK {NIK}\r\n--a\r\n\r\nIsi.\r\n--a--\r\n".encode(),
        FIELDS + f"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nIsi.\r\n--a--\r\nNIK {NIK}\r\n".encode(),
        b"Date: bukan tanggal\r\nContent-Disposition: ;;;=\r\n" + packed("base64", base64.encodebytes(TOLD.encode())),
    ],
    ids=["field", "before-the-parts", "behind-the-parts", "odd-fields"],
)
def test_what_a_mail_program_does_not_show_is_looked_at_too(tmp_path: Path, content: bytes) -> None:
    assert found_in(look(tmp_path, "a.eml", content)) == [(MASKED, "")]


def test_what_cannot_be_opened_makes_it_one_looked_at_in_part(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("Terlampir.")
    message.add_attachment(b"\x00\x01rekaan", maintype="application", subtype="octet-stream", filename="x.bin")
    assert look(tmp_path, "a.eml", message.as_bytes()).reach is Reach.PART


def test_a_message_beyond_the_bound_is_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ATTACHMENT_BYTES", 100)
    assert look(tmp_path, "a.eml", packed("8bit", TOLD.encode() * 3)).reach is not Reach.WHOLE


@pytest.mark.parametrize(
    "head", [b"", b"Nama: Rekaan\nKota: Contoh\n", b"Content-Type", b"Laporan\nMIME-Version: 1.0\n", b"<html>From: x"]
)
def test_other_texts_are_no_messages(head: bytes) -> None:
    assert not is_message(head)


@given(st.binary(max_size=300), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "tidak-ada"]))
def test_whatever_a_message_holds_it_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, how: str
) -> None:
    found = look(tmp_path_factory.mktemp("surat"), "a.eml", packed(how, body, "multipart/mixed; boundary=a"))
    assert found.condition in set(Condition)
    assert found.media in set(Media)
