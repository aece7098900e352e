"""Start-up stays light: nothing heavy is imported before it is used."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tealeaves

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {"numpy", "scipy", "polars", "altair", "numba", "pandas", "pyarrow"}


def loaded_by(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter holds after a statement."""
    code = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in json.loads(done.stdout)}


@pytest.mark.parametrize("module", ["tealeaves", "tealeaves.cli"])
def test_nothing_heavy_is_loaded_at_start_up(module: str) -> None:
    assert loaded_by(f"import {module}") & HEAVY == set()


def test_a_name_loads_only_where_it_lives() -> None:
    statement = "import tealeaves, sys\ntealeaves.TealeavesError\nassert 'tealeaves.api' not in "
    assert "tealeaves" in loaded_by(f"{statement}sys.modules")


@pytest.mark.parametrize("name", sorted(set(tealeaves.__all__)))
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(tealeaves, name) is not None
    assert name in dir(tealeaves)


def test_names_that_are_modules_do_not_depend_on_what_was_imported_first() -> None:
    import tealeaves.cases
    import tealeaves.measures

    assert tealeaves.measures is sys.modules["tealeaves.measures"]
    assert tealeaves.cases is sys.modules["tealeaves.cases"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'mesure'"):
        _ = tealeaves.mesure  # type: ignore[attr-defined]


def test_stubs_list_the_same_names() -> None:
    stub = (ROOT / "src" / "tealeaves" / "__init__.pyi").read_text("utf-8")
    for name in set(tealeaves.__all__) - {"__version__"}:
        assert f"import {name} as {name}" in stub
    assert "__version__: str" in stub


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert tealeaves.__version__ == project["version"]
