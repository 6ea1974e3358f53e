"""Lifting what blocks: read the last check, and add to the history of who has lifted which finding and why."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows.commands import proposed
from flows.errors import InputsError, UsageError
from flows.files import one_writer
from flows.model import PARTLY, UNASSESSABLE, Finding, Override, Overrides, Severity
from flows.overrides import OVERRIDES, append_override, read_overrides
from flows.publish import CHECK, FINDINGS, INTERNAL, SEVERITY_KEYS, latest_run, saving
from flows.wording import listing

LEAST_WORDS = 2
"""Words a reason has at least; one word ("perlu") explains nothing to whoever reads it later."""
MOST_CHARS = 500
_SEVERITIES = {key: severity for severity, key in SEVERITY_KEYS.items()}


@dataclass(frozen=True, slots=True)
class Standing:
    """What blocks a city and year, and what is lifted, as the last check found it and the history says now."""

    blocking: tuple[Finding, ...]
    lifted: tuple[tuple[Finding, Override], ...]
    lapsed: tuple[Override, ...]
    """What was lifted but lifts nothing any more."""
    arriving: int = 0
    """Files that were still being copied when they were checked."""
    unread: int = 0
    """Other files that no program could look through."""
    partly: int = 0
    """Files that were looked through in part."""


def standing(output_root: Path) -> Standing:
    """What blocks now.

    Raises:
        InputsError: nothing was checked yet, or what the last check left is damaged, or the history is.
    """
    return _sorted_out(_last_findings(output_root), read_overrides(output_root / OVERRIDES))


def lift(output_root: Path, finding_id: str, *, who: str, office: str, reason: str, day: date) -> Finding:
    """Note that somebody answers for one blocking finding; it no longer blocks from the next run on.

    Args:
        output_root: ``<outputs>/<kota>/<tahun>``.
        finding_id: As the last check printed it.
        who: Name of the official.
        office: Position of the official.
        reason: Why, in at least two words.
        day: Date of the decision.

    Returns:
        The finding.

    Raises:
        UsageError: there is no such finding, it does not block, or who, office or reason are missing.
        InputsError: see :func:`standing`; also when another process writes there.
    """
    name, position, why = _lines({"nama": who, "jabatan": office, "alasan": reason})
    _check_reason(why)
    standing(output_root)  # a folder where nothing was checked is not made by locking it
    with one_writer(output_root):
        now = standing(output_root)
        if any(finding.id == finding_id for finding, _ in now.lifted):
            raise UsageError(f"Temuan {finding_id} sudah dikecualikan.", "Untuk menariknya kembali, tambahkan --cabut.")
        found = next((finding for finding in now.blocking if finding.id == finding_id), None)
        if found is None:
            raise _unknown(finding_id, now)
        _append(output_root, Override(found.id, found.code, found.path, day.isoformat(), name, position, why))
    return found


def take_back(output_root: Path, finding_id: str, *, who: str, office: str, reason: str, day: date) -> Override:
    """Note that what was lifted blocks again; who takes it back is named, office and reason may be left out.

    Raises:
        UsageError: nothing of that id is lifted, or nobody is named.
        InputsError: the history is damaged, or another process writes there.
    """
    (name,) = _lines({"nama": who})
    standing(output_root)
    with one_writer(output_root):
        entry = read_overrides(output_root / OVERRIDES).standing.get(finding_id)
        if entry is None:
            raise UsageError(
                f"Tidak ada pengecualian yang berlaku untuk temuan {finding_id}.",
                "Jalankan perintah ini tanpa nomor temuan untuk melihat yang dikecualikan.",
            )
        taken = Override(
            entry.finding_id,
            entry.code,
            entry.path,
            day.isoformat(),
            name,
            _one_line(office),
            _one_line(reason),
            is_withdrawn=True,
        )
        _append(output_root, taken)
    return entry


def _append(output_root: Path, override: Override) -> None:
    with saving(output_root):
        append_override(output_root / OVERRIDES, override)


def _sorted_out(findings: tuple[Finding, ...], overrides: Overrides) -> Standing:
    lifting = overrides.standing
    heavy = [finding for finding in findings if finding.severity is Severity.BLOCKING]
    lifted = tuple((finding, lifting[finding.id]) for finding in heavy if finding.id in lifting)
    known = {finding.id for finding in heavy}
    codes = Counter(finding.code for finding in findings)
    unseen = sum(int(each.values.get("total", "0")) for each in findings if each.code == UNASSESSABLE)
    arriving = min(codes["arriving-file"], unseen)
    return Standing(
        blocking=tuple(finding for finding in heavy if finding.id not in lifting),
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


def _unknown(finding_id: str, now: Standing) -> UsageError:
    ids = ", ".join(finding.id for finding in now.blocking)
    return UsageError(
        f'Pada pemeriksaan terakhir tidak ada temuan menghalangi bernomor "{finding_id}".',
        f"Yang menghalangi sekarang: {ids}." if ids else "Sekarang tidak ada temuan yang menghalangi.",
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
