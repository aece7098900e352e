"""Trade sources and their reconciliation: hand-made rows, and figures of the real files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tealeaves.errors import TealeavesError
from tealeaves.evidence import trade
from tealeaves.evidence.base import SHAPES, Table, tidy
from tealeaves.evidence.sources import baci, cow_trade, imf_dots
from tealeaves.evidence.trade import CIF_FOB, Inputs

CHINA = "China, P.R.: Mainland"
RUSSIA = "Russian Federation"

FLOW = {"a": pl.String, "b": pl.String, "year": pl.Int32, "usd_mn": pl.Float64}
WORLD = {"code": pl.String, "kind": pl.String, "year": pl.Int32, "flow": pl.String,
         "usd_mn": pl.Float64}  # fmt: skip
OWN = {"state": pl.String, "other": pl.String, "flow": pl.String, "year": pl.Int32,
       "status": pl.String, "usd_mn": pl.Float64}  # fmt: skip
FIGURES = {"kind": pl.String, "a": pl.String, "b": pl.String, "year": pl.Int32,
           "usd_mn": pl.Float64, "basis": pl.String, "by": pl.String}  # fmt: skip


def inputs(
    exports: list[Any] = [],  # noqa: B006 - never changed
    world: list[Any] = [],  # noqa: B006
    own: list[Any] = [],  # noqa: B006
    cow: list[Any] = [],  # noqa: B006
    figures: list[Any] = [],  # noqa: B006
    baci: list[Any] = [],  # noqa: B006
) -> Inputs:
    def frame(rows: list[Any], schema: Any) -> pl.DataFrame:
        return pl.DataFrame(rows, schema=schema, orient="row")

    return Inputs(
        frame(exports, FLOW), frame(world, WORLD), frame(own, OWN), frame(cow, FLOW),
        frame(baci, FLOW), frame(figures, FIGURES),
    )  # fmt: skip


def bilateral(folder: Path, rows: list[tuple[str, str, int, float]], **rename: str) -> None:
    path = folder / imf_dots.BILATERAL
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = ["reporter", "partner", "year", "usd_mn"]
    pl.DataFrame(rows, schema=columns, orient="row").rename(rename).write_parquet(path)


def text(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def cow(folder: Path, rows: list[tuple[int, int, int, float | None]], **rename: str) -> None:
    path = folder / cow_trade.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = ["ccode1", "ccode2", "year", "flow1"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    frame.rename(rename).write_parquet(path)


def baci_file(folder: Path, rows: list[str], value: str = "trade_value_usd_millions") -> None:
    text(folder, baci.FILE, "\n".join([f"year,iso_o,iso_d,{value},trade_pred", *rows, ""]))


def said(error: pytest.ExceptionInfo[TealeavesError]) -> str:
    return str(error.value)


# --- bad input


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Atlantis", CHINA, 2000, 1.0)], ["row 1", "'reporter'", "Atlantis"]),
        (
            [(RUSSIA, "Chad", 2000, 1.0), (RUSSIA, "Chda", 2000, 1.0)],
            ["row 2", "'partner'", "Chad"],
        ),
        ([(RUSSIA, CHINA, 2000, -1.0)], ["row 1", "'usd_mn'", "-1.0"]),
        ([(RUSSIA, CHINA, 2000, float("nan"))], ["row 1", "'usd_mn'"]),
        ([(RUSSIA, CHINA, 20, 1.0)], ["row 1", "'year'", "20"]),
        ([(RUSSIA, CHINA, 2000, 1.0), (RUSSIA, CHINA, 2000, 2.0)], ["row 2", "another value"]),
    ],
)
def test_bad_rows_of_dots_name_file_row_and_column(
    tmp_path: Path, rows: list[Any], expected: list[str]
) -> None:
    bilateral(tmp_path, rows)
    with pytest.raises(TealeavesError) as error:
        imf_dots.exports(tmp_path)
    for part in ["imf_dots_bilateral", *expected]:
        assert part in said(error)


def test_a_renamed_column_of_dots_gives_the_nearest(tmp_path: Path) -> None:
    bilateral(tmp_path, [(RUSSIA, CHINA, 2000, 1.0)], usd_mn="usd_mln")
    with pytest.raises(TealeavesError, match=r"no column 'usd_mn'.*nearest: usd_mln"):
        imf_dots.exports(tmp_path)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("World,Chad,Exports,2000,1", "unknown flow 'Exports'"),
        ('World,Chad,"Exports, FOB",2000,many', "'many' is no Float64"),
        ('World,Chad,"Exports, FOB",2000,-3', "the value -3.0 is impossible"),
        ('World,Chad,"Exports, FOB",,3', "1 empty values"),
    ],
)
def test_bad_rows_of_the_world_file(tmp_path: Path, line: str, expected: str) -> None:
    text(tmp_path, imf_dots.WORLD, f"reporter,partner,flow,year,usd_mn\n{line}\n")
    text(
        tmp_path, imf_dots.LATE, f"reporter,partner,flow,year,usd_mn\n{RUSSIA},Chad,M_CIF,2011,1\n"
    )
    with pytest.raises(TealeavesError) as error:
        imf_dots.world(tmp_path)
    assert expected in said(error)
    assert "imf_dots_world" in said(error)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(2, 9999, 2000, 1.0)], "9999"),
        ([(2, 20, 2000, -9.0)], "row 1, column 'flow1'"),
        ([(2, 20, 2000, 1.0), (2, 20, 2000, 1.0)], "row 2"),
        ([(2, 20, 200, 1.0)], "the year 200 is out of range"),
    ],
)
def test_bad_rows_of_cow(tmp_path: Path, rows: list[Any], expected: str) -> None:
    cow(tmp_path, rows)
    with pytest.raises(TealeavesError) as error:
        cow_trade.imports(tmp_path)
    assert expected in said(error)
    assert "cow_trade" in said(error)


def test_a_missing_column_of_cow(tmp_path: Path) -> None:
    cow(tmp_path, [(2, 20, 2000, 1.0)], flow1="flow_1")
    with pytest.raises(TealeavesError, match="no column 'flow1'"):
        cow_trade.imports(tmp_path)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2015,JPN,CHN,-1,0"], "row 1, column 'trade_value_usd_millions': the value -1.0"),
        (["2015,JPN,CHN,inf,0"], "the value inf is impossible"),
        (["2015,JPN,CHN,1,0", "215,JPN,CHN,1,0"], "row 2, column 'year': the year 215"),
        (["2015,JPN,CHX,1,0"], "row 1, column 'iso_d': unknown code 'CHX'"),
        (["2015,JP,CHN,1,0"], "row 1, column 'iso_o': unknown code 'JP'"),
        (["2015,JPN,CHN,1,0", "2015,JPN,JPN,1,0"], "row 2, column 'iso_d': JPN trades with"),
        (["2015,JPN,CHN,1,0", "2015,JPN,CHN,2,0"], "a second row for iso_o=JPN, iso_d=CHN"),
        (["2015,JPN,CHN,,0"], "1 empty values"),
        (["2015,JPN,CHN,many,0"], "'many' is no Float64"),
        (["2015,JPN,CHN,1"], "row 1: 4 fields; expected 5 fields"),
    ],
)
def test_bad_rows_of_baci(tmp_path: Path, rows: list[str], expected: str) -> None:
    baci_file(tmp_path, rows)
    with pytest.raises(TealeavesError) as error:
        baci.flows(tmp_path)
    assert expected in said(error)
    assert "baci_totals" in said(error)


def test_a_renamed_column_of_baci(tmp_path: Path) -> None:
    baci_file(tmp_path, ["2015,JPN,CHN,1,0"], value="trade_value_usd_thousands")
    with pytest.raises(TealeavesError, match=r"no column 'trade_value_usd_millions'.*thousands"):
        baci.flows(tmp_path)


# --- reading


def test_baci_holds_thousands_whatever_its_column_says(tmp_path: Path) -> None:
    # 20,098,490.574 thousand are 20,098.490574 million. Zero is a gap; Hong Kong is an area.
    rows = ["2005,JPN,DEU,20098490.574,1", "2005,JPN,HKG,1500,1", "2005,JPN,USA,0,1"]
    baci_file(tmp_path, rows)
    assert baci.flows(tmp_path).rows() == [
        ("JPN", "DEU", 2005, pytest.approx(20_098.490574)),
        ("JPN", "HKG", 2005, pytest.approx(1.5)),
    ]


def test_partners_without_iso_code_stay_in_the_denominator(tmp_path: Path) -> None:
    # 5 of 5 + 90 + 5 = 100 go to China: 5 percent; without the joint area it would be 5 of 95.
    bilateral(
        tmp_path,
        [
            (RUSSIA, CHINA, 1995, 5.0),
            (RUSSIA, "Germany", 1995, 90.0),
            (RUSSIA, "Belgium-Luxembourg", 1995, 5.0),
        ],
    )
    frame = imf_dots.exports(tmp_path)
    assert frame.rows() == [
        ("RUS", "CHN", 1995, 5.0), ("RUS", "DEU", 1995, 90.0), ("RUS", "XBL", 1995, 5.0),
    ]  # fmt: skip
    totals = trade.totals(inputs(), trade.reconcile(inputs(exports=frame.rows())))
    assert totals.is_empty()  # totals come from the inputs, not from the pairs alone
    given_all = inputs(exports=frame.rows())
    row = trade.totals(given_all, trade.reconcile(given_all)).row(0, named=True)
    assert row["exports"] == 100.0
    assert row["coverage"] == pytest.approx(0.95)  # 95 of 100 go to one named state


def test_two_names_of_one_state_are_added(tmp_path: Path) -> None:
    # Both are the same state in our list of states: 3 + 4 = 7.
    rows = [(RUSSIA, "Yugoslavia", 1995, 3.0), (RUSSIA, "Serbia and Montenegro", 1995, 4.0)]
    bilateral(tmp_path, rows)
    assert imf_dots.exports(tmp_path).rows() == [("RUS", "YUG", 1995, 7.0)]


def test_the_world_file_leaves_out_groups_and_goes_on_with_the_late_edition(tmp_path: Path) -> None:
    head = "reporter,partner,flow,year,usd_mn\n"
    text(
        tmp_path,
        imf_dots.WORLD,
        head + 'World,World,"Exports, FOB",2022,100\nWorld,Chad,"Exports, FOB",2022,2\n'
        'World,Africa,"Exports, FOB",2022,9\nWorld,Chad,"Imports, CIF",2022,3\n'
        'World,USSR,"Exports, FOB",1991,7\nWorld,USSR,"Exports, FOB",1995,1\n'
        'World,Chad,"Exports, FOB",2022,2\n',  # repeated entirely, as in the real file
    )
    text(
        tmp_path,
        imf_dots.LATE,
        head + "World,Chad,X_FOB_2023ed,2022,5\nWorld,Chad,X_FOB_2023ed,2023,6\n"
        "World,Chad,X_FOB,2023,8\nWorld,World,X_FOB_2023ed,2023,110\n"
        f"{RUSSIA},Chad,X_FOB_2023ed,2023,1\n",
    )
    rows = imf_dots.world(tmp_path).select("code", "kind", "year", "flow", "usd_mn").rows()
    assert sorted(rows, key=str) == sorted(
        [
            (None, "world", 2022, "exports", 100.0),
            (None, "world", 2023, "exports", 110.0),
            ("TCD", "partner", 2022, "exports", 2.0),
            ("TCD", "partner", 2023, "exports", 6.0),
            ("TCD", "partner", 2022, "imports", 3.0),
            ("RUS", "partner", 1991, "exports", 7.0),  # the name ends with the union
        ],
        key=str,
    )


def test_own_reports_say_what_is_imputed(tmp_path: Path) -> None:
    text(
        tmp_path,
        imf_dots.LATE,
        "reporter,partner,flow,year,usd_mn\n"
        f"{RUSSIA},Chad,X_FOB_2023ed,2021,1\n{RUSSIA},Chad,X_FOB_2023ed,2022,2\n"
        f"{RUSSIA},Chad,M_CIF,2021,3\n{RUSSIA},Chad,X_FOB,2021,9\n"
        f"{RUSSIA},World,X_FOB_2023ed,2021,4\n{RUSSIA},Africa,X_FOB_2023ed,2021,5\n"
        "World,Chad,M_CIF,2021,6\n",
    )
    rows = imf_dots.own_reports(tmp_path).rows()
    assert sorted(rows, key=str) == sorted(
        [
            ("RUS", None, "exports", 2021, "reported", 4.0),
            ("RUS", "TCD", "exports", 2021, "reported", 1.0),
            ("RUS", "TCD", "exports", 2022, "imputed", 2.0),
            ("RUS", "TCD", "imports", 2021, "reported", 3.0),
        ],
        key=str,
    )


def test_cow_rows_are_imports_of_the_first_from_the_second(tmp_path: Path) -> None:
    # 2 imports 7 from 20: exports of CAN to USA. Zero and empty are gaps.
    cow(tmp_path, [(2, 20, 1950, 7.0), (20, 2, 1950, 0.0), (2, 70, 1950, None)])
    assert cow_trade.imports(tmp_path).rows() == [("CAN", "USA", 1950, 7.0)]


def test_publishers_rows_make_no_table_of_their_own() -> None:
    assert imf_dots.tables(Path()) == []
    assert cow_trade.tables(Path()) == []
    assert baci.tables(Path()) == []
    for module in (imf_dots, cow_trade, baci):
        assert module.SOURCE.ships == "reconciled"
    assert trade.SOURCE.ships == "rows"


# --- reconciliation


def test_the_order_of_preference_and_the_factor() -> None:
    """One pair a year, each year one better witness less."""
    own = [
        ("BBB", "AAA", "imports", year, "reported" if year < 2005 else "imputed", 20.9)
        for year in range(2000, 2007)
    ]
    given_all = inputs(
        exports=[("AAA", "BBB", 2000, 10.0)],
        own=[
            ("AAA", "BBB", "exports", 2000, "reported", 11.0),
            ("AAA", "BBB", "exports", 2001, "reported", 11.0),
            ("AAA", "BBB", "exports", 2006, "imputed", 12.0),
            *own,
        ],
        cow=[("AAA", "BBB", year, 31.35) for year in (1950, 2000, 2001, 2002)],
        figures=[
            ("flow", "AAA", "BBB", 2002, 40.0, "fob", "exporter"),
            ("flow", "AAA", "BBB", 2005, 41.8, "cif", "importer"),
            ("flow", "AAA", "BBB", 2005, 50.0, "fob", "exporter"),
            ("flow", "AAA", "BBB", 2007, 41.8, "cif", "importer"),
        ],
    )
    frame = trade.reconcile(given_all)
    assert CIF_FOB == 1.045
    # Importers' figures: 31.35 / 1.045 = 30, 20.9 / 1.045 = 20, 41.8 / 1.045 = 40.
    expected = {
        1950: (30.0, "mirrored", "cow-trade"),
        2000: (10.0, "reported", "imf-dots"),
        2001: (11.0, "reported", "imf-dots"),
        2002: (20.0, "mirrored", "imf-dots"),
        2003: (20.0, "mirrored", "imf-dots"),
        2004: (20.0, "mirrored", "imf-dots"),
        2005: (50.0, "published figure", "published-figures"),  # before the imputed row
        2006: (12.0, "imputed", "imf-dots"),  # exporter's before importer's
        2007: (40.0, "published figure", "published-figures"),
    }
    got = {row["year"]: (row["usd_mn"], row["status"], row["source"]) for row in frame.to_dicts()}
    assert got.keys() == expected.keys()
    for year, (value, status, source) in expected.items():
        assert got[year] == (pytest.approx(value), status, source), year
    assert tidy(Table("trade", "trade", frame, directed=True), "trade").shape == frame.shape


def test_baci_goes_on_where_correlates_of_war_ends() -> None:
    """AAA reports to nobody, BBB to DOTS, RRR in the late file; the last year of COW is 2014."""
    given_all = inputs(
        exports=[("BBB", "AAA", 2020, 7.0)],
        own=[
            ("RRR", "AAA", "imports", 2016, "reported", 20.9),
            ("RRR", "AAA", "imports", 2017, "imputed", 20.9),
        ],
        cow=[("AAA", "BBB", 2012, 10.45), ("AAA", "BBB", 2014, 10.45)],
        baci=[
            *(("AAA", "BBB", year, 5.0) for year in range(2012, 2019)),
            ("AAA", "RRR", 2016, 5.0),
            ("AAA", "RRR", 2017, 5.0),
            ("BBB", "AAA", 2020, 5.0),
            ("BBB", "AAA", 2021, 5.0),
            ("RRR", "AAA", 2021, 5.0),
        ],
        figures=[("flow", "AAA", "BBB", 2018, 9.0, "fob", "exporter")],
    )
    pairs = trade.reconcile(given_all)
    got = {row[:3]: row[3:] for row in pairs.iter_rows()}
    # 10.45 / 1.045 = 10 of COW to 2014, its gap of 2013 left open; then BACI as it is (FOB).
    of_cow = (pytest.approx(10.0), "mirrored", "cow-trade")
    of_baci = (5.0, "mirrored", "baci")
    assert got == {
        ("AAA", "BBB", 2012): of_cow,
        ("AAA", "BBB", 2014): of_cow,
        **{("AAA", "BBB", year): of_baci for year in range(2015, 2019)},
        ("AAA", "RRR", 2016): (pytest.approx(20.0), "mirrored", "imf-dots"),
        ("AAA", "RRR", 2017): of_baci,  # before what is imputed
        ("BBB", "AAA", 2020): (7.0, "reported", "imf-dots"),
        # Nothing in 2021 for BBB and RRR: they report to DOTS, and one year more is a break.
    }
    # BACI's nineteen partners are not all: they make no total.
    frame = trade.totals(given_all, pairs)
    assert frame.filter(a="AAA", year=2015).is_empty()


def test_totals_by_hand() -> None:
    given_all = inputs(
        exports=[
            ("AAA", "BBB", 2000, 30.0), ("AAA", "XBL", 2000, 10.0), ("BBB", "AAA", 2000, 5.0),
        ],
        world=[
            ("BBB", "partner", 2000, "exports", 60.0),
            ("AAA", "partner", 2000, "exports", 25.0),
            ("CCC", "partner", 2000, "imports", 104.5),  # 104.5 / 1.045 = 100
            (None, "world", 2000, "exports", 300.0),
            ("AAA", "partner", 2001, "exports", 26.0),
        ],
        cow=[("CCC", "AAA", 2000, 41.8), ("CCC", "AAA", 1950, 20.9)],  # 40 and 20
        figures=[
            ("exports", "AAA", None, 2000, 99.0, "fob", "exporter"),  # there is a report: not used
            ("exports", "AAA", None, 2001, 44.0, "fob", "exporter"),
            ("imports", "AAA", None, 2000, 99.0, "cif", "importer"),  # not used either
            ("imports", "AAA", None, 2001, 31.35, "cif", "importer"),  # 30
        ],
    )  # fmt: skip
    pairs = trade.reconcile(given_all)
    frame = trade.totals(given_all, pairs)
    rows = {(row["a"], row["year"]): row for row in frame.to_dicts()}
    aaa = rows["AAA", 2000]
    assert (aaa["exports"], aaa["exports_status"], aaa["exports_source"]) == (
        40.0, "reported", "imf-dots",
    )  # fmt: skip
    assert aaa["coverage"] == pytest.approx(30 / 40)
    assert (aaa["imports"], aaa["imports_fob"], aaa["imports_status"]) == (25.0, 25.0, "mirrored")
    later = rows["AAA", 2001]
    assert (later["exports"], later["exports_status"]) == (44.0, "published figure")
    assert later["imports"] == pytest.approx(30.0)
    assert (later["imports_status"], later["imports_fob"]) == ("published figure", 26.0)
    assert later["coverage"] is None  # no flow of that year is known
    ccc = rows["CCC", 2000]
    assert (ccc["exports"], ccc["exports_status"]) == (pytest.approx(100.0), "mirrored")
    assert ccc["coverage"] == pytest.approx(0.4)
    old = rows["CCC", 1950]
    assert (old["exports"], old["exports_source"]) == (pytest.approx(20.0), "cow-trade")
    assert rows["AAA", 1950]["imports"] == pytest.approx(20.0)
    assert trade.world_trade(given_all).rows() == [(2000, 300.0, "imf-dots")]
    # Intensity of AAA's exports to BBB: (30 / 40) / (60 / 300) = .75 / .2 = 3.75.
    assert (30 / aaa["exports"]) / (rows["BBB", 2000]["imports_fob"] / 300) == pytest.approx(3.75)
    tidy(Table("trade_totals", "trade-totals", frame), "trade")


def test_a_published_total_has_no_known_coverage() -> None:
    given_all = inputs(
        own=[
            ("AAA", "BBB", "exports", 2022, "imputed", 50.0),
            ("AAA", None, "exports", 2022, "imputed", 80.0),
        ],
        figures=[
            ("exports", "AAA", None, 2022, 100.0, "fob", "exporter"),
            ("flow", "AAA", "CCC", 2022, 20.0, "fob", "exporter"),
        ],
    )
    row = trade.totals(given_all, trade.reconcile(given_all)).row(0, named=True)
    assert (row["exports"], row["exports_status"]) == (100.0, "published figure")
    # of a total published by itself it is not known how much goes to partners that are named
    assert row["coverage"] is None


def test_without_any_witness_there_is_no_row() -> None:
    frame = trade.reconcile(inputs())
    assert frame.is_empty()
    assert frame.schema == pl.Schema(SHAPES["trade"])


def test_cif_fob_by_hand() -> None:
    # Ratios 1.02, 1.04, 1.06; the ones at 1.1 and 1 are made up, the small flow is noise.
    exports = [("A", "B", year, 1000.0) for year in range(5)] + [("A", "B", 5, 5.0)]
    imports = [1020.0, 1040.0, 1060.0, 1100.0, 1000.0, 50.0]
    x = pl.DataFrame(exports, schema=FLOW, orient="row")
    m = x.with_columns(usd_mn=pl.Series(imports))
    assert trade.cif_fob(x, m) == pytest.approx(1.04)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["AAA", "BBB", "CCC"]), st.sampled_from(["XXX", "YYY"]),
            st.integers(1990, 1993), st.floats(0.001, 1e6),
        ),
        unique_by=lambda row: row[:3],
        max_size=12,
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["AAA", "BBB", "CCC"]), st.sampled_from(["XXX", "YYY"]),
            st.integers(1990, 1993), st.floats(0.001, 1e6),
        ),
        unique_by=lambda row: row[:3],
        max_size=12,
    ),
)  # fmt: skip
def test_every_flow_is_there_once_and_a_report_is_never_changed(
    exports: list[Any], mirrored: list[Any]
) -> None:
    frame = trade.reconcile(inputs(exports=exports, cow=mirrored))
    keys = {row[:3] for row in exports} | {row[:3] for row in mirrored}
    assert {row[:3] for row in frame.iter_rows()} == keys
    assert len(frame) == len(keys)
    reported = {row[:3]: row[3] for row in exports}
    for *key, value, status, _ in frame.iter_rows():
        assert (status == "reported") == (tuple(key) in reported)
        if status == "reported":
            assert value == reported[tuple(key)]


# --- the real files


@pytest.fixture(scope="module")
def real() -> dict[str, pl.DataFrame]:
    folder = os.environ.get("TEALEAVES_DATA")
    if not folder:
        pytest.skip("TEALEAVES_DATA is not set")
    return {table.id: tidy(table, "trade") for table in trade.tables(Path(folder))}


def share(real: dict[str, pl.DataFrame], a: str, b: str, year: int) -> float:
    flow = real["trade"].filter(a=a, b=b, year=year)["usd_mn"].item()
    return float(flow / real["trade_totals"].filter(a=a, year=year)["exports"].item())


@pytest.mark.data
@pytest.mark.parametrize(("year", "percent"), [(1995, 4.43), (2014, 7.54), (2020, 14.69)])
def test_chinas_share_of_russias_exports(
    real: dict[str, pl.DataFrame], year: int, percent: float
) -> None:
    assert share(real, "RUS", "CHN", year) * 100 == pytest.approx(percent, abs=0.005)
    assert real["trade"].filter(a="RUS", b="CHN", year=year)["status"].item() == "reported"


@pytest.mark.data
@pytest.mark.parametrize(
    ("year", "expected"), [(1992, 3.12), (1995, 1.54), (2008, 0.70), (2013, 0.77), (2020, 1.43)]
)
def test_intensity_of_russias_exports_to_china(
    real: dict[str, pl.DataFrame], year: int, expected: float
) -> None:
    """The share over the partner's share in the world's exports, as `trade.totals` writes it."""
    to = real["trade_totals"].filter(a="CHN", year=year)["imports_fob"].item()
    world = real["world_trade"].filter(year=year)["usd_mn"].item()
    assert share(real, "RUS", "CHN", year) / (to / world) == pytest.approx(expected, abs=0.005)


@pytest.mark.data
def test_the_factor_is_the_one_estimated() -> None:
    folder = os.environ.get("TEALEAVES_DATA")
    if not folder:
        pytest.skip("TEALEAVES_DATA is not set")
    exports, imports = imf_dots.exports(Path(folder)), cow_trade.imports(Path(folder))
    assert trade.cif_fob(exports, imports) == pytest.approx(CIF_FOB, abs=0.002)


@pytest.mark.data
def test_the_last_years_of_china_and_russia(real: dict[str, pl.DataFrame]) -> None:
    rows = real["trade"].filter(a="RUS", b="CHN").filter(pl.col("year") > 2020)
    assert rows["status"].to_list() == ["reported"] + ["published figure"] * 3
    rows = real["trade"].filter(a="CHN", b="RUS").filter(pl.col("year") > 2020)
    assert rows["status"].to_list() == ["mirrored"] + ["published figure"] * 3
    # 129.13 bn CIF / 1.045 of 425.1 bn: 29.1 percent.
    assert share(real, "RUS", "CHN", 2023) == pytest.approx(129_130 / 1.045 / 425_100)


@pytest.mark.data
def test_exporters_that_do_not_report_are_mirrored(real: dict[str, pl.DataFrame]) -> None:
    lacking = ["JPN", "KAZ", "ITA", "ESP", "GBR", "IRN", "PRK", "FIN", "IRL", "SVK", "SVN", "SWE"]
    rows = real["trade"].filter(pl.col("a").is_in(lacking))
    assert set(rows["a"]) == set(lacking)
    assert "reported" not in set(rows["status"])
    totals = real["trade_totals"].filter(pl.col("a").is_in(lacking), pl.col("year") == 2010)
    assert set(totals["exports_status"]) == {"mirrored"}
    assert totals.filter(a="JPN")["coverage"].item() > 0.95


@pytest.mark.data
def test_exporters_that_do_not_report_go_on_after_2014(real: dict[str, pl.DataFrame]) -> None:
    rows = real["trade"].filter(source="baci")
    assert set(rows["a"]) == {"JPN", "ITA", "ESP", "GBR", "CHE"}
    assert (rows["year"].min(), rows["year"].max()) == (2015, 2021)
    assert set(rows["status"]) == {"mirrored"}
    for b in ("USA", "CHN"):
        flow = real["trade"].filter(a="JPN", b=b).filter(pl.col("year") >= 2013)
        assert flow["year"].to_list() == list(range(2013, 2022))
        assert flow["source"].to_list() == ["cow-trade"] * 2 + ["baci"] * 7
    # Where the source changes there is no jump: 123,232 after 133,939 / 1.045 = 128,171.
    step = dict(real["trade"].filter(a="JPN", b="USA").select("year", "usd_mn").iter_rows())
    assert step[2014] == pytest.approx(133_939 / 1.045)
    assert step[2015] == pytest.approx(123_232, abs=1)
    # Of one state Correlates of War counts imports with those of its area: 200,631 / 1.045 in
    # 2014. BACI has the area apart, so the flow to the state alone steps down.
    step = dict(real["trade"].filter(a="JPN", b="CHN").select("year", "usd_mn").iter_rows())
    area = real["trade"].filter(a="JPN", b="HKG", year=2015)["usd_mn"].item()
    assert step[2015] / step[2014] < 0.6
    assert 0.7 < (step[2015] + area) / step[2014] < 0.8
    # Its unit, against what exporters report: the median flow is the same within 3 percent.
    folder = Path(os.environ["TEALEAVES_DATA"])
    both = baci.flows(folder).join(imf_dots.exports(folder), on=["a", "b", "year"], suffix="_x")
    assert len(both) > 4_000
    ratio = both.select(pl.col("usd_mn") / pl.col("usd_mn_x")).to_series().median()
    assert ratio == pytest.approx(1.0, abs=0.03)


@pytest.mark.data
def test_no_flow_is_negative_and_no_status_is_new(real: dict[str, pl.DataFrame]) -> None:
    assert (real["trade"]["usd_mn"] > 0).all()
    imputed = real["trade"].filter(status="imputed")
    assert imputed["year"].min() == imf_dots.IMPUTED_FROM
    coverage = real["trade_totals"]["coverage"].drop_nulls()
    assert coverage.is_between(0, 1).all()


def test_a_total_that_its_parts_exceed_is_none() -> None:
    # AAA: 60 + 70 = 130 of 100, more than 1.2 times; BBB: 60 + 58 = 118 of 100 stays
    pairs = pl.DataFrame(
        {
            "a": ["AAA", "AAA", "BBB", "BBB", "BBB"],
            "b": ["BBB", "CCC", "AAA", "CCC", "DDD"],
            "year": [2000] * 5,
            "usd_mn": [60.0, 70.0, 60.0, 58.0, 90.0],
            "status": ["reported", "mirrored", "reported", "mirrored", "imputed"],
        }
    )
    totals = pl.DataFrame({"a": ["AAA", "BBB", "CCC"], "year": [2000] * 3, "exports": [100.0] * 3})
    kept = trade._whole(totals, pairs, "exports")
    assert sorted(kept["a"]) == ["BBB", "CCC"]
