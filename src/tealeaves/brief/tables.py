"""Series and lists as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from tealeaves.brief.words import shown
from tealeaves.figure import Figure, Series
from tealeaves.measures.pair_ties import ABSENT

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


#: Marks of a last value that is not simply reported.
_MARKS = {"mirrored": "m", "interpolated": "i", "published figure": "p"}


def ties(series: Iterable[Series]) -> Table:
    """Return a pair's measures by channel, both ways in one row, narrow enough for 80 columns."""
    listed = list(series)
    a, b = next((s.args for s in listed if len(s.args) == 2), ("A", "B"))
    table = Table(
        "Measure", f"{a} on {b}", f"{b} on {a}", "Years", "Cov.", "Course",
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False,
        caption="Last value and its year; m mirrored, i interpolated, p published figure. Cov. is "
        "the part of the data that should be there and is; imputed values are left out.",
        caption_justify="left",
    )  # fmt: skip
    for column in table.columns:
        column.no_wrap = True
    before, lacking = "", False
    for name in dict.fromkeys(s.measure for s in listed):
        both = {s.args: s for s in listed if s.measure == name}
        one_way = both.get((a, b)) or next(iter(both.values()))
        if one_way.channel != before:
            before = one_way.channel
            table.add_row(before, style="bold")
        good = {args: _good(s) for args, s in both.items()}
        forth, back = good.get((a, b), []), good.get((b, a), [])
        same = one_way.direction == "undirected"
        if one_way.notes[:1] and one_way.notes[0].startswith(ABSENT):
            table.add_row(f"  {name}", "not stored", "" if same else "not stored", style="dim")
            lacking = True
            continue
        table.add_row(
            f"  {name}", _last(forth or (back if same else [])), "" if same else _last(back),
            _years([*forth, *back]), _coverage([*forth[-1:], *back[-1:]]),
            spark([f.value for f in forth or back if f.value is not None], 7),
        )  # fmt: skip
    if lacking:
        table.caption = f"{table.caption} Not stored: this store lacks the source."
    return table


def _good(series: Series) -> list[Figure]:
    return [f for f in series if f.usable]


def _last(figures: Sequence[Figure]) -> str:
    if not figures:
        return "no figure"
    final = figures[-1]
    return f"{shown(final.value, 'number')} {final.year}{_MARKS.get(final.status, '')}"


def _years(figures: Sequence[Figure]) -> str:
    years = [f.year for f in figures]
    return f"{min(years)}-{max(years)}" if years else ""


def _coverage(figures: Sequence[Figure]) -> str:
    known = [f.coverage for f in figures if f.coverage is not None]
    return f"{min(known):.2f}" if known else ""


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
        caption="\n".join(
            (f"Sources: {sources}" if sources else "No figures in these years.", *series.notes)
        ),
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
    table.columns[0].no_wrap = True
    for name, declared in known.items():
        of = {"state": "a state", "directed": "A on B", "undirected": "a pair"}
        table.add_row(name, of[declared.direction], declared.channel, declared.unit, declared.says)
    return table


def sources(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return the sources of a store."""
    table = Table("Id", "Title", "Publisher", "Years", "Rows", "Licence", box=box.SIMPLE_HEAD)
    table.columns[0].no_wrap = True
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
