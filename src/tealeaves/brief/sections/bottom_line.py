"""The bottom line: what the figures say of the argument, and what they cannot say."""

from __future__ import annotations

from tealeaves.brief.content import Num, Part, Quote, Sentence, Strong, say
from tealeaves.brief.inputs import Inputs, last, published
from tealeaves.brief.sections import argument, needs, scenarios
from tealeaves.brief.words import of, plural

#: How many failed claims are named, and how many tested claims a reading needs to be counted.
NAMED, FEWEST = 3, 3


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


def _verdict(inputs: Inputs) -> Sentence:
    verdicts = [v.verdict for v in inputs.verdicts]
    testable = [v for v in verdicts if v != "not testable"]
    listed: list[Part] = []
    for word, (one, many) in _TOLD.items():
        n = testable.count(word)
        if n:
            counted = Num(inputs.count(f"claims {word}", n), "count")
            listed += [", " if listed else ": ", counted, f" {plural(n, one, many)}"]
    return say(
        Strong("What holds. "),
        "Of ",
        Num(inputs.count("claims", len(verdicts)), "count"),
        f" {plural(len(verdicts), 'claim')} and plain facts, public figures can test ",
        Num(inputs.count("claims tested", len(testable)), "count"),
        *listed,
        ".",
        *_leaning(inputs),
    )


def _leaning(inputs: Inputs) -> list[Part]:
    """Tell how the claims of each reading fared, most tested first."""
    case = inputs.case
    verdict = {v.claim: v.verdict for v in inputs.verdicts}
    told: list[tuple[int, list[Part]]] = []
    for reading in case.readings:
        own = [verdict[c.id] for c in case.claims if c.reading == reading.id]
        tested = [v for v in own if v != "not testable"]
        held = sum(v in ("supported", "mostly") for v in tested)
        if len(tested) >= FEWEST:
            parts: list[Part] = [
                Quote(reading.title),
                " ",
                Num(inputs.count(f"{reading.id}: hold", held), "count"),
                " of ",
                Num(inputs.count(f"{reading.id}: tested", len(tested)), "count"),
            ]
            told.append((-len(tested), parts))
    if len(told) < 2:
        return []
    told.sort(key=lambda item: item[0])
    listed: list[Part] = [" By reading: "]
    for i, (_, parts) in enumerate(told):
        listed += [", " if i else "", *parts]
    return [*listed, "."]


def _failed(inputs: Inputs) -> Sentence | None:
    """Name what fails, dated and plain facts first, since nobody can argue with those."""
    failed = {v.claim: v for v in inputs.verdicts if v.verdict == "contradicted"}
    claims = [c for c in inputs.case.claims if c.id in failed and c.origin == "source"]
    if not claims:
        return None
    claims.sort(key=lambda c: (c.fact is None, c.kind != "plain_fact"))
    parts: list[Part] = [Strong("What fails. ")]
    shown = claims[:NAMED]
    for i, claim in enumerate(shown):
        parts += [Quote(_first_sentence(claim.says)), f" (¶{claim.at})" if claim.at else ""]
        if claim.fact is not None:
            parts += [": found ", Quote(claim.fact.found)]
        parts.append("; " if i < len(shown) - 1 else ".")
    more = len(claims) - len(shown)
    if more:
        parts += [
            " So do ",
            Num(inputs.count("further claims of the source that fail", more), "count"),
            " more of the source's, below.",
        ]
    return say(*parts)


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".")


def _tie(inputs: Inputs) -> Sentence | None:
    told = needs.intensity_sentences(inputs)
    return say(Strong("The tie. "), *told[0].parts) if told else None


def _size(inputs: Inputs) -> Sentence | None:
    """The lopsidedness that is only size, beside the share that everyone quotes."""
    ab, ba = (
        inputs.shown("export_share", x, y) for x, y in ((inputs.a, inputs.b), (inputs.b, inputs.a))
    )
    one, other, parted = last(ab), last(ba), needs.gap(inputs)
    if one is None or other is None or parted is None:
        return None
    name_a, name_b = inputs.names[inputs.a], inputs.names[inputs.b]
    later = published(ab)
    parts: list[Part] = [
        Strong("Who needs whom. "),
        f"{name_b} takes ",
        Num(one, "percent"),
        f" of {of(name_a)} exports ({one.year}",
    ]
    if later:
        parts += ["; ", Num(later[-1], "percent"), f" in {later[-1].year} by published figures"]
    parts += [
        f"), {name_a} ",
        Num(other, "percent"),
        f" of {of(name_b)} ({other.year}). ",
        *parted.parts,
    ]
    return say(*parts)


def _scenario(inputs: Inputs) -> Sentence | None:
    share = scenarios.strongest(inputs)
    if share is None:
        return None
    case, result = inputs.case, inputs.result
    scenario = next(s.title for s in case.scenarios if s.id == share.scenario)
    outcome = next(o.title for o in case.outcomes if o.id == share.outcome)
    base = result.outcome(share.outcome, result.scenarios[0])
    return say(
        Strong("What it implies. "),
        "Run forward under the author's assumptions, “",
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
