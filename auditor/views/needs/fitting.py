"""Actions that a statement names although none of its resources can be what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.views.iam.access import names_of
from auditor.views.iam.hole import CLOSE, HOLE, OPEN, blurred
from auditor.views.iam.pattern import raw
from auditor.views.iam_resources import arn_patterns, fits
from auditor.views.statement import Statement, Use

_NAMED: Final = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")


def misfits(statement: Statement, graph: Graph) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The actions without effect, each with the forms of the ARNs that it is about; none for one that concerns no resource.

    Patterns of actions are left out: of those, some fit and some do not. What S3 does with buckets and objects has a rule of its own.
    """
    if statement.use is not Use.IDENTITY or statement.where.unknown or not statement.where.at("NotResource").missing:
        return
    resources = resource_patterns(statement, graph)
    if not resources or any("${" in it for it in resources):
        return
    for action in statement.actions:
        text = action.text or ""
        if set(text) & set("*?") or text.lower().startswith("s3:"):
            continue
        forms = arn_patterns(text)
        if forms is None or any(it in ("*", "") for it in resources):
            continue
        if not any(_has_wildcard_only(it) or any(fits(it, form) for form in forms) for it in resources):
            yield action, forms


def resource_patterns(statement: Statement, graph: Graph) -> list[str]:
    """The resources of a statement, with stars for what is not known."""
    return [_pattern(node, graph) for node in statement.resources]


def named_arn(node: Node, graph: Graph) -> str:
    """The text of a resource, with a word for each name that the cloud makes up. Raises `Undecided` for what else is not known."""
    text = raw(node, names_of(graph).resolve) if node.unknown else HOLE
    return (node.text or "") if HOLE in text else _NAMED.sub("NAME", text)


def _pattern(node: Node, graph: Graph) -> str:
    return blurred(raw(node, names_of(graph).resolve)).replace(HOLE, "*")


def _has_wildcard_only(text: str) -> bool:
    return not text.strip("*:")
