"""What each measure is: name, unit, range, needs and reference, as declared in a table.

Standard library only, so that a case can be checked against the names without loading any data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any, Literal

from tealeaves.errors import TealeavesError, nearest

#: Entry points of this group name a module with ``DECLARATIONS`` and ``FRAMES``.
GROUP = "tealeaves.measures"

_REQUIRED = ("title", "subject", "unit", "channel", "module", "variables", "formula", "reference")
_OPTIONAL = ("directed", "low", "high", "says")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one measure is; ``low`` and ``high`` bound its values, None where it is unbounded."""

    name: str
    title: str
    subject: Literal["state", "pair"]
    unit: str
    channel: str
    module: str  #: where its ``FRAMES`` are: in this package, or a full name for a plug-in
    variables: tuple[str, ...]  #: what the store must hold
    formula: str
    reference: str
    directed: bool = False
    low: float | None = None
    high: float | None = None
    says: str = ""

    @property
    def arity(self) -> int:
        """Number of states that the measure takes."""
        return 1 if self.subject == "state" else 2

    @property
    def direction(self) -> str:
        """How a `Series` names it: "state", "directed" or "undirected"."""
        if self.subject == "state":
            return "state"
        return "directed" if self.directed else "undirected"

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON fields."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {"variables": list(self.variables), "direction": self.direction}


def parse(text: str, where: str) -> dict[str, Declaration]:
    """Read declarations from TOML, one table a measure.

    Raises
    ------
    TealeavesError
        For a key that is missing or unknown, or a subject other than "state" and "pair".

    Examples
    --------
    >>> parse("[x]", "demo")
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: demo, measure x: 'title' is missing
    """
    declared = {}
    for name, table in tomllib.loads(text).items():
        at = f"{where}, measure {name}"
        for key in _REQUIRED:
            if key not in table:
                raise TealeavesError(f"{key!r} is missing", where=at)
        for key in table:
            if key not in _REQUIRED + _OPTIONAL:
                known = nearest(key, _REQUIRED + _OPTIONAL)
                raise TealeavesError(f"unknown key {key!r}", where=at, nearest=known)
        if table["subject"] not in {"state", "pair"}:
            raise TealeavesError(
                f"subject {table['subject']!r}", where=at, expected='"state" or "pair"'
            )
        table["variables"] = tuple(table["variables"])
        declared[name] = Declaration(name=name, **table)
    return declared


@cache
def declarations() -> Mapping[str, Declaration]:
    """Return every measure's declaration by name: the shipped ones, then those of plug-ins.

    Raises
    ------
    TealeavesError
        If a plug-in declares a name that is taken.

    Examples
    --------
    >>> declarations()["export_share"].direction
    'directed'
    """
    table = files("tealeaves.measures").joinpath("declarations.toml")
    declared = parse(table.read_text(encoding="utf-8"), "declarations.toml")
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        added: Iterable[Declaration] = point.load().DECLARATIONS
        for declaration in added:
            if declaration.name in declared:
                raise TealeavesError(
                    f"measure {declaration.name!r} is declared twice", where=f"plug-in {point.name}"
                )
            declared[declaration.name] = declaration
    return declared


def declaration(name: str) -> Declaration:
    """Return the declaration of one measure.

    Raises
    ------
    TealeavesError
        If there is no such measure; the error offers the nearest names.

    Examples
    --------
    >>> declaration("scott_pie")
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: unknown measure 'scott_pie'; nearest: scott_pi
    """
    declared = declarations()
    if name not in declared:
        raise TealeavesError(f"unknown measure {name!r}", nearest=nearest(name, declared))
    return declared[name]
