"""A quota counts what a container does not state, so its pods are refused.

## Why it matters
Where a ResourceQuota bounds `requests.cpu`, `limits.memory` or the like, the API server refuses every pod that leaves that amount open:
`failed quota: compute: must specify limits.memory for: web`. The Deployment is accepted, its ReplicaSet cannot make a pod, and the rollout
hangs until its deadline.

## Five whys
1. Why does the Deployment have no pods? Its ReplicaSet reports `FailedCreate`.
2. Why? The quota of the namespace needs `limits.memory` from every container.
3. Why has this one none? The sidecar's chart has empty `resources`; in the old namespace there was no quota.
4. Why did the deployment tool not complain? It had applied the Deployment, and that worked.

## Fix now
`kubectl set resources deployment/NAME -c CONTAINER --requests=cpu=100m,memory=128Mi --limits=cpu=1,memory=256Mi`; init containers count
as well.

## Workaround
A LimitRange with `default` and `defaultRequest` in the namespace fills in what is missing, from the next pod on.

## Prevent
Create a LimitRange with each ResourceQuota.

## Validate
`kubectl get events --field-selector reason=FailedCreate` is empty, and `kubectl describe quota` counts the pods.

## Bad
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec: {hard: {requests.cpu: "4", limits.memory: 8Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      initContainers:
        - name: migrate # finding
          image: shop/web:1.4.2
      containers:
        - name: web
          image: shop/web:1.4.2
          resources:
            requests: {cpu: 250m, memory: 1Gi} # finding
```

## Good
What a limit or a LimitRange gives is stated; quotas of other namespaces, and scopes that leave the pods out, ask for nothing.
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec: {hard: {cpu: "4", limits.memory: 8Gi, pods: "10"}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: shop}
spec: {limits: [{type: Container, default: {memory: 256Mi}}]}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: important, namespace: shop}
spec:
  hard: {requests.ephemeral-storage: 8Gi, limits.cpu: "4"}
  scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: other}
spec: {hard: {limits.cpu: "4"}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {limits: {cpu: "1"}}}
---
apiVersion: v1
kind: Pod
metadata: {name: whole, namespace: shop}
spec:
  resources: {requests: {cpu: "1"}, limits: {memory: 1Gi}}
  containers: [{name: main, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.kubernetes.container import Container, Role
from auditor.views.kubernetes.metric import whole
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.quota import Cap, caps, counts, quotas_of
from auditor.views.kubernetes.vertical import manages
from auditor.views.kubernetes.workload import CONTROLLERS


@rule(target=f"Pod {CONTROLLERS}", each=pods, severity=Severity.HIGH, symptoms=["failed quota: .*: must specify", "FailedCreate"])
def check(pod: Pod) -> Iterator[Fail]:
    reported = set()
    for quota in quotas_of(pod.resource, pod.graph):
        for cap in caps(quota, pod.graph):
            if cap.asks is None or cap.asks in reported or cap.asks[1] not in ("cpu", "memory"):
                continue
            lacking = [(it, where) for it in pod.containers if (where := _lacking(it, cap)) is not None]
            if lacking and counts(quota, pod):
                reported.add(cap.asks)
                for it, where in lacking:
                    part, resource = cap.asks
                    message = f"{quota.address.text} needs {part}.{resource} from the {it.role} {it.name}: its pods are refused"
                    yield Fail(where, message, expected=f"an amount for {part}.{resource}", related=(cap.where,))


def _lacking(it: Container, cap: Cap) -> Node | None:
    """Where an amount should stand that the quota needs; None when it does, or comes from elsewhere."""
    assert cap.asks is not None
    part, resource = cap.asks
    if it.role is Role.EPHEMERAL or any(whole(it.pod, name, resource) is not None for name in {part, "limits"}):
        return None
    if part == "limits":
        return it.written_limit(resource) if it.limit(resource) is None else None
    return it.written_request(resource) if it.request(resource) is None and not manages(it, resource) else None
