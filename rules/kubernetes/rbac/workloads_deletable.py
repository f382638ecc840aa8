"""A role deletes workloads.

## Why it matters
Deleting is the right that an outage is made of: `deletecollection` removes all pods or Deployments of a namespace in one
request. Few programs need it, and backups do not bring traffic back.

## Five whys
1. Why did all Deployments of the namespace vanish? A script called `kubectl delete deploy --all`.
2. Why could it? Its role may `delete` and `deletecollection`.
3. Why? It removes one preview environment at a time.

## Fix now
Name the objects (`resourceNames`), or give the account a namespace per preview.

## Workaround
A ValidatingAdmissionPolicy that refuses deleting what has the label `protected`.

## Prevent
Let the GitOps controller delete what is no longer in the repository.

## Validate
`kubectl auth can-i deletecollection deployments.apps -n NS --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cleaner, namespace: shop}
rules:
  - apiGroups: [apps]
    resources: [deployments] # finding
    verbs: [delete, deletecollection]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cleaner, namespace: shop}
rules:
  - apiGroups: [apps]
    resources: [deployments]
    resourceNames: [preview]
    verbs: [delete]
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
    aliases="KSV-0048 AVD-KSV-0048 kubescape:rule-excessive-delete-rights-v1 C-0007",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["deletion"].used(grant)
    if where:
        yield Fail(where, "the role deletes workloads", expected="resourceNames")
