"""Changing a case: delete an element, replace a field, write it to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tealeaves.cases import checks, meaning
from tealeaves.cases.schema import Case
from tealeaves.errors import TealeavesError, TealeavesErrors, nearest

_SECTIONS = ("links", "claims", "readings", "scenarios", "outcomes", "tensions")


def find(case: Case, section: str, element_id: str) -> Any:  # noqa: ANN401 - of any section
    """Return an element by its id.

    Raises
    ------
    TealeavesError
        If there is none, with the nearest ids.
    """
    elements = {element.id: element for element in getattr(case, section)}
    if element_id not in elements:
        raise TealeavesError(
            f"unknown {section[:-1]} '{element_id}'",
            expected=f"a {section[:-1]} of case {case.id}",
            nearest=nearest(element_id, elements),
        )
    return elements[element_id]


def without(case: Case, *ids: str) -> Case:
    """Return a case without some of its elements.

    Parameters
    ----------
    case
        The case, which stays as it is.
    *ids
        Ids of links, claims, readings, scenarios, outcomes or tensions, or names of quantities.
        With a quantity go the links that start, end or are modulated by it and the claims,
        outcomes and impositions about it; with a link what the scenarios say of it; with a reading
        its mention elsewhere.

    Raises
    ------
    TealeavesError
        For an id that the case has not, with the nearest.
    """
    known = {*case.quantities, *(e.id for s in _SECTIONS for e in getattr(case, s))}
    for name in ids:
        if name not in known:
            raise TealeavesError(
                f"unknown element '{name}'",
                expected=f"a quantity, link, claim or other element of case {case.id}",
                nearest=nearest(name, known),
            )
    gone = set(ids)
    quantities = {n: q for n, q in case.quantities.items() if n not in gone}
    links = [link for link in case.links if not gone & {link.cause, link.effect, link.when}]
    kept: dict[str, Any] = {
        "links": links,
        "claims": [c for c in case.claims if c.expr is None or not gone & {*meaning.used(c.expr)}],
        "outcomes": [o for o in case.outcomes if not gone & {*meaning.used(o.expr)}],
    }
    for section in _SECTIONS:
        elements = kept.get(section, getattr(case, section))
        kept[section] = [element for element in elements if element.id not in gone]
    here = {link.id for link in kept["links"]}
    kept["scenarios"] = [
        s.model_copy(
            update={
                "impose": tuple(i for i in s.impose if i.quantity not in gone),
                "without": tuple(link_id for link_id in s.without if link_id in here),
            }
        )
        for s in kept["scenarios"]
    ]
    for section in ("links", "claims"):
        kept[section] = [
            e.model_copy(update={"reading": None}) if e.reading in gone else e
            for e in kept[section]
        ]
    update = {section: tuple(elements) for section, elements in kept.items()}
    if case.author_reading in gone:
        update["author_reading"] = None  # type: ignore[assignment]
    return _checked(case.model_copy(update={"quantities": quantities, **update}))


def replace(case: Case, element_id: str, **changes: object) -> Case:
    """Return a case with some fields of one element changed.

    Parameters
    ----------
    case
        The case, which stays as it is.
    element_id
        Id of a link, claim, reading, scenario, outcome or tension, or name of a quantity.
    **changes
        New values by field, as ``strength="strong"``; None takes a field away.

    Raises
    ------
    TealeavesError
        For an unknown element, with the nearest; for a value that will not do.
    """
    from pydantic import ValidationError

    def changed(element: Any) -> Any:  # noqa: ANN401 - of any section
        data = {**element.model_dump(by_alias=True, exclude_unset=True), **changes}
        data = {key: value for key, value in data.items() if value is not None}
        try:
            return type(element).model_validate(data)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(step) for step in first["loc"])
            raise TealeavesError(
                f"{field}: {first['msg'].removeprefix('Value error, ')}", where=element_id
            ) from None

    if element_id in case.quantities:
        quantities = {**case.quantities, element_id: changed(case.quantities[element_id])}
        return _checked(case.model_copy(update={"quantities": quantities}))
    for section in _SECTIONS:
        elements = getattr(case, section)
        if any(element.id == element_id for element in elements):
            new = tuple(changed(e) if e.id == element_id else e for e in elements)
            return _checked(case.model_copy(update={section: new}))
    known = [*case.quantities, *(e.id for s in _SECTIONS for e in getattr(case, s))]
    raise TealeavesError(
        f"unknown element '{element_id}'",
        expected=f"a quantity, link, claim or other element of case {case.id}",
        nearest=nearest(element_id, known),
    )


def _checked(case: Case) -> Case:
    found = checks.problems(case)
    if found:
        raise TealeavesErrors(
            TealeavesError(
                problem.what,
                where=" ".join(str(step) for step in problem.path),
                expected=problem.expected,
                nearest=problem.nearest,
            )
            for problem in found
        )
    return case


class _Dumper(yaml.SafeDumper):
    """Writes no anchors, and lists inside mappings indented."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


def dumps(case: Case) -> str:
    """Return a case as YAML that loads to the same case.

    Comments and layout of the file it came from are not kept.
    """
    data = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    data["schema"] = 1
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def save(case: Case, path: str | Path) -> None:
    """Write a case to a file; see :func:`dumps`."""
    Path(path).write_text(dumps(case), encoding="utf-8")
