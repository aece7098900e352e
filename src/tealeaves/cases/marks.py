"""Places in a file: nodes that remember their line and column, and errors that show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tealeaves.errors import TealeavesError

SHOWN = 96  #: characters of a line shown in an error

_BREAKS = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place: line and column from 0, and the offset into the text."""

    line: int
    column: int
    index: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar, as text whatever it looks like."""

    value: str
    mark: Mark
    end: Mark
    style: str = ""  #: "", quote, "|" or ">"


@dataclass(slots=True)
class Items:
    """A list of nodes."""

    mark: Mark
    end: Mark
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Entries:
    """Keys with their nodes, in the order of the file."""

    mark: Mark
    end: Mark
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)


Node: TypeAlias = Scalar | Items | Entries


def plain(node: Node) -> object:
    """Return a node as dicts, lists and strings.

    Examples
    --------
    >>> zero = Mark(0, 0, 0)
    >>> plain(Items(zero, zero, [Scalar("NO", zero, zero)]))
    ['NO']
    """
    match node:
        case Scalar():
            return node.value
        case Items():
            return [plain(item) for item in node.items]
        case Entries():
            return {key: plain(value) for key, value in node.values.items()}


def short(text: str, limit: int = 60) -> str:
    """Return ``text`` quoted, on one line and not too long, for a message.

    Examples
    --------
    >>> short("AAA.x")
    "'AAA.x'"
    """
    return repr(text if len(text) <= limit else text[: limit - 3] + "...")


class CaseError(TealeavesError):
    """Something wrong in a case file: ``file:line:column``, and the line with carets below."""

    def __init__(
        self,
        what: str,
        *,
        where: str,
        line: int = 0,
        column: int = 0,
        excerpt: str = "",
        expected: str | None = None,
        nearest: Sequence[str] = (),
    ) -> None:
        self.line = line  #: from 1; 0 where the file as a whole is meant
        self.column = column
        self.excerpt = excerpt
        super().__init__(what, where=where, expected=expected, nearest=nearest)

    def __str__(self) -> str:
        text = TealeavesError.__str__(self)
        return f"{text}\n{self.excerpt}" if self.excerpt else text


class Text:
    """The text of a file, from which errors take their excerpts."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self._lines: list[str] | None = None

    def line(self, number: int) -> str:
        """Return a line by its number from 0."""
        if self._lines is None:
            self._lines = _BREAKS.split(self.text)
        return self._lines[number] if number < len(self._lines) else ""

    def error(
        self,
        what: str,
        mark: Mark,
        end: Mark | None = None,
        *,
        expected: str | None = None,
        nearest: Sequence[str] = (),
    ) -> CaseError:
        """Make an error that shows the line of ``mark`` and underlines up to ``end``."""
        line = self.line(mark.line)
        stop = end.column if end is not None and end.line == mark.line else len(line.rstrip())
        start = max(0, mark.column - SHOWN // 2) if len(line) > SHOWN else 0
        shown = line[start : start + SHOWN].replace("\t", " ")
        shown = re.sub(r"[^\x20-\x7e\xa0-\ud7ff]", "\N{REPLACEMENT CHARACTER}", shown)
        width = max(1, min(stop - start, len(shown)) - (mark.column - start))
        excerpt = f"    {shown}\n    {' ' * (mark.column - start)}{'^' * width}"
        return CaseError(
            what,
            where=f"{self.name}:{mark.line + 1}:{mark.column + 1}",
            line=mark.line + 1,
            column=mark.column + 1,
            excerpt=excerpt if line.strip() else "",
            expected=expected,
            nearest=nearest,
        )

    def within(self, scalar: Scalar, start: int, stop: int) -> tuple[Mark, Mark]:
        """Return the marks of a part of a scalar's value.

        Line breaks and indents of the file may differ from the value's, its other characters
        may not (escapes aside, after which the place is that of the scalar): so these are counted.
        """
        index = scalar.mark.index
        if scalar.style in {"'", '"'}:
            index += 1
        elif scalar.style in {"|", ">"}:
            rest = _BREAKS.search(self.text, index)
            index = rest.end() if rest else index
        first = self._skip(index, sum(not c.isspace() for c in scalar.value[:start]), scalar)
        if first is None:
            return scalar.mark, scalar.end
        inside = sum(not c.isspace() for c in scalar.value[start:stop])
        last = self._skip(first, max(inside - 1, 0), scalar)
        if last is None or self.text[first] != scalar.value[start : start + 1]:
            return scalar.mark, scalar.end
        return self._mark(first, scalar.mark), self._mark(last + 1, scalar.mark)

    def _skip(self, index: int, count: int, scalar: Scalar) -> int | None:
        """Return the offset of the character that follows ``count`` others, spaces left out."""
        while index < min(scalar.end.index, len(self.text)):
            if not self.text[index].isspace():
                if count == 0:
                    return index
                count -= 1
            index += 1
        return None

    def _mark(self, index: int, start: Mark) -> Mark:
        """Return the mark of an offset at or after ``start``."""
        breaks = list(_BREAKS.finditer(self.text, start.index, index))
        if not breaks:
            return Mark(start.line, start.column + index - start.index, index)
        return Mark(start.line + len(breaks), index - breaks[-1].end(), index)
