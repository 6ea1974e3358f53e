"""What the operator uploads into the ministry's application: files per question, and ``jawaban.xlsx`` to copy from.

:func:`read_ticks` before anything is made, :func:`pack` into the work folder, :func:`hand_out` once the run is there.
"""

from flows.publish.upload.limits import UploadLimits, load_limits
from flows.publish.upload.packing import Packed, UploadOrder, hand_out, pack, upload_state
from flows.publish.upload.ticks import FOLDER, SHEET, read_ticks

__all__ = [
    "FOLDER",
    "SHEET",
    "Packed",
    "UploadLimits",
    "UploadOrder",
    "hand_out",
    "load_limits",
    "pack",
    "read_ticks",
    "upload_state",
]
