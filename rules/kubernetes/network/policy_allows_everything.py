"""A NetworkPolicy allows everything.

## Why it matters
An empty rule (`- {}`) allows all traffic in its direction, and since policies add up, no other policy can take that back: default-deny
policies of the namespace do nothing for these pods.

## Five whys
1. Why does the default-deny not hold for these pods? Another policy allows all their traffic.
2. Why? It has the rule `- {}`.
3. Why was it written? To get something to work quickly, or as the place for rules to come.

## Fix now
Replace the empty rule by the peers and ports that are needed; `kubectl describe networkpolicy` shows what it allows now.

## Workaround
Narrow `podSelector` of the policy to the pods that really need it.

## Prevent
Review `- {}` as what it is: the removal of all other policies.

## Validate
`kubectl describe networkpolicy NAME` does not print `To Port: <any>` together with `From: <any>`.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
    - {} # finding
```

## Good
An empty list allows nothing, and everything on one port is not everything.

```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}, ingress: []}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 8080}]}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.network_policy import rules
from auditor.views.kubernetes.policy_index import is_policy


@rule(target="NetworkPolicy", severity=Severity.LOW)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_policy(resource):
        return
    for direction, ends in (("ingress", "from"), ("egress", "to")):
        for item in rules(resource, "ingress" if direction == "ingress" else "egress"):
            if isinstance(item.value, dict) and item.at("ports").missing and item.at(ends).missing:
                yield Fail(item, f"this rule allows all {direction}", "the peers and ports that are needed")
