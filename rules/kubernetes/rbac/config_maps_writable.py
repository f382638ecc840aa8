"""A role changes every ConfigMap of its reach.

## Why it matters
ConfigMaps configure applications and the cluster itself: CoreDNS's `Corefile` decides every name, `aws-auth` who is admin. In
`kube-system`, or in a cluster role, writing ConfigMaps is power over both.

## Five whys
1. Why did all names resolve to one address? CoreDNS was told so.
2. Why? Its ConfigMap in `kube-system` was changed.
3. Why could an application do that? Its cluster role writes ConfigMaps.
4. Why cluster-wide? It keeps a leader election lock.

## Fix now
A Role in its own namespace, with `resourceNames`; use `leases` (coordination.k8s.io) for leader election.

## Workaround
RoleBindings in the namespaces where it writes instead of a ClusterRoleBinding.

## Prevent
Leases instead of ConfigMaps as locks.

## Validate
`kubectl auth can-i update configmaps -n kube-system --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: elector}
rules:
  - apiGroups: [""]
    resources: [configmaps] # finding
    verbs: [create, update]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: elector}
rules:
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    verbs: [create, update]
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [elector]
    verbs: [update]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.INFO,
    aliases="KSV-0049 AVD-KSV-0049 kubescape:rule-can-update-configmap-v1 C-0037",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["config maps"].used(grant)
    if where:
        yield Fail(where, "the role changes every ConfigMap of its reach", expected="resourceNames")
