"""The resources and verbs of Kubernetes' own API groups, as RBAC spells them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final

from auditor.model.graph import Graph
from auditor.views.cache import of_graph

# group (`-` for the core group): resources with their subresources; `!` marks those without namespace
_TABLE: Final = """
-: bindings componentstatuses! configmaps endpoints events limitranges namespaces!/finalize/status
-: nodes!/proxy/status/log/metrics/stats/spec
-: nodes!/configz/healthz/pods/checkpoint persistentvolumeclaims/status persistentvolumes!/status podtemplates
-: pods/attach/binding/ephemeralcontainers/eviction/exec/log/portforward/proxy/resize/status
-: replicationcontrollers/scale/status resourcequotas/status secrets serviceaccounts/token services/proxy/status
admissionregistration.k8s.io: mutatingadmissionpolicies! mutatingadmissionpolicybindings! mutatingwebhookconfigurations!
admissionregistration.k8s.io: validatingadmissionpolicies!/status validatingadmissionpolicybindings! validatingwebhookconfigurations!
apiextensions.k8s.io: customresourcedefinitions!/status
apiregistration.k8s.io: apiservices!/status
apps: controllerrevisions daemonsets/status deployments/scale/status/rollback replicasets/scale/status statefulsets/scale/status
authentication.k8s.io: selfsubjectreviews! tokenreviews! userextras! uids! groups! users!
authorization.k8s.io: localsubjectaccessreviews selfsubjectaccessreviews! selfsubjectrulesreviews! subjectaccessreviews!
autoscaling: horizontalpodautoscalers/status
batch: cronjobs/status jobs/status
certificates.k8s.io: certificatesigningrequests!/approval/status clustertrustbundles! podcertificaterequests/status signers!
coordination.k8s.io: leases leasecandidates
discovery.k8s.io: endpointslices
events.k8s.io: events
flowcontrol.apiserver.k8s.io: flowschemas!/status prioritylevelconfigurations!/status
internal.apiserver.k8s.io: storageversions!/status
metrics.k8s.io: nodes! pods
networking.k8s.io: ingressclasses! ingresses/status ipaddresses! networkpolicies/status servicecidrs!/status
node.k8s.io: runtimeclasses!
policy: evictions poddisruptionbudgets/status podsecuritypolicies!
rbac.authorization.k8s.io: clusterrolebindings! clusterroles! rolebindings roles
resource.k8s.io: deviceclasses! devicetaintrules!/status resourceclaims/status/binding/driver resourceclaimtemplates resourceslices!
resource.k8s.io: resourcepoolstatusrequests! podschedulingcontexts/status resourceclasses! resourceclaimparameters resourceclassparameters
scheduling.k8s.io: priorityclasses! podgroups/status workloads compositepodgroups
snapshot.storage.k8s.io: volumesnapshotclasses! volumesnapshotcontents!/status volumesnapshots/status
storage.k8s.io: csidrivers! csinodes! csistoragecapacities storageclasses! volumeattachments!/status volumeattributesclasses!
storagemigration.k8s.io: storageversionmigrations!/status
"""

VERBS: Final = frozenset(
    """
    get list watch create update patch delete deletecollection use bind escalate impersonate approve sign attest proxy put post head
    options
    """.split()  # noqa: SIM905 - many quoted words do not read better
)
"""The verbs that Kubernetes itself asks RBAC for."""

IMPERSONATED: Final = frozenset({"users", "groups", "uids", "userextras", "serviceaccounts"})
"""What is no resource of the core group, but may be impersonated."""


@dataclass(frozen=True, slots=True)
class ApiResource:
    """A resource of an API group, in the plural, with its subresources."""

    group: str
    name: str
    parts: frozenset[str]
    namespaced: bool


@cache
def builtin() -> dict[str, dict[str, ApiResource]]:
    """Group -> resource -> what it is, of Kubernetes' own groups."""
    found: dict[str, dict[str, ApiResource]] = {}
    for line in _TABLE.strip().splitlines():
        head, _, words = line.partition(": ")
        group = "" if head == "-" else head
        for word in words.split():
            name, *parts = word.split("/")
            plain = name.rstrip("!")
            before = found.setdefault(group, {}).get(plain)
            every = frozenset(parts) | (before.parts if before else frozenset())
            found[group][plain] = ApiResource(group, plain, every, not name.endswith("!"))
    return found


def declared(graph: Graph) -> frozenset[tuple[str, str]]:
    """(group, plural) of the custom resources that are defined here."""
    return of_graph(graph, "custom-resources", lambda: _declared(graph))


def _declared(graph: Graph) -> frozenset[tuple[str, str]]:
    pairs = ((it.at("spec.group").data, it.at("spec.names.plural").data) for it in graph.of("CustomResourceDefinition"))
    return frozenset((group, plural) for group, plural in pairs if isinstance(group, str) and isinstance(plural, str))


def plural_of(name: str, groups: frozenset[str], graph: Graph) -> str:
    """The custom resource that is defined here and meant by a singular; empty when none is, or the name itself is one."""
    known = {plural for group, plural in declared(graph) if group in groups}
    return "" if name in known else next((it for it in (f"{name}s", f"{name}es") if it in known), "")


def exists(group: str, name: str) -> bool | None:
    """Whether a group has a resource or subresource of that name (`pods/log`); None for a group that is not Kubernetes' own."""
    known = builtin().get(group)
    if known is None:
        return None
    plain, _, part = name.partition("/")
    if plain == "*":
        return not part or any(part in it.parts for it in known.values())
    found = known.get(plain)
    return found is not None and (part in ("", "status", "scale", "finalizers") or part in found.parts)


def groups_with(name: str) -> tuple[str, ...]:
    """Kubernetes' own groups that have a resource or subresource of that name."""
    return tuple(sorted(group for group in builtin() if exists(group, name)))


def nearest(name: str, groups: frozenset[str]) -> str:
    """The resource of these groups that may be meant; empty when none is near."""
    plain, slash, part = name.partition("/")
    known = {it.name: it for group in groups for it in builtin().get(group, {}).values()}
    if plain in known:
        close = get_close_matches(part, known[plain].parts, 1, 0.6)
        return f"{plain}/{close[0]}" if close else ""
    close = [it for it in (f"{plain.lower()}s", f"{plain.lower()}es", plain.lower()) if it in known]
    close = close or get_close_matches(plain.lower(), known, 1, 0.8)
    return close[0] + slash + part if close else ""


def groups_in_words(groups: frozenset[str]) -> str:
    """For messages."""
    return " or ".join(sorted(group or "the core group" for group in groups))


def instead(name: str, groups: frozenset[str]) -> str:
    """What may be meant by a resource that these groups do not have, as the end of a sentence; empty when nothing is near."""
    close = nearest(name, groups)
    if close:
        return f" ({close} is there)"
    others = groups_with(name)
    return f" (it is in {groups_in_words(frozenset(others))})" if others else ""
