"""What custom resources name: a table of the fields that are known for certain, and patterns of names for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.namespace import CLUSTER_WIDE, namespace_of
from auditor.views.kubernetes.producer import is_custom
from auditor.views.kubernetes.workload import KINDS as WORKLOADS
from auditor.views.kubernetes.workload import group_of


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that names an object: `path` of the table, `name` in it, the kind when none is written, the group of that kind."""

    path: str
    kind: str
    name: str = "name"
    group: str | None = None


def _fields(kind: str, *paths: str, name: str = "name", group: str | None = None) -> tuple[_Field, ...]:
    return tuple(_Field(path, kind, name, group) for path in paths)


_TABLE: Final[Mapping[tuple[str, str], tuple[_Field, ...]]] = {  # (kind, end of its group) -> what it names
    ("Certificate", "cert-manager.io"): _fields("Issuer", "spec.issuerRef"),
    ("CertificateRequest", "cert-manager.io"): _fields("Issuer", "spec.issuerRef"),
    ("Issuer", "cert-manager.io"): _fields("Secret", "spec.ca", name="secretName"),
    ("ExternalSecret", "external-secrets.io"): _fields("SecretStore", "spec.secretStoreRef"),
    ("PushSecret", "external-secrets.io"): _fields("SecretStore", "spec.secretStoreRefs"),
    ("SecretStore", "external-secrets.io"): _fields("Secret", "spec.provider.vault.auth.tokenSecretRef"),
    ("TriggerAuthentication", "keda.sh"): _fields("Secret", "spec.secretTargetRef"),
    ("ScaledObject", "keda.sh"): _fields("TriggerAuthentication", "spec.triggers.authenticationRef"),
    ("ScaledJob", "keda.sh"): _fields("TriggerAuthentication", "spec.triggers.authenticationRef"),
    ("Rollout", "argoproj.io"): (
        *_fields("Service", "spec.strategy.canary", name="canaryService", group=""),
        *_fields("Service", "spec.strategy.canary", name="stableService", group=""),
        *_fields("Service", "spec.strategy.blueGreen", name="activeService", group=""),
        *_fields("Service", "spec.strategy.blueGreen", name="previewService", group=""),
        *_fields("Deployment", "spec.workloadRef"),
    ),
    ("IngressRoute", "traefik.io"): (
        *_fields("Service", "spec.routes.services", group=""),
        *_fields("Middleware", "spec.routes.middlewares"),
        *_fields("Secret", "spec.tls", name="secretName"),
    ),
    ("IngressRouteTCP", "traefik.io"): _fields("Service", "spec.routes.services", group=""),
    ("HTTPProxy", "projectcontour.io"): (
        *_fields("Service", "spec.routes.services", group=""),
        *_fields("Secret", "spec.virtualhost.tls", name="secretName"),
    ),
    ("Route", "route.openshift.io"): _fields("Service", "spec.to", "spec.alternateBackends", group=""),
    ("Kustomization", "kustomize.toolkit.fluxcd.io"): _fields("GitRepository", "spec.sourceRef"),
    ("HelmRelease", "helm.toolkit.fluxcd.io"): _fields("HelmRepository", "spec.chart.spec.sourceRef"),
    ("ImagePolicy", "image.toolkit.fluxcd.io"): _fields("ImageRepository", "spec.imageRepositoryRef"),
    ("TargetGroupBinding", "elbv2.k8s.aws"): _fields("Service", "spec.serviceRef", group=""),
    ("Cluster", "postgresql.cnpg.io"): _fields("Secret", "spec.bootstrap.initdb.secret", "spec.superuserSecret"),
}
KINDS: Final = " ".join(sorted({kind for kind, _ in _TABLE}))
"""The kinds whose references are known for certain, as a rule's target."""

_BY_FIELD: Final = {
    "secretName": "Secret",
    "configMapName": "ConfigMap",
    "serviceAccountName": "ServiceAccount",
    "storageClassName": "StorageClass",
    "priorityClassName": "PriorityClass",
}
_BY_TABLE: Final = {
    "secretRef": "Secret",
    "secretKeyRef": "Secret",
    "configMapRef": "ConfigMap",
    "configMapKeyRef": "ConfigMap",
    "serviceRef": "Service",
    "issuerRef": "Issuer",
    "imagePullSecrets": "Secret",
}
_MAX_DEPTH: Final = 16


@dataclass(frozen=True, slots=True)
class CustomReference:
    """An object that a custom resource names. `where` is the node with the name."""

    where: Node
    kind: str
    name: str
    namespace: str | None
    group: str | None = None


def certain(resource: Resource, graph: Graph) -> tuple[CustomReference, ...]:
    """What fields name that are known for certain, as the places of a rule. Raises `Undecided` when a namespace is unknown."""
    fields = _TABLE.get((resource.kind, _family(group_of(resource.body))), ())
    return tuple(it for field in fields for table in resource.body.each(field.path) for it in _read(table, field, resource))


def _family(group: str) -> str:
    """The group without what old versions of it began with (`traefik.containo.us`)."""
    return {"traefik.containo.us": "traefik.io"}.get(group, group)


def _read(table: Node, field: _Field, source: Resource) -> Iterator[CustomReference]:
    name, kind = table.at(field.name), table.at("kind")
    wanted = kind.data if isinstance(kind.data, str) and kind.data and field.name == "name" else field.kind
    if not isinstance(table.data, dict) or not isinstance(name.data, str) or kind.unknown:
        return
    foreign = table.at("group").data or table.at("apiVersion").data
    if field.path.endswith("issuerRef") and isinstance(foreign, str) and not foreign.startswith("cert-manager.io"):
        return
    if wanted == "TraefikService" or not name.data or "$" in name.data or "@" in name.data:
        return
    namespace = table.at("namespace")
    if namespace.unknown:
        return
    own = None if wanted in CLUSTER_WIDE else namespace.text or namespace_of(source)
    yield CustomReference(name, wanted, name.data, own, field.group)


def likely(resource: Resource) -> Iterator[CustomReference]:
    """What fields of a custom resource seem to name by their own names: `secretName`, `*Ref` with a kind. Raises `Undecided`."""
    if is_custom(resource) and resource.kind not in WORKLOADS.split():
        yield from _walk(resource.at("spec"), "", namespace_of(resource), 0)


def _walk(node: Node, key: str, namespace: str | None, depth: int) -> Iterator[CustomReference]:
    data = node.data
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        for item in node.each():
            yield from _walk(item, key, namespace, depth + 1)
    elif isinstance(data, dict):
        yield from _of_table(node, key, namespace)
        for part, below in node.entries():
            kind = _BY_FIELD.get(part)
            if kind and isinstance(below.data, str) and below.data:
                yield CustomReference(below, kind, below.data, None if kind in CLUSTER_WIDE else namespace)
            yield from _walk(below, part, namespace, depth + 1)


def _of_table(table: Node, key: str, namespace: str | None) -> Iterator[CustomReference]:
    name, kind, where = table.at("name"), table.at("kind").data, table.at("namespace").data
    wanted = kind if isinstance(kind, str) and key.lower().endswith(("ref", "refs")) else _BY_TABLE.get(key)
    if wanted and isinstance(name.data, str) and name.data:
        own = where if isinstance(where, str) else namespace
        yield CustomReference(name, wanted, name.data, None if wanted in CLUSTER_WIDE else own)


def look_up_custom(reference: CustomReference, source: Resource, graph: Graph) -> Lookup:
    """The object that a custom resource names."""
    return look_up(graph, source, reference.kind, reference.name, reference.namespace, group=reference.group)
