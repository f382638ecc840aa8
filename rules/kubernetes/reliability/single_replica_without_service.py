"""A workload has only one replica.

## Why it matters
No Service here leads to it, and many workers, operators and schedulers are meant to run once. While its node is drained nothing does
their work: queues grow, and an operator reacts to nothing.

## Five whys
1. Why were no orders processed for ten minutes? The only worker was being moved to another node.
2. Why did that take ten minutes? The new node had to pull an image of 4 GB.
3. Why was no second worker there? One was enough for the load.

## Fix now
`kubectl scale deploy/NAME --replicas=2`, if it shares its work through a queue or a lease.

## Workaround
Keep the image small and the start short; a pre-pulled image makes the gap seconds.

## Prevent
Workers that share a queue run twice; operators use leader election (`--leader-elect`) and run twice.

## Validate
`kubectl drain NODE --ignore-daemonsets` in a test cluster: the queue goes on being emptied.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  replicas: 1 # finding
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec: {containers: [{name: worker, image: "shop/worker:1.4.2"}]}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  replicas: 2
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec: {containers: [{name: worker, image: "shop/worker:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: switched-off}
spec:
  replicas: 0
  selector: {matchLabels: {app: off}}
  template:
    metadata: {labels: {app: off}}
    spec: {containers: [{name: off, image: "shop/worker:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.claim import claimed
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.replica import fewest_pods, is_scaled
from auditor.views.kubernetes.traffic import is_served


@rule(
    target="Deployment DeploymentConfig Rollout CloneSet",
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:minimum-three-replicas polaris:deploymentMissingReplicas",
)
def check(pod: Pod) -> Iterator[Fail]:
    workload = pod.resource
    if fewest_pods(workload, pod.graph) != 1 or is_scaled(workload, pod.graph):
        return
    if any(True for _ in claimed(pod)) or not is_served(pod):
        yield Fail(workload.at("spec.replicas"), "one replica: nothing does its work while it is moved", expected="at least 2")
