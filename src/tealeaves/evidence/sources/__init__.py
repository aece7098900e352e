"""One module per data set: where it is, its licence, how its file becomes tidy rows.

A new source is a module with ``SOURCE`` and ``tables`` and one line in `MODULES`; one from outside
the package registers the same under the entry point group ``tealeaves.sources``.
"""

from __future__ import annotations

import importlib
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Source, SourceModule

#: Modules of this package that are sources, in the order in which they are listed.
MODULES = (
    "un_votes",
    "ideal_points",
    "imf_dots",
    "cow_trade",
    "baci",
    "trade",
    "wdi",
    "ucdp",
    "ucdp_deaths",
    "cinc",
    "leaders",
    "vdem",
    "atop",
    "igo",
    "mid",
    "contiguity",
    "distance",
    "icews",
    "sipri_arms",
    "gsdb",
    "un_es11",
    "published",
)


def registry() -> dict[str, SourceModule]:
    """Return every known source module by the id of its source.

    Raises
    ------
    TealeavesError
        A module lacks ``SOURCE`` or ``tables``, two share an id, or an entry point names nothing
        that can be imported.

    Examples
    --------
    >>> "wdi" in registry()
    True
    """
    found: dict[str, SourceModule] = {}
    candidates = [(f"{__name__}.{name}", _load(name)) for name in MODULES]
    candidates += [
        (f"entry point {entry.name}", _load_entry(entry))
        for entry in sorted(entry_points(group="tealeaves.sources"), key=lambda e: e.name)
    ]
    for where, module in candidates:
        source = getattr(module, "SOURCE", None)
        if not isinstance(source, Source) or not callable(getattr(module, "tables", None)):
            raise TealeavesError(
                "not a source", where=where, expected="the names SOURCE and tables(folder)"
            )
        if source.id in found:
            raise TealeavesError(f"a second source with the id {source.id!r}", where=where)
        found[source.id] = cast("SourceModule", module)
    return found


def _load(name: str) -> object:
    return importlib.import_module(f"{__name__}.{name}")


def _load_entry(entry: EntryPoint) -> object:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        raise TealeavesError(
            f"cannot be imported: {error}", where=f"entry point {entry.name}"
        ) from error
