"""An Argo CD application is in the project that allows everything.

## Why it matters
The project `default` may deploy any repository to any namespace of any cluster, with cluster-wide objects. Who can change the
source of this application can put a ClusterRoleBinding anywhere: the project is the only fence that Argo CD has.

## Five whys
1. Why could a pull request to the shop create a ClusterRole? Argo CD applied it.
2. Why was that allowed? The application is in the project `default`, which allows every kind.
3. Why is it there? Nobody made a project for the team, and `default` is what examples use.

## Fix now
An AppProject with `sourceRepos`, `destinations` and an empty `clusterResourceWhitelist`, then `argocd app set shop --project
shop`, and the same in the manifest.

## Workaround
Restrict `default` itself: `kubectl -n argocd edit appproject default`, empty lists.

## Prevent
One project for each team, made with the namespace; `default` locked from the first day.

## Validate
`argocd app list -p default -o name` is empty.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default # finding
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
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
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_argo


@rule(target="Application ApplicationSet", severity=Severity.MEDIUM, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    project = body.at("spec.project" if resource.kind == "Application" else "spec.template.spec.project")
    if is_argo(resource) and project.text == "default":
        yield Fail(project, "the project default allows every repository, kind and cluster", expected="a project of its own")
