"""Nothing here reads a ConfigMap or Secret.

## Why it matters
What nobody reads is kept, renewed and reviewed for nothing; a Secret is one more thing that can leak. More often the reader was renamed,
and the change that somebody makes in this object has no effect.

## Five whys
1. Why has the new setting no effect? The pods read another ConfigMap.
2. Why does this one exist? It is the one of before the renaming.

## Fix now
Search the repository and the cluster for the name; delete the object when nobody reads it.

## Workaround
None is needed.

## Prevent
Let generators (kustomize, Helm) make the objects, so that old ones go with `--prune`.

## Validate
`kubectl get pods -A -o yaml | grep -c NAME` prints 0 before it is deleted.

## Bad
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-old # finding
data: {mode: fast}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2", envFrom: [{configMapRef: {name: settings}}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {mode: fast}
```

## Good
Labels may call a reader (a dashboard's sidecar), and any mention of the name counts as one.

```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: board, labels: {grafana_dashboard: "1"}}
data: {board.json: "{}"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: leader-election}
---
apiVersion: v1
kind: Secret
metadata: {name: login}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      imagePullSecrets: [{name: login}]
      containers: [{name: web, image: "shop/web:1.4.2", args: [--configmap=leader-election]}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.mention import is_mentioned


@rule(target="ConfigMap Secret", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_mentioned(resource, graph):
        yield Fail(body.at("metadata.name"), f"nothing here reads the {resource.kind} {body.at('metadata.name').text}", "a reader")
