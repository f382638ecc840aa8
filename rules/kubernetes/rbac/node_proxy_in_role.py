"""A Role names nodes/proxy, the way into every pod of a node.

## Why it matters
Nodes are in no namespace, so a Role grants nothing on them today. But whoever wrote it needs or wants the kubelet's API; the
day the rule is moved into a ClusterRole, because "it does not work", the account runs commands in every pod, past the audit
log.

## Five whys
1. Why does the agent log `nodes "n1" is forbidden ... at the cluster scope`? Its Role grants nothing on nodes.
2. Why does it ask for `nodes/proxy`? It reads the kubelet's metrics that way.
3. Why not otherwise? The chart is old.

## Fix now
Remove the rule; give `nodes/metrics` and `nodes/stats` with `get` by a ClusterRole where metrics are needed.

## Workaround
Read metrics through `metrics.k8s.io`.

## Prevent
Upgrade charts of monitoring tools: recent ones do not need it.

## Validate
`kubectl auth can-i get nodes --subresource=proxy --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: agent, namespace: ops}
rules:
  - apiGroups: [""]
    resources: [nodes/proxy] # finding
    verbs: [get]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: agent, namespace: ops}
rules:
  - apiGroups: [""]
    resources: [services/proxy]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import Grant


@rule(
    target="Role",
    each=own_grants,
    severity=Severity.LOW,
    aliases="KSV-0047 AVD-KSV-0047 kubescape:rule-can-access-proxy-subresource C-0278",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["node proxy"].used(grant)
    if where:
        yield Fail(where, "the Role names nodes/proxy: nothing today, and a way into every pod as a ClusterRole")
