"""An autoscaler scales an object that is not there.

## Why it matters
The autoscaler does nothing and says so only in its own conditions: `FailedGetScale`, `deployments.apps "shop" not found`. The workload
that should grow stays at its number of replicas, and the first peak finds it there.

## Five whys
1. Why did nothing scale at the peak? The autoscaler had no target.
2. Why? It names `shop`, and the Deployment is called `shop-web`.
3. Why? The Deployment was renamed, or the chart's name was overridden for one of the two.
4. Why did nothing warn? The API server accepts any name there.

## Fix now
Correct `name` in the reference and apply; meanwhile scale by hand: `kubectl scale deployment/NAME --replicas=N`.

## Workaround
`kubectl autoscale deployment/NAME --min=2 --max=10 --cpu-percent=70` makes a second one that works.

## Prevent
Let both names come from one helper of the chart, or one `namePrefix` of the kustomization, which also rewrites references.

## Validate
`kubectl get hpa NAME -o jsonpath='{.status.conditions[?(@.type=="AbleToScale")].status}'` prints `True`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop-web}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: shop # finding
  maxReplicas: 10
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: other}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: cart}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: cart, namespace: cart}
spec:
  scaleTargetRef:
    name: cart # finding
  triggers: []
```

## Good
What is not here at all may be deployed from elsewhere, and custom resources may have a scale of their own.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
  maxReplicas: 10
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: shop, namespace: shop}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.namespace import in_words, namespace_of
from auditor.views.kubernetes.scaler import KINDS, look_up_target, target_of, wrong_reference


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="kube-linter:dangling-horizontalpodautoscaler C-0300 kubescape:hpa-has-target kube-score:horizontalpodautoscaler-has-target",
    symptoms=["FailedGetScale", "unable to get target's current scale", "ScaledObjectCheckFailed"],
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    target = target_of(resource)
    if target is None or wrong_reference(target) is not None:
        return
    found = look_up_target(resource, graph)
    if found is None or not found.decided(resource).missing:
        return
    name = target.where.at("name")
    near = f"; there is {found.nearest.address.text}" if found.nearest else ""
    message = f"there is no {target.kind} {target.name} in {in_words(namespace_of(resource))}{near}"
    yield Fail(name, message, related=(found.nearest.body,) if found.nearest else ())
