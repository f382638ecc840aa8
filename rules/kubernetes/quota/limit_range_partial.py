"""A LimitRange has bounds without defaults, or defaults without bounds.

## Why it matters
Defaults alone are kept only by those who say nothing; whoever writes 64 GiB gets them. Bounds alone make the maximum the default
of everyone who says nothing, which is more than most need. A LimitRange that should do both jobs needs all four.

## Five whys
1. Why does a sidecar reserve 4 GiB? That is the maximum of the namespace, which became its limit and request.
2. Why did it? The LimitRange has a maximum and no default.
3. Why not? Only the bound was asked for.

## Fix now
Add what is missing of `min`, `max`, `default`, `defaultRequest` to the item of type Container, and apply.

## Workaround
Write requests and limits in the manifests.

## Prevent
One template for the LimitRanges of all namespaces.

## Validate
`kubectl describe limitrange NAME` shows no `-` in the row of the containers.

## Bad
```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: bounds}
spec:
  limits:
    - type: Container # finding
      max: {cpu: "2", memory: 4Gi}
      min: {cpu: 10m, memory: 16Mi}
```

## Good
```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: bounds}
spec:
  limits:
    - type: Pod
      max: {memory: 8Gi}
    - type: Container
      max: {cpu: "2", memory: 4Gi}
      min: {cpu: 10m, memory: 16Mi}
      default: {cpu: "1", memory: 512Mi}
      defaultRequest: {cpu: 100m, memory: 256Mi}
---
apiVersion: v1
kind: LimitRange
metadata: {name: storage}
spec: {limits: [{type: PersistentVolumeClaim, max: {storage: 10Gi}}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

WANTED = ("min", "max", "default", "defaultRequest")


@rule(target="LimitRange", severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="KSV-0039 AVD-KSV-0039")
def check(limits: Node) -> Iterator[Fail]:
    items = list(limits.each("spec.limits"))
    if items and all(item.at("type").text == "PersistentVolumeClaim" for item in items):
        return
    best = min(items, key=lambda item: len(_lacking(item)), default=limits.at("spec"))
    lacking = _lacking(best)
    if lacking:
        yield Fail(best.at(lacking[0]), f"the LimitRange has no {', '.join(lacking)} for its containers")


def _lacking(item: Node) -> list[str]:
    return [key for key in WANTED if item.at(key).missing]
