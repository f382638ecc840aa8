"""Argo CD deletes by itself, but does not repair by itself.

## Why it matters
With `prune` and without `selfHeal` removals from Git are applied at once, while changes by hand in the cluster stay until the
next commit. During an incident that is the worst of both: a `kubectl edit` holds for an unknown time and then disappears with
somebody else's push.

## Five whys
1. Why did the emergency limit vanish in the middle of the incident? Another team's commit synced the application.
2. Why had it held until then? Argo CD does not heal drift here.
3. Why not? `automated` has `prune: true` and no `selfHeal`.

## Fix now
`syncPolicy: {automated: {prune: true, selfHeal: true}}`; fields that a controller owns go into `ignoreDifferences` first
(replicas under an autoscaler).

## Workaround
For a change by hand that must hold: `argocd app set shop --sync-policy none`, and undo it after.

## Prevent
The same sync policy for all applications, from an ApplicationSet.

## Validate
Scale a test Deployment by hand: Argo CD puts it back within seconds.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy:
    automated:
      prune: true # finding
```

## Good
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy: {automated: {prune: true, selfHeal: true}}
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_argo


@rule(target="Application ApplicationSet", severity=Severity.LOW, confidence=Confidence.LIKELY, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    automated = body.at("spec.syncPolicy.automated" if resource.kind == "Application" else "spec.template.spec.syncPolicy.automated")
    if is_argo(resource) and automated.at("prune").flag and not automated.at("selfHeal").flag:
        yield Fail(automated, "removals are applied, drift is kept", expected="selfHeal: true", actual="prune without selfHeal")
