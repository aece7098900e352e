"""Verdicts, computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tealeaves.cases import expressions as ex
from tealeaves.cases.schema import Claim
from tealeaves.claims import Context, NotTestable, check_claim, evaluate
from tealeaves.figure import Figure, Series


def series(values: dict[int, float], status: dict[int, str] | None = None) -> Series:
    status = status or {}
    figures = tuple(
        Figure("intensity", ("RUS", "CHN"), y, v, "ratio", status=status.get(y, "reported"))
        for y, v in values.items()
    )
    return Series("intensity", ("RUS", "CHN"), "ratio", "directed", "economic", "t", figures)


def context(values: dict[int, float], status: dict[int, str] | None = None) -> Context:
    return Context(lambda _name, _args: series(values, status))


LINE = {2010: 1.0, 2011: 2.0, 2012: 4.0, 2013: 4.0}


def value(text: str, values: dict[int, float] | None = None) -> Any:
    return evaluate(ex.parse(text), context(values or LINE))


class TestRefusals:
    """What the data do not reach gives no number."""

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("intensity(RUS, CHN, 2020)", "has no figure for 2020"),
            ("trend(intensity(RUS, CHN), 2010, 2014)", "2010-2013, the test asks for 2010-2014"),
            ("mean(intensity(RUS, CHN), 2009, 2012)", "asks for 2009-2012"),
            ("trend(intensity(RUS, CHN), 2010, 2011)", "only 2 figures"),
            ("intensity(RUS, CHN, 2010) / 0", "division by zero"),
            ("intensity(RUS, CHN) > 1", "is a series"),
            ("RUS.fear > 1", "latent"),
        ],
    )
    def test_reason(self, text: str, why: str) -> None:
        with pytest.raises(NotTestable, match=why):
            value(text)

    def test_imputed_rows_carry_nothing(self) -> None:
        where = context({2021: 1.0, 2022: 2.0}, {2022: "imputed"})
        with pytest.raises(NotTestable, match="no figure for 2022"):
            evaluate(ex.parse("intensity(RUS, CHN, 2022)"), where)


class TestValues:
    def test_trend_is_least_squares(self) -> None:
        # years centred: -1.5 -.5 .5 1.5; values centred: -1.75 -.75 1.25 1.25
        # sum of products 2.625 + .375 + .625 + 1.875 = 5.5; sum of squares 5; slope 1.1
        assert value("trend(intensity(RUS, CHN), 2010, 2013)") == pytest.approx(1.1)

    def test_functions(self) -> None:
        assert value("mean(intensity(RUS, CHN), 2010, 2013)") == pytest.approx(11 / 4)
        assert value("change(intensity(RUS, CHN), 2010, 2012)") == 3.0
        assert value("latest(intensity(RUS, CHN))") == 4.0
        assert value("max(intensity(RUS, CHN), 2010, 2011)") == 2.0
        assert value("min(intensity(RUS, CHN), 2011, 2013)") == 2.0

    def test_series_meets_series_year_by_year(self) -> None:
        # latest of (2 x value - value) is the value itself
        assert value("latest(2 * intensity(RUS, CHN) - intensity(RUS, CHN))") == 4.0
        assert value("latest(-intensity(RUS, CHN))") == -4.0

    def test_chain_and_logic(self) -> None:
        assert value("1 < intensity(RUS, CHN, 2011) < 4") is True
        assert value("intensity(RUS, CHN, 2010) > 1 or not intensity(RUS, CHN, 2011) < 2") is True


def claim(test: str) -> Claim:
    return Claim(id="c", says="s", origin="added", test=test)


class TestVerdicts:
    def test_supported(self) -> None:
        # one year named: 2011 and its neighbours 2010 and 2012 give 2>.5, 1>.5, 4>.5: 3 of 3
        found = check_claim(claim("intensity(RUS, CHN, 2011) > 0.5"), context(LINE))
        assert (found.verdict, found.holds, found.tried) == ("supported", 3, 3)
        assert found.effect == pytest.approx(1.5)
        assert found.lowest == pytest.approx(0.5)
        assert found.highest == pytest.approx(3.5)
        assert [f.year for f in found.figures] == [2011]

    def test_mixed_and_mostly_and_contradicted(self) -> None:
        # > 1.5: 2010 fails, 2011 and 2012 hold: 2/3, mostly
        assert check_claim(claim("intensity(RUS, CHN, 2011) > 1.5"), context(LINE)).verdict == (
            "mostly"
        )
        # at 2012, > 3: 2011 fails, 2012, 2013 hold; > 4: none holds
        assert check_claim(claim("intensity(RUS, CHN, 2012) > 4"), context(LINE)).verdict == (
            "contradicted"
        )
        # at 2010, > 1: 2009 has no figure and does not count; 2010 fails, 2011 holds: 1/2
        found = check_claim(claim("intensity(RUS, CHN, 2010) > 1"), context(LINE))
        assert (found.verdict, found.holds, found.tried) == ("mixed", 1, 2)

    def test_not_testable_says_why(self) -> None:
        found = check_claim(claim("intensity(RUS, CHN, 2024) > 1"), context(LINE))
        assert found.verdict == "not testable"
        assert "2010-2013" in found.reason
        bare = Claim(id="c", says="s", origin="added", untestable="nobody asked them")
        assert check_claim(bare, context(LINE)).reason == "nobody asked them"

    @pytest.mark.parametrize(
        ("asserted", "verdict"),
        [("2024-05", "contradicted"), ("2024-03", "supported"), ("2024", "supported")],
    )
    def test_dated_fact(self, asserted: str, verdict: str) -> None:
        fact = {"asserted": asserted, "found": "2024-03-17", "publisher": "p"}
        dated = Claim.model_validate({"id": "c", "says": "s", "origin": "source", "fact": fact})
        assert check_claim(dated, context(LINE)).verdict == verdict
