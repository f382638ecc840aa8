"""Objects that nobody writes because others make them: operators, certificates, jobs that create secrets, installed charts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.workload import BATCH, KINDS, group_of, pod_template

_MADE: tuple[tuple[str, str, str], ...] = (  # kind, what it makes, path of the name
    ("ExternalSecret", "Secret", "spec.target.name"),
    ("ExternalSecret", "Secret", "metadata.name"),
    ("ClusterExternalSecret", "Secret", "spec.externalSecretSpec.target.name"),
    ("ClusterExternalSecret", "Secret", "spec.externalSecretName"),
    ("ClusterExternalSecret", "Secret", "metadata.name"),
    ("SealedSecret", "Secret", "metadata.name"),
    ("SealedSecret", "Secret", "spec.template.metadata.name"),
    ("Certificate", "Secret", "spec.secretName"),
    ("Issuer", "Secret", "spec.acme.privateKeySecretRef.name"),
    ("ClusterIssuer", "Secret", "spec.acme.privateKeySecretRef.name"),
    ("VaultStaticSecret", "Secret", "spec.destination.name"),
    ("VaultDynamicSecret", "Secret", "spec.destination.name"),
    ("VaultPKISecret", "Secret", "spec.destination.name"),
    ("VaultSecret", "Secret", "metadata.name"),
    ("OnePasswordItem", "Secret", "metadata.name"),
    ("InfisicalSecret", "Secret", "spec.managedSecretReference.secretName"),
    ("DopplerSecret", "Secret", "spec.managedSecret.name"),
    ("AzureKeyVaultSecret", "Secret", "spec.output.secret.name"),
    ("AzureKeyVaultSecret", "ConfigMap", "spec.output.configMap.name"),
    ("BitwardenSecret", "Secret", "spec.secretName"),
    ("SecretProviderClass", "Secret", "spec.secretObjects.secretName"),
    ("SopsSecret", "Secret", "spec.secretTemplates.name"),
    ("AWSSecret", "Secret", "metadata.name"),
    ("KafkaUser", "Secret", "metadata.name"),
    ("Bundle", "ConfigMap", "metadata.name"),
    ("Service.serving.knative.dev", "Service", "metadata.name"),
    ("ObjectBucketClaim", "Secret", "metadata.name"),
    ("ObjectBucketClaim", "ConfigMap", "metadata.name"),
)

_MAKES_NOTHING: Final = frozenset(
    {
        *KINDS.split(),
        *("ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe", "ScrapeConfig", "GrafanaDashboard"),
        *("VirtualService", "DestinationRule", "ServiceEntry", "Sidecar", "EnvoyFilter", "AuthorizationPolicy", "PeerAuthentication"),
        *("RequestAuthentication", "Telemetry", "ScaledObject", "ScaledJob", "TriggerAuthentication", "ClusterTriggerAuthentication"),
        *("Middleware", "IngressRoute", "IngressRouteTCP", "IngressRouteUDP", "TLSOption", "ServersTransport", "HTTPProxy"),
        *("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "NetworkPolicy", "GlobalNetworkPolicy", "Issuer", "ClusterIssuer"),
        *("BackendConfig", "FrontendConfig", "ManagedCertificate", "TargetGroupBinding", "AnalysisTemplate", "Route", "BuildConfig"),
        *("ImageStream", "Certificate", "ClusterSecretStore", "SecretStore", "SecretProviderClass", "AppProject", "Application"),
        *("ImagePolicy", "ImageRepository", "GitRepository", "HelmRepository", "OCIRepository", "Backup", "Schedule", "VolumeSnapshot"),
        *("EC2NodeClass", "NodePool", "ExternalSecret", "ClusterExternalSecret", "SealedSecret", "ClusterPolicy", "Policy"),
    }
)
"""Custom resources (and workloads with a group of their own) that make no configuration, no secret and no Service."""

_INSTALLERS: Final = ("HelmRelease", "HelmChart", "Application", "ApplicationSet")
"""What installs whole charts, so that anything may come with it."""

_MAX_DEPTH: Final = 12
_PLURALS: Final = {"Secret": "secrets", "ConfigMap": "configmaps", "Service": "services", "PersistentVolumeClaim": "persistentvolumeclaims"}
_MAKEABLE: Final = frozenset({"Secret", "ConfigMap", "Service", "ServiceAccount", "PersistentVolumeClaim", "Role", ""})


def maker(graph: Graph, root: str, kind: str, name: str) -> Resource | None:
    """What certainly makes the object of that kind and name; None when nothing here does."""
    every: dict[str, dict[tuple[str, str], Resource]] = of_graph(graph, "makers", lambda: _makers(graph))
    found = every.get(root, {}).get((kind, name))
    if found is None and kind in ("Secret", "ConfigMap"):
        words: dict[str, dict[str, Resource]] = of_graph(graph, "job-words", lambda: _job_words(graph))
        found = words.get(root, {}).get(name)
    return found


def perhaps_made_by(graph: Graph, root: str, kind: str, name: str) -> Resource | None:
    """What may make the object (of any kind when none is given): a custom resource of that name, or of its beginning, or a chart."""
    if kind not in _MAKEABLE:
        return None
    vague: dict[tuple[str, str], Resource] = of_graph(graph, "vague-makers", lambda: _vague(graph))
    if (root, kind) in vague:
        return vague[root, kind]
    allowed: dict[tuple[str, str], Resource] = of_graph(graph, "creators", lambda: _creators(graph))
    if (root, kind) in allowed:
        return allowed[root, kind]
    every: dict[str, list[tuple[str, Resource]]] = of_graph(graph, "suspects", lambda: _suspects(graph))
    for stem, resource in every.get(root, ()):
        if not stem or name == stem or name.startswith(f"{stem}-"):
            return resource
    return None


def custom_with_labels(graph: Graph, root: str, labels: Mapping[str, str]) -> Resource | None:
    """A custom resource whose pods may carry these labels: it writes them somewhere, or its kind is the key of one."""
    every: dict[str, list[Resource]] = of_graph(graph, "custom", lambda: _custom(graph))
    keys = {key.rpartition("/")[2].lower() for key in labels}
    return next((it for it in every.get(root, ()) if it.kind.lower() in keys or _holds(it.at("spec"), labels, 0)), None)


def _custom(graph: Graph) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = defaultdict(list)
    for resource in graph.resources:
        if resource.kind not in _MAKES_NOTHING and is_custom(resource):
            found[resource.root].append(resource)
    return found


def _holds(node: Node, labels: Mapping[str, str], depth: int) -> bool:
    data = node.data
    if depth > _MAX_DEPTH or not isinstance(data, (dict, list)):
        return False
    parts = [part for _, part in node.entries()] if isinstance(data, dict) else list(node.each())
    if isinstance(data, dict) and all(node.at(f'["{key}"]').data == value for key, value in labels.items() if '"' not in key):
        return True
    return any(_holds(part, labels, depth + 1) for part in parts)


def _makers(graph: Graph) -> dict[str, dict[tuple[str, str], Resource]]:
    found: dict[str, dict[tuple[str, str], Resource]] = defaultdict(dict)
    for producer, kind, path in _MADE:
        for resource in graph.of(producer):
            for node in resource.body.each(path):
                if isinstance(node.data, str):
                    found[resource.root].setdefault((kind, node.data), resource)
    for resource in graph.of("Ingress", "Gateway"):  # cert-manager makes the certificates of those that ask for it
        if _asks_for_certificates(resource):
            for path in ("spec.tls.secretName", "spec.listeners.tls.certificateRefs.name"):
                for node in resource.body.each(path):
                    if isinstance(node.data, str):
                        found[resource.root].setdefault(("Secret", node.data), resource)
    return found


def _vague(graph: Graph) -> dict[tuple[str, str], Resource]:
    """(root, kind) -> what makes objects of that kind under a name that is not known."""
    found: dict[tuple[str, str], Resource] = {}
    for producer, kind, path in _MADE:
        for resource in graph.of(producer):
            if any(node.unknown for node in resource.body.each(path)):
                found.setdefault((resource.root, kind), resource)
    for resource in graph.of("Ingress", "Gateway"):
        if resource.at("metadata.annotations").unknown:
            found.setdefault((resource.root, "Secret"), resource)
    for job in graph.of(*sorted(BATCH)):
        template = pod_template(job)
        if template is not None and any(node.unknown for node in _words(template)):
            found.setdefault((job.root, "Secret"), job)
            found.setdefault((job.root, "ConfigMap"), job)
    return found


def _asks_for_certificates(resource: Resource) -> bool:
    keys = resource.at("metadata.annotations").data
    return isinstance(keys, dict) and any(key.startswith(("cert-manager.io/", "kubernetes.io/tls-acme")) for key in keys)


def _job_words(graph: Graph) -> dict[str, dict[str, Resource]]:
    """The names in the commands of jobs: `--secret-name=x`, `kubectl create secret generic x`."""
    found: dict[str, dict[str, Resource]] = defaultdict(dict)
    for job in graph.of(*sorted(BATCH)):
        template = pod_template(job)
        texts = [node.data for node in _words(template) if isinstance(node.data, str)] if template is not None else []
        for text in texts:
            for word in text.replace("=", " ").replace('"', " ").replace("'", " ").split():
                found[job.root].setdefault(word, job)
    return found


def _words(template: Node) -> Iterator[Node]:
    for path in ("spec.initContainers", "spec.containers"):
        for part in ("command", "args"):
            yield from template.each(f"{path}.{part}")


def _creators(graph: Graph) -> dict[tuple[str, str], Resource]:
    """(root, kind) -> a role that lets somebody make objects of that kind: an operator, or a container that prepares its own secret."""
    found: dict[tuple[str, str], Resource] = {}
    for role in graph.of("Role", "ClusterRole"):
        for grant in role.body.each("rules"):
            verbs, resources = _texts(grant, "verbs"), _texts(grant, "resources")
            if verbs & {"create", "*"}:
                for kind, plural in _PLURALS.items():
                    if resources & {plural, "*"}:
                        found.setdefault((role.root, kind), role)
    return found


def _texts(table: Node, path: str) -> set[str]:
    return {node.data for node in table.each(path) if isinstance(node.data, str)}


def _suspects(graph: Graph) -> dict[str, list[tuple[str, Resource]]]:
    """root -> (how the names of what it makes begin, the resource); an empty beginning means any name."""
    found: dict[str, list[tuple[str, Resource]]] = defaultdict(list)
    for resource in graph.resources:
        if resource.kind in _INSTALLERS and _installs_a_chart(resource):
            found[resource.root].append(("", resource))
        elif resource.kind not in _MAKES_NOTHING and is_custom(resource):
            name = resource.at("metadata.name").data
            if isinstance(name, str) and name:
                found[resource.root].append((name, resource))
    return found


def _installs_a_chart(resource: Resource) -> bool:
    if resource.kind in ("HelmRelease", "HelmChart"):
        return True
    paths = ("spec.source.chart", "spec.sources.chart", "spec.template.spec.source.chart", "spec.template.spec.sources.chart")
    return any(isinstance(node.data, str) for path in paths for node in resource.body.each(path))


def is_custom(resource: Resource) -> bool:
    """Whether an object is of a kind that Kubernetes itself does not have."""
    group = group_of(resource.body)
    return "." in group and (not group.endswith(".k8s.io") or resource.kind == "Gateway")
