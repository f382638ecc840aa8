"""The plan and the state of evaluated Terraform for Azure: what is not written is empty, references are unknown first, and ids once they exist."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.links import links
from auditor.loaders import Settings, terraform_plan, terraform_state
from auditor.loaders.files import Files
from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.value import MISSING, Ref, Unknown, Value
from auditor.views.provider import provider_major

OURS = ("azurerm_", "azuread_", "azuredevops_")
Shapes = Mapping[str, Mapping[str, Any]]
"""Kind, or kind and path of a block -> attribute -> what a state holds of it when nobody wrote it."""


_DEFAULTS: Mapping[str, Mapping[str, Mapping[int, Any]]] = {
    "azurerm_storage_account": {
        "min_tls_version": {3: "TLS1_2", 4: "TLS1_2"},
        "cross_tenant_replication_enabled": {3: True, 4: False},
        "allow_nested_items_to_be_public": {5: False},
    },
    "azurerm_postgresql_server": {"ssl_minimal_tls_version_enforced": {4: "TLS1_2"}},
}
"""Kind -> attribute -> major version of the provider -> what it puts there."""


def _with_defaults(graph: Graph, shapes: Shapes) -> Shapes:
    major = provider_major(graph, "azurerm") or 0
    found = {kind: {name: values[major] for name, values in table.items() if major in values} for kind, table in _DEFAULTS.items()}
    return {**shapes, **{kind: {**shapes.get(kind, {}), **table} for kind, table in found.items()}}


def recorded(graph: Graph, shapes: Shapes) -> Graph:
    """The graph of the state that an apply of these resources would leave."""
    shapes = _with_defaults(graph, shapes)
    name = "terraform.tfstate"
    resources = [_entry(graph, resource, shapes) for resource in graph.resources if resource.kind.startswith(OURS)]
    state = {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "twin", "outputs": {}, "resources": resources}
    loading = terraform_state.load(Files.of({name: json.dumps(state)}), name)
    assert not loading.diagnostics
    return Graph(loading.resources, links())


def planned(graph: Graph, shapes: Shapes) -> Graph:
    """The graph of the plan that creates these resources."""
    shapes = _with_defaults(graph, shapes)
    values, changes, configuration = [], [], []
    for resource in graph.resources:
        if not resource.kind.startswith(OURS):
            continue
        address, body = resource.address.text, resource.body.value_
        head = {"address": address, "mode": "managed", "type": resource.kind, "name": _label(resource)}
        after = _known(body, shapes, resource.kind)
        values.append({**head, "schema_version": 0, "values": after, "sensitive_values": {}})
        change = {"actions": ["create"], "before": None, "after": after, "after_unknown": {**_unknown(body), "id": True}}
        changes.append({**head, "change": {**change, "before_sensitive": False, "after_sensitive": {}}})
        configuration.append({**head, "provider_config_key": "azurerm", "expressions": _expressions(body), "schema_version": 0})
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": values}},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": configuration}},
    }
    (unit,) = terraform_plan.units(Files.of({"plan.json": json.dumps(plan)}), Settings())
    return Graph(unit.load().resources, links())


def _known(value: Value, shapes: Shapes, path: str) -> Any:
    data: Any = value.data
    if isinstance(data, list):
        return [_known(item, shapes, path) for item in data]
    if hasattr(data, "items"):
        written = {name: _known(item, shapes, f"{path}.{name}") for name, item in _items(value) if not isinstance(item.data, Unknown)}
        return {**{name: empty for name, empty in shapes.get(path, {}).items() if not data.get(name)}, **written}
    return None if isinstance(data, Unknown) else data if isinstance(data, str | int | bool | None) else float(data)


def _unknown(value: Value) -> Any:
    data: Any = value.data
    if isinstance(data, list):
        return [_unknown(item) for item in data]
    if hasattr(data, "items"):
        return {name: found for name, item in _items(value) if (found := _unknown(item))}
    return isinstance(data, Unknown)


def _expressions(value: Value) -> Any:
    return {name: _expression(item) for name, item in _items(value)}


def _expression(value: Value) -> Any:
    data: Any = value.data
    if isinstance(data, list) and data and hasattr(data[0].data, "items"):
        return [_expressions(item) for item in data]
    refs = [ref for item in ([value, *data] if isinstance(data, list) else [value]) for ref in item.marks.refs]
    if refs:
        return {"references": [text for ref in refs for text in (f"{ref.address.text}.{ref.attribute}", ref.address.text)]}
    return {} if isinstance(data, Unknown) else {"constant_value": _known(value, {}, "")}


def shapes_of(graphs: list[Graph]) -> Shapes:
    """What is empty, for each attribute that one of these graphs writes: a listing for blocks and listings, a text for texts, else null."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for graph in graphs:
        for resource in graph.resources:
            _collect(resource.body.value_, resource.kind, found)
    return found


def _collect(table: Value, path: str, found: dict[str, dict[str, Any]]) -> None:
    for name, value in _items(table):
        found[path].setdefault(name, _empty(value.data))
        for block in value.data if isinstance(value.data, list) else ():
            if hasattr(block.data, "items"):
                _collect(block, f"{path}.{name}", found)


def _empty(data: Any) -> Any:
    if isinstance(data, str):
        return ""
    return [] if isinstance(data, list) or hasattr(data, "items") else None


def _entry(graph: Graph, resource: Resource, shapes: Shapes) -> dict[str, Any]:
    attributes = {**_table(graph, resource.body.value_, shapes, resource.kind), "id": _id(resource)}
    instance = {"schema_version": 0, "attributes": attributes}
    return {"mode": "managed", "type": resource.kind, "name": _label(resource), "provider": "", "instances": [instance]}


def _table(graph: Graph, value: Value, shapes: Shapes, path: str) -> dict[str, Any]:
    known = {name: found for name, item in _items(value) if (found := _plain(graph, item, shapes, f"{path}.{name}")) is not MISSING}
    return {**shapes.get(path, {}), **known}


def _plain(graph: Graph, value: Value, shapes: Shapes, path: str) -> Any:
    data: Any = value.data
    if isinstance(data, Unknown):
        texts = [_attribute(graph, part) if isinstance(part, Ref) else part for part in data.parts]
        return MISSING if not texts or None in texts else "".join(map(str, texts))
    if isinstance(data, list):
        return [found for item in data if (found := _plain(graph, item, shapes, path)) is not MISSING]
    if hasattr(data, "items"):
        return _table(graph, value, shapes, path)
    return data if data is MISSING or isinstance(data, str | int | bool | None) else float(data)


def _attribute(graph: Graph, ref: Ref) -> Any:
    for resource in graph.find(ref.address):
        node = resource.body.at(ref.attribute)
        return _id(resource) if ref.attribute == "id" else node.text if not node.unknown and node.present else None
    return None


def _id(resource: Resource) -> str:
    return f"/subscriptions/0/resourceGroups/twin/providers/{resource.kind}/{_label(resource)}"


def _label(resource: Resource) -> str:
    return resource.address.text.rpartition(".")[2]


def _items(value: Value) -> Iterator[tuple[str, Value]]:
    data: Any = value.data
    yield from data.items()
