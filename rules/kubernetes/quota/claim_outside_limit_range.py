"""A claim asks for more or less storage than the LimitRange allows.

## Why it matters
The API server refuses the claim (`maximum storage usage per PersistentVolumeClaim is 10Gi, but request is 20Gi`). A StatefulSet is
accepted, and its first pod never appears, since its claim cannot be made.

## Five whys
1. Why has the StatefulSet no pod? Its claim was refused.
2. Why? It asks for 20 GiB in a namespace that allows 10 GiB for each claim.
3. Why was that not known? The LimitRange is another team's object.

## Fix now
Ask for less, or have the bound raised: `kubectl describe limitrange -n NAMESPACE`. Claim templates of a StatefulSet cannot be changed:
`kubectl delete statefulset NAME --cascade=orphan` and apply it again.

## Workaround
Several smaller claims, where the application can use them.

## Prevent
Render claims and LimitRange in one check.

## Validate
`kubectl get pvc -n NAMESPACE` shows the claim `Bound`.

## Bad
```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: storage, namespace: shop}
spec: {limits: [{type: PersistentVolumeClaim, min: {storage: 1Gi}, max: {storage: 10Gi}}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec:
  resources:
    requests:
      storage: 20Gi # finding
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        resources:
          requests:
            storage: 100Mi # finding
```

## Good
```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: storage, namespace: shop}
spec: {limits: [{type: PersistentVolumeClaim, min: {storage: 1Gi}, max: {storage: 10Gi}}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {resources: {requests: {storage: 10240Mi}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: other}
spec: {resources: {requests: {storage: 1Ti}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.limit_range import ranges


@rule(
    target="PersistentVolumeClaim StatefulSet",
    severity=Severity.HIGH,
    symptoms=["(maximum|minimum) storage usage per PersistentVolumeClaim is"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    claims = [body] if resource.kind == "PersistentVolumeClaim" else list(body.each("spec.volumeClaimTemplates"))
    for it in ranges(graph, resource, "PersistentVolumeClaim"):
        top, bottom = it.where.at("max.storage"), it.where.at("min.storage")
        most, least = quantity.of(top), quantity.of(bottom)
        for claim in claims if it.certain else ():
            where = claim.at("spec.resources.requests.storage")
            size = quantity.of(where)
            if size is not None and most is not None and size > most:
                allowed = quantity.size(most)
                yield Fail(
                    where, f"the claim asks for {quantity.size(size)}, and {allowed} are allowed", f"at most {allowed}", related=(top,)
                )
            elif size is not None and least is not None and size < least:
                needed = quantity.size(least)
                yield Fail(where, f"the claim asks for less than {needed}", expected=f"at least {needed}", related=(bottom,))
