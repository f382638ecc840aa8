"""An Argo CD application follows a branch.

## Why it matters
What runs then changes with each push to that branch, also in production: there is no revision that was tested, `argocd app
rollback` is undone by the next sync, and two clusters with the same manifest can run different things. Whether that is wanted
(environments of development) is yours to say.

## Five whys
1. Why did production change on Friday evening? Somebody merged to main.
2. Why did that deploy? `targetRevision` is HEAD.
3. Why HEAD? It is the default, and fine for the first cluster.

## Fix now
`targetRevision: v1.4.2` (a tag, or the commit), raised by the release pipeline: `yq -i '.spec.source.targetRevision =
"v1.4.3"' app.yaml`. For charts an exact version.

## Workaround
Switch automated sync off for production: `argocd app set shop --sync-policy none`.

## Prevent
Promotion by pull request that raises the tag for each environment.

## Validate
`argocd app get shop -o json | jq -r .spec.source.targetRevision` is a tag or a commit.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source:
    repoURL: https://git.example.com/shop
    path: deploy
    targetRevision: HEAD # finding
  destination: {server: https://kubernetes.default.svc, namespace: shop}
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source:
    repoURL: https://charts.example.com
    chart: shop
    targetRevision: "*" # finding
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

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://charts.example.com, chart: shop, targetRevision: 4.1.0}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import argo_sources, is_argo

_BRANCHES = frozenset({"", "HEAD", "main", "master", "develop", "trunk"})


@rule(target="Application", severity=Severity.INFO, confidence=Confidence.LIKELY, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not is_argo(resource):
        return
    for source in argo_sources(body):
        revision = source.at("targetRevision")
        text = revision.text or ""
        open_range = source.at("chart").present and any(sign in text for sign in "*^~<>x")
        if text in _BRANCHES or text.startswith("refs/heads/") or open_range:
            yield Fail(revision, "what is deployed changes without a change here", expected="a tag, a commit or an exact version")
