"""Every chart of the project, as Altair charts and as static SVG."""

from __future__ import annotations

import json
from typing import Any

import altair as alt

from tealeaves.brief.content import Chart, Line

#: Colours that people with colour-blind eyes tell apart (Okabe & Ito 2008), darkened for text.
COLOURS = ("#1b4965", "#c1571f", "#4d7c3a", "#8a4f7d", "#7a6a00")
INK, FAINT, RULE = "#22303c", "#d9dfe3", "#8b98a3"
FONT = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif"

WIDTH, HEIGHT = 330, 190


def chart(
    content: Chart, width: int = WIDTH, height: int = HEIGHT
) -> alt.LayerChart | alt.FacetChart:
    """Return the Altair chart of a brief's chart.

    A line is interrupted where its series breaks, and what rests on published figures is dashed.
    """
    names = [line.name for line in content.lines]
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=names, range=list(COLOURS[: len(names)])),
        legend=None,
    )
    x = alt.X(
        "year:Q",
        axis=alt.Axis(format="d", title=None, tickCount=5, grid=False),
        scale=alt.Scale(nice=False, zero=False),
    )
    form = ".0%" if content.form.startswith("percent") else "~g"
    y = alt.Y(
        "value:Q",
        title=None,
        axis=alt.Axis(values=_doublings(content))
        if content.log
        else alt.Axis(tickCount=4, format=form, domain=False, ticks=False),
        scale=alt.Scale(type="log", nice=False, domain=_reach(content))
        if content.log
        else alt.Scale(zero=content.form.startswith("percent")),
    )
    layers: list[Any] = []
    if content.rule is not None:
        rule = alt.Chart(alt.InlineData(values=[{"at": content.rule}]))
        layers.append(rule.mark_rule(color=RULE, strokeDash=[2, 3]).encode(y="at:Q"))
    if content.bands:
        bands = alt.Chart(alt.InlineData(values=_rows(content.bands)))
        layers.append(
            bands.mark_area(opacity=0.16).encode(
                x=x, y=alt.Y("low:Q", title=None), y2="high:Q", color=colour, detail="line:N"
            )
        )
    rows = _rows(content.lines)
    data = alt.Chart(alt.InlineData(values=rows))
    layers.append(
        data.mark_line(strokeWidth=2).encode(
            x=x,
            y=y,
            color=colour,
            detail=["line:N", "segment:N"],
            strokeDash=alt.StrokeDash(
                "kind:N",
                scale=alt.Scale(domain=["bulk", "published"], range=[[1, 0], [4, 3]]),
                legend=None,
            ),
        )
    )
    alone = alt.Chart(alt.InlineData(values=[r for r in rows if r["alone"] or r["published"]]))
    layers.append(alone.mark_point(size=22, filled=True).encode(x=x, y=y, color=colour))
    return alt.layer(*layers).properties(width=width, height=height)


def _reach(content: Chart) -> list[float]:
    """A logarithmic axis from just below the lowest value to just above the highest."""
    values = [f.value for line in content.lines for f in line.figures if f.value]
    return [min(values) * 0.85, max(values) * 1.12]


def _doublings(content: Chart) -> list[float]:
    """Ticks of a logarithmic scale: halves and doubles, readable at a glance."""
    low, high = _reach(content)
    return [t for t in (0.125, 0.25, 0.5, 1, 2, 4, 8, 16) if low < t < high]


def _rows(lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for line in lines:
        segment, before = 0, None
        own: list[dict[str, Any]] = []
        for f in line.figures:
            if f.value is None:
                continue
            if f.after_break or (before is not None and f.year != before + 1):
                segment += 1
            before = f.year
            published = f.status == "published figure"
            own.append(
                {
                    "line": line.name,
                    "year": f.year,
                    "value": f.value,
                    "low": f.low,
                    "high": f.high,
                    "segment": f"{line.name}-{segment}",
                    "kind": "published" if published else "bulk",
                    "published": published,
                }
            )
        sizes: dict[str, int] = {}
        for row in own:
            sizes[row["segment"]] = sizes.get(row["segment"], 0) + 1
        rows += [{**row, "alone": sizes[row["segment"]] == 1} for row in own]
    return rows


def svg(content: Chart, width: int = WIDTH, height: int = HEIGHT) -> str:
    """Return the chart as an SVG document that scales to its place on the page."""
    import vl_convert as vlc

    spec = json.loads(chart(content, width, height).to_json())
    spec["config"] = {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "gridColor": FAINT,
            "domainColor": RULE,
            "tickColor": RULE,
            "labelFontSize": 11,
        },
    }
    drawn: str = vlc.vegalite_to_svg(json.dumps(spec))
    return _scalable(drawn, content)


def _scalable(drawn: str, content: Chart) -> str:
    """Let the page set the size, and give screen readers a name for the picture."""
    import re

    label = f"{content.title}. {content.unit}".replace("&", "&amp;").replace('"', "&quot;")
    return re.sub(
        r'<svg ([^>]*?)width="[\d.]+" height="[\d.]+"',
        rf'<svg \1role="img" aria-label="{label}"',
        drawn,
        count=1,
    )
