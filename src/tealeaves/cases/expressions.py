"""Small expressions over measures and quantities: parsed to data, printed back, never executed.

The grammar is Python's for numbers, ``+ - * /``, comparisons, ``and or not`` and calls; everything
else of Python is refused. What the names mean is the business of :mod:`tealeaves.cases.meaning`.
"""

from __future__ import annotations

import ast
import math
import re
import warnings

from tealeaves.cases.nodes import (
    Binary,
    Bool,
    Call,
    Compare,
    Expr,
    Measure,
    Number,
    Quantity,
    Unary,
    to_text,
    walk,
)
from tealeaves.errors import TealeavesError, nearest

__all__ = [
    "FIRST_YEAR",
    "FUNCTIONS",
    "LAST_YEAR",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "Binary",
    "Bool",
    "Call",
    "Compare",
    "Expr",
    "ExpressionError",
    "Measure",
    "Number",
    "Quantity",
    "Unary",
    "parse",
    "to_text",
    "walk",
]

MAX_LENGTH = 2000  #: characters of one expression
MAX_DEPTH = 40  #: nested operations
FIRST_YEAR, LAST_YEAR = 1800, 2150  #: what may be a year

#: Functions and how many years follow their first argument.
FUNCTIONS = {"trend": 2, "mean": 2, "change": 2, "min": 2, "max": 2, "latest": 0, "start": 0}

_ALLOWED = re.compile(r"[A-Za-z0-9_.,()+\-*/<>=! \t\r\n]")
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_ORDER = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Not: "not"}
_WORDS = {
    ast.Pow: "powers (**)",
    ast.FloorDiv: "whole division (//)",
    ast.IfExp: "if ... else",
    ast.Lambda: "lambda",
    ast.Await: "await",
    ast.Yield: "yield",
    ast.Starred: "a star before an argument",
    ast.Tuple: "a list of several values",
    ast.Is: "'is'",
    ast.In: "'in'",
    ast.NotIn: "'not in'",
    ast.IsNot: "'is not'",
    ast.GeneratorExp: "a loop",
}


class ExpressionError(TealeavesError):
    """Something wrong in an expression, with the offsets of the offending part.

    Its text ends with the expression and a caret below the offending part.
    """

    def __init__(
        self,
        what: str,
        text: str,
        col: int,
        end_col: int,
        *,
        expected: str | None = None,
        nearest: tuple[str, ...] | list[str] = (),
    ) -> None:
        self.text = text
        self.col = col
        self.end_col = max(end_col, col + 1)
        super().__init__(what, where=f"column {col + 1}", expected=expected, nearest=nearest)

    def __str__(self) -> str:
        start = max(0, self.col - 40)
        shown = re.sub(r"[^ -~]", "?", self.text[start : start + 100])
        width = max(1, min(self.end_col - start, len(shown)) - (self.col - start))
        caret = " " * (self.col - start) + "^" * width
        return f"{TealeavesError.__str__(self)}\n  {shown}\n  {caret}"


def parse(text: str) -> Expr:
    """Parse an expression.

    Parameters
    ----------
    text
        At most :data:`MAX_LENGTH` characters; line breaks count as spaces.

    Returns
    -------
    Expr
        Frozen dataclasses; each carries its offsets in ``text`` as ``col`` and ``end_col``.

    Raises
    ------
    ExpressionError
        Anything outside the grammar, with the column.

    Examples
    --------
    >>> parse("trend(intensity(AAA, BBB), 2013, 2020) > 0").left.func
    'trend'
    >>> to_text(parse("AAA.burden-start( AAA.burden )>1"))
    'AAA.burden - start(AAA.burden) > 1'
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"an expression of {len(text)} characters",
            text,
            MAX_LENGTH,
            MAX_LENGTH + 1,
            expected=f"at most {MAX_LENGTH}",
        )
    if not text.strip():
        raise ExpressionError("an empty expression", text, 0, 1)
    for i, character in enumerate(text):
        # refused before Python sees it: comments, strings, brackets, and letters it would normalise
        if not _ALLOWED.match(character):
            raise ExpressionError(
                f"character {character!r} has no place in an expression",
                text,
                i,
                i + 1,
                expected="names, numbers, + - * / < > = ! , . and parentheses",
            )
    flat = re.sub(r"\s", " ", text)
    indent = len(flat) - len(flat.lstrip())
    return _Builder(text, indent).build(_python_tree(text, flat.strip(), indent), 0)


def _python_tree(text: str, flat: str, indent: int) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # "1or 2" only warns
            return ast.parse(flat, mode="eval").body
    except SyntaxError as error:
        ended = not error.offset or error.lineno != 1  # Python points behind a text that breaks off
        col = (len(flat) if ended else min(error.offset or 1, len(flat))) - 1 + indent
        end = (error.end_offset or 0) - 1 + indent
        reason = "" if (error.msg or "").startswith("invalid syntax") else f": {error.msg}"
        raise ExpressionError(f"cannot read this expression{reason}", text, col, end) from None
    except (RecursionError, MemoryError, ValueError, Warning):
        raise ExpressionError(
            "this expression is nested too deeply or has an unreadable number", text, 0, len(text)
        ) from None


class _Builder:
    """Turns Python's tree into ours, refusing all that is not on the list."""

    def __init__(self, text: str, indent: int) -> None:
        self.text = text
        self.indent = indent

    def span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        """Return the node's offsets into the text; all characters are ASCII by now."""
        end = node.end_col_offset if node.end_col_offset is not None else node.col_offset + 1
        return node.col_offset + self.indent, end + self.indent

    def fail(
        self, node: ast.expr | ast.keyword, what: str, expected: str | None = None
    ) -> ExpressionError:
        """Make an error that points at a node."""
        return ExpressionError(what, self.text, *self.span(node), expected=expected)

    def build(self, node: ast.expr, depth: int) -> Expr:
        """Convert one node and what is below it."""
        if depth > MAX_DEPTH:
            raise self.fail(
                node, "this expression is nested too deeply", f"at most {MAX_DEPTH} levels"
            )
        col, end_col = self.span(node)
        match node:
            case ast.Constant():
                return Number(self.number(node), col=col, end_col=end_col)
            case ast.Attribute(value=ast.Name(id=actor), attr=name):
                return Quantity(f"{actor}.{name}", col=col, end_col=end_col)
            case ast.Call():
                return self.call(node, depth)
            case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
                x = self.build(operand, depth + 1)
                return Unary(_UNARY[type(op)], x, col=col, end_col=end_col)
            case ast.BinOp(left=left, op=binary, right=right) if type(binary) in _ARITHMETIC:
                l, r = self.build(left, depth + 1), self.build(right, depth + 1)  # noqa: E741
                return Binary(_ARITHMETIC[type(binary)], l, r, col=col, end_col=end_col)
            case ast.Compare(left=left, ops=ops, comparators=sides):
                for bad in (o for o in ops if type(o) not in _ORDER):
                    raise self.fail(node, f"{_WORDS.get(type(bad), 'this')} is not allowed here")
                rest = tuple(
                    (_ORDER[type(o)], self.build(side, depth + 1))
                    for o, side in zip(ops, sides, strict=True)
                )
                return Compare(self.build(left, depth + 1), rest, col=col, end_col=end_col)
            case ast.BoolOp(op=joint, values=values):
                items = tuple(self.build(value, depth + 1) for value in values)
                word = "and" if isinstance(joint, ast.And) else "or"
                return Bool(word, items, col=col, end_col=end_col)
            case ast.Name(id=name):
                raise self.fail(
                    node, f"'{name}' alone means nothing", "ACTOR.name, a measure or a function"
                )
        if isinstance(node, ast.BinOp):
            what = f"{_WORDS.get(type(node.op), 'this')} is not allowed here"
            at = re.compile(r"[*/]+").search(self.text, self.span(node.left)[1])
            raise ExpressionError(what, self.text, *(at.span() if at else self.span(node)))
        raise self.fail(node, f"{_WORDS.get(type(node), 'this')} is not allowed here")

    def number(self, node: ast.Constant) -> float:
        """Return a finite number."""
        value = node.value
        col, end = self.span(node)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fail(node, f"'{self.text[col:end]}' is not a number")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.fail(node, "this number is too large")
        return number

    def year(self, node: ast.expr) -> int:
        """Return a whole number that can be a year."""
        value = node.value if isinstance(node, ast.Constant) else None
        if type(value) is not int or not FIRST_YEAR <= value <= LAST_YEAR:
            raise self.fail(node, "not a year", f"{FIRST_YEAR}-{LAST_YEAR}")
        return value

    def call(self, node: ast.Call, depth: int) -> Expr:
        """Convert a call of a function or of a measure."""
        if not isinstance(node.func, ast.Name):
            raise self.fail(node.func, "only a measure or a function can be called")
        for keyword in node.keywords:
            raise self.fail(keyword, "arguments have no names here")
        name, args = node.func.id, node.args
        for arg in args:
            if isinstance(arg, ast.Starred):
                raise self.fail(arg, f"{_WORDS[ast.Starred]} is not allowed here")
        if name in FUNCTIONS:
            return self.function(node, name, depth)
        col, end_col = self.span(node)
        year = None
        if args and not isinstance(args[-1], ast.Name):
            year = self.year(args[-1])
            args = args[:-1]
        names: list[str] = []
        for arg in args:
            if not isinstance(arg, ast.Name):
                close = nearest(name, FUNCTIONS)
                if close:  # what a function takes, under a name that is nearly a function's
                    what, span = f"unknown function '{name}'", self.span(node.func)
                    raise ExpressionError(what, self.text, *span, nearest=close)
                raise self.fail(arg, "not a state", f"states, then perhaps a year, in {name}(...)")
            names.append(arg.id)
        cols = tuple(self.span(arg)[0] for arg in args)
        return Measure(name, tuple(names), year, cols, col=col, end_col=end_col)

    def function(self, node: ast.Call, name: str, depth: int) -> Call:
        """Convert one of the functions: an expression, then its years in order."""
        years = FUNCTIONS[name]
        if len(node.args) != years + 1:
            form = f"{name}(series, first year, last year)" if years else f"{name}(series)"
            form = "start(ACTOR.name)" if name == "start" else form
            raise self.fail(node, f"{name} with {len(node.args)} arguments", form)
        first = self.build(node.args[0], depth + 1)
        if name == "start" and not isinstance(first, Quantity):
            raise self.fail(node.args[0], "start takes a quantity", "start(ACTOR.name)")
        span = [self.year(arg) for arg in node.args[1:]]
        same_allowed = name not in {"trend", "change"}
        if span and (span[0] > span[1] or (span[0] == span[1] and not same_allowed)):
            raise self.fail(
                node.args[2],
                f"the years {span[0]} and {span[1]} do not run forward",
                "the first year before the last",
            )
        numbers = tuple(
            Number(float(year), col=self.span(arg)[0], end_col=self.span(arg)[1])
            for year, arg in zip(span, node.args[1:], strict=True)
        )
        col, end_col = self.span(node)
        return Call(name, (first, *numbers), col=col, end_col=end_col)
