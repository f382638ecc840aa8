"""The kit that tests rules with nothing but their own pages: `auditor test DIR`, and anybody's pytest.

    for rule in rulebook.load(Path("rules")):
        assert not testing.check(rule)

A rule documents itself, finds exactly the marked lines of its examples, says nothing new when a value becomes unknown, and
does not crash when a value becomes junk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from auditor.engine.page import REQUIRED
from auditor.engine.runner import Results, concerns, run
from auditor.links import links
from auditor.loaders import Settings, loaders
from auditor.loaders.files import Files
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.finding import Finding
from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Example, Rule
from auditor.model.value import MISSING, UNMARKED, Data, Unknown, Value

MAX_VALUES = 150
"""Of an example with more values than this, evenly spread ones are replaced."""

SUMMARY_LENGTH = 80

_JUNK: tuple[Data, ...] = (MISSING, None, 7, "x", [], {})


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a rule: in which file and line, in which of its examples, what."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True, slots=True)
class Scene:
    """What an example holds once it is read: a graph for each root, and what could not be read."""

    graphs: tuple[Graph, ...]
    diagnostics: tuple[Diagnostic, ...]


def check(rule: Rule) -> list[Problem]:
    """Everything that is wrong with a rule; an empty list when nothing is."""
    found = list(check_page(rule))
    for example in rule.page.examples:
        scene = read(example)
        for test in (check_lines, check_unknown, check_junk):
            found.extend(test(rule, example, scene))
    return sorted(set(found))


def read(example: Example) -> Scene:
    """The graphs of an example, read as any other input is."""
    by_root: dict[str, list[Resource]] = defaultdict(list)
    gaps: dict[str, None] = {}
    diagnostics: list[Diagnostic] = []
    files = Files.of(dict(example.files))
    alone: list[Graph] = []
    for loader in loaders():
        for unit in loader.units(files, Settings()):
            loading = unit.load()
            diagnostics.extend(loading.diagnostics)
            gaps.update(dict.fromkeys(loading.gaps))
            if loading.context:
                alone.append(Graph(loading.resources, links(), loading.gaps, loading.context))
                continue
            for resource in loading.resources:
                by_root[resource.root].append(resource)
    return Scene((*(Graph(found, links(), tuple(gaps)) for found in by_root.values()), *alone), tuple(diagnostics))


# -- the page


def check_page(rule: Rule) -> Iterator[Problem]:
    """What the page lacks."""
    page = rule.page
    for message in _page_faults(page.summary, [title for title, _ in page.sections]):
        yield Problem(rule.source, 1, rule.id, message)
    for title, text in page.sections:
        if title in REQUIRED and not text:
            yield Problem(rule.source, 1, rule.id, f"the section {title!r} is empty")
    for bad, title in ((True, "Bad"), (False, "Good")):
        if not any(example.bad is bad for example in page.examples):
            yield Problem(rule.source, 1, rule.id, f"there is no example under {title!r}")


def _page_faults(summary: str, titles: list[str]) -> Iterator[str]:
    if not summary.endswith(".") or summary.startswith("#"):
        yield f"the first line is a sentence that ends with a dot, not {summary!r}"
    if len(summary) > SUMMARY_LENGTH:
        yield f"the first line has {len(summary)} characters, and at most {SUMMARY_LENGTH} fit"
    if ". " in summary:
        yield "the first line is one sentence"
    required = [title for title in titles if title in REQUIRED]
    if lacking := [title for title in REQUIRED if title not in required]:
        yield f"sections are missing: {', '.join(lacking)}"
    elif required != list(REQUIRED):
        yield f"the sections stand in the order {', '.join(REQUIRED)}, each once"


# -- the examples


def check_lines(rule: Rule, example: Example, scene: Scene | None = None) -> Iterator[Problem]:
    """Where the findings on an example differ from its marks."""
    scene = scene or read(example)
    tell = _teller(rule, example)
    for trouble in scene.diagnostics:
        if trouble.level is Level.ERROR and (trouble.span.file, trouble.span.line) not in example.expected:
            yield tell(trouble.span.line, f"cannot be read: {trouble.message}", trouble.span.file)
    if not any(kind != "terraform" or concerns(rule, kind) for graph in scene.graphs for kind in graph.kinds):
        yield tell(0, "holds nothing that a loader reads")
    results = [run([rule], graph) for graph in scene.graphs]
    for error in _all(results, "errors"):
        yield tell(error.span.line, error.message, error.span.file)
    findings = _all(results, "findings")
    lines = {(finding.span.file, finding.span.line) for finding in findings}
    for file, line in sorted(lines - example.expected):
        text = next(f.message for f in findings if (f.span.file, f.span.line) == (file, line))
        yield tell(line, f"a finding without a mark: {text}", file)
    for file, line in sorted(example.expected - lines):
        yield tell(line, "a mark without a finding", file)
    if example.bad and not example.expected:
        yield tell(0, "stands under Bad without a `# finding`")
    if not example.bad:
        yield from (tell(line, "a mark in an example under Good", file) for file, line in sorted(example.expected))
        yield from (tell(f.span.line, f"unsure in an example under Good: {f.message}", f.span.file) for f in _all(results, "unsure"))
    for finding in findings:
        if finding.message.endswith("."):
            yield tell(finding.span.line, f"the message ends with a dot: {finding.message}", finding.span.file)


def check_unknown(rule: Rule, example: Example, scene: Scene | None = None) -> Iterator[Problem]:
    """Findings that appear when a value is not known any more, and crashes."""
    tell = _teller(rule, example)
    for graph in (scene or read(example)).graphs:
        before = _places(run([rule], graph))
        for change in _changes(graph, _unknowns):
            results = run([rule], change.graph)
            for where in sorted(_places(results) - before):
                yield tell(change.line, f"new finding at {where[1]}.{where[2]} when {change.what} is not known", change.file)
            for error in results.errors:
                yield tell(change.line, f"{error.message} (when {change.what} is not known)", change.file)


def check_junk(rule: Rule, example: Example, scene: Scene | None = None) -> Iterator[Problem]:
    """Crashes when a value is missing, null, or of a type that nobody expects."""
    tell = _teller(rule, example)
    for graph in (scene or read(example)).graphs:
        for change in _changes(graph, _junk):
            for error in run([rule], change.graph).errors:
                yield tell(change.line, f"{error.message} (when {change.what} is {change.into})", change.file)


def _teller(rule: Rule, example: Example) -> Callable[..., Problem]:
    """Lines of an example as lines of the rule file, where the example is one fence."""

    def tell(line: int, message: str, file: str = "") -> Problem:
        single = len(example.files) == 1
        inside = f" ({file}:{line})" if file and not single else ""
        indent = example.line + line if single else example.line
        return Problem(rule.source, indent, rule.id, f"example {example.name}{inside}: {message}")

    return tell


def _all(results: list[Results], which: str) -> list[Finding]:
    return [finding for result in results for finding in getattr(result, which)]


def _places(results: Results) -> frozenset[tuple[str, str, str]]:
    return frozenset((finding.root, finding.resource, finding.attribute) for finding in results.findings)


# -- replacing one value after the other


@dataclass(frozen=True, slots=True)
class _Change:
    graph: Graph
    what: str
    into: str
    file: str
    line: int


def _changes(graph: Graph, stand_ins: Callable[[Value], Iterator[Value]]) -> Iterator[_Change]:
    """The graph with one value replaced, for each value and each stand-in."""
    sites = [(index, path) for index, resource in enumerate(graph.resources) for path in _paths(resource.body.value_)]
    for index, path in _spread(sites):
        resource = graph.resources[index]
        value = _value_at(resource.body.value_, path)
        for stand_in in stand_ins(value):
            body = Node(_with(resource.body.value_, path, stand_in), resource.body.path)
            changed = (*graph.resources[:index], replace(resource, body=body, history=None), *graph.resources[index + 1 :])
            what = ".".join([resource.address.text, *map(str, path)])
            span = value.place.span()
            yield _Change(Graph(changed, links(), graph.gaps, graph.context), what, repr(stand_in.data), span.file, span.line)


def _spread(sites: list[Any]) -> list[Any]:
    if len(sites) <= MAX_VALUES:
        return sites
    return [sites[n * len(sites) // MAX_VALUES] for n in range(MAX_VALUES)]


def _unknowns(value: Value) -> Iterator[Value]:
    reason = "left open by the test"
    known = not isinstance(value.data, Unknown)
    if known or value.marks.refs:
        yield Value(Unknown(reason), value.place, UNMARKED)
    if known and value.marks.refs:
        yield Value(Unknown(reason, nullable=False), value.place, value.marks)
    if isinstance(value.data, list):
        yield Value([Value(Unknown(reason, many=True), value.place)], value.place, UNMARKED)


def _junk(value: Value) -> Iterator[Value]:
    for data in _JUNK:
        yield Value(data, value.place, value.marks)


def _paths(value: Value) -> Iterator[tuple[str | int, ...]]:
    data = value.data
    if isinstance(data, dict):
        parts: list[tuple[str | int, Value]] = list(data.items())
    elif isinstance(data, list):
        parts = list(enumerate(data))
    else:
        return
    for key, part in parts:
        yield (key,)
        yield from ((key, *deeper) for deeper in _paths(part))


def _value_at(value: Value, path: tuple[str | int, ...]) -> Value:
    for step in path:
        data: Any = value.data
        value = data[step]
    return value


def _with(value: Value, path: tuple[str | int, ...], new: Value) -> Value:
    if not path:
        return new
    data, first = value.data, path[0]
    if isinstance(data, dict):
        table = dict(data.items())
        table[str(first)] = _with(table[str(first)], path[1:], new)
        return Value(table, value.place, value.marks)
    assert isinstance(data, list)
    items = list(data)
    items[int(first)] = _with(items[int(first)], path[1:], new)
    return Value(items, value.place, value.marks)
