"""The start may take longer than the deadline of the rollout.

## Why it matters
The startup probe gives the container more time than `progressDeadlineSeconds` gives the rollout. A start that is slow but fine is
reported as `ProgressDeadlineExceeded`: pipelines that wait for the rollout fail and roll back a good version.

## Five whys
1. Why was the release rolled back? `kubectl rollout status` ended with an error.
2. Why? The Deployment made no progress for 600 seconds.
3. Why, though the pod was starting as planned? Loading its model takes 15 minutes, and the startup probe allows that.
4. Why does the Deployment not? Its deadline is the default; only the probe was raised.

## Fix now
`kubectl patch deploy NAME -p '{"spec":{"progressDeadlineSeconds":1800}}'`; the rollout goes on by itself.

## Workaround
Let the pipeline wait with `kubectl wait deploy/NAME --for=condition=Available --timeout=30m` instead of `kubectl rollout status`.

## Prevent
Deadline = window of the startup probe + time to pull the image and to get a node + `minReadySeconds`.

## Validate
`kubectl get deploy NAME -o jsonpath='{.status.conditions[?(@.type=="Progressing")].reason}'` prints `NewReplicaSetAvailable` after the
next release.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: model}
spec:
  selector: {matchLabels: {app: model}}
  template:
    metadata: {labels: {app: model}}
    spec:
      containers:
        - name: model
          image: shop/model:1.4.2
          startupProbe:
            tcpSocket: {port: 8080} # finding
            failureThreshold: 90
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: model}
spec:
  progressDeadlineSeconds: 1200
  selector: {matchLabels: {app: model}}
  template:
    metadata: {labels: {app: model}}
    spec:
      containers:
        - name: model
          image: shop/model:1.4.2
          startupProbe: {tcpSocket: {port: 8080}, failureThreshold: 90}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods

DEFAULT = 600


@rule(
    target="Deployment Rollout",
    each=pods,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["ProgressDeadlineExceeded", "exceeded its progress deadline"],
)
def check(pod: Pod) -> Iterator[Fail]:
    written = pod.resource.at("spec.progressDeadlineSeconds").number
    deadline = DEFAULT if written is None else written
    for container in pod.containers:
        probe = container.probe("startup")
        if probe is not None and probe.window > deadline:
            message = f"the start may take {probe.window:g} s, and the rollout is given up after {deadline:g} s"
            yield Fail(probe.where, message, expected=f"a progressDeadlineSeconds above {probe.window:g}")
