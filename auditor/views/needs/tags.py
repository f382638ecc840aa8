"""Conditions on tags that nothing has."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.iam.access import names_of
from auditor.views.iam.condition import holds
from auditor.views.iam.pattern import nothing_known
from auditor.views.iam.question import personal
from auditor.views.iam.request import Context
from auditor.views.iam.target import tags
from auditor.views.policy import trust_statements
from auditor.views.statement import Condition, Statement

_RESOURCE = "aws:resourcetag/"
_PRINCIPAL = "aws:principaltag/"
_TESTS = ("stringequals", "stringlike", "stringequalsignorecase")


def tag_faults(role: Resource, graph: Graph) -> Iterator[Fail]:
    """The tag conditions of a role's statements that neither the named resources nor the role itself can meet."""
    for policy in personal(role, names_of(graph))[0].policies:
        for statement in policy.statements:
            if statement.where.unknown or statement.where.at("Effect").unknown or not statement.allows:
                continue
            for condition in statement.conditions:
                if condition.test in _TESTS and not condition.optional and ":" not in condition.operator:
                    yield from _fault(role, statement, condition, graph)


def _fault(role: Resource, statement: Statement, condition: Condition, graph: Graph) -> Iterator[Fail]:
    key = condition.key.lower()
    if key.startswith(_RESOURCE):
        targets = _targets(statement, graph)
        if targets and all(_misses(it, condition) for it in targets):
            names = ", ".join(it.address.text for it in targets)
            tag = condition.key.partition("/")[2]
            message = f"{condition.key} has to be {_values(condition)}, and {names} {_has(targets[0], tag)}"
            yield Fail(condition.where, message, expected=f"the tag {tag} on {names}", related=tuple(it.body for it in targets))
    elif key.startswith(_PRINCIPAL) and not _gets_session_tags(role, graph) and _misses(role, condition):
        tag = condition.key.partition("/")[2]
        message = f"{condition.key} has to be {_values(condition)}, and {role.address} {_has(role, tag)}"
        yield Fail(condition.where, message, expected=f"the tag {tag} on {role.address}", related=(role.body,))


def _targets(statement: Statement, graph: Graph) -> tuple[Resource, ...]:
    """The resources that a statement names, where it names each of them by reference."""
    found: list[Resource] = []
    for node in statement.resources:
        text = node.data if isinstance(node.data, str) else ""
        made = names_of(graph).find(text) if text else tuple(it for it in graph.targets(node) if it.kind.startswith("aws_"))
        if len(made) != 1:
            return ()
        found.append(made[0])
    return tuple(dict.fromkeys(found))


def _misses(resource: Resource, condition: Condition) -> bool:
    """Whether the tags of a resource, all of which are known, do not meet a condition."""
    if any(resource.at(path).unknown for path in ("tags", "tags_all")):
        return False
    found = list(tags(resource))
    if any(node.unknown for _, node in found):
        return False
    prefix = condition.key.partition("/")[0]
    context = Context.of({f"{prefix}/{name}": node.text or "" for name, node in found}, closed=True)
    return holds(condition, context, nothing_known, variables=True) is False


def _gets_session_tags(role: Resource, graph: Graph) -> bool:
    """Whether sessions of a role may bring tags along: by sts:TagSession, or from whoever signs people in."""
    for statement in trust_statements(role, graph):
        if statement.where.unknown or statement.grants("sts:TagSession") is not None:
            return True
        if any(it.kind == "Federated" for it in statement.principals):
            return True
    return False


def _values(condition: Condition) -> str:
    return " or ".join(str(it.text) for it in condition.values)


def _has(resource: Resource, tag: str) -> str:
    found: dict[str, Node] = {name.lower(): node for name, node in tags(resource)}
    return f"has {found[tag.lower()].text}" if tag.lower() in found else "has no such tag"
