"""Names as people write them, brought to one form."""

from __future__ import annotations

import operator
import unicodedata

from tealeaves.errors import TealeavesError

#: Longer than any name of a state; what is longer is no name but a mistake.
LONGEST = 120

#: Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "&": " and "}
)

#: Signs that only join the letters around them ("U.S.", "d'or").
_JOINERS = "'’‘`´ʼ."

#: Short forms that publishers use for whole words.
_WORDS = {
    "rep": "republic",
    "dem": "democratic",
    "fed": "federal",
    "st": "saint",
    "sts": "states",
    "is": "islands",
}


def check_text(text: object, where: str = "state") -> str:
    """Return text that can be a name, or raise an error.

    Parameters
    ----------
    text
        What was given as a name or code.
    where
        What the text was given for, named by the error.

    Returns
    -------
    str
        The text as it is.

    Raises
    ------
    TealeavesError
        If the text is no string, is empty or blank, has more than 120 characters, or holds NUL or
        another control character.

    Examples
    --------
    >>> check_text("Somewhere")
    'Somewhere'
    """
    expected = "a name or code"
    if not isinstance(text, str):
        raise TealeavesError(f"{type(text).__name__} is no name", where=where, expected=expected)
    if len(text) > LONGEST:
        raise TealeavesError(
            f"a name of {len(text)} characters, starting {text[:20]!r}",
            where=where,
            expected=f"{expected} of at most {LONGEST} characters",
        )
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise TealeavesError(f"{text!r} holds a control character", where=where, expected=expected)
    if not text.strip():
        raise TealeavesError("an empty name", where=where, expected=expected)
    return text


def whole(number: object) -> int | None:
    """Return a whole number of any kind as an int; None for everything else, True and False too.

    Examples
    --------
    >>> whole(7), whole(7.0), whole(True)
    (7, None, None)
    """
    if isinstance(number, bool):
        return None
    try:
        return operator.index(number)  # type: ignore[arg-type]  # that is the question
    except TypeError:
        return None


def shown(value: object) -> str:
    """Return a value as an error may show it: short, whatever it is.

    Examples
    --------
    >>> shown("A"), shown(10**5000)
    ("'A'", 'a number of more than 12 digits')
    """
    if isinstance(value, int) and abs(value) >= 10**12:
        return "a number of more than 12 digits"
    said = repr(value)
    return said if len(said) <= 40 else f"{said[:37]}..."


def normalise(text: str) -> str:
    """Return a name in lower case, without accents, punctuation and articles, in full words.

    Parameters
    ----------
    text
        A name, as anyone writes it.

    Returns
    -------
    str
        Words parted by single blanks; empty if the text has neither letter nor digit.

    Examples
    --------
    >>> normalise("Tomé & Príncipe, Dem. Rep. of")
    'tome and principe democratic republic of'
    >>> normalise("  The ISLES ")
    'isles'
    """
    # Taking letters apart may yield capitals, and small letters may come apart again.
    folded = unicodedata.normalize("NFKD", text)
    folded = unicodedata.normalize("NFKD", folded.casefold()).translate(_LETTERS)
    signs = (
        "" if sign in _JOINERS else sign if sign.isalnum() else " "
        for sign in folded.replace(". ", " ")
        if not unicodedata.combining(sign)
    )
    words = [_WORDS.get(word, word) for word in "".join(signs).split()]
    return " ".join(word for word in words if word != "the")
