"""A role attaches to the processes of pods.

## Why it matters
`pods/attach` connects to the input and output of a container's main process: an interactive program takes commands that way,
and what it prints may be secret.

## Five whys
1. Why could he type into the migration's console? He was attached to its pod.
2. Why? His role has `pods/attach`.
3. Why? It stood beside `pods/log` in an example.

## Fix now
Remove `pods/attach`; `pods/log` is enough to read.

## Workaround
`stdin: false` on containers (the default) leaves only reading.

## Prevent
Review subresources in roles like resources of their own.

## Validate
`kubectl auth can-i create pods --subresource=attach -n NS --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support, namespace: shop}
rules:
  - apiGroups: [""]
    resources: ["pods/attach"] # finding
    verbs: [create]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support, namespace: shop}
rules:
  - apiGroups: [""]
    resources: ["pods/log"]
    verbs: [get]
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
    aliases="KSV-0054 AVD-KSV-0054 polaris:clusterrolePodExecAttach polaris:rolePodExecAttach",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["attach"].used(grant)
    if where:
        yield Fail(where, "the role attaches to the processes of pods")
