"""Objects that Terraform's code holds as such: `kubernetes_manifest` as a table, `kubectl_manifest` as text."""

from __future__ import annotations

from auditor.loaders.kubernetes.terraform.objects import Translation
from auditor.loaders.kubernetes.terraform.text import parsed
from auditor.model.node import Node
from auditor.model.value import Value

_PATHS = {"kubernetes_manifest": "manifest", "kubectl_manifest": "yaml_body"}
TYPES = frozenset(_PATHS)


def translate(type_: str, block: Value) -> Translation | None:
    """The object of such a resource; None when it cannot be known."""
    path = _PATHS[type_]
    value = Node(block).at(path).value_
    body = value if type_ == "kubernetes_manifest" else parsed(value)
    kind = Node(body).at("kind").data if body is not None else None
    if body is None or not isinstance(kind, str) or not isinstance(Node(body).at("apiVersion").data, str):
        return None
    return Translation(kind, body, {"": path} if body is value else {})
