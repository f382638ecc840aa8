"""A PriorityClass takes a number or a name that is kept for the system.

## Why it matters
Numbers above 1,000,000,000 and names that start with `system-` are for Kubernetes' own pods. The API server refuses such a class, and then
every pod that names it.

## Five whys
1. Why are the pods refused? Their PriorityClass does not exist.
2. Why not? It was refused itself: the maximum for users is 1000000000.
3. Why so high? It should be above everything else.

## Fix now
A value up to 1000000000, and a name without `system-`. What must never be pushed out can use `system-cluster-critical`, in `kube-system`.

## Workaround
Use an existing class: `kubectl get priorityclass`.

## Prevent
Leave gaps: 1000, 100000, 1000000 for low, high, highest.

## Validate
`kubectl apply --dry-run=server -f FILE`.

## Bad
```yaml
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: highest}
value: 2000000000 # finding
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: system-shop} # finding
value: 1000
```

## Good
```yaml
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: highest}
value: 1000000000
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: system-node-critical}
value: 2000001000
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule

BUILT_IN = ("system-cluster-critical", "system-node-critical")
MOST = 1_000_000_000


@rule(
    target="PriorityClass",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["maximum allowed value of a user defined priority", "reserved for system use only"],
)
def check(it: Node) -> Iterator[Fail]:
    name, value = it.at("metadata.name"), it.at("value")
    if name.text in BUILT_IN:
        return
    if (name.text or "").startswith("system-"):
        yield Fail(name, "names that start with system- are kept for Kubernetes", expected="another name")
    number = value.number
    if number is not None and number > MOST:
        yield Fail(value, f"a priority of {number:,.0f} is kept for Kubernetes", expected=f"at most {MOST}")
