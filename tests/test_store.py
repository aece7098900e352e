"""A store is opened, queried and verified; what is wrong with it is said and never used."""

from __future__ import annotations

import json
import os
from pathlib import Path

import polars as pl
import pytest

from evidence_helpers import demo_store
from tealeaves.errors import TealeavesError, TealeavesErrors
from tealeaves.evidence.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return demo_store(tmp_path)


def flip(path: Path, at: int) -> None:
    """Change one byte and nothing else, not even the times of the file."""
    before = path.stat()
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(TealeavesError, match="no such folder"):
        Store.open(tmp_path / "nowhere")


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(TealeavesError, match="not a folder"):
        Store.open(tmp_path / "file")


def test_a_folder_without_manifest_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(TealeavesError, match=r"not a store; expected a folder with manifest\.json"):
        Store.open(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the manifest is empty"),
        ("{", "is no JSON"),
        ("[]", "unknown format"),
        ('{"format": 2}', "unknown format"),
        ('{"format": 1}', "has no 'tables'"),
        ('{"format": 1, "tables": {}, "sources": {}}', "names no tables"),
        ('{"format": 1, "tables": {"t": {}}, "sources": {}}', "entry 't' in 'tables'"),
        ('{"format": 1, "tables": {"t": 3}, "sources": {}}', "entry 't' in 'tables'"),
    ],
)
def test_bad_manifests(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(TealeavesError, match=said):
        Store.open(tmp_path)


def test_a_table_outside_the_store_is_refused(store: Store) -> None:
    path = store.path / "manifest.json"
    content = json.loads(path.read_text())
    content["tables"]["gdp"]["file"] = "../gdp.parquet"
    path.write_text(json.dumps(content))
    with pytest.raises(TealeavesError, match="expected a file beside the manifest"):
        Store.open(store.path)


def test_a_missing_table_is_named(store: Store) -> None:
    (store.path / "gdp.parquet").unlink()
    with pytest.raises(TealeavesError, match=r"gdp\.parquet: the file of the table 'gdp' is miss"):
        Store.open(store.path)


def test_a_truncated_table_is_seen_on_opening(store: Store) -> None:
    path = store.path / "gdp.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(TealeavesError, match=r"has changed since it was written: .* bytes"):
        Store.open(store.path)


@pytest.mark.parametrize("at", [0, 100, -1])
def test_one_byte_changed(store: Store, at: int) -> None:
    store.state_year(["gdp"]).collect()  # read once already: the change is seen all the same
    flip(store.path / "gdp.parquet", at)
    opened = Store.open(store.path)
    with pytest.raises(
        TealeavesError, match=r"gdp\.parquet: has changed since it was written \(sha"
    ):
        opened.state_year(["gdp"])
    with pytest.raises(TealeavesErrors, match="has changed") as caught:
        opened.verify()
    assert len(caught.value.errors) == 1
    opened.spells("leader").collect()  # other tables can still be used


def test_verify_reports_every_file(store: Store) -> None:
    flip(store.path / "gdp.parquet", 50)
    (store.path / "votes.parquet").unlink()
    with pytest.raises(TealeavesErrors) as caught:
        store.verify()
    assert len(caught.value.errors) == 2


def test_current_names_no_generation(store: Store) -> None:
    (store.path.parent / "current").write_text("../elsewhere\n")
    with pytest.raises(TealeavesError, match="which is not there"):
        Store.open(store.path.parent)


def test_unknown_names_have_nearest(store: Store) -> None:
    with pytest.raises(TealeavesError, match="no variable 'gpd'; nearest: gdp"):
        store.state_year(["gpd"])
    with pytest.raises(
        TealeavesError, match="no variable 'dispute_onsets'; nearest: dispute_onset"
    ):
        store.pair_year(["dispute_onsets"])
    with pytest.raises(TealeavesError, match="no spells of the kind 'leaders'; nearest: leader"):
        store.spells("leaders")
    with pytest.raises(TealeavesError, match="no table 'vote'; nearest: votes"):
        store.table("vote")
    with pytest.raises(TealeavesError, match="this store has no reconciled trade"):
        store.trade()


def test_a_state_variable_is_none_of_pairs(store: Store) -> None:
    with pytest.raises(TealeavesError, match="no variable 'gdp'"):
        store.pair_year(["gdp"])


def test_the_environment_names_a_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEALEAVES_STORE", str(store.path.parent))
    assert Store.open().path == store.path


def test_columns_and_defaults(store: Store) -> None:
    rows = store.state_year(["gdp"]).filter(state="FRA").collect()
    assert rows.schema == {
        "state": pl.String, "year": pl.Int32, "variable": pl.String, "value": pl.Float64,
        "low": pl.Float64, "high": pl.Float64, "status": pl.String, "source": pl.String,
    }  # fmt: skip
    assert rows.rows() == [("FRA", 2000, "gdp", 1.5, None, None, "reported", "gdp")]


def test_the_first_source_is_taken_and_later_ones_fill(store: Store) -> None:
    rows = store.state_year(["gdp"]).filter(state="JPN").sort("year").collect()
    # 2001 is in both: 5.25 from the source that comes first, not 99; 2002 in the second only.
    assert rows.select("year", "value", "status", "source").rows() == [
        (2000, 5.0, "reported", "gdp"),
        (2001, 5.25, "reported", "gdp"),
        (2002, 7.5, "published figure", "second"),
    ]


def test_zeros_of_sources_that_list_events(store: Store) -> None:
    rows = store.pair_year(["dispute_onset"]).filter(a="FRA", b="JPN").sort("year").collect()
    # The source covers 2000-2003; both states exist throughout.
    assert rows.select("year", "value").rows() == [(2000, 2.0), (2001, 0), (2002, 0), (2003, 0)]
    assert store.pair_year(["dispute_onset"]).filter(a="JPN", b="FRA").collect().is_empty()
    one = store.pair_year(["dispute_onset"], states=["DEU", "JPN"], years=(2002, 2009))
    assert one.sort("year").collect().select("a", "b", "year", "value").rows() == [
        ("DEU", "JPN", 2002, 0.0),
        ("DEU", "JPN", 2003, 1.0),
    ]


def test_gaps_of_other_sources_stay(store: Store) -> None:
    rows = store.pair_year(["alliance_defense"]).collect()
    assert rows.select("a", "b", "year").rows() == [("JPN", "FRA", 2001)]
    assert store.directed("alliance_defense")
    assert not store.directed("dispute_onset")


def test_roll_calls_leave_out_emergency_sessions(store: Store) -> None:
    assert store.roll_calls().collect()["session"].unique().to_list() == [55]
    assert len(store.roll_calls(emergency=True).collect()) == 3


def test_spells_keep_an_open_end(store: Store) -> None:
    rows = store.spells("leader").sort("start").collect()
    assert rows["label"].to_list() == ["One", "Two"]
    assert rows["end"].null_count() == 1


def test_sources_can_be_cited(store: Store) -> None:
    assert store.sources["gdp"].citation == "@misc{gdp}"
    assert store.variables("state-year") == ("gdp",)
    assert store.hashes.keys() == store.manifest.tables.keys()
