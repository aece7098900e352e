"""Time what is worth timing, each against a yardstick in the same run: ``make bench``.

A figure is the median of five ratios of CPU seconds (all threads counted), measured in turn after a
warm-up, so that a busy machine slows both sides alike.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import ClassVar

import polars as pl

import tealeaves as tl
from tealeaves.evidence.store import Store

ROUNDS = 5


class Recording(Store):
    """A store that notes which tables are read."""

    read: ClassVar[set[str]] = set()

    def table(self, name: str) -> pl.LazyFrame:
        self.read.add(name)
        return super().table(name)


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(work: Callable[[], object], yardstick: Callable[[], object]) -> dict[str, float]:
    """Return the median ratio, its smallest and largest value, and the median CPU seconds."""
    work()
    yardstick()
    times = [(cpu_seconds(work), cpu_seconds(yardstick)) for _ in range(ROUNDS)]
    ratios = sorted(mine / theirs for mine, theirs in times)
    return {
        "ratio": statistics.median(ratios),
        "lowest": ratios[0],
        "highest": ratios[-1],
        "seconds": statistics.median(mine for mine, _ in times),
        "yardstick_seconds": statistics.median(theirs for _, theirs in times),
    }


def ties_of_a_pair() -> dict[str, float]:
    """Every measure of one pair, against a bare scan of the same tables for the same rows."""
    store = Recording.open()
    a, b = tl.case().case.pair

    def ties() -> None:
        tl.ties(a, b, store=store)

    def scan() -> None:
        for name in sorted(Recording.read):
            rows = pl.scan_parquet(store.path / store.manifest.tables[name].file)
            columns = [c for c in ("state", "a", "b") if c in rows.collect_schema()]
            about = [pl.col(c).is_in([a, b]) for c in columns]
            (rows.filter(about) if about else rows).collect()

    ties()  # so that the tables read are known to the yardstick
    return {**ratio(ties, scan), "tables": len(Recording.read)}


BENCHMARKS = {"ties of a pair / scan of the same tables": ties_of_a_pair}


def main() -> None:
    results = {name: work() for name, work in BENCHMARKS.items()}
    if "--json" in sys.argv[1:]:
        sys.stdout.write(json.dumps(results, indent=1) + "\n")
        return
    for name, r in results.items():
        sys.stdout.write(
            f"{name}: {r['ratio']:.2f} ({r['lowest']:.2f} to {r['highest']:.2f}; "
            f"{r['seconds']:.3f} s of CPU against {r['yardstick_seconds']:.3f} s, "
            f"{r['tables']:.0f} tables)\n"
        )


if __name__ == "__main__":
    main()
