"""A cluster role reads every Secret of the cluster.

## Why it matters
Secrets hold the credentials of everything: databases, clouds, registries, and the tokens of service accounts that may do more
than this role. `list` and `watch` return the contents too, not only the names.

## Five whys
1. Why did the intruder have the cloud's keys? He listed all Secrets.
2. Why could he? The pod's account has a cluster role with `secrets`.
3. Why cluster-wide? The controller watches one Secret in each of three namespaces.

## Fix now
Make it a Role, bound in the namespaces where it is needed, with `resourceNames` and `get`.

## Workaround
Encryption at rest does not help here; limit who can `exec` into the pods that have the account.

## Prevent
Operators with `--watch-namespace`, installed per namespace.

## Validate
`kubectl auth can-i list secrets -A --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: controller}
rules:
  - apiGroups: [""]
    resources: [configmaps, secrets] # finding
    verbs: [get, list, watch]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: controller}
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [controller-tls]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: controller, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import Grant


@rule(
    target="ClusterRole",
    each=own_grants,
    severity=Severity.MEDIUM,
    aliases="KSV-0041 AVD-KSV-0041 kubescape:rule-can-list-get-secrets-v1 C-0015 C-0186",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["secrets"].used(grant)
    if where:
        yield Fail(where, "the role reads every Secret of the cluster", expected="a Role, with resourceNames")
