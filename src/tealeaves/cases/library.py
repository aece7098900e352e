"""The cases that ship with the package, and which of them is the default."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from tealeaves.errors import TealeavesError

FOLDER = Path(__file__).parent / "library"


def library() -> list[str]:
    """Return the names of the shipped cases, in alphabetical order.

    Examples
    --------
    >>> default() in library()
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def default() -> str:
    """Return the name of the default case, as ``library/index.toml`` marks it.

    Raises
    ------
    TealeavesError
        If the index does not name one.

    Examples
    --------
    >>> isinstance(default(), str)
    True
    """
    index = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))
    name = index.get("default")
    if not isinstance(name, str):
        raise TealeavesError("no default case", where="library/index.toml")
    return name
