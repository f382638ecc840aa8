"""KEDA takes the last pod away from behind a Service.

## Why it matters
With no pod behind it a Service refuses connections at once: callers see `connection refused` or 503 until KEDA has noticed the load
(`pollingInterval`, 30 s), a pod has been scheduled and has become ready. Most triggers cannot notice, as refused requests are counted
nowhere. The minimum is 0 when `minReplicaCount` is not written.

## Five whys
1. Why did the first caller of the morning get 503? There was no pod.
2. Why? KEDA had scaled the workload to zero at night.
3. Why may it? `minReplicaCount` is 0 by default.
4. Why does the request not wake it? The trigger counts requests that the pods answer.

## Fix now
`kubectl patch scaledobject NAME --type=merge -p '{"spec":{"minReplicaCount":1}}'`; 2 where an outage matters.

## Workaround
A `cron` trigger with `desiredReplicas: 1` over the working hours.

## Prevent
KEDA's HTTP add-on holds requests until a pod is there (`HTTPScaledObject`).

## Validate
`kubectl get deployment NAME -w` does not go below 1 at night.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {selector: {app: api}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {containers: [{name: api, image: "shop/api:1.4.2"}]}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: api}
spec:
  scaleTargetRef: {name: api} # finding
  triggers:
    - {type: prometheus, metadata: {query: "sum(rate(http_requests_total[1m]))", threshold: "50"}}
```

## Good
Workers of a queue, and what the add-on wakes, may rest.
```yaml
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {selector: {app: api}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {containers: [{name: api, image: "shop/api:1.4.2"}]}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: api}
spec:
  scaleTargetRef: {name: api}
  minReplicaCount: 0
  triggers:
    - {type: external-push, metadata: {scalerAddress: "keda-add-ons-http-external-scaler.keda:9090"}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec: {containers: [{name: worker, image: "shop/worker:1.4.2"}]}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker}
spec:
  scaleTargetRef: {name: worker}
  triggers: [{type: aws-sqs-queue}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.metric import scaled_pods
from auditor.views.kubernetes.scaler import minimum, minimum_node
from auditor.views.kubernetes.traffic import is_served


@rule(target="ScaledObject", severity=Severity.MEDIUM, confidence=Confidence.LIKELY, symptoms=["connection refused", "no healthy upstream"])
def check(scaler: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if minimum(resource) != 0 or any((item.at("type").text or "").startswith("external") for item in scaler.each("spec.triggers")):
        return
    for pod in scaled_pods(resource, graph):
        if is_served(pod):
            message = f"no pod of {pod.resource.address.text} may be left behind its Service"
            yield Fail(minimum_node(resource), message, expected="at least 1")
