"""The bounds of a LimitRange contradict each other.

## Why it matters
A minimum above the maximum, or a default outside of both, makes the API server refuse the LimitRange (`min value 2Gi is greater than max
value 1Gi`). The namespace then has none: containers get no defaults, and a quota that needs amounts refuses their pods.

## Five whys
1. Why do pods fail with `must specify limits.memory`? The namespace has no LimitRange.
2. Why not? It was refused when it was applied.
3. Why? The default is above the maximum since the maximum was lowered.

## Fix now
Put them in order: min <= defaultRequest <= default <= max, and apply again.

## Workaround
`kubectl create -f` the last valid version from the history.

## Prevent
`kubectl apply --dry-run=server -f limitrange.yaml`.

## Validate
`kubectl describe limitrange NAME`.

## Bad
```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: bounds}
spec:
  limits:
    - type: Container
      min: {memory: 64Mi}
      max: {memory: 1Gi}
      default:
        memory: 2Gi # finding
      defaultRequest:
        memory: 32Mi # finding
```

## Good
```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: bounds}
spec:
  limits:
    - type: Container
      min: {cpu: 50m, memory: 64Mi}
      max: {cpu: "2", memory: 1Gi}
      default: {memory: 512Mi}
      defaultRequest: {memory: 256Mi, cpu: 100m}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.kubernetes import quantity

ORDER = (
    ("default", "max", "the default limit is above the maximum"),
    ("defaultRequest", "max", "the default request is above the maximum"),
    ("min", "max", "the minimum is above the maximum"),
    ("min", "default", "the default limit is below the minimum"),
    ("min", "defaultRequest", "the default request is below the minimum"),
    ("defaultRequest", "default", "the default request is above the default limit"),
)
"""(what must not be more, than what, and the fault)."""


@rule(
    target="LimitRange",
    each="spec.limits",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["(min|default|default request) value \\S+ is (greater|less) than"],
)
def check(item: Node) -> Iterator[Fail]:
    reported = set()
    for low, high, message in ORDER:
        for name, lower in item.at(low).entries():
            upper = item.at(high).at(f'["{name}"]') if '"' not in name else item.at("-")
            least, most = quantity.of(lower), quantity.of(upper)
            wrong = lower if low != "min" or high == "max" else upper
            if least is not None and most is not None and least > most and wrong.path not in reported:
                reported.add(wrong.path)
                related = upper if wrong is lower else lower
                yield Fail(wrong, f"{message} of {name}, {quantity.show(name, quantity.of(related) or least)}", related=(related,))
