"""A role makes tokens of other service accounts.

## Why it matters
`serviceaccounts/token` with `create` gives a valid token of any account of the namespace, or, in a cluster role, of the
cluster: whatever the most powerful of them may do.

## Five whys
1. Why did a request come from the operator's account? Somebody had made a token of it.
2. Why could he? His role creates `serviceaccounts/token`.
3. Why? A tool calls `kubectl create token` for its own account.

## Fix now
`resourceNames: [NAME]` with the one account.

## Workaround
Projected tokens (`serviceAccountToken` volumes) need no right at all.

## Prevent
Alert in the audit log on `serviceaccounts/token`.

## Validate
`kubectl auth can-i create serviceaccounts/token -n kube-system --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: tool, namespace: shop}
rules:
  - apiGroups: [""]
    resources: ["serviceaccounts/token"] # finding
    verbs: [create]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: tool, namespace: shop}
rules:
  - apiGroups: [""]
    resources: ["serviceaccounts/token"]
    resourceNames: [tool]
    verbs: [create]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.MEDIUM,
    aliases="kubescape:rule-can-create-service-account-token C-0281",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["tokens"].used(grant)
    if where:
        yield Fail(where, "the role makes tokens of other service accounts", expected="resourceNames")
