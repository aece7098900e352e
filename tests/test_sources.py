"""Each source reads its publisher's file, and says exactly what is wrong with a bad one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Table, tidy
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.reading import read_table
from tealeaves.evidence.sources import (
    atop,
    cinc,
    contiguity,
    distance,
    icews,
    ideal_points,
    igo,
    leaders,
    mid,
    registry,
    ucdp,
    ucdp_deaths,
    un_votes,
    vdem,
    wdi,
)

Rows = list[dict[str, Any]]

#: COW numbers: 2 USA, 255 Germany, 260 West Germany, 365 Russia, 369 Ukraine, 710 China, 740 Japan.
VOTES: Rows = [
    {"rcid": 7, "session": 1, "date": "1946-02-01", "ccode": 2, "vote": 1},
    {"rcid": 7, "session": 1, "date": "1946-02-01", "ccode": 369, "vote": 3},
]
POINTS: Rows = [
    {"ccode": 365, "year": 2014.0, "idealpointfp": -0.5, "q5fp": -0.7, "q95fp": -0.3},
    {"ccode": 365, "year": 2015.0, "idealpointfp": None, "q5fp": None, "q95fp": None},
]
INDICATORS: Rows = [
    {"iso3": "JPN", "year": 2000, "indicator": "ny.gdp.mktp.cd", "value": 4968359075956.591},
    {"iso3": "JPN", "year": 2000, "indicator": "ne.exp.gnfs.zs", "value": 10.5},
    {"iso3": "JPN", "year": 2000, "indicator": "ne.imp.gnfs.zs", "value": 9.25},
    {"iso3": "WLD", "year": 2000, "indicator": "ny.gdp.mktp.cd", "value": 1.0},
    {"iso3": "JPN", "year": 2000, "indicator": "ag.lnd.totl.k2", "value": 1.0},
]
CAPABILITIES: Rows = [
    {"ccode": 2.0, "year": 2000.0, "milex": 301697000.0, "milper": 1368.0, "irst": -9.0,
     "pec": None, "tpop": 282171.0, "upop": 1.0, "cinc": 0.14293},
]  # fmt: skip
DEMOCRACY: Rows = [
    {"vdem_cowcode": 740.0, "year": 2000.0,
     "v2x_polyarchy": 0.85, "v2x_polyarchy_codelow": 0.82, "v2x_polyarchy_codehigh": 0.88,
     "v2x_libdem": None, "v2x_libdem_codelow": None, "v2x_libdem_codehigh": None},
    {"vdem_cowcode": 369.0, "year": 1980.0,
     "v2x_polyarchy": 0.2, "v2x_polyarchy_codelow": 0.1, "v2x_polyarchy_codehigh": 0.3,
     "v2x_libdem": 0.1, "v2x_libdem_codelow": 0.0, "v2x_libdem_codehigh": 0.2},
]  # fmt: skip
PACTS: Rows = [
    {"ccode1": 2.0, "ccode2": 740.0, "year": 2000.0, "atop_defense": 1.0, "atop_offense": 0.0,
     "atop_neutral": 0.0, "atop_nonagg": 0.0, "atop_consul": 1.0},
]  # fmt: skip
CLUBS: Rows = [
    {"ccode1": 2.0, "ccode2": 740.0, "year": 2000.0, "dyadigos": 60.0},
    {"ccode1": 710.0, "ccode2": 740.0, "year": 2000.0, "dyadigos": 0.0},
]
DISPUTES: Rows = [
    {"dispnum": n, "ccode1": a, "ccode2": b, "year": 1969.0, "cowmidonset": on, "hostlev": h}
    for n, on, h in ((1.0, 1.0, 5.0), (2.0, 0.0, 3.0), (3.0, 1.0, 4.0))
    for a, b in ((365.0, 710.0), (710.0, 365.0))
]
#: 20 Canada; the United States and Russia were no neighbours before Alaska was a state (1959).
BORDERS: Rows = [
    {"ccode1": a, "ccode2": b, "conttype": kind, "stdate": start, "enddate": end}
    for one, two, kind, start, end in (
        (2.0, 365.0, 0.0, "1956-01-01", "1958-12-01"),
        (2.0, 365.0, 2.0, "1959-01-01", "1961-12-01"),
        (2.0, 20.0, 4.0, "1957-07-01", "1959-03-01"),
        (2.0, 20.0, 1.0, "1959-04-01", "1960-12-01"),
    )
    for a, b in ((one, two), (two, one))
]
DISTANCES: Rows = [
    {"iso_o": a, "iso_d": b, "dist": km, "distcap": cap}
    for one, two, km, cap in (
        ("FRA", "ROM", 1871.0, 1871.5), ("CSK", "FRA", 880.0, 881.0), ("FRA", "HKG", 9640.0, 9641.0)
    )
    for a, b in ((one, two), (two, one))
]  # fmt: skip
EVENTS: Rows = [
    {"i_iso3c": a, "j_iso3c": b, "year": 2010,
     "verbCoop": vc, "matlCoop": mc, "verbConf": vf, "matlConf": mf}
    for a, b, vc, mc, vf, mf in (
        ("RUS", "CHN", 6.0, 2.0, 1.0, 1.0), ("CHN", "RUS", 0.0, 0.0, 0.0, 0.0)
    )
]  # fmt: skip
#: Root codes 01 to 20; means of the classes 01-05: 2, 06-09: 5, 10-14: -4, 15-20: -8.
GOLDSTEIN: Rows = [
    {"code": f"{i + 1:02}", "goldstein": w}
    for i, w in enumerate([0, 3, 4, 1, 2, 6, 7, 5, 2, -5, -2, -4, -6, -3, *[-7, -9] * 3])
] + [{"code": "010", "goldstein": 9.0}]
CONFLICTS: Rows = [
    {"conflict_id": 1, "year": 2022, "intensity_level": 2, "gwno_a": "365", "gwno_b": "369",
     "gwno_a_2nd": None, "gwno_b_2nd": None},
    {"conflict_id": 2, "year": 2022, "intensity_level": 1, "gwno_a": "2, 200", "gwno_b": None,
     "gwno_a_2nd": "365, 740", "gwno_b_2nd": None},
]  # fmt: skip
DEATHS: Rows = [
    {
        "Entity": name,
        "Year": 1990,
        "Violent deaths in conflicts and one-sided violence (UCDP 2019)": n,
    }
    for name, n in (("Japan", 3), ("World", 70000))
]
ARCHIGOS: Rows = [
    {"gwcode": 740.0, "leader": "First", "yrborn": 1950.0, "startdate": "2010-01-01",
     "enddate": "2012-06-30", "exit": "Regular"},
    {"gwcode": 740.0, "leader": "Second", "yrborn": None, "startdate": "2012-06-30",
     "enddate": "2015-12-31", "exit": "Still in Office"},
    {"gwcode": 713.0, "leader": "Cut", "yrborn": 1950.0, "startdate": "2008-05-20",
     "enddate": "2015-12-31", "exit": "Still in Office"},
]  # fmt: skip
REIGN: Rows = [
    {"ccode": 740, "leader": name, "sdate": d, "smonth": m, "syear": y, "emonth": em, "eyear": ey,
     "birthyear": born}
    for name, d, m, y, em, ey, born in (
        ("First", 1, 1, 2010, 6, 2012, 1950), ("Second", 1, 6, 2012, 5, 2017, 1961),
        ("Third", 9, 5, 2017, 2, 2019, -99), ("Fourth", 4, 3, 2019, None, None, 1970))
]  # fmt: skip

SOURCES: Mapping[str, tuple[ModuleType, list[Rows], str]] = {
    "un_votes": (un_votes, [VOTES], "vote"),
    "ideal_points": (ideal_points, [POINTS], "idealpointfp"),
    "wdi": (wdi, [INDICATORS], "value"),
    "cinc": (cinc, [CAPABILITIES], "cinc"),
    "vdem": (vdem, [DEMOCRACY], "v2x_libdem"),
    "atop": (atop, [PACTS], "atop_defense"),
    "igo": (igo, [CLUBS], "dyadigos"),
    "mid": (mid, [DISPUTES], "hostlev"),
    "contiguity": (contiguity, [BORDERS], "conttype"),
    "distance": (distance, [DISTANCES], "distcap"),
    "icews": (icews, [EVENTS, GOLDSTEIN], "verbConf"),
    "ucdp": (ucdp, [CONFLICTS], "intensity_level"),
    "ucdp_deaths": (ucdp_deaths, [DEATHS], "Year"),
    "leaders": (leaders, [ARCHIGOS, REIGN], "yrborn"),
}
EACH = pytest.mark.parametrize("name", SOURCES)


def write(folder: Path, module: ModuleType, files: list[Rows]) -> Path:
    """Write the small raw files of one source and return the first."""
    for name, rows in zip(module.SOURCE.files, files, strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        frame = pl.DataFrame(rows, infer_schema_length=None)
        if path.suffix == ".parquet":
            frame.write_parquet(path)
        else:
            frame.write_csv(path, null_value="NA")
    return folder / str(module.SOURCE.files[0])


def read(folder: Path, name: str, rows: Rows | None = None) -> pl.DataFrame:
    """Read a source from its small files, the first replaced by ``rows`` if given."""
    module, files, _ = SOURCES[name]
    write(folder, module, [rows if rows is not None else files[0], *files[1:]])
    (table,) = module.tables(folder)
    return tidy(table, module.SOURCE.id)


@EACH
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    module = SOURCES[name][0]
    with pytest.raises(TealeavesError, match=r"no such file; expected the table"):
        module.tables(tmp_path)


@EACH
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    module, files, _ = SOURCES[name]
    write(tmp_path, module, files).write_bytes(b"")
    with pytest.raises(TealeavesError, match="the file is empty"):
        module.tables(tmp_path)


@EACH
def test_a_header_without_rows(tmp_path: Path, name: str) -> None:
    module, files, _ = SOURCES[name]
    path = write(tmp_path, module, files)
    if path.suffix == ".parquet":
        pl.read_parquet(path).clear().write_parquet(path)
    else:
        path.write_text(path.read_text().splitlines()[0] + "\n")
    with pytest.raises(TealeavesError, match="the table has no rows"):
        module.tables(tmp_path)


@EACH
def test_a_renamed_column(tmp_path: Path, name: str) -> None:
    column = SOURCES[name][2]
    rows = [
        {(f"{k}_1" if k == column else k): v for k, v in row.items()} for row in SOURCES[name][1][0]
    ]
    with pytest.raises(TealeavesError, match=f"no column '{column}'.*nearest: {column}_1"):
        read(tmp_path, name, rows)


@EACH
def test_a_value_of_the_wrong_type(tmp_path: Path, name: str) -> None:
    column = SOURCES[name][2]
    rows = [
        {k: str(v) if v is not None else None for k, v in r.items()} for r in SOURCES[name][1][0]
    ]
    rows[-1] = rows[-1] | {column: "many"}
    said = f"row {len(rows)}, column '{column}': 'many' is no"
    with pytest.raises(TealeavesError, match=said):
        read(tmp_path, name, rows)


@EACH
def test_a_truncated_parquet(tmp_path: Path, name: str) -> None:
    module, files, _ = SOURCES[name]
    path = write(tmp_path, module, files)
    if path.suffix != ".parquet":
        pytest.skip("a CSV file")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TealeavesError, match=r"cannot be read as Parquet.*may be truncated"):
        module.tables(tmp_path)


@EACH
def test_a_second_row_for_a_key(tmp_path: Path, name: str) -> None:
    rows = SOURCES[name][1][0]
    if name == "un_votes":
        pytest.skip("kept if they agree: see below")
    with pytest.raises(TealeavesError, match=rf"row {len(rows) + 1}: a second row for"):
        read(tmp_path, name, [*rows, rows[0]])


@EACH
def test_small_files_are_tidy(tmp_path: Path, name: str) -> None:
    assert len(read(tmp_path, name)) > 0


def test_a_csv_row_with_the_wrong_number_of_fields(tmp_path: Path) -> None:
    for row, count in (("1,2,3", 3), ("1", 1)):
        (tmp_path / "t.csv").write_text(f"a,b\n1,2\n{row}\n")
        with pytest.raises(TealeavesError, match=f"row 2: {count} fields; expected 2 fields"):
            read_table(tmp_path, "t.csv", {"a": pl.Int32})


def test_a_csv_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"a,b\n\xff\xfe,2\n")
    with pytest.raises(TealeavesError, match="cannot be read as CSV"):
        read_table(tmp_path, "t.csv", {"a": pl.Int32})


def test_a_fraction_is_no_integer(tmp_path: Path) -> None:
    pl.DataFrame({"a": [1.0, 1.5]}).write_parquet(tmp_path / "t.parquet")
    with pytest.raises(TealeavesError, match=r"row 2, column 'a': 1\.5 is no Int32"):
        read_table(tmp_path, "t.parquet", {"a": pl.Int32})


def test_a_gap_where_none_may_be(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\nNA,3\n")
    with pytest.raises(TealeavesError, match="row 2, column 'a': 1 empty values"):
        read_table(tmp_path, "t.csv", {"a": pl.Int32}, required=["a"])


def test_an_unknown_code() -> None:
    with pytest.raises(TealeavesError, match=r"f, column 'c': no state has the COW number 1001"):
        with_iso3(pl.DataFrame({"c": [1001], "year": [2000]}), "c", "x", name="f")


def test_a_code_left_out_on_purpose() -> None:
    frame = pl.DataFrame({"c": [1001, 2], "year": [2000, 2000]})
    kept = with_iso3(frame, "c", "x", name="f", leave_out=[1001])
    assert kept.rows() == [(2, 2000, "USA")]


def test_a_code_outside_its_years() -> None:
    frame = pl.DataFrame({"c": [369], "year": [1960]})
    with pytest.raises(TealeavesError, match="COW number 369 is no state in 1960"):
        with_iso3(frame, "c", "x", name="f")
    assert with_iso3(frame, "c", "x", name="f", outside="drop").is_empty()
    assert with_iso3(frame, "c", "x", name="f", outside="nearest")["x"].to_list() == ["UKR"]


def test_the_year_of_a_unification() -> None:
    frame = pl.DataFrame({"c": [255, 260], "year": [1990, 1990], "v": ["united", "west"]})
    both = with_iso3(frame, "c", "x", name="f")
    assert both["x"].to_list() == ["DEU", "DEU"]
    assert with_iso3(frame, "c", "x", name="f", one_number=True)["v"].to_list() == ["united"]


def test_votes(tmp_path: Path) -> None:
    other_date = VOTES[1] | {"date": "1946-03-01"}
    rows = read(tmp_path, "un_votes", [*VOTES, other_date, VOTES[0] | {"ccode": 740, "vote": 1},
                                       VOTES[0] | {"ccode": 740, "vote": 2}])  # fmt: skip
    # Ukraine voted before it was a state; its two rows agree. Japan's two votes do not.
    assert rows.select("state", "year", "rcid", "vote").rows() == [
        ("UKR", 1946, 7, 3),
        ("USA", 1946, 7, 1),
    ]
    with pytest.raises(TealeavesError, match="row 1, column 'vote': 8 is no vote"):
        read(tmp_path, "un_votes", [VOTES[0] | {"vote": 8}])


def test_ideal_points(tmp_path: Path) -> None:
    rows = read(tmp_path, "ideal_points")
    assert rows.select("state", "year", "value", "low", "high").rows() == [
        ("RUS", 2014, -0.5, -0.7, -0.3)
    ]


def test_indicators(tmp_path: Path) -> None:
    rows = read(tmp_path, "wdi")
    values = dict(rows.select("variable", "value").rows())
    # 10.5 + 9.25 = 19.75; seven digits are kept; groups and other indicators are left out.
    assert values == {
        "exports_share_gdp": 10.5,
        "gdp": 4968359000000.0,
        "imports_share_gdp": 9.25,
        "trade_openness": 19.75,
    }
    assert rows["state"].unique().to_list() == ["JPN"]


def test_capabilities(tmp_path: Path) -> None:
    values = dict(read(tmp_path, "cinc").select("variable", "value").rows())
    assert set(values) == {"cinc", "milex", "milper", "tpop", "upop"}  # -9 and NA are gaps
    assert values["cinc"] == 0.14293


def test_democracy(tmp_path: Path) -> None:
    rows = read(tmp_path, "vdem").select("state", "year", "variable", "value", "low", "high").rows()
    assert rows == [("JPN", 2000, "democracy", 0.85, 0.82, 0.88)]  # no state Ukraine in 1980


def test_pacts_and_clubs(tmp_path: Path) -> None:
    rows = read(tmp_path, "atop").select("a", "b", "variable").rows()
    assert rows == [("USA", "JPN", "alliance_consultation"), ("USA", "JPN", "alliance_defense")]
    clubs = read(tmp_path, "igo").select("a", "b", "value").rows()
    assert clubs == [("CHN", "JPN", 0.0), ("JPN", "USA", 60.0)]


def test_disputes(tmp_path: Path) -> None:
    # Three disputes under way, two of which began that year; the highest hostility is 5.
    rows = read(tmp_path, "mid").select("a", "b", "variable", "value").rows()
    assert rows == [
        ("CHN", "RUS", "dispute_hostility", 5.0),
        ("CHN", "RUS", "dispute_onset", 2.0),
    ]


def test_contiguity(tmp_path: Path) -> None:
    # Two types in 1959: the closer. Type 0 is no row, since a row that is absent means zero.
    rows = read(tmp_path, "contiguity").select("a", "b", "year", "value").rows()
    assert rows == [
        ("CAN", "USA", 1957, 4.0), ("CAN", "USA", 1958, 4.0),
        ("CAN", "USA", 1959, 1.0), ("CAN", "USA", 1960, 1.0),
        ("RUS", "USA", 1959, 2.0), ("RUS", "USA", 1960, 2.0), ("RUS", "USA", 1961, 2.0),
    ]  # fmt: skip
    for change, expected in (
        ({"conttype": 6.0}, "row 1, column 'conttype': unknown type 6.0"),
        ({"conttype": 1.5}, "unknown type 1.5"),
        ({"enddate": "1955-12-01"}, "row 1, column 'enddate': the spell ends before it begins"),
        ({"stdate": "1956-13-01"}, "'1956-13-01' is no Date"),
        ({"ccode2": 9999.0, "conttype": 1.0}, "no state has the COW number 9999"),
    ):
        with pytest.raises(TealeavesError) as error:
            read(tmp_path, "contiguity", [BORDERS[0] | change, *BORDERS[1:]])
        assert expected in str(error.value)


def test_distances(tmp_path: Path) -> None:
    rows = read(tmp_path, "distance")
    # Romania has an older code; Hong Kong is an area and gets no spell; Czechoslovakia ended.
    spells = rows.filter(kind="distance").select("state", "other", "start", "end", "value").rows()
    assert spells == [
        ("CSK", "FRA", dt.date(1918, 1, 1), dt.date(1992, 12, 31), 880.0),
        ("FRA", "ROU", dt.date(1878, 1, 1), None, 1871.0),
    ]
    capitals = rows.filter(kind="distance_capitals")["value"].to_list()
    assert capitals == [881.0, 1871.5]
    for change, expected in (
        ({"dist": 0.0}, "row 1, column 'dist': the distance 0.0 is impossible"),
        ({"distcap": 21_000.0}, "row 1, column 'distcap': the distance 21000.0 is impossible"),
        ({"dist": 1872.0}, "row 1, column 'dist': 1872.0 from FRA to ROU, but 1871.0 back"),
        ({"iso_d": "ROX"}, "row 1, column 'iso_d': unknown code 'ROX'"),
    ):
        with pytest.raises(TealeavesError) as error:
            read(tmp_path, "distance", [DISTANCES[0] | change, *DISTANCES[1:]])
        assert expected in str(error.value)


def test_events(tmp_path: Path) -> None:
    # (6 * 2 + 2 * 5 - 1 * 4 - 1 * 8) / 10 = 10 / 10 = 1; without an event there is no mean.
    rows = read(tmp_path, "icews").select("a", "b", "variable", "value").rows()
    assert rows == [
        ("CHN", "RUS", "event_count", 0.0),
        ("RUS", "CHN", "event_count", 10.0),
        ("RUS", "CHN", "net_cooperation", pytest.approx(1.0)),
    ]
    for change, expected in (
        ({"matlConf": -1.0}, "row 1, column 'matlConf': the count -1.0 is impossible"),
        ({"matlConf": 0.5}, "the count 0.5 is impossible"),
        ({"matlConf": float("nan")}, "the count nan is impossible"),
        ({"j_iso3c": "CHX"}, "row 1, column 'j_iso3c': unknown code 'CHX'"),
    ):
        with pytest.raises(TealeavesError) as error:
            read(tmp_path, "icews", [EVENTS[0] | change, EVENTS[1]])
        assert expected in str(error.value)
    for rows_of_weights, expected in (
        (GOLDSTEIN[1:], "the root code '01' has no weight"),
        ([GOLDSTEIN[0] | {"code": "1"}, *GOLDSTEIN[1:]], "the root code '01' has no weight"),
        ([GOLDSTEIN[0] | {"goldstein": -11.0}, *GOLDSTEIN[1:]], "row 1, column 'goldstein'"),
        ([*GOLDSTEIN, GOLDSTEIN[4]], "a second row for code=05"),
    ):
        write(tmp_path, icews, [EVENTS, rows_of_weights])
        with pytest.raises(TealeavesError) as error:
            icews.tables(tmp_path)
        assert expected in str(error.value)


def test_conflicts(tmp_path: Path) -> None:
    rows = read(tmp_path, "ucdp")

    def of(state: str) -> tuple[float, ...]:
        found = dict(rows.filter(state=state).select("variable", "value").rows())
        names = ("conflict_count", "conflict_intensity", "conflict_support_count")
        return tuple(found[name] for name in names)

    assert of("RUS") == (1, 2, 1)  # fights one war, sends troops to another conflict
    assert of("UKR") == (1, 2, 0)
    assert of("USA") == of("GBR") == (1, 1, 0)
    assert of("JPN") == (0, 0, 1)
    assert of("FRA") == (0, 0, 0)


def test_deaths(tmp_path: Path) -> None:
    assert read(tmp_path, "ucdp_deaths").select("state", "value").rows() == [("JPN", 3.0)]
    with pytest.raises(TealeavesError, match=r"column 'Entity': .*Jappan"):
        read(tmp_path, "ucdp_deaths", [DEATHS[0] | {"Entity": "Jappan"}])


def test_leaders(tmp_path: Path) -> None:
    rows = read(tmp_path, "leaders").filter(state="JPN")
    day = dt.date
    assert rows.select("label", "start", "end", "value", "status").rows() == [
        ("First", day(2010, 1, 1), day(2012, 6, 30), 1950.0, "reported"),
        # REIGN's start (2012-06-01) would run into the spell before: moved to its end.
        ("Second", day(2012, 6, 30), day(2017, 5, 9), 1961.0, "interpolated"),
        # The month is known only, and the next one starts in another: the month's last day.
        ("Third", day(2017, 5, 9), day(2019, 2, 28), None, "interpolated"),
        ("Fourth", day(2019, 3, 4), None, 1970.0, "reported"),
    ]
    cut = read(tmp_path, "leaders").filter(label="Cut")
    assert cut.select("state", "end", "status").rows() == [
        ("TWN", day(2015, 12, 31), "interpolated")
    ]


def test_the_registry_is_whole() -> None:
    found = registry()
    assert {"un-votes", "ideal-points", "wdi", "ucdp", "cow-nmc", "leaders", "v-dem"} <= set(found)
    for name, module in found.items():
        assert module.SOURCE.id == name
        assert module.SOURCE.citation.lstrip().startswith("@")
        assert module.SOURCE.ships in {"rows", "reconciled", "no"}


def test_sources_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    def given(value: str) -> None:
        entry = EntryPoint("mine", value, "tealeaves.sources")
        monkeypatch.setattr("tealeaves.evidence.sources.entry_points", lambda **_: [entry])

    given("evidence_helpers:demo_modules")
    with pytest.raises(TealeavesError, match="entry point mine: not a source; expected the names"):
        registry()
    given("no_such_module")
    with pytest.raises(TealeavesError, match="entry point mine: cannot be imported"):
        registry()
    given("tealeaves.evidence.sources.wdi")
    with pytest.raises(TealeavesError, match="a second source with the id 'wdi'"):
        registry()


# --- the real files ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Callable[[ModuleType], pl.DataFrame]:
    given = os.environ.get("TEALEAVES_DATA")
    if not given:
        pytest.skip("TEALEAVES_DATA is not set")

    def frame(module: ModuleType) -> pl.DataFrame:
        tables: list[Table] = module.tables(Path(given))
        return tidy(tables[0], module.SOURCE.id)

    return frame


Real = Callable[[ModuleType], pl.DataFrame]


@pytest.mark.data
def test_real_votes(real: Real) -> None:
    rows = real(un_votes)
    # 931,269 rows less 3 that say the same twice.
    assert len(rows) == 931_266
    assert rows["rcid"].n_unique() == 6_551
    assert (rows["year"].min(), rows["year"].max()) == (1946, 2024)


@pytest.mark.data
def test_real_ideal_points(real: Real) -> None:
    rows = real(ideal_points)
    row = rows.filter(state="RUS", year=2022).row(0, named=True)
    published = (-0.809, -0.978525, -0.6343)
    assert (row["value"], row["low"], row["high"]) == pytest.approx(published, abs=1e-6)
    assert len(rows) == 11_440 - 19  # 19 state-years without an estimate


@pytest.mark.data
def test_real_indicators(real: Real) -> None:
    rows = real(wdi).filter(variable="military_burden", state="RUS")
    assert rows["year"].min() >= 1990  # type: ignore[operator]
    gdp = real(wdi).filter(variable="gdp", year=2020)
    by_size = gdp.sort("value", descending=True)["state"].to_list()
    assert by_size[:3] == ["USA", "CHN", "JPN"]
    assert "WLD" not in by_size
    assert "HKG" in by_size  # an area, so that totals are whole


@pytest.mark.data
def test_real_capabilities_and_democracy(real: Real) -> None:
    shares = real(cinc).filter(variable="cinc").group_by("year").agg(pl.col("value").sum())
    assert shares["value"].is_between(0.97, 1.08).all()  # as published; 1990 has two states twice
    rows = real(vdem)
    assert (rows["low"] <= rows["value"]).all()
    assert (rows["value"] <= rows["high"]).all()


@pytest.mark.data
def test_real_pairs(real: Real) -> None:
    assert real(igo).filter(a="CHN", b="RUS", year=2014)["value"].to_list() == [55.0]
    rows = real(mid).filter(a="CHN", b="RUS", variable="dispute_onset")
    assert rows.filter(pl.col("year") >= 1993)["year"].to_list() == [1993, 1994, 2009, 2012]
    pacts = real(atop).filter(a="USA", b="JPN", variable="alliance_defense")["year"]
    assert (pacts.max(), pacts.n_unique() >= 60) == (2018, True)


@pytest.mark.data
def test_real_neighbours(real: Real) -> None:
    rows = real(contiguity)
    years = rows.filter(a="CHN", b="RUS", value=1.0)["year"]
    assert (years.min(), years.max(), len(years)) == (1860, 2016, 157)
    assert set(rows["value"]) == {1.0, 2.0, 3.0, 4.0, 5.0}
    # Land neighbours of Russia in 2016, counted by hand on a map: fourteen.
    near = rows.filter((pl.col("a") == "RUS") | (pl.col("b") == "RUS"), year=2016, value=1.0)
    assert len(near) == 14
    far = real(distance)
    assert far.filter(kind="distance", state="CHN", other="RUS")["value"].to_list() == [5795.045]
    assert not far.select("kind", "state", "other").is_duplicated().any()


@pytest.mark.data
def test_real_events(real: Real) -> None:
    weights = icews.weights(Path(os.environ["TEALEAVES_DATA"]))
    expected = {
        "verbCoop": (0 + 3 + 4 + 1 + 3.5) / 5,  # 2.3
        "matlCoop": (6 + 7 + 5 - 2) / 4,  # 4
        "verbConf": (-5 - 2 - 4 - 6 - 6.5) / 5,  # -4.7
        "matlConf": (-7.2 - 4 - 7 - 9 - 10 - 10) / 6,  # -7.87
    }
    assert weights == pytest.approx(expected)
    found = dict(real(icews).filter(a="RUS", b="CHN", year=2002).select("variable", "value").rows())
    # 2677, 32, 13 and 10 events of the four classes.
    assert found["event_count"] == 2732
    total = 2677 * 2.3 + 32 * 4.0 - 13 * 4.7 - 10 * 47.2 / 6
    assert found["net_cooperation"] == pytest.approx(total / 2732)
    war = real(icews).filter(variable="net_cooperation", a="USA", b="IRQ", year=2003)
    assert war["value"].item() < 0


@pytest.mark.data
def test_real_conflicts(real: Real) -> None:
    rows = real(ucdp).filter(variable="conflict_intensity")
    levels = dict(rows.filter(state="UKR").select("year", "value").rows())
    assert (levels[2013], levels[2014], levels[2022], levels[2024]) == (0, 2, 2, 2)


@pytest.mark.data
def test_real_leaders(real: Real) -> None:
    rows = real(leaders)
    now = rows.filter(pl.col("end").is_null())
    assert not now["state"].is_duplicated().any()
    names = dict(now.select("state", "label").rows())
    assert (names["RUS"], names["CHN"], names["USA"]) == ("Putin", "Xi Jinping", "Biden")
    assert rows.filter(label="Putin")["value"].to_list() == [1952.0]
