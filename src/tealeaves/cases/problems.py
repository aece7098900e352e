"""What is wrong at a place within a case, before it has a line and a column."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """Something wrong at a path within a case, perhaps at a part of the text there."""

    path: Path
    what: str
    expected: str | None = None
    nearest: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    key: bool = False  #: the key is meant, not the value


@dataclass(frozen=True)
class Known:
    """Names beyond those of the case's own elements: of elements that are wrong in themselves."""

    quantities: Collection[str] = ()
    links: Collection[str] = ()
    readings: Collection[str] = ()
    assertions: Collection[str] = ()
    actors: Collection[str] = ()
    missing: Collection[str] = ()  #: fields of the case that could not be read
