"""Networks made by hand, with known answers, forward and return.

Each file of `network_topologies` begins with comments: `with:` names the shared parts that belong to it, and each `ask:` is a question with its
whole answer: `SOURCE -> TARGET PROTOCOL [PORT] = reachable | blocked | unknown`, then every blocker as `DIRECTION CODE [@MARK] [partly]`. A mark
is the comment `# @MARK` on the line where the blocker is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from auditor.app.graph import load
from auditor.app.inputs import Request
from auditor.app.reach import Question, answer
from auditor.model.graph import Graph

FOLDER = Path(__file__).with_name("network_topologies")
TOPOLOGIES = sorted(FOLDER.glob("*.tf"))
ANSWERS = {True: "reachable", False: "blocked", None: "unknown"}


@dataclass(frozen=True)
class Ask:
    topology: str
    source: str
    target: str
    protocol: str
    port: int | None
    answer: str
    blockers: tuple[str, ...]


def _asks() -> list[Ask]:
    return [ask for file in TOPOLOGIES for ask in asks_of(file)]


def asks_of(file: Path) -> list[Ask]:
    found = []
    for text in re.findall(r"^# ask: (.*)$", file.read_text("utf-8"), re.MULTILINE):
        asked = re.fullmatch(r"(\S+) -> (\S+) (\w+)(?: (\d+))? = (\w+)(?:: (.*))?", text)
        assert asked, f"{file.name}: {text}"
        blockers = tuple(sorted(asked[6].split("; "))) if asked[6] else ()
        found.append(Ask(file.stem, asked[1], asked[2], asked[3], int(asked[4]) if asked[4] else None, asked[5], blockers))
    return found


@lru_cache(maxsize=8)
def read_topology(topology: str, folder: Path) -> tuple[Graph, dict[tuple[str, int], str]]:
    """The graph of a topology, and the marks by file and line."""
    text = (FOLDER / f"{topology}.tf").read_text("utf-8")
    parts = re.search(r"^# with:(.*)$", text, re.MULTILINE)
    assert parts
    marks: dict[tuple[str, int], str] = {}
    for name, content in [(topology, text), *((part, (FOLDER / "shared" / f"{part}.tf").read_text("utf-8")) for part in parts[1].split())]:
        (folder / f"{name}.tf").write_text(content, "utf-8")
        for number, line in enumerate(content.splitlines(), 1):
            if found := re.search(r"# (@\w+)$", line):
                marks[f"{name}.tf", number] = found[1]
    ((graph, loading),) = load(Request(paths=(str(folder),)))
    assert not loading.diagnostics
    return graph, marks


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {file.stem: tmp_path_factory.mktemp(file.stem) for file in TOPOLOGIES}


@pytest.mark.parametrize("ask", _asks(), ids=lambda it: f"{it.topology}: {it.source} -> {it.target} {it.protocol} {it.port or ''}")
def test_topologies(ask: Ask, folders: dict[str, Path]) -> None:
    graph, marks = read_topology(ask.topology, folders[ask.topology])
    found = answer([graph], Question(ask.source, ask.target, ask.protocol, ask.port))
    blockers = set()
    for blocker in (it for flow in found.flows for it in flow.blockers):
        inside = blocker.resource is not None and blocker.where.value_ is not blocker.resource.body.value_
        span = blocker.where.span if inside or blocker.resource is None else blocker.resource.span
        mark = marks.get((span.file, span.line), "")
        words = [blocker.direction, blocker.code.value, mark, "partly" if blocker.partial else ""]
        blockers.add(" ".join(word for word in words if word))
        assert blocker.reason
        assert blocker.fix
    gaps = [gap.reason for flow in found.flows for gap in flow.gaps]
    assert (ANSWERS[found.truth], tuple(sorted(blockers))) == (ask.answer, ask.blockers), gaps
    assert (found.truth is None) == (ask.answer == "unknown")
    assert found.truth is not None or gaps or found.gaps


def test_there_are_fifty_topologies_and_each_says_what_it_is() -> None:
    assert len(TOPOLOGIES) >= 50
    for file in TOPOLOGIES:
        first = file.read_text("utf-8").splitlines()[0]
        assert re.fullmatch(r"# \S.*\.", first), file.name
        assert asks_of(file), file.name


def test_half_of_the_answers_hang_on_more_than_the_way_there() -> None:
    blocked = [ask for ask in _asks() if ask.blockers]
    assert sum(any("return" in it for it in ask.blockers) for ask in blocked) * 3 >= len(blocked)
