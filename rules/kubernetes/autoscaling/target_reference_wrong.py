"""An autoscaler names its target by an API that does not serve it.

## Why it matters
A HorizontalPodAutoscaler finds its target by group and kind, exactly as written. `extensions/v1beta1` serves no Deployments since
Kubernetes 1.16, and without `apiVersion` the core group is meant, which has none either. The autoscaler then reports `FailedGetScale`,
`no matches for kind "Deployment" in group "extensions"`, and scales nothing, although name and namespace are right.

## Five whys
1. Why did nothing scale? The autoscaler cannot resolve its target.
2. Why? It names the group `extensions`.
3. Why? The Deployment was moved to `apps/v1` years ago; the reference in the autoscaler was forgotten.
4. Why did it not fail at the upgrade? The API server does not check references.

## Fix now
`kubectl patch hpa NAME --type=merge -p '{"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"NAME"}}}'`, and the
same in the manifest.

## Workaround
`kubectl scale deployment/NAME --replicas=N` until it is merged.

## Prevent
Search for the old groups before each upgrade: `grep -rn extensions/v1beta1`.

## Validate
`kubectl describe hpa NAME` shows `AbleToScale True`.

## Bad
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef:
    apiVersion: extensions/v1beta1 # finding
    kind: Deployment
    name: web
  maxReplicas: 10
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api}
spec:
  scaleTargetRef:
    kind: Deployment # finding
    name: api
  maxReplicas: 10
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: cart}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: deployment # finding
    name: cart
  maxReplicas: 10
```

## Good
Any version of the right group will do; KEDA takes `apps/v1` when nothing is written.
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1beta2, kind: Deployment, name: web}
  maxReplicas: 10
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: api}
spec:
  scaleTargetRef: {name: api}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: broker}
spec:
  scaleTargetRef: {apiVersion: kafka.strimzi.io/v1beta2, kind: KafkaConnect, name: broker}
  maxReplicas: 3
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.scaler import GROUPS, HORIZONTAL, target_of, wrong_reference


@rule(
    target=" ".join(HORIZONTAL),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["no matches for kind .* in group", "FailedGetScale"],
)
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    target = target_of(resource)
    wrong = wrong_reference(target) if target is not None else None
    if target is None or wrong is None:
        return
    if target.kind not in GROUPS:
        yield Fail(
            wrong,
            f"{target.kind} is no kind; they are written with capital letters",
            expected=next(it for it in GROUPS if it.lower() == target.kind.lower()),
        )
    else:
        group = target.group or "the core group"
        yield Fail(wrong, f"{group} serves no {target.kind}", expected=f"{GROUPS[target.kind]}/v1".lstrip("/"))
