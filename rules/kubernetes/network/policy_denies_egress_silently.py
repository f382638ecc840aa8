"""A NetworkPolicy with rules for ingress denies all egress as well.

## Why it matters
`policyTypes` names Egress, and there is no `egress` section: that denies everything that the pods send, DNS included. In a policy of its
own that is the usual default-deny; in one that otherwise lists whom to let in, it is nearly always a copied line.

## Five whys
1. Why can the web pods reach nothing since the policy was applied? All that they send is dropped.
2. Why? The policy governs egress and allows nothing.
3. Why does it govern egress? `policyTypes: [Ingress, Egress]` was copied from an example, with rules for ingress only.

## Fix now
Remove `Egress` from `policyTypes`, or write the `egress` rules. Where the denial is meant, put it into a default-deny policy of its own.

## Workaround
A second policy for the same pods with `egress: [{}]` opens them again at once.

## Prevent
Leave `policyTypes` out where the sections say it: Ingress always, Egress when there is an `egress` section.

## Validate
`kubectl describe networkpolicy web` does not print `Allowing egress traffic: <none>`.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress] # finding
  ingress: [{from: [{podSelector: {matchLabels: {app: proxy}}}]}]
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: proxy}}}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: sealed}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress, Egress], ingress: [{}], egress: []}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.network_policy import directions, others_allow, rules
from auditor.views.kubernetes.policy_index import is_policy


@rule(target="NetworkPolicy", severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_policy(resource) or "egress" not in directions(resource) or isinstance(body.at("spec.egress").value, list):
        return
    if any(True for _ in rules(resource, "ingress")) and not others_allow(resource, "egress", graph):
        yield Fail(body.at("spec.policyTypes"), "the policy denies all egress: it names Egress and has no egress section", "egress rules")
