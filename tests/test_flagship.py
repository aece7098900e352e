"""The shipped case: whole, honest about its source, testable on the shipped figures, and stable."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from tealeaves import cases
from tealeaves.cases import expressions as ex
from tealeaves.cases.schema import Case
from tealeaves.measures.declarations import declarations

LONGEST_COMMON = 8  #: words in a row that may not be shared with the article


@pytest.fixture(scope="module")
def case() -> Case:
    return cases.load("china-russia-2024")


@pytest.fixture(scope="module")
def article() -> Path:
    root = os.environ.get("TEALEAVES_DATA")
    if root is None:
        pytest.skip("TEALEAVES_DATA is not set")
    folder = Path(root).parent / "article"
    if not (folder / "article.txt").is_file():
        pytest.skip("the article is not there")
    return folder


def expressions(case: Case) -> list[tuple[str, ex.Expr]]:
    found = [(name, q.expr) for name, q in case.quantities.items()]
    found += [(claim.id, claim.expr) for claim in case.claims]
    return [(name, expr) for name, expr in found if expr is not None]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + LONGEST_COMMON]) for i in range(len(found) - LONGEST_COMMON + 1)}


def texts(case: Case) -> list[str]:
    """Everything the case says, but for the title of its source, which is a citation."""
    said = [case.title, case.question]
    said += [a.says for a in case.assertions]
    said += [q.title for q in case.quantities.values()]
    said += [e.title for e in case.readings]
    said += [e.title for e in case.scenarios]
    said += [e.title for e in case.outcomes]
    said += [e.says for _, _, e in case.elements() if e.says is not None]
    said += [t.says for t in case.tensions]
    said += [c.untestable for c in case.claims if c.untestable is not None]
    return said


def test_it_is_the_default_case(case: Case) -> None:
    assert cases.default() == case.id
    assert case.pair == ("RUS", "CHN")


def test_it_has_what_was_asked_for(case: Case) -> None:
    assert len(case.assertions) == 85
    assert len(case.quantities) >= 34
    assert sum(not q.latent for q in case.quantities.values()) >= 25
    assert len(case.links) >= 60
    assert len(case.claims) >= 26
    assert len(case.tensions) == 3
    assert {"baseline", "russian-defeat", "decoupling"} <= {s.id for s in case.scenarios}
    assert {"insecurity", "strength", "convenience", "unable", "unwilling"} == {
        r.id for r in case.readings
    }
    assert {
        "subordination", "distracted-partner", "nuclear-pariah", "rewards-russia", "rewards-china",
        "western-consolidation", "institutional-revision", "regional-instability",
        "central-asian-realignment", "rupture", "equal-partnership",
    } == {o.id for o in case.outcomes}  # fmt: skip


def test_every_assertion_is_carried(case: Case) -> None:
    assert [a for a, carriers in case.coverage().items() if not carriers] == []


def test_every_paragraph_is_in_the_register(case: Case) -> None:
    assert {a.at for a in case.assertions} == set(range(1, case.paragraphs + 1))


def test_measures_used_are_declared(case: Case) -> None:
    known = declarations()
    used = {
        (name, part.name)
        for name, expr in expressions(case)
        for part in ex.walk(expr)
        if isinstance(part, ex.Measure)
    }
    assert used
    assert [(name, measure) for name, measure in sorted(used) if measure not in known] == []


def test_readings_not_the_authors_are_added_and_can_fail(case: Case) -> None:
    origin = {r.id: r.origin for r in case.readings}
    assert origin["insecurity"] == "source"
    assert origin["strength"] == origin["convenience"] == "added"
    tested = Counter(c.reading for c in case.claims if c.test is not None)
    assert min(tested["insecurity"], tested["strength"], tested["convenience"]) >= 4
    relied = Counter(link.reading for link in case.links)
    assert min(relied["insecurity"], relied["strength"], relied["convenience"]) >= 4


def test_consequences_of_the_tie_belong_to_no_reading(case: Case) -> None:
    # the author says that they follow whatever the answer (4c)
    links = [k for k in case.links if k.cause == "PAIR.depth" and k.effect.startswith("ORDER.")]
    assert len(links) == 3
    assert all(link.reading is None and "4c" in link.asserts for link in links)


def test_no_quantity_stands_alone(case: Case) -> None:
    linked = {end for link in case.links for end in (link.cause, link.effect)}
    assert [name for name in case.quantities if name not in linked] == []


def test_every_link_says_what_it_means(case: Case) -> None:
    assert [link.id for link in case.links if link.says is None] == []


def test_dated_facts(case: Case) -> None:
    agrees = {c.id: c.fact.agrees for c in case.claims if c.fact is not None}
    assert not agrees.pop("reelection")  # asserted for May 2024; the vote ended on 17 March
    assert all(agrees.values())
    assert agrees.keys() >= {"anniversary", "visit-date"}  # 2024 - 75 = 1949
    publishers = [c.fact.publisher for c in case.claims if c.fact is not None]
    assert not any("pravda" in p.lower() for p in publishers)


def test_every_test_can_be_run_on_the_shipped_figures(case: Case) -> None:
    from tealeaves.claims import check, context

    verdicts = {v.claim: v for v in check(case, context(case))}
    tested = [c.id for c in case.claims if c.test is not None]
    assert [(i, verdicts[i].reason) for i in tested if verdicts[i].verdict == "not testable"] == []
    # the case tests its source: some claims hold, some do not
    found = Counter(verdicts[i].verdict for i in tested)
    assert found["supported"]
    assert found["contradicted"]
    assert verdicts["reelection"].verdict == "contradicted"


def test_plain_facts_hold_but_for_the_date_of_the_vote(case: Case) -> None:
    from tealeaves.claims import check, context

    verdicts = {v.claim: v.verdict for v in check(case, context(case))}
    plain = [c.id for c in case.claims if c.kind == "plain_fact"]
    assert [i for i in plain if verdicts[i] != "supported"] == ["reelection"]


def test_steering_and_following_are_not_read_off_figures(case: Case) -> None:
    # capacity is not leverage (11a), and votes do not show who follows whom (10c)
    tested = {a for c in case.claims if c.test is not None for a in c.asserts}
    assert not tested & {"10c", "11a", "12a", "13b"}


def test_cohesion_does_not_move_with_the_united_states(case: Case) -> None:
    expr = case.quantities["WEST.cohesion"].expr
    assert expr is not None
    assert not any(isinstance(p, ex.Measure) and "USA" in p.args for p in ex.walk(expr))


def test_measured_quantities_have_a_history_and_the_prior_stays_within_reason(case: Case) -> None:
    from tealeaves.claims import context, history
    from tealeaves.model.check import check_prior
    from tealeaves.model.compile import compile_case

    equations = compile_case(case, history(case, context(case)))
    assert equations.unmeasured == {}
    found = check_prior(equations)
    assert found.ok, f"{found.worst}: {found.shares[found.worst]:.1%}, loop {found.loop}"


def test_loops_fade(case: Case) -> None:
    # all links at their prior mean, in their steepest place (phi' = 1): shocks must die out
    import numpy as np

    from tealeaves.model.prior import RATE_MEAN, weight

    names = list(case.quantities)
    step = np.eye(len(names)) * (1 - RATE_MEAN)
    for link in case.links:
        assert link.lag >= 1
        step[names.index(link.effect), names.index(link.cause)] += weight(link.response)
    assert np.abs(np.linalg.eigvals(step)).max() < 1


@pytest.mark.data
def test_it_copies_no_sentence_of_the_article(case: Case, article: Path) -> None:
    forbidden = runs((article / "article.txt").read_text(encoding="utf-8"))
    shared = {" ".join(run) for text in texts(case) for run in runs(text) & forbidden}
    assert shared == set()


@pytest.mark.data
def test_the_register_is_that_of_the_article(case: Case, article: Path) -> None:
    with (article / "assertions.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    ours = {a.id: (a.kind, a.holder, a.at) for a in case.assertions}
    theirs = {r["id"]: (r["kind"], r["held_by"], int(r["id"][:-1])) for r in rows}
    assert ours == theirs
    said = {r["what is asserted (paraphrase)"] for r in rows}
    assert [a.id for a in case.assertions if a.says in said] == []
