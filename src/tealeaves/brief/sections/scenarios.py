"""The scenarios: what the author's links imply if they hold, run forward with their prior."""

from __future__ import annotations

from tealeaves.brief.content import (
    Block,
    Chart,
    Charts,
    Line,
    Num,
    Paragraph,
    Part,
    Quote,
    Section,
    Sentence,
    Strong,
    Table,
    say,
)
from tealeaves.brief.inputs import Inputs
from tealeaves.cases import expressions as ex
from tealeaves.claims.verdict import walk
from tealeaves.figure import Figure
from tealeaves.model.result import OutcomeShare

#: How many fan charts a brief shows.
FANS = 3

#: How many outcomes are named for each scenario.
MOVED = 3

#: Below this difference a scenario is said to move nothing.
LEAST = 0.005


def section(inputs: Inputs) -> Section | None:
    """Write the section; a case without scenarios or outcomes has none."""
    case, result = inputs.case, inputs.result
    if not case.scenarios or not case.outcomes:
        return None
    lead = Paragraph(
        (
            say(
                "If the case's links hold with the signs and strengths it gives them, this is what "
                "they imply for ",
                f"{result.years[-1]}. ",
                Strong("These are likelihoods under the author's assumptions"),
                " and the case writers' strengths, not forecasts; from ",
                Num(inputs.count("runs", result.runs), "count"),
                " runs of each scenario that share their random numbers, so a difference is the "
                "scenario's doing. The links have not been fitted to history here: the spread is "
                "that of the prior, and it is wide on purpose.",
            ),
        )
    )
    blocks: list[Block] = [lead, _moves(inputs)]
    charts = _fans(inputs)
    if charts:
        legend = Paragraph(
            (
                say(
                    "Medians of the baseline and of the scenarios that move a quantity most; the "
                    "shading holds nine in ten runs of the baseline. "
                    "Zero is the case's year for a latent quantity, the mean of the reference "
                    "window for a measured one, which starts at its last figure before the case's "
                    "day and is drawn back to that mean by the prior, not by evidence."
                ),
            ),
            style="note",
        )
        blocks += [Charts(charts), legend]
    blocks.append(_matrix(inputs))
    return Section("scenarios", "What the argument implies: scenarios", tuple(blocks))


def likelihood(inputs: Inputs, share: OutcomeShare) -> Figure:
    """Make the figure of an outcome's likelihood under a scenario, with its Monte-Carlo error."""
    return _model_figure(
        inputs, "likelihood", share, share.probability, share.error, "share of runs"
    )


def difference(inputs: Inputs, share: OutcomeShare) -> Figure:
    """Make the figure of its paired difference from the baseline."""
    return _model_figure(
        inputs,
        "likelihood_difference",
        share,
        share.difference,
        share.difference_error,
        "share of runs, less the baseline's",
    )


def _model_figure(
    inputs: Inputs, measure: str, share: OutcomeShare, value: float, error: float, unit: str
) -> Figure:
    return Figure(
        measure,
        (inputs.case.id, share.scenario, share.outcome),
        inputs.result.years[-1],
        value,
        unit,
        status="simulated",
        source="model",
        low=value - 1.645 * error,
        high=value + 1.645 * error,
        note="interval: Monte-Carlo error only",
    )


def _moves(inputs: Inputs) -> Table:
    """Each scenario with the outcomes that it moves most."""
    result = inputs.result
    base, *others = result.scenarios
    by_id = {s.id: s for s in inputs.case.scenarios}
    titles = {o.id: o.title for o in inputs.case.outcomes}
    rows: list[tuple[Sentence, ...]] = []
    for scenario in (base, *others):
        shares = [result.outcome(o, scenario) for o in titles]
        key = "probability" if scenario == base else "difference"
        shares.sort(key=lambda share: -abs(getattr(share, key)))
        parts: list[Part] = []
        if scenario != base:
            shares = [share for share in shares if abs(share.difference) >= LEAST]
            if not shares:
                parts.append("None by as much as half a point")
        for share in shares[:MOVED]:
            parts += [
                "\n" if parts else "",
                Quote(titles[share.outcome]),
                " ",
                Num(likelihood(inputs, share), "percent0"),
            ]
            if scenario != base:
                parts += [" (", Num(difference(inputs, share), "points"), ")"]
        about = by_id.get(scenario)
        rows.append(
            (
                say(Strong(about.title if about else scenario)),
                say(Quote((about.says if about else None) or "")),
                say(*parts),
            )
        )
    return Table(
        ("Scenario", "What is imposed", "Outcomes it moves most (against the baseline)"),
        tuple(rows),
        caption=f"The likeliest outcomes for the baseline; all outcomes are read in "
        f"{result.years[-1]}.",
    )


def _matrix(inputs: Inputs) -> Table:
    result = inputs.result
    titles = {s.id: s.title for s in inputs.case.scenarios}
    rows: list[tuple[Sentence, ...]] = []
    for scenario in result.scenarios:
        cells = [say(Quote(titles.get(scenario, scenario)))]
        for outcome in inputs.case.outcomes:
            share = result.outcome(outcome.id, scenario)
            cells.append(say(Num(likelihood(inputs, share), "percent0")))
        rows.append(tuple(cells))
    heads = ("Scenario", *(o.title for o in inputs.case.outcomes))
    return Table(
        heads,
        tuple(rows),
        folded="Every outcome under every scenario",
        numeric=tuple(range(1, len(heads))),
    )


def _fans(inputs: Inputs) -> tuple[Chart, ...]:
    """The quantities of the outcomes that the scenarios move most."""
    result = inputs.result
    base, *others = result.scenarios
    named = {
        node.name
        for outcome in inputs.case.outcomes
        for node in walk(outcome.expr)
        if isinstance(node, ex.Quantity)
    }

    def moved(quantity: str) -> float:
        return max((abs(result.shift(quantity, s).mean[-1]) for s in others), default=0.0)

    chosen = sorted(named, key=lambda q: (-moved(q), q))[:FANS]
    return tuple(_fan(inputs, quantity, base) for quantity in chosen)


def _movers(inputs: Inputs, quantity: str) -> list[str]:
    """The scenarios that raise a quantity most and lower it most, where any does."""
    last = {s: inputs.result.shift(quantity, s).mean[-1] for s in inputs.result.scenarios[1:]}
    ends = [max(last, key=lambda s: last[s]), min(last, key=lambda s: last[s])] if last else []
    return [s for s in dict.fromkeys(ends) if last[s] != 0]


def _fan(inputs: Inputs, quantity: str, base: str) -> Chart:
    result = inputs.result
    titles = {s.id: s.title for s in inputs.case.scenarios}
    lines, bands = [], []
    for scenario in (base, *_movers(inputs, quantity)):
        fan = result.fan(quantity, scenario)
        figures = tuple(
            Figure(
                "median",
                (inputs.case.id, scenario, quantity),
                year,
                middle,
                "s.d.",
                status="simulated",
                source="model",
                low=low,
                high=high,
            )
            for year, middle, low, high in zip(
                fan.years,
                fan.quantiles[0.5],
                fan.quantiles[0.05],
                fan.quantiles[0.95],
                strict=True,
            )
        )
        line = Line(titles.get(scenario, scenario), figures)
        lines.append(line)
        if scenario == base:
            bands.append(line)
    return Chart(
        f"fan-{quantity.replace('.', '-')}",
        inputs.case.quantities[quantity].title,
        "s.d.",
        tuple(lines),
        tuple(bands),
        rule=0.0,
    )


def strongest(inputs: Inputs) -> OutcomeShare | None:
    """Return the outcome and scenario with the largest paired difference from the baseline."""
    result = inputs.result
    shares = [result.outcome(o.id, s) for o in inputs.case.outcomes for s in result.scenarios[1:]]
    return max(shares, key=lambda share: abs(share.difference), default=None)
