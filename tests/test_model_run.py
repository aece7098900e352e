"""Whole runs: refusals, same bits, paired scenarios, summaries, outcomes, check of the prior."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from model_helpers import compiled, link, make, outcome, scenario
from tealeaves.cases.schema import Case
from tealeaves.errors import TealeavesError
from tealeaves.model import QUANTILES, Result, check_prior, compile_case, run
from tealeaves.model.draws import step_normals
from tealeaves.model.kernel import simulate
from tealeaves.model.loops import reinforcing_loops
from tealeaves.model.prior import draw
from tealeaves.model.scenarios import plans
from tealeaves.model.summary import Tally, edges

NAMES = ["AAA.x", "AAA.y", "AAA.z"]
LINKS = [
    link("AAA.x -> AAA.y", "+", "strong"),
    link("AAA.y -> AAA.z", "-", "moderate", lag=2),
    link("AAA.x -> AAA.z", "+", "weak", when="AAA.y"),
]
DROP = {"quantity": "AAA.x", "by": -2, "from": 2025, "until": 2026}
HELD = {"quantity": "AAA.y", "to": 1.25, "from": 2026}
OUTCOMES = [outcome("rise", "AAA.y - start(AAA.y) > 1"), outcome("low", "AAA.z < 0")]


def example(**more: Any) -> Case:
    scenarios = [
        scenario("baseline"),
        scenario("drop", DROP),
        scenario("held", HELD),
        scenario("cut", without=["AAA.x -> AAA.y"]),
        scenario("nothing"),
    ]
    return make(NAMES, LINKS, scenarios, OUTCOMES, **more)


@pytest.fixture(scope="module")
def result() -> Result:
    return run(example(), {}, runs=3_000, seed=5)


def numbers(result: Result) -> str:
    return json.dumps(result.to_dict(), sort_keys=True)


@pytest.mark.parametrize("runs", [0, -1, 2**28 + 1, 1.5, True, "10", None])
def test_bad_numbers_of_runs(runs: Any) -> None:
    with pytest.raises(TealeavesError, match=r"runs.*whole number from 1"):
        run(example(), {}, runs=runs)


@pytest.mark.parametrize("seed", [-1, 2**64, 0.5])
def test_bad_seeds(seed: Any) -> None:
    with pytest.raises(TealeavesError, match="seed"):
        run(example(), {}, runs=1, seed=seed)


def test_bad_threads_and_blocks() -> None:
    with pytest.raises(TealeavesError, match="threads"):
        run(example(), {}, runs=1, threads=0)
    with pytest.raises(TealeavesError, match="block"):
        run(example(), {}, runs=1, block=0)


def test_unknown_names_offer_the_nearest(result: Result) -> None:
    with pytest.raises(TealeavesError, match=r"unknown scenario 'dorp'.*nearest: drop"):
        run(example(), {}, runs=1, scenarios=["dorp"])
    with pytest.raises(TealeavesError, match="nearest: held"):
        result.fan("AAA.x", "hold")
    with pytest.raises(TealeavesError, match=r"unknown quantity 'AAA.w'"):
        result.fan("AAA.w")
    with pytest.raises(TealeavesError, match="nearest: rise"):
        result.outcome("rises")
    with pytest.raises(TealeavesError, match="latent"):
        result.fan("AAA.x", unit=True)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (scenario("s", {**DROP, "quantity": "AAA.xx"}), "unknown quantity 'AAA.xx'; nearest"),
        (scenario("s", {**DROP, "from": 2024}), "imposed from 2024 until 2026"),
        (scenario("s", {**DROP, "until": 2035}), "years within 2025-2034"),
        (scenario("s", HELD, {**HELD, "to": 2}), "spans that do not overlap"),
        (scenario("s", DROP, {**DROP, "by": None, "to": 2}), "spans that do not overlap"),
        (scenario("s", {**HELD, "quantity": "AAA.x"}, DROP), "spans that do not overlap"),
        (scenario("s", without=["AAA.x -> AAA.w"]), "unknown link 'AAA.x -> AAA.w'"),
        (scenario("baseline", DROP), "the baseline imposes something"),
        (scenario("s", {**HELD, "to": 300}), "runs leave ±256 s.d."),
    ],
)
def test_bad_scenarios(bad: dict[str, Any], message: str) -> None:
    with pytest.raises(TealeavesError) as caught:
        run(make(NAMES, LINKS, [bad]), {}, runs=1)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("AAA.x", "expected a comparison"),
        ("1 + 2", "expected a comparison"),
        ("AAA.w > 1", "unknown quantity 'AAA.w'"),
        ("start(AAA.w) > 1", "unknown quantity 'AAA.w'"),
        ("trend(AAA.x, 2025, 2030) > 0", "expected numbers, quantities, start(quantity)"),
        ("military_burden(AAA) > 0", "expected numbers, quantities, start(quantity)"),
        ("(AAA.x > 1) + 1 > 1", "expected numbers"),
        ("AAA.x / start(AAA.x) > 1", "divides by zero"),
    ],
)
def test_bad_outcomes(when: str, message: str) -> None:
    with pytest.raises(TealeavesError) as caught:
        run(make(NAMES, outcomes=[outcome("bad", when)]), {}, runs=1)
    assert "outcome bad" in str(caught.value)
    assert message in str(caught.value)


def test_same_seed_same_bits_for_any_blocks_and_threads(result: Result) -> None:
    expected = numbers(result)
    for threads, block in [(1, 3_000), (1, 7), (2, 512), (3, 100), (8, 2_999)]:
        assert numbers(run(example(), {}, runs=3_000, seed=5, threads=threads, block=block)) == (
            expected
        )
    assert numbers(run(example(), {}, runs=3_000, seed=6)) != expected


def test_a_run_does_not_depend_on_the_company_it_keeps() -> None:
    equations = compile_case(example(), {})

    def paths(runs: np.ndarray[Any, np.dtype[np.uint64]]) -> Any:
        noise = step_normals(5, runs, 10, equations.noise_streams)
        return simulate(equations, draw(equations, 5, runs), noise, plans(equations)[0])

    many = paths(np.arange(1_000, dtype=np.uint64))
    np.testing.assert_array_equal(many[:, :, 700:703], paths(np.arange(700, 703, dtype=np.uint64)))
    np.testing.assert_array_equal(many[:, :, 3], paths(np.array([3], np.uint64))[:, :, 0])


def test_another_quantity_leaves_the_draws_of_the_others() -> None:
    small = run(example(), {}, runs=600, seed=5)
    names = ["AAA.a", "AAA.x", "AAA.b", "AAA.y", "AAA.z"]
    links = [link("AAA.a -> AAA.b"), *LINKS[::-1]]
    large = run(make(names, links), {}, runs=600, seed=5)
    for name in NAMES:
        assert small.fan(name) == large.fan(name)


def test_a_link_changes_its_effect_and_what_follows_only() -> None:
    more = run(make(NAMES, [*LINKS, link("AAA.x -> AAA.z", id="extra")]), {}, runs=600, seed=5)
    less = run(make(NAMES, LINKS), {}, runs=600, seed=5)
    assert more.fan("AAA.x") == less.fan("AAA.x")
    assert more.fan("AAA.y") == less.fan("AAA.y")
    assert more.fan("AAA.z") != less.fan("AAA.z")


def test_imposing_nothing_is_the_baseline(result: Result) -> None:
    for name in NAMES:
        fan, base = result.fan(name, "nothing"), result.fan(name)
        assert (fan.quantiles, fan.mean) == (base.quantiles, base.mean)
        shift = result.shift(name, "nothing")
        assert not any(shift.mean)
        assert not any(shift.error)
    for o in ("rise", "low"):
        share = result.outcome(o, "nothing")
        assert share.probability == result.outcome(o).probability
        assert (share.flips, share.difference, share.difference_error) == (0.0, 0.0, 0.0)


def test_only_what_a_scenario_reaches_moves(result: Result) -> None:
    assert result.fan("AAA.x", "held").quantiles == result.fan("AAA.x").quantiles
    # y is first moved a year after x
    assert result.shift("AAA.x", "drop").mean[0] == 0.0
    assert result.shift("AAA.x", "drop").mean[1] == pytest.approx(-2.0, abs=1e-9)
    assert result.shift("AAA.x", "drop").error[1] == pytest.approx(0.0, abs=1e-4)
    assert result.shift("AAA.y", "drop").mean[1] == 0.0
    assert result.shift("AAA.y", "drop").mean[2] < 0.0


def test_holding_holds(result: Result) -> None:
    fan = result.fan("AAA.y", "held")
    assert fan.years[2] == 2026
    for values in fan.quantiles.values():
        assert set(values[2:]) == {1.25}
    assert fan.mean is not None
    assert set(fan.mean[2:]) == {1.25}
    # 1.25 - 0 > 1 in every run
    share = result.outcome("rise", "held")
    assert (share.probability, share.error, share.lost) == (1.0, 0.0, 0.0)
    assert share.gained == 1.0 - result.outcome("rise").probability


def test_only_chosen_scenarios_and_the_baseline_are_run() -> None:
    assert run(example(), {}, runs=10, scenarios=["held"]).scenarios == ("baseline", "held")
    assert run(example(), {}, runs=10, scenarios=[]).scenarios == ("baseline",)
    assert run(make(NAMES), {}, runs=10).scenarios == ("baseline",)


def test_summaries_against_all_runs_at_once(result: Result) -> None:
    equations = compile_case(example(), {})
    runs = np.arange(3_000, dtype=np.uint64)
    noise = list(step_normals(5, runs, 10, equations.noise_streams))
    parameters = draw(equations, 5, runs)
    paths = {p.id: simulate(equations, parameters, noise, p) for p in plans(equations)}
    for name, z in paths.items():
        for i, quantity in enumerate(NAMES):
            fan = result.fan(quantity, name)
            np.testing.assert_allclose(fan.mean or (), z[:, i].mean(axis=1), atol=1e-7)
            for q in QUANTILES:
                exact = np.quantile(z[:, i], q, axis=1)
                # never off by more than a bin, (1 + |z|/8)^2 / 32
                width = (1 + np.abs(exact) / 8) ** 2 / 32
                assert (np.abs(np.array(fan.quantiles[q]) - exact) < width).all()
            difference = z[:, i] - paths["baseline"][:, i]
            shift = result.shift(quantity, name)
            np.testing.assert_allclose(shift.mean, difference.mean(axis=1), atol=1e-7)
            errors = difference.std(axis=1) / math.sqrt(3_000)
            np.testing.assert_allclose(shift.error, errors, atol=2e-4)
        rise, before = z[-1, 1] > 1.0, paths["baseline"][-1, 1] > 1.0
        share = result.outcome("rise", name)
        assert share.probability == rise.mean()
        assert (share.gained, share.lost) == ((rise & ~before).mean(), (before & ~rise).mean())
        difference_of_truths = rise.astype(float) - before
        assert share.difference == pytest.approx(difference_of_truths.mean(), abs=1e-12)
        error = difference_of_truths.std() / math.sqrt(3_000)
        assert share.difference_error == pytest.approx(error, abs=1e-12)
        assert share.error == pytest.approx(rise.std() / math.sqrt(3_000), rel=1e-9)


def test_outcomes_of_every_form() -> None:
    forms = {
        "never": "1 > 2",
        "always": "not 1 > 2",
        "chain": "-1 < AAA.x < 1",
        "parts": "AAA.x > -1 and AAA.x < 1",
        "outside": "AAA.x <= -1 or AAA.x >= 1",
        "sums": "2 * AAA.x + AAA.y / 2 - -1 > +AAA.x",
    }
    made = run(make(NAMES, outcomes=[outcome(k, v) for k, v in forms.items()]), {}, runs=400)
    p = {name: made.outcome(name).probability for name in forms}
    assert (p["never"], p["always"]) == (0.0, 1.0)
    assert p["chain"] == p["parts"] == pytest.approx(1 - p["outside"])
    assert 0 < p["sums"] < 1


def test_document_has_the_stated_fields(result: Result) -> None:
    document = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert document["wording"] == "likelihood under the author's assumptions"
    assert (document["runs"], document["seed"], document["years"][0]) == (3_000, 5, 2024)
    assert [s["id"] for s in document["scenarios"]] == list(result.scenarios)
    fan = document["scenarios"][1]["fans"]["AAA.y"]
    assert set(fan) == {"q05", "q25", "q50", "q75", "q95", "mean"}
    assert len(fan["q50"]) == 11
    assert document["quantities"][0]["start_from"] is None


def test_fans_in_the_measures_unit() -> None:
    case = make({"AAA.x": {"measure": "military_burden(AAA)"}})
    # 1..5 from 2020: mean 3, s.d. sqrt(2.5); starts at 5
    made = run(case, {"AAA.x": [(2020 + k, 1.0 + k) for k in range(5)]}, runs=50)
    fan, inside = made.fan("AAA.x", unit=True), made.fan("AAA.x")
    assert fan.quantiles[0.5][0] == pytest.approx(5.0)
    assert fan.quantiles[0.05][4] == pytest.approx(3 + math.sqrt(2.5) * inside.quantiles[0.05][4])
    assert fan.mean is None


def test_memory_does_not_grow_with_runs() -> None:
    tally = Tally(2, 3, 4, 1)
    sizes = {name: value.nbytes for name, value in vars(tally).items() if hasattr(value, "nbytes")}
    z = np.random.default_rng(0).normal(size=(3, 4, 500))
    for _ in range(3):
        tally.add(0, z, z)
    assert tally.runs == 1_500
    assert sizes == {
        name: value.nbytes for name, value in vars(tally).items() if hasattr(value, "nbytes")
    }


def test_a_run_that_is_no_number_is_refused() -> None:
    z = np.zeros((1, 1, 2))
    z[0, 0, 1] = np.nan
    with pytest.raises(TealeavesError, match="256"):
        Tally(1, 1, 1, 0).add(0, z, z)


def test_bins_by_hand() -> None:
    edge = edges()
    assert len(edge) == 513
    # t = 4 is bin 384: z = 4 / (1 - 4/8) = 8
    assert edge[384] == 8.0
    assert edge[128] == -8.0
    assert (np.diff(edge) > 0).all()


# -- the check of the prior --


def test_moderate_arguments_pass() -> None:
    for names, links in [
        (NAMES, LINKS),
        (NAMES[:2], [link("AAA.x -> AAA.y"), link("AAA.y -> AAA.x")]),
        (NAMES[:2], [link("AAA.x -> AAA.y", "+", "strong"), link("AAA.y -> AAA.x", "-", "strong")]),
    ]:
        found = check_prior(compiled(names, links))
        assert found.ok, found
        assert found.loop is None


def test_a_runaway_loop_is_named() -> None:
    names = [*NAMES, "AAA.innocent"]
    links = [
        link("AAA.x -> AAA.y", "-", "strong"),
        link("AAA.y -> AAA.x", "-", "strong"),  # two negatives: each feeds itself
        link("AAA.y -> AAA.z", "+", "moderate"),
        link("AAA.innocent -> AAA.x", "+", "weak"),
        link("AAA.x -> AAA.innocent", "-", "weak"),  # opposes itself: not to blame
    ]
    found = check_prior(compiled(names, links))
    assert not found.ok
    assert found.loop is not None
    assert set(found.loop.names) == {"AAA.x", "AAA.y"}
    # w / r = (.1/.40951) / .1 = 2.4419 along both links
    assert found.loop.gain == pytest.approx(1 / 0.40951, rel=1e-12)
    assert found.without_loop is not None
    assert found.without_loop < 0.05
    with pytest.raises(TealeavesError, match=r"to blame is the loop AAA\.[xy] -> AAA\.[xy] -> "):
        run(make(names, links), {}, runs=10)
    assert run(make(names, links), {}, runs=10, check="skip").check is None
    assert run(make(names, links), {}, runs=10, check="report").check == found
    with pytest.raises(TealeavesError, match="check: unknown 'perhaps'"):
        run(make(names, links), {}, runs=10, check="perhaps")  # type: ignore[arg-type]


def test_causes_that_add_up_are_named_where_no_loop_is() -> None:
    names = [f"AAA.c{i}" for i in range(5)]
    links = [link(f"{name} -> AAA.x", "+", "strong") for name in names]
    found = check_prior(compiled([*names, "AAA.x"], links))
    assert not found.ok
    assert found.loop is None
    assert len(found.causes) == 5
    with pytest.raises(TealeavesError, match=r"no loop is to blame, its causes add up: AAA.c0 -> "):
        found.raise_if_rejected()


def test_loops_are_found_and_ranked() -> None:
    links = [
        link("AAA.x -> AAA.y", "+", "strong"),
        link("AAA.y -> AAA.x", "+", "weak"),
        link("AAA.y -> AAA.z", "-", "strong"),
        link("AAA.z -> AAA.x", "-", "strong"),
    ]
    loops = reinforcing_loops(compiled(NAMES, links), 0)
    assert [set(loop.names) for loop in loops] == [set(NAMES), {"AAA.x", "AAA.y"}]
    # sqrt(2.4419 .6105) = 1.221 for the short one
    assert loops[1].gain == pytest.approx(math.sqrt(1 * 0.25) / 0.40951, rel=1e-12)


def test_a_loop_that_leads_elsewhere_is_not_found() -> None:
    links = [link("AAA.x -> AAA.y"), link("AAA.y -> AAA.x"), link("AAA.z -> AAA.x")]
    assert reinforcing_loops(compiled(NAMES, links), 2) == []
