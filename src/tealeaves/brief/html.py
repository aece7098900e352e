"""A brief as one HTML file that needs nothing else: works offline, on a phone and on paper."""

from __future__ import annotations

import re
from importlib import resources

from tealeaves.brief import charts
from tealeaves.brief.content import (
    Badge,
    Brief,
    Bullets,
    Chart,
    Charts,
    Code,
    Num,
    Paragraph,
    Part,
    Quote,
    Sentence,
    Strong,
    Table,
)


def render(brief: Brief) -> str:
    """Return the brief as a self-contained HTML document."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup, escape

    def sentence(content: Sentence) -> Markup:
        return Markup("").join(part(p) for p in content.parts)

    def part(p: Part) -> Markup:
        match p:
            case Num():
                f = p.figure
                title = " · ".join(
                    t for t in (f.id, f.unit, f.status, f.source, f.note) if t and t != "count"
                )
                return Markup('<data value="{}" title="{}">{}</data>').format(
                    "" if f.value is None else f"{f.value:.6g}", title, _tight(p.text)
                )
            case Quote():
                return Markup("{}").format(p.text)
            case Strong():
                return Markup("<strong>{}</strong>").format(p.text)
            case Code():
                return Markup("<code>{}</code>").format(p.text)
            case Badge():
                return Markup('<span class="badge {}">{}</span>').format(p.tone, p.text)
        return Markup("<br>").join(escape(line) for line in p.split("\n"))

    def picture(chart: Chart) -> Markup:
        return Markup(charts.svg(chart))  # noqa: S704 - our own drawing; its label is escaped

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["sentence"] = sentence
    environment.filters["picture"] = picture
    environment.filters["colours"] = _colours
    environment.tests["paragraph"] = lambda b: isinstance(b, Paragraph)
    environment.tests["bullets"] = lambda b: isinstance(b, Bullets)
    environment.tests["table"] = lambda b: isinstance(b, Table)
    environment.tests["charts"] = lambda b: isinstance(b, Charts)
    folder = resources.files("tealeaves.brief") / "templates"
    template = environment.from_string((folder / "brief.html.j2").read_text(encoding="utf-8"))
    style = (folder / "brief.css").read_text(encoding="utf-8")
    html = template.render(brief=brief, style=Markup(style))  # noqa: S704 - our own style sheet
    return re.sub(r"\n\s*\n+", "\n", html)


def _tight(text: str) -> str:
    """Keep a number and its unit on one line."""
    return text.replace(" ", "\u202f" if text.endswith("%") else "\u00a0")


def _colours(chart: Chart) -> list[tuple[str, str]]:
    """Return the names of a chart's lines with their colours."""
    return [(line.name, charts.COLOURS[i]) for i, line in enumerate(chart.lines) if line.figures]
