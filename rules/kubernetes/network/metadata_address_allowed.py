"""A NetworkPolicy that opens the internet opens the cloud's metadata as well.

## Why it matters
169.254.169.254 answers every pod of a node with the node's credentials unless something stops it. `0.0.0.0/0` includes that address: an
application that can be made to fetch a URL (SSRF) hands out the node's role.

## Five whys
1. Why were the node's credentials used from abroad? A pod fetched them from 169.254.169.254 and sent them on.
2. Does no policy govern its egress? One does; it allows 0.0.0.0/0 on all ports.
3. Why was the address not taken out? Nobody thinks of a link-local address when opening the internet.

## Fix now
`ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}`; where NodeLocal DNSCache runs, keep 169.254.20.10 allowed by a rule of its own.

## Workaround
On AWS require IMDSv2 with a hop limit of 1 (`aws ec2 modify-instance-metadata-options --http-tokens required
--http-put-response-hop-limit 1`).

## Prevent
Give pods their own identity (IRSA, workload identity), and deny the address by a policy for all.

## Validate
`kubectl exec POD -- wget -qO- -T 3 http://169.254.169.254/` times out.

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
The metadata service answers on port 80 only.

```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  egress:
    - to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16, 10.0.0.0/8]}}]
    - to: [{ipBlock: {cidr: 0.0.0.0/0}}]
      ports: [{port: 443}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.network_policy import rules
from auditor.views.kubernetes.policy_index import is_policy


@rule(target="NetworkPolicy", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for item in rules(resource, "egress") if is_policy(resource) else ():
        if item.at("ports").present and not any(_is_http(port) for port in item.each("ports")):
            continue
        for block in item.each("to.ipBlock"):
            spared = any((text or "").startswith("169.254.") for it in block.each("except") for text in [it.text])
            if block.at("cidr").text == "0.0.0.0/0" and not spared:
                yield Fail(block.at("cidr"), "0.0.0.0/0 includes 169.254.169.254, where the node's credentials are", "an except for it")


def _is_http(port: Node) -> bool:
    first, last = port.at("port").number, port.at("endPort").number
    if (port.at("protocol").text or "TCP") != "TCP":
        return False
    return port.at("port").missing or first == 80 or (first is not None and last is not None and first <= 80 <= last)
