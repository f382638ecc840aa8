"""A role names the deletion of pod logs.

## Why it matters
Somebody wanted to be able to remove traces. The API server has no such operation today (`pods/log` can only be read); what
stays is the intent, and a right that a later version might honour.

## Five whys
1. Why does the role name it? A list of verbs was copied to a list of resources.
2. Why did it matter in the review? Whoever deletes logs deletes evidence.

## Fix now
`verbs: [get]` for `pods/log`.

## Workaround
Ship logs off the cluster at once, so that nothing in it can delete them.

## Prevent
Subresources in rules of their own, with their own verbs.

## Validate
`kubectl auth can-i delete pods --subresource=log -n NS --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods/log] # finding
    verbs: [get, delete]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.INFO, aliases="KSV-0042 AVD-KSV-0042")
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["logs"].used(grant)
    if where:
        yield Fail(where, "the role names the deletion of pod logs", expected="get")
