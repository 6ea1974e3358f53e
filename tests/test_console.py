"""Results on a terminal: what a person reads is broken between words, what is copied or piped stays whole."""

from __future__ import annotations

import pytest

from flows import console


def test_items_of_a_list_are_broken_between_words_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands and paths stay whole, to be copied; what is piped to a file or a program stays a line."""
    sentence = "berkas rekaan ini ditulis dengan kalimat yang panjang."
    item = f"  - WAJIB DILENGKAPI: {sentence}\n    Perbaiki kalimatnya di sini."
    command = "  kla kecualikan kab-rekaan 2026 T-3f9a2c1b --nama rekaan"
    monkeypatch.setenv("COLUMNS", "40")

    console.print_result(item)
    assert capsys.readouterr().out == f"{item}\n"

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    console.print_result(item)
    console.print_result(command)
    assert capsys.readouterr().out.splitlines() == [
        "  - WAJIB DILENGKAPI: berkas rekaan ini",
        "    ditulis dengan kalimat yang panjang.",
        "    Perbaiki kalimatnya di sini.",
        command,
    ]


def test_commands_in_a_list_stay_whole(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """They are copied into a shell, where a broken line would be two commands."""
    commands = [f"chmod 2770 '/folder rekaan/kota rekaan/Dinas Rekaan {number}'" for number in range(3)]
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    console.print_list("Tutup dengan perintah", commands, 2, mark="")

    assert capsys.readouterr().out.splitlines() == [
        "Tutup dengan perintah:",
        *(f"  {command}" for command in commands[:2]),
        "  … dan 1 lainnya.",
    ]
