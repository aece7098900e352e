"""Lay an argument about relations between states out, test what data allow, say what they don't.

The public names are loaded when they are first used, so that ``import tealeaves`` stays light:

- :func:`~tealeaves.api.measure`, :func:`~tealeaves.api.ties`, :func:`~tealeaves.api.panel`:
  series of figures for a state or a pair;
- :func:`~tealeaves.api.case`: an argument written down, ready to run and to brief;
- :mod:`~tealeaves.measures` and :mod:`~tealeaves.cases`: the registry and the library;
- :class:`~tealeaves.evidence.store.Store`, :func:`~tealeaves.states.resolve`: data and names;
- :class:`~tealeaves.figure.Figure`, :class:`~tealeaves.figure.Series`,
  :class:`~tealeaves.errors.TealeavesError`: what comes back, and what goes wrong.

Examples
--------
>>> import tealeaves as tl
>>> tl.Figure("intensity", ("AAA", "BBB"), 2020, 1.4, "ratio").id
'intensity(AAA,BBB,2020)'
"""

from __future__ import annotations

import importlib

__version__ = "0.1.0"

#: Where each public name lives; a name that is its own module is that module.
_HOMES = {
    "Figure": "tealeaves.figure",
    "Series": "tealeaves.figure",
    "Store": "tealeaves.evidence.store",
    "TealeavesError": "tealeaves.errors",
    "case": "tealeaves.api",
    "cases": "tealeaves.cases",
    "measure": "tealeaves.api",
    "measures": "tealeaves.measures",
    "panel": "tealeaves.api",
    "resolve": "tealeaves.states",
    "ties": "tealeaves.api",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - the names are strings


def __getattr__(name: str) -> object:
    """Load a public name where it lives (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(home)
    value = module if home == f"{__name__}.{name}" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names beside what is loaded."""
    return sorted({*globals(), *_HOMES})
