"""A Deployment behind a Service is stopped completely for every release.

## Why it matters
`Recreate` ends all old pods before the first new one is made. For as long as scheduling, pulling and starting take, the Service has no
endpoint; and when the new version does not start, it stays so until somebody rolls back.

## Five whys
1. Why is the shop away for a minute with each release? No pod answers in that time.
2. Why not? The old ones are ended before the new ones start.
3. Why? The strategy is `Recreate`.
4. Why was it chosen? Two versions once could not run side by side on one database schema, and nobody looked at it again.

## Fix now
`kubectl patch deploy NAME --type=merge -p '{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":null}}}'`.

## Workaround
Release at night, and pull the image onto the nodes beforehand.

## Prevent
Change schemas in two steps, so that the old and the new version work with both, and roll.

## Validate
`kubectl rollout restart deploy/NAME` while `while :; do curl -fsS -o /dev/null http://SERVICE || date; sleep 0.2; done` prints nothing.

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
  replicas: 3
  strategy:
    type: Recreate # finding
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
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: v1
kind: Service
metadata: {name: files}
spec: {selector: {app: files}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: files}
spec:
  strategy: {type: Recreate} # the volume can be used by one pod at a time
  selector: {matchLabels: {app: files}}
  template:
    metadata: {labels: {app: files}}
    spec:
      containers: [{name: files, image: "shop/files:1.4.2"}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: files}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.rollout import must_stop_first, rollout_of
from auditor.views.kubernetes.traffic import is_served


@rule(
    target="Deployment DeploymentConfig",
    each=pods,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kube-linter:no-rolling-update-strategy kubescape:no-rolling-update-strategy C-0305 kube-score:deployment-strategy",
)
def check(pod: Pod) -> Iterator[Fail]:
    rollout = rollout_of(pod.resource)
    if rollout is not None and rollout.kind == "Recreate" and is_served(pod) and not must_stop_first(pod):
        yield Fail(rollout.where.at("type"), "the Service has no endpoint while a release starts", expected="RollingUpdate")
