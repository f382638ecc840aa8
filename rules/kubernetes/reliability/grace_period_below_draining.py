"""Pods are killed while their load balancer still lets requests finish.

## Why it matters
The AWS load balancer gives requests that are in flight `deregistration_delay` seconds to finish once a pod is on its way out. The pod
itself lives only for its grace period: what takes longer is cut at each rollout, and the load balancer answers 502 for it.

## Five whys
1. Why do long downloads break at each release? Their pod was killed.
2. Why, when the load balancer drains for two minutes? The pod has thirty seconds.
3. Why? `terminationGracePeriodSeconds` has its default, and the delay was raised in an annotation.

## Fix now
`kubectl patch deployment NAME -p '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":150}}}}'`: the delay, and some seconds for
`preStop`.

## Workaround
Lower the delay to what requests really take: `deregistration_delay.timeout_seconds=20`.

## Prevent
Grace period = `preStop` + delay + 5 s; both values from the chart.

## Validate
Roll out during a long request: it ends well, and `HTTPCode_ELB_502_Count` stays at 0.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true,deregistration_delay.timeout_seconds=120 # finding
spec:
  ingressClassName: alb
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: {name: shop, port: {number: 80}}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: "registry.example.com/shop:1.2.0"}]
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/target-group-attributes: deregistration_delay.timeout_seconds=120
spec:
  ingressClassName: alb
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: {name: shop, port: {number: 80}}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      terminationGracePeriodSeconds: 120
      containers: [{name: shop, image: "registry.example.com/shop:1.2.0"}]
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.route import backends, look_up_backend
from auditor.views.kubernetes.service import pods_behind

DELAY = re.compile(r"(?:^|,)\s*deregistration_delay\.timeout_seconds=(\d{1,4})(?=\s*(?:,|$))")
ANNOTATIONS = {
    "Ingress": "alb.ingress.kubernetes.io/target-group-attributes",
    "Service": "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes",
}


@rule(
    target=" ".join(ANNOTATIONS),
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=["502 Bad Gateway", "HTTPCode_ELB_502_Count"],
)
def check(_: object, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = resource.at(f'metadata.annotations["{ANNOTATIONS[resource.kind]}"]')
    found = DELAY.search(where.text or "") if where.present else None
    if found is None:
        return
    delay = int(found[1])
    for pod in _pods(resource, graph):
        if pod.grace_period < delay:
            workload = pod.resource
            message = f"requests may finish for {delay} s, the pods of {workload.address.text} are killed after {pod.grace_period:g} s"
            grace = pod.where.at("terminationGracePeriodSeconds")
            yield Fail(where, message, expected=f"a grace period of at least {delay}", related=(grace,))
            return


def _pods(resource: Resource, graph: Graph) -> Iterator[Pod]:
    if resource.kind == "Service":
        yield from pods_behind(resource, graph)
        return
    for backend in backends(resource, graph):
        for service in look_up_backend(backend, resource, graph).targets:
            yield from pods_behind(service, graph)
