"""A NetworkPolicy lets pods send to every address.

## Why it matters
`ipBlock: {cidr: 0.0.0.0/0}` under `to` lets an intruder in the pod load tools, carry data out and open a way back, on the ports that the
rule names or on all of them. It is often needed for one API whose addresses change, which is why this is advice.

## Five whys
1. Why could the data leave? The pods may send to any address on port 443.
2. Why? The payment API has no fixed addresses, and a policy knows only addresses.

## Fix now
Name the networks, or send such calls through an egress proxy that knows names; allow the proxy only.

## Workaround
Narrow the ports (443), and take out the networks of the cluster and 169.254.169.254 with `except`.

## Prevent
An egress gateway, or a network plugin with rules by name (Cilium `toFQDNs`).

## Validate
`kubectl exec POD -- nc -zvw 3 198.51.100.7 443` times out.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  egress:
    - to:
        - ipBlock: {cidr: 0.0.0.0/0} # finding
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  egress: [{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.policy_index import is_policy


@rule(target="NetworkPolicy", severity=Severity.INFO, aliases="KUBE-0002 AVD-KUBE-0002")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for block in body.each("spec.egress.to.ipBlock") if is_policy(resource) else ():
        cidr = block.at("cidr")
        if cidr.text in ("0.0.0.0/0", "::/0"):
            yield Fail(cidr, f"the policy lets the pods send to {cidr.text}", "the networks that they call", cidr.text)
