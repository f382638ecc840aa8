"""Who may do what: roles, bindings and the service accounts of pods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.pod import Pod

ROLES: Final = "Role ClusterRole"
BINDINGS: Final = "RoleBinding ClusterRoleBinding"


@dataclass(frozen=True, slots=True)
class Grant:
    """One rule of a role: verbs on resources of API groups. `names` restricts it to objects of those names."""

    where: Node
    groups: frozenset[str]
    resources: frozenset[str]
    verbs: frozenset[str]
    names: frozenset[str]

    def allows(self, verb: str, resource: str, group: str = "") -> bool:
        """Whether it allows a verb on a resource (`pods`, `pods/exec`) of a group, with the wildcards of RBAC."""
        return bool(self.verbs & {verb, "*"}) and bool(self.groups & {group, "*"}) and _covers(self.resources, resource)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a binding is for. `namespace` is that of a service account."""

    where: Node
    kind: str
    name: str
    namespace: str | None


def _covers(resources: frozenset[str], wanted: str) -> bool:
    _, slash, part = wanted.partition("/")
    return "*" in resources or wanted in resources or bool(slash and f"*/{part}" in resources)


def grants(role: Resource, graph: Graph) -> tuple[Grant, ...]:
    """The rules of a role, as the places of a rule. Raises `Undecided` when the list or a rule is unknown."""
    return tuple(
        Grant(item, _texts(item, "apiGroups"), _texts(item, "resources"), _texts(item, "verbs"), _texts(item, "resourceNames"))
        for item in role.body.each("rules")
        if isinstance(item.value, dict)
    )


def _texts(node: Node, path: str) -> frozenset[str]:
    return frozenset(text for item in node.each(path) if (text := item.text) is not None)


def subjects(binding: Resource, graph: Graph) -> tuple[Subject, ...]:
    """Whom a binding is for, as the places of a rule. A service account without a namespace is in the binding's. Raises `Undecided`."""
    own = namespace_of(binding)
    return tuple(
        Subject(item, item.at("kind").text or "", item.at("name").text or "", item.at("namespace").text or own)
        for item in binding.body.each("subjects")
        if isinstance(item.value, dict)
    )


def role_of(binding: Resource, graph: Graph) -> Lookup | None:
    """The role that a binding gives; None when it names none. Raises `Undecided`."""
    kind, name = binding.at("roleRef.kind").text, binding.at("roleRef.name").text
    if not kind or not name:
        return None
    return look_up(graph, binding, kind, name, None if kind == "ClusterRole" else namespace_of(binding))


def service_account(pod: Pod) -> Lookup:
    """The ServiceAccount of the pods of a workload. Raises `Undecided`."""
    return look_up(pod.graph, pod.resource, "ServiceAccount", pod.service_account, pod.namespace)


def mounts_token(pod: Pod) -> bool:
    """Whether the pods get the token of their service account: their own word, else that of the account, else yes. Raises `Undecided`."""
    own = pod.where.at("automountServiceAccountToken").flag
    if own is not None:
        return own
    accounts = service_account(pod).targets
    return not accounts or accounts[0].at("automountServiceAccountToken").flag is not False


def bindings_of(account: str, namespace: str | None, graph: Graph, root: str) -> tuple[Resource, ...]:
    """The bindings that certainly are for a service account, by itself or through the groups of all service accounts."""
    every: dict[tuple[str, str], list[tuple[Resource, Subject]]] = of_graph(graph, "bindings", lambda: _index(graph))
    found = [it for it, who in every.get((root, account), ()) if may_be_same(who.namespace, namespace)]
    groups = ["system:serviceaccounts", "system:authenticated", *([f"system:serviceaccounts:{namespace}"] if namespace else [])]
    found += [it for group in groups for it, _ in every.get((root, f"group {group}"), ())]
    return tuple(dict.fromkeys(found))


def _index(graph: Graph) -> dict[tuple[str, str], list[tuple[Resource, Subject]]]:
    found: dict[tuple[str, str], list[tuple[Resource, Subject]]] = {}
    for binding in graph.of(*BINDINGS.split()):
        try:
            listed = subjects(binding, graph)
        except Undecided:
            continue
        for subject in listed:
            name = subject.name if subject.kind == "ServiceAccount" else f"{subject.kind.lower()} {subject.name}"
            found.setdefault((binding.root, name), []).append((binding, subject))
    return found


def grants_of(pod: Pod) -> Iterator[tuple[Resource, Resource, Grant]]:
    """(binding, role, rule) of everything that the service account of the pods is known to be granted. Raises `Undecided`."""
    for binding in bindings_of(pod.service_account, pod.namespace, pod.graph, pod.resource.root):
        role = role_of(binding, pod.graph)
        for target in role.targets if role else ():
            for grant in grants(target, pod.graph):
                yield binding, target, grant
