"""The Service for the names of a StatefulSet's pods does not select them.

## Why it matters
The DNS names of the pods come from the endpoints of the Service. Its selector does not match the labels of the pods, so there are none,
and no pod finds its peers.

## Five whys
1. Why do the brokers not find each other? Their names have no addresses.
2. Why not? The Service has no endpoints.
3. Why? It asks for `app: rabbit`, and the pods carry `app: queue`.

## Fix now
`kubectl set selector service NAME app=queue`: the names are there within seconds.

## Workaround
Add the missing label to the running pods: `kubectl label pod queue-0 app=rabbit --overwrite` (the StatefulSet may then lose it: only if
its selector still matches).

## Prevent
One template fragment for labels and selectors.

## Validate
`kubectl get endpointslices -l kubernetes.io/service-name=NAME` lists the pods.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: queue}
spec: {clusterIP: None, selector: {app: rabbit}, ports: [{port: 5672}]}
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
    metadata: {labels: {app: queue, tier: data}}
    spec: {containers: [{name: queue, image: "rabbitmq:3.13"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.governing_service import governing_services
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.service import selector_of


@rule(
    target="StatefulSet AdvancedStatefulSet",
    each=pods,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="kube-score:statefulset-has-servicename",
)
def check(pod: Pod) -> Iterator[Fail]:
    for service in governing_services(pod.resource, pod.graph):
        selector = selector_of(service)
        if selector is not None and not selector.matches(pod.labels):
            name = service.at("metadata.name").text
            message = f"the Service {name} asks for {selector.show()}, which the pods do not carry: they have no names"
            yield Fail(pod.resource.at("spec.serviceName"), message, related=(selector.where,))
