"""What is wrong with the expressions of a file: their syntax, what they read, and what becomes of their value."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.expression import Mistake, fences, is_whole, parse
from auditor.views.github.expression.fence import Fence
from auditor.views.github.reading import down, text_at
from auditor.views.github.syntax.walk import Problem, Reading, Text
from auditor.views.github.typing.availability import allowed_at
from auditor.views.github.typing.check import Complaint, check
from auditor.views.github.typing.scope import Scope
from auditor.views.github.typing.types import ANY, NULL, ListOf, Object, Type, text_of

_INPUT = "on.workflow_call.inputs.<inputs_id>.default"


def problems(resource: Resource, graph: Graph, reading: Reading) -> Iterator[Problem]:
    """The faults of every expression of a file, at the characters that are wrong."""
    scope = Scope(resource, graph)
    for text in reading.texts:
        yield from _of_text(scope, text)


def _of_text(scope: Scope, text: Text) -> Iterator[Problem]:
    data = text.node.data
    if not isinstance(data, str):
        return
    found = fences(data)
    is_condition = bool(text.trail) and text.trail[-1] in ("if", "pre-if", "post-if")
    if not found:
        if is_condition:
            found = (Fence(0, len(data), 0, data),)
        else:
            return
    allowed = allowed_at(text.key)
    types = None
    for fence in found:
        if not fence.closed:
            yield Problem("expression-syntax", text.node.part(fence.start, len(data)), "the expression never ends: }} is missing")
            continue
        tree = parse(fence.source)
        if isinstance(tree, Mistake):
            start = fence.inner + tree.start
            end = max(fence.inner + tree.end, start + 1)
            yield Problem("expression-syntax", text.node.part(start, min(end, len(data))), tree.message)
            continue
        if types is None:
            types = scope.at(text.trail, text.key)
        kind, complaints = check(tree, types, allowed)
        for complaint in complaints:
            where = text.node.part(fence.inner + complaint.start, fence.inner + complaint.end)
            yield Problem(_code(complaint), where, complaint.message, complaint.expected)
        if not is_condition:
            yield from _use(scope, text, fence, kind)


_ROOTS = {"matrix": "undefined-matrix", "inputs": "undefined-input", "secrets": "undefined-secret"}


def _code(complaint: Complaint) -> str:
    if complaint.code != "undefined":
        return complaint.code
    path = complaint.path
    if path[:1] in (("steps",), ("needs",)) and len(path) == 2:
        return f"undefined-{path[0].removesuffix('s')}"
    if path[:1] in (("steps",), ("needs",), ("jobs",)) and len(path) > 3:
        return "undefined-output"
    if path[:3] == ("github", "event", "inputs"):
        return "undefined-input"
    return _ROOTS.get(path[0] if path else "", "undefined-property")


def _use(scope: Scope, text: Text, fence: Fence, kind: Type) -> Iterator[Problem]:
    """What becomes of the value of an expression: part of a text, or all of a value that has a type."""
    where = text.node.part(fence.start, fence.end)
    shape = text.shape
    wanted = shape.expression
    if text.key == _INPUT and text.whole:
        wanted = _declared_type(scope, text)
    if text.whole and wanted:
        if kind not in (ANY, NULL) and (text_of(kind) not in wanted or not _has_keys(kind, text)):
            message = f"{shape.name} becomes a value of type {text_of(kind)}"
            yield Problem("expression-type", where, message, " or ".join(sorted(wanted)))
        return
    if text.whole and (shape.scalar is None or shape.scalar.kind == "any"):
        return
    if isinstance(kind, (ListOf, Object)) or kind == NULL:
        yield Problem(
            "template", where, f"a value of type {text_of(kind)} becomes part of a text", "a text, a number, or toJSON() around it"
        )


def _has_keys(kind: Type, text: Text) -> bool:
    """Whether an object has only entries that the place takes."""
    keys = text.shape.keys
    if not isinstance(kind, Object) or keys is None or text.shape.values is not None:
        return True
    return kind.others is not None or all(name in keys for name in kind.entries)


def _declared_type(scope: Scope, text: Text) -> frozenset[str]:
    kind = text_at(down(scope.root, *text.trail[:-1]), "type")
    return frozenset({kind}) if kind in ("boolean", "number") else frozenset()


def type_at(scope: Scope, node: Node, trail: tuple[str | int, ...], key: str) -> Type:
    """The type of a text that is one expression; `any` for everything else."""
    data = node.data
    if not isinstance(data, str) or not is_whole(data):
        return ANY
    tree = parse(fences(data)[0].source)
    return ANY if isinstance(tree, Mistake) else check(tree, scope.at(trail, key), allowed_at(key))[0]
