"""Who exists: names, codes, years, blocs and areas, against known facts and the real files."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tealeaves import states
from tealeaves.errors import TealeavesError
from tealeaves.states.names import normalise

DATA = os.environ.get("TEALEAVES_DATA")
needs_data = pytest.mark.skipif(DATA is None, reason="TEALEAVES_DATA is not set")


def short(value: object) -> str:
    """Return an identifier of a test, since some values cannot be printed."""
    return ascii(value)[:20] if isinstance(value, str) else type(value).__name__


# Bad input first.


NO_TEXT = ["", "   ", "A\0B", "\0", "\ud800", "x" * 100_000, "!!!", "Atlantis", "World", "Africa"]
NO_CODE = ["-1", "cow:", "cow:999999", "gw:0", "iso:12", "9" * 100, "٣٦٥"]
NO_NUMBER = [0, -2, 999_999, 10**5000, True, None, 2.0, b"USA", ["USA"]]


@pytest.mark.parametrize("bad", [*NO_TEXT, *NO_CODE, *NO_NUMBER], ids=short)
def test_no_state_is_one_clear_error(bad: Any) -> None:
    with pytest.raises(TealeavesError) as caught:
        states.resolve(bad)
    assert len(str(caught.value)) < 500
    assert "\0" not in str(caught.value)


@pytest.mark.parametrize("bad", [0, 1815, 2201, 10**5000, True, 1990.0, "1990"], ids=short)
def test_no_year_is_one_clear_error(bad: Any) -> None:
    for ask in (
        lambda: states.resolve("France", bad),
        lambda: states.all_states(bad),
        lambda: states.bloc("EU", bad),
    ):
        with pytest.raises(TealeavesError, match="whole number from 1816 to 2200"):
            ask()


@pytest.mark.parametrize("bad", ["", "\0", "y" * 1000, "EUROPE", "WARSAW PACT", None, 3])
def test_no_bloc_is_one_clear_error(bad: Any) -> None:
    with pytest.raises(TealeavesError, match="bloc"):
        states.bloc(bad, 2000)


@pytest.mark.parametrize("bad", ["", " ", "\0", "z" * 1000, None, 365])
def test_no_area_is_one_clear_error(bad: Any) -> None:
    with pytest.raises(TealeavesError, match="area"):
        states.area_code(bad)


@pytest.mark.parametrize("bad", ["", "\0", "rus", "Russia", "XYZ", "365", None, 365])
def test_get_takes_exact_codes_only(bad: Any) -> None:
    with pytest.raises(TealeavesError):
        states.get(bad)


@pytest.mark.parametrize("bad", ["365", 365.0, True, None])
def test_numbers_of_lists_must_be_whole(bad: Any) -> None:
    for lookup in (states.from_cow, states.from_gw):
        with pytest.raises(TealeavesError, match="whole number"):
            lookup(bad, 1990)
        with pytest.raises(TealeavesError, match="whole number"):
            lookup(365, bad)


def test_whole_numbers_of_other_libraries_are_numbers() -> None:
    np = pytest.importorskip("numpy")
    assert states.from_cow(np.int64(365), np.int32(1990)) == "RUS"
    assert states.resolve(np.int16(710)).iso3 == "CHN"


@pytest.mark.parametrize(
    ("name", "year", "candidates"),
    [
        ("Korea", None, {"KOR (South Korea)", "PRK (North Korea)"}),
        ("Congo", None, {"COG (Congo (Brazzaville))", "COD (Congo (Kinshasa))"}),
        ("congo", 1990, {"COG (Congo (Brazzaville))", "COD (Congo (Kinshasa))"}),
        ("Hesse", None, {"HKS (Hesse-Kassel)", "HDM (Hesse-Darmstadt)"}),
    ],
)
def test_ambiguous_names_list_their_candidates(
    name: str, year: int | None, candidates: set[str]
) -> None:
    with pytest.raises(TealeavesError, match="may mean 2 states") as caught:
        states.resolve(name, year)
    assert set(caught.value.nearest) == candidates


@pytest.mark.parametrize(
    ("typo", "meant"), [("Chna", "CHN"), ("Rusia", "RUS"), ("Kazachstan", "KAZ"), ("RUX", "RUS")]
)
def test_a_misspelt_name_is_offered_the_nearest(typo: str, meant: str) -> None:
    with pytest.raises(TealeavesError, match="unknown state") as caught:
        states.resolve(typo)
    assert any(label.startswith(meant) for label in caught.value.nearest)


def test_an_area_is_said_to_be_no_state() -> None:
    with pytest.raises(TealeavesError, match=r"statistical area \(HKG\) and no state"):
        states.resolve("Hong Kong SAR, China")


@pytest.mark.parametrize(("a", "b"), [("Russia", 365), ("USSR", "rus"), ("YEM", "North Yemen")])
def test_a_pair_is_two_states(a: str | int, b: str | int) -> None:
    with pytest.raises(TealeavesError, match="with itself"):
        states.resolve_pair(a, b)


@pytest.mark.parametrize(
    ("name", "year"), [("Ukraine", 1950), ("China", 1850), ("East Germany", 1991), ("Tibet", 2000)]
)
def test_a_state_must_exist_in_the_year_asked_for(name: str, year: int) -> None:
    with pytest.raises(TealeavesError, match=f"no member of the state system in {year}"):
        states.resolve(name, year)
    with pytest.raises(TealeavesError, match="no state in 1995"):
        states.resolve(680, 1995)


# What names and numbers mean.


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("RUS", "RUS"),
        ("rus ", "RUS"),
        ("\ufeffRUS", "RUS"),
        ("Soviet Union", "RUS"),
        ("U.S.S.R.", "RUS"),
        ("SUN", "RUS"),
        (365, "RUS"),
        ("365", "RUS"),
        ("cow:365", "RUS"),
        ("China", "CHN"),
        ("China, P.R.: Mainland", "CHN"),
        ("Republic of China", "TWN"),
        ("Viet Nam", "VNM"),
        ("VDR", "VNM"),
        ("Republic of Vietnam", "RVN"),
        ("Germany", "DEU"),
        ("West Germany", "DEU"),
        (260, "DEU"),
        (255, "DEU"),
        ("GDR", "DDR"),
        ("Yemen", "YEM"),
        (678, "YEM"),
        (679, "YEM"),
        ("Yemen, People's Dem. Rep. of", "YMD"),
        ("Sudan", "SDN"),
        ("Guinea", "GIN"),
        ("Niger", "NER"),
        ("Dominica", "DMA"),
        ("DOMINICAN REP.", "DOM"),
        ("Serbia and Montenegro", "YUG"),
        ("SCG", "YUG"),
        (345, "SRB"),
        (340, "SRB"),
        ("gw:345", "SRB"),
        (970, "NRU"),
        ("gw:970", "KIR"),
        (972, "TON"),
        ("Türkiye, Rep of", "TUR"),
        ("TURKIYE", "TUR"),
        ("cote d’ivoire", "CIV"),
        ("São Tomé & Príncipe", "STP"),
        ("the united states of america", "USA"),
        ("Czechoslovakia", "CSK"),
        ("Korea, Dem. People's Rep. of", "PRK"),
        ("Congo, Dem. Rep. of the", "COD"),
    ],
)
def test_names_and_numbers(text: str | int, iso3: str) -> None:
    assert states.resolve(text).iso3 == iso3


@pytest.mark.parametrize(
    ("text", "year", "iso3"),
    [
        ("Korea", 1900, "KRE"),
        ("Austria", 1900, "AUH"),
        ("Austria", 1930, "AUT"),
        ("Serbia", 1900, "YUG"),
        ("Serbia", 2010, "SRB"),
        ("Yemen", 1980, "YEM"),
        (345, 1990, "YUG"),
        (345, 2006, "SRB"),
        ("Tibet", 1930, "TBT"),
    ],
)
def test_a_name_may_have_meant_another_state(text: str | int, year: int, iso3: str) -> None:
    assert states.resolve(text, year).iso3 == iso3


def test_every_name_in_the_tables_means_its_state_or_is_ambiguous() -> None:
    for state in states.all_states():
        assert states.resolve(state.iso3) == state == states.get(state.iso3)
        assert states.resolve(state.name) == state
        assert normalise(state.name)
    for name, iso3, _, last in table("names"):
        try:
            found = states.resolve(name).iso3
        except TealeavesError as error:
            named = {label[:3] for label in error.nearest}
            assert iso3 in named or last
        else:
            # Only a name with years may mean another state today than in those years.
            assert found == iso3 or last, name


@given(st.text(max_size=200))
def test_whatever_is_asked_is_a_state_or_an_error(text: str) -> None:
    try:
        found = states.resolve(text)
    except TealeavesError:
        pass
    else:
        assert states.resolve(f"  {text} ") == found


@given(st.text(max_size=60))
def test_normal_form_is_stable(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once == " ".join(once.split())


# The state system.


@pytest.mark.parametrize(
    ("year", "count"),
    # Numbers of the Correlates of War list in each year. For 1990: 165 numbers, of which two were
    # new ones of states that had another until that year: 165 - 2 = 163.
    [
        (1816, 23),
        (1871, 36),
        (1914, 45),
        (1920, 59),
        (1946, 66),
        (1960, 107),
        (1990, 163),
        (1992, 181),
        (2016, 195),
        (2024, 195),
    ],
)
def test_counts_of_states(year: int, count: int) -> None:
    assert len(states.all_states(year)) == count


def test_the_first_states() -> None:
    assert {state.iso3 for state in states.all_states(1816)} == {
        *(
            "USA",
            "GBR",
            "NLD",
            "FRA",
            "CHE",
            "ESP",
            "PRT",
            "BVR",
            "DEU",
            "BDN",
            "SXN",
            "WRG",
            "HKS",
        ),
        *("HDM", "AUH", "ITA", "PPS", "TWS", "TSC", "RUS", "SWE", "DNK", "TUR"),
    }


def test_years_of_membership() -> None:
    assert states.get("RUS").spans == ((1816, None),)
    assert states.get("UKR").spans == ((1991, None),)
    # The second Germany of the list, 255 to 1945, goes on as 260 from 1955.
    assert states.get("DEU").spans == ((1816, 1945), (1955, None))
    # 678 to 1990 and 679 from 1990 are one state.
    assert states.get("YEM").spans == ((1926, None),)
    assert states.get("YUG").spans == ((1878, 1941), (1944, 2005))
    assert states.get("SRB").spans == ((2006, None),)
    assert states.get("TBT").spans == ()
    assert (states.get("SRB").cow, states.get("SRB").gw) == (345, 340)


def test_codes_in_the_tables_are_of_known_states() -> None:
    known = {state.iso3 for state in states.all_states()}
    assert all(len(iso3) == 3 and iso3.isupper() and iso3.isascii() for iso3 in known)
    for rows in (states.cow_table(), states.gw_table()):
        assert {iso3 for _, iso3, _, _ in rows} <= known
        assert rows == sorted(rows, key=lambda row: (row[0], row[2]))
    for name, columns in [("names", [1]), ("bloc_members", [1]), ("successors", [0, 1])]:
        assert {row[column] for row in table(name) for column in columns} <= known
    assert not known & {row[0] for row in table("areas")}
    named = {normalise(text) for row in table("areas") for text in row}
    named |= {normalise(row[0]) for row in table("area_names")}
    assert not named & {normalise(row[0]) for row in table("names")}


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_one_number_stands_for_one_state_a_year(system: str) -> None:
    rows = states.cow_table() if system == "cow" else states.gw_table()
    lookup = states.from_cow if system == "cow" else states.from_gw
    taken: dict[tuple[int, int], str] = {}
    for code, iso3, start, end in rows:
        assert end is None or start <= end
        for year in range(start, (2024 if end is None else end) + 1):
            assert taken.setdefault((code, year), iso3) == iso3
            assert lookup(code, year) == iso3


@pytest.mark.parametrize(
    ("code", "year", "cow", "gw"),
    [
        (2, 1815, None, None),
        (255, 1914, "DEU", "DEU"),
        (255, 2000, "DEU", None),
        (260, 2000, None, "DEU"),
        (265, 1980, "DDR", "DDR"),
        (340, 2010, None, "SRB"),
        (340, 1900, None, "YUG"),
        (345, 1900, "YUG", None),
        (345, 2005, "YUG", "YUG"),
        (347, 2010, "XKX", "XKX"),
        (678, 1995, None, "YEM"),
        (679, 1995, "YEM", None),
        (680, 1980, "YMD", "YMD"),
        (711, 1930, None, "TBT"),
        (751, 1947, None, "HYD"),
        (816, 1960, "VNM", "VNM"),
        (817, 1960, "RVN", "RVN"),
        (970, 2005, "NRU", "KIR"),
    ],
)
def test_numbers_of_the_two_lists(code: int, year: int, cow: str | None, gw: str | None) -> None:
    assert (states.from_cow(code, year), states.from_gw(code, year)) == (cow, gw)


# Blocs, successors, areas.


def test_bloc_names() -> None:
    names = {"EU", "NATO", "BRICS", "SCO", "G7", "OECD", "ASEAN", "CSTO", "EAEU", "CENTRAL_ASIA"}
    assert set(states.blocs()) == names | {"WEST"}
    assert states.bloc("central asia", 2000) == ["KAZ", "KGZ", "TJK", "TKM", "UZB"]


@pytest.mark.parametrize(
    ("name", "year", "count"),
    [
        ("EU", 1957, 0),
        ("EU", 1958, 6),
        ("EU", 1995, 15),
        ("EU", 2004, 25),
        ("EU", 2013, 28),
        ("EU", 2019, 28),  # the one that left did so in January 2020
        ("EU", 2020, 27),
        ("NATO", 1949, 12),
        ("NATO", 1999, 19),
        ("NATO", 2024, 32),
        ("G7", 1975, 6),
        ("G7", 1998, 7),
        ("OECD", 1961, 19),  # 20 founders; one ratified in 1962
        ("OECD", 1962, 20),
        ("OECD", 2024, 38),
        ("ASEAN", 1967, 5),
        ("ASEAN", 2024, 10),
        ("ASEAN", 2025, 11),
        ("BRICS", 2009, 4),
        ("BRICS", 2011, 5),
        ("BRICS", 2024, 9),
        ("SCO", 2001, 6),
        ("SCO", 2024, 10),
        ("CSTO", 2003, 6),
        ("CSTO", 2010, 7),
        ("CSTO", 2024, 6),
        ("EAEU", 2020, 5),
    ],
)
def test_counts_of_members(name: str, year: int, count: int) -> None:
    assert len(states.bloc(name, year)) == count


def test_the_west_is_what_it_is_declared_to_be() -> None:
    members = set(states.bloc("WEST", 2022))
    declared = {"AUS", "NZL", "JPN", "KOR", "CHE"}
    assert members == declared.union(*(states.bloc(name, 2022) for name in ("EU", "NATO", "G7")))
    assert not members & {"RUS", "CHN", "SRB"}


@given(st.sampled_from(states.blocs()), st.integers(1816, 2030))
def test_members_are_states_of_their_year(name: str, year: int) -> None:
    members = states.bloc(name, year)
    assert members == sorted(set(members))
    # A member must have existed, except that spans end with the list itself.
    assert set(members) <= {state.iso3 for state in states.all_states(year)}


def test_successors() -> None:
    former = ["EST", "LTU", "LVA", "UKR"]
    assert set(former) < set(states.successors("USSR"))
    assert len({*states.successors("RUS")} - {"FIN", "POL"}) == 14
    assert states.successors("Yugoslavia") == ["BIH", "HRV", "SVN", "MKD", "MNE", "SRB"]
    assert states.successors("CSK") == ["CZE", "SVK"]
    assert states.successors("DDR") == ["DEU"]
    assert states.successors("RVN") == ["VNM"]
    assert states.successors("YMD") == ["YEM"]
    assert states.successors("SDN") == ["SSD"]
    assert states.successors("JPN") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HKG", "HKG"),
        ("hkg", "HKG"),
        ("China, P.R.: Hong Kong", "HKG"),
        ("China, P.R.: Macao", "MAC"),
        ("Belgium-Luxembourg", "XBL"),
        ("West Bank and Gaza", "PSE"),
        ("Curaçao, Kingdom of the Netherlands", "CUW"),
        ("Russian Federation", None),
        ("RUS", None),
        ("World", None),
        ("Euro Area", None),
        ("!!!", None),
    ],
)
def test_areas(text: str, code: str | None) -> None:
    assert states.area_code(text) == code


# The real files.

#: What the trade files report beside states and areas: groups of them, and the unnamed.
GROUPS = (
    "Economies",
    "Euro Area",
    "European Union",
    "World",
    "Africa",
    "Middle East",
    "Developing",
    "not specified",
    "not included elsewhere",
    "Special Categories",
    "Western Hemisphere",
)


@pytest.mark.data
@needs_data
def test_spans_agree_with_the_capabilities_file() -> None:
    years = defaultdict(set)
    for row in read("covariates/cow_nmc.csv"):
        years[int(float(row["year"]))].add(int(float(row["ccode"])))
    for year, there in years.items():
        listed = {
            code
            for code, _, start, end in states.cow_table()
            if start <= year and (end is None or year <= end)
        }
        assert there == listed, year
    assert len(years[1816]) == 23


@pytest.mark.data
@needs_data
def test_every_partner_in_trade_is_a_state_an_area_or_a_group() -> None:
    pl = pytest.importorskip("polars")
    folder = Path(str(DATA)) / "trade"
    pairs = pl.read_parquet(folder / "imf_dots_bilateral_exports_1961_2020.parquet")
    codes = {
        name: code
        for side, column in (("reporter", "exp_iso3"), ("partner", "imp_iso3"))
        for name, code in pairs.select(side, column).unique().iter_rows()
    }
    late = "imf_dots_russia_and_world_by_partner_2010_2023.csv"
    for file in ("imf_dots_world_by_partner_1961_2022.csv", late):
        for row in read(f"trade/{file}"):
            codes.setdefault(row["partner"], None)
    # The file gives two states that ended the codes of their successors.
    codes |= {"Czechoslovakia": "CSK", "Yemen, People's Dem. Rep. of": "YMD"}
    assert len(codes) > 230
    for name, code in codes.items():
        found = code_of(name)
        if code is not None:
            assert found == code, name
        else:
            assert (found is None) == any(group in name for group in GROUPS), name


@pytest.mark.data
@needs_data
def test_names_of_indicators_democracy_and_arms() -> None:
    pl = pytest.importorskip("polars")
    folder = Path(str(DATA))
    wdi = pl.scan_parquet(folder / "covariates/wdi_long_326_indicators.parquet")
    known = {state.iso3 for state in states.all_states(2020)}
    seen = set()
    for code, name in wdi.select("iso3", "country").unique().collect().iter_rows():
        # Groups of states are neither.
        expected = code if code in known or states.area_code(code) else None
        assert code_of(name) == expected, name
        seen.add(code)
    assert known - seen == {"TWN"}
    vdem = pl.scan_parquet(folder / "covariates/democracy_vdem_simple.parquet")
    columns = ("vdem_country_name", "vdem_cowcode")
    for name, number in vdem.select(columns).drop_nulls().unique().collect().iter_rows():
        found = states.resolve(name)
        assert found.iso3 in {iso3 for cow, iso3, _, _ in states.cow_table() if cow == number} or (
            # One name for what the list counts as two states.
            (name, number) in {("Austria", 300), ("Czechia", 315), ("South Korea", 730)}
        )
    for row in read("arms/sipri_milex_long_1949_2024.csv"):
        assert row["country"] == "European Union" or states.resolve(row["country"])


@pytest.mark.data
@needs_data
@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("covariates/archigos.csv", ["gwcode"]),
        ("covariates/ucdp_prio_acd_v25_1.csv", ["gwno_a", "gwno_b", "gwno_loc"]),
    ],
)
def test_every_gleditsch_ward_number_is_known(file: str, columns: list[str]) -> None:
    known = {str(code) for code, *_ in states.gw_table()}
    for row in read(file):
        for column in columns:
            numbers = row[column].replace(".0", "").split(",")
            assert {number.strip() for number in numbers} - {""} <= known, row


def code_of(name: str) -> str | None:
    try:
        return states.resolve(name).iso3
    except TealeavesError:
        return states.area_code(name)


def read(file: str) -> list[dict[str, str]]:
    with (Path(str(DATA)) / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def table(name: str) -> list[list[str]]:
    file = resources.files("tealeaves.states") / "tables" / f"{name}.csv"
    return list(csv.reader(file.read_text("utf-8").splitlines()))[1:]
