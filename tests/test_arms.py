"""Arms: the register by hand, bad rows first, and the share of a supplier."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from tealeaves import measures
from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import tidy
from tealeaves.evidence.build import build
from tealeaves.evidence.sources import sipri_arms
from tealeaves.evidence.store import Store

HEAD = "recipient,supplier,designation,delivery_years,tiv_delivered"
#: China gets 30 of Russia and 10 of somebody unknown in 1999, 15 a year in 2000 and 2001.
ROWS = (
    "China,Soviet Union,Su-27,1991,20",
    "China,Russia,Su-27,1999,30",
    "China,unknown supplier(s),radar,1999,10",
    "China,Russia,Su-30,2000; 2001,30",
    "China,Russia,Su-57,,0",
    "Hezbollah (Lebanon)*,Iran,missile,2000,5",
    "Serbia,Russia,tank,2005;2006,8",
)


def raw(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / sipri_arms.SOURCE.files[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("China,Russia,Su-27,1999,-1", "row 8, column 'tiv_delivered': the value -1.0"),
        ("China,Russia,Su-27,1999,inf", "the value inf is impossible"),
        ("China,Russia,Su-27,1999,many", "'many' is no Float64"),
        ("China,Russia,Su-27,1999-2001,1", "column 'delivery_years': '1999-2001' is no list"),
        ("China,Russia,Su-27,1999; 20001,1", "'1999; 20001' is no list of years"),
        ("China,Russia,Su-27,1099,1", "row 8, column 'delivery_years': '1099' has a year out of"),
        ("China,Russia,Su-27,,1", "row 8, column 'delivery_years': no year of a delivery"),
        ("Chyna,Russia,Su-27,1999,1", "column 'recipient': unknown state 'Chyna'"),
        ("Korea,Russia,Su-27,1999,1", "column 'recipient'"),
        ("China,,Su-27,1999,1", "1 empty values"),
        ("China,Russia,Su-27,1999", "row 8: 4 fields"),
    ],
)
def test_bad_rows(tmp_path: Path, row: str, expected: str) -> None:
    raw(tmp_path, *ROWS, row)
    with pytest.raises(TealeavesError) as error:
        sipri_arms.tables(tmp_path)
    assert expected in str(error.value)
    assert "sipri_trade_register" in str(error.value)


def test_a_renamed_column(tmp_path: Path) -> None:
    raw(tmp_path, *ROWS, head=HEAD.replace("tiv_delivered", "tiv_deliverd"))
    with pytest.raises(TealeavesError, match=r"no column 'tiv_delivered'.*nearest: tiv_deliverd"):
        sipri_arms.tables(tmp_path)


def test_the_register_by_hand(tmp_path: Path) -> None:
    pairs, totals = (tidy(t, "sipri-arms") for t in sipri_arms.tables(raw(tmp_path, *ROWS)))
    assert pairs.select("a", "b", "year", "value", "status").rows() == [
        ("RUS", "CHN", 1991, 20.0, "reported"),
        ("RUS", "CHN", 1999, 30.0, "reported"),
        ("RUS", "CHN", 2000, 15.0, "interpolated"),
        ("RUS", "CHN", 2001, 15.0, "interpolated"),
        # The publisher's one name is two states of ours, in turn.
        ("RUS", "SRB", 2006, 4.0, "interpolated"),
        ("RUS", "YUG", 2005, 4.0, "interpolated"),
    ]
    assert totals.filter(state="CHN").select("year", "value").rows() == [
        (1991, 20.0), (1999, 40.0), (2000, 15.0), (2001, 15.0),
    ]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    raw(tmp_path, *ROWS)
    return build(tmp_path, tmp_path / "store", modules={"sipri-arms": sipri_arms})


def test_share_and_volume(store: Store) -> None:
    share = measures.compute("arms_import_share", "CHN", "RUS", store=store)
    # 20/20, 30/40, 15/15, 15/15; China imports nothing in the other years.
    values = {1991: 1.0, 1999: 0.75, 2000: 1.0, 2001: 1.0}
    assert {f.year: f.value for f in share} == values
    volume = measures.compute("arms_import_volume", "CHN", "RUS", store=store, years=(1998, 2001))
    assert [f.value for f in volume] == [0.0, 30.0, 15.0, 15.0]
    assert len(measures.compute("arms_import_share", "RUS", "CHN", store=store)) == 0
    back = measures.compute("arms_import_volume", "RUS", "CHN", store=store, years=(1999, 1999))
    assert [f.value for f in back] == [0.0]
    of_all = measures.frame("arms_import_share", store, (1999, 1999))
    assert of_all.filter(a="CHN")["value"].sum() == 0.75


def test_it_does_not_ship() -> None:
    assert sipri_arms.SOURCE.ships == "no"
    with pytest.raises(TealeavesError, match="this store has no variable 'arms_delivered'"):
        measures.compute("arms_import_share", "CHN", "RUS")


@pytest.mark.data
def test_the_real_register() -> None:
    given = os.environ.get("TEALEAVES_DATA")
    if not given:
        pytest.skip("TEALEAVES_DATA is not set")
    pairs, totals = (tidy(t, "sipri-arms") for t in sipri_arms.tables(Path(given)))
    row = dict(pairs.filter(a="RUS", b="CHN").select("year", "value").iter_rows())
    # The same even split, made by somebody else.
    assert row[2022] == pytest.approx(394.306624)
    assert row[2025] == pytest.approx(198.778846)
    assert (pairs["year"].min(), pairs["year"].max()) == (1950, 2025)
    both = pairs.group_by(pl.col("b").alias("state"), "year").agg(pl.col("value").sum())
    joined = both.join(totals, on=["state", "year"], suffix="_all")
    assert len(joined) == len(both)
    assert (joined["value"] <= joined["value_all"] * (1 + 1e-12)).all()
