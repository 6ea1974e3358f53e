"""What has changed since a run: files that came, changed and went, questions that were completed or fell back.

This is what a city asks in the two days after the field verification. It is read from what that run left below
``internal/``, so that every run can be compared, also one that was brought back from a backup.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from flows.commands import proposed
from flows.errors import UsageError
from flows.files import csv_rows
from flows.framework import check_city_id
from flows.model import Assessment, Condition, Finding, Manifest, Media, Severity, Since
from flows.privacy import mask_numbers
from flows.publish import FINDINGS, INTERNAL, SEVERITY_KEYS, latest_run, run_ids
from flows.settings import Settings

_MANIFEST = "manifest.csv"
_NO_EVIDENCE = frozenset(media.value for media in (Media.GUIDE, Media.SYSTEM, Media.OWN))
_Key = tuple[str, str, str, str, str, str]


def run_to_compare(settings: Settings, city_id: str, year: int, wanted: str | None) -> Path | None:
    """The run that ``wanted`` names, else the newest; None where there is none yet.

    Raises:
        UsageError: there is no such run, or the city's id cannot be used.
    """
    check_city_id(city_id, settings.inputs)
    output_root = settings.output_root(city_id, year)
    if not wanted:
        return latest_run(output_root)
    known = run_ids(output_root)
    if wanted not in known:
        shown = f"Terbitan yang ada: {', '.join(known[-5:])}."
        first = (
            f"Belum ada terbitan; jalankan tanpa --sejak, atau susun dahulu: {proposed(f'kla susun {city_id} {year}')}"
        )
        raise UsageError(f'Tidak ada terbitan bernama "{wanted}" di {output_root}.', shown if known else first)
    return output_root / wanted


def since(run: Path | None, manifest: Manifest, assessment: Assessment) -> Since | None:
    """What differs between ``run`` and what was found now; None where there is none, or its records cannot be read."""
    if run is None:
        return None
    try:
        files = _files_of(run / INTERNAL / _MANIFEST)
        findings = json.loads((run / INTERNAL / FINDINGS).read_text(encoding="utf-8"))
        before = Counter({key: count for key, count in Counter(map(_recorded, findings)).items() if key is not None})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error):
        return None
    now = [each for each in assessment.findings if each.severity > Severity.ADVICE and each.lifted is None]
    after = Counter(map(_key, now))
    then_open, now_open = ({key[2] for key in keys if key[2]} for keys in (before, after))
    order = list(assessment.questions)
    current = {
        mask_numbers(file.path): file.sha256
        for file in manifest.files
        if file.media.value not in _NO_EVIDENCE and file.condition is not Condition.IGNORED
    }
    known_contents, contents = set(files.values()), set(current.values())
    return Since(
        run.name,
        added=tuple(path for path, sha in current.items() if path not in files and sha not in known_contents),
        replaced=tuple(path for path, sha in current.items() if path in files and files[path] != sha),
        gone=tuple(path for path, sha in files.items() if path not in current and sha not in contents),
        settled=sum((before - after).values()),
        new=tuple(_without(now, before)),
        completed=tuple(each for each in order if each in then_open - now_open),
        fallen=tuple(each for each in order if each in now_open - then_open),
    )


def _files_of(path: Path) -> dict[str, str]:
    """Path → hash of everything that was evidence or a form in a run."""
    header, *rows = csv_rows(path.read_bytes().decode("utf-8"))
    records = (dict(zip(header, row, strict=True)) for row in rows)
    return {
        record["path"]: record["sha256"]
        for record in records
        if record["kind"] not in _NO_EVIDENCE and record["status"] != Condition.IGNORED.value
    }


def _recorded(record: Mapping[str, str]) -> _Key | None:
    """The key of a recorded finding; None of mere advice and of what was lifted."""
    if record["severity"] == SEVERITY_KEYS[Severity.ADVICE] or record["lifted"]:
        return None
    return (*(str(record[name]) for name in ("code", "agency", "question", "path", "sheet", "cell")),)  # type: ignore[return-value]


def _key(finding: Finding) -> _Key:
    """What makes a finding the same one in another run: not its number, which follows the content of its file."""
    place = (mask_numbers(finding.path), finding.sheet, finding.cell)
    return (finding.code, finding.agency_id, finding.question_id, *place)


def _without(findings: Iterable[Finding], before: Counter[_Key]) -> Iterable[Finding]:
    left = before.copy()
    for finding in findings:
        key = _key(finding)
        if left[key] > 0:
            left[key] -= 1
        else:
            yield finding
