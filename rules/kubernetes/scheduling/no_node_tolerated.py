"""Every node that a pod could use has a taint that it does not tolerate.

## Why it matters
The pod stays `Pending`: `0/6 nodes are available: 6 node(s) had untolerated taint {dedicated: batch}`.

## Five whys
1. Why is the pod pending with empty nodes around? They are tainted.
2. Why does it not tolerate that? The taint is new.
3. Why was it added? The nodes should be kept for batch jobs, and there are no others left.

## Fix now
Add the toleration to the template: `{key: dedicated, operator: Equal, value: batch, effect: NoSchedule}`; or remove the taint:
`kubectl taint node NODE dedicated-`.

## Workaround
Add a node without the taint.

## Prevent
Taint a node group only together with the workloads that may use it.

## Validate
`kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints`.

## Bad
```yaml
apiVersion: v1
kind: Node
metadata: {name: worker-1, labels: {kubernetes.io/arch: amd64}}
spec: {taints: [{key: dedicated, value: batch, effect: NoSchedule}]}
status: {allocatable: {cpu: "8", memory: 30Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: # finding
        - {name: web, image: "shop/web:1.4.2"}
```

## Good
```yaml
apiVersion: v1
kind: Node
metadata: {name: worker-1}
spec: {taints: [{key: dedicated, value: batch, effect: NoSchedule}, {key: slow, effect: PreferNoSchedule}]}
status: {allocatable: {cpu: "8", memory: 30Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      tolerations: [{key: dedicated, value: batch, effect: NoSchedule}]
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.kubernetes.node_fit import fitting, repelling_taint
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["had (untolerated )?taint"],
)
def check(pod: Pod) -> Iterator[Fail]:
    if pod.resource.kind == "DaemonSet" or pod.where.at("nodeName").text:
        return
    taints: dict[str, Node] = {}
    for node in fitting(pod).nodes:
        taint = repelling_taint(pod, node)
        if not taint:
            return
        taints.setdefault(taint, node.at("spec.taints"))
    if taints and fitting(pod).decided():
        message = f"no node takes the pods: they do not tolerate {', '.join(sorted(taints))}"
        yield Fail(pod.where.at("tolerations"), message, expected="a toleration", related=tuple(taints.values())[:3])
