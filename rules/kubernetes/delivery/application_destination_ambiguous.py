"""An Argo CD application names its cluster twice, or not at all.

## Why it matters
`destination` takes either `server` or `name`. With both Argo CD refuses to reconcile (`InvalidSpecError: application
destination can't have both name and server defined`), with neither as well: the application stays on its last state and shows
Unknown, which looks like a network problem.

## Five whys
1. Why is the application Unknown since Tuesday? Its spec is invalid.
2. Why? It has a `server` and a `name`.
3. Why? An overlay patched `name` in, and the base has `server`.

## Fix now
Keep one: `name` for clusters that Argo CD knows by a name (`argocd cluster list`), `server` for addresses. In an overlay:
`server: null`.

## Workaround
`argocd app set shop --dest-name prod` writes the name and clears the address.

## Prevent
Let an ApplicationSet with a cluster generator write the destination.

## Validate
`argocd app get shop` shows no InvalidSpecError.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination:
    server: https://kubernetes.default.svc # finding
    name: in-cluster
    namespace: shop
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination:
    namespace: shop # finding
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
  source: {repoURL: https://git.example.com/shop, path: deploy, targetRevision: v1.4.2}
  destination: {name: prod, namespace: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_argo


@rule(
    target="Application",
    severity=Severity.HIGH,
    facets=[Facet.WRITTEN],
    symptoms=(r"application destination can't have both name and server", r"InvalidSpecError"),
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not is_argo(resource):
        return
    destination = body.at("spec.destination")
    both = bool(destination.at("server").text), bool(destination.at("name").text)
    if all(both):
        yield Fail(destination, "the destination has a server and a name", expected="one of server and name", actual="both")
    elif not any(both):
        yield Fail(destination, "the destination names no cluster", expected="server or name", actual="neither")
