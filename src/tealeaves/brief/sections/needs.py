"""Who needs whom: every asymmetry as size and tie, and what is left when size is taken out."""

from __future__ import annotations

import math

from tealeaves.brief.content import (
    Block,
    Bullets,
    Chart,
    Charts,
    Line,
    Num,
    Paragraph,
    Part,
    Section,
    Sentence,
    Strong,
    Table,
    say,
)
from tealeaves.brief.inputs import Inputs, bulk, derived, last, published
from tealeaves.brief.words import of
from tealeaves.figure import Figure

#: Over how many years the balance of trade is watched for a change of sides.
SPREAD = 10


def section(inputs: Inputs) -> Section:
    """Write the section."""
    blocks: list[Block] = [
        Paragraph(
            (
                say(
                    "A share rises when the partner grows everywhere. So each asymmetry is shown "
                    "as its two parts, ",
                    Strong("size"),
                    " (what the two economies explain) and ",
                    Strong("tie"),
                    " (what is left); only the tie speaks of the relationship.",
                ),
            )
        ),
        Bullets(tuple(s for s in (_size(inputs), _tie(inputs), *_shares(inputs)) if s)),
        _table(inputs),
        Charts(_charts(inputs)),
    ]
    return Section("needs", "Who needs whom", tuple(blocks))


def intensity_sentences(inputs: Inputs) -> list[Sentence]:
    """Tell each direction's intensity from its first year over its lowest to its last."""
    told = []
    for a, b in ((inputs.a, inputs.b), (inputs.b, inputs.a)):
        figures = inputs.shown("intensity", a, b)
        firm = bulk(figures)
        if len(firm) >= 3:
            told.append(_told(firm, published(figures), inputs.names[a], inputs.names[b]))
    return told


def _told(firm: list[Figure], later: list[Figure], name_a: str, name_b: str) -> Sentence:
    first, final = firm[0], firm[-1]
    low = min(firm, key=lambda f: f.value or 0.0)
    high = max(firm, key=lambda f: f.value or 0.0)
    turn = low if low.year not in (first.year, final.year) else high
    parts: list[Part] = [
        f"Taking {of(name_b)} growth out, {of(name_a)} exports to {name_b} stood at ",
        Num(first, "ratio"),
        f" times what {of(name_b)} weight in world trade predicts in {first.year}",
    ]
    if turn.year not in (first.year, final.year):
        parts += [", at ", Num(turn, "ratio"), f" in {turn.year}"]
    parts += [" and at ", Num(final, "ratio"), f" in {final.year}"]
    if later:
        parts += [
            "; published figures, on another basis, give ",
            Num(later[-1], "ratio"),
            f" for {later[-1].year}",
        ]
    parts.append(_direction(first, turn, final, later))
    return say(*parts)


def _direction(first: Figure, turn: Figure, final: Figure, later: list[Figure]) -> str:
    """Tell the course in words; published figures are told apart, their basis being another."""
    start, middle, end = (f.value or 0.0 for f in (first, turn, final))
    if middle < min(start, end):
        against = "below" if end < start else "above"
        level = f"{against} its level of {first.year}"
        told = f": the tie thinned, then grew; in {final.year} it was {level}"
        if later and (later[-1].value or 0.0) > start > end:
            return f"{told}, and only the published figures put it above."
        return f"{told}."
    if middle > max(start, end):
        return ": the tie grew, then thinned."
    return ": the tie grew." if end > start else ": the tie thinned."


def _size(inputs: Inputs) -> Sentence | None:
    size = last(inputs.shown("asymmetry_size", inputs.a, inputs.b))
    if size is None or size.value is None:
        return None
    big, small = (inputs.b, inputs.a) if size.value >= 0 else (inputs.a, inputs.b)
    ratio = derived(size, "gdp_ratio", math.exp(abs(size.value)), "ratio")
    return say(
        Strong("Size. "),
        f"{of(inputs.names[big])} economy was ",
        Num(ratio, "times"),
        f" {of(inputs.names[small])} in {size.year}. That alone makes the same trade weigh that "
        f"much more on {inputs.names[small]}, whatever the relationship.",
    )


def _tie(inputs: Inputs) -> Sentence | None:
    ties = inputs.shown("asymmetry_tie", inputs.a, inputs.b)
    if not ties:
        return None
    tie = ties[-1]
    per_dollar = derived(tie, "exports_ratio", math.exp(tie.value or 0.0), "ratio")
    name_a, name_b = inputs.names[inputs.a], inputs.names[inputs.b]
    spread = [f.value for f in ties[-SPREAD:] if f.value is not None]
    told = (
        "; in the ten years before, the balance changed sides, so it says little."
        if min(spread) < 0 < max(spread)
        else "."
    )
    by = " by published figures" if tie.status == "published figure" else ""
    return say(
        Strong("Tie. "),
        f"For each dollar that {name_b} sold to {name_a} in {tie.year}, {name_a} sold ",
        Num(per_dollar, "ratio"),
        f" back{by}{told}",
    )


def gap(inputs: Inputs) -> Sentence | None:
    """Tell how much of the gap in dependence is size and how much is tie.

    Exports over own output differ between the two by exactly
    ``ln(X_ab / Y_a) - ln(X_ba / Y_b) = ln(Y_b / Y_a) + ln(X_ab / X_ba)``, size plus tie.
    """
    ties = {f.year: f for f in inputs.shown("asymmetry_tie", inputs.a, inputs.b)}
    sizes = [f for f in inputs.shown("asymmetry_size", inputs.a, inputs.b) if f.year in ties]
    if not sizes:
        return None
    size = sizes[-1]
    tie = ties[size.year]
    apart = abs(tie.value or 0.0) < abs(size.value or 0.0) / 4
    return say(
        "The gap in what trade weighs on each economy is ",
        "almost all size" if apart else "size and tie together",
        ": in logs, ",
        Num(size, "signed"),
        " of size and ",
        Num(tie, "signed"),
        f" of tie in {size.year}",
        " (published figures)." if tie.status == "published figure" else ".",
    )


def _shares(inputs: Inputs) -> list[Sentence]:
    told = []
    for a, b in ((inputs.a, inputs.b), (inputs.b, inputs.a)):
        figures = inputs.shown("export_share", a, b)
        firm, later = bulk(figures), published(figures)
        if len(firm) < 2:
            continue
        first, final = firm[0], firm[-1]
        parts: list[Part] = [
            Strong("Share. "),
            f"{inputs.names[b]} took ",
            Num(first, "percent"),
            f" of {of(inputs.names[a])} exports in {first.year} and ",
            Num(final, "percent"),
            f" in {final.year}",
        ]
        if later:
            parts.append("; after a change of source, published figures give ")
            for i, f in enumerate(later):
                parts += [Num(f, "percent"), f" for {f.year}", ", " if i < len(later) - 1 else ""]
        told.append(say(*parts, "."))
    return told + [say(Strong("Intensity. "), *s.parts) for s in intensity_sentences(inputs)]


_ROWS = (
    ("export_share", "share of the seller's exports", "percent"),
    ("market_dependence", "exports to the other, of own GDP", "percent"),
    ("supply_dependence", "imports from the other, of own GDP", "percent"),
    ("intensity", "intensity: times what the other's weight predicts", "ratio"),
    ("asymmetry_size", "asymmetry, size: log of the other's GDP over own", "signed"),
    ("asymmetry_tie", "asymmetry, tie: log of exports to over exports from", "signed"),
)


def _table(inputs: Inputs) -> Table:
    a, b = inputs.names[inputs.a], inputs.names[inputs.b]
    rows = []
    for measure, words, form in _ROWS:
        cells = [say(words)]
        for pair in ((inputs.a, inputs.b), (inputs.b, inputs.a)):
            f = last(inputs.shown(measure, *pair))
            cells.append(say(Num(f, form), f" ({f.year})") if f else say("no figure"))
        rows.append(tuple(cells))
    return Table(
        ("Last reported figure", f"{a} on {b}", f"{b} on {a}"), tuple(rows), numeric=(1, 2)
    )


def hero(inputs: Inputs) -> tuple[Chart, ...]:
    """Make the charts of the first screen: what everyone quotes, and what is left beyond size."""
    charts = (
        _chart(
            inputs,
            "intensity",
            "Trade beyond size",
            "1 = what the partner's weight predicts",
            "ratio",
            rule=1.0,
            log=True,
        ),
        _chart(inputs, "export_share", "Share of exports", "of the seller's exports", "percent"),
    )
    return tuple(c for c in charts if any(line.figures for line in c.lines))


def _charts(inputs: Inputs) -> tuple[Chart, ...]:
    return tuple(
        c
        for c in (
            _chart(
                inputs,
                "market_dependence",
                "Market dependence",
                "exports to the other, of GDP",
                "percent",
            ),
            _chart(
                inputs,
                "asymmetry_size",
                "Asymmetry: size",
                "log ratio of GDP",
                "ratio",
                one_way=True,
                rule=0.0,
            ),
            _chart(
                inputs,
                "asymmetry_tie",
                "Asymmetry: tie",
                "log ratio of exports",
                "ratio",
                one_way=True,
                rule=0.0,
            ),
        )
        if any(line.figures for line in c.lines)
    )


def _chart(
    inputs: Inputs,
    measure: str,
    title: str,
    unit: str,
    form: str,
    *,
    one_way: bool = False,
    rule: float | None = None,
    log: bool = False,
) -> Chart:
    ways = [(inputs.a, inputs.b), (inputs.b, inputs.a)][: 1 if one_way else 2]
    flows = measure in ("export_share", "intensity")
    lines = tuple(
        Line(
            f"{of(inputs.names[a])} exports to {inputs.names[b]}"
            if flows
            else f"{inputs.names[a]} on {inputs.names[b]}",
            tuple(inputs.shown(measure, a, b)),
        )
        for a, b in ways
    )
    return Chart(f"chart-{measure}", title, unit, lines, form=form, rule=rule, log=log)
