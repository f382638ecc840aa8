"""A role makes PersistentVolumes, also of any path of a node.

## Why it matters
A PersistentVolume may be a `hostPath`: whoever makes one and claims it mounts the node's disk, past a Pod Security level that
refuses `hostPath` in pods.

## Five whys
1. Why was the node's disk mounted in a restricted namespace? Through a claim.
2. Why was there such a volume? An account had made it.
3. Why could it? Its role creates PersistentVolumes.

## Fix now
Let the CSI provisioner make volumes; give people `persistentvolumeclaims` only.

## Workaround
A ValidatingAdmissionPolicy that refuses PersistentVolumes with `hostPath` and `local`.

## Prevent
The same policy from the first day of a cluster.

## Validate
`kubectl auth can-i create persistentvolumes --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: storage}
rules:
  - apiGroups: [""]
    resources: [persistentvolumes] # finding
    verbs: [create]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: storage}
rules:
  - apiGroups: [""]
    resources: [persistentvolumeclaims]
    verbs: [create]
  - apiGroups: [""]
    resources: [persistentvolumes]
    verbs: [get, list]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import Grant


@rule(target="ClusterRole", each=own_grants, severity=Severity.LOW, aliases="kubescape:rule-can-create-pv C-0282")
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["volumes"].used(grant)
    if where:
        yield Fail(where, "the role makes PersistentVolumes, also of any path of a node")
