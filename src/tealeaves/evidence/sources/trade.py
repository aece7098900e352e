"""The reconciled trade as a source of its own: its rows are made here, and may ship."""

from tealeaves.evidence.trade import SOURCE, tables

__all__ = ["SOURCE", "tables"]
