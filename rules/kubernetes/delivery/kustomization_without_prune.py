"""Flux leaves behind what is removed from the repository.

## Why it matters
Without `prune: true` an object that is deleted in Git lives on in the cluster: an old Deployment goes on eating the queue, a
revoked role stays bound, and nobody finds it in the repository.

## Five whys
1. Why are there two consumers of the queue? The old Deployment still runs.
2. Why, when it was deleted in Git? Flux does not delete.
3. Why not? `spec.prune` is false in the Kustomization.
4. Why? It was set so that the migration to Flux would delete nothing.

## Fix now
`prune: true`. Before, see what it will delete: `flux diff kustomization shop --path ./deploy`, and annotate what must stay
with `kustomize.toolkit.fluxcd.io/prune: disabled`.

## Workaround
Delete what is left over by hand: `flux tree kustomization shop` against `kubectl get all -n shop`.

## Prevent
Switch it on from the start, and off only for a migration.

## Validate
Remove a test ConfigMap in Git: it is gone after the next reconciliation.

## Bad
```yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 10m
  path: ./deploy
  prune: false # finding
  sourceRef: {kind: GitRepository, name: shop}
```

## Good
```yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 10m
  path: ./deploy
  prune: true
  wait: true
  sourceRef: {kind: GitRepository, name: shop}
```

```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [shop.yaml]
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_flux


@rule(target="Kustomization", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    prune = body.at("spec.prune")
    if is_flux(resource) and not prune.flag:
        yield Fail(prune, "what is deleted in Git stays in the cluster", expected="prune: true", actual="not set" if prune.missing else "")
