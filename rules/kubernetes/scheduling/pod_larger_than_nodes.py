"""A pod asks for more than any node has.

## Why it matters
The pod stays `Pending`: `Insufficient memory`, on an empty cluster too. More nodes of the same kind do not help.

## Five whys
1. Why is the job pending with idle nodes? None is large enough.
2. Why? The pod requests 64 GiB, and nodes have 32.
3. Why was it requested? It ran on larger nodes before, or a sidecar and an init container were added on top.

## Fix now
Lower the request, or add a node group with larger machines; what the kubelet keeps for itself and what DaemonSets request is not available.

## Workaround
Split the work into several smaller pods.

## Prevent
A LimitRange of type Pod with `max` below the largest node.

## Validate
`kubectl get nodes -o custom-columns=NAME:.metadata.name,CPU:.status.allocatable.cpu,MEMORY:.status.allocatable.memory`.

## Bad
```yaml
apiVersion: v1
kind: Node
metadata: {name: worker-1}
status: {allocatable: {cpu: "8", memory: 30Gi, pods: "110"}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    spec:
      containers:
        - name: train # finding
          image: shop/train:5.0.0
          resources: {requests: {memory: 28Gi}}
        - name: log
          image: shop/log:1.0.0
          resources: {requests: {memory: 4Gi}}
```

## Good
```yaml
apiVersion: v1
kind: Node
metadata: {name: worker-1}
status: {allocatable: {cpu: "8", memory: 30Gi, pods: "110"}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    spec:
      containers:
        - name: train
          image: shop/train:5.0.0
          resources: {requests: {memory: 28Gi, cpu: "7"}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.node_fit import fitting, repelling_taint, shortage
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=["Insufficient (cpu|memory|\\S+/\\S+)"])
def check(pod: Pod) -> Iterator[Fail]:
    if pod.resource.kind == "DaemonSet" or pod.where.at("nodeName").text:
        return
    lacks = []
    for node in fitting(pod).nodes:
        if not repelling_taint(pod, node):
            lack = shortage(pod, node)
            if lack is None:
                return
            lacks.append(lack)
    if lacks and fitting(pod).decided():
        name, asked, has = max(lacks, key=lambda lack: lack[2])
        message = f"a pod requests {quantity.show(name, asked)} of {name}, and the largest node has {quantity.show(name, has)}"
        yield Fail(pod.where.at("containers"), message, expected=f"at most {quantity.show(name, has)}")
