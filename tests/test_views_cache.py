"""What is computed once for a graph stays with that graph."""

from __future__ import annotations

import gc
import weakref

from auditor.model.graph import Graph
from auditor.views.cache import of_graph, per_graph

ASKED: list[tuple[str, Graph, int]] = []


@per_graph
def answer(word: str, graph: Graph, number: int = 0) -> list[str]:
    ASKED.append((word, graph, number))
    return [word] * number


def test_a_function_is_asked_once_for_each_graph_and_argument() -> None:
    ASKED.clear()
    one, other = Graph(()), Graph(())
    first = answer("a", one, 1)
    assert answer("a", one, 1) is first == ["a"]
    assert answer("a", one, 2) == ["a", "a"]
    assert answer("a", one, number=2) == ["a", "a"]
    assert answer("a", one, number=1) == ["a"]
    assert answer("a", other, 1) is not first
    assert [(word, graph is one, number) for word, graph, number in ASKED] == [
        ("a", True, 1),
        ("a", True, 2),
        ("a", True, 2),
        ("a", True, 1),
        ("a", False, 1),
    ]


def test_what_is_remembered_goes_with_the_graph() -> None:
    graph = Graph(())
    kept = weakref.ref(of_graph(graph, "kept", Kept))
    answer("b", graph)
    assert kept() is not None
    ASKED.clear()
    del graph
    gc.collect()
    assert kept() is None


class Kept:
    """Something that can be referred to weakly."""
