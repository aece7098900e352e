"""The argument written down: its form, loading with exact errors, parsed expressions."""

from __future__ import annotations

from tealeaves.cases.edit import dumps, replace, save, without
from tealeaves.cases.library import default, library
from tealeaves.cases.loader import load, loads
from tealeaves.cases.schema import Case, json_schema

__all__ = [
    "Case",
    "default",
    "dumps",
    "json_schema",
    "library",
    "load",
    "loads",
    "replace",
    "save",
    "without",
]
