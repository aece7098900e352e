"""The brief of the shipped cases: every number has a figure, every figure a source."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

import tealeaves as tl
from tealeaves import cases
from tealeaves.brief import html, terminal
from tealeaves.brief.content import Brief, Num, Quote

RUNS = 500

#: A year or a paragraph of the source may stand in a sentence; every other number is a figure.
ALLOWED = re.compile(r"\b(1[89]\d\d|20\d\d)\b|¶\d+")


@pytest.fixture(scope="module", params=cases.library())
def brief(request: pytest.FixtureRequest) -> Brief:
    return tl.case(request.param).brief(runs=RUNS, seed=1)


@pytest.fixture(scope="module")
def document(brief: Brief) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json.dumps(brief.to_dict(), allow_nan=False))
    return loaded


def sentences(node: Any) -> list[dict[str, Any]]:
    """Every sentence of a JSON brief, wherever it stands."""
    if isinstance(node, dict):
        own = [node] if "parts" in node else []
        return own + [s for value in node.values() for s in sentences(value)]
    if isinstance(node, list):
        return [s for value in node for s in sentences(value)]
    return []


def test_no_number_without_a_figure(document: dict[str, Any]) -> None:
    for sentence in sentences(document):
        for part in sentence["parts"]:
            if "figure" in part:
                assert part["figure"] in document["figures"], part
            elif "text" in part:
                left = ALLOWED.sub("", part["text"])
                assert not re.search(r"\d", left), sentence["text"]


def test_every_figure_says_where_it_is_from(document: dict[str, Any]) -> None:
    known = {s["id"] for s in document["sources"]} | {"case", "model"}
    for key, figure in document["figures"].items():
        sources = set(figure["source"].split("+")) - {""}
        assert sources <= known, key
        if "variants" not in key and "side" not in key:
            assert sources, key


def test_counts_of_the_tally_add_up(brief: Brief) -> None:
    total = sum(num.figure.value or 0 for _, num in brief.tally)
    claims = tl.case(brief.stamp.case).case.claims
    assert total == sum(c.origin == "source" for c in claims)


def test_no_sentence_rests_on_imputed_rows(brief: Brief) -> None:
    assert not [f.id for f in brief.figures().values() if f.status == "imputed"]


class Reader(HTMLParser):
    """Collects what a page loads from elsewhere, and its ids."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.loads += [str(given[k]) for k in ("src", "srcset") if k in given]
        if tag == "link":
            self.loads.append(str(given.get("href")))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag not in ("meta", "br", "hr", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_whole_and_alone(brief: Brief) -> None:
    page = html.render(brief)
    reader = Reader()
    reader.feed(page)
    assert not reader.open
    assert not reader.loads
    assert "url(" not in page.replace("url(#", "")
    assert "<script" not in page
    assert page.count("<svg") == len(brief.charts())
    assert len(reader.ids) == len(set(reader.ids))


def test_html_escapes_the_words_of_a_case(brief: Brief) -> None:
    from dataclasses import replace

    from tealeaves.brief.content import say

    bad = replace(brief, answer=say(Quote("<script>alert(1)</script> & more")))
    page = html.render(bad)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


def test_formats_tell_the_same_numbers(brief: Brief) -> None:
    out = StringIO()
    terminal.render(brief, Console(file=out, width=200, highlight=False))
    shown = out.getvalue()
    page = html.render(brief)
    for sentence in brief.bottom_line:
        for part in sentence.parts:
            if isinstance(part, Num):
                assert part.text in shown
                assert html._tight(part.text) in page


def test_same_seed_same_page(brief: Brief) -> None:
    again = tl.case(brief.stamp.case).brief(runs=RUNS, seed=1)
    assert json.dumps(again.to_dict()) == json.dumps(brief.to_dict())
    assert html.render(again) == html.render(brief)
