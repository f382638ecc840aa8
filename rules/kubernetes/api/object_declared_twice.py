"""The same object is declared twice in one bundle.

## Why it matters
Both are applied one after the other, so that the last one wins: which that is depends on the names of the files, and on the
tool. `kubectl apply` flips the object back and forth, Argo CD warns and takes one, kustomize refuses the build.

## Five whys
1. Why did the change of the ConfigMap have no effect? Another file declares it too, and was applied later.
2. Why two? One was copied for a test in the same folder.
3. Why did nobody see it? Each file is right by itself.

## Fix now
Keep one. Compare them first: `diff <(yq 'select(.metadata.name=="N")' A) <(yq 'select(.metadata.name=="N")' B)`; the cluster
holds the one that was applied last.

## Workaround
Apply the right one by hand: `kubectl apply -f FILE`, and tell the others.

## Prevent
One folder for each environment; what differs goes into overlays.

## Validate
`kubectl apply -f FOLDER --dry-run=server` names each object once.

## Bad
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: shop, namespace: shop}
data: {mode: fast}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: shop, namespace: shop} # finding
data: {mode: safe}
```

## Good
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: shop, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: shop, namespace: test}
---
apiVersion: v1
kind: Secret
metadata: {name: shop, namespace: shop}
---
apiVersion: batch/v1
kind: Job
metadata: {generateName: load-}
---
apiVersion: batch/v1
kind: Job
metadata: {generateName: load-}
```

`prod/shop.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: shop}
```

`test/shop.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes.hygiene import are_alternatives, declared_again


@rule(target="[A-Z]*", severity=Severity.MEDIUM, confidence=Confidence.FIRM, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not isinstance(body.at("apiVersion").data, str):
        return
    name = body.at("metadata.name")
    here = (resource.span.file, resource.span.line)
    others = declared_again(resource, graph)
    earlier = [other for other in others if (other.span.file, other.span.line) < here]
    if not earlier:
        return
    first = min(earlier, key=lambda other: (other.span.file, other.span.line))
    if first.span.file != resource.span.file and are_alternatives(resource, others, graph):
        raise undecided(name, f"{first.span.file} and this file look like alternatives, of which one is applied")
    yield Fail(
        name,
        f"{resource.kind} {name.text} is declared in {first.span.file}:{first.span.line} too",
        expected="one declaration",
        related=(first.at("metadata.name"),),
    )
