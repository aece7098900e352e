"""What a brief says, apart from how it looks: sections of blocks of sentences over figures.

Every format is made from this one model.  A number in a sentence is a :class:`Num`, which names
the figure it shows; text that the case's author or writer wrote is a :class:`Quote`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tealeaves.brief.words import shown
from tealeaves.figure import Figure, SourceRef


@dataclass(frozen=True)
class Num:
    """A number shown in a sentence, with the id of its figure."""

    figure: Figure
    form: str = "number"

    @property
    def text(self) -> str:
        """The number as readers see it."""
        return shown(self.figure.value, self.form)


@dataclass(frozen=True)
class Quote:
    """Words of the case: a claim, an assertion, a title."""

    words: str

    @property
    def text(self) -> str:
        """The words, a spaced hyphen set as a dash."""
        return self.words.replace(" - ", " – ")


@dataclass(frozen=True)
class Strong:
    """Words that carry the sentence."""

    text: str


@dataclass(frozen=True)
class Code:
    """An expression as the case has it."""

    text: str


@dataclass(frozen=True)
class Badge:
    """A short status, set apart by colour and always by its word too."""

    text: str
    tone: str  #: good, fair, mixed, bad, none


Part = str | Num | Quote | Strong | Badge | Code


@dataclass(frozen=True)
class Sentence:
    """Parts read one after another."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def figures(self) -> list[Figure]:
        """The figures shown."""
        return [part.figure for part in self.parts if isinstance(part, Num)]

    def to_dict(self) -> dict[str, Any]:
        """Return plain text, and the parts with the figure behind each number."""
        parts: list[dict[str, str]] = []
        for part in self.parts:
            if isinstance(part, str):
                parts.append({"text": part})
            elif isinstance(part, Num):
                parts.append({"text": part.text, "figure": part.figure.id})
            else:
                parts.append({type(part).__name__.lower(): part.text})
        return {"text": self.text, "parts": parts}


def say(*parts: Part) -> Sentence:
    """Make a sentence of its parts."""
    return Sentence(parts)


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together; ``style`` is lead, plain or note."""

    sentences: tuple[Sentence, ...]
    style: str = "plain"


@dataclass(frozen=True)
class Bullets:
    """Sentences as a list."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True)
class Table:
    """Rows of sentences under column heads; ``folded`` ones open on request."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    caption: str = ""
    folded: str = ""  #: words on the fold; empty: shown open
    numeric: tuple[int, ...] = ()  #: columns set to the right


@dataclass(frozen=True)
class Line:
    """One line of a chart: a name and its figures."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Chart:
    """Lines over years; ``bands`` hold figures whose low and high span the shading."""

    id: str
    title: str
    unit: str
    lines: tuple[Line, ...]
    bands: tuple[Line, ...] = ()
    form: str = "number"
    rule: float | None = None  #: a level that means something, drawn across
    log: bool = False
    caption: str = ""


@dataclass(frozen=True)
class Charts:
    """Charts side by side where there is room."""

    charts: tuple[Chart, ...]


Block = Paragraph | Bullets | Table | Charts


@dataclass(frozen=True)
class Section:
    """A part of the brief with a heading."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Stamp:
    """What a reader needs to make the same brief again."""

    version: str
    seed: int
    runs: int
    case: str
    case_hash: str
    store: str
    tables: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON fields."""
        return {
            "version": self.version,
            "seed": self.seed,
            "runs": self.runs,
            "case": self.case,
            "case_hash": self.case_hash,
            "store": self.store,
            "tables": self.tables,
        }


@dataclass(frozen=True)
class Brief:
    """A whole brief."""

    title: str
    question: str
    origin: str
    vantage: str
    pair: tuple[str, str]
    answer: Sentence
    bottom_line: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    sources: tuple[SourceRef, ...]
    stamp: Stamp
    tally: tuple[tuple[str, Num], ...] = ()
    hero: tuple[Chart, ...] = ()
    steps: tuple[Sentence, ...] = ()  #: the source's own verdicts, each with its status

    def sentences(self) -> Iterable[Sentence]:
        """Yield every sentence of the brief."""
        yield self.answer
        yield from self.bottom_line
        yield from (say(num, f" {word}") for word, num in self.tally)
        yield from self.steps
        for section in self.sections:
            for block in section.blocks:
                yield from sentences(block)

    def figures(self) -> dict[str, Figure]:
        """Return every figure that the brief shows, by id."""
        found = {f.id: f for sentence in self.sentences() for f in sentence.figures}
        for chart in self.charts():
            for line in (*chart.lines, *chart.bands):
                found.update((f.id, f) for f in line.figures)
        return found

    def charts(self) -> list[Chart]:
        """Return every chart of the brief, in order."""
        blocks = (block for section in self.sections for block in section.blocks)
        shown_below = [c for block in blocks if isinstance(block, Charts) for c in block.charts]
        return [*self.hero, *shown_below]

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON form (``schema`` 1)."""
        return {
            "schema": 1,
            "kind": "brief",
            "title": self.title,
            "question": self.question,
            "origin": self.origin,
            "vantage": self.vantage,
            "pair": list(self.pair),
            "answer": self.answer.to_dict(),
            "bottom_line": [s.to_dict() for s in self.bottom_line],
            "tally": {word: num.figure.id for word, num in self.tally},
            "steps": [s.to_dict() for s in self.steps],
            "hero": [_chart(c) for c in self.hero],
            "sections": [
                {"id": s.id, "title": s.title, "blocks": [_block(b) for b in s.blocks]}
                for s in self.sections
            ],
            "figures": {
                key: {"measure": f.measure, "args": list(f.args), "unit": f.unit, **f.to_dict()}
                for key, f in sorted(self.figures().items())
            },
            "sources": [s.to_dict() for s in self.sources],
            "stamp": self.stamp.to_dict(),
        }


def sentences(block: Block) -> Iterable[Sentence]:
    """Yield the sentences of a block."""
    match block:
        case Paragraph():
            yield from block.sentences
        case Bullets():
            yield from block.items
        case Table():
            for row in block.rows:
                yield from row
        case Charts():
            return


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "id": chart.id,
        "title": chart.title,
        "unit": chart.unit,
        "caption": chart.caption,
        "lines": {line.name: [f.id for f in line.figures] for line in chart.lines},
        "bands": {line.name: [f.id for f in line.figures] for line in chart.bands},
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "sentences": [s.to_dict() for s in block.sentences]}
        case Bullets():
            return {"kind": "bullets", "items": [s.to_dict() for s in block.items]}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "heads": list(block.heads),
                "rows": [[cell.to_dict() for cell in row] for row in block.rows],
            }
        case Charts():
            return {"kind": "charts", "charts": [_chart(c) for c in block.charts]}
