"""An empty source may delete everything that an application deployed.

## Why it matters
With `allowEmpty: true` Argo CD prunes all objects when the source renders to nothing: a wrong path, a failed generator or a
branch without files is then the deletion of the application, with its volumes. The default refuses that.

## Five whys
1. Why is the whole shop gone? Argo CD pruned every object of it.
2. Why? The source rendered to nothing after a folder was renamed.
3. Why was that not refused? `allowEmpty: true` stands in the sync policy.
4. Why? It was needed once, to take a test application down.

## Fix now
Remove `allowEmpty`. Restore what is gone by setting the path right: Argo CD makes the objects anew; volumes come back only
with a Retain policy or from a backup.

## Workaround
Switch automated sync off while folders move: `argocd app set shop --sync-policy none`.

## Prevent
Annotate what must never go: `argocd.argoproj.io/sync-options: Prune=false` on claims and namespaces.

## Validate
`argocd app get shop -o json | jq .spec.syncPolicy.automated.allowEmpty` prints null.

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
      prune: true
      allowEmpty: true # finding
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
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_argo


@rule(target="Application ApplicationSet", severity=Severity.MEDIUM, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    spec = body.at("spec" if resource.kind == "Application" else "spec.template.spec")
    empty = spec.at("syncPolicy.automated.allowEmpty")
    if is_argo(resource) and empty.flag and spec.at("syncPolicy.automated.prune").flag:
        yield Fail(empty, "a source that renders to nothing deletes everything", expected="no allowEmpty")
