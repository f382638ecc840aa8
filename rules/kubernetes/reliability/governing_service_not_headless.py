"""The Service for the names of a StatefulSet's pods has an address of its own.

## Why it matters
Only a headless Service (`clusterIP: None`) makes a DNS name for each pod. With an address there is one name for all: peers that ask for
`queue-1.queue` get no answer, or talk to whichever pod the Service picks.

## Five whys
1. Why do the brokers not find each other? `queue-1.queue` has no address.
2. Why not? The Service `queue` is a usual one.
3. Why? It was written for clients, and `serviceName` was pointed at it.

## Fix now
Add a second, headless Service and, since `serviceName` cannot be changed, make the StatefulSet again without its pods:
`kubectl delete statefulset NAME --cascade=orphan`, then apply with the new `serviceName`.

## Workaround
Where nothing uses the names of single pods, nothing is broken.

## Prevent
Two Services: `NAME-headless` for the names, `NAME` for clients.

## Validate
`kubectl get service NAME -o jsonpath='{.spec.clusterIP}'` prints `None`.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: queue}
spec: {selector: {app: queue}, ports: [{port: 5672}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue}
spec:
  serviceName: queue # finding
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "rabbitmq:3.13"}]}
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: queue}
spec: {clusterIP: None, selector: {app: queue}, ports: [{port: 5672}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue}
spec:
  serviceName: queue
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "rabbitmq:3.13"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.governing_service import governing_services
from auditor.views.kubernetes.service import is_headless


@rule(
    target="StatefulSet AdvancedStatefulSet",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kube-score:statefulset-has-servicename",
)
def check(workload: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for service in governing_services(resource, graph):
        if not is_headless(service):
            message = f"the Service {service.at('metadata.name').text} has an address of its own: the pods have no names"
            yield Fail(workload.at("spec.serviceName"), message, expected="clusterIP: None", related=(service.at("spec.clusterIP"),))
