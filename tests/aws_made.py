"""Graphs of Terraform texts, and what single rules find on them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from auditor.engine import rulebook
from auditor.engine.runner import Results, run
from auditor.links import links
from auditor.loaders import Settings, loaders
from auditor.loaders.files import Files
from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.rule import Rule


def graph_of(*texts: str, **files: str) -> Graph:
    """The graph of one root module: the texts together in `main.tf`, and further files by name (`a_tf` is `a.tf`)."""
    named = {name.replace("_", "."): text for name, text in files.items()}
    tree = Files.of({"main.tf": "\n".join(texts), **named})
    resources: list[Resource] = []
    gaps: list[str] = []
    for loader in loaders():
        for unit in loader.units(tree, Settings()):
            loading = unit.load()
            resources.extend(loading.resources)
            gaps.extend(loading.gaps)
    return Graph(resources, links(), gaps)


def one(graph: Graph, address: str) -> Resource:
    """The resource of that address."""
    return next(it for it in graph.resources if it.address.text == address)


@cache
def rule(path: str) -> Rule:
    """A rule by its path below `rules`, without the ending."""
    root = rulebook.builtin_root()
    folder = root / PurePosixPath(path)
    return rulebook.load_file(root, next(it for it in (folder.with_suffix(".py"), folder.with_suffix(".yaml")) if it.exists()))


def judged(path: str, graph: Graph, **options: Any) -> Results:
    """What a rule says of a graph, with some of its options set."""
    it = rule(path)
    assert not set(options) - set(it.options)
    results = run([replace(it, options={**it.options, **options})], graph)
    assert not results.errors
    return results


def messages(path: str, graph: Graph, **options: Any) -> list[str]:
    """The messages of its findings."""
    return [finding.message for finding in judged(path, graph, **options).findings]


def outcome(path: str, graph: Graph, **options: Any) -> str:
    """`fail`, `unsure` or `pass`."""
    results = judged(path, graph, **options)
    return "fail" if results.findings else "unsure" if results.unsure else "pass"


def planned(resources: dict[str, tuple[dict[str, Any], dict[str, Any]]]) -> Graph:
    """The graph of a plan: address -> (the body after the apply, the `change`)."""
    parts = {address: {"address": address, "mode": "managed", "type": address.split(".")[0], "name": "x"} for address in resources}
    document = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [{**parts[a], "values": body} for a, (body, _) in resources.items()]}},
        "resource_changes": [{**parts[a], "change": change} for a, (_, change) in resources.items()],
    }
    return graph_of("", plan_json=json.dumps(document, indent=1))
