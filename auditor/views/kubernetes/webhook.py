"""Admission webhooks: what they call, and what they have a say over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.network_policy import namespace_labels
from auditor.views.kubernetes.selector import label_selector

KINDS: Final = "ValidatingWebhookConfiguration MutatingWebhookConfiguration"


@dataclass(frozen=True, slots=True)
class Webhook:
    """One webhook of a configuration; `service` and `namespace` are empty when it calls a URL."""

    where: Node
    service: str
    namespace: str


def webhooks(resource: Resource, graph: Graph) -> tuple[Webhook, ...]:
    """The webhooks of a configuration, as the places of a rule. Raises `Undecided`."""
    found = []
    for item in resource.body.each("webhooks"):
        if isinstance(item.value, dict):
            service = item.at("clientConfig.service")
            found.append(Webhook(item, service.at("name").text or "", service.at("namespace").text or ""))
    return tuple(found)


def look_up_service(hook: Webhook, source: Resource, graph: Graph) -> Lookup | None:
    """The Service that a webhook calls; None when it calls a URL. Raises `Undecided`."""
    return look_up(graph, source, "Service", hook.service, hook.namespace or None, group="") if hook.service else None


def covers_own_pods(hook: Webhook, source: Resource, graph: Graph) -> bool:
    """Whether the creation of pods in its own namespace fails while it does not answer. Raises `Undecided`."""
    if not hook.service or not hook.namespace or (hook.where.at("failurePolicy").text or "Fail") != "Fail":
        return False
    if not any(_covers_pods(rule) for rule in hook.where.each("rules")) or hook.where.at("matchConditions").present:
        return False
    if hook.where.at("objectSelector").present and not label_selector(hook.where.at("objectSelector")).empty:
        return False
    spaces = label_selector(hook.where.at("namespaceSelector"))
    if spaces.empty:
        return True
    own = namespace_labels(graph, source.root, hook.namespace)
    return spaces.matches(own)


def _covers_pods(rule: Node) -> bool:
    groups, resources, verbs = (_texts(rule, path) for path in ("apiGroups", "resources", "operations"))
    return bool(groups & {"", "*"}) and bool(resources & {"pods", "*", "*/*", "pods/*"}) and bool(verbs & {"CREATE", "*"})


def _texts(table: Node, path: str) -> set[str]:
    return {text for node in table.each(path) if (text := node.text) is not None}
