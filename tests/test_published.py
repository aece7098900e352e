"""Published figures and hand-collected votes: bad rows first, then the shipped files."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import tidy
from tealeaves.evidence.sources import published, un_es11

GOOD = {
    "id": "rus-goods-exports-2023", "topic": "total_trade", "subject": "RUS", "object": "WLD",
    "quantity": "goods exports", "unit": "USD bn", "year": "2023", "date": "", "value": "425.1",
    "low": "", "high": "", "title": "A title", "publisher": "A publisher",
    "address": "https://example.org", "read_on": "2026-11-24", "note": "", "variable": "",
}  # fmt: skip
VOTE = {
    "resolution": "ES-11/1", "date": "2022-03-02", "state": "FRA", "vote": "yes",
    "basis": "listed", "address": "https://example.org",
}  # fmt: skip


def write(folder: Path, rows: list[dict[str, str]], name: str = "figures.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("value", "many", "'many' is no number"),
        ("value", "inf", "'inf' is no number"),
        ("subject", "RSU", "unknown state 'RSU'"),
        ("object", "QQQ", "unknown state 'QQQ'"),
        ("address", "", "an address, or 'weak source' in the note"),
        ("id", "Not An Id", "is no id"),
        ("id", "", "a text in every row"),
        ("publisher", " ", "a text in every row"),
        ("year", "1700", "'1700' is no year here"),
        ("year", "soon", "'soon' is no year here"),
        ("date", "2022-13", "'2022-13' is no date"),
        ("date", "2022-12-01", "2022-12-01 is not in 2023"),
        ("read_on", "yesterday", "'yesterday' is no day"),
        ("low", "500", "425.1 is outside 500.0 to None"),
        ("variable", "gdp_grwth", "nearest: gdp_growth"),
    ],
)
def test_a_bad_field_names_file_line_and_column(
    tmp_path: Path, column: str, value: str, expected: str
) -> None:
    path = write(tmp_path, [GOOD, {**GOOD, "id": "other", column: value}])
    with pytest.raises(TealeavesError) as error:
        published.read(path)
    where = "value" if column == "low" else column
    assert f"figures.csv, line 3, column '{where}'" in str(error.value)
    assert expected in str(error.value)


def test_an_impossible_share(tmp_path: Path) -> None:
    row = {**GOOD, "quantity": "share of exports", "unit": "percent", "value": "147"}
    with pytest.raises(TealeavesError, match=r"line 2, column 'value': a share of 147"):
        published.read(write(tmp_path, [row]))


def test_a_missing_column(tmp_path: Path) -> None:
    row = {("publsher" if key == "publisher" else key): value for key, value in GOOD.items()}
    with pytest.raises(TealeavesError, match=r"no column 'publisher'.*nearest: publsher"):
        published.read(write(tmp_path, [row]))


def test_a_repeated_id_and_a_repeated_variable(tmp_path: Path) -> None:
    with pytest.raises(TealeavesError, match=r"line 3, column 'id'.*the other is line 2"):
        published.read(write(tmp_path, [GOOD, GOOD]))
    first = {**GOOD, "variable": "total_exports_fob"}
    with pytest.raises(TealeavesError, match=r"line 3, column 'variable'.*the other is line 2"):
        published.read(write(tmp_path, [first, {**first, "id": "other", "value": "9"}]))


def test_a_row_cut_short(tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD])
    path.write_text(path.read_text(encoding="utf-8") + "cut,short\n", encoding="utf-8")
    with pytest.raises(TealeavesError, match="line 3: the row has too many or too few fields"):
        published.read(path)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(TealeavesError, match="no such file"):
        published.read(tmp_path / "none.csv")
    with pytest.raises(TealeavesError, match="no such file"):
        un_es11.read(tmp_path / "none.csv")


def test_a_row_without_address_is_kept_when_marked_weak(tmp_path: Path) -> None:
    row = {**GOOD, "address": "", "note": "weak source: no address"}
    assert published.read(write(tmp_path, [row]))["address"].to_list() == [None]


def test_trade_figures_by_hand(tmp_path: Path) -> None:
    """Who exports depends on whose figure it is; 1 bn is 1000 mn."""
    base = {**GOOD, "object": "CHN", "value": "2"}
    variables = ["exports_fob", "exports_mirrored_cif", "exports_mirrored_fob",
                 "total_exports_fob", "total_imports_cif", "total_imports_fob"]  # fmt: skip
    rows = [{**base, "id": f"row-{i}", "variable": name} for i, name in enumerate(variables)]
    got = published.trade_figures(published.read(write(tmp_path, rows))).rows()
    assert got == [
        ("flow", "RUS", "CHN", 2023, 2000.0, "fob", "exporter"),
        ("flow", "CHN", "RUS", 2023, 2000.0, "cif", "importer"),
        ("flow", "CHN", "RUS", 2023, 2000.0, "fob", "importer"),
        ("exports", "RUS", None, 2023, 2000.0, "fob", "exporter"),
        ("imports", "RUS", None, 2023, 2000.0, "cif", "importer"),
        ("imports", "RUS", None, 2023, 2000.0, "fob", "importer"),
    ]


def test_a_trade_figure_in_another_unit(tmp_path: Path) -> None:
    row = {**GOOD, "variable": "total_exports_fob", "unit": "CNY trn"}
    with pytest.raises(TealeavesError, match="a trade figure in 'CNY trn'"):
        published.trade_figures(published.read(write(tmp_path, [row])))


def test_the_shipped_figures() -> None:
    frame = published.read()
    assert len(frame) == 570
    assert frame["id"].is_unique().all()
    assert frame.filter(pl.col("address").is_null())["note"].str.contains("weak source").all()
    assert frame.filter(pl.col("address").is_null()).height == 3
    for table in published.tables(Path()):
        assert len(tidy(table, "published-figures"))


def test_the_shipped_trade_figures_of_the_last_years_agree_with_one_another() -> None:
    frame = published.read()

    def value(quantity: str, year: int) -> float:
        found = frame.filter(
            pl.col("quantity") == quantity, pl.col("year") == year, pl.col("subject") == "CHN"
        )
        return float(found["value"][0])

    total = "goods trade total (exports+imports), China customs"
    for year in (2020, 2021, 2022, 2023, 2024):
        sides = value("China exports to Russia, China customs", year) + value(
            "China imports from Russia, China customs", year
        )
        assert sides == pytest.approx(value(total, year), abs=0.02), year
    for year in (2022, 2024):  # exports less imports is the surplus, all rounded
        surplus = value("goods exports, China customs", year) - value(
            "goods imports, China customs", year
        )
        assert surplus == pytest.approx(value("goods trade surplus", year), abs=1), year


def test_what_was_computed_says_so() -> None:
    frame = published.read()
    flows = frame.filter(pl.col("variable").is_in(list(published.TRADE)))
    computed = flows.filter(pl.col("note").str.contains("computed here"))
    assert sorted(computed["year"].unique()) == [2021, 2022, 2023, 2024]


# --- votes


@pytest.mark.parametrize(
    ("column", "value"),
    [("resolution", "ES-12/1"), ("date", "2 March"), ("state", "QQQ"), ("vote", "maybe"),
     ("basis", ""), ("address", "")],
)  # fmt: skip
def test_a_bad_vote_names_file_line_and_column(tmp_path: Path, column: str, value: str) -> None:
    path = write(tmp_path, [VOTE, {**VOTE, "state": "DEU", column: value}], "votes.csv")
    with pytest.raises(TealeavesError, match=rf"votes.csv, line 3, column '{column}'"):
        un_es11.read(path)


def test_a_vote_twice_and_a_missing_column(tmp_path: Path) -> None:
    with pytest.raises(TealeavesError, match="FRA votes twice on ES-11/1"):
        un_es11.read(write(tmp_path, [VOTE, VOTE], "votes.csv"))
    row = {key: value for key, value in VOTE.items() if key != "basis"}
    with pytest.raises(TealeavesError, match="no column 'basis'"):
        un_es11.read(write(tmp_path, [row], "votes.csv"))


def test_votes_by_hand(tmp_path: Path) -> None:
    rows = [
        VOTE,
        {**VOTE, "state": "CHN", "vote": "abstain"},
        {**VOTE, "state": "RUS", "vote": "no"},
        {**VOTE, "state": "UZB", "vote": "not voting"},
        {**VOTE, "state": "KAZ", "vote": "abstain", "basis": "inferred: from a total"},
        {**VOTE, "resolution": "A/ES-11/L.16/Rev.1", "date": "2025-12-03"},
    ]
    assert un_es11.read(write(tmp_path, rows, "votes.csv")).rows() == [
        ("CHN", -11, 2022, 2_011_001, 2, "un-es11-votes"),
        ("FRA", -11, 2022, 2_011_001, 1, "un-es11-votes"),
        ("RUS", -11, 2022, 2_011_001, 3, "un-es11-votes"),
        ("FRA", -11, 2025, 2_011_916, 1, "un-es11-votes"),
    ]


def test_the_shipped_votes() -> None:
    frame = un_es11.read()
    first = frame.filter(rcid=2_011_001)
    counts = dict(first.group_by("vote").len().iter_rows())
    assert counts == {1: 141, 2: 35, 3: 5}  # as published with the resolution
    assert len(frame) == 374
    tidy(un_es11.tables(Path())[0], un_es11.SOURCE.id)
