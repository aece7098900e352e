"""Areas that statistics report apart though they are no states."""

from __future__ import annotations

from functools import cache

from tealeaves.states.names import check_text, normalise
from tealeaves.states.table import rows


@cache
def _codes() -> dict[str, str]:
    """Return the code of every area by its names and codes in normal form."""
    areas = rows("areas", ("code", "name"))
    named = [(name, code) for name, code in rows("area_names", ("name", "code"))]
    return {
        normalise(text): code
        for text, code in [
            *((code, code) for code, _ in areas),
            *((name, code) for code, name in areas),
            *named,
        ]
    }


def area_code(name_or_code: str) -> str | None:
    """Return the code of a statistical area that is not a state.

    Areas keep denominators whole: what a state trades with them belongs to its total.

    Parameters
    ----------
    name_or_code
        A name of the area, as publishers write it, or its code, in any case.

    Returns
    -------
    str or None
        ISO 3166 alpha-3 code, or one of three letters that publishers use; None for all else, also
        for states and for groups of states.

    Raises
    ------
    TealeavesError
        If the text is empty, too long or holds control characters.

    Examples
    --------
    >>> area_code("World") is None
    True
    """
    check_text(name_or_code, "area")
    return _codes().get(normalise(name_or_code))
