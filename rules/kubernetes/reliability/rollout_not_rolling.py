"""A Deployment is not updated by rolling.

## Why it matters
All old pods end before the first new one is made. That is right where two versions must not run together or a volume can be used once;
elsewhere every release is a gap, and a release that does not start leaves nothing running.

## Five whys
1. Why did the worker stand still after the release? Its new version did not start, and the old one was gone.
2. Why was it gone? The strategy is not a rolling update.
3. Why not? It was copied from a database that needs it.

## Fix now
`kubectl patch deploy NAME --type=merge -p '{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":null}}}'`.

## Workaround
`kubectl rollout undo deploy/NAME` brings the old version back.

## Prevent
Leave `strategy` out: the default rolls.

## Validate
`kubectl get deploy NAME -o jsonpath='{.spec.strategy.type}'` prints `RollingUpdate`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  strategy:
    type: Recreate # finding
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
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec: {containers: [{name: worker, image: "shop/worker:1.4.2"}]}
---
apiVersion: apps.openshift.io/v1
kind: DeploymentConfig
metadata: {name: old}
spec: {strategy: {type: Rolling}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.pod import pods
from auditor.views.kubernetes.rollout import must_stop_first, rollout_of
from auditor.views.kubernetes.traffic import is_served


@rule(
    target="Deployment DeploymentConfig",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:no-rolling-update-strategy kubescape:no-rolling-update-strategy C-0305",
)
def check(workload: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    rollout = rollout_of(resource)
    if rollout is None or rollout.rolling:
        return
    behind = any(rollout.kind == "Recreate" and is_served(pod) and not must_stop_first(pod) for pod in pods(resource, graph))
    if not behind:
        yield Fail(rollout.where.at("type"), "all old pods end before the first new one is made", expected="RollingUpdate")
