"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tealeaves.errors import TealeavesError


def write(path: Path, content: str | bytes) -> None:
    """Write a file under a temporary name beside its own, then rename it.

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
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise TealeavesError(f"cannot write: {error.strerror}", where=str(path)) from error
