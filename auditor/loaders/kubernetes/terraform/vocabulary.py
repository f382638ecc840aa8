"""How Terraform's provider for Kubernetes spells the API: types for kinds, words with underscores, one block for each item of a list."""

from __future__ import annotations

from typing import Final

_CORE = {
    "Pod": "pod",
    "Service": "service",
    "ConfigMap": "config_map",
    "Secret": "secret",
    "Namespace": "namespace",
    "ServiceAccount": "service_account",
    "ReplicationController": "replication_controller",
    "PersistentVolume": "persistent_volume",
    "PersistentVolumeClaim": "persistent_volume_claim",
    "LimitRange": "limit_range",
    "ResourceQuota": "resource_quota",
    "Endpoints": "endpoints",
}
_OTHERS = {
    "apps/v1": {"Deployment": "deployment", "StatefulSet": "stateful_set", "DaemonSet": "daemon_set"},
    "batch/v1": {"Job": "job", "CronJob": "cron_job"},
    "networking.k8s.io/v1": {"Ingress": "ingress", "IngressClass": "ingress_class", "NetworkPolicy": "network_policy"},
    "policy/v1": {"PodDisruptionBudget": "pod_disruption_budget"},
    "rbac.authorization.k8s.io/v1": {
        "Role": "role",
        "RoleBinding": "role_binding",
        "ClusterRole": "cluster_role",
        "ClusterRoleBinding": "cluster_role_binding",
    },
    "storage.k8s.io/v1": {"StorageClass": "storage_class", "CSIDriver": "csi_driver"},
    "scheduling.k8s.io/v1": {"PriorityClass": "priority_class"},
    "node.k8s.io/v1": {"RuntimeClass": "runtime_class"},
    "discovery.k8s.io/v1": {"EndpointSlice": "endpoint_slice"},
    "admissionregistration.k8s.io/v1": {
        "MutatingWebhookConfiguration": "mutating_webhook_configuration",
        "ValidatingWebhookConfiguration": "validating_webhook_configuration",
    },
    "apiregistration.k8s.io/v1": {"APIService": "api_service"},
    "certificates.k8s.io/v1": {"CertificateSigningRequest": "certificate_signing_request"},
    "autoscaling/v1": {"HorizontalPodAutoscaler": "horizontal_pod_autoscaler"},
}
_OLD = {
    "kubernetes_ingress": "networking.k8s.io/v1beta1",
    "kubernetes_cron_job": "batch/v1beta1",
    "kubernetes_pod_disruption_budget": "policy/v1beta1",
    "kubernetes_csi_driver": "storage.k8s.io/v1beta1",
    "kubernetes_certificate_signing_request": "certificates.k8s.io/v1beta1",
}
"""Types without a version in their name that stay with the version that they began with."""


def _kinds() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for version, kinds in {"v1": _CORE, **_OTHERS}.items():
        for kind, word in kinds.items():
            plain = f"kubernetes_{word}"
            found[plain] = (_OLD.get(plain, version), kind)
            found[f"{plain}_v1"] = (version, kind)
    found["kubernetes_daemonset"] = found["kubernetes_daemon_set_v1"]
    found["kubernetes_default_service_account"] = found["kubernetes_default_service_account_v1"] = ("v1", "ServiceAccount")
    found["kubernetes_pod_security_policy"] = found["kubernetes_pod_security_policy_v1beta1"] = ("policy/v1beta1", "PodSecurityPolicy")
    found["kubernetes_horizontal_pod_autoscaler_v2"] = ("autoscaling/v2", "HorizontalPodAutoscaler")
    found["kubernetes_horizontal_pod_autoscaler_v2beta2"] = ("autoscaling/v2beta2", "HorizontalPodAutoscaler")
    return found


KINDS: Final = _kinds()
"""Resource type -> (apiVersion, kind)."""

LISTS: Final = {
    "address": "addresses",
    "allowed_flex_volumes": "allowedFlexVolumes",
    "allowed_host_paths": "allowedHostPaths",
    "allowed_topologies": "allowedTopologies",
    "cluster_role_selectors": "clusterRoleSelectors",
    "container": "containers",
    "egress": "egress",
    "endpoint": "endpoints",
    "env": "env",
    "env_from": "envFrom",
    "from": "from",
    "host_aliases": "hostAliases",
    "host_ports": "hostPorts",
    "http_header": "httpHeaders",
    "image_pull_secret": "imagePullSecrets",
    "image_pull_secrets": "imagePullSecrets",
    "ingress": "ingress",
    "init_container": "initContainers",
    "items": "items",
    "limit": "limits",
    "match_condition": "matchConditions",
    "match_expression": "matchExpressions",
    "match_expressions": "matchExpressions",
    "match_fields": "matchFields",
    "match_label_expressions": "matchLabelExpressions",
    "metric": "metrics",
    "node_selector_term": "nodeSelectorTerms",
    "not_ready_address": "notReadyAddresses",
    "on_pod_condition": "onPodConditions",
    "option": "options",
    "owner_references": "ownerReferences",
    "path": "paths",
    "policy": "policies",
    "port": "ports",
    "ports": "ports",
    "preferred_during_scheduling_ignored_during_execution": "preferredDuringSchedulingIgnoredDuringExecution",
    "range": "ranges",
    "readiness_gate": "readinessGates",
    "required_during_scheduling_ignored_during_execution": "requiredDuringSchedulingIgnoredDuringExecution",
    "rule": "rules",
    "secret": "secrets",
    "sources": "sources",
    "subject": "subjects",
    "subset": "subsets",
    "sysctl": "sysctls",
    "tls": "tls",
    "to": "to",
    "toleration": "tolerations",
    "topology_spread_constraint": "topologySpreadConstraints",
    "volume": "volumes",
    "volume_claim_template": "volumeClaimTemplates",
    "volume_device": "volumeDevices",
    "volume_mount": "volumeMounts",
    "webhook": "webhooks",
}
"""Blocks that stand for the items of a list; any other block is the one table of its name."""

SINGLE: Final = frozenset(
    {
        *(("volume", "secret"), ("sources", "secret"), ("service", "port")),
        ("ephemeral", "volume_claim_template"),
        ("node_affinity", "required_during_scheduling_ignored_during_execution"),
        *((parent, "metric") for parent in ("pods", "object", "external")),
    }
)
"""(parent, block) of those that are one table there all the same."""

MAPS: Final = frozenset(
    """annotations binary_data binary_data_wo data data_wo default default_request hard labels limits match_labels max
    max_limit_request_ratio min node_selector options parameters requests selector volume_attributes""".split()  # noqa: SIM905 - many quoted words do not read better
)
"""Attributes whose keys are the user's own; their values are text."""

TEXTS: Final = frozenset({"args", "command", *MAPS})
NUMBERS: Final = frozenset(
    """active_deadline_seconds average_utilization backoff_limit completions container_port failed_jobs_history_limit failure_threshold
    fs_group host_port initial_delay_seconds max_replicas max_skew max_surge max_unavailable min_available min_ready_seconds min_replicas
    node_port number parallelism partition period_seconds port replicas revision_history_limit run_as_group run_as_user service_port
    starting_deadline_seconds success_threshold successful_jobs_history_limit target_port termination_grace_period_seconds timeout_seconds
    toleration_seconds ttl_seconds_after_finished weight""".split()  # noqa: SIM905 - many quoted words do not read better
)
"""Attributes that the provider takes as text and sends as numbers, where they are."""

DROPPED: Final = frozenset({"id", "timeouts", "load_balancer_status", "status"})
ZERO_IS_NOTHING: Final = frozenset({"host_port", "active_deadline_seconds", "node_port", "seconds"})
INLINE: Final = frozenset({("spec", "persistent_volume_source")})
"""(parent, block) whose entries belong to the parent."""

NAMES: Final = {
    "ceph_fs": "cephfs",
    "ceph_monitors": "monitors",
    "client_ip": "clientIP",
    "cluster_ip": "clusterIP",
    "cluster_ips": "clusterIPs",
    "data_disk_uri": "diskURI",
    "downward_api": "downwardAPI",
    "endpoints_name": "endpoints",
    "external_ips": "externalIPs",
    "host_ip": "hostIP",
    "host_ipc": "hostIPC",
    "host_pid": "hostPID",
    "insecure_skip_tls_verify": "insecureSkipTLSVerify",
    "load_balancer_ip": "loadBalancerIP",
    "non_resource_urls": "nonResourceURLs",
    "pd_id": "pdID",
    "rados_user": "user",
    "rbd_image": "image",
    "rbd_pool": "pool",
    "run_as_username": "runAsUserName",
    "scale_io": "scaleIO",
    "target_ww_ns": "targetWWNs",
    "timezone": "timeZone",
    "volume_id": "volumeID",
}
"""What is not the same word in camel case."""

OWN_NAMES: Final = {
    ("Secret", "", "binary_data"): "data",
    ("Secret", "", "binary_data_wo"): "data",
    ("Secret", "", "data"): "stringData",
    ("Secret", "", "data_wo"): "stringData",
    ("ConfigMap", "", "data_wo"): "data",
    ("StorageClass", "", "storage_provisioner"): "provisioner",
    ("DaemonSet", "spec", "strategy"): "updateStrategy",
    ("EndpointSlice", "endpoint", "condition"): "conditions",
}
"""(kind, parent, name) -> the name in the API. The provider takes the values of a secret as they are, and encodes them itself."""


def spelled(kind: str, parent: str, name: str) -> str:
    """The API's name of an attribute or of a block that is no list."""
    own = OWN_NAMES.get((kind, parent, name)) or NAMES.get(name)
    if own:
        return own
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def is_list(parent: str, name: str) -> bool:
    """Whether the blocks of that name are the items of a list."""
    return name in LISTS and (parent, name) not in SINGLE
