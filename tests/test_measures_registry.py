from __future__ import annotations

import importlib
import importlib.util
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from measures_world import world
from tealeaves import measures
from tealeaves.errors import TealeavesError
from tealeaves.evidence.store import Store
from tealeaves.measures import declarations as declared_in
from tealeaves.measures.declarations import Declaration, declarations, parse
from tealeaves.measures.frames import together
from tealeaves.measures.pair_ties import ABSENT

#: Measures whose sources the small store lacks.
ABROAD = ("net_cooperation", "arms_import_share", "arms_import_volume", "sanctions_received")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return world(tmp_path_factory.mktemp("world"))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("intensty", "JPN", "FRA"), "unknown measure 'intensty'; nearest: intensity"),
        (("gdp",), "gdp: got 0 states; expected one state"),
        (("gdp", "JPN", "FRA"), "gdp: got 2 states; expected one state"),
        (("intensity", "JPN"), "intensity: got 1 state; expected two states"),
        (("gdp", "Nowhereland"), "Nowhereland"),
        (("intensity", "JPN", "Japan"), "JPN"),
        (("gdp", "Korea"), "Korea"),
    ],
)
def test_bad_names_are_one_clear_error(args: tuple[str, ...], message: str, store: Store) -> None:
    with pytest.raises(TealeavesError) as error:
        measures.compute(*args, store=store)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ((2001, 2000), "years: 2001 is after 2000"),
        ((1815, 2000), "years: 1815 is out of range; expected 1816 to 2100"),
        ((2000, 2101), "years: 2101 is out of range"),
    ],
)
def test_bad_years(years: tuple[int, int], message: str, store: Store) -> None:
    for call in (
        lambda: measures.compute("gdp", "JPN", years=years, store=store),
        lambda: measures.frame("gdp", store, years),
        lambda: measures.ties("JPN", "FRA", years=years, store=store),
        lambda: measures.panel_measures("states", ["gdp"], years=years, store=store),
    ):
        with pytest.raises(TealeavesError) as error:
            call()
        assert message in str(error.value)


def test_a_store_without_the_variable(store: Store) -> None:
    with pytest.raises(TealeavesError, match="this store has no variable 'unemployment'"):
        measures.compute("unemployment", "JPN", store=store)


def test_a_store_changed_by_one_byte(tmp_path: Path) -> None:
    store = world(tmp_path / "raw")
    file = store.path / store.manifest.tables["values"].file
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    with pytest.raises(TealeavesError, match="changed"):
        measures.compute("gdp", "JPN", store=Store.open(store.path.parent))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[x]\ntitle = 'X'", "measure x: 'subject' is missing"),
        ("[x]\n" + "".join(f"{k} = 'pair'\n" for k in declared_in._REQUIRED) + "hihg = 1.0",
         "unknown key 'hihg'; nearest: high"),
        ("[x]\n" + "".join(f"{k} = 'bloc'\n" for k in declared_in._REQUIRED), "subject 'bloc'"),
    ],
)  # fmt: skip
def test_bad_declarations(text: str, message: str) -> None:
    with pytest.raises(TealeavesError) as error:
        parse(text, "test.toml")
    assert message in str(error.value)


def test_every_declared_measure_is_computed_and_public() -> None:
    for name, declared in declarations().items():
        module = importlib.import_module(f"tealeaves.measures.{declared.module}")
        assert name in module.FRAMES, name
        assert getattr(measures, name).__doc__, name
        assert declared.says, name
        assert declared.subject == "pair" or not declared.directed
    modules = {declared.module for declared in declarations().values()}
    frames = [importlib.import_module(f"tealeaves.measures.{module}").FRAMES for module in modules]
    assert sum(map(len, frames)) == len(declarations())


def test_names_of_the_design_are_there() -> None:
    pairs = """market_dependence supply_dependence export_share import_share trade_share intensity
        asymmetry_size asymmetry_tie share_split salience symmetry interdependence agreement s_score
        scott_pi cohen_kappa ideal_point_distance alliance disputes joint_organisations
        net_cooperation arms_import_share sanctions_received"""
    states = """partner_concentration ideal_point gdp population working_age_share unemployment
        youth_unemployment net_migration remittances_received remittances_paid fuel_export_share
        net_energy_imports high_tech_export_share military_burden battle_deaths capability
        leader_age leader_tenure democracy"""
    declared = declarations()
    assert {declared[name].subject for name in pairs.split()} == {"pair"}
    assert {declared[name].subject for name in states.split()} == {"state"}


def test_a_series_says_what_is_needed_to_cite_and_doubt_it(store: Store) -> None:
    series = measures.compute("export_share", "Japan", "FRA", store=store)
    assert series.args == ("JPN", "FRA")
    assert [(f.year, f.value) for f in series] == [
        (2000, 0.2),
        (2001, 0.25),
        (2002, 0.5),
        (2003, 0.5),
    ]
    assert [f.status for f in series] == ["reported"] * 3 + ["published figure"]
    assert [f.after_break for f in series] == [False, False, False, True]
    assert [f.coverage for f in series] == [0.95, 0.625, 0.5, 0.5]
    assert [source.id for source in series.sources] == ["trade", "hand"]
    assert "X_ab / X_a" in series.notes[1]
    assert series.direction == "directed"


def test_years_are_inclusive_and_change_no_value(store: Store) -> None:
    for name in ("export_share", "share_split"):
        whole = measures.compute(name, "JPN", "FRA", store=store)
        part = measures.compute(name, "JPN", "FRA", store=store, years=(2001, 2002))
        assert [(f.year, f.value) for f in part] == [
            (f.year, f.value) for f in whole if 2001 <= f.year <= 2002
        ]
        assert part.years == (2001, 2002)


def test_a_year_that_lacks_an_input_is_absent(store: Store) -> None:
    assert measures.compute("market_dependence", "JPN", "FRA", store=store).years == (2000,)
    assert measures.compute("intensity", "JPN", "FRA", store=store).years == (2000,)
    assert measures.compute("trade_share", "DEU", "FRA", store=store).years == ()


def test_an_impossible_value_is_a_marked_gap(store: Store) -> None:
    series = measures.compute("fuel_export_share", "JPN", store=store)
    assert [f.value for f in series] == [0.5, None]
    assert series.years == (2000,)
    assert "outside the range" in series[1].note


def test_undirected_measures_do_not_mind_the_order(store: Store) -> None:
    for name, declared in declarations().items():
        if declared.direction == "undirected":
            one = measures.compute(name, "JPN", "FRA", store=store)
            two = measures.compute(name, "FRA", "JPN", store=store)
            assert two.args == ("FRA", "JPN")
            assert [f.value for f in one] == [f.value for f in two]


def test_one_pair_equals_all_at_once(store: Store) -> None:
    for name, declared in declarations().items():
        if not _has(name, store):
            continue
        args = ("FRA", "JPN") if declared.subject == "pair" else ("JPN",)
        columns = ("a", "b") if declared.subject == "pair" else ("state",)
        every = measures.frame(name, store).filter(
            pl.col(column) == value for column, value in zip(columns, args, strict=True)
        )
        one = measures.compute(name, *args, store=store).to_polars()
        assert every["value"].to_list() == one["value"].to_list(), name
        assert every["coverage"].to_list() == one["coverage"].to_list(), name
        assert every["source"].to_list() == one["source"].to_list(), name


def _has(name: str, store: Store) -> bool:
    needed = declarations()[name].variables
    held = {variable for table in store.manifest.tables.values() for variable in table.variables}
    return held | {"trade", "trade_totals", "world_trade", "roll_calls"} >= set(needed)


def test_ties_are_ordered_by_channel_and_go_both_ways(store: Store) -> None:
    found = measures.ties("JPN", "FRA", store=store)
    channels = [series.channel for series in found]
    assert channels == sorted(channels)
    assert [s.args for s in found if s.measure == "export_share"] == [
        ("JPN", "FRA"),
        ("FRA", "JPN"),
    ]
    assert [s.args for s in found if s.measure == "agreement"] == [("JPN", "FRA")]
    for series in found:
        if series.measure in ABROAD:
            continue
        again = measures.compute(series.measure, *series.args, store=store)
        assert series == again


def test_ties_say_what_the_store_does_not_have(store: Store) -> None:
    found = {(s.measure, s.args): s for s in measures.ties("JPN", "FRA", store=store)}
    for way in (("JPN", "FRA"), ("FRA", "JPN")):
        for name in ABROAD:
            absent = found[name, way]
            assert len(absent) == 0
            assert absent.notes[0].startswith(f"{ABSENT}: this store has no variable")
            with pytest.raises(TealeavesError, match="this store has no variable"):
                measures.compute(name, *way, store=store)
    assert not any(s.notes[0].startswith(ABSENT) for s in found.values() if s.measure not in ABROAD)


def test_ties_of_one_state_with_itself(store: Store) -> None:
    with pytest.raises(TealeavesError, match="JPN"):
        measures.ties("JPN", "Japan", store=store)


@pytest.mark.parametrize(
    ("kind", "names", "message"),
    [
        ("states", [], "panel: no measures"),
        ("states", ["export_share"], "'export_share' is a measure of pairs"),
        ("pairs", ["gdp"], "'gdp' is a measure of states"),
        ("states", ["gdp", "gdp"], "'gdp' is given twice"),
        ("states", ["gpd"], "unknown measure 'gpd'; nearest: gdp"),
        ("blocs", ["gdp"], "unknown kind 'blocs'"),
    ],
)
def test_bad_panels(kind: str, names: list[str], message: str, store: Store) -> None:
    with pytest.raises(TealeavesError) as error:
        measures.panel_measures(kind, names, years=(2000, 2001), store=store)  # type: ignore[arg-type]
    assert message in str(error.value)


def test_a_panel_has_a_row_for_every_pair_that_exists(store: Store) -> None:
    table = measures.panel_measures(
        "pairs", ["export_share", "disputes"], years=(2000, 2001), store=store
    )
    japan = table.filter(a="JPN", b="FRA").sort("year")
    assert japan["export_share"].to_list() == [0.2, 0.25]
    assert japan["disputes"].to_list() == [0.0, 2.0]
    # A dispute is undirected, so the turned pair has it too; exports of France end in 2000.
    france = table.filter(a="FRA", b="JPN").sort("year")
    assert france["disputes"].to_list() == [0.0, 2.0]
    assert france["export_share"].to_list() == [0.2, None]
    assert france["export_share_status"].to_list() == ["mirrored", None]
    assert not table.select("a", "b", "year").is_duplicated().any()


def test_a_panel_of_undirected_measures_has_each_pair_once(store: Store) -> None:
    table = measures.panel_measures("pairs", ["disputes"], years=(2000, 2000), store=store)
    assert bool((table["a"] < table["b"]).all())


def test_a_plug_in_adds_a_measure(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = Declaration(
        "gdp_twice", "Twice the GDP", "state", "USD", "economic", "tealeaves_demo.gdp", ("gdp",),
        "2 Y", "none",
    )  # fmt: skip
    module = SimpleNamespace(
        DECLARATIONS=[twice],
        FRAMES={
            "gdp_twice": lambda inputs: inputs.state_year("gdp").with_columns(
                pl.col("value") * 2, coverage=pl.lit(None, dtype=pl.Float64)
            )
        },
    )
    import sys

    monkeypatch.setitem(sys.modules, "tealeaves_demo", SimpleNamespace(gdp=module))
    monkeypatch.setitem(sys.modules, "tealeaves_demo.gdp", module)
    point = EntryPoint("demo", "tealeaves_demo.gdp", declared_in.GROUP)
    monkeypatch.setattr(declared_in, "entry_points", lambda group: [point])  # noqa: ARG005
    declarations.cache_clear()
    try:
        assert measures.compute("gdp_twice", "JPN", store=store)[0].value == 2e9
        module.DECLARATIONS = [declared_in.declaration("gdp")]
        declarations.cache_clear()
        with pytest.raises(TealeavesError, match="'gdp' is declared twice"):
            declarations()
    finally:
        declarations.cache_clear()


def test_a_value_of_several_inputs_takes_the_weakest_status_and_all_sources() -> None:
    assert together(["reported", "imputed", "mirrored"], ["a+b", "c", "b"]) == ("imputed", "a+b+c")


def test_no_public_name_is_hidden_by_a_module() -> None:
    """Importing a submodule sets an attribute of the package, which would hide a function."""
    for name in measures.__all__:
        assert importlib.util.find_spec(f"tealeaves.measures.{name}") is None, name
        assert callable(getattr(measures, name)), name
