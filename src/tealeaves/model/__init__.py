"""A case's links as equations: compile, run, scenarios."""

from tealeaves.model.check import PriorCheck, check_prior
from tealeaves.model.compile import Equations, History, Scale, compile_case
from tealeaves.model.result import WORDING, Fan, OutcomeShare, Result, Shift
from tealeaves.model.run import run
from tealeaves.model.summary import QUANTILES

__all__ = [
    "QUANTILES",
    "WORDING",
    "Equations",
    "Fan",
    "History",
    "OutcomeShare",
    "PriorCheck",
    "Result",
    "Scale",
    "Shift",
    "check_prior",
    "compile_case",
    "run",
]
