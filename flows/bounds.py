"""Every bound on what foreign files may cost, in one place: time, memory, sizes, counts. ``docs/batas.md`` lists them.

A file that goes beyond one is never lost and never called missing: it is said to be refused, or looked through in part.
"""

from __future__ import annotations

# Child processes

INSPECTION_WORKERS = 2
"""Child processes that look into files at the same time."""
INSPECTION_SECONDS = 30.0
"""Longest time one job of a child process may take."""
INSPECTION_MEMORY_BYTES = 1_500_000_000
"""Most address space of one child process, where the platform can limit it (Linux does; macOS and Windows do not)."""
INSPECTION_START_SECONDS = 60.0
"""Longest wait for the first child process to say that it is there."""

# Containers: zip, and the office formats that are zip inside

CONTAINER_BYTES = 256_000_000
"""Most bytes an office file may unpack to."""
CONTAINER_MEMBERS = 20_000
"""Most members of an office file."""
CONTAINER_RATIO = 500
"""Most times a container may unpack; spreadsheet XML packs 10 to 50 times, a bomb a thousand times."""
CONTAINER_RATIO_MATTERS_BYTES = 32_000_000
"""Below this many unpacked bytes the ratio says nothing."""

# Pictures

PICTURE_PIXELS = 150_000_000
"""Most pixels of a picture: A3 at 1,000 dpi; more is a bomb or a map."""

# Workbooks

SHEETS = 200
"""Most sheets of a workbook that are read."""
SHEET_ROWS = 20_000
"""Most rows of a sheet that are read as a form or table."""
SHEET_COLUMNS = 256
"""Most columns of a sheet that are read as a form or table."""
SHEET_CELLS = 500_000
"""Most cells of a workbook that are read as a form or table."""

# Texts that are searched for personal data

LABEL_CHARACTERS = 80
"""How far before a number the word is looked for that says what it is, and how much of a column's heading is read."""
# Electronic signatures

SIGNATURES = 20
"""Most signatures of one PDF that are looked at."""
SIGNER_CHARS = 120
"""Most characters of the name of a signatory or of who issued the certificate."""
SIGNATURE_COMPARED_BYTES = 50_000_000
"""Largest PDF whose additions after a signature are compared in detail; in larger ones any addition counts as one."""
