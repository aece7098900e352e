"""Data flows one way: each part of the package imports only from parts before it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src"
PACKAGE = SRC / "tealeaves"

#: The line of the house; parts in one group may import one another.
ORDER = (
    ("errors", "figure", "files"),
    ("states",),
    ("evidence",),
    ("measures",),
    ("cases",),
    ("robustness",),
    ("claims",),
    ("diagnosis",),
    ("outlook",),
    ("model",),
    ("brief",),
    ("api",),
    ("web",),
    ("cli",),
)
RANK = {part: rank for rank, group in enumerate(ORDER) for part in group}

#: A case knows the registry's declarations, not its code and not the data.
ONLY = {"cases": ("cases", "errors", "figure", "states", "measures.declarations")}

#: Parts that import nothing heavy when they are imported themselves.
LIGHT = ("errors", "figure", "states", "cases", "measures.declarations", "cli")
HEAVY = {"numpy", "scipy", "polars", "altair", "numba", "pandas", "pyarrow", "vl_convert"}

FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(path: Path) -> str:
    """Return the dotted name of a file within the package; empty for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Yield line and absolute name of each module that a tree imports, wherever it does so."""
    here = ["tealeaves", *(module.split(".") if module else [])]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                kept = here[: len(here) - node.level + is_package]
                base = ".".join([*kept, base] if base else kept)
            # "from a import b" may import the module a.b: both are looked at.
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def within(name: str) -> str | None:
    """Return what of the package a dotted name refers to; None for other packages.

    >>> within("tealeaves.states.names"), within("numpy.linalg")
    ('states.names', None)
    """
    head, _, rest = name.partition(".")
    return rest if head == "tealeaves" else None


def flow_errors(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """Return what a module's source imports against the flow."""
    part = module.split(".", maxsplit=1)[0]
    wrong = []
    for line, name in imports(ast.parse(source), module, is_package=is_package):
        target = within(name)
        if target in (None, "__version__"):
            continue
        assert target is not None
        other = target.split(".")[0]
        if other not in RANK:  # the package itself, whose names may come from anywhere
            wrong.append(f"{module}:{line} imports {name}: name the module it lives in")
        elif RANK[other] > RANK[part]:
            wrong.append(f"{module}:{line} imports {name}, which comes later in the line")
        elif part in ONLY and not any(f"{target}.".startswith(f"{x}.") for x in ONLY[part]):
            wrong.append(f"{module}:{line} imports {name}; {part} may use only {ONLY[part]}")
    return wrong


# --- the rule itself, on made-up modules --------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("states.names", "from tealeaves.evidence import store"),
        ("states.names", "def f():\n    from ..model import run"),
        ("evidence.store", "import tealeaves.brief.page"),
        ("cases.loader", "from tealeaves.measures import compute"),
        ("cases.loader", "from tealeaves.evidence.store import Store"),
        ("model.run", "from tealeaves import measure"),
        ("errors", "from . import states"),
    ],
)
def test_imports_against_the_flow_are_found(module: str, source: str) -> None:
    assert flow_errors(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("states.names", "from tealeaves.errors import TealeavesError, nearest"),
        ("cases.loader", "from tealeaves.measures.declarations import declarations"),
        ("cases.loader", "from .schema import Case"),
        ("brief.page", "from tealeaves import __version__"),
        ("cli", "def f():\n    from tealeaves import api"),
        ("figure", "import polars as pl"),
    ],
)
def test_imports_along_the_flow_pass(module: str, source: str) -> None:
    assert flow_errors(source, module) == []


# --- the package --------------------------------------------------------------------------------


def test_every_part_has_its_place_in_the_line() -> None:
    parts = {module_of(path).split(".")[0] for path in FILES} - {""}
    assert parts <= set(RANK)


def test_data_flows_one_way() -> None:
    wrong = []
    for path in FILES:
        module = module_of(path)
        if module:
            is_package = path.name == "__init__.py"
            wrong += flow_errors(path.read_text("utf-8"), module, is_package=is_package)
    assert wrong == []


def test_the_package_itself_imports_none_of_its_parts() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    names = [name for _, name in imports(tree, "", is_package=True)]
    assert [name for name in names if within(name) is not None] == []


def top_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements that run at import; what stands under TYPE_CHECKING does not."""
    for node in tree.body:
        if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            yield node


def test_light_parts_import_nothing_heavy() -> None:
    wrong = []
    for path in FILES:
        module = module_of(path)
        if not any(f"{module}.".startswith(f"{light}.") for light in LIGHT):
            continue
        for statement in top_level(ast.parse(path.read_text("utf-8"))):
            if isinstance(statement, ast.Import | ast.ImportFrom):
                for line, name in imports(statement, module, is_package=False):
                    if name.split(".")[0] in HEAVY:
                        wrong.append(f"{module}:{line} imports {name}")
    assert wrong == []


# --- no code names a state ----------------------------------------------------------------------

#: Codes that are English words or common abbreviations: only a string that is nothing but the
#: code counts as naming the state.
WORDS = {"AND", "ARE", "CAN", "COM", "DOM", "EST", "GEO", "GIN", "MAR", "NOR", "PAN", "PER", "TON"}
WORDS |= {"SSD"}  # the sum of squared differences
#: Names that are also other things (a typeface, a given name): as with WORDS.
OTHER_THINGS = {"Chad", "Georgia", "Jordan", "Monaco", "Turkey"}


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string constant, docstrings and parts of f-strings included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def states_named(text: str, codes: set[str], names: set[str]) -> set[str]:
    """Return the codes and names of states that a string holds as whole words."""
    bare = text.strip()
    if bare in codes or bare in names:
        return {bare}
    words = set(re.findall(r"(?<![\w])[A-Z]{3}(?![\w])", text))
    found = (words & codes) - WORDS
    # A capital letter starts a name; one scan for all candidates, then whole-word checks.
    found |= {
        name
        for name in names - OTHER_THINGS
        if name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    }
    return found


def test_named_states_are_found() -> None:
    codes, names = {"CAN", "CHN"}, {"Chad", "China", "Niger"}
    assert states_named("China", codes, names) == {"China"}
    assert states_named("as for CHN in 2020", codes, names) == {"CHN"}
    assert states_named("Nigeria, chinaware, CHNX", codes, names) == set()
    assert states_named("NO, YOU CAN NOT", codes, names) == set()
    assert states_named("CAN", codes, names) == {"CAN"}


def test_no_code_names_a_state() -> None:
    from tealeaves import states

    known = states.all_states()
    codes = {state.iso3 for state in known}
    # "Congo (Kinshasa)": the plain part in front counts as well.
    names = {name for state in known for name in (state.name, re.split(r",| \(", state.name)[0])}
    assert len(codes) > 150, "the tables of states hold the members of the state system"
    wrong = []
    for path in FILES:
        for line, text in strings(ast.parse(path.read_text("utf-8"))):
            found = states_named(text, codes, names)
            if found:
                wrong.append(f"{path.relative_to(SRC)}:{line} names {', '.join(sorted(found))}")
    assert wrong == [], "facts about states are tables"
