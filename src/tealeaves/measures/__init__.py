"""Measures: panel in, named series out. One module a family; a table declares them all.

`compute` gives any measure by its name, `frame` all states or pairs at once, `ties` all measures
of a pair, `panel_measures` measures side by side; and each measure is a function of its name.
Names are loaded when they are first used.
"""

from __future__ import annotations

import importlib

#: The module of this package in which each public name lives.
_HOMES = {
    "arms_import_share": "arms",
    "arms_import_volume": "arms",
    "asymmetry_size": "asymmetry",
    "asymmetry_tie": "asymmetry",
    "partner_concentration": "concentration",
    "Declaration": "declarations",
    "declaration": "declarations",
    "net_cooperation": "events",
    "ideal_point": "ideal_points",
    "ideal_point_distance": "ideal_points",
    "leader_age": "leaders",
    "leader_tenure": "leaders",
    "joint_organisations": "membership",
    "interdependence": "mutual_trade",
    "salience": "mutual_trade",
    "symmetry": "mutual_trade",
    "ties": "pair_ties",
    "panel_measures": "panel",
    "compute": "registry",
    "frame": "registry",
    "sanctions_received": "sanctions",
    "alliance": "security",
    "alliance_defense": "security",
    "disputes": "security",
    "others_loss": "share_change",
    "share_split": "share_change",
    "split_over": "share_change",
    "tie_growth": "share_change",
    "fuel_export_share": "states_economy",
    "gdp": "states_economy",
    "gdp_growth": "states_economy",
    "high_tech_export_share": "states_economy",
    "net_energy_imports": "states_economy",
    "remittances_paid": "states_economy",
    "remittances_received": "states_economy",
    "research_spending": "states_economy",
    "net_migration": "states_people",
    "population": "states_people",
    "unemployment": "states_people",
    "working_age_share": "states_people",
    "youth_unemployment": "states_people",
    "youth_unemployment_female": "states_people",
    "youth_unemployment_male": "states_people",
    "battle_deaths": "states_security",
    "capability": "states_security",
    "conflict_intensity": "states_security",
    "democracy": "states_security",
    "military_burden": "states_security",
    "intensity": "trade_intensity",
    "intensity_log_odds": "trade_intensity",
    "export_share": "trade_shares",
    "import_share": "trade_shares",
    "market_dependence": "trade_shares",
    "supply_dependence": "trade_shares",
    "trade_share": "trade_shares",
    "agreement": "votes",
    "cohen_kappa": "votes",
    "s_score": "votes",
    "scott_pi": "votes",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the names are those above


def __getattr__(name: str) -> object:
    """Load a public name where it lives (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names beside what is loaded."""
    return sorted({*globals(), *_HOMES})
