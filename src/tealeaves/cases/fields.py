"""Types of a case's fields: every scalar of the file is text, and is read here, strictly.

Pydantic's own readings are too willing (``yes`` as a number of days, ``inf`` as a number, seconds
as a date), so each type says exactly what it takes.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

MAX_TEXT = 4000  #: characters of one text

_INTEGER = re.compile(r"[+-]?[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})([eE][+-]?[0-9]{1,2})?")
_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def _integer(value: object) -> object:
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("not a whole number")


def _number(value: object) -> object:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise ValueError("not a number")


def _date(value: object) -> object:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, str) and _PARTIAL.fullmatch(value) and len(value) == 10:
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("not a date; expected YYYY-MM-DD, a day that exists")


def _partial(value: object) -> object:
    text = value.isoformat() if isinstance(value, dt.date) else value
    if isinstance(text, str) and _PARTIAL.fullmatch(text):
        try:
            dt.date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) < 10 else text)
        except ValueError:
            pass
        else:
            return text
    raise ValueError("not a date; expected YYYY, YYYY-MM or YYYY-MM-DD")


def _sign(value: object) -> object:
    return "positive" if value == "+" else "negative" if value == "-" else value


def _strength(value: object) -> object:
    if isinstance(value, str) and value in STRENGTHS:
        return value
    try:
        number = _number(value)
    except ValueError:
        number = None
    if isinstance(number, float) and 0 < number <= 5:
        return number
    words = ", ".join(STRENGTHS)
    raise ValueError(
        f"not a strength; expected {words}, or the five-year response in s.d., above 0 and up to 5"
    )


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("empty; expected some text, or leave it out")
    return value


#: Words of strength as the response after five years, in s.d., to a lasting change of one s.d.
STRENGTHS = {"weak": 0.25, "moderate": 0.5, "strong": 1.0}

Integer = Annotated[int, BeforeValidator(_integer)]
Real = Annotated[float, BeforeValidator(_number)]
Year = Annotated[int, BeforeValidator(_integer), Field(ge=1800, le=2150)]
Date = Annotated[dt.date, BeforeValidator(_date)]
PartialDate = Annotated[
    str, BeforeValidator(_partial), Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")
]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT), AfterValidator(_not_blank)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
ActorId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=40)]
QuantityName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*\.[a-z][a-z0-9_]*$", max_length=100)]
LinkText = Annotated[str, Field(pattern=r"^\s*\S+\s*->\s*\S+\s*$", max_length=250)]
LinkId = Annotated[str, Field(min_length=1, max_length=250), AfterValidator(_not_blank)]
Sign = Annotated[
    Literal["positive", "negative"],
    BeforeValidator(_sign, json_schema_input_type=Literal["positive", "negative", "+", "-"]),
]
Strength = Annotated[
    Literal["weak", "moderate", "strong"] | float,
    BeforeValidator(
        _strength, json_schema_input_type=Literal["weak", "moderate", "strong"] | float
    ),
]
Origin = Literal["source", "added"]
