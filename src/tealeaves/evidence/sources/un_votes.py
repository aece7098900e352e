"""Roll calls in the General Assembly of the United Nations."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.reading import read_table

_FILE = "unvotes/un_votes_1946_2024_combined.parquet"

SOURCE = Source(
    id="un-votes",
    title="United Nations General Assembly voting data",
    publisher="Erik Voeten, Anton Strezhnev, Michael Bailey (Harvard Dataverse)",
    address="https://doi.org/10.7910/DVN/LEJUQZ",
    version="sessions 1-78, to 2024-06-04",
    licence="CC0 1.0",
    citation="""@data{voeten_strezhnev_bailey_unga,
  author = {Voeten, Erik and Strezhnev, Anton and Bailey, Michael},
  title = {United Nations General Assembly Voting Data},
  publisher = {Harvard Dataverse},
  year = {2009},
  doi = {10.7910/DVN/LEJUQZ}
}""",
    covers=(
        "votes (yes, abstain, no) of members, sessions 1-78, 1946-2024; from session 75 on votes "
        "on final passage only"
    ),
    ships="rows",
    files=(_FILE,),
)

#: 1 yes, 2 abstain, 3 no; who was absent has no row.
VOTES = (1, 2, 3)


def tables(folder: Path) -> list[Table]:
    """Read the votes; a member that has two votes on one roll call keeps them only if they agree.

    The year of a roll call is that of the date which most of its rows give: a few roll calls of
    session 78 carry rows with the date of another.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, or a vote is none of 1, 2, 3.
    """
    frame = read_table(
        folder,
        _FILE,
        {
            "rcid": pl.Int64,
            "session": pl.Int64,
            "date": pl.Date,
            "ccode": pl.Int64,
            "vote": pl.Int64,
        },
        required=["rcid", "session", "date", "ccode", "vote"],
    )
    wrong = (~frame["vote"].is_in(VOTES)).arg_true()
    if len(wrong):
        raise TealeavesError(
            f"{frame['vote'][wrong[0]]} is no vote",
            where=f"{folder / _FILE}, row {wrong[0] + 1}, column 'vote'",
            expected="1 (yes), 2 (abstain) or 3 (no)",
        )
    dates = (
        frame.group_by("rcid", "date")
        .len()
        .sort("rcid", "len", "date", descending=[False, True, False])
        .unique("rcid", keep="first", maintain_order=True)
        .select("rcid", pl.col("date").dt.year().alias("year"))
    )
    votes = (
        frame.select("rcid", "session", "ccode", "vote")
        .unique()
        .filter(pl.len().over("rcid", "ccode") == 1)
        .join(dates, on="rcid")
    )
    votes = with_iso3(votes, "ccode", "state", name=_FILE, outside="nearest").drop("ccode")
    return [Table("un_votes", "roll-call", votes)]
