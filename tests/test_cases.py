"""Cases: bad files first, each error with its place; then what a good one gives."""

# ruff: noqa: E501 - tables of errors read best with one in a line

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tealeaves import cases
from tealeaves.cases import reader
from tealeaves.cases.meaning import Lookup
from tealeaves.cases.schema import Case, DatedFact, Imposition
from tealeaves.errors import TealeavesError, TealeavesErrors

ARMS = Path(__file__).parent / "data" / "arms.yaml"
TEXT = ARMS.read_text(encoding="utf-8")


def changed(*pairs: tuple[str, str]) -> str:
    """Return the text of the small case with some words replaced."""
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def failed(text: str | bytes) -> list[str]:
    """Return the errors of a text, one string each."""
    with pytest.raises(TealeavesError) as caught:
        cases.loads(text, "case.yaml")
    errors = caught.value.errors if isinstance(caught.value, TealeavesErrors) else [caught.value]
    return [str(error) for error in errors]


# --- files that are no case -------------------------------------------------------------------


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(TealeavesError, match="no such file"):
        cases.load(tmp_path / "none.yaml")


def test_an_unknown_name_offers_the_shipped_cases() -> None:
    with pytest.raises(TealeavesError, match="unknown case 'chna-rusia-2024'") as caught:
        cases.load("chna-rusia-2024")
    assert caught.value.nearest == (cases.default(),)


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(TealeavesError, match="directory"):
        cases.load(tmp_path)


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 5000 + ".yaml", "", "y" * 5000])
def test_a_name_no_file_can_have(name: str) -> None:
    with pytest.raises(TealeavesError):
        cases.load(name)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"# only a comment\n", "nothing in this file"),
        (b"\x7fELF\x02\x01\0\0", "binary"),
        ("question: où".encode("latin-1"), "case.yaml:1: byte 0xf9 is not UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"[" * 3_000_000, "too large"),
        (b"[" * 999_999, "nested too deeply"),
        (b"{" * 999_999, "nested too deeply"),
        (b"- " * 499_999, "nested too deeply"),
        (b"? " * 499_999, "nested too deeply"),
        (b"a: b: c", "cannot read this as YAML"),
        (b"a: 'b", "cannot read this as YAML"),
        (b"- a\n- b\n", "this is no case"),
        (b"hello", "this is no case"),
        (b"[a]: b\n", "a key that is a list"),
        (b"".join(b"k%d: v\n" % i for i in range(60_000)), "too many entries"),
        (TEXT.encode() + b"---\na: b\n", "a second document"),
        (TEXT.replace("India}", "In\x01dia}").encode(), "cannot read this as YAML"),
    ],
    ids=lambda value: repr(value[:12]) if isinstance(value, bytes) else None,
)
def test_no_case(data: bytes, says: str) -> None:
    [error] = failed(data)
    assert error.startswith("case.yaml")
    assert says in error


def test_too_large_a_file_is_not_read_through(tmp_path: Path) -> None:
    path = tmp_path / "brackets.yaml"
    path.write_bytes(b"[" * 3_000_000)
    with pytest.raises(TealeavesError, match="too large"):
        cases.load(path)


def test_depth_twenty_is_the_limit() -> None:
    def nested(depth: int) -> str:
        return "".join(f"{' ' * i}a:\n" for i in range(depth - 1)) + " " * depth + "a: b\n"

    # the document is level 1, the keys of its d-th mapping level d + 1
    assert reader.MAX_DEPTH == 20
    assert "nested" not in failed(nested(19))[0]
    assert "nested too deeply" in failed(nested(20))[0]


def test_lone_surrogates() -> None:
    assert failed("schema: \ud800") == ["case.yaml: this text is not Unicode"]


# --- YAML that a case does not use ------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("says: only the past binds", "says: &x only", "case.yaml:76:37: anchor '&x' is not"),
        ("says: only the past binds", "says: *x", "case.yaml:76:37: alias '*x' is not"),
        ("says: only the past binds", "says: !!str x", "case.yaml:76:37: tag '!!str' is not"),
        ("says: only the past binds", "says: !x y", "case.yaml:76:37: tag '!x' is not"),
        (
            "    measure: mil",
            "    title: x\n    measure: mil",
            "case.yaml:25:5: key 'title' is here",
        ),
        ("    measure: mil", "\tmeasure: mil", "case.yaml:25:1: a tab; YAML indents with spaces"),
        ('sign: "-"', "sign: -", "case.yaml:52:11: a dash alone begins a list"),
        ("id: india-russia-arms", "id: x\n<<: {a: b}", "case.yaml:3:1: unknown key '<<'"),
    ],
)
def test_refused_yaml(old: str, new: str, error: str) -> None:
    [found] = failed(changed((old, new)))
    assert found.startswith(error)


def test_a_mark_in_front_windows_line_ends_and_no_as_a_name() -> None:
    case = cases.loads(TEXT)
    assert cases.loads(b"\xef\xbb\xbf" + TEXT.encode()) == case
    assert cases.loads(TEXT.replace("\n", "\r\n")) == case
    assert cases.loads(changed(("name: India", "name: NO"))).actors["IND"].name == "NO"
    assert cases.loads(changed(("name: India", "name: 007"))).actors["IND"].name == "007"


# --- the schema -------------------------------------------------------------------------------


def test_another_schema_is_not_guessed_at() -> None:
    assert failed(changed(("schema: 1", "schema: 2"), ("horizon: 10", "horizn: 10"))) == [
        ("case.yaml:1:9: schema '2' is not known here; expected 1\n    schema: 2\n            ^")
    ]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("schema: 1\n", "", "case.yaml:1:1: 'schema' is missing"),
        ("horizon: 10", "horizon: ten", "case.yaml:10:10: 'ten' is not a whole number"),
        ("horizon: 10", "horizon: 1_0", "case.yaml:10:10: '1_0' is not a whole number"),
        ("horizon: 10", "horizon: 0", "case.yaml:10:10: '0' will not do here; expected at least 1"),
        ("horizon: 10", "horizon:", "case.yaml:10:1: '' is not a whole number"),
        ("horizon: 10", "horizn: 10", "case.yaml:1:1: 'horizon' is missing"),
        ("2021-12-06", "2021-02-30", "case.yaml:6:10: '2021-02-30' is not a date"),
        ("2021-12-06", "1638748800", "case.yaml:6:10: '1638748800' is not a date"),
        ("date: 2021-12,", "date: 2021-13,", "case.yaml:7:80: '2021-13' is not a date"),
        ("[1995, 2020]", "[1995]", "case.yaml:9:9: too few entries here; expected two"),
        ("[1995, 2020]", "[2020, 1995]", "case.yaml:9:9: the window 2020-1995; expected"),
        ("[1995, 2020]", "1995-2020", "case.yaml:9:9: '1995-2020' will not do here; expected a list"),
        ("sign: negative", "sign: negatve", "case.yaml:45:11: 'negatve' will not do here; expected"),
        ("strength: 0.3", "strength: -0.3", "case.yaml:53:15: '-0.3' is not a strength; expected weak"),
        ("strength: 0.3", "strength: nan", "case.yaml:53:15: 'nan' is not a strength"),
        ("lag: 2", "lag: -1", "case.yaml:54:10: '-1' will not do here; expected at least 0"),
        ("title: Burden of war", "title:", "case.yaml:24:5: 'title' has no value; expected some text"),
        ("title: Burden of war", "title: [a]", "case.yaml:24:12: this will not do here; expected text"),
        ("transform: log", "transform: lg", "case.yaml:26:16: 'lg' will not do here; expected"),
        ("  IND.unease:", "  Unease:", "case.yaml:36:3: 'Unease' will not do here; expected ACTOR.name"),
        ("by: 1.5, ", "", "case.yaml:85:9: expected exactly one of by (a shift) and to (a value)"),
        ("until: 2024", "until: 2021", "case.yaml:85:9: from 2022 until 2021 does not run forward"),
        ("untestable:", "test: 1 > 2\n    untestable:", "case.yaml:70:5: a claim with test and untest"),
        ("links:\n", "links: x\nlinkz:\n", "case.yaml:43:8: 'x' will not do here; expected a list"),
        ("says: the treaty", "syas: the treaty", "case.yaml:66:5: 'says' is missing"),
    ],
)  # fmt: skip
def test_wrong_fields(old: str, new: str, error: str) -> None:
    assert failed(changed((old, new)))[0].startswith(error)


def test_a_comma_in_braces_gets_a_hint() -> None:
    [error] = failed(changed(("says: both still gain", "says: both gain, and know it")))
    assert "unknown key 'and know it'; expected quotes round a text with a comma" in error


# --- references -------------------------------------------------------------------------------


def test_a_misspelt_quantity_offers_the_nearest_under_its_line() -> None:
    assert failed(changed(("link: RUS.war_burden", "link: RUS.war_burdn"))) == [
        (
            "case.yaml:44:11: unknown quantity 'RUS.war_burdn'; expected a quantity of this case; "
            "nearest: RUS.war_burden\n"
            "      - link: RUS.war_burdn -> IND.purchases\n"
            "              ^^^^^^^^^^^^^"
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("link: IND.unease ->", "link: IND.purchases ->", "50:28: a link from 'IND.purchases' to itself"),
        ("when: WEST.offers", "when: WEST.offrs", "55:11: unknown quantity 'WEST.offrs'"),
        ("    reading: habit", "    reading: habt", "56:14: unknown reading 'habt'"),
        ("author_reading: habit", "author_reading: x", "11:17: unknown reading 'x'"),
        ("asserts: [3a]", "asserts: [3b]", "76:100: unknown assertion '3b'"),
        ("between: [1b, 3a]", "between: [1b, 9z]", "94:39: unknown assertion '9z'"),
        ("between: [1b, 3a]", "between: [1b, 1b]", "94:34: an assertion in tension with itself"),
        ("without: [unease]", "without: [unese]", "87:15: unknown link 'unese'"),
        ("{quantity: WEST.offers", "{quantity: WEST.ofers", "86:20: unknown quantity 'WEST.ofers'"),
        ("{quantity: WEST.offers", "{quantity: RUS.war_burden", "86:9: 'RUS.war_burden' is held and"),
        ("from: 2023", "from: 2021", "86:46: 2021 is not a year of the run; expected 2022-2031"),
        ("until: 2024", "until: 2050", "85:64: 2050 is not a year of the run"),
        ("    at: 4\n", "    at: 2\n", "49:9: paragraph 2 is not where its assertions are; expected 4"),
        ("{id: 4a, at: 4", "{id: 4a, at: 5", "17:18: paragraph 5; expected 1 to 4"),
        ("  RUS: {name: Russia}", "  RUX: {name: Russia}", "5:13: unknown actor 'RUS'"),
        ("pair: [IND, RUS]", "pair: [IND, IND]", "5:7: IND with itself"),
        ("pair: [IND, RUS]", "pair: [IND, Russia]", "5:13: unknown state 'Russia'"),
        ("members: [USA, FRA]", "members: [US, FRA]", "21:49: unknown state 'US'"),
        ("2021-12-06", "1990-12-06", "6:10: the vantage date 1990-12-06 lies before the window"),
        ("id: mood", "id: treaty", "70:9: id 'treaty' is here twice"),
        ("origin: source\n    asserts: [2a]\n  WEST", "origin: source\n  WEST", "38:13: this is said to"),
        ("  IND.unease:", "  INDIA.unease:", "36:3: unknown actor 'INDIA'"),
        ("origin: added}\n  - id: long", "origin: added, without: [unease]}\n  - id: long", "79:5: the base"),
    ],
)  # fmt: skip
def test_wrong_references(old: str, new: str, error: str) -> None:
    assert failed(changed((old, new)))[0].startswith(f"case.yaml:{error}")


def test_a_state_must_exist_at_the_vantage_date() -> None:
    text = changed(("pair: [IND, RUS]", "pair: [IND, CSK]"), ("  RUS:", "  CSK: {name: x}\n  RUS:"))
    [error] = failed(text)
    assert error.startswith("case.yaml:5:13: CSK is no state in 2021")


def test_a_link_there_twice() -> None:
    again = (
        "links:\n  - {link: IND.unease -> IND.purchases, sign: +, strength: weak, origin: added, "
    )
    same = changed(("links:\n", again + "lag: 2, when: WEST.offers, reading: habit}\n"))
    assert "the same link as 'IND.unease -> IND.purchases'" in failed(same)[0]
    assert len(cases.loads(changed(("links:\n", again + "lag: 3}\n"))).links) == 3


def test_loops_without_lag() -> None:
    back = (
        "links:\n  - {link: IND.purchases -> IND.unease, sign: +, strength: weak, origin: added, "
    )
    [error] = failed(changed(("links:\n", back + "lag: 0}\n"), ("lag: 2", "lag: 0")))
    loop = "a loop of links without lag: IND.purchases -> IND.unease -> IND.purchases"
    assert error.startswith(f"case.yaml:55:10: {loop}")
    assert cases.loads(changed(("links:\n", back + "lag: 0}\n"))).links[0].lag == 0  # one has lag


def test_a_long_chain_without_lag_is_no_loop() -> None:
    n = 1500
    quantities = "".join(f"  IND.q{i}: {{title: x, origin: added}}\n" for i in range(n))
    links = "".join(
        f"  - {{link: IND.q{i} -> IND.q{i + 1}, sign: +, strength: 1, lag: 0, origin: added}}\n"
        for i in range(n - 1)
    )
    text = changed(
        ("quantities:\n", f"quantities:\n{quantities}"), ("links:\n", f"links:\n{links}")
    )
    assert len(cases.loads(text).links) == n + 1


# --- expressions in their place ---------------------------------------------------------------


def test_an_expression_error_points_into_the_file() -> None:
    assert failed(changed(("intensity(IND, RUS, 2019)", "intensty(IND, RUS, 2019)"))) == [
        (
            "case.yaml:63:11: unknown measure or function 'intensty'; nearest: intensity, "
            "intensity_log_odds, conflict_intensity\n"
            "        test: intensty(IND, RUS, 2019) > 1 and trend(import_share(IND, RUS), 2000, 2019) < 0"
            "\n              ^^^^^^^^"
        )
    ]


@pytest.mark.parametrize(
    ("new", "place"),
    [
        ("test: >-\n      gdp(IND, 2013) > 1\n      and gpd(IND, 2013) > 1 and", "65:11"),
        ("test: |\n      gdp(IND, 2013) > 1\n      and gpd(IND, 2013) > 1\n      and", "65:11"),
        ("test: gdp(IND, 2013) > 1\n      and gpd(IND, 2013) > 1 and", "64:11"),
    ],
)
def test_an_expression_over_several_lines(new: str, place: str) -> None:
    [error] = failed(changed(("test: intensity(IND, RUS, 2019) > 1 and", new)))
    assert error.startswith(f"case.yaml:{place}: unknown measure or function 'gpd'")


@pytest.mark.parametrize("quote", ["'", '"'])
def test_an_expression_in_quotes(quote: str) -> None:
    old = "IND.purchases - start(IND.purchases) < -1"
    [error] = failed(changed((old, f"{quote}1 < IND.purchass{quote}")))
    assert error.startswith("case.yaml:91:16: unknown quantity 'IND.purchass'")


# --- all at once ------------------------------------------------------------------------------


def test_all_errors_at_once_in_the_order_of_the_file() -> None:
    errors = failed(
        changed(
            ("horizon: 10", "horizon: ten"),
            ("link: RUS.war_burden", "link: RUS.war_burdn"),
            ("strength: 0.3", "strength: much"),
            ("when: WEST.offers", "when: WEST.offrs"),  # of the element that is wrong in strength
            ("title: Habit", "titel: Habit"),
            ("without: [unease]", "without: [unese]"),
            ("start(IND.purchases)", "strt(IND.purchases)"),
        )
    )
    lines = [int(error.split(":")[1]) for error in errors]
    assert lines == [10, 44, 53, 55, 76, 76, 87, 91]


def test_a_broken_element_still_has_its_name() -> None:
    [error] = failed(changed(("strength: 0.3", "strength: much")))  # unease is still known
    assert error.startswith("case.yaml:53:15")
    [error] = failed(changed(("  IND.unease:\n", "  IND.unease: x\n  IND.other:\n")))
    assert error.startswith("case.yaml:36:15: 'x' will not do here; expected keys with values")


def test_very_many_errors_are_counted() -> None:
    errors = failed("schema: 1\n" + "".join(f"kez{i}: v\n" for i in range(5000)))
    assert len(errors) == 51
    assert (
        errors[-1] == "case.yaml: and 4951 more problems"
    )  # 5000 keys + 1 for all that is missing


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_a_damaged_file_gives_a_case_or_our_error(seed: int, edits: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test's noise
    text = TEXT
    bits = [
        "{",
        "}",
        "[",
        "]",
        ":",
        "- ",
        "\n",
        "\t",
        '"',
        "'",
        "&a ",
        "*a",
        "!!x ",
        "|",
        ">",
        "%",
        "\x00",
    ]
    bits += ["é", "\u2028", "\ufeff", "9" * 400, "->", "? ", "#", "NaN", "  ", "---\n", "\x07", ","]
    for _ in range(edits):
        at = draw.randrange(len(text))
        match draw.randrange(4):
            case 0:
                text = text[:at] + text[at + draw.randrange(1, 30) :]
            case 1:
                text = text[:at] + draw.choice(bits) + text[at:]
            case 2:
                lines = text.split("\n")
                draw.shuffle(lines)
                text = "\n".join(lines)
            case _:
                other = draw.randrange(len(text))
                text = text[:at] + text[other : other + 40] + text[at:]
        text = text or "x"
    try:
        cases.loads(text)
    except TealeavesError as caught:
        error = caught
    else:
        return
    assert str(error)


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_give_our_error(data: bytes | str) -> None:
    with pytest.raises(TealeavesError):
        cases.loads(data)


# --- a good one -------------------------------------------------------------------------------


@pytest.fixture
def case() -> Case:
    return cases.load(ARMS)


def test_what_is_in_it(case: Case) -> None:
    first, second = case.links
    assert (first.id, first.cause, first.effect) == (
        "RUS.war_burden -> IND.purchases",
        "RUS.war_burden",
        "IND.purchases",
    )
    assert (first.response, second.response) == (-0.5, -0.3)  # moderate is 0.5 s.d.
    assert (first.lag, second.lag, second.when) == (1, 2, "WEST.offers")
    assert case.quantities["WEST.offers"].latent
    assert case.quantities["RUS.war_burden"].expr is not None
    assert case.claims[1].fact is not None
    assert str(case.vantage) == "2021-12-06"
    shift, held = case.scenarios[1].impose
    assert shift.span(2031) == (2022, 2024)
    assert held.span(2031) == (2023, 2031)


def test_coverage_names_what_carries_each_assertion(case: Case) -> None:
    coverage = case.coverage()
    assert coverage["1a"] == ["question"]
    assert coverage["2a"] == ["quantity:IND.unease", "link:unease"]
    assert coverage["3a"] == ["reading:habit"]
    assert list(coverage) == ["1a", "1b", "2a", "3a", "4a"]


def test_a_dated_fact_may_be_asserted_roughly() -> None:
    def agrees(asserted: str, found: str) -> bool:
        return DatedFact(asserted=asserted, found=found, publisher="x").agrees

    assert agrees("1971", "1971-08-09")
    assert agrees("1971-08", "1971-08-09")
    assert not agrees("1971-08-10", "1971-08-09")
    assert not agrees("1971-09", "1971-08-09")


FROM = {"from": 2025}


def test_the_spans_of_what_is_imposed() -> None:
    assert Imposition(quantity="A.x", by=1, **FROM).span(2034) == (2025, 2025)
    assert Imposition(quantity="A.x", to=1, **FROM).span(2034) == (2025, 2034)


def test_the_hash_is_of_the_content(case: Case) -> None:
    assert cases.loads("# a comment\n" + TEXT.replace("  - {id: 1a,", "  - {id:   1a,")) == case
    commented = cases.loads("# a comment\n" + TEXT)
    assert commented.content_hash == case.content_hash
    spelt_out = cases.loads(
        changed(("    strength: moderate\n", "    strength: moderate\n    lag: 1\n"))
    )
    assert spelt_out.content_hash == case.content_hash
    other = cases.loads(changed(("strength: 0.3", "strength: 0.31")))
    assert other.content_hash != case.content_hash


def test_saved_and_loaded_it_is_the_same(case: Case, tmp_path: Path) -> None:
    cases.save(case, tmp_path / "again.yaml")
    again = cases.load(tmp_path / "again.yaml")
    assert again == case
    assert again.content_hash == case.content_hash


def test_without_a_link_goes_what_scenarios_say_of_it(case: Case) -> None:
    less = case.without("unease")
    assert [link.id for link in less.links] == ["RUS.war_burden -> IND.purchases"]
    assert less.scenarios[1].without == ()
    assert len(case.links) == 2
    assert less.content_hash != case.content_hash
    assert cases.loads(cases.dumps(less)) == less


def test_without_a_quantity_goes_all_about_it(case: Case) -> None:
    less = case.without("IND.purchases")
    assert (less.links, less.outcomes, less.scenarios[1].without) == ((), (), ())
    less = case.without("WEST.offers")  # modulates unease
    assert [link.id for link in less.links] == ["RUS.war_burden -> IND.purchases"]
    assert [i.quantity for i in less.scenarios[1].impose] == ["RUS.war_burden"]


def test_without_a_claim_and_a_reading(case: Case) -> None:
    less = case.without("treaty", "habit")
    assert [claim.id for claim in less.claims] == ["buys-much", "mood"]
    assert less.author_reading is None
    assert all(link.reading is None for link in less.links)
    assert all(claim.reading is None for claim in less.claims)


def test_replace_one_field(case: Case) -> None:
    assert cases.replace(case, "unease", strength="strong").link("unease").response == -1.0
    assert cases.replace(case, "unease", when=None).link("unease").when is None
    with pytest.raises(TealeavesError, match="unease: strength: not a strength; expected weak"):
        cases.replace(case, "unease", strength="much")
    with pytest.raises(TealeavesErrors, match=r"links 1 when: unknown quantity 'WEST.offrs'"):
        cases.replace(case, "unease", when="WEST.offrs")


@pytest.mark.parametrize(
    "edit", [Case.without, lambda case, name: cases.replace(case, name, lag=2)]
)
def test_an_unknown_element_offers_the_nearest(edit: object, case: Case) -> None:
    assert callable(edit)
    with pytest.raises(TealeavesError, match="unknown element 'unese'") as caught:
        edit(case, "unese")
    assert caught.value.nearest[0] == "unease"


def test_a_case_cannot_be_changed_in_place(case: Case) -> None:
    with pytest.raises(ValueError, match="frozen"):
        case.links[0].lag = 2


# --- what ships -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cases.library())
def test_every_shipped_case_loads_and_carries_all_its_assertions(name: str) -> None:
    case = cases.load(name)
    assert case.id == name
    assert [a for a, elements in case.coverage().items() if not elements] == []
    assert cases.loads(cases.dumps(case)) == case


def test_the_default_case_ships() -> None:
    assert cases.default() in cases.library()


def test_the_json_schema_knows_the_keys_of_a_file() -> None:
    schema = cases.json_schema()
    assert {"schema", "id", "pair", "quantities", "links"} <= set(schema["properties"])
    link = schema["$defs"]["Link"]
    assert set(link["properties"]["sign"]["enum"]) == {"positive", "negative", "+", "-"}
    assert link["additionalProperties"] is False
    assert "from" in schema["$defs"]["Imposition"]["properties"]


def test_near_names_are_looked_up_for_a_limited_number_of_errors() -> None:
    lookup = Lookup(limit=1)
    assert lookup.near("AAA.bx", ["AAA.b"]) == ["AAA.b"]
    assert lookup.near("AAA.bx", ["AAA.b"]) == []
