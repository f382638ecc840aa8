"""Lifecycle hooks: who could tell one that the instance is ready."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.views.cache import of_graph
from auditor.views.carriers import CARRIERS, DOCUMENT

_COMPLETES: Final = re.compile(r"CompleteLifecycleAction|autoscaling:(?:Complete)?\*", re.IGNORECASE)
_EVENT: Final = re.compile(r"lifecycle", re.IGNORECASE)


def may_be_completed_by_others(graph: Graph) -> bool:
    """Whether somebody else than the start script may complete hooks: a policy allows it, or an event of hooks goes somewhere.

    What is not known may say so.
    """
    found: bool = of_graph(graph, "hooks-completed-by-others", lambda: _may(graph))
    return found


def _may(graph: Graph) -> bool:
    nodes = [node for document in graph.of(DOCUMENT) for node in document.body.each("statement.actions")]
    nodes += [
        node for kind, places in CARRIERS.items() for carrier in graph.of(kind) for path, _ in places for node in carrier.body.each(path)
    ]
    if any(_says(node, _COMPLETES) for node in nodes):
        return True
    return any(_says(rule.at("event_pattern"), _EVENT) for rule in graph.of("aws_cloudwatch_event_rule"))


def _says(node: Node, words: re.Pattern[str]) -> bool:
    if node.unknown:
        return not node.refs
    data = node.data
    return bool(words.search(data if isinstance(data, str) else repr(node.plain())))
