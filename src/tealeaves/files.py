"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tealeaves.errors import TealeavesError


def write(path: Path, content: str | bytes) -> None:
    """Write a file under a temporary name beside its own, flush it to the disk, then rename it.

    Raises
    ------
    TealeavesError
        The folder does not exist, the path is a folder, or the system refuses.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
    >>> write(path, "whole")
    >>> path.read_text()
    'whole'
    """
    data = content.encode() if isinstance(content, str) else content
    if path.is_dir():
        raise TealeavesError("is a folder", where=str(path), expected="the name of a file")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise TealeavesError(f"cannot write: {error.strerror}", where=str(path)) from error
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(data)
            temporary.flush()
            os.fsync(temporary.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise TealeavesError(f"cannot write: {error.strerror}", where=str(path)) from error


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system can."""
    if os.name == "nt":  # Windows cannot open a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
