"""A container says nothing of when it is ready.

## Why it matters
No Service of this folder leads to the container, so nothing breaks today. The rollout still relies on readiness: a Deployment counts a new
pod as available when it is ready, and without a probe that is at once. A version that hangs at its start replaces all pods that work.

## Five whys
1. Why did a broken version replace all workers? The rollout saw every new pod as available.
2. Why? A pod without a readiness probe is ready when its process runs.
3. Why was no probe written? A worker has no port, and probes were thought to be for web servers.
4. Why is that not so? An `exec` probe can ask for a file that the worker touches once it has joined its queue.

## Fix now
Stop the rollout with `kubectl rollout undo deploy/NAME`; then add a probe: `exec: {command: [test, -f, /tmp/ready]}`.

## Workaround
`minReadySeconds: 60` makes the rollout wait, so that a crash in the first minute stops it.

## Prevent
Touch a file (or open a small HTTP endpoint) at the point of the program from which on it does its work.

## Validate
`kubectl rollout status deploy/NAME` of a version that hangs does not end, and the old pods stay.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec:
      containers:
        - name: worker # finding
          image: shop/worker:1.4.2
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec:
      initContainers:
        - name: wait
          image: shop/wait:1.0.0
      containers:
        - name: worker
          image: shop/worker:1.4.2
          readinessProbe: {exec: {command: [test, -f, /tmp/ready]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.traffic import awaited_containers, is_served
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_K8S_9 kube-linter:no-readiness-probe polaris:readinessProbeMissing kubescape:configured-readiness-probe C-0018",
)
def check(pod: Pod) -> Iterator[Fail]:
    if pod.ends:
        return
    lacking = [it for it in pod.running if it.where.at("readinessProbe").missing]
    if not lacking:
        return
    served = [it for it, _ in awaited_containers(pod)] if is_served(pod) else []
    for container in lacking:
        if container not in served:
            yield Fail(container.where.at("readinessProbe"), f"{container.name or 'the container'} has no readiness probe", actual="none")
