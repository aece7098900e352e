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
        As :func:`check`, or the system refuses.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
    >>> write(path, "whole")
    >>> path.read_text()
    'whole'
    """
    data = content.encode() if isinstance(content, str) else content
    target = check(path)
    name = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(data)
            temporary.flush()
            os.fsync(temporary.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
        sync_folder(target.parent)
    except OSError as error:
        if name is not None:
            Path(name).unlink(missing_ok=True)
        raise TealeavesError(f"cannot write: {error.strerror}", where=str(path)) from error


def check(path: Path) -> Path:
    """Return where a file of this name would be written, links followed.

    Raises
    ------
    TealeavesError
        The folder does not exist or may not be entered, or what is there is no regular file.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> check(folder / "new.txt").name
    'new.txt'
    """
    try:
        target = path.resolve()
        if target.is_dir():
            raise TealeavesError("is a folder", where=str(path), expected="the name of a file")
        if target.exists() and not target.is_file():
            raise TealeavesError("is no regular file", where=str(path), expected="a file's name")
        if not target.parent.is_dir():
            raise TealeavesError(f"there is no folder {target.parent}", where=str(path))
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise TealeavesError(f"may not write in {target.parent}", where=str(path))
    except OSError as error:
        raise TealeavesError(f"cannot write: {error.strerror}", where=str(path)) from error
    return target


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system can."""
    if os.name == "nt":  # Windows cannot open a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
