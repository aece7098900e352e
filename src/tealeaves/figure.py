"""Figure, the one currency: a value with all that is needed to cite and to doubt it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

from tealeaves.errors import TealeavesError

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import polars as pl

#: Statuses from the firmest to the weakest; a value made of several takes the weakest.
STATUSES = ("reported", "mirrored", "interpolated", "published figure", "imputed", "simulated")


def weakest(statuses: Iterable[str]) -> str:
    """Return the weakest of some statuses.

    Examples
    --------
    >>> weakest(["reported", "imputed", "mirrored"])
    'imputed'
    """
    return max(statuses, key=STATUSES.index)


@dataclass(frozen=True, slots=True)
class SourceRef:
    """What a reader needs to find a source again."""

    id: str
    title: str
    publisher: str
    version: str
    licence: str
    citation: str  #: BibTeX
    address: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the documented JSON fields."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "version": self.version,
            "licence": self.licence,
            "citation": self.citation,
            "address": self.address,
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one measure.

    ``coverage`` is the share (0 to 1) of what should be there that is; ``after_break`` marks the
    first value after a change of source, reporter or status.
    """

    measure: str
    args: tuple[str, ...]
    year: int
    value: float | None
    unit: str
    status: str = "reported"
    source: str = ""  #: source ids, joined with "+"
    low: float | None = None
    high: float | None = None
    coverage: float | None = None
    after_break: bool = False
    note: str = ""

    @property
    def usable(self) -> bool:
        """Whether a verdict or a sentence may rest on it: there is a value, and none imputed."""
        return self.value is not None and self.status != "imputed"

    @property
    def id(self) -> str:
        """Identifier, stable across runs, by which sentences refer to the figure.

        Examples
        --------
        >>> Figure("export_share", ("AAA", "BBB"), 1995, 0.0443, "share").id
        'export_share(AAA,BBB,1995)'
        """
        return f"{self.measure}({','.join((*self.args, str(self.year)))})"

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON fields of a value in a series."""
        return {
            "year": self.year,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "coverage": self.coverage,
            "status": self.status,
            "source": self.source,
            "after_break": self.after_break,
            "note": self.note,
        }


@dataclass(frozen=True, repr=False)
class Series(Sequence[Figure]):
    """Figures of one measure for one state or pair, in order of years; gaps are absent years."""

    measure: str
    args: tuple[str, ...]
    unit: str
    direction: str  #: "directed", "undirected" or "state"
    channel: str
    title: str
    figures: tuple[Figure, ...]
    sources: tuple[SourceRef, ...] = ()
    reference: str = ""
    notes: tuple[str, ...] = field(default=())

    @overload
    def __getitem__(self, index: int) -> Figure: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Figure]: ...
    def __getitem__(self, index: int | slice) -> Figure | Sequence[Figure]:
        """Return by position; :meth:`at` finds by year."""
        return self.figures[index]

    def __repr__(self) -> str:
        span = f"{self.years[0]}-{self.years[-1]}" if self.years else "no figures"
        return f"<Series {self.measure}({', '.join(self.args)}) {span}, {len(self)} figures>"

    def __len__(self) -> int:
        return len(self.figures)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    def at(self, year: int) -> Figure | None:
        """Return the figure of ``year``, or None where there is a gap."""
        return next((f for f in self.figures if f.year == year and f.value is not None), None)

    @property
    def years(self) -> tuple[int, ...]:
        """Years with a value."""
        return tuple(f.year for f in self.figures if f.value is not None)

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON form."""
        return {
            "schema": 1,
            "measure": self.measure,
            "a": self.args[0] if self.args else None,
            "b": self.args[1] if len(self.args) > 1 else None,
            "title": self.title,
            "channel": self.channel,
            "unit": self.unit,
            "direction": self.direction,
            "reference": self.reference,
            "sources": [s.to_dict() for s in self.sources],
            "notes": list(self.notes),
            "values": [f.to_dict() for f in self.figures],
        }

    def to_polars(self) -> pl.DataFrame:
        """Return a Polars table, one row a year."""
        import polars as pl

        return pl.DataFrame(
            [f.to_dict() for f in self.figures],
            schema={
                "year": pl.Int32,
                "value": pl.Float64,
                "low": pl.Float64,
                "high": pl.Float64,
                "coverage": pl.Float64,
                "status": pl.String,
                "source": pl.String,
                "after_break": pl.Boolean,
                "note": pl.String,
            },
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas table.

        Raises
        ------
        TealeavesError
            The extra ``pandas`` is not installed.
        """
        try:
            return self.to_polars().to_pandas()
        except ModuleNotFoundError as error:
            raise TealeavesError(
                f"pandas tables need {error.name}", expected="pip install 'tealeaves[pandas]'"
            ) from error

    def plot(self) -> alt.LayerChart | alt.FacetChart:
        """Return an Altair chart: the line, with a dot at the first value after each break."""
        import altair as alt

        table = self.to_polars().drop_nulls("value")
        base = alt.Chart(table, title=f"{self.title}: {', '.join(self.args)}").encode(
            x=alt.X("year:Q", axis=alt.Axis(format="d", title=None)),
            y=alt.Y("value:Q", title=self.unit),
        )
        return alt.layer(base.mark_line(), base.transform_filter("datum.after_break").mark_point())

    def cite(self) -> str:
        """Return the BibTeX of exactly the sources used."""
        return "\n\n".join(source.citation for source in self.sources)

    def _repr_html_(self) -> str:
        return str(self.to_polars()._repr_html_())
