"""A namespace has no quota.

## Why it matters
Whoever may deploy there may take the whole cluster: one wrong `replicas: 300` leaves no room for the others. Where teams share a cluster,
a quota for each namespace keeps mistakes at home. In a cluster of one team it is a matter of taste.

## Five whys
1. Why were other teams' pods pending? One namespace used all CPUs.
2. Why could it? Nothing bounds what is requested in it.
3. Why not? Namespaces are created by hand, without a quota.

## Fix now
`kubectl create quota compute -n NAMESPACE --hard=requests.cpu=8,requests.memory=16Gi,limits.memory=32Gi,pods=100`, and a LimitRange with
defaults first, or pods without requests are refused.

## Workaround
`kubectl scale` down what has run wild.

## Prevent
Create namespaces from one template with quota, LimitRange and NetworkPolicy.

## Validate
`kubectl get resourcequota -n NAMESPACE`.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop} # finding
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: other}
spec: {hard: {requests.cpu: "4"}}
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec: {hard: {requests.cpu: "4", requests.memory: 8Gi}}
---
apiVersion: v1
kind: Namespace
metadata: {name: kube-system}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.limit_range import may_govern


@rule(target="Namespace", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(namespace: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    name = namespace.at("metadata.name").text or ""
    if name and not name.startswith("kube-") and not may_govern(graph, resource.root, name, "ResourceQuota"):
        yield Fail(namespace.at("metadata.name"), f"nothing bounds what is requested in the namespace {name}", expected="a ResourceQuota")
