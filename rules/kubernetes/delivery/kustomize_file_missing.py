r"""A kustomization names a file that is not there.

## Why it matters
`kubectl kustomize` stops at it (`no such file or directory`), and with it every overlay that takes this one in. In a GitOps
repository the last version stays deployed, and nothing that is merged arrives any more.

## Five whys
1. Why does nothing that is merged arrive? The build of the overlay fails.
2. Why? Its base names a file that does not exist.
3. Why not? It was renamed, and only the folder was searched for the old name.

## Fix now
Write the new name, or remove the line: `kubectl kustomize FOLDER` names the first one that is missing.

## Workaround
Put an empty file there for the moment: kustomize takes it.

## Prevent
Build every overlay on each pull request: `find . -name kustomization.yaml -execdir kubectl kustomize . \;`.

## Validate
`kubectl kustomize FOLDER >/dev/null` succeeds.

## Bad
`base/kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - shop.yaml
  - rout.yaml # finding
patches:
  - path: more.yaml # finding
```

`base/shop.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

`base/route.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

## Good
`base/kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [shop.yaml, ../other]
configMapGenerator: [{name: a, files: [b=shop.yaml]}]
```

`base/shop.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

`other/kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [https://github.com/acme/shop//deploy?ref=v1.4.2, github.com/acme/shop?ref=v1.4.2, shop.yaml]
```

`other/shop.yaml`:
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


@rule(
    target="Kustomization Component",
    severity=Severity.HIGH,
    facets=[Facet.WRITTEN],
    symptoms=(r"accumulating resources", r"no such file or directory"),
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for path in resource.meta.each("missing") if is_kustomize(resource) else ():
        node = body.at(path.text or "")
        if node.text:
            yield Fail(node, f"there is no {node.text.rpartition('=')[2]}", expected="a file that exists")
