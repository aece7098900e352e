"""The annex: every assertion of the source with its status, and every source with its licence."""

from __future__ import annotations

from tealeaves.brief.content import (
    Badge,
    Num,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Stamp,
    Strong,
    Table,
    say,
)
from tealeaves.brief.inputs import Inputs
from tealeaves.cases.schema import Assertion
from tealeaves.figure import SourceRef

_TONES = {
    "supported": "good",
    "mostly": "fair",
    "mixed": "mixed",
    "contradicted": "bad",
    "fact holds": "fair",
    "fact mixed": "mixed",
    "fact fails": "mixed",
}

#: Of these kinds only the fact behind them is tested, never the causing, wishing or fearing.
_UNTESTED_KINDS = frozenset(
    {"cause", "preference", "conditional", "fear", "possibility", "fork", "unknown"}
)
_FACTS = {
    "supported": "fact holds",
    "mostly": "fact holds",
    "mixed": "fact mixed",
    "contradicted": "fact fails",
}


def tone(status: str) -> str:
    """Return the tone of a status."""
    return _TONES.get(status.removesuffix(", in part"), "none")


def status(inputs: Inputs, assertion: Assertion, carriers: list[str]) -> str:
    """Return what became of an assertion.

    From the claims that carry it: their verdict where they agree, *mixed* where some hold and
    some do not, *in part* where others of them cannot be tested.  Of a cause, wish, fear or
    conditional only the fact behind it is tested, and the status says so.  Without a claim, *in
    the model* where a link, scenario or outcome carries it, else *stated*.
    """
    found = [inputs.by_claim[c.id].verdict for c in inputs.case.claims if assertion.id in c.asserts]
    tested = {v for v in found if v != "not testable"}
    if tested:
        agreed = _agreed(tested)
        word = _FACTS[agreed] if assertion.kind in _UNTESTED_KINDS else agreed
        return f"{word}, in part" if tested and "not testable" in found else word
    if found:
        return "not testable"
    if any(c.split(":")[0] in ("link", "scenario", "outcome") for c in carriers):
        return "in the model"
    return "stated" if carriers else "carried by nothing"


def _agreed(tested: set[str]) -> str:
    if len(tested) == 1:
        return next(iter(tested))
    return "mostly" if tested == {"supported", "mostly"} else "mixed"


def steps(inputs: Inputs) -> tuple[Sentence, ...]:
    """Write the source's own verdicts, each with what became of it."""
    coverage = inputs.case.coverage()
    told = []
    for assertion in inputs.case.assertions:
        if assertion.kind == "verdict":
            word = status(inputs, assertion, coverage.get(assertion.id, []))
            told.append(
                say(Badge(word, tone(word)), " ", Quote(assertion.says), f" (¶{assertion.at})")
            )
    return tuple(told)


def section(inputs: Inputs) -> Section | None:
    """Write the table of assertions."""
    case = inputs.case
    if not case.assertions:
        return None
    coverage = case.coverage()
    rows, carried = [], 0
    for assertion in case.assertions:
        carriers = coverage.get(assertion.id, [])
        carried += bool(carriers)
        word = status(inputs, assertion, carriers)
        rows.append(
            (
                say(Quote(assertion.id)),
                say(Quote(assertion.kind)),
                say(Quote(assertion.holder)),
                say(Quote(assertion.says)),
                say(Badge(word, tone(word))),
                say(Quote(", ".join(_short(c) for c in carriers))),
            )
        )
    lead = say(
        Num(inputs.count("assertions carried", carried), "count"),
        " of the source's ",
        Num(inputs.count("assertions", len(case.assertions)), "count"),
        " assertions are carried by an element of the case. A status is that of the claims which "
        "test the assertion; of a cause, wish, fear or conditional only the fact behind it is "
        "tested; what is only in the model is asserted, not found.",
    )
    table = Table(
        ("Id", "Kind", "Holder", "What is asserted (paraphrased)", "Status", "Carried by"),
        tuple(rows),
        folded="All assertions of the source",
    )
    return Section("assertions", "Annex: every assertion", (Paragraph((lead,)), table))


def _short(carrier: str) -> str:
    kind, _, name = carrier.partition(":")
    return f"{kind} {name}".strip()


def sources(inputs: Inputs, used: tuple[SourceRef, ...], stamp: Stamp) -> Section:
    """Write the sources used, and the stamp that lets anyone make the brief again."""
    rows: tuple[tuple[Sentence, ...], ...] = tuple(
        (
            say(Strong(s.title), "\n", Quote(s.publisher), "\n", Quote(s.version)),
            say(Quote(s.licence), "\n", Quote(s.address)),
        )
        for s in used
    )
    table = Table(("Source", "Licence and address"), rows)
    caveats = Paragraph(
        (
            say(
                "Verdicts speak of the figures in the store, not of the world: a series that ends "
                "early, or that one side reports, is weaker than it looks. "
            ),
            say(
                "Model output is likelihood under the assumptions of the case: no link has been "
                "tested on history here, and no forecast has been scored."
            ),
        ),
        style="note",
    )
    run = Paragraph(
        (
            say(
                "Made with tealeaves ",
                Quote(stamp.version),
                "; case ",
                Quote(f"{stamp.case} ({stamp.case_hash[:12]})"),
                "; store ",
                Quote(stamp.store[:12]),
                "; seed ",
                Num(inputs.count("seed", stamp.seed), "count"),
                "; ",
                Num(inputs.count("runs", stamp.runs), "count"),
                " runs of each scenario.",
            ),
        ),
        style="note",
    )
    return Section("sources", "Sources, caveats, and how to make this again", (table, caveats, run))
