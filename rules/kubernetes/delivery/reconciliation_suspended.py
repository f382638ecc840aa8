"""Flux is told to leave this alone, and that is committed.

## Why it matters
While `suspend: true` stands in Git nothing that is merged reaches the cluster, and drift stays. It is meant for hours; in the
repository it lasts until somebody wonders why the fix of last week is not there.

## Five whys
1. Why is the fix not deployed, though it is merged? Flux skips this object.
2. Why? `suspend: true`.
3. Why is that still so? It was committed during an incident, and `flux resume` was overwritten by the next sync.

## Fix now
Remove `suspend: true`, after `flux diff kustomization NAME` has shown what will change.

## Workaround
`flux resume kustomization NAME` works until the next reconciliation of its parent.

## Prevent
Suspend with the command line, not in Git, and alert on `gotk_resource_info{suspended="true"}` after a day.

## Validate
`flux get all -A | grep True.*Suspended` shows nothing older than a day.

## Bad
```yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 10m
  path: ./deploy
  prune: true
  wait: true
  suspend: true # finding
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
  suspend: false
  sourceRef: {kind: GitRepository, name: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_flux


@rule(
    target="Kustomization HelmRelease GitRepository HelmRepository OCIRepository Bucket HelmChart ImageUpdateAutomation",
    severity=Severity.LOW,
    facets=[Facet.WRITTEN],
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    suspended = body.at("spec.suspend")
    if is_flux(resource) and suspended.flag:
        yield Fail(suspended, "nothing that is merged reaches the cluster", expected="no suspend")
