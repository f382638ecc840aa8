"""A kustomization uses fields that are going away.

## Why it matters
`bases`, `patchesStrategicMerge`, `patchesJson6902`, `commonLabels`, `vars` and `imageTags` are deprecated; new versions of
kustomize warn, the next API version drops them. Argo CD and Flux bring their own version, so that the day comes with their
upgrade.

## Five whys
1. Why did the build fail after Argo CD's upgrade? Its kustomize does not know a field any more.
2. Why was it still used? It worked, with a warning on a console that nobody sees.

## Fix now
`kustomize edit fix` rewrites them (`--vars` for `vars`): `bases` become `resources`, patches become `patches`, `commonLabels`
become `labels` with `includeSelectors: true`.

## Workaround
Pin the version of kustomize in the tool until it is done.

## Prevent
Run `kustomize edit fix` in the pipeline and fail on a difference.

## Validate
`kubectl kustomize FOLDER 2>&1 >/dev/null | grep -i deprecated` prints nothing.

## Bad
`kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
bases: [../base] # finding
commonLabels: {app: shop} # finding
patchesStrategicMerge:
  - patch.yaml # finding
```

`patch.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

## Good
`kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [shop.yaml]
patches: [{path: patch.yaml}]
labels: [{pairs: {app: shop}, includeSelectors: true}]
```

`shop.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

`patch.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_kustomize

_INSTEAD = {
    "bases": "resources",
    "commonLabels": "labels",
    "imageTags": "images",
    "patchesJson6902": "patches",
    "patchesStrategicMerge": "patches",
    "vars": "replacements",
}


@rule(target="Kustomization Component", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for name, instead in _INSTEAD.items() if is_kustomize(resource) else ():
        if body.at(name).present:
            yield Fail(body.at(name), f"{name} is deprecated", expected=instead, actual=name)
