"""Words looked for all at once are found wherever one after the other would find them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.words import Words, holds_any

WORDS = ("nama", "korban", "anak didik", " kta", "\nkta", "é", "na")
PIECES = st.one_of(st.sampled_from((*WORDS, "nam", "korba", "kta", "\ud800", "\0", "ﬁ", "İ")), st.text(max_size=4))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_finds_what_looking_for_each_finds(text: str) -> None:
    """Also in texts with halves of characters, which spoilt files have and the library refuses."""
    assert Words(*WORDS).are_in(text) == holds_any(text, WORDS)


def test_says_no_of_an_empty_text_and_of_no_words() -> None:
    """A page without text, and a rule without words."""
    assert not Words(*WORDS).are_in("")
    assert not Words().are_in("nama")
