"""Random numbers: known answers, an independent Philox, distributions, refusals."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tealeaves.errors import TealeavesError
from tealeaves.model import draws, philox

WORD = st.integers(0, 2**32 - 1)


def scalar_philox(counter: tuple[int, ...], key: tuple[int, int]) -> tuple[int, ...]:
    """Philox4x32-10 from the paper's description, on Python integers, by bytes of the product."""
    x, k = list(counter), list(key)
    for n in range(10):
        if n:
            k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
        high0, low0 = divmod(0xD2511F53 * x[0], 2**32)
        high1, low1 = divmod(0xCD9E8D57 * x[2], 2**32)
        x = [high1 ^ x[1] ^ k[0], low1, high0 ^ x[3] ^ k[1], low0]
    return tuple(x)


def vector_philox(counter: tuple[int, ...], key: tuple[int, int]) -> tuple[int, ...]:
    a, b, c, d = (np.array([w], np.uint64) for w in counter)
    return tuple(int(word[0]) for word in philox.philox((a, b, c, d), key))


# the three known answers that the paper's authors publish for philox4x32, 10 rounds
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (
        (0xFFFFFFFF,) * 4,
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (  # digits of pi
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_known_answers(
    counter: tuple[int, ...], key: tuple[int, int], answer: tuple[int, ...]
) -> None:
    assert vector_philox(counter, key) == answer
    assert scalar_philox(counter, key) == answer


@given(st.tuples(WORD, WORD, WORD, WORD), st.tuples(WORD, WORD))
def test_agrees_with_a_scalar_philox(counter: tuple[int, ...], key: tuple[int, int]) -> None:
    assert vector_philox(counter, key) == scalar_philox(counter, key)


def test_counter_is_run_step_and_name_and_key_is_seed() -> None:
    seed, run, name = 2**40 + 5, 2**33 + 7, "AAA.burden"
    got = philox.words(seed, np.array([run], np.uint64), 3, philox.streams([name]))
    # 2^33 + 7 has low word 7 and high word 2; 2^40 + 5 has low word 5 and high word 2^8
    expected = scalar_philox((7, 2, 3, philox.stream(name)), (5, 256))
    assert tuple(int(word[0, 0]) for word in got) == expected


@pytest.mark.parametrize("seed", [-1, 2**64, 1.0, True, "1", None])
def test_seeds_out_of_range_are_refused(seed: Any) -> None:
    with pytest.raises(TealeavesError, match="seed"):
        philox.check_seed(seed)


def test_seeds_at_the_ends_are_accepted() -> None:
    assert philox.check_seed(0) == 0
    assert philox.check_seed(2**64 - 1) == 2**64 - 1


def test_names_with_one_hash_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(philox, "stream", len)
    with pytest.raises(TealeavesError, match=r"'AAA.x' and 'AAA.y' would share"):
        philox.streams(["AAA.x", "AAA.longer", "AAA.y"])


def test_uniforms_never_reach_their_ends() -> None:
    low, high = draws.uniforms(np.array([0, 2**32 - 1], np.uint64))
    assert low == 2.0**-33
    assert high == 1.0 - 2.0**-33


def test_normals_by_hand() -> None:
    # w = 2^30 - 1/2 would be u = 1/4; the nearest words lie 2^-33 beside it
    half, quarter = np.array([2**31], np.uint64), np.array([2**30], np.uint64)
    cosine, sine = draws.normals(half, quarter)
    # u = 1/2: radius sqrt(2 ln 2) = 1.17741; v = 1/4 turn: (cos, sin) = (0, 1)
    assert abs(cosine[0]) < 1e-8
    assert sine[0] == pytest.approx(math.sqrt(2 * math.log(2)), rel=1e-9)


def test_step_normals_are_standard_and_independent() -> None:
    streams = philox.streams(["AAA.x", "AAA.y"])
    z = np.array(list(draws.step_normals(7, np.arange(20_000, dtype=np.uint64), 5, streams)))
    assert z.shape == (5, 2, 20_000)
    flat = z.reshape(10, -1)
    # standard errors at 20,000: mean .0071, variance .01, correlation .0071; five of each
    assert np.abs(flat.mean(axis=1)).max() < 0.036
    assert np.abs(flat.var(axis=1) - 1).max() < 0.05
    assert np.abs(np.corrcoef(flat) - np.eye(10)).max() < 0.036
    # P(|z| > 1.96) = .05, standard error at 200,000: .0005
    assert np.mean(np.abs(flat) > 1.959964) == pytest.approx(0.05, abs=0.0025)


def test_a_longer_horizon_begins_with_the_shorter_one() -> None:
    runs, streams = np.arange(3, dtype=np.uint64), philox.streams(["AAA.x"])
    long = list(draws.step_normals(1, runs, 11, streams))
    for steps in range(1, 11):
        short = list(draws.step_normals(1, runs, steps, streams))
        assert len(short) == steps
        np.testing.assert_array_equal(short, long[:steps])
