"""Nothing defines the kind of a custom resource.

## Why it matters
Applying it fails with `no matches for kind`, `ensure CRDs are installed first`, and a run that applies files in order stops
there. The operator that should act on it is missing as well.

## Five whys
1. Why did the first deployment to the new cluster fail? It has no kind `Shop`.
2. Why not? The definition is not among what is deployed.
3. Why did it work elsewhere? There somebody installed the operator by hand, a year ago.

## Fix now
Install the operator's CRDs first (`kubectl apply --server-side -f crds/`, or the chart with its `crds/`), and wait: `kubectl
wait --for=condition=Established crd/shops.example.com`.

## Workaround
Leave the custom resource out of the first run and apply it in a second one.

## Prevent
Deliver the CRDs with the operator in an earlier wave: `dependsOn` (Flux), `argocd.argoproj.io/sync-wave: "-1"`.

## Validate
`kubectl get crd shops.example.com` exists, and `kubectl apply --dry-run=server -f FILE` succeeds.

## Bad
```yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Shop, plural: shops}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
---
apiVersion: example.com/v1
kind: Shopp # finding
metadata: {name: main}
```

## Good
```yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Shop, plural: shops}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
---
apiVersion: example.com/v1
kind: Shop
metadata: {name: main}
---
# another group: its definition comes with somebody else
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: main}
spec: {secretName: main}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.definition import definition_of, is_custom
from auditor.views.kubernetes.lookup import is_closed


@rule(
    target="[A-Z]*",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=[Facet.WRITTEN],
    symptoms=(r"ensure CRDs are installed first", r'no matches for kind "\w+" in version'),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_custom(resource) or definition_of(resource, graph) is not None or graph.gaps:
        return
    group = (body.at("apiVersion").text or "").rpartition("/")[0]
    defined = [it for it in graph.of("CustomResourceDefinition") if it.root == resource.root]
    if any(it.at("spec.group").unknown or it.at("spec.names.kind").unknown for it in defined):
        return
    here = any(it.at("spec.group").text == group for it in defined)
    if here or is_closed(resource):
        yield Fail(body.at("kind"), f"no CustomResourceDefinition here defines {group} {resource.kind}", expected="its definition")
