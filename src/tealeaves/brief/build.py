"""A brief put together: what is known goes in, sections come out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tealeaves import __version__, measures, states
from tealeaves.brief.content import Brief, Quote, Section, Sentence, Stamp, say
from tealeaves.brief.inputs import NEEDED, Inputs
from tealeaves.brief.sections import annex, argument, bottom_line, claims, needs, scenarios
from tealeaves.claims import Verdict
from tealeaves.figure import SourceRef

if TYPE_CHECKING:
    from tealeaves.cases.schema import Case
    from tealeaves.evidence.store import Store
    from tealeaves.model.run import Result


def build(case: Case, store: Store, verdicts: Sequence[Verdict], result: Result) -> Brief:
    """Write the brief of a case.

    Parameters
    ----------
    case
        The argument.
    store
        Where the pair's figures come from.
    verdicts
        What :func:`tealeaves.claims.check` found, one a claim.
    result
        What :func:`tealeaves.model.run` gave; its seed and number of runs go into the stamp.
    """
    a, b = case.pair
    inputs = Inputs(
        case=case,
        names={code: states.get(code).name for code in case.pair},
        series={
            (name, x, y): measures.compute(name, x, y, store=store)
            for name in NEEDED
            for x, y in ((a, b), (b, a))
        },
        verdicts=verdicts,
        result=result,
    )
    stamp = Stamp(
        version=__version__,
        seed=result.seed,
        runs=result.runs,
        case=case.id,
        case_hash=case.content_hash,
        store=store.manifest_hash,
        tables=store.hashes,
    )
    used = _used(inputs, store)
    written = [
        needs.section(inputs),
        claims.section(inputs),
        argument.readings(inputs),
        scenarios.section(inputs),
        argument.tensions(inputs),
        argument.links(inputs),
        annex.section(inputs),
        annex.sources(inputs, used, stamp),
    ]
    source = case.source
    origin = ", ".join(
        part for part in (source.author, f"“{source.title}”", source.publisher, source.date) if part
    )
    return Brief(
        title=case.title,
        question=case.question,
        origin=origin,
        vantage=str(case.vantage),
        pair=(a, b),
        answer=_answer(case),
        bottom_line=bottom_line.sentences(inputs),
        sections=tuple(s for s in written if isinstance(s, Section)),
        sources=used,
        stamp=stamp,
        tally=claims.tally(inputs),
        steps=annex.steps(inputs),
        hero=needs.hero(inputs),
    )


def _answer(case: Case) -> Sentence:
    reading = next((r for r in case.readings if r.id == case.author_reading), None)
    if reading is None:
        return say("The source leaves the question open.")
    return say("The source answers: ", Quote(reading.says))


def _used(inputs: Inputs, store: Store) -> tuple[SourceRef, ...]:
    """The sources of every figure read, series and claims alike, each once."""
    figures = [f for series in inputs.series.values() for f in series]
    figures += [f for verdict in inputs.verdicts for f in verdict.figures]
    ids = {part for f in figures for part in f.source.split("+")}
    return tuple(ref for key, ref in sorted(store.sources.items()) if key in ids)
