"""Traffic is dropped at nodes that run no pod of the Service.

## Why it matters
`externalTrafficPolicy: Local` keeps the client's address by never forwarding to another node. A node without a ready pod then drops what
arrives there; load balancers notice by a health check, other senders (a node port in a DNS record, a hardware balancer) do not. With few
pods the load is uneven, too: each node gets the same share, however many pods it runs.

## Five whys
1. Why do a third of the connections time out? They arrive at a node without a pod.
2. Why are they not passed on? The Service says Local.
3. Why is there no pod on that node? The Deployment's pods are not spread over the nodes.

## Fix now
Spread the pods (`topologySpreadConstraints` with `kubernetes.io/hostname`, or a DaemonSet), or go back to Cluster where nobody needs the
address.

## Workaround
Have the balancer ask `healthCheckNodePort`, so that it leaves such nodes out.

## Prevent
Use Local for DaemonSets and for balancers that check nodes.

## Validate
`kubectl get pods -l app=web -o wide` shows the pods on different nodes.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  externalTrafficPolicy: Local # finding
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  externalTrafficPolicy: Local
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.exposure import is_published
from auditor.views.kubernetes.service import all_pods_behind


@rule(target="Service", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    policy = body.at("spec.externalTrafficPolicy")
    if policy.text != "Local" or not is_published(resource):
        return
    pods = all_pods_behind(resource, graph)
    spread = ("topologySpreadConstraints", "affinity.podAntiAffinity")
    if pods and not any(pod.resource.kind == "DaemonSet" or any(pod.where.at(it).present for it in spread) for pod in pods):
        yield Fail(policy, "nodes without a pod drop the traffic, and nothing spreads the pods", "spread pods, or Cluster", "Local")
