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
PICTURE_DECODED_PIXELS = 40_000_000
"""Most pixels of a picture that is decoded in full to be compared with others; a JPEG is decoded at reduced size."""
PICTURE_FRAMES = 2_000
"""Most pages or frames of a picture."""
PHOTO_SIDE = 640
"""Longest side, in pixels, of a photo as a chapter shows it."""
PHOTOS_OF_QUESTION = 6
"""Most photos a chapter shows with one question; the annex has them all."""
PICTURE_METADATA_BYTES = 1_000_000
"""Most bytes of the notes of a camera or program that are read."""
PICTURE_NOTES = 100_000
"""Most parts of a picture file that are gone through for such notes; the drawing of a large one comes in thousands."""

# PDF

PDF_OBJECTS = 100_000
"""Most objects of a PDF that are looked at in search of active content."""
PDF_FIELDS = 5_000
"""Most form fields of a PDF among which a signature is looked for."""
PDF_DEPTH = 12
"""How deep fields and other parts of a PDF that hold each other are followed."""
PDF_METADATA_BYTES = 2_000_000
"""Most bytes of the metadata of a PDF that are looked at."""

# Active content

ACTIVE_NAMES = 5
"""Most embedded files of one file that are named."""
ACTIVE_TEXT_BYTES = 4_000_000
"""Most bytes of a text or of one part of an Office file that are searched for scripts, fields and links."""
ACTIVE_XML_BYTES = 32_000_000
"""Most bytes of all parts of an Office file, or of an RTF, that are searched so."""
MACRO_BYTES = 8_000_000
"""Most bytes of a container of macros in which it is asked whether one runs by itself."""
BEHIND_BYTES = 64_000_000
"""Of a picture or PDF that does not end as its format does, searched for what begins behind its end."""
ZIP_TAIL_BYTES = 66_000
"""Bytes at the end of a PDF or picture in which the end record of a zip is looked for: it and its longest comment."""

# Workbooks

SHEETS = 200
"""Most sheets of a workbook that are read."""
SHEET_ROWS = 20_000
"""Most rows of a sheet that are read as a form or table."""
SHEET_COLUMNS = 256
"""Most columns of a sheet that are read as a form or table."""
SHEET_CELLS = 500_000
"""Most cells of a workbook that are read as a form or table."""
SHEET_TEXT_BYTES = 20_000_000
"""Of a file of separated values that are read as a table."""
SHEET_WHOLE_BYTES = 32_000_000
"""A sheet up to this size is looked through in one piece; a larger one is made smaller first, bit by bit."""
SHEET_SHARED_BYTES = 64_000_000
"""Unpacked size of each part that all sheets of a form share: texts, styles, the list of sheets."""
SHEET_MERGED = 20_000
"""Most merged ranges of a sheet."""
SHEET_CARRY_BYTES = 16_000_000
"""Longest row of a sheet that is made smaller bit by bit."""
SHEET_AREA_CELLS = 4_000_000
"""Cells from A1 to the last filled one that are laid out densely at once: 130 MB."""
ODS_SLOW_BYTES = 20_000_000
"""An .ods that unpacks to more is no form, and reading it slowly would take longer than its time."""
ODS_CELL_CHARS = 100_000
"""Most characters of one cell of an .ods."""
XLS_VAST_CELLS = 1_000_000
"""Cells from A1 to the last filled one of an .xls beyond which it is made smaller first."""
PROFILE_UNPACKED_BYTES = 50_000_000
"""Most bytes a city profile (``profil-kota.xlsx``) may unpack to."""

# Texts that are searched for personal data

LABEL_CHARACTERS = 80
"""How far before a number the word is looked for that says what it is, and how much of a column's heading is read."""
LINK_CHARACTERS = 300
"""How far before a number the beginning of the link is looked for that it may belong to."""
# Electronic signatures

SIGNATURES = 20
"""Most signatures of one PDF that are looked at."""
SIGNER_CHARS = 120
"""Most characters of the name of a signatory or of who issued the certificate."""
SIGNATURE_COMPARED_BYTES = 50_000_000
"""Largest PDF whose additions after a signature are compared in detail; in larger ones any addition counts as one."""

# Looking for personal data

SCAN_SECONDS = 12.0
"""Longest work on looking through one file; the rest is then said to be unread."""
SCAN_WAITING_SECONDS = 22.0
"""Longest time of it on a busy machine, so that the file itself is not given up."""
SCAN_CHARS = 40_000_000
"""Most characters of text of one file that are looked at."""
SCAN_CELLS = 4_000_000
"""Most cells of one workbook or table that are looked at."""
SCAN_ROWS_AT_ONCE = 20_000
"""Rows of a table that are held in memory at the same time."""
SCAN_PAGES = 3_000
"""Most pages of a PDF whose text is looked at."""
SCAN_PAGE_CHARS = 500_000
"""Most characters of one page."""
SCAN_PAGE_PIECES = 3_000
"""Most pieces of text of one page that are put together to a table."""
SCAN_PIECE_BYTES = 4_000_000
"""Bytes of a part of a container that are unpacked at a time."""
SCAN_ITEMS = 20_000
"""Most annotations, form fields and outline titles of a PDF each."""
SCAN_OBJECTS = 300_000
"""Most objects of a PDF whose strings are looked at, however they are used."""
PDF_STREAM_BYTES = 32_000_000
"""Most bytes of all streams of a PDF that are no pages, pictures or fonts, unpacked."""
PDF_EARLIER = 12
"""Most earlier versions within one PDF that are looked at."""
PDF_EARLIER_BYTES = 200_000_000
"""Most bytes of all of them."""
LONE_CHILDREN = 1_000
"""Most children named one a page that are told apart while one file is looked at."""
SCAN_NUMBERS = 200_000
"""Most different numbers that are remembered while one file is looked at."""
EXPOSURES = 200
"""Places of one file that are told apart; beyond it they are counted together."""
ATTACHMENTS = 20
"""Most files within a file that are looked into."""
ATTACHMENT_DEPTH = 3
"""Most levels of files within files within a file that are looked into."""
PICTURES_WITHIN = 400
"""Most pictures within a document whose notes are looked at."""
PICTURE_WITHIN_BYTES = 40_000_000
"""Most bytes of one of them."""
ATTACHMENT_BYTES = 64_000_000
"""Most bytes of all files within one file, unpacked."""
OLD_OFFICE_BYTES = 64_000_000
"""Most bytes of an .xls, .doc, .ppt or .rtf whose parts are looked at as plain text."""
SWEPT_BYTES = 64_000_000
"""Most bytes that are swept for numbers of persons in a file of a kind that nobody here reads."""
SCAN_COLUMNS = 16_384
"""Columns of a sheet behind which nothing is looked at; no office program has more."""

# Virus scanner

VIRUS_SECONDS = 30.0
"""Longest wait for each word of the virus scanner."""
VIRUS_RUN_SECONDS = 900.0
"""Longest time of one run in which files are sent to the virus scanner; what it said is remembered for the next."""
VIRUS_THREADS = 2
"""Files sent to the virus scanner at the same time, per source."""
VIRUS_FILE_BYTES = 100_000_000
"""Largest file that is sent to the virus scanner; its own limit may be lower."""
VIRUS_CHUNK_BYTES = 262_144
"""Bytes sent to the virus scanner in one go."""
VIRUS_ANSWER_BYTES = 4_096
"""Longest answer of the virus scanner that is read."""
# Reading scans (OCR), where it is asked for

OCR_PAGES = 60
"""Most pages of one file that are read."""
OCR_PAGE_SECONDS = 60.0
"""Longest time one page may take."""
OCR_SECONDS = 420.0
"""Longest time the pages of one file may take together; no page is begun that might end later."""
OCR_DPI = 300
"""Points per inch at which pages are drawn for reading."""
OCR_PIXELS = 12_000_000
"""Most pixels of a page or picture that is read; A4 at 300 points per inch has 8.7 million, larger ones are reduced."""

# Archives: .zip files of agencies

ARCHIVE_BYTES = 2_000_000_000
"""Most bytes an archive may unpack to, archives within it included."""
ARCHIVE_MEMBER_BYTES = 1_000_000_000
"""Most bytes one file of an archive may unpack to."""
ARCHIVE_MEMBERS = 5_000
"""Most files of an archive that are listed, those of archives within it included."""
ARCHIVE_DIRECTORY_BYTES = 16_000_000
"""Longest table of contents of an archive."""
ARCHIVE_DEPTH = 3
"""How deep archives within archives are opened."""
ARCHIVE_SECONDS = 120.0
"""Longest time for unpacking one archive; what is left then is listed and not taken."""
ARCHIVE_FREE_BYTES = 1_000_000_000
"""Free space that unpacking leaves on the disk of the outputs folder."""
ARCHIVE_LABEL_FOLDERS = 30
"""Most parts of a path within an archive that are shown."""
ARCHIVE_LABEL_CHARS = 150
"""Most characters of one part of a path within an archive that are shown."""

# Files that are still being copied

QUIET_SECONDS = 2.0
"""How long nobody may have written to a file before it is believed; ``KLA_TENANG`` (in seconds) sets it otherwise."""
ARRIVAL_SECONDS = 6.0
"""Longest time that a whole run waits for files to become quiet."""
HALF_COPIED_SECONDS = 60.0
"""A file that does not open is said to be half copied, not damaged, if it was written so short a time ago."""
AHEAD_SECONDS = 86_400.0
"""A time of writing further ahead of our clock is a mistake, not the other clock being fast."""
BEHIND_SECONDS = 120.0
"""How far the clock of a file server may be behind ours; a file that it calls older is looked at once. A first run
waits for each younger one until it was quiet long enough, so that a larger bound would slow the run after a copy."""
LOCK_FILE_BYTES = 4_096
"""Most bytes that are read of an office program's lock file."""
LOCK_FILE_NAME_CHARS = 60
"""Most characters of the name in a lock file that are shown."""

# Typesetting the book

PRESS_WORKERS = 2
"""Child processes that typeset and prepare pages of evidence."""
SUITE_SECONDS = 300.0
"""Longest time one suite of rules may take over one table, the import of Great Expectations included."""
PART_SECONDS = 600.0
"""Longest time one part of a book may take; some hundred pages take a minute."""
BINDING_SECONDS = 1800.0
"""Longest time for binding one volume and reading it back; some thousand pages of evidence take a minute."""
PAGES_BESIDE_BINDING = 100
"""Most pages typeset in a run beside whose children a volume is bound already: a child holds 2.5 MB for each page it
has set, and one that binds a large book 450 MB. Where all 500 were set the whole run took 2.6 GB instead of 1.8."""
PART_MEMORY_BYTES = 6_000_000_000
"""Most address space of a child that typesets; a chapter of 100 pages uses some 300 MB of memory."""

# Hiding small figures

VEILING_STEPS = 5_000
"""Most tables looked at to protect one small figure, in each of three tries; then everything tied to it is hidden."""

# Evidence as pages of a dossier

ANNEX_WORKERS = 2
"""Child processes that prepare evidence at the same time."""
ANNEX_SECONDS = 90.0
"""Longest time one document may take to become pages."""
ANNEX_OFFICE_SECONDS = 60.0
"""Longest time LibreOffice may take for one document; shorter than the time of the child that waits for it."""
ANNEX_MEMORY_BYTES = 2_000_000_000
"""Most address space of a child process that prepares evidence."""
ANNEX_PAGES = 400
"""Most pages of a document that are bound; a longer one is handed over as a file."""
ANNEX_PAGE_POINTS = 14_400.0
"""Longest side of a page in points: what PDF viewers show, five metres."""
ANNEX_TREE_DEPTH = 60
"""How far up from a page its inherited size and resources are looked for."""
ANNEX_OBJECTS = 500_000
"""Most objects of a PDF that are looked at while it is cleaned."""
ANNEX_CONTENT_BYTES = 64_000_000
"""Most bytes of the drawing of one page, unpacked."""
ANNEX_CONTENT_MATTERS_BYTES = 65_536
"""A drawing packed smaller than this is not measured."""
ANNEX_BOOKMARKS = 200
"""Most entries of a document's own outline that are kept."""
ANNEX_BOOKMARK_LEVELS = 3
"""How deep they are kept."""
ANNEX_BOOKMARK_CHARS = 120
"""Most characters of one of them."""
ANNEX_RASTER_DPI = 150
"""Points per inch of a page that is bound as a picture."""
ANNEX_RASTER_PIXELS = 12_000_000
"""Most pixels of such a page."""
ANNEX_PICTURE_SIDE = 2_000
"""Longest side in pixels of a photo in the dossier: 240 dpi across a page."""
ANNEX_TABLE_ROWS = 200
"""Most rows of a sheet of a workbook that are printed."""
ANNEX_TABLE_COLUMNS = 120
"""Most columns of a sheet that are printed."""
ANNEX_PART_COLUMNS = 30
"""Most columns side by side; a wider sheet is printed in parts."""
ANNEX_TABLE_SHEETS = 40
"""Most sheets of a workbook that are printed, empty ones apart; with the further parts of wide ones."""
ANNEX_CELL_CHARS = 4_000
"""Most characters of one cell that are printed; a whole page of them."""
ANNEX_TEXT_LINES = 1_200
"""Most lines of a plain text that are printed."""
ANNEX_TEXT_BYTES = 20_000_000
"""Largest plain text of which pages are made."""
ANNEX_BILEVEL_SIDE = 3_600
"""Longest side in pixels of a scan in black and white: A4 at 300 dpi."""

# Archive edition

EMBEDDED_BYTES = 1_000_000_000
"""Most bytes of originals in one file of the archive edition; a larger original has a file to itself."""
EMBEDDED_FILE_BYTES = 2_147_483_647
"""Largest original that PDF/A can hold: no number in it may be greater."""
EMBEDDED_NAME_BYTES = 180
"""Longest name of an original within the archive: no file system takes more than 255."""

# What is uploaded into the ministry's application

UPLOAD_SECONDS = 240.0
"""Longest time for making one document fit what may be uploaded."""
UPLOAD_PARTS = 99
"""Most parts into which one document is cut."""
OFFICE_SECONDS = 90.0
"""Longest time LibreOffice may take for turning one document into a PDF."""
TICKED_SHEET_BYTES = 20_000_000
"""Largest ``jawaban.xlsx`` that is read back."""

# The city's own folder: emblem, templates and their pictures

DRESS_FILES = 200
"""Most files of the folder that are looked at."""
DRESS_DEPTH = 4
"""How deep folders within it are looked into."""
DRESS_TEMPLATE_BYTES = 200_000
"""Largest template of a city."""
DRESS_PICTURE_BYTES = 5_000_000
"""Largest emblem or picture of a city."""
DRESS_PIXELS = 40_000_000
"""Most pixels of it."""
DRESS_SIDE = 1_200
"""Longest side in pixels to which it is reduced; 60 mm in print at 500 points per inch."""
DRESS_RATIO = 4
"""How many times longer than wide, or wider than long, it may be."""
DRESS_SVG_PARTS = 5_000
"""Most elements of a drawing in SVG."""
DRESS_SVG_DEPTH = 12
"""How deep its elements may be nested: each level saves the state of the page, and an archive may do so 28 times."""
DRESS_SVG_MEASURE = 1e6
"""Largest number that it may hold; a PDF that lasts holds none beyond 2 147 483 647, scales multiplied."""
DRESS_SECONDS = 20.0
"""Longest time for one picture to be made anew."""
DRESS_STEPS = 5_000_000
"""Turns that all loops of one page may take together, where a template of the city has a part in it."""
STANDBY_SECONDS = 1_800.0
"""How long a process stays ready for the next run after the last one."""
STANDBY_RUNS = 20
"""After so many runs it ends, and the next run leaves a new one."""
STANDBY_FREE_BYTES = 2_000_000_000
"""Memory that must be free, or no process stays: it keeps some 400 MB."""
APPROVAL_PAGES = 3
"""Most pages of a signed approval sheet."""
APPROVAL_DPI = 200
"""Points per inch at which its pages are drawn."""
APPROVAL_SIDE = 10_000
"""Most pixels of the longest side of such a drawing."""
APPROVAL_SECONDS = 60.0
"""Longest time for that."""
