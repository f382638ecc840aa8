"""A workload under an autoscaler also fixes its number of replicas.

## Why it matters
Each apply of the manifest sets the number back: a deployment in the middle of a peak takes twenty pods down to three, and the autoscaler
needs minutes to bring them back. GitOps controllers do it without a deployment, every few minutes.

## Five whys
1. Why did half of the requests fail right after the deployment? Most pods were gone.
2. Why? The deployment set the replicas to 3; the autoscaler had chosen 20.
3. Why did it? `spec.replicas: 3` stands in the manifest.
4. Why does it still? It was there before the autoscaler, and in quiet hours nobody notices.

## Fix now
Let the cluster keep its number while you remove yours: `kubectl apply edit-last-applied deployment/NAME`, delete `replicas`, save; then
delete the line in the manifest and apply.

## Workaround
Raise `minReplicas` to the present number before each deployment. Argo CD: `ignoreDifferences` with `/spec/replicas` and
`RespectIgnoreDifferences=true`.

## Prevent
In the chart, write `replicas` only when autoscaling is off: `{{- if not .Values.autoscaling.enabled }}`.

## Validate
`kubectl apply view-last-applied deployment/NAME` shows no `replicas`, and the number survives the next apply.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3 # finding
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 30
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: worker}
spec:
  replicas: 1 # finding
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker}
spec:
  scaleTargetRef: {kind: StatefulSet, name: worker}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: other}
spec: {replicas: 3}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 30
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web}
spec:
  ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 3}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 30
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.recorded import applied
from auditor.views.kubernetes.scaler import scalers_of
from auditor.views.kubernetes.workload import SCALABLE


@rule(
    target=" ".join(sorted(SCALABLE)),
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    replicas = applied(resource).at("spec.replicas")
    scalers = scalers_of(resource, graph) if replicas.present else ()
    if not scalers or replicas.number == 0 or _is_left_alone(graph):
        return
    message = f"each apply sets the replicas to {replicas.text}, which {scalers[0].address.text} decides"
    yield Fail(replicas, message, expected="no number", related=(scalers[0].body,))


def _is_left_alone(graph: Graph) -> bool:
    """Whether Argo CD is told not to touch the replicas."""
    pointers = (item for app in graph.of("Application") for item in app.body.each("spec.ignoreDifferences.jsonPointers"))
    return any(item.text == "/spec/replicas" for item in pointers)
