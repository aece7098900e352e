"""References within a case: every name leads somewhere, and the argument is not circular."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tealeaves.cases import meaning
from tealeaves.cases.marks import short
from tealeaves.cases.problems import Known, Path, Problem
from tealeaves.cases.schema import Case, Imposition, Link, Scenario

if TYPE_CHECKING:
    from tealeaves.measures.declarations import Declaration


def problems(
    case: Case, known: Known | None = None, measures: Mapping[str, Declaration] | None = None
) -> list[Problem]:
    """Return all that is wrong with a case whose elements are well formed.

    Parameters
    ----------
    case
        The case.
    known
        Names that exist though their elements could not be read.
    measures
        Declared measures, by default those of the registry.

    Returns
    -------
    list of Problem
        Empty for a sound case.
    """
    return list(_Checks(case, known or Known(), measures).all())


class _Checks:
    def __init__(
        self, case: Case, known: Known, measures: Mapping[str, Declaration] | None
    ) -> None:
        self.case = case
        self.known = known
        self.quantities = {*case.quantities, *known.quantities}
        self.links = {*(link.id for link in case.links), *known.links}
        self.readings = {*(reading.id for reading in case.readings), *known.readings}
        self.at = {assertion.id: assertion.at for assertion in case.assertions}
        self.assertions = {*self.at, *known.assertions}
        self.actors = {*case.actors, *known.actors}
        groups = {key for key, a in case.actors.items() if a.members or len(key) != 3}
        latent = {name for name, q in case.quantities.items() if q.latent}
        self.names = meaning.Names(self.quantities, latent, groups, measures)

    def has(self, *fields: str) -> bool:
        """Whether these fields of the case could be read."""
        return not any(field in self.known.missing for field in fields)

    def all(self) -> Iterator[Problem]:
        yield from self.header()
        yield from self.twice()
        yield from self.provenance()
        yield from self.quantity_names()
        for i, link in enumerate(self.case.links):
            yield from self.link(("links", i), link)
        yield from self.duplicate_links()
        yield from self.loops()
        yield from self.claims_and_outcomes()
        yield from self.scenarios()
        for i, tension in enumerate(self.case.tensions):
            path = ("tensions", i, "between")
            for j, name in enumerate(tension.between):
                yield from self.refer((*path, j), name, "assertion", self.assertions)
            if len(set(tension.between)) < len(tension.between):
                yield Problem(path, "an assertion in tension with itself")

    def refer(
        self,
        path: Path,
        name: str,
        kind: str,
        names: Collection[str],
        span: tuple[int, int] | None = None,
    ) -> Iterator[Problem]:
        """Yield a problem if ``name`` is not among ``names``."""
        section = "quantities" if kind == "quantity" else f"{kind}s"
        if name not in names and self.has(section):
            article = "an" if kind[0] in "aeiou" else "a"
            yield Problem(
                path,
                f"unknown {kind} {short(name)}",
                f"{article} {kind} of this case",
                tuple(self.names.lookup.near(name, names)),
                span,
            )

    def header(self) -> Iterator[Problem]:
        case = self.case
        if self.has("window") and case.window[1] - case.window[0] < 4:
            yield Problem(
                ("window",),
                f"the window {case.window[0]}-{case.window[1]}",
                "first and last year, at least five years in all",
            )
        if self.has("window", "vantage") and case.vantage.year < case.window[0]:
            yield Problem(
                ("vantage",),
                f"the vantage date {case.vantage} lies before the window",
                f"{case.window[0]} or later",
            )
        if self.has("pair"):
            for i, code in enumerate(case.pair):
                yield from self.state(("pair", i), code, self.has("vantage"))
                if meaning.unknown_state(code) is None:
                    yield from self.refer(("pair", i), code, "actor", self.actors)
            if case.pair[0] == case.pair[1]:
                yield Problem(("pair",), f"{case.pair[0]} with itself", "two different states")
        for key, actor in case.actors.items():
            if len(key) == 3 and not actor.members:
                for problem in self.state(("actors", key), key, at_vantage=False):
                    hint = "a state by ISO code, or members, or an id not of three letters"
                    yield replace(problem, expected=hint, key=True)
            for i, code in enumerate(actor.members):
                yield from self.state(("actors", key, "members", i), code, at_vantage=False)
        if case.author_reading is not None:
            yield from self.refer(
                ("author_reading",), case.author_reading, "reading", self.readings
            )

    def state(self, path: Path, code: str, at_vantage: bool) -> Iterator[Problem]:
        wrong = meaning.unknown_state(code)
        if wrong is not None:
            yield Problem(path, *wrong)
        elif at_vantage:
            from tealeaves import states

            year = self.case.vantage.year
            spans = states.get(code).spans
            if not any(a <= year and (b is None or year <= b) for a, b in spans):
                yield Problem(path, f"{code} is no state in {year}", "states of the vantage date")

    def twice(self) -> Iterator[Problem]:
        for section in (
            "assertions", "links", "claims", "readings", "scenarios", "outcomes", "tensions",
        ):  # fmt: skip
            seen: set[str] = set()
            for i, element in enumerate(getattr(self.case, section)):
                if element.id in seen:
                    field = "id" if "id" in element.model_fields_set or section != "links" else ""
                    path: Path = (section, i, field or "link")
                    hint = "another id" if section == "links" else None
                    yield Problem(path, f"id {short(element.id)} is here twice", hint)
                seen.add(element.id)

    def provenance(self) -> Iterator[Problem]:
        last = self.case.paragraphs if self.has("paragraphs") else 10_000
        for i, assertion in enumerate(self.case.assertions):
            if not 1 <= assertion.at <= last:
                yield Problem(("assertions", i, "at"), f"paragraph {assertion.at}", f"1 to {last}")
        index: Counter[str] = Counter()
        for kind, name, element in self.case.elements():
            path: Path = ("quantities", name) if kind == "quantity" else (f"{kind}s", index[kind])
            index[kind] += 1
            for j, assertion_id in enumerate(element.asserts):
                yield from self.refer(
                    (*path, "asserts", j), assertion_id, "assertion", self.assertions
                )
            places = [self.at[a] for a in element.asserts if a in self.at]
            if element.at is not None and not 1 <= element.at <= last:
                yield Problem((*path, "at"), f"paragraph {element.at}", f"1 to {last}")
            elif element.at is not None and places and element.at not in places:
                where = ", ".join(str(place) for place in sorted(set(places)))
                yield Problem(
                    (*path, "at"),
                    f"paragraph {element.at} is not where its assertions are",
                    where,
                )
            if element.origin == "source" and not element.asserts and element.at is None:
                yield Problem(
                    (*path, "origin"),
                    "this is said to come from the source",
                    "asserts or at, to say where; or origin: added",
                )

    def quantity_names(self) -> Iterator[Problem]:
        for name, quantity in self.case.quantities.items():
            actor = name.split(".")[0]
            for problem in self.refer((), actor, "actor", self.actors):
                yield replace(problem, path=("quantities", name), key=True, span=(0, len(actor)))
            if quantity.measure is not None:
                path = ("quantities", name, "measure")
                yield from self.expression(path, quantity.measure, "measure")

    def expression(self, path: Path, text: str, role: meaning.Role) -> Iterator[Problem]:
        if role != "measure" and not self.has("quantities"):
            return
        for error in meaning.check(text, role, self.names):
            span = (error.col, error.end_col)
            yield Problem(path, error.what, error.expected, error.nearest, span)

    def link(self, path: Path, link: Link) -> Iterator[Problem]:
        at = link.link.index(link.cause)
        cause = (at, at + len(link.cause))
        at = link.link.rindex(link.effect)
        effect = (at, at + len(link.effect))
        ends = ((link.cause, cause), (link.effect, effect))
        for name, span in ends:
            yield from self.refer((*path, "link"), name, "quantity", self.quantities, span)
        if link.cause == link.effect:
            yield Problem((*path, "link"), f"a link from '{link.cause}' to itself", span=effect)
        if link.when is not None:
            yield from self.refer((*path, "when"), link.when, "quantity", self.quantities)
        if link.reading is not None:
            yield from self.refer((*path, "reading"), link.reading, "reading", self.readings)

    def duplicate_links(self) -> Iterator[Problem]:
        seen: dict[tuple[object, ...], str] = {}
        ids: set[str] = set()
        for i, link in enumerate(self.case.links):
            what = (link.cause, link.effect, link.lag, link.when, link.reading)
            if what in seen and link.id not in ids:  # the same id is reported elsewhere
                yield Problem(
                    ("links", i, "link"),
                    f"the same link as {short(seen[what])}",
                    "another lag, when or reading, or one link less",
                )
            seen.setdefault(what, link.id)
            ids.add(link.id)

    def loops(self) -> Iterator[Problem]:
        """Yield a problem for each loop of links that all work within the year."""
        at_once: dict[str, list[tuple[str, int]]] = {}
        for j, link in enumerate(self.case.links):
            if link.lag == 0 and link.cause != link.effect:
                at_once.setdefault(link.cause, []).append((link.effect, j))
        done: set[str] = set()
        for root in at_once:
            trail: list[str] = []
            stack: list[tuple[str, int | None, bool]] = [(root, None, False)]
            while stack:  # not recursive: a chain may be long
                name, i, leaving = stack.pop()
                if leaving:
                    trail.pop()
                    done.add(name)
                elif name in trail:
                    loop = " -> ".join([*trail[trail.index(name) :], name])
                    yield Problem(
                        ("links", i or 0, "lag"),
                        f"a loop of links without lag: {loop}",
                        "a lag of 1 or more in one of them",
                    )
                elif name not in done:
                    trail.append(name)
                    stack.append((name, None, True))
                    stack.extend((effect, k, False) for effect, k in at_once.get(name, ()))

    def claims_and_outcomes(self) -> Iterator[Problem]:
        for i, claim in enumerate(self.case.claims):
            if claim.test is not None:
                yield from self.expression(("claims", i, "test"), claim.test, "test")
            if claim.reading is not None:
                path = ("claims", i, "reading")
                yield from self.refer(path, claim.reading, "reading", self.readings)
        for i, outcome in enumerate(self.case.outcomes):
            yield from self.expression(("outcomes", i, "when"), outcome.when, "outcome")

    def scenarios(self) -> Iterator[Problem]:
        for i, scenario in enumerate(self.case.scenarios):
            path = ("scenarios", i)
            if scenario.id == "baseline" and (scenario.impose or scenario.without):
                yield Problem(path, "the baseline imposes something", "neither impose nor without")
            for j, imposition in enumerate(scenario.impose):
                yield from self.imposition((*path, "impose", j), imposition)
            yield from self.overlaps(path, scenario)
            for j, link_id in enumerate(scenario.without):
                yield from self.refer((*path, "without", j), link_id, "link", self.links)

    def overlaps(self, path: Path, scenario: Scenario) -> Iterator[Problem]:
        """Yield a problem for a quantity held and otherwise imposed on in the same year."""
        last = self.case.vantage.year + self.case.horizon if self.has("vantage", "horizon") else 0
        for j, later in enumerate(scenario.impose):
            a, b = later.span(last)
            for earlier in scenario.impose[:j]:
                c, d = earlier.span(last)
                one = earlier.quantity == later.quantity and (
                    earlier.by is None or later.by is None
                )
                if one and a <= d and c <= b:
                    yield Problem(
                        (*path, "impose", j),
                        f"'{later.quantity}' is held and imposed on otherwise in {max(a, c)}",
                        "spans that do not overlap",
                    )

    def imposition(self, path: Path, imposition: Imposition) -> Iterator[Problem]:
        yield from self.refer((*path, "quantity"), imposition.quantity, "quantity", self.quantities)
        if not self.has("vantage", "horizon"):
            return
        first = self.case.vantage.year + 1
        last = self.case.vantage.year + self.case.horizon
        for field, year in (("from", imposition.from_), ("until", imposition.until)):
            if year is not None and not first <= year <= last:
                yield Problem((*path, field), f"{year} is not a year of the run", f"{first}-{last}")
