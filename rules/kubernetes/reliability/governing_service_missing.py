"""A StatefulSet names a Service that is not there.

## Why it matters
The names of the pods (`queue-0.queue.shop.svc`) come from the Service that `serviceName` names. Without it no pod can find its peers:
clusters that join by these names never form a quorum.

## Five whys
1. Why do the three brokers not form a cluster? None can resolve the names of the others.
2. Why not? There is no Service of the name that the StatefulSet gives.
3. Why? The Service was renamed to `queue-headless`, and `serviceName` was not.
4. Why did nothing fail? The API server takes any name.

## Fix now
Make it: `kubectl create service clusterip NAME --clusterip=None --tcp=5672`, with the selector of the pods
(`kubectl set selector service NAME app=queue`); `serviceName` itself cannot be changed in place.

## Workaround
Join by the addresses of the pods, until they are moved: `kubectl get pods -o wide`.

## Prevent
Ship the headless Service in the same file as the StatefulSet.

## Validate
`kubectl run -it --rm dns --image=busybox:1.36 -- nslookup queue-0.queue` answers.

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue}
spec:
  serviceName: queue # finding
  replicas: 3
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "rabbitmq:3.13"}]}
---
apiVersion: v1
kind: Service
metadata: {name: queue-headless}
spec: {clusterIP: None, selector: {app: queue}, ports: [{port: 5672}]}
```

## Good
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue}
spec:
  serviceName: queue
  replicas: 3
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "rabbitmq:3.13"}]}
---
apiVersion: v1
kind: Service
metadata: {name: queue}
spec: {clusterIP: None, selector: {app: queue}, ports: [{port: 5672}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.governing_service import look_up_governing


@rule(
    target="StatefulSet AdvancedStatefulSet",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="kube-score:statefulset-has-servicename",
    symptoms=["no such host", "server can't find .*\\.svc\\.cluster\\.local: NXDOMAIN"],
)
def check(workload: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = look_up_governing(resource, graph)
    if found is not None and found.decided(resource).missing:
        name = workload.at("spec.serviceName")
        near = found.nearest.at("metadata.name").text if found.nearest else ""
        yield Fail(name, f"{found.reason}: the pods have no names of their own", expected=near or "a headless Service of that name")
