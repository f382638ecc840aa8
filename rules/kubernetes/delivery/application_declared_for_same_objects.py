"""Two Argo CD applications deploy the same folder to the same place.

## Why it matters
Both own the same objects: they overwrite each other's tracking label, each shows the other's objects as out of sync
(`SharedResourceWarning`), and deleting one application deletes the objects under the other.

## Five whys
1. Why did deleting the old application take the shop down? Its objects were those of the new one too.
2. Why? Both deploy the same path to the same namespace.
3. Why two? One was renamed by copying it.

## Fix now
Decide which one stays. Delete the other without its objects: `argocd app delete OLD --cascade=false`, and remove its
manifest.

## Workaround
Set `FailOnSharedResource=true` in `syncOptions` of both, so that the second one stops.

## Prevent
Make applications with an ApplicationSet: one name for each folder and cluster.

## Validate
`argocd app list -o json | jq -r '.[].status.conditions[]?.type'` shows no SharedResourceWarning.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop-new, namespace: argocd} # finding
spec:
  project: shop
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
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: test, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination: {server: https://kubernetes.default.svc, namespace: test}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: cache-a, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://charts.example.com, chart: redis, targetRevision: 4.1.0, helm: {releaseName: a}}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: cache-b, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://charts.example.com, chart: redis, targetRevision: 4.1.0, helm: {releaseName: b}}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_argo


@rule(
    target="Application", severity=Severity.HIGH, confidence=Confidence.FIRM, facets=[Facet.WRITTEN], symptoms=(r"SharedResourceWarning",)
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    own = _deploys(resource) if is_argo(resource) else None
    if own is None:
        return
    here = (resource.span.file, resource.span.line)
    for other in graph.of("Application"):
        same = other.root == resource.root and (other.span.file, other.span.line) < here and is_argo(other) and _deploys(other) == own
        if same and other.at("metadata.name").text != body.at("metadata.name").text:
            name = other.at("metadata.name")
            yield Fail(
                body.at("metadata.name"), f"{name.text} deploys the same to the same place", expected="one application", related=(name,)
            )
            return


def _deploys(application: Resource) -> tuple[object, ...] | None:
    """What is deployed where, as far as it is all known; None for an application of several sources, or of none."""
    source, destination = application.at("spec.source"), application.at("spec.destination")
    options = source.plain()
    if not isinstance(options, dict) or "$unknown" in str(options) or "$unknown" in str(destination.plain()) or "$redacted" in str(options):
        return None
    return (str(sorted(options.items())), *(destination.at(key).text for key in ("server", "name", "namespace")))
