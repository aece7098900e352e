"""A store: a folder of tidy tables with a manifest. Open it, query it, verify it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from tealeaves.errors import TealeavesError, TealeavesErrors, nearest
from tealeaves.evidence.base import KEYS, SHAPES
from tealeaves.evidence.existence import pair_years
from tealeaves.evidence.manifest import Manifest, TableEntry, read_manifest, sha256
from tealeaves.figure import SourceRef

#: The file that names the current generation of a store built in generations.
CURRENT = "current"

#: Files already found unchanged in this process: path, size, time of change and hash.
_checked: set[tuple[str, int, int, str]] = set()


@dataclass(frozen=True)
class Store:
    """Tables of evidence; every query is lazy and every table is hashed before its first use."""

    path: Path
    manifest: Manifest

    @classmethod
    def open(cls, path: str | os.PathLike[str] | None = None) -> Store:
        """Open the store at ``path``, or at ``TEALEAVES_STORE``, or the one that is shipped.

        Raises
        ------
        TealeavesError
            There is no such folder, it is no store, its manifest is empty or broken, or a file is
            missing or has another size than the manifest says.

        Examples
        --------
        >>> import tempfile
        >>> Store.open(tempfile.mkdtemp())  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        tealeaves.errors.TealeavesError: ...: not a store; expected a folder with manifest.json ...
        """
        given = path if path is not None else os.environ.get("TEALEAVES_STORE") or None
        folder = shipped() if given is None else Path(given)
        if not folder.is_dir():
            what = "not a folder" if folder.exists() else "no such folder"
            raise TealeavesError(what, where=str(folder), expected="the folder of a store")
        folder = current_generation(folder)
        manifest = read_manifest(folder)
        for name, table in manifest.tables.items():
            _check_size(folder / table.file, name, table)
        return cls(folder, manifest)

    @cached_property
    def sources(self) -> dict[str, SourceRef]:
        """What a reader needs to find each source again, by id."""
        return {
            name: SourceRef(
                name, entry.title, entry.publisher, entry.version, entry.licence, entry.citation,
                entry.address,
            )
            for name, entry in self.manifest.sources.items()
        }  # fmt: skip

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each table, as written in the manifest."""
        return {name: table.sha256 for name, table in self.manifest.tables.items()}

    @property
    def manifest_hash(self) -> str:
        """A short hash of all tables, by which a brief says which store it was made from."""
        return self.manifest.version

    def verify(self) -> None:
        """Hash every file anew.

        Raises
        ------
        TealeavesErrors
            One error for each file that has changed since it was written.
        """
        errors = []
        for name, table in self.manifest.tables.items():
            try:
                _check_size(self.path / table.file, name, table)
                _check_hash(self.path / table.file, table, again=True)
            except TealeavesError as error:
                errors.append(error)
        if errors:
            raise TealeavesErrors(errors)

    def table(self, name: str) -> pl.LazyFrame:
        """Return one table by its name in the manifest.

        Raises
        ------
        TealeavesError
            The store has no such table, or its file has changed since it was written.
        """
        if name not in self.manifest.tables:
            raise self._none("table", name, self.manifest.tables)
        entry = self.manifest.tables[name]
        path = self.path / entry.file
        _check_hash(path, entry)
        return pl.scan_parquet(path)

    def variables(self, shape: str) -> tuple[str, ...]:
        """Return the names of all variables in the tables of ``shape``, sorted."""
        tables = (t for t in self.manifest.tables.values() if t.shape == shape)
        return tuple(sorted({name for table in tables for name in table.variables}))

    def state_year(self, variables: Sequence[str]) -> pl.LazyFrame:
        """Return state, year, variable, value, low, high, status, source.

        Where several sources give the same value, the one that comes first in the manifest is
        taken; published figures come last. A gap is an absent row.

        Raises
        ------
        TealeavesError
            The store has no such variable.
        """
        return self._first([part for _, part in self._parts("state-year", variables)], "state-year")

    def pair_year(
        self,
        variables: Sequence[str],
        *,
        states: Sequence[str] | None = None,
        years: tuple[int, int] | None = None,
    ) -> pl.LazyFrame:
        """Return a, b, year, variable, value, low, high, status, source.

        From a to b where the variable is directed (see `directed`), else once with a < b. Sources
        that list events only (alliances, disputes) get their zeros here, for every pair of states
        that exists, so an absent row is a gap.

        Parameters
        ----------
        variables
            Names in the store.
        states
            ISO codes; only pairs among these, which is much faster for one pair.
        years
            First and last year, both included.

        Raises
        ------
        TealeavesError
            The store has no such variable.
        """
        parts = []
        for entry, rows in self._parts("pair-year", variables):
            part = rows
            if states is not None:
                part = part.filter(pl.col("a").is_in(states) & pl.col("b").is_in(states))
            if years is not None:
                part = part.filter(pl.col("year").is_between(*years))
            if entry.zeros:
                wanted = [name for name in variables if name in entry.variables]
                part = _with_zeros(part, entry, wanted, states, years)
            parts.append(part)
        return self._first(parts, "pair-year")

    def directed(self, variable: str) -> bool:
        """Say whether a pair-year variable goes from a to b.

        Raises
        ------
        TealeavesError
            The store has no such variable.
        """
        for table in self.manifest.tables.values():
            if table.shape == "pair-year" and variable in table.variables:
                return table.directed
        raise self._none("variable", variable, self.variables("pair-year"))

    def roll_calls(self, *, emergency: bool = False) -> pl.LazyFrame:
        """Return state, session, year, rcid, vote (1 yes, 2 abstain, 3 no), source.

        Parameters
        ----------
        emergency
            With the votes of emergency special sessions (negative numbers), which are collected by
            hand and in part only, so that no yearly measure should mix them with the rest.
        """
        rows = self._shape("roll-call", "roll calls")
        return rows if emergency else rows.filter(pl.col("session") > 0)

    def spells(self, kind: str) -> pl.LazyFrame:
        """Return state, other, start, end, kind, label, value, source, status.

        For leaders, kind is ``"leader"``, label the name and value the year of birth; a spell that
        had not ended when its source did has no end.

        Raises
        ------
        TealeavesError
            The store has no spells of this kind.
        """
        for name, table in self.manifest.tables.items():
            if table.shape == "spell" and kind in table.variables:
                return self.table(name).filter(pl.col("kind") == kind)
        raise self._none("spells of the kind", kind, self.variables("spell"))

    def trade(self) -> pl.LazyFrame:
        """Return a, b, year, usd_mn, status, source: exports from a to b, FOB, million USD.

        a and b are states, or areas that keep the totals whole.
        """
        return self._shape("trade", "reconciled trade")

    def trade_totals(self) -> pl.LazyFrame:
        """Return each exporter's totals a year, with status, source and coverage.

        ``coverage`` is the part of exports whose partner is known; ``imports_fob`` the world's
        exports to the state.
        """
        return self._shape("trade-totals", "totals of trade")

    def world_trade(self) -> pl.LazyFrame:
        """Return year, usd_mn, source: exports of the world."""
        return self._shape("world-trade", "trade of the world")

    def published_figures(self) -> pl.LazyFrame:
        """Return every published figure with its publisher, date and address."""
        return self._shape("published-figures", "published figures")

    def _shape(self, shape: str, said: str) -> pl.LazyFrame:
        names = [name for name, table in self.manifest.tables.items() if table.shape == shape]
        if not names:
            raise TealeavesError(f"this store has no {said}", where=str(self.path))
        return self._first([self.table(name) for name in names], shape)

    def _parts(self, shape: str, variables: Sequence[str]) -> list[tuple[TableEntry, pl.LazyFrame]]:
        known = self.variables(shape)
        for variable in variables:
            if variable not in known:
                raise self._none("variable", variable, known)
        return [
            (table, self.table(name).filter(pl.col("variable").is_in(variables)))
            for name, table in self.manifest.tables.items()
            if table.shape == shape and set(variables) & set(table.variables)
        ]

    def _first(self, parts: list[pl.LazyFrame], shape: str) -> pl.LazyFrame:
        if not parts:
            return pl.LazyFrame(schema=dict(SHAPES[shape]))
        if len(parts) == 1:
            return parts[0]
        return pl.concat(parts).unique(KEYS[shape], keep="first", maintain_order=True)

    def _none(self, what: str, name: str, known: object) -> TealeavesError:
        names = sorted(str(item) for item in known)  # type: ignore[attr-defined]
        hint = self._hint(name)
        return TealeavesError(
            f"this store has no {what} {name!r}{hint}",
            where=str(self.path),
            nearest=nearest(name, names),
        )

    def _hint(self, name: str) -> str:
        files = self.manifest.absent.get(name)
        return "" if not files else f" (not built: {', '.join(files)} was missing)"


def shipped() -> Path:
    """Return the folder of the store that comes with the package."""
    return Path(__file__).parent / "shipped"


def current_generation(folder: Path) -> Path:
    """Return the folder that holds the tables: the current generation, or ``folder`` itself.

    Raises
    ------
    TealeavesError
        The file ``current`` names no folder beside it.
    """
    pointer = folder / CURRENT
    if not pointer.is_file():
        return folder
    name = pointer.read_text(encoding="utf-8").strip()
    generation = folder / name
    if not name or Path(name).name != name or not generation.is_dir():
        raise TealeavesError(
            f"names the generation {name!r}, which is not there",
            where=str(pointer),
            expected="the name of a folder beside it",
        )
    return generation


def _with_zeros(
    rows: pl.LazyFrame,
    entry: TableEntry,
    variables: Sequence[str],
    states: Sequence[str] | None,
    years: tuple[int, int] | None,
) -> pl.LazyFrame:
    first, last = entry.first_year or 0, entry.last_year or -1
    if years is not None:
        first, last = max(first, years[0]), min(last, years[1])
    if first > last:
        return rows
    pairs = pair_years(first, last, directed=entry.directed, only=states)
    every = pairs.join(pl.LazyFrame({"variable": list(variables)}), how="cross")
    zeros = every.join(rows, on=KEYS["pair-year"], how="anti").with_columns(
        value=pl.lit(0.0),
        low=pl.lit(None, dtype=pl.Float64),
        high=pl.lit(None, dtype=pl.Float64),
        status=pl.lit("reported"),
        source=pl.lit(entry.source),
    )
    columns = list(SHAPES["pair-year"])
    return pl.concat([rows.select(columns), zeros.select(columns)])


def _check_size(path: Path, name: str, table: TableEntry) -> None:
    if not path.is_file():
        raise TealeavesError(
            f"the file of the table {name!r} is missing",
            where=str(path),
            expected="every file that the manifest names; build the store anew",
        )
    if path.stat().st_size != table.bytes:
        raise TealeavesError(
            f"has changed since it was written: {path.stat().st_size} bytes",
            where=str(path),
            expected=f"{table.bytes} bytes",
        )


def _check_hash(path: Path, table: TableEntry, *, again: bool = False) -> None:
    try:
        status = path.stat()
        key = (str(path.resolve()), status.st_size, status.st_mtime_ns, table.sha256)
        if not again and key in _checked:
            return
        found = sha256(path)
    except OSError as error:
        raise TealeavesError(f"cannot be read: {error.strerror}", where=str(path)) from error
    if found != table.sha256:
        raise TealeavesError(
            f"has changed since it was written (sha256 {found[:12]}…)",
            where=str(path),
            expected=f"sha256 {table.sha256[:12]}…; build the store anew or restore the file",
        )
    _checked.add(key)
