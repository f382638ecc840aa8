"""A load balancer accepts connections from everywhere.

## Why it matters
`type: LoadBalancer` gives the Service a public address on most clouds, open to 0.0.0.0/0. What was meant for an office, a partner or
another network is found by scanners within minutes, without the ingress's TLS, authentication and logs in front of it.

## Five whys
1. Why do unknown addresses try passwords at the database? It has a public address.
2. Why? Its Service is of type LoadBalancer, which is public by default.
3. Why is it open to all? Neither `loadBalancerSourceRanges` nor an annotation for an internal load balancer is written.
4. Why was it made so? A pod of another network needed it, and no other type reaches across.

## Fix now
Write `spec.loadBalancerSourceRanges` with the networks that may connect; the cloud controller changes the firewall within a minute, without
a new address. Or make it internal with the annotation of the cloud.

## Workaround
Restrict the security group or firewall rule of the load balancer by hand; the controller may put it back.

## Prevent
One public entry (the ingress controller or Gateway) for each cluster, everything else ClusterIP. Suppress there, with that reason.

## Validate
`kubectl get service db -o jsonpath='{.spec.loadBalancerSourceRanges}'`, and a connection from another network times out.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: db}
spec:
  type: LoadBalancer # finding
  selector: {app: db}
  ports: [{port: 5432}]
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: db}
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: [203.0.113.0/24]
  selector: {app: db}
  ports: [{port: 5432}]
---
apiVersion: v1
kind: Service
metadata:
  name: internal
  annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internal}
spec:
  type: LoadBalancer
  selector: {app: db}
  ports: [{port: 5432}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.exposure import is_internal
from auditor.views.kubernetes.service import is_service, service_type


@rule(
    target="Service",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kube-linter:exposed-services",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if is_service(resource) and service_type(resource) == "LoadBalancer" and not is_internal(resource):
        message = "the load balancer is public, and open to every address"
        yield Fail(body.at("spec.type"), message, "loadBalancerSourceRanges or an internal one", "LoadBalancer")
