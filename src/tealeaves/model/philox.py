"""Philox4x32-10: random numbers as a function of seed, run, step and name, and of nothing else.

No generator is carried along: any run, on any machine, in any order, asks for its own numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tealeaves.errors import TealeavesError

Words: TypeAlias = NDArray[np.uint64]  #: 32-bit words, each in the low half of 64 bits

ROUNDS = 10
_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)  #: golden ratio and sqrt(3) - 1, as 32-bit fractions
_MASK = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def philox(
    counter: tuple[Words, Words, Words, Words], key: tuple[int, int]
) -> tuple[Words, Words, Words, Words]:
    """Encrypt counters with a key.

    One round maps ``(a, b, c, d)`` to ``(hi(M1 c) ^ b ^ k0, lo(M1 c), hi(M0 a) ^ d ^ k1,
    lo(M0 a))``; after each round the key words grow by the Weyl constants, modulo 2^32.

    Parameters
    ----------
    counter
        Four arrays of 32-bit words that broadcast against each other.
    key
        Two 32-bit words.

    Returns
    -------
    tuple of four arrays
        Random 32-bit words, of the common shape.

    References
    ----------
    Salmon, J. K., Moraes, M. A., Dror, R. O. & Shaw, D. E. (2011). Parallel random numbers: as
    easy as 1, 2, 3. SC '11. doi:10.1145/2063384.2063405

    Examples
    --------
    >>> zero = np.zeros(1, np.uint64)
    >>> [f"{int(word[0]):08x}" for word in philox((zero, zero, zero, zero), (0, 0))]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    a, b, c, d = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        left, right = a * _MULTIPLIERS[0], c * _MULTIPLIERS[1]
        a = (right >> _HALF) ^ b ^ np.uint64(k0)
        b = right & _MASK
        c = (left >> _HALF) ^ d ^ np.uint64(k1)
        d = left & _MASK
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    return a, b, c, d


def words(
    seed: int, runs: Words, step_block: int, streams: Words
) -> tuple[Words, Words, Words, Words]:
    """Return the four words of steps ``4 step_block`` to ``4 step_block + 3`` of named streams.

    Parameters
    ----------
    seed
        The key: 0 to 2^64 - 1.
    runs
        Numbers of the runs, shape (runs,), 64 bits.
    step_block
        Step divided by four.
    streams
        Hashes of names (:func:`stream`), shape (streams,).

    Returns
    -------
    tuple of four arrays
        Shape (streams, runs); the k-th array belongs to step ``4 step_block + k``.
    """
    zero = np.zeros((len(streams), len(runs)), np.uint64)
    counter = (
        zero + (runs & _MASK),
        zero + (runs >> _HALF),
        zero + np.uint64(step_block),
        zero + streams[:, None],
    )
    return philox(counter, (seed & 0xFFFFFFFF, seed >> 32))


def stream(name: str) -> int:
    """Return the 32-bit hash of a name (BLAKE2b of its UTF-8 bytes, little end first).

    Examples
    --------
    >>> stream("AAA.burden") == stream("AAA.burden") != stream("AAA.burdens")
    True
    """
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")


def streams(names: Iterable[str]) -> Words:
    """Return the hashes of several names, and refuse two names with the same hash.

    Raises
    ------
    TealeavesError
        Two names share a hash (or are the same): they would share their random numbers.
    """
    seen: dict[int, str] = {}
    for name in names:
        number = stream(name)
        if number in seen:
            raise TealeavesError(
                f"'{seen[number]}' and '{name}' would share their random numbers",
                where="case",
                expected="another name for one of them",
            )
        seen[number] = name
    return np.array(list(seen), np.uint64)


def check_seed(seed: int) -> int:
    """Return a seed that can be a key, or refuse it.

    Raises
    ------
    TealeavesError
        Not a whole number from 0 to 2^64 - 1.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**64:
        raise TealeavesError(
            f"{seed!r} cannot be a seed", where="seed", expected="a whole number, 0 to 2^64 - 1"
        )
    return seed
