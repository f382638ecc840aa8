"""Pods have a priority that is not there.

## Why it matters
The API server refuses pods with an unknown PriorityClass (`no PriorityClass with name high was found`): the Deployment is accepted and
none of its pods appears.

## Five whys
1. Why are there no pods? Creating them is forbidden.
2. Why? Their `priorityClassName` names a class that the cluster does not have.
3. Why not? Classes belong to the cluster; this one was made by hand in another.

## Fix now
Apply the PriorityClass, or correct the name: `kubectl get priorityclass`.

## Workaround
Leave the field out; the pods get the default priority.

## Prevent
Keep the classes in the repository of the cluster's set-up, applied before the applications.

## Validate
`kubectl get priorityclass NAME` finds it, and `kubectl get events --field-selector reason=FailedCreate` shows nothing new.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  priorityClassName: hihg-priority # finding
  containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high-priority}
value: 1000
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {priorityClassName: system-cluster-critical, containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: of-the-cluster}
spec: {priorityClassName: business, containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high-priority}
value: 1000
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.cluster_class import look_up_class
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"no PriorityClass with name \S+ was found"],
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    name = pod.where.at("priorityClassName")
    found = look_up_class(name, "PriorityClass", resource, graph)
    if found is not None and found.missing:
        yield Fail(name, f"the pods have {found.says(f'the PriorityClass {name.text}')}", "a class that exists", name.text or "")
