"""A brief on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tealeaves.brief.content import (
    Badge,
    Block,
    Brief,
    Bullets,
    Charts,
    Num,
    Paragraph,
    Sentence,
    Strong,
    Table,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_STYLE = {"good": "green", "fair": "green", "mixed": "yellow", "bad": "red", "none": "dim"}


def text(sentence: Sentence) -> Text:
    """Return a sentence as styled text."""
    from rich.text import Text

    styled = Text()
    for part in sentence.parts:
        match part:
            case str():
                styled.append(part)
            case Num() | Strong():
                styled.append(part.text, style="bold")
            case Badge():
                styled.append(f"[{part.text}]", style=_STYLE[part.tone])
            case _:
                styled.append(part.text)
    return styled


def render(brief: Brief, console: Console) -> None:
    """Print the brief; what is folded in other formats is only named here."""
    console.print()
    console.print(brief.question, style="bold", highlight=False)
    console.print(brief.origin, style="dim", highlight=False)
    console.print()
    console.print(text(brief.answer))
    console.print()
    console.rule("Bottom line", align="left")
    for sentence in brief.bottom_line:
        _bullet(sentence, console)
    if brief.steps:
        console.print()
        console.rule("The source's own verdicts, tested", align="left")
        for sentence in brief.steps:
            _bullet(sentence, console)
    tally = ", ".join(f"{num.text} {word}" for word, num in brief.tally)
    console.print(f"\nThe source's claims and plain facts: {tally}.", highlight=False)
    for section in brief.sections:
        console.print()
        console.rule(section.title, align="left")
        for block in section.blocks:
            _block(block, console)


def _bullet(sentence: Sentence, console: Console) -> None:
    from rich.padding import Padding
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, 1))
    grid.add_row("•", text(sentence))
    console.print(Padding(grid, (0, 0, 0, 1)))


def _block(block: Block, console: Console) -> None:
    match block:
        case Paragraph():
            for sentence in block.sentences:
                console.print(text(sentence), style="dim" if block.style == "note" else "")
        case Bullets():
            for sentence in block.items:
                _bullet(sentence, console)
        case Table() if block.folded:
            console.print(
                f"{block.folded} ({len(block.rows)}): in the HTML and JSON forms.", style="dim"
            )
        case Table():
            _table(block, console)
        case Charts():
            titles = ", ".join(c.title for c in block.charts)
            console.print(f"Charts in the HTML form: {titles}.", style="dim")


def _table(block: Table, console: Console) -> None:
    from rich import box
    from rich.table import Table as Grid

    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for i, head in enumerate(block.heads):
        grid.add_column(
            head,
            justify="right" if i in block.numeric else "left",
            overflow="fold",
            no_wrap=i == 0 and len(block.heads) > 2 and not block.numeric,
        )
    for row in block.rows:
        grid.add_row(*(text(cell) for cell in row))
    console.print(grid)
