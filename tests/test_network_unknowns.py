"""Losing knowledge never turns one answer about a network into the other: every value of every topology is hidden in turn."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from auditor.app.reach import Question, answer
from auditor.app.reach_document import document
from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value
from tests.test_network_topologies import TOPOLOGIES, asks_of, read_topology

_NAMES = frozenset(
    {
        "name",
        "name_prefix",
        "function_name",
        "identifier",
        "cluster_identifier",
        "role",
        "role_arn",
        "node_role_arn",
        "tags",
        "get_password_data",
    }
)
"""What no packet hangs on (others refer to names by reference), and what is taken for Linux unless it says otherwise."""


Instead: TypeAlias = Callable[[Value], Value]


def _hide(value: Value) -> Value:
    return Value(Unknown("it is hidden"), value.place)


def _changed(value: Value, instead: Instead, depth: int = 0) -> Iterator[tuple[str, Value]]:
    """(path, the same value with something else there)."""
    data = value.data
    items = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    for key, item in items:
        if key in _NAMES:
            continue
        for path, less in [("", instead(item)), *(_changed(item, instead, depth + 1) if depth < 3 else ())]:
            made = dict(data) if isinstance(data, dict) else list(data)  # type: ignore[arg-type]  # a copy of either kind
            made[key] = less  # type: ignore[index]  # a copy of either kind
            yield f"{key}.{path}" if path else str(key), Value(made, value.place, value.marks)  # type: ignore[arg-type]  # a copy of either kind


def _graphs(graph: Graph, instead: Instead) -> Iterator[tuple[str, Graph]]:
    """The graph with one value after the other changed."""
    for number, resource in enumerate(graph.resources):
        if not resource.kind.startswith("aws_"):
            continue
        for path, body in _changed(resource.body.value_, instead):
            hidden: Resource = replace(resource, body=Node(body))
            others = [*graph.resources[:number], hidden, *graph.resources[number + 1 :]]
            yield f"{resource.address}.{path}", Graph(others, gaps=graph.gaps, context=graph.context)


@pytest.mark.slow
@pytest.mark.parametrize("topology", [file.stem for file in TOPOLOGIES])
def test_hidden_values(topology: str, tmp_path: Path) -> None:
    graph, _ = read_topology(topology, tmp_path)
    (file,) = [file for file in TOPOLOGIES if file.stem == topology]
    asks = asks_of(file)
    wrong = []
    for path, less in _graphs(graph, _hide):
        for ask in asks:
            known = {"reachable": True, "blocked": False, "unknown": None}[ask.answer]
            found = answer([less], Question(ask.source, ask.target, ask.protocol, ask.port)).truth
            if found not in (known, None):
                wrong.append(f"{ask.source} -> {ask.target} {ask.protocol} {ask.port}: {ask.answer}, and {found} without {path}")
    assert not wrong, "\n" + "\n".join(wrong)


_JUNK: tuple[Any, ...] = (7, -1, 3.5, "x", "", None, True, "10.0.0.0/99", "::/0", "-1", Unknown("?", many=True))


@pytest.mark.slow
@pytest.mark.parametrize("topology", [file.stem for file in TOPOLOGIES])
def test_junk_is_no_crash(topology: str, tmp_path: Path) -> None:
    graph, _ = read_topology(topology, tmp_path)
    (file,) = [file for file in TOPOLOGIES if file.stem == topology]
    asks, random_ = asks_of(file), random.Random(topology)

    def junk(value: Value) -> Value:
        chosen = random_.choice([*_JUNK, [], [Value(3, value.place), Value(None, value.place)], {"a": Value(1, value.place)}])
        return Value(chosen, value.place)

    for _, changed in _graphs(graph, junk):
        ask = random_.choice(asks)
        assert document(answer([changed], Question(ask.source, ask.target, ask.protocol, ask.port)))["version"] == "1"
        if random_.random() < 0.2:
            assert document(answer([changed], Question("internet")))["version"] == "1"
