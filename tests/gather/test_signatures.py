"""Electronic signatures: who signed, whether the bytes are still the signed ones, and what was added afterwards."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from flows.framework import load_framework
from flows.gather.inspect import Inspection, inspect_file
from flows.gather.recognise import Rules, rules_of
from flows.model import Condition, ElectronicSignature, Media
from tests.gather import signing_kit as kit
from tests.gather.kit import pdf

Look = Callable[[bytes], Inspection]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return rules_of(load_framework(2024))


@pytest.fixture(scope="module")
def who() -> kit.Signatory:
    return kit.signatory()


@pytest.fixture(scope="module")
def decision(who: kit.Signatory) -> bytes:
    return kit.signed(kit.plain(), who)


@pytest.fixture
def look(tmp_path: Path, rules: Rules) -> Look:
    def look_at(content: bytes) -> Inspection:
        path = tmp_path / "sk.pdf"
        path.write_bytes(content)
        found = inspect_file(path, Media.PDF, rules)
        assert path.read_bytes() == content, "evidence is never altered"
        return found

    return look_at


def only(found: Inspection) -> ElectronicSignature:
    assert found.has_signature
    [signature] = found.signatures
    return signature


def test_a_signed_pdf_says_by_whom_and_that_it_is_whole(look: Look, decision: bytes) -> None:
    signature = only(look(decision))
    assert (signature.signer, signature.issuer) == (kit.SIGNER, kit.AUTHORITY)
    assert len(signature.date) == len("2024-05-06")
    assert signature.is_intact is True
    assert signature.covers_file


def test_changed_bytes_break_it(look: Look, decision: bytes) -> None:
    signature = only(look(kit.tampered(decision)))
    assert signature.signer == kit.SIGNER
    assert signature.is_intact is False


def test_a_page_added_afterwards_leaves_it_intact_but_not_whole(look: Look, decision: bytes) -> None:
    signature = only(look(kit.changed_afterwards(decision)))
    assert signature.is_intact is True
    assert not signature.covers_file


def test_a_signature_that_leaves_out_most_of_the_document_says_nothing_of_it(look: Look, who: kit.Signatory) -> None:
    """What was not signed is shown as if it were."""
    signature = only(look(kit.partly_signed(kit.plain(), who)))
    assert (signature.signer, signature.is_intact, signature.covers_file) == (kit.SIGNER, None, False)


def test_a_second_signature_covers_the_first(look: Look, decision: bytes) -> None:
    found = look(kit.signed(decision, kit.signatory(kit.OTHER), "Tanda2"))
    assert [one.signer for one in found.signatures] == [kit.SIGNER, kit.OTHER]
    assert [one.is_intact for one in found.signatures] == [True, True]
    assert [one.covers_file for one in found.signatures] == [False, True]


def test_a_timestamp_for_the_archive_takes_nothing_away(look: Look, decision: bytes, who: kit.Signatory) -> None:
    """What BSrE and others add to keep a signature checkable is no change of the document."""
    signature = only(look(kit.stamped(decision, who)))
    assert signature.is_intact is True
    assert signature.covers_file


def test_a_certifying_signature_is_one(look: Look, who: kit.Signatory) -> None:
    signature = only(look(kit.signed(kit.plain(), who, certify=True)))
    assert (signature.signer, signature.is_intact, signature.covers_file) == (kit.SIGNER, True, True)


def test_a_timestamp_alone_is_nobodys_signature(look: Look, who: kit.Signatory) -> None:
    found = look(kit.stamped(kit.plain(), who))
    assert (found.condition, found.has_signature, found.signatures) == (Condition.GOOD, False, ())


def test_an_empty_field_is_no_signature(look: Look) -> None:
    found = look(kit.with_empty_field(kit.plain()))
    assert (found.has_signature, found.signatures) == (False, ())


def test_an_empty_field_beside_a_signature_changes_nothing(look: Look, who: kit.Signatory) -> None:
    assert only(look(kit.signed(kit.with_empty_field(kit.plain()), who))).is_intact is True


def test_the_number_of_a_person_in_a_certificate_is_masked(look: Look) -> None:
    signature = only(look(kit.signed(kit.plain(), kit.signatory("NAMA CONTOH 9971014501800001"))))
    assert signature.signer.startswith("NAMA CONTOH 9971")
    assert "450180" not in signature.signer


@pytest.mark.parametrize("place", [0.0, 0.2, 0.8])
def test_a_damaged_signature_costs_nothing_but_itself(look: Look, decision: bytes, place: float) -> None:
    """Junk within the container of the signature: the file stays readable, and nothing is claimed of its wholeness."""
    start = decision.index(b"/Contents <") + len(b"/Contents <")
    at = start + int(1500 * place)
    found = look(decision[:at] + b"00ff" * 8 + decision[at + 32 :])
    assert found.condition is Condition.GOOD
    assert found.has_signature
    assert all(one.is_intact is not True for one in found.signatures)


@pytest.mark.parametrize("contents", [None, b"", bytes(100)])
def test_a_field_that_was_only_prepared_for_a_signature_is_not_signed(look: Look, contents: bytes | None) -> None:
    with pikepdf.open(BytesIO(kit.with_empty_field(kit.plain()))) as document:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=pikepdf.Array([0, 0, 0, 0]))
        if contents is not None:
            value.Contents = pikepdf.String(contents)
        document.Root.AcroForm.Fields[0].V = document.make_indirect(value)
        target = BytesIO()
        document.save(target)
    found = look(target.getvalue())
    assert not found.has_signature
    assert found.signatures == ()


@pytest.mark.parametrize("count", [300, 900, 200_000])
def test_zeros_behind_the_end_are_neither_a_cut_file_nor_a_change(look: Look, decision: bytes, count: int) -> None:
    """Programs that copy over a network lay out the whole room first, and some leave more of it than they need."""
    found = look(decision + bytes(count))
    assert found.condition is Condition.GOOD
    signature = only(found)
    assert (signature.signer, signature.is_intact, signature.covers_file) == (kit.SIGNER, True, True)


def test_a_pdf_of_which_zeros_took_the_place_of_the_end_is_cut(look: Look, decision: bytes) -> None:
    assert look(decision[:6_000] + bytes(len(decision) - 6_000)).condition is Condition.DAMAGED


def test_a_field_filled_with_nonsense_is_a_signature_nobody_can_read(look: Look) -> None:
    found = look(pdf(kit.PAGE, signed=True))
    assert found.has_signature
    assert all(one == ElectronicSignature() for one in found.signatures)
