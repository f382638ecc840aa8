"""A quota leaves CPU or memory of its namespace without a bound.

## Why it matters
A quota that counts pods, or requests alone, still lets a few of them use up a node: what is bounded is not what runs out. Requests say
what the scheduler promises, limits what may really be used; advice is to bound both for CPU and memory.

## Five whys
1. Why were the nodes out of memory although the quota was half used? It counts requests, and the limits were ten times as high.
2. Why are limits not counted? `limits.memory` is not in the quota.
3. Why? The quota was copied from an example with `pods` and `requests.cpu`.

## Fix now
`kubectl patch resourcequota NAME --type=merge -p '{"spec":{"hard":{"limits.memory":"32Gi"}}}'`. Every container must state the amount
from then on: add a LimitRange with defaults first.

## Workaround
A LimitRange with `maxLimitRequestRatio` keeps limits near to requests.

## Prevent
One template for the quotas of all namespaces.

## Validate
`kubectl describe quota NAME` lists `requests.cpu`, `requests.memory`, `limits.cpu`, `limits.memory`.

## Bad
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute}
spec:
  hard:
    requests.cpu: "4" # finding
    requests.memory: 8Gi
    pods: "20"
```

## Good
Two quotas of one namespace may share the work, and `cpu` is another name for `requests.cpu`.
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec: {hard: {cpu: "4", memory: 8Gi}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: limits, namespace: shop}
spec: {hard: {limits.cpu: "8", limits.memory: 16Gi}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.quota import quotas_of

WANTED = ("requests.cpu", "requests.memory", "limits.cpu", "limits.memory")
SHORT = {"cpu": "requests.cpu", "memory": "requests.memory"}


@rule(target="ResourceQuota", severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="KSV-0040 AVD-KSV-0040")
def check(quota: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    keys = {SHORT.get(key, key) for it in quotas_of(resource, graph) for key, _ in it.at("spec.hard").entries()}
    lacking = [key for key in WANTED if key not in keys]
    if lacking:
        yield Fail(quota.at(f'spec.hard["{lacking[0]}"]'), f"the quota sets no bound for {', '.join(lacking)}")
