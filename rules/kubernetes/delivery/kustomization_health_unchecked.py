"""Flux calls a deployment done before anything runs.

## Why it matters
Without `wait: true` or `healthChecks` a Kustomization is Ready as soon as its objects are accepted: one that crash-loops is
green, what `dependsOn` it starts too early, and no alert is sent.

## Five whys
1. Why was the broken release green in Flux? The API server had accepted the objects.
2. Why did Flux not look further? Neither `wait` nor `healthChecks` is set.
3. Why not? The default is not to wait.

## Fix now
`wait: true` with a `timeout` longer than the slowest rollout (`timeout: 5m`), or `healthChecks` for the two Deployments that
matter.

## Workaround
An alert on Deployments that are not Available (`kube_deployment_status_condition`).

## Prevent
Both in the template of new Kustomizations.

## Validate
Deploy an image that does not exist to a test: `flux get kustomizations` shows `health check failed` after the timeout.

## Bad
```yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 10m # finding
  path: ./deploy
  prune: true
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
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 10m
  prune: true
  sourceRef: {kind: GitRepository, name: shop}
  healthChecks:
    - {apiVersion: apps/v1, kind: Deployment, name: shop, namespace: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_flux


@rule(target="Kustomization", severity=Severity.INFO, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not is_flux(resource):
        return
    checked = body.at("spec.wait").flag or body.at("spec.healthChecks").present or body.at("spec.healthCheckExprs").present
    if not checked:
        yield Fail(body.at("spec.wait"), "Flux does not wait until anything runs", expected="wait: true or healthChecks", actual="neither")
