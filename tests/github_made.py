"""Workflows and actions made of text, for tests of the views over them."""

from __future__ import annotations

from auditor.links import links
from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.pipelines import units
from auditor.model.graph import Graph
from auditor.model.resource import Resource

MAIN = ".github/workflows/main.yml"


def graph_of(files: dict[str, str]) -> Graph:
    """The graph of a repository's files."""
    found = [resource for unit in units(Files.of(files), Settings()) for resource in unit.load().resources]
    return Graph(tuple(found), links(), ())


def file_of(graph: Graph, path: str = MAIN) -> Resource:
    """One of its files."""
    return next(resource for resource in graph.resources if resource.address.text == path)


def faults_of(text: str, *codes: str, path: str = MAIN, **more: str) -> list[tuple[str, int, str]]:
    """(code, line, the text at the place) of the faults of a file, of certain kinds or of all; `more` files by their names."""
    from auditor.views.github.faults import _faults, broken_actions

    files = {path: text, **more}
    graph = graph_of(files)
    resource = file_of(graph, path)
    found = [problem for problems in _faults(resource, graph).values() for problem in problems] + broken_actions(resource, graph)
    lines = text.splitlines()
    return sorted(
        (problem.code, span.line, lines[span.line - 1][span.column - 1 : span.end_column - 1] if span.line == span.end_line else "")
        for problem in found
        if not codes or problem.code in codes
        for span in [problem.where.span]
    )


def workflow(steps: str = "- run: make", *, top: str = "on: push", job: str = "") -> str:
    """A workflow of one job with these steps; `job`: further keys of the job."""
    inner = "".join(f"    {line}\n" for line in job.splitlines())
    below = "".join(f"      {line}\n" for line in steps.splitlines())
    runner = "" if "runs-on:" in job else "    runs-on: ubuntu-24.04\n"
    return f"{top}\njobs:\n  build:\n{runner}{inner}    steps:\n{below}"
