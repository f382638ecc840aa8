"""A namespace gives its containers no defaults.

## Why it matters
Containers that say nothing about CPU and memory request nothing and are limited by nothing. A LimitRange fills that in for every pod,
whoever wrote it, and bounds what one container may ask for. Advice for namespaces where many people deploy.

## Five whys
1. Why did a debug pod take down a node? It had no memory limit.
2. Why not? `kubectl run` sets none.
3. Why did the namespace not set one? It has no LimitRange.

## Fix now
Apply a LimitRange with `default: {memory: 512Mi}` and `defaultRequest: {cpu: 100m, memory: 256Mi}`; it holds for pods made from then on.

## Workaround
Write requests and limits in each manifest.

## Prevent
Create namespaces from one template.

## Validate
`kubectl run test --image=shop/web:1.4.2 --dry-run=server -o yaml` shows `resources`.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop} # finding
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: shop}
spec: {limits: [{type: Container, default: {memory: 512Mi}, defaultRequest: {cpu: 100m, memory: 256Mi}}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.limit_range import may_govern


@rule(target="Namespace", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(namespace: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    name = namespace.at("metadata.name").text or ""
    if name and not name.startswith("kube-") and not may_govern(graph, resource.root, name, "LimitRange"):
        yield Fail(namespace.at("metadata.name"), f"containers in the namespace {name} get no defaults", expected="a LimitRange")
