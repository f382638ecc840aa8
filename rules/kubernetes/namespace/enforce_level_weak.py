"""A namespace enforces less than what all its pods satisfy already.

## Why it matters
Every pod that is written here for the namespace satisfies a stricter level. Setting it changes nothing today, and keeps the
next pod from being weaker.

## Five whys
1. Why was a privileged pod admitted? The namespace enforces little.
2. Why, though its own workloads need nothing? Nobody looked what they satisfy.

## Fix now
Set the stricter level that the finding names.

## Workaround
Set it as `warn` first.

## Prevent
Scan after each change: the level may rise as workloads are hardened.

## Validate
`kubectl label --dry-run=server --overwrite ns NS pod-security.kubernetes.io/enforce=LEVEL` prints no warning.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: privileged # finding
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: baseline
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.pod_standard import demand
from auditor.views.kubernetes.selection import bundle_pods
from auditor.views.pod_security import Level, strictest

_ORDER = (Level.PRIVILEGED, Level.BASELINE, Level.RESTRICTED)


@rule(target="Namespace", severity=Severity.INFO, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    asked, name = demand(resource, "enforce"), body.at("metadata.name").text
    here = [pod for pod in bundle_pods(graph, resource.root) if name and pod.namespace == name]
    if asked is None or not here:
        return
    level = min((strictest(pod, asked.version) for pod in here), key=_ORDER.index)
    if _ORDER.index(level) > _ORDER.index(asked.level):
        message = f"all pods that are written for the namespace satisfy {level}, and it enforces {asked.level}"
        yield Fail(asked.where, message, expected=str(level))
