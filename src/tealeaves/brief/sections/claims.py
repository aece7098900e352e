"""The claims, one by one, against the figures."""

from __future__ import annotations

from dataclasses import replace

from tealeaves.brief.content import (
    Badge,
    Code,
    Num,
    Paragraph,
    Part,
    Quote,
    Section,
    Sentence,
    Table,
    say,
)
from tealeaves.brief.inputs import Inputs
from tealeaves.cases.schema import Claim
from tealeaves.claims import VERDICTS, Verdict
from tealeaves.claims.evaluate import holds
from tealeaves.figure import Figure

TONES = dict(zip(VERDICTS, ("good", "fair", "mixed", "bad", "none"), strict=True))


def badge(verdict: str) -> Badge:
    """Return the badge of a verdict."""
    return Badge(verdict, TONES[verdict])


def tally(inputs: Inputs) -> tuple[tuple[str, Num], ...]:
    """Count the source's claims by verdict; what was added here is no score of the source."""
    own = {c.id for c in inputs.case.claims if c.origin == "source"}
    found = [v.verdict for v in inputs.verdicts if v.claim in own]
    return tuple(
        (word, Num(inputs.count(f"claims of origin source {word}", found.count(word)), "count"))
        for word in VERDICTS
    )


def section(inputs: Inputs) -> Section:
    """Write the section."""
    by_id = inputs.by_claim
    claims = inputs.case.claims
    open_ones = [c for c in claims if by_id[c.id].verdict == "not testable"]
    tested = tuple(_row(inputs, c, by_id[c.id]) for c in claims if c not in open_ones)
    untested = tuple(_row(inputs, c, by_id[c.id]) for c in open_ones)
    intro = Paragraph(
        (
            say(
                "Each test is run as the case states it and again with its years moved by one; "
                "the verdict is the share of those variants that hold, which is robustness, not "
                "probability. No verdict rests on imputed rows."
            ),
        ),
    )
    heads = ("Verdict", "Claim", "What the figures say", "Holder")
    tables = (
        Table(heads, tested),
        Table(heads, untested, folded="Claims that no figure here can test, and why"),
    )
    shown = tuple(table for table in tables if table.rows)
    return Section("claims", "The claims, one by one", (intro, *shown))


def _row(inputs: Inputs, claim: Claim, verdict: Verdict) -> tuple[Sentence, ...]:
    where = f" (¶{claim.at})" if claim.at else ""
    holder = claim.holder if claim.origin == "source" else "added here"
    return (
        say(badge(verdict.verdict)),
        say(Quote(claim.says), where),
        evidence(inputs, claim, verdict),
        say(Quote(holder)),
    )


def evidence(inputs: Inputs, claim: Claim, verdict: Verdict) -> Sentence:
    """Tell the two sides of a claim's test, or the reason why there is no verdict."""
    if claim.fact is not None or verdict.verdict == "not testable":
        return say(Quote(_first_up(verdict.reason)))
    parts: list[Part] = []
    if verdict.left is not None and verdict.right is not None:
        parts += [Num(_side(inputs, verdict, "left", verdict.left)), f" {verdict.op} "]
        parts += [Num(_side(inputs, verdict, "right", verdict.right)), " "]
        if not holds(verdict.left, verdict.op, verdict.right):
            parts.append("does not hold; ")
    held = inputs.count(f"{claim.id}: variants that hold", verdict.holds)
    tried = inputs.count(f"{claim.id}: variants tried", verdict.tried)
    parts += ["in ", Num(held, "count"), " of ", Num(tried, "count"), " variants\n"]
    parts.append(Code(claim.test or ""))
    return say(*parts)


def _side(inputs: Inputs, verdict: Verdict, side: str, value: float) -> Figure:
    base = inputs.count(f"{verdict.claim}: {side} side", 0, "as tested")
    sources = "+".join(sorted({s for f in verdict.figures for s in f.source.split("+") if s}))
    return replace(base, value=value, source=sources)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
