"""A PodDisruptionBudget says both how many pods must stay and how many may go.

## Why it matters
`minAvailable` and `maxUnavailable` exclude each other: the API server refuses the budget. In its place there is the old one, or none, and
a drain may take all pods.

## Five whys
1. Why was the budget not made? The server refused it.
2. Why? "minAvailable and maxUnavailable cannot be both set".
3. Why are both set? The chart has a default for one, and the values add the other.

## Fix now
Keep `maxUnavailable`, set the other to null in the values (`minAvailable: null`), and apply again.

## Workaround
`kubectl create poddisruptionbudget NAME --selector=app=NAME --max-unavailable=1` until the chart is right.

## Prevent
`helm template . -f VALUES | kubectl apply --dry-run=server -f -` in the pipeline.

## Validate
`kubectl get pdb NAME` lists it.

## Bad
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  minAvailable: 1
  maxUnavailable: 1 # finding
  selector: {matchLabels: {app: shop}}
```

## Good
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  minAvailable: null
  maxUnavailable: 1
  selector: {matchLabels: {app: shop}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(
    target="PodDisruptionBudget",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["minAvailable and maxUnavailable cannot be both set"],
)
def check(budget: Node) -> Iterator[Fail]:
    available, unavailable = budget.at("spec.minAvailable"), budget.at("spec.maxUnavailable")
    if available.present and unavailable.present:
        yield Fail(unavailable, "minAvailable is set too: the API server refuses it", expected="one of the two", related=(available,))
