"""A PodDisruptionBudget sets no bound.

## Why it matters
Neither `minAvailable` nor `maxUnavailable` is written, which means that zero pods have to stay: everything may be evicted at once. The
budget is there, dashboards count it, and it protects nothing.

## Five whys
1. Why were all pods evicted at once, though there is a budget? It allows that.
2. Why? It has a selector and no number.
3. Why did the API server take it? Both numbers are optional.
4. Why is the number missing? A template left it out because the value had another name.

## Fix now
`kubectl patch pdb NAME --type=merge -p '{"spec":{"maxUnavailable":1}}'`.

## Workaround
Drain one node at a time and wait for the rollout in between.

## Prevent
`maxUnavailable: 1` in the template itself, not in its values.

## Validate
`kubectl get pdb NAME` shows a number below `MIN AVAILABLE` or `MAX UNAVAILABLE`.

## Bad
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}} # finding
```

## Good
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: shop}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="PodDisruptionBudget", severity=Severity.MEDIUM, aliases="kube-score:poddisruptionbudget-has-policy")
def check(budget: Node) -> Iterator[Fail]:
    spec = budget.at("spec")
    if spec.at("minAvailable").missing and spec.at("maxUnavailable").missing:
        yield Fail(
            spec,
            "neither minAvailable nor maxUnavailable: all pods may be evicted at once",
            expected="maxUnavailable: 1",
            actual="no bound",
        )
