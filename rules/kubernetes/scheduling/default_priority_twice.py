"""Two PriorityClasses want to be the default.

## Why it matters
There can be one default. The API server refuses the second (`PriorityClass usual is already marked as default`), so which one a cluster
has depends on the order of installation, and with it the priority of every pod that names none.

## Five whys
1. Why do the same pods have another priority in the new cluster? Another class is the default there.
2. Why? Two are marked as default, and the one that was applied first won.
3. Why are there two? One came with an add-on.

## Fix now
Set `globalDefault: false` on all but one: `kubectl patch priorityclass NAME --type=merge -p '{"globalDefault":false}'`. Running pods keep
their number.

## Workaround
Name the class in each template.

## Prevent
Keep all PriorityClasses in one file.

## Validate
`kubectl get priorityclass -o custom-columns=NAME:.metadata.name,DEFAULT:.globalDefault` shows `true` once.

## Bad
```yaml
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: usual}
value: 1000
globalDefault: true
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: batch}
value: 10
globalDefault: true # finding
```

## Good
```yaml
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: usual}
value: 1000
globalDefault: true
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: batch}
value: 10
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


@rule(target="PriorityClass", severity=Severity.MEDIUM, symptoms=["is already marked as default"])
def check(it: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = it.at("globalDefault")
    if where.flag is not True:
        return
    for other in graph.of("PriorityClass"):
        if other is resource:
            return
        another = other.root == resource.root and other.address != resource.address
        if another and other.at("globalDefault").flag is True:
            yield Fail(where, f"{other.address.text} is the default as well", expected="false", related=(other.at("globalDefault"),))
            return
