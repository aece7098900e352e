"""The manifest of a store: what each table is, whence it came, and the hash of every file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tealeaves.errors import TealeavesError
from tealeaves.files import write

FORMAT = 1
NAME = "manifest.json"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source as the manifest keeps it; ``inputs`` are the raw files with their hashes."""

    title: str
    publisher: str
    address: str
    version: str
    licence: str
    citation: str
    covers: str
    ships: str
    inputs: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table as the manifest keeps it.

    ``variables`` are the variables of a state-year or pair-year table and the kinds of a table of
    spells. ``zeros`` says that within the years covered a row that is absent means zero.
    """

    shape: str
    file: str
    sha256: str
    bytes: int
    rows: int
    first_year: int | None
    last_year: int | None
    variables: tuple[str, ...]
    directed: bool
    zeros: bool
    source: str


@dataclass(frozen=True)
class Manifest:
    """What a store holds, in the order in which its sources take precedence.

    ``absent`` lists, for every source that was known but not built, the files that were missing.
    """

    sources: dict[str, SourceEntry]
    tables: dict[str, TableEntry]
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def version(self) -> str:
        """A short hash of all tables: two stores with the same version hold the same bytes."""
        said = "\n".join(f"{name} {table.sha256}" for name, table in sorted(self.tables.items()))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def text(self) -> str:
        """Return the manifest as the JSON text that is written; it ends with its own hash."""
        content = {
            "format": self.format,
            "version": self.version,
            "sources": {name: asdict(entry) for name, entry in self.sources.items()},
            "tables": {name: asdict(entry) for name, entry in self.tables.items()},
            "absent": self.absent,
        }
        said = json.dumps(content, indent=1, ensure_ascii=False)
        content["sha256"] = hashlib.sha256(said.encode()).hexdigest()
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write ``manifest`` into ``folder``, whole or not at all."""
    write(folder / NAME, manifest.text())


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of the store in ``folder``.

    Raises
    ------
    TealeavesError
        There is none, it is empty or no JSON, its format is unknown, it names no tables, an entry
        lacks a field, or it has changed since it was written.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_manifest(Manifest({}, {"t": TableEntry(
    ...     "state-year", "t.parquet", "0" * 64, 1, 1, 1990, 1990, ("gdp",), False, False, "s")}),
    ...     folder)
    >>> read_manifest(folder).tables["t"].variables
    ('gdp',)
    """
    path = folder / NAME
    if not path.is_file():
        raise TealeavesError(
            "not a store", where=str(folder), expected=f"a folder with {NAME} or a file 'current'"
        )
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
    except OSError as error:
        raise TealeavesError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except (ValueError, RecursionError) as error:
        size = path.stat().st_size
        what = "the manifest is empty" if size == 0 else f"the manifest is no JSON: {error}"
        raise TealeavesError(what, where=str(path)) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise TealeavesError(
            "the manifest has an unknown format", where=str(path), expected=f'"format": {FORMAT}'
        )
    tables = _entries(content, "tables", TableEntry, path)
    if not tables:
        raise TealeavesError("the manifest names no tables", where=str(path))
    for name, table in tables.items():
        if Path(table.file).name != table.file or not table.file:
            raise TealeavesError(
                f"table {name!r} names the file {table.file!r}",
                where=str(path),
                expected="a file beside the manifest",
            )
    absent = content.get("absent", {})
    if not isinstance(absent, dict):
        raise TealeavesError("'absent' is no table of sources", where=str(path))
    manifest = Manifest(
        sources=_entries(content, "sources", SourceEntry, path),
        tables=tables,
        absent={str(name): tuple(files) for name, files in absent.items()},
    )
    if manifest.text() != text:
        raise TealeavesError(
            "the manifest has changed since it was written", where=str(path), expected="its hash"
        )
    return manifest


def _entries(content: dict[str, Any], part: str, kind: type[T], path: Path) -> dict[str, T]:
    entries = content.get(part)
    if not isinstance(entries, dict):
        raise TealeavesError(f"the manifest has no {part!r}", where=str(path))
    found = {}
    for name, fields in entries.items():
        try:
            found[name] = kind(
                **{key: tuple(v) if isinstance(v, list) else v for key, v in fields.items()}
            )
        except (TypeError, AttributeError) as error:
            raise TealeavesError(
                f"the entry {name!r} in {part!r} is not complete: {error}", where=str(path)
            ) from error
    return found


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
