"""A rolling update may take all pods of a Service away at once.

## Why it matters
`maxUnavailable` is as large as the number of pods, so the rollout may end all old pods before a new one is ready. It looks like a rolling
update and acts like a restart of everything: each release, and each `kubectl rollout restart`, is an outage.

## Five whys
1. Why did the release cause an outage? No pod was ready for 40 seconds.
2. Why not, with a rolling update? One pod may be missing, and there is only one.
3. Why was that allowed? `maxUnavailable: 1` was written for three replicas, and the chart now runs with one.

## Fix now
`kubectl patch deploy NAME -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}}}}'`.

## Workaround
`kubectl scale deploy/NAME --replicas=N` with more pods before the release, and back after it.

## Prevent
`maxUnavailable: 0` and `maxSurge: 1`, or leave both out: the default of 25 % rounds down to 0 for fewer than four pods.

## Validate
`kubectl rollout restart deploy/NAME; kubectl get deploy NAME -w` never shows fewer than one available.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 1
  strategy:
    rollingUpdate:
      maxUnavailable: 1 # finding
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 1
  strategy: {rollingUpdate: {maxUnavailable: 25%, maxSurge: 1}}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.replica import fewest_pods
from auditor.views.kubernetes.rollout import must_stop_first, rollout_of
from auditor.views.kubernetes.traffic import is_served


@rule(target="Deployment DeploymentConfig", each=pods, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(pod: Pod) -> Iterator[Fail]:
    rollout = rollout_of(pod.resource)
    if rollout is None or not rollout.rolling or rollout.unavailable.missing or not is_served(pod) or must_stop_first(pod):
        return
    replicas = fewest_pods(pod.resource, pod.graph)
    missing = rollout.unavailable_of(replicas) if replicas else None
    if replicas and missing is not None and missing >= replicas:
        message = f"all {replicas} may be missing at once" if replicas > 1 else "the only pod may be missing"
        yield Fail(rollout.unavailable, f"{message} during a release", expected="0, with maxSurge: 1")
