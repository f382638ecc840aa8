"""Secrets that must be of a certain kind: certificates of ingresses and gateways, credentials for registries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.config_reference import keys_of
from auditor.views.kubernetes.lookup import Lookup, Outcome, look_up
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.pod import pod_of
from auditor.views.kubernetes.workload import KINDS, group_of

USERS: Final = f"Ingress Gateway ServiceAccount {KINDS}"
"""The kinds that use such Secrets, as a rule's target."""

_TLS = "kubernetes.io/tls"
_PULL = "kubernetes.io/dockerconfigjson"


@dataclass(frozen=True, slots=True)
class SecretUse:
    """One use of a Secret. `where` names it; `wanted` is the type that the use needs."""

    where: Node
    name: str
    namespace: str | None
    wanted: str
    purpose: str


def uses(resource: Resource, graph: Graph) -> tuple[SecretUse, ...]:
    """The Secrets that an Ingress, a Gateway, a ServiceAccount or a workload uses so, as the places of a rule. Raises `Undecided`."""
    return tuple(_uses(resource, graph))


def _uses(resource: Resource, graph: Graph) -> Iterator[SecretUse]:
    own = namespace_of(resource)
    if resource.kind == "Ingress":
        for item in resource.body.each("spec.tls"):
            yield from _one(item.at("secretName"), own, _TLS, "TLS")
    elif resource.kind == "Gateway" and group_of(resource.body) == "gateway.networking.k8s.io":
        for item in resource.body.each("spec.listeners.tls.certificateRefs"):
            if (item.at("kind").text or "Secret") == "Secret":
                yield from _one(item.at("name"), item.at("namespace").text or own, _TLS, "TLS")
    elif resource.kind == "ServiceAccount":
        for item in resource.body.each("imagePullSecrets"):
            yield from _one(item.at("name"), own, _PULL, "pulling images")
    else:
        pod = pod_of(resource, graph)
        for item in pod.where.each("imagePullSecrets") if pod else ():
            yield from _one(item.at("name"), own, _PULL, "pulling images")


def _one(name: Node, namespace: str | None, wanted: str, purpose: str) -> Iterator[SecretUse]:
    text = name.text
    if text and "/" not in text:  # some controllers take `namespace/name`
        yield SecretUse(name, text, namespace, wanted, purpose)


def look_up_secret(use: SecretUse, source: Resource, graph: Graph) -> Lookup:
    """The Secret that is used. Credentials for registries are rarely written down: only where some are, one is missed."""
    found = look_up(graph, source, "Secret", use.name, use.namespace)
    if (
        found.missing
        and use.wanted == _PULL
        and not found.complete
        and found.nearest is None
        and not _holds_credentials(graph, source.root)
    ):
        return replace(found, outcome=Outcome.UNKNOWN)
    return found


def _holds_credentials(graph: Graph, root: str) -> bool:
    return any(it.root == root and it.at("type").data in (_PULL, "kubernetes.io/dockercfg") for it in graph.of("Secret"))


def is_fit(secret: Resource, use: SecretUse) -> bool:
    """Whether a Secret can serve the use: by its type, or for TLS by its keys. Raises `Undecided`."""
    kind = secret.at("type").text or "Opaque"
    if use.wanted == _PULL:
        return kind in (_PULL, "kubernetes.io/dockercfg")
    return kind == _TLS or {"tls.crt", "tls.key"} <= keys_of(secret) or not keys_of(secret)
