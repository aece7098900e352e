"""A case from a file: read, typed by the schema, its references checked, all errors at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tealeaves.cases import checks
from tealeaves.cases.library import FOLDER, library
from tealeaves.cases.marks import CaseError, Entries, Items, Node, Scalar, Text, plain
from tealeaves.cases.parts import build
from tealeaves.cases.problems import Known, Problem
from tealeaves.cases.reader import decode, read, read_file
from tealeaves.cases.schema import Case
from tealeaves.errors import TealeavesError, TealeavesErrors, nearest

if TYPE_CHECKING:
    from tealeaves.measures.declarations import Declaration

MAX_REPORTED = 50  #: errors shown of one file

_REFERRED = ("quantities", "links", "readings", "assertions", "actors")


def load(case: str | Path, *, measures: Mapping[str, Declaration] | None = None) -> Case:
    """Load a case.

    Parameters
    ----------
    case
        The name of a shipped case (see :func:`tealeaves.cases.library`), or a file.
    measures
        Declared measures, by default those of the registry.

    Raises
    ------
    TealeavesErrors
        All that is wrong in the file, each with ``file:line:column``, the line, what was expected
        and the nearest valid names.
    TealeavesError
        If there is no such case or file, or it cannot be read at all.

    Examples
    --------
    >>> load("no-such-case.yaml")
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: no-such-case.yaml: there is no such file
    """
    if isinstance(case, str) and case in library():
        path = FOLDER / f"{case}.yaml"
        return loads(read_file(path, path.name), path.name, measures=measures)
    path = Path(case)
    name = str(case)
    if isinstance(case, str) and path.name == case and not path.suffix and not _is_there(path):
        known = library()
        raise TealeavesError(
            f"unknown case '{case[:60]}'",
            expected="a shipped case or a file",
            nearest=nearest(case[:100], known) or known[:3],
        )
    return loads(read_file(path, name), name, measures=measures)


def loads(
    text: str | bytes, name: str = "case", *, measures: Mapping[str, Declaration] | None = None
) -> Case:
    """Load a case from text; see :func:`load`.

    Parameters
    ----------
    text
        YAML.
    name
        What errors call it.
    measures
        Declared measures, by default those of the registry.

    Examples
    --------
    >>> loads("schema: 2")
    Traceback (most recent call last):
    tealeaves.errors.TealeavesErrors: case:1:9: schema '2' is not known here; expected 1
        schema: 2
                ^
    """
    try:
        data = text.encode() if isinstance(text, str) else text
    except UnicodeEncodeError:
        raise TealeavesError("this text is not Unicode", where=name) from None
    source = Text(decode(data, name), name)
    root = read(source)
    parts = build(plain(root))
    found = list(parts.problems)
    if not parts.stop:
        known = {section: parts.names.get(section, ()) for section in _REFERRED}
        names = Known(**known, missing=parts.missing)
        found += [parts.restore(p) for p in checks.problems(parts.case, names, measures)]
    if found:
        raise TealeavesErrors(_report(source, root, found))
    return parts.case


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _report(source: Text, root: Entries, problems: list[Problem]) -> list[TealeavesError]:
    """Turn problems into errors in the order of the file, the first ones of too many."""
    errors = [_locate(source, root, problem) for problem in problems[: 20 * MAX_REPORTED]]
    errors.sort(key=lambda error: (error.line, error.column))
    shown: list[TealeavesError] = list(errors[:MAX_REPORTED])
    if len(problems) > MAX_REPORTED:
        more = len(problems) - MAX_REPORTED
        shown.append(TealeavesError(f"and {more} more problems", where=source.name))
    return shown


def _locate(source: Text, root: Entries, problem: Problem) -> CaseError:
    node: Node = root
    key: Scalar | None = None
    for step in problem.path:
        if isinstance(node, Entries) and step in node.values:
            key, node = node.keys[str(step)], node.values[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            key, node = None, node.items[step]
        else:  # a default, or a key that is missing
            break
    target = key if problem.key and key is not None else node
    mark, end = target.mark, target.end
    if isinstance(target, Scalar) and problem.span is not None:
        mark, end = source.within(target, *problem.span)
    if isinstance(target, Scalar) and not target.value and key is not None:
        mark, end = key.mark, key.end
    return source.error(
        problem.what,
        mark,
        end if end.index > mark.index else None,
        expected=problem.expected,
        nearest=problem.nearest,
    )
