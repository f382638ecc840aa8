"""A pod is bound to one node by its name.

## Why it matters
`nodeName` goes past the scheduler: whether the node is full, tainted or cordoned does not count, and when it is gone the pod stays
`Pending` or fails with `OutOfcpu`. All replicas land on the same node.

## Five whys
1. Why did all three replicas fail together? They ran on one node, which was replaced.
2. Why on one? `nodeName` stands in the template.
3. Why? It was set to debug on that node, and committed.

## Fix now
Remove `nodeName`; where the kind of node matters, use a label: `nodeSelector: {disk: ssd}` after `kubectl label node NODE disk=ssd`.

## Workaround
`kubectl patch deployment NAME --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeName"}]'`.

## Prevent
For one pod on a certain node use `kubectl debug node/NODE`.

## Validate
`kubectl get pods -o wide -l app=NAME` shows several nodes.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      nodeName: worker-3 # finding
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      nodeSelector: {disk: ssd}
      containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: v1
kind: Pod
metadata: {name: etcd-node-1, namespace: kube-system}
spec:
  nodeName: node-1
  containers: [{name: etcd, image: "shop/etcd:3.5.12"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.hygiene import is_record
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["OutOf(cpu|memory|pods)", "Predicate NodeAffinity failed"],
)
def check(pod: Pod) -> Iterator[Fail]:
    name = pod.where.at("nodeName")
    if name.text and not _is_of_the_node(pod):
        yield Fail(name, f"the pods are bound to the node {name.text}, past the scheduler", expected="labels of nodes, if any")


def _is_of_the_node(pod: Pod) -> bool:
    """Whether nobody chose the node by this name: the scheduler did, or the pod is a part of the node itself (a static pod)."""
    resource = pod.resource
    return is_record(resource) or (resource.kind == "Pod" and (pod.namespace == "kube-system" or resource.at("status").present))
