"""The argument itself: readings, tensions, and the links with what of them data could test."""

from __future__ import annotations

from tealeaves.brief.content import Bullets, Num, Paragraph, Quote, Section, Strong, Table, say
from tealeaves.brief.inputs import Inputs
from tealeaves.brief.words import plural
from tealeaves.cases.schema import Case, Link


def measured_ends(case: Case) -> list[Link]:
    """Return the links whose both ends are measured: those that data could test."""
    measured = {name for name, quantity in case.quantities.items() if quantity.measure is not None}
    return [link for link in case.links if link.cause in measured and link.effect in measured]


def readings(inputs: Inputs) -> Section | None:
    """Write the rival answers and what the claims that speak for each have met."""
    case = inputs.case
    if not case.readings:
        return None
    rows = []
    for reading in case.readings:
        own = [c for c in case.claims if c.reading == reading.id]
        found = [inputs.by_claim[c.id].verdict for c in own]
        counted = [
            Num(inputs.count(f"{reading.id}: {what}", n), "count")
            for what, n in (
                ("claims", len(own)),
                ("hold", sum(v in ("supported", "mostly") for v in found)),
                ("mixed", found.count("mixed")),
                ("contradicted", found.count("contradicted")),
                ("not testable", found.count("not testable")),
            )
        ]
        rows.append(
            (
                say(Strong(reading.title)),
                say(Quote(reading.says)),
                say(Quote(reading.holder)),
                *(say(n) for n in counted),
            )
        )
    note = Paragraph(
        (
            say(
                "A count is no score: the readings share most facts, and were written knowing "
                "them. Comparing them fairly needs the links tested, which is not done here."
            ),
        ),
        style="note",
    )
    heads = (
        "Reading",
        "What it says",
        "Holder",
        "claims",
        "hold",
        "mixed",
        "contradicted",
        "not testable",
    )
    return Section(
        "readings", "Rival readings", (Table(heads, tuple(rows), numeric=(3, 4, 5, 6, 7)), note)
    )


def tensions(inputs: Inputs) -> Section | None:
    """Write where the argument pulls against itself."""
    case = inputs.case
    if not case.tensions:
        return None
    items = tuple(
        say(Quote(t.says), " (", Quote(" against ".join(t.between)), ")") for t in case.tensions
    )
    return Section("tensions", "Where the argument pulls against itself", (Bullets(items),))


def links(inputs: Inputs) -> Section:
    """Write the links: what causes what, as the case has it."""
    case = inputs.case
    testable = {link.id for link in measured_ends(case)}
    said = [link for link in case.links if link.origin == "source"]
    lead = say(
        "The case holds ",
        Num(inputs.count("links", len(case.links)), "count"),
        " causal links between ",
        Num(inputs.count("quantities", len(case.quantities)), "count"),
        " quantities; ",
        Num(inputs.count("links of the source", len(said)), "count"),
        " links are in the source, the rest were added to close the system. Both ends are measured "
        "for ",
        Num(inputs.count("links with measured ends", len(testable)), "count"),
        f" {plural(len(testable), 'link')}; the others are asserted, beyond the data here.",
    )
    rows = tuple(
        (
            say(Quote(f"{case.quantities[link.cause].title}")),
            say("raises" if link.sign == "positive" else "lowers"),
            say(Quote(f"{case.quantities[link.effect].title}")),
            say(Quote(str(link.strength))),
            say(Quote(f"¶{link.at}" if link.at else link.origin)),
            say("measured" if link.id in testable else "asserted"),
        )
        for link in case.links
    )
    table = Table(
        ("Cause", "", "Effect", "Strength", "Where", "Ends"), rows, folded="All links of the case"
    )
    return Section("links", "The causal system", (Paragraph((lead,)), table))
