"""Series and lists as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from tealeaves.brief.words import shown
from tealeaves.figure import Figure, Series

if TYPE_CHECKING:
    from tealeaves.measures.declarations import Declaration

_BARS = "▁▂▃▄▅▆▇█"


def spark(values: Sequence[float], width: int = 16) -> str:
    """Return the course of some values as a word of bars, lowest to highest.

    Examples
    --------
    >>> spark([0.0, 1.0, 2.0, 3.0])
    '▁▃▅█'
    """
    if not values:
        return ""
    if len(values) > width:
        step = (len(values) - 1) / (width - 1)
        values = [values[round(i * step)] for i in range(width)]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return "".join(_BARS[int((v - low) / span * (len(_BARS) - 1))] for v in values)


def ties(series: Iterable[Series]) -> Table:
    """Return a pair's measures by channel: last value, years, coverage and course."""
    table = Table(
        "Channel",
        "Measure",
        "From",
        "On",
        "Last",
        "Year",
        "Status",
        "Years",
        "Coverage",
        "Course",
        box=box.SIMPLE_HEAD,
    )
    before = ""
    for one_series in series:
        good = [f for f in one_series if f.value is not None and f.status != "imputed"]
        channel = one_series.channel if one_series.channel != before else ""
        before = one_series.channel
        arrow = one_series.args if len(one_series.args) > 1 else (*one_series.args, "")
        if not good:
            table.add_row(channel, one_series.measure, *arrow, "no figure", style="dim")
            continue
        final = good[-1]
        coverage = "" if final.coverage is None else f"{final.coverage:.0%}"
        table.add_row(
            channel,
            one_series.measure,
            *arrow,
            shown(final.value, "number"),
            str(final.year),
            final.status,
            _years(good),
            coverage,
            spark([f.value for f in good if f.value is not None]),
        )
    return table


def _years(figures: Sequence[Figure]) -> str:
    first, last = figures[0].year, figures[-1].year
    gaps = last - first + 1 - len({f.year for f in figures})
    return f"{first}-{last}" + (f" ({gaps} missing)" if gaps else "")


def one(series: Series) -> Table:
    """Return one series, a row a year, its sources below."""
    sources = "; ".join(f"{s.title} ({s.version})" for s in series.sources)
    table = Table(
        "Year",
        "Value",
        "Low",
        "High",
        "Coverage",
        "Status",
        "Source",
        "Note",
        title=f"{series.title}: {', '.join(series.args)} ({series.unit})",
        caption=" ".join(("Sources:", sources, *series.notes)).strip(),
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
    )
    for f in series:
        note = " ".join(t for t in ("change of basis" if f.after_break else "", f.note) if t)
        table.add_row(
            str(f.year),
            shown(f.value, "number"),
            *(shown(x, "number") for x in (f.low, f.high)),
            "" if f.coverage is None else f"{f.coverage:.0%}",
            f.status,
            f.source,
            note,
        )
    return table


def registry(known: Mapping[str, Declaration]) -> Table:
    """Return the registry of measures."""
    table = Table("Measure", "Of", "Channel", "Unit", "What it says", box=box.SIMPLE_HEAD)
    for name, declared in known.items():
        of = {"state": "a state", "directed": "A on B", "undirected": "a pair"}
        table.add_row(name, of[declared.direction], declared.channel, declared.unit, declared.says)
    return table


def sources(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return the sources of a store."""
    table = Table("Id", "Title", "Publisher", "Years", "Rows", "Licence", box=box.SIMPLE_HEAD)
    for row in rows:
        years = f"{row['first_year']}-{row['last_year']}" if row.get("first_year") else ""
        table.add_row(
            str(row["id"]),
            str(row["title"]),
            str(row["publisher"]),
            years,
            f"{row['rows']:,}",
            str(row["licence"]),
        )
    return table
