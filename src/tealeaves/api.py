"""The names that users call: measures of pairs, panels, and cases from loading to brief."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tealeaves.errors import TealeavesError

if TYPE_CHECKING:
    import polars as pl

    from tealeaves.brief.content import Brief
    from tealeaves.cases.schema import Case
    from tealeaves.claims import Verdict
    from tealeaves.claims.evaluate import Context
    from tealeaves.evidence.store import Store
    from tealeaves.figure import Series
    from tealeaves.model.run import Result


class Argument:
    """A case with a store: what the command line and notebooks work on.

    Parameters
    ----------
    case
        The argument written down.
    store
        Where its figures come from; None is the shipped store, or ``TEALEAVES_STORE``.
    """

    def __init__(self, case: Case, store: Store | None = None) -> None:
        self.case = case
        self._given = store

    def __repr__(self) -> str:
        return f"<Argument {self.case.id}: {self.case.question}>"

    @cached_property
    def store(self) -> Store:
        """The store that answers."""
        from tealeaves.evidence.store import Store

        return self._given or Store.open()

    @cached_property
    def context(self) -> Context:
        """Where the case's expressions get their values."""
        from tealeaves import claims

        return claims.context(self.case, self.store)

    @cached_property
    def history(self) -> dict[str, list[tuple[int, float]]]:
        """Each measured quantity's years and values."""
        from tealeaves import claims

        return claims.history(self.case, self.context)

    def check(self) -> list[Verdict]:
        """Return the verdict on every claim; see :func:`tealeaves.claims.check_claim`."""
        from tealeaves import claims

        return claims.check(self.case, self.context)

    def run(
        self, runs: int = 10_000, seed: int = 1, scenarios: Sequence[str] | None = None
    ) -> Result:
        """Run the causal system forward; see :func:`tealeaves.model.run.run`."""
        from tealeaves import model

        return model.run(self.case, self.history, runs=runs, seed=seed, scenarios=scenarios)

    def brief(self, result: Result | None = None, *, runs: int = 10_000, seed: int = 1) -> Brief:
        """Return the brief; ``result`` are runs made before, else they are made now."""
        from tealeaves.brief.build import build

        made = result if result is not None else self.run(runs=runs, seed=seed)
        return build(self.case, self.store, self.check(), made)


def case(name: str | Path | None = None, *, store: Store | None = None) -> Argument:
    """Return a case by the name of a shipped one or by its file; None is the default case.

    Raises
    ------
    TealeavesError
        The file is missing or wrong: every problem with file, line and column.

    Examples
    --------
    >>> case().case.horizon > 0
    True
    """
    from tealeaves import cases

    return Argument(cases.load(cases.default() if name is None else name), store)


def measure(
    name: str,
    *states: str,
    years: tuple[int, int] | None = None,
    store: Store | None = None,
) -> Series:
    """Return one measure of a state or a pair; see :func:`tealeaves.measures.compute`."""
    from tealeaves import measures

    return measures.compute(name, *states, years=years, store=store)


def ties(
    a: str, b: str, *, years: tuple[int, int] | None = None, store: Store | None = None
) -> list[Series]:
    """Return every measure of a pair; see :func:`tealeaves.measures.ties`."""
    from tealeaves import measures

    return measures.ties(a, b, years=years, store=store)


def panel(
    kind: Literal["states", "pairs"],
    years: tuple[int, int],
    names: Sequence[str],
    *,
    store: Store | None = None,
    out: Path | None = None,
) -> pl.DataFrame:
    """Return measures of all states or all pairs, a row a state-year or pair-year.

    Parameters
    ----------
    kind
        ``states`` or ``pairs``.
    years
        First and last year.
    names
        Measures of that kind; ``name`` holds the value, ``name_status`` how firm it is.
    out
        A ``.parquet``, ``.csv`` or ``.dta`` file to write as well.

    Raises
    ------
    TealeavesError
        An unknown measure, one of the other kind, reversed years, or an unknown kind of file.
    """
    from tealeaves import measures

    suffix = out.suffix if out is not None else ".csv"
    if suffix not in (".parquet", ".csv", ".dta"):
        raise TealeavesError(
            f"unknown kind of file {suffix!r}", where=str(out), expected=".parquet, .csv or .dta"
        )
    table = measures.panel_measures(kind, names, years=years, store=store)
    if out is not None:
        _write(table, out)
    return table


def _write(table: pl.DataFrame, out: Path) -> None:
    import io
    import tempfile

    from tealeaves.files import write

    buffer = io.BytesIO()
    if out.suffix == ".parquet":
        table.write_parquet(buffer)
    elif out.suffix == ".csv":
        table.write_csv(buffer)
    else:
        try:
            import pyreadstat
        except ImportError as error:
            raise TealeavesError(
                "Stata files need the extra 'pandas'", expected="pip install tealeaves[pandas]"
            ) from error
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder) / "panel.dta"
            pyreadstat.write_dta(table.to_pandas(), str(whole))
            buffer.write(whole.read_bytes())
    write(out, buffer.getvalue())


def year_range(text: str) -> tuple[int, int]:
    """Read ``1990:2020``, or one year.

    Raises
    ------
    TealeavesError
        Not two years with a colon between, or reversed.

    Examples
    --------
    >>> year_range("1990:2020")
    (1990, 2020)
    """
    first, colon, last = text.partition(":")
    try:
        span = int(first), int(last if colon else first)
    except ValueError:
        raise TealeavesError(
            f"cannot read {text!r} as years", where="--years", expected="first:last, as 1990:2020"
        ) from None
    if span[0] > span[1]:
        raise TealeavesError(
            f"{span[0]} is after {span[1]}", where="--years", expected="first:last, as 1990:2020"
        )
    return span


def names(text: str) -> list[str]:
    """Read names with commas between.

    Examples
    --------
    >>> names("intensity, salience")
    ['intensity', 'salience']
    """
    found = [name.strip() for name in text.split(",") if name.strip()]
    if not found:
        raise TealeavesError("no measures named", where="--measures", expected="names, a,b")
    return found
