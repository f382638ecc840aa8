"""Give planned resources the places of the code that they were planned from, where that code is at hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

from auditor.model.json_text import parse_json
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import MISSING, JsonText, LazyTable, Marks, Missing, Place, Unknown, Value

_KEYS = re.compile(r'\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\]')
_MOST_COMPARISONS = 40_000


def relocate(planned: Iterable[Resource], written: Iterable[Resource]) -> tuple[Resource, ...]:
    """The planned resources, each where its twin in the code stands: root, span, places of attributes, references, `ignore_changes`.

    The code of a plan is the root module in the plan's folder, else in the nearest folder above it, else the only one that
    declares most of what is planned. Plans without code come back as they are.
    """
    roots: dict[str, dict[str, list[Resource]]] = defaultdict(lambda: defaultdict(list))
    for resource in written:
        roots[resource.root][_bare(resource)].append(resource)
    plans: dict[str, list[Resource]] = defaultdict(list)
    for resource in planned:
        plans[resource.span.file].append(resource)
    found: list[Resource] = []
    for resources in plans.values():
        root = _root_of(resources, roots)
        found += resources if root is None else (_at_twin(resource, root, roots[root]) for resource in resources)
    return tuple(found)


def _bare(resource: Resource) -> str:
    """The address without instance keys."""
    return _KEYS.sub("", resource.address.text)


def _root_of(resources: Sequence[Resource], roots: Mapping[str, Mapping[str, object]]) -> str | None:
    folder = PurePosixPath(resources[0].root)
    wanted = {_bare(resource) for resource in resources}
    shares = {root: len(wanted & declared.keys()) / len(wanted) for root, declared in roots.items()}
    for near in (folder, *folder.parents):
        if shares.get(str(near), 0) > 0:
            return str(near)
    best = sorted((share, root) for root, share in shares.items() if share > 0.5)
    return best[-1][1] if best and (len(best) == 1 or best[-1][0] > best[-2][0]) else None


def _at_twin(resource: Resource, root: str, declared: Mapping[str, list[Resource]]) -> Resource:
    twins = declared.get(_bare(resource), [])
    if not twins:
        return replace(resource, root=root)
    twin = next((t for t in twins if t.address == resource.address), twins[0])
    block = twin.body.value_.place
    # An instance that our reading of the code does not have shares the block with the others, but not their values.
    shared = twin.address == resource.address or len(twins) == 1
    body = _moved(resource.body.value_, twin.body.value_, block) if shared else _all_at(resource.body.value_, block)
    return replace(resource, root=root, body=Node(body), span=twin.span, chain=twin.chain, history=twin.history, ignored=twin.ignored)


def _moved(value: Value, twin: Value | None, block: Place) -> Value:
    """`value` at the place of `twin`; at `block` where the code does not write it."""
    if twin is None or isinstance(twin.data, Missing):
        return _all_at(value, block)
    marks = Marks(twin.marks.refs, twin.marks.sensitive or value.marks.sensitive)  # the code knows exactly what it refers to
    return Value(_data(value, twin), twin.place, marks)


def _data(value: Value, twin: Value) -> Any:
    data, other = value.data, twin.data
    if isinstance(data, dict):
        table = data
        inside: Mapping[str, Value] = other if isinstance(other, dict) else {}
        names = [name for name in table if name in inside or not _computed(table[name])]
        return LazyTable(names, lambda name: _moved(table[name], inside.get(name), twin.place))
    if isinstance(data, list):
        partners = _partners(data, other) if isinstance(other, list) else [None] * len(data)
        return [_moved(item, partner, twin.place) for item, partner in zip(data, partners, strict=True)]
    if isinstance(data, str) and isinstance(other, JsonText) and (tree := parse_json(data, twin.place)) is not None:
        return JsonText(data, _moved(tree, other.tree, twin.place))
    if isinstance(data, Unknown) and isinstance(other, Unknown):
        return replace(data, tree=data.tree or other.tree, prefix=data.prefix or other.prefix)
    return data


def _computed(value: Value) -> bool:
    """Whether something that the code does not write is unknown because the provider may give it."""
    return isinstance(value.data, Unknown) and value.data.nullable


def _all_at(value: Value, place: Place) -> Value:
    data = value.data
    if isinstance(data, dict):
        table = data
        return Value(LazyTable(table, lambda name: _all_at(table[name], place)), place, value.marks)
    if isinstance(data, list):
        return Value([_all_at(item, place) for item in data], place, value.marks)
    return Value(data, place, value.marks)


def _partners(items: list[Value], twins: list[Value]) -> list[Value | None]:
    """For each planned item the written one that it is: sets come in another order than they are written."""
    if not twins:
        return [None] * len(items)
    if len(items) * len(twins) > _MOST_COMPARISONS:
        return [twins[min(index, len(twins) - 1)] for index in range(len(items))]
    open_ended = [twin for twin in twins if isinstance(twin.data, Unknown)]
    free = [twin for twin in twins if not isinstance(twin.data, Unknown)]
    found: list[Value | None] = []
    for item in items:
        best = max(range(len(free)), key=lambda n: (_likeness(item, free[n]), -n), default=None)
        if best is not None and _likeness(item, free[best]) >= 0:
            found.append(free.pop(best))
        else:
            found.append(open_ended[0] if open_ended else None)
    return found


def _likeness(value: Value, twin: Value) -> int:
    """How many written scalars agree; negative when one does not."""
    data, other = value.data, twin.data
    if isinstance(other, Unknown | Missing | JsonText) or isinstance(data, Unknown):
        return 0
    if isinstance(data, dict) and isinstance(other, dict):
        scores = [_likeness(data[name] if name in data else Value(MISSING), other[name]) for name in other]
        return -1 if any(score < 0 for score in scores) else sum(scores)
    if isinstance(data, list) and isinstance(other, list):
        return 1 if all(any(_likeness(item, one) >= 0 for item in data) for one in other) else -1
    return 1 if _text(data) == _text(other) else -1


def _text(data: Any) -> str:
    match data:
        case bool():
            return "true" if data else "false"
        case int() | float() | Fraction():
            return f"{float(data):g}"
        case None | Missing():
            return ""
        case _:
            return str(data)
