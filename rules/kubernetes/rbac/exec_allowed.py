"""A role runs commands in pods.

## Why it matters
`pods/exec` is everything that the pods can do: their Secrets, their database connections, their service account's token. In a
cluster role it is every pod, those of the control plane included.

## Five whys
1. Why were rows missing in the production database? Somebody ran a command in a pod of it.
2. Why could he? His role has `pods/exec`.
3. Why? Debugging was simplest that way.

## Fix now
Remove `pods/exec`; for debugging, give it for an hour (a RoleBinding that a job removes) in one namespace.

## Workaround
Turn on audit logging of the request body for `pods/exec`, and alert on it.

## Prevent
Images without a shell; logs and metrics that make a shell unnecessary.

## Validate
`kubectl auth can-i create pods --subresource=exec -n NS --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods, pods/exec] # finding
    verbs: [create]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods, pods/log]
    verbs: [get, list]
  - apiGroups: [""]
    resources: [pods/exec]
    verbs: [list]
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
    aliases="KSV-0053 AVD-KSV-0053 polaris:clusterrolePodExecAttach polaris:rolePodExecAttach kubescape:exec-into-container-v1 C-0002",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["exec"].used(grant)
    if where:
        yield Fail(where, "the role runs commands in pods")
