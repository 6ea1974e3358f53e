"""Lifting what blocks or holds back: read the last check, and add to the history of who has lifted what and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from flows.commands import proposed
from flows.errors import InputsError, UsageError
from flows.files import one_writer
from flows.model import PARTLY, UNASSESSABLE, Finding, Override, Overrides
from flows.overrides import OVERRIDES, append_overrides, read_overrides
from flows.publish import CHECK, FINDINGS, INTERNAL, SEVERITY_KEYS, latest_run, saving
from flows.wording import listing, number

LEAST_WORDS = 2
"""Words a reason has at least; one word ("perlu") explains nothing to whoever reads it later."""
MOST_CHARS = 500
MOST_NAMED = 5
"""Numbers that a message about a wrong one lists; more are read in the list itself, each with its sentence."""
_SEVERITIES = {key: severity for severity, key in SEVERITY_KEYS.items()}


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be lifted in a city and year, and what is, as the last check found it and the history says now."""

    blocking: tuple[Finding, ...]
    holding: tuple[Finding, ...]
    """What holds a file back and does not block."""
    lifted: tuple[tuple[Finding, Override], ...]
    lapsed: tuple[Override, ...]
    """What was lifted but lifts nothing any more."""
    arriving: int = 0
    """Files that were still being copied when they were checked."""
    unread: int = 0
    """Other files that no program could look through."""
    partly: int = 0
    """Files that were looked through in part."""

    @property
    def waiting(self) -> tuple[Finding, ...]:
        """Everything that somebody may lift now, what blocks first."""
        return (*self.blocking, *self.holding)


def standing(output_root: Path) -> Standing:
    """What blocks now.

    Raises:
        InputsError: nothing was checked yet, or what the last check left is damaged, or the history is.
    """
    return _sorted_out(_last_findings(output_root), read_overrides(output_root / OVERRIDES))


def lift(
    output_root: Path, finding_ids: Sequence[str], *, who: str, office: str, reason: str, day: date
) -> tuple[Finding, ...]:
    """Note that somebody answers for findings; they no longer block, or hold files back, from the next run on.

    Args:
        output_root: ``<outputs>/<kota>/<tahun>``.
        finding_ids: As the last check printed them; all are lifted, or none where one cannot be.
        who: Name of the official.
        office: Position of the official.
        reason: Why, in at least two words.
        day: Date of the decision.

    Returns:
        The findings.

    Raises:
        UsageError: there is no such finding, it cannot be lifted, or who, office or reason are missing.
        InputsError: see :func:`standing`; also when another process writes there.
    """
    name, position, why = _lines({"nama": who, "jabatan": office, "alasan": reason})
    _check_reason(why)
    standing(output_root)  # a folder where nothing was checked is not made by locking it
    with one_writer(output_root):
        now = standing(output_root)
        found = tuple(_open(finding_id, now, output_root) for finding_id in dict.fromkeys(finding_ids))
        _append(
            output_root,
            [Override(each.id, each.code, each.path, day.isoformat(), name, position, why) for each in found],
        )
    return found


def _open(finding_id: str, now: Standing, output_root: Path) -> Finding:
    """The finding of that number that somebody may lift."""
    if any(finding.id == finding_id for finding, _ in now.lifted):
        raise UsageError(f"Temuan {finding_id} sudah dikecualikan.", "Untuk menariknya kembali, tambahkan --cabut.")
    found = next((finding for finding in now.waiting if finding.id == finding_id), None)
    if found is None:
        raise _unknown(finding_id, now, output_root)
    return found


def take_back(
    output_root: Path, finding_ids: Sequence[str], *, who: str, office: str, reason: str, day: date
) -> tuple[Override, ...]:
    """Note that what was lifted counts again; who takes it back is named, office and reason may be left out.

    Returns:
        What had lifted them.

    Raises:
        UsageError: nothing of that id is lifted, or nobody is named.
        InputsError: the history is damaged, or another process writes there.
    """
    (name,) = _lines({"nama": who})
    standing(output_root)
    with one_writer(output_root):
        lifting = read_overrides(output_root / OVERRIDES).standing
        entries = tuple(_lifted(finding_id, lifting) for finding_id in dict.fromkeys(finding_ids))
        said = {"date": day.isoformat(), "who": name, "office": _one_line(office), "reason": _one_line(reason)}
        _append(output_root, [replace(entry, **said, is_withdrawn=True) for entry in entries])
    return entries


def _lifted(finding_id: str, lifting: Mapping[str, Override]) -> Override:
    entry = lifting.get(finding_id)
    if entry is None:
        raise UsageError(
            f"Tidak ada pengecualian yang berlaku untuk temuan {finding_id}.",
            "Jalankan perintah ini tanpa nomor temuan untuk melihat yang dikecualikan.",
        )
    return entry


def _append(output_root: Path, overrides: Sequence[Override]) -> None:
    with saving(output_root):
        append_overrides(output_root / OVERRIDES, overrides)


def _sorted_out(findings: tuple[Finding, ...], overrides: Overrides) -> Standing:
    lifting = overrides.standing
    waiting = [finding for finding in findings if finding.awaits_decision]
    lifted = tuple((finding, lifting[finding.id]) for finding in waiting if finding.id in lifting)
    known = {finding.id for finding in waiting}
    left = [finding for finding in waiting if finding.id not in lifting]
    codes = Counter(finding.code for finding in findings)
    unseen = sum(int(each.values.get("total", "0")) for each in findings if each.code == UNASSESSABLE)
    arriving = min(codes["arriving-file"], unseen)
    return Standing(
        blocking=tuple(finding for finding in left if finding.blocks),
        holding=tuple(finding for finding in left if not finding.blocks),
        lifted=lifted,
        lapsed=tuple(entry for finding_id, entry in lifting.items() if finding_id not in known),
        arriving=arriving,
        unread=unseen - arriving,
        partly=codes[PARTLY],
    )


def _last_findings(output_root: Path) -> tuple[Finding, ...]:
    """Findings of the newest check or run."""
    run = latest_run(output_root)
    places = [output_root / CHECK / FINDINGS, *([run / INTERNAL / FINDINGS] if run else [])]
    kept = [place for place in places if place.is_file()]
    repair = f"Jalankan dahulu: {proposed(f'kla periksa {output_root.parent.name} {output_root.name}')}"
    if not kept:
        raise InputsError(f"Belum ada hasil pemeriksaan di {output_root}.", repair)
    newest = max(kept, key=lambda place: place.stat().st_mtime_ns)
    try:
        return tuple(_finding(record) for record in json.loads(newest.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputsError(f"Hasil pemeriksaan {newest} tidak dapat dibaca.", repair) from error


def _finding(record: dict[str, Any]) -> Finding:
    return Finding(
        code=str(record["code"]),
        severity=_SEVERITIES[record["severity"]],
        agency_id=str(record["agency"]),
        question_id=str(record["question"]),
        path=str(record["path"]),
        values={str(name): str(value) for name, value in record["values"].items()},
        sheet=str(record["sheet"]),
        cell=str(record["cell"]),
        id=str(record["id"]),
    )


def _unknown(finding_id: str, now: Standing, output_root: Path) -> UsageError:
    ids = [finding.id for finding in now.waiting]
    place = f"{output_root.parent.name} {output_root.name}"
    look = proposed(f"kla kecualikan {place}" if ids else f"kla periksa {place}")
    if not ids:
        repair = f"Tidak ada yang perlu dikecualikan; bila berkasnya baru berganti, periksa lagi: {look}"
    elif len(ids) <= MOST_NAMED:
        repair = f"Yang ada sekarang: {listing(ids)}. Keterangannya: {look}"
    else:
        repair = f"Ada {number(len(ids))} temuan yang dapat dikecualikan. Lihat nomornya: {look}"
    return UsageError(
        f'Pada pemeriksaan terakhir tidak ada temuan bernomor "{finding_id}" yang menghalangi atau menahan berkas.',
        repair,
    )


def _check_reason(reason: str) -> None:
    if len(reason.split()) < LEAST_WORDS:
        raise UsageError(
            f'Alasan "{reason}" terlalu singkat.',
            "Tulis alasan yang dapat dipahami orang lain di kemudian hari, misalnya siapa yang menyetujui dan mengapa.",
        )


def _lines(given: dict[str, str]) -> list[str]:
    """What each option says, on one line; all that are missing are named together."""
    lines = {option: _one_line(text) for option, text in given.items()}
    missing = [option for option, line in lines.items() if not line]
    if missing:
        options = " ".join(f'--{option} "…"' for option in missing)
        raise UsageError(f"Pengecualian memerlukan {listing(missing)}.", f"Tambahkan {options}.")
    return list(lines.values())


def _one_line(text: str) -> str:
    return " ".join(text.split())[:MOST_CHARS]
