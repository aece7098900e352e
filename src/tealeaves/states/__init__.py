"""Who exists: states, their names, codes and years, blocs, and areas that are no states.

A state is named by its ISO 3166 alpha-3 code. Its years are those of its membership in the
Correlates of War state system. All facts are tables in ``states/tables``; no code knows a state.

A state keeps its code as long as its number or its legal person goes on, so a union that broke up
goes on in the successor that took over its treaties, and a state that took another in keeps its
own code. States that ended before ISO 3166 have codes of our own, with three letters too.
"""

from __future__ import annotations

from tealeaves.states.areas import area_code
from tealeaves.states.blocs import bloc, blocs, successors
from tealeaves.states.codes import cow_table, from_cow, from_gw, gw_table
from tealeaves.states.resolver import resolve, resolve_pair
from tealeaves.states.system import State, all_states, get

__all__ = [
    "State",
    "all_states",
    "area_code",
    "bloc",
    "blocs",
    "cow_table",
    "from_cow",
    "from_gw",
    "get",
    "gw_table",
    "resolve",
    "resolve_pair",
    "successors",
]
