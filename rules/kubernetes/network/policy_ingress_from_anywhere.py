"""A NetworkPolicy lets every address in.

## Why it matters
`ipBlock: {cidr: 0.0.0.0/0}` admits every address: other pods, other networks and, behind a load balancer that keeps the client's address,
the whole internet. A policy that looks like a list of allowed networks is none.

## Five whys
1. Why did the policy not stop the scan? The scanner's address is in 0.0.0.0/0.
2. Why is that allowed? The load balancer's network was not known when the policy was written.

## Fix now
Write the networks that may connect, or the labels of the ingress controller (`namespaceSelector` and `podSelector`).

## Workaround
Take out at least the cluster's own networks with `except`, so that pods need a rule of their own.

## Prevent
Keep the ranges of load balancers and offices in one value that all policies use.

## Validate
`kubectl get networkpolicy -A -o yaml | grep -n '0.0.0.0/0'` prints nothing under `ingress`.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
    - from:
        - ipBlock: {cidr: 0.0.0.0/0} # finding
      ports: [{port: 8080}]
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
    - from: [{ipBlock: {cidr: 203.0.113.0/24}}]
      ports: [{port: 8080}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.policy_index import is_policy


@rule(target="NetworkPolicy", severity=Severity.MEDIUM, aliases="KUBE-0001 AVD-KUBE-0001")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for block in body.each("spec.ingress.from.ipBlock") if is_policy(resource) else ():
        cidr = block.at("cidr")
        if cidr.text in ("0.0.0.0/0", "::/0"):
            yield Fail(cidr, f"the policy lets in {cidr.text}", "the networks that may connect", cidr.text)
