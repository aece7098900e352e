"""The command line: bad input first, each one clear error and exit 2; then what it prints."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tealeaves import cases, cli, states
from tealeaves.evidence.store import shipped

FLAGSHIP = Path(cases.__file__).parent / "library" / "china-russia-2024.yaml"


class Ran:
    """Exit code and what was printed."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*args: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["tealeaves", *(str(a) for a in args)])
        monkeypatch.setenv("COLUMNS", "100")
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


def refused(ran: Ran, *says: str) -> None:
    """One clear error, nothing on standard output."""
    assert ran.code == 2, ran.out + ran.err
    assert not ran.out
    assert "Traceback" not in ran.err
    for words in says:
        assert words in ran.err


class TestStatesAndMeasures:
    @pytest.mark.parametrize(
        ("args", "says"),
        [
            (("ties", "Atlantis", "CHN"), "Atlantis"),
            (("ties", "Rusia", "CHN"), "Russia"),
            (("ties", "Korea", "CHN"), "PRK"),
            (("ties", "Congo", "CHN"), "COD"),
            (("ties", "RUS", "RUS"), "itself"),
            (("ties", "Russia", "365"), "itself"),
            (("ties", "", "CHN"), "expected"),
            (("measure", "intensty", "RUS", "CHN"), "nearest: intensity"),
            (("measure", "intensity", "RUS"), "intensity"),
            (("measure", "gdp", "RUS", "CHN"), "gdp"),
            (("measure",), "measure --list"),
            (("measure", "intensity", "RUS", "CHN", "--from", "2020", "--to", "1990"), "2020"),
            (("measure", "intensity", "RUS", "CHN", "--from", "1500"), "1500"),
            (("ties", "RUS", "CHN", "--to", "9999"), "9999"),
            (("ties", "RUS"), "Missing argument"),
            (("ties", "RUS", "CHN", "--fro", "1990"), "--from"),
            (("nonsense",), "nonsense"),
        ],
    )
    def test_refused(self, run: Run, args: tuple[str, ...], says: str) -> None:
        refused(run(*args), says)


class TestPanel:
    @pytest.mark.parametrize(
        ("args", "says"),
        [
            (("--years", "1990:2000", "--measures", "gdp", "--out", "x.csv"), "--pairs or"),
            (("--states", "--years", "2000:1990", "--measures", "gdp", "--out", "x.csv"), "after"),
            (("--states", "--years", "soon", "--measures", "gdp", "--out", "x.csv"), "soon"),
            (("--states", "--years", "2000:2001", "--measures", "gdp", "--out", "x.xyz"), ".xyz"),
            (("--states", "--years", "2000:2001", "--measures", "gdp"), "--out"),
            (("--states", "--years", "2000:2001", "--measures", ",", "--out", "x.csv"), "named"),
            (("--states", "--years", "2000:2001", "--measures", "intensity", "--out", "x.csv"),
             "intensity"),
            (("--states", "--years", "2000:2001", "--measures", "gpd", "--out", "x.csv"), "gdp"),
        ],
    )  # fmt: skip
    def test_refused(self, run: Run, args: tuple[str, ...], says: str) -> None:
        refused(run("panel", *args), says)

    def test_written_whole(self, run: Run, tmp_path: Path) -> None:
        out = tmp_path / "panel.csv"
        ran = run("panel", "--states", "--years", "2010:2012", "--measures", "gdp,democracy",
                  "--out", out)  # fmt: skip
        assert ran.code == 0, ran.err
        head = out.read_text("utf-8").splitlines()[0]
        assert {"gdp", "democracy"} <= set(head.split(","))
        assert [p.name for p in tmp_path.iterdir()] == ["panel.csv"]


class TestCases:
    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("link: RUS.war ->", "link: RUS.wra ->", "RUS.war"),
            (
                "trend(export_share(RUS, CHN), 2013, 2020) > 0",
                "trend(export_shar(RUS, CHN), 2013,",
                "broken.yaml:",
            ),
            (
                "test: conflict_intensity(RUS, 2023) >= 2",
                "test: conflict_intensty(RUS, 2023) >= 2",
                "conflict_intensity",
            ),
            ("schema: 1", "schema: &a 1", "anchor"),
            ("schema: 1", "schema: 1\nschema: 1", "schema"),
            ("pair: [RUS, CHN]", "pair: [RUS, RUS]", "pair"),
            ("    origin: source", "    origin: sorce", "source"),
        ],
    )
    def test_broken_case(self, run: Run, tmp_path: Path, old: str, new: str, says: str) -> None:
        text = FLAGSHIP.read_text("utf-8")
        assert old in text
        broken = tmp_path / "broken.yaml"
        broken.write_text(text.replace(old, new, 1), "utf-8")
        refused(run("brief", broken), "broken.yaml:", says)

    def test_link_to_itself(self, run: Run, tmp_path: Path) -> None:
        text = FLAGSHIP.read_text("utf-8")
        link = next(x for x in text.splitlines() if x.strip().startswith("- link: "))
        cause = link.split("link: ")[1].split(" ->")[0]
        bad = tmp_path / "self.yaml"
        bad.write_text(text.replace(link, f"  - link: {cause} -> {cause}", 1), "utf-8")
        refused(run("brief", bad), "self.yaml:", "itself")

    def test_files_that_are_no_case(self, run: Run, tmp_path: Path) -> None:
        brackets, empty, binary = (tmp_path / n for n in ("many.yaml", "empty.yaml", "bin.yaml"))
        brackets.write_text("[" * 3_000_000, "utf-8")
        empty.write_text("", "utf-8")
        binary.write_bytes(bytes(range(256)) * 10)
        for bad in (brackets, empty, binary, tmp_path, tmp_path / "absent.yaml"):
            refused(run("brief", bad), bad.name)
        refused(run("brief", "china-rusia-2024"), "china-russia-2024")

    @pytest.mark.parametrize(
        "args",
        [("--runs", "0"), ("--runs", "-5"), ("--runs", "1.5"), ("--runs", "99999999999"),
         ("--seed", "-1"), ("--seed", str(2**64))],
    )  # fmt: skip
    def test_runs_and_seed(self, run: Run, args: tuple[str, str]) -> None:
        refused(run("brief", *args), args[0].strip("-"))

    def test_unknown_scenario(self, run: Run) -> None:
        refused(run("simulate", "--scenario", "russian-defeet"), "russian-defeat")

    def test_nowhere_to_write(self, run: Run, tmp_path: Path) -> None:
        for where in (tmp_path / "no" / "brief.html", tmp_path):
            refused(run("brief", "--runs", "10", "--html", where), str(where))

    def test_only_regular_files_are_replaced(self, run: Run, tmp_path: Path) -> None:
        pipe, target, link = (tmp_path / n for n in ("pipe", "page.html", "link.html"))
        os.mkfifo(pipe)
        refused(run("brief", "--runs", "10", "--html", pipe), "no regular file")
        target.write_text("old", "utf-8")
        link.symlink_to(target)
        assert run("brief", "--runs", "10", "--html", link).code == 0
        assert link.is_symlink()
        assert target.read_text("utf-8").startswith("<!doctype html>")

    def test_words_of_a_case_are_only_words(self, run: Run, tmp_path: Path) -> None:
        text = FLAGSHIP.read_text("utf-8")
        question = next(x for x in text.splitlines() if x.startswith("question: "))
        odd = tmp_path / "odd.yaml"
        odd.write_text(text.replace(question, 'question: "Do [/red] [bold] ties hold?"'), "utf-8")
        ran = run("brief", odd, "--runs", "10")
        assert ran.code == 0, ran.err
        assert "Do [/red] [bold] ties hold?" in ran.out
        odd.write_text(text.replace(question, 'question: "Do \\e[31m ties hold?"'), "utf-8")
        refused(run("brief", odd), "odd.yaml:", "U+001B")

    def test_a_terminal_without_utf8(self) -> None:
        found = subprocess.run(
            [sys.executable, "-m", "tealeaves.cli", "ties", "RUS", "CHN", "--from", "2010"],
            env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
        )
        assert found.returncode == 0, found.stderr
        assert b"export_share" in found.stdout


class TestStores:
    def test_one_byte_changed(self, run: Run, tmp_path: Path) -> None:
        for name in ("trade-*.parquet", "manifest.json"):
            copy = tmp_path / name.partition("-")[0].partition(".")[0]
            shutil.copytree(shipped(), copy)
            target = next(copy.glob(name))
            data = bytearray(target.read_bytes())
            data[len(data) // 2] ^= 1
            target.write_bytes(bytes(data))
            refused(run("data", "verify", "--store", copy), target.name)
            if name != "manifest.json":
                refused(run("ties", "RUS", "CHN", "--store", copy), target.name)

    def test_no_store(self, run: Run, tmp_path: Path) -> None:
        empty = tmp_path / "empty"
        empty.mkdir()
        for where in (empty, tmp_path / "absent"):
            refused(run("ties", "RUS", "CHN", "--store", where), where.name)

    def test_build_without_files(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("TEALEAVES_DATA", raising=False)
        refused(run("data", "build", "--out", tmp_path / "s"), "TEALEAVES_DATA")
        refused(run("data", "build", "--from", tmp_path / "no", "--out", tmp_path / "s"), "no")


class TestWhatIsPrinted:
    def test_measure_json(self, run: Run) -> None:
        ran = run("measure", "export_share", "Russia", "710", "--from", "1995", "--to", "1995",
                  "--json")  # fmt: skip
        document = json.loads(ran.out)
        assert {"measure", "a", "b", "unit", "direction", "sources", "values"} <= set(document)
        (value,) = document["values"]
        # 3,376.5 of 76,212.1 million dollars
        assert value["value"] == pytest.approx(3376.5 / 76212.108, rel=1e-4)
        assert (value["status"], value["source"]) == ("reported", "imf-dots")

    def test_figures_the_project_stands_on(self, run: Run) -> None:
        share = json.loads(run("measure", "export_share", "RUS", "CHN", "--json").out)["values"]
        by_year = {v["year"]: v for v in share}
        for year, percent in ((1995, 4.4), (2014, 7.5), (2020, 14.7)):
            assert round(100 * by_year[year]["value"], 1) == percent
        assert [y for y in by_year if by_year[y]["status"] == "published figure"] == [
            2022, 2023, 2024]  # fmt: skip
        assert by_year[2022]["after_break"]
        beyond = json.loads(run("measure", "intensity", "RUS", "CHN", "--json").out)["values"]
        found = {v["year"]: v["value"] for v in beyond}
        for year, about in ((1992, 3.1), (1995, 1.5), (2008, 0.70), (2013, 0.77), (2020, 1.4)):
            assert found[year] == pytest.approx(about, rel=0.04)

    @pytest.mark.parametrize("pair", ["USA JPN", "IND RUS", "EGY USA", "KAZ CHN"])
    def test_ties_of_any_pair(self, run: Run, pair: str) -> None:
        document = json.loads(run("ties", *pair.split(), "--json").out)
        assert document["pair"] == pair.split()
        channels = {s["channel"] for s in document["series"] if s["values"]}
        assert {"economic", "political", "security"} <= channels

    def test_ties_of_a_hundred_pairs(self, run: Run) -> None:
        codes = [s.iso3 for s in states.all_states(2015)]
        draw = random.Random(7)  # noqa: S311 - a choice of examples
        for _ in range(100):
            a, b = draw.sample(codes, 2)
            ran = run("ties", a, b, "--from", "2000", "--json")
            assert ran.code == 0, (a, b, ran.err)
            for series in json.loads(ran.out)["series"]:
                for value in series["values"]:
                    assert value["value"] is None or value["status"]

    def test_data_list_and_verify(self, run: Run) -> None:
        rows = json.loads(run("data", "list", "--json").out)["sources"]
        assert {"id", "title", "licence", "rows"} <= set(rows[0])
        hashes = json.loads(run("data", "verify", "--json").out)["hashes"]
        assert all(len(value) == 64 for value in hashes.values())


class TestTheCaseDecides:
    """What is deleted from a copy of the case is gone from its brief."""

    def brief(self, run: Run, case: Path) -> dict[str, object]:
        ran = run("brief", case, "--runs", "200", "--json")
        assert ran.code == 0, ran.err
        loaded: dict[str, object] = json.loads(ran.out)
        return loaded

    def test_deleted_elements(self, run: Run, tmp_path: Path) -> None:
        whole = cases.load("china-russia-2024")
        before = self.brief(run, FLAGSHIP)
        claim, link = whole.claims[2], whole.links[0]
        outcomes = {n for o in whole.outcomes for n in o.when.replace("(", " ").split()}
        quantity = next(q for q in reversed(whole.quantities) if q not in outcomes)
        for name, says in ((claim.id, claim.says), (link.id, ""), (quantity, "")):
            copy = tmp_path / "copy.yaml"
            cases.save(whole.without(name), copy)
            after = self.brief(run, copy)
            assert after != before
            text = json.dumps(after, ensure_ascii=False)
            assert not says or says not in text
