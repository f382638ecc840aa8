"""No node of the cluster has the labels that a pod asks for.

## Why it matters
The pod stays `Pending`: `0/6 nodes are available: 6 node(s) didn't match Pod's node affinity/selector`. Nothing retries its way out of
that; a label has to change.

## Five whys
1. Why did the pods never start after the nodes were replaced? No node matches their selector.
2. Why? It asks for `disk: ssd`, a label that somebody had set on the old nodes by hand.
3. Why is it missing on the new ones? The node group does not set it.

## Fix now
`kubectl label node NODE disk=ssd`, or correct the selector.

## Workaround
Remove the selector: `kubectl patch deployment NAME --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector"}]'`.

## Prevent
Let the node group set its labels (`--node-labels`, the NodePool's template), never a person.

## Validate
`kubectl get nodes -l disk=ssd` lists nodes.

## Bad
```yaml
apiVersion: v1
kind: Node
metadata: {name: worker-1, labels: {kubernetes.io/arch: amd64}}
status: {allocatable: {cpu: "8", memory: 30Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      nodeSelector:
        kubernetes.io/arch: arm64 # finding
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
A node that is written as a manifest is not all there are.
```yaml
apiVersion: v1
kind: Node
metadata: {name: worker-1, labels: {kubernetes.io/arch: amd64, cpus: "8"}}
status: {allocatable: {cpu: "8", memory: 30Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      nodeSelector: {kubernetes.io/arch: amd64}
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions: [{key: disk, operator: Exists}]
              - matchExpressions: [{key: cpus, operator: Gt, values: ["4"]}]
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

```yaml
apiVersion: v1
kind: Node
metadata: {name: static-1, labels: {pool: batch}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      nodeSelector: {pool: web}
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.kubernetes.node_fit import REQUIRED, fitting, known_nodes
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=["didn't match Pod's node affinity/selector"])
def check(pod: Pod) -> Iterator[Fail]:
    if pod.resource.kind == "DaemonSet" or pod.where.at("nodeName").text:
        return
    nodes = known_nodes(pod)
    if nodes and not fitting(pod).nodes and not fitting(pod).decided():
        yield Fail(
            _request(pod), f"none of {len(nodes)} nodes has the labels that the pods ask for", related=(nodes[0].at("metadata.labels"),)
        )


def _request(pod: Pod) -> Node:
    selector = pod.where.at("nodeSelector")
    return selector if selector.present else pod.where.at(REQUIRED)
