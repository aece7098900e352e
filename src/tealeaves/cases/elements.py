"""The elements of a case: each a model that reads its fields strictly and refuses others."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tealeaves.cases import expressions
from tealeaves.cases.fields import (
    STRENGTHS,
    Id,
    Integer,
    LinkId,
    LinkText,
    Origin,
    PartialDate,
    Real,
    Sign,
    Strength,
    Text,
    Year,
)


class Model(BaseModel):
    """Frozen, and with no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Source(Model):
    """The text whose argument this is."""

    author: Text
    title: Text
    publisher: Text | None = None
    date: PartialDate | None = None
    address: Text | None = None


class Assertion(Model):
    """One thing the source says, in our words."""

    id: Id
    at: Integer
    """Paragraph, from 1."""
    kind: Literal[
        "fact",
        "cause",
        "fear",
        "preference",
        "conditional",
        "verdict",
        "question",
        "claim",
        "possibility",
        "fork",
        "unknown",
    ]
    holder: Text = "author"
    says: Text


class Actor(Model):
    """A state (its key is the ISO code), or a group or force with an id of its own."""

    name: Text
    members: tuple[str, ...] = ()
    """ISO codes of a group's members."""


class Element(Model):
    """What most elements carry: where they come from."""

    origin: Origin
    """``source``: the text says so; ``added``: whoever wrote the case says so."""
    asserts: tuple[str, ...] = ()
    """Ids of the assertions this element carries."""
    at: Integer | None = None
    """Paragraph of the source, from 1."""
    says: Text | None = None
    """A paraphrase."""


class Quantity(Element):
    """A yearly variable, measured (with ``measure``) or latent (without)."""

    title: Text
    measure: Text | None = None
    """An expression over measures, giving a series."""
    transform: Literal["identity", "log", "logit"] = "identity"

    @cached_property
    def expr(self) -> expressions.Expr | None:
        """The parsed measure, None where the quantity is latent."""
        return None if self.measure is None else expressions.parse(self.measure)

    @property
    def latent(self) -> bool:
        """Whether nothing measures it."""
        return self.measure is None


class Link(Element):
    """A signed, lagged causal effect of one quantity on another."""

    link: LinkText
    """``AAA.cause -> AAA.effect``."""
    id: LinkId = ""
    """By default the text of the link."""
    sign: Sign
    strength: Strength
    """weak, moderate, strong, or the five-year response in s.d."""
    lag: Integer = Field(default=1, ge=0, le=50)
    """Years."""
    when: Text | None = None
    """The quantity that modulates the link."""
    reading: Text | None = None
    """The reading that relies on the link."""

    @model_validator(mode="before")
    @classmethod
    def _default_id(cls, data: object) -> object:
        if isinstance(data, dict) and "id" not in data and isinstance(data.get("link"), str):
            return {**data, "id": " ".join(data["link"].replace("->", " -> ").split())}
        return data

    @property
    def cause(self) -> str:
        """The quantity the link starts from."""
        return self.link.split("->")[0].strip()

    @property
    def effect(self) -> str:
        """The quantity the link works on."""
        return self.link.split("->")[1].strip()

    @property
    def response(self) -> float:
        """Signed response after five years, in s.d., to a lasting change of one s.d."""
        size = STRENGTHS[self.strength] if isinstance(self.strength, str) else self.strength
        return size if self.sign == "positive" else -size


class DatedFact(Model):
    """A date the source gives, and the date found in a record."""

    asserted: PartialDate
    found: PartialDate
    publisher: Text
    address: Text | None = None

    @property
    def agrees(self) -> bool:
        """Whether the date found falls within the date asserted.

        Examples
        --------
        >>> DatedFact(asserted="2024-05", found="2024-05-16", publisher="x").agrees
        True
        >>> DatedFact(asserted="2024-05", found="2024-03", publisher="x").agrees
        False
        """
        return f"{self.found}-".startswith(f"{self.asserted}-")


class Claim(Element):
    """Something the argument says about the world that data may support or contradict."""

    id: Id
    kind: Literal["claim", "plain_fact"] = "claim"
    says: Text
    holder: Text = "author"
    test: Text | None = None
    """An expression that is true or false."""
    fact: DatedFact | None = None
    untestable: Text | None = None
    """Why no data can test it."""
    reading: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Claim:
        ways = [w for w in ("test", "fact", "untestable") if getattr(self, w) is not None]
        if len(ways) != 1:
            have = " and ".join(ways) or "none"
            raise ValueError(
                f"a claim with {have}; expected exactly one of test, fact and untestable"
            )
        return self

    @cached_property
    def expr(self) -> expressions.Expr | None:
        """The parsed test, None where there is none."""
        return None if self.test is None else expressions.parse(self.test)


class Reading(Element):
    """A rival answer to the case's question."""

    id: Id
    title: Text
    says: Text
    holder: Text = "author"


class Imposition(Model):
    """What a scenario does to one quantity, in s.d., over some years."""

    quantity: Text
    by: Real | None = None
    """Shift added in each year of the span."""
    to: Real | None = None
    """Value at which the quantity is held over the span."""
    from_: Year = Field(alias="from")
    until: Year | None = None
    """Last year; by default ``from`` for a shift, the horizon for a value."""

    model_config = ConfigDict(populate_by_name=True)

    @model_validator(mode="after")
    def _one_way(self) -> Imposition:
        if (self.by is None) == (self.to is None):
            raise ValueError("expected exactly one of by (a shift) and to (a value)")
        if self.until is not None and self.until < self.from_:
            raise ValueError(f"from {self.from_} until {self.until} does not run forward")
        return self

    def span(self, last: int) -> tuple[int, int]:
        """Return first and last year, ``last`` being the end of the horizon.

        Examples
        --------
        >>> Imposition(quantity="AAA.x", by=1, from_=2025).span(2034)
        (2025, 2025)
        """
        if self.until is not None:
            return self.from_, self.until
        return self.from_, (self.from_ if self.by is not None else last)


class Scenario(Element):
    """What is imposed on the future; the baseline imposes nothing."""

    id: Id
    title: Text
    impose: tuple[Imposition, ...] = ()
    without: tuple[str, ...] = ()
    """Ids of the links switched off."""


class Outcome(Element):
    """A state of affairs at the horizon, as an expression over quantities in s.d."""

    id: Id
    title: Text
    when: Text

    @cached_property
    def expr(self) -> expressions.Expr:
        """The parsed condition."""
        return expressions.parse(self.when)


class Tension(Model):
    """Assertions of the source that pull against each other."""

    id: Id
    between: tuple[str, ...] = Field(min_length=2)
    says: Text
