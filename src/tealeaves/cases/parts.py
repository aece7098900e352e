"""From the schema's findings to problems in plain words, keeping what could be read.

What is wrong in an element is left out (or the element, and its name remembered), so that the
references of all the rest can still be checked and everything is reported at once.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tealeaves.cases.marks import short
from tealeaves.cases.problems import Path, Problem
from tealeaves.cases.schema import Case
from tealeaves.errors import nearest

_FORMS = {
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$": "an id of letters, digits, - and _",
    r"^[A-Z][A-Z0-9_]*$": "an actor: ISO code or an id in capitals",
    r"^[A-Z][A-Z0-9_]*\.[a-z][a-z0-9_]*$": "ACTOR.name, the name in small letters",
    r"^\s*\S+\s*->\s*\S+\s*$": "AAA.cause -> AAA.effect",
}
_KEYED = frozenset({"actors", "quantities"})
_STAND_INS = {"sign": "positive", "strength": "weak", "title": "x", "says": "x", "name": "x"}
_MAX_NEAREST = 200  # problems for which near names are looked up


@dataclass
class Parts:
    """What of a case could be read, and what could not."""

    case: Case
    problems: list[Problem]
    names: dict[str, list[str]]  #: names of the elements that were left out, by section
    missing: list[str]  #: fields that are absent or wrong
    kept: dict[str, list[int]] = field(default_factory=dict)
    stop: bool = False

    def restore(self, problem: Problem) -> Problem:
        """Return a problem with the position its element has in the file."""
        match problem.path:
            case (str(section), int(index), *rest) if section in self.kept:
                return replace(problem, path=(section, self.kept[section][index], *rest))
        return problem


def build(data: object) -> Parts:
    """Type a case's data.

    Parameters
    ----------
    data
        Dicts, lists and texts, as :func:`tealeaves.cases.marks.plain` gives them.
    """
    assert isinstance(data, dict)  # noqa: S101 - the reader takes nothing else
    fields = {info.alias or name: name for name, info in Case.model_fields.items()}
    parts = Parts(Case.model_construct(), [], {}, [])
    schema = data.get("schema")
    if schema is not None and schema != "1":
        what = f"schema {short(str(schema))} is not known here"
        parts.problems.append(Problem(("schema",), what, "1"))
        parts.stop = True
        return parts
    for key in data:
        if key not in fields:
            parts.problems.append(_unknown((key,), len(parts.problems), data[key]))
    values: dict[str, Any] = {}
    absent: list[str] = []
    for key, name in fields.items():
        if key in data:
            found = _section(key, name, data[key], parts)
            if found is not None:
                values[name] = found[0]
                continue
        elif not Case.model_fields[name].is_required():
            continue
        else:
            absent.append(f"'{key}'")
        parts.missing.append(key)
        if name in _KEYED:
            values[name] = {}
    if absent:
        verb = "is" if len(absent) == 1 else "are"
        parts.problems.append(Problem((), f"{', '.join(absent)} {verb} missing"))
    parts.case = Case.model_construct(**values)
    return parts


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    info = Case.model_fields[name]
    form = _annotation(name)
    return TypeAdapter(Annotated[(form, *info.metadata)] if info.metadata else form)


def _annotation(name: str) -> Any:  # noqa: ANN401 - a type form
    return Case.model_fields[name].annotation


def _section(key: str, name: str, data: Any, parts: Parts) -> tuple[Any] | None:  # noqa: ANN401
    """Return one field of the case, without those of its elements that are wrong."""
    if name == "schema_":
        return (1,)
    try:
        return (_adapter(name).validate_python(data),)
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    for detail in wrong:
        parts.problems.append(_problem(key, detail, len(parts.problems)))
    bad: dict[Any, set[Any]] = {}
    for detail in wrong:
        if detail["loc"]:
            bad.setdefault(detail["loc"][0], set()).update(detail["loc"][1:2])
    if isinstance(data, list) and isinstance(Case.model_fields[name].default, tuple):
        data = dict(enumerate(data))
    elif not isinstance(data, dict) or name not in _KEYED:
        return None
    mended = {i: _mend(name, data[i], fields) for i, fields in bad.items()}
    parts.names[key] = [n for i, item in mended.items() if item is None for n in _ids(i, data[i])]
    kept = {i: mended.get(i, item) for i, item in data.items()}
    kept = {i: item for i, item in kept.items() if item is not None}
    parts.kept[key] = [i for i in kept if isinstance(i, int)]
    data = kept if name in _KEYED else list(kept.values())
    try:
        return (_adapter(name).validate_python(data),)
    except ValidationError:
        return None


def _mend(name: str, item: object, wrong: set[Any]) -> dict[str, Any] | None:
    """Return an element without its wrong fields, or None if it is nothing without them.

    So its other fields can still be checked; nothing of this reaches a case that is returned.
    """
    if not isinstance(item, dict) or "[key]" in wrong:
        return None
    model = next(arg for arg in reversed(get_args(_annotation(name))) if arg is not Ellipsis)
    mended = {key: value for key, value in item.items() if key not in wrong}
    mended = {k: v for k, v in _STAND_INS.items() if k in model.model_fields} | mended
    if "origin" in model.model_fields:
        mended["origin"] = "added"
    try:
        model.model_validate(mended)
    except ValidationError:
        return None
    return mended


def _ids(at: object, item: object) -> Iterator[str]:
    if isinstance(at, str):
        actor, dot, rest = at.partition(".")
        yield from (at, f"{actor.upper()}{dot}{rest.lower()}")  # as others may rightly call it
    elif isinstance(item, dict):
        for key in ("id", "link"):
            if isinstance(item.get(key), str):
                yield " ".join(item[key].replace("->", " -> ").split())
                return


def _problem(  # noqa: PLR0912 - one branch for each kind of finding
    key: str, detail: ErrorDetails, count: int
) -> Problem:
    """Put one finding of pydantic into our words."""
    path: Path = (key, *detail["loc"])
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    on_key = path[-1] == "[key]"
    if on_key:
        path = path[:-1]
    if kind == "extra_forbidden":
        return _unknown(path, count, value)
    if kind == "missing":
        if isinstance(path[-1], int):
            return Problem(path[:-1], "too few entries here", "two")
        return Problem(path[:-1], f"'{path[-1]}' is missing")
    said = isinstance(value, str | int | float)
    what = f"{short(str(value))} will not do here" if said else "this will not do here"
    if value == "":
        what = f"'{next((s for s in reversed(path) if isinstance(s, str)), key)}' has no value"
    near: list[str] = []
    match kind:
        case "value_error":
            wrong, _, expected = str(context["error"]).partition("; expected ")
            what = f"{short(value)} is {wrong}" if isinstance(value, str) else wrong
        case "literal_error":
            expected = str(context["expected"])
            words = [w for w in expected.split("'") if w.strip() and w.strip() not in {",", "or"}]
            near = nearest(str(value)[:100], words) if isinstance(value, str) else []
        case "string_pattern_mismatch":
            expected = _FORMS.get(str(context["pattern"]), "another form")
        case "greater_than_equal":
            expected = f"at least {context['ge']}"
        case "less_than_equal":
            expected = f"at most {context['le']}"
        case "string_too_short":
            expected = "some text, or leave it out"
        case "too_short":
            what, expected = "too few entries here", f"at least {context['min_length']}"
        case "too_long":
            what, expected = "too many entries here", str(context["max_length"])
        case "string_too_long":
            what, expected = "this text is too long", f"at most {context['max_length']} characters"
        case "string_type":
            expected = "text"
        case "tuple_type" | "list_type":
            expected = "a list, as [one, other] or with dashes"
        case "model_type" | "dict_type" | "model_attributes_type":
            expected = "keys with values"
        case _:
            expected = detail["msg"]
    return Problem(path, what, expected or None, tuple(near), key=on_key)


def _unknown(path: Path, count: int, value: object) -> Problem:
    keys = _keys(path[:-1])
    if value == "" and " " in str(path[-1]):  # {says: one thing, another}
        hint = "quotes round a text with a comma in it"
        return Problem(path, f"unknown key {short(str(path[-1]))}", hint, key=True)
    near = nearest(str(path[-1])[:100], keys) if count < _MAX_NEAREST else []
    return Problem(
        path,
        f"unknown key {short(str(path[-1]))}",
        None if near else f"one of {', '.join(keys)}",
        tuple(near),
        key=True,
    )


def _keys(path: Path) -> list[str]:
    """Return the keys that the schema knows at a path."""
    at: Any = Case
    for step in path:
        if isinstance(at, type) and issubclass(at, BaseModel):
            names = {info.alias or name: info for name, info in at.model_fields.items()}
            at = names[str(step)].annotation
        else:  # tuple[X, ...] or dict[K, X]
            at = next(arg for arg in reversed(get_args(at)) if arg is not Ellipsis)
        if get_origin(at) in {Union, types.UnionType}:
            at = next(arg for arg in get_args(at) if arg is not type(None))
    fields: Mapping[str, Any] = at.model_fields
    return [info.alias or name for name, info in fields.items()]
