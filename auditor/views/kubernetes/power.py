"""What a rule of a role allows that reaches further than it looks: the powers that lead to a node, to other accounts, to the cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.rbac import Grant, grants, role_of

_OWN_NAMES: Final = ("cluster-admin", "admin", "edit", "view")
_PREFIXES: Final = ("system:", "gce:", "eks:", "aks:")
_WIDE: Final = frozenset({"", "apps", "batch", "*"})
"""Groups whose `*` is reported as that, not as each of the powers in it."""

_RBAC, _READ, _WRITE = "rbac.authorization.k8s.io", ("get", "list", "watch"), ("create", "update", "patch")
_DELETE: Final = ("delete", "deletecollection")


@dataclass(frozen=True, slots=True)
class Power:
    """Verbs on resources of groups. `words` says what whoever has it may do; `takes_over`: cluster-wide, it leads to everything."""

    words: str
    resources: Mapping[str, tuple[str, ...]]
    verbs: tuple[str, ...]
    takes_over: bool = False
    by_name: bool = False
    """Whether it is as bad when it is limited to objects of certain names."""

    def used(self, grant: Grant) -> Node | None:
        """The resource by which a rule of a role gives it, when the rule names it; None for a mere wildcard over everything."""
        if (grant.names and not self.by_name) or not grant.verbs & {*self.verbs, "*"}:
            return None
        for group, wanted in self.resources.items():
            if not grant.groups & {group, "*"}:
                continue
            for item in grant.where.each("resources"):
                if _names(item.text or "", wanted) or (item.text == "*" and group in grant.groups and not grant.groups & _WIDE):
                    return item
        return None

    def given(self, grant: Grant) -> bool:
        """Whether a rule of a role gives it, wildcards included."""
        if grant.names and not self.by_name:
            return False
        return any(grant.allows(verb, name, group) for group, names in self.resources.items() for name in names for verb in self.verbs)


def _names(text: str, wanted: Iterable[str]) -> bool:
    return any(text in (name, *_patterns(name)) for name in wanted)


def _patterns(name: str) -> tuple[str, ...]:
    """RBAC knows `*/log`, but not `pods/*`."""
    part = name.partition("/")[2]
    return (f"*/{part}",) if part else ()


_WORKLOADS: Final = {
    "": ("pods", "replicationcontrollers"),
    "apps": ("deployments", "daemonsets", "statefulsets", "replicasets"),
    "batch": ("jobs", "cronjobs"),
}
POWERS: Final[Mapping[str, Power]] = {
    "secrets": Power("read Secrets", {"": ("secrets",)}, _READ, takes_over=True),
    "secrets written": Power("change Secrets", {"": ("secrets",)}, (*_WRITE, *_DELETE)),
    "pods": Power("run pods, and so use every service account and Secret beside them", _WORKLOADS, _WRITE, takes_over=True),
    "deletion": Power("delete workloads", _WORKLOADS, _DELETE),
    "exec": Power("run commands in pods", {"": ("pods/exec",)}, ("create", "get"), takes_over=True),
    "attach": Power("attach to the processes of pods", {"": ("pods/attach",)}, ("create", "get"), takes_over=True),
    "debug": Power("put containers into running pods", {"": ("pods/ephemeralcontainers",)}, ("update", "patch"), takes_over=True),
    "forward": Power("reach the ports of pods past every policy", {"": ("pods/portforward",)}, ("create", "get")),
    "escalate": Power("write roles with more rights than its own", {_RBAC: ("roles", "clusterroles")}, ("escalate",), True, True),
    "bind": Power("give roles that it does not have itself", {_RBAC: ("roles", "clusterroles")}, ("bind",), True, True),
    "impersonate": Power(
        "act as somebody else",
        {"": ("users", "groups", "serviceaccounts"), "authentication.k8s.io": ("users", "groups", "uids", "userextras")},
        ("impersonate",),
        takes_over=True,
        by_name=True,
    ),
    "bindings": Power("give its rights to others", {_RBAC: ("rolebindings", "clusterrolebindings")}, _WRITE),
    "roles": Power("change roles", {_RBAC: ("roles", "clusterroles")}, (*_WRITE, *_DELETE)),
    "node proxy": Power("run commands in every pod of a node, past the audit log", {"": ("nodes/proxy",)}, ("get", "create"), True),
    "webhooks": Power(
        "rewrite or block every request to the API server",
        {"admissionregistration.k8s.io": ("mutatingwebhookconfigurations", "validatingwebhookconfigurations")},
        (*_WRITE, *_DELETE),
        takes_over=True,
        by_name=False,
    ),
    "approval": Power(
        "approve certificates, also for other identities",
        {"certificates.k8s.io": ("certificatesigningrequests/approval",)},
        ("update", "patch"),
        takes_over=True,
    ),
    "signer": Power("approve certificates of signers", {"certificates.k8s.io": ("signers",)}, ("approve",), by_name=False),
    "tokens": Power("make tokens of service accounts", {"": ("serviceaccounts/token",)}, ("create",), takes_over=True),
    "volumes": Power("make volumes, also of any path of a node", {"": ("persistentvolumes",)}, ("create",), takes_over=True),
    "service status": Power("redirect traffic by the status of Services", {"": ("services/status",)}, ("update", "patch")),
    "network": Power(
        "redirect or open traffic",
        {
            "": ("services", "endpoints"),
            "discovery.k8s.io": ("endpointslices",),
            "networking.k8s.io": ("networkpolicies", "ingresses"),
            "extensions": ("ingresses", "networkpolicies"),
        },
        (*_WRITE, *_DELETE),
    ),
    "config maps": Power("change ConfigMaps", {"": ("configmaps",)}, (*_WRITE, *_DELETE)),
    "logs": Power("delete logs", {"": ("pods/log",)}, _DELETE),
    "events": Power("delete events", {"": ("events",), "events.k8s.io": ("events",)}, _DELETE),
}
"""By a short name."""


def is_built_in(role: Resource) -> bool:
    """Whether a role or binding is one that every cluster has. Raises `Undecided`."""
    name = role.at("metadata.name").text or ""
    return name.startswith(_PREFIXES) or (role.kind == "ClusterRole" and name in _OWN_NAMES)


def own_grants(role: Resource, graph: Graph) -> tuple[Grant, ...]:
    """The rules of a role that somebody wrote, as the places of a rule: those that every cluster has are left out. Raises `Undecided`."""
    return () if is_built_in(role) else grants(role, graph)


def everything(grant: Grant) -> bool:
    """Whether it allows everything: every verb, or all that read and write, on every resource of every group."""
    verbs = "*" in grant.verbs or grant.verbs >= {*_READ, *_WRITE, "delete"}
    return verbs and "*" in grant.resources and "*" in grant.groups and not grant.names


def administers(grant: Grant) -> bool:
    """Whether it allows every verb on every resource of at least the core group, which leads to the rest."""
    return {"*"} <= grant.verbs & grant.resources and bool(grant.groups & {"", "*"}) and not grant.names


def bound_grants(binding: Resource, graph: Graph) -> Iterator[tuple[Resource, Grant]]:
    """(role, rule) of what a binding gives that is not one of every cluster, when its role is written here. Raises `Undecided`."""
    if is_built_in(binding) or not any(True for _ in binding.body.each("subjects")):
        return
    if binding.kind == "ClusterRoleBinding" and binding.at("roleRef.kind").text == "Role":
        return  # which the API server refuses
    role = role_of(binding, graph)
    for target in role.targets if role else ():
        for grant in grants(target, graph):
            yield target, grant


def takeovers(grant: Grant) -> tuple[str, ...]:
    """What a rule of a role allows, cluster-wide, that leads to everything, in words."""
    if administers(grant) or everything(grant):
        return ("do everything",)
    return tuple(power.words for power in POWERS.values() if power.takes_over and power.given(grant))


def item_of(grant: Grant, path: str, text: str) -> Node:
    """The item of a list of a rule of a role; the list itself when there is no such item."""
    return next((item for item in grant.where.each(path) if item.text == text), grant.where.at(path))
