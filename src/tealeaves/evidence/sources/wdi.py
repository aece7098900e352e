"""World Development Indicators: the yearly state of a state, from the World Bank."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves import states
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "covariates/wdi_long_326_indicators.parquet"

SOURCE = Source(
    id="wdi",
    title="World Development Indicators",
    publisher="World Bank",
    address="https://databank.worldbank.org/source/world-development-indicators",
    version="updated 2026-07-01",
    licence="CC BY 4.0",
    citation="""@misc{worldbank_wdi,
  author = {{World Bank}},
  title = {World Development Indicators},
  year = {2026},
  howpublished = {\\url{https://databank.worldbank.org/source/world-development-indicators}},
  note = {updated 2026-07-01}
}""",
    covers=(
        "economy, people, energy and armed forces of states and some areas, 1960-2025; figures "
        "before a state's present borders are the World Bank's for the present territory; "
        "trade_openness is the sum of two indicators (exports and imports, % of GDP)"
    ),
    ships="rows",
    files=(_FILE,),
)

#: Variables of the store and the World Bank's codes.
INDICATORS = {
    "gdp": "ny.gdp.mktp.cd",  # current USD
    "gdp_growth": "ny.gdp.mktp.kd.zg",  # % a year
    "gdp_per_capita": "ny.gdp.pcap.cd",  # current USD
    "gdp_per_capita_ppp": "ny.gdp.pcap.pp.cd",  # current international dollars
    "inflation": "fp.cpi.totl.zg",  # consumer prices, % a year
    "exchange_rate": "pa.nus.fcrf",  # local currency per USD, period average
    "current_account": "bn.cab.xoka.cd",  # current USD
    "reserves": "fi.res.totl.cd",  # with gold, current USD
    "government_debt": "gc.dod.totl.gd.zs",  # central government, % of GDP
    "exports_share_gdp": "ne.exp.gnfs.zs",  # goods and services, % of GDP
    "imports_share_gdp": "ne.imp.gnfs.zs",  # goods and services, % of GDP
    "merchandise_exports": "tx.val.mrch.cd.wt",  # current USD
    "merchandise_imports": "tm.val.mrch.cd.wt",  # current USD
    "fdi_inflow": "bx.klt.dinv.cd.wd",  # net, current USD
    "resource_rents": "ny.gdp.totl.rt.zs",  # % of GDP
    "fuel_export_share": "tx.val.fuel.zs.un",  # % of merchandise exports
    "metal_export_share": "tx.val.mmtl.zs.un",  # ores and metals, % of merchandise exports
    "high_tech_export_share": "tx.val.tech.mf.zs",  # % of manufactured exports
    "net_energy_imports": "eg.imp.cons.zs",  # % of energy use; below 0 for a net exporter
    "research_spending": "gb.xpd.rsdv.gd.zs",  # % of GDP
    "researchers": "sp.pop.scie.rd.p6",  # per million people
    "patents_residents": "ip.pat.resd",  # applications
    "population": "sp.pop.totl",
    "population_growth": "sp.pop.grow",  # % a year
    "working_age_share": "sp.pop.1564.to.zs",  # ages 15-64, % of population
    "old_age_share": "sp.pop.65up.to.zs",  # ages 65 and above, % of population
    "fertility": "sp.dyn.tfrt.in",  # births per woman
    "life_expectancy": "sp.dyn.le00.in",  # at birth, years
    "labour_force": "sl.tlf.totl.in",
    "unemployment": "sl.uem.totl.zs",  # modelled by the ILO, % of labour force
    "youth_unemployment_male": "sl.uem.1524.ma.zs",  # ages 15-24, % of labour force
    "youth_unemployment_female": "sl.uem.1524.fe.zs",
    "net_migration": "sm.pop.netm",  # persons
    "refugees_from": "sm.pop.refg.or",  # persons, by origin
    "remittances_received": "bx.trf.pwkr.cd.dt",  # current USD
    "inequality": "si.pov.gini",  # Gini index, 0-100
    "military_burden": "ms.mil.xpnd.gd.zs",  # military spending, % of GDP
    "military_budget_share": "ms.mil.xpnd.zs",  # % of government spending
}

#: Figures are kept to this many digits: finer than any of them is known, and smaller on disk.
DIGITS = 7


def tables(folder: Path) -> list[Table]:
    """Read the long table of indicators and keep states and areas (not regions or groups).

    Raises
    ------
    TealeavesError
        The file is missing or malformed, or a state, indicator and year occur twice.
    """
    columns = {"iso3": pl.String, "year": pl.Int32, "indicator": pl.String, "value": pl.Float64}
    frame = read_table(folder, _FILE, columns, required=list(columns))
    check_unique(frame, ["iso3", "indicator", "year"], _FILE)
    names = pl.DataFrame({"indicator": INDICATORS.values(), "variable": INDICATORS.keys()})
    frame = frame.join(names, on="indicator")
    known = [code for code in frame["iso3"].unique() if _is_known(code)]
    frame = frame.filter(pl.col("iso3").is_in(known)).select(
        pl.col("iso3").alias("state"), "year", "variable", "value"
    )
    frame = pl.concat([frame, _openness(frame)]).with_columns(
        pl.col("value").round_sig_figs(DIGITS)
    )
    variables = tuple(sorted(frame["variable"].unique()))
    return [Table("wdi", "state-year", frame, variables)]


def _openness(frame: pl.DataFrame) -> pl.DataFrame:
    parts = [
        frame.filter(pl.col("variable") == name).drop("variable")
        for name in ("exports_share_gdp", "imports_share_gdp")
    ]
    return (
        parts[0]
        .join(parts[1], on=["state", "year"])
        .select(
            "state",
            "year",
            pl.lit("trade_openness").alias("variable"),
            pl.col("value") + pl.col("value_right"),
        )
    )


def _is_known(code: str) -> bool:
    return code in _STATES or states.area_code(code) == code


_STATES = frozenset(state.iso3 for state in states.all_states())
