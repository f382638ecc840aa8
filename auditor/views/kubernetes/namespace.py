"""Namespaces. An object that names none goes where whoever applies it says: not to `default`, and the same for a whole bundle."""

from __future__ import annotations

from typing import Final

from auditor.model.resource import Resource

CLUSTER_WIDE: Final = frozenset(
    """
    APIService CSIDriver CSINode CertificateSigningRequest ClusterIssuer ClusterPolicy ClusterRole ClusterRoleBinding ClusterSecretStore
    ClusterTriggerAuthentication ComponentStatus CustomResourceDefinition DeviceClass FlowSchema GatewayClass IPAddress IngressClass
    MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration Namespace Node NodeClass NodePool
    PersistentVolume PodSecurityPolicy PriorityClass PriorityLevelConfiguration ResourceSlice RuntimeClass ServiceCIDR StorageClass
    StorageVersion StorageVersionMigration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration
    VolumeAttachment VolumeAttributesClass VolumeSnapshotClass VolumeSnapshotContent ClusterNetworkPolicy AdminNetworkPolicy
    BaselineAdminNetworkPolicy ClusterExternalSecret CiliumClusterwideNetworkPolicy GlobalNetworkPolicy
    """.split()  # noqa: SIM905 - fifty quoted words do not read better
)
"""Kinds whose objects have no namespace."""


def namespace_of(resource: Resource) -> str | None:
    """The namespace that an object names; None when it names none or has none. Raises `Undecided`."""
    if resource.kind in CLUSTER_WIDE:
        return None
    return resource.at("metadata.namespace").text or None


def may_be_same(one: str | None, other: str | None) -> bool:
    """Whether two namespaces can be one: equal, or one of them is left to whoever applies it."""
    return one is None or other is None or one == other


def in_words(namespace: str | None) -> str:
    """For messages."""
    return f"namespace {namespace}" if namespace else "the same namespace"
