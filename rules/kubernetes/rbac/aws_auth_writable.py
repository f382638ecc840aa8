"""A role changes who is admin of an EKS cluster.

## Why it matters
The ConfigMap `aws-auth` maps AWS identities to groups of the cluster. Whoever writes it adds a role of his own to
`system:masters`, and nothing in RBAC shows it.

## Five whys
1. Why was an unknown AWS role cluster-admin? `aws-auth` mapped it to `system:masters`.
2. Why? A node bootstrap job had written it.
3. Why could that job? Its role updates `aws-auth`.

## Fix now
Move to EKS access entries (`aws eks create-access-entry`) and remove the right.

## Workaround
Alert in the audit log on updates of `kube-system/aws-auth`.

## Prevent
Authentication mode `API` of the cluster: the ConfigMap is then not read at all.

## Validate
`kubectl auth can-i update configmap/aws-auth -n kube-system --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: nodes, namespace: kube-system}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [aws-auth] # finding
    verbs: [update]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: nodes, namespace: kube-system}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [aws-auth]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, item_of, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.HIGH,
    aliases="KSV-0115 AVD-KSV-0115",
)
def check(grant: Grant) -> Iterator[Fail]:
    power = POWERS["config maps"]
    writes = any(grant.allows(verb, "configmaps") for verb in power.verbs)
    if writes and "aws-auth" in grant.names:
        yield Fail(item_of(grant, "resourceNames", "aws-auth"), "the role changes who is admin of the EKS cluster")
