"""In words on stdout: whether a run may leave the house, what keeps it there, and what somebody has lifted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flows.commands import proposed
from flows.console import print_result
from flows.findings import load_catalogue
from flows.model import ARRIVING, PRIVACY_BLOCKING, Assessment, City, Finding, Override
from flows.wording import listing, long_iso_date, number

if TYPE_CHECKING:
    from flows.lift import Standing


def privacy_sentences(assessment: Assessment, city: City) -> tuple[str, ...]:
    """A few sentences: whether pages still say DRAF – INTERNAL, what is held back, and what is to be done."""
    blocking = sum(finding.code in PRIVACY_BLOCKING and finding.blocks for finding in assessment.findings)
    command = proposed(f"kla kecualikan {city.id} {city.evaluation_year}")
    held = len({finding.path for finding in assessment.findings if finding.holds and not finding.blocks})
    waiting = (
        f"{number(held)} berkas ditahan dari dosir yang dikirim sampai seseorang memutuskannya; daftarnya: {command}"
    )
    if blocking:
        return (
            f"Data pribadi: {number(blocking)} temuan menghalangi, sehingga setiap halaman bertanda DRAF – INTERNAL.",
            f"Ganti berkasnya, atau catat pengecualian bernama; daftarnya: {command}",
            *([waiting] if held else ()),
        )
    if not assessment.privacy_checked:
        unseen = number(assessment.privacy.unseen)
        return (
            f"Data pribadi: {unseen} berkas belum diperiksa, sehingga setiap halaman bertanda DRAF – INTERNAL.",
            "Ulangi perintah ini dengan --segar.",
        )
    passed = "Data pribadi: tidak ada yang menghalangi; tanda DRAF – INTERNAL tidak dicetak."
    kinds = {kind: count for kind, count in assessment.privacy.unassessable.items() if kind != ARRIVING}
    words = load_catalogue().unassessable
    return (
        passed,
        *([waiting] if held else ()),
        *unseen_sentences(
            arriving=assessment.privacy.unassessable.get(ARRIVING, 0),
            unread=sum(kinds.values()),
            partly=assessment.privacy.partly,
            kinds=listing([f"{number(count)} {words[kind]}" for kind, count in kinds.items()]),
        ),
    )


def unseen_sentences(*, arriving: int, unread: int, partly: int, kinds: str = "") -> tuple[str, ...]:
    """What nobody may conclude from nothing blocking: a sentence for each way in which files were not looked through.

    Args:
        arriving: Files that were still being copied.
        unread: Files that no program can read.
        partly: Files that were looked through in part.
        kinds: What those are that no program can read.
    """
    named = f" ({kinds})" if kinds else ""
    told = (
        (arriving, "berkas masih disalin sehingga belum dilihat; jalankan lagi sesudah penyalinannya selesai."),
        (unread, f"berkas tidak dapat dibaca isinya oleh program{named}; periksa sendiri sebelum dosir dikirim."),
        (partly, "berkas baru dilihat sebagian isinya; periksa sendiri selebihnya."),
    )
    return tuple(f"{number(count)} {sentence}" for count, sentence in told if count)


def tell_privacy(assessment: Assessment, city: City) -> None:
    """Say :func:`privacy_sentences`."""
    for sentence in privacy_sentences(assessment, city):
        print_result(sentence)


def tell_standing(now: Standing, city_id: str, year: int) -> None:
    """Say what blocks and what is held back, with the number each finding is lifted by, and what was lifted."""
    catalogue = load_catalogue()
    if not now.blocking:
        print_result("Tidak ada temuan yang menghalangi.")
        for sentence in unseen_sentences(arriving=now.arriving, unread=now.unread, partly=now.partly):
            print_result(sentence)
    _tell_open("Yang menghalangi", now.blocking)
    _tell_open("Yang ditahan sampai diputuskan", now.holding)
    if now.lifted:
        print_result(f"Yang dikecualikan ({number(len(now.lifted))}):")
    for finding, entry in now.lifted:
        print_result(f"  {finding.id}  {catalogue.describe(finding).sentence}")
        print_result(f"    {catalogue.who_lifted(entry)}")
    _tell_lapsed(now.lapsed)
    if first := next(iter(now.waiting), None):
        print_result("Untuk mengecualikan temuan, satu atau beberapa sekaligus:")
        command = f'kla kecualikan {city_id} {year} {first.id} --nama "…" --jabatan "…" --alasan "…"'
        print_result(f"  {proposed(command)}")


def standing_record(now: Standing) -> dict[str, object]:
    """The same as values, for ``--json``."""
    return {
        "menghalangi": [_finding_record(finding) for finding in now.blocking],
        "ditahan": [_finding_record(finding) for finding in now.holding],
        "dikecualikan": [{**_finding_record(finding), **_override_record(entry)} for finding, entry in now.lifted],
        "tidak_berlaku": [_override_record(entry) for entry in now.lapsed],
    }


def _tell_open(heading: str, findings: Sequence[Finding]) -> None:
    if findings:
        print_result(f"{heading} ({number(len(findings))}):")
    for finding in findings:
        said = load_catalogue().describe(finding)
        print_result(f"  {finding.id}  {said.title}. {said.sentence}")
        print_result(f"    {said.repair}")


def _tell_lapsed(lapsed: Sequence[Override]) -> None:
    if lapsed:
        print_result(f"Pengecualian yang tidak berlaku lagi ({number(len(lapsed))}), karena berkasnya berubah atau")
        print_result("temuannya sudah tidak ada:")
    for entry in lapsed:
        print_result(f"  {entry.finding_id}  {entry.path} ({entry.who}, {long_iso_date(entry.date)})")


def _finding_record(finding: Finding) -> dict[str, object]:
    said = load_catalogue().describe(finding)
    return {
        "temuan": finding.id,
        "kode": finding.code,
        "berkas": finding.path,
        "judul": said.title,
        "uraian": said.sentence,
        "perbaikan": said.repair,
    }


def _override_record(entry: Override) -> dict[str, object]:
    return {
        "temuan": entry.finding_id,
        "kode": entry.code,
        "berkas": entry.path,
        "tanggal": entry.date,
        "nama": entry.who,
        "jabatan": entry.office,
        "alasan": entry.reason,
    }
