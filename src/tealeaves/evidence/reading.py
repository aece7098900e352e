"""Reading a publisher's table with errors that name file, row and column."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from tealeaves.errors import TealeavesError, nearest

#: A type as given by a source module: an instance or a class of Polars' types.
Type = pl.DataType | type[pl.DataType]


def read_table(
    folder: Path,
    name: str,
    columns: Mapping[str, Type],
    *,
    required: Sequence[str] = (),
    nulls: Sequence[str] = ("", "NA"),
) -> pl.DataFrame:
    r"""Read the named columns of a CSV or Parquet file, strictly typed.

    Parameters
    ----------
    folder, name
        The folder of raw files and the file's name relative to it.
    columns
        Name and type of each column wanted; others in the file are left out.
    required
        Columns in which a gap is an error.
    nulls
        Texts that mean a gap in a CSV file.

    Returns
    -------
    DataFrame
        The columns in the order of ``columns``, rows in the order of the file.

    Raises
    ------
    TealeavesError
        The file is absent, empty, truncated or no table; a column is missing or renamed (the
        nearest names are given); a value has the wrong type or is missing (with its row, counted
        from 1 after the header).

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "t.csv").write_text("code,year\n2,1990\nNA,1991\n")
    >>> read_table(folder, "t.csv", {"year": pl.Int32, "code": pl.Int32}).rows()
    [(1990, 2), (1991, None)]
    """
    path = folder / name
    if not path.is_file():
        raise TealeavesError("no such file", where=str(path), expected=f"the table {name}")
    if path.stat().st_size == 0:
        raise TealeavesError("the file is empty", where=str(path))
    frame = _read_raw(path, list(columns), nulls)
    if frame.is_empty():
        raise TealeavesError("the table has no rows", where=str(path))
    for column, dtype in columns.items():
        frame = frame.with_columns(_typed(frame[column], dtype, path))
    for column in required:
        gaps = frame[column].is_null().arg_true()
        if len(gaps):
            raise TealeavesError(
                f"{len(gaps)} empty values",
                where=f"{path}, row {gaps[0] + 1}, column {column!r}",
                expected=f"a value of type {frame.schema[column]} in every row",
            )
    return frame


def check_unique(frame: pl.DataFrame, keys: Sequence[str], name: str) -> None:
    """Raise an error that names the first row whose ``keys`` occur before in ``frame``.

    Raises
    ------
    TealeavesError
        Two rows share a key.

    Examples
    --------
    >>> check_unique(pl.DataFrame({"a": [1, 2]}), ["a"], "t.csv")
    """
    first = frame.select(pl.struct(list(keys)).is_first_distinct()).to_series()
    again = (~first).arg_true()
    if len(again):
        row = frame.select(keys).row(int(again[0]), named=True)
        said = ", ".join(f"{key}={value}" for key, value in row.items())
        raise TealeavesError(
            f"a second row for {said}",
            where=f"{name}, row {again[0] + 1}",
            expected=f"one row for each {', '.join(keys)}",
        )


def _read_raw(path: Path, columns: list[str], nulls: Sequence[str]) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            present = list(pl.read_parquet_schema(path))
            _check_columns(path, columns, present)
            return pl.read_parquet(path, columns=columns).select(columns)
        present = pl.read_csv(path, n_rows=0, infer_schema=False).columns
        _check_columns(path, columns, present)
        _check_fields(path)
        return pl.read_csv(path, infer_schema=False, null_values=list(nulls)).select(columns)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError, csv.Error) as error:
        kind = "Parquet" if path.suffix == ".parquet" else "CSV"
        raise TealeavesError(
            f"cannot be read as {kind}: {str(error).splitlines()[0]}",
            where=str(path),
            expected="the whole file as published; it may be truncated",
        ) from error


def _check_fields(path: Path) -> None:
    """Find the first row with too few or too many fields; Polars fills up the short ones."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = len(next(rows))
        for number, row in enumerate(rows, start=1):
            if row and len(row) != header:
                raise TealeavesError(
                    f"{len(row)} fields",
                    where=f"{path}, row {number}",
                    expected=f"{header} fields, as in the header; the file may be truncated",
                )


def _check_columns(path: Path, columns: Sequence[str], present: Sequence[str]) -> None:
    missing = [column for column in columns if column not in present]
    if missing:
        close = [name for column in missing for name in nearest(column, present, n=2)]
        raise TealeavesError(
            f"no column {', '.join(map(repr, missing))}",
            where=str(path),
            expected=f"the columns {', '.join(columns)}",
            nearest=list(dict.fromkeys(close)),
        )


def _typed(values: pl.Series, dtype: Type, path: Path) -> pl.Series:
    if values.dtype == dtype:
        return values
    if values.dtype == pl.String and dtype == pl.Date:
        typed = values.str.to_date("%Y-%m-%d", strict=False)
    else:
        typed = values.cast(dtype, strict=False)
    wrong = (typed.is_null() & values.is_not_null()).arg_true()
    if not len(wrong) and values.dtype.is_float() and typed.dtype.is_integer():
        wrong = ((typed.cast(pl.Float64) != values) & values.is_not_null()).arg_true()
    if len(wrong):
        at = int(wrong[0])
        raise TealeavesError(
            f"{values[at]!r} is no {typed.dtype}",
            where=f"{path}, row {at + 1}, column {values.name!r}",
            expected=f"a value of type {typed.dtype}",
        )
    return typed
