"""The bottom line: what the figures say of the argument, and what they cannot say."""

from __future__ import annotations

from tealeaves.brief.content import Num, Part, Quote, Sentence, Strong, say
from tealeaves.brief.inputs import Inputs, bulk
from tealeaves.brief.sections import argument, needs, scenarios
from tealeaves.brief.words import of, plural
from tealeaves.cases.schema import Claim

#: How many failed claims are named.
NAMED = 2


def sentences(inputs: Inputs) -> tuple[Sentence, ...]:
    """Write the bottom line, most important first."""
    told = [
        _verdict(inputs),
        _failed(inputs),
        _tie(inputs),
        _size(inputs),
        _scenario(inputs),
        _limits(inputs),
    ]
    return tuple(s for s in told if s is not None)


#: How each verdict is told of one claim and of several.
_TOLD = {
    "supported": ("holds", "hold"),
    "mostly": ("mostly holds", "mostly hold"),
    "mixed": ("is mixed", "are mixed"),
    "contradicted": ("is contradicted", "are contradicted"),
}


def _counted(inputs: Inputs, origin: str) -> tuple[list[Part], int, int]:
    """Tell how the tested claims of one origin fared; with how many there are, and were tested."""
    own = {c.id for c in inputs.case.claims if c.origin == origin}
    found = [v.verdict for v in inputs.verdicts if v.claim in own]
    listed: list[Part] = []
    for word, (one, many) in _TOLD.items():
        n = found.count(word)
        if n:
            counted = Num(inputs.count(f"claims of origin {origin} {word}", n), "count")
            listed += [", " if listed else ": ", counted, f" {plural(n, one, many)}"]
    return listed, len(found), len(found) - found.count("not testable")


def _verdict(inputs: Inputs) -> Sentence:
    """Count the source's claims and, apart, those that were added to test it harder."""
    listed, total, tested = _counted(inputs, "source")
    parts: list[Part] = [
        Strong("What holds. "),
        "Of the source's ",
        Num(inputs.count("claims of the source", total), "count"),
        f" {plural(total, 'claim')} and plain facts, public figures can test ",
        Num(inputs.count("claims of the source tested", tested), "count"),
        *listed,
        ".",
    ]
    listed, total, tested = _counted(inputs, "added")
    if tested:
        added = Num(inputs.count("claims added and tested", tested), "count")
        parts += [" To test the argument harder, ", added, " were added", *listed, "."]
    return say(*parts)


def _failed(inputs: Inputs) -> Sentence | None:
    """Name the source's claims that fail; dated facts come last, being smaller matters."""
    claims = [
        c
        for c in inputs.case.claims
        if c.origin == "source" and inputs.by_claim[c.id].verdict == "contradicted"
    ]
    if not claims:
        return None
    dated = [c for c in claims if c.fact is not None]
    others = [c for c in claims if c.fact is None]
    parts: list[Part] = [Strong("What fails. ")]
    for claim in others[:NAMED]:
        parts += [Quote(_first_sentence(claim.says)), _where(claim), ". "]
    for claim in dated[:NAMED]:
        if claim.fact is not None:
            parts += [
                Quote(_first_sentence(claim.says)),
                f"{_where(claim)}: found ",
                Quote(f"{claim.fact.found}, {claim.fact.publisher}"),
                ". ",
            ]
    more = len(claims) - len(others[:NAMED]) - len(dated[:NAMED])
    if more:
        counted = Num(inputs.count("further claims of the source that fail", more), "count")
        parts += ["So do ", counted, " more of the source's, below."]
    return say(*parts)


def _where(claim: Claim) -> str:
    return f" (¶{claim.at})" if claim.at else ""


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".")


def _tie(inputs: Inputs) -> Sentence | None:
    told = needs.intensity_sentences(inputs)
    return say(Strong("The tie. "), *told[0].parts) if told else None


def _size(inputs: Inputs) -> Sentence | None:
    """The lopsidedness that is only size, beside the share that everyone quotes."""
    forth, back = (
        {f.year: f for f in inputs.shown("export_share", x, y)}
        for x, y in ((inputs.a, inputs.b), (inputs.b, inputs.a))
    )
    both = [y for y in sorted(forth) if y in back]
    firm = [y for y in both if bulk([forth[y], back[y]]) == [forth[y], back[y]]]
    parted = needs.gap(inputs)
    if not firm or parted is None:
        return None
    name_a, name_b, year = inputs.names[inputs.a], inputs.names[inputs.b], firm[-1]
    parts: list[Part] = [
        Strong("Who needs whom. "),
        f"In {year}, the last year of bulk data both ways, {name_b} took ",
        Num(forth[year], "percent"),
        f" of {of(name_a)} exports and {name_a} ",
        Num(back[year], "percent"),
        f" of {of(name_b)}",
    ]
    if both[-1] > year:
        parts += [
            "; by published figures ",
            Num(forth[both[-1]], "percent"),
            " and ",
            Num(back[both[-1]], "percent"),
            f" in {both[-1]}",
        ]
    return say(*parts, ". ", *parted.parts)


def _scenario(inputs: Inputs) -> Sentence | None:
    share = scenarios.strongest(inputs)
    if share is None:
        return None
    case, result = inputs.case, inputs.result
    scenario = next(s.title for s in case.scenarios if s.id == share.scenario)
    outcome = next(o.title for o in case.outcomes if o.id == share.outcome)
    base = result.outcome(share.outcome, result.scenarios[0])
    said = sum(link.origin == "source" for link in case.links)
    return say(
        Strong("What it implies. "),
        "Run forward under the case's assumptions (",
        Num(inputs.count("links of the source", said), "count"),
        " of ",
        Num(inputs.count("links", len(case.links)), "count"),
        " links are the source's, the strengths are the case writers'), “",
        Quote(scenario),
        "” moves most: “",
        Quote(outcome),
        "” comes about in ",
        Num(scenarios.likelihood(inputs, share), "percent0"),
        " of runs against ",
        Num(scenarios.likelihood(inputs, base), "percent0"),
        f" in the baseline by {result.years[-1]}.",
    )


def _limits(inputs: Inputs) -> Sentence:
    links = inputs.case.links
    ends = argument.measured_ends(inputs.case)
    return say(
        Strong("What this cannot say. "),
        "Only ",
        Num(inputs.count("links with measured ends", len(ends)), "count"),
        " of ",
        Num(inputs.count("links", len(links)), "count"),
        " causal links have figures at both ends, and none is tested on history here. Whether the "
        "ties rest on one motive or another is therefore not decided here.",
    )
