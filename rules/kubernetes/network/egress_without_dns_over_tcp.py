"""Pods may ask the cluster's DNS over UDP only.

## Why it matters
An answer that does not fit into one UDP packet (many addresses, long TXT or SRV records) is marked truncated, and the resolver asks again
over TCP. Where a policy drops 53/TCP, just these names fail after a timeout, and all others resolve: the kind of fault that takes days to
find.

## Five whys
1. Why does only the name with forty addresses not resolve? Its answer is truncated, and the second question is lost.
2. Why lost? It goes over TCP, and the policy allows port 53 for UDP only.
3. Why only UDP? "DNS is UDP", and all names that were tried worked.

## Fix now
Add `{port: 53, protocol: TCP}` next to the UDP entry of the rule. `protocol` is TCP when it is left out.

## Workaround
`options use-vc` in `dnsConfig` does not help here; a smaller answer (fewer records) does.

## Prevent
One `allow-dns` policy with both protocols for all namespaces.

## Validate
`kubectl exec POD -- dig +tcp kubernetes.default.svc.cluster.local` answers.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - ports: [{port: 53, protocol: UDP}] # finding
    - to: [{podSelector: {matchLabels: {app: db}}}]
      ports: [{port: 5432}]
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
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
    - to: [{podSelector: {matchLabels: {app: db}}}]
      ports: [{port: 5432}]
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
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.cluster_dns import without_dns
from auditor.views.kubernetes.pod import in_words


@rule(target="NetworkPolicy", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    deaf = {id(pod) for pod in without_dns(resource, graph, "UDP")}
    pods = tuple(pod for pod in without_dns(resource, graph, "TCP") if id(pod) not in deaf)
    if pods:
        message = f"{in_words(pods)} may ask the cluster's DNS over UDP, and not over TCP"
        related = tuple(pod.resource.body for pod in pods[:3])
        yield Fail(body.at("spec.egress"), message, "port 53 for TCP as well", related=related)
