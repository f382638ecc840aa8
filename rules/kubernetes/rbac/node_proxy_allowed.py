"""A role reaches the kubelet of every node.

## Why it matters
`nodes/proxy` talks to the kubelet's API as the API server does: it runs commands in any pod of the node, past admission and
past the audit log, even with `get` alone.

## Five whys
1. Why is there no trace of the command in the audit log? It was given to the kubelet.
2. Why could the monitoring account do that? It has `nodes/proxy`.
3. Why? It reads the kubelet's metrics.

## Fix now
`nodes/metrics` and `nodes/stats` with `get` are enough for metrics; remove `nodes/proxy`.

## Workaround
Read metrics through `metrics.k8s.io`.

## Prevent
Recent charts of monitoring tools do not need it: upgrade them.

## Validate
`kubectl auth can-i get nodes --subresource=proxy --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: monitor}
rules:
  - apiGroups: [""]
    resources: [nodes, nodes/proxy] # finding
    verbs: [get, list]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: monitor}
rules:
  - apiGroups: [""]
    resources: [nodes, nodes/metrics, nodes/stats]
    verbs: [get, list]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import Grant


@rule(
    target="ClusterRole",
    each=own_grants,
    severity=Severity.HIGH,
    aliases="KSV-0047 AVD-KSV-0047 kubescape:rule-can-access-proxy-subresource C-0278",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["node proxy"].used(grant)
    if where:
        yield Fail(where, "the role reaches the kubelet of every node, and so runs commands in every pod", expected="nodes/metrics")
