"""Copies that share their blocks with the original until one of them changes (reflinks), where the file system can."""

from __future__ import annotations

import errno
import hashlib
from io import FileIO

try:
    from fcntl import ioctl
except ImportError:  # Windows has neither the call nor the file systems
    ioctl = None  # type: ignore[assignment]

_FICLONE = 0x40049409
"""Request number of Linux for the whole of a file."""
_CANNOT = frozenset({errno.EOPNOTSUPP, errno.EXDEV, errno.EINVAL, errno.ENOTTY, errno.EPERM, errno.ENOSYS})


class Cloner:
    """Clones files until the file system says that it cannot; then it is not asked again."""

    def __init__(self) -> None:
        self.can = ioctl is not None

    def clone(self, source: FileIO, target: FileIO) -> str:
        """Make ``target``, which is empty, share the bytes of ``source``; the hash of what it got, empty if nothing.

        Raises:
            OSError: the file system could, but there is no room.
        """
        if not self.can:
            return ""
        try:
            ioctl(target.fileno(), _FICLONE, source.fileno())
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
            self.can = False
            return ""
        return hashlib.file_digest(target, "sha256").hexdigest()
