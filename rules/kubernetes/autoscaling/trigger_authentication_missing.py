"""A trigger of KEDA takes its credentials from an object that is not there.

## Why it matters
Without its TriggerAuthentication the trigger cannot ask the queue or database for its length. KEDA reports `KEDAScalerFailed`, and the
workload stays where it is; with a minimum of 0 that is at no pod at all.

## Five whys
1. Why does the queue grow while no worker runs? KEDA does not see its length.
2. Why? The scaler cannot be built: `triggerauthentications.keda.sh "queue" not found`.
3. Why? It was renamed, or lies in another namespace: a TriggerAuthentication serves only its own.

## Fix now
Create it in the namespace of the ScaledObject, or name a `ClusterTriggerAuthentication` with `kind:` next to `name:`.

## Workaround
Set `fallback: {failureThreshold: 3, replicas: 4}`, or annotate `autoscaling.keda.sh/paused-replicas: "4"`.

## Prevent
Keep both objects in one template.

## Validate
`kubectl get scaledobject NAME` shows READY `True`.

## Bad
```yaml
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: {name: broker, namespace: shop}
spec: {podIdentity: {provider: aws}}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker, namespace: shop}
spec:
  scaleTargetRef: {name: worker}
  triggers:
    - type: rabbitmq
      authenticationRef:
        name: brokers # finding
```

## Good
```yaml
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: {name: broker, namespace: shop}
spec: {podIdentity: {provider: aws}}
---
apiVersion: keda.sh/v1alpha1
kind: ClusterTriggerAuthentication
metadata: {name: cloud}
spec: {podIdentity: {provider: aws}}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker, namespace: shop}
spec:
  scaleTargetRef: {name: worker}
  triggers:
    - type: rabbitmq
      authenticationRef: {name: broker}
    - type: aws-sqs-queue
      authenticationRef: {name: cloud, kind: ClusterTriggerAuthentication}
    - type: cron
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.namespace import CLUSTER_WIDE, namespace_of


@rule(
    target="ScaledObject ScaledJob",
    each="spec.triggers",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["triggerauthentications?\\.keda\\.sh .* not found", "KEDAScalerFailed"],
)
def check(trigger: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = trigger.at("authenticationRef.name")
    name, kind = where.text, trigger.at("authenticationRef.kind").text or "TriggerAuthentication"
    if not name:
        return
    namespace = None if kind in CLUSTER_WIDE else namespace_of(resource)
    found = look_up(graph, resource, kind, name, namespace).decided(resource)
    if found.missing:
        near = f"; there is {found.nearest.address.text}" if found.nearest else ""
        yield Fail(where, f"there is no {kind} {name} here{near}", related=(found.nearest.body,) if found.nearest else ())
