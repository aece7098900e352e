"""The one error of the project: where, what, and what was expected or nearest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class TealeavesError(Exception):
    """Bad input, said once and clearly; the command line maps it to exit code 2.

    Parameters
    ----------
    what
        What is wrong, in one sentence.
    where
        File, line and column, option or argument.
    expected
        What would have been right.
    nearest
        Valid names close to the offending one.

    Examples
    --------
    >>> print(TealeavesError("unknown measure 'intensty'", where="measure", nearest=["intensity"]))
    measure: unknown measure 'intensty'; nearest: intensity
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        expected: str | None = None,
        nearest: Sequence[str] = (),
    ) -> None:
        self.what = what
        self.where = where
        self.expected = expected
        self.nearest = tuple(nearest)
        super().__init__(str(self))

    def __str__(self) -> str:
        text = self.what if self.where is None else f"{self.where}: {self.what}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.nearest:
            text += f"; nearest: {', '.join(self.nearest)}"
        return text


class TealeavesErrors(TealeavesError):  # noqa: N818 - it holds several
    """Several errors of one input, all reported at once."""

    def __init__(self, errors: Iterable[TealeavesError]) -> None:
        self.errors = tuple(errors)
        first = self.errors[0]
        super().__init__(
            first.what, where=first.where, expected=first.expected, nearest=first.nearest
        )

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def nearest(name: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Return up to ``n`` known names closest to ``name``, ignoring case.

    Examples
    --------
    >>> nearest("intensty", ["intensity", "salience"])
    ['intensity']
    """
    by_fold = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), list(by_fold), n=n, cutoff=0.55)
    return [by_fold[candidate] for candidate in close]
