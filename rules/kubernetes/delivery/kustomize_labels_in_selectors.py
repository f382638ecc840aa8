"""A kustomization writes its labels into selectors, which cannot change.

## Why it matters
`commonLabels`, and `labels` with `includeSelectors: true`, also land in `spec.selector` of Deployments and in those of
Services. Adding or changing one later is refused by the API server (`spec.selector: field is immutable`); a version or an
environment as such a label blocks the next release.

## Five whys
1. Why was the release refused? The selector of the Deployment had changed.
2. Why? A label with the version is in `commonLabels`.
3. Why does that reach the selector? commonLabels are written everywhere.

## Fix now
`labels: [{pairs: {...}, includeTemplates: true}]` without `includeSelectors` for everything that may change. For what is
deployed already: keep the old selector labels as they are, since removing them is a change as well.

## Workaround
Delete the Deployment without its pods (`kubectl delete deploy NAME --cascade=orphan`) and apply the new one.

## Prevent
Only what never changes (name of the application) belongs into selectors.

## Validate
`kubectl diff -k FOLDER` shows no change of `spec.selector`.

## Bad
`kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [shop.yaml]
commonLabels:
  version: v1.4.2 # finding
```

`shop.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

`kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [shop.yaml]
labels:
  - pairs: {env: prod, team: shop} # finding
    includeSelectors: true
```

`shop.yaml`:
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
labels:
  - pairs: {version: v1.4.2}
    includeTemplates: true
  - pairs: {app: shop}
    includeSelectors: true
```

`shop.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_kustomize

_CHANGES = re.compile(
    r"(^|[./_-])(version|release|revision|chart|build|commit|sha|date|env|environment|stage|branch|managed-by)$", re.IGNORECASE
)


@rule(
    target="Kustomization Component",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    facets=[Facet.WRITTEN],
    symptoms=(r"spec.selector: .*field is immutable",),
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not is_kustomize(resource):
        return
    tables = [body.at("commonLabels"), *(item.at("pairs") for item in body.each("labels") if item.at("includeSelectors").flag)]
    for table in tables:
        for key, node in table.entries():
            if _CHANGES.search(key):
                yield Fail(
                    node, f"the label {key} is written into selectors, and selectors cannot change", expected="includeSelectors: false"
                )
