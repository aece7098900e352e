"""Directives that write the reference from the program itself, so that it cannot fall behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main
from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.application import Sphinx

from tealeaves import cli
from tealeaves.measures.declarations import Declaration, declarations


class _Written(Directive):
    """A directive whose content is lines of reStructuredText that ``lines`` yields."""

    def lines(self) -> Iterator[str]:
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        section = nodes.section()
        section.document = self.state.document
        text = StringList(list(self.lines()), source="registry")
        self.state.nested_parse(text, 0, section, match_titles=True)
        return section.children


class Commands(_Written):
    """Every command with its usage, what it does and its options."""

    def lines(self) -> Iterator[str]:
        """Yield a section for each command."""
        yield from _group(typer.main.get_command(cli.app), "tealeaves")


def _group(group: Any, prefix: str) -> Iterator[str]:  # noqa: ANN401 - of typer's own making
    for name, command in group.commands.items():
        full = f"{prefix} {name}"
        if hasattr(command, "commands"):
            yield from _group(command, full)
            continue
        words = [full]
        options = []
        for one in command.params:
            if one.param_type_name == "argument":
                words.append(one.name.upper() if one.required else f"[{one.name.upper()}]")
            elif one.name != "help":
                options.append(one)
        yield from (full, "-" * len(full), "", command.help or "", "")
        yield from ("::", "", f"    {' '.join(words)}{' [OPTIONS]' if options else ''}", "")
        for option in options:
            value = "" if option.is_flag else f" {option.opts[0].strip('-').upper()}"
            default = option.default
            plain = (
                default not in (None, "", False) and not option.is_flag and not callable(default)
            )
            yield f"``{', '.join(option.opts)}{value}``"
            yield f"    {option.help or ''}{f' Default: {default}.' if plain else ''}"
            yield ""


class Measures(_Written):
    """Every declared measure, by subject and channel."""

    def lines(self) -> Iterator[str]:
        """Yield a section for each subject, and in it an entry for each measure."""
        known = declarations().values()
        for subject, title in (("pair", "Of pairs"), ("state", "Of states")):
            yield from (title, "-" * len(title), "")
            for declared in known:
                if declared.subject == subject:
                    yield from _measure(declared)


def _measure(declared: Declaration) -> Iterator[str]:
    bounds = [("at least", declared.low), ("at most", declared.high)]
    span = ", ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)
    facts = {
        "Unit": declared.unit + (f" ({span})" if span else ""),
        "Channel": f"{declared.channel}; {declared.direction}",
        "Formula": f"``{declared.formula}``",
        "Needs": ", ".join(f"``{name}``" for name in declared.variables),
        "Reference": declared.reference,
    }
    yield from (f"``{declared.name}``", f"    {declared.title}. {declared.says}", "")
    yield from (f"    :{name}: {text}" for name, text in facts.items())
    yield ""


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directives known."""
    app.add_directive("tealeaves-commands", Commands)
    app.add_directive("tealeaves-measures", Measures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
