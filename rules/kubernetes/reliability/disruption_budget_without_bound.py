"""A PodDisruptionBudget sets no bound.

## Why it matters
With neither `minAvailable` nor `maxUnavailable` the controller has nothing to count by: it expects no pod, and so allows no disruption.
What was written without a number, as if it did nothing, holds up every drain of a node with one of its pods.

## Five whys
1. Why does the drain hang? The budget of the pod allows no disruption.
2. Why not? It has a selector and no number, and then zero is allowed.
3. Why did the API server take it? Both numbers are optional.
4. Why is the number missing? A template left it out because the value had another name.

## Fix now
`kubectl patch pdb NAME --type=merge -p '{"spec":{"maxUnavailable":1}}'`; the waiting drain goes on.

## Workaround
`kubectl delete pdb NAME` for the time of the drain.

## Prevent
`maxUnavailable: 1` in the template itself, not in its values.

## Validate
`kubectl get pdb NAME` shows a number below `MIN AVAILABLE` or `MAX UNAVAILABLE`, and `ALLOWED DISRUPTIONS` of at least 1.

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

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="PodDisruptionBudget", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="kube-score:poddisruptionbudget-has-policy"
)
def check(budget: Node) -> Iterator[Fail]:
    spec = budget.at("spec")
    if spec.at("minAvailable").missing and spec.at("maxUnavailable").missing:
        yield Fail(
            spec,
            "neither minAvailable nor maxUnavailable: zero disruptions are allowed",
            expected="maxUnavailable: 1",
            actual="no bound",
        )
