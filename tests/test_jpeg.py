"""JPEG files in PDFs are unwrapped within a bound, and whatever else lies there costs nothing."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.jpeg import is_wrapped, unwrapped

FLATE, ASCII, HEX, JPEG = "/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/DCTDecode"


@given(st.binary(min_size=1, max_size=300))
def test_what_was_wrapped_comes_out_again(source: bytes) -> None:
    letters = b"<~" + base64.a85encode(zlib.compress(source), wrapcol=60) + b"~>"

    assert unwrapped(letters, [ASCII, FLATE, JPEG], 1_000) == source
    assert unwrapped(source.hex().encode() + b">", [HEX, JPEG], 1_000) == source


def test_a_bomb_is_left() -> None:
    assert unwrapped(zlib.compress(bytes(1_000_000)), [FLATE, JPEG], 1_000) is None
    assert unwrapped(b"z" * 1_000, [ASCII, JPEG], 1_000) is None


@pytest.mark.parametrize("filters", [[FLATE, JPEG], [ASCII, JPEG], [HEX, JPEG], ["/LZWDecode", JPEG]])
@given(source=st.binary(max_size=100))
def test_damage_is_no_failure(filters: list[str], source: bytes) -> None:
    unwrapped(source, filters, 1_000)


def test_only_further_filters_wrap() -> None:
    assert [is_wrapped(each) for each in ([], [JPEG], [FLATE], [FLATE, JPEG], [JPEG, FLATE])] == [0, 0, 0, 1, 0]
