"""The tables of this package, read once and checked."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple

from tealeaves.errors import TealeavesError


class Span(NamedTuple):
    """A code and what it stands for over some years, both included; no end means to this day."""

    key: str
    value: str
    start: int | None
    end: int | None

    def holds(self, year: int) -> bool:
        """Return whether ``year`` falls into the span.

        Examples
        --------
        >>> Span("1", "AAA", 1990, None).holds(1989)
        False
        """
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


@cache
def rows(name: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table of this package, without its head.

    Raises
    ------
    TealeavesError
        If the table's columns are others than those named: the installation is broken.

    Examples
    --------
    >>> len(rows("blocs", ("bloc", "title", "includes", "note"))) > 5
    True
    """
    file = resources.files("tealeaves.states").joinpath("tables", f"{name}.csv")
    head, *body = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    for number, row in enumerate([head, *body], start=1):
        if len(row) != len(columns) or (number == 1 and tuple(row) != columns):
            raise TealeavesError(
                f"unexpected columns: {', '.join(row)}",
                where=f"states/tables/{name}.csv, line {number}",
                expected=", ".join(columns),
            )
    return tuple(tuple(row) for row in body)


@cache
def spans(name: str, columns: tuple[str, str, str, str]) -> tuple[Span, ...]:
    """Return the rows of a table whose last two columns are years.

    Examples
    --------
    >>> spans("cow", ("cow", "iso3", "start", "end"))[0].key
    '2'
    """
    return tuple(
        Span(key, value, int(start) if start else None, int(end) if end else None)
        for key, value, start, end in rows(name, columns)
    )
