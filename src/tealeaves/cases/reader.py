"""YAML read as events: a small part of the language, with limits, and every scalar kept as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import yaml

from tealeaves.cases.marks import Entries, Items, Mark, Node, Scalar, Text, short
from tealeaves.errors import TealeavesError

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 100_000

#: Characters that would drive a terminal or turn the direction of text around.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# libyaml reads a megabyte in a blink where Python's own scanner takes many seconds
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORM = "plain YAML: mappings, lists and text"


def read_file(path: Path, name: str) -> str:
    """Return the text of a case file.

    Parameters
    ----------
    path
        A regular file of at most :data:`MAX_BYTES`, in UTF-8, with or without a mark in front.
    name
        What to call it in errors.

    Raises
    ------
    TealeavesError
        If there is no such file, or it is something else, too large, empty or not text.
    """
    try:
        if path.is_dir():
            raise TealeavesError("this is a directory", where=name, expected="a case file")
        if not path.exists():
            raise TealeavesError("there is no such file", where=name)
        if not path.is_file():
            raise TealeavesError("this is not a regular file", where=name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TealeavesError(f"cannot read this file: {reason}", where=name) from None
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """Return bytes as text, refusing what is no text.

    Raises
    ------
    TealeavesError
        Too long, empty, binary, or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise TealeavesError(
            "this file is too large", where=name, expected=f"at most {MAX_BYTES:,} bytes"
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TealeavesError("this file is in UTF-16", where=name, expected="UTF-8")
    if b"\0" in data:
        raise TealeavesError("this is a binary file", where=name, expected="a case in YAML")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TealeavesError(
            f"byte {data[error.start]:#04x} is not UTF-8", where=f"{name}:{line}", expected="UTF-8"
        ) from None
    if not text.strip():
        raise TealeavesError("this file is empty", where=name, expected="a case in YAML")
    return text


def read(source: Text) -> Entries:
    """Read a text into nodes that know their places.

    Parameters
    ----------
    source
        The text with its name.

    Returns
    -------
    Entries
        The one mapping of the document.

    Raises
    ------
    CaseError
        For what is no YAML; an anchor, alias or tag; a key twice; a second document; a document
        that is no mapping; more than :data:`MAX_DEPTH` levels or :data:`MAX_NODES` nodes.

    Examples
    --------
    >>> read(Text("a: NO", "demo")).values["a"].value
    'NO'
    """
    return _Reader(source).document()


class _Reader:
    def __init__(self, source: Text) -> None:
        self.source = source
        self.nodes = 0
        self.events = self._events()

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.source.text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark or error.context_mark
            mark = _mark(at) if at is not None else Mark(0, 0, 0)
            line = self.source.line(mark.line)
            what = f"cannot read this as YAML: {error.problem or error.context}"
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent or line[mark.column : mark.column + 1] == "\t":
                what = "a tab; YAML indents with spaces"
            if "nesting depth" in what:
                what = f"nested too deeply; expected at most {MAX_DEPTH} levels"
            if line[mark.column :].strip() == "-" and ":" in line[: mark.column]:
                what = "a dash alone begins a list; expected quotes round it, as '-'"
            raise self.source.error(what, mark, _next(mark)) from None
        except (yaml.YAMLError, ValueError) as error:
            reason = getattr(error, "reason", None) or "a character it does not allow"
            index = getattr(error, "position", None)
            raise self._unreadable(reason, index) from None

    def _unreadable(self, reason: str, index: int | None) -> TealeavesError:
        text = self.source.text
        bad = next((i for i, c in enumerate(text) if not _printable(c)), index or 0)
        before = text[:bad]
        line = before.count("\n")
        mark = Mark(line, bad - (before.rfind("\n") + 1), bad)
        return self.source.error(f"cannot read this as YAML: {reason}", mark, _next(mark))

    def refuse(self, what: str, event: yaml.Event, expected: str | None = _FORM) -> NoReturn:
        mark = _mark(event.start_mark)
        end = _mark(event.end_mark)
        raise self.source.error(what, mark, end, expected=expected)

    def document(self) -> Entries:
        event = next(self.events)  # the stream's start
        event = next(self.events)
        if not isinstance(event, yaml.DocumentStartEvent):
            raise TealeavesError("there is nothing in this file", where=self.source.name)
        root = self.node(next(self.events), 1)
        next(self.events)  # the document's end
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            self.refuse("a second document in one file", event, "one case a file")
        if not isinstance(root, Entries):
            raise self.source.error(
                "this is no case", root.mark, root.end, expected="keys such as 'schema: 1'"
            )
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.refuse("too many entries", event, f"at most {MAX_NODES:,}")
        if depth > MAX_DEPTH:
            self.refuse("nested too deeply", event, f"at most {MAX_DEPTH} levels")
        if isinstance(event, yaml.AliasEvent):
            self.refuse(f"alias {short(f'*{event.anchor}')} is not allowed", event)
        if (anchor := getattr(event, "anchor", None)) is not None:
            self.refuse(f"anchor {short(f'&{anchor}')} is not allowed", event)
        if (tag := getattr(event, "tag", None)) is not None:
            tag = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.refuse(f"tag {short(tag)} is not allowed", event)
        mark, end = _mark(event.start_mark), _mark(event.end_mark)
        if isinstance(event, yaml.ScalarEvent):
            if (found := _CONTROL.search(event.value)) is not None:
                self.refuse(f"control character U+{ord(found[0]):04X} is not allowed", event)
            return Scalar(event.value, mark, end, event.style or "")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(Items(mark, end), depth)
        return self.mapping(Entries(mark, end), depth)

    def close(self, start: Mark, event: yaml.Event) -> Mark:
        """Return the end of a list or mapping in brackets; of others no end is to be shown."""
        return (
            _mark(event.end_mark) if self.source.text.startswith(("[", "{"), start.index) else start
        )

    def sequence(self, into: Items, depth: int) -> Items:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            into.items.append(self.node(event, depth + 1))
        into.end = self.close(into.mark, event)
        return into

    def mapping(self, into: Entries, depth: int) -> Entries:
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                self.refuse("a key that is a list or a mapping", event, "a name before the colon")
            if key.value in into.keys:
                first = into.keys[key.value].mark.line + 1
                raise self.source.error(
                    f"key {short(key.value)} is here twice (first in line {first})",
                    key.mark,
                    key.end,
                )
            into.keys[key.value] = key
            into.values[key.value] = self.node(next(self.events), depth + 1)
        into.end = self.close(into.mark, event)
        return into


def _mark(mark: Any) -> Mark:  # noqa: ANN401 - of either scanner
    return Mark(mark.line, mark.column, mark.index)


def _next(mark: Mark) -> Mark:
    return Mark(mark.line, mark.column + 1, mark.index + 1)


def _printable(character: str) -> bool:
    code = ord(character)
    return (
        character in "\t\n\r\x85"
        or 0x20 <= code <= 0x7E
        or 0xA0 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or code >= 0x10000
    )
