"""The form of a case: an argument between two states, written down element by element."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import ConfigDict, Field

from tealeaves.cases.elements import (
    Actor,
    Assertion,
    Claim,
    DatedFact,
    Element,
    Imposition,
    Link,
    Model,
    Outcome,
    Quantity,
    Reading,
    Scenario,
    Source,
    Tension,
)
from tealeaves.cases.fields import (
    STRENGTHS,
    ActorId,
    Date,
    Id,
    Integer,
    QuantityName,
    Text,
    Year,
)

__all__ = [
    "STRENGTHS",
    "Actor",
    "Assertion",
    "Case",
    "Claim",
    "DatedFact",
    "Element",
    "Imposition",
    "Link",
    "Outcome",
    "Quantity",
    "Reading",
    "Scenario",
    "Source",
    "Tension",
    "json_schema",
]


class Case(Model):
    """An argument about two states, written down.

    Examples
    --------
    >>> from tealeaves import cases
    >>> case = cases.load(cases.default())
    >>> len(case.pair)
    2
    """

    schema_: Literal[1] = Field(alias="schema")
    """Version of this form."""
    id: Id
    title: Text
    question: Text
    pair: tuple[Text, Text]
    """The two states, by ISO code."""
    vantage: Date
    """The day the argument was made."""
    source: Source
    paragraphs: Integer = Field(ge=1, le=10_000)
    """How many paragraphs the source has."""
    window: tuple[Year, Year]
    """Years over which quantities are standardised."""
    horizon: Integer = Field(ge=1, le=100)
    """Years run forward."""
    author_reading: Text | None = None
    assertions: tuple[Assertion, ...] = ()
    actors: dict[ActorId, Actor] = Field(min_length=1)
    quantities: dict[QuantityName, Quantity] = Field(min_length=1)
    links: tuple[Link, ...] = ()
    claims: tuple[Claim, ...] = ()
    readings: tuple[Reading, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    tensions: tuple[Tension, ...] = ()

    model_config = ConfigDict(populate_by_name=True)

    def elements(self) -> Iterator[tuple[str, str, Element]]:
        """Yield (kind, id, element) for all that can carry an assertion, in the file's order."""
        for name, quantity in self.quantities.items():
            yield "quantity", name, quantity
        for kind in ("link", "claim", "reading", "scenario", "outcome"):
            for element in getattr(self, f"{kind}s"):
                yield kind, element.id, element

    def coverage(self) -> dict[str, list[str]]:
        """Return, for each assertion of the register, the elements that carry it.

        An element is named ``kind:id``, as ``link:AAA.x -> AAA.y``; a question is carried by the
        case's question. An assertion nothing carries has an empty list.
        """
        carried: dict[str, list[str]] = {
            a.id: ["question"] if a.kind == "question" else [] for a in self.assertions
        }
        for kind, name, element in self.elements():
            for assertion in element.asserts:
                carried.setdefault(assertion, []).append(f"{kind}:{name}")
        return carried

    @property
    def content_hash(self) -> str:
        """SHA-256 of the content: comments, layout and defaults written out do not change it."""
        data = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def link(self, link_id: str) -> Link:
        """Return a link by its id."""
        from tealeaves.cases.edit import find

        found: Link = find(self, "links", link_id)
        return found

    def without(self, *ids: str) -> Case:
        """Return the case without some links, claims, quantities or other elements.

        What refers to a deleted element goes with it; see :func:`tealeaves.cases.edit.without`.
        """
        from tealeaves.cases.edit import without

        return without(self, *ids)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a case file, by which editors complete and check.

    Examples
    --------
    >>> json_schema()["properties"]["horizon"]["maximum"]
    100
    """
    schema = Case.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
