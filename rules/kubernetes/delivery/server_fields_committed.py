"""Fields that only the cluster writes are in the manifest.

## Why it matters
`resourceVersion` makes the next apply fail with a conflict (`the object has been modified`), `uid` makes it fail after the
object was made anew, `managedFields` and the last-applied annotation confuse who owns which field, and `status` says what was
true on the day of the export.

## Five whys
1. Why does the deployment end with a conflict? The manifest names a resourceVersion.
2. Why? It was exported with `kubectl get -o yaml` and committed as it was.
3. Why was it exported? The source of the object was lost.

## Fix now
Delete `metadata.{uid,resourceVersion,generation,creationTimestamp,managedFields,selfLink}`, the annotation
`kubectl.kubernetes.io/last-applied-configuration`, and `status`: `kubectl neat < FILE`, or `yq 'del(.metadata.uid,
.metadata.resourceVersion, .metadata.managedFields, .status)'`.

## Workaround
`kubectl replace --force` is no way out: it deletes the object first.

## Prevent
Write manifests, or generate them; do not export them. A check like this one on every pull request.

## Validate
`grep -rnE 'resourceVersion|managedFields|last-applied' MANIFESTS` finds nothing.

## Bad
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: shop # finding
  resourceVersion: "48213"
  uid: 0d2f2c8e-6d0a-4c51-9a55-0d8d1b6f5a10
data: {mode: fast}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: test}
spec: {selector: {app: test}, ports: [{port: 80}]}
status:
  loadBalancer: # finding
    ingress: [{ip: 203.0.113.4}]
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, creationTimestamp: null}
spec:
  selector: {matchLabels: {app: shop}}
  template: {metadata: {labels: {app: shop}, creationTimestamp: null}, spec: {containers: [{name: shop, image: shop/web:1}]}}
status: {}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
status: {loadBalancer: {}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.hygiene import is_recording, server_fields


@rule(
    target="[A-Z]*", severity=Severity.LOW, facets=[Facet.WRITTEN], symptoms=(r"the object has been modified; please apply your changes",)
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if is_recording(graph, resource.root):
        return
    found = [node.path for node in server_fields(resource)]
    metadata = [path for path in found if path != "status"]
    if metadata:
        yield Fail(
            body.at("metadata"),
            f"only the cluster writes these fields: {', '.join(metadata)}",
            expected="no such fields",
            actual=metadata[0],
        )
    if "status" in found:
        yield Fail(body.at("status"), "only the cluster writes the status", expected="no status", actual="a status")
