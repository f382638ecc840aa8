"""A StatefulSet names no Service for its pods.

## Why it matters
Without `serviceName` the pods have stable names and volumes, and no DNS names. Older API servers refuse the object. What needs no peers
may do without.

## Five whys
1. Why can the pods not be reached by name? There is no DNS name for a single pod.
2. Why not? No Service is named for them.
3. Why? It was made from a Deployment, which has no such field.

## Fix now
The field cannot be added in place: `kubectl delete statefulset NAME --cascade=orphan`, then apply with `serviceName` and a headless
Service.

## Workaround
Reach the pods by address: `kubectl get pods -o wide`.

## Prevent
Start from a StatefulSet with its headless Service.

## Validate
`kubectl get statefulset NAME -o jsonpath='{.spec.serviceName}'` names a Service.

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue}
spec:
  selector: {matchLabels: {app: queue}} # finding
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "rabbitmq:3.13"}]}
```

## Good
```yaml
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

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="StatefulSet AdvancedStatefulSet",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-score:statefulset-has-servicename",
)
def check(workload: Node) -> Iterator[Fail]:
    name = workload.at("spec.serviceName")
    if name.missing or name.text == "":
        yield Fail(name, "no Service gives the pods names of their own", expected="serviceName", actual="none")
