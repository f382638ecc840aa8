"""A role names every resource of one API group.

## Why it matters
The group's next resource is in it as well, and subresources such as `status` and `approval`. For an operator's own group that
is usual; for Kubernetes' own groups it is more than anybody needs.

## Five whys
1. Why could the operator approve certificates? It may do everything in `certificates.k8s.io`.
2. Why? `resources: ["*"]` for that group.
3. Why? It needed to read requests.

## Fix now
Name the resources.

## Workaround
Read-only verbs.

## Prevent
A list of resources in the operator's chart, generated from its code (`+kubebuilder:rbac`).

## Validate
`kubectl describe clusterrole NAME` shows no `*`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - apiGroups: [shop.example]
    resources: ["*"] # finding
    verbs: [get, list, watch]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - apiGroups: [shop.example]
    resources: [carts, carts/status]
    verbs: [get, list, watch]
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
    aliases="KSV-0046 AVD-KSV-0046 KSV-0112 AVD-KSV-0112 CKV_K8S_49 FG_R00481 kube-linter:wildcard-in-rules C-0187",
)
def check(grant: Grant) -> Iterator[Fail]:
    if "*" in grant.resources and not grant.groups & {"*", ""}:
        message = "the role names every resource of an API group"
        yield Fail(item_of(grant, "resources", "*"), message, expected="the resources that are used")
