"""The reconciliation of trade: exports of every state or area to every other, FOB, by year.

Several sources report one flow. The first that has it is taken, in this order, and the columns
``status`` and ``source`` say which it was, so that a change of reporter is always seen:

1. *reported*: the exporter's exports in IMF Direction of Trade Statistics (DOTS);
2. *mirrored*: the importer's imports, from DOTS where one state's own reports are there, else
   from Correlates of War (before 1961, and for exporters that do not report to DOTS), else, for
   those exporters and years after the last of Correlates of War only, from BACI;
3. *published figure*: figures collected by hand, the exporter's before the importer's;
4. *imputed*: the publisher's estimates; they are there only where nothing else is.

Imports count freight and insurance (CIF), exports do not (FOB): an importer's figure is divided
by `CIF_FOB` wherever it stands in for exports. BACI's are FOB as they are; they rest on the
reports of both sides, and are called mirrored because that is the weaker of what they rest on.

BACI also covers the years before, and exporters that report to DOTS. There it is not taken: a
series has one reporter as long as that one lasts, and changes once, with ``source`` as the mark.
That step may be of definition: Correlates of War counts what areas of a state import with the
state's own, BACI has areas apart, so exports to such a state alone are less from the change on.

Totals of a state: exports are the sum of its reported flows, all partners included, also those
that are no state; else its own published total; else the world's imports from it / `CIF_FOB`;
else the sum of the mirrored flows; else imputed. Imports are the world's exports to it (FOB); in
years in which DOTS has no report of that state, its own published total is taken first, since
the world's figure lacks partners that do not report.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tealeaves.evidence.base import SHAPES, Source, Table
from tealeaves.evidence.sources import baci, cow_trade, imf_dots, published

#: Importers' CIF over exporters' FOB, estimated by :func:`cif_fob` on the pair-years of 1961-2014
#: that both DOTS exporters and Correlates of War importers report. The sums of the same flows give
#: 1.047, the world's imports over its exports in DOTS 1.038 (median of years).
CIF_FOB = 1.045
LARGE = 100.0  #: USD million; the ratio of small flows is mostly noise

SOURCE = Source(
    id="trade",
    title="Trade of all pairs, reconciled from several sources",
    publisher="The tealeaves authors",
    address="tealeaves/evidence/trade.py (in the package)",
    version="1",
    licence="figures computed here from the sources named in each row; cite those",
    citation=(
        "@misc{tealeaves_trade,\n"
        "  author = {{The tealeaves authors}},\n"
        "  title = {Trade of all pairs, reconciled from IMF Direction of Trade Statistics, the\n"
        "    Correlates of War trade data, BACI and published figures},\n"
        "  year = {2026}\n"
        "}"
    ),
    covers=(
        "exports FOB of every pair and totals: 1870-2014 (Correlates of War), 1961-2020 (DOTS), "
        f"2015-2021 for large exporters not in DOTS (BACI), to 2025 by published figures; "
        f"importers' figures divided by {CIF_FOB}"
    ),
    ships="rows",
    files=(*imf_dots.SOURCE.files, *cow_trade.SOURCE.files, *baci.SOURCE.files),
)

_DOTS = imf_dots.SOURCE.id
_COW = cow_trade.SOURCE.id
_BACI = baci.SOURCE.id
_PUBLISHED = published.SOURCE.id
_TOTAL = {"a": pl.String, "year": pl.Int32, "usd_mn": pl.Float64, "status": pl.String,
          "source": pl.String}  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """What the sources give, each in the form its module documents."""

    exports: pl.DataFrame  #: :func:`imf_dots.exports`
    world: pl.DataFrame  #: :func:`imf_dots.world`
    own: pl.DataFrame  #: :func:`imf_dots.own_reports`
    cow: pl.DataFrame  #: :func:`cow_trade.imports`
    baci: pl.DataFrame  #: :func:`baci.flows`
    figures: pl.DataFrame  #: :func:`published.trade_figures`


def tables(folder: Path) -> list[Table]:
    """Return the tables ``trade``, ``trade_totals`` and ``world_trade``.

    Raises
    ------
    TealeavesError
        As the readers of the sources.

    Examples
    --------
    >>> tables(Path("nowhere"))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: nowhere/...: no such file; expected the table ...
    """
    inputs = Inputs(
        imf_dots.exports(folder),
        imf_dots.world(folder),
        imf_dots.own_reports(folder),
        cow_trade.imports(folder),
        baci.flows(folder),
        published.trade_figures(published.read()),
    )
    pairs = reconcile(inputs)
    return [
        Table("trade", "trade", pairs, directed=True),
        Table("trade_totals", "trade-totals", totals(inputs, pairs)),
        Table("world_trade", "world-trade", world_trade(inputs)),
    ]


def cif_fob(exports: pl.DataFrame, imports: pl.DataFrame) -> float:
    r"""Estimate the factor by which importers' figures exceed exporters'.

    Median of :math:`M_{ab}/X_{ab}` over flows of `LARGE` USD million or more that both report,
    without ratios within .002 of 1 and of 1.1: they pile up, one side was made from the other.

    Parameters
    ----------
    exports, imports
        Columns a, b, year, usd_mn: FOB of the exporter a, CIF of the importer b.

    Examples
    --------
    >>> x = pl.DataFrame({"a": ["A"], "b": ["B"], "year": [1], "usd_mn": [200.0]})
    >>> cif_fob(x, x.with_columns(usd_mn=pl.lit(212.0)))
    1.06
    """
    ratio = (
        exports.filter(pl.col("usd_mn") >= LARGE)
        .join(imports.rename({"usd_mn": "cif"}), on=["a", "b", "year"])
        .select(pl.col("cif") / pl.col("usd_mn"))
        .to_series()
    )
    made = ((ratio - 1).abs() < 0.002) | ((ratio - 1.1).abs() < 0.002)
    return float(ratio.filter(~made).median())  # type: ignore[arg-type]


def reconcile(inputs: Inputs) -> pl.DataFrame:
    """Return one row a directed pair and year: a, b, year, usd_mn (FOB), status, source.

    Pairs are states or areas. A flow that nobody has is an absent row, a gap.

    Examples
    --------
    >>> x = pl.DataFrame({"a": ["A"], "b": ["B"], "year": [2000], "usd_mn": [5.0]})
    >>> no = pl.DataFrame(schema={"state": str, "other": str, "flow": str, "year": pl.Int32,
    ...                           "status": str, "usd_mn": float})
    >>> none = pl.DataFrame(schema={"kind": str, "a": str, "b": str, "year": pl.Int32,
    ...                             "usd_mn": float, "basis": str, "by": str})
    >>> reconcile(Inputs(x, no, no, x, x, none)).rows()
    [('A', 'B', 2000, 5.0, 'reported', 'imf-dots')]
    """
    own = inputs.own.filter(pl.col("other").is_not_null())
    out = own.filter(flow="exports").rename({"state": "a", "other": "b"})
    into = own.filter(flow="imports").rename({"other": "a", "state": "b"})
    into = into.with_columns(pl.col("usd_mn") / CIF_FOB)
    flows = inputs.figures.filter(kind="flow").with_columns(_fob())
    ranked = [
        _as(inputs.exports, "reported", _DOTS),
        _as(out.filter(status="reported"), "reported", _DOTS),
        _as(into.filter(status="reported"), "mirrored", _DOTS),
        _as(inputs.cow.with_columns(pl.col("usd_mn") / CIF_FOB), "mirrored", _COW),
        _as(_after_cow(inputs), "mirrored", _BACI),
        _as(flows.filter(by="exporter"), "published figure", _PUBLISHED),
        _as(flows.filter(by="importer"), "published figure", _PUBLISHED),
        _as(out.filter(status="imputed"), "imputed", _DOTS),
        _as(into.filter(status="imputed"), "imputed", _DOTS),
    ]
    shape = SHAPES["trade"]
    every = pl.concat(
        frame.select(pl.col(name).cast(dtype) for name, dtype in shape.items()) for frame in ranked
    )
    return _first(every, ["a", "b", "year"])


def _after_cow(inputs: Inputs) -> pl.DataFrame:
    """Return BACI's flows of exporters that report nothing to DOTS, after Correlates of War."""
    reporters = pl.concat([inputs.exports["a"], inputs.own["state"]]).unique()
    last = inputs.cow.select(pl.col("year").max()).item()
    later = pl.lit(value=True) if last is None else pl.col("year") > last
    return inputs.baci.filter(later & ~pl.col("a").is_in(reporters.implode()))


def totals(inputs: Inputs, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the totals of every state or area and year, in the shape "trade-totals".

    ``exports`` and ``imports`` are FOB, USD million, all partners included. ``imports_fob`` is
    the world's exports to the state in DOTS. ``coverage`` is the part of the exports that goes to
    partners that are one state or area; what goes to several states that report as one, or to
    nobody named, is not (1 at most, since the flows of a mirrored total can add up to more; imputed
    flows do not count; null for a total published by itself, whose partners are not known).

    The share of b in a's exports is X_ab / exports_a; what it is measured against, for instance
    in :func:`tealeaves.measures.intensity`, is made of ``imports_fob`` and :func:`world_trade`.
    All are exports FOB, so that freight does not enter.

    Examples
    --------
    >>> "coverage" in SHAPES["trade-totals"]
    True
    """
    exports = _whole(_export_totals(inputs, pairs), pairs, "exports")
    imports = _import_totals(inputs, pairs, exports)
    fob = inputs.world.filter(pl.col("kind") != "world", pl.col("flow") == "exports").select(
        pl.col("code").alias("a"), "year", pl.col("usd_mn").alias("imports_fob")
    )
    areas = imf_dots.names().filter(kind="area")["code"].to_list()
    single = pairs.filter(~pl.col("b").is_in(areas) & (pl.col("status") != "imputed"))
    frame = exports.join(imports, on=["a", "year"], how="full", coalesce=True)
    frame = frame.join(fob, on=["a", "year"], how="full", coalesce=True)
    # Of a reported total only reported flows are a part.
    part = (pl.col("exports_status") != "reported") | (pl.col("status") == "reported")
    known = (
        single.join(exports, on=["a", "year"])
        .filter(part)
        .group_by("a", "year")
        .agg((pl.col("usd_mn").sum() / pl.col("exports").first()).alias("coverage"))
        .with_columns(pl.min_horizontal("coverage", pl.lit(1.0)))
        # A total published by itself comes without its partners: how many is not known.
        .join(exports.filter(exports_status="published figure"), on=["a", "year"], how="anti")
    )
    return (
        frame.join(known, on=["a", "year"], how="left")
        .select(pl.col(name).cast(dtype) for name, dtype in SHAPES["trade-totals"].items())
        .sort("a", "year")
    )


#: A total that its parts exceed by more than this is no total: a report of a few partners only.
EXCESS = 1.2


def _whole(totals: pl.DataFrame, pairs: pl.DataFrame, value: str) -> pl.DataFrame:
    """Leave out totals of exports that the flows to single partners exceed: a gap, not a share."""
    parts = (
        pairs.filter(pl.col("status") != "imputed")
        .group_by("a", "year")
        .agg(pl.col("usd_mn").sum().alias("parts"))
    )
    return (
        totals.join(parts, on=["a", "year"], how="left")
        .filter(pl.col("parts").fill_null(0.0) <= EXCESS * pl.col(value))
        .drop("parts")
    )


def world_trade(inputs: Inputs) -> pl.DataFrame:
    """Return the world's exports FOB: year, usd_mn, source.

    Examples
    --------
    >>> list(SHAPES["world-trade"])
    ['year', 'usd_mn', 'source']
    """
    return (
        inputs.world.filter(kind="world", flow="exports")
        .select("year", "usd_mn", pl.lit(_DOTS).alias("source"))
        .sort("year")
    )


def _export_totals(inputs: Inputs, pairs: pl.DataFrame) -> pl.DataFrame:
    own = inputs.own.filter(pl.col("other").is_null() & (pl.col("flow") == "exports")).rename(
        {"state": "a"}
    )
    figures = inputs.figures.filter(kind="exports").with_columns(_fob())
    mirrored = inputs.world.filter(
        pl.col("kind") != "world", pl.col("flow") == "imports"
    ).with_columns(pl.col("code").alias("a"), pl.col("usd_mn") / CIF_FOB)
    summed = pairs.filter(status="mirrored", source=_COW).group_by("a", "year").agg(
        pl.col("usd_mn").sum()
    )  # fmt: skip
    # Where few partners were reported, the world's imports from the state say more.
    reported = _whole(
        inputs.exports.group_by("a", "year").agg(pl.col("usd_mn").sum()), pairs, "usd_mn"
    )
    return _total(
        [
            _as(reported, "reported", _DOTS),
            _as(own.filter(status="reported"), "reported", _DOTS),
            _as(figures, "published figure", _PUBLISHED),
            _as(mirrored, "mirrored", _DOTS),
            _as(summed, "mirrored", _COW),
            _as(own.filter(status="imputed"), "imputed", _DOTS),
        ],
        "exports",
    )


def _import_totals(inputs: Inputs, pairs: pl.DataFrame, exports: pl.DataFrame) -> pl.DataFrame:
    reports = exports.filter(exports_status="reported").select("a", "year")
    figures = (
        inputs.figures.filter(kind="imports")
        .with_columns(_fob())
        .join(reports, on=["a", "year"], how="anti")
    )
    mirrored = inputs.world.filter(
        pl.col("kind") != "world", pl.col("flow") == "exports"
    ).with_columns(pl.col("code").alias("a"))
    summed = pairs.filter(status="mirrored", source=_COW).group_by("b", "year").agg(
        pl.col("usd_mn").sum()
    )  # fmt: skip
    return _total(
        [
            _as(figures, "published figure", _PUBLISHED),
            _as(mirrored, "mirrored", _DOTS),
            _as(summed.rename({"b": "a"}), "mirrored", _COW),
        ],
        "imports",
    )


def _total(ranked: list[pl.DataFrame], name: str) -> pl.DataFrame:
    every = pl.concat(
        frame.select(pl.col(column).cast(dtype) for column, dtype in _TOTAL.items())
        for frame in ranked
    )
    return _first(every, ["a", "year"]).rename(
        {"usd_mn": name, "status": f"{name}_status", "source": f"{name}_source"}
    )


def _first(every: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Keep the first row of each key, in the order given; sort by the keys."""
    return every.unique(keys, keep="first", maintain_order=True).sort(keys)


def _as(frame: pl.DataFrame, status: str, source: str) -> pl.DataFrame:
    return frame.with_columns(pl.lit(status).alias("status"), pl.lit(source).alias("source"))


def _fob() -> pl.Expr:
    cif = pl.col("basis") == "cif"
    return pl.when(cif).then(pl.col("usd_mn") / CIF_FOB).otherwise("usd_mn").alias("usd_mn")
