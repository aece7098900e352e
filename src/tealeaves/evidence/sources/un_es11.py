"""Votes of states on the resolutions of the eleventh emergency special session, since 2022.

The file ships with the package and says how each vote is known. Only the first resolution is
complete; entries that were inferred, and those that leave open which vote it was, do not enter
the table. "Not voting" is an absent row, as in the other tables of votes. Since the later lists
are short (who is named in reports is no random sample), compare states on single resolutions of
this table rather than pooling it with a year's votes.
"""

from __future__ import annotations

import csv
import re
from importlib import resources
from pathlib import Path

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError, nearest
from tealeaves.evidence.base import SHAPES, Source, Table

FILE = "ukraine_es11_votes.csv"

#: Emergency special sessions are negative, so that they never meet a regular session.
SESSION = -11

SOURCE = Source(
    id="un-es11-votes",
    title="Votes on resolutions ES-11/1 to ES-11/8 and A/ES-11/L.16/Rev.1, collected by hand",
    publisher="The tealeaves authors; each row has its own address",
    address="tealeaves/evidence/published/ukraine_es11_votes.csv (in the package)",
    version="2026-11-24",
    licence="facts, each with its address",
    citation=(
        "@misc{tealeaves_es11,\n"
        "  author = {{The tealeaves authors}},\n"
        "  title = {Votes of states in the eleventh emergency special session of the UN General\n"
        "    Assembly, collected by hand},\n"
        "  year = {2026}\n"
        "}"
    ),
    covers="ES-11/1 whole, the others in part, 2022-2025",
    ships="rows",
    files=(),
)

_VOTES = {"yes": 1, "abstain": 2, "no": 3}
_NONE = ("not voting", "abstain or not voting")
_COLUMNS = ("resolution", "date", "state", "vote", "basis", "address")
# The draft voted on last has no number yet in the file: it comes after the numbered ones.
_NUMBER = re.compile(r"ES-11/(\d+)|A/ES-11/L\.(\d+)(?:/Rev\.\d+)?")


def tables(folder: Path) -> list[Table]:  # noqa: ARG001 - the file ships with the package
    """Return the table ``es11_votes`` of the shape "roll-call".

    ``rcid`` is 2,011,000 plus the number of the resolution (for a draft, 900 plus the number of
    the draft); ``session`` is -11.

    Raises
    ------
    TealeavesError
        As :func:`read`.

    Examples
    --------
    >>> tables(Path())[0].frame["session"].unique().to_list()
    [-11]
    """
    return [Table("es11_votes", "roll-call", read())]


def read(path: Path | None = None) -> pl.DataFrame:
    """Read and check the votes (the shipped file when ``path`` is None).

    Raises
    ------
    TealeavesError
        Naming file, line and column: a missing column, an unknown resolution, state or vote, a
        date that is none, a missing address, a state twice in one resolution.

    Examples
    --------
    >>> sorted(read()["vote"].unique())
    [1, 2, 3]
    """
    if path is None:
        path = Path(str(resources.files("tealeaves.evidence") / "published" / FILE))
    if not path.is_file():
        raise TealeavesError("no such file", where=str(path), expected=f"the table {FILE}")
    known = {state.iso3 for state in states.all_states()}
    seen: dict[tuple[int, str], int] = {}
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        present = list(reader.fieldnames or [])
        for name in _COLUMNS:
            if name not in present:
                raise TealeavesError(
                    f"no column {name!r}",
                    where=f"{path.name}, line 1",
                    expected=", ".join(_COLUMNS),
                    nearest=nearest(name, present),
                )
        for row in reader:
            line = reader.line_num
            rcid = _check(row, f"{path.name}, line {line}", known)
            if (rcid, row["state"]) in seen:
                raise TealeavesError(
                    f"{row['state']} votes twice on {row['resolution']}",
                    where=f"{path.name}, line {line}, column 'state'",
                    expected=f"one row; the other is line {seen[rcid, row['state']]}",
                )
            seen[rcid, row["state"]] = line
            if row["vote"] in _VOTES and not row["basis"].startswith("inferred"):
                year = int(row["date"][:4])
                rows.append((row["state"], SESSION, year, rcid, _VOTES[row["vote"]], SOURCE.id))
    return pl.DataFrame(rows, schema=dict(SHAPES["roll-call"]), orient="row").sort("rcid", "state")


def _check(row: dict[str, str], where: str, known: set[str]) -> int:
    found = _NUMBER.fullmatch(row["resolution"] or "")
    wrong: tuple[str, str] | None = None
    if found is None:
        wrong = "resolution", "ES-11/1 or A/ES-11/L.1"
    elif not re.fullmatch(r"20\d\d-\d\d-\d\d", row["date"] or ""):
        wrong = "date", "YYYY-MM-DD"
    elif row["state"] not in known:
        wrong = "state", "an ISO 3166 alpha-3 code"
    elif row["vote"] not in {*_VOTES, *_NONE}:
        wrong = "vote", ", ".join([*_VOTES, *_NONE])
    elif not row["basis"]:
        wrong = "basis", "how the vote is known"
    elif not row["address"]:
        wrong = "address", "where it was read"
    if wrong is not None or found is None:
        column, expected = wrong or ("resolution", "")
        raise TealeavesError(
            f"{row[column]!r} is not valid",
            where=f"{where}, column {column!r}",
            expected=expected,
            nearest=nearest(row[column] or "", known) if column == "state" else (),
        )
    number = int(found[1]) if found[1] else 900 + int(found[2])
    return 2_011_000 + number
