"""Sanctions: the cases by hand, bad rows first, and the measure."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from tealeaves import measures, states
from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import tidy
from tealeaves.evidence.build import build
from tealeaves.evidence.sources import gsdb

HEAD = "case_id,sanctioned_state,sanctioning_state,begin,end,trade"
ROWS = (
    "1,Russia,United States,2014,2015,1",
    '2,Russia,"United States, Canada",2015,2015,0',
    '3,"Egypt, Arab Rep.","Korea, North, Poland,Hungary",1960,1960,0',
    "4,Russia,EU,2014,2014,1",
    "5,Russia,UN,2014,2014,1",
    "6,Yugoslavia,United States,2005,2006,1",
    '7,Germany,"EEC, Canada",1960,1960,1',
)


def raw(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / gsdb.SOURCE.files[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("8,Russia,Japan,2015,2014,1", "row 8, column 'end': the case ends before it begins"),
        ("8,Russia,Japan,215,2014,1", "row 8, column 'begin': the year 215 is out of range"),
        ("8,Russia,Japan,2014,,1", "1 empty values"),
        ("8,Russia,Japan,soon,2014,1", "'soon' is no Int32"),
        ("8,Rusia,Japan,2014,2014,1", "column 'sanctioned_state': unknown state 'Rusia'"),
        ("8,Russia,Atlantis,2014,2014,1", "column 'sanctioning_state': unknown state 'Atlantis'"),
        ("1,Russia,Japan,2014,2014,1", "row 8: a second row for case_id=1"),
        ("8,Russia,Japan,2014,2014", "row 8: 5 fields"),
    ],
)
def test_bad_rows(tmp_path: Path, row: str, expected: str) -> None:
    raw(tmp_path, *ROWS, row)
    with pytest.raises(TealeavesError) as error:
        gsdb.tables(tmp_path)
    assert expected in str(error.value)
    assert "gsdb_v3_cases" in str(error.value)


def test_a_renamed_column(tmp_path: Path) -> None:
    raw(tmp_path, *ROWS, head=HEAD.replace("begin", "begins"))
    with pytest.raises(TealeavesError, match=r"no column 'begin'.*nearest: begins"):
        gsdb.tables(tmp_path)


def test_the_cases_by_hand(tmp_path: Path) -> None:
    pairs, against = (tidy(t, "gsdb") for t in gsdb.tables(raw(tmp_path, *ROWS)))
    found = {row[:3]: row[3] for row in pairs.select("a", "b", "year", "value").iter_rows()}
    members = set(states.bloc("EU", 2014))
    assert len(members) == 28
    assert {a for a, b, year in found if b == "RUS" and year == 2014} == {"USA", *members}
    assert found["USA", "RUS", 2015] == 2
    assert found["CAN", "RUS", 2015] == 1
    assert {a for a, b, _ in found if b == "EGY"} == {"PRK", "POL", "HUN"}
    assert ("USA", "YUG", 2005) in found
    assert ("USA", "SRB", 2006) in found
    assert ("USA", "YUG", 2006) not in found
    # Germany was one of the six itself; it imposes nothing on itself.
    six = {a for a, b, _ in found if b == "DEU"}
    assert six == {"BEL", "FRA", "ITA", "LUX", "NLD", "CAN"}
    # In 2014 three cases are in force against Russia, that of the UN among them.
    counts = dict(against.filter(state="RUS").select("year", "value").iter_rows())
    assert counts == {2014: 3.0, 2015: 2.0}


def test_the_measure(tmp_path: Path) -> None:
    store = build(raw(tmp_path, *ROWS), tmp_path / "store", modules={"gsdb": gsdb})
    received = measures.compute("sanctions_received", "RUS", "USA", store=store, years=(2013, 2015))
    assert {f.year: f.value for f in received} == {2013: 0.0, 2014: 1.0, 2015: 2.0}
    back = measures.compute("sanctions_received", "USA", "RUS", store=store, years=(2014, 2015))
    assert [f.value for f in back] == [0.0, 0.0]


def test_it_does_not_ship() -> None:
    assert gsdb.SOURCE.ships == "no"
    with pytest.raises(TealeavesError, match="this store has no variable 'sanctions_imposed'"):
        measures.compute("sanctions_received", "RUS", "USA")


@pytest.mark.data
def test_the_real_cases() -> None:
    given = os.environ.get("TEALEAVES_DATA")
    if not given:
        pytest.skip("TEALEAVES_DATA is not set")
    pairs, _ = (tidy(t, "gsdb") for t in gsdb.tables(Path(given)))
    of_usa = dict(pairs.filter(a="USA", b="RUS").select("year", "value").iter_rows())
    # Read off the file: the cases 1005 from 2014, 1072 from 2017, 1133 (with two other states
    # under sanctions) from 2019, 1168 from 2020; 1303 (of the G7) and 1314 to 1316 from 2022.
    assert 2013 not in of_usa
    years = (2014, 2017, 2019, 2020, 2022)
    assert [of_usa[year] for year in years] == [1.0, 2.0, 3.0, 4.0, 8.0]
    assert (pairs["year"].min(), pairs["year"].max()) == (1949, 2022)
    assert set(pairs["a"]) | set(pairs["b"]) <= {state.iso3 for state in states.all_states()}
    assert (pairs["value"] >= 1).all()
    assert pairs.filter(pl.col("a") == pl.col("b")).is_empty()
