"""What states did to each other as the press reported it: events of ICEWS, weighted.

The file counts events a year, of one state towards another, in four classes. Each class gets the
mean of the Goldstein weights of the CAMEO root codes that make it up (the classes as GDELT draws
them): 01-05 verbal cooperation, 06-09 material cooperation, 10-14 verbal conflict, 15-20 material
conflict. From them come two variables, ``event_count`` and ``net_cooperation``, the mean weight of
an event. A sum would follow the press, which reports more of large states and of later years.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError, nearest
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.reading import check_unique, read_table

COUNTS = "events/icews_dyad_year_2002_2014.parquet"
WEIGHTS = "events/goldstein_mappings.csv"

SOURCE = Source(
    id="icews",
    title="ICEWS Coded Event Data, counted by directed dyad-year",
    publisher="Integrated Crisis Early Warning System; Harvard Dataverse",
    address="https://doi.org/10.7910/DVN/28075",
    version="2002-2014, as in the package netify; Goldstein weights as in the package icews",
    licence="terms of the Dataverse; not passed on, bring the file yourself",
    citation="""@data{boschee_et_al_2015,
  author = {Boschee, Elizabeth and Lautenschlager, Jennifer and O'Brien, Sean and
            Shellman, Steve and Starz, James and Ward, Michael},
  title = {{ICEWS} Coded Event Data},
  publisher = {Harvard Dataverse},
  year = {2015},
  doi = {10.7910/DVN/28075}
}""",
    covers="events of 152 states towards each other, and their mean Goldstein weight, 2002-2014",
    ships="no",
    files=(COUNTS, WEIGHTS),
)

#: The columns of counts and the first and last CAMEO root code of each class.
_CLASSES = {"verbCoop": (1, 5), "matlCoop": (6, 9), "verbConf": (10, 14), "matlConf": (15, 20)}
_ROOTS = 20
_FARTHEST = 10.0


def tables(folder: Path) -> list[Table]:
    """Read the counts of all pairs; a pair-year without an event has no mean weight.

    Raises
    ------
    TealeavesError
        A file is missing or malformed, a count is negative or no whole number, a code unknown, a
        directed pair and year occur twice, or a root code has no weight.
    """
    columns = {
        "i_iso3c": pl.String, "j_iso3c": pl.String, "year": pl.Int32,
        **dict.fromkeys(_CLASSES, pl.Float64),
    }  # fmt: skip
    frame = read_table(folder, COUNTS, columns, required=list(columns))
    check_unique(frame, ["i_iso3c", "j_iso3c", "year"], COUNTS)
    _check(frame)
    weight = weights(folder)
    count = pl.sum_horizontal(list(_CLASSES))
    weighed = pl.sum_horizontal(pl.col(name) * weight[name] for name in _CLASSES)
    rows = (
        frame.select(
            pl.col("i_iso3c").alias("a"),
            pl.col("j_iso3c").alias("b"),
            "year",
            count.alias("event_count"),
            pl.when(count > 0).then(weighed / count).alias("net_cooperation"),
        )
        .unpivot(["event_count", "net_cooperation"], index=["a", "b", "year"])
        .drop_nulls("value")
    )
    variables = ("event_count", "net_cooperation")
    return [Table("icews", "pair-year", rows, variables, directed=True)]


def weights(folder: Path) -> dict[str, float]:
    """Return the mean Goldstein weight of the root codes of each class, -10 to 10.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, a code occurs twice, a weight is out of range, or a root
        code is not there.

    Examples
    --------
    >>> weights(Path("nowhere"))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: nowhere/...: no such file; expected the table ...
    """
    columns = {"code": pl.String, "goldstein": pl.Float64}
    frame = read_table(folder, WEIGHTS, columns, required=list(columns))
    check_unique(frame, ["code"], WEIGHTS)
    wrong = (~(frame["goldstein"].abs() <= _FARTHEST)).arg_true()
    if len(wrong):
        raise TealeavesError(
            f"the weight {frame['goldstein'][int(wrong[0])]} is impossible",
            where=f"{WEIGHTS}, row {wrong[0] + 1}, column 'goldstein'",
            expected=f"a number from {-_FARTHEST:.0f} to {_FARTHEST:.0f}",
        )
    by_code: dict[str, float] = dict(frame.iter_rows())
    for root in range(1, _ROOTS + 1):
        if f"{root:02}" not in by_code:
            raise TealeavesError(
                f"the root code '{root:02}' has no weight",
                where=f"{WEIGHTS}, column 'code'",
                expected=f"every code from 01 to {_ROOTS}, with its leading zero",
            )
    return {
        name: sum(by_code[f"{root:02}"] for root in range(first, last + 1)) / (last + 1 - first)
        for name, (first, last) in _CLASSES.items()
    }


def _check(frame: pl.DataFrame) -> None:
    for name in _CLASSES:
        count = pl.col(name)
        usual = count.is_finite() & (count >= 0) & (count == count.round())
        wrong = (~frame.select(usual).to_series()).arg_true()
        if len(wrong):
            raise TealeavesError(
                f"the count {frame[name][int(wrong[0])]} is impossible",
                where=f"{COUNTS}, row {wrong[0] + 1}, column {name!r}",
                expected="a whole number, 0 or more",
            )
    known = {state.iso3 for state in states.all_states()}
    for column in ("i_iso3c", "j_iso3c"):
        for code in frame[column].unique().sort():
            if code not in known:
                row = int((frame[column] == code).arg_true()[0])
                raise TealeavesError(
                    f"unknown code {code!r}",
                    where=f"{COUNTS}, row {row + 1}, column {column!r}",
                    expected="an ISO code of a state",
                    nearest=nearest(code, known),
                )
