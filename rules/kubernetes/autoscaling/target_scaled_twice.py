"""Two autoscalers set the replicas of one workload.

## Why it matters
Each of them sets the number it computed, every 15 seconds: the workload swings between both, and pods are started and stopped all day.
Newer versions of Kubernetes notice (`AmbiguousSelector`), and stop scaling altogether. KEDA refuses a ScaledObject
for a workload that has a HorizontalPodAutoscaler, since it makes one itself.

## Five whys
1. Why does the number of pods swing between 3 and 12? Two autoscalers set it.
2. Why are there two? KEDA was introduced, and the old HorizontalPodAutoscaler was not deleted.
3. Why not? It is in another file of the chart, behind another flag.

## Fix now
`kubectl delete hpa NAME` for the one that is not wanted, and remove it from the manifests.

## Workaround
None: with both, neither can be trusted.

## Prevent
One flag of the chart that chooses the kind of autoscaler. To take over a HorizontalPodAutoscaler, KEDA has the annotation
`scaledobject.keda.sh/transfer-hpa-ownership`.

## Validate
`kubectl get hpa -o custom-columns=NAME:.metadata.name,TARGET:.spec.scaleTargetRef.name` names each target once.

## Bad
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec:
  scaleTargetRef:
    name: web # finding
  triggers: []
```

## Good
The same name in another namespace is another workload; `keda-hpa-web` is KEDA's own.
```yaml
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {name: web}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: keda-hpa-web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: other}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: queue, namespace: other}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}
  maxReplicas: 10
```

```yaml
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web, annotations: {scaledobject.keda.sh/transfer-hpa-ownership: "true"}}
spec:
  scaleTargetRef: {name: web}
  advanced: {horizontalPodAutoscalerConfig: {name: web}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.scaler import HORIZONTAL, KINDS, rivals, target_of
from auditor.views.kubernetes.vertical import acts


@rule(target=KINDS, severity=Severity.HIGH, symptoms=["AmbiguousSelector", "is already managed by (the hpa|another)"])
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    vertical = resource.kind == "VerticalPodAutoscaler"
    target = target_of(resource)
    if target is None or (vertical and not acts(resource)):
        return
    kinds = (resource.kind,) if vertical else HORIZONTAL
    others = [it for it in rivals(resource, graph, *kinds) if not _hands_over(it, resource) and not _hands_over(resource, it)]
    first = next((it for it in others if _rank(it, graph) < _rank(resource, graph) and not (vertical and not acts(it))), None)
    if first is not None:
        name = target.where.at("name")
        yield Fail(name, f"{target.kind} {target.name} is scaled by {first.address.text} as well", related=(first.body,))


def _rank(scaler: Resource, graph: Graph) -> tuple[bool, int]:
    """The order in which they are looked at; the one of KEDA is the second one."""
    same = graph.of(scaler.kind)
    return scaler.kind == "ScaledObject", next(index for index, it in enumerate(same) if it is scaler)


def _hands_over(scaler: Resource, owner: Resource) -> bool:
    """Whether KEDA takes a HorizontalPodAutoscaler over."""
    if owner.kind != "ScaledObject" or scaler.kind != "HorizontalPodAutoscaler":
        return False
    named = owner.at("spec.advanced.horizontalPodAutoscalerConfig.name").text
    taken = owner.at('metadata.annotations["scaledobject.keda.sh/transfer-hpa-ownership"]').text == "true"
    return taken and named == scaler.at("metadata.name").text
