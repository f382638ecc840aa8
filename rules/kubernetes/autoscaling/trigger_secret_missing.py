"""A KEDA trigger takes credentials from a Secret or key that is not there.

## Why it matters
KEDA then asks with empty credentials, is refused, and reports `KEDAScalerFailed` on each ScaledObject that uses the
TriggerAuthentication. None of those workloads is scaled any more.

## Five whys
1. Why are all workers at their minimum? KEDA cannot log in to the broker.
2. Why? The parameter `password` is empty.
3. Why? The TriggerAuthentication names the key `pass`, and the Secret has `password`.
4. Why did nothing fail earlier? KEDA treats a missing key as an empty text.

## Fix now
`kubectl get secret NAME -o json | jq '.data | keys'` shows the keys; write that key, or add the one that is asked for.

## Workaround
`kubectl scale deployment/WORKER --replicas=N` after `kubectl annotate scaledobject NAME autoscaling.keda.sh/paused=true`.

## Prevent
Prefer `podIdentity` to passwords where the cloud has it.

## Validate
`kubectl get scaledobject -A` shows READY `True` and ACTIVE `True` under load.

## Bad
```yaml
apiVersion: v1
kind: Secret
metadata: {name: broker, namespace: shop}
stringData: {password: to-be-replaced}
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: {name: broker, namespace: shop}
spec:
  secretTargetRef:
    - parameter: password
      name: broker
      key: pass # finding
    - parameter: host
      name: broker-host # finding
      key: host
```

## Good
```yaml
apiVersion: v1
kind: Secret
metadata: {name: broker, namespace: shop}
stringData: {password: to-be-replaced}
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: {name: broker, namespace: shop}
spec:
  secretTargetRef:
    - {parameter: password, name: broker, key: password}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.config_reference import keys_of
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.namespace import namespace_of


@rule(
    target="TriggerAuthentication",
    each="spec.secretTargetRef",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["KEDAScalerFailed", "error resolving auth params"],
)
def check(reference: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where, key = reference.at("name"), reference.at("key")
    name = where.text
    if not name:
        return
    found = look_up(graph, resource, "Secret", name, namespace_of(resource)).decided(resource)
    if found.missing:
        yield Fail(where, f"there is no Secret {name} here")
    for secret in found.targets[:1]:
        if key.text and key.text not in keys_of(secret):
            yield Fail(key, f"the Secret {name} has no key {key.text}", related=(secret.body,))
