"""The command line: thin, one function a command; what they do is in the rest of the package."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tealeaves.errors import TealeavesError

if TYPE_CHECKING:
    from rich.console import Console

    from tealeaves.evidence.store import Store

app = typer.Typer(
    name="tealeaves",
    help="Lay an argument about relations between states out, test what data allow, and say what "
    "they don't.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
data_app = typer.Typer(help="The public data behind every figure.", no_args_is_help=True)
app.add_typer(data_app, name="data")

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="A store; default: TEALEAVES_STORE, or the shipped.")
]
From = Annotated[int | None, typer.Option("--from", help="First year.")]
To = Annotated[int | None, typer.Option("--to", help="Last year.")]
Runs = Annotated[int, typer.Option("--runs", help="Runs of each scenario.")]
Seed = Annotated[int, typer.Option("--seed", help="Same seed, same bits.")]
CaseArgument = Annotated[str | None, typer.Argument(help="A shipped case or a file.")]


def main() -> None:
    """Run the command line; bad input is one clear message and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without UTF-8 shows "?"
            stream.reconfigure(errors="replace")
    try:
        app()
    except TealeavesError as error:
        sys.stderr.write(f"tealeaves: {error}\n")
        sys.exit(2)
    except OSError as error:
        sys.stderr.write(f"tealeaves: {error.filename or 'output'}: {error.strerror}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("tealeaves: stopped\n")
        sys.exit(130)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def _print_json(document: Mapping[str, Any]) -> None:
    ascii_only = "utf" not in (sys.stdout.encoding or "utf-8").lower()
    text = json.dumps(document, ensure_ascii=ascii_only, allow_nan=False, indent=1)
    sys.stdout.write(text + "\n")


def _open(store: Path | None) -> Store:
    from tealeaves.evidence.store import Store

    return Store.open(store)


def _years(first: int | None, last: int | None) -> tuple[int, int] | None:
    from tealeaves.measures.registry import FIRST_YEAR, LAST_YEAR

    if first is None and last is None:
        return None
    return (FIRST_YEAR if first is None else first, LAST_YEAR if last is None else last)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from tealeaves import __version__

        sys.stdout.write(f"tealeaves {__version__}\n")
        raise typer.Exit


@app.command()
def brief(
    case: CaseArgument = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write one HTML file.")] = None,
    runs: Runs = 10_000,
    seed: Seed = 1,
    store: StoreOption = None,
    as_json: Json = False,
) -> None:
    """Put an argument to the test: its claims, who needs whom, its scenarios, on one page."""
    from tealeaves import api
    from tealeaves.brief import html as as_html
    from tealeaves.brief import terminal
    from tealeaves.files import check as check_path
    from tealeaves.files import write

    if html is not None:
        check_path(html)
    err = _console(stderr=True)
    with err.status("Reading the figures and running the scenarios"):
        written = api.case(case, store=_open(store)).brief(runs=runs, seed=seed)
        page = as_html.render(written) if html is not None else None
    if html is not None and page is not None:
        write(html, page)
    if as_json:
        _print_json(written.to_dict())
    else:
        terminal.render(written, _console())
    if html is not None:
        err.print(f"Written: {html}")


@app.command()
def check(case: CaseArgument = None, store: StoreOption = None, as_json: Json = False) -> None:
    """Confront the claims of a case with the figures, one by one."""
    from tealeaves import api

    argument = api.case(case, store=_open(store))
    verdicts = argument.check()
    if as_json:
        _print_json(
            {"schema": 1, "case": argument.case.id, "claims": [v.to_dict() for v in verdicts]}
        )
        return
    from rich import box
    from rich.table import Table

    says = {claim.id: claim.says for claim in argument.case.claims}
    table = Table("Verdict", "Holds", "Claim", "Why", box=box.SIMPLE_HEAD)
    for v in verdicts:
        held = f"{v.holds}/{v.tried}" if v.tried else ""
        table.add_row(v.verdict, held, says[v.claim], v.reason)
    _console().print(table)


@app.command()
def simulate(
    case: CaseArgument = None,
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", help="Only this one; may be repeated.")
    ] = None,
    runs: Runs = 10_000,
    seed: Seed = 1,
    store: StoreOption = None,
    as_json: Json = False,
) -> None:
    """Run a case's causal system forward under its scenarios."""
    from tealeaves import api

    argument = api.case(case, store=_open(store))
    with _console(stderr=True).status("Running the scenarios"):
        result = argument.run(runs=runs, seed=seed, scenarios=scenario)
    if as_json:
        _print_json(result.to_dict())
        return
    from rich import box
    from rich.table import Table

    table = Table("Outcome", *result.scenarios, box=box.SIMPLE_HEAD)
    titles = {outcome.id: outcome.title for outcome in argument.case.outcomes}
    for outcome, title in titles.items():
        shares = [result.outcome(outcome, s).probability for s in result.scenarios]
        table.add_row(title, *(f"{p:.1%}" for p in shares))
    out = _console()
    out.print(table)
    out.print(
        f"Likelihood under the author's assumptions: shares of {runs:,} runs (seed {seed}) in "
        f"which the outcome holds in {result.years[-1]}. No link has been tested."
    )


@app.command()
def ties(
    a: str,
    b: str,
    first: From = None,
    last: To = None,
    store: StoreOption = None,
    as_json: Json = False,
) -> None:
    """Show every measure of a pair, by channel, with its coverage."""
    from tealeaves import measures, states

    series = measures.ties(a, b, years=_years(first, last), store=_open(store))
    if as_json:
        pair = [state.iso3 for state in states.resolve_pair(a, b)]
        _print_json({"schema": 1, "pair": pair, "series": [s.to_dict() for s in series]})
        return
    from tealeaves.brief import tables

    _console().print(tables.ties(series))


@app.command()
def measure(
    name: Annotated[str | None, typer.Argument()] = None,
    a: Annotated[str | None, typer.Argument()] = None,
    b: Annotated[str | None, typer.Argument()] = None,
    first: From = None,
    last: To = None,
    listed: Annotated[bool, typer.Option("--list", help="List the registry.")] = False,
    cite: Annotated[
        bool, typer.Option("--cite", help="Print the BibTeX of what was used.")
    ] = False,
    store: StoreOption = None,
    as_json: Json = False,
) -> None:
    """Show one measure of a state or a pair."""
    from tealeaves.brief import tables
    from tealeaves.measures.declarations import declarations

    if listed:
        known = declarations()
        if as_json:
            _print_json({"schema": 1, "measures": [d.to_dict() for d in known.values()]})
        else:
            _console().print(tables.registry(known))
        return
    if name is None:
        raise TealeavesError("no measure named", expected="a name; measure --list shows them")
    from tealeaves import measures

    given = [state for state in (a, b) if state is not None]
    series = measures.compute(name, *given, store=_open(store), years=_years(first, last))
    if cite:
        sys.stdout.write(series.cite() + "\n")
    elif as_json:
        _print_json(series.to_dict())
    else:
        _console().print(tables.one(series))


@app.command()
def panel(
    pairs: Annotated[bool, typer.Option("--pairs", help="Pair-years.")] = False,
    by_state: Annotated[bool, typer.Option("--states", help="State-years.")] = False,
    years: Annotated[str, typer.Option("--years", help="First and last, as 1990:2020.")] = "",
    names: Annotated[str, typer.Option("--measures", help="Names, with commas between.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help=".parquet, .csv or .dta")] = None,
    store: StoreOption = None,
    as_json: Json = False,
) -> None:
    """Write measures of all states or all pairs to a table."""
    from tealeaves import api

    if pairs == by_state:
        raise TealeavesError("which panel?", where="panel", expected="either --pairs or --states")
    if out is None:
        raise TealeavesError("no file named", where="--out", expected=".parquet, .csv or .dta")
    span = api.year_range(years)
    rows = api.panel(
        "pairs" if pairs else "states", span, api.names(names), store=_open(store), out=out
    )
    if as_json:
        _print_json(
            {"schema": 1, "file": str(out), "rows": len(rows), "columns": list(rows.columns)}
        )
    else:
        _console(stderr=True).print(f"Written: {out} ({len(rows):,} rows)")


@app.command()
def schema() -> None:
    """Print the JSON Schema of case files, for editors."""
    from tealeaves import cases

    _print_json(cases.json_schema())


@app.command("cases")
def cases_command(as_json: Json = False) -> None:
    """List the cases that ship with the package."""
    from tealeaves import cases

    shipped = [
        {"id": name, "title": cases.load(name).title, "default": name == cases.default()}
        for name in cases.library()
    ]
    if as_json:
        _print_json({"schema": 1, "cases": shipped})
        return
    for case in shipped:
        sys.stdout.write(
            f"{case['id']}{' (default)' if case['default'] else ''}: {case['title']}\n"
        )


@data_app.command("list")
def data_list(store: StoreOption = None, as_json: Json = False) -> None:
    """List the sources of a store: what they cover, their licence, their version."""
    from tealeaves.brief import tables
    from tealeaves.evidence import commands

    rows = commands.data_list(_open(store))
    if as_json:
        _print_json({"schema": 1, "sources": rows})
    else:
        _console().print(tables.sources(rows))


@data_app.command("build")
def data_build(
    raw: Annotated[
        Path | None, typer.Option("--from", help="Folder of raw files; default TEALEAVES_DATA.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where the store goes.")] = None,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Only what licences let the package ship.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Build a store from the publishers' files; the former one stays until this is whole."""
    from tealeaves.evidence import commands

    err = _console(stderr=True)
    with err.status("Building"):
        where = commands.data_build(raw, out, shipped=shipped, progress=err.print)
    if as_json:
        _print_json({"schema": 1, "store": str(where)})
    else:
        err.print(f"Built: {where}")


@data_app.command("verify")
def data_verify(store: StoreOption = None, as_json: Json = False) -> None:
    """Hash every table of a store again and compare."""
    from tealeaves.evidence import commands

    opened = _open(store)
    checked = commands.data_verify(opened)
    if as_json:
        _print_json({"schema": 1, "store": str(opened.path), "hashes": opened.hashes})
        return
    _console().print(f"{len(checked)} tables of {opened.path} are as they were written.")


if __name__ == "__main__":
    main()
