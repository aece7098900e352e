"""Expressions: what is refused and where, what is read, and that print and parse agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tealeaves.cases import expressions as ex
from tealeaves.cases.meaning import Names, check, used
from tealeaves.errors import TealeavesError
from tealeaves.measures.declarations import declarations

# --- refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("gdp(IND) >", 10, "cannot read"),
        ("gdp(IND", 4, "cannot read"),
        ("1 + * 2", 5, "cannot read"),
        ("gdp(IND) > 'x'", 12, "character"),
        ("gdp(IND) > 1 # and more", 14, "character"),
        ("[1]", 1, "character"),
        ("x if y else z", 1, "if ... else"),
        ("2 ** 3", 3, "powers"),
        ("7 // 2", 3, "whole division"),
        ("1 < 2 in 3", 1, "'in'"),
        ("gdp(*IND)", 5, "star"),
        ("gdp(a=IND)", 5, "arguments have no names"),
        ("gdp", 1, "alone means nothing"),
        ("IND.a.b", 1, "not allowed"),
        ("gdp(IND)(RUS)", 1, "only a measure or a function"),
        ("__import__(os).system(x)", 1, "only a measure or a function"),
        ("1e999", 1, "too large"),
        ("2j", 1, "not a number"),
        ("True", 1, "not a number"),
        ("None", 1, "not a number"),
        ("1or 2", 1, ""),
        ("gdp(IND, 20)", 10, "not a year"),
        ("gdp(IND, 2013.5)", 10, "not a year"),
        ("gdp(IND + RUS, 2013)", 5, "not a state"),
        ("trend(gdp(IND))", 1, "trend with 1 arguments"),
        ("trend(gdp(IND), 2020, 2013)", 23, "do not run forward"),
        ("change(gdp(IND), 2020, 2020)", 24, "do not run forward"),
        ("start(gdp(IND))", 7, "takes a quantity"),
        ("(1, 2)", 1, "several values"),
        ("yield", 1, ""),
        ("ＧＤＰ(IND)", 1, "character"),
        ("gdp(IND)\0", 9, "character"),
    ],
)
def test_refused_with_its_column(text: str, column: int, says: str) -> None:
    with pytest.raises(ex.ExpressionError) as caught:
        ex.parse(text)
    assert says in caught.value.what
    assert caught.value.col + 1 == column
    assert caught.value.where == f"column {column}"


def test_the_caret_stands_below_the_offending_part() -> None:
    with pytest.raises(ex.ExpressionError) as caught:
        ex.parse("gdp(IND, 2013) > 2 ** 3")
    head, text, caret = str(caught.value).split("\n")
    assert head == "column 20: powers (**) is not allowed here"
    assert text[caret.index("^") :].startswith("** 3")
    assert caret.strip() == "^^"


@pytest.mark.parametrize(
    "text", ["(" * 900 + "1" + ")" * 900, "-" * 1900 + "1", "not " * 450 + "1", "1+" * 900 + "1"]
)
def test_nesting_is_limited(text: str) -> None:
    with pytest.raises(ex.ExpressionError):
        ex.parse(text)


def test_length_is_limited() -> None:
    assert ex.MAX_LENGTH == 2000
    with pytest.raises(ex.ExpressionError, match="2001 characters"):
        ex.parse("1" + " " * 2000)


@given(st.text(max_size=60) | st.text(alphabet="IND.gdp(,)2013 +-*/<>=!andotr\n", max_size=60))
def test_nothing_but_our_error(text: str) -> None:
    try:
        ex.parse(text)
    except ex.ExpressionError as caught:
        error = caught
    else:
        return
    assert 0 <= error.col < error.end_col
    assert str(error)


# --- read -------------------------------------------------------------------------------------


def test_a_claim_as_data() -> None:
    expr = ex.parse("trend(intensity(RUS, CHN), 2013, 2020) > 0")
    series = ex.Measure("intensity", ("RUS", "CHN"))
    years = (ex.Number(2013.0), ex.Number(2020.0))
    assert expr == ex.Compare(ex.Call("trend", (series, *years)), ((">", ex.Number(0.0)),))


def test_a_year_makes_one_value() -> None:
    assert ex.parse("gdp(IND, 2013)") == ex.Measure("gdp", ("IND",), 2013)


def test_offsets_point_into_the_text_also_after_spaces_and_breaks() -> None:
    text = "  gdp(IND, 2013)\n  > RUS.war_burden"
    expr = ex.parse(text)
    assert isinstance(expr, ex.Compare)
    right = expr.rest[0][1]
    assert text[right.col : right.end_col] == "RUS.war_burden"
    assert text[expr.left.col : expr.left.end_col] == "gdp(IND, 2013)"


def test_comparisons_chain() -> None:
    expr = ex.parse("1 < IND.x <= 3")
    assert isinstance(expr, ex.Compare)
    assert [op for op, _ in expr.rest] == ["<", "<="]


def test_no_measure_has_the_name_of_a_function() -> None:
    assert not set(ex.FUNCTIONS) & set(declarations())


_names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in {*ex.FUNCTIONS} and name.isidentifier() and not _reserved(name)
)


def _reserved(name: str) -> bool:
    import keyword

    return keyword.iskeyword(name)


_states = st.sampled_from(["IND", "RUS", "CHN"])
_years = st.integers(ex.FIRST_YEAR, ex.LAST_YEAR - 1)
_measures = st.builds(
    ex.Measure, _names, st.lists(_states, max_size=2).map(tuple), st.none() | _years
)
_quantities = st.builds(lambda name: ex.Quantity(f"IND.{name}"), _names)
_numbers = st.builds(ex.Number, st.floats(0, allow_infinity=False).map(abs))
_leaves = _measures | _quantities | _numbers


def _call(func: str, x: ex.Expr, year: int) -> ex.Expr:
    years = (ex.Number(float(year)), ex.Number(float(year + 1)))
    return ex.Call(func, (x, *years[: ex.FUNCTIONS[func]]))


def _extend(below: st.SearchStrategy[ex.Expr]) -> st.SearchStrategy[ex.Expr]:
    functions = st.sampled_from([name for name in ex.FUNCTIONS if name != "start"])
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    rest = st.lists(
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), below),
        min_size=1,
        max_size=2,
    ).map(tuple)
    return (
        st.builds(_call, functions, below, _years)
        | st.builds(lambda q: ex.Call("start", (q,)), _quantities)
        | st.builds(ex.Unary, st.sampled_from(["-", "+", "not"]), below)
        | st.builds(ex.Binary, st.sampled_from("+-*/"), below, below)
        | st.builds(ex.Compare, below, rest)
        | st.builds(ex.Bool, st.sampled_from(["and", "or"]), several)
    )


@given(st.recursive(_leaves, _extend, max_leaves=12))
def test_parse_of_print_is_the_same(expr: ex.Expr) -> None:
    assert ex.parse(ex.to_text(expr)) == expr


# --- meaning ----------------------------------------------------------------------------------

NAMES = Names(
    quantities=["RUS.war_burden", "IND.unease"], latent=["IND.unease"], groups=["CENTRAL_ASIA"]
)


@pytest.mark.parametrize(
    ("text", "role", "says", "at"),
    [
        ("intensty(IND, RUS, 2013) > 1", "test", "unknown measure or function", "intensty"),
        ("gdp(IND, RUS, 2013) > 1", "test", "gdp with 2 states", "gdp"),
        ("intensity(IND, 2013) > 1", "test", "intensity with 1 state", "intensity"),
        ("intensity(IND, IND, 2013) > 1", "test", "with itself", "intensity"),
        ("intensity(IND, RUS) > 1", "test", "is a series", "intensity"),
        ("gdp(IND, 2013)", "test", "gives one number", "gdp"),
        ("gdp(CENTRAL_ASIA, 2013) > 1", "test", "is a group of this case", "CENTRAL"),
        ("1 < 2", "test", "no measure", "1"),
        ("trend(3, 2013, 2020) > 1", "test", "trend takes a series", "3"),
        ("trend(gdp(IND, 2013), 2013, 2020) > 1", "test", "trend takes a series", "gdp"),
        ("latest(IND.unease) > 1", "test", "is latent", "IND"),
        ("latest(RUS.war_burdn) > 1", "test", "unknown quantity", "RUS"),
        ("start(RUS.war_burden) > 1", "test", "outside an outcome", "start"),
        ("(gdp(IND, 2013) > 1) + 1 > 0", "test", "arithmetic on a comparison", "gdp"),
        ("not gdp(IND, 2013)", "test", "not takes a comparison", "gdp"),
        ("gdp(IND, 2013) and gdp(RUS, 2013) > 1", "test", "and joins comparisons", "gdp"),
        ("-(gdp(IND, 2013) > 1) > 0", "test", "a sign before a comparison", "gdp"),
        ("gdp(IND, 2013)", "measure", "gives one number", "gdp"),
        ("gdp(IND) > 1", "measure", "is a series", "gdp"),
        ("RUS.war_burden", "measure", "in a measure", "RUS"),
        ("gdp(IND, 2013) > 1", "outcome", "lies in the future", "gdp"),
        ("mean(RUS.war_burden, 2030, 2034) > 1", "outcome", "read at the horizon", "mean"),
        ("1 < 2", "outcome", "no quantity", "1"),
        ("RUS.war_burden", "outcome", "gives one number", "RUS"),
    ],
)
def test_wrong_meaning(text: str, role: str, says: str, at: str) -> None:
    errors = check(text, role, NAMES)  # type: ignore[arg-type]
    assert len(errors) == 1
    assert says in errors[0].what
    assert text[errors[0].col :].startswith(at)


def test_nearest_names_are_offered() -> None:
    [error] = check("latest(RUS.war_burdn) > 1", "test", NAMES)
    assert error.nearest == ("RUS.war_burden",)
    [error] = check("intensty(IND, RUS, 2013) > 1", "test", NAMES)
    assert error.nearest[0] == "intensity"
    [error] = check("IND.strain > 1", "outcome", NAMES)  # near in nothing but the actor
    assert error.nearest == ("IND.unease",)


def test_all_errors_of_an_expression_at_once() -> None:
    errors = check("intensty(IND, RUS, 2013) > latest(IND.x) + gdp(IND, RUS, 2013)", "test", NAMES)
    assert [error.col for error in errors] == [0, 34, 43]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("military_burden(RUS)", "measure"),
        ("gdp(RUS) / gdp(IND)", "measure"),
        ("intensity(IND, RUS) - mean(intensity(IND, RUS), 1995, 2005)", "measure"),
        ("trend(intensity(IND, RUS), 2013, 2020) > 0", "test"),
        ("change(RUS.war_burden, 2013, 2020) > 0 and not gdp(IND, 2013) < 1", "test"),
        ("RUS.war_burden - start(RUS.war_burden) > 1 or IND.unease > 2", "outcome"),
    ],
)
def test_right_meaning(text: str, role: str) -> None:
    assert check(text, role, NAMES) == []  # type: ignore[arg-type]


def test_the_quantities_used() -> None:
    assert list(used(ex.parse("IND.x > start(IND.y) + 1"))) == ["IND.x", "IND.y"]


@given(
    st.recursive(_leaves, _extend, max_leaves=8), st.sampled_from(["measure", "test", "outcome"])
)
def test_checking_never_fails_otherwise(expr: ex.Expr, role: str) -> None:
    for error in check(ex.to_text(expr), role, NAMES):  # type: ignore[arg-type]
        assert isinstance(error, TealeavesError)


def test_a_function_nearly_named_is_offered() -> None:
    with pytest.raises(TealeavesError, match=r"unknown function 'trnd'.*nearest: trend"):
        ex.parse("trnd(CENTRAL_ASIA.china_over_russia, 2000, 2020) > 0")
