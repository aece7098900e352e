"""Build a store from a folder of raw files: whole or not at all, same bytes for same inputs."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Source, SourceModule, Table, tidy
from tealeaves.evidence.manifest import (
    Manifest,
    SourceEntry,
    TableEntry,
    sha256,
    write_manifest,
)
from tealeaves.evidence.sources import registry
from tealeaves.evidence.store import CURRENT, Store, current_generation
from tealeaves.files import sync_folder, write

#: Told in one line which source is being read.
Progress = Callable[[str], object]

_TEMPORARY = ".building-"
_DAY = 86_400


def build(
    raw: Path,
    out: Path,
    *,
    modules: Mapping[str, SourceModule] | None = None,
    shippable: bool = False,
    progress: Progress | None = None,
) -> Store:
    """Build a store in generations in the folder ``out``.

    Everything is written to a new folder beside the present generation and flushed to the disk;
    then the file ``current`` is replaced in one step. A build that is killed leaves the store as
    it was. The generation before stays, for those who are reading it.

    Parameters
    ----------
    raw
        The folder of the publishers' files, laid out as the sources declare.
    out
        The folder of the store; made if it is not there.
    modules
        Sources by id; all that are registered when None.
    shippable
        Leave out what the licence of its source does not allow to be passed on.
    progress
        Told which source is being read.

    Returns
    -------
    Store
        The new generation, open. Sources whose files are absent are listed in its manifest.

    Raises
    ------
    TealeavesError
        ``raw`` is no folder or holds no file of any source, or a file is malformed.
    """
    modules = registry() if modules is None else modules
    present, absent = find_inputs(raw, modules)
    out.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(out)
    folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=out))
    try:
        manifest = _write_tables(
            raw, folder, present, absent, shippable=shippable, progress=progress
        )
        write_manifest(manifest, folder)
        folder.chmod(0o755)
        generation = _place(folder, out, manifest)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    before = current_generation(out) if (out / CURRENT).is_file() else None
    write(out / CURRENT, f"{generation.name}\n")
    _remove_old(out, keep={generation, before})
    return Store.open(out)


def ship(raw: Path, folder: Path, *, progress: Progress | None = None) -> Store:
    """Build what may be passed on and put it, without generations, into ``folder``.

    The names of the files hold their hashes, so unchanged tables stay the same files, and
    replacing the manifest is the one step by which the new tables become current.

    Raises
    ------
    TealeavesError
        As for `build`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_TEMPORARY) as temporary:
        built = build(raw, Path(temporary), shippable=True, progress=progress)
        tables = {}
        for name, entry in built.manifest.tables.items():
            file = f"{name}-{entry.sha256[:8]}.parquet"
            write(folder / file, (built.path / entry.file).read_bytes())
            tables[name] = replace(entry, file=file)
    write_manifest(Manifest(built.manifest.sources, tables, built.manifest.absent), folder)
    named = {entry.file for entry in tables.values()}
    for path in folder.glob("*.parquet"):
        if path.name not in named:
            path.unlink()
    return Store.open(folder)


def find_inputs(
    raw: Path, modules: Mapping[str, SourceModule]
) -> tuple[dict[str, SourceModule], dict[str, tuple[str, ...]]]:
    """Split the sources into those whose files are below ``raw`` and those that lack some.

    Returns
    -------
    tuple
        The modules present, and for each of the others the files that are missing.

    Raises
    ------
    TealeavesError
        ``raw`` is no folder, or no source has all its files there.
    """
    if not raw.is_dir():
        raise TealeavesError(
            "no such folder of raw files",
            where=str(raw),
            expected="a folder named by TEALEAVES_DATA or by --from DIR",
        )
    missing = {
        name: tuple(file for file in module.SOURCE.files if not (raw / file).is_file())
        for name, module in modules.items()
    }
    present = {name: modules[name] for name, files in missing.items() if not files}
    absent = {name: files for name, files in missing.items() if files}
    if not any(module.SOURCE.files for module in present.values()):
        raise TealeavesError(
            "no source has its files here; missing are "
            + ", ".join(file for files in absent.values() for file in files),
            where=str(raw),
            expected="the folder named by TEALEAVES_DATA or by --from DIR",
        )
    return present, absent


def _write_tables(
    raw: Path,
    folder: Path,
    modules: Mapping[str, SourceModule],
    absent: dict[str, tuple[str, ...]],
    *,
    shippable: bool,
    progress: Progress | None,
) -> Manifest:
    sources: dict[str, SourceEntry] = {}
    tables: dict[str, TableEntry] = {}
    for number, (name, module) in enumerate(modules.items(), start=1):
        source = module.SOURCE
        if shippable and source.ships == "no":
            continue
        if progress is not None:
            progress(f"{number}/{len(modules)} {source.title}")
        sources[name] = _source_entry(source, raw)
        if shippable and source.ships != "rows":
            continue
        for table in module.tables(raw):
            if table.id in tables:
                raise TealeavesError(f"a second table {table.id!r}", where=f"source {name}")
            tables[table.id] = _write_table(table, name, folder)
    return Manifest(sources, tables, absent)


def _source_entry(source: Source, raw: Path) -> SourceEntry:
    return SourceEntry(
        title=source.title,
        publisher=source.publisher,
        address=source.address,
        version=source.version,
        licence=source.licence,
        citation=source.citation.strip(),
        covers=source.covers,
        ships=source.ships,
        inputs=tuple({"file": file, "sha256": sha256(raw / file)} for file in source.files),
    )


def _write_table(table: Table, source: str, folder: Path) -> TableEntry:
    frame = tidy(table, source)
    if frame.is_empty():
        raise TealeavesError(f"the table {table.id!r} has no rows", where=f"source {source}")
    path = folder / f"{table.id}.parquet"
    # Every setting is fixed, so that the same rows give the same bytes.
    frame.rechunk().write_parquet(
        path,
        compression="zstd",
        compression_level=12,
        statistics=True,
        row_group_size=262_144,
        data_page_size=1_048_576,
    )
    _flush(path)
    years = _years(frame)
    kinds = frame["kind"].unique().sort().to_list() if table.shape == "spell" else []
    return TableEntry(
        shape=table.shape,
        file=path.name,
        sha256=sha256(path),
        bytes=path.stat().st_size,
        rows=len(frame),
        first_year=years[0],
        last_year=years[1],
        variables=tuple(table.variables) or tuple(kinds),
        directed=table.directed,
        zeros=table.zeros,
        source=source,
    )


def _years(frame: pl.DataFrame) -> tuple[int | None, int | None]:
    if "start" in frame.columns:
        years = pl.concat([frame["start"].dt.year(), frame["end"].dt.year()])
    else:
        years = frame["year"]
    low, high = years.cast(pl.Int64).min(), years.cast(pl.Int64).max()
    return (
        low if isinstance(low, int) else None,
        high if isinstance(high, int) else None,
    )


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _place(folder: Path, out: Path, manifest: Manifest) -> Path:
    """Give the finished folder its name; a whole generation of the same content is kept."""
    sync_folder(folder)
    for number in range(1, 1000):
        suffix = "" if number == 1 else f"-{number}"
        generation = out / f"generation-{manifest.version}{suffix}"
        if not generation.exists():
            folder.rename(generation)
            sync_folder(out)
            return generation
        with contextlib.suppress(TealeavesError):
            there = Store.open(generation)
            there.verify()
            if there.manifest == manifest:
                shutil.rmtree(folder)
                return generation
    raise TealeavesError("no free name for a new generation", where=str(out))


def _remove_old(out: Path, keep: set[Path | None]) -> None:
    for path in out.glob("generation-*"):
        if path not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _remove_leftovers(out: Path) -> None:
    """Remove what killed builds left; a folder younger than a day may still be in use."""
    for path in out.glob(f"{_TEMPORARY}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAY:
                shutil.rmtree(path, ignore_errors=True)
