"""Custom resources and the definitions of their kinds."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import MISSING, Unknown
from auditor.views.cache import of_graph
from auditor.views.kubernetes.schema import MAX_PROBLEMS, Kind, Problem, key_node, nearest_name, step_to
from auditor.views.kubernetes.workload import group_of

_MAX_DEPTH = 60


def definition_of(resource: Resource, graph: Graph) -> Resource | None:
    """The CustomResourceDefinition of an object's kind in its bundle."""
    known: dict[tuple[str, str, str], Resource] = of_graph(graph, "definitions", lambda: _index(graph))
    return known.get((resource.root, group_of(resource.body), resource.kind))


def _index(graph: Graph) -> dict[tuple[str, str, str], Resource]:
    found: dict[tuple[str, str, str], Resource] = {}
    for it in graph.of("CustomResourceDefinition"):
        group, kind = it.at("spec.group").data, it.at("spec.names.kind").data
        if isinstance(group, str) and isinstance(kind, str):
            found.setdefault((it.root, group, kind), it)
    return found


def versions(definition: Resource) -> tuple[Node, ...]:
    """The versions of a definition, in order; one, unnamed but for `spec.version`, in its oldest form. Raises `Undecided`."""
    return tuple(item for item in definition.each("spec.versions") if isinstance(item.value, dict))


def version_of(resource: Resource, definition: Resource) -> Node | None:
    """The version of a definition that an object uses; None when it has no such version. Raises `Undecided`."""
    name = (resource.at("apiVersion").text or "").rpartition("/")[2]
    return next((it for it in versions(definition) if it.at("name").text == name), None)


def deviations(resource: Resource, schema: Node) -> list[Problem]:
    """Where an object differs from the schema of its definition; what the definition says in other ways is not judged."""
    found: list[Problem] = []
    for name in ("spec", "data"):
        part, wanted = resource.at(name), schema.at(f"properties.{name}")
        if part.data is not None and isinstance(wanted.data, dict):
            found += _walk(part, wanted, name, 0)
    return found[:MAX_PROBLEMS]


def _walk(node: Node, wanted: Node, name: str, depth: int) -> Iterator[Problem]:
    data, kind = node.data, wanted.at("type").data
    if node.unknown or _absent(node) or depth > _MAX_DEPTH or wanted.at("x-kubernetes-int-or-string").data is True:
        return
    if isinstance(kind, str) and not _fits(data, kind):
        yield Problem(Kind.WRONG_TYPE, node, name, expected=_WORDS.get(kind, kind))
    elif isinstance(data, dict):
        yield from _table(node, wanted, depth)
    elif isinstance(data, list):
        for index in range(len(data)):
            yield from _walk(node.at(f"[{index}]"), wanted.at("items"), name, depth + 1)
    else:
        yield from _word(node, wanted, name)


def _word(node: Node, wanted: Node, name: str) -> Iterator[Problem]:
    words = wanted.at("enum").data
    allowed = [item.data for item in words] if isinstance(words, list) and not any(isinstance(it.data, Unknown) for it in words) else []
    if allowed and not any(item == node.data and type(item) is type(node.data) for item in allowed):
        shown = [str(item) for item in allowed]
        yield Problem(Kind.NOT_ALLOWED, node, name, expected=", ".join(shown), nearest=nearest_name(str(node.data), shown))


def _table(node: Node, wanted: Node, depth: int) -> Iterator[Problem]:
    properties, other = wanted.at("properties"), wanted.at("additionalProperties")
    names = list(properties.data) if isinstance(properties.data, dict) else []
    is_open = any(_may_hold(wanted.at(f"x-kubernetes-{name}")) for name in ("preserve-unknown-fields", "embedded-resource"))
    for key, item in node.entries():
        inner = properties.at(step_to(key))
        if key in names:
            yield from _walk(item, inner, key, depth + 1)
        elif isinstance(other.data, dict):
            yield from _walk(item, other, key, depth + 1)
        elif names and not is_open and other.data is not True and not _says_otherwise(wanted):
            yield Problem(Kind.UNKNOWN, key_node(node, key), key, nearest=nearest_name(key, names))
    for item in wanted.each("required"):
        name = item.data
        if isinstance(name, str) and _absent(node.at(step_to(name))) and _absent(properties.at(step_to(name)).at("default")):
            yield Problem(Kind.MISSING, node, name)


def _may_hold(node: Node) -> bool:
    return node.unknown or node.data is True


def _absent(node: Node) -> bool:
    return node.data is None or node.data is MISSING


def _says_otherwise(wanted: Node) -> bool:
    """Whether fields may be allowed by more than `properties`."""
    return wanted.unknown or wanted.at("properties").unknown or wanted.at("additionalProperties").unknown


def _fits(data: object, kind: str) -> bool:
    match kind:
        case "string":
            return isinstance(data, str)
        case "boolean":
            return isinstance(data, bool)
        case "integer":
            return isinstance(data, int) and not isinstance(data, bool)
        case "array":
            return isinstance(data, list)
        case "object":
            return isinstance(data, dict)
        case _:
            return True


_WORDS = {"string": "text", "boolean": "true or false", "integer": "a whole number", "array": "a list", "object": "a table"}


def is_custom(resource: Resource) -> bool:
    """Whether an object is of a kind that a definition has to define: its group has a dot, and is none of Kubernetes' own."""
    group = group_of(resource.body)
    return "." in group and not group.endswith((".k8s.io", ".kubernetes.io")) and resource.at("metadata.name").data is not MISSING


def lost_fields(written: Node, stored: Node) -> list[str]:
    """The fields of `spec` in one schema that another one does not have; none when a part of either cannot be known."""
    given, kept = _fields(written), _fields(stored)
    if not given or not kept:
        return []
    free = tuple(path for path in kept if path.endswith(_FREE))
    return sorted(it for it in given - kept if not any(it.startswith(path.removesuffix(_FREE)) for path in free))


_FREE = ".*"


def _fields(schema: Node) -> frozenset[str]:
    """The paths that a schema names, at any depth; one whose inside is free ends with a star. Empty when a part is unknown."""
    found: set[str] = set()
    waiting = [("spec", schema.at("properties.spec"), 0)]
    while waiting:
        path, part, depth = waiting.pop()
        properties, items, free = part.at("properties"), part.at("items"), part.at("x-kubernetes-preserve-unknown-fields")
        if part.unknown or properties.unknown or items.unknown or free.unknown or depth > _MAX_DEPTH:
            return frozenset()
        found.add(path)
        if free.data is True or not _absent(part.at("additionalProperties")):
            found.add(path + _FREE)
        if isinstance(items.data, dict):
            waiting.append((f"{path}[]", items, depth + 1))
        if isinstance(properties.data, dict):
            waiting += ((f"{path}.{name}", properties.at(step_to(name)), depth + 1) for name in properties.data)
    return frozenset(found)
