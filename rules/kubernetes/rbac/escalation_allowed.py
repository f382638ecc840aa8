"""A role writes roles with more rights than its own.

## Why it matters
The API server lets nobody give rights that he does not have himself, except to who has `escalate`. It is cluster-admin in two
requests.

## Five whys
1. Why had the operator's account everything? It wrote a role for itself.
2. Why did the API server allow that? It has the verb `escalate`.
3. Why? An error message named the verb as missing.

## Fix now
Remove `escalate`; give the account the rights that it has to give on, instead.

## Workaround
Limit it by `resourceNames` to the one role that it keeps.

## Prevent
Alert in the audit log on changes of roles by service accounts.

## Validate
`kubectl auth can-i escalate clusterroles --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles] # finding
    verbs: [get, update, escalate]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [get, list]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.HIGH,
    aliases="CKV_K8S_158 KSV-0050 AVD-KSV-0050 kubescape:rule-can-bind-escalate C-0191",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["escalate"].used(grant)
    if where and "*" not in grant.verbs:
        yield Fail(where, "the role writes roles with more rights than its own (escalate)")
