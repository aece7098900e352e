"""What the commands on data do, as plain functions; the command line only prints."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs

from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Source
from tealeaves.evidence.build import build, ship
from tealeaves.evidence.manifest import SourceEntry
from tealeaves.evidence.sources import registry
from tealeaves.evidence.store import Store, shipped


def data_list(store: Store) -> list[dict[str, Any]]:
    """Return what is known of each source, a row a source.

    Returns
    -------
    list of dict
        id, title, publisher, version, licence, address, covers, ships, and of its tables first_year
        and last_year (None without a table), rows and bytes (0 then), tables (names), variables;
        missing lists the raw files for want of which a source was not built.
    """
    known = registry()
    rows = [_row(name, source, store, ()) for name, source in store.manifest.sources.items()]
    for name, files in store.manifest.absent.items():
        rows.append(_row(name, known[name].SOURCE if name in known else None, store, files))
    return rows


def _row(
    name: str, about: SourceEntry | Source | None, store: Store, missing: tuple[str, ...]
) -> dict[str, Any]:
    tables = {key: t for key, t in store.manifest.tables.items() if t.source == name}
    said = ("title", "publisher", "version", "licence", "address", "covers", "ships")
    return {
        "id": name,
        **{key: getattr(about, key, "") for key in said},
        "first_year": min((t.first_year for t in tables.values() if t.first_year), default=None),
        "last_year": max((t.last_year for t in tables.values() if t.last_year), default=None),
        "rows": sum(t.rows for t in tables.values()),
        "bytes": sum(t.bytes for t in tables.values()),
        "tables": list(tables),
        "variables": sorted({name for t in tables.values() for name in t.variables}),
        "missing": list(missing),
    }


def data_build(
    raw: Path | None = None,
    out: Path | None = None,
    *,
    shipped: bool = False,
    progress: Callable[[str], object] | None = None,
) -> Path:
    """Build a store and return the folder that `Store.open` takes.

    Parameters
    ----------
    raw
        Folder of the publishers' files; ``TEALEAVES_DATA`` when None.
    out
        Folder of the store; when None ``TEALEAVES_STORE``, or a folder of the user's data.
    shipped
        Build only what licences let the package ship, into the package itself when ``out`` is None.
    progress
        Told in one line which source is being read.

    Raises
    ------
    TealeavesError
        No folder of raw files is named, or it lacks them, or one is malformed.
    """
    if raw is None:
        given = os.environ.get("TEALEAVES_DATA")
        if not given:
            files = sorted({file for module in registry().values() for file in module.SOURCE.files})
            raise TealeavesError(
                "no folder of raw files is named",
                where="data build",
                expected="the variable TEALEAVES_DATA or --from DIR, a folder with "
                + ", ".join(files),
            )
        raw = Path(given)
    if shipped:
        folder = _package_store() if out is None else out
        ship(raw, folder, progress=progress)
        return folder
    folder = _user_store() if out is None else out
    store = build(raw, folder, progress=progress)
    if progress is not None:
        for name, missing in store.manifest.absent.items():
            progress(f"not built: {name}, for want of {', '.join(missing)}")
    return folder


def data_verify(store: Store) -> dict[str, str]:
    """Hash every table again and return the hashes by the tables' names.

    Raises
    ------
    TealeavesErrors
        One error for each table that has changed since it was written.
    """
    store.verify()
    return store.hashes


def sources_markdown(store: Store) -> str:
    """Return SOURCES.md: every source of a store, with licence, citation and tables."""
    made = "from the manifest of the store by `tealeaves.evidence.commands.sources_markdown`"
    parts = [f"# Sources\n\nWritten {made}, not by hand.\n"]
    for row in data_list(store):
        if row["missing"]:
            continue
        entry = store.manifest.sources[row["id"]]
        years = f"{row['first_year']}-{row['last_year']}" if row["first_year"] else ""
        tables = (
            f"{', '.join(row['tables'])} ({row['rows']:,} rows, {years})"
            if row["tables"]
            else "none of its own: only what is computed from it is passed on"
        )
        names = f"\n- variables: {', '.join(row['variables'])}" if row["variables"] else ""
        parts.append(
            f"## {row['title']}\n\n- id: `{row['id']}`\n- publisher: {row['publisher']}\n"
            f"- address: <{row['address']}>\n- version: {row['version']}\n"
            f"- licence: {row['licence']}\n- covers: {row['covers']}\n- tables: {tables}{names}\n\n"
            f"```bibtex\n{entry.citation}\n```\n"
        )
    absent = store.manifest.absent
    if absent:
        parts.append(
            "## Not in this store\n\n"
            + "\n".join(
                f"- {name}: {', '.join(files)} was missing" for name, files in absent.items()
            )
            + "\n"
        )
    return "\n".join(parts)


def _package_store() -> Path:
    return shipped()


def _user_store() -> Path:
    given = os.environ.get("TEALEAVES_STORE")
    return Path(given) if given else platformdirs.user_data_path("tealeaves") / "store"
