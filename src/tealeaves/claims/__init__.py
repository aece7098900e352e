"""Claims confronted with figures: expressions evaluated on measures, and verdicts."""

from tealeaves.claims.evaluate import Context, NotTestable, Yearly, evaluate
from tealeaves.claims.history import context, history
from tealeaves.claims.verdict import VERDICTS, Verdict, check, check_claim

__all__ = [
    "VERDICTS",
    "Context",
    "NotTestable",
    "Verdict",
    "Yearly",
    "check",
    "check_claim",
    "context",
    "evaluate",
    "history",
]
