"""Pods ask for a container runtime that is not there.

## Why it matters
The API server refuses pods with an unknown RuntimeClass (`RuntimeClass "gvisor" not found`): the Deployment is accepted and none of its
pods appears.

## Five whys
1. Why are there no pods? Creating them is forbidden.
2. Why? Their `runtimeClassName` names a class that the cluster does not have.
3. Why not? It comes with the runtime's installation, which this cluster did not get.

## Fix now
Install the runtime and its RuntimeClass, or correct the name: `kubectl get runtimeclass`.

## Workaround
Leave the field out where the isolation is not required by a policy.

## Prevent
Keep RuntimeClasses in the repository of the cluster's set-up.

## Validate
`kubectl get runtimeclass NAME` finds it, and the pods start.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  runtimeClassName: gvizor # finding
  containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: gvisor}
handler: runsc
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {runtimeClassName: gvisor, containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: gvisor}
handler: runsc
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
    symptoms=[r'RuntimeClass "[^"]+" not found'],
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    name = pod.where.at("runtimeClassName")
    found = look_up_class(name, "RuntimeClass", resource, graph)
    if found is not None and found.missing:
        yield Fail(name, f"the pods have {found.says(f'the RuntimeClass {name.text}')}", "a class that exists", name.text or "")
