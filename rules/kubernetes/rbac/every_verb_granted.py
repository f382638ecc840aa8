"""A role allows every verb on what it names.

## Why it matters
`*` is more than reading and writing: `deletecollection` empties a namespace with one request, and `escalate`, `bind`,
`impersonate` and `approve` are verbs too, where the resource has them.

## Five whys
1. Why could a typo delete all ConfigMaps? The account may `deletecollection`.
2. Why? `verbs: ["*"]`.
3. Why? Seven words were too many to write.

## Fix now
Write the verbs: `[get, list, watch]` for readers, and `create, update, patch, delete` where it writes.

## Workaround
Limit it to objects by `resourceNames`.

## Prevent
A linter for roles in the pipeline.

## Validate
`kubectl auth can-i deletecollection RESOURCE --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cart, namespace: shop}
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: ["*"] # finding
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cart, namespace: shop}
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch, update, patch]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import item_of, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.INFO,
    aliases="KSV-0045 AVD-KSV-0045 CKV_K8S_49 FG_R00481 kube-linter:wildcard-in-rules C-0187",
)
def check(grant: Grant) -> Iterator[Fail]:
    if "*" in grant.verbs and "*" not in grant.resources:
        yield Fail(item_of(grant, "verbs", "*"), "the role allows every verb on what it names", expected="the verbs that are used")
