"""What an expression is made of: frozen dataclasses, with a walk over them and their print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class _Span:
    """Offsets into the text, for errors; equality looks at the content only."""

    col: int = field(default=0, compare=False, kw_only=True)
    end_col: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(_Span):
    """A number; also a year within a call."""

    value: float


@dataclass(frozen=True, slots=True)
class Measure(_Span):
    """A measure of a state or a pair: with a year one value, without a series."""

    name: str
    args: tuple[str, ...]
    year: int | None = None
    arg_cols: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Quantity(_Span):
    """A quantity of the case, as ``ACTOR.name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Call(_Span):
    """A function of an expression; years among the arguments are :class:`Number`."""

    func: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Unary(_Span):
    """``-``, ``+`` or ``not`` before an expression."""

    op: str
    x: Expr


@dataclass(frozen=True, slots=True)
class Binary(_Span):
    """Arithmetic on two expressions."""

    op: str
    l: Expr  # noqa: E741 - left and right
    r: Expr


@dataclass(frozen=True, slots=True)
class Compare(_Span):
    """A comparison, possibly chained: ``left op right op right ...``."""

    left: Expr
    rest: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Bool(_Span):
    """Two or more expressions joined by ``and`` or by ``or``."""

    op: str
    items: tuple[Expr, ...]


Expr: TypeAlias = Number | Measure | Quantity | Call | Unary | Binary | Compare | Bool


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield an expression and everything in it, outermost first.

    Examples
    --------
    >>> [type(e).__name__ for e in walk(Binary("+", Number(1.0), Quantity("AAA.x")))]
    ['Binary', 'Number', 'Quantity']
    """
    yield expr
    match expr:
        case Call(args=parts) | Bool(items=parts):
            below: tuple[Expr, ...] = parts
        case Unary(x=x):
            below = (x,)
        case Binary(l=left, r=right):
            below = (left, right)
        case Compare(left=left, rest=rest):
            below = (left, *(side for _, side in rest))
        case _:
            below = ()
    for part in below:
        yield from walk(part)


_TIGHTNESS = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "*": 6, "/": 6, "sign": 7}


def to_text(expr: Expr) -> str:
    """Print an expression so that parsing the print gives the same expression.

    Examples
    --------
    >>> to_text(Binary("*", Binary("+", Number(1.0), Number(2.5)), Quantity("AAA.x")))
    '(1 + 2.5) * AAA.x'
    """
    return _print(expr, 0)


def _print(expr: Expr, outer: int) -> str:
    match expr:
        case Number(value=value):
            return str(int(value)) if value == int(value) and value < 1e15 else repr(value)
        case Quantity(name=name):
            return name
        case Measure(name=name, args=args, year=year):
            return f"{name}({', '.join((*args, *([str(year)] if year is not None else [])))})"
        case Call(func=func, args=parts):
            return f"{func}({', '.join(_print(part, 0) for part in parts)})"
        case Unary(op=op, x=x):
            tight = _TIGHTNESS["not" if op == "not" else "sign"]
            text = f"not {_print(x, tight)}" if op == "not" else f"{op}{_print(x, tight)}"
        case Binary(op=op, l=left, r=right):
            tight = _TIGHTNESS[op]
            text = f"{_print(left, tight)} {op} {_print(right, tight + 1)}"
        case Compare(left=left, rest=rest):
            tight = _TIGHTNESS["compare"]
            text = _print(left, tight + 1)
            text += "".join(f" {op} {_print(side, tight + 1)}" for op, side in rest)
        case Bool(op=op, items=items):
            tight = _TIGHTNESS[op]
            text = f" {op} ".join(_print(item, tight + 1) for item in items)
    return f"({text})" if tight < outer else text
