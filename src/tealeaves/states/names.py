"""Names as people write them, brought to one form."""

from __future__ import annotations

import unicodedata

from tealeaves.errors import TealeavesError

#: Longer than any name of a state; what is longer is no name but a mistake.
LONGEST = 120

#: Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "&": " and "}
)

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
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    # An apostrophe or a dot inside a word only joins its letters ("U.S.", "d'or").
    signs = (
        sign if sign.isalnum() else "" if sign in "'’‘`´ʼ." and folded else " "
        for sign in folded.replace(". ", " ")
        if not unicodedata.combining(sign)
    )
    words = [_WORDS.get(word, word) for word in "".join(signs).split()]
    return " ".join(word for word in words if word != "the")
