"""The set-up: what it decides, without a network and without touching the real environment."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["core", "dev", "docs"]


@pytest.fixture
def boot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module, moved to a project of its own that has locks but no environment."""
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", ROOT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for name in LOCKS:
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    return module


@pytest.fixture
def installs(boot: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for venv and pip, and record what they were asked for."""
    asked: list[str] = []

    def make(venv: Path, _python: str) -> None:
        asked.append("anew")
        program = boot.program("python", venv)
        program.parent.mkdir(parents=True)
        program.touch()
        (venv / "pyvenv.cfg").touch()

    def pip(venv: Path, *arguments: str) -> None:
        assert not (venv / "stamp.json").exists(), "no stamp while work goes on"
        asked.append("project" if "--editable" in arguments else Path(arguments[-1]).stem)

    monkeypatch.setattr(boot, "find_python", lambda: "python")
    monkeypatch.setattr(boot, "make_environment", make)
    monkeypatch.setattr(boot, "pip", pip)
    return asked


def test_the_second_call_does_nothing(boot: ModuleType, installs: list[str]) -> None:
    boot.prepare("core")
    assert installs == ["anew", "core", "project"]
    installs.clear()
    boot.prepare("core")
    assert installs == []


def test_a_further_layer_is_added(boot: ModuleType, installs: list[str]) -> None:
    boot.prepare("core")
    installs.clear()
    boot.prepare("dev")
    assert installs == ["dev"]
    installs.clear()
    for layer in ("dev", "core"):
        boot.prepare(layer)
    assert installs == []


def test_a_changed_lock_starts_anew(boot: ModuleType, installs: list[str]) -> None:
    boot.prepare("dev")
    (boot.ROOT / "requirements" / "dev.txt").write_text("dev==2\n", "utf-8")
    installs.clear()
    boot.prepare("core")
    assert installs == ["anew", "core", "project"]


def test_a_changed_project_is_installed_again(boot: ModuleType, installs: list[str]) -> None:
    boot.prepare("dev")
    (boot.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    installs.clear()
    boot.prepare("core")
    assert installs == ["project"]
    installs.clear()
    boot.prepare("dev")
    assert installs == []


def test_line_ends_are_no_change(boot: ModuleType, installs: list[str]) -> None:
    boot.prepare("core")
    installs.clear()
    (boot.ROOT / "requirements" / "core.txt").write_bytes(b"core==1\r\n")
    boot.prepare("core")
    assert installs == []


def test_an_interrupted_call_is_repaired(
    boot: ModuleType, installs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(boot, "pip", stop)
        with pytest.raises(KeyboardInterrupt):
            boot.prepare("core")
    (boot.VENV / "left-over").touch()
    installs.clear()
    boot.prepare("core")
    assert installs == ["anew", "core", "project"]
    assert not (boot.VENV / "left-over").exists()


def spoil_stamp(boot: ModuleType) -> None:
    (boot.VENV / "stamp.json").write_text("{", "utf-8")


def list_as_stamp(boot: ModuleType) -> None:
    (boot.VENV / "stamp.json").write_text("[]", "utf-8")


def lose_python(boot: ModuleType) -> None:
    boot.program("python", boot.VENV).unlink()


def move(boot: ModuleType) -> None:
    stamp = json.loads((boot.VENV / "stamp.json").read_text("utf-8"))
    (boot.VENV / "stamp.json").write_text(json.dumps({**stamp, "root": "/elsewhere"}), "utf-8")


@pytest.mark.parametrize("damage", [spoil_stamp, list_as_stamp, lose_python, move])
def test_a_damaged_environment_is_made_anew(
    boot: ModuleType, installs: list[str], damage: Callable[[ModuleType], None]
) -> None:
    boot.prepare("core")
    damage(boot)
    installs.clear()
    boot.prepare("core")
    assert installs == ["anew", "core", "project"]


def test_nothing_is_removed_when_no_python_fits(
    boot: ModuleType, installs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    boot.prepare("core")
    spoil_stamp(boot)
    monkeypatch.undo()
    monkeypatch.setattr(boot, "ROOT", boot.VENV.parent)
    monkeypatch.setattr(boot, "candidates", lambda: [["no-such-python-anywhere"]])
    kept = boot.program("python", boot.VENV)
    with pytest.raises(boot.SetupError, match=r"needs Python 3\.11 or newer"):
        boot.find_python()
    assert kept.parent.name in ("bin", "Scripts")
    assert installs


def test_a_file_in_the_way_is_one_clear_error(
    boot: ModuleType,
    installs: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    boot.VENV.touch()
    assert boot.main(["run"]) == 2
    assert "is not a folder; move it away" in capsys.readouterr().err
    assert installs == []


def test_a_missing_lock_is_one_clear_error(
    boot: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (boot.ROOT / "requirements" / "core.txt").unlink()
    assert boot.main(["brief"]) == 2
    assert "cannot read core.txt" in capsys.readouterr().err


def test_words_that_go_nowhere_are_refused(
    boot: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert boot.main(["lint", "--fix"]) == 2
    assert "lint takes no further words" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        boot.main(["breif"])
    assert stop.value.code == 2


def test_the_command_gets_its_words_and_gives_its_exit_code(
    boot: ModuleType, installs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        called.append(command)
        return 2

    monkeypatch.setattr(boot.subprocess, "call", call)
    assert boot.main(["run", "measure", "--list"]) == 2
    assert called == [[str(boot.program("tealeaves", boot.VENV)), "measure", "--list"]]
    assert installs == ["anew", "core", "project"]


# --- interpreters -------------------------------------------------------------------------------


def script(path: Path, text: str) -> list[str]:
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return [str(path)]


def answer(version: list[int], level: str = "final", name: str = "CPython") -> str:
    return f"echo '{json.dumps([version, level, '/some/python', name, True])}'"


def test_this_interpreter_will_do(boot: ModuleType) -> None:
    path, spelt = boot.probe([sys.executable])
    assert path is not None
    assert spelt == ".".join(str(part) for part in sys.version_info[:3])


@pytest.mark.skipif(os.name == "nt", reason="stands in for interpreters with shell scripts")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("exit 127", "stops with exit code 127"),
        ("echo 'No module named ensurepip' >&2; exit 1", "apt install python3-venv"),
        ("echo hello", "does not answer as Python does"),
        (answer([3, 10, 13]), r"is 3\.10\.13"),
        (answer([3, 99, 0], "alpha"), r"is CPython 3\.99\.0 alpha"),
        (answer([3, 11, 0], name="PyPy"), r"is PyPy 3\.11\.0"),
    ],
)
def test_an_unfit_interpreter_is_passed_over(
    boot: ModuleType, tmp_path: Path, text: str, reason: str
) -> None:
    path, said = boot.probe(script(tmp_path / "python", text))
    assert path is None
    assert re.search(reason, said)


@pytest.mark.skipif(os.name == "nt", reason="stands in for interpreters with shell scripts")
def test_the_first_that_fits_is_taken(
    boot: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = script(tmp_path / "old", answer([3, 8, 0]))
    good = script(tmp_path / "good", answer([3, 12, 1]))
    monkeypatch.setattr(boot, "candidates", lambda: [["no-such-python"], old, good])
    assert boot.find_python() == "/some/python"
    monkeypatch.setattr(boot, "candidates", lambda: [["no-such-python"], old])
    with pytest.raises(boot.SetupError, match=r"old is 3\.8\.0"):
        boot.find_python()


# --- the locks ----------------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """Return each requirement of a lock with the lines that belong to it."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    return {re.split(r"[=\s;]", block)[0] + block.split("\\")[0]: block for block in blocks}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_and_hashes_everything_and_names_no_place(name: str) -> None:
    for block in locked(name).values():
        assert re.match(r"[a-z0-9.-]+==\S+", block)
        assert "--hash=sha256:" in block
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"://|--index|--find-links| @ |file:|(?<![=:\w])/", text)


@pytest.mark.parametrize("name", ["dev", "docs"])
def test_further_locks_hold_the_core_unchanged(name: str) -> None:
    core, other = locked("core"), locked(name)
    assert {key: other.get(key) for key in core} == core


def test_further_locks_agree_so_that_one_can_be_installed_on_the_other() -> None:
    dev, docs = locked("dev"), locked("docs")
    names = [{re.split("==", block)[0] for block in lock.values()} for lock in (dev, docs)]
    for name in names[0] & names[1]:
        of_each = [
            {block for block in lock.values() if block.startswith(f"{name}==")}
            for lock in (dev, docs)
        ]
        assert of_each[0] == of_each[1]


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "core": [*project["dependencies"], "hatchling", "editables"],
        "dev": [*extras["dev"], *extras["pandas"]],
        "docs": extras["docs"],
    }
    for name, requirements in wanted.items():
        have = {re.split("==", block)[0] for block in locked(name).values()}
        names = {re.split(r"[<>=~!\[; ]", one)[0].lower() for one in requirements}
        assert names <= have


def test_the_file_is_readable_to_old_interpreters() -> None:
    import ast

    text = (ROOT / "bootstrap.py").read_text("utf-8")
    ast.parse(text, feature_version=(3, 7))
    assert "from __future__" not in text


def test_help_needs_no_environment() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bootstrap.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "brief" in done.stdout
