"""Numbers as readers see them, and the few words that go with them."""

from __future__ import annotations

#: How each form shows a value: factor, decimals, sign, and what follows.
_FORMS: dict[str, tuple[float, int, bool, str]] = {
    "percent": (100, 1, False, " %"),
    "percent0": (100, 0, False, " %"),
    "points": (100, 1, True, " pp"),
    "ratio": (1, 2, False, ""),
    "signed": (1, 2, True, ""),
    "sd": (1, 2, True, " s.d."),
    "count": (1, 0, False, ""),
    "usd_bn": (1e-9, 1, False, " bn USD"),
    "times": (1, 1, False, " times"),
}

MINUS = "\u2212"


def shown(value: float | None, form: str) -> str:
    """Return a value as text, or an en dash where there is none.

    Parameters
    ----------
    value
        The number, in the unit of its figure.
    form
        ``percent`` (of a share), ``percent0``, ``points``, ``ratio``, ``signed``, ``sd``,
        ``count``, ``usd_bn``, ``times``, or ``number`` (three significant digits).

    Examples
    --------
    >>> shown(0.0443, "percent")
    '4.4 %'
    >>> shown(0.776, "ratio")
    '0.78'
    >>> shown(-0.25, "sd")
    '\u22120.25 s.d.'
    >>> shown(1234567.0, "number")
    '1,230,000'
    >>> shown(None, "ratio")
    '–'
    """
    if value is None:
        return "–"
    if form == "number":
        return _three_digits(value).replace("-", MINUS)
    factor, decimals, signed, after = _FORMS[form]
    scaled = round(value * factor, decimals) + 0.0  # no minus before a rounded zero
    text = f"{scaled:+,.{decimals}f}" if signed else f"{scaled:,.{decimals}f}"
    return text.replace("-", MINUS) + after


def _three_digits(value: float) -> str:
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        digits = len(str(int(abs(value))))
        return f"{round(value, 3 - digits):,.0f}"
    if abs(value) < 0.001:
        return f"{value:.6f}" if abs(value) >= 1e-5 else f"{value:.2e}"
    text = f"{value:#.3g}"
    return text.removesuffix(".")


def of(name: str) -> str:
    """Return the possessive.

    Examples
    --------
    >>> of("the Isles"), of("the North")
    ("the Isles'", "the North's")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def plural(n: int, one: str, many: str | None = None) -> str:
    """Return the noun in its number.

    Examples
    --------
    >>> plural(1, "claim"), plural(3, "claim"), plural(2, "study", "studies")
    ('claim', 'claims', 'studies')
    """
    return one if n == 1 else (many or f"{one}s")
