"""What the README promises: its example runs, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tealeaves import cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PROSE = [path.name for path in sorted(ROOT.glob("*.md"))]


def blocks(language: str) -> list[str]:
    """Return the README's code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def commands() -> dict[str, Any]:
    """Return every command of the command line, with its full name."""
    found: dict[str, Any] = {}

    def walk(group: Any, prefix: str) -> None:
        for name, command in group.commands.items():
            if hasattr(command, "commands"):
                walk(command, f"{prefix}{name} ")
            else:
                found[f"{prefix}{name}"] = command

    walk(typer.main.get_command(cli.app), "")
    return found


def table_rows() -> dict[str, str]:
    """Return each command named in the README's table, with its whole row."""
    rows = re.findall(r"^\| `tealeaves (.+)$", README, re.MULTILINE)
    return {re.match(r"[a-z]+(?: (?:list|build|verify|fetch))?", row)[0]: row for row in rows}  # type: ignore[index]


def test_the_example_runs_and_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks("python")
    assert len([line for line in example.splitlines() if line]) == 5
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own text
    first, *rest = capsys.readouterr().out.splitlines()
    # DOTS: China's share of Russia's exports in 2020, to the precision the README gives
    assert float(first) == pytest.approx(0.147, abs=0.0005)
    assert any(line.strip() for line in rest)


def test_the_table_names_each_command_and_no_other() -> None:
    assert set(table_rows()) == set(commands())


@pytest.mark.parametrize("name", sorted(table_rows()))
def test_options_named_in_the_table_exist(name: str) -> None:
    known = {option for one in commands()[name].params for option in one.opts}
    assert set(re.findall(r"--[a-z-]+", table_rows()[name])) <= known


def test_commands_elsewhere_in_the_prose_exist() -> None:
    for path in PROSE:
        text = (ROOT / path).read_text("utf-8")
        named = set(re.findall(r"(?:`tealeaves|bootstrap\.py run) ([a-z]+)", text))
        assert named <= {command.split()[0] for command in commands()}, path
        targets = set(re.findall(r"`make ([a-z]+)`", text))
        made = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert made is not None
        assert targets <= set(made[1].split()), path


@pytest.mark.parametrize("path", PROSE)
def test_links_within_the_project_lead_somewhere(path: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / path).read_text("utf-8")):
        if "://" not in target:
            assert (ROOT / target).exists(), f"{path} links to {target}"
